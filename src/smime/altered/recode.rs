//! Texts whose transfer encoding or charset was changed: by a server that speaks no 8BITMIME (RFC 6152), by a gateway, by a list.

use std::io;

use super::encode::{QUOTED, USUAL, WIDTHS};
use super::entity::{Body, Edit, Head, Place, TEXT, Target, write};
use super::{Ends, Found, Search};
use crate::mime::{Entity, TransferEncoding};
use crate::report::{Code, Finding};

const FIELD: &str = "Content-Transfer-Encoding";

/// Texts that are tried one by one.
const ONE_BY_ONE: usize = 8;

/// Charsets that a text may have had, as programs write them.
const CHARSETS: [&str; 10] = [
    "iso-8859-1",
    "ISO-8859-1",
    "utf-8",
    "UTF-8",
    "us-ascii",
    "US-ASCII",
    "windows-1252",
    "Windows-1252",
    "iso-8859-15",
    "ISO-8859-15",
];

/// Forms that are tried with every charset: as they are, and the usual quoted-printable.
const CHARSET_FORMS: usize = 5;

/// Some bodies encoded anew, with the field that says so.
struct Recode {
    /// Where these bodies start.
    bodies: Vec<u64>,
    body: Body,
    /// The value of the field; `None`: it is not there.
    field: Option<&'static str>,
    place: Place,
}

impl Edit for Recode {
    fn head(&self, entity: &Entity, head: &mut Head) {
        if !self.bodies.contains(&entity.body.start) {
            return;
        }
        match self.field {
            Some(value) => head.set(FIELD, value, self.place),
            None => head.remove(FIELD),
        }
        if let Some((now, before)) = &self.body.charset {
            head.replace("Content-Type", now, before);
        }
    }

    fn body(&self, entity: &Entity) -> Option<&Body> {
        self.bodies.contains(&entity.body.start).then_some(&self.body)
    }
}

/// Every form of a text, the usual ones first.
fn forms() -> Vec<(Target, Option<&'static str>)> {
    let plain = [Some("8bit"), Some("7bit"), None, Some("binary")].map(|field| (Target::Plain, field));
    let quoted = QUOTED.map(|style| (Target::Quoted(style), Some("quoted-printable")));
    let base64 = |width, ended, lf| (Target::Base64 { width, ended, lf }, Some("base64"));
    let wrapped = WIDTHS.into_iter().flat_map(|width| [base64(width, false, false), base64(width, true, false)]);
    // Programs that sign text with LF are no mail programs, and use the usual width.
    let base64 = wrapped.chain([base64(76, true, true), base64(76, false, true)]);
    plain.into_iter().chain(quoted).chain(base64).collect()
}

/// The name of an encoding for people.
fn name(encoding: TransferEncoding) -> &'static str {
    match encoding {
        TransferEncoding::SevenBit => "7bit",
        TransferEncoding::EightBit => "8bit",
        TransferEncoding::Binary => "binary",
        TransferEncoding::QuotedPrintable => "quoted-printable",
        TransferEncoding::Base64 => "base64",
        TransferEncoding::Unknown => "?",
    }
}

/// Entities that have that encoding, all together and one by one.
fn groups<'a>(leaves: &[&'a Entity], fits: impl Fn(TransferEncoding) -> bool) -> Vec<Vec<&'a Entity>> {
    let all: Vec<&Entity> = leaves.iter().copied().filter(|leaf| fits(leaf.encoding)).collect();
    let single = if all.len() > 1 { all.iter().take(ONE_BY_ONE).map(|leaf| vec![*leaf]).collect() } else { Vec::new() };
    std::iter::once(all).filter(|all| !all.is_empty()).chain(single).collect()
}

fn leaves(entity: &Entity, text: bool) -> Vec<&Entity> {
    entity.walk().filter(|leaf| leaf.children.is_empty() && (leaf.content_type.kind == "text") == text).collect()
}

impl Search<'_> {
    fn recoded(&mut self, root: &Entity, recode: &Recode, finding: Finding) -> io::Result<Found> {
        let source = self.covered.source;
        self.test(Some(finding), Ends::Canonical, |out| write(source, root, recode, out))
    }

    /// Transfer encodings that were done anew.
    pub(super) fn encodings(&mut self, root: &Entity) -> io::Result<Found> {
        let texts = leaves(root, true);
        let kinds: [fn(TransferEncoding) -> bool; 3] = [
            |encoding| encoding == TransferEncoding::QuotedPrintable,
            |encoding| encoding == TransferEncoding::Base64,
            TransferEncoding::is_identity,
        ];
        for group in kinds.into_iter().flat_map(|kind| groups(&texts, kind)) {
            if let Some(found) = self.group(root, &group, true)? {
                return Ok(Some(found));
            }
        }
        for group in groups(&leaves(root, false), |encoding| encoding == TransferEncoding::Base64) {
            if let Some(found) = self.group(root, &group, false)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    fn group(&mut self, root: &Entity, group: &[&Entity], text: bool) -> io::Result<Found> {
        let Some(first) = group.first() else { return Ok(None) };
        let now = name(first.encoding);
        let nested = !root.children.is_empty();
        for (target, field) in forms() {
            let before = field.unwrap_or("7bit");
            let base64 = matches!(target, Target::Base64 { .. });
            let lf = matches!(target, Target::Base64 { lf: true, .. });
            // What is no text has no lines that could be encoded in other ways.
            if !text && (!base64 || lf) {
                continue;
            }
            // The end of the content is looked at in every form; inside of parts, and of base64, it must be made.
            let line_ends: &[i8] = if text && (nested || base64) { &[0, -1, 1] } else { &[0] };
            let missing = first.fields.first(FIELD).is_none();
            let places: &[Place] = if missing { &[Place::BehindType, Place::Last] } else { &[Place::Last] };
            for (line_ends, place) in line_ends.iter().flat_map(|ends| places.iter().map(move |place| (*ends, *place)))
            {
                let recode = Recode {
                    bodies: group.iter().map(|leaf| leaf.body.start).collect(),
                    body: Body { target, text, line_ends, charset: None },
                    field,
                    place,
                };
                let finding = Finding::new(Code::AlteredByEncoding, [before.to_owned(), now.to_owned()]);
                if let Some(found) = self.recoded(root, &recode, finding)? {
                    return Ok(Some(found));
                }
            }
        }
        Ok(None)
    }

    /// Charsets that were changed.
    pub(super) fn charsets(&mut self, root: &Entity) -> io::Result<Found> {
        for leaf in leaves(root, true).into_iter().take(ONE_BY_ONE) {
            let Some(now) = leaf.content_type.parameter("charset").map(str::to_owned) else { continue };
            if leaf.body.end.saturating_sub(leaf.body.start) > TEXT as u64 {
                continue;
            }
            for before in CHARSETS.into_iter().filter(|before| *before != now) {
                let as_now = match leaf.encoding {
                    TransferEncoding::QuotedPrintable => (Target::Quoted(USUAL), Some("quoted-printable")),
                    TransferEncoding::Base64 => (Target::Base64 { width: 76, ended: true, lf: false }, Some("base64")),
                    _ => (Target::Plain, leaf.fields.first(FIELD).map(|_| name(leaf.encoding))),
                };
                for (target, field) in std::iter::once(as_now).chain(forms().into_iter().take(CHARSET_FORMS)) {
                    let recode = Recode {
                        bodies: vec![leaf.body.start],
                        body: Body {
                            target,
                            text: true,
                            line_ends: 0,
                            charset: Some((now.clone(), before.to_owned())),
                        },
                        field,
                        place: Place::BehindType,
                    };
                    let finding = Finding::new(Code::AlteredByCharset, [before.to_owned(), now.clone()]);
                    if let Some(found) = self.recoded(root, &recode, finding)? {
                        return Ok(Some(found));
                    }
                }
            }
        }
        Ok(None)
    }
}

//! The header of a message: the fields outside, and those that its author put inside the cryptography (RFC 9788).
//!
//! Only the Cryptographic Payload can protect fields: the first entity that is no S/MIME, if signatures or encryption around all of
//! the message lead to it (RFC 9787 §4.1, RFC 9788 §4.1). What any other part claims to protect counts for nothing.

use super::layers::odd;
use super::legacy::Legacy;
use super::{Opener, Place};
use crate::mime::{Defect, Entity, Field, Fields};
use crate::report::{
    Code, Covers, Finding, IdentityState, Integrity, Layer, LayerKind, Revocation, SignerReport, TrustState, Verdict,
};
use crate::smime::detect::{self, Shape};
use crate::smime::identity::Sender;

/// Fields that people look at, in the order in which they are shown.
pub(super) const FIELDS: [&str; 7] = ["From", "Sender", "Reply-To", "To", "Cc", "Date", "Subject"];

/// What the author wrote outside (RFC 9788 §2.2).
const RECORD: &str = "HP-Outer";

/// Characters of a value that a finding names.
const NAMED: usize = 200;

/// How fields came inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// The parameter `hp` (RFC 9788 §2.1.1); `cipher`: the message was encrypted by its author.
    Stated { cipher: bool },
    /// The parameter `protected-headers="v1"` (draft-autocrypt-lamps-protected-headers).
    Draft,
    /// A message/rfc822 that is all the content (RFC 8551 §3.1, RFC 9788 §4.10).
    Wrapped,
}

/// Fields inside the cryptography.
#[derive(Debug)]
pub(super) struct Protection {
    form: Form,
    /// All but those that belong to the part (Content-*, MIME-Version).
    fields: Fields,
    /// What the author says to have written outside, under the names of the fields.
    records: Fields,
    /// The signed layers around them.
    signed: Vec<usize>,
    /// An encrypted layer is around them.
    encrypted: bool,
    /// The innermost layer.
    layer: usize,
    /// There is another header outside.
    outside: bool,
}

impl Opener<'_> {
    /// Looks at an entity that is no S/MIME; `header`: its own fields are the header of the message. The first such entity, if it
    /// is all there is of the message, is the one that can protect fields.
    pub(super) fn payload(&mut self, entity: &Entity, place: Place, header: bool) {
        if !place.whole || std::mem::replace(&mut self.payload_seen, true) {
            return;
        }
        let Some(layer) = place.layer else { return };
        let whole = self.layers.iter().enumerate().filter(|(_, layer)| layer.covers == Covers::Whole);
        let of = |kinds: [LayerKind; 2]| {
            whole.clone().filter(|(_, layer)| kinds.contains(&layer.kind)).map(|(index, _)| index).collect::<Vec<_>>()
        };
        let signed = of([LayerKind::ClearSigned, LayerKind::OpaqueSigned]);
        let encrypted = !of([LayerKind::Enveloped, LayerKind::AuthEnveloped]).is_empty();
        let Some((form, inside)) = self.form(entity).filter(|_| encrypted || !signed.is_empty()) else { return };
        let fields = Fields(inside.0.iter().filter(|field| !is_structural(&field.name)).cloned().collect());
        if fields.0.is_empty() {
            return;
        }
        let records = if form == (Form::Stated { cipher: true }) { records(inside) } else { Fields::default() };
        let outside = !header;
        let protection = Protection { form, fields, records, signed, encrypted, layer, outside };
        if form == Form::Draft || form == (Form::Stated { cipher: true }) {
            let none = Fields::default();
            let outer = self.header.as_ref().unwrap_or(&none);
            // Which From is shown, where they differ, is not known yet.
            let shown = |name: &str| {
                FIELDS.iter().any(|known| known.eq_ignore_ascii_case(name))
                    && !(name.eq_ignore_ascii_case("From") && protection.differs(outer, "From"))
            };
            self.display.legacy = Some(Legacy::of(&protection.fields, form == Form::Draft, shown));
        }
        self.protection = Some(protection);
    }

    /// How the payload protects fields, and the header that holds them. One with several Content-Type fields can be read in several
    /// ways and protects nothing.
    fn form<'e>(&self, entity: &'e Entity) -> Option<(Form, &'e Fields)> {
        if entity.defects.contains(&Defect::DuplicateField) {
            return None;
        }
        let parameter = |entity: &Entity, name| {
            entity.content_type.parameter(name).map(|value| value.trim().to_ascii_lowercase()).unwrap_or_default()
        };
        match parameter(entity, "hp").as_str() {
            "clear" => return Some((Form::Stated { cipher: false }, &entity.fields)),
            "cipher" => return Some((Form::Stated { cipher: true }, &entity.fields)),
            _ => {}
        }
        if parameter(entity, "protected-headers") == "v1" {
            return Some((Form::Draft, &entity.fields));
        }
        let [message] = entity.children.as_slice() else { return None };
        let wrapper = entity.content_type.kind == "message"
            && self.is_by_sender(message)
            && parameter(message, "hp").is_empty()
            && detect::shape(message, false) == Shape::Other;
        wrapper.then_some((Form::Wrapped, &message.fields))
    }

    /// Whether a message/rfc822 that is all the content is another message than this one, since this one's header stands around it.
    pub(super) fn has_own_header(&self) -> bool {
        self.protection.as_ref().is_some_and(|protection| protection.form != Form::Wrapped)
    }
}

/// Whether a field describes the part that it stands in (RFC 9787 §1.1.1), or speaks of other fields.
fn is_structural(name: &str) -> bool {
    let content = name.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("Content-"));
    content || ["MIME-Version", RECORD].iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// The fields that HP-Outer tells of.
fn records(header: &Fields) -> Fields {
    let field = |record: &Field| {
        let at = record.raw.iter().position(|byte| *byte == b':')?;
        let (name, value) = record.raw.split_at_checked(at)?;
        let name = String::from_utf8_lossy(name).trim().to_owned();
        Some(Field { name, raw: value.get(1..)?.to_vec(), range: record.range.clone() })
    };
    Fields(header.all(RECORD).filter_map(field).collect())
}

/// The header outside and the fields inside, as one.
pub(super) struct Header {
    outside: Fields,
    protection: Option<Protection>,
    /// Who wrote it, by the fields inside where there are any.
    pub(super) sender: Sender,
    /// Who wrote it by the field outside, where that names other addresses than the one inside (RFC 9788 §4.4.1).
    other: Option<Sender>,
}

/// What a reader gets of a header.
pub(super) struct Settled {
    /// Fields with their values, the ones inside before those outside.
    pub(super) fields: Vec<Shown>,
    /// Addresses in From.
    pub(super) from: Vec<String>,
    /// What differs, and the layer that it belongs to.
    pub(super) findings: Vec<(usize, Finding)>,
    /// The fields inside that stand for those outside.
    pub(super) protected: Option<Fields>,
}

/// A field that is shown.
pub(super) struct Shown {
    pub(super) name: &'static str,
    pub(super) value: String,
    /// An intact signature covers it.
    pub(super) signed: bool,
    /// What stands outside instead.
    pub(super) outside: Option<String>,
}

impl Header {
    pub(super) fn new(outside: Fields, protection: Option<Protection>) -> Self {
        let Some(inside) = &protection else {
            return Self { sender: Sender::of(&outside), other: None, outside, protection };
        };
        let replaced = |field: &&Field| inside.fields.first(&field.name).is_none();
        let rest = outside.0.iter().filter(replaced).cloned();
        let sender = Sender::of(&Fields(inside.fields.0.iter().cloned().chain(rest).collect()));
        let other = Some(Sender::of(&outside)).filter(|other| {
            inside.outside && inside.fields.first("From").is_some() && other.is_named() && !other.is_same(&sender)
        });
        Self { outside, protection, sender, other }
    }

    /// Somebody else who is named outside, and whether a signature of this layer covers the fields inside.
    pub(super) fn doubt(&self, layer: usize) -> Option<(&Sender, bool)> {
        let covered = self.protection.as_ref().is_some_and(|inside| inside.signed.contains(&layer));
        self.other.as_ref().map(|other| (other, covered))
    }

    /// What is shown, and what is to be said about it, once the signatures are known.
    ///
    /// Where the field outside names somebody else, the one inside counts only if a signature by a certificate that is trusted and
    /// names that address covers it (RFC 9788 §4.4.3).
    pub(super) fn settle(&self, layers: &[Layer]) -> Settled {
        let none = |from| Settled { fields: Vec::new(), from, findings: Vec::new(), protected: None };
        let Some(inside) = &self.protection else {
            let fields = FIELDS.into_iter().flat_map(|name| shown(&self.outside, name)).collect();
            return Settled { fields, ..none(self.sender.addresses()) };
        };
        let around = || inside.signed.iter().filter_map(|index| layers.get(*index));
        let signed = around().any(is_intact);
        let bound = around().flat_map(|layer| &layer.signers).any(binds);
        let other = self.other.as_ref().filter(|_| !bound);
        let mut settled = none(other.unwrap_or(&self.sender).addresses());
        for name in FIELDS {
            let mut fields = shown(&inside.fields, name);
            if fields.is_empty() || (name == "From" && other.is_some()) {
                settled.fields.extend(shown(&self.outside, name));
                continue;
            }
            fields.iter_mut().for_each(|field| field.signed = signed);
            if let (Some(field), true) = (fields.first_mut(), inside.differs(&self.outside, name)) {
                field.outside = Some(values(&self.outside, name)).filter(|value| !value.is_empty());
            }
            settled.fields.extend(fields);
        }
        settled.findings = self.findings(inside).into_iter().map(|finding| (inside.layer, finding)).collect();
        let stands = |field: &&Field| other.is_none() || !field.name.eq_ignore_ascii_case("From");
        let fields = Fields(inside.fields.0.iter().filter(stands).cloned().collect());
        settled.protected = Some(fields);
        settled
    }

    fn findings(&self, inside: &Protection) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut hidden = Vec::new();
        if let Some(other) = &self.other {
            let named = [other, &self.sender].map(|sender| cut(&sender.addresses().join(", ")));
            findings.push(Finding::new(Code::FromDiffersOutside, named));
        }
        for name in FIELDS {
            let (value, outside) = (values(&inside.fields, name), values(&self.outside, name));
            if name != "From" && inside.fields.all(name).nth(1).is_some() {
                findings.push(odd("several-protected-fields"));
            }
            if !inside.outside || (name == "From" && self.other.is_some()) {
                continue;
            }
            let record = values(&inside.records, name);
            let recorded = inside.encrypted && !inside.records.0.is_empty();
            let is_inside = inside.fields.first(name).is_some();
            if !is_inside {
                if matches!(inside.form, Form::Stated { .. }) && !outside.is_empty() {
                    findings.push(Finding::new(Code::FieldOutside, [name.to_owned(), cut(&outside)]));
                }
            } else if !inside.differs(&self.outside, name) {
                if recorded && record != value && !value.is_empty() {
                    findings.push(Finding::new(Code::FieldExposed, [name.to_owned()]));
                }
            } else if inside.encrypted && name != "From" && (inside.form.guesses() || (recorded && record == outside)) {
                hidden.push(name);
            } else {
                let evidence = [name.to_owned(), cut(&outside), cut(&value)];
                findings.push(Finding::new(Code::FieldDiffers, evidence));
            }
        }
        if !hidden.is_empty() {
            findings.push(Finding::new(Code::FieldsHidden, [hidden.join(", ")]));
        }
        match inside.form {
            Form::Stated { cipher } if cipher != inside.encrypted => {
                let claimed = if cipher { "cipher" } else { "clear" };
                findings.push(Finding::new(Code::ProtectionMode, [claimed.to_owned()]));
            }
            _ => {}
        }
        findings.dedup();
        findings
    }
}

impl Form {
    /// Whether nothing says what the author wrote outside (RFC 9788 §4.10.2).
    fn guesses(self) -> bool {
        matches!(self, Self::Draft | Self::Wrapped)
    }
}

impl Protection {
    /// Whether a field inside has another value than outside.
    fn differs(&self, outside: &Fields, name: &str) -> bool {
        self.outside && values(&self.fields, name) != values(outside, name)
    }
}

/// A signature that binds the fields inside to their author: intact, trusted and not withdrawn, and by somebody whom From inside
/// names.
fn binds(signer: &SignerReport) -> bool {
    is_bound(signer.integrity, signer.trust, signer.identity)
        && signer.revocation != Revocation::Revoked
        && signer.verdict != Verdict::Rejected
}

/// The same by its parts.
pub(super) fn is_bound(integrity: Integrity, trust: TrustState, identity: IdentityState) -> bool {
    integrity == Integrity::Intact
        && matches!(trust, TrustState::Anchored | TrustState::Pinned)
        && identity == IdentityState::Matches
}

/// Whether every signature of a signed layer holds.
pub(super) fn is_intact(layer: &Layer) -> bool {
    !layer.signers.is_empty() && layer.signers.iter().all(|signer| signer.integrity == Integrity::Intact)
}

/// Fields of one name that are shown.
const REPEATED: usize = 10;

fn shown(header: &Fields, name: &'static str) -> Vec<Shown> {
    let texts = header.all(name).take(REPEATED).map(Field::text);
    texts.map(|value| Shown { name, value, signed: false, outside: None }).collect()
}

/// The values of all fields of a name, however they are folded and encoded.
fn values(header: &Fields, name: &str) -> String {
    let texts: Vec<String> = header.all(name).take(REPEATED).map(|field| one_blank(&field.text())).collect();
    texts.join(", ")
}

/// With one blank where there are several.
pub(super) fn one_blank(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(NAMED) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

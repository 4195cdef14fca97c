//! The parts of a message that are no S/MIME: texts, attachments, attached messages.

use std::io;

use super::layers::odd;
use super::{Opener, Place, outside};
use crate::mime::{Entity, Field, transfer};
use crate::report::Finding;
use crate::smime::detect;
use crate::smime::identity::Sender;
use crate::source::Source;

/// Bytes of a body that tell whether it says anything.
const LOOKED_AT: usize = 4096;

/// Fields that stand above the text of an attached message.
const ATTACHED_FIELDS: [&str; 4] = ["From", "To", "Date", "Subject"];

impl Opener<'_> {
    pub(super) fn part(&mut self, source: &Source, mut entity: Entity, place: Place) -> io::Result<()> {
        if entity.content_type.kind == "multipart" && outside::has_text(source, &entity)? {
            self.note(place, odd("text-outside-parts"));
        }
        let children = std::mem::take(&mut entity.children);
        match (entity.content_type.kind.as_str(), entity.content_type.subtype.as_str()) {
            ("multipart", "alternative") if !children.is_empty() => self.alternative(source, children, place),
            ("multipart", _) if !children.is_empty() => {
                self.later(source, children.into_iter().map(|child| (child, true)).collect(), place);
                Ok(())
            }
            ("message", "rfc822" | "global") if !children.is_empty() => self.attached(source, &entity, children, place),
            _ => {
                if entity.content_type.is("text", "plain") {
                    // Few encoded bytes, since some encodings hold any number that stand for nothing.
                    let start = entity.body.start..entity.body.end.min(entity.body.start + 2 * LOOKED_AT as u64);
                    let start = transfer::decoded(source.slice(start), entity.encoding).read_all(2 * LOOKED_AT);
                    if let Some(code) = start.ok().and_then(|start| detect::inline_openpgp(&start)) {
                        self.note(place, Finding::new(code, []));
                    }
                }
                self.display.leaf(source, &entity, place)
            }
        }
    }

    /// Looks at several entities later, in their order; the text of some is not shown.
    fn later(&mut self, source: &Source, children: Vec<(Entity, bool)>, place: Place) {
        let among = place.among(children.len());
        let task = |(child, texts)| (source.clone(), child, Place { texts: among.texts && texts, ..among });
        self.tasks.extend(children.into_iter().rev().map(task));
    }

    /// The same in several forms (RFC 2046 §5.1.4): plain text is shown if there is any that says something, else the last form
    /// with a text. What can be saved of the others still can.
    fn alternative(&mut self, source: &Source, children: Vec<Entity>, place: Place) -> io::Result<()> {
        let mut plain = None;
        for (index, child) in children.iter().enumerate() {
            let attached = child.disposition.as_ref().is_some_and(|disposition| disposition.kind == "attachment");
            if plain.is_none() && child.content_type.is("text", "plain") && !attached && says_something(source, child)?
            {
                plain = Some(index);
            }
        }
        let has_text = |child: &Entity| child.content_type.is("text", "html") || child.content_type.kind == "multipart";
        let shown = plain.or_else(|| children.iter().rposition(has_text));
        let children = children.into_iter().enumerate();
        self.later(source, children.map(|(index, child)| (child, Some(index) == shown)).collect(), place);
        Ok(())
    }

    /// A message in a message. One that is all the content of a layer and comes from the same sender is the message itself, whose
    /// header was to be protected (RFC 8551 §3.1), unless it stands in one that protects its own header; any other is an attachment, and what it is signed with speaks for it alone.
    /// Who signs what somebody else wrote does not become its author.
    fn attached(&mut self, source: &Source, entity: &Entity, children: Vec<Entity>, place: Place) -> io::Result<()> {
        let wrapper = place.layer.is_some()
            && place.fills
            && !self.has_own_header()
            && children.iter().all(|child| self.is_by_sender(child));
        let inside = if wrapper { place } else { Place { whole: false, fills: false, ..place } };
        if !wrapper {
            let title = children.first().and_then(|message| message.fields.first("Subject")).map(Field::text);
            let title = title.filter(|title| !title.trim().is_empty()).map(|title| format!("{title}.eml"));
            let name = entity.file_name().or(title);
            self.display.attach(entity.decoded_body(source), name.as_deref(), &entity.content_type, place)?;
        }
        // What its header says is seen: here, or as the header of the message.
        if let Some(message) = children.first().filter(|_| !wrapper || self.protection.is_none()) {
            self.display.text(&heading(message), place, false);
        }
        if children.len() > 1 {
            self.note(place, odd("several-messages"));
        }
        self.tasks.extend(children.into_iter().rev().map(|child| (source.clone(), child, inside)));
        Ok(())
    }
}

impl Opener<'_> {
    /// Whether a message names nobody in From but those whom the outer header names, or one of both names nobody.
    pub(super) fn is_by_sender(&self, message: &Entity) -> bool {
        let outer = self.header.as_ref().map(|header| Sender::of(header).addresses()).unwrap_or_default();
        let lower = |address: &String| address.to_lowercase();
        let outer: Vec<String> = outer.iter().map(lower).collect();
        outer.is_empty()
            || Sender::of(&message.fields).addresses().iter().all(|address| outer.contains(&lower(address)))
    }
}

/// Whether there is more at the start of a body than blanks.
fn says_something(source: &Source, entity: &Entity) -> io::Result<bool> {
    let start = entity.decoded_body(source).slice(0..LOOKED_AT as u64).read_all(LOOKED_AT)?;
    Ok(start.len() == LOOKED_AT || start.iter().any(|byte| !byte.is_ascii_whitespace()))
}

/// Who wrote an attached message, to whom, when and about what.
fn heading(message: &Entity) -> String {
    let line = |name: &&str| Some(format!("{name}: {}\n", message.fields.first(name)?.text()));
    ATTACHED_FIELDS.iter().filter_map(line).collect()
}

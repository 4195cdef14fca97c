//! What people see of a message: header fields, texts, attachments.

use std::io;

use super::Place;
use crate::mime::header::ContentType;
use crate::mime::{Entity, Fields, text};
use crate::report::{Attachment, Shown, ShownField, ShownText};
use crate::smime::{file_name, html};
use crate::source::Source;

/// Fields in the order in which they are shown.
const FIELDS: [&str; 7] = ["From", "Sender", "Reply-To", "To", "Cc", "Date", "Subject"];

/// Fields of one name that are shown.
const REPEATED: usize = 10;

/// How many bytes of HTML are read for one byte of text.
const MARKUP: usize = 8;

/// Texts and attachments as they are found.
pub(super) struct Display {
    shown: Shown,
    attachments: Vec<Attachment>,
    sources: Vec<Source>,
    /// Bytes of text that may still be added.
    left: usize,
}

impl Display {
    pub(super) fn new(bytes: usize) -> Self {
        Self { shown: Shown::default(), attachments: Vec::new(), sources: Vec::new(), left: bytes }
    }

    /// A part without parts: text that is shown, or an attachment.
    pub(super) fn leaf(&mut self, source: &Source, entity: &Entity, place: Place) -> io::Result<()> {
        let kind = &entity.content_type;
        let html = kind.is("text", "html");
        let inline = entity.disposition.as_ref().is_none_or(|disposition| disposition.kind != "attachment");
        // A multipart or message in which nothing could be found is shown as it stands, so that nothing is hidden.
        let is_text = html || kind.is("text", "plain") || matches!(kind.kind.as_str(), "multipart" | "message");
        let body = entity.decoded_body(source);
        let name = entity.file_name();
        if is_text && inline {
            if place.texts {
                self.body(&body, kind, html, place)?;
            }
            if name.is_none() {
                return Ok(());
            }
        }
        self.attach(body, name.as_deref(), kind, place)
    }

    fn body(&mut self, body: &Source, kind: &ContentType, html: bool, place: Place) -> io::Result<()> {
        let limit = if html { self.left.saturating_mul(MARKUP) } else { self.left };
        let bytes = body.slice(0..limit as u64).read_all(limit)?;
        let cut = !body.slice_from(bytes.len() as u64).is_empty()?;
        let decoded = text::decode(&bytes, kind.parameter("charset"));
        if html {
            let (text, cut_text) = html::to_text(&decoded, self.left);
            self.shown.truncated |= cut_text;
            self.text(&text, place, true);
        } else {
            self.text(&decoded, place, false);
        }
        self.shown.truncated |= cut;
        Ok(())
    }

    /// Adds a text.
    pub(super) fn text(&mut self, text: &str, place: Place, from_html: bool) {
        if !place.texts {
            return;
        }
        let mut text = text::visible(text);
        if text.len() > self.left {
            text.truncate(text.floor_char_boundary(self.left));
            self.shown.truncated = true;
        }
        if text.trim().is_empty() {
            return;
        }
        self.left -= text.len();
        let layer = place.layer.unwrap_or(usize::MAX);
        self.shown.texts.push(ShownText { text, layer, signed: place.signed, from_html });
    }

    /// Adds an attachment: its decoded content and the name that the sender gave it.
    pub(super) fn attach(
        &mut self,
        content: Source,
        name: Option<&str>,
        kind: &ContentType,
        place: Place,
    ) -> io::Result<()> {
        let media_type = kind.essence();
        let index = self.sources.len();
        self.attachments.push(Attachment {
            name: file_name::safe(name, &media_type, index + 1),
            media_type,
            size: content.len()?,
            index,
            signed: place.signed,
        });
        self.sources.push(content);
        Ok(())
    }

    /// There is no layer but the one of a plain message.
    pub(super) fn all_in_the_plain_layer(&mut self) {
        self.shown.texts.iter_mut().for_each(|text| text.layer = 0);
    }

    pub(super) fn finish(self) -> (Shown, Vec<Attachment>, Vec<Source>) {
        (self.shown, self.attachments, self.sources)
    }
}

/// The fields that people look at, decoded; several of one name are all shown.
pub(super) fn fields(header: &Fields) -> Vec<ShownField> {
    let shown = |name: &'static str| {
        let field = move |value| ShownField { name: name.to_owned(), value, protected: false };
        header.all(name).take(REPEATED).map(|found| found.text()).map(field).collect::<Vec<_>>()
    };
    FIELDS.into_iter().flat_map(shown).collect()
}

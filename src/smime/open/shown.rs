//! What people see of a message: header fields, texts, attachments.

use std::io;

use super::legacy::Legacy;
use super::{Place, header};
use crate::mime::header::ContentType;
use crate::mime::{Entity, text};
use crate::report::{Attachment, Shown, ShownField, ShownText};
use crate::smime::{file_name, html};
use crate::source::Source;

/// How many bytes of HTML are read for one byte of text.
const MARKUP: usize = 8;

/// The longest part that can be nothing but header fields for older programs.
const LEGACY: usize = 16 * 1024;

/// Texts and attachments as they are found.
pub(super) struct Display {
    shown: Shown,
    attachments: Vec<Attachment>,
    sources: Vec<Source>,
    /// Bytes of text that may still be added.
    left: usize,
    /// What is not shown a second time, where the message protects header fields.
    pub(super) legacy: Option<Legacy>,
}

impl Display {
    pub(super) fn new(bytes: usize) -> Self {
        Self { shown: Shown::default(), attachments: Vec::new(), sources: Vec::new(), left: bytes, legacy: None }
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
        if inline && !place.whole && self.repeats_fields(&body, kind)? {
            return Ok(());
        }
        if is_text && inline {
            if place.texts {
                self.body(&body, kind, html, place)?;
            }
            if name.is_none() {
                return Ok(());
            }
        }
        match entity.decoded_len {
            Some(size) => self.attach_sized(body, size, name.as_deref(), kind, place),
            None => self.attach(body, name.as_deref(), kind, place)?,
        }
        Ok(())
    }

    fn body(&mut self, body: &Source, kind: &ContentType, html: bool, place: Place) -> io::Result<()> {
        let limit = if html { self.left.saturating_mul(MARKUP) } else { self.left };
        let bytes = body.slice(0..limit as u64).read_all(limit)?;
        let cut = !body.slice_from(bytes.len() as u64).is_empty()?;
        let decoded = text::decode(&bytes, kind.parameter("charset"));
        let legacy = self.legacy.as_ref().filter(|_| Legacy::begins(kind));
        if html {
            let is_element = |text: &str| legacy.is_some_and(|legacy| legacy.is_element(text));
            let (text, cut_text) = html::to_text(&decoded, self.left, &is_element);
            self.shown.truncated |= cut_text;
            self.text(&text, place, true);
        } else {
            let decoded = legacy.map_or(decoded.as_str(), |legacy| legacy.without(&decoded)).to_owned();
            self.text(&decoded, place, false);
        }
        self.shown.truncated |= cut;
        Ok(())
    }

    /// Whether a part holds protected header fields once more and nothing else.
    fn repeats_fields(&self, body: &Source, kind: &ContentType) -> io::Result<bool> {
        let Some(legacy) = self.legacy.as_ref().filter(|legacy| legacy.is_part(kind)) else { return Ok(false) };
        let bytes = body.slice(0..LEGACY as u64 + 1).read_all(LEGACY + 1)?;
        let text = text::decode(&bytes, kind.parameter("charset"));
        Ok(bytes.len() <= LEGACY && legacy.is_element(&text))
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
        let size = content.len()?;
        self.attach_sized(content, size, name, kind, place);
        Ok(())
    }

    fn attach_sized(&mut self, content: Source, size: u64, name: Option<&str>, kind: &ContentType, place: Place) {
        let media_type = kind.essence();
        let index = self.sources.len();
        let name = file_name::safe(name, &media_type, index + 1);
        let signed = place.signed;
        self.attachments.push(Attachment { name, media_type, size, index, signed, outside: false });
        self.sources.push(content);
    }

    /// There is no layer but the one of a plain message.
    pub(super) fn all_in_the_plain_layer(&mut self) {
        self.shown.texts.iter_mut().for_each(|text| text.layer = 0);
    }

    pub(super) fn finish(self) -> (Shown, Vec<Attachment>, Vec<Source>) {
        (self.shown, self.attachments, self.sources)
    }
}

/// A header field as reports show it.
pub(super) fn field(field: header::Shown) -> ShownField {
    let header::Shown { name, value, signed, outside } = field;
    ShownField { name: name.to_owned(), value, protected: signed, outside }
}

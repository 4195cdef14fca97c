//! Header fields and their structured values (RFC 5322 §2.2, RFC 2045 §5, RFC 2231, RFC 2047, RFC 2183).

mod charset;
mod parameters;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

pub(super) use charset::text_of;
pub(super) use parameters::{is_ambiguous, is_token, structured};
pub use words::{decode_words, one_line};
pub(super) use words::{digit, encoded_word_len};

/// One header field as it stands in the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name as written.
    pub name: String,
    /// The value as written: all that follows the colon, still folded, without the final line end.
    pub raw: Vec<u8>,
    /// Where the whole field stands, with its final line end.
    pub range: Range<u64>,
}

impl Field {
    /// The value unfolded (RFC 5322 §2.2.3), without blanks around it. Bytes above 127 are read as UTF-8 (RFC 6532), or
    /// as windows-1252 when they are none.
    #[must_use]
    pub fn unfolded(&self) -> String {
        let mut text = text_of(&self.raw);
        if text.contains('\n') {
            text = text.replace("\r\n", "").replace('\n', "");
        }
        text.trim_matches([' ', '\t']).to_owned()
    }

    /// The value for people: unfolded, encoded words decoded (RFC 2047), control and bidirectional characters removed.
    #[must_use]
    pub fn text(&self) -> String {
        one_line(&decode_words(&self.unfolded())).trim().to_owned()
    }
}

/// The fields of one header in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<Field>);

impl Fields {
    /// All fields of that name, without regard to case.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Field> {
        self.0.iter().filter(move |field| field.name.eq_ignore_ascii_case(name))
    }

    /// The first field of that name.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&Field> {
        self.0.iter().find(|field| field.name.eq_ignore_ascii_case(name))
    }
}

/// Content-Type (RFC 2045 §5.1), type and subtype in lower case, parameters decoded (RFC 2231).
///
/// The default is `text/plain` without parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentType {
    /// The type: `multipart`.
    pub kind: String,
    /// The subtype: `signed`.
    pub subtype: String,
    /// Parameter names in lower case with their decoded values, in order.
    pub parameters: Vec<(String, String)>,
}

impl ContentType {
    /// Parses the value of a Content-Type field; what cannot be parsed is `text/plain` (RFC 2045 §5.2).
    #[must_use]
    pub fn parse(value: &str) -> Self {
        let (essence, parameters) = structured(value);
        let token = |text: &str| {
            let text = text.trim().split([' ', '\t']).next().unwrap_or_default().to_owned();
            Some(text).filter(|text| !text.is_empty() && text.bytes().all(parameters::is_token))
        };
        let parts = essence.split_once('/').and_then(|(kind, subtype)| Some((token(kind)?, token(subtype)?)));
        parts.map(|(kind, subtype)| Self { kind, subtype, parameters }).unwrap_or_default()
    }

    /// `message/rfc822`.
    pub(super) fn message() -> Self {
        Self { kind: "message".to_owned(), subtype: "rfc822".to_owned(), parameters: Vec::new() }
    }

    /// Whether the body is a message (RFC 2046 §5.2.1, RFC 6532 §3.7).
    pub(super) fn holds_message(&self) -> bool {
        self.is("message", "rfc822") || self.is("message", "global")
    }

    /// Whether this is that media type.
    #[must_use]
    pub fn is(&self, kind: &str, subtype: &str) -> bool {
        self.kind == kind && self.subtype == subtype
    }

    /// `type/subtype`.
    #[must_use]
    pub fn essence(&self) -> String {
        format!("{}/{}", self.kind, self.subtype)
    }

    /// A parameter by its lower-case name.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl Default for ContentType {
    fn default() -> Self {
        Self { kind: "text".to_owned(), subtype: "plain".to_owned(), parameters: Vec::new() }
    }
}

/// Content-Disposition (RFC 2183).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disposition {
    /// `inline`, `attachment` or another token, in lower case.
    pub kind: String,
    /// The file name as the sender wrote it, decoded.
    pub file_name: Option<String>,
}

impl Disposition {
    /// Parses the value of a Content-Disposition field; one without a token is an attachment.
    #[must_use]
    pub fn parse(value: &str) -> Self {
        let (kind, parameters) = structured(value);
        let kind = kind.split([' ', '\t']).next().filter(|kind| !kind.is_empty()).unwrap_or("attachment").to_owned();
        let name = parameters.into_iter().find(|(name, _)| name == "filename");
        Self { kind, file_name: name.map(|(_, name)| decode_words(&name)) }
    }
}

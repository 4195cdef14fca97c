//! Header fields and their structured values (RFC 5322 §2.2, RFC 2045 §5, RFC 2231, RFC 2047, RFC 2183).

use std::ops::Range;

/// One header field as it stands in the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name as written.
    pub name: String,
    /// The value as written, still folded, without the final line end.
    pub raw: Vec<u8>,
    /// Where the whole field stands, with its final line end.
    pub range: Range<u64>,
}

impl Field {
    /// The value unfolded (RFC 5322 §2.2.3), bytes that are not UTF-8 replaced.
    #[must_use]
    pub fn unfolded(&self) -> String {
        todo!()
    }

    /// The value for people: unfolded, encoded words decoded (RFC 2047), control and bidirectional characters removed.
    #[must_use]
    pub fn text(&self) -> String {
        todo!()
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
        let _ = value;
        todo!()
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

/// Content-Disposition (RFC 2183).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disposition {
    /// `inline`, `attachment` or another token, in lower case.
    pub kind: String,
    /// The file name as the sender wrote it, decoded.
    pub file_name: Option<String>,
}

/// Decodes encoded words (RFC 2047) in an unfolded value; unknown charsets stay as they are.
#[must_use]
pub fn decode_words(value: &str) -> String {
    let _ = value;
    todo!()
}

/// Removes control characters and characters that reorder or hide text (bidirectional controls, zero-width), so that
/// a sender's text cannot disguise itself in a window or a terminal.
#[must_use]
pub fn without_controls(text: &str) -> String {
    let _ = text;
    todo!()
}

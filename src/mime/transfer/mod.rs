//! Transfer encodings as lazy views (RFC 2045 §6).

mod base64;
mod quoted;
mod view;

#[cfg(test)]
mod tests;

use memchr::memchr;

use crate::source::Source;
pub(super) use view::{Decode, View};

/// Content-Transfer-Encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum TransferEncoding {
    /// Lines of at most 998 bytes, no byte above 127.
    #[default]
    SevenBit,
    /// Lines with any bytes but NUL.
    EightBit,
    /// Any bytes.
    Binary,
    /// RFC 2045 §6.7.
    QuotedPrintable,
    /// RFC 2045 §6.8.
    Base64,
    /// A token that is none of the above: read as it is.
    Unknown,
}

impl TransferEncoding {
    /// Parses the field's value: the first token, without regard to case; comments are passed over.
    #[must_use]
    pub fn parse(value: &str) -> Self {
        let (token, _) = super::header::structured(value);
        match token.split([' ', '\t']).next().unwrap_or_default() {
            "" | "7bit" => Self::SevenBit,
            "8bit" => Self::EightBit,
            "binary" => Self::Binary,
            "quoted-printable" => Self::QuotedPrintable,
            "base64" => Self::Base64,
            _ => Self::Unknown,
        }
    }

    /// Whether the bytes are what they stand for, as far as is known.
    #[must_use]
    pub fn is_identity(self) -> bool {
        !matches!(self, Self::QuotedPrintable | Self::Base64)
    }
}

/// The bytes behind an encoding, computed on demand with sparse checkpoints (memory: 24 bytes per 256 KiB).
/// Sequential reads decode every byte once; the length is known after the whole was read once.
///
/// Base64: bytes outside the alphabet are skipped (RFC 2045 §6.8). Padding ends a group of four characters wherever it stands
/// and decoding goes on behind it, so that joined base64 texts give joined contents; missing padding is as good as padding.
///
/// Quoted-printable: hexadecimal digits of either case; blanks at the end of a line are removed (RFC 2045 §6.7 rule 3),
/// at most 1024 of them; what is no valid escape stays as it is.
#[must_use]
pub fn decoded(encoded: Source, encoding: TransferEncoding) -> Source {
    match encoding {
        TransferEncoding::Base64 => Source::from_view(View::<base64::Base64>::new(encoded.read_ahead())),
        TransferEncoding::QuotedPrintable => {
            Source::from_view(View::<quoted::QuotedPrintable>::new(encoded.read_ahead()))
        }
        _ => encoded,
    }
}

/// Decodes base64 that is in memory.
pub(super) fn decode_base64(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    base64::Base64::default().decode(text, true, &mut Vec::new(), &mut out);
    out
}

/// Counts what a base64 text stands for, in pieces and without decoding it.
#[derive(Default)]
pub(super) struct DecodedLen {
    /// Characters since the last padding.
    characters: u64,
    /// Bytes before it.
    len: u64,
}

impl DecodedLen {
    pub(super) fn add(&mut self, text: &[u8]) {
        let mut rest = text;
        while let Some((run, behind)) = memchr(b'=', rest).and_then(|at| rest.split_at_checked(at)) {
            self.characters += base64::characters_in(run);
            self.pad();
            rest = behind.get(1..).unwrap_or_default();
        }
        self.characters += base64::characters_in(rest);
    }

    /// Four characters are three bytes; of those left over, two are one byte, three are two, one is none.
    fn pad(&mut self) {
        self.len += self.characters / 4 * 3 + (self.characters % 4).saturating_sub(1);
        self.characters = 0;
    }

    pub(super) fn finish(mut self) -> u64 {
        self.pad();
        self.len
    }
}

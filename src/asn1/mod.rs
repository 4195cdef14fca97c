//! What the DER crates lack: BER with indefinite lengths and strings in pieces, read as a stream with bounds (X.690).

use std::io;

use crate::source::Source;

/// What reading BER may cost at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How deep values may be nested.
    pub depth: u32,
    /// Bytes of one structure that is brought into memory (not of content, which is streamed).
    pub structure_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 64, structure_bytes: 16 * 1024 * 1024 }
    }
}

/// Why bytes are not the BER that was expected.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The bytes could not be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The bytes end inside a value that starts at this offset.
    #[error("the data ends inside the value at offset {offset}")]
    Truncated {
        /// Offset in bytes of the value.
        offset: u64,
    },
    /// Something else stands where a value was expected.
    #[error("unexpected data at offset {offset}: expected {expected}")]
    Unexpected {
        /// Offset in bytes.
        offset: u64,
        /// What should stand there.
        expected: &'static str,
    },
    /// A limit of [`Limits`] was reached.
    #[error("the structure is larger or deeper than the limit ({what})")]
    Limit {
        /// `depth` or `size`.
        what: &'static str,
    },
}

/// The class of a tag (X.690 §8.1.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub enum Class {
    Universal,
    Application,
    Context,
    Private,
}

/// Identifier and length octets of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// The tag's class.
    pub class: Class,
    /// Whether the content is made of values.
    pub constructed: bool,
    /// The tag's number.
    pub number: u32,
    /// Bytes of content; `None` for the indefinite form.
    pub length: Option<u64>,
    /// Where the identifier stands.
    pub offset: u64,
    /// Where the content starts.
    pub content: u64,
}

impl Header {
    /// Whether this is that universal tag.
    #[must_use]
    pub fn is_universal(&self, number: u32) -> bool {
        self.class == Class::Universal && self.number == number
    }

    /// Whether this is that context-specific tag.
    #[must_use]
    pub fn is_context(&self, number: u32) -> bool {
        self.class == Class::Context && self.number == number
    }
}

/// Walks over the values of a BER encoding without bringing them into memory.
#[derive(Debug)]
pub struct Cursor {
    source: Source,
    offset: u64,
    limits: Limits,
    // the builder of this module adds what it needs: a stack of open values with their ends, a small read buffer
}

impl Cursor {
    /// Starts at the first byte.
    #[must_use]
    pub fn new(source: Source, limits: Limits) -> Self {
        Self { source, offset: 0, limits }
    }

    /// Offset of the next value.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The next value's header without moving; `None` at the end of the enclosing value (its length, its end-of-contents
    /// octets, or the end of the bytes at the outermost level).
    ///
    /// # Errors
    /// When the bytes are no BER or end inside a header.
    pub fn peek(&mut self) -> Result<Option<Header>, Error> {
        let _ = (&self.source, &self.limits);
        todo!()
    }

    /// Goes into the next value, which must be constructed.
    ///
    /// # Errors
    /// When there is no such value.
    pub fn enter(&mut self) -> Result<Header, Error> {
        todo!()
    }

    /// Leaves the value entered last, skipping what is left in it.
    ///
    /// # Errors
    /// When the bytes end before it does.
    pub fn leave(&mut self) -> Result<(), Error> {
        todo!()
    }

    /// Skips the next value.
    ///
    /// # Errors
    /// When the bytes end before it does.
    pub fn skip(&mut self) -> Result<Header, Error> {
        todo!()
    }

    /// The next value in DER ([`to_der`]), within the size limit.
    ///
    /// # Errors
    /// When it is no BER, too large, or cut short.
    pub fn take_der(&mut self) -> Result<Vec<u8>, Error> {
        todo!()
    }

    /// The next value's bytes exactly as they stand, within the size limit.
    ///
    /// # Errors
    /// As [`Cursor::take_der`].
    pub fn take_raw(&mut self) -> Result<Vec<u8>, Error> {
        todo!()
    }

    /// The content of the next value, an OCTET STRING (or an implicit tag for one) of either form, as a lazy view:
    /// pieces are joined while reading, with sparse checkpoints. Moves behind the value.
    ///
    /// # Errors
    /// When the next value is not such a string, or the bytes end inside it.
    pub fn take_octets(&mut self) -> Result<Source, Error> {
        todo!()
    }
}

/// One BER value as DER: definite minimal lengths, strings in one piece. The order of SET OF is kept as it came
/// (signed attributes are hashed as received).
///
/// # Errors
/// When it is no BER, deeper than the limit, or followed by other bytes.
pub fn to_der(ber: &[u8], limits: &Limits) -> Result<Vec<u8>, Error> {
    let _ = (ber, limits);
    todo!()
}

//! What the DER crates lack: BER with indefinite lengths and strings in pieces, read as a stream with bounds (X.690).

use std::io;

mod cursor;
mod der;
mod header;
mod octets;
pub mod tag;
#[cfg(test)]
mod tests;
mod window;

pub use cursor::Cursor;
pub use der::{tlv, to_der};
pub use header::{Class, Header};

/// What reading BER may cost at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How deep values may be nested.
    pub depth: u32,
    /// Bytes of one structure that are brought into memory (not of content, which is streamed).
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

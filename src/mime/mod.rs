//! The structure of a message: header fields, the exact byte ranges of its parts, transfer encodings, and writing
//! (RFC 5322, RFC 2045–2047, RFC 2231, RFC 1847).
//!
//! Nothing here interprets S/MIME. Ranges are offsets into the [`Source`] that was scanned, so that a signature is checked
//! over the bytes that arrived and never over bytes written anew.

use std::io;
use std::ops::Range;

use crate::source::Source;

pub mod address;
pub mod canonical;
pub mod header;
pub mod text;
pub mod transfer;

pub use header::{ContentType, Disposition, Field, Fields};
pub use transfer::TransferEncoding;

/// What scanning may cost at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How deep parts may be nested.
    pub depth: u32,
    /// How many parts a message may have, all levels counted.
    pub parts: u32,
    /// Bytes of one header block.
    pub header_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 32, parts: 10_000, header_bytes: 1024 * 1024 }
    }
}

/// Why a message could not be scanned.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The bytes could not be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A limit of [`Limits`] was reached.
    #[error("more {what} than the limit of {limit}")]
    Limit {
        /// `depth`, `parts` or `header bytes`.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
}

/// Something odd about the structure that a report mentions; scanning goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Defect {
    /// The closing boundary line is missing: the message may be cut short.
    MissingFinalBoundary,
    /// A multipart without a usable boundary parameter.
    MissingBoundary,
    /// A multipart in which no boundary line was found.
    NoParts,
    /// Several Content-Type (or other singular Content-*) fields in one header.
    DuplicateField,
    /// A header line that is neither a field nor a continuation.
    MalformedHeaderLine,
    /// The header block ends with the file: there is no body.
    MissingBody,
}

/// One MIME entity: a message or a part of one (RFC 2045 §2.4).
#[derive(Debug, Clone)]
pub struct Entity {
    /// Header and body. For a part of a multipart: what a signature over it covers, that is, without the line end that
    /// belongs to the boundary (RFC 2046 §5.1.1).
    pub range: Range<u64>,
    /// Where the body lies; empty when there is none.
    pub body: Range<u64>,
    /// The header fields in order.
    pub fields: Fields,
    /// The media type; `text/plain` when the header names none (RFC 2045 §5.2).
    pub content_type: ContentType,
    /// The transfer encoding; 7bit when the header names none.
    pub encoding: TransferEncoding,
    /// Content-Disposition, if any.
    pub disposition: Option<Disposition>,
    /// The parts of a multipart, or the one message inside a message/rfc822 with an identity encoding.
    pub children: Vec<Entity>,
    /// What is odd about this entity itself (not about its children).
    pub defects: Vec<Defect>,
}

impl Entity {
    /// The body with its transfer encoding undone: a lazy view, nothing is held in memory.
    #[must_use]
    pub fn decoded_body(&self, source: &Source) -> Source {
        transfer::decoded(source.slice(self.body.clone()), self.encoding)
    }

    /// The file name that a person would be offered: Content-Disposition filename, then Content-Type name, decoded
    /// (RFC 2231, RFC 2047); may be anything a sender wrote, so never a path to write to.
    #[must_use]
    pub fn file_name(&self) -> Option<String> {
        todo!()
    }

    /// The entity and everything inside it, outermost first.
    pub fn walk(&self) -> impl Iterator<Item = &Entity> {
        std::iter::once(self) // replace by a real walk
    }
}

/// Finds fields, ranges and parts of a message or entity.
///
/// Accepts CRLF, LF and mixed line ends, a leading mbox `From ` line, a missing final boundary. A boundary matches at the
/// start of a line only, exactly or followed by blanks; an outer boundary ends all inner parts (RFC 2046 §5.1.2).
///
/// # Errors
/// When the bytes cannot be read or a limit is reached; odd structure is a [`Defect`].
pub fn parse(source: &Source, limits: &Limits) -> Result<Entity, Error> {
    let _ = (source, limits);
    todo!()
}

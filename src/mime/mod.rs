//! The structure of a message: header fields, the exact byte ranges of its parts, transfer encodings, and writing
//! (RFC 5322, RFC 2045–2047, RFC 2231, RFC 1847).
//!
//! Nothing here interprets S/MIME. Ranges are offsets into the [`Source`] that was scanned, so that a signature is checked
//! over the bytes that arrived and never over bytes written anew.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use crate::source::Source;
use canonical::Facts;

pub mod address;
pub mod canonical;
pub mod header;
mod lines;
pub mod mailbox;
pub mod msg;
mod scan;
pub mod text;
pub mod transfer;
mod watch;

#[cfg(test)]
mod tests;

pub use header::{ContentType, Disposition, Field, Fields};
pub use transfer::TransferEncoding;
pub use watch::Watch;

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
    /// A multipart with several boundary parameters that differ; one with a charset counts before others, and of those the first.
    AmbiguousBoundary,
    /// A multipart in which no boundary line was found.
    NoParts,
    /// Several Content-Type (or other singular Content-*) fields in one header; the first counts.
    DuplicateField,
    /// A header line that is neither a field nor a continuation, or that has a CR inside, which some programs take for a
    /// line end.
    MalformedHeaderLine,
    /// The header block ends with the file, or at a boundary, without an empty line: there is no body.
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
    /// The media type; when the header names none, `text/plain` (RFC 2045 §5.2), or `message/rfc822` in a
    /// multipart/digest (RFC 2046 §5.1.5).
    pub content_type: ContentType,
    /// The transfer encoding; 7bit when the header names none.
    pub encoding: TransferEncoding,
    /// Content-Disposition, if any.
    pub disposition: Option<Disposition>,
    /// The parts of a multipart, or the one message inside a message/rfc822 (message/global) with an identity encoding.
    pub children: Vec<Entity>,
    /// What is odd about this entity itself (not about its children).
    pub defects: Vec<Defect>,
    /// Bytes of the body with its transfer encoding undone, where [`parse_watched`] came past all of it.
    pub decoded_len: Option<u64>,
    /// What sealing has to know about the body, where [`parse_to_seal`] came past all of it.
    pub(crate) facts: Option<Arc<Facts>>,
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
        let disposition = self.disposition.as_ref().and_then(|disposition| disposition.file_name.clone());
        let name = disposition.or_else(|| self.content_type.parameter("name").map(header::decode_words))?;
        Some(header::one_line(&name)).filter(|name| !name.is_empty())
    }

    /// The entity and everything inside it, outermost first.
    pub fn walk(&self) -> impl Iterator<Item = &Entity> {
        let mut waiting = vec![self];
        std::iter::from_fn(move || {
            let entity = waiting.pop()?;
            waiting.extend(entity.children.iter().rev());
            Some(entity)
        })
    }
}

/// Finds fields, ranges and parts of a message or entity.
///
/// Accepts CRLF, LF and mixed line ends, a leading mbox `From ` line (which no range includes), a missing final boundary.
/// A boundary matches at the start of a line only, exactly or followed by blanks; an outer boundary ends all inner parts
/// (RFC 2046 §5.1.2). Preamble and epilogue belong to the body of a multipart and to none of its parts.
///
/// A header ends at its empty line, or where a boundary or the file ends the entity, and nowhere else: lines that are no field
/// are passed over ([`Defect::MalformedHeaderLine`]) as Thunderbird and OpenSSL do, so that every program sees the same
/// Content-Type. Where there is not one field before the empty line there is no header, and all of the entity is its body.
/// Of several Content-* fields with the same name the first counts ([`Defect::DuplicateField`]).
///
/// All headers of a message together may have 16 times [`Limits::header_bytes`].
///
/// # Errors
/// When the bytes cannot be read or a limit is reached; odd structure is a [`Defect`].
pub fn parse(source: &Source, limits: &Limits) -> Result<Entity, Error> {
    scan::scan(source, limits, watch::Tap::default())
}

/// As [`parse`], and finds out in the same pass how bodies are to be written when the message is sealed.
///
/// # Errors
/// As [`parse`].
pub fn parse_to_seal(source: &Source, limits: &Limits) -> Result<Entity, Error> {
    scan::scan(source, limits, watch::Tap::to_seal())
}

/// As [`parse`], and shows the bytes of the first part of a multipart/signed to `watch`.
///
/// # Errors
/// As [`parse`].
pub fn parse_watched(source: &Source, limits: &Limits, watch: &mut dyn Watch) -> Result<Entity, Error> {
    scan::scan(source, limits, watch::Tap::new(watch))
}

/// As [`parse`], and shows all bytes from the first one on to `watch`, as far as they are read: it may see none of a body
/// without parts.
///
/// # Errors
/// As [`parse`].
pub fn parse_watching_all(source: &Source, limits: &Limits, watch: &mut dyn Watch) -> Result<Entity, Error> {
    scan::scan(source, limits, watch::Tap::of_all(watch))
}

//! Canonical line ends (RFC 8551 §3.1.1) and the entity that a signature is made over.

mod encode;
mod entity;
mod facts;
mod field;
mod plan;

#[cfg(test)]
mod tests;

use std::io::{self, Write};

use memchr::memchr2;

pub use encode::Base64Writer;
pub(crate) use facts::Facts;
pub(super) use facts::Gatherer;

pub use entity::{Extra, takes_parameters, write_entity, write_fields, write_outer_fields};

use crate::source::BLOCK;

/// Passes everything on with lone CR and lone LF turned into CRLF; blocks that are canonical already pass uncopied.
///
/// For checking a signature lone CR stay ([`CanonicalWriter::of_lines`]).
#[derive(Debug)]
pub struct CanonicalWriter<W> {
    inner: W,
    /// The last byte written was a CR.
    after_cr: bool,
    /// A lone CR ends no line.
    keep_cr: bool,
    /// A block with other line ends, written anew.
    fixed: Vec<u8>,
}

impl<W: Write> CanonicalWriter<W> {
    /// Wraps a writer, for instance a hasher.
    pub fn new(inner: W) -> Self {
        Self { inner, after_cr: false, keep_cr: false, fixed: Vec::new() }
    }

    /// Wraps a writer and turns no more than lone LF into CRLF: nothing that reads mail takes a lone CR for a line end, so that
    /// somebody who put it in place of one would change what people see, and not what is hashed.
    pub fn of_lines(inner: W) -> Self {
        Self { keep_cr: true, ..Self::new(inner) }
    }

    /// Ends the last line if it ended in a lone CR, and returns the writer.
    ///
    /// # Errors
    /// What the writer gives.
    pub fn finish(mut self) -> io::Result<W> {
        if self.after_cr && !self.keep_cr {
            self.inner.write_all(b"\n")?;
        }
        Ok(self.inner)
    }

    /// Whether a block is written as it stands: every LF follows a CR, and every CR that has to is followed by a LF. A CR at the
    /// end waits for the next block.
    fn is_canonical(&self, block: &[u8]) -> bool {
        let keep_cr = self.keep_cr;
        let fits = |before_is_cr: bool, is_lf: bool| before_is_cr == is_lf || (keep_cr && before_is_cr);
        let first = block.first().is_none_or(|first| fits(self.after_cr, *first == b'\n'));
        // Without a branch, so that the compiler makes vector instructions of it.
        let pairs = block.iter().zip(block.get(1..).unwrap_or_default());
        first && pairs.fold(true, |all, (before, byte)| all & fits(*before == b'\r', *byte == b'\n'))
    }

    fn block(&mut self, block: &[u8]) -> io::Result<()> {
        let Some(last) = block.last() else { return Ok(()) };
        if self.is_canonical(block) {
            self.after_cr = *last == b'\r';
            return self.inner.write_all(block);
        }
        self.fixed.clear();
        // What is canonical and was not copied yet.
        let mut kept = block;
        let mut at = 0;
        if self.after_cr {
            match block.first() {
                Some(b'\n') => at = 1,
                _ if self.keep_cr => {}
                _ => self.fixed.push(b'\n'),
            }
        }
        while let Some(found) = kept.get(at..).and_then(|rest| memchr2(b'\r', b'\n', rest)) {
            at += found;
            let (before, from) = kept.split_at(at);
            match from {
                [b'\r', b'\n', ..] => at += 2,
                // Whether a LF follows is seen in the next block.
                [b'\r'] => break,
                [b'\r', ..] if self.keep_cr => at += 1,
                [_, behind @ ..] => {
                    self.fixed.extend_from_slice(before);
                    self.fixed.extend_from_slice(b"\r\n");
                    (kept, at) = (behind, 0);
                }
                [] => break,
            }
        }
        self.after_cr = *last == b'\r';
        if self.fixed.is_empty() {
            return self.inner.write_all(kept);
        }
        self.fixed.extend_from_slice(kept);
        self.inner.write_all(&self.fixed)
    }
}

impl<W: Write> Write for CanonicalWriter<W> {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        block.chunks(BLOCK).try_for_each(|piece| self.block(piece))?;
        Ok(block.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

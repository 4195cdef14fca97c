//! A small buffer over a source, so that headers that stand close together cost one read.

use std::io;

use super::Error;
use super::header::{Header, MAX_LEN};
use crate::source::{BLOCK, Source};

/// Bytes of the first read at a new place; more than any header takes.
const FIRST: usize = 512;

/// Up to this many bytes behind the buffer, the next read counts as one that goes on from it.
const NEAR: u64 = 4096;

/// The bytes that were read last. Reads that go on from there grow up to [`BLOCK`]; a jump starts small again.
#[derive(Debug, Default)]
pub(super) struct Window {
    start: u64,
    bytes: Vec<u8>,
    size: usize,
}

impl Window {
    /// The bytes from `offset` on: at least `want` of them (no more than [`BLOCK`]) unless the source ends before.
    pub(super) fn at(&mut self, source: &Source, offset: u64, want: usize) -> io::Result<&[u8]> {
        if self.held(offset).len() < want {
            self.fill(source, offset, want)?;
        }
        Ok(self.held(offset))
    }

    /// The header at `offset`.
    pub(super) fn header(&mut self, source: &Source, offset: u64) -> Result<Header, Error> {
        // Most headers are short: those that are held already need no read for the longest one that could be.
        match Header::parse(self.held(offset), offset) {
            Err(Error::Truncated { .. }) => Header::parse(self.at(source, offset, MAX_LEN)?, offset),
            done => done,
        }
    }

    /// What is held from `offset` on; may be nothing.
    pub(super) fn held(&self, offset: u64) -> &[u8] {
        let from = offset.checked_sub(self.start).and_then(|from| usize::try_from(from).ok());
        from.and_then(|from| self.bytes.get(from..)).unwrap_or_default()
    }

    fn fill(&mut self, source: &Source, offset: u64, want: usize) -> io::Result<()> {
        let end = self.start.saturating_add(self.bytes.len() as u64);
        let near = offset >= self.start && offset <= end.saturating_add(NEAR);
        self.size = if near { (self.size * 4).clamp(FIRST, BLOCK) } else { FIRST };
        let size = self.size.max(want.min(BLOCK));
        self.start = offset;
        self.bytes.resize(size, 0);
        let mut filled = 0;
        while filled < want {
            let Some(room) = self.bytes.get_mut(filled..) else { break };
            match source.read_at(offset.saturating_add(filled as u64), room) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) => {
                    self.bytes.clear();
                    return Err(error);
                }
            }
        }
        self.bytes.truncate(filled);
        Ok(())
    }
}

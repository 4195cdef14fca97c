//! Lines of a source: read one by one in a header, skipped by the block in a body.

use std::io;

use memchr::{memchr, memmem};

use super::watch::Tap;
use crate::source::{BLOCK, Source};

/// Bytes before the current one that stay held: the line end in front of a boundary, or half of one that is looked for.
const KEPT: usize = 2;

/// Bytes of the first read.
const FIRST: usize = 16 * 1024;

/// What [`Lines::read`] found besides the bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Offset of the first byte.
    pub start: u64,
    /// Offset behind the line end.
    pub end: u64,
    /// Length of the line end in front of the line: 0, 1 (LF) or 2 (CRLF).
    pub before: u64,
    /// The bytes that did not fit are blanks and a line end, or there are none.
    pub rest_is_blank: bool,
}

/// A place in a source, with the bytes around it.
pub(super) struct Lines<'a> {
    source: &'a Source,
    /// Offset of the first held byte.
    start: u64,
    /// Held bytes, and room behind them.
    buffer: Vec<u8>,
    held: usize,
    /// Index of the next byte.
    at: usize,
    dashes: memmem::Finder<'static>,
    pub(super) tap: Tap<'a>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(source: &'a Source, tap: Tap<'a>) -> Self {
        let dashes = memmem::Finder::new(b"\n--");
        Self { source, start: 0, buffer: Vec::new(), held: 0, at: 0, dashes, tap }
    }

    /// Offset of the next byte.
    pub(super) fn offset(&self) -> u64 {
        self.start + self.at as u64
    }

    /// Offset behind the bytes that were read so far.
    pub(super) fn held_end(&self) -> u64 {
        self.start + self.held as u64
    }

    /// The held bytes from the next one on.
    fn rest(&self) -> &[u8] {
        self.buffer.get(self.at..self.held).unwrap_or_default()
    }

    /// Reads a block more; `false` at the end.
    fn fill(&mut self) -> io::Result<bool> {
        let drop = self.at.saturating_sub(KEPT);
        self.tap.pass(self.start, self.buffer.get(..drop).unwrap_or_default());
        self.buffer.copy_within(drop..self.held, 0);
        self.start += drop as u64;
        self.at -= drop;
        self.held -= drop;
        // Most messages are small; what is large is read in blocks as large as the cache.
        let block = usize::try_from(self.held_end()).unwrap_or(usize::MAX).clamp(FIRST, 4 * BLOCK);
        if self.buffer.len() < self.held + block {
            self.buffer.resize(self.held + block, 0);
        }
        let room = self.buffer.get_mut(self.held..).unwrap_or_default();
        let read = self.source.read_at(self.start + self.held as u64, room)?;
        self.held += read;
        Ok(read > 0)
    }

    /// Shows the tap what it has not seen of the bytes before `end`.
    pub(super) fn show(&mut self, end: u64) {
        let count = usize::try_from(end.saturating_sub(self.start)).unwrap_or(usize::MAX).min(self.held);
        self.tap.pass(self.start, self.buffer.get(..count).unwrap_or_default());
    }

    /// The next bytes: as many as these, unless the source ends before, and whatever is held behind them.
    pub(super) fn ahead(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.rest().len() < count && self.fill()? {}
        Ok(self.rest())
    }

    /// Goes to the next line that starts with `--`, the one that starts here included; `false` at the end.
    pub(super) fn seek_dashes(&mut self) -> io::Result<bool> {
        if self.ahead(2)?.starts_with(b"--") {
            return Ok(true);
        }
        loop {
            let rest = self.rest();
            if let Some(found) = self.dashes.find(rest) {
                self.at += found + 1;
                return Ok(true);
            }
            // "\n-" may be the beginning of what is looked for.
            self.at += rest.len().saturating_sub(KEPT);
            if !self.fill()? {
                return Ok(false);
            }
        }
    }

    /// Reads a line with its line end and keeps its first `most` bytes; `None` at the end.
    pub(super) fn read(&mut self, most: usize, kept: &mut Vec<u8>) -> io::Result<Option<Line>> {
        kept.clear();
        if self.rest().is_empty() && !self.fill()? {
            return Ok(None);
        }
        let start = self.offset();
        let before = match self.buffer.get(..self.at).unwrap_or_default() {
            [.., b'\r', b'\n'] => 2,
            [.., b'\n'] => 1,
            _ => 0,
        };
        let mut rest_is_blank = true;
        loop {
            let rest = self.rest();
            let found = memchr(b'\n', rest);
            let piece = rest.get(..found.map_or(rest.len(), |at| at + 1)).unwrap_or_default();
            let (head, tail) = piece.split_at(piece.len().min(most - kept.len()));
            kept.extend_from_slice(head);
            rest_is_blank = rest_is_blank && tail.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
            self.at += piece.len();
            if found.is_some() || !self.fill()? {
                return Ok(Some(Line { start, end: self.offset(), before, rest_is_blank }));
            }
        }
    }
}

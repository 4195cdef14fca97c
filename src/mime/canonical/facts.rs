//! What decides how a body is written.

use std::io::{self, Write};

use memchr::{memchr, memchr_iter};

use super::CanonicalWriter;
use crate::source::Source;

/// The longest line without its line end (RFC 5322 §2.1.1).
const MAX_LINE: u64 = 998;

/// What was seen of some bytes; they are written to it with canonical line ends.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    pub(super) size: u64,
    /// Bytes above 127.
    pub(super) high: u64,
    pub(super) nul: bool,
    long: bool,
    /// A line that mail systems change: `From ` at its start (mbox), or a dot alone (SMTP).
    fragile: bool,
    /// Line ends were canonical.
    pub(super) canonical: bool,
    not_utf8: bool,
    /// A character that is not complete.
    cut: Vec<u8>,
    /// Length and first bytes of the last line.
    column: u64,
    start: Vec<u8>,
}

impl Facts {
    pub(super) fn of(bytes: &Source) -> io::Result<Self> {
        let mut gatherer = Gatherer::default();
        bytes.for_each_block(|block| gatherer.add(block))?;
        gatherer.finish()
    }

    /// Whether it is 7bit (RFC 2045 §2.7).
    pub(super) fn is_seven_bit(&self) -> bool {
        self.high == 0 && !self.nul && !self.long
    }

    /// Whether it comes through every mail system as it is.
    pub(super) fn is_clean(&self) -> bool {
        self.is_seven_bit() && !self.fragile
    }

    /// The charset of text that names none (RFC 2046 §4.1.2, RFC 1428).
    pub(super) fn charset(&self) -> &'static str {
        match (self.high, self.not_utf8) {
            (0, _) => "us-ascii",
            (_, false) => "utf-8",
            _ => "unknown-8bit",
        }
    }

    fn end_line(&mut self) {
        // Lines are canonical: but for the last, the CR is counted.
        self.long |= self.column > MAX_LINE + 1;
        self.fragile |= is_fragile(&self.start);
        self.column = 0;
        self.start.clear();
    }

    fn line(&mut self, piece: &[u8]) {
        self.column += piece.len() as u64;
        let room = 5usize.saturating_sub(self.start.len());
        self.start.extend_from_slice(piece.get(..room.min(piece.len())).unwrap_or_default());
    }

    fn utf8(&mut self, block: &[u8]) {
        if self.not_utf8 || (self.cut.is_empty() && block.is_ascii()) {
            return;
        }
        self.cut.extend_from_slice(block);
        match std::str::from_utf8(&self.cut) {
            Ok(_) => self.cut.clear(),
            Err(error) if error.error_len().is_none() => _ = self.cut.drain(..error.valid_up_to()),
            Err(_) => self.not_utf8 = true,
        }
    }
}

/// Finds out the facts about bytes that come in pieces.
pub(in crate::mime) struct Gatherer {
    writer: CanonicalWriter<Facts>,
    /// Bytes as they came.
    size: u64,
}

impl Default for Gatherer {
    fn default() -> Self {
        Self { writer: CanonicalWriter::new(Facts::default()), size: 0 }
    }
}

impl Gatherer {
    pub(in crate::mime) fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.size += bytes.len() as u64;
        self.writer.write_all(bytes)
    }

    pub(in crate::mime) fn finish(self) -> io::Result<Facts> {
        let mut facts = self.writer.finish()?;
        facts.long |= facts.column > MAX_LINE;
        facts.end_line();
        facts.canonical = facts.size == self.size;
        facts.not_utf8 |= !facts.cut.is_empty();
        Ok(facts)
    }
}

/// Whether mail systems change a line that starts like this.
fn is_fragile(start: &[u8]) -> bool {
    match start.first() {
        Some(b'F') => start.starts_with(b"From "),
        Some(b'.') => matches!(start, b"." | b".\r"),
        _ => false,
    }
}

impl Write for Facts {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        self.size += block.len() as u64;
        if !block.is_ascii() {
            self.high += block.iter().filter(|byte| !byte.is_ascii()).count() as u64;
        }
        self.utf8(block);
        self.nul |= memchr(0, block).is_some();
        let mut start = 0;
        for end in memchr_iter(b'\n', block) {
            let line = block.get(start..end).unwrap_or_default();
            // A line that lies in this block as a whole is looked at where it lies.
            if self.column == 0 && line.len() <= MAX_LINE as usize {
                self.fragile |= is_fragile(line);
            } else {
                self.line(line);
                self.end_line();
            }
            start = end + 1;
        }
        self.line(block.get(start..).unwrap_or_default());
        Ok(block.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

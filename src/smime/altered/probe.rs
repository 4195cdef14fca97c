//! Hashes a form that the content may have had and compares at every line end, so that what stands behind the signed
//! lines is found in the same pass.

use std::io::{self, Write};

use memchr::memchr;

use super::Claim;
use crate::crypto::Hasher;

/// Comparisons in one form at most.
const MOST: u32 = 8192;

/// What stands at the end of the content, compared with what was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tail {
    /// Nothing else.
    Same,
    /// Lines that were not signed; `blank`: empty ones.
    Added { lines: u64, blank: bool },
    /// One or two line ends are missing.
    Cut,
}

/// Compares with the claim at every line end behind `from`.
pub(super) struct Probe<'a> {
    claim: &'a Claim<'a>,
    hasher: Hasher,
    /// Bytes written.
    length: u64,
    from: u64,
    /// The last byte is a CR that was not hashed yet.
    held_cr: bool,
    compared: u32,
    found: Option<Rest>,
}

/// What stands behind the bytes that fit.
#[derive(Default)]
struct Rest {
    lines: u64,
    text: bool,
}

impl<'a> Probe<'a> {
    pub fn new(claim: &'a Claim<'a>, from: u64) -> Self {
        Self { claim, hasher: Hasher::new(claim.digest), length: 0, from, held_cr: false, compared: 0, found: None }
    }

    /// How often was compared, and what was found, the end included.
    pub fn finish(mut self) -> (u32, Option<Tail>) {
        if self.held_cr {
            self.text(b"\r");
        }
        let found = match self.found.take() {
            Some(Rest { lines: 0, text: false }) => Some(Tail::Same),
            Some(Rest { lines, text }) => Some(Tail::Added { lines: lines.max(1), blank: !text }),
            None if self.compare() => Some(Tail::Same),
            None => (0..2).find_map(|_| {
                self.hasher.update(b"\r\n");
                self.compare().then_some(Tail::Cut)
            }),
        };
        (self.compared, found)
    }

    fn compare(&mut self) -> bool {
        self.compared += 1;
        self.claim.fits(&self.hasher)
    }

    /// Takes what is no line end.
    fn text(&mut self, text: &[u8]) {
        match &mut self.found {
            Some(rest) => rest.text |= !text.iter().all(u8::is_ascii_whitespace),
            None => self.hasher.update(text),
        }
    }

    /// Takes a line end, before and behind which the signed content may end.
    fn line_end(&mut self, end: &[u8]) {
        if let Some(rest) = &mut self.found {
            rest.lines += 1;
            return;
        }
        let near = self.length >= self.from && self.compared < MOST;
        if near && self.compare() {
            self.found = Some(Rest { lines: 1, text: false });
            return;
        }
        self.hasher.update(end);
        if near && self.compare() {
            self.found = Some(Rest::default());
        }
    }
}

impl Write for Probe<'_> {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        let mut rest = block;
        if std::mem::take(&mut self.held_cr) {
            match rest.strip_prefix(b"\n") {
                Some(behind) => {
                    self.line_end(b"\r\n");
                    rest = behind;
                }
                None => self.text(b"\r"),
            }
        }
        while let Some((line, behind)) = memchr(b'\n', rest).and_then(|at| rest.split_at_checked(at)) {
            self.length += line.len() as u64 + 1;
            match line.strip_suffix(b"\r") {
                Some(line) => {
                    self.text(line);
                    self.line_end(b"\r\n");
                }
                None => {
                    self.text(line);
                    self.line_end(b"\n");
                }
            }
            rest = behind.get(1..).unwrap_or_default();
        }
        self.length += rest.len() as u64;
        match rest.strip_suffix(b"\r") {
            Some(rest) => {
                self.text(rest);
                self.held_cr = true;
            }
            None => self.text(rest),
        }
        Ok(block.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

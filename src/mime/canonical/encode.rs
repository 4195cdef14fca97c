//! Writes base64 and quoted-printable as streams (RFC 2045 §6.7–6.8).

use std::io::{self, Write};

use base64_simd::STANDARD;

/// Bytes in a line of base64, and the characters that they are.
const LINE: usize = 48;
const CHARACTERS: usize = 64;

/// Lines that are written in one step.
const LINES: usize = 512;

/// Characters in a line of quoted-printable with the `=` of a soft break (rule 5).
const QUOTED_LINE: usize = 76;

/// Base64 in lines of 64 characters with CRLF, as a stream.
#[derive(Debug)]
pub struct Base64Writer<W> {
    inner: W,
    /// Less than a line.
    pending: Vec<u8>,
    /// Without line ends.
    characters: Vec<u8>,
    text: Vec<u8>,
}

impl<W: Write> Base64Writer<W> {
    /// Wraps a writer.
    pub fn new(inner: W) -> Self {
        Self { inner, pending: Vec::with_capacity(LINE), characters: Vec::new(), text: Vec::new() }
    }

    /// Writes what is left and the last line end, and returns the writer.
    ///
    /// # Errors
    /// What the writer gives.
    pub fn finish(mut self) -> io::Result<W> {
        let pending = std::mem::take(&mut self.pending);
        self.lines(&pending)?;
        Ok(self.inner)
    }

    fn lines(&mut self, bytes: &[u8]) -> io::Result<()> {
        for block in bytes.chunks(LINE * LINES) {
            // All at once, and broken into lines then: that is several times as fast as encoding line by line.
            self.characters.clear();
            STANDARD.encode_append(block, &mut self.characters);
            let (lines, rest) = self.characters.as_chunks::<CHARACTERS>();
            self.text.resize(lines.len() * (CHARACTERS + 2), 0);
            let (places, _) = self.text.as_chunks_mut::<{ CHARACTERS + 2 }>();
            for (place, line) in places.iter_mut().zip(lines) {
                place[..CHARACTERS].copy_from_slice(line);
                place[CHARACTERS..].copy_from_slice(b"\r\n");
            }
            if !rest.is_empty() {
                self.text.extend_from_slice(rest);
                self.text.extend_from_slice(b"\r\n");
            }
            self.inner.write_all(&self.text)?;
        }
        Ok(())
    }
}

impl<W: Write> Write for Base64Writer<W> {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        let mut rest = block;
        if !self.pending.is_empty() {
            let (head, tail) = rest.split_at(rest.len().min(LINE - self.pending.len()));
            self.pending.extend_from_slice(head);
            rest = tail;
            if self.pending.len() == LINE {
                let mut pending = std::mem::take(&mut self.pending);
                self.lines(&pending)?;
                pending.clear();
                self.pending = pending;
            }
        }
        let (lines, tail) = rest.split_at(rest.len() - rest.len() % LINE);
        self.lines(lines)?;
        self.pending.extend_from_slice(tail);
        Ok(block.len())
    }

    /// Passes the flush on; bytes that are less than a line wait for [`Base64Writer::finish`].
    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Quoted-printable, as a stream: CRLF stays a line end; blanks in front of it are encoded, and so is what a mail system would
/// change or take for a boundary at the start of a line: `From `, a lone dot, `--`.
#[derive(Debug)]
pub(super) struct QuotedWriter<W> {
    inner: W,
    /// Too few bytes to know what they are.
    pending: Vec<u8>,
    text: Vec<u8>,
    column: usize,
}

/// Bytes that have to be known to encode the first of them: `From `.
const LOOK: usize = 5;

impl<W: Write> QuotedWriter<W> {
    pub(super) fn new(inner: W) -> Self {
        Self { inner, pending: Vec::new(), text: Vec::new(), column: 0 }
    }

    /// Encodes what is left, and returns the writer.
    pub(super) fn finish(mut self) -> io::Result<W> {
        let pending = std::mem::take(&mut self.pending);
        self.encode(&pending, true)?;
        Ok(self.inner)
    }

    /// Encodes while enough bytes follow, and says how many were.
    fn encode(&mut self, bytes: &[u8], last: bool) -> io::Result<usize> {
        let mut rest = bytes;
        self.text.clear();
        while let [first, behind @ ..] = rest {
            if !last && rest.len() < LOOK {
                break;
            }
            if let Some((run, behind)) = rest.split_at_checked(self.plain_run(rest)).filter(|(run, _)| !run.is_empty())
            {
                self.text.extend_from_slice(run);
                self.column += run.len();
                rest = behind;
                continue;
            }
            if let [b'\r', b'\n', behind @ ..] = rest {
                self.text.extend_from_slice(b"\r\n");
                self.column = 0;
                rest = behind;
                continue;
            }
            let ends = behind.is_empty() || behind.starts_with(b"\r\n");
            let plain = match first {
                b' ' | b'\t' => !ends,
                b'=' => false,
                // At the start of any line that is written, also after a soft break.
                b'F' => !(self.starts_line() && rest.starts_with(b"From ")),
                // A boundary never looks like this.
                b'-' => !(self.starts_line() && rest.starts_with(b"--")),
                b'.' => !(self.starts_line() && ends),
                byte => byte.is_ascii_graphic(),
            };
            self.put(*first, plain);
            rest = behind;
        }
        self.inner.write_all(&self.text)?;
        Ok(bytes.len() - rest.len())
    }

    /// How many bytes from here stand for themselves, because they are neither at the start of a line nor near its end.
    fn plain_run(&self, bytes: &[u8]) -> usize {
        let room = if self.column == 0 { 0 } else { (QUOTED_LINE - 4).saturating_sub(self.column) };
        let plain = |byte: &&u8| matches!(**byte, b' '..=b'<' | b'>'..=b'~');
        let run = bytes.iter().take(room).take_while(plain).count();
        // What follows a blank may end the line.
        bytes.get(..run).and_then(|run| run.iter().rposition(|byte| *byte != b' ')).map_or(0, |at| at + 1)
    }

    /// Whether the next character stands at the start of a line, or may come there by a soft break.
    fn starts_line(&self) -> bool {
        self.column == 0 || self.column + 3 >= QUOTED_LINE
    }

    fn put(&mut self, byte: u8, plain: bool) {
        let width = if plain { 1 } else { 3 };
        if self.column + width >= QUOTED_LINE {
            self.text.extend_from_slice(b"=\r\n");
            self.column = 0;
        }
        self.column += width;
        if plain {
            self.text.push(byte);
        } else {
            let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or('0').to_ascii_uppercase() as u8;
            self.text.extend_from_slice(&[b'=', digit(byte >> 4), digit(byte & 15)]);
        }
    }
}

impl<W: Write> Write for QuotedWriter<W> {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        for piece in block.chunks(crate::source::BLOCK) {
            let mut bytes = std::mem::take(&mut self.pending);
            bytes.extend_from_slice(piece);
            let used = self.encode(&bytes, false)?;
            bytes.drain(..used);
            self.pending = bytes;
        }
        Ok(block.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

//! Transfer encodings as mail programs write them, with the choices that RFC 2045 leaves to each of them.

use std::io::{self, Write};

use crate::mime::canonical::Base64Writer;

/// A longer line is not encoded: the form is given up.
const LONGEST: usize = 1024 * 1024;

/// How a program writes quoted-printable (RFC 2045 §6.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quoted {
    /// Characters of a line with the `=` of its soft break.
    pub width: usize,
    /// The last characters of a line may stand where the `=` would.
    pub last_fills: bool,
    /// Lines are broken behind blanks where there are any.
    pub at_blanks: bool,
}

/// What most programs write.
pub(super) const USUAL: Quoted = Quoted { width: 76, last_fills: true, at_blanks: false };

/// The forms that are tried, the usual ones first.
pub(super) const QUOTED: [Quoted; 8] = [
    USUAL,
    Quoted { width: 76, last_fills: false, at_blanks: false },
    Quoted { width: 73, last_fills: false, at_blanks: false },
    Quoted { width: 75, last_fills: false, at_blanks: false },
    Quoted { width: 72, last_fills: false, at_blanks: false },
    Quoted { width: 76, last_fills: true, at_blanks: true },
    Quoted { width: 76, last_fills: false, at_blanks: true },
    Quoted { width: 73, last_fills: false, at_blanks: true },
];

/// The widths of base64 that are tried.
pub(super) const WIDTHS: [usize; 3] = [76, 72, 64];

/// Encodes text with CRLF line ends.
pub(super) struct QuotedWriter<W> {
    inner: W,
    style: Quoted,
    line: Vec<u8>,
    out: Vec<u8>,
}

impl<W: Write> QuotedWriter<W> {
    pub fn new(inner: W, style: Quoted) -> Self {
        Self { inner, style, line: Vec::new(), out: Vec::new() }
    }

    pub fn finish(mut self) -> io::Result<W> {
        self.out.clear();
        self.encode();
        self.inner.write_all(&self.out)?;
        Ok(self.inner)
    }

    /// Encodes the line that is held, without a line end.
    fn encode(&mut self) {
        // Where the current line starts, and where it could be broken.
        let (mut start, mut blank) = (self.out.len(), None);
        let last = self.line.len().saturating_sub(1);
        for (at, byte) in self.line.iter().enumerate() {
            let plain = match byte {
                b' ' | b'\t' => at < last,
                b'=' => false,
                byte => byte.is_ascii_graphic(),
            };
            let size = if plain { 1 } else { 3 };
            let room = if at == last && self.style.last_fills { self.style.width } else { self.style.width - 1 };
            if self.out.len() - start + size > room {
                match blank.take().filter(|_| self.style.at_blanks) {
                    Some(blank) => {
                        let word: Vec<u8> = self.out.drain(blank..).collect();
                        self.out.extend_from_slice(b"=\r\n");
                        start = self.out.len();
                        self.out.extend_from_slice(&word);
                    }
                    None => {
                        self.out.extend_from_slice(b"=\r\n");
                        start = self.out.len();
                    }
                }
            }
            if plain {
                self.out.push(*byte);
            } else {
                let digit = |value: u8| if value < 10 { b'0' + value } else { b'A' + value - 10 };
                self.out.extend_from_slice(&[b'=', digit(byte >> 4), digit(byte & 15)]);
            }
            if *byte == b' ' {
                blank = Some(self.out.len());
            }
        }
        self.line.clear();
    }
}

impl<W: Write> Write for QuotedWriter<W> {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        self.out.clear();
        let mut rest = block;
        while let Some((line, behind)) = memchr::memchr(b'\n', rest).and_then(|at| rest.split_at_checked(at)) {
            self.line.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
            // The CR may have come with the block before.
            if self.line.last() == Some(&b'\r') {
                self.line.pop();
            }
            self.encode();
            self.out.extend_from_slice(b"\r\n");
            rest = behind.get(1..).unwrap_or_default();
        }
        self.line.extend_from_slice(rest);
        if self.line.len() > LONGEST {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.inner.write_all(&self.out)?;
        Ok(block.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Base64 in lines of that width.
pub(super) struct Wrapped<W> {
    base64: Base64Writer<Rewrap<W>>,
}

impl<W: Write> Wrapped<W> {
    pub fn new(inner: W, width: usize) -> Self {
        Self { base64: Base64Writer::new(Rewrap { inner, width, column: 0, out: Vec::new() }) }
    }

    /// Encodes what is left; `ended`: the last line has an end.
    pub fn finish(self, ended: bool) -> io::Result<W> {
        let mut lines = self.base64.finish()?;
        if ended && lines.column > 0 {
            lines.inner.write_all(b"\r\n")?;
        }
        Ok(lines.inner)
    }
}

impl<W: Write> Write for Wrapped<W> {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        self.base64.write(block)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.base64.flush()
    }
}

/// Takes lines and writes lines of another width; the last one without its end.
struct Rewrap<W> {
    inner: W,
    width: usize,
    column: usize,
    out: Vec<u8>,
}

impl<W: Write> Write for Rewrap<W> {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        self.out.clear();
        for line in block.split(|byte| *byte == b'\n') {
            let mut rest = line.strip_suffix(b"\r").unwrap_or(line);
            while !rest.is_empty() {
                if self.column == self.width {
                    self.out.extend_from_slice(b"\r\n");
                    self.column = 0;
                }
                let (piece, behind) = rest.split_at(rest.len().min(self.width - self.column));
                self.out.extend_from_slice(piece);
                self.column += piece.len();
                rest = behind;
            }
        }
        self.inner.write_all(&self.out)?;
        Ok(block.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str, style: Quoted) -> String {
        let mut writer = QuotedWriter::new(Vec::new(), style);
        for piece in text.as_bytes().chunks(5) {
            writer.write_all(piece).unwrap();
        }
        String::from_utf8(writer.finish().unwrap()).unwrap()
    }

    /// What must be encoded is, and lines are broken where each program breaks them.
    #[test]
    fn quoted_printable_has_many_forms() {
        let [usual, early, narrow, ..] = QUOTED;
        assert_eq!(quoted("a=b \r\nü\t\r\n\r\nend", usual), "a=3Db=20\r\n=C3=BC=09\r\n\r\nend");
        let line = "x".repeat(76);
        assert_eq!(quoted(&line, usual), line);
        assert_eq!(quoted(&line, early), format!("{}=\r\nx", "x".repeat(75)));
        assert_eq!(quoted(&line, narrow), format!("{}=\r\nxxxx", "x".repeat(72)));
        let words = format!("{} {}", "a".repeat(40), "b".repeat(50));
        let at_blanks = Quoted { at_blanks: true, ..usual };
        assert_eq!(quoted(&words, at_blanks), format!("{} =\r\n{}", "a".repeat(40), "b".repeat(50)));
    }

    /// Lines of any width, whatever pieces come; the last one ends as it is asked to.
    #[test]
    fn base64_is_wrapped_anew() {
        let bytes: Vec<u8> = (0..200).collect();
        let plain = base64_of(&bytes, usize::MAX, false);
        for width in WIDTHS {
            let text = base64_of(&bytes, width, true);
            assert!(text.ends_with("\r\n") && text.lines().rev().skip(1).all(|line| line.len() == width));
            assert_eq!(text.replace("\r\n", ""), plain);
        }
        assert_eq!(base64_of(b"", 76, true), "");
        // A last line that is full has one end like any other.
        assert_eq!(base64_of(&[0; 57], 76, true).matches("\r\n").count(), 1);
    }

    fn base64_of(bytes: &[u8], width: usize, ended: bool) -> String {
        let mut writer = Wrapped::new(Vec::new(), width);
        bytes.chunks(7).for_each(|piece| writer.write_all(piece).unwrap());
        String::from_utf8(writer.finish(ended).unwrap()).unwrap()
    }
}

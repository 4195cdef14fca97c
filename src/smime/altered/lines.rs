//! Text passed on with each line changed.

use std::io::{self, Write};

use memchr::memchr;

/// A longer line is passed on as it is: nothing that mail systems do to lines has to do with it.
const LONGEST: usize = 1024 * 1024;

/// Appends a line, which comes without its line end, to the text in the form that it may have had.
pub(super) type Map = fn(&[u8], &mut Vec<u8>);

/// Changes every line and ends it with CRLF.
pub(super) struct Lines<W> {
    inner: W,
    map: Map,
    line: Vec<u8>,
    out: Vec<u8>,
    /// In the middle of a line that is too long.
    passing: bool,
}

impl<W: Write> Lines<W> {
    pub fn new(inner: W, map: Map) -> Self {
        Self { inner, map, line: Vec::new(), out: Vec::new(), passing: false }
    }

    /// Passes on what stands behind the last line end.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.clear();
        if self.passing {
            self.out.extend_from_slice(&self.line);
        } else if !self.line.is_empty() {
            (self.map)(&self.line, &mut self.out);
        }
        self.inner.write_all(&self.out)?;
        Ok(self.inner)
    }

    fn end_line(&mut self) {
        let line = self.line.strip_suffix(b"\r").unwrap_or(&self.line);
        if std::mem::take(&mut self.passing) {
            self.out.extend_from_slice(line);
        } else {
            (self.map)(line, &mut self.out);
        }
        self.out.extend_from_slice(b"\r\n");
        self.line.clear();
    }
}

impl<W: Write> Write for Lines<W> {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        self.out.clear();
        let mut rest = block;
        while let Some((line, behind)) = memchr(b'\n', rest).and_then(|at| rest.split_at_checked(at)) {
            self.line.extend_from_slice(line);
            self.end_line();
            rest = behind.get(1..).unwrap_or_default();
        }
        self.line.extend_from_slice(rest);
        if self.line.len() > LONGEST {
            self.passing = true;
            self.out.append(&mut self.line);
        }
        self.inner.write_all(&self.out)?;
        Ok(block.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// As it is.
pub(super) fn same(line: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(line);
}

/// Without blanks at the end: they were added.
pub(super) fn without_blanks(line: &[u8], out: &mut Vec<u8>) {
    let end = line.iter().rposition(|byte| !matches!(byte, b' ' | b'\t')).map_or(0, |at| at + 1);
    out.extend_from_slice(line.get(..end).unwrap_or_default());
}

/// With the blank that the line above a signature has (RFC 3676 §4.3), and that some programs remove.
pub(super) fn with_signature_blank(line: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(line);
    if line == b"--" {
        out.push(b' ');
    }
}

/// With that blank, and one behind the quotation mark of empty lines.
pub(super) fn with_quote_blank(line: &[u8], out: &mut Vec<u8>) {
    with_signature_blank(line, out);
    if !line.is_empty() && line.iter().all(|byte| *byte == b'>') {
        out.push(b' ');
    }
}

/// `>From ` back to `From `: a mailbox file was on the way (RFC 4155).
pub(super) fn without_escape(line: &[u8], out: &mut Vec<u8>) {
    let escaped = line.starts_with(b">From ");
    out.extend_from_slice(line.get(usize::from(escaped)..).unwrap_or_default());
}

/// One `>` less before `From `, however many there are: the way back from mboxrd.
pub(super) fn without_escapes(line: &[u8], out: &mut Vec<u8>) {
    let marks = line.iter().take_while(|byte| **byte == b'>').count();
    let escaped = marks > 0 && line.get(marks..).is_some_and(|rest| rest.starts_with(b"From "));
    out.extend_from_slice(line.get(usize::from(escaped)..).unwrap_or_default());
}

/// `From ` to `>From `: a mailbox file was read on the way that did not have it escaped.
pub(super) fn with_escape(line: &[u8], out: &mut Vec<u8>) {
    if line.starts_with(b"From ") {
        out.push(b'>');
    }
    out.extend_from_slice(line);
}

/// Without the dot that SMTP puts before lines that start with one (RFC 5321 §4.5.2).
pub(super) fn without_dot(line: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(line.strip_prefix(b".").filter(|rest| rest.starts_with(b".")).unwrap_or(line));
}

/// With the dot that was taken for one of SMTP.
pub(super) fn with_dot(line: &[u8], out: &mut Vec<u8>) {
    if line.starts_with(b".") {
        out.push(b'.');
    }
    out.extend_from_slice(line);
}

/// Without the carriage returns that stand before the one of the line end.
pub(super) fn without_returns(line: &[u8], out: &mut Vec<u8>) {
    let end = line.iter().rposition(|byte| *byte != b'\r').map_or(0, |at| at + 1);
    out.extend_from_slice(line.get(..end).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapped(text: &[u8], map: Map) -> Vec<u8> {
        let mut lines = Lines::new(Vec::new(), map);
        for piece in text.chunks(3) {
            lines.write_all(piece).unwrap();
        }
        lines.finish().unwrap()
    }

    /// Each map undoes one thing that happens to lines, wherever they are cut into blocks.
    #[test]
    fn lines_are_changed_one_by_one() {
        let cases: &[(Map, &str, &str)] = &[
            (same, "a\nb\r\nc", "a\r\nb\r\nc"),
            (without_blanks, "a \t\n \nb ", "a\r\n\r\nb"),
            (with_signature_blank, "--\n---\n--", "-- \r\n---\r\n-- "),
            (with_quote_blank, ">\n> a\n\n>>\n", "> \r\n> a\r\n\r\n>> \r\n"),
            (without_escape, ">From a\n>>From b\n", "From a\r\n>>From b\r\n"),
            (without_escapes, ">From a\n>>From b\n>x\n", "From a\r\n>From b\r\n>x\r\n"),
            (with_escape, "From a\nFrom:\n", ">From a\r\nFrom:\r\n"),
            (without_dot, "..\n.a\n..b\n", ".\r\n.a\r\n.b\r\n"),
            (with_dot, ".\na\n", "..\r\na\r\n"),
            (without_returns, "a\r\r\nb\r\n", "a\r\nb\r\n"),
        ];
        for (map, text, expected) in cases {
            assert_eq!(String::from_utf8(mapped(text.as_bytes(), *map)).unwrap(), *expected, "{text:?}");
        }
        let long = [vec![b' '; LONGEST + 10], b"x \n y \n".to_vec()].concat();
        let expected = [vec![b' '; LONGEST + 10], b"x \r\n y\r\n".to_vec()].concat();
        assert!(mapped(&long, without_blanks) == expected, "a line that is too long stays as it is");
    }
}

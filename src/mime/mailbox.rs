//! Mailbox files: many messages in one, each behind a line that begins with `From ` (RFC 4155).

use std::io;

use memchr::{memchr, memmem};

use super::lines::Lines;
use super::transfer::{Decode, View};
use super::watch::Tap;
use crate::source::{BLOCK, Source};

/// Messages of one mailbox that are found, and no more; at 24 bytes each.
pub const MOST: usize = 4_000_000;

/// The bytes of a line that are looked at to see whether it begins a message.
pub(super) const LONGEST: usize = 512;

/// One `>` more or less in front of this means nothing to a reader.
const FROM: &[u8] = b"From ";

/// Marks in front of `From ` that are looked at.
const MARKS: usize = 1024;

/// Where a message lies in its mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Offset behind the line that begins it.
    pub start: u64,
    /// Offset of the empty line in front of the next one.
    pub end: u64,
    /// It has lines that begin with `>From `, the mark of a mailbox.
    pub escaped: bool,
}

/// Finds the messages of a mailbox, at most [`MOST`]; none when it does not begin like one. One pass, in constant memory but for
/// what is found.
///
/// A message begins with a line that starts with `From `, behind an empty line, and names a time, so that a sentence that begins
/// with this word does not begin one.
///
/// # Errors
/// When the bytes cannot be read.
pub fn messages(source: &Source) -> io::Result<Vec<Place>> {
    find(source, MOST)
}

fn find(source: &Source, most: usize) -> io::Result<Vec<Place>> {
    let mut found: Vec<Place> = Vec::new();
    // Most files are none.
    let mut first = Lines::new(source, Tap::default());
    if !begins_message(first.ahead(LONGEST)?) {
        return Ok(found);
    }
    first.read(0, &mut Vec::new())?;
    found.push(Place { start: first.offset(), end: u64::MAX, escaped: false });
    let (beginnings, marks) = (memmem::Finder::new(b"\nFrom "), memmem::Finder::new(b">From "));
    let mut held: Vec<u8> = Vec::new();
    // Offset of the first held byte, and how many of them were looked through.
    let (mut base, mut done) = (0u64, 0usize);
    let mut full = false;
    loop {
        let filled = held.len();
        held.resize(filled + BLOCK, 0);
        let room = held.get_mut(filled..).unwrap_or_default();
        let read = source.read_at(base + filled as u64, room)?;
        held.truncate(filled + read);
        let last = read == 0;
        let until = if last { held.len() } else { held.len().saturating_sub(LONGEST).max(done) };
        let new = held.get(done..).unwrap_or_default();
        for at in beginnings.find_iter(new).map(|at| done + at).take_while(|at| *at < until) {
            let before = held.get(..at).unwrap_or_default();
            let line = held.get(at + 1..).unwrap_or_default();
            // The line end of the empty line, which belongs to no message.
            let blank = match before {
                [.., b'\n', b'\r'] => 1,
                [.., b'\n'] => 0,
                _ => continue,
            };
            if !begins(line) {
                continue;
            }
            let length = memchr(b'\n', line).map_or(line.len(), |end| end + 1);
            if let Some(previous) = found.last_mut() {
                previous.end = base + (at - blank) as u64;
            }
            if found.len() >= most {
                full = true;
                break;
            }
            found.push(Place { start: base + (at + 1 + length) as u64, end: u64::MAX, escaped: false });
        }
        for at in marks.find_iter(new).map(|at| done + at).take_while(|at| *at < until) {
            let before = held.get(..at).unwrap_or_default();
            if before.iter().rev().find(|byte| **byte != b'>') == Some(&b'\n') {
                let offset = base + at as u64;
                let behind = found.partition_point(|place| place.start <= offset);
                if let Some(place) = behind.checked_sub(1).and_then(|index| found.get_mut(index)) {
                    place.escaped = true;
                }
            }
        }
        if last || full {
            break;
        }
        // What lies before is needed to see where a line begins.
        let drop = until.saturating_sub(MARKS);
        held.drain(..drop);
        base += drop as u64;
        done = until - drop;
    }
    let end = source.len()?;
    if let Some(place) = found.last_mut().filter(|_| !full) {
        place.end = end.max(place.start);
    }
    Ok(found)
}

/// Whether the first line is one that stands in front of a message. With nothing but blanks in front of a colon it is the field
/// From (RFC 5322 §4.5.1): who takes it for a mark has another sender than everybody else. So is one with more blanks than are
/// looked at.
#[must_use]
pub fn begins_message(text: &[u8]) -> bool {
    let text = text.get(..LONGEST).unwrap_or(text);
    let behind = text.strip_prefix(FROM).unwrap_or_default();
    behind.iter().find(|byte| !matches!(byte, b' ' | b'\t')).is_some_and(|byte| *byte != b':')
}

/// Whether a line begins another message.
fn begins(line: &[u8]) -> bool {
    let line = line.get(..LONGEST).unwrap_or(line);
    let line = memchr(b'\n', line).and_then(|end| line.get(..end)).unwrap_or(line);
    let time = |three: &[u8]| matches!(three, [a, b':', b] if a.is_ascii_digit() && b.is_ascii_digit());
    begins_message(line) && line.windows(3).any(time)
}

/// A message of a mailbox, its lines as they were before they were put into it: one `>` less in front of `From `, however many
/// there are (mboxrd).
#[must_use]
pub fn message(source: &Source, place: &Place) -> Source {
    let message = source.slice(place.start..place.end);
    if place.escaped { Source::from_view(View::<Unescape>::new(message)) } else { message }
}

/// The state between two pieces: a line has begun, with something else than marks.
#[derive(Debug, Clone, Copy, Default)]
struct Unescape {
    in_line: bool,
}

impl Decode for Unescape {
    fn decode(&mut self, input: &[u8], last: bool, _scratch: &mut Vec<u8>, out: &mut Vec<u8>) -> usize {
        // Whether a mark at the end is followed by `From ` is seen in the next piece.
        let end = if last { input.len() } else { input.len().saturating_sub(FROM.len()) };
        let mut copied = 0;
        for at in memmem::find_iter(input, b">From ").take_while(|at| *at < end) {
            let marks = input.get(..at).unwrap_or_default().iter().rev().take_while(|byte| **byte == b'>').count();
            let begins = match at.checked_sub(marks + 1).and_then(|before| input.get(before)) {
                Some(before) => *before == b'\n',
                None => !self.in_line,
            };
            if begins {
                out.extend_from_slice(input.get(copied..at).unwrap_or_default());
                copied = at + 1;
            }
        }
        out.extend_from_slice(input.get(copied..end).unwrap_or_default());
        let used = input.get(..end).unwrap_or_default();
        let line = used.iter().rposition(|byte| *byte == b'\n').map(|at| at + 1);
        let rest = used.get(line.unwrap_or(0)..).unwrap_or_default();
        self.in_line = (line.is_none() && self.in_line) || rest.iter().any(|byte| *byte != b'>');
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(mailbox: &[u8]) -> Vec<String> {
        let source = Source::from_bytes(mailbox);
        let read = |place: &Place| message(&source, place).read_all(1 << 22).unwrap();
        messages(&source).unwrap().iter().map(|place| String::from_utf8(read(place)).unwrap()).collect()
    }

    /// Messages are told apart where programs that write mailboxes tell them apart, and come out as they went in.
    #[test]
    fn messages_are_told_apart() {
        let line = "From alice@example.org Mon Jun  1 12:00:00 2026\n";
        let two = format!(
            "{line}Subject: a\n\none\n>From here\n>>From there\n x>From\n\n{line}Subject: b\n\nFrom now on\n\nFrom me\n"
        );
        assert_eq!(
            parts(two.as_bytes()),
            ["Subject: a\n\none\nFrom here\n>From there\n x>From\n", "Subject: b\n\nFrom now on\n\nFrom me\n"]
        );
        let crlf = two.replace('\n', "\r\n");
        assert_eq!(parts(crlf.as_bytes())[0], "Subject: a\r\n\r\none\r\nFrom here\r\n>From there\r\n x>From\r\n");
        assert_eq!(parts(b"From x\nSubject: a\n\n"), ["Subject: a\n\n"]);
        assert_eq!(parts(b"Subject: a\n\nFrom x 12:00\n"), [""; 0]);
        assert_eq!(parts(b"From x"), [""]);
        // A field with blanks in front of its colon, at the beginning and further down.
        assert_eq!(parts(b"From : x\nSubject: a\n\n"), [""; 0]);
        assert_eq!(parts(b"From x\n\nFrom  \t: 12:00\n"), ["\nFrom  \t: 12:00\n"]);
        for blanks in [LONGEST - FROM.len() - 1, LONGEST - FROM.len(), 3 * BLOCK] {
            assert_eq!(parts(format!("From {}: x\n\n", " ".repeat(blanks)).as_bytes()), [""; 0], "{blanks}");
        }
        // A first line without end.
        assert_eq!(parts(format!("From x{}\nSubject: a\n", "y".repeat(3 * BLOCK)).as_bytes()), ["Subject: a\n"]);
    }

    /// Where there are more messages than are taken, the last one of them ends where the next one begins.
    #[test]
    fn a_full_list_ends_with_a_whole_message() {
        let line = "From - Mon Jun 01 12:00:00 2026\n";
        let source = Source::from_bytes(format!("{line}Subject: a\n\none\n\n").repeat(5).into_bytes());
        for most in 1..=6 {
            let found = find(&source, most).unwrap();
            assert_eq!(found.len(), most.min(5));
            let last = message(&source, found.last().unwrap()).read_all(1000).unwrap();
            assert_eq!(String::from_utf8(last).unwrap().trim_end(), "Subject: a\n\none", "{most}");
        }
    }

    /// Whatever falls between two blocks is seen all the same.
    #[test]
    fn blocks_hide_nothing() {
        let line = "From - Mon Jun 01 12:00:00 2026\n";
        for size in (BLOCK - 600..BLOCK + 600).step_by(7) {
            let body = format!("Subject: a\n\n{}\n>>>From x\n", "y".repeat(size));
            let mailbox = format!("{line}{body}\n").repeat(3);
            let expected = body.replace(">>>From", ">>From");
            let found = parts(mailbox.as_bytes());
            assert_eq!(found.len(), 3, "{size}");
            assert!(found[..2].iter().all(|found| *found == expected), "{size}");
        }
        // Marks without end cost no more than others.
        let marks = format!("{line}\n{}From \n", ">".repeat(3 * BLOCK));
        assert_eq!(parts(marks.as_bytes()).len(), 1);
    }
}

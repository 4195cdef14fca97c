//! Quoted-printable (RFC 2045 §6.7).

use memchr::memchr2;

use super::view::Decode;
use crate::mime::header::digit;

/// Blanks that are looked at behind an `=` and before the end of a line. A line has 76 bytes; the limit keeps what must be
/// held back small.
const BLANKS: usize = 1024;

/// Nothing has to be known between two pieces: what cannot be decided yet is left over.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct QuotedPrintable;

/// What an `=` stands for.
enum Escape<'a> {
    Byte(u8, &'a [u8]),
    /// A soft line break (rule 5), and what follows.
    Nothing(&'a [u8]),
    /// No escape.
    Literal,
    /// That depends on bytes that are not there yet.
    Unknown,
}

impl Decode for QuotedPrintable {
    fn decode(&mut self, input: &[u8], last: bool, _scratch: &mut Vec<u8>, out: &mut Vec<u8>) -> usize {
        let mut rest = input;
        while let Some((text, from)) = memchr2(b'=', b'\n', rest).and_then(|at| rest.split_at_checked(at)) {
            let behind = from.get(1..).unwrap_or_default();
            if from.starts_with(b"\n") {
                let (line, end) = match text.strip_suffix(b"\r") {
                    Some(line) => (line, &b"\r\n"[..]),
                    None => (text, &b"\n"[..]),
                };
                out.extend_from_slice(without_blanks(line));
                out.extend_from_slice(end);
                rest = behind;
                continue;
            }
            let escape = escape(behind, last);
            out.extend_from_slice(text);
            rest = match escape {
                Escape::Byte(byte, rest) => {
                    out.push(byte);
                    rest
                }
                Escape::Nothing(rest) => rest,
                Escape::Literal => {
                    out.push(b'=');
                    behind
                }
                Escape::Unknown => return input.len() - from.len(),
            };
        }
        // The end of what is there may be the end of a line.
        let line = if last { rest } else { rest.strip_suffix(b"\r").unwrap_or(rest) };
        let line = without_blanks(line);
        out.extend_from_slice(line);
        if last { input.len() } else { input.len() - rest.len() + line.len() }
    }
}

/// Without the blanks at the end, [`BLANKS`] of them at most.
fn without_blanks(line: &[u8]) -> &[u8] {
    let blanks = line.iter().rev().take(BLANKS).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    line.get(..line.len() - blanks).unwrap_or_default()
}

/// Reads what follows an `=`.
fn escape(behind: &[u8], last: bool) -> Escape<'_> {
    if let [high, low, rest @ ..] = behind
        && let (Some(high), Some(low)) = (digit(*high), digit(*low))
    {
        return Escape::Byte(high << 4 | low, rest);
    }
    let blanks = behind.iter().take(BLANKS + 1).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    match behind.get(blanks..).unwrap_or_default() {
        _ if blanks > BLANKS => Escape::Literal,
        [b'\r', b'\n', rest @ ..] | [b'\n', rest @ ..] => Escape::Nothing(rest),
        [] if last => Escape::Nothing(&[]),
        [] | [b'\r'] if !last => Escape::Unknown,
        [byte] if !last && blanks == 0 && digit(*byte).is_some() => Escape::Unknown,
        _ => Escape::Literal,
    }
}

//! Encoded words (RFC 2047), and text made safe to show.

use super::charset;
use crate::mime::transfer::decode_base64;

/// An encoded word taken apart.
struct Word<'a> {
    charset: &'a str,
    bytes: Vec<u8>,
}

impl<'a> Word<'a> {
    /// The word at the start of the text, and its length.
    fn parse(text: &'a str) -> Option<(Self, usize)> {
        let (charset, encoding, encoded, len) = split(text)?;
        // RFC 2231 §5: a language may follow.
        let charset = charset.split('*').next().unwrap_or_default();
        if !charset::is_known(charset) {
            return None;
        }
        let bytes = match encoding {
            "B" | "b" => decode_base64(encoded.as_bytes()),
            "Q" | "q" => decode_q(encoded),
            _ => return None,
        };
        Some((Self { charset, bytes }, len))
    }
}

/// Charset, encoding, encoded text and length of what looks like an encoded word at the start of the text. No part holds a
/// `?`, so that a text with many beginnings is read a few times at most.
fn split(text: &str) -> Option<(&str, &str, &str, usize)> {
    let mut parts = text.strip_prefix("=?")?.splitn(4, '?');
    let (charset, encoding, encoded) = (parts.next()?, parts.next()?, parts.next()?);
    let behind = parts.next()?.strip_prefix('=')?;
    Some((charset, encoding, encoded, text.len() - behind.len()))
}

/// The length of an encoded word at the start of the text that has no blank inside.
pub(in crate::mime) fn encoded_word_len(text: &str) -> Option<usize> {
    let (charset, encoding, encoded, len) = split(text)?;
    let blank = [charset, encoding, encoded].iter().any(|part| part.contains([' ', '\t']));
    (!blank && matches!(encoding, "B" | "b" | "Q" | "q")).then_some(len)
}

/// Decodes encoded words (RFC 2047) in an unfolded value; unknown charsets stay as they are.
///
/// Neighbours with nothing but blanks between them are joined before their charset is undone, since many programs split a
/// character between two words.
#[must_use]
pub fn decode_words(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut open: Option<Word<'_>> = None;
    let close = |word: Option<Word<'_>>, out: &mut String| {
        if let Some(word) = word {
            out.push_str(&charset::decode(word.charset, &word.bytes));
        }
    };
    let mut rest = value;
    while let Some((before, from)) = rest.find("=?").and_then(|at| rest.split_at_checked(at)) {
        let found = Word::parse(from);
        if open.is_none() || found.is_none() || !before.trim_matches([' ', '\t']).is_empty() {
            close(open.take(), &mut out);
            out.push_str(before);
        }
        let Some((word, len)) = found else {
            out.push_str("=?");
            rest = from.get(2..).unwrap_or_default();
            continue;
        };
        open = match open.take() {
            Some(mut before) if before.charset.eq_ignore_ascii_case(word.charset) => {
                before.bytes.extend_from_slice(&word.bytes);
                Some(before)
            }
            before => {
                close(before, &mut out);
                Some(word)
            }
        };
        rest = from.get(len..).unwrap_or_default();
    }
    close(open, &mut out);
    out.push_str(rest);
    out
}

/// The Q encoding (RFC 2047 §4.2); what is no valid escape stays as it is.
fn decode_q(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        rest = behind;
        let escaped = match (first, behind) {
            (b'=', [high, low, behind @ ..]) => digit(*high).zip(digit(*low)).map(|digits| (digits, behind)),
            _ => None,
        };
        match escaped {
            Some(((high, low), behind)) => {
                out.push(high << 4 | low);
                rest = behind;
            }
            None => out.push(if *first == b'_' { b' ' } else { *first }),
        }
    }
    out
}

/// The value of a hexadecimal digit.
pub(in crate::mime) fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// A sender's text fit to be shown on one line: without control characters and what reorders or hides text (bidirectional
/// controls, zero-width characters), so that it cannot disguise itself in a window or a terminal. Line ends and tabs become a
/// space.
#[must_use]
pub fn one_line(text: &str) -> String {
    let clean = |c: char| match c {
        '\r' | '\n' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if c.is_control() => None,
        // Soft hyphen, grapheme joiner, fillers that look like nothing.
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}' => None,
        // Directions (UAX #9), zero-width characters, invisible operators, deprecated format characters.
        '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => None,
        '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => None,
        c => Some(c),
    };
    text.chars().filter_map(clean).collect()
}

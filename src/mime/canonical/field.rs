//! Header fields with bytes above 127, written without them (RFC 2047, RFC 2231).

use std::fmt::Write;

use base64_simd::STANDARD;

use crate::mime::Field;
use crate::mime::header::{is_token, structured};

/// Bytes of text in one encoded word, so that it stays below 75 characters.
const WORD: usize = 45;

/// Characters of an encoded parameter in one line.
const PIECE: usize = 60;

/// The field with its line end; `None` when it can be written as it stands.
pub(super) fn seven_bit(field: &Field) -> Option<String> {
    if field.raw.is_ascii() {
        return None;
    }
    let name = &field.name;
    let value = field.unfolded();
    let structured = ["Content-Type", "Content-Disposition"].iter().any(|other| name.eq_ignore_ascii_case(other));
    let value = if structured { with_parameters(&value) } else { with_words(&value) };
    Some(format!("{name}: {value}\r\n"))
}

/// A structured value in which some parameters, which are tokens, have new values or (`None`) are taken away; as it stands where
/// that changes nothing.
pub(super) fn changed(value: &str, changes: &[(&str, Option<&str>)]) -> String {
    let is_changed = |name: &str| changes.iter().any(|(other, _)| *other == name);
    let added = || {
        let new = changes.iter().filter_map(|(name, value)| Some((*name, (*value)?)));
        new.fold(String::new(), |added, (name, value)| added + &format!(";\r\n {name}=\"{value}\""))
    };
    let (head, mut known) = structured(&unfolded(value));
    let before = known.len();
    known.retain(|(name, _)| !is_changed(name));
    if known.len() == before {
        let added = added();
        if added.is_empty() {
            return value.to_owned();
        }
        let new = format!("{}{added}", value.trim_end_matches([' ', '\t', '\r', '\n', ';']));
        // An open comment or quotation would swallow what is added.
        let (_, read) = structured(&unfolded(&new));
        if read.starts_with(&known) && read.len() > known.len() {
            return new;
        }
    }
    format!(" {}{}", written(&head, &known), added())
}

/// Without line ends (RFC 5322 §2.2.3).
pub(super) fn unfolded(value: &str) -> String {
    value.replace("\r\n", "").replace('\n', "")
}

/// A token and its parameters.
fn with_parameters(value: &str) -> String {
    let (head, parameters) = structured(value);
    written(&head, &parameters)
}

fn written(head: &str, parameters: &[(String, String)]) -> String {
    let mut out: String = head.chars().filter(char::is_ascii).collect();
    for (name, value) in parameters.iter().filter(|(name, _)| name.is_ascii()) {
        if value.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
            _ = write!(out, ";\r\n {name}=\"{escaped}\"");
            continue;
        }
        let mut pieces = vec![String::from("utf-8''")];
        for c in value.chars() {
            let mut bytes = [0; 4];
            let encoded: String = c.encode_utf8(&mut bytes).bytes().map(percent).collect();
            match pieces.last_mut() {
                Some(piece) if piece.len() + encoded.len() <= PIECE => piece.push_str(&encoded),
                _ => pieces.push(encoded),
            }
        }
        let single = pieces.len() == 1;
        for (place, piece) in pieces.iter().enumerate() {
            let number = if single { String::new() } else { format!("*{place}") };
            _ = write!(out, ";\r\n {name}{number}*={piece}");
        }
    }
    out
}

fn percent(byte: u8) -> String {
    if is_token(byte) && !b"*'%".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
}

/// Text in which what is not ASCII becomes encoded words: quoted strings and words, neighbours together. A word beside an `@`
/// is an address and stays.
fn with_words(value: &str) -> String {
    let pieces = pieces(value);
    let is_at = |at: Option<usize>| at.and_then(|at| pieces.get(at)).is_some_and(|piece| *piece == "@");
    let encode = |at: usize| {
        let piece = pieces.get(at).copied().unwrap_or_default();
        !piece.is_ascii() && !is_at(at.checked_sub(1)) && !is_at(Some(at + 1))
    };
    let mut out = String::with_capacity(value.len() * 2);
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        if !encode(at) {
            out.push_str(piece);
            at += 1;
            continue;
        }
        let mut text = unquoted(piece);
        // Blanks between two encoded words would be lost (RFC 2047 §6.2).
        while pieces.get(at + 1).is_some_and(|blank| blank.trim_matches([' ', '\t']).is_empty()) && encode(at + 2) {
            text.push_str(pieces.get(at + 1).copied().unwrap_or_default());
            text.push_str(&unquoted(pieces.get(at + 2).copied().unwrap_or_default()));
            at += 2;
        }
        words(&text, &mut out);
        at += 1;
    }
    out
}

/// Runs of blanks, quoted strings, specials (RFC 5322 §3.2.3), and what lies between.
fn pieces(value: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = value;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            ' ' | '\t' => rest.find(|c| !matches!(c, ' ' | '\t')).unwrap_or(rest.len()),
            '"' => quoted_len(rest),
            '(' | ')' | '<' | '>' | '[' | ']' | ':' | ';' | '@' | '\\' | ',' => 1,
            _ => {
                let special = |c| " \t\"()<>[]:;@\\,".contains(c);
                rest.find(special).unwrap_or(rest.len())
            }
        };
        let Some((piece, behind)) = rest.split_at_checked(end) else { break };
        pieces.push(piece);
        rest = behind;
    }
    pieces
}

/// The length of the quoted string at the start; all, when it does not end.
fn quoted_len(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn unquoted(piece: &str) -> String {
    let Some(inside) = piece.strip_prefix('"') else { return piece.to_owned() };
    let inside = inside.strip_suffix('"').unwrap_or(inside);
    let mut text = String::with_capacity(inside.len());
    let mut chars = inside.chars();
    while let Some(c) = chars.next() {
        if c == '\\' { text.extend(chars.next()) } else { text.push(c) }
    }
    text
}

/// Encoded words for a text, on as many lines as it takes.
fn words(text: &str, out: &mut String) {
    let mut rest = text;
    loop {
        let mut end = rest.len().min(WORD);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (word, behind) = rest.split_at(end);
        _ = write!(out, "=?utf-8?B?{}?=", STANDARD.encode_to_string(word));
        if behind.is_empty() {
            return;
        }
        out.push_str("\r\n ");
        rest = behind;
    }
}

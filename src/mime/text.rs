//! Text in any charset as people read it (RFC 2045 §2.2, RFC 2046 §4.1.2).

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Decodes a body by its charset parameter. Without one, or with one that is not known or says ASCII, bytes that are UTF-8 are
/// UTF-8 and others Windows-1252, as most senders mean them. What does not decode becomes U+FFFD; a character that is cut
/// off at the end is left out.
#[must_use]
pub fn decode(bytes: &[u8], charset: Option<&str>) -> String {
    let label = charset.unwrap_or_default().trim();
    let named =
        Encoding::for_label_no_replacement(label.as_bytes()).filter(|_| !label.to_ascii_lowercase().contains("ascii"));
    let encoding = named.unwrap_or_else(|| if whole_utf8(bytes).is_some() { UTF_8 } else { WINDOWS_1252 });
    let bytes = if encoding == UTF_8 { whole_utf8(bytes).unwrap_or(bytes) } else { bytes };
    let (text, _, _) = encoding.decode(bytes);
    text.into_owned()
}

/// Text in one charset written in another. `None` where one of them is not known, or the text has a character that does not
/// decode or that the other charset does not have.
#[must_use]
pub fn transcode(bytes: &[u8], from: &str, to: &str) -> Option<Vec<u8>> {
    let encoding = |label: &str| Encoding::for_label_no_replacement(label.as_bytes());
    let text = encoding(from)?.decode_without_bom_handling_and_without_replacement(bytes)?;
    let ascii_only = to.to_ascii_lowercase().contains("ascii") && !text.is_ascii();
    let (encoded, _, failed) = encoding(to)?.encode(&text);
    (!failed && !ascii_only).then(|| encoded.into_owned())
}

/// The bytes without a character that is cut off at their end, if all others are UTF-8.
fn whole_utf8(bytes: &[u8]) -> Option<&[u8]> {
    match std::str::from_utf8(bytes) {
        Ok(_) => Some(bytes),
        Err(error) if error.error_len().is_none() => bytes.get(..error.valid_up_to()),
        Err(_) => None,
    }
}

/// The text of a message fit for a window or a terminal. Line ends become LF; control characters other than LF and tab go, and so do those that turn the
/// direction of what follows (bidirectional embeddings, overrides, isolates).
#[must_use]
pub fn visible(text: &str) -> String {
    let plain = |byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        // Nearly all of nearly every text is taken over in whole lines.
        let run = rest.bytes().position(|byte| !plain(byte)).unwrap_or(rest.len());
        let (before, after) = rest.split_at_checked(run).unwrap_or((rest, ""));
        clean.push_str(before);
        let mut characters = after.chars();
        match characters.next() {
            None => return clean,
            Some('\r') => clean.push_str(if characters.as_str().starts_with('\n') { "" } else { "\n" }),
            Some('\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {}
            Some(character) if character.is_control() => {}
            Some(character) => clean.push(character),
        }
        rest = characters.as_str();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Old and wrong charset names must still give readable text; this is what most real mail needs.
    #[test]
    fn charsets_are_read_as_senders_mean_them() {
        for (bytes, charset, expected) in [
            ("Grüße".as_bytes(), Some("utf-8"), "Grüße"),
            ("Grüße".as_bytes(), Some("us-ascii"), "Grüße"),
            ("Grüße".as_bytes(), None, "Grüße"),
            (b"Gr\xfc\xdfe", None, "Grüße"),
            (b"Gr\xfc\xdfe", Some("iso-8859-1"), "Grüße"),
            (b"\x80", Some("ISO-8859-1"), "€"),
            (b"\x1b$B$\"\x1b(B", Some("iso-2022-jp"), "あ"),
            (b"Gr\xfc\xdfe", Some("no-such-charset"), "Grüße"),
            (b"\xc3\xbc\xc3", Some("utf-8"), "ü"),
            (b"a\xffb", Some("utf-8"), "a\u{fffd}b"),
        ] {
            assert_eq!(decode(bytes, charset), expected, "{charset:?}");
        }
    }

    /// A text that was written in another charset on its way can be written back, or is not touched.
    #[test]
    fn texts_change_their_charset() {
        assert_eq!(transcode("Grüße".as_bytes(), "utf-8", "iso-8859-1").unwrap(), b"Gr\xfc\xdfe");
        assert_eq!(transcode(b"Gr\xfc\xdfe", "ISO-8859-1", "utf-8").unwrap(), "Grüße".as_bytes());
        assert_eq!(transcode(b"plain", "us-ascii", "utf-8").unwrap(), b"plain");
        for (bytes, from, to) in [
            ("Grüße".as_bytes(), "utf-8", "us-ascii"),
            ("日本".as_bytes(), "utf-8", "iso-8859-1"),
            (b"\xff", "utf-8", "iso-8859-1"),
            (b"a", "utf-8", "no-such-charset"),
        ] {
            assert_eq!(transcode(bytes, from, to), None, "{bytes:?} {from} {to}");
        }
    }

    /// A message must not drive a terminal or turn its own words around; scripts that need joiners and marks keep them.
    #[test]
    fn controls_go_and_lines_stay() {
        assert_eq!(visible("a\r\nb\rc\nd\te"), "a\nb\nc\nd\te");
        assert_eq!(visible("\u{1b}[2Jx\u{202e}y\u{2066}z\u{9b}\u{0}"), "[2Jxyz");
        assert_eq!(visible("ن\u{200c}ا\u{200f}"), "ن\u{200c}ا\u{200f}");
    }
}

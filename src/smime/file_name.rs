//! Names for attachments that are safe on every system, whatever a sender wrote.

use crate::mime::header::one_line;

/// Bytes of a name; file systems take 255, and a number may be added.
const LENGTH: usize = 180;

/// Bytes of an ending that is kept when a name is cut.
const ENDING: usize = 16;

/// Endings for names that the sender left out.
const ENDINGS: &[(&str, &str)] = &[
    ("application/pdf", "pdf"),
    ("application/zip", "zip"),
    ("application/json", "json"),
    ("application/pkcs7-signature", "p7s"),
    ("application/pgp-signature", "asc"),
    ("image/gif", "gif"),
    ("image/jpeg", "jpg"),
    ("image/png", "png"),
    ("image/svg+xml", "svg"),
    ("image/webp", "webp"),
    ("message/rfc822", "eml"),
    ("text/calendar", "ics"),
    ("text/csv", "csv"),
    ("text/html", "html"),
    ("text/plain", "txt"),
    ("text/vcard", "vcf"),
];

/// The name to offer: the last part of what the sender wrote, without characters that a file system, a terminal or a reader
/// takes for something else. `number` counts attachments from 1, for those without a name.
pub(super) fn safe(written: Option<&str>, media_type: &str, number: usize) -> String {
    let last = written.unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = one_line(last)
        .chars()
        .map(|character| if matches!(character, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { character })
        .collect();
    // Windows drops dots and blanks at the end; a dot at the start hides a file elsewhere.
    let clean = clean.trim_matches(|character: char| character == '.' || character.is_whitespace());
    if clean.is_empty() {
        let ending = ENDINGS.iter().find(|(known, _)| *known == media_type).map_or("bin", |(_, ending)| ending);
        return format!("attachment-{number}.{ending}");
    }
    let name = cut(clean);
    if is_reserved(&name) { format!("_{name}") } else { name }
}

/// A name of at most [`LENGTH`] bytes that keeps its ending.
fn cut(name: &str) -> String {
    if name.len() <= LENGTH {
        return name.to_owned();
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending).filter(|ending| ending.len() <= ENDING);
    let room = LENGTH - ending.map_or(0, |ending| ending.len() + 1);
    let stem = name.get(..name.floor_char_boundary(room)).unwrap_or_default();
    let stem = stem.trim_end_matches(|character: char| character == '.' || character.is_whitespace());
    ending.map_or_else(|| stem.to_owned(), |ending| format!("{stem}.{ending}"))
}

/// Whether Windows takes the name for a device.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|number| {
            matches!(number, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "0" | "¹" | "²" | "³")
        })
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name leads out of no folder, hides nothing, and is a file's on every system.
    #[test]
    fn names_are_safe() {
        let long = format!("{}.pdf", "ä".repeat(300));
        for (written, expected) in [
            ("report.pdf", "report.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Windows\\evil.exe", "evil.exe"),
            ("..", "attachment-3.bin"),
            (".bashrc", "bashrc"),
            ("name. . ", "name"),
            ("a:b*c?.txt", "a_b_c_.txt"),
            ("nul", "_nul"),
            ("COM1.txt", "_COM1.txt"),
            ("lpt³.log", "_lpt³.log"),
            ("console.txt", "console.txt"),
            ("a/", "attachment-3.bin"),
        ] {
            assert_eq!(safe(Some(written), "application/x", 3), expected, "{written}");
        }
        assert_eq!(safe(None, "image/png", 1), "attachment-1.png");
        let cut = safe(Some(&long), "application/pdf", 1);
        assert!(cut.len() <= LENGTH && cut.ends_with("ä.pdf"), "{cut}");
    }
}

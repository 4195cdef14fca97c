//! Letters that are taken for others (UTS #39, in its simplest form: no table but the letters that look like Latin ones).

use unicode_script::{Script, UnicodeScript};

/// Small letters of Cyrillic and of Greek that look like Latin ones.
const LATIN_LOOKS: &str = "\
    \u{430}\u{433}\u{435}\u{43e}\u{43f}\u{440}\u{441}\u{443}\u{445}\u{44a}\u{44c}\u{455}\u{456}\u{458}\u{461}\u{475}\
    \u{4bb}\u{4bd}\u{4cf}\u{501}\u{51b}\u{51d}\
    \u{3b1}\u{3b9}\u{3ba}\u{3bd}\u{3bf}\u{3c1}\u{3c5}\u{3c9}";

/// Whether a label has letters of several scripts that nobody writes in one word. Japanese, Korean and Chinese mix theirs, and
/// Latin with them. Phonetic letters are letters of no word.
pub(super) fn mixes_scripts(label: &str) -> bool {
    let mut first = None;
    label.chars().any(|c| {
        let script = match c.script() {
            Script::Common | Script::Inherited => return false,
            Script::Hiragana | Script::Katakana | Script::Hangul | Script::Bopomofo => Script::Han,
            script => script,
        };
        let other = *first.get_or_insert(script);
        if script == Script::Han && other == Script::Latin {
            first = Some(script);
        }
        let together = |script| matches!(script, Script::Latin | Script::Han);
        matches!(c, '\u{250}'..='\u{2af}') || (script != other && !(together(script) && together(other)))
    })
}

/// Whether a character is another form of ASCII ones: wide, mathematical, a ligature, the Kelvin sign (UTS #46). In domains they are
/// the same, before the @ they are others.
pub(super) fn stands_for_ascii(c: char) -> bool {
    !c.is_ascii() && idna::domain_to_unicode(c.encode_utf8(&mut [0; 4])).0.is_ascii()
}

/// Whether a label has letters, none of them Latin, that all look like Latin ones.
pub(super) fn looks_latin(label: &str) -> bool {
    let mut letters = label.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| LATIN_LOOKS.contains(c))
}

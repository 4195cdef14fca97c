//! Which language the run speaks: the one that is asked for, else the system's.

use std::ffi::OsString;

use waxwing::text::{self, tr};

/// Selects the language of all texts, before the words of a command are looked at: help and what is said of wrong words are texts
/// too.
pub fn select(words: impl IntoIterator<Item = OsString>) {
    let asked = asked(words).filter(|tag| known(tag).is_ok());
    if let Err(error) = text::select(asked.as_deref()) {
        tracing::warn!(%error, "the texts of this language cannot be read");
    }
}

/// The last `--lang` among words; what stands behind `--` are files.
fn asked(words: impl IntoIterator<Item = OsString>) -> Option<String> {
    let mut words = words.into_iter().map(|word| word.to_string_lossy().into_owned()).take_while(|word| word != "--");
    let mut asked = None;
    while let Some(word) = words.next() {
        if word == "--lang" {
            asked = words.next().or(asked);
        } else if let Some(tag) = word.strip_prefix("--lang=") {
            asked = Some(tag.to_owned());
        }
    }
    asked
}

/// A language that there are texts in, for clap.
pub fn known(tag: &str) -> Result<String, String> {
    if text::speaks(tag) {
        return Ok(tag.to_owned());
    }
    Err(tr!("mistake-languages", languages = text::available().join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The language that is asked for holds for what is said of the words themselves.
    #[test]
    fn the_language_is_known_before_the_words() {
        for (words, expected) in [
            ("verify a.eml", None),
            ("--lang de verify a.eml", Some("de")),
            ("verify --lang=de a.eml --lang en", Some("en")),
            ("verify -- --lang de", None),
            ("verify --lang", None),
        ] {
            assert_eq!(asked(words.split(' ').map(OsString::from)).as_deref(), expected, "{words}");
        }
    }
}

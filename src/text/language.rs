//! Which language the texts come in.

use std::sync::{LazyLock, Once};

use i18n_embed::fluent::{FluentLanguageLoader, fluent_language_loader};
use i18n_embed::unic_langid::LanguageIdentifier;
use i18n_embed::{DesktopLanguageRequester, I18nEmbedError, LanguageLoader, LanguageRequester};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "i18n/"]
struct Messages;

static LOADER: LazyLock<FluentLanguageLoader> = LazyLock::new(|| fluent_language_loader!());

/// Whether there are texts in it.
static LOADED: Once = Once::new();

/// The texts in the selected language; English until [`select`] is called.
#[must_use]
pub fn loader() -> &'static FluentLanguageLoader {
    LOADED.call_once(fall_back);
    &LOADER
}

/// Selects a language by its tag (`de`), or the one that the environment or the system names with `None`; the nearest available one
/// is taken.
///
/// # Errors
/// When the texts of that language cannot be read; the language stays as it was.
pub fn select(tag: Option<&str>) -> Result<(), I18nEmbedError> {
    let named = tag.map(str::to_owned).or_else(|| of_environment(|name| std::env::var(name).ok(), &available()));
    let wanted: Vec<LanguageIdentifier> = match named.and_then(|tag| tag.parse().ok()) {
        Some(language) => vec![language],
        None => DesktopLanguageRequester::new().requested_languages(),
    };
    let mut first = None;
    LOADED.call_once(|| {
        let loaded = load(&wanted);
        if loaded.is_err() {
            fall_back();
        }
        first = Some(loaded);
    });
    first.unwrap_or_else(|| load(&wanted))
}

fn load(wanted: &[LanguageIdentifier]) -> Result<(), I18nEmbedError> {
    i18n_embed::select(&*LOADER, &Messages, wanted)?;
    without_marks();
    Ok(())
}

fn fall_back() {
    if let Err(error) = LOADER.load_fallback_language(&Messages) {
        tracing::error!(%error, "the built-in texts cannot be read");
    }
    without_marks();
}

/// Isolation marks around arguments show as boxes in terminals and fonts that lack them.
fn without_marks() {
    LOADER.set_use_isolating(false);
}

/// Tags of the languages that there are texts in.
#[must_use]
pub fn available() -> Vec<String> {
    let languages = LOADER.available_languages(&Messages).unwrap_or_default();
    languages.iter().map(ToString::to_string).collect()
}

/// Whether there are texts in a language, whatever its region.
#[must_use]
pub fn speaks(tag: &str) -> bool {
    is_among(tag, &available())
}

fn is_among(tag: &str, available: &[String]) -> bool {
    available.iter().any(|known| primary(known) == primary(tag))
}

/// What the variables of POSIX and gettext say; `None` where none of them is set, so that the system is asked in its own way.
///
/// The locale is the first of `LC_ALL`, `LC_MESSAGES` and `LANG`. The list in `LANGUAGE` goes before it, but not when the locale
/// is C: then scripts count on English.
fn of_environment(variable: impl Fn(&str) -> Option<String>, available: &[String]) -> Option<String> {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set);
    let english = || Some("en".to_owned());
    if locale.as_deref().is_some_and(|locale| matches!(locale, "C" | "POSIX")) {
        return english();
    }
    let list = set("LANGUAGE");
    let wanted = list.iter().flat_map(|list| list.split(':')).chain(locale.as_deref());
    let mut wanted = wanted.map(tag).filter(|tag| !tag.is_empty()).peekable();
    wanted.peek()?;
    wanted.find(|tag| is_among(tag, available)).or_else(english)
}

/// `de_DE.UTF-8@euro` is `de-DE`.
fn tag(locale: &str) -> String {
    locale.split(['.', '@']).next().unwrap_or_default().replace('_', "-")
}

/// The language without its region.
fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scripts set LC_ALL=C and count on English; people set any of the others and count on their language.
    #[test]
    fn the_environment_chooses_the_language() {
        let available = ["de".to_owned(), "en".to_owned()];
        for (variables, expected) in [
            (&[][..], None),
            (&[("LANG", "de_DE.UTF-8")], Some("de-DE")),
            (&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "C")], Some("en")),
            (&[("LANG", "en_GB.UTF-8"), ("LC_MESSAGES", "de_AT@euro")], Some("de-AT")),
            (&[("LANGUAGE", "fr:de"), ("LANG", "fr_FR.UTF-8")], Some("de")),
            (&[("LANGUAGE", "de"), ("LC_ALL", "POSIX")], Some("en")),
            (&[("LANGUAGE", "de"), ("LANG", "C.UTF-8")], Some("de")),
            (&[("LANGUAGE", "de")], Some("de")),
            (&[("LANG", "fr_FR.UTF-8")], Some("en")),
            (&[("LANG", "C.UTF-8")], Some("en")),
            (&[("LC_ALL", ""), ("LANG", "de")], Some("de")),
        ] {
            let variables: std::collections::HashMap<_, _> = variables.iter().copied().collect();
            let found = of_environment(|name| variables.get(name).map(|value| (*value).to_owned()), &available);
            assert_eq!(found.as_deref(), expected, "{variables:?}");
        }
    }
}

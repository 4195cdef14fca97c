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
    LOADED.call_once(|| {
        if let Err(error) = LOADER.load_fallback_language(&Messages) {
            tracing::error!(%error, "the built-in texts cannot be read");
        }
        without_marks();
    });
    &LOADER
}

/// Selects a language by its tag (`de`), or the system's with `None`; the nearest available one is taken.
///
/// # Errors
/// When the texts of that language cannot be read; the language stays as it was.
pub fn select(tag: Option<&str>) -> Result<(), I18nEmbedError> {
    let wanted: Vec<LanguageIdentifier> = match tag.and_then(|tag| tag.parse().ok()) {
        Some(language) => vec![language],
        None => DesktopLanguageRequester::new().requested_languages(),
    };
    i18n_embed::select(&*LOADER, &Messages, &wanted)?;
    without_marks();
    LOADED.call_once(|| {});
    Ok(())
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

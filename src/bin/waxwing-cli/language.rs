//! Which language the run speaks: the one that is asked for, else the system's.

use waxwing::text;

/// Selects the language of all texts.
pub fn select(asked: Option<&str>) {
    let tag = asked.map(str::to_owned).or_else(|| of_environment(|name| std::env::var(name).ok(), &text::available()));
    if let Err(error) = text::select(tag.as_deref()) {
        tracing::warn!(%error, "the texts of this language cannot be read");
    }
}

/// A language that there are texts in, for clap.
pub fn known(tag: &str) -> Result<String, String> {
    let available = text::available();
    if available.iter().any(|known| primary(known) == primary(tag)) {
        return Ok(tag.to_owned());
    }
    Err(format!("there are texts in: {}", available.join(", ")))
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
    wanted.find(|tag| available.iter().any(|known| primary(known) == primary(tag))).or_else(english)
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

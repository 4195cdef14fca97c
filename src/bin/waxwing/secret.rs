//! What is typed into a password field.

use secrecy::SecretString;
use zeroize::Zeroizing;

/// A password while it is being typed; wiped when it is let go, never shown in a log.
#[derive(Clone, Default)]
pub struct Typed(Zeroizing<String>);

impl Typed {
    /// Of a field's text.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// For the field, which shows dots.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// For the vault.
    pub fn secret(&self) -> SecretString {
        SecretString::from(self.0.as_str())
    }
}

impl PartialEq for Typed {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Typed {}

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Typed(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Messages of the window are logged in debug builds; a password must not be.
    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Typed::new("hunter2".into())), "Typed(…)");
    }
}

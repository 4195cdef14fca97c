//! The history in words.

use super::tr;

/// What was done, from the code that the history keeps.
#[must_use]
pub fn action(code: &str) -> String {
    match code {
        "verify" => tr!("history-verify"),
        "decrypt" => tr!("history-decrypt"),
        "sign" => tr!("history-sign"),
        "encrypt" => tr!("history-encrypt"),
        "sign-encrypt" => tr!("desk-sign-and-encrypt"),
        other => other.to_owned(),
    }
}

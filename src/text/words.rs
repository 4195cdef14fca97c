//! Pieces of sentences: names, lists, methods. What comes out of a message is never printed as it came.

use super::tr;
use crate::mime::header::one_line;
use crate::report::SignerReport;

/// Characters of one value in a sentence; a name of a thousand letters would push the rest of it out of sight.
const LONGEST: usize = 120;

/// So many names of a list are spelled out.
const MOST_NAMED: usize = 5;

/// A value out of a message, fit for a sentence on one line: no control characters, no marks that turn the direction of
/// writing, no more than [`LONGEST`] characters.
pub(super) fn clean(value: &str) -> String {
    shortened(value, LONGEST)
}

/// As [`clean`], with no more than `longest` characters.
pub(super) fn shortened(value: &str, longest: usize) -> String {
    let line = one_line(value);
    let mut chars = line.chars();
    let short: String = chars.by_ref().take(longest).collect();
    let short = short.split_whitespace().collect::<Vec<_>>().join(" ");
    if chars.next().is_some() { format!("{short}…") } else { short }
}

/// What a signer is called: the name in the certificate, else the first address, else that nobody knows.
#[must_use]
pub fn named(signer: &SignerReport) -> String {
    let name = clean(&signer.name);
    if !name.is_empty() {
        return name;
    }
    signer.addresses.first().map_or_else(|| tr!("verdict-somebody"), |address| clean(address))
}

/// Names in a row: `a, b and c`; of more than five the rest is counted.
#[must_use]
pub fn persons<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut names: Vec<String> = names.into_iter().map(clean).filter(|name| !name.is_empty()).collect();
    let more = names.len().saturating_sub(MOST_NAMED);
    if more > 1 {
        names.truncate(MOST_NAMED);
        return tr!("text-and-more", names = names.join(", "), count = more);
    }
    match names.pop() {
        Some(last) if names.is_empty() => last,
        Some(last) => tr!("text-and", names = names.join(", "), last = last),
        None => String::new(),
    }
}

/// A method of the JSON contract as people write it: `sha-256` is SHA-256, `rsa-pkcs1v15` is RSA (PKCS #1 v1.5).
#[must_use]
pub fn method(code: &str) -> String {
    let code = clean(code);
    match code.as_str() {
        "rsa-pkcs1v15" => "RSA (PKCS #1 v1.5)".to_owned(),
        "rsa-pss" => "RSA-PSS".to_owned(),
        "ed25519" => "Ed25519".to_owned(),
        "ed448" => "Ed448".to_owned(),
        "chacha20-poly1305" => "ChaCha20-Poly1305".to_owned(),
        "des-ede3-cbc" => "3DES-CBC".to_owned(),
        "des-ede3" => "3DES".to_owned(),
        // A standard's own name for something that is not built in.
        other if other.starts_with("id-") || other.contains(|c: char| c.is_uppercase() || c == ' ') => code,
        other => other.to_uppercase(),
    }
}

/// A method that is not built in, and what it is for.
#[must_use]
pub fn unsupported(role_code: &str, code: &str) -> String {
    format!("{} ({})", method(code), role(role_code))
}

/// What a method is for.
pub(super) fn role(code: &str) -> String {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    match letters.to_ascii_lowercase().as_str() {
        "digest" => tr!("role-digest"),
        "signature" => tr!("role-signature"),
        "cipher" => tr!("role-cipher"),
        "keytransport" => tr!("role-key-transport"),
        "keyagreement" => tr!("role-key-agreement"),
        "keywrap" => tr!("role-key-wrap"),
        "keyderivation" => tr!("role-key-derivation"),
        "keyencryption" => tr!("role-key-encryption"),
        "keyencapsulation" => tr!("role-key-encapsulation"),
        "contenttype" => tr!("role-content-type"),
        "recipient" => tr!("role-recipient"),
        "labelsource" => tr!("role-label-source"),
        "key" => tr!("role-key"),
        "curve" => tr!("role-curve"),
        "compression" => tr!("role-compression"),
        "passwordbasedencryption" => tr!("role-password"),
        _ => clean(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name in a certificate cannot break out of its sentence: no second line, no turned direction, no end of it out of sight.
    #[test]
    fn names_stay_in_their_sentence() {
        for (name, shown) in [
            ("Anna Kovács", "Anna Kovács"),
            ("  Anna\r\n\tKovács ", "Anna Kovács"),
            ("moc.elpmaxe@anna\u{202E}", "moc.elpmaxe@anna"),
            ("A\u{200B}nna\u{0}\u{1B}[31m", "Anna[31m"),
            ("\u{2066}\u{2069}", ""),
        ] {
            assert_eq!(clean(name), shown);
        }
        let long = clean(&"x".repeat(1_000_000));
        assert_eq!(long.chars().count(), LONGEST + 1);
        assert!(long.ends_with('…'));
    }

    /// A message to a thousand people does not fill the window with their names.
    #[test]
    fn long_lists_are_counted() {
        assert_eq!(persons([]), "");
        assert_eq!(persons(["a"]), "a");
        assert_eq!(persons(["a", "b", "c"]), "a, b and c");
        assert_eq!(persons(["a", "b", "c", "d", "e", "f"]), "a, b, c, d, e and f");
        assert_eq!(persons(["a", "b", "c", "d", "e", "f", "g"]), "a, b, c, d, e and 2 more");
    }

    /// People read SHA-256, scripts read sha-256; what is not built in keeps the name that it has.
    #[test]
    fn methods_are_written_as_usual() {
        for (code, shown) in [
            ("sha-256", "SHA-256"),
            ("rsa-pkcs1v15", "RSA (PKCS #1 v1.5)"),
            ("aes-256-gcm", "AES-256-GCM"),
            ("des-ede3-cbc", "3DES-CBC"),
            ("id-dsa-with-sha256", "id-dsa-with-sha256"),
            ("1.2.3.4", "1.2.3.4"),
        ] {
            assert_eq!(method(code), shown);
        }
    }
}

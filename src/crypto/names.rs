//! Names of algorithms that are not built in and that the tables of the libraries do not know either, so that a message says
//! more than a number.

use const_oid::ObjectIdentifier;

/// Identifier and name, as their standards write it.
const NAMES: &[(&str, &str)] = &[
    // Ciphers.
    ("1.2.840.113533.7.66.10", "CAST5-CBC"),
    ("1.3.6.1.4.1.188.7.1.1.2", "IDEA-CBC"),
    ("1.2.392.200011.61.1.1.1.2", "Camellia-128-CBC"),
    ("1.2.392.200011.61.1.1.1.3", "Camellia-192-CBC"),
    ("1.2.392.200011.61.1.1.1.4", "Camellia-256-CBC"),
    ("1.2.410.200004.1.4", "SEED-CBC"),
    ("1.2.410.200046.1.1.2", "ARIA-128-CBC"),
    ("1.2.410.200046.1.1.7", "ARIA-192-CBC"),
    ("1.2.410.200046.1.1.12", "ARIA-256-CBC"),
    ("1.2.840.113549.3.4", "RC4"),
    ("1.2.840.113549.3.9", "RC5-CBC"),
    ("1.2.156.10197.1.104.2", "SM4-CBC"),
    ("1.2.643.2.2.21", "GOST 28147-89"),
    // Key wrap.
    ("1.2.392.200011.61.1.1.3.2", "Camellia-128-Wrap"),
    ("1.2.392.200011.61.1.1.3.3", "Camellia-192-Wrap"),
    ("1.2.392.200011.61.1.1.3.4", "Camellia-256-Wrap"),
    ("1.2.410.200004.7.1.1.1", "SEED-Wrap"),
    ("1.2.840.113533.7.66.15", "CAST5-Wrap"),
    ("2.16.840.1.101.3.4.1.8", "AES-128-Wrap-Pad"),
    ("2.16.840.1.101.3.4.1.28", "AES-192-Wrap-Pad"),
    ("2.16.840.1.101.3.4.1.48", "AES-256-Wrap-Pad"),
    // Key agreement (RFC 2631, RFC 5753 §3.2).
    ("1.2.840.113549.1.9.16.3.5", "Diffie-Hellman (ephemeral-static)"),
    ("1.2.840.113549.1.9.16.3.10", "Diffie-Hellman (static-static)"),
    ("1.3.133.16.840.63.0.16", "ECMQV (one pass, SHA-1)"),
    ("1.3.132.1.15.0", "ECMQV (one pass, SHA-224)"),
    ("1.3.132.1.15.1", "ECMQV (one pass, SHA-256)"),
    ("1.3.132.1.15.2", "ECMQV (one pass, SHA-384)"),
    ("1.3.132.1.15.3", "ECMQV (one pass, SHA-512)"),
    // Key encapsulation; the first three are drafts of ML-KEM.
    ("1.3.6.1.4.1.22554.5.6.1", "ML-KEM-512 (draft)"),
    ("1.3.6.1.4.1.22554.5.6.2", "ML-KEM-768 (draft)"),
    ("1.3.6.1.4.1.22554.5.6.3", "ML-KEM-1024 (draft)"),
    // Compression and content types (RFC 3274, RFC 5652).
    ("1.2.840.113549.1.7.5", "DigestedData"),
    ("1.2.840.113549.1.7.6", "EncryptedData"),
    ("1.2.840.113549.1.9.16.1.2", "AuthenticatedData"),
    ("1.2.840.113549.1.9.16.1.9", "CompressedData"),
];

/// The name of an identifier.
pub(super) fn name(oid: &ObjectIdentifier) -> Option<&'static str> {
    let known = NAMES.iter().find(|(known, _)| ObjectIdentifier::new(known).is_ok_and(|known| known == *oid));
    known.map(|(_, name)| *name).or_else(|| const_oid::db::DB.by_oid(oid))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every line of the table is an identifier of its own.
    #[test]
    fn identifiers_are_right_and_differ() {
        let mut seen = std::collections::HashSet::new();
        for (oid, expected) in NAMES {
            let oid = ObjectIdentifier::new(oid).unwrap();
            assert_eq!(name(&oid), Some(*expected));
            assert!(seen.insert(oid), "{oid}");
        }
        assert_eq!(name(&ObjectIdentifier::new_unwrap("1.2.3.4")), None);
        assert_eq!(name(&const_oid::db::rfc5912::RSA_ENCRYPTION), Some("rsaEncryption"));
    }
}

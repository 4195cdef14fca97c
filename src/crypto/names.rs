//! Names of algorithms that are not built in and that the tables of the libraries do not know either, so that a message says
//! more than a number.

use const_oid::ObjectIdentifier;

/// Identifier and name, as their standards write it.
const NAMES: &[(&str, &str)] = &[
    // Digests.
    ("1.2.840.113549.2.2", "MD2"),
    ("1.2.840.113549.2.4", "MD4"),
    ("1.3.36.3.2.1", "RIPEMD-160"),
    ("1.0.10118.3.0.55", "Whirlpool"),
    ("1.3.6.1.4.1.1722.12.2.1.16", "BLAKE2b-512"),
    ("1.3.6.1.4.1.1722.12.2.2.8", "BLAKE2s-256"),
    ("2.16.840.1.101.3.4.2.17", "SHAKE128 of a length of its own"),
    ("2.16.840.1.101.3.4.2.18", "SHAKE256 of a length of its own"),
    ("1.2.643.2.2.9", "GOST R 34.11-94"),
    ("1.2.643.7.1.1.2.2", "Streebog-256"),
    ("1.2.643.7.1.1.2.3", "Streebog-512"),
    ("1.2.156.10197.1.401", "SM3"),
    // Signatures.
    ("1.2.840.113549.1.1.2", "md2WithRSAEncryption"),
    ("1.2.840.113549.1.1.3", "md4WithRSAEncryption"),
    ("1.3.36.3.3.1.2", "RSA with RIPEMD-160"),
    ("0.4.0.127.0.7.1.1.4.1.1", "ecdsa-plain-SHA1"),
    ("0.4.0.127.0.7.1.1.4.1.2", "ecdsa-plain-SHA224"),
    ("0.4.0.127.0.7.1.1.4.1.3", "ecdsa-plain-SHA256"),
    ("0.4.0.127.0.7.1.1.4.1.4", "ecdsa-plain-SHA384"),
    ("0.4.0.127.0.7.1.1.4.1.5", "ecdsa-plain-SHA512"),
    ("1.2.643.2.2.3", "GOST R 34.10-2001"),
    ("1.2.643.7.1.1.3.2", "GOST R 34.10-2012 (256)"),
    ("1.2.643.7.1.1.3.3", "GOST R 34.10-2012 (512)"),
    ("1.2.156.10197.1.501", "SM2 with SM3"),
    ("1.2.840.113549.1.9.16.3.17", "HSS/LMS"),
    ("1.3.6.1.5.5.7.6.34", "XMSS"),
    ("1.3.6.1.5.5.7.6.35", "XMSS^MT"),
    ("1.3.9999.3.6", "Falcon-512"),
    ("1.3.9999.3.9", "Falcon-1024"),
    // Signatures over a digest where pure ones are built in (FIPS 204 §5.4, FIPS 205 §10.2.2).
    ("2.16.840.1.101.3.4.3.32", "HashML-DSA-44 with SHA-512"),
    ("2.16.840.1.101.3.4.3.33", "HashML-DSA-65 with SHA-512"),
    ("2.16.840.1.101.3.4.3.34", "HashML-DSA-87 with SHA-512"),
    ("2.16.840.1.101.3.4.3.35", "HashSLH-DSA-SHA2-128s with SHA-256"),
    ("2.16.840.1.101.3.4.3.36", "HashSLH-DSA-SHA2-128f with SHA-256"),
    ("2.16.840.1.101.3.4.3.37", "HashSLH-DSA-SHA2-192s with SHA-512"),
    ("2.16.840.1.101.3.4.3.38", "HashSLH-DSA-SHA2-192f with SHA-512"),
    ("2.16.840.1.101.3.4.3.39", "HashSLH-DSA-SHA2-256s with SHA-512"),
    ("2.16.840.1.101.3.4.3.40", "HashSLH-DSA-SHA2-256f with SHA-512"),
    ("2.16.840.1.101.3.4.3.41", "HashSLH-DSA-SHAKE-128s with SHAKE128"),
    ("2.16.840.1.101.3.4.3.42", "HashSLH-DSA-SHAKE-128f with SHAKE128"),
    ("2.16.840.1.101.3.4.3.43", "HashSLH-DSA-SHAKE-192s with SHAKE256"),
    ("2.16.840.1.101.3.4.3.44", "HashSLH-DSA-SHAKE-192f with SHAKE256"),
    ("2.16.840.1.101.3.4.3.45", "HashSLH-DSA-SHAKE-256s with SHAKE256"),
    ("2.16.840.1.101.3.4.3.46", "HashSLH-DSA-SHAKE-256f with SHAKE256"),
    // Two signatures in one (draft-ietf-lamps-pq-composite-sigs), by their final and their former numbers.
    ("1.3.6.1.5.5.7.6.37", "MLDSA44-RSA2048-PSS-SHA256"),
    ("1.3.6.1.5.5.7.6.38", "MLDSA44-RSA2048-PKCS15-SHA256"),
    ("1.3.6.1.5.5.7.6.39", "MLDSA44-Ed25519-SHA512"),
    ("1.3.6.1.5.5.7.6.40", "MLDSA44-ECDSA-P256-SHA256"),
    ("1.3.6.1.5.5.7.6.41", "MLDSA65-RSA3072-PSS-SHA512"),
    ("1.3.6.1.5.5.7.6.42", "MLDSA65-RSA3072-PKCS15-SHA512"),
    ("1.3.6.1.5.5.7.6.43", "MLDSA65-RSA4096-PSS-SHA512"),
    ("1.3.6.1.5.5.7.6.44", "MLDSA65-RSA4096-PKCS15-SHA512"),
    ("1.3.6.1.5.5.7.6.45", "MLDSA65-ECDSA-P256-SHA512"),
    ("1.3.6.1.5.5.7.6.46", "MLDSA65-ECDSA-P384-SHA512"),
    ("1.3.6.1.5.5.7.6.47", "MLDSA65-ECDSA-brainpoolP256r1-SHA512"),
    ("1.3.6.1.5.5.7.6.48", "MLDSA65-Ed25519-SHA512"),
    ("1.3.6.1.5.5.7.6.49", "MLDSA87-ECDSA-P384-SHA512"),
    ("1.3.6.1.5.5.7.6.50", "MLDSA87-ECDSA-brainpoolP384r1-SHA512"),
    ("1.3.6.1.5.5.7.6.51", "MLDSA87-Ed448-SHAKE256"),
    ("1.3.6.1.5.5.7.6.52", "MLDSA87-RSA3072-PSS-SHA512"),
    ("1.3.6.1.5.5.7.6.53", "MLDSA87-RSA4096-PSS-SHA512"),
    ("1.3.6.1.5.5.7.6.54", "MLDSA87-ECDSA-P521-SHA512"),
    ("2.16.840.1.114027.80.9.1.0", "MLDSA44-RSA2048-PSS-SHA256 (draft)"),
    ("2.16.840.1.114027.80.9.1.1", "MLDSA44-RSA2048-PKCS15-SHA256 (draft)"),
    ("2.16.840.1.114027.80.9.1.2", "MLDSA44-Ed25519-SHA512 (draft)"),
    ("2.16.840.1.114027.80.9.1.3", "MLDSA44-ECDSA-P256-SHA256 (draft)"),
    ("2.16.840.1.114027.80.9.1.4", "MLDSA65-RSA3072-PSS-SHA512 (draft)"),
    ("2.16.840.1.114027.80.9.1.5", "MLDSA65-RSA3072-PKCS15-SHA512 (draft)"),
    ("2.16.840.1.114027.80.9.1.6", "MLDSA65-RSA4096-PSS-SHA512 (draft)"),
    ("2.16.840.1.114027.80.9.1.7", "MLDSA65-RSA4096-PKCS15-SHA512 (draft)"),
    ("2.16.840.1.114027.80.9.1.8", "MLDSA65-ECDSA-P256-SHA512 (draft)"),
    ("2.16.840.1.114027.80.9.1.9", "MLDSA65-ECDSA-P384-SHA512 (draft)"),
    ("2.16.840.1.114027.80.9.1.10", "MLDSA65-ECDSA-brainpoolP256r1-SHA512 (draft)"),
    ("2.16.840.1.114027.80.9.1.11", "MLDSA65-Ed25519-SHA512 (draft)"),
    ("2.16.840.1.114027.80.9.1.12", "MLDSA87-ECDSA-P384-SHA512 (draft)"),
    ("2.16.840.1.114027.80.9.1.13", "MLDSA87-ECDSA-brainpoolP384r1-SHA512 (draft)"),
    ("2.16.840.1.114027.80.9.1.14", "MLDSA87-Ed448-SHAKE256 (draft)"),
    ("2.16.840.1.114027.80.9.1.15", "MLDSA87-RSA3072-PSS-SHA512 (draft)"),
    ("2.16.840.1.114027.80.9.1.16", "MLDSA87-RSA4096-PSS-SHA512 (draft)"),
    ("2.16.840.1.114027.80.9.1.17", "MLDSA87-ECDSA-P521-SHA512 (draft)"),
    // Curves (RFC 5639, SEC 2) and keys.
    ("1.3.36.3.3.2.8.1.1.1", "brainpoolP160r1"),
    ("1.3.36.3.3.2.8.1.1.2", "brainpoolP160t1"),
    ("1.3.36.3.3.2.8.1.1.3", "brainpoolP192r1"),
    ("1.3.36.3.3.2.8.1.1.4", "brainpoolP192t1"),
    ("1.3.36.3.3.2.8.1.1.5", "brainpoolP224r1"),
    ("1.3.36.3.3.2.8.1.1.6", "brainpoolP224t1"),
    ("1.3.36.3.3.2.8.1.1.9", "brainpoolP320r1"),
    ("1.3.36.3.3.2.8.1.1.10", "brainpoolP320t1"),
    ("1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1"),
    ("1.3.36.3.3.2.8.1.1.14", "brainpoolP512t1"),
    ("1.3.132.0.10", "secp256k1"),
    ("1.3.132.0.33", "P-224"),
    ("1.2.840.10045.3.1.1", "P-192"),
    ("1.2.840.113549.1.3.1", "Diffie-Hellman"),
    ("1.2.840.10046.2.1", "Diffie-Hellman (X9.42)"),
    ("1.2.643.2.2.19", "GOST R 34.10-2001 key"),
    ("1.2.643.7.1.1.1.1", "GOST R 34.10-2012 (256) key"),
    ("1.2.643.7.1.1.1.2", "GOST R 34.10-2012 (512) key"),
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
    ("1.2.840.113549.1.9.16.3.14", "RSA-KEM"),
    ("1.0.18033.2.2.4", "RSA-KEM"),
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

//! Identifiers of signature algorithms.

use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5912, rfc8410};

use super::{DigestAlgorithm, SignatureAlgorithm};
use crate::crypto::key::ID_ED_448;

/// sha1WithRSASignature (OIW), for verification only.
pub(super) const SHA1_WITH_RSA_OIW: ObjectIdentifier = oid("1.3.14.3.2.29");
/// ecdsa-with-Specified (X9.62): the digest is a parameter; Windows writes it.
pub(super) const ECDSA_SPECIFIED: ObjectIdentifier = oid("1.2.840.10045.4.3");

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

/// Those that say all by their identifier. The first of two for the same algorithm is written.
pub(super) const ALGORITHMS: &[(ObjectIdentifier, SignatureAlgorithm)] = {
    use DigestAlgorithm::{
        Md5, Sha1, Sha3_224, Sha3_256, Sha3_384, Sha3_512, Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256,
        Shake128, Shake256,
    };
    use SignatureAlgorithm::{Dsa, Ecdsa, Ed448, Ed25519, RsaPkcs1v15, RsaPss};
    &[
        // RFC 3370 §3.2, RFC 4055 §5, RFC 8017 A.2.4; the last one is of OIW.
        (oid("1.2.840.113549.1.1.4"), RsaPkcs1v15(Md5)),
        (rfc5912::SHA_1_WITH_RSA_ENCRYPTION, RsaPkcs1v15(Sha1)),
        (rfc5912::SHA_224_WITH_RSA_ENCRYPTION, RsaPkcs1v15(Sha224)),
        (rfc5912::SHA_256_WITH_RSA_ENCRYPTION, RsaPkcs1v15(Sha256)),
        (rfc5912::SHA_384_WITH_RSA_ENCRYPTION, RsaPkcs1v15(Sha384)),
        (rfc5912::SHA_512_WITH_RSA_ENCRYPTION, RsaPkcs1v15(Sha512)),
        (oid("1.2.840.113549.1.1.15"), RsaPkcs1v15(Sha512_224)),
        (oid("1.2.840.113549.1.1.16"), RsaPkcs1v15(Sha512_256)),
        (oid("1.3.14.3.2.3"), RsaPkcs1v15(Md5)),
        // RFC 3279 §2.2.3, RFC 5758 §3.2.
        (oid("1.2.840.10045.4.1"), Ecdsa(Sha1)),
        (rfc5912::ECDSA_WITH_SHA_224, Ecdsa(Sha224)),
        (rfc5912::ECDSA_WITH_SHA_256, Ecdsa(Sha256)),
        (rfc5912::ECDSA_WITH_SHA_384, Ecdsa(Sha384)),
        (rfc5912::ECDSA_WITH_SHA_512, Ecdsa(Sha512)),
        // RFC 3279 §2.2.2, RFC 5758 §3.1, NIST's register.
        (oid("1.2.840.10040.4.3"), Dsa(Sha1)),
        (oid("2.16.840.1.101.3.4.3.1"), Dsa(Sha224)),
        (oid("2.16.840.1.101.3.4.3.2"), Dsa(Sha256)),
        (oid("2.16.840.1.101.3.4.3.3"), Dsa(Sha384)),
        (oid("2.16.840.1.101.3.4.3.4"), Dsa(Sha512)),
        // RFC 9688 §3, NIST's register.
        (oid("2.16.840.1.101.3.4.3.9"), Ecdsa(Sha3_224)),
        (oid("2.16.840.1.101.3.4.3.10"), Ecdsa(Sha3_256)),
        (oid("2.16.840.1.101.3.4.3.11"), Ecdsa(Sha3_384)),
        (oid("2.16.840.1.101.3.4.3.12"), Ecdsa(Sha3_512)),
        (oid("2.16.840.1.101.3.4.3.13"), RsaPkcs1v15(Sha3_224)),
        (oid("2.16.840.1.101.3.4.3.14"), RsaPkcs1v15(Sha3_256)),
        (oid("2.16.840.1.101.3.4.3.15"), RsaPkcs1v15(Sha3_384)),
        (oid("2.16.840.1.101.3.4.3.16"), RsaPkcs1v15(Sha3_512)),
        // RFC 8702 §2.
        (oid("1.3.6.1.5.5.7.6.30"), RsaPss { digest: Shake128, mgf: Shake128, salt_len: 32 }),
        (oid("1.3.6.1.5.5.7.6.31"), RsaPss { digest: Shake256, mgf: Shake256, salt_len: 64 }),
        (oid("1.3.6.1.5.5.7.6.32"), Ecdsa(Shake128)),
        (oid("1.3.6.1.5.5.7.6.33"), Ecdsa(Shake256)),
        // RFC 8410 §3.
        (rfc8410::ID_ED_25519, Ed25519),
        (ID_ED_448, Ed448),
    ]
};

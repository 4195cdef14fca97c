use std::io::Write as _;

use super::*;
use crate::crypto::tests::unhex;

/// Each name must mean the function that the standard means: "abc" of RFC 1321 A.5, FIPS 180 and FIPS 202.
#[test]
fn digests_of_abc_are_the_standards() {
    let expected = [
        "900150983cd24fb0d6963f7d28e17f72",
        "a9993e364706816aba3e25717850c26c9cd0d89d",
        "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
         2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa",
        "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23",
        "e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf",
        "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
        "ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b298d88cea927ac7f539f1edf228376d25",
        "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e\
         10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0",
        "5881092dd818bf5cf8a3ddb793fbcba74097d5c526a6d35f97b83351940f2cc8",
        "483366601360a8771c6863080cc4114d8db44530f8f1e1ee4f94ea37e78b5739\
         d5a15bef186a5386c75744c0527e1faa9f8726e462a12a4feb06bd8801e751e4",
        "483366601360a8771c6863080cc4114d8db44530f8f1e1ee4f94ea37e78b5739\
         d5a15bef186a5386c75744c0527e1faa9f8726e462a12a4feb06bd8801e751e4",
    ];
    assert_eq!(expected.len(), DigestAlgorithm::ALL.len());
    for (algorithm, expected) in DigestAlgorithm::ALL.into_iter().zip(expected) {
        assert_eq!(algorithm.digest(b"abc"), unhex(expected), "{algorithm}");
        assert_eq!(algorithm.output_len(), unhex(expected).len(), "{algorithm}");
        let mut hasher = Hasher::new(algorithm);
        hasher.write_all(b"a").unwrap();
        let mut other = hasher.clone();
        hasher.update(b"bc");
        other.update(b"x");
        assert_eq!(hasher.finalize(), unhex(expected), "{algorithm} in pieces");
        assert_eq!(other.finalize(), algorithm.digest(b"ax"), "{algorithm} of a clone");
    }
}

/// RFC 2202 §2 and §3, RFC 4231 §4.3: the MAC of PKCS#12 and PBMAC1.
#[test]
fn hmac_is_the_standards() {
    let expected = [
        (DigestAlgorithm::Md5, "750c783e6ab0b503eaa86e310a5db738"),
        (DigestAlgorithm::Sha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
        (DigestAlgorithm::Sha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    ];
    for (algorithm, expected) in expected {
        let mac = algorithm.hmac(b"Jefe", &[b"what do ya ", b"want for nothing?"]);
        assert_eq!(*mac, unhex(expected), "{algorithm}");
    }
}

/// What is made by hand is what the library makes, with keys below and above the length of a block.
#[test]
fn hmac_by_hand_is_hmac() {
    for algorithm in DigestAlgorithm::ALL {
        for length in [0, 1, algorithm.block_len(), algorithm.block_len() + 1, 300] {
            let key = vec![7; length];
            let (made, by_hand) = (algorithm.hmac(&key, &[b"a", b"b"]), algorithm.hmac_by_hand(&key, &[b"ab"]));
            assert_eq!(made, by_hand, "{algorithm} {length}");
            assert_eq!(made.len(), algorithm.output_len());
        }
    }
}

/// SHAKE256 of another length than the one that is built in is another function (RFC 8419 §3.1).
#[test]
fn lengths_of_shake_are_looked_at() {
    let with = |parameters| AlgorithmIdentifierOwned { oid: DigestAlgorithm::Shake256Len.oid(), parameters };
    let read = |parameters| DigestAlgorithm::from_identifier(&with(parameters));
    assert_eq!(read(Any::encode_from(&512u16).ok()), Ok(DigestAlgorithm::Shake256Len));
    for other in [None, Some(Any::null()), Any::encode_from(&256u16).ok(), Any::encode_from(&70_000u32).ok()] {
        assert!(read(other).is_err());
    }
}

/// Identifiers and `micalg` values must lead back to the algorithm; old spellings stand in old mail.
#[test]
fn names_and_identifiers_lead_back() {
    for algorithm in DigestAlgorithm::ALL {
        assert_eq!(DigestAlgorithm::from_oid(&algorithm.oid()), Ok(algorithm));
        assert_eq!(DigestAlgorithm::from_micalg(algorithm.micalg()), Some(algorithm));
        assert_eq!(DigestAlgorithm::from_identifier(&algorithm.identifier()), Ok(algorithm));
        assert_eq!(algorithm.identifier().parameters.is_some(), algorithm == DigestAlgorithm::Shake256Len);
    }
    for (name, algorithm) in [
        ("sha1", DigestAlgorithm::Sha1),
        (" SHA256 ", DigestAlgorithm::Sha256),
        ("rsa-md5", DigestAlgorithm::Md5),
        ("rsa-sha1", DigestAlgorithm::Sha1),
    ] {
        assert_eq!(DigestAlgorithm::from_micalg(name), Some(algorithm), "{name}");
    }
    for unknown in ["", "rsa-", "unknown", "sha-3", "sha-256é"] {
        assert_eq!(DigestAlgorithm::from_micalg(unknown), None, "{unknown}");
    }
    assert!(DigestAlgorithm::from_oid(&rfc5912::RSA_ENCRYPTION).is_err());
}

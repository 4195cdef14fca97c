//! Keys from passwords: PBKDF2 (RFC 8018) and scrypt (RFC 7914).

use const_oid::ObjectIdentifier;
use der::asn1::{Any, OctetString};
use der::{Choice, EncodeValue, Sequence, Tagged};
use spki::AlgorithmIdentifierOwned;
use zeroize::Zeroizing;

use super::{Limits, bounded};
use crate::crypto::digest::with_hmac;
use crate::crypto::{DigestAlgorithm, Error, Unsupported, random};

const PBKDF2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.12");
const SCRYPT: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.11591.4.11");

/// How often scrypt may fill all the memory that it is allowed.
const MOST_PASSES: u64 = 16;

const UNUSABLE_SCRYPT: Error = Error::Parameters("of scrypt");

/// ```text
/// PBKDF2-params ::= SEQUENCE { salt CHOICE { specified OCTET STRING, otherSource AlgorithmIdentifier },
///     iterationCount INTEGER (1..MAX), keyLength INTEGER (1..MAX) OPTIONAL, prf AlgorithmIdentifier DEFAULT hmacWithSHA1 }
/// ```
/// (RFC 8018 A.2)
#[derive(Sequence)]
struct Pbkdf2Parameters {
    salt: Salt,
    iterations: u64,
    #[asn1(optional = "true")]
    key_length: Option<u64>,
    #[asn1(optional = "true")]
    prf: Option<AlgorithmIdentifierOwned>,
}

#[derive(Choice)]
enum Salt {
    #[asn1(type = "OCTET STRING")]
    Specified(OctetString),
}

/// ```text
/// scrypt-params ::= SEQUENCE { salt OCTET STRING, costParameter INTEGER (1..MAX), blockSize INTEGER (1..MAX),
///     parallelizationParameter INTEGER (1..MAX), keyLength INTEGER (1..MAX) OPTIONAL }
/// ```
/// (RFC 7914 §7.1)
#[derive(Sequence)]
struct ScryptParameters {
    salt: OctetString,
    cost: u64,
    block_size: u32,
    parallelization: u32,
    #[asn1(optional = "true")]
    key_length: Option<u64>,
}

/// Derives a key by a KDF's identifier: PBKDF2 or scrypt (also for PBMAC1, RFC 9579).
///
/// # Errors
/// When the KDF is not built in, damaged, or asks for more than `limits` allow.
pub fn derive(
    kdf: &AlgorithmIdentifierOwned,
    password: &[u8],
    length: usize,
    limits: &Limits,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    const DAMAGED: Error = Error::Parameters("of the key derivation");
    let parameters = || kdf.parameters.as_ref().ok_or(DAMAGED);
    match kdf.oid {
        PBKDF2 => {
            let parameters: Pbkdf2Parameters = parameters()?.decode_as().map_err(|_| DAMAGED)?;
            check_length(parameters.key_length, length)?;
            let iterations = bounded(parameters.iterations, limits)?;
            let digest = parameters.prf.as_ref().map_or(Ok(DigestAlgorithm::Sha1), digest_of_hmac)?;
            let Salt::Specified(salt) = &parameters.salt;
            Ok(pbkdf2_key(digest, password, salt.as_bytes(), iterations, length))
        }
        SCRYPT => {
            let parameters: ScryptParameters = parameters()?.decode_as().map_err(|_| DAMAGED)?;
            scrypt_key(&parameters, password, length, limits)
        }
        other => Err(Unsupported::new("key derivation", other).into()),
    }
}

fn pbkdf2_key(
    digest: DigestAlgorithm,
    password: &[u8],
    salt: &[u8],
    iterations: u32,
    length: usize,
) -> Zeroizing<Vec<u8>> {
    let mut key = Zeroizing::new(vec![0; length]);
    // HMAC takes passwords of every length, and no identifier names one with SHAKE.
    with_hmac!(digest, Hmac => _ = pbkdf2::pbkdf2::<Hmac>(password, salt, iterations, &mut key), _ => ());
    key
}

/// PBKDF2-HMAC-SHA-256 with a new salt: its identifier and the key.
pub(super) fn new_pbkdf2(
    password: &[u8],
    iterations: u32,
    length: usize,
) -> Result<(AlgorithmIdentifierOwned, Zeroizing<Vec<u8>>), Error> {
    let iterations = bounded(iterations.into(), &Limits { iterations: u32::MAX, ..Limits::default() })?;
    let salt = new_salt()?;
    let key = pbkdf2_key(DigestAlgorithm::Sha256, password, salt.as_bytes(), iterations, length);
    let prf = AlgorithmIdentifierOwned { oid: HMAC_WITH_SHA256, parameters: Some(Any::null()) };
    let parameters = Pbkdf2Parameters {
        salt: Salt::Specified(salt),
        iterations: iterations.into(),
        key_length: None,
        prf: Some(prf),
    };
    Ok((identifier(PBKDF2, &parameters)?, key))
}

/// scrypt with N = 2^`log_n`, r = 8, p = `parallelization` and a new salt: its identifier and the key.
pub(super) fn new_scrypt(
    password: &[u8],
    log_n: u8,
    parallelization: u32,
    length: usize,
) -> Result<(AlgorithmIdentifierOwned, Zeroizing<Vec<u8>>), Error> {
    let cost = 1u64.checked_shl(u32::from(log_n)).ok_or(UNUSABLE_SCRYPT)?;
    let parameters = ScryptParameters { salt: new_salt()?, cost, block_size: 8, parallelization, key_length: None };
    let key = scrypt_key(&parameters, password, length, &Limits { memory: u64::MAX, ..Limits::default() })?;
    Ok((identifier(SCRYPT, &parameters)?, key))
}

fn new_salt() -> Result<OctetString, Error> {
    let mut salt = [0; 16];
    random(&mut salt)?;
    OctetString::new(salt.as_slice()).map_err(|_| Error::Parameters("encoding"))
}

fn identifier<T: EncodeValue + Tagged>(
    oid: ObjectIdentifier,
    parameters: &T,
) -> Result<AlgorithmIdentifierOwned, Error> {
    let parameters = Any::encode_from(parameters).map_err(|_| Error::Parameters("encoding"))?;
    Ok(AlgorithmIdentifierOwned { oid, parameters: Some(parameters) })
}

fn scrypt_key(
    parameters: &ScryptParameters,
    password: &[u8],
    length: usize,
    limits: &Limits,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    check_length(parameters.key_length, length)?;
    let ScryptParameters { cost, block_size, parallelization, .. } = *parameters;
    if !cost.is_power_of_two() || cost < 2 || block_size == 0 || parallelization == 0 {
        return Err(UNUSABLE_SCRYPT);
    }
    let blocks = cost.checked_add(parallelization.into());
    let memory = blocks.and_then(|blocks| blocks.checked_mul(128)?.checked_mul(block_size.into()));
    let memory = memory.filter(|memory| *memory <= limits.memory).ok_or(Error::Limit("memory of scrypt"))?;
    // The memory is filled once for each of them.
    let work = memory.saturating_mul(parallelization.into());
    if work > limits.memory.saturating_mul(MOST_PASSES) {
        return Err(Error::Limit("work of scrypt"));
    }
    let log_n = u8::try_from(cost.trailing_zeros()).map_err(|_| UNUSABLE_SCRYPT)?;
    let settings = scrypt::Params::new(log_n, block_size, parallelization).map_err(|_| UNUSABLE_SCRYPT)?;
    let mut key = Zeroizing::new(vec![0; length]);
    scrypt::scrypt(password, parameters.salt.as_bytes(), &settings, &mut key).map_err(|_| UNUSABLE_SCRYPT)?;
    Ok(key)
}

fn check_length(named: Option<u64>, length: usize) -> Result<(), Error> {
    if named.is_none_or(|named| named == length as u64) { Ok(()) } else { Err(Error::Parameters("another key length")) }
}

/// The digest of an HMAC's identifier (RFC 8018 B.1.2, NIST's register for SHA-3; PBMAC1, RFC 9579 §3).
///
/// # Errors
/// When it is not built in.
pub fn digest_of_hmac(algorithm: &AlgorithmIdentifierOwned) -> Result<DigestAlgorithm, Error> {
    let known = HMACS.into_iter().find(|(oid, _)| *oid == algorithm.oid).map(|(_, digest)| digest);
    known.ok_or_else(|| Unsupported::new("HMAC", algorithm.oid).into())
}

/// id-hmacWithSHA1 and so on.
const HMACS: [(ObjectIdentifier, DigestAlgorithm); 11] = {
    use DigestAlgorithm::{Sha1, Sha3_224, Sha3_256, Sha3_384, Sha3_512, Sha224, Sha256, Sha384, Sha512, Sha512_224};
    const fn with(oid: &str, digest: DigestAlgorithm) -> (ObjectIdentifier, DigestAlgorithm) {
        (ObjectIdentifier::new_unwrap(oid), digest)
    }
    [
        with("1.2.840.113549.2.7", Sha1),
        with("1.2.840.113549.2.8", Sha224),
        with("1.2.840.113549.2.9", Sha256),
        with("1.2.840.113549.2.10", Sha384),
        with("1.2.840.113549.2.11", Sha512),
        with("1.2.840.113549.2.12", Sha512_224),
        with("1.2.840.113549.2.13", DigestAlgorithm::Sha512_256),
        with("2.16.840.1.101.3.4.2.13", Sha3_224),
        with("2.16.840.1.101.3.4.2.14", Sha3_256),
        with("2.16.840.1.101.3.4.2.15", Sha3_384),
        with("2.16.840.1.101.3.4.2.16", Sha3_512),
    ]
};

/// hmacWithSHA256, which is written.
const HMAC_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.2.9");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::tests::unhex;

    /// RFC 6070 and RFC 7914 §11, §12: keys must be everybody's.
    #[test]
    fn known_answers_hold() {
        for (digest, password, salt, iterations, expected) in [
            (DigestAlgorithm::Sha1, "password", "salt", 4096, "4b007901b765489abead49d926f721d065a429c1"),
            (
                DigestAlgorithm::Sha1,
                "passwordPASSWORDpassword",
                "saltSALTsaltSALTsaltSALTsaltSALTsalt",
                4096,
                "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038",
            ),
            (
                DigestAlgorithm::Sha256,
                "passwd",
                "salt",
                1,
                "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc\
                 49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783",
            ),
        ] {
            let expected = unhex(expected);
            let key = pbkdf2_key(digest, password.as_bytes(), salt.as_bytes(), iterations, expected.len());
            assert_eq!(*key, expected, "{digest}");
        }
        let parameters = scrypt(b"NaCl", 1024, 8, 16);
        let expected = "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162\
                        2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640";
        assert_eq!(*scrypt_key(&parameters, b"password", 64, &Limits::default()).unwrap(), unhex(expected));
    }

    fn scrypt(salt: &[u8], cost: u64, block_size: u32, parallelization: u32) -> ScryptParameters {
        let salt = OctetString::new(salt).unwrap();
        ScryptParameters { salt, cost, block_size, parallelization, key_length: None }
    }

    /// A hostile file must not take the memory or the afternoon of whoever opens it.
    #[test]
    fn hostile_costs_are_refused() {
        let limits = Limits { iterations: 1000, memory: 1 << 20 };
        for (cost, block_size, parallelization) in
            [(1 << 20, 8, 1), (1 << 63, u32::MAX, 1), (2, 1 << 24, 1), (1024, 8, 17), (2, 1, u32::MAX)]
        {
            let refused = scrypt_key(&scrypt(b"s", cost, block_size, parallelization), b"p", 32, &limits);
            assert!(matches!(refused, Err(Error::Limit(_))), "{cost} {block_size} {parallelization}: {refused:?}");
        }
        for (cost, block_size, parallelization) in [(0, 8, 1), (1, 8, 1), (3, 8, 1), (1024, 0, 1), (1024, 8, 0)] {
            let refused = scrypt_key(&scrypt(b"s", cost, block_size, parallelization), b"p", 32, &limits);
            assert!(matches!(refused, Err(Error::Parameters(_))), "{cost} {block_size} {parallelization}");
        }
        for (iterations, allowed) in [(0, false), (1, true), (1000, true), (1001, false), (u64::MAX, false)] {
            assert_eq!(bounded(iterations, &limits).is_ok(), allowed, "{iterations}");
        }
    }
}

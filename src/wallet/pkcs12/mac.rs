//! The MAC over the whole content (RFC 7292 §5.1, RFC 9579).

use const_oid::ObjectIdentifier;
use der::asn1::{AnyRef, OctetString};
use der::{Encode, Sequence};
use spki::AlgorithmIdentifierOwned;
use subtle::ConstantTimeEq;

use super::Pkcs12Error;
use super::password::{PBKDF2, Password, cost};
use super::structures::{MacData, each};
use crate::crypto::kdf::{self, Pkcs12Purpose};
use crate::crypto::{self, DigestAlgorithm, Unsupported};

/// id-PBMAC1 (RFC 8018 A.5).
const PBMAC1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.14");

/// Bytes of a PBMAC1 key: from SHA-1's hash to the largest one. OpenSSL draws the same line.
const KEY_BYTES: std::ops::RangeInclusive<u64> = 20..=64;

/// ```text
/// PBMAC1-params ::= SEQUENCE {
///     keyDerivationFunc  AlgorithmIdentifier {{PBMAC1-KDFs}},
///     messageAuthScheme  AlgorithmIdentifier {{PBMAC1-MACs}} }
/// ```
/// (RFC 8018 A.5)
#[derive(Sequence)]
struct Pbmac1Parameters {
    derivation: AlgorithmIdentifierOwned,
    scheme: AlgorithmIdentifierOwned,
}

/// Whether the MAC over `content` is that of the password.
pub(super) fn holds(mac: &MacData, content: &[u8], password: &mut Password) -> Result<bool, Pkcs12Error> {
    let algorithm = &mac.digest.algorithm;
    let expected = mac.digest.encrypted.as_bytes();
    let matches = |digest, key: &[u8]| bool::from(kdf::hmac(digest, key, content).ct_eq(expected)).then_some(());
    let found = if algorithm.oid == PBMAC1 {
        let parameters: Pbmac1Parameters = algorithm
            .parameters
            .as_ref()
            .ok_or(Pkcs12Error::Damaged("the MAC's parameters are missing"))?
            .decode_as()?;
        let digest = kdf::digest_of_hmac(&parameters.scheme)?;
        let length = key_length(&parameters.derivation)?;
        password.try_forms(
            |form| &form.pbes2,
            cost(&parameters.derivation),
            |form, limits| {
                let key = kdf::derive(&parameters.derivation, &form.pbes2, length, limits)?;
                Ok(matches(digest, &key))
            },
        )?
    } else {
        let digest = DigestAlgorithm::from_oid(&algorithm.oid)?;
        let iterations = mac.iterations.unwrap_or(1);
        if iterations == 0 {
            return Err(Pkcs12Error::Damaged("the MAC's iterations are zero"));
        }
        let salt = mac.salt.as_bytes();
        password.try_forms(
            |form| &form.pkcs12,
            iterations,
            |form, limits| {
                let iterations = u32::try_from(iterations).ok().filter(|iterations| *iterations <= limits.iterations);
                let iterations = iterations.ok_or(Pkcs12Error::Limit("iterations"))?;
                let length = digest.output_len();
                let key = kdf::pkcs12_derive(digest, &form.pkcs12, salt, Pkcs12Purpose::Mac, iterations, length);
                Ok(matches(digest, &key))
            },
        )?
    };
    Ok(found.is_some())
}

/// keyLength of PBKDF2, which must be there (RFC 9579 §5).
fn key_length(derivation: &AlgorithmIdentifierOwned) -> Result<usize, Pkcs12Error> {
    if derivation.oid != PBKDF2 {
        return Err(Unsupported::new("key derivation", derivation.oid).into());
    }
    let damaged = Pkcs12Error::Damaged("the MAC's key length is missing or out of bounds");
    let parameters = derivation.parameters.as_ref().ok_or(damaged.clone())?;
    let fields = each::<AnyRef>(parameters.value())?;
    // salt, iterationCount, keyLength
    let length = fields.get(2).and_then(|length| length.decode_as::<u64>().ok());
    length.filter(|length| KEY_BYTES.contains(length)).and_then(|length| usize::try_from(length).ok()).ok_or(damaged)
}

/// MacData with HMAC over `content`, DER.
pub(super) fn make(
    digest: DigestAlgorithm,
    content: &[u8],
    password: &str,
    iterations: u32,
) -> Result<Vec<u8>, Pkcs12Error> {
    let mut salt = [0; 16];
    crypto::random(&mut salt)?;
    let octets = kdf::pkcs12_password(password);
    let key = kdf::pkcs12_derive(digest, &octets, &salt, Pkcs12Purpose::Mac, iterations, digest.output_len());
    // Old readers insist on the NULL that newer standards leave out (RFC 8017 A.2.4).
    let algorithm = AlgorithmIdentifierOwned { oid: digest.oid(), parameters: Some(der::asn1::Any::null()) };
    let mac = MacData {
        digest: super::super::encrypted_key::EncryptedPrivateKeyInfo::from_parts((
            algorithm,
            kdf::hmac(digest, &key, content),
        ))?,
        salt: OctetString::new(salt.as_slice())?,
        iterations: Some(u64::from(iterations)),
    };
    Ok(mac.to_der()?)
}

//! DSA signatures of old messages and certificates (RFC 3279 §2.2.2, RFC 5758 §3.1); they are verified, never made. Everything
//! here is public, so nothing needs constant time.

use ::dsa::signature::hazmat::PrehashVerifier;
use ::dsa::{BoxedUint, Components, Signature, VerifyingKey};
use const_oid::ObjectIdentifier;
use der::asn1::Uint;
use der::{Decode, Sequence};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::signature::Input;
use super::{Error, SignatureAlgorithm};

/// id-dsa (RFC 3279 §2.3.2).
pub(super) const ID_DSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10040.4.1");

/// Bits of p that are computed with: the largest of FIPS 186-4 and one step more, the smallest of FIPS 186.
const P_BITS: std::ops::RangeInclusive<u32> = 512..=4096;
/// Bits of q, which come in whole octets (FIPS 186-4 §4.2).
const Q_BITS: std::ops::RangeInclusive<u32> = 160..=256;

const DAMAGED: Error = Error::Parameters("of DSA");

/// ```text
/// Dss-Parms ::= SEQUENCE { p INTEGER, q INTEGER, g INTEGER }
/// ```
/// (RFC 3279 §2.3.2)
#[derive(Sequence)]
struct Parameters {
    p: Uint,
    q: Uint,
    g: Uint,
}

/// ```text
/// Dss-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }
/// ```
/// (RFC 3279 §2.2.2)
#[derive(Sequence)]
struct Value {
    r: Uint,
    s: Uint,
}

/// Whether a key has no parameters of its own but those of the key that its certificate is signed with (RFC 3279 §2.3.2).
#[must_use]
pub fn inherits(key: &SubjectPublicKeyInfoOwned) -> bool {
    key.algorithm.oid == ID_DSA && key.algorithm.parameters.as_ref().is_none_or(|any| any.to_ref().is_null())
}

/// A key that [`inherits`] with the parameters of its issuer's key; `None` when that one is no DSA key with parameters.
#[must_use]
pub fn inherit(
    key: &SubjectPublicKeyInfoOwned,
    issuer: &SubjectPublicKeyInfoOwned,
) -> Option<SubjectPublicKeyInfoOwned> {
    let given = issuer.algorithm.oid == ID_DSA && !inherits(issuer);
    (given && inherits(key)).then(|| SubjectPublicKeyInfoOwned {
        algorithm: AlgorithmIdentifierOwned { oid: ID_DSA, parameters: issuer.algorithm.parameters.clone() },
        subject_public_key: key.subject_public_key.clone(),
    })
}

fn parameters(key: &SubjectPublicKeyInfoOwned) -> Result<Parameters, Error> {
    match &key.algorithm.parameters {
        Some(parameters) if !inherits(key) => parameters.decode_as().map_err(|_| DAMAGED),
        _ => Err(Error::Parameters("of DSA, which are its issuer's, are not at hand")),
    }
}

/// The public value `y`.
fn public_value(key: &SubjectPublicKeyInfoOwned) -> Result<Uint, Error> {
    let octets = key.subject_public_key.as_bytes().unwrap_or_default();
    Uint::from_der(octets).map_err(|_| Error::Key("its public value cannot be read"))
}

fn bit_length(number: &Uint) -> u32 {
    let octets = number.as_bytes();
    let front = octets.first().map_or(0, |octet| octet.leading_zeros());
    u32::try_from(octets.len()).ok().and_then(|length| length.checked_mul(8)).map_or(u32::MAX, |bits| bits - front)
}

/// Bits of p; of a key that [`inherits`] the nearest that its public value tells.
pub(super) fn bits(key: &SubjectPublicKeyInfoOwned) -> Result<u32, Error> {
    match parameters(key) {
        Ok(parameters) => Ok(bit_length(&parameters.p)),
        Err(_) if inherits(key) => Ok(bit_length(&public_value(key)?).div_ceil(64).saturating_mul(64)),
        Err(error) => Err(error),
    }
}

/// Checks a DSA signature.
pub(super) fn verify(
    key: &SubjectPublicKeyInfoOwned,
    algorithm: SignatureAlgorithm,
    input: Input<'_>,
    signature: &[u8],
) -> Result<(), Error> {
    let SignatureAlgorithm::Dsa(digest) = algorithm else {
        return Err(Error::Key("the key is of another kind than the signature"));
    };
    let digested = input.digested(digest)?;
    let Parameters { p, q, g } = parameters(key)?;
    let y = public_value(key)?;
    let (p_bits, q_bits) = (bit_length(&p), bit_length(&q));
    if !P_BITS.contains(&p_bits) || !Q_BITS.contains(&q_bits) || !q_bits.is_multiple_of(8) {
        return Err(Error::Key("its size is not supported"));
    }
    // The numbers below p are computed with in its width, those below q in its.
    let number = |number: &Uint, bits: u32| BoxedUint::from_be_slice(number.as_bytes(), bits.next_multiple_of(64)).ok();
    let key = || {
        let (p, q, g) = (number(&p, p_bits)?, number(&q, q_bits)?, number(&g, p_bits)?);
        let y = number(&y, p_bits).filter(|y| *y < p)?;
        VerifyingKey::from_components(Components::from_components_unchecked(p, q, g).ok()?, y).ok()
    };
    let key = key().ok_or(DAMAGED)?;
    let value = || {
        let Value { r, s } = Value::from_der(signature).ok()?;
        Signature::from_components(number(&r, q_bits)?, number(&s, q_bits)?)
    };
    let value = value().ok_or(Error::Mismatch)?;
    key.verify_prehash(&digested, &value).map_err(|_| Error::Mismatch)
}

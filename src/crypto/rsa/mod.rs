//! RSA (RFC 8017): keys of accepted sizes, and what their owners restricted them to (RFC 4055 §1.2).

mod decryption;
mod signing;
mod verification;

use std::ops::RangeInclusive;

use ::rsa::BoxedUint;
use ::rsa::pkcs1::EncodeRsaPrivateKey;
use ::rsa::traits::PublicKeyParts;
use aws_lc_rs::rsa as aws;
use const_oid::db::rfc5912;
use der::asn1::BitString;
use der::{Decode, Encode};
use getrandom::SysRng;
use pkcs1::{RsaPrivateKeyRef, RsaPublicKeyRef, UintRef};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use zeroize::Zeroizing;

pub(super) use decryption::encrypt;
pub(super) use verification::verify;

use super::transport::KeyTransport;
use super::{DigestAlgorithm, Error, SignatureAlgorithm};

/// Bits of a modulus that is accepted: shorter ones prove nothing, longer ones only burn time.
const BITS: RangeInclusive<u32> = 1024..=16384;

/// The sizes that the faster implementation takes.
const FAST_BITS: RangeInclusive<u32> = 2048..=8192;

const DAMAGED: Error = Error::Key("it is no RSA key");

/// The numbers of a public key, its modulus within [`BITS`].
///
/// ```text
/// RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }
/// ```
/// (RFC 8017 A.1.1)
struct PublicNumbers<'a> {
    modulus: &'a [u8],
    exponent: &'a [u8],
    bits: u32,
}

impl<'a> PublicNumbers<'a> {
    fn new(modulus: UintRef<'a>, exponent: UintRef<'a>) -> Result<Self, Error> {
        let (modulus, exponent) = (modulus.as_bytes(), exponent.as_bytes());
        let zeros = modulus.first().map_or(0, |first| first.leading_zeros());
        let bits = u32::try_from(modulus.len()).ok().and_then(|length| length.checked_mul(8)?.checked_sub(zeros));
        match bits {
            Some(bits) if BITS.contains(&bits) => Ok(Self { modulus, exponent, bits }),
            _ => Err(Error::Key("it has less than 1024 or more than 16384 bits")),
        }
    }

    fn of(key: &'a SubjectPublicKeyInfoOwned) -> Result<Self, Error> {
        let parsed = RsaPublicKeyRef::from_der(octets(key)?).map_err(|_| DAMAGED)?;
        Self::new(parsed.modulus, parsed.public_exponent)
    }

    fn key(&self) -> Result<::rsa::PublicKey, Error> {
        let [modulus, exponent] = [self.modulus, self.exponent].map(BoxedUint::from_be_slice_vartime);
        let sizes = *BITS.start() as usize..=*BITS.end() as usize;
        ::rsa::PublicKey::new_with_size_limits(modulus, exponent, sizes).map_err(|_| DAMAGED)
    }
}

/// The `RSAPublicKey` in a SubjectPublicKeyInfo.
fn octets(key: &SubjectPublicKeyInfoOwned) -> Result<&[u8], Error> {
    key.subject_public_key.as_bytes().ok_or(DAMAGED)
}

/// Bits of the modulus.
pub(super) fn bits(key: &SubjectPublicKeyInfoOwned) -> Result<u32, Error> {
    Ok(PublicNumbers::of(key)?.bits)
}

/// Whether a key whose identifier is `key` may make that signature: an id-RSASSA-PSS key makes PSS signatures alone, with
/// the hashes that its parameters name and no shorter salt (RFC 4055 §3.3), an id-RSAES-OAEP key none.
fn allows_signature(key: &AlgorithmIdentifierOwned, signature: SignatureAlgorithm) -> Result<(), Error> {
    let allowed = match (key.oid, signature) {
        (rfc5912::RSA_ENCRYPTION, SignatureAlgorithm::RsaPkcs1v15(_) | SignatureAlgorithm::RsaPss { .. }) => true,
        (rfc5912::ID_RSASSA_PSS, SignatureAlgorithm::RsaPss { digest, mgf, salt_len }) => match &key.parameters {
            None => true,
            Some(_) => match SignatureAlgorithm::from_x509(key)? {
                SignatureAlgorithm::RsaPss { digest: hash, mgf: mask, salt_len: least } => {
                    digest == hash && mgf == mask && salt_len >= least
                }
                _ => false,
            },
        },
        _ => false,
    };
    if allowed { Ok(()) } else { Err(Error::Key("it is restricted to another algorithm")) }
}

/// Whether a key whose identifier is `key` may be used for that transport: an id-RSAES-OAEP key for OAEP alone, with the
/// hashes that its parameters name (RFC 4055 §4.1), an id-RSASSA-PSS key for none.
fn allows_transport(key: &AlgorithmIdentifierOwned, transport: &KeyTransport) -> Result<(), Error> {
    let allowed = match (key.oid, transport) {
        (rfc5912::RSA_ENCRYPTION, _) => true,
        (rfc5912::ID_RSAES_OAEP, KeyTransport::Oaep { digest, mgf, .. }) => match &key.parameters {
            None => true,
            Some(_) => match KeyTransport::from_identifier(key)? {
                KeyTransport::Oaep { digest: hash, mgf: mask, .. } => *digest == hash && *mgf == mask,
                KeyTransport::Pkcs1v15 => false,
            },
        },
        _ => false,
    };
    if allowed { Ok(()) } else { Err(Error::Key("it is restricted to another algorithm")) }
}

/// The scheme whose DigestInfo names the digest with or without NULL as its parameters (RFC 8017 §9.2 note 1).
fn pkcs1v15(digest: DigestAlgorithm, null: bool) -> ::rsa::Pkcs1v15Sign {
    let oid = digest.oid();
    let parameters: &[u8] = if null { &[0x05, 0] } else { &[] };
    let (identifier_len, hash_len) = (oid.as_bytes().len() + 2 + parameters.len(), digest.output_len());
    // No length here reaches 128, so each takes one octet.
    let octet = |length: usize| u8::try_from(length).unwrap_or(0);
    let mut prefix = vec![0x30, octet(identifier_len + hash_len + 4), 0x30, octet(identifier_len), 0x06];
    prefix.push(octet(oid.as_bytes().len()));
    prefix.extend_from_slice(oid.as_bytes());
    prefix.extend_from_slice(parameters);
    prefix.extend_from_slice(&[0x04, octet(hash_len)]);
    ::rsa::Pkcs1v15Sign { hash_len: Some(hash_len), prefix: prefix.into() }
}

/// A mask generation function, applied to `data` in place: MGF1 (RFC 8017 B.2.1), or SHAKE itself, whose output is as long as
/// the mask (RFC 8702 §3.2.1).
fn mask(digest: DigestAlgorithm, seed: &[u8], data: &mut [u8]) {
    if let Some(mask) = digest.extended(seed, data.len()) {
        data.iter_mut().zip(mask).for_each(|(byte, mask)| *byte ^= mask);
        return;
    }
    for (counter, chunk) in (0u32..).zip(data.chunks_mut(digest.output_len())) {
        let mut hasher = super::Hasher::new(digest);
        hasher.update(seed);
        hasher.update(&counter.to_be_bytes());
        chunk.iter_mut().zip(hasher.finalize()).for_each(|(byte, mask)| *byte ^= mask);
    }
}

/// A private key.
pub(super) struct Private {
    key: ::rsa::PrivateKey,
    /// The same for the faster implementation, which refuses sizes outside of [`FAST_BITS`].
    fast: Option<Fast>,
    /// From what substitutes for badly padded content keys are made; it does not change for a key.
    substitute: Zeroizing<Vec<u8>>,
}

struct Fast {
    signing: aws::KeyPair,
    oaep: aws::OaepPrivateDecryptingKey,
    pkcs1v15: aws::Pkcs1PrivateDecryptingKey,
}

impl Private {
    /// `RSAPrivateKey` (RFC 8017 A.1.2), of two primes.
    pub(super) fn from_der(der: &[u8]) -> Result<Self, Error> {
        let parsed = RsaPrivateKeyRef::from_der(der).map_err(|_| DAMAGED)?;
        // Bounds come first: the arithmetic below takes its time.
        PublicNumbers::new(parsed.modulus, parsed.public_exponent)?;
        let substitute = DigestAlgorithm::Sha256.hmac(parsed.private_exponent.as_bytes(), &[b"waxwing substitute"]);
        let key = ::rsa::PrivateKey::try_from(parsed).map_err(|_| DAMAGED)?;
        let mut private = Self { key, fast: None, substitute };
        if FAST_BITS.contains(&private.bits()) {
            private.fast = private.make_fast().ok();
        }
        Ok(private)
    }

    pub(super) fn generate(bits: u32) -> Result<Self, Error> {
        const FAILED: Error = Error::Key("it could not be made");
        let size = match bits {
            2048 => Some(aws::KeySize::Rsa2048),
            3072 => Some(aws::KeySize::Rsa3072),
            4096 => Some(aws::KeySize::Rsa4096),
            8192 => Some(aws::KeySize::Rsa8192),
            _ if bits < 2048 || !BITS.contains(&bits) => {
                return Err(Error::Key("RSA keys are made with 2048 to 16384 bits"));
            }
            _ => None,
        };
        let der = match size {
            Some(size) => {
                use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
                let pair = aws::KeyPair::generate(size).map_err(|_| FAILED)?;
                let info: Pkcs8V1Der = pair.as_der().map_err(|_| FAILED)?;
                let info = pkcs8::PrivateKeyInfoRef::from_der(info.as_ref()).map_err(|_| FAILED)?;
                Zeroizing::new(info.private_key.as_bytes().to_vec())
            }
            None => {
                let key = ::rsa::PrivateKey::new(&mut SysRng, bits as usize).map_err(|_| FAILED)?;
                Zeroizing::new(key.to_pkcs1_der().map_err(|_| FAILED)?.as_bytes().to_vec())
            }
        };
        Self::from_der(&der)
    }

    pub(super) fn bits(&self) -> u32 {
        self.key.n().bit_width_vartime()
    }

    /// As `RSAPrivateKey`.
    pub(super) fn to_der(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        let der = self.key.to_pkcs1_der().map_err(|_| Error::Key("it cannot be encoded"))?;
        Ok(Zeroizing::new(der.as_bytes().to_vec()))
    }

    /// The content of a SubjectPublicKeyInfo.
    pub(super) fn public(&self) -> Result<BitString, Error> {
        let [modulus, exponent] = [self.key.n().to_be_bytes(), self.key.e().to_be_bytes()];
        UintRef::new(&modulus)
            .and_then(|modulus| Ok(RsaPublicKeyRef { modulus, public_exponent: UintRef::new(&exponent)? }))
            .and_then(|numbers| numbers.to_der())
            .and_then(|der| BitString::from_bytes(&der))
            .map_err(|_| DAMAGED)
    }

    fn make_fast(&self) -> Result<Fast, Error> {
        let der = self.to_der()?;
        let signing = aws::KeyPair::from_der(&der).map_err(|_| DAMAGED)?;
        let info = ::rsa::pkcs8::EncodePrivateKey::to_pkcs8_der(&self.key).map_err(|_| DAMAGED)?;
        let decrypting = aws::PrivateDecryptingKey::from_pkcs8(info.as_bytes()).map_err(|_| DAMAGED)?;
        let pkcs1v15 = aws::Pkcs1PrivateDecryptingKey::new(decrypting.clone()).map_err(|_| DAMAGED)?;
        let oaep = aws::OaepPrivateDecryptingKey::new(decrypting).map_err(|_| DAMAGED)?;
        Ok(Fast { signing, oaep, pkcs1v15 })
    }
}

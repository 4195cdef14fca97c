//! RSA signature verification: everything here is public, so nothing needs constant time.

use ::rsa::BoxedUint;
use ::rsa::hazmat::rsa_encrypt;
use ::rsa::traits::PublicKeyParts;
use aws_lc_rs::signature::{self as aws, ParsedPublicKey, RsaParameters};
use spki::SubjectPublicKeyInfoOwned;

use super::{PublicNumbers, allows_signature, mask, octets, pkcs1v15};
use crate::crypto::digest::imported;
use crate::crypto::signature::Input;
use crate::crypto::{DigestAlgorithm, Error, SignatureAlgorithm};

/// Checks an RSASSA-PKCS1-v1_5 or RSASSA-PSS signature.
pub(in crate::crypto) fn verify(
    key: &SubjectPublicKeyInfoOwned,
    algorithm: SignatureAlgorithm,
    input: Input<'_>,
    signature: &[u8],
) -> Result<(), Error> {
    allows_signature(&key.algorithm, algorithm)?;
    let numbers = PublicNumbers::of(key)?;
    let digest = algorithm.digest().ok_or(Error::Key("the key is of another kind than the signature"))?;
    let digested = input.digested(digest)?;
    if let Some(parameters) = fast(numbers.bits, algorithm)
        && let Ok(key) = ParsedPublicKey::new(parameters, octets(key)?)
        && key.verify_digest_sig(&imported(digest, &digested)?, signature).is_ok()
    {
        return Ok(());
    }
    let holds = match algorithm {
        SignatureAlgorithm::RsaPss { digest, mgf, salt_len } => {
            let encoded = public_operation(&numbers.key()?, signature);
            encoded.is_some_and(|encoded| pss_holds(&encoded, numbers.bits - 1, digest, mgf, salt_len, &digested))
        }
        _ => pkcs1v15_holds(&numbers.key()?, digest, &digested, signature),
    };
    if holds { Ok(()) } else { Err(Error::Mismatch) }
}

/// What the faster implementation takes, if it takes this.
fn fast(bits: u32, algorithm: SignatureAlgorithm) -> Option<&'static RsaParameters> {
    use DigestAlgorithm::{Sha1, Sha256, Sha384, Sha512};
    let parameters: &RsaParameters = match algorithm {
        SignatureAlgorithm::RsaPkcs1v15(Sha1) => &aws::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        SignatureAlgorithm::RsaPkcs1v15(Sha256) => &aws::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        SignatureAlgorithm::RsaPkcs1v15(Sha384) => &aws::RSA_PKCS1_2048_8192_SHA384,
        SignatureAlgorithm::RsaPkcs1v15(Sha512) => &aws::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
        SignatureAlgorithm::RsaPss { digest: Sha256, mgf: Sha256, salt_len: 32 } => &aws::RSA_PSS_2048_8192_SHA256,
        SignatureAlgorithm::RsaPss { digest: Sha384, mgf: Sha384, salt_len: 48 } => &aws::RSA_PSS_2048_8192_SHA384,
        SignatureAlgorithm::RsaPss { digest: Sha512, mgf: Sha512, salt_len: 64 } => &aws::RSA_PSS_2048_8192_SHA512,
        _ => return None,
    };
    (parameters.min_modulus_len()..=parameters.max_modulus_len()).contains(&bits).then_some(parameters)
}

/// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2.2). A DigestInfo without the NULL parameters is in use too (§9.2 note 1).
fn pkcs1v15_holds(key: &::rsa::PublicKey, digest: DigestAlgorithm, digested: &[u8], signature: &[u8]) -> bool {
    [true, false].into_iter().any(|null| key.verify(pkcs1v15(digest, null), digested, signature).is_ok())
}

/// RSAVP1 (RFC 8017 §5.2.2): the encoded message, as long as the modulus.
fn public_operation(key: &::rsa::PublicKey, signature: &[u8]) -> Option<Vec<u8>> {
    if signature.len() != key.size() {
        return None;
    }
    let representative = BoxedUint::from_be_slice(signature, key.n_bits_precision()).ok()?;
    if representative >= *key.n().as_ref() {
        return None;
    }
    let message = rsa_encrypt(key, &representative).ok()?.to_be_bytes();
    message.get(message.len().checked_sub(key.size())?..).map(<[u8]>::to_vec)
}

/// EMSA-PSS-VERIFY (RFC 8017 §9.1.2) of an encoded message that may have octets of zero in front.
fn pss_holds(
    encoded: &[u8],
    bits: u32,
    digest: DigestAlgorithm,
    mgf: DigestAlgorithm,
    salt_len: usize,
    digested: &[u8],
) -> bool {
    let holds = || -> Option<bool> {
        let length = bits.div_ceil(8) as usize;
        let (front, encoded) = encoded.split_at_checked(encoded.len().checked_sub(length)?)?;
        let (trailer, encoded) = encoded.split_last()?;
        let (masked, hash) = encoded.split_at_checked(encoded.len().checked_sub(digest.output_len())?)?;
        // Bits of the first octet that belong to the block; those above are zero in the encoded message.
        let used = 0xffu8.checked_shr((length as u32 * 8).checked_sub(bits)?)?;
        let mut block = masked.to_vec();
        let clear = block.first()? & !used == 0 && front.iter().all(|octet| *octet == 0);
        mask(mgf, hash, &mut block);
        *block.first_mut()? &= used;
        let (padding, salt) = block.split_at_checked(block.len().checked_sub(salt_len)?)?;
        let (one, zeros) = padding.split_last()?;
        let padded = *one == 1 && zeros.iter().all(|octet| *octet == 0);
        let again = digest.digest(&[&[0; 8], digested, salt].concat());
        Some(*trailer == 0xbc && clear && padded && again == hash)
    };
    holds().unwrap_or(false)
}

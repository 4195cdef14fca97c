//! RSA key transport (RFC 8017 §7).

use ::rsa::hazmat::rsa_decrypt_and_check;
use ::rsa::traits::PublicKeyParts;
use ::rsa::{BoxedUint, Oaep, Pkcs1v15Encrypt};
use aws_lc_rs::rsa as aws;
use const_oid::db::rfc5912;
use der::Encode;
use der::asn1::{AnyRef, BitString};
use digest::{Digest, FixedOutputReset};
use getrandom::SysRng;
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use subtle::{Choice, ConditionallySelectable, ConstantTimeEq};
use zeroize::Zeroizing;

use super::{FAST_BITS, Private, PublicNumbers, allows_transport, mask, octets};
use crate::crypto::digest::with_sha2;
use crate::crypto::transport::KeyTransport;
use crate::crypto::{DigestAlgorithm, Error};

/// Encrypts a content-encryption key.
pub(in crate::crypto) fn encrypt(
    key: &SubjectPublicKeyInfoOwned,
    transport: &KeyTransport,
    content_key: &[u8],
) -> Result<Vec<u8>, Error> {
    allows_transport(&key.algorithm, transport)?;
    let numbers = PublicNumbers::of(key)?;
    if FAST_BITS.contains(&numbers.bits)
        && let Some(encrypted) = encrypt_fast(octets(key)?, transport, content_key)
    {
        return Ok(encrypted);
    }
    let key = numbers.key()?;
    let encrypted = match transport {
        KeyTransport::Pkcs1v15 => key.encrypt(&mut SysRng, Pkcs1v15Encrypt, content_key),
        KeyTransport::Oaep { digest, mgf, label } => with_sha2!(*digest, Hash => with_sha2!(*mgf, Mask => {
            key.encrypt(&mut SysRng, oaep::<Hash, Mask>(label), content_key)
        }, _ => return Err(FOR_READING)), _ => return Err(FOR_READING)),
    };
    encrypted.map_err(|_| Error::Key("it is too short for this content key"))
}

/// By the faster implementation, which takes the key in the form of an unrestricted one; `None` when it does not do that.
fn encrypt_fast(key: &[u8], transport: &KeyTransport, content_key: &[u8]) -> Option<Vec<u8>> {
    let unrestricted = AlgorithmIdentifierOwned { oid: rfc5912::RSA_ENCRYPTION, parameters: Some(AnyRef::NULL.into()) };
    let key =
        SubjectPublicKeyInfoOwned { algorithm: unrestricted, subject_public_key: BitString::from_bytes(key).ok()? };
    let key = aws::PublicEncryptingKey::from_der(&key.to_der().ok()?).ok()?;
    let mut encrypted = vec![0; key.key_size_bytes()];
    let length = match transport {
        KeyTransport::Pkcs1v15 => {
            aws::Pkcs1PublicEncryptingKey::new(key).ok()?.encrypt(content_key, &mut encrypted).ok()?.len()
        }
        KeyTransport::Oaep { digest, mgf, label } => {
            let key = aws::OaepPublicEncryptingKey::new(key).ok()?;
            key.encrypt(fast_oaep(*digest, *mgf)?, content_key, &mut encrypted, Some(label)).ok()?.len()
        }
    };
    (length == encrypted.len()).then_some(encrypted)
}

/// What the faster implementation puts together.
fn fast_oaep(digest: DigestAlgorithm, mgf: DigestAlgorithm) -> Option<&'static aws::OaepAlgorithm> {
    match (digest, mgf) {
        (DigestAlgorithm::Sha1, DigestAlgorithm::Sha1) => Some(&aws::OAEP_SHA1_MGF1SHA1),
        (DigestAlgorithm::Sha256, DigestAlgorithm::Sha256) => Some(&aws::OAEP_SHA256_MGF1SHA256),
        (DigestAlgorithm::Sha384, DigestAlgorithm::Sha384) => Some(&aws::OAEP_SHA384_MGF1SHA384),
        (DigestAlgorithm::Sha512, DigestAlgorithm::Sha512) => Some(&aws::OAEP_SHA512_MGF1SHA512),
        _ => None,
    }
}

const FOR_READING: Error = Error::Parameters("OAEP with this digest is for reading only");

/// The content key if it is valid, else its substitute.
fn choose(valid: Choice, content_key: &[u8], mut substitute: Zeroizing<Vec<u8>>) -> Zeroizing<Vec<u8>> {
    for (to, from) in substitute.iter_mut().zip(content_key) {
        to.conditional_assign(from, valid);
    }
    substitute
}

fn oaep<D: Digest + FixedOutputReset, M: Digest + FixedOutputReset>(label: &[u8]) -> Oaep<D, M> {
    // An absent and an empty label are the same (RFC 8017 §7.1.1).
    if label.is_empty() { Oaep::new_with_mgf_hash() } else { Oaep::new_with_mgf_hash_and_label(label) }
}

impl Private {
    /// Decrypts a content-encryption key; `identifier` may restrict the key.
    pub(in crate::crypto) fn decrypt(
        &self,
        identifier: &AlgorithmIdentifierOwned,
        transport: &KeyTransport,
        encrypted: &[u8],
        expected_len: usize,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        allows_transport(identifier, transport)?;
        match transport {
            KeyTransport::Pkcs1v15 => Ok(self.decrypt_pkcs1v15(encrypted, expected_len)),
            KeyTransport::Oaep { digest, mgf, label } => {
                let content_key = self.decrypt_oaep(*digest, *mgf, label, encrypted).ok_or(Error::Decryption)?;
                if content_key.len() == expected_len { Ok(content_key) } else { Err(Error::Decryption) }
            }
        }
    }

    fn decrypt_oaep(
        &self,
        digest: DigestAlgorithm,
        mgf: DigestAlgorithm,
        label: &[u8],
        encrypted: &[u8],
    ) -> Option<Zeroizing<Vec<u8>>> {
        match (&self.fast, fast_oaep(digest, mgf)) {
            (Some(key), Some(algorithm)) => {
                let mut plain = Zeroizing::new(vec![0; key.oaep.min_output_size()]);
                let length = key.oaep.decrypt(algorithm, encrypted, &mut plain, Some(label)).ok()?.len();
                plain.truncate(length);
                Some(plain)
            }
            _ => self.decrypt_oaep_by_hand(digest, mgf, label, encrypted),
        }
    }

    /// RSAES-OAEP with digests that the faster implementation does not put together, or a key of a size that it does not take (RFC 8017 §7.1.2); nothing tells apart what is wrong.
    fn decrypt_oaep_by_hand(
        &self,
        digest: DigestAlgorithm,
        mgf: DigestAlgorithm,
        label: &[u8],
        encrypted: &[u8],
    ) -> Option<Zeroizing<Vec<u8>>> {
        let mut encoded = self.private_operation(encrypted)?;
        let (first, rest) = encoded.split_first_mut()?;
        let (seed, block) = rest.split_at_mut_checked(digest.output_len())?;
        mask(mgf, block, seed);
        mask(mgf, seed, block);
        let (hash, padded) = block.split_at_checked(digest.output_len())?;
        // Zeros, one octet of 1, and the content key.
        let mut valid = first.ct_eq(&0) & hash.ct_eq(&digest.digest(label));
        let (mut before, mut start) = (Choice::from(1), 0u32);
        for (at, octet) in (1u32..).zip(padded) {
            let (zero, one) = (octet.ct_eq(&0), octet.ct_eq(&1));
            valid &= !before | zero | one;
            start.conditional_assign(&at, before & one);
            before &= zero;
        }
        valid &= !before;
        let content_key = padded.get(usize::try_from(start).ok()?..)?;
        bool::from(valid).then(|| Zeroizing::new(content_key.to_vec()))
    }

    /// RSAES-PKCS1-v1_5 with implicit rejection: whatever is wrong with the padding or the length, a key of the expected
    /// length comes back, the same for the same input (RFC 8017 §7.2.2, RFC 3218 §2.3.2).
    ///
    /// The faster implementation compares the padding in constant time too, but tells by its result whether it was right; the
    /// two ways from there on to the choice differ by less than the time of a system call (docs/threat-model.md).
    fn decrypt_pkcs1v15(&self, encrypted: &[u8], expected_len: usize) -> Zeroizing<Vec<u8>> {
        let substitute = self.substitute_for(encrypted, expected_len);
        let Some(fast) = &self.fast else { return self.decrypt_slowly(encrypted, substitute) };
        let mut plain = Zeroizing::new(vec![0; fast.pkcs1v15.min_output_size()]);
        let length = fast.pkcs1v15.decrypt(encrypted, &mut plain).map_or(usize::MAX, |content_key| content_key.len());
        choose(length.ct_eq(&expected_len), &plain, substitute)
    }

    /// For keys of sizes that the faster implementation does not take: nothing on the way depends on whether the padding was right.
    fn decrypt_slowly(&self, encrypted: &[u8], substitute: Zeroizing<Vec<u8>>) -> Zeroizing<Vec<u8>> {
        let expected_len = substitute.len();
        // What is left out here depends on public lengths and numbers alone.
        let Some(encoded) = self.private_operation(encrypted) else { return substitute };
        let Some(padding_len) = encoded.len().checked_sub(expected_len).filter(|length| *length >= 11) else {
            return substitute;
        };
        let (padding, content_key) = encoded.split_at(padding_len);
        // EM = 0x00 || 0x02 || at least eight octets, none of them 0 || 0x00 || the key of the expected length.
        let last = padding_len - 1;
        let mut valid = Choice::from(1);
        for (at, octet) in padding.iter().enumerate() {
            let is_zero = octet.ct_eq(&0);
            valid &= match at {
                0 => is_zero,
                1 => octet.ct_eq(&2),
                at if at == last => is_zero,
                _ => !is_zero,
            };
        }
        choose(valid, content_key, substitute)
    }

    /// RSADP (RFC 8017 §5.1.2) with blinding: the encoded message, as long as the modulus. `None` when the number is not
    /// below the modulus, which everybody can see, or when the system fails.
    fn private_operation(&self, encrypted: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        // Its length is public (RFC 8017 §7.1.2 and §7.2.2, step 1).
        if encrypted.len() != self.key.size() {
            return None;
        }
        let number = BoxedUint::from_be_slice(encrypted, self.key.n_bits_precision()).ok()?;
        let message = Zeroizing::new(rsa_decrypt_and_check(&self.key, Some(&mut SysRng), &number).ok()?);
        let octets = Zeroizing::new(message.to_be_bytes());
        octets.get(octets.len().checked_sub(self.key.size())?..).map(|octets| Zeroizing::new(octets.to_vec()))
    }

    /// What stands in for a badly padded content key: pseudo-random, and the same for the same input.
    fn substitute_for(&self, encrypted: &[u8], length: usize) -> Zeroizing<Vec<u8>> {
        let digest = DigestAlgorithm::Sha256;
        let secret = digest.hmac(&self.substitute, &[encrypted]);
        let mut bytes = Zeroizing::new(Vec::with_capacity(length.next_multiple_of(digest.output_len())));
        for counter in 0u32.. {
            if bytes.len() >= length {
                break;
            }
            bytes.extend_from_slice(&digest.hmac(&secret, &[&counter.to_be_bytes()]));
        }
        bytes.truncate(length);
        bytes
    }
}

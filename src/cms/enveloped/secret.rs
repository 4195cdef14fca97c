//! Recipients who share a secret with the sender: a key (RFC 5652 §6.2.3) or a password (§6.2.4, RFC 3211).

use const_oid::ObjectIdentifier;
use spki::AlgorithmIdentifierOwned;
use zeroize::Zeroizing;

use super::ContentKey;
use crate::crypto::cipher::Decryptor;
use crate::crypto::{self, ContentAlgorithm, KeyWrap, kdf};

/// id-alg-PWRI-KEK (RFC 3370 §4.4.1).
const PWRI_KEK: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.3.9");

/// How a content key is encrypted under a key-encryption key.
#[derive(Debug, Clone)]
pub(super) enum Protection {
    /// PWRI-KEK with that cipher (RFC 3211 §2.3).
    Pwri(ContentAlgorithm),
    /// A key wrap.
    Wrap(KeyWrap),
}

impl Protection {
    /// From keyEncryptionAlgorithm. Whoever encrypts to a password may wrap with AES as well.
    pub(super) fn from_identifier(algorithm: &AlgorithmIdentifierOwned) -> Result<Self, crypto::Error> {
        const DAMAGED: crypto::Error = crypto::Error::Parameters("of the key encryption");
        if algorithm.oid != PWRI_KEK {
            return Ok(Self::Wrap(KeyWrap::from_identifier(algorithm)?));
        }
        let cipher: AlgorithmIdentifierOwned =
            algorithm.parameters.as_ref().ok_or(DAMAGED)?.decode_as().map_err(|_| DAMAGED)?;
        Ok(Self::Pwri(ContentAlgorithm::from_identifier(&cipher)?))
    }

    /// Bytes of the key-encryption key.
    pub(super) fn key_len(&self) -> usize {
        match self {
            Self::Pwri(cipher) => cipher.cipher.key_len(),
            Self::Wrap(wrap) => wrap.key_len(),
        }
    }

    pub(super) fn is_weak(&self) -> bool {
        match self {
            Self::Pwri(cipher) => cipher.cipher.is_weak(),
            Self::Wrap(wrap) => wrap.is_weak(),
        }
    }

    /// `pwri-kek` or the name of the wrap.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Pwri(_) => "pwri-kek".to_owned(),
            Self::Wrap(wrap) => wrap.to_string(),
        }
    }

    pub(super) fn unwrap(&self, key: &[u8], encrypted: &[u8]) -> Result<ContentKey, crypto::Error> {
        match self {
            Self::Pwri(cipher) => unwrap_pwri(cipher, key, encrypted),
            Self::Wrap(wrap) => wrap.unwrap(key, encrypted),
        }
    }

    /// The content key by a password, whose key is derived as `derivation` says.
    pub(super) fn unwrap_with_password(
        &self,
        derivation: &AlgorithmIdentifierOwned,
        password: &str,
        encrypted: &[u8],
        limits: &kdf::Limits,
    ) -> Result<ContentKey, crypto::Error> {
        self.unwrap(&kdf::derive(derivation, password.as_bytes(), self.key_len(), limits)?, encrypted)
    }
}

/// PWRI-KEK (RFC 3211 §2.3.2): encrypted twice with CBC, the second time with the last block of the first as IV; inside, a
/// length, the complement of the key's first three bytes, the key, and padding.
fn unwrap_pwri(cipher: &ContentAlgorithm, key: &[u8], encrypted: &[u8]) -> Result<ContentKey, crypto::Error> {
    const FAILED: crypto::Error = crypto::Error::Decryption;
    let block = cipher.cipher.block_len();
    if cipher.cipher.is_authenticated() || !encrypted.len().is_multiple_of(block) || encrypted.len() < 2 * block {
        return Err(FAILED);
    }
    let decryptor = Decryptor::new(cipher, key)?;
    let mut plain = Zeroizing::new(encrypted.to_vec());
    let (front, last) = plain.split_at_mut_checked(encrypted.len() - block).ok_or(FAILED)?;
    // Any position but 0 takes the block before from the argument.
    let before = front.rchunks(block).next().ok_or(FAILED)?;
    decryptor.decrypt(block as u64, before, last)?;
    decryptor.decrypt(block as u64, last, front)?;
    decryptor.decrypt(0, &[], &mut plain)?;
    let (head, rest) = plain.split_first_chunk::<4>().ok_or(FAILED)?;
    let [length, check @ ..] = *head;
    let holds = rest.iter().zip(check).take(3).fold(0xff, |all, (byte, check)| all & (byte ^ check)) == 0xff;
    match rest.get(..usize::from(length)) {
        Some(content_key) if holds && content_key.len() >= 3 => Ok(Zeroizing::new(content_key.to_vec())),
        _ => Err(FAILED),
    }
}

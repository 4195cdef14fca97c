//! Authenticating ciphertext and decrypting it from any block.

use aes::cipher::{Array, Block, BlockCipherDecrypt, BlockModeDecrypt, BlockSizeUser, InnerIvInit, KeyInit};
use rc2::Rc2;
use subtle::ConstantTimeEq;

use super::aead::{Aead, BLOCK};
use super::block::{Aes, with_aes};
use super::{ContentAlgorithm, ContentCipher, check_key};
use crate::crypto::Error;

/// Checks a stream of ciphertext against its tag without decrypting anything.
pub struct Authenticator {
    aead: Aead,
    algorithm: ContentAlgorithm,
}

impl Authenticator {
    /// Starts; the cipher must be an authenticated one. `content_len`: bytes of ciphertext that will come.
    ///
    /// # Errors
    /// When the key has the wrong length, the cipher is not authenticated, or there is more content than it allows.
    pub fn new(
        algorithm: &ContentAlgorithm,
        key: &[u8],
        associated_data: &[u8],
        content_len: u64,
    ) -> Result<Self, Error> {
        Ok(Self { aead: Aead::new(algorithm, key, associated_data, content_len)?, algorithm: algorithm.clone() })
    }

    /// Adds ciphertext.
    ///
    /// # Errors
    /// When there is more than the cipher allows.
    pub fn update(&mut self, ciphertext: &[u8]) -> Result<(), Error> {
        self.aead.authenticate(ciphertext)
    }

    /// Compares in constant time. A tag that is longer than the parameters say, as some programs write it, is compared as a
    /// whole where its length is no part of the calculation.
    ///
    /// # Errors
    /// [`Error::Decryption`] when the tag does not match.
    pub fn verify(self, tag: &[u8]) -> Result<(), Error> {
        let named = self.algorithm.tag_len;
        let longest = if self.algorithm.cipher.is_ccm() { named } else { BLOCK };
        let expected = self.aead.tag(tag.len())?;
        let fits = named >= 4 && (named..=longest).contains(&tag.len());
        if fits && bool::from(expected.ct_eq(tag)) { Ok(()) } else { Err(Error::Decryption) }
    }
}

/// Decrypts from any block on. Knows nothing of padding or tags.
pub struct Decryptor {
    mode: Decrypting,
    iv: Vec<u8>,
}

enum Decrypting {
    Aes(Aes),
    TripleDes(Box<des::TdesEde3>),
    Des(Box<des::Des>),
    Rc2(Box<Rc2>),
    Aead(Aead),
}

impl Decryptor {
    /// Starts.
    ///
    /// # Errors
    /// When the key has the wrong length.
    pub fn new(algorithm: &ContentAlgorithm, key: &[u8]) -> Result<Self, Error> {
        check_key(algorithm.cipher, key)?;
        Self::with_any_key(algorithm, key)
    }

    /// As [`Decryptor::new`], but RC2 takes a key of any length: a key-encryption key has more bits than count.
    pub(in crate::crypto) fn with_any_key(algorithm: &ContentAlgorithm, key: &[u8]) -> Result<Self, Error> {
        let wrong = |_| Error::Key("the content key has another length");
        let mode = match algorithm.cipher {
            cipher if cipher.is_authenticated() => Decrypting::Aead(Aead::new(algorithm, key, &[], 0)?),
            ContentCipher::TripleDesCbc => {
                Decrypting::TripleDes(Box::new(des::TdesEde3::new_from_slice(key).map_err(wrong)?))
            }
            ContentCipher::DesCbc => Decrypting::Des(Box::new(des::Des::new_from_slice(key).map_err(wrong)?)),
            ContentCipher::Rc2Cbc(bits @ 1..=1024) if (1..=128).contains(&key.len()) => {
                Decrypting::Rc2(Box::new(Rc2::new_with_eff_key_len(key, bits as usize)))
            }
            ContentCipher::Rc2Cbc(_) => return Err(Error::Parameters("RC2 with an unknown strength")),
            _ => Decrypting::Aes(Aes::new(key)?),
        };
        Ok(Self { mode, iv: algorithm.iv.clone() })
    }

    /// Decrypts in place, many blocks at once being the faster way. `position` is the offset of `data` in the ciphertext, a
    /// multiple of the block length; for CBC `data` is whole blocks and `previous` the ciphertext block before it (ignored
    /// at position 0, and by authenticated ciphers).
    ///
    /// # Errors
    /// When lengths are not as said.
    pub fn decrypt(&self, position: u64, previous: &[u8], data: &mut [u8]) -> Result<(), Error> {
        let previous = if position == 0 { self.iv.as_slice() } else { previous };
        match &self.mode {
            Decrypting::Aes(aes) => with_aes!(aes, aes => decrypt_cbc(aes.as_ref(), previous, data)),
            Decrypting::TripleDes(cipher) => decrypt_cbc(cipher.as_ref(), previous, data),
            Decrypting::Des(cipher) => decrypt_cbc(cipher.as_ref(), previous, data),
            Decrypting::Rc2(cipher) => decrypt_cbc(cipher.as_ref(), previous, data),
            Decrypting::Aead(aead) => aead.apply(position, data),
        }
    }
}

fn decrypt_cbc<C: BlockCipherDecrypt + BlockSizeUser>(
    cipher: &C,
    previous: &[u8],
    data: &mut [u8],
) -> Result<(), Error> {
    let wrong = Error::Parameters("ciphertext that is no whole number of blocks");
    let iv = <&Block<C>>::try_from(previous).map_err(|_| wrong.clone())?;
    let (blocks, rest) = Array::slice_as_chunks_mut(data);
    if !rest.is_empty() {
        return Err(wrong);
    }
    cbc::Decryptor::inner_iv_init(cipher, iv).decrypt_blocks(blocks);
    Ok(())
}

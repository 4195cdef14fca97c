//! Encrypting a stream.

use aes::cipher::{Array, BlockModeEncrypt, InnerIvInit};
use zeroize::Zeroizing;

use super::aead::Aead;
use super::block::{Aes, with_aes};
use super::{ContentAlgorithm, FOR_READING, check_key};
use crate::crypto::Error;

/// Encrypts a stream.
pub struct Encryptor {
    mode: Encrypting,
}

enum Encrypting {
    Cbc {
        aes: Aes,
        /// The last ciphertext block, or the IV.
        previous: [u8; 16],
        /// Plaintext that does not fill a block yet.
        rest: Zeroizing<Vec<u8>>,
    },
    Aead {
        aead: Aead,
        position: u64,
        /// Plaintext that does not fill a block yet.
        rest: Zeroizing<Vec<u8>>,
        tag_len: usize,
    },
}

impl Encryptor {
    /// Starts.
    ///
    /// # Errors
    /// When the key has the wrong length.
    pub fn new(algorithm: &ContentAlgorithm, key: &[u8], associated_data: &[u8]) -> Result<Self, Error> {
        check_key(algorithm.cipher, key)?;
        if !algorithm.cipher.is_written() {
            return Err(FOR_READING);
        }
        let rest = Zeroizing::new(Vec::with_capacity(16));
        let mode = if algorithm.cipher.is_authenticated() {
            let aead = Aead::new(algorithm, key, associated_data, 0)?;
            Encrypting::Aead { aead, position: 0, rest, tag_len: algorithm.tag_len }
        } else {
            let previous = algorithm.iv.as_slice().try_into().map_err(|_| Error::Parameters("IV"))?;
            Encrypting::Cbc { aes: Aes::new(key)?, previous, rest }
        };
        Ok(Self { mode })
    }

    /// Encrypts some bytes and appends what is ready to `out`.
    ///
    /// # Errors
    /// When the content is longer than the cipher allows (GCM: 64 GiB).
    pub fn update(&mut self, plain: &[u8], out: &mut Vec<u8>) -> Result<(), Error> {
        let start = out.len();
        let (Encrypting::Cbc { rest, .. } | Encrypting::Aead { rest, .. }) = &mut self.mode;
        let whole = (rest.len() + plain.len()) / 16 * 16;
        if whole == 0 {
            rest.extend_from_slice(plain);
            return Ok(());
        }
        let (now, later) = plain.split_at(whole - rest.len());
        out.extend_from_slice(rest);
        out.extend_from_slice(now);
        rest.clear();
        rest.extend_from_slice(later);
        let blocks = out.get_mut(start..).unwrap_or_default();
        match &mut self.mode {
            Encrypting::Cbc { aes, previous, .. } => {
                encrypt_cbc(aes, previous, blocks);
                Ok(())
            }
            Encrypting::Aead { aead, position, .. } => {
                aead.apply(*position, blocks)?;
                *position += blocks.len() as u64;
                aead.authenticate(blocks)
            }
        }
    }

    /// Appends the rest (padding) and returns the tag of an authenticated cipher.
    ///
    /// # Errors
    /// As [`Encryptor::update`].
    pub fn finish(self, out: &mut Vec<u8>) -> Result<Option<Vec<u8>>, Error> {
        let start = out.len();
        match self.mode {
            Encrypting::Cbc { aes, mut previous, rest } => {
                // PKCS #7 padding: 1 to 16 bytes, each their number (RFC 5652 §6.3).
                let missing = 16 - rest.len();
                out.extend_from_slice(&rest);
                out.resize(start + 16, u8::try_from(missing).unwrap_or(16));
                encrypt_cbc(&aes, &mut previous, out.get_mut(start..).unwrap_or_default());
                Ok(None)
            }
            Encrypting::Aead { mut aead, position, rest, tag_len } => {
                out.extend_from_slice(&rest);
                let last = out.get_mut(start..).unwrap_or_default();
                aead.apply(position, last)?;
                aead.authenticate(last)?;
                aead.tag(tag_len).map(Some)
            }
        }
    }
}

fn encrypt_cbc(aes: &Aes, previous: &mut [u8; 16], data: &mut [u8]) {
    with_aes!(aes, aes => {
        let mut mode = cbc::Encryptor::inner_iv_init(aes.as_ref(), <&Array<u8, _>>::from(&*previous));
        let (blocks, _) = Array::slice_as_chunks_mut(data);
        mode.encrypt_blocks(blocks);
        if let Some(last) = blocks.last() {
            previous.copy_from_slice(last);
        }
    });
}

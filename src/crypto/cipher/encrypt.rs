//! Encrypting a stream.

use aws_lc_rs::cipher::{AES_128, AES_192, AES_256, EncryptionContext, StreamingEncryptingKey, UnboundCipherKey};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::iv::FixedLength;
use zeroize::Zeroizing;

use super::aead::{Aead, BLOCK};
use super::{ContentAlgorithm, FOR_READING, check_key};
use crate::crypto::Error;

/// Encrypts a stream.
pub struct Encryptor {
    mode: Encrypting,
}

enum Encrypting {
    /// One block needs the one before, so that nothing but the speed of one block counts: this implementation has the edge.
    Cbc(StreamingEncryptingKey),
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
        let mode = if algorithm.cipher.is_authenticated() {
            let rest = Zeroizing::new(Vec::with_capacity(16));
            let aead = Aead::new(algorithm, key, associated_data, 0)?;
            Encrypting::Aead { aead, position: 0, rest, tag_len: algorithm.tag_len }
        } else {
            Encrypting::Cbc(cbc(key, &algorithm.iv)?)
        };
        Ok(Self { mode })
    }

    /// Encrypts some bytes and appends what is ready to `out`.
    ///
    /// # Errors
    /// When the content is longer than the cipher allows (GCM: 64 GiB).
    pub fn update(&mut self, plain: &[u8], out: &mut Vec<u8>) -> Result<(), Error> {
        let start = out.len();
        match &mut self.mode {
            Encrypting::Cbc(key) => {
                out.resize(start + plain.len() + BLOCK, 0);
                let room = out.get_mut(start..).unwrap_or_default();
                let written = key.update(plain, room).map_err(refused)?.written().len();
                out.truncate(start + written);
                Ok(())
            }
            Encrypting::Aead { aead, position, rest, .. } => {
                let whole = (rest.len() + plain.len()) / BLOCK * BLOCK;
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
            Encrypting::Cbc(key) => {
                let mut last = [0; BLOCK];
                let (_, update) = key.finish(&mut last).map_err(refused)?;
                out.extend_from_slice(update.written());
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

/// AES in CBC with PKCS #7 padding: 1 to 16 bytes, each their number (RFC 5652 §6.3).
fn cbc(key: &[u8], iv: &[u8]) -> Result<StreamingEncryptingKey, Error> {
    let algorithm = match key.len() {
        16 => &AES_128,
        24 => &AES_192,
        _ => &AES_256,
    };
    let iv: [u8; BLOCK] = iv.try_into().map_err(|_| Error::Parameters("IV"))?;
    let key = UnboundCipherKey::new(algorithm, key).map_err(refused)?;
    StreamingEncryptingKey::less_safe_cbc_pkcs7(key, EncryptionContext::Iv128(FixedLength::from(iv))).map_err(refused)
}

/// The library says no more.
fn refused(_: Unspecified) -> Error {
    Error::Parameters("the cipher refused")
}

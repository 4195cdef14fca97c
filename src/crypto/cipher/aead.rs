//! Authenticated ciphers as streams, their two halves apart: the check over the whole content, and the key stream from any block.

use super::ccm::Ccm;
use super::chacha::ChaCha;
use super::gcm::Gcm;
use super::{ContentAlgorithm, ContentCipher, check_key};
use crate::crypto::Error;

/// Bytes of a block.
pub(super) const BLOCK: usize = 16;

/// The state of an authenticated cipher over one content.
pub(super) enum Aead {
    Gcm(Box<Gcm>),
    Ccm(Box<Ccm>),
    ChaCha(Box<ChaCha>),
}

impl Aead {
    /// Starts. `content_len`: bytes of the content, which CCM authenticates first; the others take any.
    pub(super) fn new(
        algorithm: &ContentAlgorithm,
        key: &[u8],
        associated_data: &[u8],
        content_len: u64,
    ) -> Result<Self, Error> {
        check_key(algorithm.cipher, key)?;
        Ok(match algorithm.cipher {
            ContentCipher::Aes128Gcm | ContentCipher::Aes192Gcm | ContentCipher::Aes256Gcm => {
                Self::Gcm(Box::new(Gcm::new(algorithm, key, associated_data)?))
            }
            ContentCipher::Aes128Ccm | ContentCipher::Aes192Ccm | ContentCipher::Aes256Ccm => {
                Self::Ccm(Box::new(Ccm::new(algorithm, key, associated_data, content_len)?))
            }
            ContentCipher::ChaCha20Poly1305 => Self::ChaCha(Box::new(ChaCha::new(algorithm, key, associated_data)?)),
            _ => return Err(Error::Parameters("the cipher is not authenticated")),
        })
    }

    /// Encrypts or decrypts in place what stands at `position`, a multiple of [`BLOCK`].
    pub(super) fn apply(&self, position: u64, data: &mut [u8]) -> Result<(), Error> {
        if !position.is_multiple_of(BLOCK as u64) {
            return Err(Error::Parameters("a position inside of a block"));
        }
        match self {
            Self::Gcm(gcm) => gcm.apply(position, data),
            Self::Ccm(ccm) => ccm.apply(position, data),
            Self::ChaCha(chacha) => chacha.apply(position, data),
        }
    }

    /// Adds the next ciphertext to what the tag is over.
    pub(super) fn authenticate(&mut self, ciphertext: &[u8]) -> Result<(), Error> {
        match self {
            Self::Gcm(gcm) => gcm.hash(ciphertext),
            Self::Ccm(ccm) => return ccm.authenticate(ciphertext),
            Self::ChaCha(chacha) => chacha.hash(ciphertext),
        }
        Ok(())
    }

    /// The tag of what was added, cut to `tag_len` bytes.
    pub(super) fn tag(self, tag_len: usize) -> Result<Vec<u8>, Error> {
        let mut tag = match self {
            Self::Gcm(gcm) => gcm.tag(),
            Self::Ccm(ccm) => ccm.tag()?,
            Self::ChaCha(chacha) => chacha.tag(),
        };
        tag.truncate(tag_len);
        Ok(tag)
    }
}

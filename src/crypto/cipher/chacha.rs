//! ChaCha20-Poly1305 (RFC 8439 §2.8, RFC 8103), the tag and the key stream apart.

use chacha20::ChaCha20;
use chacha20::cipher::{KeyIvInit, StreamCipher, StreamCipherSeek};
use poly1305::Poly1305;
use poly1305::universal_hash::KeyInit;
use zeroize::Zeroizing;

use super::aead::BLOCK;
use super::padded::Padded;
use super::{ContentAlgorithm, check_key};
use crate::crypto::Error;

/// Bytes of key stream before that of the content: the block that the tag's key is from.
const FIRST: u64 = 64;

const LIMIT: Error = Error::Parameters("ChaCha20 content is limited to 256 GiB");

/// The state over one content.
pub(super) struct ChaCha {
    key: Zeroizing<Vec<u8>>,
    nonce: Vec<u8>,
    hash: Padded<Poly1305>,
}

/// The key stream from its first byte.
fn stream(key: &[u8], nonce: &[u8]) -> Result<ChaCha20, Error> {
    ChaCha20::new_from_slices(key, nonce).map_err(|_| Error::Parameters("the nonce of ChaCha20 has another length"))
}

impl ChaCha {
    pub(super) fn new(algorithm: &ContentAlgorithm, key: &[u8], associated_data: &[u8]) -> Result<Self, Error> {
        check_key(algorithm.cipher, key)?;
        let mut tag_key = Zeroizing::new([0; 32]);
        stream(key, &algorithm.iv)?.try_apply_keystream(tag_key.as_mut_slice()).map_err(|_| LIMIT)?;
        let hash = Poly1305::new_from_slice(tag_key.as_slice()).map_err(|_| Error::Key("of the tag"))?;
        let key = Zeroizing::new(key.to_vec());
        Ok(Self { key, nonce: algorithm.iv.clone(), hash: Padded::new(hash, associated_data) })
    }

    /// Adds the next ciphertext.
    pub(super) fn hash(&mut self, ciphertext: &[u8]) {
        self.hash.update(ciphertext);
    }

    pub(super) fn tag(self) -> Vec<u8> {
        self.hash.finish(lengths)
    }

    /// Encrypts or decrypts in place what stands at `position`.
    pub(super) fn apply(&self, position: u64, data: &mut [u8]) -> Result<(), Error> {
        let mut cipher = stream(&self.key, &self.nonce)?;
        cipher.try_seek(position.checked_add(FIRST).ok_or(LIMIT)?).map_err(|_| LIMIT)?;
        cipher.try_apply_keystream(data).map_err(|_| LIMIT)
    }
}

/// The block of two lengths, in bytes and little-endian, that ends a hash.
fn lengths(associated: u64, content: u64) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    let (left, right) = block.split_at_mut(BLOCK / 2);
    left.copy_from_slice(&associated.to_le_bytes());
    right.copy_from_slice(&content.to_le_bytes());
    block
}

#[cfg(test)]
mod tests {
    use super::super::{Authenticator, ContentCipher, Decryptor, Encryptor};
    use super::*;
    use crate::crypto::tests::unhex;

    /// RFC 8439 §2.8.2: what others write is read, and what is written is theirs.
    #[test]
    fn known_answer_holds() {
        let plain =
            b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen \
                      would be it.";
        let key: Vec<u8> = (0x80..0xa0).collect();
        let algorithm = ContentAlgorithm {
            cipher: ContentCipher::ChaCha20Poly1305,
            iv: unhex("070000004041424344454647"),
            tag_len: 16,
        };
        let associated = unhex("50515253c0c1c2c3c4c5c6c7");
        let expected = unhex(
            "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b\
             1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc\
             3ff4def08e4b7a9de576d26586cec64b6116",
        );
        let tag = unhex("1ae10b594f09e26a7e902ecbd0600691");
        let mut encryptor = Encryptor::new(&algorithm, &key, &associated).unwrap();
        let mut out = Vec::new();
        plain.chunks(7).for_each(|piece| encryptor.update(piece, &mut out).unwrap());
        assert_eq!(encryptor.finish(&mut out).unwrap(), Some(tag.clone()));
        assert_eq!(out, expected);
        let mut authenticator = Authenticator::new(&algorithm, &key, &associated, 114).unwrap();
        expected.chunks(5).for_each(|piece| authenticator.update(piece).unwrap());
        assert_eq!(authenticator.verify(&tag), Ok(()));
        let decryptor = Decryptor::new(&algorithm, &key).unwrap();
        for start in [0, 16, 96] {
            let mut part = expected[start..].to_vec();
            decryptor.decrypt(start as u64, &[], &mut part).unwrap();
            assert_eq!(part, plain[start..], "from {start}");
        }
    }

    /// The counter has 32 bits: there the content ends.
    #[test]
    fn content_ends_before_the_counter_comes_around() {
        let algorithm = ContentAlgorithm { cipher: ContentCipher::ChaCha20Poly1305, iv: vec![1; 12], tag_len: 16 };
        let decryptor = Decryptor::new(&algorithm, &[2; 32]).unwrap();
        for position in [1 << 38, u64::MAX - 15] {
            assert!(decryptor.decrypt(position, &[], &mut [0; 16]).is_err(), "{position}");
        }
    }
}

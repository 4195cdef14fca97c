//! Galois/Counter Mode (SP 800-38D) as a stream, its two halves apart: the hash over the ciphertext, and the key stream.

use aes::cipher::{Array, InnerIvInit, StreamCipher, StreamCipherCoreWrapper};
use ctr::CtrCore;
use ctr::flavors::Ctr32BE;
use ghash::GHash;
use ghash::universal_hash::UniversalHash;
use zeroize::Zeroizing;

use super::aead::BLOCK;
use super::block::{Aes, with_aes};
use super::padded::Padded;
use super::{ContentAlgorithm, check_key};
use crate::crypto::Error;

/// Bytes of content at most (SP 800-38D §5.2.1.1): beyond, the counter would come to blocks that were used.
const CONTENT: u64 = ((1 << 32) - 2) * BLOCK as u64;

/// The state of GCM over one content (SP 800-38D §7).
pub(super) struct Gcm {
    aes: Aes,
    /// J0: the counter block before that of the first content block.
    first: [u8; BLOCK],
    hash: Padded<GHash>,
}

impl Gcm {
    pub(super) fn new(algorithm: &ContentAlgorithm, key: &[u8], associated_data: &[u8]) -> Result<Self, Error> {
        check_key(algorithm.cipher, key)?;
        let aes = Aes::new(key)?;
        let mut subkey = Zeroizing::new([0; BLOCK]);
        aes.encrypt_block(&mut subkey);
        let hash = GHash::new(<&Array<u8, _>>::from(&*subkey));
        let first = first_counter(&hash, &algorithm.iv);
        Ok(Self { aes, first, hash: Padded::new(hash, associated_data) })
    }

    /// Hashes the next ciphertext.
    pub(super) fn hash(&mut self, ciphertext: &[u8]) {
        self.hash.update(ciphertext);
    }

    /// The tag of what was hashed.
    pub(super) fn tag(self) -> Vec<u8> {
        let mut mask = self.first;
        self.aes.encrypt_block(&mut mask);
        self.hash.finish(lengths).iter().zip(mask).map(|(hash, mask)| hash ^ mask).collect()
    }

    /// Encrypts or decrypts in place what stands at `position`, a multiple of the block's length (SP 800-38D §6.5).
    pub(super) fn apply(&self, position: u64, data: &mut [u8]) -> Result<(), Error> {
        const LIMIT: Error = Error::Parameters("GCM content is limited to 64 GiB");
        if position.checked_add(data.len() as u64).is_none_or(|end| end > CONTENT) {
            return Err(LIMIT);
        }
        let blocks = u32::try_from(position / BLOCK as u64).map_err(|_| LIMIT)?;
        // Only the last 32 bits count; they wrap.
        let [.., a, b, c, d] = self.first;
        let counter = u32::from_be_bytes([a, b, c, d]).wrapping_add(1).wrapping_add(blocks);
        let mut start = self.first;
        start[12..].copy_from_slice(&counter.to_be_bytes());
        with_aes!(&self.aes, aes => {
            let core = CtrCore::<_, Ctr32BE>::inner_iv_init(aes.as_ref(), <&Array<u8, _>>::from(&start));
            StreamCipherCoreWrapper::from_core(core).try_apply_keystream(data).map_err(|_| LIMIT)
        })
    }
}

/// The block of two lengths, in bits, that ends a hash.
fn lengths(associated: u64, content: u64) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    let (left, right) = block.split_at_mut(BLOCK / 2);
    left.copy_from_slice(&associated.wrapping_mul(8).to_be_bytes());
    right.copy_from_slice(&content.wrapping_mul(8).to_be_bytes());
    block
}

/// J0 (SP 800-38D §7.1 step 2).
fn first_counter(hash: &GHash, nonce: &[u8]) -> [u8; BLOCK] {
    let mut first = [0; BLOCK];
    if nonce.len() == 12 {
        first[..12].copy_from_slice(nonce);
        first[15] = 1;
    } else {
        let mut hash = hash.clone();
        hash.update_padded(nonce);
        hash.update_padded(&lengths(0, nonce.len() as u64));
        first.copy_from_slice(&hash.finalize());
    }
    first
}

#[cfg(test)]
mod tests {
    use super::super::{Authenticator, ContentCipher, Decryptor, Encryptor};
    use super::*;
    use crate::crypto::tests::unhex;

    /// The cases of the GCM submission (McGrew and Viega, appendix B) that SP 800-38D is tested with: key, nonce, plaintext,
    /// associated data, ciphertext, tag; 8 and 60 bytes of nonce take the other way to the first counter.
    #[test]
    fn known_answers_hold() {
        let key = "feffe9928665731c6d6a8f9467308308";
        let plain = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525\
                     b16aedf5aa0de657ba637b39";
        let associated = "feedfacedeadbeeffeedfacedeadbeefabaddad2";
        let long_nonce = "9313225df88406e555909c5aff5269aa6a7a9538534f7da1e4c303d2a318a728c3c0c95156809539fcf0e2429a6b5254\
                          16aedbf5a0de6a57a637b39b";
        let cases: [[&str; 6]; 5] = [
            [
                "00000000000000000000000000000000",
                "000000000000000000000000",
                "",
                "",
                "",
                "58e2fccefa7e3061367f1d57a4e7455a",
            ],
            [
                "00000000000000000000000000000000",
                "000000000000000000000000",
                "00000000000000000000000000000000",
                "",
                "0388dace60b6a392f328c2b971b2fe78",
                "ab6e47d42cec13bdf53a67b21257bddf",
            ],
            [
                key,
                "cafebabefacedbaddecaf888",
                plain,
                associated,
                "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa05\
                 1ba30b396a0aac973d58e091",
                "5bc94fbc3221a5db94fae95ae7121a47",
            ],
            [
                key,
                "cafebabefacedbad",
                plain,
                associated,
                "61353b4c2806934a777ff51fa22a4755699b2a714fcdc6f83766e5f97b6c742373806900e49f24b22b097544d4896b42\
                 4989b5e1ebac0f07c23f4598",
                "3612d2e79e3b0785561be14aaca2fccb",
            ],
            [
                key,
                long_nonce,
                plain,
                associated,
                "8ce24998625615b603a033aca13fb894be9112a5c3a211a8ba262a3cca7e2ca701e4a9a4fba43c90ccdcb281d48c7c6f\
                 d62875d2aca417034c34aee5",
                "619cc5aefffe0bfa462af43c1699d050",
            ],
        ];
        for case in cases {
            let [key, iv, plain, associated, cipher, tag] = case.map(unhex);
            let algorithm = ContentAlgorithm { cipher: ContentCipher::Aes128Gcm, iv, tag_len: 16 };
            let mut encryptor = Encryptor::new(&algorithm, &key, &associated).unwrap();
            let mut out = Vec::new();
            encryptor.update(&plain, &mut out).unwrap();
            assert_eq!(encryptor.finish(&mut out).unwrap(), Some(tag.clone()));
            assert_eq!(out, cipher);
            let mut authenticator = Authenticator::new(&algorithm, &key, &associated, plain.len() as u64).unwrap();
            authenticator.update(&cipher).unwrap();
            assert_eq!(authenticator.verify(&tag), Ok(()));
            Decryptor::new(&algorithm, &key).unwrap().decrypt(0, &[], &mut out).unwrap();
            assert_eq!(out, plain);
        }
    }

    /// Two blocks before 64 GiB the counter would come back to the block that masks the tag: there content ends.
    #[test]
    fn content_ends_before_the_counter_comes_around() {
        let algorithm = ContentAlgorithm { cipher: ContentCipher::Aes256Gcm, iv: vec![1; 12], tag_len: 16 };
        let decryptor = Decryptor::new(&algorithm, &[2; 32]).unwrap();
        let mut block = [0; BLOCK];
        assert_eq!(decryptor.decrypt(CONTENT - 16, &[], &mut block), Ok(()));
        for position in [CONTENT, CONTENT + 16, u64::MAX - 15, 8] {
            assert!(matches!(decryptor.decrypt(position, &[], &mut block), Err(Error::Parameters(_))), "{position}");
        }
        assert!(decryptor.decrypt(CONTENT - 16, &[], &mut [0; 17]).is_err());
    }
}

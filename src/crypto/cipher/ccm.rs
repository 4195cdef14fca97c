//! Counter with CBC-MAC (SP 800-38C, RFC 3610, RFC 5084), for reading only: the length of the content stands before it, which
//! whoever writes a stream does not know.

use aes::cipher::{Array, InnerIvInit, StreamCipher, StreamCipherCoreWrapper};
use aes::{Aes128, Aes192, Aes256};
use cbc_mac::{CbcMac, KeyInit, Mac};
use ctr::CtrCore;
use ctr::flavors::Ctr128BE;
use zeroize::Zeroizing;

use super::aead::BLOCK;
use super::block::{Aes, with_aes};
use super::{ContentAlgorithm, check_key};
use crate::crypto::Error;

const LIMIT: Error = Error::Parameters("CCM content is longer than its nonce allows");

/// The state of CCM over one content (SP 800-38C §6).
pub(super) struct Ccm {
    aes: Aes,
    mac: CbcMacOf,
    /// Ctr0: the counter block before that of the first content block.
    first: [u8; BLOCK],
    position: u64,
}

/// CBC-MAC with any key length of AES.
enum CbcMacOf {
    A128(Box<CbcMac<Aes128>>),
    A192(Box<CbcMac<Aes192>>),
    A256(Box<CbcMac<Aes256>>),
}

impl CbcMacOf {
    fn new(key: &[u8]) -> Result<Self, Error> {
        let wrong = |_| Error::Key("the content key has another length");
        Ok(match key.len() {
            16 => Self::A128(Box::new(CbcMac::new_from_slice(key).map_err(wrong)?)),
            24 => Self::A192(Box::new(CbcMac::new_from_slice(key).map_err(wrong)?)),
            _ => Self::A256(Box::new(CbcMac::new_from_slice(key).map_err(wrong)?)),
        })
    }

    fn update(&mut self, data: &[u8]) {
        match self {
            Self::A128(mac) => mac.update(data),
            Self::A192(mac) => mac.update(data),
            Self::A256(mac) => mac.update(data),
        }
    }

    /// What is missing to a whole block counts as zeros.
    fn finish(self) -> Vec<u8> {
        match self {
            Self::A128(mac) => mac.finalize().into_bytes().to_vec(),
            Self::A192(mac) => mac.finalize().into_bytes().to_vec(),
            Self::A256(mac) => mac.finalize().into_bytes().to_vec(),
        }
    }
}

impl Ccm {
    pub(super) fn new(
        algorithm: &ContentAlgorithm,
        key: &[u8],
        associated_data: &[u8],
        content_len: u64,
    ) -> Result<Self, Error> {
        check_key(algorithm.cipher, key)?;
        // q: bytes of the length field and of the counter.
        let nonce = algorithm.iv.as_slice();
        let counter_len = (BLOCK - 1).checked_sub(nonce.len()).filter(|length| (2..=8).contains(length));
        let counter_len = counter_len.ok_or(Error::Parameters("the nonce of CCM has an unusable length"))?;
        if counter_len < 8 && content_len >> (8 * counter_len) != 0 {
            return Err(LIMIT);
        }
        let mut mac = CbcMacOf::new(key)?;
        // SP 800-38C A.2.1: flags, nonce, length.
        let with_data = if associated_data.is_empty() { 0 } else { 0x40 };
        let tag = u8::try_from(algorithm.tag_len.saturating_sub(2) / 2).unwrap_or(7) & 7;
        let width = (counter_len - 1) as u8;
        let block = |flags: u8, number: u64| {
            let mut block = [0; BLOCK];
            block[8..].copy_from_slice(&number.to_be_bytes());
            block.iter_mut().zip(std::iter::once(&flags).chain(nonce)).for_each(|(to, from)| *to = *from);
            block
        };
        mac.update(&block(with_data | tag << 3 | width, content_len));
        if !associated_data.is_empty() {
            let length = encoded_length(associated_data.len());
            let padding = (length.len() + associated_data.len()).next_multiple_of(BLOCK);
            mac.update(&length);
            mac.update(associated_data);
            mac.update([0; BLOCK].get(..padding - length.len() - associated_data.len()).unwrap_or_default());
        }
        Ok(Self { aes: Aes::new(key)?, mac, first: block(width, 0), position: 0 })
    }

    /// Adds the next ciphertext. The tag is over the plaintext, which lives here only as long as it is added.
    pub(super) fn authenticate(&mut self, ciphertext: &[u8]) -> Result<(), Error> {
        let mut plain = Zeroizing::new(ciphertext.to_vec());
        self.apply(self.position, &mut plain)?;
        self.position = self.position.saturating_add(ciphertext.len() as u64);
        self.mac.update(&plain);
        Ok(())
    }

    pub(super) fn tag(self) -> Result<Vec<u8>, Error> {
        let mut mask = self.first;
        self.aes.encrypt_block(&mut mask);
        Ok(self.mac.finish().iter().zip(mask).map(|(mac, mask)| mac ^ mask).collect())
    }

    /// Encrypts or decrypts in place what stands at `position`.
    pub(super) fn apply(&self, position: u64, data: &mut [u8]) -> Result<(), Error> {
        // The counter ends below its field, as the length does: nothing is carried into the nonce.
        let skipped = usize::try_from(position % BLOCK as u64).unwrap_or(0);
        let counter = u128::from_be_bytes(self.first).wrapping_add(1).wrapping_add(u128::from(position / BLOCK as u64));
        let start = counter.to_be_bytes();
        with_aes!(&self.aes, aes => {
            let core = CtrCore::<_, Ctr128BE>::inner_iv_init(aes.as_ref(), <&Array<u8, _>>::from(&start));
            let mut stream = StreamCipherCoreWrapper::from_core(core);
            let mut before = [0; BLOCK];
            stream.try_apply_keystream(before.get_mut(..skipped).unwrap_or_default()).map_err(|_| LIMIT)?;
            stream.try_apply_keystream(data).map_err(|_| LIMIT)
        })
    }
}

/// The length of the associated data in front of it (SP 800-38C A.2.2).
fn encoded_length(length: usize) -> Vec<u8> {
    match (u16::try_from(length), u32::try_from(length)) {
        (Ok(short), _) if short < 0xff00 => short.to_be_bytes().to_vec(),
        (_, Ok(long)) => [&[0xff, 0xfe][..], &long.to_be_bytes()].concat(),
        _ => [&[0xff, 0xff][..], &(length as u64).to_be_bytes()].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Authenticator, ContentCipher, Decryptor};
    use super::*;
    use crate::crypto::tests::unhex;

    /// SP 800-38C appendix C, examples 1 to 4, and RFC 3610 packet vector 1: key, nonce, associated data, plaintext, ciphertext
    /// with the tag, bytes of the tag. Example 4 has so much associated data that its length is written in the longer way.
    #[test]
    fn known_answers_hold() {
        let key = "404142434445464748494a4b4c4d4e4f";
        let long: String = (0..256).cycle().take(65536).map(|byte| format!("{byte:02x}")).collect();
        let cases: [[&str; 5]; 5] = [
            [key, "10111213141516", "0001020304050607", "20212223", "7162015b4dac255d"],
            [
                key,
                "1011121314151617",
                "000102030405060708090a0b0c0d0e0f",
                "202122232425262728292a2b2c2d2e2f",
                "d2a1f0e051ea5f62081a7792073d593d1fc64fbfaccd",
            ],
            [
                key,
                "101112131415161718191a1b",
                "000102030405060708090a0b0c0d0e0f10111213",
                "202122232425262728292a2b2c2d2e2f3031323334353637",
                "e3b201a9f5b71a7a9b1ceaeccd97e70b6176aad9a4428aa5484392fbc1b09951",
            ],
            [
                key,
                "101112131415161718191a1b1c",
                &long,
                "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f",
                "69915dad1e84c6376a68c2967e4dab615ae0fd1faec44cc484828529463ccf72b4ac6bec93e8598e7f0dadbcea5b",
            ],
            [
                "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf",
                "00000003020100a0a1a2a3a4a5",
                "0001020304050607",
                "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e",
                "588c979a61c663d2f066d0c2c0f989806d5f6b61dac38417e8d12cfdf926e0",
            ],
        ];
        for case in cases {
            let [key, iv, associated, plain, encrypted] = case.map(unhex);
            let tag_len = encrypted.len() - plain.len();
            let algorithm = ContentAlgorithm { cipher: ContentCipher::Aes128Ccm, iv, tag_len };
            let (ciphertext, tag) = encrypted.split_at(plain.len());
            for piece in [1, 7, 16, 100] {
                let length = plain.len() as u64;
                let check = |associated: &[u8], ciphertext: &[u8], length| {
                    let mut authenticator = Authenticator::new(&algorithm, &key, associated, length).unwrap();
                    ciphertext.chunks(piece).for_each(|piece| authenticator.update(piece).unwrap());
                    authenticator.verify(tag)
                };
                assert_eq!(check(&associated, ciphertext, length), Ok(()), "{tag_len}");
                assert_eq!(check(&associated[1..], ciphertext, length), Err(Error::Decryption));
                assert_eq!(check(&associated, ciphertext, length + 1), Err(Error::Decryption));
                let mut changed = ciphertext.to_vec();
                changed[0] ^= 1;
                assert_eq!(check(&associated, &changed, length), Err(Error::Decryption));
            }
            let decryptor = Decryptor::new(&algorithm, &key).unwrap();
            let mut out = ciphertext.to_vec();
            decryptor.decrypt(0, &[], &mut out).unwrap();
            assert_eq!(out, plain);
            if plain.len() > 16 {
                let mut rest = ciphertext[16..].to_vec();
                decryptor.decrypt(16, &[], &mut rest).unwrap();
                assert_eq!(rest, plain[16..]);
            }
        }
    }

    /// A nonce of 13 bytes leaves two for the length.
    #[test]
    fn content_is_as_long_as_the_nonce_allows() {
        let algorithm = ContentAlgorithm { cipher: ContentCipher::Aes128Ccm, iv: vec![1; 13], tag_len: 16 };
        assert!(Authenticator::new(&algorithm, &[2; 16], &[], 65_535).is_ok());
        assert!(Authenticator::new(&algorithm, &[2; 16], &[], 65_536).is_err());
        for length in [0, 6, 14, 16] {
            let algorithm = ContentAlgorithm { iv: vec![1; length], ..algorithm.clone() };
            assert!(Authenticator::new(&algorithm, &[2; 16], &[], 1).is_err(), "{length}");
        }
    }
}

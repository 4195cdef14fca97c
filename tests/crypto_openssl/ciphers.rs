//! Content encryption.

use std::fs;

use waxwing::crypto::Error;
use waxwing::crypto::cipher::{Authenticator, ContentAlgorithm, ContentCipher, Decryptor, Encryptor};

use crate::{folder, hex, openssl};

/// CBC: openssl decrypts ours and we decrypt its output, from the front and from any block in the middle.
#[test]
fn cbc_works_both_ways_and_from_any_block() {
    let Some((_keep, folder)) = folder() else { return };
    let plain: Vec<u8> = (0..100_003u32).map(|i| (i % 251) as u8).collect();
    fs::write(folder.join("plain"), &plain).unwrap();
    for (cipher, name) in [
        (ContentCipher::Aes128Cbc, "-aes-128-cbc"),
        (ContentCipher::Aes192Cbc, "-aes-192-cbc"),
        (ContentCipher::Aes256Cbc, "-aes-256-cbc"),
        (ContentCipher::TripleDesCbc, "-des-ede3-cbc"),
    ] {
        let key: Vec<u8> = (1..=cipher.key_len() as u8).collect();
        let iv: Vec<u8> = (100..100 + cipher.block_len() as u8).collect();
        let algorithm = ContentAlgorithm { cipher, iv: iv.clone(), tag_len: 0 };
        let theirs =
            openssl(&folder, &format!("enc {name} -K {} -iv {} -in plain", hex::encode(&key), hex::encode(&iv)));
        let decryptor = Decryptor::new(&algorithm, &key).unwrap();
        let mut whole = theirs.clone();
        decryptor.decrypt(0, &[], &mut whole).unwrap();
        assert!(whole[..plain.len()] == plain, "{cipher}");
        let block = cipher.block_len();
        for start in [block, 5 * block, 1000 * block] {
            let mut part = theirs[start..start + 64 * block].to_vec();
            decryptor.decrypt(start as u64, &theirs[start - block..start], &mut part).unwrap();
            assert!(part == plain[start..start + 64 * block], "{cipher} from {start}");
        }
        if !cipher.is_weak() {
            let mut encryptor = Encryptor::new(&algorithm, &key, &[]).unwrap();
            let mut ours = Vec::new();
            for piece in plain.chunks(777) {
                encryptor.update(piece, &mut ours).unwrap();
            }
            assert_eq!(encryptor.finish(&mut ours).unwrap(), None);
            assert!(ours == theirs, "{cipher}");
        }
    }
}

/// GCM and ChaCha20-Poly1305 against another implementation (AWS-LC), with associated data, odd lengths and random access; any
/// change is noticed.
#[test]
fn authenticated_ciphers_equal_another_implementation() {
    use aws_lc_rs::aead;
    for (cipher, algorithm) in [
        (ContentCipher::Aes128Gcm, &aead::AES_128_GCM),
        (ContentCipher::Aes192Gcm, &aead::AES_192_GCM),
        (ContentCipher::Aes256Gcm, &aead::AES_256_GCM),
        (ContentCipher::ChaCha20Poly1305, &aead::CHACHA20_POLY1305),
    ] {
        for length in [0usize, 1, 15, 16, 17, 31, 4096, 70_001] {
            let plain: Vec<u8> = (0..length).map(|i| (i % 253) as u8).collect();
            let key: Vec<u8> = (1..=cipher.key_len() as u8).collect();
            let nonce = [7; 12];
            let associated = b"attributes";
            let other = aead::LessSafeKey::new(aead::UnboundKey::new(algorithm, &key).unwrap());
            let mut expected = plain.clone();
            let nonce_value = aead::Nonce::assume_unique_for_key(nonce);
            other.seal_in_place_append_tag(nonce_value, aead::Aad::from(associated), &mut expected).unwrap();
            let (expected, tag) = expected.split_at(length);

            let ours = ContentAlgorithm { cipher, iv: nonce.to_vec(), tag_len: 16 };
            let mut encryptor = Encryptor::new(&ours, &key, associated).unwrap();
            let mut encrypted = Vec::new();
            for piece in plain.chunks(501) {
                encryptor.update(piece, &mut encrypted).unwrap();
            }
            assert_eq!(encryptor.finish(&mut encrypted).unwrap().unwrap(), tag, "{cipher} {length}");
            assert!(encrypted == expected, "{cipher} {length}");

            let check = |ciphertext: &[u8], tag: &[u8]| {
                let mut authenticator = Authenticator::new(&ours, &key, associated, length as u64).unwrap();
                ciphertext.chunks(333).for_each(|piece| authenticator.update(piece).unwrap());
                authenticator.verify(tag)
            };
            check(expected, tag).unwrap();
            assert_eq!(check(expected, &tag[..15]), Err(Error::Decryption));
            let mut changed = expected.to_vec();
            changed.push(0);
            assert_eq!(check(&changed, tag), Err(Error::Decryption));

            let decryptor = Decryptor::new(&ours, &key).unwrap();
            let start = length / 2 / 16 * 16;
            let mut part = expected[start..].to_vec();
            decryptor.decrypt(start as u64, &[], &mut part).unwrap();
            assert!(part == plain[start..], "{cipher} from {start}");
        }
    }
}

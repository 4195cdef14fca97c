//! Bytes from strangers: whatever stands in a key, an identifier, a signature or a ciphertext, the answer is an error.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use der::asn1::Any;
use der::{Decode, Encode};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use waxwing::crypto::agreement::{self, KeyAgreement};
use waxwing::crypto::cipher::{Authenticator, ContentAlgorithm, Decryptor};
use waxwing::crypto::key::PrivateKeyOperations;
use waxwing::crypto::signature::{self, Input};
use waxwing::crypto::transport::{self, KeyTransport};
use waxwing::crypto::{DigestAlgorithm, KeyKind, KeyWrap, PrivateKey, SignatureAlgorithm, kdf};

/// Keys of every kind, made once.
fn keys() -> &'static [PrivateKey] {
    static KEYS: std::sync::OnceLock<Vec<PrivateKey>> = std::sync::OnceLock::new();
    KEYS.get_or_init(|| {
        [KeyKind::Rsa(2048), KeyKind::P256, KeyKind::P384, KeyKind::P521, KeyKind::Ed25519, KeyKind::X25519]
            .map(|kind| PrivateKey::generate(kind).unwrap())
            .into()
    })
}

/// A few octets overwritten, and perhaps the end cut off.
fn damage(bytes: &mut Vec<u8>, changes: &[(Index, u8)], cut: Option<Index>) {
    for (at, value) in changes {
        let at = at.index(bytes.len());
        bytes[at] = *value;
    }
    if let Some(cut) = cut {
        bytes.truncate(cut.index(bytes.len()));
    }
}

fn changes() -> impl Strategy<Value = Vec<(Index, u8)>> {
    vec((any::<Index>(), any::<u8>()), 0..4)
}

/// Every identifier that this part reads, with its parameters as the writer makes them.
fn identifiers() -> Vec<AlgorithmIdentifierOwned> {
    let digest = DigestAlgorithm::Sha256;
    let oaep = KeyTransport::Oaep { digest, mgf: digest, label: b"label".to_vec() };
    let mut all = vec![
        SignatureAlgorithm::pss(digest).identifier(),
        SignatureAlgorithm::RsaPkcs1v15(digest).identifier(),
        oaep.identifier(),
        KeyWrap::Aes256.identifier(),
        kdf::encrypt_with_password("x", 1, b"x").unwrap().0,
        kdf::encrypt_with_scrypt("x", 4, 1, b"x").unwrap().0,
    ];
    for key in keys() {
        all.extend(KeyAgreement::for_recipient(key.public_key(), 32).ok().map(|method| method.identifier()));
    }
    use waxwing::crypto::ContentCipher::{Aes128Gcm, Aes192Ccm, Aes256Cbc, ChaCha20Poly1305};
    all.push(ContentAlgorithm { cipher: Aes192Ccm, iv: vec![1; 12], tag_len: 8 }.identifier());
    all.extend(
        [Aes256Cbc, Aes128Gcm, ChaCha20Poly1305].map(|cipher| ContentAlgorithm::generate(cipher).unwrap().identifier()),
    );
    for oid in ["1.2.840.113549.3.2", "1.2.840.113549.1.12.1.6", "1.2.840.113549.1.5.10", "1.2.840.10045.4.3"] {
        let parameters = Any::from_der(&[0x30, 8, 4, 3, 1, 2, 3, 2, 1, 1]).unwrap();
        all.push(AlgorithmIdentifierOwned { oid: oid.parse().unwrap(), parameters: Some(parameters) });
    }
    all
}

proptest! {
    /// Anything may be dropped as a key file.
    #[test]
    fn any_bytes_as_a_key(bytes in vec(any::<u8>(), 0..300)) {
        let _ = PrivateKey::from_any(&bytes);
    }

    /// Text that looks like PEM.
    #[test]
    fn any_text_as_a_key(text in "(-----(BEGIN|END) (EC |RSA |ENCRYPTED )?PRIVATE KEY-----|[A-Za-z0-9+/=:]{0,70}|\n|é){0,12}") {
        let _ = PrivateKey::from_any(text.as_bytes());
    }

    /// A damaged key is refused, or is a key that can be written and read again.
    #[test]
    fn damaged_keys(which in any::<Index>(), changes in changes(), cut in any::<Option<Index>>()) {
        let mut bytes = which.get(keys()).to_pkcs8().unwrap().to_vec();
        damage(&mut bytes, &changes, cut);
        if let Ok(key) = PrivateKey::from_any(&bytes) {
            let again = PrivateKey::from_pkcs8(&key.to_pkcs8().unwrap()).unwrap();
            prop_assert_eq!(again.public_key(), key.public_key());
            let _ = key.sign(SignatureAlgorithm::RsaPkcs1v15(DigestAlgorithm::Sha256), Input::Message(b"x"));
        }
    }

    /// A damaged public key verifies nothing that it did not sign, encrypts or fails, and agrees or fails.
    #[test]
    fn damaged_public_keys(which in any::<Index>(), changes in changes(), signature in vec(any::<u8>(), 0..300)) {
        let key = which.get(keys());
        let mut bytes = key.public_key().to_der().unwrap();
        damage(&mut bytes, &changes, None);
        if let Ok(public) = SubjectPublicKeyInfoOwned::from_der(&bytes) {
            for algorithm in [
                SignatureAlgorithm::RsaPkcs1v15(DigestAlgorithm::Sha1),
                SignatureAlgorithm::RsaPss { digest: DigestAlgorithm::Sha256, mgf: DigestAlgorithm::Sha1, salt_len: 7 },
                SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha384),
                SignatureAlgorithm::Ed25519,
            ] {
                prop_assert!(signature::verify(&public, algorithm, Input::Message(b"x"), &signature).is_err());
            }
            let _ = transport::encrypt(&public, &KeyTransport::Pkcs1v15, &[1; 32]);
            let _ = key.agree(&public);
        }
    }

    /// Damaged identifiers end in an error or in an algorithm that can be written, and used on any bytes.
    #[test]
    fn damaged_identifiers(which in any::<Index>(), changes in changes(), data in vec(any::<u8>(), 0..100)) {
        let mut bytes = which.get(&identifiers()).to_der().unwrap();
        damage(&mut bytes, &changes, None);
        let Ok(identifier) = AlgorithmIdentifierOwned::from_der(&bytes) else { return Ok(()) };
        if let Ok(algorithm) = SignatureAlgorithm::from_cms(&identifier, DigestAlgorithm::Sha512) {
            let _ = algorithm.identifier();
            let _ = signature::verify(keys()[0].public_key(), algorithm, Input::Message(b"x"), &data);
        }
        if let Ok(transport) = KeyTransport::from_identifier(&identifier) {
            prop_assert_eq!(KeyTransport::from_identifier(&transport.identifier()), Ok(transport.clone()));
            let _ = keys()[0].decrypt(&transport, &data, 32);
        }
        if let Ok(method) = KeyAgreement::from_identifier(&identifier) {
            for key in keys() {
                let _ = agreement::unwrap(key, keys()[1].public_key(), &method, Some(&data), &data);
            }
        }
        if let Ok(algorithm) = ContentAlgorithm::from_identifier(&identifier) {
            let key = vec![1; algorithm.cipher.key_len()];
            let mut text = data.clone();
            let _ = Decryptor::new(&algorithm, &key).and_then(|decryptor| decryptor.decrypt(0, &[], &mut text));
            let authenticator = Authenticator::new(&algorithm, &key, &data, data.len() as u64);
            let _ = authenticator.and_then(|mut authenticator| {
                authenticator.update(&data)?;
                authenticator.verify(&data)
            });
            let _ = algorithm.identifier();
        }
        let limits = kdf::Limits { iterations: 1000, memory: 1 << 20 };
        for password in ["", "x"] {
            let _ = kdf::decrypt_with_password(&identifier, password, &data, &limits);
        }
    }

    /// Whatever comes in as an encrypted content key, RSA with PKCS #1 v1.5 gives a key of the expected length.
    #[test]
    fn any_encrypted_key(encrypted in vec(any::<u8>(), 0..300), length in 0..64usize) {
        let key = keys()[0].decrypt(&KeyTransport::Pkcs1v15, &encrypted, length).unwrap();
        prop_assert_eq!(key.len(), length);
    }
}

/// A modulus of megabytes costs nothing: its size is looked at before any arithmetic.
#[test]
fn huge_numbers_are_refused_at_once() {
    let started = std::time::Instant::now();
    let number = der::asn1::Uint::new(&vec![0xff; 4_000_000]).unwrap();
    let exponent = der::asn1::Uint::new(&[1, 0, 1]).unwrap();
    let sequence = |numbers: &[&der::asn1::Uint]| {
        let mut body = Vec::new();
        numbers.iter().for_each(|number| number.encode_to_vec(&mut body).map(drop).unwrap());
        Any::new(der::Tag::Sequence, body).unwrap().to_der().unwrap()
    };
    let mut public = keys()[0].public_key().clone();
    for numbers in [[&number, &exponent], [&exponent, &number], [&number, &number]] {
        public.subject_public_key = der::asn1::BitString::from_bytes(&sequence(&numbers)).unwrap();
        assert!(KeyKind::of(&public).is_err() || transport::encrypt(&public, &KeyTransport::Pkcs1v15, &[1]).is_err());
    }
    let zero = der::asn1::Uint::new(&[0]).unwrap();
    for (modulus, exponent, rest) in [(&number, &exponent, &exponent), (&exponent, &number, &number)] {
        let private = sequence(&[&zero, modulus, exponent, rest, rest, rest, rest, rest, rest]);
        assert!(PrivateKey::from_any(&private).is_err());
    }
    let bits: Vec<u8> = std::iter::once(0x80).chain(std::iter::repeat_n(1, 255)).collect();
    let modulus = der::asn1::Uint::new(&bits).unwrap();
    public.subject_public_key = der::asn1::BitString::from_bytes(&sequence(&[&modulus, &number])).unwrap();
    assert!(transport::encrypt(&public, &KeyTransport::Pkcs1v15, &[1]).is_err());
    let private = sequence(&[&zero, &modulus, &number, &number, &number, &number, &number, &number, &number]);
    assert!(PrivateKey::from_any(&private).is_err());
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

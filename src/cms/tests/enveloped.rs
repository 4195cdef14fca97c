//! Encryption: who can read, and that nobody reads what was changed.

use super::*;
use crate::cms::enveloped::{OpenError, RecipientId, RecipientKind};
use crate::crypto::Error;

const CIPHERS: [ContentCipher; 7] = [
    ContentCipher::Aes128Cbc,
    ContentCipher::Aes192Cbc,
    ContentCipher::Aes256Cbc,
    ContentCipher::Aes128Gcm,
    ContentCipher::Aes192Gcm,
    ContentCipher::Aes256Gcm,
    ContentCipher::ChaCha20Poly1305,
];

/// Everybody in the list reads every cipher's message, nobody else does, and BER changes nothing.
#[test]
fn every_recipient_reads() {
    let oaep = |digest, mgf| KeyTransport::Oaep { digest, mgf, label: Vec::new() };
    let (rsa, p256, p521) = (Person::rsa(), Person::p256(), &Person::new(KeyKind::P521));
    let to = [
        rsa.recipient(),
        RecipientCertificate {
            certificate: &rsa.certificate,
            transport: oaep(DigestAlgorithm::Sha256, DigestAlgorithm::Sha256),
        },
        p256.recipient(),
        RecipientCertificate {
            certificate: &rsa.certificate,
            transport: oaep(DigestAlgorithm::Sha512, DigestAlgorithm::Sha1),
        },
        p521.recipient(),
    ];
    for cipher in CIPHERS {
        let message = envelope(cipher, &to, b"content", 2);
        for message in [as_ber(&defined(&message), 9), message] {
            let enveloped = read_enveloped(&message);
            assert_eq!((enveloped.recipients.len(), enveloped.damaged_recipients), (5, 0));
            assert_eq!(enveloped.authentication.is_some(), cipher.is_authenticated());
            assert_eq!(enveloped.algorithm.as_ref().unwrap().cipher, cipher);
            let mut read = 0;
            for person in [rsa, p256, p521] {
                for recipient in &enveloped.recipients {
                    if !recipient.id.matches(&person.certificate) {
                        continue;
                    }
                    let key: &dyn PrivateKeyOperations = &person.key;
                    let key = recipient.unwrap_key(key, cipher.key_len()).unwrap();
                    assert_eq!(enveloped.open(&key).unwrap().read_all(100).unwrap(), b"content", "{recipient:?}");
                    read += 1;
                }
            }
            assert_eq!(read, 5);
        }
    }
    let kinds: Vec<_> = read_enveloped(&envelope(ContentCipher::Aes128Cbc, &to, b"", 1))
        .recipients
        .iter()
        .map(|recipient| (recipient.kind, recipient.algorithm.clone()))
        .collect();
    for expected in ["rsa-pkcs1v15", "rsa-oaep", "ecdh-x963kdf-sha-256", "ecdh-x963kdf-sha-512"] {
        assert!(kinds.iter().any(|(_, algorithm)| algorithm == expected), "{kinds:?}");
    }
    assert_eq!(kinds.iter().filter(|(kind, _)| *kind == RecipientKind::KeyAgreement).count(), 2);
}

/// The message with definite lengths, so that it can be put into another form again.
fn defined(ber: &[u8]) -> Vec<u8> {
    crate::asn1::to_der(ber, &Limits::default()).unwrap()
}

/// Every length around the block's comes back, and the view never shows padding.
#[test]
fn padding_is_never_content() {
    let person = Person::p256();
    for cipher in CIPHERS {
        for size in (0..50).chain([4095, 4096, 4097, 8191, 8192, 8193, 65_535, 65_536, 65_537]) {
            let content = numbers(size);
            let enveloped = read_enveloped(&envelope(cipher, &[person.recipient()], &content, 64));
            let key = enveloped.recipients[0].unwrap_key(&person.key, cipher.key_len()).unwrap();
            let plain = enveloped.open(&key).unwrap();
            assert_eq!(plain.len().unwrap(), size as u64);
            assert!(plain.read_all(size).unwrap() == content, "{cipher} {size}");
            assert_eq!(plain.read_at(size as u64, &mut [0]).unwrap(), 0);
        }
    }
}

/// A changed byte of an authenticated message, its length or its tag leaves no plaintext at all; a wrong key and a wrong
/// padding look the same (RFC 3218).
#[test]
fn changed_ciphertext_is_not_read() {
    let person = Person::p256();
    for cipher in CIPHERS {
        let mut enveloped = read_enveloped(&envelope(cipher, &[person.recipient()], &numbers(100), 100));
        let key = enveloped.recipients[0].unwrap_key(&person.key, cipher.key_len()).unwrap();
        let right = enveloped.ciphertext.read_all(1000).unwrap();
        // In CBC a bit of one block is one of the next block's text: the last byte of the padding is certainly wrong then.
        let mut last_changed = right.clone();
        let last = right.len() - 1 - if cipher.is_authenticated() { 0 } else { cipher.block_len() };
        last_changed[last] ^= 1;
        let cut = right[..right.len() - 1].to_vec();
        for wrong in [last_changed, cut, Vec::new()] {
            enveloped.ciphertext = Source::from_bytes(wrong);
            let result = enveloped.open(&key).map(|_| ());
            assert!(matches!(result, Err(OpenError::Crypto(Error::Decryption))), "{cipher}: {result:?}");
        }
        enveloped.ciphertext = Source::from_bytes(right);
        assert!(enveloped.open(&key).is_ok());
        if let Some(authentication) = &mut enveloped.authentication {
            authentication.attributes = tlv(0x31, &[]);
            assert!(enveloped.open(&key).is_err());
        }
        assert!(enveloped.open(&key[1..].to_vec().into()).is_err());
    }
}

/// Some programs write GCM into EnvelopedData and append the tag; without a tag that holds nothing is read.
#[test]
fn appended_tags_are_checked() {
    let person = Person::p256();
    let message = envelope(ContentCipher::Aes256Gcm, &[person.recipient()], b"content", 100);
    let mut parts = read_enveloped(&message);
    let tag = parts.authentication.take().unwrap().mac;
    let ciphertext = [parts.ciphertext.read_all(100).unwrap(), tag.clone()].concat();
    // The other type has the same fields up to the ciphertext.
    let message = defined(&message);
    let ciphertext_at = message.windows(ciphertext.len() - 16).position(|bytes| ciphertext.starts_with(bytes)).unwrap();
    let (start, _) = header(&message);
    let oid = const_oid::db::rfc5911::ID_ENVELOPED_DATA;
    let (outer, _) = header(&message[start + 13..]);
    let inner_at = start + 13 + outer;
    let (inner, _) = header(&message[inner_at..]);
    let fields = &message[inner_at + inner..ciphertext_at - 4];
    // Up to encryptedContentInfo, whose length changes.
    let info_at = fields.windows(2).rposition(|bytes| bytes[0] == 0x30 && usize::from(bytes[1]) > 0x30).unwrap();
    let info = tlv(0x30, &[&fields[info_at + 2..], &tlv(0x80, &[&ciphertext])]);
    let content = tlv(0xa0, &[&tlv(0x30, &[&fields[..info_at], &info])]);
    let message = tlv(0x30, &[&der::Encode::to_der(&oid).unwrap(), &content]);
    let mut enveloped = read_enveloped(&message);
    assert_eq!(enveloped.authentication.as_ref().unwrap().mac, tag);
    let key = enveloped.recipients[0].unwrap_key(&person.key, 32).unwrap();
    assert_eq!(enveloped.open(&key).unwrap().read_all(100).unwrap(), b"content");
    enveloped.authentication = None;
    assert!(enveloped.open(&key).is_err());
}

/// A name in the list finds its certificate by every way of naming it, whatever the encoding of the number.
#[test]
fn recipients_are_found() {
    let Person { certificate, .. } = Person::rsa();
    let (issuer, serial) = (certificate.issuer_der().to_vec(), certificate.serial().to_vec());
    let by_number = RecipientId::IssuerAndSerial { issuer: issuer.clone(), serial: serial.clone() };
    assert!(by_number.matches(certificate) && !by_number.matches(&Person::p256().certificate));
    let padded = RecipientId::IssuerAndSerial { issuer: issuer.clone(), serial: [vec![0], serial.clone()].concat() };
    assert!(padded.matches(certificate));
    let other_name = RecipientId::IssuerAndSerial { issuer: tlv(0x30, &[]), serial };
    assert!(!other_name.matches(certificate));
    let by_key = RecipientId::SubjectKeyIdentifier(certificate.subject_key_identifier().unwrap());
    assert!(by_key.matches(certificate) && !by_key.matches(&Person::p256().certificate));
    assert!(!RecipientId::Other(vec![1]).matches(certificate));
    assert!(by_number.to_string().starts_with("CN=Test, serial "), "{by_number}");
    assert_eq!(RecipientId::SubjectKeyIdentifier(vec![0x0a, 0xff]).to_string(), "key 0aff");
    assert_eq!(RecipientId::Other(vec![]).to_string(), "");
}

/// Old ciphers are not written, and nobody is no recipient.
#[test]
fn what_is_not_written() {
    let to = [Person::rsa().recipient()];
    for cipher in
        [ContentCipher::TripleDesCbc, ContentCipher::Rc2Cbc(128), ContentCipher::DesCbc, ContentCipher::Aes256Ccm]
    {
        assert!(EnvelopeWriter::new(cipher, &to, rfc5911::ID_DATA, Vec::new()).is_err());
    }
    assert!(EnvelopeWriter::new(ContentCipher::Aes256Cbc, &[], rfc5911::ID_DATA, Vec::new()).is_err());
    let ed25519 = Person::new(KeyKind::Ed25519);
    let cannot = EnvelopeWriter::new(ContentCipher::Aes256Cbc, &[ed25519.recipient()], rfc5911::ID_DATA, Vec::new());
    assert!(cannot.is_err());
}

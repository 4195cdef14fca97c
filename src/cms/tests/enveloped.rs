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

/// Every kind of key reads what was written for it with every cipher, and nobody else's key does: each way to the content key
/// with each cipher of the content.
#[test]
fn every_kind_of_key_reads_every_cipher() {
    use crate::crypto::MlKem;
    let oaep = |digest, mgf, label: &[u8]| KeyTransport::Oaep { digest, mgf, label: label.to_vec() };
    let (sha256, sha384, sha512) = (DigestAlgorithm::Sha256, DigestAlgorithm::Sha384, DigestAlgorithm::Sha512);
    let transports = [
        KeyTransport::Pkcs1v15,
        oaep(DigestAlgorithm::Sha1, DigestAlgorithm::Sha1, b""),
        oaep(sha256, sha256, b""),
        oaep(sha384, DigestAlgorithm::Sha1, b"label"),
        oaep(sha512, sha256, b""),
    ];
    let elliptic = [KeyKind::P256, KeyKind::P384, KeyKind::P521, KeyKind::X25519, KeyKind::X448].map(Person::new);
    let post_quantum = MlKem::ALL.iter().map(|set| Person::new(KeyKind::MlKem(*set)));
    let mut people: Vec<(&Person, KeyTransport)> = transports.map(|transport| (Person::rsa(), transport)).into();
    let others: Vec<Person> = elliptic.into_iter().chain(post_quantum).collect();
    people.extend(others.iter().map(|person| (person, KeyTransport::Pkcs1v15)));
    for cipher in CIPHERS {
        for (number, (person, transport)) in people.iter().enumerate() {
            let to = [RecipientCertificate { certificate: &person.certificate, transport: transport.clone() }];
            let message = envelope(cipher, &to, b"content", 3);
            for message in [as_ber(&defined(&message), 5), message] {
                let enveloped = read_enveloped(&message);
                let [recipient] = enveloped.recipients.as_slice() else { panic!("{:?}", enveloped.recipients) };
                let what = format!("{} {transport:?} {cipher}", person.key.kind());
                assert!(recipient.id.matches(&person.certificate) && !recipient.is_weak(), "{what}");
                let kind = match person.key.kind() {
                    KeyKind::Rsa(_) => RecipientKind::KeyTransport,
                    KeyKind::MlKem(_) => RecipientKind::Kem,
                    _ => RecipientKind::KeyAgreement,
                };
                assert_eq!(recipient.kind, kind, "{what}");
                let key = recipient.unwrap_key(&person.key, cipher.key_len()).unwrap();
                assert_eq!(enveloped.open(&key).unwrap().read_all(100).unwrap(), b"content", "{what}");
                let (stranger, _) = &people[(number + 5) % people.len()];
                let other = recipient.unwrap_key(&stranger.key, cipher.key_len());
                let other = other.map_err(OpenError::from).and_then(|key| enveloped.open(&key));
                let same = std::ptr::eq(*stranger, *person);
                assert!(same || other.is_err() || !cipher.is_authenticated(), "{what}");
            }
        }
    }
}

/// The message with definite lengths, so that it can be put into another form again.
fn defined(ber: &[u8]) -> Vec<u8> {
    crate::asn1::to_der(ber, &Limits::default()).unwrap()
}

/// A value whose length has more octets than it needs (X.690 §8.1.3.5 lets BER do that).
fn long(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    [&[tag, 0x84][..], &(content.len() as u32).to_be_bytes(), &content].concat()
}

/// Whatever version it claims, in whatever order its recipients stand, with a NULL or without, with the originator's
/// certificates, attributes and bytes behind it: it is read.
#[test]
fn every_shape_is_read() {
    let (rsa, p256) = (Person::rsa(), Person::p256());
    let message = defined(&envelope(ContentCipher::Aes256Cbc, &[rsa.recipient(), p256.recipient()], b"content", 9));
    let [oid, explicit] = children(&message)[..] else { panic!() };
    let [_, recipients, info] = children(children(explicit)[0])[..] else { panic!() };
    let [transport, agreement] = children(recipients)[..] else { panic!() };
    let [version, rid, algorithm, key] = children(transport)[..] else { panic!() };
    let without_null = long(0x30, &[version, rid, &long(0x30, &[children(algorithm)[0]]), key]);
    let certificates = long(0xa0, &[rsa.certificate.der()]);
    let attribute = tlv(0x30, &[b"\x06\x03\x2a\x03\x04", &tlv(0x31, &[b"\x05\x00"])]);
    for version in 0..=4u8 {
        for (originator, attributes) in [
            (vec![], vec![]),
            (long(0xa0, &[&certificates]), vec![]),
            (tlv(0xa0, &[&certificates, &tlv(0xa1, &[])]), long(0xa1, &[&attribute])),
        ] {
            for recipients in [long(0x31, &[agreement, &without_null]), tlv(0x31, &[transport, agreement])] {
                let number = tlv(0x02, &[&[version]]);
                let enveloped = long(0x30, &[&number, &originator, &recipients, info, &attributes]);
                let message = [&long(0x30, &[oid, &long(0xa0, &[&enveloped])])[..], b"behind it"].concat();
                let enveloped = read_enveloped(&message);
                assert_eq!((enveloped.recipients.len(), enveloped.damaged_recipients), (2, 0));
                assert_eq!(enveloped.certificates.len(), usize::from(!originator.is_empty()));
                for recipient in &enveloped.recipients {
                    let person = if recipient.id.matches(&rsa.certificate) { rsa } else { p256 };
                    let key = recipient.unwrap_key(&person.key, 32).unwrap();
                    assert_eq!(enveloped.open(&key).unwrap().read_all(100).unwrap(), b"content");
                }
            }
        }
    }
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

/// Whatever is read while the tag is computed, and in whatever order, the tag is over the whole ciphertext; what was made of
/// plaintext whose tag is wrong is given to nobody.
#[test]
fn what_is_read_before_the_tag_holds_is_kept_back() {
    let person = Person::p256();
    let content = numbers(300_000);
    for cipher in CIPHERS.into_iter().filter(|cipher| cipher.is_authenticated()) {
        let mut enveloped = read_enveloped(&envelope(cipher, &[person.recipient()], &content, 4000));
        let key = enveloped.recipients[0].unwrap_key(&person.key, cipher.key_len()).unwrap();
        let read = |plain: &Source, parts: &[(u64, u64)]| {
            let read = |(start, end): &(u64, u64)| plain.slice(*start..*end).read_all(content.len());
            parts.iter().map(read).collect::<std::io::Result<Vec<_>>>()
        };
        let orders: [&[(u64, u64)]; 5] =
            [&[], &[(0, 10)], &[(0, 300_000)], &[(200_000, 200_100), (0, 70_000)], &[(5, 9), (0, 9), (3, 80_000)]];
        for parts in orders {
            let (plain, seen) = enveloped.open_reading(&key, |plain| read(plain, parts)).unwrap();
            assert!(seen == read(&Source::from_bytes(content.as_slice()), parts).unwrap(), "{cipher} {parts:?}");
            assert!(plain.read_all(content.len()).unwrap() == content, "{cipher} {parts:?}");
        }
        let mut changed = enveloped.ciphertext.read_all(content.len()).unwrap();
        changed[250_000] ^= 1;
        enveloped.ciphertext = Source::from_bytes(changed);
        for parts in orders {
            let result = enveloped.open_reading(&key, |plain| read(plain, parts));
            assert!(matches!(result, Err(OpenError::Crypto(Error::Decryption))), "{cipher} {parts:?}");
        }
    }
}

/// Some programs write GCM into EnvelopedData and append the tag; without a tag that holds nothing is read.
#[test]
fn appended_tags_are_checked() {
    let person = Person::p256();
    let message = defined(&envelope(ContentCipher::Aes256Gcm, &[person.recipient()], b"content", 100));
    let mut parts = read_enveloped(&message);
    let tag = parts.authentication.take().unwrap().mac;
    let appended = tlv(0x80, &[&parts.ciphertext.read_all(100).unwrap(), &tag]);
    // The other type has the same fields up to the ciphertext; the tag follows.
    let authenticated = children(children(&message)[1])[0];
    let [version, recipients, info, _] = children(authenticated)[..] else { panic!("not four fields") };
    let [content_type, algorithm, _] = children(info)[..] else { panic!("not three fields") };
    let info = tlv(0x30, &[content_type, algorithm, &appended]);
    let oid = const_oid::db::rfc5911::ID_ENVELOPED_DATA.to_der().unwrap();
    let message = tlv(0x30, &[&oid, &tlv(0xa0, &[&tlv(0x30, &[version, recipients, &info])])]);
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

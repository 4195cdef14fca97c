//! Reading and writing held against each other, and against hostile bytes.

use std::io::Write;
use std::sync::OnceLock;

use const_oid::db::rfc5911;
use der::Encode;
use jiff::Timestamp;
use proptest::prelude::*;

use super::write::{EnvelopeWriter, OpaqueSigner, RecipientCertificate, Signer, certs_only, detached};
use super::{Content, Enveloped, SignedData, read};
use crate::asn1::{Limits, tlv};
use crate::crypto::signature::Input;
use crate::crypto::transport::KeyTransport;
use crate::crypto::{ContentCipher, DigestAlgorithm, KeyKind, PrivateKey, PrivateKeyOperations, SignatureAlgorithm};
use crate::pki::Certificate;
use crate::source::Source;

mod compressed;
mod enveloped;
mod signed;

/// A self-signed certificate, made from its parts: a name, a number of its own, a key identifier.
fn certificate(key: &PrivateKey) -> Vec<u8> {
    let public = key.public_key();
    // Somebody else signs for a key that cannot.
    let issuer = if key.kind().can_sign() { key } else { &Person::p256().key };
    let algorithm = SignatureAlgorithm::for_key(issuer.public_key()).unwrap();
    let identifier = algorithm.identifier().to_der().unwrap();
    let id = DigestAlgorithm::Sha256.digest(public.subject_public_key.raw_bytes());
    let name = tlv(0x30, &[&tlv(0x31, &[&tlv(0x30, &[b"\x06\x03\x55\x04\x03", &tlv(0x0c, &[b"Test"])])])]);
    let validity = tlv(0x30, &[&tlv(0x17, &[b"200101000000Z"]), &tlv(0x17, &[b"491231235959Z"])]);
    let key_identifier = tlv(0x04, &[&tlv(0x04, &[&id])]);
    let extensions = tlv(0x30, &[&tlv(0x30, &[b"\x06\x03\x55\x1d\x0e", &key_identifier])]);
    let tbs = tlv(
        0x30,
        &[
            b"\xa0\x03\x02\x01\x02",
            &tlv(0x02, &[b"\x01", &id[..8]]),
            &identifier,
            &name,
            &validity,
            &name,
            &public.to_der().unwrap(),
            &tlv(0xa3, &[&extensions]),
        ],
    );
    let signature = issuer.sign(algorithm, Input::Message(&tbs)).unwrap();
    tlv(0x30, &[&tbs, &identifier, &tlv(0x03, &[b"\0", &signature])])
}

/// A person for tests.
struct Person {
    key: PrivateKey,
    certificate: Certificate,
}

impl Person {
    fn new(kind: KeyKind) -> Self {
        let key = PrivateKey::generate(kind).unwrap();
        let certificate = Certificate::from_der(&certificate(&key)).unwrap();
        Self { key, certificate }
    }

    fn rsa() -> &'static Self {
        static RSA: OnceLock<Person> = OnceLock::new();
        RSA.get_or_init(|| Self::new(KeyKind::Rsa(2048)))
    }

    fn p256() -> &'static Self {
        static P256: OnceLock<Person> = OnceLock::new();
        P256.get_or_init(|| Self::new(KeyKind::P256))
    }

    fn signer(&self, algorithm: SignatureAlgorithm) -> Signer<'_> {
        Signer {
            certificate: &self.certificate,
            chain: &[],
            key: &self.key,
            algorithm,
            digest: algorithm.content_digest(),
            signing_time: "2026-05-04T03:02:01Z".parse().unwrap(),
            capabilities: &[ContentCipher::Aes256Gcm, ContentCipher::Aes256Cbc, ContentCipher::Rc2Cbc(128)],
        }
    }

    fn usual(&self) -> Signer<'_> {
        self.signer(SignatureAlgorithm::for_key(self.certificate.public_key()).unwrap())
    }

    fn recipient(&self) -> RecipientCertificate<'_> {
        RecipientCertificate { certificate: &self.certificate, transport: KeyTransport::Pkcs1v15 }
    }
}

fn read_bytes(bytes: &[u8]) -> Result<Content, super::Error> {
    read(&Source::from_bytes(bytes), &Limits::default())
}

fn read_signed(bytes: &[u8]) -> SignedData {
    match read_bytes(bytes).unwrap() {
        Content::Signed(signed) => signed,
        other => panic!("{other:?}"),
    }
}

fn read_enveloped(bytes: &[u8]) -> Enveloped {
    match read_bytes(bytes).unwrap() {
        Content::Enveloped(enveloped) => enveloped,
        other => panic!("{other:?}"),
    }
}

fn opaque(signer: Signer<'_>, content: &[u8], chunk: usize) -> Vec<u8> {
    let mut writer = OpaqueSigner::new(signer, rfc5911::ID_DATA, Vec::new()).unwrap();
    content.chunks(chunk.max(1)).for_each(|chunk| writer.write_all(chunk).unwrap());
    writer.finish().unwrap()
}

fn envelope(cipher: ContentCipher, to: &[RecipientCertificate<'_>], content: &[u8], chunk: usize) -> Vec<u8> {
    let mut writer = EnvelopeWriter::new(cipher, to, rfc5911::ID_DATA, Vec::new()).unwrap();
    content.chunks(chunk.max(1)).for_each(|chunk| writer.write_all(chunk).unwrap());
    writer.finish().unwrap()
}

fn numbers(count: usize) -> Vec<u8> {
    (0..count).map(|i| (i % 251) as u8).collect()
}

/// The same value with every length indefinite and every OCTET STRING in pieces of `piece` bytes.
fn as_ber(der: &[u8], piece: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = der;
    while !rest.is_empty() {
        let (header, content) = header(rest);
        let (now, later) = rest.split_at(header + content);
        rest = later;
        if now[0] & 0x20 != 0 {
            out.extend_from_slice(&[now[0], 0x80]);
            out.extend(as_ber(&now[header..], piece));
            out.extend_from_slice(&[0, 0]);
        } else if now[0] == 4 {
            out.extend_from_slice(&[0x24, 0x80]);
            now[header..].chunks(piece).for_each(|piece| out.extend(tlv(4, &[piece])));
            out.extend_from_slice(&[0, 0]);
        } else {
            out.extend_from_slice(now);
        }
    }
    out
}

/// Bytes of the header and of the content of a DER value.
fn header(der: &[u8]) -> (usize, usize) {
    match der[1] {
        short @ 0..0x80 => (2, usize::from(short)),
        long => {
            let octets = usize::from(long & 0x7f);
            (2 + octets, der[2..2 + octets].iter().fold(0, |length, octet| length << 8 | usize::from(*octet)))
        }
    }
}

/// The content of a DER value.
fn content(der: &[u8]) -> &[u8] {
    &der[header(der).0..]
}

/// The values in a DER value.
fn children(der: &[u8]) -> Vec<&[u8]> {
    let mut rest = content(der);
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (start, length) = header(rest);
        let (now, later) = rest.split_at(start + length);
        found.push(now);
        rest = later;
    }
    found
}

/// A mail that was cut off, wherever, must be an error and never something shorter that looks whole; and no changed byte
/// may make the reader fall over.
#[test]
fn cut_or_changed_messages_end_in_an_answer() {
    let person = Person::p256();
    let digest = DigestAlgorithm::Sha256.digest(b"content");
    let messages = [
        detached(&person.usual(), rfc5911::ID_DATA, &digest).unwrap(),
        opaque(person.usual(), b"content", 3),
        envelope(ContentCipher::Aes128Cbc, &[person.recipient()], b"content", 3),
        envelope(ContentCipher::Aes128Gcm, &[person.recipient(), Person::rsa().recipient()], b"content", 3),
        certs_only(std::slice::from_ref(&person.certificate)).unwrap(),
    ];
    for (which, message) in messages.iter().enumerate() {
        assert!(read_bytes(message).is_ok());
        for cut in 0..message.len() {
            assert!(read_bytes(&message[..cut]).is_err(), "message {which} cut at {cut}");
        }
        for at in 0..message.len() {
            for bit in [0x01, 0x20] {
                let mut changed = message.clone();
                changed[at] ^= bit;
                match read_bytes(&changed) {
                    Ok(Content::Signed(signed)) => {
                        let digests = super::signed::Digests {
                            values: vec![(DigestAlgorithm::Sha256, digest.clone())],
                            like_attributes: false,
                            content: None,
                        };
                        for signer in &signed.signers {
                            let _ = signer.verify(&person.certificate, &signed.content_type, &digests);
                        }
                    }
                    Ok(Content::Enveloped(enveloped)) => {
                        for recipient in &enveloped.recipients {
                            let key = recipient.unwrap_key(&person.key, 16);
                            let _ = key.map(|key| enveloped.open(&key).map(|plain| plain.read_all(1000)));
                        }
                    }
                    _ => {}
                }
            }
        }
    }
}

/// A certs-only message carries the certificates and nobody's signature; each certificate once.
#[test]
fn certificates_travel_alone() {
    let certificates =
        [&Person::rsa().certificate, &Person::p256().certificate, &Person::rsa().certificate].map(Clone::clone);
    let message = certs_only(&certificates).unwrap();
    for message in [message.clone(), as_ber(&message, 100)] {
        let signed = read_signed(&message);
        assert!(signed.signers.is_empty() && signed.content.is_none() && signed.digests.is_empty());
        assert_eq!((signed.certificates.len(), signed.unusable_certificates), (2, 0));
        assert!(certificates.iter().all(|certificate| signed.certificates.contains(certificate)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Any content, written in any steps, comes back byte for byte, from any place in it.
    #[test]
    fn what_is_written_is_read(
        size in prop_oneof![0usize..100, 30_000usize..150_000],
        chunk in prop_oneof![1usize..40, 1000usize..100_000],
        cipher in prop_oneof![
            Just(ContentCipher::Aes128Cbc), Just(ContentCipher::Aes256Cbc), Just(ContentCipher::Aes192Gcm),
            Just(ContentCipher::Aes256Gcm), Just(ContentCipher::Aes192Cbc), Just(ContentCipher::Aes128Gcm),
        ],
        elliptic: bool,
        reads in proptest::collection::vec((0usize..160_000, 1usize..70_000), 1..12),
    ) {
        let content = numbers(size);
        let person = if elliptic { Person::p256() } else { Person::rsa() };
        let signed = opaque(person.usual(), &content, chunk);
        let message = envelope(cipher, &[person.recipient()], &signed, chunk);
        let enveloped = read_enveloped(&message);
        let key = enveloped.recipients[0].unwrap_key(&person.key, cipher.key_len()).unwrap();
        let plain = enveloped.open(&key).unwrap();
        prop_assert_eq!(plain.len().unwrap(), signed.len() as u64);
        for (offset, count) in reads {
            let mut buf = vec![0; count];
            let read = plain.read_at(offset as u64, &mut buf).unwrap();
            let expected = signed.get(offset..).unwrap_or_default();
            prop_assert_eq!(&buf[..read], &expected[..count.min(expected.len())]);
        }
        let Content::Signed(inner) = read(&plain, &Limits::default()).unwrap() else { panic!("not signed") };
        prop_assert!(inner.content.unwrap().read_all(size).unwrap() == content);
    }
}

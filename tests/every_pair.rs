//! Our writer and our reader: every kind of key with every cipher of content and both profiles, around every kind of signature.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::sync::Arc;

use der::Encode;
use jiff::Timestamp;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use waxwing::asn1::tlv;
use waxwing::crypto::{ContentCipher, KeyKind, MlDsa, MlKem, PrivateKey, PrivateKeyOperations};
use waxwing::jobs::{Desk, Given, GivenIdentity, Input, Progress};
use waxwing::mime;
use waxwing::pki::{Certificate, create};
use waxwing::policy::{NetworkPolicy, Policy, Profile};
use waxwing::report::{Privacy, Verdict};
use waxwing::smime::seal::{Encryption, Sealing, Signing, seal};
use waxwing::source::Source;
use waxwing::wallet::Wallet;

/// The ciphers that messages are written with. Those that are for reading only are left out by name, so that a new one finds its
/// place.
fn is_written(cipher: ContentCipher) -> bool {
    use ContentCipher as C;
    match cipher {
        C::Aes128Cbc | C::Aes192Cbc | C::Aes256Cbc | C::Aes128Gcm | C::Aes192Gcm | C::Aes256Gcm => true,
        C::ChaCha20Poly1305 => true,
        C::Aes128Ccm | C::Aes192Ccm | C::Aes256Ccm | C::TripleDesCbc | C::DesCbc | C::Rc2Cbc(_) => false,
    }
}

const CIPHERS: [ContentCipher; 7] = [
    ContentCipher::Aes128Cbc,
    ContentCipher::Aes192Cbc,
    ContentCipher::Aes256Cbc,
    ContentCipher::Aes128Gcm,
    ContentCipher::Aes192Gcm,
    ContentCipher::Aes256Gcm,
    ContentCipher::ChaCha20Poly1305,
];

/// What a kind of key is for in messages that are written; with how reports name the way of a content key to it, by profile.
enum Use {
    Signs,
    Reads([&'static str; 2]),
    Both([&'static str; 2]),
    /// For reading old messages alone.
    Neither,
}

fn usage(kind: KeyKind) -> Use {
    use KeyKind as K;
    match kind {
        K::Rsa(_) => Use::Both(["rsa-pkcs1v15", "rsa-oaep"]),
        K::P256 => Use::Both(["ecdh-x963kdf-sha-256"; 2]),
        K::P384 => Use::Both(["ecdh-x963kdf-sha-384"; 2]),
        K::P521 => Use::Both(["ecdh-x963kdf-sha-512"; 2]),
        K::X25519 => Use::Reads(["ecdh-hkdf-sha-256"; 2]),
        K::X448 => Use::Reads(["ecdh-hkdf-sha-512"; 2]),
        K::MlKem(set) => Use::Reads([set.name(); 2]),
        K::Ed25519 | K::Ed448 | K::MlDsa(_) => Use::Signs,
        K::Dsa(_) | K::SlhDsa(_) => Use::Neither,
        K::BrainpoolP256r1 | K::BrainpoolP256t1 | K::BrainpoolP384r1 | K::BrainpoolP384t1 => Use::Neither,
    }
}

fn kinds() -> Vec<KeyKind> {
    use KeyKind as K;
    let mut kinds =
        vec![K::Rsa(2048), K::Rsa(3072), K::P256, K::P384, K::P521, K::Ed25519, K::Ed448, K::X25519, K::X448];
    kinds.extend(MlDsa::ALL.iter().map(|set| K::MlDsa(*set)));
    kinds.extend(MlKem::ALL.iter().map(|set| K::MlKem(*set)));
    kinds
}

struct Person {
    key: Arc<PrivateKey>,
    certificate: Certificate,
}

/// What is inside of a DER value.
fn inside(der: &[u8]) -> &[u8] {
    let header = if der[1] < 0x80 { 2 } else { 2 + usize::from(der[1] & 0x7f) };
    &der[header..]
}

/// A certificate for a key that cannot sign: one of another key, with this one in its place. Nobody checks its signature.
fn with_key(certificate: &Certificate, key: &PrivateKey) -> Certificate {
    let (old, new) = (certificate.public_key().to_der().unwrap(), key.public_key().to_der().unwrap());
    let tbs = inside(certificate.tbs());
    let at = tbs.windows(old.len()).position(|window| window == old).unwrap();
    let changed = tlv(0x30, &[&tbs[..at], &new, &tbs[at + old.len()..]]);
    let rest = &inside(certificate.der())[certificate.tbs().len()..];
    Certificate::from_der(&tlv(0x30, &[&changed, rest])).unwrap()
}

impl Person {
    fn new(kind: KeyKind) -> Self {
        let own =
            |key: &PrivateKey| create::self_signed(key, "Anna", "anna@example.org", Timestamp::now(), 30).unwrap();
        let key = PrivateKey::generate(kind).unwrap();
        let certificate = match usage(kind) {
            Use::Reads(_) => with_key(&own(&PrivateKey::generate(KeyKind::P256).unwrap()), &key),
            _ => own(&key),
        };
        Self { key: Arc::new(key), certificate }
    }

    /// A letter, sealed by this person.
    fn seal(&self, letter: &[u8], to: &Self, cipher: ContentCipher, profile: Profile, opaque: bool) -> Vec<u8> {
        let source = Source::from_bytes(letter);
        let entity = mime::parse(&source, &mime::Limits::default()).unwrap();
        let sign = Signing {
            certificate: self.certificate.clone(),
            chain: Vec::new(),
            key: self.key.clone(),
            at: Timestamp::now(),
            opaque,
        };
        let encryption = Encryption { recipients: vec![to.certificate.clone()], cipher };
        let sealing = Sealing {
            sign: Some(sign),
            encrypt: Some(encryption),
            triple: false,
            compress: false,
            protect: profile == Profile::Modern,
            profile,
        };
        let mut message = Vec::new();
        seal(&source, &entity, &sealing, &mut message).unwrap();
        message
    }

    /// What somebody with this key sees of a message by `signer`.
    fn look(&self, message: Vec<u8>, signer: &Self) -> waxwing::smime::Opened {
        let identity =
            GivenIdentity { certificate: self.certificate.clone(), chain: Vec::new(), key: self.key.clone() };
        let given = Given {
            anchors: vec![signer.certificate.clone()],
            built_in_roots: Some(false),
            identities: vec![identity],
            ..Given::default()
        };
        let policy = Policy { network: NetworkPolicy::Offline, ..Policy::at(Timestamp::now()) };
        let desk = Desk::new(Arc::new(Wallet::in_memory().unwrap()), policy).with(given);
        let input = Input::Bytes { name: "-".to_owned(), source: Source::from_bytes(message) };
        desk.look(input, &Progress::default())
    }
}

/// Whatever a letter says: sealed with each cipher, profile and kind of recipient, by each kind of signer, it comes back as it was,
/// its signature holds, the report names what it was made with, and nobody else's key of the same kind opens it.
#[test]
fn what_is_sealed_is_opened() {
    let signs = |kind: &KeyKind| matches!(usage(*kind), Use::Signs | Use::Both(_));
    let signers: Vec<_> = kinds().into_iter().filter(signs).map(|kind| (kind, Person::new(kind))).collect();
    assert!(CIPHERS.iter().all(|cipher| is_written(*cipher)));
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2) };
    let (turn, seen) = (Cell::new(0), RefCell::new(HashSet::new()));
    for kind in kinds() {
        let (Use::Reads(names) | Use::Both(names)) = usage(kind) else { continue };
        let (person, stranger) = (Person::new(kind), Person::new(kind));
        for cipher in CIPHERS {
            for (profile, name) in [(Profile::Compatible, names[0]), (Profile::Modern, names[1])] {
                let mut runner = TestRunner::new(config.clone());
                let check = |text: String, opaque: bool| {
                    turn.set(turn.get() + 1);
                    let (signs, signer) = &signers[turn.get() % signers.len()];
                    seen.borrow_mut().insert(format!("{signs} {cipher} {profile:?}"));
                    let what = format!("{signs} to {kind} with {cipher}, {profile:?}, opaque: {opaque}");
                    let header = "From: anna@example.org\r\nContent-Type: text/plain; charset=utf-8\r\n\
                                  Content-Transfer-Encoding: 8bit\r\n\r\n";
                    let letter = format!("{header}{text}");
                    let message = signer.seal(letter.as_bytes(), &person, cipher, profile, opaque);
                    let other = stranger.look(message.clone(), signer);
                    prop_assert_eq!(other.report.privacy, Privacy::Locked, "{}", &what);
                    let opened = person.look(message, signer);
                    let report = &opened.report;
                    prop_assert_eq!(
                        (report.signature, report.privacy),
                        (Verdict::Verified, Privacy::Opened),
                        "{}",
                        &what
                    );
                    let layer = &report.layers[0];
                    prop_assert_eq!(layer.cipher.clone(), Some(cipher.to_string()), "{}", &what);
                    prop_assert_eq!(&layer.recipients[0].algorithm, name, "{}", &what);
                    let (source, entity) = opened.content.as_ref().unwrap();
                    let part = entity.walk().find(|part| part.content_type.is("text", "plain")).unwrap();
                    let found = part.decoded_body(source).read_all(10_000).unwrap();
                    prop_assert_eq!(String::from_utf8(found).unwrap(), text, "{}", &what);
                    Ok(())
                };
                // Lines as mail has them; a text without an end gets none.
                let texts = "([ -~äöü€]{0,80}\r\n){0,9}";
                runner.run(&(texts, any::<bool>()), |(text, opaque)| check(text, opaque)).unwrap();
            }
        }
    }
    assert_eq!(seen.borrow().len(), signers.len() * CIPHERS.len() * 2, "every signer with every cipher and profile");
}

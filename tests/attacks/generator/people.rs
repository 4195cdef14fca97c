//! Alice, whom Bob trusts; Mallory, whom he trusts as well, since anybody can get a certificate; and Bob, who reads.

use std::sync::{Arc, OnceLock};

use jiff::{SignedDuration, Timestamp};
use waxwing::asn1::tlv;
use waxwing::cms::enveloped::RecipientId;
use waxwing::cms::write::{EnvelopeWriter, RecipientCertificate};
use waxwing::crypto::signature::Input;
use waxwing::crypto::transport::KeyTransport;
use waxwing::crypto::{ContentCipher, DigestAlgorithm, KeyKind, PrivateKey, PrivateKeyOperations, SignatureAlgorithm};
use waxwing::pki::path::Anchors;
use waxwing::pki::revocation::Nobody;
use waxwing::pki::{Certificate, create};
use waxwing::policy::Policy;
use waxwing::smime::{Context, KeyLookup, Keys, Opened, Pin, open};
use waxwing::source::Source;

use super::structures::{Info, signed_data};

pub const ALICE: &str = "alice@example.org";
pub const MALLORY: &str = "mallory@example.net";

pub fn now() -> Timestamp {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

pub struct Person {
    pub key: Arc<PrivateKey>,
    pub certificate: Certificate,
}

impl Person {
    pub fn new(name: &str, address: &str) -> Self {
        Self::since(name, address, now() - SignedDuration::from_hours(24), 30)
    }

    pub fn since(name: &str, address: &str, start: Timestamp, days: u32) -> Self {
        let key = PrivateKey::generate(KeyKind::P256).unwrap();
        let certificate = create::self_signed(&key, name, address, start, days).unwrap();
        Self { key: Arc::new(key), certificate }
    }

    /// The value of a signature over these bytes.
    pub fn value(&self, bytes: &[u8]) -> Vec<u8> {
        self.key.sign(SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha256), Input::Message(bytes)).unwrap()
    }

    /// A detached signature as every program makes it.
    pub fn sign(&self, content: &[u8]) -> Vec<u8> {
        signed_data(None, &[Info::of(self, content)], &[self])
    }

    pub fn encrypt(&self, cipher: ContentCipher, content: &[u8]) -> Vec<u8> {
        let to = [RecipientCertificate { certificate: &self.certificate, transport: KeyTransport::Pkcs1v15 }];
        let data = const_oid::db::rfc5911::ID_DATA;
        let mut writer = EnvelopeWriter::new(cipher, &to, data, Vec::new()).unwrap();
        std::io::Write::write_all(&mut writer, content).unwrap();
        writer.finish().unwrap()
    }

    /// issuerAndSerialNumber.
    pub fn identifier(&self) -> Vec<u8> {
        let serial: Vec<u8> = self.certificate.serial_hex().replace(':', "").as_bytes().to_vec();
        let octets: Vec<u8> =
            serial.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect();
        tlv(0x30, &[self.certificate.issuer_der(), &tlv(0x02, &[&octets])])
    }

    /// Opens a message as this person, who trusts Alice and Mallory.
    pub fn open_as(&self, message: &[u8], reader: &Reader) -> Opened {
        let policy = Policy::at(reader.now);
        let known = [&alice().certificate, &mallory().certificate].into_iter().chain(&reader.friends);
        let pins: Vec<Pin> =
            known.map(|known| Pin { certificate: known.clone(), since: now(), address: None }).collect();
        let context = Context {
            policy: &policy,
            anchors: &reader.anchors,
            certificates: &[],
            pins: &pins,
            distrusted: &reader.distrusted,
            keys: self,
            content: None,
            crls: &[],
            lookup: &Nobody,
        };
        open(&Source::from_bytes(message), "attack.eml", &context).unwrap()
    }
}

/// Whom and what a reader trusts, and when it reads.
pub struct Reader {
    pub friends: Vec<Certificate>,
    pub distrusted: Vec<Certificate>,
    pub anchors: Anchors,
    pub now: Timestamp,
}

impl Default for Reader {
    fn default() -> Self {
        Self { friends: Vec::new(), distrusted: Vec::new(), anchors: Anchors::default(), now: now() }
    }
}

impl Keys for Person {
    fn find(&self, id: &RecipientId) -> KeyLookup {
        if id.matches(&self.certificate) {
            KeyLookup::Found(self.key.clone(), Some(self.certificate.clone()))
        } else {
            KeyLookup::Unknown
        }
    }
}

pub fn alice() -> &'static Person {
    static PERSON: OnceLock<Person> = OnceLock::new();
    PERSON.get_or_init(|| Person::new("Alice", ALICE))
}

pub fn mallory() -> &'static Person {
    static PERSON: OnceLock<Person> = OnceLock::new();
    PERSON.get_or_init(|| Person::new("Mallory", MALLORY))
}

pub fn bob() -> &'static Person {
    static PERSON: OnceLock<Person> = OnceLock::new();
    PERSON.get_or_init(|| Person::new("Bob", "bob@example.org"))
}

/// Alice as her certificate was that has ended.
pub fn ended() -> Person {
    Person::since("Alice", ALICE, now() - SignedDuration::from_hours(24 * 30), 20)
}

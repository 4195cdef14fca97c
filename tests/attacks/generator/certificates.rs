//! Certificates of any shape.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use const_oid::ObjectIdentifier;
use const_oid::db::{rfc4519, rfc5280, rfc5912};
use der::Encode;
use jiff::SignedDuration;
use waxwing::asn1::tlv;
use waxwing::crypto::signature::Input;
use waxwing::crypto::{DigestAlgorithm, KeyKind, PrivateKey, PrivateKeyOperations, SignatureAlgorithm};
use waxwing::pki::Certificate;

use super::people::{Person, now};
use super::structures::{algorithm, oid};

/// An attribute of a name, as a relative distinguished name of its own.
pub fn attribute(id: ObjectIdentifier, text: &str) -> Vec<u8> {
    tlv(0x31, &[&tlv(0x30, &[&oid(id), &tlv(0x0c, &[text.as_bytes()])])])
}

pub fn common_name(text: &str) -> Vec<u8> {
    attribute(rfc4519::COMMON_NAME, text)
}

/// An rfc822Name of any bytes.
pub fn mailbox(bytes: &[u8]) -> Vec<u8> {
    tlv(0x81, &[bytes])
}

pub fn extension(id: ObjectIdentifier, critical: bool, value: &[u8]) -> Vec<u8> {
    let critical: &[u8] = if critical { &[1, 1, 0xff] } else { &[] };
    tlv(0x30, &[&oid(id), critical, &tlv(4, &[value])])
}

/// Names that the certificate is for (subjectAltName).
pub fn named(names: &[Vec<u8>]) -> Vec<u8> {
    extension(rfc5280::ID_CE_SUBJECT_ALT_NAME, false, &tlv(0x30, &[&names.concat()]))
}

/// Somebody with a certificate that has this subject and these names in subjectAltName (none: without it), signed by itself.
pub fn person(subject: &[Vec<u8>], names: &[Vec<u8>]) -> Person {
    let extensions = if names.is_empty() { Vec::new() } else { vec![named(names)] };
    issued(None, subject, &extensions)
}

/// Somebody with a certificate that has this subject and these extensions, signed by somebody or by itself.
pub fn issued(by: Option<&Person>, subject: &[Vec<u8>], extensions: &[Vec<u8>]) -> Person {
    static SERIAL: AtomicU8 = AtomicU8::new(1);
    let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
    let key = PrivateKey::generate(KeyKind::P256).unwrap();
    let time = |days: i64| {
        let time = now() + SignedDuration::from_hours(24 * days);
        tlv(0x17, &[time.strftime("%y%m%d%H%M%SZ").to_string().as_bytes()])
    };
    let name = tlv(0x30, &[&subject.concat()]);
    let issuer = by.map_or(name.as_slice(), |by| by.certificate.subject_der());
    let extensions = if extensions.is_empty() { Vec::new() } else { tlv(0xa3, &[&tlv(0x30, &[&extensions.concat()])]) };
    let method = algorithm(rfc5912::ECDSA_WITH_SHA_256);
    let spki = key.public_key().to_der().unwrap();
    let validity = tlv(0x30, &[&time(-1), &time(30)]);
    // Two octets, of which the first is not zero.
    let serial = tlv(2, &[&[0x11, serial]]);
    let tbs = tlv(0x30, &[&[0xa0, 3, 2, 1, 2], &serial, &method, issuer, &validity, &name, &spki, &extensions]);
    let signer = by.map_or(&key, |by| &*by.key);
    let value = signer.sign(SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha256), Input::Message(&tbs)).unwrap();
    let der = tlv(0x30, &[&tbs, &method, &tlv(3, &[&[0], &value])]);
    Person { key: Arc::new(key), certificate: Certificate::from_der(&der).unwrap() }
}

//! Certificates of any shape, signed by their own key.

use std::sync::Arc;

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
pub fn attribute(id: const_oid::ObjectIdentifier, text: &str) -> Vec<u8> {
    tlv(0x31, &[&tlv(0x30, &[&oid(id), &tlv(0x0c, &[text.as_bytes()])])])
}

pub fn common_name(text: &str) -> Vec<u8> {
    attribute(rfc4519::COMMON_NAME, text)
}

/// An rfc822Name of any bytes.
pub fn mailbox(bytes: &[u8]) -> Vec<u8> {
    tlv(0x81, &[bytes])
}

/// Somebody with a certificate that has this subject and these names in subjectAltName (none: without it).
pub fn person(subject: &[Vec<u8>], names: &[Vec<u8>]) -> Person {
    let key = PrivateKey::generate(KeyKind::P256).unwrap();
    let time = |days: i64| {
        let time = now() + SignedDuration::from_hours(24 * days);
        tlv(0x17, &[time.strftime("%y%m%d%H%M%SZ").to_string().as_bytes()])
    };
    let name = tlv(0x30, &[&subject.concat()]);
    let alternative = tlv(0x30, &[&oid(rfc5280::ID_CE_SUBJECT_ALT_NAME), &tlv(4, &[&tlv(0x30, &[&names.concat()])])]);
    let extensions = if names.is_empty() { Vec::new() } else { tlv(0xa3, &[&tlv(0x30, &[&alternative])]) };
    let method = algorithm(rfc5912::ECDSA_WITH_SHA_256);
    let spki = key.public_key().to_der().unwrap();
    let validity = tlv(0x30, &[&time(-1), &time(30)]);
    let tbs = tlv(0x30, &[&[0xa0, 3, 2, 1, 2], &[2, 1, 7], &method, &name, &validity, &name, &spki, &extensions]);
    let value = key.sign(SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha256), Input::Message(&tbs)).unwrap();
    let der = tlv(0x30, &[&tbs, &method, &tlv(3, &[&[0], &value])]);
    Person { key: Arc::new(key), certificate: Certificate::from_der(&der).unwrap() }
}

//! What a signer says beside the content.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::{ID_AA_SIGNING_CERTIFICATE, ID_AA_SIGNING_CERTIFICATE_V_2, ID_DATA};
use waxwing::asn1::tlv;
use waxwing::crypto::DigestAlgorithm::{Sha1, Sha256};
use waxwing::report::Verdict::{Altered, Pinned, Unreadable};

use crate::case::{Case, case};
use crate::generator::people::{Person, alice, mallory};
use crate::generator::structures::{Info, attribute, attributes, oid, signed_data};
use crate::generator::{ENTITY, clear_with};

pub fn cases() -> Vec<Case> {
    [enhanced_services_are_notes(), what_is_signed_beside_the_content_is_held_to()].into_iter().flatten().collect()
}

const fn arc(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

fn services() -> Vec<Vec<u8>> {
    let names = |address: &str| tlv(0x30, &[&tlv(0x81, &[address.as_bytes()])]);
    let request = tlv(0x30, &[&tlv(0x04, &[b"id"]), &[0x80, 1, 0], &tlv(0x30, &[&names("receipts@example.org")])]);
    let label = tlv(0x31, &[&tlv(0x0c, &["für Bob".as_bytes()]), &[2, 1, 3], &oid(arc("1.2.3.4"))]);
    let list = tlv(0x30, &[&tlv(0x30, &[&tlv(0x04, &[b"\x0a\x0b"]), &tlv(0x18, &[b"20260601110000Z"])])]);
    let hint = tlv(0x30, &[&tlv(0x0c, &[b"a letter"]), &oid(ID_DATA)]);
    [("1", request), ("2", label), ("3", list), ("4", hint)]
        .map(|(number, value)| {
            let id = ObjectIdentifier::new(&format!("1.2.840.113549.1.9.16.2.{number}")).unwrap();
            attribute(id, &value)
        })
        .to_vec()
}

/// Alice's message with these attributes more.
fn with(more: &[Vec<u8>]) -> Vec<u8> {
    let all = [attributes(ENTITY.as_bytes()), more.to_vec()].concat();
    clear_with(ENTITY.as_bytes(), &signed_data(None, &[Info::with(alice(), &all)], &[alice()]))
}

/// Requests, labels, lists and hints are said in words; damaged ones are left out, and nothing of them changes the verdict.
fn enhanced_services_are_notes() -> Vec<Case> {
    let expected = [
        ("receipt-requested", "receipts@example.org"),
        ("security-label", "confidential, “für Bob”"),
        ("list-expansion", "key 0a0b"),
        ("content-hint", "a letter"),
    ];
    let mut cases = Vec::new();
    for (attribute, (code, text)) in services().into_iter().zip(expected) {
        let mail = with(std::slice::from_ref(&attribute));
        cases.push(case(code, mail, Pinned, code).and(move |opened| {
            let findings = &opened.report.layers[0].signers[0].findings;
            let found = findings.iter().find(|finding| finding.code.as_str() == code).unwrap();
            let said = waxwing::text::finding(found);
            assert!(said.replace(['\u{2068}', '\u{2069}'], "").contains(text), "{said}");
        }));
        let damaged = [&attribute[..attribute.len() - 1], &[0xff]].concat();
        cases.push(case(format!("{code}, damaged"), with(&[damaged]), Pinned, ""));
        cases.push(case(format!("{code}, twice"), with(&[attribute.clone(), attribute]), Pinned, ""));
    }
    let mut altered = with(&services()[..1]);
    let changed = String::from_utf8_lossy(&altered).find("noon").unwrap();
    altered[changed..changed + 4].copy_from_slice(b"EVIL");
    cases.push(case("a request in an altered message", altered, Altered, "receipt-requested"));
    cases
}

/// A certificate that is named must be the one that is used, in the old form and in the new one; and so must be the algorithms
/// (RFC 5035 §5.4, RFC 6211 §4).
fn what_is_signed_beside_the_content_is_held_to() -> Vec<Case> {
    let id = |digest: Vec<u8>, serial: Option<&Person>| {
        let both = serial.map(|person| {
            let identifier = person.identifier();
            // issuerAndSerialNumber: the serial number is its last value.
            let serial = &identifier[identifier.len() - 2 - person.certificate.serial().len()..];
            let name = tlv(0xa4, &[person.certificate.issuer_der()]);
            tlv(0x30, &[&tlv(0x30, &[&name]), serial])
        });
        tlv(0x30, &[&tlv(0x30, &[&tlv(0x30, &[&tlv(0x04, &[&digest]), &both.unwrap_or_default()])])])
    };
    let old = |person: &Person| Sha1.digest(person.certificate.der());
    let new = |person: &Person| Sha256.digest(person.certificate.der());
    let v1 = |value: Vec<u8>| attribute(ID_AA_SIGNING_CERTIFICATE, &value);
    let v2 = |value: Vec<u8>| attribute(ID_AA_SIGNING_CERTIFICATE_V_2, &value);
    let sha256 = const_oid::db::rfc5912::ID_SHA_256;
    let sha1 = const_oid::db::rfc5912::ID_SHA_1;
    let ecdsa = const_oid::db::rfc5912::ECDSA_WITH_SHA_256;
    let protection = |digest: ObjectIdentifier, method: ObjectIdentifier, null: &[u8]| {
        let value = tlv(0x30, &[&tlv(0x30, &[&oid(digest), null]), &tlv(0xa1, &[&oid(method)])]);
        attribute(arc("1.2.840.113549.1.9.52"), &value)
    };
    let mut cases = vec![
        case("old, own", with(&[v1(id(old(alice()), None))]), Pinned, ""),
        case("old, own with serial", with(&[v1(id(old(alice()), Some(alice())))]), Pinned, ""),
        case("old, another", with(&[v1(id(old(mallory()), None))]), Unreadable, "damaged-attributes"),
        case("old, another serial", with(&[v1(id(old(alice()), Some(mallory())))]), Unreadable, "damaged-attributes"),
        case("new, own", with(&[v2(id(new(alice()), Some(alice())))]), Pinned, ""),
        case("new, another", with(&[v2(id(new(mallory()), None))]), Unreadable, "damaged-attributes"),
        case("algorithms, the same", with(&[protection(sha256, ecdsa, b"")]), Pinned, ""),
        case("algorithms, the same with NULL", with(&[protection(sha256, ecdsa, &[5, 0])]), Pinned, ""),
        case("another digest", with(&[protection(sha1, ecdsa, b"")]), Unreadable, "damaged-attributes"),
        case("another method", with(&[protection(sha256, sha1, b"")]), Unreadable, "damaged-attributes"),
    ];
    let both = [v1(id(old(mallory()), None)), v2(id(new(alice()), None))];
    cases.push(case("both, the old one another", with(&both), Unreadable, "damaged-attributes"));
    cases
}

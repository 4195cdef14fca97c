//! What a signer says beside the content, and who signed the signature.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::{
    ID_AA_SIGNING_CERTIFICATE, ID_AA_SIGNING_CERTIFICATE_V_2, ID_COUNTERSIGNATURE, ID_DATA, ID_MESSAGE_DIGEST,
};
use waxwing::asn1::tlv;
use waxwing::crypto::DigestAlgorithm::{Sha1, Sha256};
use waxwing::report::Verdict::{Altered, Pinned, Unreadable};

use super::people::{Person, alice, mallory};
use super::structures::{Info, attribute, attributes, oid, signed_data};
use super::*;

const fn arc(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

fn services() -> Vec<(&'static str, Vec<u8>)> {
    let names = |address: &str| tlv(0x30, &[&tlv(0x81, &[address.as_bytes()])]);
    let request = tlv(0x30, &[&tlv(0x04, &[b"id"]), &[0x80, 1, 0], &tlv(0x30, &[&names("receipts@example.org")])]);
    let label = tlv(0x31, &[&tlv(0x0c, &["für Bob".as_bytes()]), &[2, 1, 3], &oid(arc("1.2.3.4"))]);
    let list = tlv(0x30, &[&tlv(0x30, &[&tlv(0x04, &[b"\x0a\x0b"]), &tlv(0x18, &[b"20260601110000Z"])])]);
    let hint = tlv(0x30, &[&tlv(0x0c, &[b"a letter"]), &oid(ID_DATA)]);
    [("1", request), ("2", label), ("3", list), ("4", hint)]
        .map(|(number, value)| {
            let id = ObjectIdentifier::new(&format!("1.2.840.113549.1.9.16.2.{number}")).unwrap();
            (number, attribute(id, &value))
        })
        .to_vec()
}

/// Alice's message with these attributes more.
fn with(more: &[Vec<u8>]) -> Vec<u8> {
    let all = [attributes(ENTITY.as_bytes()), more.to_vec()].concat();
    let structure = signed_data(None, &[Info::with(alice(), &all)], &[alice()]);
    message(SIGNED, &multipart("s", &[ENTITY.as_bytes(), &signature_part(&structure)]))
}

/// Requests, labels, lists and hints are said in words; damaged ones are left out, and nothing of them changes the verdict.
#[test]
fn enhanced_services_are_notes() {
    let expected = [
        ("1", "receipt-requested", "receipts@example.org"),
        ("2", "security-label", "confidential, “für Bob”"),
        ("3", "list-expansion", "key 0a0b"),
        ("4", "content-hint", "a letter"),
    ];
    for ((number, attribute), (_, code, text)) in services().into_iter().zip(expected) {
        let report = people::bob().open(&with(std::slice::from_ref(&attribute))).report;
        assert_eq!(report.signature, Pinned, "{number}");
        let found = report.layers[0].signers[0].findings.iter().find(|finding| finding.code.as_str() == code);
        let said = waxwing::text::finding(found.unwrap_or_else(|| panic!("no {code}")));
        assert!(said.replace(['\u{2068}', '\u{2069}'], "").contains(text), "{said}");
        let damaged = [&attribute[..attribute.len() - 1], &[0xff]].concat();
        for odd in [damaged, [attribute.clone(), attribute].concat()] {
            let report = people::bob().open(&with(&[odd])).report;
            assert_eq!(report.signature, Pinned, "{number}, damaged or twice");
        }
    }
    let receipt = with(&[services()[0].1.clone()]);
    let changed = String::from_utf8_lossy(&receipt).find("noon").unwrap();
    let mut altered = receipt;
    altered[changed..changed + 4].copy_from_slice(b"EVIL");
    hold(vec![case("a request in an altered message", altered, Altered, "receipt-requested")]);
}

/// A certificate that is named must be the one that is used, in the old form and in the new one; and so must be the algorithms
/// (RFC 5035 §5.4, RFC 6211 §4).
#[test]
fn what_is_signed_beside_the_content_is_held_to() {
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
    hold(cases);
}

/// Signatures over a signature: whose name can be relied on, whose not, and which do not hold. None of them changes the verdict.
#[test]
fn countersignatures_are_checked() {
    let stranger = Person::new("Carol", "carol@example.net");
    let info = Info::of(alice(), ENTITY.as_bytes());
    let over = |person: &Person, value: &[u8]| {
        let digest = attribute(ID_MESSAGE_DIGEST, &tlv(0x04, &[&Sha256.digest(value)]));
        Info::with(person, &[digest]).encode()
    };
    let with_type = Info::with(mallory(), &attributes(&info.value)).encode();
    for (name, counter, certificates, code) in [
        ("by somebody known", over(mallory(), &info.value), vec![alice()], "countersigned"),
        ("by a stranger", over(&stranger, &info.value), vec![alice(), &stranger], "countersigned-by-somebody"),
        ("without the certificate", over(&stranger, &info.value), vec![alice()], "countersignature-unchecked"),
        ("over something else", over(mallory(), b"EVIL"), vec![alice()], "countersignature-broken"),
        ("with a content type", with_type, vec![alice()], "countersignature-unchecked"),
        ("damaged", vec![0x30, 0], vec![alice()], ""),
    ] {
        let unsigned = Some(attribute(ID_COUNTERSIGNATURE, &counter));
        let structure = signed_data(None, &[Info { unsigned, ..info.clone() }], &certificates);
        let mail = message(SIGNED, &multipart("s", &[ENTITY.as_bytes(), &signature_part(&structure)]));
        hold(vec![case(name, mail.clone(), Pinned, code)]);
        let found = codes(&people::bob().open(&mail).report);
        assert_eq!(
            found.iter().filter(|code| code.starts_with("counter")).count(),
            usize::from(!code.is_empty()),
            "{name}"
        );
    }
}

//! Names in certificates that are read in several ways.

use const_oid::ObjectIdentifier;
use waxwing::report::Verdict::{NoAddress, OtherSigner, Pinned};

use crate::case::{Case, case};
use crate::generator::certificates::{attribute, common_name, mailbox, person};
use crate::generator::clear_from;
use crate::generator::people::{ALICE, MALLORY, Person};

const EMAIL_ADDRESS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.1");

/// Only an address that the certificate names as one is compared with From (RFC 8550 §3).
pub fn names_in_certificates() -> Vec<Case> {
    let email = |text: &str| attribute(EMAIL_ADDRESS, text);
    let alone = |names: &[u8]| person(&[common_name("Alice")], &[mailbox(names)]);
    let uri: Vec<u8> = waxwing::asn1::tlv(0x86, &[format!("mailto:{ALICE}").as_bytes()]);
    let dns: Vec<u8> = waxwing::asn1::tlv(0x82, &[b"example.org"]);
    let hers: Vec<(&str, Person, _, &str)> = vec![
        ("alternative name", alone(ALICE.as_bytes()), Pinned, ""),
        ("attribute alone", person(&[email(ALICE)], &[]), Pinned, ""),
        ("both, of which one is his", person(&[email(MALLORY)], &[mailbox(ALICE.as_bytes())]), Pinned, ""),
        ("common name alone", person(&[common_name(ALICE)], &[]), NoAddress, "no-address"),
        ("no name at all", person(&[], &[]), NoAddress, "no-address"),
        ("address of a page", person(&[common_name("Alice")], &[uri]), NoAddress, "no-address"),
        ("her domain", person(&[common_name("Alice")], &[dns]), NoAddress, "no-address"),
        ("her domain for a mailbox", alone(b"example.org"), NoAddress, ""),
        ("everybody of her domain", alone(b"*@example.org"), OtherSigner, ""),
        ("a NUL behind hers", alone(b"alice@example.org\0.example.net"), NoAddress, ""),
        ("a line end behind hers", alone(b"alice@example.org\n"), NoAddress, ""),
        ("a blank before hers", alone(b" alice@example.org"), NoAddress, ""),
        ("two in one", alone(b"alice@example.org,mallory@example.net"), NoAddress, ""),
        ("a name and hers in brackets", alone(b"Alice <alice@example.org>"), NoAddress, ""),
        ("her address before another @", alone(b"alice@example.org@example.net"), NoAddress, ""),
        ("his, with hers in front", alone(b"\"alice@example.org\"@example.net"), OtherSigner, ""),
        ("letters that are no text", alone(b"alic\xe9@example.org"), NoAddress, ""),
        ("an empty mailbox", alone(b""), NoAddress, ""),
    ];
    let row = |(name, person, verdict, finding): (&str, Person, _, &'static str)| {
        case(format!("certificate: {name}"), clear_from(&person, &format!("From: {ALICE}")), verdict, finding)
            .pinned(&person.certificate)
    };
    hers.into_iter().map(row).collect()
}

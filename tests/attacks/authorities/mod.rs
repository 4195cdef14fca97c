//! Certificates that want to lead to somebody trusted.

use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5280, rfc5912};
use waxwing::asn1::tlv;
use waxwing::pki::Certificate;
use waxwing::report::Verdict::{OtherSigner, Rejected, UnknownIssuer, Verified};

use crate::case::{Case, case};
use crate::generator::certificates::{common_name, extension, issued, mailbox, named};
use crate::generator::people::{ALICE, MALLORY, Person};
use crate::generator::structures::{Info, algorithm, signed_data};
use crate::generator::{ENTITY, clear_with};

const UNKNOWN: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.7");
const SMTP_UTF8_MAILBOX: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.8.9");

fn authority() -> Vec<u8> {
    extension(rfc5280::ID_CE_BASIC_CONSTRAINTS, true, &tlv(0x30, &[&[1, 1, 0xff]]))
}

/// An authority with so many below it.
fn limited(length: u8) -> Vec<u8> {
    extension(rfc5280::ID_CE_BASIC_CONSTRAINTS, true, &tlv(0x30, &[&[1, 1, 0xff], &[2, 1, length]]))
}

fn purpose(id: ObjectIdentifier) -> Vec<u8> {
    extension(rfc5280::ID_CE_EXT_KEY_USAGE, false, &tlv(0x30, &[&tlv(6, &[id.as_bytes()])]))
}

fn usage(bits: u8) -> Vec<u8> {
    extension(rfc5280::ID_CE_KEY_USAGE, true, &[3, 2, 0, bits])
}

/// Name constraints: permitted (0xa0) or excluded (0xa1).
fn names(list: u8, base: &[u8]) -> Vec<u8> {
    let subtrees = tlv(0x30, &[&tlv(list, &[&tlv(0x30, &[base])])]);
    extension(rfc5280::ID_CE_NAME_CONSTRAINTS, true, &subtrees)
}

fn hers() -> Vec<u8> {
    named(&[mailbox(ALICE.as_bytes())])
}

/// An otherName of another way to write her address: the domain in wide letters.
fn wide() -> Vec<u8> {
    let text = "alice@\u{ff45}xample.org";
    let name = tlv(0xa0, &[&tlv(6, &[SMTP_UTF8_MAILBOX.as_bytes()]), &tlv(0xa0, &[&tlv(0x0c, &[text.as_bytes()])])]);
    named(&[name])
}

/// Her certificate, signed anew by its issuer, with another algorithm inside than beside the signature.
fn with_other_algorithm(person: &Person, by: &Person) -> Person {
    let method = algorithm(rfc5912::ECDSA_WITH_SHA_256);
    let mut tbs = person.certificate.tbs().to_vec();
    let at = tbs.windows(method.len()).position(|window| window == method).unwrap();
    // ecdsa-with-SHA384
    tbs[at + method.len() - 1] = 3;
    let der = tlv(0x30, &[&tbs, &method, &tlv(3, &[&[0], &by.value(&tbs)])]);
    Person { key: person.key.clone(), certificate: Certificate::from_der(&der).unwrap() }
}

pub fn cases() -> Vec<Case> {
    let root = issued(None, &[common_name("Root")], &[authority()]);
    let middle = |extensions: &[Vec<u8>]| issued(Some(&root), &[common_name("Middle")], extensions);
    let leaf = |by: &Person, extensions: &[Vec<u8>]| issued(Some(by), &[common_name("Alice")], extensions);
    let read = |name: &str, chain: &[&Person], verdict, finding| {
        let entity = ENTITY.as_bytes();
        let mail = clear_with(entity, &signed_data(None, &[Info::of(chain[0], entity)], chain));
        case(name, mail, verdict, finding).anchored(std::slice::from_ref(&root.certificate))
    };
    let mut cases = Vec::new();
    // What is wrong with the authority, or with whom it vouches for.
    let excluded = |base: &[u8]| vec![authority(), names(0xa1, base)];
    let address = mailbox(ALICE.as_bytes());
    let rows = [
        ("as it should be", vec![authority()], vec![hers()], Verified, ""),
        (
            "a person for an authority",
            vec![named(&[mailbox(MALLORY.as_bytes())])],
            vec![hers()],
            Rejected,
            "issuer-not-ca",
        ),
        ("an authority that may not certify", vec![authority(), usage(0x80)], vec![hers()], Rejected, ""),
        (
            "an authority for servers",
            vec![authority(), purpose(rfc5912::ID_KP_SERVER_AUTH)],
            vec![hers()],
            Rejected,
            "",
        ),
        (
            "an authority with something critical",
            vec![authority(), extension(UNKNOWN, true, &[5, 0])],
            vec![hers()],
            Rejected,
            "",
        ),
        (
            "a certificate for servers",
            vec![authority()],
            vec![hers(), purpose(rfc5912::ID_KP_SERVER_AUTH)],
            Rejected,
            "",
        ),
        ("a certificate for encryption", vec![authority()], vec![hers(), usage(0x20)], Rejected, "key-usage"),
        ("something critical", vec![authority()], vec![hers(), extension(UNKNOWN, true, &[5, 0])], Rejected, ""),
        ("one extension twice", vec![authority()], vec![named(&[mailbox(MALLORY.as_bytes())]), hers()], Rejected, ""),
        (
            "names that are damaged",
            vec![authority()],
            vec![extension(rfc5280::ID_CE_SUBJECT_ALT_NAME, false, &[0x30, 9])],
            Rejected,
            "",
        ),
        (
            "permitted for another domain",
            vec![authority(), names(0xa0, &mailbox(b"example.net"))],
            vec![hers()],
            Rejected,
            "name-constraint",
        ),
        ("her domain is excluded", excluded(&mailbox(b"example.org")), vec![hers()], Rejected, "name-constraint"),
        (
            "her domain is excluded, in wide letters",
            excluded(&mailbox(b"example.org")),
            vec![wide()],
            Rejected,
            "name-constraint",
        ),
        (
            "her address is excluded, in capitals",
            excluded(&address),
            vec![named(&[mailbox(b"ALICE@example.org")])],
            Rejected,
            "name-constraint",
        ),
        (
            "her address is excluded, in quotes",
            excluded(&address),
            vec![named(&[mailbox(b"\"alice\"@example.org")])],
            Rejected,
            "name-constraint",
        ),
        ("another domain is excluded", excluded(&mailbox(b"example.net")), vec![hers()], Verified, ""),
        (
            "his name by a good authority",
            vec![authority()],
            vec![named(&[mailbox(MALLORY.as_bytes())])],
            OtherSigner,
            "",
        ),
    ];
    for (name, above, below, verdict, finding) in rows {
        let middle = middle(&above);
        cases.push(read(name, &[&leaf(&middle, &below), &middle], verdict, finding));
    }
    // Chains that only look like one.
    let (short, good) = (middle(&[limited(0)]), middle(&[authority()]));
    let second = issued(Some(&short), &[common_name("Second")], &[authority()]);
    cases.push(read(
        "more authorities than allowed",
        &[&leaf(&second, &[hers()]), &second, &short],
        Rejected,
        "path-length",
    ));
    let same_name = issued(None, &[common_name("Root")], &[authority()]);
    cases.push(read("an authority by the name of another", &[&leaf(&same_name, &[hers()]), &same_name], Rejected, ""));
    let other_middle = issued(None, &[common_name("Middle")], &[authority()]);
    cases.push(read("an authority's name, another's key", &[&leaf(&other_middle, &[hers()]), &good], Rejected, ""));
    let own = issued(None, &[common_name("Alice")], &[hers()]);
    cases.push(read("nobody vouches", &[&own, &good], UnknownIssuer, ""));
    let claims = Person { key: own.key.clone(), certificate: leaf(&good, &[hers()]).certificate };
    cases.push(read("her certificate, his key", &[&claims, &good], waxwing::report::Verdict::Altered, ""));
    let person = leaf(&good, &[hers()]);
    cases.push(read(
        "another algorithm inside",
        &[&with_other_algorithm(&person, &good), &good],
        Rejected,
        "algorithm-mismatch",
    ));
    let below = issued(Some(&person), &[common_name("Alice")], &[hers()]);
    cases.push(read("somebody vouched for by a person", &[&below, &person, &good], Rejected, "issuer-not-ca"));
    cases
}

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use jiff::Timestamp;
use proptest::prelude::*;

use super::point::{DistributionPoint, IssuingDistributionPoint};
use super::reason::{Reason, Reasons};
use super::*;
use crate::asn1::tlv;
use crate::crypto::{KeyKind, PrivateKey};
use crate::pki::Certificate;
use crate::pki::create::self_signed;
use crate::pki::values::Values;
use crate::source::Source;

fn certificate() -> Certificate {
    static CERTIFICATE: std::sync::OnceLock<Certificate> = std::sync::OnceLock::new();
    let make = || {
        let key = PrivateKey::generate(KeyKind::Ed25519).unwrap();
        self_signed(&key, "Anna", "anna@example.org", "2026-01-01T00:00:00Z".parse().unwrap(), 700).unwrap()
    };
    CERTIFICATE.get_or_init(make).clone()
}

/// A list by that certificate's holder that withdraws it; its signature is none.
fn list() -> Vec<u8> {
    let certificate = certificate();
    let algorithm = tlv(0x30, &[&[0x06, 0x03, 0x2b, 0x65, 0x70]]);
    let time = |text: &[u8]| tlv(0x17, &[text]);
    let extension = |id: u8, critical: bool, value: &[u8]| {
        let critical: &[u8] = if critical { &[1, 1, 0xff] } else { &[] };
        tlv(0x30, &[&[0x06, 0x03, 0x55, 0x1d, id], critical, &tlv(0x04, &[value])])
    };
    let issuer = tlv(0x30, &[&tlv(0xa4, &[certificate.issuer_der()])]);
    let of_entry = tlv(0x30, &[&extension(21, false, &[0x0a, 1, 1]), &extension(29, true, &issuer)]);
    let entry = tlv(0x30, &[&tlv(0x02, &[certificate.serial()]), &time(b"260301000000Z"), &of_entry]);
    let point = tlv(0x30, &[&tlv(0xa0, &[&tlv(0xa0, &[&tlv(0x86, &[b"http://example.org/"])])]), &[0x84, 1, 0xff]]);
    let all =
        tlv(0x30, &[&extension(20, false, &[2, 1, 7]), &extension(28, true, &point), &extension(27, true, &[2, 1, 5])]);
    let tbs = tlv(
        0x30,
        &[
            &[2, 1, 1],
            &algorithm,
            certificate.issuer_der(),
            &time(b"260201000000Z"),
            &time(b"260401000000Z"),
            &tlv(0x30, &[&entry]),
            &tlv(0xa0, &[&all]),
        ],
    );
    tlv(0x30, &[&tbs, &algorithm, &tlv(0x03, &[&[0; 65]])])
}

/// An answer about that certificate; its signature is none.
fn response() -> Vec<u8> {
    let time = |text: &[u8]| tlv(0x18, &[text]);
    let id = tlv(
        0x30,
        &[
            &tlv(0x30, &[&[0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a]]),
            &tlv(0x04, &[&[1; 20]]),
            &tlv(0x04, &[&[2; 20]]),
            &[2, 1, 9],
        ],
    );
    let revoked = tlv(0xa1, &[&time(b"20260301000000Z"), &tlv(0xa0, &[&[0x0a, 1, 1]])]);
    let single = tlv(0x30, &[&id, &revoked, &time(b"20260302000000Z"), &tlv(0xa0, &[&time(b"20260303000000Z")])]);
    let who = tlv(0xa2, &[&tlv(0x04, &[&[3; 20]])]);
    let data = tlv(0x30, &[&who, &time(b"20260302000000Z"), &tlv(0x30, &[&single])]);
    let algorithm = tlv(0x30, &[&[0x06, 0x03, 0x2b, 0x65, 0x70]]);
    let certificates = tlv(0xa0, &[&tlv(0x30, &[certificate().der()])]);
    let basic = tlv(0x30, &[&data, &algorithm, &tlv(0x03, &[&[0; 65]]), &certificates]);
    let kind: &[u8] = &[0x06, 0x09, 0x2b, 6, 1, 5, 5, 7, 0x30, 1, 1];
    tlv(0x30, &[&[0x0a, 1, 0], &tlv(0xa0, &[&tlv(0x30, &[kind, &tlv(0x04, &[&basic])])])])
}

/// The parts of a list are what they are, whatever its signature is worth.
#[test]
fn parts_of_a_list() {
    let crl = Crl::read(&Source::from_bytes(list())).unwrap();
    assert_eq!(crl.issuer_key(), certificate().issuer_key());
    assert!(crl.is_delta() && crl.issuing_point().unwrap().indirect);
    assert_eq!(crl.next_update(), Some("2026-04-01T00:00:00Z".parse::<Timestamp>().unwrap()));
    let entry = crl.find(&certificate()).unwrap().entry.unwrap();
    assert_eq!((entry.reason, entry.at.to_string().as_str()), (Reason::KeyCompromise, "2026-03-01T00:00:00Z"));
    assert!(crl.check_signature(&certificate()).is_err());
    assert_eq!(Response::read(&response()).unwrap().certificates(), [certificate()]);
}

/// Reasons are bits from the left; what is not a bit string is none.
#[test]
fn sets_of_reasons() {
    let reasons = |content: &[u8]| {
        let value = tlv(0x03, &[content]);
        Reasons::of(&Values::of(&value).any().unwrap())
    };
    assert_eq!(reasons(&[7, 0x7f, 0x80]), Some(Reasons::ALL));
    let (one, others) = (reasons(&[5, 0x60]).unwrap(), reasons(&[7, 0x1f, 0x80]).unwrap());
    assert!(one.and(others).is_empty() && !one.is_empty() && one.are_in(Reasons::ALL) && !Reasons::ALL.are_in(one));
    let mut all = one;
    all.add(others);
    assert_eq!(all, Reasons::ALL);
    assert_eq!((reasons(&[]), reasons(&[9, 0])), (None, None));
}

proptest! {
    /// Whatever comes, it ends in words.
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = crls(&Source::from_bytes(bytes.as_slice()), 1 << 20);
        let _ = Crl::read(&Source::from_bytes(bytes.as_slice())).map(|crl| crl.find(&certificate()));
        let _ = Response::read(&bytes);
        let _ = (DistributionPoint::all(&bytes), IssuingDistributionPoint::parse(&bytes));
    }

    /// So does what is nearly right.
    #[test]
    fn garbled_lists_and_answers_never_panic(
        at in any::<prop::sample::Index>(), with in any::<u8>(), cut in any::<prop::sample::Index>(), kind in any::<bool>()
    ) {
        let mut bytes = if kind { list() } else { response() };
        let place = at.index(bytes.len());
        bytes[place] = with;
        bytes.truncate(cut.index(bytes.len()) + 1);
        for bytes in [bytes.as_slice(), &list()[..cut.index(list().len())]] {
            if let Ok(crl) = Crl::read(&Source::from_bytes(bytes)) {
                let _ = (crl.find(&certificate()), crl.check_signature(&certificate()));
            }
            if let Ok(response) = Response::read(bytes) {
                let _ = (response.about(&certificate(), &certificate()), response.check_signature(&certificate()));
            }
        }
    }
}

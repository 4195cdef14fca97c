//! Signatures over a signature: none of them changes the verdict.

use const_oid::db::rfc5911::{ID_COUNTERSIGNATURE, ID_MESSAGE_DIGEST};
use waxwing::asn1::tlv;
use waxwing::crypto::DigestAlgorithm::Sha256;
use waxwing::report::Verdict::Pinned;

use crate::case::{Case, case, codes};
use crate::generator::people::{Person, alice, mallory};
use crate::generator::structures::{Info, attribute, attributes, signed_data};
use crate::generator::{ENTITY, clear_with};

/// Whose name can be relied on, whose not, and which do not hold.
pub fn countersignatures_are_checked() -> Vec<Case> {
    let stranger = Person::new("Carol", "carol@example.net");
    let info = Info::of(alice(), ENTITY.as_bytes());
    let over = |person: &Person, value: &[u8]| {
        let digest = attribute(ID_MESSAGE_DIGEST, &tlv(0x04, &[&Sha256.digest(value)]));
        Info::with(person, &[digest]).encode()
    };
    let with_type = Info::with(mallory(), &attributes(&info.value)).encode();
    let rows = [
        ("by somebody known", over(mallory(), &info.value), vec![alice()], "countersigned"),
        ("by a stranger", over(&stranger, &info.value), vec![alice(), &stranger], "countersigned-by-somebody"),
        ("without the certificate", over(&stranger, &info.value), vec![alice()], "countersignature-unchecked"),
        ("over something else", over(mallory(), b"EVIL"), vec![alice()], "countersignature-broken"),
        ("with a content type", with_type, vec![alice()], "countersignature-unchecked"),
        ("damaged", vec![0x30, 0], vec![alice()], ""),
    ];
    let row = |(name, counter, certificates, code): (&str, Vec<u8>, Vec<&Person>, &'static str)| {
        let unsigned = Some(attribute(ID_COUNTERSIGNATURE, &counter));
        let structure = signed_data(None, &[Info { unsigned, ..info.clone() }], &certificates);
        case(format!("countersigned {name}"), clear_with(ENTITY.as_bytes(), &structure), Pinned, code).and(
            move |opened| {
                let found = codes(&opened.report);
                let said = found.iter().filter(|code| code.starts_with("counter")).count();
                assert_eq!(said, usize::from(!code.is_empty()));
            },
        )
    };
    rows.into_iter().map(row).collect()
}

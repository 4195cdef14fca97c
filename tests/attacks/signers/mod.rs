//! Several signers, none at all, and certificates alone: the worst of them counts.

mod countersigners;

use const_oid::db::rfc5911;
use waxwing::asn1::tlv;
use waxwing::report::Verdict::{Altered, ExpiredAtSigning, OtherSigner, Pinned, Unreadable, Unsigned, Weak};

use crate::case::{Case, case};
use crate::generator::people::{ALICE, Person, alice, ended, mallory};
use crate::generator::structures::{Info, raw_signed_data, signed_data};
use crate::generator::{ENTITY, EVIL, among, clear_with, message, opaque};

pub fn cases() -> Vec<Case> {
    [several(), none(), countersigners::countersignatures_are_checked()].into_iter().flatten().collect()
}

/// Somebody else's signature lends nothing to hers, and hers nothing to somebody else's.
fn several() -> Vec<Case> {
    let entity = ENTITY.as_bytes();
    let (a, m) = (alice(), mallory());
    let stranger = Person::new("Eve", "eve@example.net");
    let old = ended();
    let good = || Info::of(a, entity);
    let with = |infos: &[Info]| clear_with(entity, &signed_data(None, infos, &[a, m, &stranger, &old]));
    let damaged = [good().encode(), tlv(0x30, &[&[2, 1, 1]])].concat();
    let damaged_first = [tlv(0x30, &[&[2, 1, 1]]), good().encode()].concat();
    let both = Info::with_digest(a, entity, waxwing::crypto::DigestAlgorithm::Sha1);
    vec![
        case("somebody else after", with(&[good(), Info::of(m, entity)]), OtherSigner, "address-differs"),
        case("somebody else before", with(&[Info::of(m, entity), good()]), OtherSigner, "address-differs"),
        case("a stranger after", with(&[good(), Info::of(&stranger, entity)]), OtherSigner, ""),
        case("a stranger before", with(&[Info::of(&stranger, entity), good()]), OtherSigner, ""),
        case(
            "a stranger without a certificate",
            clear_with(entity, &signed_data(None, &[good(), Info::of(&stranger, entity)], &[a])),
            Unreadable,
            "missing-certificate",
        ),
        case("herself twice", with(&[good(), good()]), Pinned, ""),
        case("herself with an outdated digest too", with(&[good(), both]), Weak, "weak-digest"),
        case("her old certificate too", with(&[good(), Info::of(&old, entity)]), ExpiredAtSigning, "")
            .pinned(&old.certificate),
        case("a second one that does not hold", with(&[good(), Info::of(a, b"other")]), Altered, "digest-mismatch"),
        case("a first one that does not hold", with(&[Info::of(a, b"other"), good()]), Altered, "digest-mismatch"),
        case(
            "a good one of somebody else, a bad one of hers",
            clear_with(EVIL, &signed_data(None, &[Info::of(m, EVIL), Info::of(a, b"x")], &[a, m])),
            Altered,
            "",
        ),
        case("more than anybody needs", with(&vec![good(); 300]), Unreadable, "too-many-signatures"),
        case(
            "one is damaged",
            clear_with(entity, &raw_signed_data(rfc5911::ID_DATA, None, &damaged, &[a])),
            Pinned,
            "damaged-structure",
        ),
        case(
            "the first is damaged",
            clear_with(entity, &raw_signed_data(rfc5911::ID_DATA, None, &damaged_first, &[a])),
            Pinned,
            "damaged-structure",
        ),
    ]
}

/// A structure without any signature is none, however many certificates are in it.
fn none() -> Vec<Case> {
    let a = alice();
    let bare = signed_data(None, &[], &[a]);
    let around = signed_data(Some(EVIL), &[], &[a]);
    let certificates = |kind: &str| {
        let head = format!("Content-Type: {kind}\r\nContent-Transfer-Encoding: binary\r\n\r\n");
        [head.as_bytes(), &bare].concat()
    };
    let only = "application/pkcs7-mime; smime-type=certs-only; name=smime.p7c";
    vec![
        case("none", clear_with(EVIL, &signed_data(None, &[], &[])), Unreadable, "no-signers").shows_evil(),
        case("none, opaque", opaque(&around), Unreadable, "no-signers").shows_evil(),
        case("certificates alone in a multipart/signed", clear_with(EVIL, &bare), Unreadable, "no-signers")
            .shows_evil(),
        case(
            "certificates alone",
            message(&format!("{only}\r\nContent-Transfer-Encoding: binary"), &bare),
            Unsigned,
            "",
        ),
        case(
            "certificates around a text",
            message(&format!("{only}\r\nContent-Transfer-Encoding: binary"), &around),
            Unreadable,
            "no-signers",
        ),
        case("certificates beside a text", among("mixed", &[EVIL, &certificates(only)]), Unsigned, "").shows_evil(),
        case(
            "certificates beside a text, called a signature",
            among("mixed", &[EVIL, &certificates("application/pkcs7-signature; name=smime.p7s")]),
            Unsigned,
            "",
        )
        .shows_evil(),
        case("an empty signature part", clear_with(EVIL, b""), Unreadable, "").shows_evil(),
        case("a certificate for a signature", clear_with(EVIL, a.certificate.der()), Unreadable, "").shows_evil(),
        case("words for a signature", clear_with(EVIL, format!("Signed by {ALICE}").as_bytes()), Unreadable, "")
            .shows_evil(),
    ]
}

//! What a signature is over: only what it was made over is taken for signed, whatever else lies in its structure or shows as body.

use const_oid::db::rfc5911;
use waxwing::report::Verdict::{Altered, Pinned, SenderUnclear, Unreadable};

use crate::case::{Case, case};
use crate::generator::people::{alice, mallory};
use crate::generator::structures::{Info, raw_signed_data, signed_data};
use crate::generator::{ENTITY, EVIL, clear, clear_with, message, multipart, opaque, signature_part};

pub fn cases() -> Vec<Case> {
    [embedded_content(), keys_and_names(), other_structures()].into_iter().flatten().collect()
}

/// Content inside the structure while another body shows, and the other way round.
fn embedded_content() -> Vec<Case> {
    let entity = ENTITY.as_bytes();
    let (a, m) = (alice(), mallory());
    let good = || Info::of(a, entity);
    let holding = |content: &[u8], infos: &[Info]| signed_data(Some(content), infos, &[a, m]);
    let hers = signed_data(Some(entity), &[good()], &[a]);
    let kind =
        "Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: binary\r\n\r\n";
    let as_part = [kind.as_bytes(), &hers].concat();
    let alone = message(crate::generator::SIGNED, &multipart("s", &[&signature_part(&hers)]));
    vec![
        case("as it should be", clear(entity), Pinned, ""),
        case("opaque", opaque(&hers), Pinned, ""),
        case(
            "content inside, another body shows",
            clear_with(EVIL, &holding(entity, &[good()])),
            Altered,
            "embedded-content",
        ),
        case(
            "content inside, the same body shows",
            clear_with(entity, &holding(EVIL, &[good()])),
            Pinned,
            "embedded-content",
        ),
        case("nothing inside, another body shows", clear_with(EVIL, &holding(b"", &[Info::of(a, b"")])), Altered, ""),
        case(
            "content inside by both, another body shows",
            clear_with(EVIL, &holding(entity, &[good(), Info::of(m, entity)])),
            Altered,
            "embedded-content",
        ),
        case(
            "content inside by her, the body by him",
            clear_with(EVIL, &holding(entity, &[good(), Info::of(m, EVIL)])),
            Altered,
            "embedded-content",
        ),
        case("content inside, no body", alone, Unreadable, "damaged-structure"),
        case(
            "signed around signed, another signature",
            clear_with(&as_part, &m.sign(&as_part)),
            Pinned,
            "passed-on-by",
        ),
        case("signed around signed, of something else", clear_with(&as_part, &m.sign(EVIL)), Altered, ""),
        case("bytes behind the structure", opaque(&[&hers[..], b"EVIL"].concat()), Pinned, ""),
        case(
            "a second structure behind the first",
            opaque(&[&hers[..], &signed_data(Some(EVIL), &[Info::of(m, EVIL)], &[m])].concat()),
            Pinned,
            "",
        ),
        case(
            "a second structure before the first",
            opaque(&[&signed_data(Some(EVIL), &[], &[m])[..], &hers].concat()),
            Unreadable,
            "no-signers",
        ),
    ]
}

/// A signature holds for the key that made it, whoever the structure names.
fn keys_and_names() -> Vec<Case> {
    let entity = ENTITY.as_bytes();
    let (a, m) = (alice(), mallory());
    let with = |info: Info| clear_with(entity, &signed_data(None, &[info], &[a, m]));
    vec![
        case(
            "her name, his key",
            with(Info { identifier: a.identifier(), ..Info::of(m, entity) }),
            Altered,
            "signature-mismatch",
        ),
        case(
            "his name, her key",
            with(Info { identifier: m.identifier(), ..Info::of(a, entity) }),
            Altered,
            "signature-mismatch",
        ),
        case("an empty value", with(Info { value: Vec::new(), ..Info::of(a, entity) }), Altered, "signature-mismatch"),
        case(
            "a value of zeros",
            with(Info { value: vec![0; 64], ..Info::of(a, entity) }),
            Altered,
            "signature-mismatch",
        ),
        case(
            "r and s of zero",
            with(Info { value: vec![0x30, 6, 2, 1, 0, 2, 1, 0], ..Info::of(a, entity) }),
            Altered,
            "signature-mismatch",
        ),
        case(
            "the value of another message",
            with(Info { value: Info::of(a, EVIL).value, ..Info::of(a, entity) }),
            Altered,
            "",
        ),
    ]
}

/// Content of another type than the one that was signed, and content that looks like a header.
fn other_structures() -> Vec<Case> {
    let entity = ENTITY.as_bytes();
    let (a, m) = (alice(), mallory());
    let header_inside = b"From: alice@example.org\r\n\r\nhello\r\n";
    vec![
        case(
            "another content type than signed",
            opaque(&raw_signed_data(rfc5911::ID_SIGNED_DATA, Some(entity), &Info::of(a, entity).encode(), &[a])),
            Unreadable,
            "damaged-attributes",
        ),
        case(
            "her header inside",
            opaque(&signed_data(Some(header_inside), &[Info::of(a, header_inside)], &[a])),
            Pinned,
            "",
        ),
        case(
            "a text that begins like a set",
            opaque(&signed_data(Some(b"1 EVIL"), &[Info::bare(m, b"1 EVIL")], &[m])),
            waxwing::report::Verdict::OtherSigner,
            "",
        ),
        case(
            "no header anywhere",
            signed_data(Some(b"EVIL"), &[Info::of(a, b"EVIL")], &[a]),
            SenderUnclear,
            "from-missing",
        ),
    ]
}

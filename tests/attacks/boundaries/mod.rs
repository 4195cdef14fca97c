//! Headers, boundaries and lines that programs read in different ways: what another program shows may not be what was signed.

mod types;

use waxwing::report::Verdict::{Altered, PartlySigned, Pinned, Unreadable};

use crate::case::{Case, case};
use crate::generator::people::{alice, mallory};
use crate::generator::{ENTITY, EVIL, SIGNED, clear, message, multipart, signature_part};

pub fn cases() -> Vec<Case> {
    [
        nothing_is_slipped_into_a_signed_message(),
        boundaries_are_not_confused(),
        line_ends_do_not_hide_text(),
        types::headers_that_can_be_read_in_two_ways(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What stands around the parts of a multipart/signed, and what takes their place.
fn nothing_is_slipped_into_a_signed_message() -> Vec<Case> {
    let entity = ENTITY.as_bytes();
    let part = signature_part(&alice().sign(entity));
    let with = |parts: &[&[u8]]| message(SIGNED, &multipart("s", parts));
    let after = [&clear(entity)[..], b"\r\n--s\r\n", EVIL, b"\r\n--s--\r\n"].concat();
    let before = message(SIGNED, &[b"EVIL\r\n", &multipart("s", &[entity, &part])[..]].concat());
    let of_evil = signature_part(&mallory().sign(EVIL));
    let prefix = ENTITY.replace("The meeting", "--sEVIL\r\n--");
    let unterminated = multipart("s", &[entity, &part]);
    let unterminated = &unterminated[..unterminated.len() - b"--s--\r\n".len()];
    let base64 = SIGNED.to_owned() + "\r\nContent-Transfer-Encoding: base64";
    vec![
        case("a third part", with(&[entity, &part, EVIL]), PartlySigned, "outside-signature").shows_evil(),
        case("a part between", with(&[entity, EVIL, &part]), PartlySigned, "outside-signature").shows_evil(),
        case("a part before", with(&[EVIL, entity, &part]), Altered, "outside-signature"),
        case("a second signature part", with(&[entity, &part, &of_evil]), Unreadable, "outside-signature"),
        case("a part behind the closing boundary", after, Pinned, "outside-signature"),
        case("text before the first boundary", before, Pinned, "outside-signature"),
        case("no closing boundary", message(SIGNED, unterminated), Pinned, "missing-final-boundary"),
        case("parts exchanged", with(&[&part, entity]), Unreadable, ""),
        case("the signature is a text", with(&[EVIL, EVIL]), Unreadable, ""),
        case("the signed part alone", with(&[EVIL]), Unreadable, "damaged-structure"),
        case("one line added", with(&[&[entity, b"EVIL\r\n"].concat(), &part]), Altered, "digest-mismatch"),
        case("a field added", with(&[&[b"X-Evil: EVIL\r\n", entity].concat(), &part]), Altered, ""),
        case("lines that begin like a boundary", clear(prefix.replace("EVIL", "well").as_bytes()), Pinned, ""),
        case(
            "a transfer encoding for all of it",
            message(&base64, &multipart("s", &[entity, &part])),
            PartlySigned,
            "",
        ),
    ]
}

/// Boundaries that are prefixes of each other, or the same outside and inside: an outer one ends what is inside.
fn boundaries_are_not_confused() -> Vec<Case> {
    let entity = ENTITY.as_bytes();
    let inner = |boundary: &str, entity: &[u8]| {
        let body = multipart(boundary, &[entity, &signature_part(&alice().sign(entity))]);
        let kind = SIGNED.replace("boundary=s", &format!("boundary=\"{boundary}\""));
        [format!("Content-Type: {kind}\r\n\r\n").as_bytes(), &body].concat()
    };
    let around = |boundary: &str, parts: &[&[u8]]| {
        message(&format!("multipart/mixed; boundary=\"{boundary}\""), &multipart(boundary, parts))
    };
    let mut cases = Vec::new();
    for (outer, within) in [("b", "bb"), ("bb", "b"), ("b", "b--"), ("b--", "b"), ("b", "b-"), ("b ", "b"), ("B", "b")]
    {
        let signed = inner(within, entity);
        for (place, parts) in [("behind", [EVIL, &signed]), ("before", [&signed[..], EVIL])] {
            let name = format!("\"{outer}\" around \"{within}\", {place} a text");
            cases.push(case(name, around(outer, &parts), PartlySigned, "").shows_evil());
        }
    }
    // A signed multipart with parts of its own, whose boundary begins like the outer one.
    let nested = "Content-Type: multipart/mixed; boundary=ss\r\n\r\n--ss\r\n\r\none\r\n--ss\r\n\r\ntwo\r\n--ss--\r\n";
    cases.push(case("nested, both begin alike", clear(nested.as_bytes()), Pinned, "").has_pieces(2));
    for (name, length, expected) in [("as long as may be", 70, Pinned), ("longer than a line", 2000, Unreadable)] {
        let mail = [b"From: alice@example.org\r\n", &inner(&"b".repeat(length), entity)[..]].concat();
        cases.push(case(name, mail, expected, ""));
    }
    let empty = message(
        &SIGNED.replace("boundary=s", "boundary=\"\""),
        &multipart("", &[EVIL, &signature_part(&alice().sign(EVIL))]),
    );
    cases.push(case("empty", empty, Unreadable, ""));
    cases
}

/// Line ends that are changed on the way are no change; a CR in place of one would make other lines of the same bytes.
fn line_ends_do_not_hide_text() -> Vec<Case> {
    let entity = "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/plain\r\n\r\none\r\n\
                  --m\r\nContent-Type: text/plain\r\n\r\ntwo\r\n--m--\r\n";
    let part = signature_part(&alice().sign(entity.as_bytes()));
    let with = |entity: &str| message(SIGNED, &multipart("s", &[entity.as_bytes(), &part]));
    let mixed = entity.replacen("\r\n", "\n", 3);
    vec![
        case("as sent", with(entity), Pinned, "").has_pieces(2),
        case("LF", with(&entity.replace("\r\n", "\n")), Pinned, ""),
        case("mixed", with(&mixed), Pinned, "").has_pieces(2),
        case("CR", with(&entity.replace("\r\n", "\r")), Altered, ""),
        case("CR before a boundary", with(&entity.replacen("one\r\n--m\r\n", "one\r--m\r", 1)), Altered, ""),
        case("CR in a header", with(&entity.replacen("text/plain\r\n\r\ntwo", "text/plain\r\rtwo", 1)), Altered, ""),
        case("CR CR LF", with(&entity.replace("one\r\n", "one\r\r\n")), Altered, ""),
        case("a line end more", with(&entity.replace("one\r\n", "one\r\n\r\n")), Altered, ""),
    ]
}

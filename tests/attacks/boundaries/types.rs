//! Content-Type fields that say several things.

use waxwing::report::Verdict::{PartlySigned, Pinned, Unsigned};

use crate::case::{Case, case};
use crate::generator::people::{ALICE, MALLORY, alice};
use crate::generator::structures::{Info, signed_data};
use crate::generator::{ENTITY, EVIL, SIGNED, multipart, signature_part};

/// A header that programs read in different ways: what another program shows may not be what was signed.
pub fn headers_that_can_be_read_in_two_ways() -> Vec<Case> {
    let body = multipart("s", &[ENTITY.as_bytes(), &signature_part(&alice().sign(ENTITY.as_bytes()))]);
    let with = |fields: &str, body: &[u8]| {
        [format!("From: {ALICE}\r\nMIME-Version: 1.0\r\n{fields}\r\n").as_bytes(), body].concat()
    };
    let signed = format!("Content-Type: {SIGNED}\r\n");
    let evil = multipart("evil", &[EVIL]);
    let both = [&body[..], &evil].concat();
    let two = |first: &str, second: &str| SIGNED.replace("boundary=s", &format!("{first}; {second}"));
    let in_two_ways = vec![
        case("the same twice", with(&format!("{signed}{signed}"), &body), Pinned, "odd-structure"),
        case(
            "two types",
            with(&format!("{signed}Content-Type: multipart/mixed; boundary=evil\r\n"), &both),
            PartlySigned,
            "odd-structure",
        ),
        case("a text first", with(&format!("Content-Type: text/plain\r\n{signed}"), &body), Unsigned, "odd-structure"),
        case(
            "two boundaries",
            with(&format!("Content-Type: {}\r\n", two("boundary=s", "boundary=evil")), &both),
            PartlySigned,
            "odd-structure",
        ),
        case(
            "two forms of boundary",
            with(&format!("Content-Type: {}\r\n", two("boundary*=us-ascii''s", "boundary=evil")), &both),
            PartlySigned,
            "odd-structure",
        ),
        case(
            "a boundary in pieces and whole",
            with(&format!("Content-Type: {}\r\n", two("boundary*0=s", "boundary=evil")), &both),
            PartlySigned,
            "odd-structure",
        ),
        case(
            "the same boundary twice",
            with(&format!("Content-Type: {}\r\n", two("boundary=s", "boundary=\"s\"")), &body),
            Pinned,
            "",
        ),
        case(
            "a type in a comment",
            with(
                &format!("Content-Type: multipart/signed (text/plain){}\r\n", &SIGNED["multipart/signed".len()..]),
                &body,
            ),
            Pinned,
            "",
        ),
        case("another field folded in", with(&format!("X-Note: a\r\n From: {MALLORY}\r\n{signed}"), &body), Pinned, ""),
        case(
            "a CR that some take for a line end",
            with(&format!("X-Note: a\rFrom: {MALLORY}\r\n{signed}"), &body),
            Pinned,
            "odd-structure",
        ),
        case("a line that is no field", with(&format!("{signed}EVIL\r\n"), &body), Pinned, "odd-structure"),
        case("a NUL in the type", with(&signed.replace("multipart/signed", "multipart/\0signed"), &body), Unsigned, ""),
        case("a blank before the colon", with(&signed.replace("Content-Type:", "Content-Type :"), &body), Pinned, ""),
        case(
            "two transfer encodings",
            with(&format!("{signed}Content-Transfer-Encoding: 7bit\r\nContent-Transfer-Encoding: base64\r\n"), &body),
            PartlySigned,
            "odd-structure",
        ),
    ];
    let opaque = signed_data(Some(ENTITY.as_bytes()), &[Info::of(alice(), ENTITY.as_bytes())], &[alice()]);
    let kind = "Content-Type: application/pkcs7-mime; name=smime.p7m\r\nContent-Transfer-Encoding: binary\r\n";
    let opaque_ones = vec![
        case("opaque", with(kind, &opaque), Pinned, ""),
        case(
            "opaque or html",
            with(&format!("{kind}Content-Type: text/html\r\n"), &opaque),
            PartlySigned,
            "odd-structure",
        ),
        case("html or opaque", with(&format!("Content-Type: text/html\r\n{kind}"), &opaque), Unsigned, ""),
        case(
            "opaque, binary or base64",
            with(&format!("{kind}Content-Transfer-Encoding: base64\r\n"), &opaque),
            PartlySigned,
            "odd-structure",
        ),
    ];
    [in_two_ways, opaque_ones].into_iter().flatten().collect()
}

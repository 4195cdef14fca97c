//! A signed part speaks for itself, however the multipart around it is called, and wherever it is hidden.

use waxwing::report::Verdict::{PartlySigned, Pinned, Unsigned};

use crate::case::{Case, case};
use crate::generator::people::alice;
use crate::generator::structures::{Info, signed_data};
use crate::generator::{ENTITY, EVIL, among, clear, message, multipart, signed_entity};

const HTML: &[u8] =
    b"Content-Type: text/html\r\n\r\n<p>EVIL</p><img src=\"cid:signed\"><object data=\"cid:signed\"></object>\r\n";

pub fn cases() -> Vec<Case> {
    [a_signed_part_is_not_the_message(), odd_places_make_nothing_of_it(), odd_types()].into_iter().flatten().collect()
}

fn signed() -> Vec<u8> {
    signed_entity(alice(), ENTITY.as_bytes())
}

fn named(field: &str) -> Vec<u8> {
    [field.as_bytes(), b"\r\n", &signed()].concat()
}

fn structure() -> Vec<u8> {
    signed_data(Some(ENTITY.as_bytes()), &[Info::of(alice(), ENTITY.as_bytes())], &[alice()])
}

/// Beside other parts, as an attachment, by reference, forwarded.
fn a_signed_part_is_not_the_message() -> Vec<Case> {
    let attached = named("Content-Disposition: attachment; filename=signed.eml");
    let inline = named("Content-Disposition: inline");
    let referenced = named("Content-ID: <signed>");
    let own = clear(ENTITY.as_bytes());
    let forwarded = [b"Content-Type: message/rfc822\r\n\r\n", &own[..]].concat();
    let forwarded_by_id = [b"Content-ID: <signed>\r\n", &forwarded[..]].concat();
    let partly = |name: &str, mail: Vec<u8>| case(name, mail, PartlySigned, "").covers_a_part();
    let inner = |kind: &str, parts: &[&[u8]]| {
        [format!("Content-Type: multipart/{kind}; boundary=i\r\n\r\n").as_bytes(), &multipart("i", parts)].concat()
    };
    let html_last = inner("alternative", &[&signed(), HTML]);
    vec![
        partly("mixed, first", among("mixed", &[&signed(), EVIL])).shows_evil(),
        partly("mixed, last", among("mixed", &[EVIL, &signed()])).shows_evil(),
        partly("mixed, between", among("mixed", &[EVIL, &signed(), EVIL])).shows_evil(),
        partly("mixed, inline", among("mixed", &[EVIL, &inline])).shows_evil(),
        partly("related", among("related; type=\"text/html\"", &[HTML, &referenced])).shows_evil(),
        partly("related, the other is the root", among("related; start=\"<evil>\"", &[&signed(), HTML])),
        partly("related, a forwarded message by its id", among("related", &[HTML, &forwarded_by_id])),
        partly("alternative, before", among("alternative", &[EVIL, &signed()])),
        partly("alternative, behind", among("alternative", &[&signed(), HTML])),
        partly("alternative in mixed", among("mixed", &[&html_last])),
        partly("alternative in related", among("related", &[&html_last])),
        partly("a type of its own", among("x-unknown", &[&signed(), EVIL])),
        partly("as an attachment", among("mixed", &[EVIL, &attached])).shows_evil(),
        partly("forwarded", among("mixed", &[EVIL, &forwarded])).shows_evil(),
        partly("forwarded, before a text", among("mixed", &[&forwarded, EVIL])).shows_evil(),
        partly("in a digest", among("digest", &[&own, b"From: eve@example.net\r\n\r\nEVIL"])),
        partly("two of them", among("mixed", &[&signed(), &signed()])),
        case("alone", among("mixed", &[&signed()]), Pinned, ""),
        case("a message that is nothing but another", message("message/rfc822", &own), PartlySigned, ""),
    ]
}

/// In a multipart that is made for something else.
fn odd_places_make_nothing_of_it() -> Vec<Case> {
    let rows = [
        ("a delivery report", "report; report-type=delivery-status"),
        ("a form", "form-data"),
        ("parts at once", "parallel"),
        ("a file of two halves", "appledouble"),
        ("a header and its text", "header-set"),
        ("ranges of bytes", "byteranges"),
        ("a voice message", "voice-message"),
        ("OpenPGP's encryption", "encrypted; protocol=\"application/pgp-encrypted\""),
        ("no type of the registry", "x-mixed-replace"),
    ];
    rows.map(|(name, kind)| case(name, among(kind, &[EVIL, &signed()]), PartlySigned, "").covers_a_part()).into()
}

/// A structure under a type that is not its own.
fn odd_types() -> Vec<Case> {
    let structure = structure();
    let head = |kind: &str| format!("Content-Type: {kind}\r\nContent-Transfer-Encoding: binary\r\n\r\n");
    let under = |kind: &str| message(&format!("{kind}\r\nContent-Transfer-Encoding: binary"), &structure);
    let beside = |kind: &str| among("mixed", &[EVIL, &[head(kind).as_bytes(), &structure].concat()]);
    let within = |kind: &str| {
        let inner = [head("application/pkcs7-mime; smime-type=signed-data").as_bytes(), &structure].concat();
        message(kind, &inner)
    };
    vec![
        case("the old name", under("application/x-pkcs7-mime; smime-type=signed-data; name=smime.p7m"), Pinned, ""),
        case("as encrypted", under("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m"), Pinned, ""),
        case("as certificates", under("application/pkcs7-mime; smime-type=certs-only; name=smime.p7c"), Pinned, ""),
        case("as a text", under("text/plain"), Unsigned, ""),
        case("as a page with its file name", under("text/html; name=smime.p7m"), Unsigned, ""),
        case("as a picture", under("image/png; name=smime.png"), Unsigned, ""),
        case("as a request for a certificate", under("application/pkcs10; name=smime.p10"), Unsigned, ""),
        case("as OpenPGP", under("application/pgp-signature; name=signature.asc"), Unsigned, ""),
        case("beside a text", beside("application/pkcs7-mime; smime-type=signed-data"), PartlySigned, "").shows_evil(),
        case("beside a text, by its file name", beside("application/octet-stream; name=smime.p7m"), PartlySigned, "")
            .shows_evil(),
        case("beside a text, as a picture", beside("image/png; name=seal.png"), Unsigned, "").shows_evil(),
        case("in a delivery report", within("message/delivery-status"), Unsigned, ""),
        case("in a header alone", within("text/rfc822-headers"), Unsigned, ""),
        case("in a message of other letters", within("message/global"), PartlySigned, ""),
    ]
}

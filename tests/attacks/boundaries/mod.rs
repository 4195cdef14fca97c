//! What a signature covers of a message in many parts, and what other programs may take for its parts.

use waxwing::report::Covers;
use waxwing::report::Verdict::{Altered, OtherSigner, PartlySigned, Pinned, Unreadable, Unsigned};

use super::people::{MALLORY, alice, bob, mallory};
use super::*;

const EVIL: &[u8] = b"Content-Type: text/plain\r\n\r\nEVIL\r\n";
const HTML: &[u8] =
    b"Content-Type: text/html\r\n\r\n<p>EVIL</p><img src=\"cid:signed\"><object data=\"cid:signed\"></object>\r\n";

fn signed() -> Vec<u8> {
    signed_entity(alice(), ENTITY.as_bytes())
}

fn named(field: &str) -> Vec<u8> {
    [field.as_bytes(), b"\r\n", &signed()].concat()
}

/// A multipart of that kind around these parts.
fn among(kind: &str, parts: &[&[u8]]) -> Vec<u8> {
    message(&format!("multipart/{kind}; boundary=m"), &multipart("m", parts))
}

/// A signed part speaks for itself, however the multipart around it is called, and wherever it is hidden.
#[test]
fn a_signed_part_is_not_the_message() {
    let attached = named("Content-Disposition: attachment; filename=signed.eml");
    let referenced = named("Content-ID: <signed>");
    let forwarded = |mail: &[u8]| [b"Content-Type: message/rfc822\r\n\r\n", mail].concat();
    let own = clear(ENTITY.as_bytes());
    let cases = vec![
        case("mixed, first", among("mixed", &[&signed(), EVIL]), PartlySigned, ""),
        case("mixed, last", among("mixed", &[EVIL, &signed()]), PartlySigned, ""),
        case("related", among("related; type=\"text/html\"", &[HTML, &referenced]), PartlySigned, ""),
        case("alternative, before", among("alternative", &[EVIL, &signed()]), PartlySigned, ""),
        case("alternative, behind", among("alternative", &[&signed(), HTML]), PartlySigned, ""),
        case("a type of its own", among("x-unknown", &[&signed(), EVIL]), PartlySigned, ""),
        case("as an attachment", among("mixed", &[EVIL, &attached]), PartlySigned, ""),
        case("forwarded", among("mixed", &[EVIL, &forwarded(&own)]), PartlySigned, ""),
        case("in a digest", among("digest", &[&own, b"From: eve@example.net\r\n\r\nEVIL"]), PartlySigned, ""),
        case("alone", among("mixed", &[&signed()]), Pinned, ""),
    ];
    for case in &cases[1..4] {
        shows_evil(case.name, &case.mail);
    }
    for Case { name, mail, .. } in &cases[..9] {
        let report = bob().open(mail).report;
        assert!(report.layers.iter().all(|layer| layer.covers == Covers::Part), "{name}");
    }
    hold(cases);
    let alone = message("message/rfc822", &clear(ENTITY.as_bytes()));
    hold(vec![case("a message that is nothing but another", alone, PartlySigned, "")]);
}

/// What stands around the parts of a multipart/signed, and what takes their place.
#[test]
fn nothing_is_slipped_into_a_signed_message() {
    let entity = ENTITY.as_bytes();
    let part = signature_part(&alice().sign(entity));
    let with = |parts: &[&[u8]]| message(SIGNED, &multipart("s", parts));
    let after = [&clear(entity)[..], b"\r\n--s\r\n", EVIL, b"\r\n--s--\r\n"].concat();
    let before = message(SIGNED, &[b"EVIL\r\n", &multipart("s", &[entity, &part])[..]].concat());
    let of_evil = signature_part(&mallory().sign(EVIL));
    let prefix = ENTITY.replace("The meeting", "--sEVIL\r\n--");
    let unterminated = multipart("s", &[entity, &part]);
    let unterminated = &unterminated[..unterminated.len() - b"--s--\r\n".len()];
    hold(vec![
        case("a third part", with(&[entity, &part, EVIL]), PartlySigned, "outside-signature"),
        case("a part between", with(&[entity, EVIL, &part]), PartlySigned, "outside-signature"),
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
    ]);
}

/// Boundaries that are prefixes of each other, or the same outside and inside: an outer one ends what is inside.
#[test]
fn boundaries_are_not_confused() {
    let entity = ENTITY.as_bytes();
    let inner = |boundary: &str, entity: &[u8]| {
        let body = multipart(boundary, &[entity, &signature_part(&alice().sign(entity))]);
        let kind = SIGNED.replace("boundary=s", &format!("boundary=\"{boundary}\""));
        [format!("Content-Type: {kind}\r\n\r\n").as_bytes(), &body].concat()
    };
    let around = |boundary: &str, parts: &[&[u8]]| {
        message(&format!("multipart/mixed; boundary=\"{boundary}\""), &multipart(boundary, parts))
    };
    for (outer, within) in [("b", "bb"), ("bb", "b"), ("b", "b--"), ("b--", "b"), ("b", "b-"), ("b ", "b"), ("B", "b")]
    {
        for parts in [[EVIL, &inner(within, entity)], [&inner(within, entity)[..], EVIL]] {
            let mail = around(outer, &parts);
            let report = bob().open(&mail).report;
            assert!(!report.signature.is_good(), "{outer:?} around {within:?}: {:?}", report.signature);
        }
    }
    // A signed multipart with parts of its own, whose boundary begins like the outer one.
    let nested = "Content-Type: multipart/mixed; boundary=ss\r\n\r\n--ss\r\n\r\none\r\n--ss\r\n\r\ntwo\r\n--ss--\r\n";
    let seen = pieces(&bob().open(&clear(nested.as_bytes())));
    assert_eq!(seen.len(), 2, "{seen:?}");
    hold(vec![case("nested", clear(nested.as_bytes()), Pinned, "")]);
}

/// A header that programs read in different ways: what another program shows may not be what was signed.
#[test]
fn headers_that_can_be_read_in_two_ways() {
    let body = multipart("s", &[ENTITY.as_bytes(), &signature_part(&alice().sign(ENTITY.as_bytes()))]);
    let with = |fields: &str, body: &[u8]| {
        [format!("From: {ALICE}\r\nMIME-Version: 1.0\r\n{fields}\r\n").as_bytes(), body].concat()
    };
    let signed = format!("Content-Type: {SIGNED}\r\n");
    let evil = multipart("evil", &[EVIL]);
    let both = [&body[..], &evil].concat();
    let two = |first: &str, second: &str| SIGNED.replace("boundary=s", &format!("{first}; {second}"));
    hold(vec![
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
    ]);
    let opaque = structures::signed_data(
        Some(ENTITY.as_bytes()),
        &[structures::Info::of(alice(), ENTITY.as_bytes())],
        &[alice()],
    );
    let kind = "Content-Type: application/pkcs7-mime; name=smime.p7m\r\nContent-Transfer-Encoding: binary\r\n";
    hold(vec![
        case("opaque", with(kind, &opaque), Pinned, ""),
        case(
            "opaque or html",
            with(&format!("{kind}Content-Type: text/html\r\n"), &opaque),
            PartlySigned,
            "odd-structure",
        ),
        case("html or opaque", with(&format!("Content-Type: text/html\r\n{kind}"), &opaque), Unsigned, ""),
    ]);
}

/// protocol and micalg are announcements: they prove nothing, and what they get wrong is said.
#[test]
fn announcements_prove_nothing() {
    let body = multipart("s", &[ENTITY.as_bytes(), &signature_part(&alice().sign(ENTITY.as_bytes()))]);
    let with = |kind: &str, body: &[u8]| message(&format!("multipart/signed; boundary=s{kind}"), body);
    let smime = "; protocol=\"application/pkcs7-signature\"";
    let bad = multipart("s", &[EVIL, &signature_part(&alice().sign(ENTITY.as_bytes()))]);
    hold(vec![
        case("no protocol", with("", &body), Pinned, "protocol-differs"),
        case("OpenPGP", with("; protocol=\"application/pgp-signature\"", &body), Pinned, "protocol-differs"),
        case("OpenPGP, altered", with("; protocol=\"application/pgp-signature\"", &bad), Altered, ""),
        case("md5", with(&format!("{smime}; micalg=md5"), &body), Pinned, "micalg-differs"),
        case("nonsense", with(&format!("{smime}; micalg=\"EVIL\""), &body), Pinned, "micalg-differs"),
        case("sha-512, altered", with(&format!("{smime}; micalg=sha-512"), &bad), Altered, ""),
        case("mixed for signed", message("multipart/mixed; boundary=s", &body), Unreadable, "missing-content"),
    ]);
}

/// Messages in pieces, bodies elsewhere, messages in messages: what is not here is not vouched for, and the author of what is
/// inside is named.
#[test]
fn messages_that_are_somewhere_else() {
    let partial =
        "Content-Type: message/partial; id=\"x\"; number=1; total=2\r\n\r\nContent-Type: text/plain\r\n\r\nhalf\r\n";
    let external = "Content-Type: message/external-body; access-type=URL; URL=\"https://example.net/\"\r\n\r\nContent-Type: text/html\r\n\r\n";
    hold(vec![
        case("partial", clear(partial.as_bytes()), Pinned, ""),
        case("external", clear(external.as_bytes()), Pinned, ""),
        case("partial around signed", message("message/partial; id=x; number=1; total=1", &signed()), Unsigned, ""),
    ]);

    let other = format!("Content-Type: message/rfc822\r\n\r\nFrom: {MALLORY}\r\nSubject: pay\r\n\r\nOTHER\r\n");
    let opened = bob().open(&clear(other.as_bytes()));
    assert_eq!(opened.report.signature, Pinned);
    assert_eq!(opened.report.attachments.len(), 1, "what Mallory wrote is not Alice's message");
    let texts: String = opened.report.shown.texts.iter().map(|text| text.text.as_str()).collect();
    assert!(texts.contains(&format!("From: {MALLORY}")) && texts.contains("OTHER"), "{texts}");
    let own = format!("Content-Type: message/rfc822\r\n\r\nFrom: {ALICE}\r\nSubject: hello\r\n\r\nmine\r\n");
    assert!(bob().open(&clear(own.as_bytes())).report.attachments.is_empty(), "her own message in a wrapper");

    // Somebody else's signed message, forwarded whole: she signed that she forwards it.
    let his = [b"From: mallory@example.net\r\n", &signed_entity(mallory(), ENTITY.as_bytes())[..]].concat();
    let forwarded = [b"Content-Type: message/rfc822\r\n\r\n", &his[..]].concat();
    let report = bob().open(&clear(&forwarded)).report;
    assert_eq!(report.signature, Pinned);
    assert_eq!(report.layers[1].covers, Covers::Part);
    assert_eq!(report.layers[1].signers[0].verdict, OtherSigner);

    // Hers inside of his, which he passes on: a note, and nothing of his is shown.
    let kind = SIGNED.replace("boundary=s", "boundary=outer");
    let inner = signed();
    let list = message(&kind, &multipart("outer", &[&inner, &signature_part(&mallory().sign(&inner))]));
    let more = multipart("m", &[&inner, EVIL]);
    let more = [b"Content-Type: multipart/mixed; boundary=m\r\n\r\n", &more[..]].concat();
    let with_more = message(&kind, &multipart("outer", &[&more, &signature_part(&mallory().sign(&more))]));
    hold(vec![
        case("passed on", list, Pinned, "passed-on-by"),
        case("passed on with something more", with_more, OtherSigner, ""),
    ]);
}

/// A signed part in a place that is made for something else, and a structure under a type that is not its own.
#[test]
fn odd_places_make_nothing_of_it() {
    let part = signed();
    let among_parts = |kind: &str| among(kind, &[EVIL, &part]);
    let structure = structures::signed_data(
        Some(ENTITY.as_bytes()),
        &[structures::Info::of(alice(), ENTITY.as_bytes())],
        &[alice()],
    );
    let under = |kind: &str| message(&format!("{kind}\r\nContent-Transfer-Encoding: binary"), &structure);
    let beside = |kind: &str| {
        let head = format!("Content-Type: {kind}\r\nContent-Transfer-Encoding: binary\r\n\r\n");
        among("mixed", &[EVIL, &[head.as_bytes(), &structure].concat()])
    };
    hold(vec![
        case("a delivery report", among_parts("report; report-type=delivery-status"), PartlySigned, ""),
        case("a form", among_parts("form-data"), PartlySigned, ""),
        case("parts at once", among_parts("parallel"), PartlySigned, ""),
        case("a file of two halves", among_parts("appledouble"), PartlySigned, ""),
        case(
            "OpenPGP's encryption",
            among_parts("encrypted; protocol=\"application/pgp-encrypted\""),
            PartlySigned,
            "",
        ),
        case("no type of the registry", among_parts("x-mixed-replace"), PartlySigned, ""),
        case("the old name", under("application/x-pkcs7-mime; smime-type=signed-data; name=smime.p7m"), Pinned, ""),
        case(
            "beside a text",
            beside("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"),
            PartlySigned,
            "",
        ),
        case("as a text", under("text/plain"), Unsigned, ""),
        case("as a picture", under("image/png; name=smime.png"), Unsigned, ""),
        case("as encrypted", under("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m"), Pinned, ""),
        case("as certificates", under("application/pkcs7-mime; smime-type=certs-only; name=smime.p7c"), Pinned, ""),
    ]);
}

/// Line ends that are changed on the way are no change; a CR in place of one would make other lines of the same bytes.
#[test]
fn line_ends_do_not_hide_text() {
    let entity = "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/plain\r\n\r\none\r\n\
                  --m\r\nContent-Type: text/plain\r\n\r\ntwo\r\n--m--\r\n";
    let part = signature_part(&alice().sign(entity.as_bytes()));
    let with = |entity: &str| message(SIGNED, &multipart("s", &[entity.as_bytes(), &part]));
    let mixed = entity.replacen("\r\n", "\n", 3);
    hold(vec![
        case("as sent", with(entity), Pinned, ""),
        case("LF", with(&entity.replace("\r\n", "\n")), Pinned, ""),
        case("mixed", with(&mixed), Pinned, ""),
        case("CR", with(&entity.replace("\r\n", "\r")), Altered, ""),
        case("CR before a boundary", with(&entity.replacen("one\r\n--m\r\n", "one\r--m\r", 1)), Altered, ""),
        case("CR in a header", with(&entity.replacen("text/plain\r\n\r\ntwo", "text/plain\r\rtwo", 1)), Altered, ""),
        case("CR CR LF", with(&entity.replace("one\r\n", "one\r\r\n")), Altered, ""),
        case("a line end more", with(&entity.replace("one\r\n", "one\r\n\r\n")), Altered, ""),
    ]);
    for mail in [with(entity), with(&mixed)] {
        assert_eq!(pieces(&bob().open(&mail)).len(), 2);
    }
}

/// Where nothing can be taken apart, and where a form of a text says nothing, what is there is shown.
#[test]
fn nothing_is_hidden_by_its_structure() {
    let html: &[u8] = b"Content-Type: text/html\r\n\r\n<p>EVIL</p>\r\n";
    let blank: &[u8] = b"Content-Type: text/plain\r\n\r\n \r\n\r\n";
    let file: &[u8] = b"Content-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nwell\r\n";
    let body = b"EVIL\r\n--other\r\n\r\nEVIL\r\n";
    for (name, mail) in [
        ("a blank form", among("alternative", &[blank, html])),
        ("an attached form", among("alternative", &[file, html])),
        ("alternatives without parts", message("multipart/alternative; boundary=m", body)),
        ("alternatives without a boundary", message("multipart/alternative", body)),
        ("parts without a boundary", message("multipart/mixed", body)),
        ("signed without parts", message(SIGNED, body)),
        ("signed without a boundary", message("multipart/signed; protocol=\"application/pkcs7-signature\"", body)),
        ("a message in base64", message("message/rfc822\r\nContent-Transfer-Encoding: base64", b"RVZJTA==")),
        ("a type that does not exist", message("EVIL", b"EVIL")),
        ("a type without a subtype", message("text", b"EVIL")),
        ("behind an element of a drawing that ends itself", message("text/html", b"<svg><style/></svg><p>EVIL</p>")),
        ("behind a title of a drawing", message("text/html", b"<svg><title/></svg><p>EVIL</p>")),
        ("behind a program of a drawing", message("text/html", b"<svg><script/></svg><p>EVIL</p>")),
        ("behind an element that does not end", message("text/html", b"<p>one<style>x</style>EVIL")),
        ("behind lines that are no fields", message("text/plain\r\n \r\nno field", b"EVIL")),
    ] {
        shows_evil(name, &mail);
    }
}

/// A page can draw a seal; it is text, and stands where text stands.
#[test]
fn a_drawn_seal_is_text() {
    let seal = "<div style=\"position:fixed;color:green\">\u{2714} Signed by Alice. Unchanged. EVIL</div><svg><text>verified EVIL</text></svg>";
    let html = message("text/html; charset=utf-8", seal.as_bytes());
    let plain = message("text/plain; charset=utf-8", "\u{1b}[2J\u{202e}EVIL \u{2714} verified\u{0}".as_bytes());
    shows_evil("html", &html);
    let opened = bob().open(&plain);
    let text = &opened.report.shown.texts[0].text;
    assert!(!text.contains(['\u{1b}', '\u{202e}', '\0']), "{text:?}");
    hold(vec![case("html", html, Unsigned, ""), case("text", plain, Unsigned, "")]);
}

//! Messages in pieces, bodies elsewhere, messages in messages: what is not here is not vouched for, and the author of what is
//! inside is named.

use waxwing::report::Covers;
use waxwing::report::Verdict::{OtherSigner, PartlySigned, Pinned, Unsigned};

use crate::case::{Case, case};
use crate::generator::people::{ALICE, MALLORY, alice, mallory};
use crate::generator::{ENTITY, EVIL, SIGNED, among, clear, message, multipart, signature_part, signed_entity};

/// Messages in pieces, bodies elsewhere, messages in messages: what is not here is not vouched for, and the author of what is
/// inside is named.
pub fn cases() -> Vec<Case> {
    [messages_that_are_somewhere_else(), messages_in_messages()].into_iter().flatten().collect()
}

/// Pieces of a message, and bodies that are fetched.
fn messages_that_are_somewhere_else() -> Vec<Case> {
    let partial =
        "Content-Type: message/partial; id=\"x\"; number=1; total=2\r\n\r\nContent-Type: text/plain\r\n\r\nhalf\r\n";
    let external = "Content-Type: message/external-body; access-type=URL; URL=\"https://example.net/\"\r\n\r\nContent-Type: text/html\r\n\r\n";
    let signed = signed_entity(alice(), ENTITY.as_bytes());
    vec![
        case("a piece that is signed", clear(partial.as_bytes()), Pinned, ""),
        case("a body elsewhere that is signed", clear(external.as_bytes()), Pinned, ""),
        case("signed in a piece", message("message/partial; id=x; number=1; total=1", &signed), Unsigned, ""),
        case("signed in the second piece", message("message/partial; id=x; number=2; total=2", &signed), Unsigned, ""),
        case("a piece beside signed", among("mixed", &[partial.as_bytes(), &signed]), PartlySigned, ""),
        case("a body elsewhere beside signed", among("mixed", &[external.as_bytes(), &signed]), PartlySigned, ""),
        case(
            "a body elsewhere instead of signed",
            among("alternative", &[&signed, external.as_bytes()]),
            PartlySigned,
            "",
        ),
        case(
            "signed as a body elsewhere",
            message("message/external-body; access-type=local-file; name=x", &signed),
            Unsigned,
            "",
        ),
    ]
}

/// Whose message it is that is inside of another.
fn messages_in_messages() -> Vec<Case> {
    let other = format!("Content-Type: message/rfc822\r\n\r\nFrom: {MALLORY}\r\nSubject: pay\r\n\r\nOTHER\r\n");
    let own = format!("Content-Type: message/rfc822\r\n\r\nFrom: {ALICE}\r\nSubject: hello\r\n\r\nmine\r\n");
    // Somebody else's signed message, forwarded whole: she signed that she forwards it.
    let his = [b"From: mallory@example.net\r\n", &signed_entity(mallory(), ENTITY.as_bytes())[..]].concat();
    let forwarded = [b"Content-Type: message/rfc822\r\n\r\n", &his[..]].concat();

    // Hers inside of his, which he passes on: a note, and nothing of his is shown.
    let kind = SIGNED.replace("boundary=s", "boundary=outer");
    let inner = signed_entity(alice(), ENTITY.as_bytes());
    let list = message(&kind, &multipart("outer", &[&inner, &signature_part(&mallory().sign(&inner))]));
    let more = multipart("m", &[&inner, EVIL]);
    let more = [b"Content-Type: multipart/mixed; boundary=m\r\n\r\n", &more[..]].concat();
    let with_more = message(&kind, &multipart("outer", &[&more, &signature_part(&mallory().sign(&more))]));
    vec![
        case("his message in hers", clear(other.as_bytes()), Pinned, "").and(|opened| {
            assert_eq!(opened.report.attachments.len(), 1, "what Mallory wrote is not Alice's message");
            let texts: String = opened.report.shown.texts.iter().map(|text| text.text.as_str()).collect();
            assert!(texts.contains(&format!("From: {MALLORY}")) && texts.contains("OTHER"), "{texts}");
        }),
        case("her own message in a wrapper", clear(own.as_bytes()), Pinned, "")
            .and(|opened| assert!(opened.report.attachments.is_empty())),
        case("his signed message in hers", clear(&forwarded), Pinned, "").and(|opened| {
            assert_eq!(opened.report.layers[1].covers, Covers::Part);
            assert_eq!(opened.report.layers[1].signers[0].verdict, OtherSigner);
        }),
        case("passed on", list, Pinned, "passed-on-by"),
        case("passed on with something more", with_more, OtherSigner, ""),
    ]
}

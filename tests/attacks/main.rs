//! Messages that want to be taken for what they are not, made by a generator of their own, each with the verdict that it gets.
//!
//! What somebody else put into a message says `EVIL`, and what only the reader may see says `SECRET`. Whatever a message is: a green
//! seal stands above nothing evil, nothing evil is shown as signed by somebody good, and nothing evil is hidden from the report.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod bodies;
mod certificates;
#[path = "../common/mod.rs"]
mod common;
mod encodings;
mod envelopes;
mod headers;
mod legacy_display;
mod people;
mod senders;
mod services;
mod structures;

use people::{ALICE, Person, alice};
use waxwing::report::{Report, Verdict};
use waxwing::smime::Opened;

/// A message with what it gets.
struct Case {
    name: &'static str,
    mail: Vec<u8>,
    signature: Verdict,
    /// A finding that tells why; empty for any.
    finding: &'static str,
}

fn case(name: &'static str, mail: impl Into<Vec<u8>>, signature: Verdict, finding: &'static str) -> Case {
    Case { name, mail: mail.into(), signature, finding }
}

/// The codes of all findings, those of layers and of signers.
fn codes(report: &Report) -> Vec<&'static str> {
    let layers = report.layers.iter().flat_map(|layer| &layer.findings);
    let signers = report.layers.iter().flat_map(|layer| &layer.signers).flat_map(|signer| &signer.findings);
    layers.chain(signers).map(|finding| finding.code.as_str()).collect()
}

/// Texts and attachments with whether they are signed.
fn pieces(opened: &Opened) -> Vec<(String, bool)> {
    let texts = opened.report.shown.texts.iter().map(|text| (text.text.clone(), text.signed));
    let files = opened.report.attachments.iter().map(|file| {
        let bytes = opened.attachments[file.index].read_all(1 << 20).unwrap();
        (format!("{} {}", file.name, String::from_utf8_lossy(&bytes)), file.signed)
    });
    texts.chain(files).collect()
}

/// Opens each message as Alice's friend Bob and holds it against what it should get and against what always holds.
fn hold(cases: Vec<Case>) {
    for Case { name, mail, signature, finding } in cases {
        let opened = people::bob().open(&mail);
        let report = &opened.report;
        let codes = codes(report);
        let seen = pieces(&opened);
        let context = || format!("{name}: {codes:?} {seen:?}\n{}", String::from_utf8_lossy(&mail));
        assert_eq!(report.signature, signature, "{}", context());
        assert!(finding.is_empty() || codes.contains(&finding), "no {finding}: {}", context());
        if report.signature.is_good() {
            assert!(seen.iter().all(|(text, signed)| *signed && !text.contains("EVIL")), "{}", context());
        }
        assert!(!seen.iter().any(|(text, _)| text.contains("EVIL") && text.contains("SECRET")), "{}", context());
    }
}

/// Every byte that is shown and says EVIL is there for the reader, and none of it counts as signed.
fn shows_evil(name: &str, mail: &[u8]) {
    let opened = people::bob().open(mail);
    let seen = pieces(&opened);
    let evil: Vec<_> = seen.iter().filter(|(text, _)| text.contains("EVIL")).collect();
    assert!(!evil.is_empty(), "{name} is hidden: {seen:?}");
    assert!(evil.iter().all(|(_, signed)| !signed), "{name} is called signed: {seen:?}");
}

/// The header of a message from Alice, with this type.
fn header(kind: &str) -> String {
    format!("From: Alice <{ALICE}>\r\nSubject: hello\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n")
}

const SIGNED: &str = "multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=s";

const ENTITY: &str = "Content-Type: text/plain\r\n\r\nThe meeting\r\nis at noon.\r\n";

/// The signature part over `signed`.
fn signature_part(signature: &[u8]) -> Vec<u8> {
    let head =
        b"Content-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: binary\r\n\r\n";
    [head, signature].concat()
}

/// Parts with boundary lines around them.
fn multipart(boundary: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        body.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
        body.extend_from_slice(part);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    body
}

/// A multipart/signed entity without the fields of a message.
fn signed_entity(signer: &Person, entity: &[u8]) -> Vec<u8> {
    let body = multipart("s", &[entity, &signature_part(&signer.sign(entity))]);
    [format!("Content-Type: {SIGNED}\r\n\r\n").as_bytes(), &body].concat()
}

/// A message from Alice of that type and body.
fn message(kind: &str, body: &[u8]) -> Vec<u8> {
    [header(kind).as_bytes(), b"\r\n", body].concat()
}

/// Alice's message, clear-signed.
fn clear(entity: &[u8]) -> Vec<u8> {
    let body = multipart("s", &[entity, &signature_part(&alice().sign(entity))]);
    message(SIGNED, &body)
}

/// A message with this structure as its body.
fn opaque(structure: &[u8]) -> Vec<u8> {
    let kind = "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\nContent-Transfer-Encoding: binary";
    message(kind, structure)
}

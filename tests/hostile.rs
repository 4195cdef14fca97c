//! Messages that somebody made to break a reader: cut, changed bit by bit, nested without end, full of work.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::time::{Duration, Instant};

use common::openssl::{OpenSsl, openssl};
use common::pki::{ALICE, BOB};
use common::reader::{Reader, Seen};
use common::{cases, mail};
use waxwing::report::{Privacy, Verdict};

/// Changes tried of one message, evenly over it.
const CHANGES: usize = 500;

/// What holds for every change of a signed message: green only over what was signed.
fn never_green_over_other_content(seen: &Seen, entity: &[u8], what: &str) {
    if seen.signature().is_good() {
        assert!(seen.is(entity), "{what}: verified with other content: {:?}", seen.shown());
    }
}

/// What holds for every change of a message in authenticated encryption: all of it or nothing.
fn all_or_nothing(seen: &Seen, entity: &[u8], what: &str) {
    if !seen.is(entity) {
        assert!(!matches!(seen.privacy(), Privacy::Opened), "{what}: opened with other content");
        assert!(!seen.shown().contains("noon"), "{what}: {:?}", seen.shown());
    }
}

/// Signed, encrypted with and without authentication, signed and encrypted.
const FORMS: [&str; 6] = ["clear", "opaque", "gcm", "cbc", "signed-then-encrypted", "triple-wrapped"];

fn hold(name: &str, seen: &Seen, what: &str) {
    let entity = mail::TEXT.as_bytes();
    never_green_over_other_content(seen, entity, what);
    if name == "gcm" {
        all_or_nothing(seen, entity, what);
    }
}

/// A message that ends early is not what was signed, and what cannot be authenticated is not shown.
#[test]
fn cut_messages() {
    if OpenSsl::find().is_none() {
        return;
    }
    let reader = Reader::new();
    for name in FORMS {
        let mail = cases::make(name);
        assert!(reader.open(&mail).is(mail::TEXT.as_bytes()) || name == "triple-wrapped", "{name}");
        let mut good = 0;
        let step = mail.len() / 100;
        for end in (0..mail.len()).step_by(step).chain(mail.len().saturating_sub(60)..mail.len()) {
            let seen = reader.open(&mail[..end]);
            hold(name, &seen, &format!("{name} cut at {end} of {}", mail.len()));
            good += usize::from(seen.signature().is_good());
        }
        assert!(good < 60, "{name}: {good} cut messages are green");
    }
}

/// Bytes of which one bit is turned: all of a small message, some of each part of a larger one, others in every run of the
/// same bytes.
fn places(length: usize) -> impl Iterator<Item = usize> {
    let step = length.div_ceil(CHANGES);
    (0..length).step_by(step).enumerate().map(move |(round, at)| (at + round % step).min(length - 1))
}

/// Bytes with one bit turned.
#[test]
fn turned_bits() {
    if OpenSsl::find().is_none() {
        return;
    }
    let reader = Reader::new();
    for name in ["clear", "gcm", "signed-then-encrypted"] {
        let mail = cases::make(name);
        let start = Instant::now();
        for at in places(mail.len()) {
            let mut changed = mail.clone();
            changed[at] ^= 1 << (at % 7);
            hold(name, &reader.open(&changed), &format!("{name}, byte {at}, {:?}", char::from(changed[at])));
        }
        println!("{name}: {:?}", start.elapsed());
    }
}

/// The same inside the CMS structure, where base64 does not hide what is changed.
#[test]
fn turned_bits_in_cms() {
    if OpenSsl::find().is_none() {
        return;
    }
    let reader = Reader::new();
    for (name, kind) in [("opaque", "signed-data"), ("gcm", "authEnveloped-data"), ("cbc", "enveloped-data")] {
        let cms = mail::cms_of(&mail::canonical(&cases::make(name)));
        let start = Instant::now();
        for at in places(cms.len()) {
            let mut changed = cms.clone();
            changed[at] ^= 1 << (at % 8);
            let seen = reader.open(&mail::opaque(kind, &changed));
            hold(name, &seen, &format!("{name}, byte {at} of the structure"));
        }
        println!("{name}: {:?}", start.elapsed());
    }
}

/// Pieces of good messages, doubled, left out, mixed.
#[test]
fn mixed_pieces() {
    if OpenSsl::find().is_none() {
        return;
    }
    let reader = Reader::new();
    let seeds: Vec<Vec<u8>> = FORMS.into_iter().map(cases::make).collect();
    let mut state = 88172645463325252u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below.max(1) as u64).unwrap()
    };
    let start = Instant::now();
    let mut round = 0;
    while round < 1000 && start.elapsed() < Duration::from_secs(10) {
        round += 1;
        let one = &seeds[next(seeds.len())];
        let other = &seeds[next(seeds.len())];
        let (from, to) = (next(one.len()), next(one.len()));
        let (here, there) = (next(other.len()), next(other.len()));
        let piece = &other[here.min(there)..here.max(there)];
        let mixed = [&one[..from.min(to)], piece, &one[from.max(to)..]].concat();
        never_green_over_other_content(&reader.open(&mixed), mail::TEXT.as_bytes(), &format!("round {round}"));
    }
    println!("{round} rounds");
}

/// A message with that header field and body, from Alice to Bob.
fn message(fields: &str, body: &str) -> Vec<u8> {
    format!("From: {ALICE}\r\nTo: {BOB}\r\nSubject: x\r\nMIME-Version: 1.0\r\n{fields}\r\n{body}").into_bytes()
}

/// Structures of mail that cost much where nothing bounds them: the end comes in time, and nothing is called signed.
#[test]
fn mime_bombs() {
    let reader = Reader::new();
    let many = |count: usize, piece: &dyn Fn(usize) -> String| (0..count).map(piece).collect::<String>();
    let nest = |kind: &str, depth: usize| {
        let open = |at: usize| format!("Content-Type: multipart/{kind}; boundary=b{at}\r\n\r\n--b{at}\r\n");
        let inside = many(depth, &open);
        message(&inside, "x\r\n")
    };
    let typed = |body: &str| message("Content-Type: multipart/mixed; boundary=b\r\n", body);
    let bombs: Vec<(&str, Vec<u8>)> = vec![
        ("nested multiparts", nest("mixed", 20_000)),
        ("nested signatures", nest("signed; protocol=\"application/pkcs7-signature\"", 20_000)),
        ("nested messages", message(&"Content-Type: message/rfc822\r\n\r\n".repeat(20_000), "x")),
        ("many parts", typed(&"--b\r\n\r\nx\r\n".repeat(200_000))),
        ("many boundaries of an outer part", {
            let open = |at: usize| format!("Content-Type: multipart/mixed; boundary=b{at}\r\n\r\n--b{at}\r\n");
            message(&many(30, &open), &"--b0\r\n--b29\r\n--b15x\r\n".repeat(50_000))
        }),
        (
            "a boundary that is everywhere",
            message("Content-Type: multipart/mixed; boundary=\"-\"\r\n", &"---\r\n".repeat(200_000)),
        ),
        ("an endless header", message(&"X: y\r\n".repeat(1_000_000), "")),
        ("an endless field", message(&format!("X: {}\r\n", "y".repeat(8 << 20)), "")),
        ("an endless folded field", message(&format!("Subject: y\r\n{}", " y\r\n".repeat(1_000_000)), "")),
        ("an endless line", message("", &"y".repeat(16 << 20))),
        (
            "many parameters",
            message(&format!("Content-Type: text/plain{}\r\n", many(50_000, &|at| format!("; a{at}=b"))), ""),
        ),
        (
            "a parameter in many pieces",
            message(
                &format!("Content-Type: text/plain{}\r\n", many(50_000, &|at| format!(";\r\n name*{at}*=%41"))),
                "",
            ),
        ),
        (
            "pieces in reverse",
            message(
                &format!("Content-Type: text/plain{}\r\n", many(20_000, &|at| format!("; name*{}=x", 20_000 - at))),
                "",
            ),
        ),
        ("many encoded words", message(&format!("Subject: {}\r\n", "=?utf-8?q?=41?= ".repeat(60_000)), "")),
        ("many types", message(&"Content-Type: text/plain\r\n".repeat(30_000), "")),
        ("many addresses", message(&format!("From: {}\r\n", "a@example.org, ".repeat(60_000)), "")),
        ("nested comments", message(&format!("From: {}a@example.org\r\n", "(".repeat(900_000)), "")),
        ("nested groups", message(&format!("From: {}a@example.org\r\n", "g:".repeat(400_000)), "")),
        ("nested angles", message(&format!("From: {}a@example.org\r\n", "<".repeat(900_000)), "")),
        ("an open quote", message(&format!("From: \"{}\r\n", "\\\"".repeat(400_000)), "")),
        ("many sender fields", message(&format!("From: {ALICE}\r\n").repeat(20_000), "")),
        ("base64 that is none", message("Content-Transfer-Encoding: base64\r\n", &"=A=".repeat(4 << 20))),
        (
            "quoted-printable that is none",
            message("Content-Transfer-Encoding: quoted-printable\r\n", &"=".repeat(8 << 20)),
        ),
        ("deep html", message("Content-Type: text/html\r\n", &"<b><a href=x>".repeat(100_000))),
        ("an open tag", message("Content-Type: text/html\r\n", &"<a ".repeat(300_000))),
        ("many entities", message("Content-Type: text/html\r\n", &"&".repeat(1_000_000))),
        ("open comments", message("Content-Type: text/html\r\n", &"<!--".repeat(250_000))),
        ("open scripts", message("Content-Type: text/html\r\n", &"<script>".repeat(120_000))),
        ("many attachments", typed(&"--b\r\nContent-Disposition: attachment; filename=x\r\n\r\nx\r\n".repeat(20_000))),
    ];
    for (name, bomb) in &bombs {
        println!("{name}: {} KiB", bomb.len() >> 10);
        let seen = reader.open(bomb);
        println!("    {:?}, {:?}", seen.time, seen.findings());
        assert!(!seen.signature().is_good(), "{name}");
    }
}

/// Windows that a half-open structure leaves: nothing in it is green though the part inside is signed.
#[test]
fn a_signed_part_among_others_is_never_all() {
    if OpenSsl::find().is_none() {
        return;
    }
    let reader = Reader::new();
    let signed = String::from_utf8(mail::canonical(&cases::make("clear"))).unwrap();
    let at = signed.find("MIME-Version").unwrap();
    let (fields, entity) = signed.split_at(at);
    let text = "Content-Type: text/plain\r\n\r\nanother text\r\n";
    let wrap = |parts: &[&str]| {
        let parts: String = parts.iter().map(|part| format!("--w\r\n{part}\r\n")).collect();
        format!("{fields}Content-Type: multipart/mixed; boundary=w\r\n\r\n{parts}--w--\r\n")
    };
    let rows = [
        ("before", wrap(&[text, entity])),
        ("after", wrap(&[entity, text])),
        ("around", wrap(&[text, entity, text])),
        ("a second From", format!("From: mallory@example.net\r\n{signed}")),
        ("a later From", signed.replacen("Subject:", "From: mallory@example.net\r\nSubject:", 1)),
        ("an alternative", wrap(&[text, entity]).replace("multipart/mixed", "multipart/alternative")),
        ("inside a message", wrap(&[&format!("Content-Type: message/rfc822\r\n\r\n{signed}")])),
        ("a third part", {
            let end = signed.rfind("\r\n--").unwrap();
            let boundary = signed[end + 4..].trim_end().trim_end_matches("--").to_owned();
            format!("{}\r\n--{boundary}\r\n{text}{}", &signed[..end], &signed[end..])
        }),
    ];
    for (name, mail) in rows {
        let seen = reader.open(mail.as_bytes());
        assert!(!seen.signature().is_good(), "{name}: {:?} {:?}", seen.signature(), seen.findings());
    }
    // Nor does text before the first boundary or after the last one count, which nobody is shown.
    let hidden = reader.open(signed.replacen("\r\n\r\n", "\r\n\r\nhidden text\r\n", 1).as_bytes());
    assert_eq!(hidden.signature(), Verdict::Verified);
    assert!(!hidden.shown().contains("hidden text"));
    let after = reader.open(format!("{signed}\r\nhidden text\r\n").as_bytes());
    assert!(!after.shown().contains("hidden text"));
}

/// One changed byte of an authenticated message: damaged, and not a letter of it is seen.
#[test]
fn a_changed_byte_in_gcm_shows_nothing() {
    if OpenSsl::find().is_none() {
        return;
    }
    let reader = Reader::new();
    let content = format!("Content-Type: text/plain\r\n\r\n{}", "at noon ".repeat(50_000));
    let said =
        openssl(&format!("cms -encrypt -aes-256-gcm -from {ALICE} -to {BOB} -recip bob.pem"), content.as_bytes());
    let cms = mail::cms_of(&mail::canonical(&said.unwrap()));
    assert!(reader.open(&mail::opaque("authEnveloped-data", &cms)).shown().contains("noon"));
    for at in [cms.len() - 1, cms.len() - 30, cms.len() / 2, cms.len() - content.len() + 100] {
        let mut changed = cms.clone();
        changed[at] ^= 0x20;
        let seen = reader.open(&mail::opaque("authEnveloped-data", &changed));
        assert_eq!(seen.privacy(), Privacy::Damaged, "byte {at} of {}", cms.len());
        assert!(seen.content.is_none() && !seen.shown().contains("noon"), "byte {at}");
    }
}

//! Header fields inside the cryptography (RFC 9788) that say something else than those outside, or that nothing protects.

mod legacy_display;

use waxwing::crypto::ContentCipher;
use waxwing::report::Verdict::{Altered, OtherSigner, PartlySigned, Pinned, SenderUnclear, Unsigned};
use waxwing::report::{ShownField, Verdict};

use crate::case::{Case, case, codes};
use crate::common::ABOUT_FIELDS;
use crate::generator::people::{ALICE, MALLORY, Person, alice, bob, mallory};
use crate::generator::{ENTITY, multipart, signed_entity};

pub fn cases() -> Vec<Case> {
    [
        fields_inside_and_outside(),
        what_differs_outside_is_shown_apart(),
        legacy_display::nothing_hides_as_a_legacy_display(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// An entity with these fields inside, and one text.
pub fn inside(hp: &str, fields: &str, text: &str) -> String {
    format!("{fields}\r\nContent-Type: text/plain; {hp}\r\n\r\n{text}\r\n")
}

/// Clear-signed, without the fields of a message.
pub fn signed(by: &Person, entity: &str) -> Vec<u8> {
    signed_entity(by, entity.as_bytes())
}

/// Encrypted for Bob.
pub fn encrypted(entity: &[u8]) -> Vec<u8> {
    let kind =
        "Content-Type: application/pkcs7-mime; smime-type=authEnveloped-data\r\nContent-Transfer-Encoding: binary";
    [kind.as_bytes(), b"\r\n\r\n", &bob().encrypt(ContentCipher::Aes128Gcm, entity)].concat()
}

/// A message with this header.
pub fn outside(fields: &str, entity: &[u8]) -> Vec<u8> {
    [fields.as_bytes(), b"\r\nMIME-Version: 1.0\r\n", entity].concat()
}

pub fn fields(from: &str, subject: &str) -> String {
    format!("From: {from}\r\nSubject: {subject}")
}

const CLEAR: &str = "hp=\"clear\"";
const CIPHER: &str = "hp=\"cipher\"";

/// A message, its verdict, a finding (or none of those about fields), From and Subject as shown, and which of them are signed.
struct Row {
    name: &'static str,
    mail: Vec<u8>,
    verdict: Verdict,
    finding: &'static str,
    shown: (&'static str, &'static str),
    protected: &'static [&'static str],
}

#[rustfmt::skip]
fn rows() -> Vec<Row> {
    let both: &[&str] = &["From", "Subject"];
    let row = |name, mail, verdict, finding, shown, protected| Row { name, mail, verdict, finding, shown, protected };
    let text = |hp: &str, from: &str, subject: &str| inside(hp, &fields(from, subject), "At noon.");
    let (same, stranger) = (fields(ALICE, "hello"), Person::new("Eve", "eve@example.com"));
    let cipher = |subject: &str, told: &str| {
        let records = format!("HP-Outer: From: {ALICE}\r\nHP-Outer: Subject: {told}");
        inside(CIPHER, &format!("{}\r\n{records}", fields(ALICE, subject)), "At noon.")
    };
    let changed = |entity: Vec<u8>| {
        let at = entity.windows(4).position(|four| four == b"noon").unwrap();
        [&entity[..at], b"nine", &entity[at + 4..]].concat()
    };
    let mixed =
        |parts: &[&[u8]]| [b"Content-Type: multipart/mixed; boundary=m\r\n\r\n", &multipart("m", parts)[..]].concat();
    let in_mixed = |part: &str| String::from_utf8(mixed(&[part.as_bytes(), ENTITY.as_bytes()])).unwrap();
    let wrapped = |from: &str, hp: &str| {
        format!("Content-Type: message/rfc822{hp}\r\n\r\n{}", text("charset=us-ascii", from, "inner"))
    };
    vec![
        row("alike", outside(&same, &signed(alice(), &text(CLEAR, ALICE, "hello"))), Pinned, "", (ALICE, "hello"), both),
        row("no fields inside", outside(&same, &signed(alice(), ENTITY)), Pinned, "", (ALICE, "hello"), &[]),
        // From.
        row("another From outside", outside(&fields(MALLORY, "hello"), &signed(alice(), &text(CLEAR, ALICE, "hello"))), Pinned, "from-differs-outside", (ALICE, "hello"), both),
        row("her From outside, his inside and his signature", outside(&same, &signed(mallory(), &text(CLEAR, MALLORY, "hello"))), Pinned, "from-differs-outside", (MALLORY, "hello"), both),
        row("her From inside, his outside and his signature", outside(&fields(MALLORY, "hello"), &signed(mallory(), &text(CLEAR, ALICE, "hello"))), OtherSigner, "from-differs-outside", (MALLORY, "hello"), &["Subject"]),
        row("his From inside, hers outside and her signature", outside(&same, &signed(alice(), &text(CLEAR, MALLORY, "hello"))), OtherSigner, "from-differs-outside", (ALICE, "hello"), &["Subject"]),
        row("her From inside and outside, his signature", outside(&same, &signed(mallory(), &text(CLEAR, ALICE, "hello"))), OtherSigner, "address-differs", (ALICE, "hello"), both),
        row("a stranger's From and signature inside", outside(&same, &signed(&stranger, &text(CLEAR, "eve@example.com", "hello"))), OtherSigner, "from-differs-outside", (ALICE, "hello"), &["Subject"]),
        row("a stranger's everything", outside(&fields("eve@example.com", "hello"), &signed(&stranger, &text(CLEAR, "eve@example.com", "hello"))), Verdict::UnknownIssuer, "", ("eve@example.com", "hello"), both),
        row("two From inside", outside(&same, &signed(alice(), &inside(CLEAR, &format!("From: {ALICE}\r\nFrom: {MALLORY}"), "x"))), SenderUnclear, "from-several", (ALICE, "hello"), &["From"]),
        row("the other From first", outside(&same, &signed(alice(), &inside(CLEAR, &format!("From: {MALLORY}\r\nFrom: {ALICE}"), "x"))), SenderUnclear, "from-several", (MALLORY, "hello"), &["From"]),
        row("an empty From inside", outside(&same, &signed(alice(), &inside(CLEAR, "From:\r\nSubject: hello", "x"))), SenderUnclear, "from-missing", (ALICE, "hello"), &["Subject"]),
        row("no From inside", outside(&same, &signed(alice(), &inside(CLEAR, "Subject: hello", "x"))), Pinned, "header-not-protected", (ALICE, "hello"), &["Subject"]),
        row("no From inside, another outside", outside(&fields(MALLORY, "hello"), &signed(alice(), &inside(CLEAR, "Subject: hello", "x"))), OtherSigner, "header-not-protected", (MALLORY, "hello"), &["Subject"]),
        row("no From outside", outside("Subject: hello", &signed(alice(), &text(CLEAR, ALICE, "hello"))), Pinned, "header-differs", (ALICE, "hello"), both),
        row("changed after signing", outside(&fields(MALLORY, "hello"), &changed(signed(alice(), &text(CLEAR, ALICE, "hello")))), Altered, "from-differs-outside", (MALLORY, "hello"), &[]),
        // Other fields.
        row("another Subject outside", outside(&fields(ALICE, "EVIL"), &signed(alice(), &text(CLEAR, ALICE, "hello"))), Pinned, "header-differs", (ALICE, "hello"), both),
        row("a Subject outside alone", outside(&same, &signed(alice(), &inside(CLEAR, &format!("From: {ALICE}"), "x"))), Pinned, "header-not-protected", (ALICE, "hello"), &["From"]),
        row("a Reply-To outside alone", outside(&format!("{same}\r\nReply-To: {MALLORY}"), &signed(alice(), &text(CLEAR, ALICE, "hello"))), Pinned, "reply-to-differs", (ALICE, "hello"), both),
        row("two Subjects inside", outside(&same, &signed(alice(), &inside(CLEAR, &format!("{same}\r\nSubject: EVIL"), "x"))), Pinned, "odd-structure", (ALICE, "hello"), both),
        // Where nothing can be protected.
        row("no signature", outside(&same, inside(CLEAR, "X-Spam: no", "EVIL").as_bytes()), Unsigned, "", (ALICE, "hello"), &[]),
        row("a part of what is signed", outside(&same, &signed(alice(), &in_mixed(&text(CLEAR, MALLORY, "EVIL")))), Pinned, "", (ALICE, "hello"), &[]),
        row("the only part of what is signed", outside(&same, &signed(alice(), std::str::from_utf8(&mixed(&[text(CLEAR, MALLORY, "EVIL").as_bytes()])).unwrap())), Pinned, "", (ALICE, "hello"), &[]),
        row("beside what is signed", outside(&same, &mixed(&[&signed(alice(), ENTITY), text(CLEAR, MALLORY, "EVIL").as_bytes()])), PartlySigned, "", (ALICE, "hello"), &[]),
        row("signed beside something else", outside(&fields(ALICE, "EVIL"), &mixed(&[&signed(alice(), &text(CLEAR, ALICE, "hello")), b"\r\nEVIL"])), PartlySigned, "", (ALICE, "EVIL"), &[]),
        row("signed inside a multipart", outside(&fields(ALICE, "EVIL"), &mixed(&[&signed(alice(), &text(CLEAR, ALICE, "hello"))])), Pinned, "", (ALICE, "EVIL"), &[]),
        row("a second Content-Type", outside(&same, &signed(alice(), &format!("Content-Type: text/plain\r\n{}", text(CLEAR, MALLORY, "EVIL")))), Pinned, "odd-structure", (ALICE, "hello"), &[]),
        row("another word for it", outside(&same, &signed(alice(), &text("hp=\"clear cipher\"", MALLORY, "EVIL"))), Pinned, "", (ALICE, "hello"), &[]),
        // Encryption.
        row("hidden as told", outside(&fields(ALICE, "[...]"), &encrypted(&signed(alice(), &cipher("SECRET", "[...]")))), Pinned, "header-hidden", (ALICE, "SECRET"), both),
        row("changed outside", outside(&fields(ALICE, "EVIL"), &encrypted(&signed(alice(), &cipher("SECRET", "[...]")))), Pinned, "header-differs", (ALICE, "SECRET"), both),
        row("brought out", outside(&fields(ALICE, "SECRET"), &encrypted(&signed(alice(), &cipher("SECRET", "[...]")))), Pinned, "header-exposed", (ALICE, "SECRET"), both),
        row("a record of another From", outside(&fields(MALLORY, "[...]"), &encrypted(&signed(alice(), &cipher("SECRET", "[...]").replacen(&format!("HP-Outer: From: {ALICE}"), &format!("HP-Outer: From: {MALLORY}"), 1)))), Pinned, "from-differs-outside", (ALICE, "SECRET"), both),
        row("encrypted alone", outside(&fields(ALICE, "[...]"), &encrypted(cipher("SECRET", "[...]").as_bytes())), Unsigned, "header-hidden", (ALICE, "SECRET"), &[]),
        row("encrypted alone, another From outside", outside(&fields(MALLORY, "[...]"), &encrypted(cipher("SECRET", "[...]").as_bytes())), Unsigned, "from-differs-outside", (MALLORY, "SECRET"), &[]),
        row("his encryption around her signature, his From", outside(&fields(MALLORY, "[...]"), &encrypted(&mixed(&[&signed(alice(), ENTITY)]))), OtherSigner, "", (MALLORY, "[...]"), &[]),
        row("his fields around her signature", outside(&same, &encrypted(&[fields(MALLORY, "EVIL").as_bytes(), b"\r\nContent-Type: multipart/mixed; hp=cipher; boundary=m\r\n\r\n", &multipart("m", &[&signed(alice(), ENTITY)])] .concat())), OtherSigner, "from-differs-outside", (ALICE, "EVIL"), &[]),
        row("said to be encrypted", outside(&same, &signed(alice(), &cipher("hello", "hello"))), Pinned, "header-protection-mode", (ALICE, "hello"), both),
        row("encrypted on the way", outside(&same, &encrypted(&signed(alice(), &text(CLEAR, ALICE, "hello")))), Pinned, "header-protection-mode", (ALICE, "hello"), both),
        row("signed around the encryption", outside(&fields(ALICE, "[...]"), &signed_entity(alice(), &encrypted(&signed(alice(), &cipher("SECRET", "[...]"))))), Pinned, "header-hidden", (ALICE, "SECRET"), both),
        // The forms before RFC 9788.
        row("the older parameter", outside(&fields(ALICE, "..."), &encrypted(&signed(alice(), &text("protected-headers=\"v1\"", ALICE, "SECRET")))), Pinned, "header-hidden", (ALICE, "SECRET"), both),
        row("the older parameter, not encrypted", outside(&fields(ALICE, "EVIL"), &signed(alice(), &text("protected-headers=\"v1\"", ALICE, "hello"))), Pinned, "header-differs", (ALICE, "hello"), both),
        row("a message in it", outside(&same, &signed(alice(), &wrapped(ALICE, ""))), Pinned, "header-differs", (ALICE, "inner"), both),
        row("a message of somebody else in it", outside(&same, &signed(alice(), &wrapped(MALLORY, ""))), Pinned, "", (ALICE, "hello"), &[]),
        row("a message in what has its own fields", outside(&same, &signed(alice(), &format!("{same}\r\n{}", wrapped(ALICE, "; hp=clear")))), Pinned, "", (ALICE, "hello"), both),
    ]
}

/// The fields that count are those that a signature over all of the message covers; what stands outside instead is said; and no
/// field inside makes a signature look better than it is.
fn fields_inside_and_outside() -> Vec<Case> {
    let row = |Row { name, mail, verdict, finding, shown, protected }: Row| {
        case(name, mail, verdict, finding).and(move |opened| {
            let report = &opened.report;
            let codes = codes(report);
            assert!(!finding.is_empty() || !codes.iter().any(|code| ABOUT_FIELDS.contains(code)), "{codes:?}");
            let field = |name: &str| report.shown.fields.iter().find(|field| field.name == name);
            let value = |name: &str| field(name).map_or("", |field| field.value.as_str());
            assert_eq!((value("From"), value("Subject")), shown);
            assert_eq!(report.protected, protected);
            if !codes.contains(&"from-several") {
                let from: Vec<_> = field("From").map(|from| from.value.trim().to_owned()).into_iter().collect();
                assert_eq!(report.from, from, "what is compared is what is shown");
            }
        })
    };
    rows().into_iter().map(row).collect()
}

/// Whoever reads the message sees what stands outside beside what stands inside.
fn what_differs_outside_is_shown_apart() -> Vec<Case> {
    let entity = signed(alice(), &inside(CLEAR, &fields(ALICE, "hello"), "At noon."));
    let mail = outside(&fields(MALLORY, "EVIL"), &entity);
    let read = case("what differs outside is shown apart", mail, Pinned, "from-differs-outside").and(|opened| {
        let field = |name: &str, value: &str, outside: &str| ShownField {
            name: name.to_owned(),
            value: value.to_owned(),
            protected: true,
            outside: Some(outside.to_owned()),
        };
        assert_eq!(opened.report.shown.fields, [field("From", ALICE, MALLORY), field("Subject", "hello", "EVIL")]);
    });
    vec![read]
}

//! What draws a seal, hides or turns around: it is text, and stands where text stands.

use waxwing::report::Verdict::{Pinned, Unreadable, Unsigned};

use crate::case::{Case, case};
use crate::generator::people::{ALICE, MALLORY, mallory};
use crate::generator::{SIGNED, among, clear_of, message};

mod names;

pub fn cases() -> Vec<Case> {
    [nothing_is_hidden_by_its_structure(), a_drawn_seal_is_text(), names::cases()].into_iter().flatten().collect()
}

/// Where nothing can be taken apart, and where a form of a text says nothing, what is there is shown.
fn nothing_is_hidden_by_its_structure() -> Vec<Case> {
    let html: &[u8] = b"Content-Type: text/html\r\n\r\n<p>EVIL</p>\r\n";
    let blank: &[u8] = b"Content-Type: text/plain\r\n\r\n \r\n\r\n";
    let file: &[u8] = b"Content-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nwell\r\n";
    let body = b"EVIL\r\n--other\r\n\r\nEVIL\r\n";
    let rows = [
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
    ];
    let verdict = |name: &str| if name.starts_with("signed") { Unreadable } else { Unsigned };
    rows.into_iter().map(|(name, mail)| case(name, mail, verdict(name), "").shows_evil()).collect()
}

/// A page can draw a seal; it is text, and stands where text stands.
fn a_drawn_seal_is_text() -> Vec<Case> {
    let page = |html: &str| message("text/html; charset=utf-8", html.as_bytes());
    let plain = |text: &str| message("text/plain; charset=utf-8", text.as_bytes());
    let harmless = |case: Case| {
        case.shows_evil().and(|opened| {
            let text: String = opened.report.shown.texts.iter().map(|text| text.text.as_str()).collect();
            assert!(!text.contains(['\u{1b}', '\u{202e}', '\0', '<']), "{text:?}");
        })
    };
    let his =
        format!("Content-Type: text/plain; charset=utf-8\r\n\r\n\u{2714} Signed by Alice <{ALICE}>. Unchanged.\r\n");
    let by_him = clear_of(mallory(), &format!("From: {MALLORY}\r\nSubject: Signed by Alice"), his.as_bytes());
    let picture: &[u8] = b"Content-Type: image/png; name=seal.png\r\nContent-ID: <seal>\r\n\r\nEVIL";
    let with_picture: &[u8] = b"Content-Type: text/html\r\n\r\n<img src=\"cid:seal\"> verified EVIL\r\n";
    let rows = [
        (
            "a seal that floats",
            page(
                "<div style=\"position:fixed;color:green\">\u{2714} Signed by Alice. EVIL</div><svg><text>verified EVIL</text></svg>",
            ),
        ),
        (
            "a page in a page",
            page("<iframe srcdoc=\"<b>seal</b>\"></iframe>EVIL<object data=\"data:text/html,seal\"></object>"),
        ),
        ("a style that draws", page("<style>body::before{content:'\u{2714} verified'}</style><p>EVIL</p>")),
        (
            "another page",
            page("<meta http-equiv=\"refresh\" content=\"0;url=https://example.net/\">EVIL<script>seal()</script>"),
        ),
        (
            "another beginning",
            page("<base href=\"https://example.net/\"><title>verified</title><body>EVIL</body></html><p>EVIL"),
        ),
        ("a text with control characters", plain("\u{1b}[2J\u{202e}EVIL \u{2714} verified\u{0}")),
        ("a text that imitates a report", plain("Signature: verified\r\nSigned by Alice \u{2014} EVIL\r\n")),
    ];
    let drawn = rows.into_iter().map(|(name, mail)| harmless(case(name, mail, Unsigned, "")));
    let others = [
        case("a picture of a seal", among("related", &[with_picture, picture]), Unsigned, "").shows_evil(),
        case("a text by somebody else who names her", by_him, Pinned, "").and(|opened| {
            let said = waxwing::text::signature(&opened.report);
            assert!(said.title.contains("Mallory") && !said.title.contains("Alice"), "{}", said.title);
        }),
    ];
    drawn.chain(others).collect()
}

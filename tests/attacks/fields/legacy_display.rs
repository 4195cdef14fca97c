//! Texts that call themselves a repetition of the header (RFC 9788 §4.5.3).

use waxwing::report::Verdict::{Pinned, Unsigned};

use super::{encrypted, fields, outside, signed};
use crate::case::{Case, case, pieces};
use crate::generator::multipart;
use crate::generator::people::{ALICE, alice};

/// A legacy display element is left out where it repeats protected fields; a text that only calls itself one stays.
pub fn nothing_hides_as_a_legacy_display() -> Vec<Case> {
    let mail = |kind: &str, text: &str| {
        // A field that is protected, and shown nowhere.
        let entity = format!(
            "{}\r\nComments: OTHER\r\nHP-Outer: From: {ALICE}\r\nHP-Outer: Subject: [...]\r\nContent-Type: {kind}\r\n\r\n{text}",
            fields(ALICE, "hello")
        );
        outside(&fields(ALICE, "[...]"), &encrypted(&signed(alice(), &entity)))
    };
    let reads = |case: Case, expected: &'static [&'static str]| {
        case.and(move |opened| {
            let seen: Vec<_> = pieces(opened).into_iter().map(|(text, _)| text.trim().to_owned()).collect();
            assert_eq!(seen, expected);
        })
    };
    let mut cases = Vec::new();
    let plain = "text/plain; hp-legacy-display=\"1\"; hp=\"cipher\"";
    let html = "text/html; hp-legacy-display=\"1\"; hp=\"cipher\"";
    let div = |text: &str| {
        format!("<html><body><div class=\"header-protection-legacy-display\"><pre>{text}</pre></div><p>Noon.</p>")
    };
    let rows: [(&str, &str, String, &[&str]); 10] = [
        ("repeated", plain, "Subject: hello\r\n\r\nNoon.\r\n".to_owned(), &["Noon."]),
        ("folded", plain, "Subject:\r\n hello\r\nFrom: alice@example.org\r\n\r\nNoon.\r\n".to_owned(), &["Noon."]),
        ("another value", plain, "Subject: OTHER\r\n\r\nNoon.\r\n".to_owned(), &["Subject: OTHER\n\nNoon."]),
        (
            "a field that is not shown",
            plain,
            "Comments: OTHER\r\n\r\nNoon.\r\n".to_owned(),
            &["Comments: OTHER\n\nNoon."],
        ),
        (
            "another line",
            plain,
            "Subject: hello\r\nOTHER\r\n\r\nNoon.\r\n".to_owned(),
            &["Subject: hello\nOTHER\n\nNoon."],
        ),
        (
            "not marked",
            "text/plain; hp=\"cipher\"",
            "Subject: hello\r\n\r\nNoon.\r\n".to_owned(),
            &["Subject: hello\n\nNoon."],
        ),
        (
            "not encrypted by its author",
            "text/plain; hp=\"clear\"; hp-legacy-display=1",
            "Subject: hello\r\n\r\nNoon.\r\n".to_owned(),
            &["Subject: hello\n\nNoon."],
        ),
        ("HTML", html, div("Subject: hello"), &["Noon."]),
        ("HTML with another value", html, div("Subject: OTHER"), &["Subject: OTHER\n\nNoon."]),
        ("HTML not marked", "text/html; hp=\"cipher\"", div("Subject: hello"), &["Subject: hello\n\nNoon."]),
    ];
    for (name, kind, text, expected) in rows {
        cases.push(reads(case(format!("legacy display: {name}"), mail(kind, &text), Pinned, ""), expected));
    }
    // In the older form it is a part.
    let part = |text: &str| {
        let parts = multipart(
            "m",
            &[
                format!(
                    "Content-Type: text/plain; protected-headers=\"v1\"\r\nContent-Disposition: inline\r\n\r\n{text}"
                )
                .as_bytes(),
                b"\r\nNoon.",
            ],
        );
        let head = format!(
            "{}\r\nContent-Type: multipart/mixed; boundary=m; protected-headers=\"v1\"\r\n\r\n",
            fields(ALICE, "hello")
        );
        outside(&fields(ALICE, "..."), &encrypted(&[head.as_bytes(), &parts].concat()))
    };
    let of_part = |name: &str, text: &str| case(format!("legacy display: {name}"), part(text), Unsigned, "");
    cases.push(reads(of_part("a part", "Subject: hello\r\n"), &["Noon."]));
    cases.push(reads(of_part("a part with another value", "Subject: OTHER\r\n"), &["Subject: OTHER", "Noon."]));
    cases
}

//! Texts that call themselves a repetition of the header (RFC 9788 §4.5.3).

use waxwing::report::Verdict::Pinned;

use super::headers::{encrypted, fields, outside, signed};
use super::people::{ALICE, alice, bob};
use super::*;

/// A legacy display element is left out where it repeats protected fields; a text that only calls itself one stays.
#[test]
fn nothing_hides_as_a_legacy_display() {
    let open = |kind: &str, text: &str| {
        // A field that is protected, and shown nowhere.
        let entity = format!(
            "{}\r\nComments: EVIL\r\nHP-Outer: From: {ALICE}\r\nHP-Outer: Subject: [...]\r\nContent-Type: {kind}\r\n\r\n{text}",
            fields(ALICE, "hello")
        );
        let opened = bob().open(&outside(&fields(ALICE, "[...]"), &encrypted(&signed(alice(), &entity))));
        assert_eq!(opened.report.signature, Pinned);
        pieces(&opened).into_iter().map(|(text, _)| text.trim().to_owned()).collect::<Vec<_>>()
    };
    let plain = "text/plain; hp-legacy-display=\"1\"; hp=\"cipher\"";
    let html = "text/html; hp-legacy-display=\"1\"; hp=\"cipher\"";
    let div = |text: &str| {
        format!("<html><body><div class=\"header-protection-legacy-display\"><pre>{text}</pre></div><p>Noon.</p>")
    };
    for (name, kind, text, expected) in [
        ("repeated", plain, "Subject: hello\r\n\r\nNoon.\r\n".to_owned(), "Noon."),
        ("folded", plain, "Subject:\r\n hello\r\nFrom: alice@example.org\r\n\r\nNoon.\r\n".to_owned(), "Noon."),
        ("another value", plain, "Subject: EVIL\r\n\r\nNoon.\r\n".to_owned(), "Subject: EVIL\n\nNoon."),
        ("a field that is not shown", plain, "Comments: EVIL\r\n\r\nNoon.\r\n".to_owned(), "Comments: EVIL\n\nNoon."),
        ("another line", plain, "Subject: hello\r\nEVIL\r\n\r\nNoon.\r\n".to_owned(), "Subject: hello\nEVIL\n\nNoon."),
        (
            "not marked",
            "text/plain; hp=\"cipher\"",
            "Subject: hello\r\n\r\nNoon.\r\n".to_owned(),
            "Subject: hello\n\nNoon.",
        ),
        (
            "not encrypted by its author",
            "text/plain; hp=\"clear\"; hp-legacy-display=1",
            "Subject: hello\r\n\r\nNoon.\r\n".to_owned(),
            "Subject: hello\n\nNoon.",
        ),
        ("HTML", html, div("Subject: hello"), "Noon."),
        ("HTML with another value", html, div("Subject: EVIL"), "Subject: EVIL\n\nNoon."),
        ("HTML not marked", "text/html; hp=\"cipher\"", div("Subject: hello"), "Subject: hello\n\nNoon."),
    ] {
        assert_eq!(open(kind, &text), [expected], "{name}");
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
        let opened = bob().open(&outside(&fields(ALICE, "..."), &encrypted(&[head.as_bytes(), &parts].concat())));
        pieces(&opened).into_iter().map(|(text, _)| text.trim().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(part("Subject: hello\r\n"), ["Noon."]);
    assert_eq!(part("Subject: EVIL\r\n"), ["Subject: EVIL", "Noon."]);
}

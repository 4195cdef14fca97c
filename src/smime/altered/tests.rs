//! What happens to signed mail on its way, done to mail of our own; and that nothing is said where nothing can be proved.

use super::*;
use crate::mime::{self, Limits};

const PLAIN: &str =
    "Content-Type: text/plain; charset=us-ascii\r\n\r\nDear Bob,\r\n\r\nFrom noon on.\r\n.\r\n-- \r\nAlice\r\n";
const EIGHT_BIT: &str =
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGrüße = 3 €\r\nan Zoë \r\n";
const QUOTED: &str = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
                      Gr=C3=BC=C3=9Fe =3D 3 =E2=82=AC\r\nan Zo=C3=AB=20\r\n";
const BASE64: &str = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n\
                      R3LDvMOfZSA9IDMg4oKsDQphbiBab8OrIA0K\r\n";
const PARTS: &str = "Content-Type: multipart/mixed; boundary=\"p\"\r\n\r\n--p\r\nContent-Type: text/plain\r\n\r\nSee it.\r\n\
                     --p\r\nContent-Type: application/pdf; name=\"a.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n\
                     --p--\r\n";
const ADDED: &str = "--p\r\nContent-Type: text/html; name=\"list.html\"\r\n\r\n<p>the list</p>\r\n";

/// What is found out about `now` by somebody who signed `signed`.
fn explained(signed: &str, now: &str, others: &[&str]) -> Vec<&'static str> {
    let digest = DigestAlgorithm::Sha256;
    let value = digest.digest(signed.as_bytes());
    let fits = |other: &[u8]| value == other;
    let claim = Claim { digest, fits: &fits, costly: false };
    let text = std::iter::once(&now).chain(others).copied().collect::<Vec<_>>().join("\u{1}");
    let source = Source::from_bytes(text.as_bytes());
    let mut at = 0;
    let mut part = |text: &str| {
        let mut entity = mime::parse(&Source::from_bytes(text.as_bytes()), &Limits::default()).unwrap();
        moved(&mut entity, at);
        at += text.len() as u64 + 1;
        entity
    };
    let entity = part(now);
    let others: Vec<Entity> = others.iter().map(|other| part(other)).collect();
    let covered = Covered { source: &source, range: entity.range.clone(), entity: Some(&entity), others: &others };
    let mut budget = 1 << 26;
    explain(&covered, &claim, &mut budget).unwrap().iter().map(|finding| finding.code.as_str()).collect()
}

fn moved(entity: &mut Entity, by: u64) {
    for range in [&mut entity.range, &mut entity.body] {
        *range = range.start + by..range.end + by;
    }
    for field in &mut entity.fields.0 {
        field.range = field.range.start + by..field.range.end + by;
    }
    entity.children.iter_mut().for_each(|child| moved(child, by));
}

/// Every change that mail systems are known for is found out, each by its name.
#[test]
fn changes_are_proved() {
    let lines = |text: &str| text.replace("\r\n", "\n");
    let footer = "\r\n_______________\r\nthe list\r\n";
    let latin = EIGHT_BIT.replace("utf-8", "iso-8859-1");
    assert!(!latin.contains("utf-8"));
    let euro_free = |text: &str| text.replace(" €", "").replace(" =E2=82=AC", "");
    let cases: Vec<(&str, String, String, &[&str])> = vec![
        ("a footer", PLAIN.into(), format!("{PLAIN}{footer}"), &["altered-by-footer"]),
        ("a footer, LF", PLAIN.into(), lines(&format!("{PLAIN}{footer}")), &["altered-by-footer"]),
        ("a footer behind an open end", PLAIN.trim_end().into(), format!("{PLAIN}{footer}"), &["altered-by-footer"]),
        ("empty lines added", PLAIN.into(), format!("{PLAIN}\r\n \r\n"), &["altered-by-trailing-lines"]),
        ("a line end less", PLAIN.into(), PLAIN.trim_end().into(), &["altered-by-trailing-lines"]),
        ("two line ends less", format!("{PLAIN}\r\n"), PLAIN.trim_end().into(), &["altered-by-trailing-lines"]),
        (
            "blanks added",
            PLAIN.replace("-- ", "--"),
            PLAIN.replace("\r\n", " \r\n").replace("-- ", "--"),
            &["altered-by-trailing-blanks"],
        ),
        ("a blank removed", PLAIN.into(), PLAIN.replace("-- ", "--"), &["altered-by-trailing-blanks"]),
        ("signed with LF", lines(PLAIN), PLAIN.into(), &["altered-by-line-ends"]),
        ("signed with CRLF, now CR", PLAIN.into(), PLAIN.replace(".\r\n", ".\r"), &["altered-by-line-ends"]),
        ("two CR", PLAIN.into(), PLAIN.replace("\r\n", "\r\r\n"), &["altered-by-line-ends"]),
        ("escaped From", PLAIN.into(), PLAIN.replace("From ", ">From "), &["altered-by-from-escaping"]),
        ("unescaped From", PLAIN.replace("From ", ">From "), PLAIN.into(), &["altered-by-from-escaping"]),
        ("a dot more", PLAIN.into(), PLAIN.replace("\n.\r", "\n..\r"), &["altered-by-dot-escaping"]),
        ("a dot less", PLAIN.replace("\n.\r", "\n..\r"), PLAIN.into(), &["altered-by-dot-escaping"]),
        (
            "From and a footer",
            PLAIN.into(),
            format!("{}{footer}", PLAIN.replace("From ", ">From ")),
            &["altered-by-from-escaping", "altered-by-footer"],
        ),
        ("8bit as quoted-printable", EIGHT_BIT.into(), QUOTED.into(), &["altered-by-encoding"]),
        ("8bit as base64", EIGHT_BIT.into(), BASE64.into(), &["altered-by-encoding"]),
        ("quoted-printable as 8bit", QUOTED.into(), EIGHT_BIT.into(), &["altered-by-encoding"]),
        ("quoted-printable as base64", QUOTED.into(), BASE64.into(), &["altered-by-encoding"]),
        ("base64 as 8bit", BASE64.into(), EIGHT_BIT.into(), &["altered-by-encoding"]),
        ("base64 as quoted-printable", BASE64.into(), QUOTED.into(), &["altered-by-encoding"]),
        (
            "encoding and a footer",
            EIGHT_BIT.into(),
            format!("{QUOTED}{footer}"),
            &["altered-by-encoding", "altered-by-footer"],
        ),
        (
            "decoded, the field removed",
            QUOTED.into(),
            EIGHT_BIT.replace("Content-Transfer-Encoding: 8bit\r\n", ""),
            &["altered-by-encoding"],
        ),
        (
            "base64 wrapped anew",
            PARTS.replace("AAAA", &wrapped(76)),
            PARTS.replace("AAAA", &wrapped(64)),
            &["altered-by-encoding"],
        ),
        (
            "another charset",
            euro_free(QUOTED).replace("utf-8", "iso-8859-1").replace("=C3=BC=C3=9F", "=FC=DF").replace("=C3=AB", "=EB"),
            euro_free(EIGHT_BIT),
            &["altered-by-charset"],
        ),
        ("another name of the charset", PLAIN.into(), PLAIN.replace("us-ascii", "utf-8"), &["altered-by-charset"]),
        ("a part added", PARTS.into(), PARTS.replace("--p--", &format!("{ADDED}--p--")), &["altered-by-added-part"]),
        (
            "a part added in front",
            PARTS.into(),
            PARTS.replacen("--p\r\n", &format!("{ADDED}--p\r\n"), 1),
            &["altered-by-added-part"],
        ),
        ("put beside a footer", PLAIN.into(), beside(PLAIN), &["altered-by-added-part"]),
        ("folded", PARTS.into(), PARTS.replace("; name=", ";\r\n\tname="), &["altered-by-folding"]),
        (
            "quotes removed",
            PARTS.into(),
            PARTS.replace("\"p\"", "p").replace("\"a.pdf\"", "a.pdf"),
            &["altered-by-folding"],
        ),
        ("the order of fields", EIGHT_BIT.into(), other_order(), &["altered-by-folding"]),
        (
            "an empty line more",
            PARTS.into(),
            PARTS.replacen("\r\n\r\n--p", "\r\n\r\n\r\n--p", 1),
            &["altered-by-folding"],
        ),
        (
            "a sentence for old programs less",
            PARTS.replacen("\r\n\r\n--p", "\r\n\r\nThis is a multi-part message in MIME format.\r\n--p", 1),
            PARTS.into(),
            &["altered-by-folding"],
        ),
        ("a field added", PLAIN.into(), format!("X-Virus: none\r\n{PLAIN}"), &["altered-by-field"]),
        (
            "a field of a part added",
            PARTS.into(),
            PARTS.replace("Content-Type: app", "X-Scanned: yes\r\nContent-Type: app"),
            &["altered-by-field"],
        ),
        (
            "a field taken away",
            EIGHT_BIT.replace("8bit", "7bit").replace("ü", "u"),
            EIGHT_BIT.replace("Content-Transfer-Encoding: 8bit\r\n", "").replace("ü", "u"),
            &["altered-by-field"],
        ),
        (
            "a footer in a part",
            PARTS.into(),
            PARTS.replace("See it.\r\n", "See it.\r\n\r\n-- \r\nthe list\r\n"),
            &["altered-by-footer"],
        ),
    ];
    for (name, signed, now, expected) in cases {
        assert_eq!(explained(&signed, &now, &[]), expected, "{name}: {now}");
    }
    let (first, second) = (PARTS.find("--p\r\nContent-Type: app").unwrap(), PARTS.find("--p--").unwrap());
    let moved_out = format!("{}{}", &PARTS[..first], &PARTS[second..]);
    let part = PARTS[first + 5..second - 2].to_owned();
    assert_eq!(explained(PARTS, &moved_out, &[&part]), ["altered-by-removed-part"]);
    assert_eq!(explained(PLAIN, "\r\nanother part", &[PLAIN]), ["altered-by-added-part"]);
}

fn wrapped(width: usize) -> String {
    "AAAA"
        .repeat(40)
        .as_bytes()
        .chunks(width)
        .map(|line| String::from_utf8_lossy(line) + "\r\n")
        .collect::<String>()
        .trim_end()
        .to_owned()
}

fn beside(part: &str) -> String {
    format!("Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n{part}\r\n--m\r\n\r\nthe list\r\n--m--\r\n")
}

fn other_order() -> String {
    EIGHT_BIT.replace(
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n",
        "Content-Transfer-Encoding: 8bit\r\nContent-Type: text/plain; charset=utf-8\r\n",
    )
}

/// Where words were changed, nothing is explained, however small the change is; and no search is longer than its budget.
#[test]
fn what_cannot_be_proved_is_not_said() {
    for text in [PLAIN, EIGHT_BIT, QUOTED, BASE64, PARTS] {
        for (from, to) in [("text/plain", "text/html"), ("e", "a"), ("A", "B")] {
            let changed = text.replacen(from, to, 1);
            if changed != text {
                assert_eq!(explained(text, &changed, &[]), [""; 0], "{changed}");
            }
        }
    }
    let source = Source::from_bytes(vec![b'\n'; 1 << 17]);
    let fits = |_: &[u8]| false;
    let claim = Claim { digest: DigestAlgorithm::Sha256, fits: &fits, costly: false };
    let start = std::time::Instant::now();
    for mut budget in [(1 << 18) + 5, 1 << 22] {
        assert!(explain(&Covered::file(&source).unwrap(), &claim, &mut budget).unwrap().is_empty());
        assert!(budget < 1 << 20, "{budget}");
    }
    assert!(start.elapsed().as_secs() < 20);
}

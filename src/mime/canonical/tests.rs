//! What is written is read again: by a plain reference, and by the scanner.

use proptest::prelude::*;

use super::encode::QuotedWriter;
use super::*;
use crate::mime::transfer::{TransferEncoding, decoded};
use crate::mime::{Entity, Limits, parse, parse_to_seal};
use crate::source::Source;

/// RFC 8551 §3.1.1, one byte after the other.
fn naive_canonical(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == b'\n' && (at == 0 || bytes[at - 1] != b'\r') {
            out.push(b'\r');
        }
        out.push(*byte);
        if *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
            out.push(b'\n');
        }
    }
    out
}

fn canonical(bytes: &[u8], chunk: usize) -> Vec<u8> {
    let mut writer = CanonicalWriter::new(Vec::new());
    bytes.chunks(chunk).for_each(|piece| writer.write_all(piece).unwrap());
    writer.finish().unwrap()
}

fn read(text: &[u8]) -> (Source, Entity) {
    let source = Source::from_bytes(text);
    let entity = parse(&source, &Limits::default()).unwrap();
    (source, entity)
}

fn written(text: &[u8]) -> Vec<u8> {
    let (source, entity) = read(text);
    let write = |entity: &Entity| {
        let mut out = Vec::new();
        write_entity(&source, entity, &Extra::default(), &mut out).unwrap();
        out
    };
    let out = write(&entity);
    // What was found out while the message was scanned leads to the same.
    assert_eq!(write(&parse_to_seal(&source, &Limits::default()).unwrap()), out);
    out
}

/// A block that is canonical must reach the hasher in one piece, or a large message costs a copy.
#[test]
fn canonical_blocks_pass_in_one_piece() {
    struct Blocks(Vec<usize>);
    impl Write for Blocks {
        fn write(&mut self, block: &[u8]) -> io::Result<usize> {
            self.0.push(block.len());
            Ok(block.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut writer = CanonicalWriter::new(Blocks(Vec::new()));
    for block in ["a\r\nb\r\n", "c\r", "\nd"] {
        writer.write_all(block.as_bytes()).unwrap();
    }
    assert_eq!(writer.finish().unwrap().0, [6, 2, 2]);
}

/// What a signature is made over, case by case; the first column is the message, the second the entity.
#[test]
fn entities_are_written_in_seven_bits() {
    let cases = [
        // Nothing to do but line ends; blanks at the end of lines stay.
        (
            "Subject: s\nContent-Type: text/plain;\n charset=utf-8\nMIME-Version: 1.0\n\nhello \n\n",
            "Content-Type: text/plain;\n charset=utf-8\n\nhello \n\n",
        ),
        // No Content-Type.
        ("Subject: s\n\nhello", "Content-Type: text/plain; charset=us-ascii\n\nhello"),
        (
            "Subject: s\n\nü and you and me\n",
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n\
             =C3=BC and you and me\n",
        ),
        (
            "Subject: s\nContent-Transfer-Encoding: 8bit\n\nüü",
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nw7zDvA==\n",
        ),
        ("", "Content-Type: text/plain; charset=us-ascii\n\n"),
        // What mail systems change.
        (
            "Content-Type: text/plain\n\nFrom here\n.\n..\nx From\n",
            "Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n=46rom here\n=2E\n..\nx From\n",
        ),
        // A label that promises more than there is.
        (
            "Content-Transfer-Encoding: 8bit\nContent-Type: text/plain\n\nabc",
            "Content-Type: text/plain\nContent-Transfer-Encoding: 7bit\n\nabc",
        ),
        // Bytes stay bytes.
        (
            "Content-Type: a/b\nContent-Transfer-Encoding: binary\n\n1\n2",
            "Content-Type: a/b\nContent-Transfer-Encoding: base64\n\nMQoy\n",
        ),
        // Inside containers; preamble and epilogue are nobody's.
        (
            "Content-Type: multipart/mixed; boundary=a\nContent-Transfer-Encoding: 8bit\n\nü\n--a\n\
             Subject: Grüße Jörg x\n\nöde Tage\n--a\nContent-Type: message/rfc822\nContent-Transfer-Encoding: 8bit\n\n\
             To: \"J. Jörg\" <ü@x>\n\näh what\n--a--\nü\n",
            "Content-Type: multipart/mixed; boundary=a\nContent-Transfer-Encoding: 7bit\n\n--a\n\
             Subject: =?utf-8?B?R3LDvMOfZSBKw7ZyZw==?= x\nContent-Transfer-Encoding: quoted-printable\n\n=C3=B6de Tage\n\
             --a\nContent-Type: message/rfc822\nContent-Transfer-Encoding: 7bit\n\nTo: =?utf-8?B?Si4gSsO2cmc=?= <ü@x>\n\
             Content-Transfer-Encoding: quoted-printable\n\n=C3=A4h what\n--a--\n",
        ),
        (
            "Content-Type: text/plain; name=\"ü.txt\"; charset=\"x\"\n\nabc",
            "Content-Type: text/plain;\n name*=utf-8''%C3%BC.txt;\n charset=\"x\"\n\nabc",
        ),
        // A signature inside must not break.
        (
            "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/signed; boundary=b\n\n--b\n\nü\n\
             --b--\n--a--\n",
            "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/signed; boundary=b\n\n--b\n\nü\n\
             --b--\n--a--\n",
        ),
    ];
    for (message, expected) in cases {
        let out = String::from_utf8(written(message.as_bytes())).unwrap();
        assert_eq!(out.replace("\r\n", "\n"), expected, "{message}");
        assert_eq!(out.matches('\n').count(), out.matches("\r\n").count());
    }
}

/// The header that stays outside: no field twice, Bcc only where it is wanted, a missing line end made up for.
#[test]
fn outer_fields_are_all_but_those_of_the_content() {
    let (source, entity) = read("From: a\n b\nBcc : c\nmime-version: 1.0\nContent-X: y\nSubject: \u{fc}".as_bytes());
    let mut out = Vec::new();
    write_outer_fields(&source, &entity, &["bcc"], &mut out).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), "From: a\r\n b\r\nSubject: \u{fc}\r\n");
    let mut out = Vec::new();
    write_outer_fields(&source, &entity, &[], &mut out).unwrap();
    assert!(String::from_utf8(out).unwrap().contains("Bcc : c\r\n"));
}

/// A body, a container of several, or a message around one.
#[derive(Debug, Clone)]
enum Tree {
    Leaf(&'static str, &'static str, String),
    Parts(&'static str, Vec<Tree>),
    Message(Box<Tree>),
}

impl Tree {
    fn write(&self, boundary: &str, end: &str, out: &mut String) {
        match self {
            Self::Leaf(kind, encoding, body) => {
                // A lone CR after an "=" becomes a soft break with its line end.
                let body = if *encoding == "quoted-printable" { body.replace('\r', "") } else { body.clone() };
                *out += &format!("Content-Type: {kind}{end}Content-Transfer-Encoding: {encoding}{end}{end}{body}");
            }
            Self::Parts(encoding, parts) => {
                *out += &format!("Content-Type: multipart/mixed; boundary=\"{boundary}\"{end}");
                *out += &format!("Content-Transfer-Encoding: {encoding}{end}{end}preamble ü{end}");
                for (number, part) in parts.iter().enumerate() {
                    *out += &format!("--{boundary}{end}");
                    part.write(&format!("{boundary}.{number}"), end, out);
                    *out += end;
                }
                *out += &format!("--{boundary}--{end}");
            }
            Self::Message(inner) => {
                *out += &format!("Content-Type: message/rfc822{end}Content-Transfer-Encoding: 8bit{end}{end}");
                *out += &format!("Subject: ünder{end}");
                inner.write(&format!("{boundary}.m"), end, out);
            }
        }
    }
}

fn tree() -> impl Strategy<Value = Tree> {
    let kinds = vec!["text/plain", "text/plain; charset=utf-16", "application/octet-stream", "message/delivery-status"];
    let encodings = vec!["7bit", "8bit", "binary", "quoted-printable", "base64"];
    let pieces = vec![
        "From x",
        ".",
        "ü",
        "\u{20ac}",
        "\r\n",
        "\n",
        "\r",
        " ",
        "\t",
        "=",
        "=3D",
        "--",
        "QUJD",
        "\0",
        "text",
        "F",
        "\r\n.\r\n",
    ];
    let long = (990usize..1010).prop_map(|length| "l".repeat(length));
    let piece = prop_oneof![20 => prop::sample::select(pieces).prop_map(str::to_owned), 1 => long];
    let body = prop::collection::vec(piece, 0..25).prop_map(|pieces| pieces.concat());
    let leaf = (prop::sample::select(kinds), prop::sample::select(encodings), body)
        .prop_map(|(kind, encoding, body)| Tree::Leaf(kind, encoding, body));
    leaf.prop_recursive(3, 12, 4, |inner| {
        let encoding = prop::sample::select(vec!["7bit", "8bit", "binary"]);
        prop_oneof![
            3 => (encoding, prop::collection::vec(inner.clone(), 1..4)).prop_map(|(e, parts)| Tree::Parts(e, parts)),
            1 => inner.prop_map(|inner| Tree::Message(Box::new(inner))),
        ]
    })
}

/// The content of every leaf, with its media type.
fn leaves(text: &[u8]) -> Vec<(String, TransferEncoding, Vec<u8>)> {
    let (source, entity) = read(text);
    let content = |leaf: &Entity| {
        (leaf.content_type.essence(), leaf.encoding, leaf.decoded_body(&source).read_all(1 << 20).unwrap())
    };
    entity.walk().filter(|entity| entity.children.is_empty()).map(content).collect()
}

proptest! {
    /// Hashes of sender and receiver agree only if every program canonicalises alike, in blocks of any size.
    #[test]
    fn canonical_writer_equals_the_reference(text in "[a\r\n]{0,60}", chunk in 1usize..20) {
        let expected = naive_canonical(text.as_bytes());
        prop_assert_eq!(&canonical(text.as_bytes(), chunk), &expected);
        prop_assert_eq!(&canonical(&expected, chunk), &expected);
    }

    /// Base64 and quoted-printable give back what was written, in lines that every mail system passes on.
    #[test]
    fn encoders_are_undone_by_the_decoders(
        text in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..300),
            "([ \t.=FZü-]|From |\r\n|[.]\r\n|--){0,200}".prop_map(String::into_bytes),
        ],
        chunk in 1usize..100,
    ) {
        let mut base64 = Base64Writer::new(Vec::new());
        let mut quoted = QuotedWriter::new(Vec::new());
        for piece in text.chunks(chunk) {
            base64.write_all(piece).unwrap();
            quoted.write_all(piece).unwrap();
        }
        let base64 = String::from_utf8(base64.finish().unwrap()).unwrap();
        let quoted = String::from_utf8(quoted.finish().unwrap()).unwrap();
        prop_assert!(base64.is_empty() || base64.ends_with("\r\n"));
        prop_assert!(base64.lines().rev().skip(1).all(|line| line.len() == 64));
        for line in quoted.split("\r\n") {
            prop_assert!(line.len() <= 76 && line.is_ascii() && !line.contains(['\r', '\n']));
            prop_assert!(!line.starts_with("From ") && line != "." && !line.ends_with([' ', '\t']) && !line.starts_with("--"));
        }
        for (out, encoding) in [(base64, TransferEncoding::Base64), (quoted, TransferEncoding::QuotedPrintable)] {
            prop_assert_eq!(&decoded(Source::from_bytes(out.into_bytes()), encoding).read_all(1 << 20).unwrap(), &text);
        }
    }

    /// What is signed passes every mail system unchanged, and says the same as the message did.
    #[test]
    fn written_entities_are_seven_bit_and_say_the_same(tree in tree(), crlf in any::<bool>()) {
        let mut text = String::new();
        tree.write("=_b", if crlf { "\r\n" } else { "\n" }, &mut text);
        let out = written(text.as_bytes());
        prop_assert!(out.is_ascii() && !out.contains(&0));
        prop_assert_eq!(&naive_canonical(&out), &out);
        for line in out.split(|byte| *byte == b'\n') {
            prop_assert!(line.len() <= 999 && !line.starts_with(b"From ") && line != b".\r");
        }
        let (before, after) = (leaves(text.as_bytes()), leaves(&out));
        prop_assert_eq!(before.len(), after.len());
        for ((kind, encoding, content), (new_kind, _, new)) in before.into_iter().zip(after) {
            prop_assert_eq!(&kind, &new_kind);
            if encoding == TransferEncoding::Binary && !kind.starts_with("text/") && !kind.starts_with("message/") {
                prop_assert_eq!(&content, &new);
            }
            prop_assert_eq!(naive_canonical(&content), naive_canonical(&new));
        }
        // Written again, it stays as it is: a second signature covers the same bytes.
        prop_assert_eq!(written(&out), out);
    }
}

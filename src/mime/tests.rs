//! The scanner against structures that are written by hand and by chance.

use proptest::prelude::*;

use super::*;

fn scan(text: &[u8]) -> (Source, Entity) {
    let source = Source::from_bytes(text);
    let entity = parse(&source, &Limits::default()).unwrap();
    (source, entity)
}

fn bytes(source: &Source, range: &Range<u64>) -> String {
    String::from_utf8_lossy(&source.slice(range.clone()).read_all(1 << 20).unwrap()).into_owned()
}

/// One line per entity: its depth, media type, range and defects.
fn outline(text: &str) -> Vec<String> {
    fn add(source: &Source, entity: &Entity, depth: usize, lines: &mut Vec<String>) {
        let indent = "  ".repeat(depth);
        let kind = entity.content_type.essence();
        lines.push(format!("{indent}{kind} {:?} {:?}", bytes(source, &entity.body), entity.defects));
        for child in &entity.children {
            add(source, child, depth + 1, lines);
        }
    }
    let (source, entity) = scan(text.as_bytes());
    let mut lines = Vec::new();
    add(&source, &entity, 0, &mut lines);
    lines
}

/// What a signature covers: the header and body of the part, without the line end that belongs to the boundary.
#[test]
fn a_signed_part_is_found_to_the_byte() {
    for end in ["\r\n", "\n"] {
        let text = "Subject: x\nContent-Type: multipart/signed; boundary=\"a b\"\n\npreamble\n --a b\n--a bc\n--a b \t\n\
             Content-Type: text/plain\n\n--a\nhello \n\n\n--a b\nContent-Type: application/pkcs7-signature\n\nMII=\n\
             --a b--  \nepilogue\n--a b\n";
        let (source, entity) = scan(text.replace('\n', end).as_bytes());
        assert_eq!(entity.children.len(), 2);
        assert_eq!(
            bytes(&source, &entity.children[0].range),
            "Content-Type: text/plain\n\n--a\nhello \n\n".replace('\n', end)
        );
        assert_eq!(bytes(&source, &entity.children[1].body), "MII=");
        assert_eq!(entity.defects, []);
        assert_eq!(entity.range, 0..source.len().unwrap());
        assert!(bytes(&source, &entity.body).ends_with(&format!("epilogue{end}--a b{end}")));
    }
}

/// Each oddity has one reading, the one that other programs have, and is told.
#[test]
fn odd_structures_are_read_in_one_way() {
    let cases: &[(&str, &[&str])] = &[
        ("", &["text/plain \"\" [MissingBody]"]),
        ("\n", &["text/plain \"\" []"]),
        ("a: b", &["text/plain \"\" [MissingBody]"]),
        ("a: b\n\nc", &["text/plain \"c\" []"]),
        // No header at all.
        ("hello\nworld\n\nagain", &["text/plain \"hello\\nworld\\n\\nagain\" [MalformedHeaderLine]"]),
        // A line that is no field ends no header.
        ("a: b\nhello\nContent-Type: text/html\n\nc", &["text/html \"c\" [MalformedHeaderLine]"]),
        ("a: b\rContent-Type: text/html\n\nc", &["text/plain \"c\" [MalformedHeaderLine]"]),
        ("From x@y Mon\nContent-Type : a/b\n\nc", &["a/b \"c\" []"]),
        ("From : x@y\nContent-Type : a/b\n\nc", &["a/b \"c\" []"]),
        ("Content-Type: a/b\ncontent-type: c/d\n\n", &["a/b \"\" [DuplicateField]"]),
        ("Content-Type: multipart/mixed\n\n--a\n", &["multipart/mixed \"--a\\n\" [MissingBoundary]"]),
        ("Content-Type: multipart/mixed; boundary=a\n\n-- a\n", &["multipart/mixed \"-- a\\n\" [NoParts]"]),
        ("Content-Type: multipart/mixed; boundary=a\n\n--a--\n", &["multipart/mixed \"--a--\\n\" [NoParts]"]),
        // Parts without a body, without anything, and cut short.
        (
            "Content-Type: multipart/mixed; boundary=a\n\n--a\n--a\n\n--a\nb: c\n--a\n\nx\n",
            &[
                "multipart/mixed \"--a\\n--a\\n\\n--a\\nb: c\\n--a\\n\\nx\\n\" [MissingFinalBoundary]",
                "  text/plain \"\" [MissingBody]",
                "  text/plain \"\" []",
                "  text/plain \"\" [MissingBody]",
                "  text/plain \"x\\n\" []",
            ],
        ),
        // An outer boundary ends all inner parts; an inner one means nothing outside.
        (
            "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n1\n\
             --a\n\n2\n--b\n--a--\n--a\n",
            &[
                "multipart/mixed \"--a\\nContent-Type: multipart/mixed; boundary=b\\n\\n--b\\n\\n1\\n--a\\n\\n2\\n--b\\n\
                 --a--\\n--a\\n\" []",
                "  multipart/mixed \"--b\\n\\n1\" [MissingFinalBoundary]",
                "    text/plain \"1\" []",
                "  text/plain \"2\\n--b\" []",
            ],
        ),
        // A message inside; one that is encoded stays closed.
        (
            "Content-Type: multipart/digest; boundary=a\n\n--a\n\nContent-Type: text/html\n\nx\n--a\n\
             Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nYTpi\n--a--",
            &[
                "multipart/digest \"--a\\n\\nContent-Type: text/html\\n\\nx\\n--a\\nContent-Type: message/rfc822\\n\
                 Content-Transfer-Encoding: base64\\n\\nYTpi\\n--a--\" []",
                "  message/rfc822 \"Content-Type: text/html\\n\\nx\" []",
                "    text/html \"x\" []",
                "  message/rfc822 \"YTpi\" []",
            ],
        ),
        // Where one boundary is another one and "--", the innermost part decides.
        (
            "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=a--\n\n--a--\n\n1\n\
             --a----\n--a--\n",
            &[
                "multipart/mixed \"--a\\nContent-Type: multipart/mixed; boundary=a--\\n\\n--a--\\n\\n1\\n--a----\\n\
                 --a--\\n\" []",
                "  multipart/mixed \"--a--\\n\\n1\\n--a----\" []",
                "    text/plain \"1\" []",
            ],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(&outline(text), expected, "{text:?}");
    }
}

/// Offsets stay true across the blocks that the source is read in, wherever a boundary falls.
#[test]
fn boundaries_are_found_at_the_edge_of_a_block() {
    for pad in (crate::source::BLOCK - 80)..(crate::source::BLOCK - 40) {
        let body = "x".repeat(pad);
        let text =
            format!("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\n{body}\r\n--a\r\n\r\ny\r\n--a--");
        let (source, entity) = scan(text.as_bytes());
        assert_eq!(entity.children.len(), 2, "{pad}");
        assert_eq!(entity.children[0].body.end - entity.children[0].body.start, pad as u64);
        assert_eq!(bytes(&source, &entity.children[1].body), "y");
        assert_eq!(entity.defects, []);
    }
}

/// A line that never ends must not fill memory, neither in a header nor in a body.
#[test]
fn a_line_without_end_is_read_in_constant_memory() {
    struct Endless(u64, &'static [u8]);
    impl crate::source::ReadAt for Endless {
        fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
            let count = buf.len().min(usize::try_from(self.0.saturating_sub(offset)).unwrap());
            buf[..count].fill(b'-');
            let head = self.1.get(usize::try_from(offset).unwrap()..).unwrap_or_default();
            let head = &head[..head.len().min(count)];
            buf[..head.len()].copy_from_slice(head);
            Ok(count)
        }
        fn len(&self) -> io::Result<u64> {
            Ok(self.0)
        }
    }
    let size = 16 << 20;
    let body = parse(
        &Source::from_view(Endless(size, b"Content-Type: multipart/mixed; boundary=a\n\n--a\n\nx\n")),
        &Limits::default(),
    );
    assert_eq!(body.unwrap().children[0].body.end, size);
    let none = parse(&Source::from_view(Endless(size, b"")), &Limits::default()).unwrap();
    assert_eq!(none.body, 0..size);
    let field = parse(&Source::from_view(Endless(size, b"a: ")), &Limits::default());
    assert!(matches!(field, Err(Error::Limit { what: "header bytes", .. })));
}

/// The limits are what keeps a hostile message from taking all memory.
#[test]
fn limits_end_the_scan() {
    let limits = Limits { depth: 4, parts: 5, header_bytes: 60 };
    let nested = |depth: usize| {
        let inner = |level| format!("Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n");
        (0..depth).map(inner).collect::<String>() + "\nx"
    };
    let what = |text: &str| match parse(&Source::from_bytes(text.as_bytes()), &limits) {
        Ok(entity) => format!("{}", entity.walk().count()),
        Err(error) => error.to_string(),
    };
    assert_eq!(what(&nested(4)), "5");
    assert_eq!(what(&nested(5)), "more depth than the limit of 4");
    let parts = |count: usize| nested(1) + &"\n--b0\n\n".repeat(count);
    assert_eq!(what(&parts(4)), "6");
    assert_eq!(what(&parts(5)), "more parts than the limit of 5");
    assert_eq!(what(&"a: 67890123456789\n".repeat(4)), "more header bytes than the limit of 60");
    let fields = nested(1) + &"\na:\n\n--b0\n".repeat(4);
    assert_eq!(what(&fields), "6");
    assert_eq!(what(&("a:\n".repeat(20) + "\n")), "more header bytes than the limit of 960");
}

/// People are offered the name that the sender gave, in every form that mail programs write, and without what hides in it.
#[test]
fn file_names_are_found_in_every_form() {
    let cases = [
        ("Content-Disposition: attachment; filename=\"a b.pdf\"", Some("a b.pdf")),
        ("Content-Disposition: attachment; filename=a b (1).pdf; size=3", Some("a b (1).pdf")),
        ("Content-Disposition: attachment; filename*=utf-8'de'%C3%BC.pdf; filename=u.pdf", Some("ü.pdf")),
        (
            "Content-Disposition: attachment; filename*1*=%BC; filename*0*=utf-8''%C3; filename*2=\".pdf\"",
            Some("ü.pdf"),
        ),
        ("Content-Disposition: inline\nContent-Type: a/b; name=\"=?iso-8859-1?Q?=FC.pdf?=\"", Some("ü.pdf")),
        ("Content-Type: a/b; name=\"exe\u{202e}fdp.x\"", Some("exefdp.x")),
        ("Content-Type: a/b; name=\"\"", None),
        ("Content-Disposition: attachment", None),
    ];
    for (header, expected) in cases {
        assert_eq!(scan(format!("{header}\n\n").as_bytes()).1.file_name().as_deref(), expected, "{header}");
    }
}

/// Bytes that look like mail often enough to reach every branch.
fn mail_like() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(vec![
        "\n",
        "\r\n",
        "\r",
        "--a",
        "--b",
        "--",
        "\n--a\n",
        "\r\n--b\r\n",
        "\n--a--\n",
        "\n\n",
        " ",
        ":",
        "x",
        "Content-Type: multipart/mixed; boundary=a\n\n",
        "Content-Type: multipart/digest; boundary=b\r\n\r\n",
        "Content-Type: message/rfc822\n\n",
        "Content-Transfer-Encoding: base64\n",
        "From ",
        "\u{fc}",
    ]);
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..300),
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat().into_bytes()),
    ]
}

/// Hands out a few bytes at a time.
struct Short(Vec<u8>, usize);

impl crate::source::ReadAt for Short {
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let rest = &self.0[(offset as usize).min(self.0.len())..];
        let count = rest.len().min(buf.len()).min(self.1);
        buf[..count].copy_from_slice(&rest[..count]);
        Ok(count)
    }
    fn len(&self) -> io::Result<u64> {
        Ok(self.0.len() as u64)
    }
}

/// The field From with blanks in front of its colon is a field and no mark, however many they are and however many bytes arrive
/// at once: the sender of a message is the same for every reader.
#[test]
fn a_sender_is_no_mark_of_a_mailbox() {
    for blanks in [0, 1, 500, 600, 40_000] {
        let blank = " ".repeat(blanks);
        for step in [1, 2, 5, 6, 505, 16 * 1024, 50_000] {
            let fields = |from: &str| {
                let text = format!("{from}\nSubject: a\n\nb").into_bytes();
                let root = parse(&Source::from_view(Short(text, step)), &Limits::default()).unwrap();
                assert_eq!(root.defects, [], "{blanks} {step}");
                root.fields.0.iter().map(|field| field.name.clone()).collect::<Vec<_>>()
            };
            assert_eq!(fields(&format!("From {blank}: x@example.org")), ["From", "Subject"], "{blanks} {step}");
            if blanks <= 500 {
                assert_eq!(fields(&format!("From {blank}x@example.org: 12:00")), ["Subject"], "{blanks} {step}");
            }
        }
    }
}

/// Keeps what it sees of the first part.
#[derive(Default)]
struct Seen {
    now: Vec<u8>,
    whole: Option<(std::ops::Range<u64>, Vec<u8>)>,
    lost: bool,
}

impl Watch for Seen {
    fn begin(&mut self, _: &ContentType) -> bool {
        true
    }
    fn bytes(&mut self, bytes: &[u8]) {
        self.now.extend_from_slice(bytes);
    }
    fn end(&mut self, range: std::ops::Range<u64>) {
        self.whole = Some((range, std::mem::take(&mut self.now)));
    }
    fn lost(&mut self) {
        self.lost = true;
    }
}

/// What is hashed while a message is scanned is the signed part to the byte, wherever the blocks end that are read: a line of it
/// that begins like a boundary belongs to it, the boundary does not. Where more was seen, that is known.
#[test]
fn what_is_watched_is_the_part() {
    for (line, inside) in [("\n", "text\n--b\n--\n"), ("\r\n", "text\r\n--b\r\n--\r\n"), ("\n", "--\n\n"), ("\n", "")] {
        let part = format!("Content-Transfer-Encoding: base64{line}{line}{inside}");
        let end = format!("{line}--bound{line}{line}signature{line}--bound--{line}");
        let text = format!("Content-Type: multipart/signed; boundary=bound{line}{line}--bound{line}{part}{end}");
        let mut watched = 0;
        for step in 1..text.len() {
            let source = Source::from_view(Short(text.clone().into_bytes(), step));
            let mut seen = Seen::default();
            let root = parse_watched(&source, &Limits::default(), &mut seen).unwrap();
            let first = &root.children[0];
            assert_eq!(seen.whole.is_some(), !seen.lost, "{step}");
            if let Some((range, bytes)) = seen.whole {
                watched += 1;
                assert_eq!((range, String::from_utf8(bytes).unwrap()), (first.range.clone(), part.clone()), "{step}");
            }
            let decoded = first.decoded_body(&source).read_all(1000).unwrap().len() as u64;
            assert!(first.decoded_len.is_none_or(|length| length == decoded), "{step}: {:?}", first.decoded_len);
        }
        assert!(watched > 0, "it is watched at all");
    }
}

proptest! {
    /// Whatever arrives: no panic, and every range lies inside the one around it, parts in order.
    #[test]
    fn ranges_nest_and_stay_in_order(text in mail_like()) {
        let source = Source::from_bytes(text.clone());
        if let Ok(root) = parse(&source, &Limits::default()) {
            prop_assert_eq!(root.range.end, text.len() as u64);
            for entity in root.walk() {
                prop_assert!(entity.range.start <= entity.body.start && entity.body.start <= entity.body.end);
                prop_assert_eq!(entity.body.end, entity.range.end);
                let mut at = entity.body.start;
                for child in &entity.children {
                    prop_assert!(at <= child.range.start && child.range.start <= child.range.end);
                    at = child.range.end;
                }
                prop_assert!(at <= entity.body.end);
                for field in &entity.fields.0 {
                    prop_assert!(entity.range.start <= field.range.start && field.range.end <= entity.body.start);
                }
            }
        }
    }

    /// How the source hands out its bytes has no influence on what is found.
    #[test]
    fn short_reads_change_nothing(text in mail_like(), step in 1usize..7) {
        let whole = parse(&Source::from_bytes(text.clone()), &Limits::default());
        let short = parse(&Source::from_view(Short(text, step)), &Limits::default());
        prop_assert_eq!(format!("{whole:?}"), format!("{short:?}"));
    }
}

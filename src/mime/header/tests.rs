//! Header values as programs write them, and as nobody should.

use proptest::prelude::*;

use super::*;

/// Every form in which programs write a media type; what is none is plain text, so that nothing is taken for a container.
#[test]
fn content_types_are_read_in_every_form() {
    type Case = (&'static str, &'static str, &'static [(&'static str, &'static str)]);
    let cases: &[Case] = &[
        ("text/plain", "text/plain", &[]),
        ("Text/HTML; Charset=UTF-8", "text/html", &[("charset", "UTF-8")]),
        ("multipart / signed (c;(d)\\)) ; micalg = sha-256 (x;y) ;", "multipart/signed", &[("micalg", "sha-256")]),
        ("a/b; boundary=\"x;\\\"y\\\\\"; c=d", "a/b", &[("boundary", "x;\"y\\"), ("c", "d")]),
        ("a/b; boundary=----=_Part/1", "a/b", &[("boundary", "----=_Part/1")]),
        ("a/b; x=1; X=2; x*=''3", "a/b", &[("x", "3")]),
        ("a/b; x*0=\"a \"; x*1=b; x*3=lost", "a/b", &[("x", "a b")]),
        ("a/b; x*1=b; x=plain", "a/b", &[("x", "plain")]),
        ("a/b; x*=iso-8859-1'de'%FC%zz", "a/b", &[("x", "ü%zz")]),
        ("a/b; x*=unknown''%C3%BC", "a/b", &[("x", "ü")]),
        ("a/b; no value; x=y", "a/b", &[("x", "y")]),
        ("a/b; x=\"open", "a/b", &[("x", "open")]),
        ("text", "text/plain", &[]),
        ("multipart/", "text/plain", &[]),
        ("mul\"ti\"part/x; boundary=a", "text/plain", &[]),
        ("", "text/plain", &[]),
    ];
    for (value, essence, parameters) in cases {
        let parsed = ContentType::parse(value);
        assert_eq!(parsed.essence(), *essence, "{value}");
        let found: Vec<_> = parsed.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(found, *parameters, "{value}");
    }
}

/// What people read must be what was meant, and must not contain anything that reorders or hides it.
#[test]
fn text_is_decoded_and_made_harmless() {
    let cases: &[(&[u8], &str)] = &[
        (b" plain ", "plain"),
        (b" a\r\n b\n\tc", "a b c"),
        (b" =?utf-8?q?a_=C3=BC?= x", "a ü x"),
        (b" =?UTF-8?B?w7w=?=", "ü"),
        // Neighbours are joined, a character that is split between them too; blanks before other text stay.
        (b" =?utf-8?B?w7zD?=\r\n =?UTF-8?q?=BC?= =?iso-8859-1*de?q?=FC?= =?x", "üüü =?x"),
        (b" =?unknown?q?=FC?=", "=?unknown?q?=FC?="),
        (b" =?utf-8?x?a?= =?utf-8?q?a", "=?utf-8?x?a?= =?utf-8?q?a"),
        (b" =?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"),
        // Raw bytes above 127.
        ("ü".as_bytes(), "ü"),
        (b"\xfc \x80", "ü €"),
        // Controls, also those that come out of an encoded word.
        ("a\u{202e}b\u{200b}c\u{7}".as_bytes(), "abc"),
        (b"=?utf-8?q?a=0D=0ABcc:=20=E2=80=AEx?=", "a  Bcc: x"),
    ];
    for (raw, expected) in cases {
        let field = Field { name: "Subject".to_owned(), raw: raw.to_vec(), range: 0..0 };
        assert_eq!(field.text(), *expected, "{}", String::from_utf8_lossy(raw));
    }
}

/// A value of many beginnings must not be read again and again.
#[test]
fn hostile_values_take_linear_time() {
    let size = 1 << 20;
    for piece in ["=?", "=?a?q?", "=?utf-8?q?x?=", "(", "\"", ";", "a*0*=x;", "\\(", "=?utf-8?q?"] {
        let text = piece.repeat(size / piece.len());
        let start = std::time::Instant::now();
        let _ = decode_words(&text);
        let _ = ContentType::parse(&text);
        let _ = ContentType::parse(&format!("a/b;{text}"));
        assert!(start.elapsed().as_secs() < 10, "{piece}: {:?}", start.elapsed());
    }
}

proptest! {
    /// Header values are the first thing that a stranger's bytes meet.
    #[test]
    fn no_value_panics(value in "[ -~\u{fc}\u{20ac}\t]{0,40}|([=?*%;'\"(\\\\)]|utf-8|[0-9a-z]){0,30}") {
        let _ = decode_words(&value);
        structured(&value);
        let _ = Disposition::parse(&value);
        prop_assert!(!one_line(&value).contains(char::is_control));
    }
}

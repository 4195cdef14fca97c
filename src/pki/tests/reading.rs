//! Names and encodings as they are met.

use super::*;

/// An issuer is found however its name is written, and names are shown so that they cannot pretend.
#[test]
fn names() {
    let name = |kind: u8, text: &[u8]| {
        let attribute = tlv(0x30, &[&[6, 3, 0x55, 4, 3], &tlv(kind, &[text])]);
        tlv(0x30, &[&tlv(0x31, &[&attribute])])
    };
    let key = || PrivateKey::generate(KeyKind::P256).unwrap();
    let as_certificate = |name: Vec<u8>| {
        let party = Party { key: key(), name };
        party.authority(&party)
    };
    let same = [
        name(0x0c, "Zo\u{eb} ROOT".as_bytes()),
        name(0x13, "  Zo\u{eb}   root ".as_bytes()),
        name(0x14, b"zo\xeb root"),
        name(0x1e, b"\0Z\0o\0\xeb\0 \0R\0o\0o\0t"),
        name(0x1c, b"\0\0\0Z\0\0\0o\0\0\0\xeb\0\0\0 \0\0\0R\0\0\0o\0\0\0o\0\0\0t"),
    ];
    let keys: Vec<_> = same.into_iter().map(|name| as_certificate(name).subject_key().to_vec()).collect();
    assert!(keys.iter().all(|key| *key == keys[0]));
    for other in [name(0x0c, "Zoe root".as_bytes()), name(0x0c, "Zo\u{eb}root".as_bytes()), name(0x0c, b"")] {
        assert_ne!(as_certificate(other).subject_key(), keys[0]);
    }
    for (kind, text, subject, short) in [
        (0x0c, &b"Anna, \"A+B\" <x>"[..], "CN=Anna\\, \\\"A\\+B\\\" \\<x\\>", "Anna, \"A+B\" <x>"),
        (0x0c, "a\u{202e}b\u{200b}\n\0c".as_bytes(), "CN=ab c", "ab c"),
        (0x0c, b" #", "CN=\\ #", "#"),
        (0x0c, b"#1", "CN=\\#1", "#1"),
        (0x0c, b"\xff", "CN=#0c01ff", "CN=#0c01ff"),
        (0x04, b"\x01", "CN=#040101", "CN=#040101"),
        (0x13, b"M\xfcller", "CN=M\u{fc}ller", "M\u{fc}ller"),
    ] {
        let certificate = as_certificate(name(kind, text));
        assert_eq!((certificate.subject(), certificate.name()), (subject.to_owned(), short.to_owned()));
        assert_eq!(certificate.subject_der(), name(kind, text));
    }
    let nameless = Party { key: key(), name: tlv(0x30, &[]) };
    let empty = nameless.leaf(&nameless);
    assert_eq!((empty.subject(), empty.name()), (String::new(), empty.serial_hex()));
    assert_eq!(find(&empty, &[], &[]).unwrap_err().rule, Rule::NoIssuer);
}

/// A certificate with unusual times, truth values or lengths is read; its bytes stay as they are and its signature counts over
/// them.
#[test]
fn unusual_encodings() {
    let (root, anna) = (party("Root"), party("Anna"));
    let (root_cert, leaf) = (root.authority(&root), root.leaf(&anna));
    let der = leaf.der();
    let replace = |from: &[u8], to: &[u8]| {
        let at = der.windows(from.len()).position(|window| window == from).unwrap();
        [&der[..at], to, &der[at + from.len()..]].concat()
    };
    for changed in [replace(&[1, 1, 0xff], &[1, 1, 1]), replace(b"\x17\x0d2512", b"\x17\x0d5012")] {
        let certificate = Certificate::from_der(&changed).unwrap();
        assert_eq!(certificate.der(), changed);
        assert_eq!(find(&certificate, &[], &[&root_cert]).unwrap_err().rule, Rule::BadSignature);
    }
    // Indefinite length around: the DER form is kept, and the signature holds.
    let (_, content) = der.split_at(4);
    assert_eq!(der[1], 0x82);
    let ber = [&[0x30, 0x80][..], content, &[0, 0]].concat();
    let certificate = Certificate::from_der(&ber).unwrap();
    assert_eq!(certificate, leaf);
    assert!(find(&certificate, &[], &[&root_cert]).is_ok());
    assert_eq!(bundle::certificates(&[der, &ber].concat()).unwrap(), [leaf.clone(), leaf.clone()]);
    for cut in 0..ber.len() {
        assert!(Certificate::from_der(&ber[..cut]).is_err(), "{cut}");
    }
}

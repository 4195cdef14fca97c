//! CMS structures that somebody made to break a reader: deep, endless, full of signers, recipients and names.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::mail;
use common::openssl::{OpenSsl, openssl};
use common::pki::{ALICE, BOB};
use common::reader::Reader;
use common::{cases, folder, pki::Pki, program, run};
use waxwing::report::{Privacy, Verdict};

/// One BER element with a definite length.
fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut out = vec![tag];
    match length {
        0..=0x7f => out.push(u8::try_from(length).unwrap()),
        _ => {
            let bytes = length.to_be_bytes();
            let skip = bytes.iter().take_while(|byte| **byte == 0).count();
            out.push(0x80 | u8::try_from(bytes.len() - skip).unwrap());
            out.extend_from_slice(&bytes[skip..]);
        }
    }
    out.extend_from_slice(content);
    out
}

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const OCTETS: u8 = 0x04;
const EXPLICIT_0: u8 = 0xa0;

const ID_DATA: &[u8] = &[0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
const ID_SIGNED: &[u8] = &[0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];
const ID_ENVELOPED: &[u8] = &[0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 3];
const SHA256: &[u8] = &[0x30, 11, 0x06, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1];

fn seq(parts: &[&[u8]]) -> Vec<u8> {
    tlv(SEQUENCE, &parts.concat())
}

fn info(kind: &[u8], content: &[u8]) -> Vec<u8> {
    seq(&[kind, &tlv(EXPLICIT_0, content)])
}

/// A SignedData with this content, certificates and signers, each as they stand.
fn signed(content: &[u8], certificates: &[u8], signers: &[u8]) -> Vec<u8> {
    let content = seq(&[ID_DATA, &tlv(EXPLICIT_0, &tlv(OCTETS, content))]);
    let digests = tlv(SET, SHA256);
    info(ID_SIGNED, &seq(&[&[2, 1, 1], &digests, &content, &tlv(0xa0, certificates), &tlv(SET, signers)]))
}

/// A signer of which everything but the name is rubbish.
fn signer(number: u32) -> Vec<u8> {
    let serial = tlv(2, &[&[1][..], &number.to_be_bytes()].concat());
    let rsa = [0x30, 13, 0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11, 5, 0];
    seq(&[&[2, 1, 1], &seq(&[&seq(&[]), &serial]), SHA256, &rsa, &tlv(OCTETS, &[7; 256])])
}

/// The contents of the SET of signer or recipient infos at the end of what openssl made: the last element that names Bob or
/// Alice is found by its size, so the pieces are cut by a little reader.
fn elements(bytes: &[u8]) -> Vec<&[u8]> {
    let mut found = Vec::new();
    let mut rest = bytes;
    while let Some((header, length)) = header(rest) {
        found.push(&rest[..header + length]);
        rest = &rest[header + length..];
    }
    found
}

fn header(bytes: &[u8]) -> Option<(usize, usize)> {
    let first = usize::from(*bytes.get(1)?);
    let (size, length) = match first {
        0..=0x7f => (2, first),
        _ => {
            let count = first & 0x7f;
            (2 + count, bytes[2..2 + count].iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
        }
    };
    (bytes.len() >= size + length).then_some((size, length))
}

/// The content of a constructed element.
fn inside(element: &[u8]) -> &[u8] {
    let (size, length) = header(element).unwrap();
    &element[size..size + length]
}

fn der(words: &str, input: &[u8]) -> Vec<u8> {
    openssl(&format!("{words} -outform DER"), input).unwrap()
}

/// Everything of a real message in DER: the parts of its SignedData or EnvelopedData.
fn parts(cms: &[u8]) -> Vec<Vec<u8>> {
    let info = elements(inside(cms));
    elements(inside(inside(info[1]))).into_iter().map(<[u8]>::to_vec).collect()
}

/// Structures that are deep or lie about their size end in time, and nothing comes of them.
#[test]
fn ber_bombs() {
    let reader = Reader::new();
    let deep = |opening: &[u8], depth: usize| [opening.repeat(depth), vec![0; 2 * depth]].concat();
    let octets = deep(&[0x24, 0x80], 300_000);
    let pieces: Vec<u8> = [vec![0x24, 0x80], [0x04, 1, b'x'].repeat(500_000), vec![0, 0]].concat();
    let empty_pieces = [vec![0x24, 0x80], [0x04, 0].repeat(500_000), vec![0, 0]].concat();
    let nested = |depth: usize| (0..depth).fold(tlv(OCTETS, b"x"), |inner, _| tlv(0x24, &inner));
    let around = |octets: &[u8]| {
        let content = seq(&[ID_DATA, &tlv(EXPLICIT_0, octets)]);
        info(ID_SIGNED, &seq(&[&[2, 1, 1], &tlv(SET, SHA256), &content, &tlv(SET, &[])]))
    };
    let bombs: Vec<(&str, Vec<u8>)> = vec![
        ("deep sequences", deep(&[0x30, 0x80], 500_000)),
        ("deep content", around(&octets)),
        ("deep definite content", around(&nested(2_000))),
        ("content in many pieces", around(&pieces)),
        ("content in empty pieces", around(&empty_pieces)),
        ("a length past the end", [&[0x30, 0x88][..], &[0x7f; 8], &[0; 64]].concat()),
        ("a length of 2^64-1", [&[0x30, 0x88][..], &[0xff; 8], &[0; 64]].concat()),
        ("a length in 126 octets", [&[0x30, 0xfe][..], &[0xff; 126], &[0; 64]].concat()),
        ("an endless tag", [&[0x1f][..], &[0xff; 1 << 20]].concat()),
        ("an endless identifier", seq(&[&tlv(6, &vec![0xff; 1 << 20])])),
        ("many digests", {
            let digests = tlv(SET, &SHA256.repeat(100_000));
            let content = seq(&[ID_DATA, &tlv(EXPLICIT_0, &tlv(OCTETS, b"x"))]);
            info(ID_SIGNED, &seq(&[&[2, 1, 1], &digests, &content, &tlv(SET, &signer(1))]))
        }),
        ("many certificates that are none", signed(b"x", &seq(&[]).repeat(300_000), &signer(1))),
        ("nothing", Vec::new()),
        ("zeros", vec![0; 1 << 20]),
        ("ends of contents", [vec![0x30, 0x80], vec![0; 1 << 20]].concat()),
    ];
    for (name, cms) in &bombs {
        for kind in ["signed-data", "enveloped-data"] {
            println!("{name} as {kind}");
            let seen = reader.open(&mail::opaque(kind, cms));
            println!("    {:?} {:?} {:?}", seen.time, seen.signature(), seen.findings());
            assert!(!seen.signature().is_good(), "{name}");
        }
    }
}

/// A thousand signers are not a thousand checks: those past the limit are said to be unchecked, and the message is not green.
#[test]
fn a_thousand_signers() {
    if OpenSsl::find().is_none() {
        return;
    }
    let reader = Reader::new();
    let cms = der(
        "cms -sign -nodetach -md sha256 -signer alice.pem -inkey alice.key -certfile issuer.pem",
        mail::TEXT.as_bytes(),
    );
    let parts = parts(&cms);
    let (certificates, signers) = (inside(&parts[3]).to_vec(), inside(&parts[4]).to_vec());
    let with = |signers: &[u8]| {
        info(ID_SIGNED, &seq(&[&parts[0], &parts[1], &parts[2], &tlv(0xa0, &certificates), &tlv(SET, signers)]))
    };
    let seen = reader.open(&mail::opaque("signed-data", &with(&signers)));
    assert_eq!(seen.signature(), Verdict::Verified, "the pieces are cut well: {:?}", seen.findings());
    let rubbish: Vec<u8> = (0..1000).flat_map(signer).collect();
    for (name, signers) in [
        ("the same", signers.repeat(1000)),
        ("unknown", rubbish.clone()),
        ("unknown after a good one", [signers.clone(), rubbish.clone()].concat()),
        ("unknown before a good one", [rubbish, signers].concat()),
    ] {
        let seen = reader.open(&mail::opaque("signed-data", &with(&signers)));
        println!("{name}: {:?} {:?}", seen.time, seen.signature());
        assert!(!seen.signature().is_good(), "{name}");
        assert!(seen.findings().contains(&"too-many-signatures"), "{name}");
    }
}

/// Thousands of recipients that name the reader's key are thousands of decryptions, unless somebody counts.
#[test]
fn many_recipients() {
    if OpenSsl::find().is_none() {
        return;
    }
    let reader = Reader::new();
    let cms = der("cms -encrypt -aes-256-cbc -recip bob.pem", mail::TEXT.as_bytes());
    let parts = parts(&cms);
    let recipient = inside(&parts[1]).to_vec();
    let with = |recipients: &[u8]| info(ID_ENVELOPED, &seq(&[&parts[0], &tlv(SET, recipients), &parts[2]]));
    let seen = reader.open(&mail::opaque("enveloped-data", &with(&recipient)));
    assert_eq!(seen.privacy(), Privacy::OpenedUnauthenticated);
    let mut wrong = recipient.clone();
    let last = wrong.len() - 9;
    wrong[last] ^= 1;
    for (name, recipients) in [("the same", recipient.repeat(3000)), ("wrong ones", wrong.repeat(3000))] {
        let seen = reader.open(&mail::opaque("enveloped-data", &with(&recipients)));
        println!("{name}: {:?} {:?} {:?}", seen.time, seen.privacy(), seen.findings());
    }
    let cms = der("cms -encrypt -aes-256-cbc -recip bob-ec.pem", mail::TEXT.as_bytes());
    let parts = self::parts(&cms);
    let recipient = inside(&parts[1]).to_vec();
    let many = info(ID_ENVELOPED, &seq(&[&parts[0], &tlv(SET, &recipient.repeat(3000)), &parts[2]]));
    let seen = reader.open(&mail::opaque("enveloped-data", &many));
    println!("key agreement: {:?} {:?}", seen.time, seen.privacy());
}

/// Signed in signed in signed: the layers past the limit are not opened, and the message is not green for it.
#[test]
fn many_layers() {
    let reader = Reader::new();
    let mut content = mail::TEXT.as_bytes().to_vec();
    for depth in 1..=24 {
        let mail = mail::opaque("signed-data", &signed(&content, &[], &[]));
        let seen = reader.open(&mail);
        println!("{depth} layers, {} KiB: {:?} {:?}", mail.len() >> 10, seen.time, seen.findings().last());
        assert!(!seen.signature().is_good());
        assert!(seen.opened.report.layers.len() <= 17, "{depth} layers");
        assert_eq!(depth > 16, seen.findings().contains(&"too-many-layers"), "{depth} layers");
        let at = mail.windows(12).position(|window| window == b"Content-Type").unwrap();
        content = mail[at..].to_vec();
    }
    let (mut clear, mut boundary) = (mail::TEXT.to_owned(), 0);
    for _ in 0..200 {
        boundary += 1;
        clear = format!(
            "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=b{boundary}\r\n\r\n\
             --b{boundary}\r\n{clear}\r\n--b{boundary}\r\nContent-Type: application/pkcs7-signature\r\n\
             Content-Transfer-Encoding: base64\r\n\r\nMAA=\r\n--b{boundary}--\r\n"
        );
    }
    let seen = reader.open(&mail::message("deep", &clear));
    assert!(!seen.signature().is_good(), "{:?}", seen.findings());
}

/// Names of a megabyte and names that draw over what stands beside them.
#[test]
fn names_in_certificates() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let names = [
        ("long", "x".repeat(64)),
        ("directions", "Bob\u{202e}ecilA\u{2066}".to_owned()),
        ("controls", "Bob\u{1b}[31m\u{7}\u{0085}".to_owned()),
        ("lines", "Bob\\nVerified by everybody".to_owned()),
        ("markup", "<b>Bob</b> & \\\"friends\\\"".to_owned()),
        ("many", "x, CN=y".repeat(8)),
    ];
    for (name, common_name) in names {
        let config = format!(
            "[req]\nprompt=no\nutf8=yes\nstring_mask=utf8only\ndistinguished_name=dn\nx509_extensions=ext\n[dn]\nO={common_name}\n[ext]\n\
             subjectAltName=email:{ALICE}\nextendedKeyUsage=emailProtection\n"
        );
        std::fs::write(folder.path().join("conf"), config).unwrap();
        let key = Pki::get().file("alice-self.key");
        let made =
            run(program("openssl", folder.path(), "req -x509 -config conf -days 30 -out cert.pem -key").arg(&key), b"");
        if let Err(error) = made {
            println!("{name}: openssl makes no such certificate: {error}");
            continue;
        }
        let words = format!("cms -sign -from {ALICE} -to {BOB} -subject x -signer cert.pem -inkey");
        let mail = run(program("openssl", folder.path(), &words).arg(&key), mail::TEXT.as_bytes()).unwrap();
        // A reader's clock stands still: at a moment when the certificate is there.
        let seen = Reader::new().open(&mail);
        assert_eq!(seen.signature(), Verdict::UnknownIssuer, "{name}: {:?}", seen.findings());
        let signer = &seen.opened.report.layers[0].signers[0];
        let certificate = signer.certificate.as_ref().unwrap();
        for text in
            [&signer.name, &certificate.name, &certificate.subject, &certificate.issuer, &certificate.issuer_name]
        {
            let drawn = |c: char| {
                c.is_control()
                    || matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            assert!(!text.contains(drawn), "{name}: {:?}", text.chars().take(200).collect::<String>());
        }
        assert!(signer.name.chars().count() < 1000, "{name}: a name of {} letters", signer.name.len());
    }
}

/// A certificate chain that leads in a circle, and many that have the same name, do not keep a reader busy.
#[test]
fn certificates_that_all_have_one_name() {
    if OpenSsl::find().is_none() {
        return;
    }
    let reader = Reader::new();
    let folder = folder();
    let tool = |words: &str| run(&mut program("openssl", folder.path(), words), b"").unwrap();
    tool("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out a.key");
    let subject =
        "-subj /CN=Everybody -addext basicConstraints=critical,CA:TRUE -addext keyUsage=digitalSignature,keyCertSign";
    let mut all = String::new();
    for number in 0..60 {
        let ends = format!("-set_serial {number} -addext subjectAltName=email:{ALICE} -out c{number}.pem");
        tool(&format!("req -x509 -new -key a.key -days 30 {subject} {ends}"));
        if number > 0 {
            all += &std::fs::read_to_string(folder.path().join(format!("c{number}.pem"))).unwrap();
        }
    }
    std::fs::write(folder.path().join("all.pem"), all).unwrap();
    let words = format!("cms -sign -from {ALICE} -to {BOB} -subject x -signer c0.pem -inkey a.key -certfile all.pem");
    let mail = run(&mut program("openssl", folder.path(), &words), mail::TEXT.as_bytes()).unwrap();
    let seen = reader.open(&mail);
    println!("{:?} {:?} {:?}", seen.time, seen.signature(), seen.findings());
    assert!(!seen.signature().is_good());
}

/// What the tests above are made from is read well: a green message is green here too.
#[test]
fn the_reader_reads() {
    if OpenSsl::find().is_none() {
        return;
    }
    let seen = Reader::new().open(&cases::make("clear"));
    assert_eq!(seen.signature(), Verdict::Verified, "{:?}", seen.findings());
    assert!(seen.is(mail::TEXT.as_bytes()) && seen.shown().contains("noon"));
}

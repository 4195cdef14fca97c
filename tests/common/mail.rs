//! Mails of our own, and the little MIME that peers without any need. Nothing here uses the library: a test that read its
//! own writing with its own reader would prove nothing.

use base64_simd::STANDARD as BASE64;

use super::pki::{ALICE, BOB};

/// The header of every mail here.
fn header(subject: &str) -> String {
    format!(
        "From: Alice <{ALICE}>\r\nTo: Bob <{BOB}>\r\nSubject: {subject}\r\nDate: {}\r\n\
         Message-ID: <{subject}@example.org>\r\nMIME-Version: 1.0\r\n",
        date()
    )
}

/// Now, as a Date field says it.
pub fn date() -> String {
    jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_string(&jiff::Timestamp::now()).unwrap()
}

/// An entity in seven bits: it is signed and encrypted as it stands.
pub const TEXT: &str =
    "Content-Type: text/plain; charset=us-ascii\r\n\r\nDear Bob,\r\n\r\nthe meeting is at noon.\r\n\r\nAlice\r\n";

/// A body with letters beyond seven bits.
pub const EIGHT_BIT: &str =
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGrüße an Zoë — 3 €\r\n";

/// Text and an attachment; a line that looks like a boundary and is none; a blank at a line's end.
pub const PARTS: &str = "Content-Type: multipart/mixed;\r\n boundary=\"parts 1\"\r\n\r\nnobody reads this\r\n\
    --parts 1\r\nContent-Type: text/plain\r\n\r\nSee the attachment. \r\n--parts\r\n\
    --parts 1\r\nContent-Type: application/octet-stream; name=\"numbers.bin\"\r\nContent-Transfer-Encoding: base64\r\n\
    Content-Disposition: attachment; filename=\"numbers.bin\"\r\n\r\nAAECAwQFBgcICQoLDA0ODw==\r\n--parts 1--\r\n";

/// A whole message around an entity.
pub fn message(subject: &str, entity: &str) -> Vec<u8> {
    [header(subject).as_bytes(), entity.as_bytes()].concat()
}

/// A message of about this many bytes, made of lines of text.
pub fn long_message(subject: &str, bytes: usize) -> Vec<u8> {
    let mut mail = message(subject, "Content-Type: text/plain; charset=us-ascii\r\n\r\n");
    let mut number = 0u64;
    while mail.len() < bytes {
        number += 1;
        mail.extend_from_slice(format!("line {number} of a long letter that says nothing else\r\n").as_bytes());
    }
    mail
}

/// A message with an opaque CMS structure.
pub fn opaque(kind: &str, cms: &[u8]) -> Vec<u8> {
    let fields = format!(
        "Content-Type: application/pkcs7-mime; smime-type={kind}; name=\"smime.p7m\"\r\n\
         Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"smime.p7m\"\r\n\r\n"
    );
    [header("opaque").as_bytes(), fields.as_bytes(), &base64_lines(cms)].concat()
}

/// A multipart/signed message (RFC 1847).
pub fn clear(entity: &[u8], signature: &[u8], micalg: &str) -> Vec<u8> {
    let opening = format!(
        "{}Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\";\r\n micalg={micalg}; \
         boundary=\"clear-1\"\r\n\r\n--clear-1\r\n",
        header("clear")
    );
    let between = "\r\n--clear-1\r\nContent-Type: application/pkcs7-signature; name=\"smime.p7s\"\r\n\
         Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"smime.p7s\"\r\n\r\n";
    [opening.as_bytes(), entity, between.as_bytes(), &base64_lines(signature), b"--clear-1--\r\n"].concat()
}

fn base64_lines(bytes: &[u8]) -> Vec<u8> {
    let text = BASE64.encode_to_string(bytes);
    text.as_bytes().chunks(76).flat_map(|line| [line, b"\r\n"].concat()).collect()
}

/// A signed or encrypted message taken apart.
pub enum Parts {
    /// multipart/signed: the exact bytes of the first part, and the CMS structure of the second.
    Clear { entity: Vec<u8>, signature: Vec<u8> },
    /// application/pkcs7-mime: the CMS structure.
    Cms(Vec<u8>),
}

/// Takes apart what `waxwing-cli` or a peer wrote.
pub fn take_apart(mail: &[u8]) -> Parts {
    let (header, body) = split(mail);
    let Some(boundary) = parameter(&header, "boundary") else {
        return Parts::Cms(undo_base64(body));
    };
    let line = format!("\r\n--{boundary}");
    let text = [b"\r\n", body].concat();
    let starts: Vec<usize> = (0..text.len()).filter(|at| text[*at..].starts_with(line.as_bytes())).collect();
    assert_eq!(starts.len(), 3, "multipart/signed has two parts");
    let part = |index: usize| &text[starts[index] + line.len() + 2..starts[index + 1]];
    let (_, signature) = split(part(1));
    Parts::Clear { entity: part(0).to_vec(), signature: undo_base64(signature) }
}

/// The CMS structure of an opaque message.
pub fn cms_of(mail: &[u8]) -> Vec<u8> {
    match take_apart(mail) {
        Parts::Cms(cms) => cms,
        Parts::Clear { .. } => panic!("this message is clear signed"),
    }
}

/// Header and body.
pub fn split(mail: &[u8]) -> (String, &[u8]) {
    let at = mail.windows(4).position(|four| four == b"\r\n\r\n").expect("a header and a body");
    (String::from_utf8_lossy(&mail[..at + 2]).into_owned(), &mail[at + 4..])
}

/// A parameter of the Content-Type field.
fn parameter(header: &str, name: &str) -> Option<String> {
    let unfolded = header.replace("\r\n ", " ").replace("\r\n\t", " ");
    let field = unfolded.lines().find(|line| line.to_lowercase().starts_with("content-type:"))?.to_owned();
    let rest = &field[field.find(&format!("{name}="))? + name.len() + 1..];
    Some(match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?.to_owned(),
        None => rest.split([';', ' ']).next()?.to_owned(),
    })
}

fn undo_base64(body: &[u8]) -> Vec<u8> {
    let text: Vec<u8> = body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    BASE64.decode_to_vec(text).expect("base64")
}

/// The same text with CRLF at every line end, for what a peer wrote in its own way.
pub fn canonical(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == b'\n' && (at == 0 || bytes[at - 1] != b'\r') {
            out.push(b'\r');
        }
        out.push(*byte);
    }
    out
}

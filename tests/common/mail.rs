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

/// Nothing but a header.
pub const EMPTY: &str = "Content-Type: text/plain; charset=us-ascii\r\n\r\n";

/// Blanks before line ends, lines that begin with dots, and one that a mailbox file would change.
pub const TRANSPORT: &str = "Content-Type: text/plain; charset=us-ascii\r\n\r\nblanks  \r\n\t\r\n.\r\n..\r\n.dots\r\n\
    From here on\r\n>From there\r\n\r\n--\r\n-- \r\nthree empty lines follow\r\n\r\n\r\n\r\n";

/// A text without a line end at its end.
pub const OPEN_END: &str = "Content-Type: text/plain; charset=us-ascii\r\n\r\nno line end";

/// Lines of a mail client that breaks its lines by the transfer encoding.
pub const QUOTED: &str = "Content-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
    <p>Gr=FC=DFe, =\r\nund mehr=20\r\n</p>\r\n";

/// An 8-bit part in a multipart, beside one that is not.
pub const EIGHT_BIT_PARTS: &str = "Content-Type: multipart/alternative; boundary=\"=_a:b/c\"\r\n\
    Content-Transfer-Encoding: 8bit\r\n\r\n\
    --=_a:b/c\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nZoë\r\n\
    --=_a:b/c\r\nContent-Type: text/html; charset=us-ascii\r\n\r\n<p>Zo&euml;</p>\r\n--=_a:b/c--\r\n";

/// Entities with what is special about each; all of them must arrive as they were sent.
pub fn entities() -> Vec<(&'static str, String)> {
    let long = format!("Content-Type: text/plain\r\n\r\n{}\r\nshort\r\n", "long line ".repeat(150));
    [
        ("text", TEXT),
        ("eight-bit", EIGHT_BIT),
        ("parts", PARTS),
        ("eight-bit-parts", EIGHT_BIT_PARTS),
        ("empty", EMPTY),
        ("transport", TRANSPORT),
        ("open-end", OPEN_END),
        ("quoted", QUOTED),
        ("long", &long),
        ("line-feeds", &TEXT.replace('\r', "")),
    ]
    .map(|(name, entity)| (name, entity.to_owned()))
    .into()
}

/// What an entity says, whatever its transfer encoding and line ends: its type and its content, of each part.
pub fn meaning(entity: &[u8]) -> String {
    let entity = canonical(entity);
    let (header, body) = split(&entity);
    let field = |name: &str| {
        let unfolded = header.replace("\r\n ", " ").replace("\r\n\t", " ");
        let field = unfolded.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}:")))?.to_owned();
        Some(field[name.len() + 1..].trim().to_owned())
    };
    let media_type = field("content-type").unwrap_or_else(|| "text/plain".to_owned());
    let media_type = media_type.split(';').next().unwrap().to_lowercase();
    if let Some(boundary) = parameter(&header, "boundary") {
        let text = [b"\r\n", body].concat();
        let line = format!("\r\n--{boundary}");
        let ends = |at: usize| {
            let rest = &text[at + line.len()..];
            rest.starts_with(b"\r\n") || rest.starts_with(b"--")
        };
        let at: Vec<usize> =
            (0..text.len()).filter(|at| text[*at..].starts_with(line.as_bytes()) && ends(*at)).collect();
        let parts: Vec<_> = at.windows(2).map(|pair| meaning(&text[pair[0] + line.len() + 2..pair[1]])).collect();
        return format!("{media_type}[{}]", parts.join("|"));
    }
    let content = match field("content-transfer-encoding").unwrap_or_default().to_lowercase().as_str() {
        "base64" => undo_base64(body),
        "quoted-printable" => undo_quoted_printable(body),
        _ => body.to_vec(),
    };
    format!("{media_type}<{}>", canonical(&content).escape_ascii())
}

fn undo_quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = body;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'=' {
            out.push(*first);
        } else if let Some(next) = rest.strip_prefix(b"\r\n") {
            rest = next;
        } else {
            let (digits, after) = rest.split_at(2);
            out.push(u8::from_str_radix(std::str::from_utf8(digits).unwrap(), 16).expect("quoted-printable"));
            rest = after;
        }
    }
    out
}

/// A whole message around an entity.
pub fn message(subject: &str, entity: &str) -> Vec<u8> {
    [header(subject).as_bytes(), entity.as_bytes()].concat()
}

/// A whole message around an entity, with the line ends of the entity throughout.
pub fn letter(subject: &str, entity: &str) -> Vec<u8> {
    let mail = message(subject, entity);
    if entity.contains('\r') { mail } else { String::from_utf8(mail).unwrap().replace('\r', "").into_bytes() }
}

/// The entity of that name.
pub fn entity(name: &str) -> Vec<u8> {
    let (_, entity) = entities().into_iter().find(|row| row.0 == name).unwrap_or_else(|| panic!("no entity {name}"));
    entity.into_bytes()
}

/// The signed part of a multipart/signed message.
pub fn signed_part(mail: &[u8]) -> Vec<u8> {
    match take_apart(&canonical(mail)) {
        Parts::Clear { entity, .. } => entity,
        Parts::Cms(_) => panic!("this message is not clear signed"),
    }
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
    if let Some(body) = mail.strip_prefix(b"\r\n") {
        return (String::new(), body);
    }
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

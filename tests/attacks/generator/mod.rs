//! Makes mail with any structure. What is made here is never checked by what makes it.

pub mod certificates;
pub mod people;
pub mod structures;

use people::{ALICE, Person, alice};

pub const SIGNED: &str = "multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=s";

pub const ENTITY: &str = "Content-Type: text/plain\r\n\r\nThe meeting\r\nis at noon.\r\n";

pub const EVIL: &[u8] = b"Content-Type: text/plain\r\n\r\nEVIL\r\n";

/// The header of a message from Alice, with this type.
fn header(kind: &str) -> String {
    format!("From: Alice <{ALICE}>\r\nSubject: hello\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n")
}

/// The signature part with this structure.
pub fn signature_part(structure: &[u8]) -> Vec<u8> {
    let head =
        b"Content-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: binary\r\n\r\n";
    [head, structure].concat()
}

/// Parts with boundary lines around them.
pub fn multipart(boundary: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        body.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
        body.extend_from_slice(part);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    body
}

/// A multipart/signed entity without the fields of a message.
pub fn signed_entity(signer: &Person, entity: &[u8]) -> Vec<u8> {
    let body = multipart("s", &[entity, &signature_part(&signer.sign(entity))]);
    [format!("Content-Type: {SIGNED}\r\n\r\n").as_bytes(), &body].concat()
}

/// A message from Alice of that type and body.
pub fn message(kind: &str, body: &[u8]) -> Vec<u8> {
    [header(kind).as_bytes(), b"\r\n", body].concat()
}

/// A multipart of that kind around these parts, as a message from Alice.
pub fn among(kind: &str, parts: &[&[u8]]) -> Vec<u8> {
    message(&format!("multipart/{kind}; boundary=m"), &multipart("m", parts))
}

/// Alice's message, clear-signed.
pub fn clear(entity: &[u8]) -> Vec<u8> {
    clear_with(entity, &alice().sign(entity))
}

/// A clear-signed message from Alice with this structure as its signature.
pub fn clear_with(entity: &[u8], structure: &[u8]) -> Vec<u8> {
    message(SIGNED, &multipart("s", &[entity, &signature_part(structure)]))
}

/// A clear-signed message with these lines for its header.
pub fn clear_from(signer: &Person, lines: &str) -> Vec<u8> {
    clear_of(signer, lines, ENTITY.as_bytes())
}

/// A clear-signed message with these lines for its header and that content.
pub fn clear_of(signer: &Person, lines: &str, entity: &[u8]) -> Vec<u8> {
    [format!("{lines}\r\nMIME-Version: 1.0\r\n").as_bytes(), &signed_entity(signer, entity)].concat()
}

/// A message from Alice with this structure as its body.
pub fn opaque(structure: &[u8]) -> Vec<u8> {
    let kind = "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\nContent-Transfer-Encoding: binary";
    message(kind, structure)
}

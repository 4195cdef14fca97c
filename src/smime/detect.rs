//! What a MIME entity or a file is, by content type and content (RFC 8551 §3).

use std::io;

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::{
    ID_CT_AUTH_ENVELOPED_DATA, ID_DIGESTED_DATA, ID_ENCRYPTED_DATA, ID_ENVELOPED_DATA, ID_SIGNED_DATA,
};
use const_oid::db::rfc6268::ID_CT_COMPRESSED_DATA;
use memchr::memmem;

use crate::asn1::Header;
use crate::asn1::tag::{OID, SEQUENCE};
use crate::mime::{self, Entity, TransferEncoding, transfer};
use crate::report::{Code, LayerKind};
use crate::source::Source;

/// Bytes at the start of a file or part that tell what it is.
const HEAD: usize = 512;

/// The arcs of content types: PKCS #7 (RFC 5652 §14) and S/MIME (RFC 5083 §2.1, RFC 3274 §1.1).
const PKCS7: &str = "1.2.840.113549.1.7.";
const SMIME: &str = "1.2.840.113549.1.9.16.1.";

/// What S/MIME an entity is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// multipart/signed for S/MIME (RFC 8551 §3.5.3).
    Clear {
        /// Which of the parts is the signature.
        signature: Option<usize>,
        /// The protocol parameter where it is not the one of S/MIME.
        odd_protocol: Option<String>,
    },
    /// A CMS structure is the body.
    Structure,
    /// No S/MIME; OpenPGP is none either.
    Other,
}

/// Looks at type and parameters. `part`: the entity stands beside others, where a signed document is an attachment.
pub(super) fn shape(entity: &Entity, part: bool) -> Shape {
    if entity.content_type.is("multipart", "signed") {
        return clear(entity);
    }
    let name = entity.file_name().unwrap_or_default();
    let structure = match entity.content_type.essence().as_str() {
        "application/pkcs7-mime"
        | "application/x-pkcs7-mime"
        | "application/pkcs7-signature"
        | "application/x-pkcs7-signature"
        | "application/cms" => true,
        "application/octet-stream" => document_end(&name).is_some(),
        _ => false,
    };
    if structure && !(part && is_document(&name)) { Shape::Structure } else { Shape::Other }
}

fn clear(entity: &Entity) -> Shape {
    let protocol = entity.content_type.parameter("protocol").unwrap_or_default().trim().to_ascii_lowercase();
    let smime = matches!(protocol.as_str(), "application/pkcs7-signature" | "application/x-pkcs7-signature");
    let mut parts = entity.children.iter().enumerate().skip(1);
    let named = parts.find(|(_, part)| is_signature(part)).map(|(index, _)| index);
    // A mislabelled signature is one still; a text that took its place (a footer) is none.
    let second = || entity.children.get(1).filter(|part| smime && part.content_type.kind == "application").map(|_| 1);
    let signature = named.or_else(second);
    if signature.is_none() && !smime {
        return Shape::Other;
    }
    Shape::Clear { signature, odd_protocol: (!smime).then_some(protocol) }
}

fn is_signature(part: &Entity) -> bool {
    let kind = &part.content_type;
    let named = || part.file_name().is_some_and(|name| name.to_lowercase().ends_with(".p7s"));
    kind.is("application", "pkcs7-signature")
        || kind.is("application", "x-pkcs7-signature")
        || (kind.kind == "application" && named())
}

/// What stands before `.p7m`, `.p7s` or `.p7z`.
fn document_end(name: &str) -> Option<&str> {
    let (stem, end) = name.rsplit_once('.')?;
    matches!(end.to_ascii_lowercase().as_str(), "p7m" | "p7s" | "p7z").then_some(stem)
}

/// Whether a name is that of a signed document (`contract.pdf.p7m`) rather than of a mail (`smime.p7m`).
fn is_document(name: &str) -> bool {
    document_end(name).is_some_and(|stem| {
        stem.rsplit_once('.').is_some_and(|(_, end)| {
            (1..=5).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    })
}

/// The name of what a signed or encrypted file holds: `contract.pdf` in `contract.pdf.p7m`.
pub(super) fn inner_name(name: &str) -> Option<&str> {
    is_document(name).then(|| document_end(name)).flatten()
}

/// The CMS structure that a file or body holds: as it stands, in PEM armour, or in base64. `None`: it does not begin like one.
pub(super) fn structure(source: &Source) -> io::Result<Option<Source>> {
    let head = head(source)?;
    if content_type(&head).is_some() {
        return Ok(Some(source.clone()));
    }
    let skipped = head.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let text = head.get(skipped..).unwrap_or_default();
    let start = match text.strip_prefix(b"-----BEGIN ") {
        Some(label) => {
            let line = label.iter().position(|byte| *byte == b'\n').unwrap_or(label.len());
            if !(label.starts_with(b"PKCS7") || label.starts_with(b"PKCS #7") || label.starts_with(b"CMS")) {
                return Ok(None);
            }
            skipped + b"-----BEGIN ".len() + line
        }
        None => {
            let line = text.split(|byte| byte.is_ascii_whitespace()).next().unwrap_or_default();
            if line.len() < 16 || !line.iter().all(|byte| is_base64(*byte)) {
                return Ok(None);
            }
            skipped
        }
    };
    let decoded =
        transfer::decoded(source.slice(start as u64..end_of_base64(source, start as u64)?), TransferEncoding::Base64);
    let head = self::head(&decoded)?;
    Ok(content_type(&head).map(|_| decoded))
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// Where the armour's last line begins, or the file ends.
fn end_of_base64(source: &Source, start: u64) -> io::Result<u64> {
    let mut at = start;
    let mut end = None;
    source.slice_from(start).for_each_block(|block| {
        if end.is_none() {
            end = memchr::memchr(b'-', block).map(|found| at + found as u64);
        }
        at += block.len() as u64;
        Ok::<_, io::Error>(())
    })?;
    Ok(end.unwrap_or(at))
}

/// The first bytes, as many as tell what it is.
pub(super) fn head(source: &Source) -> io::Result<Vec<u8>> {
    source.slice(0..HEAD as u64).read_all(HEAD)
}

/// The content type at the start of a ContentInfo, if it is one of PKCS #7 or S/MIME.
fn content_type(head: &[u8]) -> Option<ObjectIdentifier> {
    // The lengths may have more octets than they need.
    let outer = Header::parse(head, 0).ok()?;
    let inside = head.get(usize::try_from(outer.content).ok()?..)?;
    let oid = Header::parse(inside, 0).ok()?;
    if !outer.is_universal(SEQUENCE) || !outer.constructed || !oid.is_universal(OID) {
        return None;
    }
    let value = inside.get(usize::try_from(oid.content).ok()?..usize::try_from(oid.end()?).ok()?)?;
    let oid = ObjectIdentifier::from_bytes(value).ok()?;
    let text = oid.to_string();
    (text.starts_with(PKCS7) || text.starts_with(SMIME)).then_some(oid)
}

/// The kind of layer that a content type makes, if it is one of a structure.
pub(super) fn kind(content_type: ObjectIdentifier) -> Option<LayerKind> {
    match content_type {
        ID_SIGNED_DATA => Some(LayerKind::OpaqueSigned),
        ID_ENVELOPED_DATA | ID_ENCRYPTED_DATA => Some(LayerKind::Enveloped),
        ID_CT_AUTH_ENVELOPED_DATA => Some(LayerKind::AuthEnveloped),
        ID_CT_COMPRESSED_DATA => Some(LayerKind::Compressed),
        ID_DIGESTED_DATA => Some(LayerKind::Plain),
        _ => None,
    }
}

/// Fields that a message has one of, near its beginning.
const MESSAGE_FIELDS: [&str; 14] = [
    "from",
    "to",
    "subject",
    "date",
    "received",
    "return-path",
    "message-id",
    "mime-version",
    "content-type",
    "sender",
    "reply-to",
    "delivered-to",
    "dkim-signature",
    "x-mozilla-status",
];

/// Whether a file is a message by what it holds: a header, a CMS structure in any armour, a mailbox, a message file of Outlook.
///
/// # Errors
/// When the bytes cannot be read.
pub fn is_message(source: &Source) -> io::Result<bool> {
    let head = head(source)?;
    Ok(mime::mailbox::begins_message(&head)
        || has_fields(&head)
        || structure(source)?.is_some()
        || mime::msg::read(source)?.is_some())
}

/// Whether bytes begin with header fields, one of them of those that messages have.
fn has_fields(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let mut known = false;
    for line in text.lines().take_while(|line| !line.is_empty()) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let name = line.split_once(':').map(|(name, _)| name.trim_end());
        match name.filter(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic())) {
            Some(name) => known |= MESSAGE_FIELDS.contains(&name.to_ascii_lowercase().as_str()),
            // The last line may be cut off.
            None => return known && text.ends_with(line),
        }
    }
    known
}

/// What an entity is of OpenPGP (RFC 3156 §4, §5), which is not S/MIME.
pub(super) fn openpgp(entity: &Entity) -> Option<Code> {
    let kind = &entity.content_type;
    let protocol = kind.parameter("protocol").unwrap_or_default().trim().to_ascii_lowercase();
    match (kind.essence().as_str(), protocol.as_str()) {
        ("multipart/signed", "application/pgp-signature") => Some(Code::OpenPgpSigned),
        ("multipart/encrypted", "application/pgp-encrypted") => Some(Code::OpenPgpEncrypted),
        _ => None,
    }
}

/// What a text is of OpenPGP in lines of its own (RFC 9580 §6, §7).
pub(super) fn inline_openpgp(text: &[u8]) -> Option<Code> {
    memmem::find(text, b"-----BEGIN PGP ")?;
    text.split(|byte| *byte == b'\n').find_map(|line| match line.trim_ascii_end() {
        b"-----BEGIN PGP SIGNED MESSAGE-----" => Some(Code::OpenPgpSigned),
        b"-----BEGIN PGP MESSAGE-----" => Some(Code::OpenPgpEncrypted),
        _ => None,
    })
}

/// The kind of layer that damaged bytes claim to be: by their own content type, else by smime-type and type.
pub(super) fn claimed(structure: &Source, entity: Option<&Entity>) -> io::Result<LayerKind> {
    if let Some(kind) = content_type(&head(structure)?).and_then(kind) {
        return Ok(kind);
    }
    let hint = entity.and_then(|entity| entity.content_type.parameter("smime-type")).unwrap_or_default();
    Ok(match hint.to_ascii_lowercase().as_str() {
        "signed-data" | "signed-receipt" => LayerKind::OpaqueSigned,
        "certs-only" => LayerKind::CertsOnly,
        "compressed-data" => LayerKind::Compressed,
        "authenveloped-data" => LayerKind::AuthEnveloped,
        _ if entity.is_some_and(is_signature) => LayerKind::ClearSigned,
        _ => LayerKind::Enveloped,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mime::{self, Limits};

    fn part(header: &str) -> Entity {
        mime::parse(&Source::from_bytes(format!("{header}\n\n").into_bytes()), &Limits::default()).unwrap()
    }

    /// Types and names as programs write them; a signed document beside other parts is an attachment.
    #[test]
    fn structures_are_known_by_type_and_name() {
        for (header, whole, beside) in [
            ("Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", true, true),
            ("Content-Type: application/x-pkcs7-mime", true, true),
            ("Content-Type: application/pkcs7-signature; name=smime.p7s", true, true),
            ("Content-Type: application/octet-stream; name=smime.P7M", true, true),
            ("Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=smime.p7s", true, true),
            ("Content-Type: application/pkcs7-mime; name=contract.pdf.p7m", true, false),
            ("Content-Type: application/octet-stream; name=letter.pdf", false, false),
            ("Content-Type: text/plain; name=smime.p7m", false, false),
        ] {
            let entity = part(header);
            let structure = |part| shape(&entity, part) == Shape::Structure;
            assert_eq!((structure(false), structure(true)), (whole, beside), "{header}");
        }
        assert_eq!(inner_name("contract.pdf.p7m"), Some("contract.pdf"));
        assert_eq!(inner_name("smime.p7m"), None);
    }

    /// Folders hold more than messages: what is none by its content is none, whatever it is called.
    #[test]
    fn messages_are_known_by_their_content() {
        let long = format!("Received: {}", "x".repeat(600));
        let yes: [&[u8]; 6] = [
            b"From: a@example.org\n\nText",
            b"X-Spam: no\r\nSubject : x\r\n",
            b"From a@example.org Mon Jun  1 12:00:00 2026\n",
            b"MIAGCSqGSIb3DQEHAqCA",
            b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80",
            long.as_bytes(),
        ];
        let no: [&[u8]; 5] =
            [b"", b"Dear Jan,\nSubject: x\n", b"# from: x\n", b"\x89PNG\r\n", b"-----BEGIN CERTIFICATE-----\nMIIB\n"];
        for (cases, expected) in [(&yes[..], true), (&no[..], false)] {
            for bytes in cases {
                assert_eq!(is_message(&Source::from_bytes(*bytes)).unwrap(), expected, "{bytes:?}");
            }
        }
    }

    /// Armour of every kind is undone; nothing else is taken for a structure.
    #[test]
    fn armour_is_undone() {
        let der = b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80";
        let base64 = "MIAGCSqGSIb3DQEHAqCA";
        let long = b"\x30\x82\x01\x00\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x09";
        let yes: [&[u8]; 5] = [
            der,
            long,
            base64.as_bytes(),
            b"\r\n-----BEGIN PKCS7-----\r\nMIAGCSqGSIb3\r\nDQEHAqCA\r\n-----END PKCS7-----\r\n",
            b"-----BEGIN CMS-----\nMIAGCSqGSIb3DQEHAqCA\n-----END CMS-----\nmore",
        ];
        for bytes in yes {
            let structure = structure(&Source::from_bytes(bytes)).unwrap().unwrap().read_all(100).unwrap();
            assert!(structure.starts_with(b"\x30"), "{structure:?}");
            assert!(structure.len() <= long.len(), "nothing behind the armour: {structure:?}");
        }
        let no: [&[u8]; 6] = [
            b"",
            b"MIME-Version: 1.0\n",
            b"-----BEGIN CERTIFICATE-----\nMIAGCSqGSIb3DQEHAqCA\n-----END CERTIFICATE-----\n",
            b"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A",
            b"\x30\x03\x02\x01\x00",
            b"MIAGCSqGSIb3DQEHAqCA: a header field\n",
        ];
        for bytes in no {
            assert!(structure(&Source::from_bytes(bytes)).unwrap().is_none(), "{bytes:?}");
        }
    }
}

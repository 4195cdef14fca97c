//! Outlook's message files (.msg) as messages: a compound file with a property for each field (MS-OXMSG, MS-OXOSMIME).
//!
//! Outlook takes S/MIME messages apart: header fields become properties, and what was signed or encrypted an attachment. Put
//! together again they are the message that was sent, the signed bytes untouched. What Outlook showed as an ordinary message it
//! kept in a form of its own: the message that comes out of that is for reading, and nobody signed it.

use std::fmt::Write as _;
use std::io;

use super::header::one_line;
use crate::source::Source;
use properties::{Properties, id};
use view::Compound;

mod properties;
#[cfg(test)]
mod tests;
mod view;

/// The first bytes of a compound file (MS-CFB §2.2).
const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// A larger file is not looked into: its tables would fill memory.
const LARGEST: u64 = 2 * 1024 * 1024 * 1024;

/// Attachments that are looked at.
const ATTACHMENTS: usize = 1000;

/// Bytes of a header or a text that are taken over.
const TEXT: usize = 16 * 1024 * 1024;

/// Bytes that tell whether an attachment begins with header fields.
const HEAD: usize = 4096;

/// What a message file holds.
#[derive(Debug, Clone)]
pub struct Message {
    /// The message (RFC 5322).
    pub source: Source,
    /// It holds an S/MIME message as it was sent; otherwise Outlook's own form of an ordinary one.
    pub smime: bool,
}

/// An attachment, where its content lies, and what it is called.
struct Attachment {
    content: Source,
    name: String,
    kind: String,
}

/// Reads a message file; `None` when the bytes are none.
///
/// # Errors
/// When the bytes cannot be read. A damaged file is none.
pub fn read(source: &Source) -> io::Result<Option<Message>> {
    let start = source.slice(0..MAGIC.len() as u64).read_all(MAGIC.len())?;
    if start != MAGIC || source.len()? > LARGEST {
        return Ok(None);
    }
    match message(source) {
        Err(error) if is_damage(&error) => Ok(None),
        message => message,
    }
}

fn is_damage(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::InvalidData
            | io::ErrorKind::InvalidInput
            | io::ErrorKind::NotFound
            | io::ErrorKind::UnexpectedEof
            | io::ErrorKind::FileTooLarge
    )
}

fn message(source: &Source) -> io::Result<Option<Message>> {
    let compound = Compound::open(source)?;
    let Some(properties) = Properties::of_message(&compound)? else { return Ok(None) };
    let class = properties.text(id::MESSAGE_CLASS)?.unwrap_or_default().to_ascii_lowercase();
    let storages = compound.attachments();
    let mut attachments = Vec::new();
    for storage in storages.iter().take(ATTACHMENTS) {
        attachments.extend(attachment(&compound, storage)?);
    }
    let secured = class.starts_with("ipm.note.smime") || class.starts_with("ipm.note.secure");
    // Outlook shows what such a message holds instead of its own text if it holds one thing. Of any other message it shows the
    // text, so that what is signed in it is a part of what people see.
    let signed = match attachments.as_slice() {
        [only] if secured && storages.len() == 1 => Some(only),
        _ => None,
    };
    let source = match signed {
        Some(content) => smime(&properties, content)?,
        None => ordinary(&properties, &attachments)?,
    };
    Ok(Some(Message { source, smime: signed.is_some() }))
}

fn attachment(compound: &Compound, storage: &str) -> io::Result<Option<Attachment>> {
    let Some(properties) = Properties::of_attachment(compound, storage)? else { return Ok(None) };
    let Some(content) = properties.stream(id::ATTACH_DATA)? else { return Ok(None) };
    let name = match properties.text(id::ATTACH_LONG_NAME)? {
        Some(name) => name,
        None => properties.text(id::ATTACH_NAME)?.unwrap_or_default(),
    };
    let kind = properties.text(id::ATTACH_MIME_TAG)?.unwrap_or_default().trim().to_ascii_lowercase();
    Ok(Some(Attachment { content, name, kind }))
}

/// The message that was sent: its header, and what was signed or encrypted.
fn smime(properties: &Properties<'_>, attachment: &Attachment) -> io::Result<Source> {
    let content = &attachment.content;
    let start = content.slice(0..HEAD as u64).read_all(HEAD)?;
    let own_header = ["content-", "mime-version:"]
        .iter()
        .any(|name| start.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes())));
    let mut header = header(properties, own_header || !start.starts_with(b"--"))?;
    if !own_header {
        if !start.starts_with(b"--") {
            header.push_str(
                "MIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; name=\"smime.p7m\"\r\n\
                 Content-Transfer-Encoding: binary\r\n",
            );
        }
        header.push_str("\r\n");
    }
    Source::joined(vec![Source::from_bytes(header.into_bytes()), content.clone()])
}

/// The header that the message came with, or one made of the properties. `bare`: without the fields that say what the body is.
fn header(properties: &Properties<'_>, bare: bool) -> io::Result<String> {
    let mut header = String::new();
    let sent = properties.text(id::TRANSPORT_HEADERS)?.unwrap_or_default();
    let mut kept = false;
    let mut fields = 0;
    for line in sent.lines().map(str::trim_end).take_while(|line| !line.is_empty()) {
        if !line.starts_with([' ', '\t']) {
            let lower = line.to_ascii_lowercase();
            // Outlook puts a line in front that is no field.
            kept = lower.split_once(':').is_some_and(|(name, _)| name.bytes().all(|byte| byte.is_ascii_graphic()))
                && !(bare && (lower.starts_with("content-") || lower.starts_with("mime-version:")));
            fields += u32::from(kept);
        }
        if kept {
            header.push_str(line);
            header.push_str("\r\n");
        }
    }
    if fields == 0 {
        properties_as_fields(properties, &mut header)?;
    }
    Ok(header)
}

fn properties_as_fields(properties: &Properties<'_>, header: &mut String) -> io::Result<()> {
    let first = |ids: &[u16]| -> io::Result<Option<String>> {
        for id in ids {
            let text = properties.text(*id)?.map(|text| one_line(&text).trim().to_owned());
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                return Ok(Some(text));
            }
        }
        Ok(None)
    };
    let name = first(&[id::SENT_REPRESENTING_NAME, id::SENDER_NAME])?;
    let address = first(&[id::SENT_REPRESENTING_SMTP, id::SENDER_SMTP, id::SENT_REPRESENTING_EMAIL, id::SENDER_EMAIL])?;
    if let Some(address) = address.filter(|address| address.contains('@')) {
        let name = name.filter(|name| *name != address).map(|name| format!("{} ", quoted(&name))).unwrap_or_default();
        let _ = write!(header, "From: {name}<{address}>\r\n");
    } else if let Some(name) = name {
        let _ = write!(header, "From: {}\r\n", quoted(&name));
    }
    let lists =
        [("To", id::DISPLAY_TO), ("Cc", id::DISPLAY_CC), ("Subject", id::SUBJECT), ("Message-ID", id::MESSAGE_ID)];
    for (field, id) in lists {
        if let Some(text) = first(&[id])? {
            let _ = write!(header, "{field}: {text}\r\n");
        }
    }
    if let Some(date) = properties.time(id::CLIENT_SUBMIT_TIME) {
        let _ = write!(header, "Date: {date}\r\n");
    }
    Ok(())
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}

/// An ordinary message in Outlook's form: text, and attachments as they are.
fn ordinary(properties: &Properties<'_>, attachments: &[Attachment]) -> io::Result<Source> {
    let mut head = header(properties, true)?;
    let boundary = boundary();
    let _ = write!(head, "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"{boundary}\"\r\n\r\n");
    let mut parts = vec![Source::from_bytes(head.into_bytes())];
    let mut part = |kind: &str, content: Source| {
        let head = format!("--{boundary}\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: binary\r\n\r\n");
        parts.extend([Source::from_bytes(head.into_bytes()), content, Source::from_bytes(&b"\r\n"[..])]);
    };
    match (properties.text(id::BODY)?, properties.stream(id::HTML)?) {
        (Some(text), _) => part("text/plain; charset=utf-8", Source::from_bytes(text.into_bytes())),
        (None, Some(html)) => part("text/html", html),
        (None, None) => part("text/plain", Source::from_bytes(&b""[..])),
    }
    for attachment in attachments {
        let known = attachment.kind.split_once('/').is_some_and(|(kind, rest)| {
            let token = |word: &str| !word.is_empty() && word.bytes().all(super::header::is_token);
            token(kind) && token(rest) && !matches!(kind, "multipart" | "message")
        });
        let kind = if known { attachment.kind.as_str() } else { "application/octet-stream" };
        let name = quoted(&one_line(&attachment.name));
        part(&format!("{kind}\r\nContent-Disposition: attachment; filename={name}"), attachment.content.clone());
    }
    parts.push(Source::from_bytes(format!("--{boundary}--\r\n").into_bytes()));
    Source::joined(parts)
}

/// A line that nothing in the message can be like: nobody can know it before.
fn boundary() -> String {
    use std::hash::{BuildHasher, RandomState};
    let random = || RandomState::new().hash_one(0);
    format!("msg-{:016x}{:016x}", random(), random())
}

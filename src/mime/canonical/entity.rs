//! Writes the entity of a message, and the fields that stay outside of it.

use std::io::{self, Write};

use super::encode::{Base64Writer, QuotedWriter};
use super::field::{changed, seven_bit, unfolded};
use super::plan::{Body, Plan, gaps};
use super::{CanonicalWriter, plan};
use crate::mime::header::text_of;
use crate::mime::{ContentType, Entity, Error, Field};
use crate::source::Source;

/// Everything goes through one writer, since a line end may be cut between two ranges.
type Out<'a> = CanonicalWriter<&'a mut dyn Write>;

/// What an entity gets beside its own.
#[derive(Debug, Clone, Copy, Default)]
pub struct Extra<'a> {
    /// Header fields that go first, each with its line end.
    pub fields: &'a [u8],
    /// Parameters of the Content-Type with their new values, which are tokens; `None` takes one away.
    pub parameters: &'a [(&'a str, Option<&'a str>)],
}

/// Whether an entity's Content-Type can have these parameters so that they are read: it can be parsed, or is missing.
#[must_use]
pub fn takes_parameters(entity: &Entity, parameters: &[(&str, Option<&str>)]) -> bool {
    let Some(field) = entity.fields.first("Content-Type") else { return true };
    let kind = ContentType::parse(&unfolded(&changed(&text_of(&field.raw), parameters)));
    parameters.iter().all(|(name, value)| kind.parameter(name) == *value)
        && kind.essence() == entity.content_type.essence()
}

/// Writes the MIME entity inside a message, ready to be signed or encrypted: its Content-* fields (and nothing else of the
/// header), then the body with canonical line ends (RFC 8551 §3.1). What is `extra` is added. A missing Content-Type is written:
/// `text/plain` with the charset that fits.
///
/// What comes through every mail system stays byte for byte, blanks at the end of a line too. Leaf parts do not when they have
/// bytes above 127, NUL, lines of more than 998 bytes, a line that starts with `From `, or a line that is a lone dot: they
/// are written anew, text as quoted-printable (base64 when more than a quarter of it is above 127), everything else as base64,
/// and so for messages inside (message/rfc822). A container that calls itself 8bit or binary then calls itself 7bit. A preamble
/// or epilogue that is not 7bit is left out; header fields of parts with bytes above 127 are written as encoded words (RFC 2047)
/// or encoded parameters (RFC 2231). A header that is written anew loses lines that are no field.
///
/// Three things stay as they are although they are not 7bit: multipart/signed and multipart/encrypted, which a change would
/// break (only line ends are made canonical); parts with an unknown transfer encoding; and addresses with letters above 127.
///
/// # Errors
/// What reading or writing gives.
pub fn write_entity(source: &Source, entity: &Entity, extra: &Extra<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let plan = Plan::of(source, entity)?;
    let mut out = CanonicalWriter::new(out);
    out.write_all(extra.fields)?;
    let is_content = |field: &&Field| starts_with(&field.name, "Content-");
    if entity.fields.first("Content-Type").is_none() {
        let value = changed(&format!("text/plain; charset={}", plan.charset), extra.parameters);
        write!(out, "Content-Type: {value}\r\n")?;
    }
    let fields: Vec<Field> = entity.fields.0.iter().filter(is_content).map(|field| with(field, extra)).collect();
    header(source, fields.iter(), &plan, &mut out)?;
    body(source, entity, &plan, &mut out)?;
    out.finish()?;
    Ok(())
}

/// Writes the header fields of a message that stay outside when its entity is sealed: all but Content-* and
/// MIME-Version, and none of those named in `without` (Bcc), each with canonical line ends.
///
/// # Errors
/// What reading or writing gives.
pub fn write_outer_fields(
    source: &Source,
    entity: &Entity,
    without: &[&str],
    out: &mut dyn Write,
) -> Result<(), Error> {
    let mut out = CanonicalWriter::new(out);
    for field in &entity.fields.0 {
        let name = &field.name;
        let inner = starts_with(name, "Content-") || name.eq_ignore_ascii_case("MIME-Version");
        if !inner && !without.iter().any(|other| name.eq_ignore_ascii_case(other)) {
            write_field(source, field, &mut out)?;
        }
    }
    out.finish()?;
    Ok(())
}

/// Writes some fields of a header with canonical line ends, bytes above 127 encoded as in [`write_entity`].
///
/// # Errors
/// What reading or writing gives.
pub fn write_fields<'a>(fields: impl IntoIterator<Item = &'a Field>, out: &mut dyn Write) -> io::Result<()> {
    let mut out = CanonicalWriter::new(out);
    for field in fields {
        out.write_all(&line(field))?;
    }
    out.finish().map(drop)
}

/// A field with its line end.
fn line(field: &Field) -> Vec<u8> {
    match seven_bit(field) {
        Some(text) => text.into_bytes(),
        None => [field.name.as_bytes(), b":", &field.raw, b"\r\n"].concat(),
    }
}

/// A field; a Content-Type with what is extra.
fn with(field: &Field, extra: &Extra<'_>) -> Field {
    let mut field = field.clone();
    if field.name.eq_ignore_ascii_case("Content-Type") {
        let value = text_of(&field.raw);
        let new = changed(&value, extra.parameters);
        if new != value {
            field.raw = new.into_bytes();
            field.range = 0..0;
        }
    }
    field
}

fn starts_with(name: &str, prefix: &str) -> bool {
    name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// Writes a field as it stands; the last one of a message may lack its line end.
fn write_field(source: &Source, field: &Field, out: &mut dyn Write) -> io::Result<()> {
    let bytes = source.slice(field.range.clone()).read_all(usize::MAX - 1)?;
    let text = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
    out.write_all(text.strip_suffix(b"\r").unwrap_or(text))?;
    out.write_all(b"\r\n")
}

/// Writes these fields with the encoding of the plan, and the empty line.
fn header<'a>(
    source: &Source,
    fields: impl Iterator<Item = &'a Field>,
    plan: &Plan,
    out: &mut Out<'_>,
) -> io::Result<()> {
    const NAME: &str = "Content-Transfer-Encoding";
    for field in fields {
        if plan.encoding.is_some() && field.name.eq_ignore_ascii_case(NAME) {
            continue;
        }
        match seven_bit(field) {
            Some(text) => out.write_all(text.as_bytes())?,
            None if field.range.is_empty() => out.write_all(&line(field))?,
            None => write_field(source, field, out)?,
        }
    }
    if let Some(encoding) = plan.encoding {
        write!(out, "{NAME}: {encoding}\r\n")?;
    }
    out.write_all(b"\r\n")
}

fn body(source: &Source, entity: &Entity, plan: &Plan, out: &mut Out<'_>) -> io::Result<()> {
    match plan.body {
        Body::Copy => source.slice(entity.body.clone()).copy_to(out).map(drop),
        Body::QuotedPrintable => {
            let mut text = CanonicalWriter::new(QuotedWriter::new(out));
            entity.decoded_body(source).copy_to(&mut text)?;
            text.finish()?.finish().map(drop)
        }
        Body::Base64 { text: true } => {
            let mut text = CanonicalWriter::new(Base64Writer::new(out));
            entity.decoded_body(source).copy_to(&mut text)?;
            text.finish()?.finish().map(drop)
        }
        Body::Base64 { text: false } => {
            let mut bytes = Base64Writer::new(out);
            entity.decoded_body(source).copy_to(&mut bytes)?;
            bytes.finish().map(drop)
        }
        Body::Parts => parts(source, entity, plan, out),
    }
}

fn parts(source: &Source, entity: &Entity, plan: &Plan, out: &mut Out<'_>) -> io::Result<()> {
    let gaps = gaps(entity);
    let last = gaps.len().saturating_sub(1);
    let boundary = entity.content_type.parameter("boundary").unwrap_or_default().trim_end();
    let mut parts = entity.children.iter().zip(&plan.parts);
    for (place, (gap, clean)) in gaps.into_iter().zip(&plan.gaps).enumerate() {
        if *clean {
            source.slice(gap).copy_to(out)?;
        } else {
            let before = if place > 0 { "\r\n" } else { "" };
            let after = if place == last { "--" } else { "" };
            write!(out, "{before}--{boundary}{after}\r\n")?;
        }
        if let Some((child, plan)) = parts.next() {
            part(source, child, plan, out)?;
        }
    }
    Ok(())
}

fn part(source: &Source, entity: &Entity, plan: &plan::Plan, out: &mut Out<'_>) -> io::Result<()> {
    if plan.is_copy() {
        return source.slice(entity.range.clone()).copy_to(out).map(drop);
    }
    header(source, entity.fields.0.iter(), plan, out)?;
    body(source, entity, plan, out)
}

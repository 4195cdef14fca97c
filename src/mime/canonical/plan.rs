//! What has to be written anew, so that an entity survives every mail system (RFC 8551 §3.1.2–3.1.3).

use std::io;
use std::ops::Range;

use super::facts::Facts;
use crate::mime::{Entity, TransferEncoding};
use crate::source::Source;

/// How the body of an entity is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    /// As it is, with canonical line ends.
    Copy,
    /// Decoded, and encoded anew; text with canonical line ends before.
    QuotedPrintable,
    Base64 {
        text: bool,
    },
    /// Part by part.
    Parts,
}

/// How an entity is written.
#[derive(Debug)]
pub(super) struct Plan {
    pub body: Body,
    /// A new Content-Transfer-Encoding.
    pub encoding: Option<&'static str>,
    /// The header has bytes above 127.
    pub header: bool,
    /// The charset of a body whose Content-Type is missing.
    pub charset: &'static str,
    pub parts: Vec<Plan>,
    /// What lies before, between and after the parts can be copied.
    pub gaps: Vec<bool>,
    /// What is written holds no byte above 127 and no long line.
    seven_bit: bool,
}

impl Plan {
    fn new(body: Body, encoding: Option<&'static str>, seven_bit: bool) -> Self {
        Self { body, encoding, header: false, charset: "us-ascii", parts: Vec::new(), gaps: Vec::new(), seven_bit }
    }

    /// Whether the entity is written as it stands.
    pub(super) fn is_copy(&self) -> bool {
        self.body == Body::Copy && self.encoding.is_none() && !self.header
    }

    /// Reads an entity once and decides. Recursion is as deep as the scanner's limit allowed.
    pub(super) fn of(source: &Source, entity: &Entity) -> io::Result<Self> {
        let kind = &entity.content_type;
        if kind.is("multipart", "signed") || kind.is("multipart", "encrypted") {
            // A change would break the signature inside.
            let facts = Facts::of(&source.slice(entity.range.clone()))?;
            return Ok(Self::new(Body::Copy, None, facts.is_seven_bit()));
        }
        let mut plan = if entity.children.is_empty() { leaf(source, entity)? } else { container(source, entity)? };
        let ascii = entity.fields.0.iter().all(|field| field.raw.is_ascii());
        plan.header = !ascii;
        Ok(plan)
    }
}

fn container(source: &Source, entity: &Entity) -> io::Result<Plan> {
    let parts = entity.children.iter().map(|child| Plan::of(source, child)).collect::<io::Result<Vec<_>>>()?;
    let clean = |gap| Ok::<_, io::Error>(Facts::of(&source.slice(gap))?.is_clean());
    let gaps = gaps(entity).into_iter().map(clean).collect::<io::Result<Vec<_>>>()?;
    let seven_bit = parts.iter().all(|part| part.seven_bit);
    let relabel = seven_bit && matches!(entity.encoding, TransferEncoding::EightBit | TransferEncoding::Binary);
    let copy = parts.iter().all(Plan::is_copy) && gaps.iter().all(|clean| *clean);
    let plan = Plan::new(if copy { Body::Copy } else { Body::Parts }, relabel.then_some("7bit"), seven_bit);
    Ok(Plan { parts, gaps, ..plan })
}

/// The ranges of a body that belong to no part: preamble and boundary, boundaries, boundary and epilogue.
pub(super) fn gaps(entity: &Entity) -> Vec<Range<u64>> {
    let starts = std::iter::once(entity.body.start).chain(entity.children.iter().map(|child| child.range.end));
    let ends = entity.children.iter().map(|child| child.range.start).chain(std::iter::once(entity.body.end));
    starts.zip(ends).map(|(start, end)| start..end).collect()
}

fn leaf(source: &Source, entity: &Entity) -> io::Result<Plan> {
    let facts = match &entity.facts {
        Some(facts) => Facts::clone(facts),
        None => Facts::of(&source.slice(entity.body.clone()))?,
    };
    let kind = &entity.content_type;
    // A charset with more than one byte for a line end has no lines that could be made canonical.
    let charset = kind.parameter("charset").unwrap_or_default().to_ascii_lowercase();
    let wide =
        ["utf-16", "utf-32", "utf16", "utf32", "ucs", "iso-10646-ucs"].iter().any(|name| charset.starts_with(name));
    let text = matches!(kind.kind.as_str(), "text" | "message") && !wide && !facts.nul;
    let mut plan = match entity.encoding {
        encoding if facts.is_clean() => match encoding {
            TransferEncoding::Binary if !text && !facts.canonical => base64(false),
            TransferEncoding::Binary | TransferEncoding::EightBit => Plan::new(Body::Copy, Some("7bit"), true),
            _ => Plan::new(Body::Copy, None, true),
        },
        // Nobody knows what it stands for; and a multipart, though without parts, must not be encoded (RFC 2045 §6.4).
        TransferEncoding::Unknown => Plan::new(Body::Copy, None, false),
        _ if kind.kind == "multipart" => Plan::new(Body::Copy, None, false),
        TransferEncoding::Base64 => base64(false),
        _ if !text => base64(false),
        _ if facts.high > facts.size / 4 => base64(true),
        _ => Plan::new(Body::QuotedPrintable, Some("quoted-printable"), true),
    };
    if entity.fields.first("Content-Type").is_none() {
        let decoded = if entity.encoding.is_identity() { facts } else { Facts::of(&entity.decoded_body(source))? };
        plan.charset = decoded.charset();
    }
    Ok(plan)
}

fn base64(text: bool) -> Plan {
    Plan::new(Body::Base64 { text }, Some("base64"), true)
}

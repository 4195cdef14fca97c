//! What has to be written anew, so that an entity survives every mail system (RFC 8551 §3.1.2–3.1.3).

use std::io::{self, Write};
use std::ops::Range;

use memchr::{memchr, memchr_iter};

use super::CanonicalWriter;
use crate::mime::{Entity, TransferEncoding};
use crate::source::Source;

/// The longest line without its line end (RFC 5322 §2.1.1).
const MAX_LINE: u64 = 998;

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
    let body = source.slice(entity.body.clone());
    let facts = Facts::of(&body)?;
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

/// What was seen of some bytes; they are written to it with canonical line ends.
#[derive(Debug, Default)]
struct Facts {
    size: u64,
    /// Bytes above 127.
    high: u64,
    nul: bool,
    long: bool,
    /// A line that mail systems change: `From ` at its start (mbox), or a dot alone (SMTP).
    fragile: bool,
    /// Line ends were canonical.
    canonical: bool,
    not_utf8: bool,
    /// A character that is not complete.
    cut: Vec<u8>,
    /// Length and first bytes of the last line.
    column: u64,
    start: Vec<u8>,
}

impl Facts {
    fn of(bytes: &Source) -> io::Result<Self> {
        let mut writer = CanonicalWriter::new(Self::default());
        let size = bytes.copy_to(&mut writer)?;
        let mut facts = writer.finish()?;
        facts.long |= facts.column > MAX_LINE;
        facts.end_line();
        facts.canonical = facts.size == size;
        facts.not_utf8 |= !facts.cut.is_empty();
        Ok(facts)
    }

    /// Whether it is 7bit (RFC 2045 §2.7).
    fn is_seven_bit(&self) -> bool {
        self.high == 0 && !self.nul && !self.long
    }

    /// Whether it comes through every mail system as it is.
    fn is_clean(&self) -> bool {
        self.is_seven_bit() && !self.fragile
    }

    /// The charset of text that names none (RFC 2046 §4.1.2, RFC 1428).
    fn charset(&self) -> &'static str {
        match (self.high, self.not_utf8) {
            (0, _) => "us-ascii",
            (_, false) => "utf-8",
            _ => "unknown-8bit",
        }
    }

    fn end_line(&mut self) {
        // Lines are canonical: but for the last, the CR is counted.
        self.long |= self.column > MAX_LINE + 1;
        self.fragile |= is_fragile(&self.start);
        self.column = 0;
        self.start.clear();
    }

    fn line(&mut self, piece: &[u8]) {
        self.column += piece.len() as u64;
        let room = 5usize.saturating_sub(self.start.len());
        self.start.extend_from_slice(piece.get(..room.min(piece.len())).unwrap_or_default());
    }

    fn utf8(&mut self, block: &[u8]) {
        if self.not_utf8 || (self.cut.is_empty() && block.is_ascii()) {
            return;
        }
        self.cut.extend_from_slice(block);
        match std::str::from_utf8(&self.cut) {
            Ok(_) => self.cut.clear(),
            Err(error) if error.error_len().is_none() => _ = self.cut.drain(..error.valid_up_to()),
            Err(_) => self.not_utf8 = true,
        }
    }
}

/// Whether mail systems change a line that starts like this.
fn is_fragile(start: &[u8]) -> bool {
    match start.first() {
        Some(b'F') => start.starts_with(b"From "),
        Some(b'.') => matches!(start, b"." | b".\r"),
        _ => false,
    }
}

impl Write for Facts {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        self.size += block.len() as u64;
        if !block.is_ascii() {
            self.high += block.iter().filter(|byte| !byte.is_ascii()).count() as u64;
        }
        self.utf8(block);
        self.nul |= memchr(0, block).is_some();
        let mut start = 0;
        for end in memchr_iter(b'\n', block) {
            let line = block.get(start..end).unwrap_or_default();
            // A line that lies in this block as a whole is looked at where it lies.
            if self.column == 0 && line.len() <= MAX_LINE as usize {
                self.fragile |= is_fragile(line);
            } else {
                self.line(line);
                self.end_line();
            }
            start = end + 1;
        }
        self.line(block.get(start..).unwrap_or_default());
        Ok(block.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

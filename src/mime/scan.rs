//! One pass over a message that finds headers, parts and their ranges.
//!
//! The open entities lie on a stack; the boundaries that may still come stand in a map, so that a line costs the same however
//! deep the parts are nested. In a body only the lines that start with `--` are looked at, and where no boundary is awaited
//! nothing is read at all.

use std::collections::HashMap;
use std::sync::Arc;

use memchr::memchr;

use super::header::is_ambiguous;
use super::lines::{Line, Lines};
use super::mailbox::{LONGEST, begins_message};
use super::watch::{Seen, Tap};
use super::{ContentType, Defect, Disposition, Entity, Error, Field, Fields, Limits, TransferEncoding};
use crate::source::Source;

/// The longest boundary that is looked for: a line (RFC 5322 §2.1.1) could not hold more. RFC 2046 allows 70 bytes.
const MAX_BOUNDARY: usize = 998;

/// All headers of a message together may have this many times the bytes of one, and each field counts what it occupies.
const ALL_HEADERS: u64 = 16;
const FIELD_COST: u64 = 64;

/// Fields that say how to read a body, and so may stand in a header once only.
const SINGULAR: [&str; 5] =
    ["Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Content-ID", "Content-Description"];

/// Scans the whole source; see [`super::parse`].
pub(super) fn scan<'a>(source: &'a Source, limits: &'a Limits, tap: Tap<'a>) -> Result<Entity, Error> {
    let mut scan = Scan {
        source,
        limits,
        lines: Lines::new(source, tap),
        line: Vec::new(),
        open: Vec::new(),
        boundaries: HashMap::new(),
        parts: 0,
        spent: 0,
    };
    if begins_message(scan.lines.ahead(LONGEST)?) {
        scan.lines.read(0, &mut scan.line)?;
    }
    scan.open.push(Open::new(scan.lines.offset(), ContentType::default()));
    scan.run()
}

/// An entity whose end was not reached yet.
struct Open {
    entity: Entity,
    /// The boundary that is awaited.
    boundary: Option<Vec<u8>>,
    /// Whether that boundary was seen.
    found: bool,
}

impl Open {
    fn new(start: u64, content_type: ContentType) -> Self {
        let entity = Entity {
            range: start..start,
            body: start..start,
            fields: Fields::default(),
            content_type,
            encoding: TransferEncoding::default(),
            disposition: None,
            children: Vec::new(),
            defects: Vec::new(),
            decoded_len: None,
            facts: None,
        };
        Self { entity, boundary: None, found: false }
    }

    fn defect(&mut self, defect: Defect) {
        if !self.entity.defects.contains(&defect) {
            self.entity.defects.push(defect);
        }
    }

    /// Sets the end and gives the entity. A part of nothing but a line end that belongs to the boundary is empty.
    fn close(mut self, end: u64) -> Entity {
        if self.boundary.is_some() {
            self.defect(if self.found { Defect::MissingFinalBoundary } else { Defect::NoParts });
        }
        let Entity { range, body, fields, .. } = &mut self.entity;
        *range = range.start.min(end)..end;
        *body = body.start.min(end)..end;
        for Field { range, .. } in &mut fields.0 {
            *range = range.start.min(end)..range.end.min(end);
        }
        self.entity
    }
}

/// What a stretch of the message ended with.
enum Event {
    /// The empty line behind a header.
    Body,
    /// A boundary line of the open entity at this level.
    Boundary { level: usize, last: bool, line: Line },
    /// The end of the source.
    End,
}

/// The header that is being read.
#[derive(Default)]
struct Header {
    fields: Vec<Field>,
    bytes: u64,
    malformed: bool,
    /// The last line was a field's, so that a continuation belongs to it.
    in_field: bool,
}

struct Scan<'a> {
    source: &'a Source,
    limits: &'a Limits,
    lines: Lines<'a>,
    line: Vec<u8>,
    open: Vec<Open>,
    /// The levels that await a boundary, the innermost last.
    boundaries: HashMap<Vec<u8>, Vec<usize>>,
    parts: u32,
    spent: u64,
}

impl Scan<'_> {
    fn run(mut self) -> Result<Entity, Error> {
        let mut in_header = true;
        loop {
            let event = if in_header { self.header()? } else { self.body()? };
            in_header = match event {
                Event::Body => self.enter()?,
                Event::Boundary { level, last, line } => self.boundary(level, last, line)?,
                Event::End => break,
            };
        }
        // Where no boundary was awaited, the rest was not read.
        let seen = self.lines.held_end();
        let end = if self.boundaries.is_empty() { self.source.len()?.max(seen) } else { seen };
        self.close_above(0, end);
        let root = self.open.pop().map(|root| root.close(end));
        root.ok_or_else(|| Error::Io(std::io::ErrorKind::UnexpectedEof.into()))
    }

    /// Reads the header of the innermost entity.
    fn header(&mut self) -> Result<Event, Error> {
        let mut header = Header::default();
        let event = loop {
            let left = self.limits.header_bytes.saturating_sub(header.bytes);
            let most = usize::try_from(left).unwrap_or(usize::MAX).max(MAX_BOUNDARY + 8);
            let Some(line) = self.lines.read(most, &mut self.line)? else { break Event::End };
            if let Some((level, last)) = self.awaited(line) {
                break Event::Boundary { level, last, line };
            }
            if matches!(&self.line[..], b"\n" | b"\r\n") {
                self.settle(header, Some(line));
                return Ok(Event::Body);
            }
            let size = line.end - line.start;
            if size > left {
                if header.fields.is_empty() && field_name(&self.line).is_none() {
                    header.malformed = true;
                    self.settle(header, None);
                    return Ok(Event::Body);
                }
                return Err(Error::Limit { what: "header bytes", limit: self.limits.header_bytes });
            }
            header.bytes += size;
            let fields = header.fields.len();
            header.add(&self.line, line);
            self.spent += size + (header.fields.len() - fields) as u64 * FIELD_COST;
            if self.spent > self.limits.header_bytes.saturating_mul(ALL_HEADERS) {
                return Err(Error::Limit {
                    what: "header bytes",
                    limit: self.limits.header_bytes.saturating_mul(ALL_HEADERS),
                });
            }
        };
        self.settle(header, None);
        Ok(event)
    }

    /// Skips to the next boundary line.
    fn body(&mut self) -> Result<Event, Error> {
        while !self.boundaries.is_empty() && self.lines.seek_dashes()? {
            let Some(line) = self.lines.read(MAX_BOUNDARY + 8, &mut self.line)? else { break };
            if let Some((level, last)) = self.awaited(line) {
                return Ok(Event::Boundary { level, last, line });
            }
        }
        Ok(Event::End)
    }

    /// The innermost level whose boundary the line is, and whether it is the closing one.
    fn awaited(&self, line: Line) -> Option<(usize, bool)> {
        if self.boundaries.is_empty() || !line.rest_is_blank {
            return None;
        }
        let text = self.line.strip_prefix(b"--")?;
        let text = trim_end(text);
        let level = |text: &[u8]| self.boundaries.get(text).and_then(|levels| levels.last()).copied();
        let next = level(text).map(|level| (level, false));
        let last = text.strip_suffix(b"--").and_then(level).map(|level| (level, true));
        next.max(last)
    }

    /// Takes over the header of the innermost entity; `blank` is the empty line behind it.
    fn settle(&mut self, header: Header, blank: Option<Line>) {
        let Some(open) = self.open.last_mut() else { return };
        if header.malformed {
            open.defect(Defect::MalformedHeaderLine);
        }
        let fields = Fields(header.fields);
        if SINGULAR.iter().any(|name| fields.all(name).nth(1).is_some()) {
            open.defect(Defect::DuplicateField);
        }
        let body = match blank {
            _ if fields.0.is_empty() && header.malformed => open.entity.range.start,
            Some(blank) => blank.end,
            None => {
                open.defect(Defect::MissingBody);
                u64::MAX // brought to the entity's end when that is known
            }
        };
        let value = |name| fields.first(name).map(Field::unfolded);
        let entity = &mut open.entity;
        let mut ambiguous = false;
        if let Some(value) = value("Content-Type") {
            entity.content_type = ContentType::parse(&value);
            ambiguous = entity.content_type.kind == "multipart" && is_ambiguous(&value, "boundary");
        }
        if let Some(value) = value("Content-Transfer-Encoding") {
            entity.encoding = TransferEncoding::parse(&value);
        }
        entity.disposition = value("Content-Disposition").map(|value| Disposition::parse(&value));
        entity.body.start = body;
        entity.fields = fields;
        if ambiguous {
            open.defect(Defect::AmbiguousBoundary);
        }
    }

    /// Goes into the body of the innermost entity; whether another header follows.
    fn enter(&mut self) -> Result<bool, Error> {
        let level = self.open.len().saturating_sub(1);
        let Some(open) = self.open.last_mut() else { return Ok(false) };
        let kind = &open.entity.content_type;
        if kind.kind == "multipart" {
            let boundary = kind.parameter("boundary").map(|boundary| trim_end(boundary.as_bytes()).to_vec());
            match boundary.filter(|boundary| !boundary.is_empty() && boundary.len() <= MAX_BOUNDARY) {
                Some(boundary) => {
                    self.boundaries.entry(boundary.clone()).or_default().push(level);
                    open.boundary = Some(boundary);
                }
                None => open.defect(Defect::MissingBoundary),
            }
        } else if kind.holds_message() && open.entity.encoding.is_identity() {
            let start = open.entity.body.start;
            // A body without a header in front of it was read as a header already.
            if start == self.lines.offset() {
                self.push(start, ContentType::default())?;
                return Ok(true);
            }
        } else if !self.boundaries.is_empty() {
            self.lines.tap.leaf(level, open.entity.body.start, open.entity.encoding);
        }
        Ok(false)
    }

    /// Ends the entities inside the multipart at this level, and begins its next part; whether a header follows.
    fn boundary(&mut self, level: usize, last: bool, line: Line) -> Result<bool, Error> {
        self.close_above(level, line.start - line.before);
        let Some(open) = self.open.last_mut() else { return Ok(false) };
        if !last {
            open.found = true;
            if open.entity.content_type.is("multipart", "signed") && open.entity.children.is_empty() {
                self.lines.tap.begin(level + 1, line.end, &open.entity.content_type);
            }
            let digest = open.entity.content_type.is("multipart", "digest");
            self.push(line.end, if digest { ContentType::message() } else { ContentType::default() })?;
            return Ok(true);
        }
        if !open.found {
            open.defect(Defect::NoParts);
        }
        let boundary = open.boundary.take();
        self.forget(boundary.as_deref());
        Ok(false)
    }

    /// Opens an entity inside the innermost one.
    fn push(&mut self, start: u64, content_type: ContentType) -> Result<(), Error> {
        if self.open.len() as u64 > u64::from(self.limits.depth) {
            return Err(Error::Limit { what: "depth", limit: self.limits.depth.into() });
        }
        if self.parts >= self.limits.parts {
            return Err(Error::Limit { what: "parts", limit: self.limits.parts.into() });
        }
        self.parts += 1;
        self.open.push(Open::new(start, content_type));
        Ok(())
    }

    /// Closes what is open inside the entity at this level.
    fn close_above(&mut self, level: usize, end: u64) {
        self.lines.show(end);
        while self.open.len() > level + 1
            && let Some(open) = self.open.pop()
        {
            self.forget(open.boundary.as_deref());
            let mut entity = open.close(end);
            match self.lines.tap.end(self.open.len(), entity.range.clone()) {
                Some(Seen::Length(length)) => entity.decoded_len = Some(length.finish()),
                Some(Seen::Facts(facts)) => entity.facts = facts.finish().ok().map(Arc::new),
                None => {}
            }
            if let Some(parent) = self.open.last_mut() {
                parent.entity.children.push(entity);
            }
        }
    }

    /// Awaits the innermost of these boundaries no longer.
    fn forget(&mut self, boundary: Option<&[u8]>) {
        if let Some(boundary) = boundary
            && let Some(levels) = self.boundaries.get_mut(boundary)
        {
            levels.pop();
            if levels.is_empty() {
                self.boundaries.remove(boundary);
            }
        }
    }
}

impl Header {
    fn add(&mut self, bytes: &[u8], line: Line) {
        let content = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        let content = content.strip_suffix(b"\r").unwrap_or(content);
        // Some programs take a lone CR for the end of the line and see other fields here.
        self.malformed |= memchr(b'\r', content).is_some();
        if matches!(content, [b' ' | b'\t', ..]) {
            match self.fields.last_mut() {
                Some(field) if self.in_field => {
                    // The line end before, which is known now not to be the field's last one.
                    field.raw.extend_from_slice(if line.before == 2 { b"\r\n" } else { b"\n" });
                    field.raw.extend_from_slice(content);
                    field.range.end = line.end;
                }
                _ => self.malformed = true,
            }
            return;
        }
        self.in_field = false;
        match field_name(content) {
            Some((name, value)) => {
                self.fields.push(Field { name, raw: value.to_vec(), range: line.start..line.end });
                self.in_field = true;
            }
            None => self.malformed = true,
        }
    }
}

/// The name of a field and what follows the colon. Blanks before the colon are obsolete and allowed (RFC 5322 §4.5).
fn field_name(line: &[u8]) -> Option<(String, &[u8])> {
    let (name, value) = line.split_at_checked(memchr(b':', line)?)?;
    let name = trim_end(name);
    let printable = !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
    printable.then(|| (String::from_utf8_lossy(name).into_owned(), value.get(1..).unwrap_or_default()))
}

/// Without blanks and line ends at the end.
fn trim_end(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
    bytes.get(..end.map_or(0, |at| at + 1)).unwrap_or_default()
}

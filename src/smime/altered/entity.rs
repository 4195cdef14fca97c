//! An entity written as it may have been before: with other header lines, another encoding, another beginning.

use std::io::{self, Write};

use super::encode::{Quoted, QuotedWriter, Wrapped};
use super::lines::{Lines, same};
use crate::mime::canonical::CanonicalWriter;
use crate::mime::{Defect, Entity, text};
use crate::source::Source;

/// Bytes of a header that are held; a longer one is not changed.
const HEADER: usize = 256 * 1024;

/// Bytes of a text whose charset is changed back.
pub(super) const TEXT: usize = 256 * 1024;

/// One field as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub name: String,
    /// All of it, with its line end.
    pub bytes: Vec<u8>,
}

/// The fields of a header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub lines: Vec<Line>,
}

/// Where a field is put that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    First,
    BehindType,
    Last,
}

impl Head {
    fn read(source: &Source, entity: &Entity) -> io::Result<Self> {
        let mut lines = Vec::new();
        let mut left = HEADER;
        for field in &entity.fields.0 {
            let bytes = source.slice(field.range.clone()).read_all(left)?;
            left -= bytes.len();
            lines.push(Line { name: field.name.clone(), bytes });
        }
        Ok(Self { lines })
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.lines.iter().position(|line| line.name.eq_ignore_ascii_case(name))
    }

    pub fn remove(&mut self, name: &str) {
        self.lines.retain(|line| !line.name.eq_ignore_ascii_case(name));
    }

    /// Gives a field that value, on one line: in its place, or where it is put.
    pub fn set(&mut self, name: &str, value: &str, place: Place) {
        let line = Line { name: name.to_owned(), bytes: format!("{name}: {value}\r\n").into_bytes() };
        let found = self.position(name);
        if let Some(old) = found.and_then(|at| self.lines.get_mut(at)) {
            *old = line;
            return;
        }
        let at = match place {
            Place::First => 0,
            Place::BehindType => self.position("Content-Type").map_or(self.lines.len(), |at| at + 1),
            Place::Last => self.lines.len(),
        };
        self.lines.insert(at.min(self.lines.len()), line);
    }

    /// Replaces a word of a field.
    pub fn replace(&mut self, name: &str, from: &str, to: &str) {
        let found = self.position(name);
        let Some(line) = found.and_then(|at| self.lines.get_mut(at)) else { return };
        let lower = String::from_utf8_lossy(&line.bytes).to_ascii_lowercase();
        if let Some(at) = lower.find(&from.to_ascii_lowercase())
            && lower.len() == line.bytes.len()
        {
            line.bytes.splice(at..at + from.len(), to.bytes());
        }
    }
}

/// How the body of an entity without parts is encoded anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Plain,
    Quoted(Quoted),
    /// `ended`: the last line of base64 has an end. `lf`: the lines of the text end with LF alone.
    Base64 {
        width: usize,
        ended: bool,
        lf: bool,
    },
}

/// The body of an entity without parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Body {
    pub target: Target,
    /// It is text, whose line ends become canonical before it is encoded.
    pub text: bool,
    /// Line ends that are added to the text, or taken from it.
    pub line_ends: i8,
    /// The charset that it has, and the one that it may have had.
    pub charset: Option<(String, String)>,
}

/// What is done to an entity and the entities in it.
pub(super) trait Edit {
    /// Changes a header.
    fn head(&self, _entity: &Entity, _head: &mut Head) {}
    /// What stands before the first boundary of a multipart.
    fn preamble(&self, _entity: &Entity) -> Option<&'static [u8]> {
        None
    }
    /// How a body is encoded; `None`: as it stands.
    fn body(&self, _entity: &Entity) -> Option<&Body> {
        None
    }
}

/// Writes an entity with changes. Recursion is as deep as the scanner's limit allowed.
pub(super) fn write(source: &Source, entity: &Entity, edit: &dyn Edit, out: &mut dyn Write) -> io::Result<()> {
    let between = |from: u64, to: u64| source.slice(from..to.max(from));
    if entity.fields.0.is_empty() || entity.defects.contains(&Defect::MalformedHeaderLine) {
        between(entity.range.start, entity.body.start).copy_to(out)?;
    } else {
        let mut head = Head::read(source, entity)?;
        edit.head(entity, &mut head);
        head.lines.iter().try_for_each(|line| out.write_all(&line.bytes))?;
        let end = entity.fields.0.last().map_or(entity.range.start, |field| field.range.end);
        between(end, entity.body.start).copy_to(out)?;
    }
    if entity.children.is_empty() {
        return match edit.body(entity) {
            Some(body) => write_body(source, entity, body, out),
            None => source.slice(entity.body.clone()).copy_to(out).map(drop),
        };
    }
    let mut at = entity.body.start;
    for child in &entity.children {
        let gap = between(at, child.range.start);
        match edit.preamble(entity).filter(|_| at == entity.body.start) {
            Some(preamble) => {
                out.write_all(preamble)?;
                boundary_line(&gap)?.copy_to(out)?;
            }
            None => _ = gap.copy_to(out)?,
        }
        write(source, child, edit, out)?;
        at = child.range.end;
    }
    between(at, entity.body.end).copy_to(out).map(drop)
}

/// The last line of what stands before a part.
fn boundary_line(gap: &Source) -> io::Result<Source> {
    let length = gap.len()?;
    let start = length.saturating_sub(2048);
    let end = gap.slice_from(start).read_all(2048)?;
    let line = end.trim_ascii_end().iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    Ok(gap.slice_from(start + line as u64))
}

fn write_body(source: &Source, entity: &Entity, body: &Body, out: &mut dyn Write) -> io::Result<()> {
    let decoded = entity.decoded_body(source);
    let decoded = match &body.charset {
        Some((now, before)) => {
            let text = text::transcode(&decoded.read_all(TEXT)?, now, before);
            Source::from_bytes(text.ok_or(io::ErrorKind::InvalidData)?)
        }
        None => decoded,
    };
    let decoded = match body.line_ends {
        less @ ..0 => without_line_ends(&decoded, less.unsigned_abs())?,
        _ => decoded,
    };
    let more = b"\r\n".repeat(usize::try_from(body.line_ends).unwrap_or(0));
    match body.target {
        Target::Plain => {
            decoded.copy_to(out)?;
            out.write_all(&more)
        }
        Target::Quoted(style) => {
            let mut quoted = QuotedWriter::new(out, style);
            decoded.copy_to(&mut quoted)?;
            quoted.write_all(&more)?;
            quoted.finish().map(drop)
        }
        Target::Base64 { width, ended, lf } => {
            let mut base64 = Wrapped::new(out, width);
            if !body.text {
                decoded.copy_to(&mut base64)?;
            } else if lf {
                let mut plain = super::WithoutCr { inner: &mut base64, held: false };
                let mut lines = Lines::new(&mut plain, same);
                decoded.copy_to(&mut lines)?;
                lines.write_all(&more)?;
                lines.finish()?;
            } else {
                let mut canonical = CanonicalWriter::of_lines(&mut base64);
                decoded.copy_to(&mut canonical)?;
                canonical.write_all(&more)?;
                canonical.finish()?;
            }
            base64.finish(ended).map(drop)
        }
    }
}

/// Without that many line ends at the end.
fn without_line_ends(text: &Source, count: u8) -> io::Result<Source> {
    let mut end = text.len()?;
    for _ in 0..count {
        let start = end.saturating_sub(2);
        let last = text.slice(start..end).read_all(2)?;
        end -= if last.ends_with(b"\r\n") { 2 } else { u64::from(last.ends_with(b"\n")) };
    }
    Ok(text.slice(0..end))
}

//! Parts that were added to the content or taken out of it, and texts that grew inside of it.

use std::io::{self, Write};
use std::ops::Range;

use super::{Ends, Found, Search};
use crate::crypto::Hasher;
use crate::mime::Entity;
use crate::mime::canonical::CanonicalWriter;
use crate::report::{Code, Finding};

/// Parts that are tried one by one.
const PARTS: usize = 64;

/// Texts in parts whose ends are looked at, and bytes and lines at the end of each.
const TEXTS: usize = 8;
const END: u64 = 4096;
const LINES: usize = 60;

/// What people call a part.
fn name(part: &Entity) -> String {
    part.file_name().unwrap_or_else(|| part.content_type.essence())
}

/// What to leave out for a part to be gone, with the boundary line before or behind it.
fn without(parts: &[Entity], index: usize) -> Option<Range<u64>> {
    let part = parts.get(index)?;
    match index.checked_sub(1).and_then(|before| parts.get(before)) {
        Some(before) => Some(before.range.end..part.range.end),
        None => Some(part.range.start..parts.get(index + 1)?.range.start),
    }
}

impl Search<'_> {
    /// Parts that were added or taken out.
    pub(super) fn parts(&mut self, root: &Entity) -> io::Result<Found> {
        for multipart in root.walk().filter(|entity| entity.content_type.kind == "multipart").take(PARTS) {
            for (index, part) in multipart.children.iter().enumerate().take(PARTS) {
                let Some(gap) = without(&multipart.children, index) else { continue };
                let (source, range) = (self.covered.source, self.covered.range.clone());
                let finding = Finding::new(Code::AlteredByAddedPart, [name(part)]);
                let found = self.test(Some(finding), Ends::Canonical, |out| {
                    source.slice(range.start..gap.start).copy_to(out)?;
                    source.slice(gap.end..range.end).copy_to(out).map(drop)
                })?;
                if found.is_some() {
                    return Ok(found);
                }
            }
        }
        match self.wrapped(root)? {
            None => self.taken_out(root),
            found => Ok(found),
        }
    }

    /// What was signed is one of the parts, beside which others were put.
    fn wrapped(&mut self, root: &Entity) -> io::Result<Found> {
        let parts: Vec<&Entity> = root.walk().skip(1).chain(self.covered.others).take(PARTS).collect();
        for part in parts {
            let is_other = |other: &&Entity| other.range.start != part.range.start && other.children.is_empty();
            let added = root.walk().skip(1).find(is_other);
            let finding = Finding::new(Code::AlteredByAddedPart, [name(added.unwrap_or(root))]);
            let content = self.covered.source.slice(part.range.clone());
            let found = self.test(Some(finding), Ends::Canonical, |out| content.copy_to(out).map(drop))?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Parts that now stand outside of what is signed.
    fn taken_out(&mut self, root: &Entity) -> io::Result<Found> {
        let Some(boundary) = root.content_type.parameter("boundary").map(str::to_owned) else { return Ok(None) };
        let Some(last) = root.children.last() else { return Ok(None) };
        let (at, line) = (last.range.end, format!("\r\n--{boundary}\r\n"));
        for part in self.covered.others.iter().take(PARTS) {
            let (source, range) = (self.covered.source, self.covered.range.clone());
            let finding = Finding::new(Code::AlteredByRemovedPart, [name(part)]);
            let found = self.test(Some(finding), Ends::Canonical, |out| {
                source.slice(range.start..at).copy_to(out)?;
                out.write_all(line.as_bytes())?;
                source.slice(part.range.clone()).copy_to(out)?;
                source.slice(at..range.end).copy_to(out).map(drop)
            })?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Lines at the end of a text that is one part of several.
    pub(super) fn footers(&mut self, root: &Entity) -> io::Result<Found> {
        let is_text = |leaf: &&Entity| leaf.children.is_empty() && leaf.content_type.kind == "text";
        if root.children.is_empty() {
            return Ok(None);
        }
        for text in root.walk().filter(is_text).take(TEXTS) {
            if let Some(lines) = self.footer(text)? {
                return Ok(Some(vec![Finding::new(Code::AlteredByFooter, [lines.to_string()])]));
            }
        }
        Ok(None)
    }

    /// How many lines at the end of a text were added.
    fn footer(&mut self, text: &Entity) -> io::Result<Option<usize>> {
        let (source, range) = (self.covered.source, self.covered.range.clone());
        let Some(left) = self.budget.checked_sub(self.length) else { return Ok(None) };
        *self.budget = left;
        let start = text.body.end.saturating_sub(END).max(text.body.start);
        let end = source.slice(start..text.body.end).read_all(usize::try_from(END).unwrap_or(usize::MAX))?;
        // Only whole lines: what stands before the first of them belongs to the text.
        let first = match memchr::memchr(b'\n', &end) {
            Some(at) if start > text.body.start => at + 1,
            _ => 0,
        };
        let (head, lines) = end.split_at(first);
        let before = {
            let mut canonical = CanonicalWriter::of_lines(Hasher::new(self.claim.digest));
            source.slice(range.start..start).copy_to(&mut canonical)?;
            canonical.write_all(head)?;
            canonical.finish()?
        };
        let mut hashed = vec![before];
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            let mut hasher = hashed.last().cloned().unwrap_or_else(|| Hasher::new(self.claim.digest));
            let content = line.strip_suffix(b"\n").map(|line| line.strip_suffix(b"\r").unwrap_or(line));
            hasher.update(content.unwrap_or(line));
            // The last line end of a part belongs to the boundary.
            let open = hasher.clone();
            hasher.update(if content.is_some() { b"\r\n" } else { b"" });
            hashed.extend([open, hasher]);
        }
        let rest = source.slice(text.body.end..range.end);
        let cost = rest.len()?;
        for (less, hasher) in hashed.into_iter().rev().enumerate().take(2 * LINES).skip(1) {
            let Some(left) = self.budget.checked_sub(cost) else { return Ok(None) };
            *self.budget = left;
            let mut canonical = CanonicalWriter::of_lines(hasher);
            rest.copy_to(&mut canonical)?;
            if self.claim.fits(&canonical.finish()?) {
                return Ok(Some(less.div_ceil(2)));
            }
        }
        Ok(None)
    }
}

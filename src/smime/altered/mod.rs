//! How signed content was changed on its way: each change that mail systems are known for is undone, and where the digest then
//! is the signed one, that is what happened. A change that cannot be proved in this way is not mentioned.

use std::io::{self, Write};
use std::ops::Range;

use crate::crypto::{DigestAlgorithm, Hasher};
use crate::mime::Entity;
use crate::mime::canonical::CanonicalWriter;
use crate::report::{Code, Finding};
use crate::source::Source;
use lines::{Lines, Map};
use probe::{Probe, Tail};

mod encode;
mod entity;
mod header;
mod lines;
mod parts;
mod probe;
mod recode;
#[cfg(test)]
mod tests;

/// Bytes before the end of the content in which the end of what was signed is looked for.
const FOOTER: u64 = 16 * 1024;

/// Content up to this size is looked through as a whole.
const SMALL: u64 = 64 * 1024;

/// The same where comparing costs an operation with a public key.
const COSTLY_FOOTER: u64 = 4 * 1024;

/// What comparing costs of the budget, in bytes: a digest that is finished, or an operation with a public key.
const COMPARISON: u64 = 128;
const COSTLY_COMPARISON: u64 = 16 * 1024;

/// What the signer signed.
pub(super) struct Claim<'a> {
    /// By this algorithm.
    pub digest: DigestAlgorithm,
    /// Whether content with this digest is what was signed.
    pub fits: &'a dyn Fn(&[u8]) -> bool,
    /// Whether asking that costs an operation with a public key.
    pub costly: bool,
}

impl Claim<'_> {
    fn fits(&self, hasher: &Hasher) -> bool {
        (self.fits)(&hasher.clone().finalize())
    }
}

/// The signed content and what stands around it.
pub(super) struct Covered<'a> {
    /// The message.
    pub source: &'a Source,
    /// Where the content lies in it.
    pub range: Range<u64>,
    /// Its structure, where it is a part of a message.
    pub entity: Option<&'a Entity>,
    /// Parts beside the content and its signature.
    pub others: &'a [Entity],
}

impl<'a> Covered<'a> {
    /// Content in a file of its own.
    ///
    /// # Errors
    /// When its length cannot be found out.
    pub fn file(source: &'a Source) -> io::Result<Self> {
        Ok(Self { source, range: 0..source.len()?, entity: None, others: &[] })
    }

    /// The signed bytes.
    pub fn bytes(&self) -> Source {
        match self.entity {
            Some(_) => self.source.slice(self.range.clone()),
            None => self.source.clone(),
        }
    }
}

/// Finds out how content was changed whose digest is not the one that was signed; nothing where that cannot be proved.
///
/// `budget`: bytes that may still be read for it; every form that the content may have had costs its length.
///
/// # Errors
/// When the message cannot be read.
pub(super) fn explain(covered: &Covered<'_>, claim: &Claim<'_>, budget: &mut u64) -> io::Result<Vec<Finding>> {
    let length = covered.bytes().len()?;
    let mut search = Search { covered, claim, budget, length };
    let found = match search.whole()? {
        None if covered.entity.is_some() => search.structure()?,
        found => found,
    };
    Ok(found.unwrap_or_default())
}

/// Line ends of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// CRLF (RFC 8551 §3.1.1).
    Canonical,
    /// As they are written.
    AsWritten,
}

/// The search for one form after the other.
struct Search<'a> {
    covered: &'a Covered<'a>,
    claim: &'a Claim<'a>,
    budget: &'a mut u64,
    length: u64,
}

/// What was found, if anything.
type Found = Option<Vec<Finding>>;

impl Search<'_> {
    /// Compares the form that `feed` writes, every line end at its end included, and says what was changed: `change` and what
    /// stands at the end.
    fn test(
        &mut self,
        change: Option<Finding>,
        ends: Ends,
        feed: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<Found> {
        let Some(left) = self.budget.checked_sub(self.length) else { return Ok(None) };
        *self.budget = left;
        let near = if self.claim.costly { COSTLY_FOOTER } else { FOOTER };
        let from = if self.length <= SMALL && !self.claim.costly { 0 } else { self.length.saturating_sub(near) };
        let mut probe = Probe::new(self.claim, from);
        let fed = match ends {
            Ends::AsWritten => feed(&mut probe),
            Ends::Canonical => {
                let mut canonical = CanonicalWriter::of_lines(&mut probe);
                feed(&mut canonical).and_then(|()| canonical.finish().map(drop))
            }
        };
        match fed {
            Err(error) if matches!(error.kind(), io::ErrorKind::FileTooLarge | io::ErrorKind::InvalidData) => {
                return Ok(None);
            }
            fed => fed?,
        }
        let (compared, tail) = probe.finish();
        let each = if self.claim.costly { COSTLY_COMPARISON } else { COMPARISON };
        *self.budget = self.budget.saturating_sub(u64::from(compared) * each);
        let tail = match tail {
            None => return Ok(None),
            Some(Tail::Same) => None,
            // Beside another change, an empty line more or less is not worth a word.
            Some(Tail::Cut | Tail::Added { blank: true, .. }) => {
                change.is_none().then(|| Finding::new(Code::AlteredByTrailingLines, []))
            }
            Some(Tail::Added { lines, .. }) => Some(Finding::new(Code::AlteredByFooter, [lines.to_string()])),
        };
        Ok(Some(change.into_iter().chain(tail).collect()))
    }

    /// Compares the content with each of its lines changed back.
    fn lines(&mut self, code: Code, maps: &[Map]) -> io::Result<Found> {
        for map in maps {
            let content = self.covered.bytes();
            let found = self.test(Some(Finding::new(code, [])), Ends::AsWritten, |out| {
                let mut lines = Lines::new(out, *map);
                content.copy_to(&mut lines)?;
                lines.finish().map(drop)
            })?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Changes that have nothing to do with the structure of the content.
    fn whole(&mut self) -> io::Result<Found> {
        let content = self.covered.bytes();
        let as_it_is = |out: &mut dyn Write| content.copy_to(out).map(drop);
        let line_ends = || Some(Finding::new(Code::AlteredByLineEnds, []));
        let mut found = self.test(None, Ends::Canonical, as_it_is)?;
        if found.is_none() {
            found = self.lines(Code::AlteredByTrailingBlanks, &[lines::without_blanks, lines::with_signature_blank])?;
        }
        if found.is_none() {
            found = self.test(line_ends(), Ends::AsWritten, |out| {
                content.copy_to(&mut WithoutCr { inner: out, held: false }).map(drop)
            })?;
        }
        if found.is_none() {
            found = self.test(line_ends(), Ends::AsWritten, |out| {
                let mut canonical = CanonicalWriter::new(out);
                content.copy_to(&mut canonical)?;
                canonical.finish().map(drop)
            })?;
        }
        if found.is_none() {
            found = self.lines(Code::AlteredByLineEnds, &[lines::without_returns])?;
        }
        if found.is_none() {
            let maps: &[Map] = &[lines::without_escape, lines::without_escapes, lines::with_escape];
            found = self.lines(Code::AlteredByFromEscaping, maps)?;
        }
        if found.is_none() {
            found = self.lines(Code::AlteredByDots, &[lines::without_dot, lines::with_dot])?;
        }
        if found.is_none() {
            found = self.lines(Code::AlteredByTrailingBlanks, &[lines::with_quote_blank])?;
        }
        Ok(found)
    }

    /// Changes of parts, headers and encodings.
    fn structure(&mut self) -> io::Result<Found> {
        let steps: [fn(&mut Self, &Entity) -> io::Result<Found>; 5] =
            [Self::parts, Self::header, Self::encodings, Self::charsets, Self::footers];
        let Some(entity) = self.covered.entity else { return Ok(None) };
        for step in steps {
            if let Some(found) = step(self, entity)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }
}

/// Passes on CRLF as LF: the signer hashed lines that ended so.
struct WithoutCr<'a> {
    inner: &'a mut dyn Write,
    held: bool,
}

impl Write for WithoutCr<'_> {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        let mut out = Vec::with_capacity(block.len() + 1);
        for byte in block {
            if std::mem::take(&mut self.held) && *byte != b'\n' {
                out.push(b'\r');
            }
            if *byte == b'\r' {
                self.held = true;
            } else {
                out.push(*byte);
            }
        }
        self.inner.write_all(&out)?;
        Ok(block.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

//! What else is done with the bytes that a scan reads, so that they need not be read again: a digest of what is signed, the
//! length of what is encoded, the facts that sealing depends on.

use super::canonical::Gatherer;
use super::transfer::DecodedLen;
use super::{ContentType, TransferEncoding};

/// Whoever sees the bytes of one part while a message is scanned.
pub trait Watch {
    /// The first part of this multipart/signed begins; whether its bytes are wanted. They come in order, from its first one on.
    /// No other part is offered before it ends.
    fn begin(&mut self, multipart: &ContentType) -> bool;
    /// The next bytes of the part.
    fn bytes(&mut self, bytes: &[u8]);
    /// The part ended; it is this range of the source, and what was seen are its bytes.
    fn end(&mut self, range: std::ops::Range<u64>);
    /// The part ended, but more than it was seen: a boundary line was read in two blocks.
    fn lost(&mut self);
}

/// Gets all bytes of bodies that a scan steps over.
#[derive(Default)]
pub(super) struct Tap<'w> {
    watch: Option<&'w mut dyn Watch>,
    /// The level of the part that is watched, and the offset of its next byte.
    part: Option<(usize, u64)>,
    /// Whether facts about bodies are found out.
    facts: bool,
    /// The level of the body that is seen through, and the offset of its next byte.
    leaf: Option<(usize, u64, Seen)>,
}

/// What was seen of a body.
pub(super) enum Seen {
    Length(DecodedLen),
    Facts(Gatherer),
}

impl<'w> Tap<'w> {
    pub(super) fn new(watch: &'w mut dyn Watch) -> Self {
        Self { watch: Some(watch), ..Self::default() }
    }

    /// Facts about bodies are found out.
    pub(super) fn to_seal() -> Self {
        Self { facts: true, ..Self::default() }
    }

    /// All bytes are watched, from the first one on.
    pub(super) fn of_all(watch: &'w mut dyn Watch) -> Self {
        Self { part: Some((usize::MAX, 0)), ..Self::new(watch) }
    }

    /// The first part of a multipart/signed begins.
    pub(super) fn begin(&mut self, level: usize, start: u64, multipart: &ContentType) {
        if self.part.is_none() && self.watch.as_mut().is_some_and(|watch| watch.begin(multipart)) {
            self.part = Some((level, start));
        }
    }

    /// A body without parts begins, which ends at a boundary. Lengths are counted for those who look at a message only.
    pub(super) fn leaf(&mut self, level: usize, start: u64, encoding: TransferEncoding) {
        if self.facts {
            self.leaf = Some((level, start, Seen::Facts(Gatherer::default())));
        } else if self.watch.is_some() && encoding == TransferEncoding::Base64 {
            self.leaf = Some((level, start, Seen::Length(DecodedLen::default())));
        }
    }

    /// Bytes from `start` on, of which some may have been seen before.
    pub(super) fn pass(&mut self, start: u64, bytes: &[u8]) {
        if let (Some((_, next)), Some(watch)) = (&mut self.part, &mut self.watch) {
            watch.bytes(unseen(next, start, bytes));
        }
        if let Some((_, next, seen)) = &mut self.leaf {
            let bytes = unseen(next, start, bytes);
            match seen {
                Seen::Length(length) => length.add(bytes),
                // Nothing is written that could fail.
                Seen::Facts(facts) => _ = facts.add(bytes),
            }
        }
    }

    /// The entity at this level ended, and all of its bytes were passed, or more; what was seen of its body, if that was just
    /// these.
    pub(super) fn end(&mut self, level: usize, range: std::ops::Range<u64>) -> Option<Seen> {
        let end = range.end;
        if let (Some((_, next)), Some(watch)) = (self.part.take_if(|(watched, _)| *watched == level), &mut self.watch) {
            if next == end { watch.end(range) } else { watch.lost() }
        }
        let (_, next, seen) = self.leaf.take_if(|(through, ..)| *through == level)?;
        (next == end).then_some(seen)
    }
}

/// What follows the byte that is next; then it is the one behind.
fn unseen<'b>(next: &mut u64, start: u64, bytes: &'b [u8]) -> &'b [u8] {
    let seen = usize::try_from(next.saturating_sub(start)).unwrap_or(usize::MAX).min(bytes.len());
    let bytes = bytes.get(seen..).unwrap_or_default();
    *next += bytes.len() as u64;
    bytes
}

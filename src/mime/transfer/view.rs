//! A decoder as a range of bytes.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::source::{ReadAt, Source};

/// Bytes that are decoded at once: few at first, since most bodies are small, then as many as stay in the cache.
const FIRST: usize = 16 * 1024;
const NEXT: usize = 128 * 1024;

/// Bytes of encoding between two places that are remembered.
const SPACING: u64 = 256 * 1024;

/// Undoes an encoding piece by piece. The value itself is what has to be known to go on from some offset.
pub(in crate::mime) trait Decode: Copy + Default + Send + Sync + 'static {
    /// Decodes `input` onto the end of `out` and says how much of it was used; the rest comes again, with more behind it.
    /// Less than [`FIRST`] bytes may be left over, none of the `last` input. `scratch` has no meaning between calls.
    fn decode(&mut self, input: &[u8], last: bool, scratch: &mut Vec<u8>, out: &mut Vec<u8>) -> usize;
}

/// A place that decoding can start at.
#[derive(Debug, Clone, Copy, Default)]
struct Checkpoint<D> {
    /// Offset of the next byte of encoding.
    encoded: u64,
    /// Offset of the next decoded byte.
    decoded: u64,
    state: D,
}

/// What earlier reads found out.
struct Known<D> {
    checkpoints: Vec<Checkpoint<D>>,
    len: Option<u64>,
}

/// The decoded view.
pub(in crate::mime) struct View<D> {
    encoded: Source,
    known: Mutex<Known<D>>,
    /// Where the last read ended; reading on from there decodes every byte once.
    place: Mutex<Option<Place<D>>>,
}

/// A decoded block and where it goes on.
#[derive(Default)]
struct Place<D> {
    next: Checkpoint<D>,
    /// The bytes in front of `next.decoded`.
    block: Vec<u8>,
    input: Vec<u8>,
    /// The last input was whole: more will follow.
    whole: bool,
    scratch: Vec<u8>,
}

impl<D: Decode> Place<D> {
    /// Offset of the first decoded byte that is held.
    fn start(&self) -> u64 {
        self.next.decoded - self.block.len() as u64
    }

    fn jump(&mut self, to: Checkpoint<D>) {
        self.next = to;
        self.block.clear();
    }

    /// Decodes the next block; `false` at the end.
    fn advance(&mut self, encoded: &Source) -> io::Result<bool> {
        let size = if self.whole { NEXT } else { FIRST };
        self.input.resize(size, 0);
        let mut filled = 0;
        let mut last = false;
        while let Some(room) = self.input.get_mut(filled..)
            && !room.is_empty()
            && !last
        {
            let read = encoded.read_at(self.next.encoded + filled as u64, room)?;
            filled += read;
            last = read == 0;
        }
        self.whole = !last;
        let input = self.input.get(..filled).unwrap_or_default();
        self.block.clear();
        let used = self.next.state.decode(input, last, &mut self.scratch, &mut self.block);
        self.next.encoded += used as u64;
        self.next.decoded += self.block.len() as u64;
        Ok(!(last && self.block.is_empty()))
    }
}

/// The lock is held for a look or a note only, so nobody can have failed inside.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<D: Decode> View<D> {
    pub(in crate::mime) fn new(encoded: Source) -> Self {
        let known = Known { checkpoints: vec![Checkpoint::default()], len: None };
        Self { encoded, known: Mutex::new(known), place: Mutex::new(None) }
    }

    /// The last place known before `offset`: the one of the last read, or a checkpoint.
    fn start(&self, offset: u64) -> Place<D> {
        // Taken out rather than held, so that two readers never wait for each other.
        let place = lock(&self.place).take();
        let known = lock(&self.known);
        let behind = known.checkpoints.partition_point(|checkpoint| checkpoint.decoded <= offset);
        let near = behind.checked_sub(1).and_then(|index| known.checkpoints.get(index)).copied().unwrap_or_default();
        let mut place = place.unwrap_or_default();
        if place.start() > offset || place.next.encoded < near.encoded {
            place.jump(near);
        }
        place
    }

    /// Decodes on, and remembers what that shows.
    fn advance(&self, place: &mut Place<D>) -> io::Result<bool> {
        let more = place.advance(&self.encoded);
        let mut known = lock(&self.known);
        match more {
            Ok(true) => {
                if known.checkpoints.last().is_none_or(|last| place.next.encoded >= last.encoded + SPACING) {
                    known.checkpoints.push(place.next);
                }
            }
            Ok(false) => known.len = Some(place.next.decoded),
            Err(_) => {}
        }
        more
    }
}

impl<D: Decode> ReadAt for View<D> {
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        if buf.is_empty() || lock(&self.known).len.is_some_and(|len| offset >= len) {
            return Ok(0);
        }
        let mut place = self.start(offset);
        let mut filled = 0;
        while let Some(room) = buf.get_mut(filled..)
            && !room.is_empty()
        {
            let within = usize::try_from(offset + filled as u64 - place.start()).unwrap_or(usize::MAX);
            let mut block = place.block.get(within..).unwrap_or_default();
            if !block.is_empty() {
                filled += io::Read::read(&mut block, room)?;
            } else if !self.advance(&mut place)? {
                break;
            }
        }
        *lock(&self.place) = Some(place);
        Ok(filled)
    }

    fn len(&self) -> io::Result<u64> {
        if let Some(len) = lock(&self.known).len {
            return Ok(len);
        }
        // From the last checkpoint: what lies before it is known.
        let mut place = Place::default();
        place.jump(lock(&self.known).checkpoints.last().copied().unwrap_or_default());
        while self.advance(&mut place)? {}
        Ok(place.next.decoded)
    }
}

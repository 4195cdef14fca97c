//! A source whose next bytes are read before they are asked for.

use std::io;
use std::sync::{Mutex, PoisonError};
use std::thread::Builder;

use super::ahead::{Buffer, Ends, LARGE, PIECE, pieces};
use super::{ReadAt, Source};

/// Reads that begin no further than this from the end of the last one go on from it.
const NEAR: u64 = PIECE as u64;

/// [`Source::read_ahead`].
pub(super) struct Prefetched {
    below: Source,
    state: Mutex<State>,
}

/// What is known of whoever reads. Taken out rather than held, so that two readers never wait for each other.
#[derive(Default)]
struct State {
    /// Where the last read ended, and how many bytes were read in a row.
    end: u64,
    run: u64,
    pieces: Option<Pieces>,
}

/// What a thread reads.
struct Pieces {
    ends: Ends,
    /// The piece at hand, and its place in the source.
    piece: Buffer,
    len: usize,
    start: u64,
}

impl Prefetched {
    pub(super) fn new(below: Source) -> Self {
        Self { below, state: Mutex::default() }
    }
}

impl ReadAt for Prefetched {
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let mut state = std::mem::take(&mut *self.state.lock().unwrap_or_else(PoisonError::into_inner));
        let read = state.read(&self.below, offset, buf)?;
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
        Ok(read)
    }

    fn len(&self) -> io::Result<u64> {
        self.below.len()
    }
}

impl State {
    fn read(&mut self, below: &Source, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        if offset.abs_diff(self.end) > NEAR {
            (self.run, self.pieces) = (0, None);
        } else if self.pieces.is_none() && self.run >= LARGE {
            self.pieces = Pieces::start(below, offset);
            self.run = 0;
        }
        let held = match &mut self.pieces {
            Some(pieces) => pieces.read(offset, buf)?,
            None => None,
        };
        let read = match held {
            Some(read) => read,
            None => {
                self.pieces = None;
                below.read_at(offset, buf)?
            }
        };
        self.end = offset + read as u64;
        self.run = self.run.saturating_add(read as u64);
        Ok(read)
    }
}

impl Pieces {
    /// Starts the thread; `None` when the system has none to give.
    fn start(below: &Source, offset: u64) -> Option<Self> {
        let (ends, filler) = pieces();
        let below = below.clone();
        Builder::new().spawn(move || filler.run(&below, offset)).ok()?;
        Some(Self { ends, piece: Buffer::default(), len: 0, start: offset })
    }

    /// Bytes at hand or to come; `None` when they are not among them, or all have come.
    fn read(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<Option<usize>> {
        loop {
            let Some(within) = offset.checked_sub(self.start) else { return Ok(None) };
            let within = usize::try_from(within).unwrap_or(usize::MAX);
            let mut held = self.piece.get(within.min(self.len)..self.len).unwrap_or_default();
            if !held.is_empty() {
                return io::Read::read(&mut held, buf).map(Some);
            }
            let Ok(next) = self.ends.full.recv() else { return Ok(None) };
            let (piece, len) = next?;
            self.start += self.len as u64;
            self.len = len;
            let old = std::mem::replace(&mut self.piece, piece);
            // Before the first piece there was none.
            if !old.is_empty() {
                _ = self.ends.used.send(Some(old));
            }
            if len == 0 {
                return Ok(Some(0));
            }
        }
    }
}

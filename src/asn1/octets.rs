//! An OCTET STRING in pieces (X.690 §8.7.3) as one range of bytes.

use std::io;
use std::sync::{Mutex, PoisonError};

use super::Error;
use super::header::Header;
use super::window::Window;
use crate::source::{ReadAt, Source};

/// Bytes of encoding between two places that are remembered.
const SPACING: u64 = 256 * 1024;

/// From this size on, a run of bytes is read where it is wanted instead of through the window.
const DIRECT: usize = 8 * 1024;

/// A piece that reading can start at.
#[derive(Debug, Clone, Copy)]
struct Checkpoint {
    /// Offset in the string.
    content: u64,
    /// Offset of the piece's header.
    header: u64,
}

/// The pieces of a string, as they were seen in a first walk.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    checkpoints: Vec<Checkpoint>,
    len: u64,
}

impl Pieces {
    /// Adds the piece that follows the ones added before.
    pub(super) fn add(&mut self, piece: &Header) {
        // Spaced by bytes of encoding: many empty pieces must not lie between two checkpoints either.
        if self.checkpoints.last().is_none_or(|last| piece.offset - last.header >= SPACING) {
            self.checkpoints.push(Checkpoint { content: self.len, header: piece.offset });
        }
        self.len = self.len.saturating_add(piece.length.unwrap_or(0));
    }
}

/// The joined view. Its structure was checked in the walk that made [`Pieces`]; so it can be read flat: headers of
/// constructed pieces and end-of-contents octets are stepped over, however deep they are nested.
pub(super) struct Octets {
    source: Source,
    checkpoints: Vec<Checkpoint>,
    len: u64,
    /// Offset behind the string's encoding.
    end: u64,
    /// Where the last read ended; reading on from there walks every header once.
    place: Mutex<Option<Place>>,
}

/// The piece that is being read.
struct Place {
    window: Window,
    /// Offset in the string.
    content: u64,
    /// Offset of the piece's bytes.
    data: u64,
    len: u64,
}

impl Place {
    fn at(checkpoint: Checkpoint, window: Window) -> Self {
        Self { window, content: checkpoint.content, data: checkpoint.header, len: 0 }
    }

    /// Goes to the next piece.
    fn advance(&mut self, octets: &Octets) -> io::Result<()> {
        let mut at = self.data + self.len;
        while at < octets.end {
            let header = self.window.header(&octets.source, at).map_err(changed)?;
            at = header.content;
            if let (false, false, Some(len)) = (header.is_end_of_contents(), header.constructed, header.length) {
                self.content += self.len;
                (self.data, self.len) = (header.content, len);
                return Ok(());
            }
        }
        Err(io::ErrorKind::UnexpectedEof.into())
    }

    /// The bytes left in the piece from `offset` of the string, and where they stand.
    fn rest(&self, offset: u64) -> (u64, u64) {
        let within = offset - self.content;
        (self.len - within, self.data + within)
    }
}

impl Octets {
    /// The string made of these pieces, whose encoding ends at `end`.
    pub(super) fn view(source: Source, pieces: Pieces, end: u64) -> Source {
        let Pieces { mut checkpoints, len } = pieces;
        checkpoints.shrink_to_fit();
        Source::from_view(Self { source, checkpoints, len, end, place: Mutex::new(None) })
    }

    /// The last place known before `offset`: the one of the last read, or a checkpoint.
    fn start(&self, place: Option<Place>, offset: u64) -> io::Result<Place> {
        let behind = self.checkpoints.partition_point(|checkpoint| checkpoint.content <= offset);
        let near = behind.checked_sub(1).and_then(|index| self.checkpoints.get(index)).copied();
        let near = near.ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok(match place {
            Some(place) if place.content <= offset && place.data >= near.header => place,
            place => Place::at(near, place.map(|place| place.window).unwrap_or_default()),
        })
    }

    fn read(&self, place: &mut Place, mut offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while let Some(room) = buf.get_mut(filled..)
            && !room.is_empty()
            && offset < self.len
        {
            while offset - place.content >= place.len {
                place.advance(self)?;
            }
            let (left, at) = place.rest(offset);
            let count = usize::try_from(left).unwrap_or(usize::MAX).min(room.len());
            let room = room.get_mut(..count).unwrap_or_default();
            let read = if count >= DIRECT {
                self.source.read_at(at, room)?
            } else {
                io::Read::read(&mut place.window.at(&self.source, at, count)?, room)?
            };
            if read == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            filled += read;
            offset += read as u64;
        }
        Ok(filled)
    }
}

impl ReadAt for Octets {
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        if offset >= self.len || buf.is_empty() {
            return Ok(0);
        }
        // Taken out rather than held, so that two readers never wait for each other.
        let place = self.place.lock().unwrap_or_else(PoisonError::into_inner).take();
        let mut place = self.start(place, offset)?;
        let read = self.read(&mut place, offset, buf)?;
        *self.place.lock().unwrap_or_else(PoisonError::into_inner) = Some(place);
        Ok(read)
    }

    fn len(&self) -> io::Result<u64> {
        Ok(self.len)
    }
}

/// The structure was sound when it was walked over; now it is not.
fn changed(error: Error) -> io::Error {
    match error {
        Error::Io(error) => error,
        _ => io::Error::new(io::ErrorKind::InvalidData, "the data changed while it was read"),
    }
}

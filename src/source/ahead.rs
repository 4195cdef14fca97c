//! Reading ahead: one thread computes the next blocks of a source while another one works on those before.

use std::io;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{self, Builder};

use zeroize::Zeroizing;

use super::{BLOCK, Source};

/// Bytes from which on a thread of its own pays.
pub(super) const LARGE: u64 = 1024 * 1024;

/// Bytes that are handed from one thread to the other in one piece: far more than waking it costs, and still in its cache.
pub(super) const PIECE: usize = 8 * BLOCK;

/// Pieces that are on their way at most.
pub(super) const WAITING: usize = 2;

/// It may hold decrypted text.
pub(super) type Buffer = Zeroizing<Vec<u8>>;

/// A buffer, and how much of it is filled.
type Piece = (Buffer, usize);

/// The ends of whoever reads: pieces that are full, and buffers that were used; `None` asks for a new one.
pub(super) struct Ends {
    pub full: Receiver<io::Result<Piece>>,
    pub used: Sender<Option<Buffer>>,
}

/// The ends of the thread.
pub(super) struct Filler {
    full: SyncSender<io::Result<Piece>>,
    used: Receiver<Option<Buffer>>,
}

/// A few pieces on their way between two threads.
pub(super) fn pieces() -> (Ends, Filler) {
    let (send, full) = sync_channel(WAITING);
    let (used, empty) = channel();
    for _ in 0..=WAITING {
        // Both ends are here.
        _ = used.send(None);
    }
    (Ends { full, used }, Filler { full: send, used: empty })
}

impl Filler {
    /// Reads what follows `offset` until the source ends, fails, or nobody reads any more.
    pub fn run(&self, source: &Source, mut offset: u64) {
        while let Ok(buffer) = self.used.recv() {
            let mut buffer = buffer.unwrap_or_else(|| Zeroizing::new(vec![0; PIECE]));
            let piece = fill(source, offset, &mut buffer).map(|read| (buffer, read));
            let read = piece.as_ref().map_or(0, |(_, read)| *read);
            offset += read as u64;
            if self.full.send(piece).is_err() || read == 0 {
                break;
            }
        }
    }
}

/// Hands over what follows `offset`, and returns where the source ends.
pub(super) fn for_each_block<E: From<io::Error>>(
    source: &Source,
    mut offset: u64,
    mut sink: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<u64, E> {
    let (Ends { full, used }, filler) = pieces();
    // What is moved in is dropped before the thread is waited for: that ends it when nobody wants more.
    thread::scope(move |scope| {
        if Builder::new().spawn_scoped(scope, move || filler.run(source, offset)).is_err() {
            return one_by_one(source, offset, sink);
        }
        for piece in full {
            let (buffer, read) = piece?;
            let Some(block) = buffer.get(..read).filter(|block| !block.is_empty()) else { break };
            sink(block)?;
            offset += read as u64;
            // The thread may have come to the end.
            _ = used.send(Some(buffer));
        }
        Ok(offset)
    })
}

/// Without a thread, when the system has none to give.
fn one_by_one<E: From<io::Error>>(
    source: &Source,
    mut offset: u64,
    mut sink: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<u64, E> {
    let mut buffer = Zeroizing::new(vec![0; BLOCK]);
    loop {
        let read = source.read_at(offset, &mut buffer)?;
        match buffer.get(..read) {
            Some(block) if read > 0 => sink(block)?,
            _ => return Ok(offset),
        }
        offset += read as u64;
    }
}

/// Fills the buffer as far as there are bytes.
fn fill(source: &Source, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(room) = buffer.get_mut(filled..)
        && !room.is_empty()
    {
        match source.read_at(offset + filled as u64, room)? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

//! Reading ahead: one thread computes the next blocks of a source while another one works on those before.

use std::io;
use std::sync::mpsc::{channel, sync_channel};
use std::thread::{self, Builder};

use zeroize::Zeroizing;

use super::{BLOCK, Source};

/// Bytes from which on a thread of its own pays.
pub(super) const LARGE: u64 = 1024 * 1024;

/// Bytes that are handed from one thread to the other in one piece: far more than waking it costs, and still in its cache.
pub(super) const PIECE: usize = 8 * BLOCK;

/// Pieces that are on their way at most.
pub(super) const WAITING: usize = 2;

/// A piece: a buffer, and how much of it is filled. It may be decrypted text.
type Piece = (Zeroizing<Vec<u8>>, usize);

/// Hands over what follows `offset`, and returns where the source ends.
pub(super) fn for_each_block<E: From<io::Error>>(
    source: &Source,
    mut offset: u64,
    mut sink: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<u64, E> {
    let (full, pieces) = sync_channel::<io::Result<Piece>>(WAITING);
    let (used, empty) = channel::<Option<Zeroizing<Vec<u8>>>>();
    // What is moved in is dropped before the thread is waited for: that ends it when nobody wants more.
    thread::scope(move |scope| {
        let read = move || {
            let mut at = offset;
            while let Ok(buffer) = empty.recv() {
                let mut buffer = buffer.unwrap_or_else(|| Zeroizing::new(vec![0; PIECE]));
                let piece = fill(source, at, &mut buffer).map(|read| (buffer, read));
                let read = piece.as_ref().map_or(0, |(_, read)| *read);
                at += read as u64;
                if full.send(piece).is_err() || read == 0 {
                    break;
                }
            }
        };
        if Builder::new().spawn_scoped(scope, read).is_err() {
            return one_by_one(source, offset, sink);
        }
        for _ in 0..=WAITING {
            // The receiver is there for as long as the thread is.
            _ = used.send(None);
        }
        for piece in pieces {
            let (buffer, read) = piece?;
            let Some(block) = buffer.get(..read).filter(|block| !block.is_empty()) else { break };
            sink(block)?;
            offset += read as u64;
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
pub(super) fn fill(source: &Source, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
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

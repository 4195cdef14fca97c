//! Writing behind: one thread takes what another one writes, and goes on with it while that one prepares more.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{Builder, Scope, ScopedJoinHandle};

use zeroize::Zeroizing;

use super::ahead::{LARGE, PIECE, WAITING};

type Buffer = Zeroizing<Vec<u8>>;

/// A writer on a thread of its own, from the first [`LARGE`] bytes on; before that, what is written goes straight through.
/// Nothing is complete before [`Behind::finish`].
pub struct Behind<'scope, 'env, W> {
    scope: &'scope Scope<'scope, 'env>,
    state: State<'scope, W>,
}

enum State<'scope, W> {
    /// Few bytes were written until now.
    Near(W, u64),
    Far {
        /// What does not fill a piece yet.
        piece: Buffer,
        full: SyncSender<Buffer>,
        used: Receiver<Buffer>,
        /// Pieces that were made.
        made: usize,
        thread: ScopedJoinHandle<'scope, io::Result<W>>,
    },
    /// An error was given to whoever wrote.
    Failed,
}

impl<'scope, 'env, W: Write + Send + 'scope> Behind<'scope, 'env, W> {
    /// Wraps a writer. The thread ends with [`Behind::finish`], or when this is dropped.
    pub fn new(scope: &'scope Scope<'scope, 'env>, inner: W) -> Self {
        Self { scope, state: State::Near(inner, 0) }
    }

    /// Waits until everything is written, and returns the writer.
    ///
    /// # Errors
    /// What the writer gave.
    pub fn finish(mut self) -> io::Result<W> {
        match std::mem::replace(&mut self.state, State::Failed) {
            State::Near(inner, _) => Ok(inner),
            State::Far { piece, full, thread, .. } => {
                // When nobody takes it, the thread says why.
                _ = full.send(piece);
                drop(full);
                join(thread)
            }
            State::Failed => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn near(&mut self, block: &[u8]) -> io::Result<usize> {
        let State::Near(inner, written) = &mut self.state else { return Ok(0) };
        let count = inner.write(block)?;
        *written += count as u64;
        if *written >= LARGE {
            self.go_far();
        }
        Ok(count)
    }

    /// Moves the writer to its thread; where the system has none to give, it stays.
    fn go_far(&mut self) {
        let State::Near(inner, _) = std::mem::replace(&mut self.state, State::Failed) else { return };
        let (full, pieces) = sync_channel::<Buffer>(WAITING);
        let (give_back, used) = channel();
        // Moved by way of a channel, so that it is not lost with a thread that could not be started.
        let (hand, over) = channel();
        let work =
            move || over.recv().map_err(io::Error::other).and_then(|inner| write_all(inner, &pieces, &give_back));
        self.state = match Builder::new().spawn_scoped(self.scope, work) {
            Ok(thread) => {
                _ = hand.send(inner);
                State::Far { piece: new_piece(), full, used, made: 1, thread }
            }
            Err(_) => State::Near(inner, 0),
        };
    }

    fn far(&mut self, block: &[u8]) -> io::Result<usize> {
        let State::Far { piece, full, used, made, .. } = &mut self.state else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (now, _) = block.split_at(block.len().min(PIECE - piece.len()));
        piece.extend_from_slice(now);
        if piece.len() == PIECE {
            let next = if *made < WAITING + 2 {
                *made += 1;
                Ok(new_piece())
            } else {
                used.recv()
            };
            let sent = next.ok().is_some_and(|mut next| {
                next.clear();
                full.send(std::mem::replace(piece, next)).is_ok()
            });
            if !sent {
                return Err(self.failure());
            }
        }
        Ok(now.len())
    }

    /// Why the thread ended.
    fn failure(&mut self) -> io::Error {
        match std::mem::replace(&mut self.state, State::Failed) {
            State::Far { full, thread, .. } => {
                drop(full);
                join(thread).err().unwrap_or_else(|| io::ErrorKind::BrokenPipe.into())
            }
            _ => io::ErrorKind::BrokenPipe.into(),
        }
    }
}

impl<'scope, W: Write + Send + 'scope> Write for Behind<'scope, '_, W> {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        if let State::Near(..) = self.state { self.near(block) } else { self.far(block) }
    }

    /// Passes nothing on that is on its way: that is what [`Behind::finish`] is for.
    fn flush(&mut self) -> io::Result<()> {
        match &mut self.state {
            State::Near(inner, _) => inner.flush(),
            _ => Ok(()),
        }
    }
}

fn new_piece() -> Buffer {
    Zeroizing::new(Vec::with_capacity(PIECE))
}

fn join<W>(thread: ScopedJoinHandle<'_, io::Result<W>>) -> io::Result<W> {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// What the thread does.
fn write_all<W: Write>(mut inner: W, pieces: &Receiver<Buffer>, give_back: &Sender<Buffer>) -> io::Result<W> {
    for piece in pieces {
        inner.write_all(&piece)?;
        // Whoever writes may have ended already.
        _ = give_back.send(piece);
    }
    Ok(inner)
}

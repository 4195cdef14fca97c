//! How far a job is, and the way to stop it.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::source::{ReadAt, Source};

/// Progress of one job, shared with whoever shows it; also the way to stop it.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<State>);

#[derive(Debug, Default)]
struct State {
    done: AtomicU64,
    total: AtomicU64,
    cancelled: AtomicBool,
}

impl Progress {
    /// Bytes done and bytes in all (0 while unknown).
    #[must_use]
    pub fn get(&self) -> (u64, u64) {
        (self.0.done.load(Ordering::Relaxed), self.0.total.load(Ordering::Relaxed))
    }
    /// Asks the job to stop; it does so between blocks and leaves no file behind.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }
    /// Whether somebody asked to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }
    /// Called by the work. Bytes that are read more often than was foreseen do not lead past the total.
    pub fn advance(&self, bytes: u64) {
        let total = self.0.total.load(Ordering::Relaxed);
        let most = if total == 0 { u64::MAX } else { total };
        let add = |done: u64| Some(done.saturating_add(bytes).min(most));
        let _ = self.0.done.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
    /// Called by the work.
    pub fn set_total(&self, bytes: u64) {
        self.0.total.store(bytes, Ordering::Relaxed);
    }

    /// The work is over: everything is done.
    pub(super) fn complete(&self) {
        self.0.done.store(self.0.total.load(Ordering::Relaxed), Ordering::Relaxed);
    }

    /// A view of the source that counts what is read, of a total of `passes` times its length, and stops when asked to.
    pub(super) fn watch(&self, source: Source, passes: u64) -> io::Result<Source> {
        self.set_total(source.len()?.saturating_mul(passes));
        Ok(Source::from_view(Watched { below: source, progress: self.clone() }))
    }

    /// An error if somebody asked to stop.
    pub(super) fn check(&self) -> io::Result<()> {
        // Not `Interrupted`, which readers take as a wish to try again.
        if self.is_cancelled() { Err(io::Error::other(Cancelled)) } else { Ok(()) }
    }
}

/// What reading gives after [`Progress::cancel`].
#[derive(Debug, thiserror::Error)]
#[error("cancelled")]
struct Cancelled;

/// A source whose reader is watched.
struct Watched {
    below: Source,
    progress: Progress,
}

impl ReadAt for Watched {
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        self.progress.check()?;
        let read = self.below.read_at(offset, buf)?;
        self.progress.advance(read as u64);
        Ok(read)
    }

    fn len(&self) -> io::Result<u64> {
        self.below.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bar never runs over its end, and a stopped job stops at the next block, whoever reads.
    #[test]
    fn progress_is_bounded_and_stops() {
        let progress = Progress::default();
        let source = progress.watch(Source::from_bytes(vec![7; 100]), 2).unwrap();
        assert_eq!(progress.get(), (0, 200));
        for _ in 0..3 {
            source.read_all(100).unwrap();
        }
        assert_eq!(progress.get(), (200, 200));
        progress.cancel();
        let error = source.read_all(100).unwrap_err();
        assert!(error.get_ref().is_some_and(|inner| inner.is::<Cancelled>()), "{error}");
    }
}

//! The history of what was done, written in batches: thousands of messages are looked at in a moment, and a wallet that is
//! written for each of them would be what everybody waits for.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use super::Names;
use crate::wallet::{HistoryEntry, Wallet};

/// Lines that are kept back at most.
const BATCH: usize = 256;

/// How long a line about something that was made is kept back at most.
const LONGEST: Duration = Duration::from_millis(300);

/// Lines that are to be written; the last ones when it is dropped.
pub(super) struct Journal {
    lines: Arc<Lines>,
}

struct Lines {
    wallet: Arc<Wallet>,
    names: Arc<Names>,
    waiting: Mutex<Waiting>,
    /// Held while the wallet is written: whoever drops the journal waits for it.
    written: Mutex<Option<Instant>>,
}

#[derive(Default)]
struct Waiting {
    entries: Vec<HistoryEntry>,
    /// A thread will write them.
    timed: bool,
}

impl Journal {
    /// Tells of the files whose names are given through `names`.
    pub fn new(wallet: Arc<Wallet>, names: Arc<Names>) -> Self {
        Self { lines: Arc::new(Lines { wallet, names, waiting: Mutex::default(), written: Mutex::default() }) }
    }

    /// Adds a line. A `prompt` one is in the wallet at once or, when others were written just before, very soon.
    pub fn add(&self, entry: HistoryEntry, prompt: bool) {
        let mut waiting = lock(&self.lines.waiting);
        waiting.entries.push(entry);
        let full = waiting.entries.len() >= BATCH;
        if !full && (!prompt || waiting.timed) {
            return;
        }
        drop(waiting);
        // While they are written, they were written just before.
        let recent =
            || self.lines.written.try_lock().map_or(true, |last| last.is_some_and(|at| at.elapsed() < LONGEST));
        if !full && recent() && later(&self.lines) {
            return;
        }
        self.lines.flush();
    }
}

/// Writes after a while; `false` when the system has no thread to give.
fn later(lines: &Arc<Lines>) -> bool {
    let weak: Weak<Lines> = Arc::downgrade(lines);
    lock(&lines.waiting).timed = true;
    let started = thread::Builder::new().spawn(move || {
        thread::sleep(LONGEST);
        if let Some(lines) = weak.upgrade() {
            lock(&lines.waiting).timed = false;
            lines.flush();
        }
    });
    if started.is_err() {
        lock(&lines.waiting).timed = false;
    }
    started.is_ok()
}

impl Lines {
    /// Writes what is waiting, when the files that it tells of outlive a power failure. A history that cannot be written stops no work.
    fn flush(&self) {
        let mut written = lock(&self.written);
        let entries = std::mem::take(&mut lock(&self.waiting).entries);
        self.names.sync();
        if let Err(error) = self.wallet.record_all(&entries) {
            tracing::warn!(%error, "the history could not be written");
        }
        *written = Some(Instant::now());
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.lines.flush();
    }
}

/// Locks are held for a look, or while the wallet is written; nobody fails inside.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

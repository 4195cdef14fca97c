//! The history of what was done, written in batches: thousands of messages are looked at in a moment, and a wallet that is
//! written for each of them would be what everybody waits for.

use std::sync::{Arc, Mutex, PoisonError};

use crate::wallet::{HistoryEntry, Wallet};

/// Lines that are kept back at most.
const BATCH: usize = 256;

/// Lines that are to be written; the last ones when it is dropped.
pub(super) struct Journal {
    wallet: Arc<Wallet>,
    waiting: Mutex<Vec<HistoryEntry>>,
}

impl Journal {
    pub fn new(wallet: Arc<Wallet>) -> Self {
        Self { wallet, waiting: Mutex::new(Vec::new()) }
    }

    /// Adds a line.
    pub fn add(&self, entry: HistoryEntry) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.push(entry);
        if waiting.len() >= BATCH {
            let full = std::mem::take(&mut *waiting);
            drop(waiting);
            self.write(&full);
        }
    }

    /// Writes what is waiting. A history that cannot be written stops no work.
    pub fn flush(&self) {
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        self.write(&waiting);
    }

    fn write(&self, entries: &[HistoryEntry]) {
        if let Err(error) = self.wallet.record_all(entries) {
            tracing::warn!(%error, "the history could not be written");
        }
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.flush();
    }
}

//! Ctrl-C: the work stops between two blocks and leaves no half file behind.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use waxwing::jobs::Progress;

/// What a second Ctrl-C ends the program with, as shells say it.
const STOPPED: i32 = 130;

/// Whether somebody asked to stop, and the work that is to be told.
#[derive(Clone, Default)]
pub struct Interrupt {
    asked: Arc<AtomicBool>,
    current: Arc<Mutex<HashMap<usize, Progress>>>,
}

impl Interrupt {
    /// Listens from now on. Where that is not possible, Ctrl-C ends the program at once, as ever.
    pub fn listen() -> Self {
        let interrupt = Self::default();
        let heard = interrupt.clone();
        let set = ctrlc::set_handler(move || {
            if !heard.stop() {
                std::process::exit(STOPPED);
            }
        });
        if let Err(error) = set {
            tracing::warn!(%error, "interrupts are not heard");
        }
        interrupt
    }

    /// Asks all work to stop; `false` where somebody did so before.
    pub fn stop(&self) -> bool {
        if self.asked.swap(true, Ordering::SeqCst) {
            return false;
        }
        for progress in self.current.lock().unwrap_or_else(PoisonError::into_inner).values() {
            progress.cancel();
        }
        true
    }

    /// The progress of a worker's next piece of work, which an interrupt cancels.
    pub fn progress(&self, worker: usize) -> Progress {
        let progress = Progress::default();
        self.current.lock().unwrap_or_else(PoisonError::into_inner).insert(worker, progress.clone());
        if self.asked() {
            progress.cancel();
        }
        progress
    }

    /// Whether somebody asked to stop.
    pub fn asked(&self) -> bool {
        self.asked.load(Ordering::SeqCst)
    }
}

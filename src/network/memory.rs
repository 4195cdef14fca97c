//! What was asked a moment ago: one thread asks, the others wait for its answer; who does not answer is left alone.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{HOST_DOWN, Limits, LookupError, TIMEOUT};

/// Questions and hosts that are remembered at most.
const MOST: usize = 10_000;

/// A question, and whether private addresses might answer it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub question: [u8; 32],
    pub private: bool,
}

pub(super) type Found = Result<Arc<[u8]>, LookupError>;

#[derive(Debug)]
enum Slot {
    /// Somebody is asking.
    Asking,
    /// What came, and until when it is remembered.
    Came(Found, Instant),
}

#[derive(Debug, Default)]
struct Inner {
    questions: HashMap<Key, Slot>,
    /// Hosts that do not answer, and until when they are left alone.
    down: HashMap<String, Instant>,
    bytes: u64,
}

#[derive(Debug, Default)]
pub(super) struct Memory {
    inner: Mutex<Inner>,
    changed: Condvar,
}

impl Memory {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        // It is whole between any two of its changes, whoever panicked.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is remembered, what another thread is about to learn, or what asking gives; and whether it was known already.
    pub fn once(
        &self,
        key: Key,
        time: Duration,
        limits: &Limits,
        ask: impl FnOnce() -> Result<Vec<u8>, LookupError>,
    ) -> Result<(Vec<u8>, bool), LookupError> {
        let end = Instant::now() + time;
        let mut inner = self.lock();
        loop {
            let now = Instant::now();
            match inner.questions.get(&key) {
                Some(Slot::Came(found, until)) if now < *until => {
                    return found.clone().map(|bytes| (bytes.to_vec(), true));
                }
                Some(Slot::Asking) if now >= end => return Err(LookupError::Failed(TIMEOUT.to_owned())),
                Some(Slot::Asking) => {
                    let waited = self.changed.wait_timeout(inner, end.saturating_duration_since(now));
                    inner = waited.unwrap_or_else(PoisonError::into_inner).0;
                }
                Some(Slot::Came(..)) | None => break,
            }
        }
        inner.set(key, Slot::Asking);
        drop(inner);
        // Whatever happens, nobody waits for ever.
        let asked = Asked { memory: self, key };
        let found = ask();
        if lasts(&found) {
            self.put(key, found.as_deref().map(Arc::from).map_err(Clone::clone), limits);
        }
        drop(asked);
        found.map(|bytes| (bytes, false))
    }

    /// Remembers what came.
    pub fn put(&self, key: Key, found: Found, limits: &Limits) {
        let mut inner = self.lock();
        inner.set(key, Slot::Came(found, Instant::now() + limits.remember));
        inner.shrink(limits.memory_bytes);
    }

    /// An answer that came a moment ago.
    pub fn recall(&self, key: &Key) -> Option<Vec<u8>> {
        match self.lock().questions.get(key) {
            Some(Slot::Came(Ok(bytes), until)) if Instant::now() < *until => Some(bytes.to_vec()),
            _ => None,
        }
    }

    pub fn is_down(&self, host: &str) -> bool {
        self.lock().down.get(host).is_some_and(|until| Instant::now() < *until)
    }

    pub fn note_down(&self, host: String, time: Duration) {
        let mut inner = self.lock();
        if inner.down.len() >= MOST {
            inner.down.clear();
        }
        inner.down.insert(host, Instant::now() + time);
    }
}

/// Whether it would be the same for the next message: not where time is what was missing, nor what is remembered of the host.
fn lasts(found: &Result<Vec<u8>, LookupError>) -> bool {
    !matches!(found, Err(error) if [TIMEOUT, HOST_DOWN].contains(&error.code()))
}

/// Somebody asks; at the end of it the others are woken.
struct Asked<'a> {
    memory: &'a Memory,
    key: Key,
}

impl Drop for Asked<'_> {
    fn drop(&mut self) {
        let mut inner = self.memory.lock();
        if matches!(inner.questions.get(&self.key), Some(Slot::Asking)) {
            inner.questions.remove(&self.key);
        }
        drop(inner);
        self.memory.changed.notify_all();
    }
}

impl Inner {
    fn set(&mut self, key: Key, slot: Slot) {
        self.bytes = self.bytes.saturating_add(slot.bytes());
        if let Some(before) = self.questions.insert(key, slot) {
            self.bytes = self.bytes.saturating_sub(before.bytes());
        }
    }

    /// Forgets answers until what is left is within its limits: what is over, then whatever comes first.
    fn shrink(&mut self, bytes: u64) {
        let now = Instant::now();
        for over in [true, false] {
            if self.bytes <= bytes && self.questions.len() <= MOST {
                return;
            }
            let Self { questions, bytes: held, .. } = self;
            questions.retain(|_, slot| {
                let keeps = match slot {
                    Slot::Asking => true,
                    Slot::Came(_, until) => over && now < *until,
                };
                if !keeps {
                    *held = held.saturating_sub(slot.bytes());
                }
                keeps
            });
        }
    }
}

impl Slot {
    fn bytes(&self) -> u64 {
        match self {
            Self::Came(Ok(bytes), _) => bytes.len() as u64,
            Self::Asking | Self::Came(Err(_), _) => 0,
        }
    }
}

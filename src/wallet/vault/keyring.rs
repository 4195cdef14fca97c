//! Keys in the system's keyring: Secret Service, Keychain, Credential Manager.
//!
//! The keyring may ask the user for a password of its own and wait for it, and a broken one may never answer. Every call
//! therefore runs on one thread of its own, and the caller waits for a bounded time.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, OnceLock, Weak};
use std::thread;
use std::time::Duration;

use keyring::{Entry, Error};
use secrecy::SecretString;
use zeroize::Zeroizing;

use super::pieces::{self, Entries};
use super::{Vault, VaultError, decode, encode, lock};
use crate::crypto::{PrivateKey, PrivateKeyOperations};

/// The name under which the keyring shows the entries.
const SERVICE: &str = "Waxwing";

/// How long an answer may take that needs nobody.
const ANSWER: Duration = Duration::from_secs(10);

/// How long an answer may take when the system may first ask the user for the keyring's password.
const DIALOG: Duration = Duration::from_secs(180);

type Work = Box<dyn FnOnce() + Send>;

/// Keeps keys in the system's keyring. A key that is in use is kept in memory and wiped with its last handle.
#[derive(Default)]
pub struct KeyringVault {
    in_use: Mutex<HashMap<String, Weak<PrivateKey>>>,
}

impl std::fmt::Debug for KeyringVault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyringVault")
    }
}

impl KeyringVault {
    /// The keyring of this session. Nothing is asked of it yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn get(&self, id: &str) -> Result<Arc<PrivateKey>, VaultError> {
        if let Some(key) = lock(&self.in_use).get(id).and_then(Weak::upgrade) {
            return Ok(key);
        }
        let name = id.to_owned();
        let pkcs8 = ask(DIALOG, move || pieces::load(&System, &name))?;
        let key = Arc::new(decode(id, &pkcs8)?);
        let mut in_use = lock(&self.in_use);
        in_use.retain(|_, key| key.strong_count() > 0);
        in_use.insert(id.to_owned(), Arc::downgrade(&key));
        Ok(key)
    }
}

impl Vault for KeyringVault {
    fn name(&self) -> &'static str {
        "keyring"
    }

    fn ready(&self) -> Result<(), VaultError> {
        // Looking for an entry that is not there opens no dialog, also when the keyring is locked.
        ask(ANSWER, || System.get("ready").map(drop))
    }

    fn unlock(&self, _: &SecretString) -> Result<(), VaultError> {
        // The system asks for the keyring's password itself.
        self.ready()
    }

    fn lock(&self) {
        lock(&self.in_use).clear();
    }

    fn store(&self, id: &str, key: &PrivateKey) -> Result<(), VaultError> {
        let pkcs8 = encode(id, key)?;
        let id = id.to_owned();
        ask(DIALOG, move || pieces::store(&System, &id, &pkcs8))
    }

    fn key(&self, id: &str) -> Result<Arc<dyn PrivateKeyOperations>, VaultError> {
        Ok(self.get(id)?)
    }

    fn remove(&self, id: &str) -> Result<(), VaultError> {
        lock(&self.in_use).remove(id);
        let id = id.to_owned();
        ask(DIALOG, move || pieces::remove(&System, &id))
    }

    fn export(&self, id: &str) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        encode(id, &*self.get(id)?)
    }
}

/// The entries of this program in the system's keyring.
struct System;

impl Entries for System {
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        match entry(name)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(refusal(error)),
        }
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        entry(name)?.set_secret(secret).map_err(unwritten)
    }

    fn delete(&self, name: &str) -> Result<(), VaultError> {
        match entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(refusal(error)),
        }
    }
}

/// An entry, whether it exists or not. The first call connects to the keyring, once for the life of the program.
fn entry(name: &str) -> Result<Entry, VaultError> {
    match Entry::store_status() {
        Ok(()) => {}
        Err(Error::PlatformFailure(reason) | Error::NoStorageAccess(reason)) => {
            return Err(VaultError::Unavailable(reason.to_string()));
        }
        Err(error) => return Err(VaultError::Unavailable(error.to_string())),
    }
    Entry::new(SERVICE, name).map_err(refusal)
}

/// What the keyring's error means here. Some of its errors carry the secret that was read: those are wiped.
fn refusal(error: Error) -> VaultError {
    match error {
        Error::NoStorageAccess(_) => VaultError::Locked,
        Error::NoEntry => VaultError::Missing,
        Error::NoDefaultStore => VaultError::Unavailable("none was found".to_owned()),
        Error::PlatformFailure(reason) => VaultError::Unavailable(reason.to_string()),
        Error::BadEncoding(secret) | Error::BadDataFormat(secret, _) => {
            drop(Zeroizing::new(secret));
            VaultError::Damaged
        }
        Error::Ambiguous(_) => VaultError::Failed("the keyring holds several entries of one name".to_owned()),
        other => VaultError::Failed(other.to_string()),
    }
}

/// What it means that the keyring did not take something. A Secret Service that cannot write its file, because the disk is full or
/// read-only, answers with an error that says no more than that.
fn unwritten(error: Error) -> VaultError {
    if let Error::PlatformFailure(reason) = &error {
        let words = reason.to_string();
        if ["org.freedesktop.DBus.Error.Failed", "No space left"].iter().any(|known| words.contains(known)) {
            return VaultError::Unwritten(words);
        }
    }
    refusal(error)
}

/// The thread that talks to the keyring.
struct Worker {
    queue: Mutex<Sender<Work>>,
    /// How many questions are still open whose askers gave up.
    given_up: Arc<AtomicUsize>,
}

fn worker() -> Result<&'static Worker, VaultError> {
    static WORKER: OnceLock<Worker> = OnceLock::new();
    if let Some(worker) = WORKER.get() {
        return Ok(worker);
    }
    let (queue, work) = mpsc::channel::<Work>();
    thread::Builder::new()
        .name("keyring".to_owned())
        .spawn(move || work.into_iter().for_each(|work| work()))
        .map_err(|error| VaultError::Unavailable(error.to_string()))?;
    // If another thread was faster, this worker's queue closes, and it ends.
    Ok(WORKER.get_or_init(|| Worker { queue: Mutex::new(queue), given_up: Arc::default() }))
}

/// What becomes of a question; whoever comes second, the asker who gives up or the worker who is done, sees it.
const OPEN: u8 = 0;
const DONE: u8 = 1;
const GIVEN_UP: u8 = 2;

/// Runs `question` on the worker and waits for the answer. While a question that was given up is still open, no other is asked.
fn ask<T: Send + 'static>(
    patience: Duration,
    question: impl FnOnce() -> Result<T, VaultError> + Send + 'static,
) -> Result<T, VaultError> {
    let silent = || VaultError::Unavailable("it does not answer".to_owned());
    let worker = worker()?;
    if worker.given_up.load(Ordering::SeqCst) > 0 {
        return Err(silent());
    }
    let state = Arc::new(AtomicU8::new(OPEN));
    let (answer, answered) = mpsc::sync_channel(1);
    let work: Work = {
        let (state, given_up) = (Arc::clone(&state), Arc::clone(&worker.given_up));
        Box::new(move || {
            if state.load(Ordering::SeqCst) == OPEN {
                // Nobody may listen any more.
                _ = answer.send(question());
            }
            if state.swap(DONE, Ordering::SeqCst) == GIVEN_UP {
                given_up.fetch_sub(1, Ordering::SeqCst);
            }
        })
    };
    lock(&worker.queue).send(work).map_err(|_| silent())?;
    match answered.recv_timeout(patience) {
        Ok(answer) => answer,
        Err(RecvTimeoutError::Timeout) => {
            worker.given_up.fetch_add(1, Ordering::SeqCst);
            if state.compare_exchange(OPEN, GIVEN_UP, Ordering::SeqCst, Ordering::SeqCst).is_ok() {
                return Err(silent());
            }
            // It was done at the last moment.
            worker.given_up.fetch_sub(1, Ordering::SeqCst);
            answered.try_recv().unwrap_or_else(|_| Err(silent()))
        }
        // The worker panicked: with it the keyring is gone for this run.
        Err(RecvTimeoutError::Disconnected) => Err(silent()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    /// A keyring that hangs costs the caller a bounded time, the next ones none, and works again once it answers.
    #[test]
    fn a_silent_keyring_blocks_nobody() {
        let (release, hold) = mpsc::channel::<()>();
        let silent = Err(VaultError::Unavailable("it does not answer".to_owned()));
        assert_eq!(ask(Duration::from_secs(10), || Ok(7)), Ok(7));
        assert_eq!(ask(Duration::from_millis(20), move || hold.recv().map_err(|_| VaultError::Missing)), silent);
        let start = std::time::Instant::now();
        assert_eq!(ask(DIALOG, || Ok(())), silent);
        assert!(start.elapsed() < Duration::from_secs(5));
        release.send(()).unwrap();
        while ask(DIALOG, || Ok(())).is_err() {
            assert!(start.elapsed() < Duration::from_secs(60));
            thread::yield_now();
        }
    }
}

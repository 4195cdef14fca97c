//! Names that last through a power failure. A new name lasts when its folder was synced, which takes the disk as long for one
//! new name as for many.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Makes the names of new files last: each at once, or those of many files together when somebody asks.
#[derive(Debug, Default)]
pub(super) struct Names {
    together: bool,
    /// With names that may not last yet.
    folders: Mutex<BTreeSet<PathBuf>>,
    /// Held while folders are synced: whoever asks meanwhile waits for them.
    syncing: Mutex<()>,
}

impl Names {
    /// Those of many files together.
    pub fn together() -> Self {
        Self { together: true, ..Self::default() }
    }

    /// A new name stands in this folder.
    pub fn given_in(&self, folder: &Path) {
        if self.together {
            lock(&self.folders).insert(folder.to_owned());
        } else {
            sync(folder);
        }
    }

    /// Returns when all names that were given before last.
    pub fn make_last(&self) {
        self.with_folders(sync);
    }

    fn with_folders(&self, sync: impl Fn(&Path)) {
        let _syncing = lock(&self.syncing);
        let folders = std::mem::take(&mut *lock(&self.folders));
        folders.iter().for_each(|folder| sync(folder));
    }
}

/// Where folders cannot be synced there is nothing to do about it.
fn sync(folder: &Path) {
    if cfg!(unix) {
        _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Nobody fails inside.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
    use std::thread;
    use std::time::Duration;

    use super::*;

    fn synced(names: &Names) -> Vec<PathBuf> {
        let synced = Mutex::new(Vec::new());
        names.with_folders(|folder| lock(&synced).push(folder.to_owned()));
        synced.into_inner().unwrap()
    }

    /// A folder is synced once for all its names, and again for the next ones; nothing is left to do where each lasts at once.
    #[test]
    fn a_folder_is_synced_once_for_all_its_names() {
        let names = Names::together();
        for folder in ["b", "a", "b", "b"] {
            names.given_in(Path::new(folder));
        }
        assert_eq!(synced(&names), [Path::new("a"), Path::new("b")]);
        assert!(synced(&names).is_empty());
        names.given_in(Path::new("b"));
        assert_eq!(synced(&names), [Path::new("b")]);
        let names = Names::default();
        names.given_in(Path::new("a"));
        assert!(synced(&names).is_empty());
    }

    /// Nobody is told that a name lasts while another thread is still syncing its folder.
    #[test]
    fn who_asks_while_folders_are_synced_waits() {
        let names = Names::together();
        names.given_in(Path::new("a"));
        let (begun, ended) = (AtomicBool::new(false), AtomicBool::new(false));
        thread::scope(|scope| {
            scope.spawn(|| {
                names.with_folders(|_| {
                    begun.store(true, SeqCst);
                    thread::sleep(Duration::from_millis(50));
                    ended.store(true, SeqCst);
                });
            });
            while !begun.load(SeqCst) {
                thread::yield_now();
            }
            names.make_last();
            assert!(ended.load(SeqCst));
        });
    }
}

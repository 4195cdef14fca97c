//! Names that outlive a power failure. A new name is on the disk when its folder was synced, which takes as long for one new
//! name in it as for many.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The names of new files on their way to the disk: each goes at once, or those of many files together by [`Names::sync`].
#[derive(Debug, Default)]
pub struct Names {
    together: bool,
    /// With names that may not be on the disk yet.
    folders: Mutex<BTreeSet<PathBuf>>,
    /// Held while folders are synced: whoever asks meanwhile waits for them.
    syncing: Mutex<()>,
}

impl Names {
    pub(super) fn together() -> Self {
        Self { together: true, ..Self::default() }
    }

    /// A new name stands in this folder.
    pub(super) fn given_in(&self, folder: &Path) {
        self.given(folder, sync);
    }

    fn given(&self, folder: &Path, sync: impl Fn(&Path)) {
        if self.together {
            lock(&self.folders).insert(folder.to_owned());
        } else {
            sync(folder);
        }
    }

    /// Brings all names that were given before this call to the disk, as far as the system lets folders be synced.
    pub fn sync(&self) {
        self.sync_by(sync);
    }

    pub(super) fn sync_by(&self, sync: impl Fn(&Path)) {
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

    /// A folder is synced once for all its names, and again for the next ones.
    #[test]
    fn names_go_to_the_disk_together() {
        let names = Names::together();
        let synced = Mutex::new(Vec::new());
        let sync = |folder: &Path| lock(&synced).push(folder.to_owned());
        for folder in ["b", "a", "b", "b"] {
            names.given(Path::new(folder), sync);
        }
        assert!(lock(&synced).is_empty());
        names.sync_by(sync);
        names.sync_by(sync);
        assert_eq!(*lock(&synced), [Path::new("a"), Path::new("b")]);
        names.given(Path::new("b"), sync);
        names.sync_by(sync);
        assert_eq!(lock(&synced).len(), 3);
    }

    /// Who asked for nothing else is told of a file when its name is on the disk.
    #[test]
    fn names_go_to_the_disk_at_once() {
        let names = Names::default();
        let synced = Mutex::new(0);
        let sync = |_: &Path| *lock(&synced) += 1;
        names.given(Path::new("a"), sync);
        assert_eq!(*lock(&synced), 1);
        names.sync_by(sync);
        assert_eq!(*lock(&synced), 1);
    }

    /// Nobody is told that a name is on the disk while another thread is still syncing its folder.
    #[test]
    fn who_asks_while_folders_are_synced_waits() {
        let names = Names::together();
        names.given_in(Path::new("a"));
        let (begun, ended) = (AtomicBool::new(false), AtomicBool::new(false));
        thread::scope(|scope| {
            scope.spawn(|| {
                names.sync_by(|_| {
                    begun.store(true, SeqCst);
                    thread::sleep(Duration::from_millis(50));
                    ended.store(true, SeqCst);
                });
            });
            while !begun.load(SeqCst) {
                thread::yield_now();
            }
            names.sync();
            assert!(ended.load(SeqCst));
        });
    }
}

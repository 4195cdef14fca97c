//! What takes the disk as long for one as for many: done once for all threads that wait for it.

use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Work on folders. Who asks while it is being done waits for the next time, which serves all who asked until then.
pub(super) struct Together {
    asked: Mutex<Asked>,
    done: Condvar,
}

struct Asked {
    /// What the next time is about.
    folders: Vec<PathBuf>,
    /// How many asked, and how many of them are served.
    count: u64,
    served: u64,
    busy: bool,
}

impl Together {
    pub const fn new() -> Self {
        let asked = Asked { folders: Vec::new(), count: 0, served: 0, busy: false };
        Self { asked: Mutex::new(asked), done: Condvar::new() }
    }

    /// Returns when `work` was done on a folder, from beginning to end after this call: here or by another thread.
    pub fn once_for_all(&self, folder: &Path, work: impl Fn(&Path)) {
        let mut asked = self.lock();
        asked.count += 1;
        let mine = asked.count;
        if asked.folders.iter().all(|other| other != folder) {
            asked.folders.push(folder.to_owned());
        }
        while asked.served < mine {
            if asked.busy {
                asked = self.done.wait(asked).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            asked.busy = true;
            let (folders, until) = (std::mem::take(&mut asked.folders), asked.count);
            drop(asked);
            folders.iter().for_each(|folder| work(folder));
            asked = self.lock();
            (asked.busy, asked.served) = (false, until);
            self.done.notify_all();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
    use std::thread;
    use std::time::Duration;

    use super::*;

    /// Nobody is told that a name lasts before its own folder was synced after it was given; and many share one time.
    #[test]
    fn nobody_goes_before_the_work_is_done() {
        let together = Together::new();
        let folders = [Path::new("a"), Path::new("b")];
        let (begun, ended) = ([const { AtomicU32::new(0) }; 2], [const { AtomicU32::new(0) }; 2]);
        let work = |folder: &Path| {
            let at = folders.iter().position(|other| *other == folder).unwrap();
            let number = begun[at].fetch_add(1, SeqCst) + 1;
            thread::sleep(Duration::from_millis(1));
            ended[at].store(number, SeqCst);
        };
        thread::scope(|scope| {
            for thread in 0..16 {
                let (together, work, begun, ended) = (&together, &work, &begun, &ended);
                scope.spawn(move || {
                    for _ in 0..20 {
                        let before = begun[thread % 2].load(SeqCst);
                        together.once_for_all(folders[thread % 2], work);
                        assert!(ended[thread % 2].load(SeqCst) > before);
                    }
                });
            }
        });
        let times = begun.map(AtomicU32::into_inner);
        assert!(times.iter().all(|times| *times < 160), "{times:?} times for 160 each");
    }
}

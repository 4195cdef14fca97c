//! Many messages: looked at by every core, answered in the order of the files.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use waxwing::jobs::{Progress, size};

use crate::bar;
use crate::interrupt::Interrupt;

/// How far a worker may run ahead of what was answered, so that answers do not pile up behind a long message.
const AHEAD: usize = 256;

/// Workers for each core where results are written: they wait for the disk, which writes many of them as fast as one.
const WAITING: usize = 16;

/// Workers at most.
const MOST: usize = 64;

/// Bytes from which on a message is large: it takes more memory, and more than one core.
const LARGE: u64 = 1 << 20;

/// Which file is next, and how many were answered.
struct Turn {
    next: usize,
    answered: usize,
    /// Large messages that are being worked on.
    large: usize,
    /// Workers whose turn has not come.
    idle: usize,
    over: bool,
}

struct Queue<'a> {
    files: &'a [PathBuf],
    /// So many large messages at once.
    most_large: usize,
    turn: Mutex<Turn>,
    moved: Condvar,
}

/// A file whose turn it is.
struct Taken<'a> {
    number: usize,
    file: &'a Path,
    large: bool,
}

impl<'a> Queue<'a> {
    fn lock(&self) -> MutexGuard<'_, Turn> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next file, when its turn has come.
    fn take(&self) -> Option<Taken<'a>> {
        let mut turn = self.lock();
        let taken = loop {
            let number = turn.next;
            let Some(file) = self.files.get(number).filter(|_| !turn.over) else { break None };
            if number < turn.answered + AHEAD {
                let large = size(file) >= LARGE;
                if !large || turn.large < self.most_large {
                    turn.next += 1;
                    turn.large += usize::from(large);
                    break Some(Taken { number, file, large });
                }
            }
            turn.idle += 1;
            turn = self.moved.wait(turn).unwrap_or_else(PoisonError::into_inner);
            turn.idle -= 1;
        };
        // There may be more to take, or nothing at all any more.
        if taken.is_none() || turn.next < turn.answered + AHEAD {
            self.wake(&turn);
        }
        taken
    }

    /// Wakes one worker, who wakes the next one if there is something for both: waking all of them for one file each time costs
    /// more than small messages do.
    fn wake(&self, turn: &Turn) {
        if turn.idle > 0 {
            self.moved.notify_one();
        }
    }

    fn change(&self, change: impl FnOnce(&mut Turn)) {
        let mut turn = self.lock();
        change(&mut turn);
        self.wake(&turn);
    }
}

/// Nobody waits for a turn any more once it is gone: all is answered, or an answer failed, or a panic goes through.
struct Over<'a>(&'a Queue<'a>);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.change(|turn| turn.over = true);
    }
}

/// Does `work` for every file and hands the results to `answer` in order, until it fails or somebody interrupts. For work that
/// writes files `sync` brings their names to the disk before they are answered: those of all that are there at once, as a folder
/// takes as long for many as for one.
pub fn in_order<T: Send>(
    files: &[PathBuf],
    interrupt: &Interrupt,
    sync: Option<&dyn Fn()>,
    work: impl Fn(&Path, &Progress) -> T + Sync,
    mut answer: impl FnMut(T) -> io::Result<()>,
) -> io::Result<()> {
    if files.len() == 1 {
        return one_by_one(files, interrupt, sync, work, answer);
    }
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let workers = if sync.is_some() { cores * WAITING } else { cores }.min(files.len()).min(MOST);
    let turn = Mutex::new(Turn { next: 0, answered: 0, large: 0, idle: 0, over: false });
    let queue = Queue { files, most_large: 2 * cores, turn, moved: Condvar::new() };
    let (sender, results) = mpsc::channel();
    thread::scope(|scope| {
        let _over = Over(&queue);
        let start = |worker: &usize| {
            let (worker, sender, queue, work) = (*worker, sender.clone(), &queue, &work);
            let serve = move || {
                while let Some(Taken { number, file, large }) = queue.take() {
                    let result = work(file, &interrupt.progress(worker));
                    if large {
                        queue.change(|turn| turn.large -= 1);
                    }
                    // There is always somebody to take it.
                    _ = sender.send((number, result));
                    if interrupt.asked() {
                        break;
                    }
                }
            };
            thread::Builder::new().spawn_scoped(scope, serve).is_ok()
        };
        // As many as the system has threads to give.
        if (0..workers).take_while(start).count() == 0 {
            return one_by_one(files, interrupt, sync, &work, answer);
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut answered = 0;
        while let Ok(first) = results.recv() {
            waiting.insert(first.0, first.1);
            waiting.extend(results.try_iter());
            if let Some(sync) = sync
                && waiting.contains_key(&answered)
            {
                sync();
            }
            while let Some(result) = waiting.remove(&answered) {
                answer(result)?;
                answered += 1;
                queue.change(|turn| turn.answered = answered);
            }
        }
        Ok(())
    })
}

/// One after the other, with a bar.
fn one_by_one<T>(
    files: &[PathBuf],
    interrupt: &Interrupt,
    sync: Option<&dyn Fn()>,
    work: impl Fn(&Path, &Progress) -> T,
    mut answer: impl FnMut(T) -> io::Result<()>,
) -> io::Result<()> {
    for file in files {
        let progress = interrupt.progress(0);
        let result = bar::beside(&file.to_string_lossy(), &progress, || work(file, &progress));
        if let Some(sync) = sync {
            sync();
        }
        answer(result)?;
        if interrupt.asked() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    fn files(count: usize) -> Vec<PathBuf> {
        (0..count).map(|number| PathBuf::from(number.to_string())).collect()
    }

    /// Scripts pair the lines with the files that they named, whichever message takes longest.
    #[test]
    fn answers_come_in_the_order_of_the_files() {
        let files = files(500);
        let mut answers = Vec::new();
        let work = |file: &Path, _: &Progress| {
            if file.ends_with("3") {
                thread::sleep(Duration::from_millis(20));
            }
            file.to_owned()
        };
        in_order(&files, &Interrupt::default(), Some(&|| ()), work, |file| {
            answers.push(file);
            Ok(())
        })
        .unwrap();
        assert_eq!(answers, files);
    }

    /// Nobody hears of a result that a power failure could still undo.
    #[test]
    fn results_last_before_they_are_answered() {
        for count in [1, 500] {
            let (made, lasting) = (Mutex::new(BTreeSet::new()), Mutex::new(BTreeSet::new()));
            let sync = || lasting.lock().unwrap().append(&mut made.lock().unwrap());
            let work = |file: &Path, _: &Progress| {
                made.lock().unwrap().insert(file.to_owned());
                file.to_owned()
            };
            let mut answered = 0;
            in_order(&files(count), &Interrupt::default(), Some(&sync), work, |file| {
                assert!(lasting.lock().unwrap().contains(&file), "{}", file.display());
                answered += 1;
                Ok(())
            })
            .unwrap();
            assert_eq!(answered, count);
        }
    }

    /// Memory is bounded: of large messages few are worked on at once, of small ones many wait for the disk together.
    #[test]
    fn large_ones_are_few_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let most_large = 2 * cores;
        for (bytes, expected) in [(LARGE, 2..=most_large), (1, MOST.min(most_large + 1)..=MOST)] {
            let file = |number| folder.path().join(format!("{bytes}-{number}"));
            let files: Vec<_> = (0..200).map(file).collect();
            for file in &files {
                std::fs::File::create(file).unwrap().set_len(bytes).unwrap();
            }
            let (now, peak) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let work = |_: &Path, _: &Progress| {
                peak.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                thread::sleep(Duration::from_millis(2));
                now.fetch_sub(1, Ordering::SeqCst);
            };
            in_order(&files, &Interrupt::default(), Some(&|| ()), work, |()| Ok(())).unwrap();
            let peak = peak.into_inner();
            assert!(expected.contains(&peak), "{peak} of {bytes} bytes at once");
        }
    }

    /// A reader that goes away ends the run, and no worker waits for a turn that never comes.
    #[test]
    fn a_closed_output_ends_the_run() {
        let mut count = 0;
        let work = |_: &Path, _: &Progress| ();
        let result = in_order(&files(500), &Interrupt::default(), None, work, |()| {
            count += 1;
            if count == 3 { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
        });
        assert_eq!(result.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
        assert_eq!(count, 3);
    }

    /// A system that has no thread to give makes it slow, not impossible; it can be stopped as well.
    #[test]
    fn one_thread_does_it_too() {
        let (files, interrupt) = (files(5), Interrupt::default());
        let (synced, mut answers) = (AtomicUsize::new(0), Vec::new());
        let sync = || _ = synced.fetch_add(1, Ordering::SeqCst);
        let work = |file: &Path, _: &Progress| file.to_owned();
        one_by_one(&files, &interrupt, Some(&sync), work, |file| {
            answers.push(file);
            assert_eq!(synced.load(Ordering::SeqCst), answers.len());
            if answers.len() == 3 {
                interrupt.stop();
            }
            Ok(())
        })
        .unwrap();
        assert_eq!(answers, files[..3]);
    }

    /// An answer that panics ends the run as well: it must not hang.
    #[test]
    fn a_panic_ends_the_run() {
        let run = || in_order(&files(2 * AHEAD), &Interrupt::default(), None, |_, _| (), |()| panic!("on purpose"));
        assert!(std::panic::catch_unwind(run).is_err());
    }

    /// Somebody stops the run while a long message holds up all others: each worker that waits for its turn is woken and goes.
    #[test]
    fn a_stopped_run_ends_while_others_wait() {
        let files = files(2 * AHEAD);
        let interrupt = Interrupt::default();
        let work = |file: &Path, progress: &Progress| {
            while file.ends_with("0") && !progress.is_cancelled() {
                thread::sleep(Duration::from_millis(1));
            }
            // The last one that may run ahead of the first.
            if file.ends_with((AHEAD - 1).to_string()) {
                thread::sleep(Duration::from_millis(20));
                interrupt.stop();
            }
        };
        let mut count = 0;
        let answer = |()| {
            count += 1;
            Ok(())
        };
        in_order(&files, &interrupt, Some(&|| ()), work, answer).unwrap();
        assert!((AHEAD..files.len()).contains(&count), "{count}");
    }
}

//! Many messages: looked at by every core, answered in the order of the files.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use waxwing::jobs::Progress;

use crate::bar;
use crate::interrupt::Interrupt;

/// How far a worker may run ahead of what was answered, so that answers do not pile up behind a long message.
const AHEAD: usize = 64;

/// Workers for each core where results are written: they wait for the disk, which writes many of them as fast as one.
const WAITING: usize = 4;

/// Which file is next, and how many were answered.
struct Turn {
    next: usize,
    answered: usize,
    over: bool,
}

struct Queue {
    turn: Mutex<Turn>,
    moved: Condvar,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Turn> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next file's number, when its turn has come.
    fn take(&self, count: usize) -> Option<usize> {
        let mut turn = self.lock();
        while !turn.over && turn.next < count && turn.next >= turn.answered + AHEAD {
            turn = self.moved.wait(turn).unwrap_or_else(PoisonError::into_inner);
        }
        if turn.over || turn.next >= count {
            return None;
        }
        turn.next += 1;
        Some(turn.next - 1)
    }

    fn change(&self, change: impl FnOnce(&mut Turn)) {
        change(&mut self.lock());
        self.moved.notify_all();
    }
}

/// Does `work`, which may write files, for every file and hands the results to `answer` in order, until it fails or somebody interrupts.
pub fn in_order<T: Send>(
    files: &[PathBuf],
    interrupt: &Interrupt,
    writes: bool,
    work: impl Fn(&Path, &Progress) -> T + Sync,
    mut answer: impl FnMut(T) -> io::Result<()>,
) -> io::Result<()> {
    if let [file] = files {
        let progress = interrupt.progress(0);
        return answer(bar::beside(&file.to_string_lossy(), &progress, || work(file, &progress)));
    }
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let workers = if writes { cores * WAITING } else { cores }.min(files.len());
    let queue = Queue { turn: Mutex::new(Turn { next: 0, answered: 0, over: false }), moved: Condvar::new() };
    let (sender, results) = mpsc::channel();
    thread::scope(|scope| {
        for worker in 0..workers {
            let (sender, queue, work) = (sender.clone(), &queue, &work);
            scope.spawn(move || {
                while let Some(number) = queue.take(files.len()) {
                    let Some(file) = files.get(number) else { break };
                    let result = work(file, &interrupt.progress(worker));
                    if sender.send((number, result)).is_err() || interrupt.asked() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut answered = 0;
        for (number, result) in results {
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&answered) {
                if let Err(error) = answer(result) {
                    queue.change(|turn| turn.over = true);
                    return Err(error);
                }
                answered += 1;
                queue.change(|turn| turn.answered = answered);
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

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
        in_order(&files, &Interrupt::default(), true, work, |file| {
            answers.push(file);
            Ok(())
        })
        .unwrap();
        assert_eq!(answers, files);
    }

    /// A reader that goes away ends the run, and no worker waits for a turn that never comes.
    #[test]
    fn a_closed_output_ends_the_run() {
        let mut count = 0;
        let work = |_: &Path, _: &Progress| ();
        let result = in_order(&files(500), &Interrupt::default(), false, work, |()| {
            count += 1;
            if count == 3 { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
        });
        assert_eq!(result.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
        assert_eq!(count, 3);
    }
}

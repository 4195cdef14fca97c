//! A bar on the terminal for work that takes a while.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use waxwing::jobs::Progress;
use waxwing::mime::header::one_line;

/// How often the bar moves.
const TICK: Duration = Duration::from_millis(100);

/// Work that ends sooner than after so many ticks shows no bar.
const PATIENCE: u32 = 7;

/// Somebody is asked something: no bar may write over the question.
static ASIDE: AtomicBool = AtomicBool::new(false);

/// A bar is to be seen.
static SHOWN: AtomicBool = AtomicBool::new(false);

/// Does `work`, and shows its progress on standard error if that is a terminal.
pub fn beside<T>(name: &str, progress: &Progress, work: impl FnOnce() -> T) -> T {
    if !std::io::stderr().is_terminal() {
        return work();
    }
    thread::scope(|scope| {
        let (end, ended) = mpsc::channel::<()>();
        let show = move || {
            let mut bar: Option<ProgressBar> = None;
            let mut quiet = 0;
            while ended.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                quiet += 1;
                if ASIDE.load(Ordering::SeqCst) {
                    quiet = 0;
                    clear(bar.take());
                } else if quiet >= PATIENCE && progress.get().1 > 0 {
                    SHOWN.store(true, Ordering::SeqCst);
                    let bar = bar.get_or_insert_with(|| new(name));
                    let (done, total) = progress.get();
                    bar.set_length(total.max(done));
                    bar.set_position(done);
                }
            }
            clear(bar);
        };
        // Where the system has no thread to give there is no bar.
        _ = thread::Builder::new().spawn_scoped(scope, show);
        let result = work();
        drop(end);
        result
    })
}

/// Does `work`, which writes to the terminal itself, while no bar is to be seen.
pub fn aside<T>(work: impl FnOnce() -> T) -> T {
    ASIDE.store(true, Ordering::SeqCst);
    for _ in 0..PATIENCE {
        if SHOWN.load(Ordering::SeqCst) {
            thread::sleep(TICK);
        }
    }
    let result = work();
    ASIDE.store(false, Ordering::SeqCst);
    result
}

fn new(name: &str) -> ProgressBar {
    let bar = ProgressBar::no_length();
    let style = ProgressStyle::with_template("{msg} {bar:30} {bytes}/{total_bytes} {eta}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message(one_line(name));
    bar
}

fn clear(bar: Option<ProgressBar>) {
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    SHOWN.store(false, Ordering::SeqCst);
}

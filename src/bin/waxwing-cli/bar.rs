//! A bar on the terminal for work that takes a while.

use std::io::IsTerminal;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use waxwing::jobs::Progress;

/// Work that ends sooner shows no bar.
const PATIENCE: Duration = Duration::from_millis(700);

/// How often the bar moves.
const TICK: Duration = Duration::from_millis(100);

/// Does `work`, and shows its progress on standard error if that is a terminal.
pub fn beside<T>(name: &str, progress: &Progress, work: impl FnOnce() -> T) -> T {
    if !std::io::stderr().is_terminal() {
        return work();
    }
    thread::scope(|scope| {
        let (end, ended) = mpsc::channel::<()>();
        scope.spawn(move || {
            if ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                let bar = ProgressBar::no_length();
                let style = ProgressStyle::with_template("{msg} {bar:30} {bytes}/{total_bytes} {eta}");
                bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
                bar.set_message(name.to_owned());
                while ended.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                    let (done, total) = progress.get();
                    bar.set_length(total.max(done));
                    bar.set_position(done);
                }
                bar.finish_and_clear();
            }
        });
        let result = work();
        drop(end);
        result
    })
}

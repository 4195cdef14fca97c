//! Time and memory of `waxwing-cli` beside openssl, gpgsm and NSS, on the same files, in turns: `make bench`.
//!
//! Writes docs/performance.md (what stands between its marks) and the plots beside it. The size of the large message in
//! megabytes is the first argument: `make bench SIZE=500`. What is shown is the best of several runs of each program, one after
//! the other in turns, since whatever else a machine does makes runs slower and never faster. Fails when a run of ours takes more
//! than 64 MiB.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a benchmark")]

#[path = "../../tests/common/mod.rs"]
mod common;
mod large;
mod letters;
mod many;
mod measure;
mod page;
mod plot;
mod scale;
mod tools;
#[cfg(target_os = "linux")]
mod window;

use std::process::ExitCode;

use common::folder;
use tools::Tools;

fn main() -> ExitCode {
    let numbers: Vec<u64> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let size = numbers.first().copied().unwrap_or(1000);
    // Bytes of the largest message of the plots, in megabytes, and the largest number of messages.
    let largest = numbers.get(1).copied().unwrap_or(4 * size);
    let most = numbers.get(2).copied().unwrap_or(100_000);
    let home = folder();
    let tools = Tools::new(home.path());
    let mut page = page::Page::new(size, &tools);
    page.add(&large::table(&tools, size));
    page.add(&many::tables(&tools));
    #[cfg(target_os = "linux")]
    page.add(&window::table(&tools));
    page.write();
    page.add(&scale::plots(&tools, largest, most));
    page.write();
    let over = measure::over();
    over.iter().for_each(|line| eprintln!("{line}"));
    if over.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

//! One named test for each file with keys, certificates or post-quantum signatures of other programs. They are no part of the
//! project; where they are absent the tests say so.
//!
//! Every exception gives its reason; one that is none any more fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "../common/mod.rs"]
mod common;

mod bundles;
mod keys;
mod lists;
mod others;
mod pkcs12;
mod signatures;
mod structures;

use std::process::ExitCode;

use common::named;

fn main() -> ExitCode {
    let all = [
        pkcs12::trials(),
        signatures::trials(),
        keys::trials(),
        bundles::trials(),
        lists::trials(),
        structures::trials(),
    ];
    let mut trials: Vec<_> = all.into_iter().flatten().collect();
    trials.push(others::trial(&trials));
    trials.push(named::asserting("exceptions_about_nothing_are_found", || {
        let trials = [named::absent("set/file")];
        assert_eq!(named::unused(&[("/file", "", ""), ("/other", "", "")], &trials), ["/other"]);
    }));
    named::run(trials)
}

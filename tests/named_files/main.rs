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
    let unused: Vec<_> = [pkcs12::EXCEPTIONS, keys::EXCEPTIONS, bundles::EXCEPTIONS]
        .iter()
        .flat_map(|it| named::unused(it, &trials))
        .collect();
    trials.push(named::test("every_exception_is_one", move || {
        if unused.is_empty() { Ok(()) } else { Err(format!("these are about nothing: {unused:?}")) }
    }));
    named::run(trials)
}

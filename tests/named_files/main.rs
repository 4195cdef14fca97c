//! One named test for each file with keys, certificates or post-quantum signatures of other programs. They are no part of the
//! project; where they are absent the tests say so.
//!
//! Every exception gives its reason; one that is none any more fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "../common/mod.rs"]
mod common;

mod bundles;
mod keys;
mod pkcs12;
mod signatures;

use std::process::ExitCode;

fn main() -> ExitCode {
    let trials = [pkcs12::trials(), signatures::trials(), keys::trials(), bundles::trials()];
    common::named::run(trials.into_iter().flatten().collect())
}

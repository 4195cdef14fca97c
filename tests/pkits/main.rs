//! NIST's Public Key Interoperability Test Suite: one test for each row of its expected table, once for the path alone and once,
//! where there is a message, through `waxwing-cli verify`; and one for each end entity that the table leaves out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::process::ExitCode;
use std::sync::Arc;

#[path = "../common/mod.rs"]
mod common;

mod certificates;
mod messages;
mod paths;
mod suite;

use common::named::{self, Exceptions};
use suite::Suite;

/// Tests that do not give what the suite asks for, and why: at most two, and each must fail.
const EXCEPTIONS: Exceptions = &[];

fn main() -> ExitCode {
    let Some(suite) = Suite::find() else {
        return named::run(vec![named::absent("nist-pkits is not here: skipped")]);
    };
    let suite = Arc::new(suite);
    let mut trials = vec![named::test("the_suite_is_whole", {
        let suite = Arc::clone(&suite);
        move || suite.is_whole()
    })];
    for row in &suite.rows {
        let (name, of) = (format!("path::{}", row.name()), (Arc::clone(&suite), row.clone()));
        trials.push(named::excepted(name, EXCEPTIONS, move || paths::check(&of.0, &of.1)));
        if row.asks_nothing() {
            let (name, of) = (format!("message::{}", row.name()), (Arc::clone(&suite), row.clone()));
            trials.push(named::excepted(name, EXCEPTIONS, move || messages::check(&of.0, &of.1)));
        }
    }
    for case in certificates::cases(&suite) {
        let suite = Arc::clone(&suite);
        let name = format!("certificate::{}", case.name());
        trials.push(named::excepted(name, EXCEPTIONS, move || certificates::check(&suite, &case)));
    }
    named::run(trials)
}

//! NIST's Public Key Interoperability Test Suite: one test for each row of its expected table, once for the path alone and once,
//! where there is a message, through `waxwing-cli verify`; and one for each end entity that the table leaves out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};

#[path = "../common/mod.rs"]
mod common;

mod certificates;
mod messages;
mod paths;
mod suite;

use suite::Suite;

/// Tests that do not give what the suite asks for, and why: at most two, and each must fail.
const EXCEPTIONS: &[(&str, &str)] = &[];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let Some(suite) = Suite::find() else {
        let absent = Trial::test("nist-pkits is not here: skipped", || Ok(())).with_ignored_flag(true);
        return libtest_mimic::run(&arguments, vec![absent]).exit_code();
    };
    let suite = Arc::new(suite);
    let mut trials = vec![Trial::test("the_suite_is_whole", {
        let suite = Arc::clone(&suite);
        move || suite.is_whole()
    })];
    for row in &suite.rows {
        let (name, of) = (format!("path::{}", row.name()), (Arc::clone(&suite), row.clone()));
        trials.push(trial(name, move || paths::check(&of.0, &of.1)));
        if row.asks_nothing() {
            let (name, of) = (format!("message::{}", row.name()), (Arc::clone(&suite), row.clone()));
            trials.push(trial(name, move || messages::check(&of.0, &of.1)));
        }
    }
    for case in certificates::cases(&suite) {
        let suite = Arc::clone(&suite);
        trials.push(trial(format!("certificate::{}", case.name()), move || certificates::check(&suite, &case)));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// A test, turned round where it is an exception.
fn trial(name: String, check: impl FnOnce() -> Result<(), String> + Send + 'static) -> Trial {
    let reason = EXCEPTIONS.iter().find(|(excepted, _)| *excepted == name).map(|(_, reason)| *reason);
    Trial::test(name, move || match (check(), reason) {
        (Ok(()), Some(reason)) => Err(Failed::from(format!("it passes now, though: {reason}"))),
        (Err(_), Some(_)) => Ok(()),
        (result, None) => result.map_err(Failed::from),
    })
}

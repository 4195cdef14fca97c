//! Tests that bear the name of what they look at: one for each file, mail or row of a table.

use std::collections::HashSet;
use std::process::ExitCode;
use std::sync::Mutex;

use libtest_mimic::{Arguments, Failed, Trial};

/// Names, or their ends, of what does not do what its origin says; words of the error that comes instead; and why.
pub type Exceptions = &'static [(&'static str, &'static str, &'static str)];

/// Every list of exceptions that a test was made with.
static LISTS: Mutex<Vec<Exceptions>> = Mutex::new(Vec::new());

/// Runs the tests that the command line asks for. No two have one name, or a table has a row twice; no exception is about nothing.
pub fn run(mut trials: Vec<Trial>) -> ExitCode {
    let lists = LISTS.lock().unwrap().clone();
    if !lists.is_empty() {
        let unused: Vec<_> = lists.iter().flat_map(|list| unused(list, &trials)).collect();
        trials.push(test("every_exception_is_one", move || match unused.is_empty() {
            true => Ok(()),
            false => Err(format!("these are about nothing: {unused:?}")),
        }));
    }
    let mut names = HashSet::new();
    for name in trials.iter().map(Trial::name) {
        assert!(names.insert(name), "two tests are called {name}");
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// A test of that name; it fails by an error or by a panic.
pub fn test(name: impl Into<String>, check: impl FnOnce() -> Result<(), String> + Send + 'static) -> Trial {
    Trial::test(name, move || check().map_err(Failed::from))
}

/// A test of that name that fails by a panic alone.
pub fn asserting(name: impl Into<String>, check: impl FnOnce() + Send + 'static) -> Trial {
    test(name, move || {
        check();
        Ok(())
    })
}

/// A test that must fail with the words of its exception where it is one, so that none outlives its reason.
pub fn excepted(
    name: String,
    exceptions: Exceptions,
    check: impl FnOnce() -> Result<(), String> + Send + 'static,
) -> Trial {
    let mut lists = LISTS.lock().unwrap();
    if !lists.contains(&exceptions) {
        lists.push(exceptions);
    }
    drop(lists);
    let exception = exceptions.iter().find(|(end, ..)| name.ends_with(end));
    test(name, move || match (check(), exception) {
        (Ok(()), Some((.., reason))) => Err(format!("it passes, but is listed: {reason}")),
        (Err(error), Some((_, words, reason))) if error.contains(words) => {
            println!("{reason} ({error})");
            Ok(())
        }
        (Err(error), Some((_, words, _))) => Err(format!("{error}, where \"{words}\" is expected")),
        (result, None) => result,
    })
}

/// The exceptions that are about nothing.
pub fn unused(exceptions: Exceptions, trials: &[Trial]) -> Vec<&'static str> {
    let is_used = |end: &str| trials.iter().any(|trial| trial.name().ends_with(end));
    exceptions.iter().map(|(end, ..)| *end).filter(|end| !is_used(end)).collect()
}

/// Stands for tests whose data is not at hand; it counts as ignored.
pub fn absent(name: impl Into<String>) -> Trial {
    Trial::test(name, || Ok(())).with_ignored_flag(true)
}

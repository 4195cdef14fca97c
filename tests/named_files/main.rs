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

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};

/// A file, and why it does not do what its origin says.
type Exceptions = &'static [(&'static str, &'static str)];

fn main() {
    let arguments = Arguments::from_args();
    let trials = [pkcs12::trials(), signatures::trials(), keys::trials(), bundles::trials()].concat_all();
    libtest_mimic::run(&arguments, trials).exit();
}

trait ConcatAll {
    fn concat_all(self) -> Vec<Trial>;
}

impl<const N: usize> ConcatAll for [Vec<Trial>; N] {
    fn concat_all(self) -> Vec<Trial> {
        self.into_iter().flatten().collect()
    }
}

/// A test that holds a file to an expectation, or to its exception.
fn trial(name: String, exceptions: Exceptions, check: impl FnOnce() -> Result<(), String> + Send + 'static) -> Trial {
    let excepted = exceptions.iter().find(|(file, _)| name.ends_with(file)).map(|(_, reason)| *reason);
    Trial::test(name, move || match (check(), excepted) {
        (Ok(()), None) => Ok(()),
        (Err(error), Some(reason)) => {
            println!("{reason} ({error})");
            Ok(())
        }
        (Ok(()), Some(reason)) => Err(Failed::from(format!("it passes, but is listed: {reason}"))),
        (Err(error), None) => Err(Failed::from(error)),
    })
}

/// Every file below a folder, by its path from there.
fn files(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for path in fs::read_dir(inner).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, path));
            }
        }
    }
    found.sort();
    found
}

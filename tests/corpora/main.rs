//! Messages, certificates and keys of other programs. They are no part of the project; where they are absent the tests say so.
//!
//! A test for each file, by its name. Every table says what Waxwing says, exactly. Where that is not what the origin of the data
//! expects, the row gives the reason; a row that changes, to the better or to the worse, fails, and so does a file without one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "../common/mod.rs"]
mod common;

mod mimekit;
mod origins;
mod real_clients;
mod rfc9216;
mod thunderbird;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use common::cli::{Cli, Report};
use common::corpora::{ABOUT, corpus, files};
use common::named;
use libtest_mimic::Trial;

fn main() -> ExitCode {
    let trials =
        [mimekit::trials(), origins::trials(), real_clients::trials(), rfc9216::trials(), thunderbird::trials()];
    named::run(trials.into_iter().flatten().collect())
}

/// Files that need no row, and why: by their name, or by its end behind a star.
type Beside = &'static [(&'static str, &'static str)];

/// A test for each row of a folder's table, by the file that it is about, and one that no file was forgotten.
fn trials<Row: Sync>(
    name: &'static str,
    rows: &'static [Row],
    file: fn(&Row) -> &'static str,
    beside: Beside,
    check: impl Fn(&Path, &Row) -> Result<(), String> + Copy + Send + 'static,
) -> Vec<Trial> {
    let Some(folder) = corpus(name) else {
        return rows.iter().map(|row| named::absent(format!("{name}/{}", file(row)))).collect();
    };
    let test = |row: &'static Row| {
        let folder = folder.clone();
        named::test(format!("{name}/{}", file(row)), move || check(&folder, row))
    };
    let mut trials: Vec<_> = rows.iter().map(test).collect();
    let known: Vec<_> = rows.iter().map(file).collect();
    trials.push(named::test(format!("{name}: no file is forgotten"), move || none_forgotten(&folder, &known, beside)));
    trials
}

/// Every file has a row or a reason to have none, and every reason a file.
fn none_forgotten(folder: &Path, known: &[&str], beside: Beside) -> Result<(), String> {
    let files: Vec<_> = files(folder).into_iter().map(|(file, _)| file).collect();
    let others: Vec<_> =
        files.iter().filter(|file| !known.contains(&file.as_str()) && !ABOUT.contains(&file.as_str())).collect();
    let fits = |file: &str, pattern: &str| match pattern.strip_prefix('*') {
        Some(end) => file.ends_with(end),
        None => file == pattern,
    };
    let forgotten: Vec<_> = others.iter().filter(|file| !beside.iter().any(|(name, _)| fits(file, name))).collect();
    let idle: Vec<_> = beside.iter().filter(|(name, _)| !others.iter().any(|file| fits(file, name))).collect();
    let absent: Vec<_> = known.iter().filter(|file| !files.iter().any(|there| there == *file)).collect();
    match forgotten.is_empty() && idle.is_empty() && absent.is_empty() {
        true => Ok(()),
        false => Err(format!("without a row: {forgotten:?}; reasons for nothing: {idle:?}; not there: {absent:?}")),
    }
}

/// An error unless both are the same.
fn same<T: PartialEq + std::fmt::Debug>(found: &T, expected: &T, report: &Report) -> Result<(), String> {
    match found == expected {
        true => Ok(()),
        false => Err(format!("{found:?}, expected {expected:?}; {:?} {}", report.findings(), report.0["error"])),
    }
}

/// A run that knows nothing but what its words say; `{}` stands for the folder of the data.
fn cli(words: &str, folder: &Path, password: &str) -> Cli {
    let words = words.replace("{}", &folder.to_string_lossy());
    Cli::new(&words).arg("--offline").arg("--no-builtin-roots").env("WAXWING_PASSWORD", password)
}

/// Reports on some files of a folder, in one run.
fn look(cli: Cli, folder: &Path, files: &[&str]) -> Vec<Report> {
    let reports = files.iter().fold(cli, |cli, file| cli.arg(folder.join(file))).reports();
    assert_eq!(reports.len(), files.len());
    reports
}

/// Decrypts some files of a folder, in one run; what was written, or the code of the error.
fn open(cli: Cli, folder: &Path, files: &[&str]) -> Vec<Result<Vec<u8>, String>> {
    let to = common::folder();
    let reports = look(cli.arg("--out-dir").arg(to.path()), folder, files);
    let written = |report: &Report| match report.0["output"].as_str() {
        Some(path) => Ok(fs::read(PathBuf::from(path)).unwrap()),
        None => Err(report.text("/error/code").to_owned()),
    };
    let found: Vec<_> = reports.iter().map(written).collect();
    let successes = found.iter().filter(|result| result.is_ok()).count();
    assert_eq!(fs::read_dir(to.path()).unwrap().count(), successes, "no other file is left");
    found
}

/// What is said about a message: signature, privacy, layers.
fn said(report: &Report) -> (&str, &str, String) {
    let kinds: Vec<_> = report.kinds().into_iter().filter(|kind| *kind != "plain").collect();
    (report.signature(), report.privacy(), kinds.join(" "))
}

fn is_green(signature: &str) -> bool {
    matches!(signature, "verified" | "pinned")
}

fn contains(text: &[u8], part: &str) -> bool {
    text.windows(part.len()).any(|window| window == part.as_bytes())
}

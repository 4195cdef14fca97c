//! Messages, certificates and keys of other programs. They are no part of the project; where they are absent the tests say so.
//!
//! Every table says what Waxwing says, exactly. Where that is not what the origin of the data expects, the row gives the
//! reason; a row that changes, to the better or to the worse, fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "../common/mod.rs"]
mod common;

mod mimekit;
mod others;
mod real_clients;
mod rfc9216;
mod thunderbird;

use std::fs;
use std::path::{Path, PathBuf};

use common::cli::{Cli, Report};

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

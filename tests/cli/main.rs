//! The contract of `waxwing-cli` (`docs/json.md`), over messages and keys that are kept in `tests/fixtures`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod golden;
mod language;
mod passwords;
mod said;
mod schema;
mod usage;
mod wallet;

use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

use assert_cmd::Command;
use serde_json::Value;

/// A time at which the fixtures are valid, whenever they were made.
const AT: &str = "2040-01-01T00:00:00Z";

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn folder() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("waxwing-test-").tempdir().unwrap()
}

/// One run among the fixtures, away from the wallet and the language of whoever runs the tests.
struct Run(Command);

impl Run {
    /// Words split at blanks.
    fn new(words: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_waxwing-cli"));
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("nobody");
        command.current_dir(fixtures()).env_clear().env("HOME", home).env("LC_ALL", "C");
        // Where programs are found, and what Windows and macOS need to start any.
        for name in ["PATH", "SystemRoot", "TMPDIR", "TEMP"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        command.timeout(Duration::from_secs(120)).args(words.split_whitespace());
        Self(command)
    }

    /// As somebody who trusts the root of the fixtures alone.
    fn trusting(words: &str) -> Self {
        Self::new(&format!("--offline --no-builtin-roots --trust root.pem --at {AT}")).words(words)
    }

    fn words(mut self, words: &str) -> Self {
        self.0.args(words.split_whitespace());
        self
    }

    fn path(mut self, path: &Path) -> Self {
        self.0.arg(path);
        self
    }

    fn env(mut self, name: &str, value: &str) -> Self {
        self.0.env(name, value);
        self
    }

    fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.write_stdin(bytes);
        self
    }

    /// Status, standard output, standard error.
    fn end(mut self) -> (i32, String, String) {
        let Output { status, stdout, stderr } = self.0.output().unwrap();
        let (out, err) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
        assert!(!err.contains("panicked"), "{:?}: {err}", self.0);
        (status.code().expect("ends by itself"), out, err)
    }

    /// Status and one object for each line.
    fn json(self) -> (i32, Vec<Value>) {
        let (status, out, err) = self.words("--json").end();
        let line = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}\n{err}"));
        (status, out.lines().map(line).collect())
    }
}

//! What the integration tests share: certificates made at run time, other programs that read and write S/MIME, mails of
//! our own, and `waxwing-cli`.
#![allow(dead_code, reason = "each test binary uses a part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

pub mod bouncycastle;
pub mod cases;
pub mod cli;
pub mod corpora;
#[cfg(target_os = "linux")]
pub mod display;
pub mod gaps;
pub mod gpgsm;
pub mod mail;
pub mod named;
pub mod new_openssl;
pub mod nss;
pub mod openssl;
pub mod peer;
pub mod pki;
pub mod pkits;
pub mod reader;
pub mod web;

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// The codes that are about header fields.
pub const ABOUT_FIELDS: [&str; 6] = [
    "from-differs-outside",
    "header-differs",
    "header-not-protected",
    "header-exposed",
    "header-hidden",
    "header-protection-mode",
];

/// What a program said: its standard output, or why it failed.
pub type Said = Result<Vec<u8>, String>;

/// Runs a program to its end with these bytes as standard input.
pub fn run(command: &mut Command, input: &[u8]) -> Said {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{} cannot be started: {error}", command.get_program().to_string_lossy()))?;
    let mut stdin = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        // A program that does not read its input closes it: that is not our failure.
        scope.spawn(move || _ = stdin.write_all(input));
        child.wait_with_output().unwrap()
    });
    if output.status.success() {
        Ok(output.stdout)
    } else {
        let words: Vec<_> = command.get_args().map(OsStr::to_string_lossy).collect();
        let program = command.get_program().to_string_lossy();
        Err(format!("{program} {}: {}\n{}", words.join(" "), output.status, String::from_utf8_lossy(&output.stderr)))
    }
}

/// A program with arguments in words; `{name}` in a word is not expanded.
pub fn program(name: &str, folder: &Path, words: &str) -> Command {
    let mut command = Command::new(name);
    command.current_dir(folder).args(words.split_whitespace());
    command
}

/// Whether a program is installed. `packaging/linux/setup.sh` installs all of them: on Linux, and where the whole set-up is
/// expected (`CI=true`), a missing one is a failure, so that no test passes by being skipped.
pub fn installed(name: &str) -> bool {
    let found =
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).any(|folder| folder.join(name).is_file());
    let expected = cfg!(target_os = "linux") || std::env::var_os("CI").is_some();
    assert!(found || !expected, "{name} is not installed; see packaging/linux/setup.sh");
    if !found {
        println!("skipped: {name} is not installed");
    }
    found
}

/// A folder that vanishes with its owner.
pub fn folder() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("waxwing-test-").tempdir().unwrap()
}

//! The programs, and how each of them is called.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::common::gpgsm::Gpgsm;
use crate::common::nss::Nss;
use crate::common::pki::{PASSWORD, Pki};

pub struct Tools {
    pub home: PathBuf,
    /// Where results go.
    pub out: PathBuf,
    pub pki: &'static Pki,
    gpgsm: Option<Gpgsm>,
    nss: Option<Nss>,
}

impl Tools {
    pub fn new(home: &Path) -> Self {
        let (gpgsm, nss) = (Gpgsm::start(), Nss::start());
        Self { home: home.to_owned(), out: home.join("out"), pki: Pki::get(), gpgsm, nss }
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.home.join(name)
    }

    /// Moves a folder out of the way until the end: where thousands of files were just deleted, some file systems (ext4 without a
    /// journal) look for a long time for a place for each new one.
    pub fn set_aside(&self, folder: &Path) {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        fs::rename(folder, self.file(&format!("aside-{number}"))).unwrap();
    }

    /// `waxwing-cli` with the keys of the test people.
    pub fn ours(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_waxwing-cli"));
        command.args(words.split(' ')).args(["--offline", "--no-builtin-roots", "--trust"]).arg(self.pki.root());
        for person in ["alice", "bob"] {
            command.arg("--p12").arg(self.pki.p12(person));
        }
        let home = &self.home;
        command.stdin(Stdio::null()).env("WAXWING_PASSWORD", PASSWORD).env("HOME", home).env("XDG_DATA_HOME", home);
        command
    }

    /// `waxwing-cli`, which writes [`Tools::out`].
    pub fn ours_to_out(&self, words: &str, file: &Path) -> Command {
        _ = fs::remove_file(&self.out);
        let mut command = self.ours(words);
        command.arg(file).arg("-o").arg(&self.out);
        command
    }

    pub fn openssl(&self, words: &str, input: &Path) -> Command {
        let mut command = Command::new("openssl");
        command
            .stdin(Stdio::null())
            .current_dir(self.pki.folder())
            .args(words.split_whitespace())
            .arg("-in")
            .arg(input);
        command.arg("-out").arg(&self.out);
        command
    }

    /// SHA-256 alone, which bounds what verifying can cost.
    pub fn dgst(&self, input: &Path) -> Command {
        let mut command = Command::new("openssl");
        command.stdin(Stdio::null()).args(["dgst", "-sha256"]).arg(input);
        command
    }

    pub fn gpgsm(&self, words: &[&str], inputs: &[&Path]) -> Option<Command> {
        _ = fs::remove_file(&self.out);
        let mut command = self.gpgsm.as_ref()?.command(&["--passphrase-fd", "0", "--yes", "--output"]);
        command.stdin(File::open(self.pki.file("password")).unwrap()).arg(&self.out).args(words).args(inputs);
        Some(command)
    }

    pub fn cmsutil(&self, words: &str, input: &Path) -> Option<Command> {
        let mut command = Command::new("cmsutil");
        command.stdin(Stdio::null()).args(words.split_whitespace()).arg("-d").arg(self.nss.as_ref()?.database());
        command.args(["-p", "", "-i"]).arg(input).arg("-o").arg(&self.out);
        Some(command)
    }

    /// Makes a file of what a command of ours writes.
    pub fn keep(&self, name: &str, words: &str, file: &Path) -> PathBuf {
        let kept = self.file(name);
        let mut command = self.ours_to_out(words, file);
        let done = command.stdout(Stdio::null()).output().unwrap();
        assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
        fs::rename(&self.out, &kept).unwrap();
        kept
    }
}

/// The first line of what a program says about itself.
pub fn version(program: &str, words: &[&str]) -> String {
    let said = Command::new(program).args(words).output().map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&said).lines().next().unwrap_or("not there").to_owned()
}

//! `waxwing-cli` and its JSON.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use super::pki::{PASSWORD, Pki};

/// One run of `waxwing-cli`, away from the wallet and the key store of whoever runs the tests.
pub struct Cli(Command);

impl Cli {
    pub fn new(words: &str) -> Self {
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("home");
        fs::create_dir_all(&home).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_waxwing-cli"));
        command.args(words.split_whitespace()).env("HOME", &home).env("LC_ALL", "C").env("WAXWING_PASSWORD", PASSWORD);
        for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "DBUS_SESSION_BUS_ADDRESS", "LANGUAGE"] {
            command.env_remove(name);
        }
        Self(command)
    }

    /// A run that trusts the root of the test certificates alone and has the keys of these people.
    pub fn as_people(words: &str, people: &[&str]) -> Self {
        let pki = Pki::get();
        let mut cli = Self::new(words).arg("--offline").arg("--no-builtin-roots").arg("--trust").arg(pki.root());
        for person in people {
            cli = cli.arg("--p12").arg(pki.p12(person));
        }
        cli
    }

    #[must_use]
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.0.arg(argument);
        self
    }

    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.0.env(name, value);
        self
    }

    pub fn run(mut self) -> Output {
        let output = self.0.output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(!errors.contains("panicked"), "{:?}: {errors}", self.0);
        output
    }

    /// Runs to success.
    pub fn ok(self) -> Output {
        let words = format!("{:?}", self.0);
        let output = self.run();
        assert!(output.status.success(), "{words}: {}\n{}", output.status, told(&output));
        output
    }

    /// Runs with `--json`, whatever the exit status: one report for each message.
    pub fn reports(self) -> Vec<Report> {
        let output = self.arg("--json").run();
        let text = String::from_utf8(output.stdout.clone()).unwrap();
        let reports: Vec<_> = text
            .lines()
            .map(|line| Report(serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}"))))
            .collect();
        assert!(!reports.is_empty(), "no report: {}", told(&output));
        reports
    }

    /// The report on a single message.
    pub fn report(self) -> Report {
        let mut reports = self.reports();
        assert_eq!(reports.len(), 1);
        reports.remove(0)
    }
}

fn told(output: &Output) -> String {
    format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// One line of `--json`.
#[derive(Debug, Clone)]
pub struct Report(pub Value);

impl Report {
    pub fn text(&self, pointer: &str) -> &str {
        self.0.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
    }

    pub fn signature(&self) -> &str {
        self.text("/signature")
    }

    pub fn privacy(&self) -> &str {
        self.text("/privacy")
    }

    /// The file's name without its folder.
    pub fn file(&self) -> String {
        PathBuf::from(self.text("/file")).file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    fn list(&self, pointer: &str) -> &[Value] {
        self.0.pointer(pointer).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    pub fn layers(&self) -> &[Value] {
        self.list("/layers")
    }

    /// Kinds of the layers, outermost first.
    pub fn kinds(&self) -> Vec<&str> {
        self.layers().iter().filter_map(|layer| layer["kind"].as_str()).collect()
    }

    /// Every signer of every layer, outermost first.
    pub fn signers(&self) -> Vec<&Value> {
        self.layers().iter().filter_map(|layer| layer["signers"].as_array()).flatten().collect()
    }

    /// Integrity of every signer, outermost first.
    pub fn integrity(&self) -> Vec<&str> {
        self.signers().into_iter().filter_map(|signer| signer["integrity"].as_str()).collect()
    }

    /// Codes of all findings, of layers and of signers.
    pub fn findings(&self) -> Vec<&str> {
        let of = |value: &'_ Value| value["findings"].as_array().cloned().unwrap_or_default();
        let mut codes: Vec<&str> = Vec::new();
        for holder in self.layers().iter().chain(self.signers()) {
            let count = of(holder).len();
            codes.extend((0..count).filter_map(|index| holder["findings"][index]["code"].as_str()));
        }
        codes
    }
}

/// Writes a file into a folder and returns its path.
pub fn file(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

//! `waxwing-cli` and its JSON.

use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::pki::{PASSWORD, Pki};

/// No run of a test takes longer, on the slowest machine.
const LONGEST: Duration = Duration::from_secs(120);

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

    /// Arguments without spaces in them.
    #[must_use]
    pub fn words(mut self, words: &str) -> Self {
        self.0.args(words.split_whitespace());
        self
    }

    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.0.env(name, value);
        self
    }

    /// Runs inside another program: `words` come before.
    #[must_use]
    pub fn within(self, words: &[&str]) -> Self {
        let mut outer = Command::new(words[0]);
        outer.args(&words[1..]).arg(self.0.get_program()).args(self.0.get_args());
        for (name, value) in self.0.get_envs() {
            match value {
                Some(value) => outer.env(name, value),
                None => outer.env_remove(name),
            };
        }
        Self(outer)
    }

    /// Starts without waiting.
    pub fn spawn(mut self) -> Child {
        self.0.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Runs to the end, which is neither a panic nor too far away.
    pub fn run(mut self) -> Output {
        let mut child = self.0.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (mut stdout, mut stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let output = thread::scope(|scope| {
            let read = |stream: &mut dyn Read| {
                let mut bytes = Vec::new();
                stream.read_to_end(&mut bytes).unwrap();
                bytes
            };
            let stdout = scope.spawn(move || read(&mut stdout));
            let stderr = scope.spawn(move || read(&mut stderr));
            let end = Instant::now() + LONGEST;
            let status = loop {
                match child.try_wait().unwrap() {
                    Some(status) => break status,
                    None if Instant::now() > end => {
                        child.kill().unwrap();
                        panic!("no end after {LONGEST:?}: {:?}", self.0);
                    }
                    None => thread::sleep(Duration::from_millis(2)),
                }
            };
            Output { status, stdout: stdout.join().unwrap(), stderr: stderr.join().unwrap() }
        });
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(!errors.contains("panicked"), "{:?}: {errors}", self.0);
        assert!(output.status.code().is_some(), "{:?}: {}", self.0, output.status);
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
        self.status_and_reports().1
    }

    /// The exit status, and one report for each message.
    pub fn status_and_reports(self) -> (Option<i32>, Vec<Report>) {
        let output = self.arg("--json").run();
        let text = String::from_utf8(output.stdout.clone()).unwrap();
        let reports: Vec<_> = text
            .lines()
            .map(|line| Report(serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}"))))
            .collect();
        assert!(!reports.is_empty(), "no report: {}", told(&output));
        (output.status.code(), reports)
    }

    /// The exit status and the report on a single message.
    pub fn status_and_report(self) -> (Option<i32>, Report) {
        let (status, mut reports) = self.status_and_reports();
        assert_eq!(reports.len(), 1);
        (status, reports.remove(0))
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

    fn all_findings(&self) -> impl Iterator<Item = &Value> {
        let holders = self.layers().iter().chain(self.signers());
        holders.filter_map(|holder| holder["findings"].as_array()).flatten()
    }

    /// Codes of all findings, of layers and of signers.
    pub fn findings(&self) -> Vec<&str> {
        self.all_findings().filter_map(|finding| finding["code"].as_str()).collect()
    }

    /// Codes of the findings that are more than notes.
    pub fn loud_findings(&self) -> Vec<&str> {
        self.all_findings().filter(|finding| finding["rank"] != "note").filter_map(|it| it["code"].as_str()).collect()
    }
}

/// Writes a file into a folder and returns its path.
pub fn file(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

//! Files dragged from another program onto the window, on a display of its own: each of them arrives.
//!
//! Whether they did is read from the history in the wallet, which lists every message that was looked at, as a person would
//! read it there.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use common::mail;
use common::openssl::OpenSsl;
use common::peer::Peer;
use waxwing::wallet::Wallet;
use waxwing::wallet::vault::MemoryVault;

mod common;

/// No step takes longer.
const PATIENCE: Duration = Duration::from_secs(40);

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A display without a screen, a window manager on it, and a home for the programs there.
struct Display {
    name: String,
    home: tempfile::TempDir,
    _server: Running,
    _manager: Running,
}

impl Display {
    fn start() -> Self {
        let mut server = Command::new("Xvfb");
        server.args(["-displayfd", "1", "-screen", "0", "1600x900x24", "-nolisten", "tcp"]);
        let mut server = server.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        let (name, home) = (format!(":{}", number.trim()), common::folder());
        let server = Running(server);
        let manager = Running(prepared("openbox", &name, home.path()).spawn().unwrap());
        Self { name, home, _server: server, _manager: manager }
    }

    fn command(&self, program: &str) -> Command {
        prepared(program, &self.name, self.home.path())
    }

    fn start_program(&self, program: &str, arguments: &[&Path]) -> Running {
        Running(self.command(program).args(arguments).spawn().unwrap())
    }

    /// Moves the mouse, looks for windows; what it says.
    fn xdotool(&self, words: &str) -> String {
        let output = self.command("xdotool").args(words.split_whitespace()).stdout(Stdio::piped()).output().unwrap();
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// The number of the window whose title begins so.
    fn window(&self, title: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mut search = self.command("xdotool");
            search.args(["search", "--onlyvisible", "--name", &format!("^{title}")]).stdout(Stdio::piped());
            let found = String::from_utf8(search.output().unwrap().stdout).unwrap();
            if let Some(window) = found.lines().next() {
                return window.to_owned();
            }
            assert!(Instant::now() < deadline, "there is no window called {title}");
            sleep(Duration::from_millis(50));
        }
    }

    /// Takes hold of what lies at one point and lets go of it at another, as a hand does: with a way between them.
    fn drag(&self, from: (i32, i32), to: (i32, i32)) {
        self.xdotool(&format!("mousemove {} {} mousedown 1", from.0, from.1));
        for step in 1..=12 {
            let between = |from: i32, to: i32| from + (to - from) * step / 12;
            self.xdotool(&format!("mousemove {} {}", between(from.0, to.0), between(from.1, to.1)));
            sleep(Duration::from_millis(30));
        }
        sleep(Duration::from_millis(300));
        self.xdotool("mouseup 1");
    }

    /// A picture of the display, for people to look at.
    fn picture(&self, name: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("artefacts");
        fs::create_dir_all(&folder).unwrap();
        let taken = self.command("import").args(["-window", "root"]).arg(folder.join(name)).status();
        assert!(taken.unwrap().success());
    }
}

/// A program on a display, in a home of its own, out of reach of the bus and the keyring of whoever runs the test.
fn prepared(program: &str, display: &str, home: &Path) -> Command {
    let mut command = Command::new(program);
    command.env("DISPLAY", display).env("HOME", home).env("XDG_RUNTIME_DIR", home).env("LC_ALL", "C.UTF-8");
    command.env("NO_AT_BRIDGE", "1").env("GTK_THEME", "Adwaita").env("GDK_BACKEND", "x11");
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    for name in ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "LANGUAGE"]
    {
        command.env_remove(name);
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// How often each outcome stands in the history, each file counted once.
fn history(wallet: &Path) -> BTreeMap<String, usize> {
    let wallet = Wallet::open(wallet, Arc::new(MemoryVault::new())).unwrap();
    let files: BTreeMap<_, _> =
        wallet.history(10_000).unwrap().into_iter().map(|entry| (entry.file, entry.outcome)).collect();
    let mut counted = BTreeMap::new();
    for outcome in files.into_values() {
        *counted.entry(outcome).or_insert(0) += 1;
    }
    counted
}

fn wait_for(wallet: &Path, expected: &[(&str, usize)]) {
    let expected: BTreeMap<String, usize> = expected.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
    let deadline = Instant::now() + PATIENCE;
    loop {
        let found = history(wallet);
        if found == expected {
            return;
        }
        assert!(Instant::now() < deadline, "the history has {found:?}, and not {expected:?}");
        sleep(Duration::from_millis(200));
    }
}

fn write(folder: &Path, name: &str, mail: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, mail).unwrap();
    path
}

/// A few signed messages, and then five hundred at once: the number at which other ways to read drops lose most of them.
#[test]
fn every_dropped_file_arrives() {
    let programs = ["Xvfb", "openbox", "xdotool", "import"];
    if !programs.iter().all(|program| common::installed(program)) {
        return;
    }
    let Some(openssl) = OpenSsl::find() else { return };
    let display = Display::start();
    let folder = display.home.path().join("mail with spaces & ümlauts");
    fs::create_dir(&folder).unwrap();
    let wallet = display.home.path().join("wallet");
    let signed = openssl.sign("alice", false, mail::TEXT.as_bytes()).unwrap();
    let few: Vec<PathBuf> = (0..3).map(|number| write(&folder, &format!("signed {number}.eml"), &signed)).collect();
    let many = (0..500).map(|number| {
        let subject = format!("letter-{number:03}");
        write(&folder, &format!("{subject}.eml"), &mail::message(&subject, mail::TEXT))
    });
    let many: Vec<PathBuf> = many.collect();

    let waxwing = Path::new(env!("CARGO_BIN_EXE_waxwing"));
    let options = [Path::new("--vault"), Path::new("memory"), Path::new("--wallet"), &wallet];
    let _window = display.start_program(&waxwing.to_string_lossy(), &options);
    let window = display.window("Waxwing");
    display.xdotool(&format!("windowmove {window} 300 20"));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/drag_source.py");
    let drop = |files: &[PathBuf]| {
        let names: Vec<String> = files.iter().map(|file| file.to_string_lossy().into_owned()).collect();
        let list = write(display.home.path(), "list", names.join("\n").as_bytes());
        let _source = display.start_program("/usr/bin/python3", &[&script, &list]);
        let source = display.window("Files to drag");
        display.xdotool(&format!("windowmove {source} 20 40"));
        sleep(Duration::from_millis(500));
        display.drag((120, 140), (900, 500));
        sleep(Duration::from_millis(1000));
    };
    drop(&few);
    wait_for(&wallet, &[("unknown-issuer", 3)]);
    display.picture("drop-3.png");
    drop(&many);
    wait_for(&wallet, &[("unknown-issuer", 3), ("unsigned", 500)]);
    sleep(Duration::from_millis(500));
    display.picture("drop-500.png");
}

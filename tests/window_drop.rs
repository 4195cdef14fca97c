//! Files dragged from another program onto the window, on a display of its own: each of them arrives.
//!
//! Whether they did is read from the history in the wallet, which lists every message that was looked at, as a person would
//! read it there.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use common::display::{Display, PATIENCE};
use common::mail;
use common::openssl::OpenSsl;
use common::peer::Peer;
use waxwing::wallet::Wallet;
use waxwing::wallet::vault::MemoryVault;

mod common;

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
    let folder = display.home().join("mail with spaces & ümlauts");
    fs::create_dir(&folder).unwrap();
    let wallet = display.home().join("wallet");
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
        let list = write(display.home(), "list", names.join("\n").as_bytes());
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

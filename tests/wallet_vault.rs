//! The passphrase file: other programs open its keys, and a program that is killed leaves nothing half-written.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use secrecy::SecretString;
use waxwing::crypto::{KeyKind, PrivateKey, PrivateKeyOperations};
use waxwing::wallet::Vault;
use waxwing::wallet::vault::{FileVault, key_id};

mod common;

use common::{folder, installed, program, run};

const PASSPHRASE: &str = "Grüße an alle";

/// Where the run that is to be killed stores its keys.
const VICTIM: &str = "WAXWING_TEST_VICTIM";

fn unlocked(folder: &Path) -> FileVault {
    let vault = FileVault::new(folder);
    vault.unlock(&SecretString::from(PASSPHRASE)).unwrap();
    vault
}

/// Nobody depends on this program to get at a key: openssl opens the files.
#[test]
fn openssl_opens_the_files() {
    if !installed("openssl") {
        return;
    }
    let home = folder();
    let vault = unlocked(home.path());
    for kind in [KeyKind::Rsa(2048), KeyKind::P256, KeyKind::Ed25519] {
        let key = PrivateKey::generate(kind).unwrap();
        let id = key_id(key.public_key());
        vault.store(&id, &key).unwrap();
        let words = format!("pkey -in {id}.p8 -outform DER -passin");
        let mut command = program("openssl", home.path(), &words);
        let der = run(command.arg(format!("pass:{PASSPHRASE}")), b"").unwrap();
        assert_eq!(PrivateKey::from_any(&der).unwrap().public_key(), key.public_key(), "{kind}");
    }
}

/// A program that is killed while it stores keys leaves whole keys or none, under the passphrase that was set.
#[test]
fn killed_while_storing() {
    if let Some(folder) = env::var_os(VICTIM) {
        let vault = unlocked(&PathBuf::from(folder));
        loop {
            let key = PrivateKey::generate(KeyKind::P256).unwrap();
            vault.store(&key_id(key.public_key()), &key).unwrap();
        }
    }
    let home = folder();
    let mut whole = 0;
    // From before the first key to well after it, however fast the machine is just now.
    for round in 0..10 {
        let folder = home.path().join(round.to_string());
        let mut victim = Command::new(env::current_exe().unwrap())
            .args(["killed_while_storing", "--exact"])
            .env(VICTIM, &folder)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        sleep(Duration::from_millis(10 << round));
        victim.kill().unwrap();
        victim.wait().unwrap();
        let vault = unlocked(&folder);
        for file in fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()) {
            if file.extension().is_some_and(|end| end == "p8") {
                vault.key(&file.file_stem().unwrap().to_string_lossy()).unwrap();
                whole += 1;
            }
        }
        if whole > 20 {
            break;
        }
    }
    println!("{whole} keys");
    assert!(whole > 0, "too slow a machine to show anything");
}

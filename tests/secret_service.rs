//! Private keys in a real Secret Service: gnome-keyring-daemon on a bus of its own.
//!
//! The connection to the keyring is made once in the life of a program, from its environment. Each case therefore runs this
//! test binary again, in an environment that was made for it.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use waxwing::crypto::signature::Input;
use waxwing::crypto::{DigestAlgorithm, KeyKind, PrivateKey, PrivateKeyOperations, SignatureAlgorithm};
use waxwing::wallet::vault::{KeyringVault, key_id};
use waxwing::wallet::{Vault, VaultError};

mod common;

use common::cli::{Cli, file};
use common::mail;
use common::pki::{ALICE, BOB, Pki};

/// Set in the inner run.
const INNER: &str = "WAXWING_TEST_INNER";

/// Starts the daemon with an unlocked keyring, waits until it is on the bus, and runs the rest of the words.
const WITH_DAEMON: &str = r#"
    printf secret | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
    daemon=$!
    tries=0
    until dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
        string:org.freedesktop.secrets | grep -q true; do
        tries=$((tries + 1)); [ $tries -lt 100 ] || exit 99; sleep 0.1
    done
    "$@"; code=$?
    kill $daemon; exit $code"#;

/// A bus that starts no services.
const BARE_BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
    "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
    <busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"#;

/// Whether this is the inner run of a test; if not, runs it with `words` before it, in a private home without a bus.
fn inner(test: &str, home: &Path, words: &[&str]) -> bool {
    if env::var_os(INNER).is_some() {
        return true;
    }
    let runtime = home.join("run");
    fs::create_dir_all(&runtime).unwrap();
    fs::set_permissions(&runtime, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let exe = env::current_exe().unwrap();
    let exe = exe.to_str().unwrap();
    let words: Vec<&str> = words.iter().copied().chain([exe, test, "--exact", "--nocapture"]).collect();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).env(INNER, "1").env("HOME", home).env("XDG_RUNTIME_DIR", &runtime);
    for name in
        ["DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"]
    {
        command.env_remove(name);
    }
    let said = common::run(&mut command, b"").unwrap_or_else(|error| panic!("{error}"));
    assert!(String::from_utf8_lossy(&said).contains("1 passed"), "{}", String::from_utf8_lossy(&said));
    false
}

fn send(words: &str) -> String {
    let mut command = Command::new("dbus-send");
    command.args("--session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets".split(' '));
    String::from_utf8(common::run(command.args(words.split(' ')), b"").unwrap()).unwrap()
}

/// How many entries the daemon itself finds.
fn listed() -> usize {
    send("org.freedesktop.Secret.Service.SearchItems dict:string:string:service,Waxwing").matches("object path").count()
}

/// A key of the largest usual kind is stored, found by another instance, seen by other programs, and removed without a trace.
/// When the keyring is locked and nobody is there to be asked, that is said at once.
#[test]
fn a_real_keyring_keeps_keys() {
    if !["dbus-run-session", "dbus-send", "gnome-keyring-daemon"].into_iter().all(common::installed) {
        return;
    }
    let home = common::folder();
    let words = ["dbus-run-session", "--", "sh", "-c", WITH_DAEMON, "sh"];
    if !inner("a_real_keyring_keeps_keys", home.path(), &words) {
        return;
    }
    let vault = KeyringVault::new();
    vault.ready().unwrap();
    let large = PrivateKey::generate(KeyKind::Rsa(4096)).unwrap();
    let small = PrivateKey::generate(KeyKind::P256).unwrap();
    let (large_id, small_id) = (key_id(large.public_key()), key_id(small.public_key()));
    assert_eq!(vault.key(&large_id).err(), Some(VaultError::Missing));
    let start = Instant::now();
    vault.store(&large_id, &large).unwrap();
    vault.store(&small_id, &small).unwrap();
    println!("two keys stored in {:?}", start.elapsed());
    assert_eq!(listed(), 4, "the small one, and the large one as a header and two pieces");

    let other = KeyringVault::new();
    for (id, key) in [(&large_id, &large), (&small_id, &small)] {
        assert_eq!(other.export(id).unwrap(), key.to_pkcs8().unwrap());
    }
    let start = Instant::now();
    let handle = other.key(&large_id).unwrap();
    println!("a key read in {:?}", start.elapsed());
    assert_eq!(handle.public_key(), large.public_key());
    handle.sign(SignatureAlgorithm::RsaPkcs1v15(DigestAlgorithm::Sha256), Input::Message(b"text")).unwrap();

    vault.remove(&large_id).unwrap();
    vault.remove(&large_id).unwrap();
    assert_eq!(vault.key(&large_id).err(), Some(VaultError::Missing));
    assert_eq!(listed(), 1);

    send("org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login");
    vault.lock();
    let start = Instant::now();
    vault.ready().unwrap();
    assert_eq!(KeyringVault::new().key(&small_id).err(), Some(VaultError::Locked));
    assert!(start.elapsed() < Duration::from_secs(20));
}

/// A keyring that cannot write is a file that cannot be written, and no keyring that is not there.
#[test]
fn a_full_disk_is_said() {
    if !["dbus-run-session", "dbus-send", "gnome-keyring-daemon", "unshare"].into_iter().all(common::installed) {
        return;
    }
    let home = common::folder();
    let keyrings = home.path().join(".local/share/keyrings");
    fs::create_dir_all(&keyrings).unwrap();
    let mount = format!("mount -t tmpfs -o size=64k tmpfs '{}' && exec \"$@\"", keyrings.display());
    let mounted = ["unshare", "-rm", "sh", "-c", &mount, "sh"];
    if env::var_os(INNER).is_none()
        && common::run(Command::new("unshare").args(&mounted[1..]).arg("true"), b"").is_err()
    {
        return println!("skipped: no file system can be mounted here (unshare -rm)");
    }
    let words: Vec<&str> =
        mounted.into_iter().chain(["dbus-run-session", "--", "sh", "-c", WITH_DAEMON, "sh"]).collect();
    if !inner("a_full_disk_is_said", home.path(), &words) {
        return;
    }
    let home = PathBuf::from(env::var_os("HOME").unwrap());
    fs::write(home.join(".local/share/keyrings/fill"), vec![0; 1 << 20]).unwrap_err();
    let key = PrivateKey::generate(KeyKind::P256).unwrap();
    let refused = KeyringVault::new().store(&key_id(key.public_key()), &key);
    assert!(matches!(refused, Err(VaultError::Unwritten(_))), "{refused:?}");
    let output = cli("wallet new --name Anna --address anna@example.org", &home).run();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{errors}");
    assert!(errors.contains("keyring could not write") && errors.contains("Make room"), "{errors}");
}

/// Without a session bus there is no keyring, and a reason; the program goes on.
#[test]
fn no_bus_is_said() {
    let home = common::folder();
    if inner("no_bus_is_said", home.path(), &["env"]) {
        unavailable();
    }
}

/// A bus without a Secret Service on it is no keyring either.
#[test]
fn no_service_is_said() {
    if !common::installed("dbus-run-session") {
        return;
    }
    let home = common::folder();
    let config = home.path().join("bus.conf");
    fs::write(&config, BARE_BUS).unwrap();
    let config = format!("--config-file={}", config.display());
    if inner("no_service_is_said", home.path(), &["dbus-run-session", &config, "--"]) {
        unavailable();
    }
}

fn unavailable() {
    let vault = KeyringVault::new();
    let key = PrivateKey::generate(KeyKind::P256).unwrap();
    let id = key_id(key.public_key());
    let start = Instant::now();
    for result in [vault.ready(), vault.store(&id, &key), vault.key(&id).map(drop), vault.remove(&id)] {
        println!("{result:?}");
        assert!(matches!(&result, Err(VaultError::Unavailable(reason)) if !reason.is_empty()), "{result:?}");
    }
    assert!(start.elapsed() < Duration::from_secs(20));
}

/// `waxwing-cli` with a wallet in this folder, in this environment.
fn cli(words: &str, home: &Path) -> Cli {
    let mut cli = Cli::new(words).arg("--offline").arg("--no-builtin-roots").arg("--wallet").arg(home.join("wallet"));
    for name in ["DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"] {
        if let Some(value) = env::var_os(name) {
            cli = cli.env(name, value);
        }
    }
    cli
}

/// From the import to a signature and a decrypted message, with the keys in the keyring; and what is said when it is locked.
#[test]
fn the_command_line_uses_the_keyring() {
    let programs = ["dbus-run-session", "dbus-send", "gnome-keyring-daemon", "openssl"];
    if !programs.into_iter().all(common::installed) {
        return;
    }
    let home = common::folder();
    let words = ["dbus-run-session", "--", "sh", "-c", WITH_DAEMON, "sh"];
    if !inner("the_command_line_uses_the_keyring", home.path(), &words) {
        return;
    }
    let (home, pki) = (common::folder(), Pki::get());
    let home = home.path();
    let import = cli("wallet import", home).arg(pki.p12("alice")).arg(pki.p12("bob"));
    import.ok();
    assert!(listed() >= 2, "the keys are in the keyring");
    cli("wallet check", home).ok();
    let said = String::from_utf8(cli("wallet list", home).ok().stdout).unwrap();
    assert!(said.contains(ALICE) && said.contains(BOB), "{said}");

    let letter = file(home, "letter.eml", &mail::message("letter", mail::PARTS));
    cli("sign", home).arg("--as").arg(ALICE).arg(&letter).ok();
    let verify = cli("verify", home).arg("--trust").arg(pki.root()).arg(home.join("letter.signed.eml"));
    assert_eq!(verify.report().signature(), "verified");
    cli("encrypt", home).arg("--to").arg(BOB).arg(&letter).ok();
    let sealed = home.join("letter.encrypted.eml");
    cli("decrypt", home).arg(&sealed).ok();
    let opened = fs::read(home.join("letter.encrypted.decrypted.eml")).unwrap();
    assert_eq!(mail::meaning(&opened), mail::meaning(mail::PARTS.as_bytes()));

    send("org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login");
    let start = Instant::now();
    let report = cli("verify", home).arg(&sealed).report();
    assert_eq!(report.privacy(), "needs-unlock", "{}", report.0);
    assert_eq!(fails(cli("decrypt", home).arg(&sealed)).status.code(), Some(1));
    let output = fails(cli("sign", home).arg("--as").arg(ALICE).arg(&letter));
    assert!(String::from_utf8_lossy(&output.stderr).to_lowercase().contains("locked"), "{output:?}");
    assert!(start.elapsed() < Duration::from_secs(60), "nobody is waited for: {:?}", start.elapsed());
}

fn fails(cli: Cli) -> Output {
    let output = cli.run();
    assert!(!output.status.success(), "{output:?}");
    output
}

/// Without a keyring nothing is stored half, and the words say what else there is: files under a passphrase, which then work.
#[test]
fn the_command_line_without_a_keyring() {
    if !common::installed("openssl") {
        return;
    }
    let home = common::folder();
    if !inner("the_command_line_without_a_keyring", home.path(), &["env"]) {
        return;
    }
    let home = common::folder();
    let home = home.path();
    let import = |words: &str| cli(&format!("wallet import {words}"), home).arg(Pki::get().p12("alice"));
    let output = fails(import(""));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("under a passphrase"), "{said}");
    let listed = String::from_utf8(cli("wallet list", home).run().stdout).unwrap();
    assert!(!listed.contains(ALICE), "{listed}");

    let passphrase = file(home, "passphrase", b"a long passphrase\n");
    import("--vault file").arg("--passphrase-file").arg(&passphrase).ok();
    // From now on the wallet is known to keep its keys in files.
    let letter = file(home, "letter.eml", &mail::message("letter", mail::TEXT));
    let sign = || cli("sign", home).arg("--as").arg(ALICE).arg(&letter);
    fails(sign());
    fails(sign().env("WAXWING_PASSPHRASE", "a wrong passphrase"));
    sign().arg("--passphrase-file").arg(&passphrase).ok();
    sign().env("WAXWING_PASSPHRASE", "a long passphrase").ok();
}

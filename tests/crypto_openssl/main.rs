//! Algorithms against the openssl command, both ways: what one signs, encrypts or derives, the other accepts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod ciphers;
mod keys;
mod passwords;
mod signatures;
mod transport;

use std::path::{Path, PathBuf};
use std::process::Command;

use waxwing::crypto::hex;

fn openssl(folder: &Path, arguments: &str) -> Vec<u8> {
    let output = Command::new("openssl").current_dir(folder).args(arguments.split_whitespace()).output().unwrap();
    assert!(output.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// A folder for the files of one test, if there is an openssl of version 3 or later to work with; Linux must have one.
fn folder() -> Option<(tempfile::TempDir, PathBuf)> {
    let said = Command::new("openssl").arg("version").output().map(|output| output.stdout).unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let version = said.strip_prefix("OpenSSL ").and_then(|rest| rest.split('.').next()?.parse::<u32>().ok());
    if version.is_none_or(|major| major < 3) {
        let expected = cfg!(target_os = "linux");
        assert!(!expected, "no openssl of version 3 or later; see packaging/linux/setup.sh");
        println!("skipped: no openssl of version 3 or later");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    Some((folder, path))
}

const KEYS: [(&str, &str); 10] = [
    ("rsa1024", "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out rsa1024.pem"),
    ("rsa2048", "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa2048.pem"),
    ("rsa3072", "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out rsa3072.pem"),
    ("rsa2056", "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2056 -out rsa2056.pem"),
    ("rsapss", "genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out rsapss.pem"),
    ("p256", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out p256.pem"),
    ("p384", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out p384.pem"),
    ("p521", "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out p521.pem"),
    ("ed25519", "genpkey -algorithm ED25519 -out ed25519.pem"),
    ("x25519", "genpkey -algorithm X25519 -out x25519.pem"),
];

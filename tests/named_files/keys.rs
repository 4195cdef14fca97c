//! Private keys in PEM and DER: each is of the kind that its name says, and comes back from PKCS #8 as the same key.

use std::fs;
use std::path::Path;

use libtest_mimic::Trial;
use waxwing::crypto::{PrivateKey, PrivateKeyOperations, pem};

use crate::common::corpora::{corpus, files};
use crate::common::named::{Exceptions, excepted};

const DSA: &str = "DSA is for verification only";
const SLH: &str = "SLH-DSA is for verification only";
const DH: &str = "nobody has a Diffie-Hellman key in a certificate for mail any more";
const BINARY: &str = "a curve over a binary field, which nobody uses for mail";

const EXCEPTIONS: Exceptions = &[
    ("smdsa1.pem", "(id-dsa)", DSA),
    ("smdsa2.pem", "(id-dsa)", DSA),
    ("smdsa3.pem", "(id-dsa)", DSA),
    ("AlicePrivDSSSign.pri", "(id-dsa)", DSA),
    ("CarlPrivDSSSign.pri", "(id-dsa)", DSA),
    ("DianePrivDSSSign.pri", "(id-dsa)", DSA),
    ("smec2.pem", "(sect283k1)", BINARY),
    ("smdh.pem", "(Diffie-Hellman (X9.42))", DH),
    ("cms_data/dh-key.pem", "(Diffie-Hellman (X9.42))", DH),
    ("sm_slhdsa_sha2_128s.pem", "(id-slh-dsa-sha2-128s)", SLH),
    ("sm_slhdsa_shake_128s.pem", "(id-slh-dsa-shake-128s)", SLH),
    ("sm_slhdsa_shake_256s.pem", "(id-slh-dsa-shake-256s)", SLH),
];

/// Where keys lie, and how the names of their files end.
const FOLDERS: &[&str] = &[
    "rfc9216-lamps",
    "openssl-cms",
    "smime-rs-enc",
    "pkcs7-misc",
    "pqc-cms",
    "rfc4134-examples",
    "rustcrypto-cms",
    "wbond-fixtures",
    "bouncycastle-smime",
    "mimekit-smime",
];

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for name in FOLDERS {
        let Some(folder) = corpus(name) else { continue };
        for (file, path) in files(&folder) {
            if holds_key(&file, &path) {
                let label = format!("{name}/{file}");
                let kind = kind_by_name(&label);
                trials.push(excepted(label, EXCEPTIONS, move || check(&path, kind)));
            }
        }
    }
    trials
}

/// Whether an unencrypted key lies in the file.
fn holds_key(name: &str, path: &Path) -> bool {
    let bytes = fs::read(path).unwrap();
    match pem::text(&bytes) {
        Some(text) => pem::blocks(&text).any(|block| block.label.ends_with("PRIVATE KEY") && !block.is_encrypted()),
        None => (name.ends_with(".pri") || name.ends_with("-priv.der")) && bytes.first() == Some(&0x30),
    }
}

/// What kind of key the name tells.
fn kind_by_name(name: &str) -> Option<&'static str> {
    let kinds = [
        ("25519.key", "Ed25519"),
        ("ed25519.privkey", "Ed25519"),
        ("mldsa44", "ML-DSA-44"),
        ("mldsa65", "ML-DSA-65"),
        ("mlkem512", "ML-KEM-512"),
        ("mlkem768", "ML-KEM-768"),
        ("ML-KEM-512", "ML-KEM-512"),
        ("p256", "P-256"),
        ("p384", "P-384"),
        ("smrsa1024", "RSA-1024"),
        ("smrsa1.pem", "RSA-2048"),
    ];
    kinds.into_iter().find(|(part, _)| name.contains(part)).map(|(_, kind)| kind)
}

fn check(path: &Path, kind: Option<&str>) -> Result<(), String> {
    let key = PrivateKey::from_any(&fs::read(path).unwrap()).map_err(|error| error.to_string())?;
    if kind.is_some_and(|kind| key.kind().to_string() != kind) {
        return Err(format!("{} instead of {}", key.kind(), kind.unwrap_or_default()));
    }
    let pkcs8 = key.to_pkcs8().map_err(|error| error.to_string())?;
    let again = PrivateKey::from_pkcs8(&pkcs8).map_err(|error| error.to_string())?;
    if again.public_key() == key.public_key() { Ok(()) } else { Err("another key comes back".to_owned()) }
}

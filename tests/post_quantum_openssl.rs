//! Post-quantum messages and keys between Waxwing and the newest OpenSSL that Debian offers, in both directions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::cli::{Cli, file};
use common::mail::{self, meaning};
use common::new_openssl::NewOpenSsl;
use common::pki::{ALICE, PASSWORD};
use der::Encode;
use secrecy::SecretString;
use waxwing::crypto::{PrivateKey, PrivateKeyOperations, kdf, pem};
use waxwing::wallet::pkcs12;

const ML_DSA: [&str; 3] = ["ML-DSA-44", "ML-DSA-65", "ML-DSA-87"];
const ML_KEM: [&str; 3] = ["ML-KEM-512", "ML-KEM-768", "ML-KEM-1024"];
const SLH_DSA: [&str; 12] = [
    "SLH-DSA-SHA2-128s",
    "SLH-DSA-SHA2-128f",
    "SLH-DSA-SHA2-192s",
    "SLH-DSA-SHA2-192f",
    "SLH-DSA-SHA2-256s",
    "SLH-DSA-SHA2-256f",
    "SLH-DSA-SHAKE-128s",
    "SLH-DSA-SHAKE-128f",
    "SLH-DSA-SHAKE-192s",
    "SLH-DSA-SHAKE-192f",
    "SLH-DSA-SHAKE-256s",
    "SLH-DSA-SHAKE-256f",
];

/// OpenSSL, and a folder with a root that it made.
struct Bench {
    openssl: NewOpenSsl,
    folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Option<Self> {
        let bench = Self { openssl: NewOpenSsl::find()?, folder: common::folder() };
        fs::write(bench.path("password"), PASSWORD).unwrap();
        bench.run(
            "req -x509 -newkey ML-DSA-65 -keyout root.key -nodes -subj /CN=Root -days 30 -out root.pem \
             -addext keyUsage=critical,keyCertSign",
        );
        Some(bench)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn try_with(&self, words: &str, input: &[u8]) -> common::Said {
        self.openssl.run(self.folder.path(), words, input)
    }

    fn run(&self, words: &str) -> Vec<u8> {
        self.try_with(words, b"").unwrap_or_else(|error| panic!("{error}"))
    }

    /// Makes a key and a certificate of the root for it: `NAME.key`, `NAME.pem`, `NAME.p12`.
    fn person(&self, algorithm: &str) {
        let usage = if algorithm.starts_with("ML-KEM") { "keyEncipherment" } else { "digitalSignature" };
        let extensions = format!(
            "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,{usage}\nextendedKeyUsage=emailProtection\n\
             subjectAltName=email:{ALICE}\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
        );
        fs::write(self.path("person.ext"), extensions).unwrap();
        self.run(&format!("genpkey -algorithm {algorithm} -out {algorithm}.key"));
        self.run(&format!("pkey -in {algorithm}.key -pubout -out {algorithm}.pub"));
        // A key that cannot sign makes no request: the root gives its name to the key.
        self.run(&format!(
            "x509 -new -subj /CN=Alice -force_pubkey {algorithm}.pub -CA root.pem -CAkey root.key -days 20 \
             -extfile person.ext -out {algorithm}.pem"
        ));
        self.run(&format!(
            "pkcs12 -export -inkey {algorithm}.key -in {algorithm}.pem -certfile root.pem -name Alice \
             -passout file:password -out {algorithm}.p12"
        ));
    }

    /// Waxwing with one of the people, trusting the root.
    fn waxwing(&self, words: &str, person: &str) -> Cli {
        let cli = Cli::new(words).words("--offline --no-builtin-roots --trust").arg(self.path("root.pem"));
        if person.is_empty() { cli } else { cli.arg("--p12").arg(self.path(&format!("{person}.p12"))) }
    }
}

/// The public key of a private one, as SubjectPublicKeyInfo.
fn spki(key: &PrivateKey) -> Vec<u8> {
    key.public_key().to_der().unwrap()
}

/// What is in a PEM file.
fn decoded(path: &Path) -> Vec<u8> {
    let text = fs::read_to_string(path).unwrap();
    pem::blocks(&text).next().unwrap().decode().unwrap().to_vec()
}

fn same(what: &str, expected: &[u8], found: &[u8]) {
    assert_eq!(meaning(expected), meaning(found), "{what}");
}

/// OpenSSL accepts what Waxwing signs with ML-DSA, with the key from OpenSSL's PKCS #12 file, and nothing that was changed.
#[test]
fn openssl_verifies_ml_dsa() {
    let Some(bench) = Bench::new() else { return };
    for algorithm in ML_DSA {
        bench.person(algorithm);
        for (form, name) in [("", "text"), ("--opaque", "parts")] {
            let entity = String::from_utf8(mail::entity(name)).unwrap();
            let letter = file(bench.folder.path(), "letter.eml", &mail::message(name, &entity));
            let out = bench.path(&format!("{algorithm}{form}.eml"));
            let words = format!("sign {form} --as {ALICE}");
            bench.waxwing(&words, algorithm).arg("-o").arg(&out).arg(letter).ok();
            let verify = "cms -verify -purpose smimesign -CAfile root.pem";
            let signed = fs::read(out).unwrap();
            let found = bench.try_with(verify, &signed).unwrap_or_else(|error| panic!("{algorithm} {form}: {error}"));
            same(&format!("{algorithm} {form}"), entity.as_bytes(), &found);
            if form.is_empty() {
                let changed = String::from_utf8(signed).unwrap().replacen("noon", "nine", 1);
                bench.try_with(verify, changed.as_bytes()).expect_err("a changed message");
            }
        }
    }
}

/// Waxwing accepts what OpenSSL signs with every set of ML-DSA and SLH-DSA, names the algorithm, and notices a change.
#[test]
fn openssl_signs() {
    let Some(bench) = Bench::new() else { return };
    for algorithm in ML_DSA.iter().chain(&SLH_DSA) {
        bench.person(algorithm);
        let sign = format!("cms -sign -signer {algorithm}.pem -inkey {algorithm}.key -from {ALICE} -md sha512");
        let signed = bench.try_with(&sign, mail::TEXT.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
        let intact = file(bench.folder.path(), "signed.eml", &signed);
        let report = bench.waxwing("verify", "").arg(intact).report();
        assert_eq!(report.signature(), "verified", "{algorithm}: {}", report.0);
        assert_eq!(report.text("/layers/0/signers/0/algorithm"), algorithm.to_lowercase(), "{}", report.0);
        let changed = String::from_utf8(signed).unwrap().replacen("noon", "nine", 1);
        let changed = file(bench.folder.path(), "changed.eml", changed.as_bytes());
        assert_eq!(bench.waxwing("verify", "").arg(changed).report().signature(), "altered", "{algorithm}");
    }
}

/// What is encrypted with ML-KEM arrives, in both directions, with each cipher, key derivation and user keying material. Before
/// 3.6, OpenSSL has no KEMRecipientInfo.
#[test]
fn ml_kem_in_both_directions() {
    let Some(bench) = Bench::new() else { return };
    assert!(bench.openssl.version() >= (3, 6), "{:?}", bench.openssl.version());
    let entity = mail::entity("parts");
    for algorithm in ML_KEM {
        bench.person(algorithm);
        for profile in ["compatible", "modern"] {
            let letter = mail::message("sealed", std::str::from_utf8(&entity).unwrap());
            let letter = file(bench.folder.path(), "letter.eml", &letter);
            let out = bench.path(&format!("{algorithm}-{profile}.eml"));
            let words = format!("encrypt --profile {profile} --no-protect-headers");
            let to = bench.path(&format!("{algorithm}.pem"));
            bench.waxwing(&words, "").arg("--to").arg(to).arg("-o").arg(&out).arg(letter).ok();
            let open = format!("cms -decrypt -recip {algorithm}.pem -inkey {algorithm}.key");
            let found = bench.try_with(&open, &fs::read(out).unwrap());
            same(algorithm, &entity, &found.unwrap_or_else(|error| panic!("{algorithm} {profile}: {error}")));
        }
        for (cipher, options) in [
            ("aes-128-cbc", ""),
            ("aes-256-cbc", "-recip_kdf HKDF-SHA512"),
            ("aes-256-gcm", "-recip_kdf HKDF-SHA384 -recip_ukm 0123456789abcdef"),
        ] {
            let seal = format!("cms -encrypt -{cipher} -recip {algorithm}.pem {options}");
            let sealed = bench.try_with(&seal, &entity).unwrap_or_else(|error| panic!("{seal}: {error}"));
            let sealed = file(bench.folder.path(), &format!("{algorithm}-{cipher}.eml"), &sealed);
            let out = bench.path(&format!("{algorithm}-{cipher}-open.eml"));
            let report = bench.waxwing("decrypt", algorithm).arg("-o").arg(&out).arg(sealed).report();
            let layer = &report.layers()[0];
            let said = [&layer["cipher"], &layer["recipients"][0]["algorithm"]].map(|it| it.as_str().unwrap_or("-"));
            assert_eq!(said, [cipher, &algorithm.to_lowercase()], "{}", report.0);
            same(&seal, &entity, &fs::read(out).unwrap());
        }
    }
}

/// Private keys come in as seed, expanded and both, as the standards write them and without an encoding as older programs did.
/// What Waxwing writes of them, as PKCS #8 and PKCS #12, goes back.
#[test]
fn keys_in_both_directions() {
    let Some(bench) = Bench::new() else { return };
    for algorithm in ML_DSA.iter().chain(&ML_KEM) {
        bench.person(algorithm);
        let lower = if algorithm.starts_with("ML-DSA") { "ml-dsa" } else { "ml-kem" };
        let public = decoded(&bench.path(&format!("{algorithm}.pub")));
        for form in ["seed-only", "priv-only", "seed-priv", "bare-seed", "bare-priv"] {
            let pkcs8 = bench
                .run(&format!("pkcs8 -topk8 -nocrypt -in {algorithm}.key -provparam {lower}.output_formats={form}"));
            let key = PrivateKey::from_any(&pkcs8).unwrap_or_else(|error| panic!("{algorithm} {form}: {error}"));
            assert_eq!(spki(&key), public, "{algorithm} {form}");
            let own = file(bench.folder.path(), "own.der", &key.to_pkcs8().unwrap());
            let back = bench.run(&format!("pkey -inform DER -in {} -pubout -outform DER", own.display()));
            assert_eq!(back, public, "{algorithm} {form}");
        }
        let p12 = fs::read(bench.path(&format!("{algorithm}.p12"))).unwrap();
        let password = SecretString::from(PASSWORD);
        let contents = pkcs12::read(&p12, &password, &kdf::Limits::default()).unwrap();
        let entry = &contents.keys[0];
        assert_eq!(spki(&entry.key), public, "{algorithm}");
        let certificate = entry.certificate.as_ref().unwrap();
        let own = pkcs12::write(&entry.key, certificate, &[], "Alice", &password).unwrap();
        fs::write(bench.path("own.p12"), &*own).unwrap();
        bench.run("pkcs12 -in own.p12 -passin file:password -nodes -out own.pem");
        bench.run("pkey -in own.pem -pubout -out own.pub");
        assert_eq!(decoded(&bench.path("own.pub")), public, "{algorithm}");
    }
}

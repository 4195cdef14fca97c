//! The people of RFC 9216: Alice and Bob with RSA, Carlos and Dana with Ed25519 and X25519, each with one certificate for
//! signing and one for encryption; and the messages that other RFCs show of them.

use std::fs;
use std::path::Path;

use libtest_mimic::Trial;

use crate::common::cli::{Cli, file};
use crate::common::corpora::corpus;
use crate::common::{folder, installed, mail, named, program, run};
use crate::{cli, contains, open, said};

pub fn trials() -> Vec<Trial> {
    let tests: [(&str, fn()); 4] = [
        ("write to each other", people_of_rfc9216_write_to_each_other),
        ("openssl", people_of_rfc9216_and_openssl),
        ("cross-certificates", cross_certificates),
        ("are imported", people_of_rfc9216_are_imported),
    ];
    tests.into_iter().map(|(name, test)| named::asserting(format!("rfc9216-lamps: {name}"), test)).collect()
}

fn letter(from: &str, to: &str) -> Vec<u8> {
    let fields = format!(
        "From: {from}@smime.example\r\nTo: {to}@smime.example\r\nSubject: from {from} to {to}\r\nDate: {}\r\nMIME-Version: 1.0\r\n",
        mail::date()
    );
    [fields.as_bytes(), mail::PARTS.as_bytes()].concat()
}

/// What a sender's program knows: its own keys, and both certificates of the recipient, of which one is for encryption.
fn sender(words: &str, data: &Path, from: &str, to: &str) -> Cli {
    let words = format!("{words} --p12 {{}}/{from}.p12 --cert {{}}/{to}.sign.crt.pem --cert {{}}/{to}.encrypt.crt.pem");
    cli(&words, data, from)
}

/// From import to reading: the certificate for signing signs, the one for encryption is encrypted to, and the reader sees who
/// it was.
fn people_of_rfc9216_write_to_each_other() {
    let Some(data) = corpus("rfc9216-lamps") else { return };
    let folder = folder();
    for (from, to, authority) in [("alice", "bob", "rsa"), ("carlos", "dana", "25519"), ("alice", "carlos", "rsa")] {
        let path = file(folder.path(), &format!("{from}-{to}.eml"), &letter(from, to));
        for profile in ["compatible", "modern"] {
            for wrap in ["--sign", "--triple"] {
                let words = format!("encrypt {wrap} --profile {profile}");
                let report = sender(&words, &data, from, to).arg(&path).report();
                let sealed = report.text("/output").to_owned();
                assert_eq!(report.0["error"], serde_json::Value::Null, "{words} {from} {to}");
                for reader in [from, to] {
                    let words = format!("verify --p12 {{}}/{reader}.p12 --trust {{}}/ca.{authority}.crt.pem");
                    let seen = cli(&words, &data, reader).arg(&sealed).report();
                    let name = format!("{from} to {to} {profile} {wrap} as {reader}");
                    assert_eq!((seen.signature(), seen.privacy()), ("verified", "opened"), "{name}: {}", seen.0);
                    assert_eq!(seen.loud_findings(), Vec::<&str>::new(), "{name}");
                    let words = format!("decrypt --p12 {{}}/{reader}.p12");
                    let found = open(cli(&words, &data, reader), folder.path(), &[&sealed]).remove(0).unwrap();
                    assert!(contains(&found, "AAECAwQFBgcICQoLDA0ODw=="), "{name}");
                }
            }
        }
    }
}

/// Another program reads what the people with RSA keys write, and they read what it writes.
fn people_of_rfc9216_and_openssl() {
    let Some(data) = corpus("rfc9216-lamps") else { return };
    if !installed("openssl") {
        return;
    }
    let folder = folder();
    let path = file(folder.path(), "a.eml", &letter("alice", "bob"));
    let sealed = sender("encrypt --sign", &data, "alice", "bob").arg(&path).report().text("/output").to_owned();
    let openssl = |words: &str, input: &[u8]| run(&mut program("openssl", &data, words), input).unwrap();
    let opened =
        openssl("cms -decrypt -recip bob.encrypt.crt.pem -inkey bob.encrypt.key.pem", &fs::read(sealed).unwrap());
    let found = openssl("cms -verify -CAfile ca.rsa.crt.pem", &opened);
    assert_eq!(mail::meaning(&found), mail::meaning(mail::PARTS.as_bytes()));

    let signed = openssl("cms -sign -signer bob.sign.crt.pem -inkey bob.sign.key.pem", mail::PARTS.as_bytes());
    let sealed = openssl("cms -encrypt -aes-256-gcm -from bob@smime.example -recip alice.encrypt.crt.pem", &signed);
    let path = file(folder.path(), "b.eml", &sealed);
    let words = "verify --p12 {}/alice.p12 --trust {}/ca.rsa.crt.pem";
    assert_eq!(said(&cli(words, &data, "alice").arg(path).report()).0, "verified");
}

/// A path over a cross-certificate is found: the one that is given, and the one that a sender's file brought along.
fn cross_certificates() {
    let Some(data) = corpus("rfc9216-lamps") else { return };
    if !installed("openssl") {
        return;
    }
    let folder = folder();
    let words = "cms -sign -from alice@smime.example -signer alice.sign.crt.pem -inkey alice.sign.key.pem";
    let bare = run(&mut program("openssl", &data, words), mail::TEXT.as_bytes()).unwrap();
    let bare = file(folder.path(), "bare.eml", &bare).to_string_lossy().into_owned();
    let signed = |person: &str| {
        let path = file(folder.path(), &format!("{person}.eml"), &letter(person, "bob"));
        let words = format!("sign --as {person}@smime.example --p12 {{}}/{person}.p12");
        cli(&words, &data, person).arg(path).report().text("/output").to_owned()
    };
    let (alice, carlos) = (signed("alice"), signed("carlos"));
    for (file, words, expected) in [
        (&bare, "--trust {}/ca.rsa.crt.pem", "verified"),
        (&bare, "--trust {}/ca.25519.crt.pem --cert {}/ca.rsa.cross.crt.pem", "verified"),
        (&bare, "--trust {}/ca.25519.crt.pem", "unknown-issuer"),
        (&bare, "--trust {}/ca.25519.crt.pem --cert {}/ca.25519.cross.crt.pem", "unknown-issuer"),
        (&alice, "--trust {}/ca.25519.crt.pem", "verified"),
        (&carlos, "--trust {}/ca.rsa.crt.pem", "verified"),
    ] {
        let report = cli(&format!("verify {words}"), &data, "").arg(file).report();
        assert_eq!(report.signature(), expected, "{file} {words}: {:?}", report.findings());
    }
}

/// The wallet takes the files in as they stand.
fn people_of_rfc9216_are_imported() {
    let Some(data) = corpus("rfc9216-lamps") else { return };
    for person in ["alice", "bob", "carlos", "dana"] {
        let folder = folder();
        let wallet = |words: &str| {
            let home = folder.path().to_string_lossy().into_owned();
            let words =
                format!("wallet --wallet {home}/wallet --vault file --passphrase-file {home}/passphrase {words}");
            file(folder.path(), "passphrase", b"a passphrase");
            cli(&words, &data, person).ok()
        };
        wallet(&format!("import {{}}/{person}.p12"));
        let listed = String::from_utf8(wallet("list").stdout).unwrap();
        assert!(listed.contains(&format!("{person}@smime.example")), "{listed}");
        wallet("check");
    }
}

//! Whoever signed a message can be written to: their certificates go from the message to the contacts, and nobody else's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::path::Path;

use common::cli::{Cli, file};
use common::openssl::{OpenSsl, openssl};
use common::pki::{ALICE, DANA, Pki};
use common::{folder, mail};

/// A signed message from somebody, with certificates beside the signer's.
fn signed(folder: &Path, name: &str, from: &str, signer: &str, beside: &[&str]) -> std::path::PathBuf {
    let pki = Pki::get();
    let certificates: Vec<_> = beside.iter().map(|name| std::fs::read(pki.certificate(name)).unwrap()).collect();
    let beside = file(folder, "beside.pem", &certificates.concat());
    let text = mail::TEXT.as_bytes();
    let words = format!("cms -sign -signer {signer}.pem -inkey {signer}.key -certfile {}", beside.display());
    let signed = String::from_utf8(openssl(&words, text).unwrap()).unwrap();
    let message = format!("From: {from}\r\nTo: bob@example.org\r\nSubject: hello\r\n{signed}");
    file(folder, name, message.as_bytes())
}

/// The addresses of the contacts in a wallet.
fn contacts(wallet: &Path) -> Vec<String> {
    let list = Cli::new("wallet list --vault memory --json --wallet").arg(wallet).ok().stdout;
    let entries = String::from_utf8(list).unwrap();
    let entries = entries.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let contacts = entries.filter(|entry| entry["kind"] == "contact");
    contacts.map(|entry| format!("{} {}", entry["addresses"][0].as_str().unwrap(), entry["trusted"])).collect()
}

/// Somebody with one certificate for signing and another for reading is known with both; a certificate that somebody put beside
/// them, for another address or of an authority that nobody trusts, is not.
#[test]
fn whoever_signs_can_be_written_to() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let wallet = folder.path().join("wallet");
    let letter = signed(folder.path(), "letter.eml", DANA, "dana-sign", &["issuer", "dana-read", "bob", "alice-self"]);
    let run = |words: &str| Cli::as_people(words, &[]).words("--vault memory --wallet").arg(&wallet);
    let import = |message: &Path| run("wallet import").arg(message).words("--json").run();
    assert_eq!(import(&letter).status.code(), Some(0));
    assert_eq!(contacts(&wallet), [format!("{DANA} null"), format!("{DANA} null")]);
    assert_eq!(import(&letter).status.code(), Some(1), "nothing is new");

    let beside = ["issuer", "alice-ec", "alice-self", "alice-web"];
    let other = signed(folder.path(), "other.eml", ALICE, "alice", &beside);
    assert_eq!(import(&other).status.code(), Some(0));
    assert_eq!(contacts(&wallet).iter().filter(|contact| contact.starts_with(ALICE)).count(), 2, "alice and alice-ec");

    let plain = file(folder.path(), "plain.eml", &mail::message("plain", mail::TEXT));
    let sealed = folder.path().join("sealed.eml");
    run(&format!("encrypt --to {DANA}")).arg(&plain).arg("-o").arg(&sealed).ok();
    let report = Cli::as_people("verify", &["dana-read"]).arg(&sealed).report();
    assert_ne!(report.privacy(), "locked");
}

/// What proves nothing makes nobody known.
#[test]
fn nobody_else_is_taken() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let wallet = folder.path().join("wallet");
    let good = signed(folder.path(), "good.eml", ALICE, "alice", &["issuer"]);
    let pem = std::fs::read_to_string(Pki::get().certificate("alice-self")).unwrap();
    let altered = String::from_utf8(std::fs::read(&good).unwrap()).unwrap().replacen("noon", "nine", 1);
    let self_signed = signed(folder.path(), "self.eml", ALICE, "alice-self", &["alice"]);
    for (what, message, code) in [
        ("altered", file(folder.path(), "altered.eml", altered.as_bytes()), "not-verified"),
        ("by somebody else", signed(folder.path(), "other.eml", DANA, "alice", &["issuer"]), "not-verified"),
        ("by nobody known", self_signed, "not-verified"),
        ("unsigned", file(folder.path(), "plain.eml", &mail::message("plain", mail::TEXT)), "nothing"),
        (
            "a certificate in a text",
            file(folder.path(), "pem.eml", &mail::message("pem", &format!("\r\n{pem}"))),
            "nothing",
        ),
    ] {
        let cli = Cli::as_people("wallet import --json --vault memory", &[]).arg(message);
        let run = cli.arg("--wallet").arg(&wallet).run();
        let said: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
        assert_eq!((run.status.code(), said["error"]["code"].as_str()), (Some(1), Some(code)), "{what}: {said}");
        assert_eq!(contacts(&wallet), [""; 0], "{what}");
    }
    // What somebody put behind the signed part proves nothing, and hides nobody.
    let behind = [std::fs::read(&good).unwrap(), pem.into_bytes()].concat();
    let letter = file(folder.path(), "behind.eml", &behind);
    let run = Cli::as_people("wallet import --json --vault memory", &[]).arg(letter).arg("--wallet").arg(&wallet).run();
    let said: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let alice = std::fs::read(Pki::get().certificate("alice")).unwrap();
    let alice = waxwing::pki::bundle::certificates(&alice).unwrap()[0].fingerprint();
    assert_eq!((run.status.code(), &said["contacts"]), (Some(0), &serde_json::json!([alice])));
}

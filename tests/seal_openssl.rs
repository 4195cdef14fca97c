//! New messages, read by openssl; and whom they are made for, out of certificates by a real authority.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use common::openssl::OpenSsl;
use common::peer::Peer;
use common::pki::{ALICE, BOB, Pki};
use jiff::Timestamp;
use waxwing::crypto::PrivateKey;
use waxwing::crypto::pem;
use waxwing::jobs::{Desk, Given, GivenIdentity, Output, Progress, Seal, SignWith};
use waxwing::pki::{Certificate, bundle};
use waxwing::policy::{Policy, Profile};
use waxwing::report::Verdict;
use waxwing::wallet::Wallet;

fn certificate(name: &str) -> Certificate {
    bundle::certificates(&fs::read(Pki::get().certificate(name)).unwrap()).unwrap().remove(0)
}

fn identity(name: &str) -> GivenIdentity {
    let text = fs::read_to_string(Pki::get().file(&format!("{name}.key"))).unwrap();
    let key = PrivateKey::from_any(&pem::blocks(&text).next().unwrap().decode().unwrap()).unwrap();
    GivenIdentity { certificate: certificate(name), chain: Vec::new(), key: Arc::new(key) }
}

/// A desk that trusts the root, knows the issuer and these others, and is these people.
fn desk(profile: Profile, people: &[&str], others: &[&str]) -> Desk {
    let given = Given {
        anchors: vec![certificate("root")],
        certificates: ["issuer"].iter().chain(others).map(|name| certificate(name)).collect(),
        identities: people.iter().map(|name| identity(name)).collect(),
        ..Given::default()
    };
    let policy = Policy { profile, ..Policy::at(Timestamp::now()) };
    Desk::new(Arc::new(Wallet::in_memory().unwrap()), policy).with(given)
}

fn letter(folder: &tempfile::TempDir, entity: &str) -> PathBuf {
    let file = folder.path().join("letter.eml");
    fs::write(&file, common::mail::message("sealed", entity)).unwrap();
    file
}

/// What is signed is verified by openssl with the root alone: the issuer goes with the signature. What is encrypted is
/// decrypted by openssl, and the signature inside holds, whatever stands in the letter.
#[test]
fn openssl_reads_what_is_sealed() {
    let Some(openssl) = OpenSsl::find() else { return };
    let endless = format!("Content-Type: text/plain\r\n\r\n{}\r\n.\r\nFrom me\r\n", "x".repeat(3000));
    for (signer, recipient) in [("alice", "bob"), ("alice-ec", "bob-ec")] {
        for profile in [Profile::Compatible, Profile::Modern] {
            let desk = desk(profile, &[signer], &[recipient]);
            for entity in [common::mail::TEXT, common::mail::EIGHT_BIT, common::mail::PARTS, &endless] {
                let folder = common::folder();
                let letter = letter(&folder, entity);
                let seal_with = |encrypt, opaque, triple, protect| {
                    let sign = Some(SignWith::Sender);
                    let seal = Seal { sign, encrypt, opaque, triple, protect: Some(protect), ..Seal::default() };
                    let sealed = desk.seal(&letter, &seal, &Output::Beside, &Progress::default()).unwrap();
                    fs::read(sealed.main).unwrap()
                };
                let seal = |encrypt, opaque, triple| seal_with(encrypt, opaque, triple, false);
                let what = format!("{signer} {profile:?} {entity:.40}");
                let said = |said: common::Said| said.unwrap_or_else(|error| panic!("{what}: {error}"));
                let clear = said(openssl.verify(&seal(false, false, false)));
                assert_eq!(said(openssl.verify(&seal(false, true, false))), clear, "{what}");
                let inside = said(openssl.decrypt(recipient, &seal(true, false, false)));
                assert_eq!(said(openssl.verify(&inside)), clear, "{what}");
                let around = said(openssl.verify(&seal(true, true, true)));
                let inside = said(openssl.decrypt(recipient, &around));
                assert_eq!(said(openssl.verify(&inside)), clear, "{what}");
                // With protected header fields.
                let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
                let fields = text(said(openssl.verify(&seal_with(false, false, false, true))));
                assert!(fields.contains("Subject: sealed\r\n") && fields.contains("hp=\"clear\""), "{what}: {fields}");
                let around = said(openssl.verify(&seal_with(true, false, true, true)));
                let inside = said(openssl.decrypt(recipient, &around));
                let fields = text(said(openssl.verify(&inside)));
                assert!(fields.contains("HP-Outer: Subject: [...]\r\n") && fields.contains("hp=\"cipher\""), "{what}");
            }
        }
    }
}

/// Of all the certificates that name somebody, the one that leads to the anchor is taken, not the one that nobody issued;
/// expired ones and those for web servers are passed over, and named when there is nothing else.
#[test]
fn the_certificate_that_leads_to_an_anchor_is_taken() {
    if OpenSsl::find().is_none() {
        return;
    }
    let desk_with = |others: &[&str]| desk(Profile::Compatible, &[], others);
    let all = desk_with(&["alice-self", "alice", "alice-old", "alice-web"]);
    assert_eq!(all.recipient(ALICE).unwrap(), certificate("alice"));
    assert_eq!(desk_with(&["alice-self", "alice-old"]).recipient(ALICE).unwrap(), certificate("alice-self"));
    let failure = desk_with(&["alice-old", "alice-web"]).recipient(ALICE).unwrap_err();
    assert!(failure.what.contains("expired"), "{}", failure.what);
    let failure = desk_with(&["alice-web"]).recipient(ALICE).unwrap_err();
    assert!(failure.what.contains("not meant for encryption"), "{}", failure.what);
    assert!(desk_with(&["alice"]).recipient(BOB).is_err());
    // An issuer's signature that does not hold is not passed over, though the name of the issuer fits.
    let mut forged = certificate("bob").der().to_vec();
    let last = forged.len() - 1;
    forged[last] ^= 1;
    let given = Given {
        anchors: vec![certificate("root")],
        certificates: vec![certificate("issuer"), Certificate::from_der(&forged).unwrap()],
        ..Given::default()
    };
    let failure = desk_with(&[]).with(given).recipient(BOB).unwrap_err();
    assert!(failure.what.contains("cannot be relied on"), "{}", failure.what);
}

/// A message that is signed here is verified here too, with the authority in between found in the message.
#[test]
fn the_chain_goes_with_the_signature() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = common::folder();
    let letter = letter(&folder, common::mail::TEXT);
    let seal = Seal { sign: Some(SignWith::Address(ALICE.to_owned())), ..Seal::default() };
    let alices = desk(Profile::Modern, &["alice"], &[]);
    let sealed = alices.seal(&letter, &seal, &Output::Beside, &Progress::default()).unwrap();
    let given = Given { anchors: vec![certificate("root")], ..Given::default() };
    let opened = desk(Profile::Compatible, &[], &[]).with(given).look(&sealed.main, &Progress::default());
    assert_eq!(opened.report.signature, Verdict::Verified, "{:#?}", opened.report.layers);
    // A SET has no order of its own; the root stays at home.
    let with = &opened.certificates;
    assert!(
        with.len() == 2 && with.contains(&certificate("alice")) && with.contains(&certificate("issuer")),
        "{with:?}"
    );
}

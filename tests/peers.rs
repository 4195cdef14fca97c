//! Messages between Waxwing and other programs, in both directions and for every combination of methods.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::cli::{Cli, Report, file};
use common::gaps::{GAPS, Gap};
use common::mail::{self, meaning};
use common::openssl::OpenSsl;
use common::peer::{Cipher, Padding, Peer, peers};
use common::pki::{ALICE, Pki};
use common::{Said, folder};

const SIGNERS: [(&str, &str); 2] = [("alice", "rsa"), ("alice-ec", "ecdsa")];
const READERS: [&str; 2] = ["bob", "bob-ec"];
const PROFILES: [&str; 2] = ["compatible", "modern"];

/// What worked and what did not, by peer and method.
struct Book {
    results: BTreeMap<(&'static str, String), Result<(), String>>,
    versions: BTreeMap<&'static str, (u32, u32)>,
}

impl Book {
    fn new(peers: &[Box<dyn Peer>]) -> Self {
        let versions = peers.iter().map(|peer| (peer.name(), peer.version())).collect();
        Self { results: BTreeMap::new(), versions }
    }

    /// Notes one message of a method; a method works when all of its messages do.
    fn note(&mut self, peer: &'static str, method: &str, entity: &str, result: Result<(), String>) {
        let result = result.map_err(|error| format!("{entity}: {error}"));
        let entry = self.results.entry((peer, method.to_owned())).or_insert(Ok(()));
        if entry.is_ok() {
            *entry = result;
        }
    }

    /// Holds the results to the table of gaps; `kind` is the first word of this test's methods.
    fn close(self, kind: &str) {
        let mut wrong = Vec::new();
        for ((peer, method), result) in &self.results {
            let version = self.versions[peer];
            match (GAPS.iter().find(|gap| gap.covers(peer, method)), result) {
                (None, Err(error)) => wrong.push(format!("{peer} {version:?}, {method}: {error}")),
                (Some(gap), Ok(())) if version <= gap.1 => {
                    wrong.push(format!("{peer} {version:?}, {method} works; the table says: {}", gap.3));
                }
                _ => {}
            }
        }
        let tried = |gap: &Gap| self.results.keys().any(|(peer, method)| gap.covers(peer, method));
        for gap in GAPS.iter().filter(|gap| gap.2.starts_with(kind) && self.versions.contains_key(gap.0)) {
            if !tried(gap) {
                wrong.push(format!("{}, {} is in the table and was not tried", gap.0, gap.2));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    }
}

/// Whether two entities say the same, or where they part.
fn same(expected: &[u8], found: &[u8]) -> Result<(), String> {
    let (expected, found) = (meaning(expected), meaning(found));
    if expected == found { Ok(()) } else { Err(format!("expected {expected}\n  found {found}")) }
}

fn agrees(expected: &[u8], found: Said) -> Result<(), String> {
    found.and_then(|found| same(expected, &found))
}

/// Writes a message around each entity and returns the files.
fn letters(folder: &Path) -> Vec<PathBuf> {
    let write = |(name, entity): (&str, String)| file(folder, &format!("{name}.eml"), &mail::letter(name, &entity));
    mail::entities().into_iter().map(write).collect()
}

/// Runs `waxwing-cli` over all letters at once; gives what was written, by the name of the entity.
fn written(words: &str, people: &[&str], arguments: &[PathBuf]) -> BTreeMap<String, Vec<u8>> {
    let folder = folder();
    let (from, to) = (folder.path().join("from"), folder.path().join("to"));
    fs::create_dir(&from).unwrap();
    fs::create_dir(&to).unwrap();
    let mut cli = Cli::as_people(words, people).arg("--out-dir").arg(&to);
    for argument in letters(&from).iter().chain(arguments) {
        cli = cli.arg(argument);
    }
    cli.ok();
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(&to).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        found.insert(name.split('.').next().unwrap().to_owned(), fs::read(path).unwrap());
    }
    assert_eq!(found.len(), mail::entities().len(), "{words}");
    found
}

/// Reports on messages, all in one run, by their number.
fn reports(words: &str, people: &[&str], mails: &[Vec<u8>]) -> Vec<Report> {
    let folder = folder();
    let mut cli = Cli::as_people(words, people);
    for (number, mail) in mails.iter().enumerate() {
        cli = cli.arg(file(folder.path(), &format!("{number}.eml"), mail));
    }
    let reports = cli.reports();
    assert_eq!(reports.len(), mails.len());
    reports
}

/// What a report says, when it is not this.
fn said(report: &Report, signature: &str, privacy: &str) -> Result<(), String> {
    if (report.signature(), report.privacy(), report.loud_findings()) == (signature, privacy, Vec::new()) {
        return Ok(());
    }
    Err(format!("{}, {}, {:?}, {}", report.signature(), report.privacy(), report.findings(), report.0["error"]))
}

fn needed(people: &[&str]) -> Vec<PathBuf> {
    people.iter().flat_map(|person| ["--to".into(), Pki::get().certificate(person)]).collect()
}

/// Every peer reads what Waxwing signs: in each form and profile, with each kind of key, whatever is signed.
#[test]
fn peers_verify_ours() {
    let peers = peers();
    let mut book = Book::new(&peers);
    let mut all = Vec::new();
    for profile in PROFILES {
        for form in ["clear", "opaque"] {
            for (signer, _) in SIGNERS {
                let opaque = if form == "opaque" { "--opaque" } else { "" };
                let words = format!("sign --as {ALICE} --profile {profile} {opaque}");
                for (name, mail) in written(&words, &[signer], &[]) {
                    let expected = &mail::entity(&name);
                    for peer in &peers {
                        let method = format!("verify {profile} {form} {signer}");
                        book.note(peer.name(), &method, &name, agrees(expected, peer.verify(&mail)));
                    }
                    all.push((format!("{profile} {form} {signer} {name}"), mail));
                }
            }
        }
    }
    let mails: Vec<_> = all.iter().map(|(_, mail)| mail.clone()).collect();
    for ((name, _), report) in all.iter().zip(reports("verify", &[], &mails)) {
        said(&report, "verified", "none").unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    book.close("verify");
}

/// Waxwing verifies what every peer signs.
#[test]
fn we_verify_peers() {
    let peers = peers();
    let mut book = Book::new(&peers);
    let (mut made, mut mails) = (Vec::new(), Vec::new());
    for peer in &peers {
        for form in ["clear", "opaque"] {
            for (signer, algorithm) in SIGNERS {
                for (name, entity) in mail::entities() {
                    let method = format!("sign {form} {signer}");
                    match peer.sign(signer, form == "opaque", &mail::canonical(entity.as_bytes())) {
                        Err(error) => book.note(peer.name(), &method, name, Err(error)),
                        Ok(mail) => {
                            made.push((peer.name(), method, name, form, algorithm));
                            mails.push(mail);
                        }
                    }
                }
            }
        }
    }
    for ((peer, method, name, form, algorithm), report) in made.into_iter().zip(reports("verify", &[], &mails)) {
        let result = said(&report, "verified", "none").and_then(|()| {
            let signer = report.signers()[0];
            let kind = report.kinds()[0].to_owned();
            let named = signer["algorithm"].as_str().unwrap().contains(algorithm) && signer["digest"] == "sha-256";
            if named && kind.starts_with(form) { Ok(()) } else { Err(format!("{kind}, {signer}")) }
        });
        book.note(peer, &method, name, result);
    }
    book.close("sign");
}

/// Every peer opens what Waxwing encrypts, for each kind of recipient and for several at once.
#[test]
fn peers_decrypt_ours() {
    let peers = peers();
    let mut book = Book::new(&peers);
    for profile in PROFILES {
        for readers in [&READERS[..1], &READERS[1..], &READERS] {
            let words = format!("encrypt --profile {profile}");
            for (name, mail) in written(&words, &[], &needed(readers)) {
                for peer in &peers {
                    for reader in readers {
                        let method = format!("decrypt {profile} {} as {reader}", readers.join("+"));
                        let result = agrees(&mail::entity(&name), peer.decrypt(reader, &mail));
                        book.note(peer.name(), &method, &name, result);
                    }
                }
            }
        }
    }
    book.close("decrypt");
}

/// Waxwing opens what every peer encrypts, with each cipher and each way to the recipient, and writes what was in it.
#[test]
fn we_decrypt_peers() {
    let peers = peers();
    let mut book = Book::new(&peers);
    let folder = folder();
    let to = folder.path().join("to");
    fs::create_dir(&to).unwrap();
    let mut made = Vec::new();
    let mut cli = Cli::as_people("decrypt", &READERS).arg("--out-dir").arg(&to);
    for peer in &peers {
        for cipher in Cipher::ALL {
            for (reader, padding) in [("bob", Padding::Pkcs1), ("bob", Padding::Oaep), ("bob-ec", Padding::Pkcs1)] {
                let method = format!("encrypt {} {reader} {padding:?}", cipher.name());
                for (name, entity) in mail::entities() {
                    match peer.encrypt(reader, cipher, padding, &mail::canonical(entity.as_bytes())) {
                        Err(error) => {
                            book.note(peer.name(), &method, name, Err(error));
                            break;
                        }
                        Ok(mail) => {
                            cli = cli.arg(file(folder.path(), &format!("{}.eml", made.len()), &mail));
                            made.push((peer.name(), method.clone(), name, cipher));
                        }
                    }
                }
            }
        }
    }
    let (status, reports) = cli.status_and_reports();
    assert_eq!(status, Some(0));
    assert_eq!(reports.len(), made.len());
    for ((peer, method, name, cipher), report) in made.into_iter().zip(reports) {
        let privacy = if cipher.is_authenticated() { "opened" } else { "opened-unauthenticated" };
        let result = said(&report, "unsigned", privacy).and_then(|()| {
            let output = fs::read(report.text("/output")).map_err(|error| error.to_string())?;
            let named = report.layers()[0]["cipher"].as_str().unwrap_or_default();
            if named == cipher.name() { same(&mail::entity(name), &output) } else { Err(named.to_owned()) }
        });
        book.note(peer, &method, name, result);
    }
    book.close("encrypt");
}

/// A message that is signed and then encrypted, and one that is signed again around that, is peeled by every peer.
#[test]
fn peers_peel_ours() {
    let peers = peers();
    let mut book = Book::new(&peers);
    for profile in PROFILES {
        for (signer, reader) in [("alice", "bob"), ("alice-ec", "bob-ec")] {
            for wrap in ["--sign", "--triple"] {
                let words = format!("encrypt {wrap} --profile {profile}");
                let mails = written(&words, &[signer], &needed(&[reader]));
                let all: Vec<_> = mails.values().cloned().collect();
                for ((name, _), report) in mails.iter().zip(reports("verify", &[reader], &all)) {
                    said(&report, "verified", "opened").unwrap_or_else(|error| panic!("{words} {name}: {error}"));
                }
                for (name, mail) in mails {
                    for peer in &peers {
                        let outer = if wrap == "--triple" { peer.verify(&mail) } else { Ok(mail.clone()) };
                        let sealed = outer.map(|entity| mail::canonical(&entity));
                        let signed = sealed.and_then(|sealed| peer.decrypt(reader, &sealed));
                        let found = signed.and_then(|signed| peer.verify(&mail::canonical(&signed)));
                        let method = format!("peel {profile} {signer} {wrap}");
                        book.note(peer.name(), &method, &name, agrees(&mail::entity(&name), found));
                    }
                }
            }
        }
    }
    book.close("peel");
}

/// What Waxwing decrypts of its own is what was encrypted, for each combination at once.
#[test]
fn we_open_ours() {
    let folder = folder();
    for profile in PROFILES {
        for wrap in ["", "--sign", "--triple"] {
            let words = format!("encrypt {wrap} --profile {profile}");
            let mails = written(&words, &["alice"], &needed(&READERS));
            for reader in READERS {
                let (from, to) = (folder.path().join(format!("{profile}{wrap}{reader}")), "to");
                fs::create_dir_all(from.join(to)).unwrap();
                let mut cli = Cli::as_people("decrypt", &[reader]).arg("--out-dir").arg(from.join(to));
                for (name, mail) in &mails {
                    cli = cli.arg(file(&from, &format!("{name}.eml"), mail));
                }
                for (name, report) in mails.keys().zip(cli.reports()) {
                    let output = fs::read(report.text("/output")).unwrap_or_else(|error| panic!("{words}: {error}"));
                    let (header, _) = mail::split(&output);
                    assert!(header.contains(&format!("Subject: {name}")), "{words} {name}: {header}");
                    let innermost = if wrap.is_empty() { output } else { mail::signed_part(&output) };
                    same(&mail::entity(name), &innermost).unwrap_or_else(|error| panic!("{words} {name}: {error}"));
                }
            }
        }
    }
}

/// The peers read what openssl writes: where Waxwing fails with one of them, the set-up is not the reason.
#[test]
fn peers_understand_openssl() {
    let Some(openssl) = OpenSsl::find() else { return };
    let entity = mail::PARTS.as_bytes();
    for peer in peers() {
        for opaque in [false, true] {
            for (signer, _) in SIGNERS {
                let signed = mail::canonical(&openssl.sign(signer, opaque, entity).unwrap());
                agrees(entity, peer.verify(&signed)).unwrap();
            }
        }
        let sealed = openssl.encrypt("bob", Cipher::Aes256Cbc, Padding::Pkcs1, entity).unwrap();
        agrees(entity, peer.decrypt("bob", &mail::canonical(&sealed))).unwrap();
        let changed =
            String::from_utf8(openssl.sign("alice", false, entity).unwrap()).unwrap().replacen("attach", "detach", 1);
        peer.verify(&mail::canonical(changed.as_bytes())).expect_err("a changed message");
    }
}

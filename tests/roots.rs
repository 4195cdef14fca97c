//! The built-in roots against a later list of Mozilla's, and against mail that real people signed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use waxwing::jobs::{Desk, Given, Progress};
use waxwing::pki::{bundle, roots};
use waxwing::policy::{NetworkPolicy, Policy};
use waxwing::report::Verdict;
use waxwing::wallet::Wallet;

mod common;

use common::corpora::{corpus, expected};

/// Roots that list 2.84 trusts for mail and list 2.86 does not: Mozilla took their trust away on 9 April 2026.
const GONE_SINCE: &[(&str, &str)] = &[
    ("Amazon Root CA 1", "for websites alone"),
    ("Amazon Root CA 2", "for websites alone"),
    ("Amazon Root CA 3", "for websites alone"),
    ("Amazon Root CA 4", "for websites alone"),
    ("GLOBALTRUST 2020", "removed"),
    ("GlobalSign ECC Root CA - R4", "for websites alone"),
    ("GTS Root R1", "for websites alone"),
    ("GTS Root R3", "for websites alone"),
    ("GTS Root R4", "for websites alone"),
    ("Secure Global CA", "removed"),
    ("TeliaSonera Root CA v1", "removed"),
    ("Trustwave Global Certification Authority", "removed"),
    ("Trustwave Global ECC P256 Certification Authority", "removed"),
    ("Trustwave Global ECC P384 Certification Authority", "removed"),
    ("XRamp Global CA Root", "removed"),
];

/// Names out of a table of `make.py` by SHA-256.
fn names(table: &str) -> BTreeMap<String, String> {
    let row = |line: &str| {
        let mut parts = line.split('\t');
        let (sha256, _, name) = (parts.next()?, parts.next()?, parts.next()?);
        (sha256.len() == 64).then(|| (sha256.to_owned(), name.to_owned()))
    };
    table.lines().filter_map(row).collect()
}

fn fingerprints(file: &Path) -> BTreeSet<String> {
    let all = bundle::certificates(&std::fs::read(file).unwrap()).unwrap();
    all.iter().map(waxwing::pki::Certificate::fingerprint).collect()
}

/// What Mozilla trusts for mail is in, what it trusts for websites alone is not.
#[test]
fn as_mozilla_has_it() {
    let Some(folder) = corpus("mozilla-email-roots") else { return };
    let (inside, outside) = ("email-roots.pem", "distrusted-or-server-only.pem");
    let (inside, outside) = (fingerprints(&folder.join(inside)), fingerprints(&folder.join(outside)));
    assert_eq!((inside.len(), outside.len()), (90, 77));
    let ours: BTreeSet<_> = roots::built_in().roots.iter().map(|root| root.certificate.fingerprint()).collect();
    assert_eq!(inside.difference(&ours).count(), 0, "all that the later list has");
    let names = names(include_str!("../assets/roots/mail.tsv"));
    assert_eq!(names.keys().cloned().collect::<BTreeSet<_>>(), ours);
    let more: BTreeSet<_> = ours.difference(&inside).map(|sha256| names[sha256].as_str()).collect();
    assert_eq!(more, GONE_SINCE.iter().map(|(name, _)| *name).collect());
    let for_websites = ours.intersection(&outside).map(|sha256| names[sha256].as_str());
    let expected = GONE_SINCE.iter().filter(|(_, why)| *why != "removed").map(|(name, _)| *name);
    assert_eq!(for_websites.collect::<BTreeSet<_>>(), expected.collect());
}

/// The script takes out of another list exactly what somebody else took out of it.
#[test]
fn the_script_reads_a_list() {
    let Some(folder) = corpus("mozilla-email-roots") else { return };
    let made = tempfile::tempdir().unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/roots/make.py");
    let mut command = Command::new("python3");
    command.arg(script).arg(folder.join("certdata.txt")).arg("--to").arg(made.path());
    command.args(["--date", "2026-04-09", "--source", "nss", "--list", "2.86"]);
    let Ok(output) = command.output() else { return println!("skipped: no python3") };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let table = std::fs::read_to_string(made.path().join("mail.tsv")).unwrap();
    assert!(table.contains("\nlist\t2.86\t2026-04-09\n"));
    let made = fingerprints(&made.path().join("mail.pem"));
    assert_eq!(made, names(&table).into_keys().collect());
    assert_eq!(made, fingerprints(&folder.join("email-roots.pem")));
}

/// Mail that the test data calls anchored, and why it is not.
const NOT_ANCHORED: &[(&str, &str)] = &[(
    "outlook-exchange-intact-66e2a2c62d2e08b9.eml",
    "its root is trusted for websites alone; OpenSSL took the system's too",
)];

/// Signed mail of real programs leads to the built-in roots at its own time, and to nobody without them; other mail never does.
#[test]
fn real_mail() {
    let Some(folder) = corpus("real-clients") else { return };
    let (mut counts, mut wrong) = ([0, 0], Vec::new());
    for row in expected(&folder) {
        if row["integrity"] != "intact" || row["address"] != "same" {
            continue;
        }
        let (file, at) = (row["file"].as_str(), row["date"].as_str());
        let policy = Policy { network: NetworkPolicy::Offline, ..Policy::at(at.parse().unwrap()) };
        let look = |built_in_roots| {
            let given = Given { built_in_roots: Some(built_in_roots), ..Given::default() };
            // A wallet of its own: one that has seen a message knows the authorities of the next.
            let wallet = Arc::new(Wallet::in_memory().unwrap());
            let desk = Desk::new(wallet, policy.clone()).with(given);
            desk.look(&folder.join(file), &Progress::default()).report.signature
        };
        let excepted = NOT_ANCHORED.iter().any(|(name, _)| *name == file);
        let anchored = row["openssl_chain_at_date"] == "anchored" && !excepted;
        let with = if anchored { Verdict::Verified } else { Verdict::UnknownIssuer };
        let (expected, seen) = ((with, Verdict::UnknownIssuer), (look(true), look(false)));
        if seen != expected {
            wrong.push(format!("{file}: {seen:?}"));
        }
        if anchored && counts[0] == 0 {
            assert_eq!(
                [verify(&folder.join(file), at, &[]), verify(&folder.join(file), at, &["--no-builtin-roots"])],
                [0, 1]
            );
        }
        counts[usize::from(!anchored)] += 1;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(counts[0] > 20 && counts[1] > 10, "{counts:?}");
}

/// The exit status of the command line, away from any wallet.
fn verify(file: &Path, at: &str, words: &[&str]) -> i32 {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waxwing-cli"));
    command.env("HOME", Path::new(env!("CARGO_TARGET_TMPDIR")).join("nobody")).env_remove("XDG_DATA_HOME");
    command.args(["verify", "--offline", "--at", at]).args(words).arg(file).output().unwrap().status.code().unwrap()
}

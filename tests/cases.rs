//! Messages that each show one thing, and what is said about them: verdict, privacy, layers, findings, exit status.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::cli::{Cli, Report, file};
use common::pki::Pki;
use common::{cases, folder, openssl::OpenSsl};

/// What is said about a message.
struct Case {
    name: &'static str,
    signature: &'static str,
    privacy: &'static str,
    /// Layers, outermost first.
    kinds: &'static [&'static str],
    /// Every error and warning, and those notes that the case is for.
    findings: &'static [&'static str],
}

const fn case(
    name: &'static str,
    signature: &'static str,
    privacy: &'static str,
    kinds: &'static [&'static str],
    findings: &'static [&'static str],
) -> Case {
    Case { name, signature, privacy, kinds, findings }
}

const CLEAR: &[&str] = &["clear-signed"];
const SEALED: &[&str] = &["enveloped"];

/// Read by somebody who trusts the root and has nothing else.
const SIGNED: &[Case] = &[
    // The two forms and the methods that are in use: all is well, and no warning spoils it.
    case("clear", "verified", "none", CLEAR, &[]),
    case("opaque", "verified", "none", &["opaque-signed"], &[]),
    case("ecdsa", "verified", "none", CLEAR, &[]),
    case("pss", "verified", "none", CLEAR, &[]),
    // An old method is named, not called a forgery.
    case("sha-1", "weak", "none", CLEAR, &["weak-digest"]),
    // A change of the content and one of the signature are told apart.
    case("body-changed", "altered", "none", CLEAR, &["digest-mismatch"]),
    case("signature-changed", "altered", "none", CLEAR, &["signature-mismatch"]),
    // Whom the sender line names.
    case("other-from", "other-signer", "none", CLEAR, &["address-differs"]),
    case("no-from", "sender-unclear", "none", CLEAR, &["from-missing"]),
    case("display-address", "sender-unclear", "none", CLEAR, &["display-address"]),
    case("other-sender", "verified", "none", CLEAR, &["sender-differs"]),
    // What the certificate is worth.
    case("self-signed", "unknown-issuer", "none", CLEAR, &["self-signed"]),
    case("expired", "expired-at-signing", "none", CLEAR, &["certificate-expired-at-signing"]),
    case("not-for-mail", "rejected", "none", CLEAR, &["not-for-mail"]),
    case("no-certificates", "unreadable", "none", CLEAR, &["missing-certificate"]),
    case("no-intermediate", "unknown-issuer", "none", CLEAR, &["no-issuer"]),
    // Bob signed too, and the message is not from him: the worst signer counts.
    case("two-signers", "other-signer", "none", CLEAR, &["address-differs"]),
    // A list put the signed message beside its footer.
    case("footer", "partly-signed", "none", CLEAR, &["outside-signature"]),
    case("plain", "unsigned", "none", &[], &[]),
];

/// Read by Bob.
const ENCRYPTED: &[Case] = &[
    // Encryption says nothing about who wrote, and CBC not even that nobody changed it.
    case("cbc", "unsigned", "opened-unauthenticated", SEALED, &["unauthenticated-cipher"]),
    case("oaep", "unsigned", "opened-unauthenticated", SEALED, &["unauthenticated-cipher"]),
    case("ecdh", "unsigned", "opened-unauthenticated", SEALED, &["unauthenticated-cipher"]),
    case("gcm", "unsigned", "opened", &["auth-enveloped"], &[]),
    case("3des", "unsigned", "opened-weak", SEALED, &["weak-cipher"]),
    case("rc2", "unsigned", "opened-weak", SEALED, &["weak-cipher"]),
    // The signature inside makes up for what CBC does not notice.
    case("signed-then-encrypted", "verified", "opened", &["enveloped", "clear-signed"], &[]),
    case("triple-wrapped", "verified", "opened", &["clear-signed", "enveloped", "clear-signed"], &[]),
    // Nothing of a damaged message is shown.
    case("cut-short", "unsigned", "damaged", SEALED, &["damaged-structure"]),
];

impl Case {
    /// How the report differs from what is expected.
    fn differences(&self, report: &Report) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut note = |what: &str, expected: &dyn std::fmt::Debug, found: &dyn std::fmt::Debug| {
            let (expected, found) = (format!("{expected:?}"), format!("{found:?}"));
            if expected != found {
                wrong.push(format!("{}: {what} is {found}, expected {expected}", self.name));
            }
        };
        note("signature", &self.signature, &report.signature());
        note("privacy", &self.privacy, &report.privacy());
        let kinds: Vec<_> = report.kinds().into_iter().filter(|kind| *kind != "plain").collect();
        note("kinds", &self.kinds, &kinds);
        note("error", &serde_json::Value::Null, &report.0["error"]);
        note("output", &serde_json::Value::Null, &report.0["output"]);
        let found: BTreeSet<_> = report.findings().into_iter().collect();
        let expected: BTreeSet<_> = self.findings.iter().copied().collect();
        note("missing findings", &Vec::<&str>::new(), &expected.difference(&found).collect::<Vec<_>>());
        let loud: BTreeSet<_> = report.loud_findings().into_iter().collect();
        note("unexpected findings", &Vec::<&str>::new(), &loud.difference(&expected).collect::<Vec<_>>());
        wrong
    }

    fn status(&self) -> i32 {
        i32::from(!matches!(self.signature, "verified" | "pinned"))
    }
}

fn check(table: &[Case], people: &[&str]) {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let mut wrong = Vec::new();
    for case in table {
        let path = file(folder.path(), &format!("{}.eml", case.name), &cases::make(case.name));
        let (status, report) = Cli::as_people("verify", people).arg(path).status_and_report();
        wrong.extend(case.differences(&report));
        if status != Some(case.status()) {
            wrong.push(format!("{}: exit status {status:?}", case.name));
        }
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), table.len(), "verify writes nothing");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Signed messages as a stranger sees them: the verdict, and the reason for it and for nothing else.
#[test]
fn signed_messages() {
    check(SIGNED, &[]);
}

/// Encrypted messages as their reader sees them.
#[test]
fn encrypted_messages() {
    check(ENCRYPTED, &["bob", "bob-ec"]);
}

/// Without a key an encrypted message is locked, and says for whom it is; a signature inside is not guessed at.
#[test]
fn messages_for_somebody_else_are_locked() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    for name in ["cbc", "gcm", "ecdh", "signed-then-encrypted"] {
        let path = file(folder.path(), &format!("{name}.eml"), &cases::make(name));
        for people in [&[][..], &["alice"]] {
            let (status, report) = Cli::as_people("verify", people).arg(&path).status_and_report();
            let layer = &report.layers()[0];
            let found = (status, report.signature(), report.privacy());
            assert_eq!(found, (Some(1), "unsigned", "locked"), "{name}");
            assert!(report.findings().contains(&"no-key"), "{name}: {:?}", report.findings());
            assert_eq!(layer["recipients"][0]["mine"], false, "{name}");
            assert!(!layer["recipients"][0]["id"].as_str().unwrap().is_empty(), "{name}");
        }
    }
}

/// One message under other settings: file, words, verdict.
const SETTINGS: &[(&str, &str, &str)] = &[
    ("clear", "--revocation off", "verified"),
    ("clear", "--revocation prefer", "verified"),
    ("clear", "--revocation require", "revocation-unknown"),
    // The certificates end after about two years and the authority after about eight.
    ("clear", "--at 2040-01-01T00:00:00Z", "expired-since"),
    // What is missing in the message is given.
    ("no-certificates", "--cert {pki}/alice.pem --cert {pki}/issuer.pem", "verified"),
    ("no-certificates", "--cert {pki}/alice.pem", "unknown-issuer"),
    ("no-certificates", "--cert {pki}/bob.pem", "unreadable"),
    ("no-intermediate", "--cert {pki}/issuer.pem", "verified"),
    ("self-signed", "--trust {pki}/alice-self.pem", "verified"),
];

/// The clock, trust and certificates at hand change the verdict, and integrity never.
#[test]
fn settings_change_the_verdict() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let mut wrong = Vec::new();
    for (name, words, expected) in SETTINGS {
        let path = file(folder.path(), &format!("{name}.eml"), &cases::make(name));
        let words = words.replace("{pki}", &Pki::get().folder().to_string_lossy());
        let (status, report) = Cli::as_people(&format!("verify {words}"), &[]).arg(path).status_and_report();
        if report.signature() != *expected || status != Some(i32::from(*expected != "verified")) {
            wrong.push(format!("{name} {words}: {}, {status:?}, expected {expected}", report.signature()));
        }
        if *expected != "unreadable" && report.integrity() != ["intact"] {
            wrong.push(format!("{name} {words}: {:?}", report.integrity()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the user says about a certificate counts, and can be taken back.
#[test]
fn trust_by_hand() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let path = file(folder.path(), "self.eml", &cases::make("self-signed"));
    let wallet = folder.path().join("wallet");
    let run = |words: &str| Cli::as_people(words, &[]).arg("--wallet").arg(&wallet).arg("--vault").arg("file");
    run("wallet import").arg(Pki::get().certificate("alice-self")).ok();
    for (change, expected, finding) in [
        ("", "unknown-issuer", "self-signed"),
        ("wallet trust alice@example.org", "pinned", "pinned-by-user"),
        ("wallet trust alice@example.org --distrust", "rejected", "distrusted"),
        ("wallet trust alice@example.org --undistrust", "unknown-issuer", "self-signed"),
    ] {
        if !change.is_empty() {
            run(change).ok();
        }
        let (status, report) = run("verify").arg(&path).status_and_report();
        assert_eq!((report.signature(), status), (expected, Some(i32::from(expected != "pinned"))), "{change}");
        assert!(report.findings().contains(&finding), "{change}: {:?}", report.findings());
    }
}

/// Every signer stands for itself beside the verdict of the layer.
#[test]
fn each_signer_has_a_verdict() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let path = file(folder.path(), "two.eml", &cases::make("two-signers"));
    let report = Cli::as_people("verify", &[]).arg(path).report();
    let mut found: Vec<_> = report
        .signers()
        .iter()
        .map(|signer| [&signer["addresses"][0], &signer["verdict"]].map(ToString::to_string))
        .collect();
    found.sort();
    assert_eq!(found, [["\"alice@example.org\"", "\"verified\""], ["\"bob@example.org\"", "\"other-signer\""]]);
}

/// Verdict and privacy of the messages that another program makes from certificates of its own, where it is at hand.
const OUTSIDE: &[(&str, &str, &str)] = &[
    ("good-clear", "verified", "none"),
    ("good-opaque", "verified", "none"),
    ("tampered", "altered", "none"),
    ("from-mismatch", "other-signer", "none"),
    ("sender-hdr", "verified", "none"),
    ("ecdsa", "verified", "none"),
    ("pss", "verified", "none"),
    ("selfsigned", "unknown-issuer", "none"),
    ("expired", "expired-at-signing", "none"),
    ("two-signers", "other-signer", "none"),
    ("bad-eku", "rejected", "none"),
    ("no-certs", "unreadable", "none"),
    ("no-int", "unknown-issuer", "none"),
    ("enc-cbc", "unsigned", "opened-unauthenticated"),
    ("enc-gcm", "unsigned", "opened"),
    ("enc-3des", "unsigned", "opened-weak"),
    ("enc-oaep", "unsigned", "opened-unauthenticated"),
    ("enc-ecdh", "unsigned", "opened-unauthenticated"),
    ("enc-rc2", "unsigned", "opened-weak"),
    ("sign-enc", "verified", "opened"),
    ("triple", "verified", "opened"),
];

/// Cases that were not made by these tests: another authority, other extensions, a self-signed CA as signer.
#[test]
fn messages_made_outside() {
    let Some(tools) = common::corpora::tools() else { return };
    let folder = folder();
    let (data, made) = (folder.path().join("data"), folder.path().join("made"));
    // The first script would make large files too; it leaves alone what is there.
    fs::create_dir_all(data.join("many")).unwrap();
    for name in ["many/0999.eml", "m100.eml"] {
        file(&data, name, b"Content-Type: text/plain\r\n\r\n");
    }
    for (script, arguments) in [("make-mail.sh", vec![&data]), ("make-cases.sh", vec![&data, &made])] {
        let mut command = std::process::Command::new("bash");
        common::run(command.arg(tools.join(script)).args(arguments), b"").unwrap_or_else(|error| panic!("{error}"));
    }
    let password = file(folder.path(), "password", b"test");
    let run = |people: &[&str], names: Vec<&str>| {
        let mut cli = Cli::new("verify --offline --no-builtin-roots").arg("--trust").arg(data.join("ca.pem"));
        cli = cli.arg("--password-file").arg(&password);
        for person in people {
            cli = cli.arg("--p12").arg(data.join(format!("{person}.p12")));
        }
        names.iter().fold(cli, |cli, name| cli.arg(path(&made, name))).reports()
    };
    let (locked, open): (Vec<_>, Vec<_>) =
        OUTSIDE.iter().map(|row| row.0).partition(|name| name.contains("enc") || *name == "triple");
    let reports: Vec<_> = [run(&["bob", "bob-ec"], locked), run(&[], open)].concat();
    let mut wrong = Vec::new();
    for (name, signature, privacy) in OUTSIDE {
        let report = reports.iter().find(|report| report.file() == format!("{name}.eml")).unwrap();
        let found = (report.signature(), report.privacy());
        if found != (*signature, *privacy) {
            wrong.push(format!("{name}: {found:?}, expected {signature}, {privacy}; {:?}", report.findings()));
        }
    }
    assert_eq!(reports.len(), fs::read_dir(&made).unwrap().count(), "a case is not in the table");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn path(folder: &Path, name: &str) -> std::path::PathBuf {
    folder.join(format!("{name}.eml"))
}

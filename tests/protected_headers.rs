//! Messages with protected header fields that others made (RFC 9788, and the draft before it): one test a file.
//!
//! They are no part of the project; where they are absent the tests count as ignored.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use common::corpora::{corpus, expected};
use common::{ABOUT_FIELDS, named};
use jiff::Timestamp;
use libtest_mimic::Trial;
use secrecy::SecretString;
use waxwing::crypto::kdf;
use waxwing::jobs::{Desk, Given, GivenIdentity, Output, Progress};
use waxwing::mime;
use waxwing::pki::bundle;
use waxwing::policy::{NetworkPolicy, Policy};
use waxwing::report::{Privacy, Report};
use waxwing::smime::Opened;
use waxwing::source::Source;
use waxwing::wallet::{Wallet, import};

/// File, signature, privacy, subject, names of the fields that are signed, what is said about fields, and what is not shown.
struct Row {
    file: &'static str,
    signature: &'static str,
    privacy: &'static str,
    subject: &'static str,
    protected: &'static str,
    findings: &'static str,
}

const fn row(
    file: &'static str,
    signature: &'static str,
    privacy: &'static str,
    subject: &'static str,
    protected: &'static str,
    findings: &'static str,
) -> Row {
    Row { file, signature, privacy, subject, protected, findings }
}

const ALL: &str = "From To Date Subject";

const RFC9788: &[Row] = &[
    row("smime-one-part-hp.eml", "verified", "none", "smime-one-part-hp", ALL, ""),
    row("smime-multipart-hp.eml", "verified", "none", "smime-multipart-hp", ALL, ""),
    row("smime-signed-enc-hp-baseline.eml", "verified", "opened", "smime-signed-enc-hp-baseline", ALL, "header-hidden"),
];

const FOOCORP: &str = "The FooCorp contract";
const BARCORP: &str = "BarCorp contract signed, let's go!";

/// Triple DES is outdated, whatever stands inside.
const WEAK: &str = "opened-weak";

const DRAFT: &[Row] = &[
    row("autocrypt/smime-enc+legacy-disp.eml", "unsigned", WEAK, BARCORP, "", "header-hidden"),
    row("autocrypt/smime-multipart-signed.eml", "verified", "none", FOOCORP, ALL, ""),
    row("autocrypt/smime-onepart-signed.eml", "verified", "none", FOOCORP, ALL, ""),
    row("autocrypt/smime-sign+enc+legacy-disp.eml", "verified", WEAK, BARCORP, ALL, "header-hidden"),
    row("autocrypt/smime-sign+enc.eml", "verified", WEAK, BARCORP, ALL, "header-hidden"),
];

/// Somebody with this key who trusts this authority.
fn desk(folder: &Path, anchor: &str, p12: &str, password: &str) -> Desk {
    let wallet = Wallet::in_memory().unwrap();
    let now = Timestamp::now();
    let password = SecretString::from(password.to_owned());
    import::import(&wallet, &fs::read(folder.join(p12)).unwrap(), Some(&password), &kdf::Limits::default(), now)
        .unwrap();
    let identity = |mine: waxwing::wallet::Identity| GivenIdentity {
        key: wallet.key(&mine.certificate).unwrap(),
        certificate: mine.certificate,
        chain: mine.chain,
    };
    let given = Given {
        anchors: bundle::certificates(&fs::read(folder.join(anchor)).unwrap()).unwrap(),
        built_in_roots: Some(false),
        identities: wallet.identities().unwrap().into_iter().map(identity).collect(),
        ..Given::default()
    };
    let policy = Policy { network: NetworkPolicy::Offline, ..Policy::at(now) };
    Desk::new(Arc::new(Wallet::in_memory().unwrap()), policy).with(given)
}

fn said(report: &Report) -> (String, String, String, String, String) {
    let codes = report
        .layers
        .iter()
        .flat_map(|layer| layer.findings.iter().chain(layer.signers.iter().flat_map(|signer| &signer.findings)));
    let about: Vec<_> = codes.map(|finding| finding.code.as_str()).filter(|code| ABOUT_FIELDS.contains(code)).collect();
    (
        report.signature.code().to_owned(),
        report.privacy.code().to_owned(),
        report.subject.clone(),
        report.protected.join(" "),
        about.join(" "),
    )
}

/// What is said of the message, what is shown of it, and that its decrypted form says the same.
fn check(desk: &Desk, folder: &Path, row: &Row) -> Result<(), String> {
    let file = folder.join(row.file);
    let opened = desk.look(&file, &Progress::default());
    let report = &opened.report;
    let expected = [row.signature, row.privacy, row.subject, row.protected, row.findings].map(str::to_owned);
    let [signature, privacy, subject, protected, findings] = expected;
    let expected = (signature, privacy, subject, protected, findings);
    if said(report) != expected || report.from != ["alice@smime.example"] {
        return Err(format!("{:?} {:?}, expected {expected:?}", said(report), report.from));
    }
    let texts: String = report.shown.texts.iter().map(|text| text.text.as_str()).collect();
    if !texts.contains("Alice") || texts.contains("Subject:") || report.attachments.iter().any(|_| true) {
        return Err(format!("{texts:?} {:?}", report.attachments));
    }
    holds_what_its_origin_has(&file, &opened)?;
    if report.privacy == Privacy::None {
        return Ok(());
    }
    let to = common::folder();
    let clear = desk.save_decrypted(&file, &opened, &Output::Folder(to.path().to_owned()), &Progress::default());
    let clear = clear.map_err(|failure| failure.what)?;
    let source = Source::from_bytes(fs::read(&clear).unwrap());
    let header = mime::parse(&source, &mime::Limits::default()).unwrap().fields;
    let subjects: Vec<_> = header.all("Subject").map(mime::Field::text).collect();
    let saved = desk.look(&clear, &Progress::default()).report;
    let whole = subjects == [row.subject] && header.all("From").count() == 1 && header.first("HP-Outer").is_none();
    if !whole || saved.signature.code() != row.signature || saved.protected.join(" ") != row.protected {
        return Err(format!("{:?} {:?}", said(&saved), header));
    }
    Ok(())
}

/// What lay inside is what its origin has in files of their own, but for line ends: `.inner` inside the encryption, or inside the
/// signature where there is none; `.inner.inner` and `.payload` inside both.
fn holds_what_its_origin_has(file: &Path, opened: &Opened) -> Result<(), String> {
    let inside = [
        ("inner", opened.decrypted.as_ref().or(opened.content.as_ref())),
        ("inner.inner", opened.content.as_ref()),
        ("payload", opened.content.as_ref()),
    ];
    for (ending, found) in inside {
        let path = file.with_extension(ending);
        let Ok(expected) = fs::read(&path) else { continue };
        let (source, entity) = found.ok_or("nothing is inside")?;
        let found = source.slice(entity.range.clone()).read_all(1 << 20).map_err(|error| error.to_string())?;
        // The files have the line ends of where they were made.
        let lines = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("\r\n", "\n");
        if lines(&found) != lines(&expected) {
            return Err(format!("{}: {:?}", path.display(), lines(&found)));
        }
    }
    Ok(())
}

/// The tests of a folder, by the names of its files; a file without a row is a test that fails.
fn trials(name: &'static str, rows: &'static [Row], anchor: &str, p12: &str) -> Vec<Trial> {
    let test = |row: &Row| format!("{name}/{}", row.file);
    let Some(folder) = corpus(name) else {
        return rows.iter().map(|row| named::absent(test(row))).collect();
    };
    let desk = desk(&folder, anchor, p12, "bob");
    let missing = expected(&folder).into_iter().filter(|known| !rows.iter().any(|row| row.file == known["file"]));
    let missing: Vec<_> =
        missing.map(|row| named::test(format!("{name}/{}", row["file"]), || Err("it has no row".into()))).collect();
    let known = rows.iter().map(|row| {
        let (desk, folder) = (desk.clone(), folder.clone());
        named::test(test(row), move || check(&desk, &folder, row))
    });
    known.chain(missing).collect()
}

fn main() -> ExitCode {
    let lamps = "../rfc9216-lamps";
    let mut all =
        trials("rfc9788-header-protection", RFC9788, &format!("{lamps}/ca.rsa.crt.pem"), &format!("{lamps}/bob.p12"));
    all.extend(trials("protected-headers-smime", DRAFT, "autocrypt/sample-ca.pem", "autocrypt/bob.der.p12"));
    named::run(all)
}

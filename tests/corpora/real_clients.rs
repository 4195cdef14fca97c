//! Signed mail as Gmail, Outlook, Exchange, Apple Mail, Thunderbird, Evolution, Zimbra and Gnus make it, and as mailing lists
//! pass it on.

use std::collections::HashMap;
use std::path::Path;

use crate::common::cli::Report;
use crate::common::corpora::{corpus, expected};
use crate::{cli, is_green, look};

/// Messages whose verdict is not the one that their row leads to: file, verdict, reason.
const DIFFERENT: &[(&str, &str, &str)] = &[(
    "outlook-exchange-intact-66e2a2c62d2e08b9.eml",
    "unknown-issuer",
    "its root is trusted for servers, not for mail; openssl looked into the system's store too",
)];

fn at(folder: &Path, file: &str, date: &str) -> Report {
    let words = format!("verify --at {date} --trust {{}}/../mozilla-email-roots/email-roots.pem");
    look(cli(&words, folder, ""), folder, &[file]).remove(0)
}

/// The verdicts that fit what is known of a message; the first is the usual one.
fn fitting(row: &HashMap<String, String>, report: &Report) -> &'static [&'static str] {
    let weak = report.findings().iter().any(|code| matches!(*code, "weak-digest" | "weak-key"));
    match (row["integrity"].as_str(), row["address"].as_str(), row["openssl_chain_at_date"].as_str()) {
        ("intact", "same", "anchored") if weak => &["weak"],
        ("intact", "same", "anchored") => &["verified"],
        ("intact", ..) => &["unknown-issuer"],
        ("altered", ..) => &["altered"],
        // A list put the message beside its footer: a signed part is left inside, or none.
        ("wrapped", ..) => &["partly-signed", "unsigned", "altered", "other-signer"],
        other => panic!("{other:?}"),
    }
}

/// At the time of each message: intact ones are, altered ones are called so, and no wrapped one is green.
#[test]
fn real_clients() {
    let Some(folder) = corpus("real-clients") else { return };
    let mut wrong = Vec::new();
    let mut counts = HashMap::<&str, usize>::new();
    for row in expected(&folder) {
        let file = row["file"].as_str();
        let report = at(&folder, file, &row["date"]);
        let verdicts = match DIFFERENT.iter().find(|different| different.0 == file) {
            Some((_, verdict, _)) => std::slice::from_ref(verdict),
            None => fitting(&row, &report),
        };
        if !verdicts.contains(&report.signature()) {
            wrong.push(format!("{file}: {}, expected {verdicts:?}; {:?}", report.signature(), report.findings()));
        }
        let integrity = if row["integrity"] == "altered" { "altered" } else { "intact" };
        if row["integrity"] != "wrapped" && report.integrity() != [integrity] {
            wrong.push(format!("{file}: {:?}, expected {integrity}", report.integrity()));
        }
        if row["integrity"] == "intact" && !row["signer_addresses"].is_empty() {
            let signer = &report.signers()[0]["addresses"];
            let mut named: Vec<_> = signer.as_array().unwrap().iter().filter_map(|it| it.as_str()).collect();
            named.sort_unstable();
            let mut expected: Vec<_> = row["signer_addresses"].split(',').collect();
            expected.sort_unstable();
            if named.iter().map(|it| it.to_lowercase()).ne(expected.iter().map(|it| it.to_lowercase())) {
                wrong.push(format!("{file}: addresses {named:?}, expected {expected:?}"));
            }
        }
        assert!(!is_green(report.signature()) || row["integrity"] == "intact", "{file} is green");
        *counts.entry(verdicts[0]).or_default() += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(counts["verified"] > 25 && counts["unknown-issuer"] > 5, "{counts:?}");
}

/// What happened on the way to the messages that are not what was signed: file, codes. All others are intact.
const CHANGES: &[(&str, &[&str])] = &[
    // The list added six lines.
    ("gmail-altered-09a4daa72662235e.eml", &["altered-by-footer"]),
    // Signed with eight bits, sent through a server that knows seven.
    ("thunderbird-wrapped-73d3dc54398b1a53.eml", &["altered-by-encoding"]),
];

/// Every message whose signature does not match was changed in a way that can be proved.
#[test]
fn real_changes_are_explained() {
    let Some(folder) = corpus("real-clients") else { return };
    let rows = expected(&folder);
    let files: Vec<_> = rows.iter().map(|row| row["file"].as_str()).collect();
    let mut found = Vec::new();
    let reports = look(cli("verify --at 2026-06-01T00:00:00Z", &folder, ""), &folder, &files);
    for (file, report) in files.iter().zip(&reports) {
        let findings = report.findings();
        let changes: Vec<_> = findings.iter().copied().filter(|code| code.starts_with("altered-by-")).collect();
        let altered = report.integrity().contains(&"altered");
        assert_eq!(altered, !changes.is_empty(), "{file}: {findings:?}");
        if altered {
            found.push((*file, changes));
        }
    }
    let expected: Vec<_> = CHANGES.iter().map(|(file, codes)| (*file, codes.to_vec())).collect();
    assert_eq!(found, expected);
}

/// Long after, what was good is still good for its time.
#[test]
fn real_clients_later() {
    let Some(folder) = corpus("real-clients") else { return };
    let rows = expected(&folder);
    let anchored = |row: &&HashMap<String, String>| {
        row["openssl_chain_at_date"] == "anchored" && DIFFERENT.iter().all(|different| different.0 != row["file"])
    };
    let good: Vec<_> = rows.iter().filter(anchored).collect();
    let files: Vec<_> = good.iter().map(|row| row["file"].as_str()).collect();
    let words = "verify --at 2060-01-01T00:00:00Z --trust {}/../mozilla-email-roots/email-roots.pem";
    for (file, report) in files.iter().zip(look(cli(words, &folder, ""), &folder, &files)) {
        assert!(matches!(report.signature(), "expired-since" | "weak"), "{file}: {}", report.signature());
        assert!(report.findings().contains(&"certificate-expired-since"), "{file}: {:?}", report.findings());
    }
}

/// Today, with today's clock: what was good is good for its time or still, and nothing else has become better.
#[test]
fn real_clients_today() {
    let Some(folder) = corpus("real-clients") else { return };
    let rows = expected(&folder);
    let files: Vec<_> = rows.iter().map(|row| row["file"].as_str()).collect();
    let words = "verify --trust {}/../mozilla-email-roots/email-roots.pem";
    let mut wrong = Vec::new();
    for (row, report) in rows.iter().zip(look(cli(words, &folder, ""), &folder, &files)) {
        let file = row["file"].as_str();
        let then = match DIFFERENT.iter().find(|different| different.0 == file) {
            Some((_, verdict, _)) => std::slice::from_ref(verdict),
            None => fitting(row, &report),
        };
        // Certificates of some mails of this year are still valid; where a chain can be followed no more, nobody is confirmed.
        let now: &[&str] = match then {
            ["verified"] => &["expired-since", "verified"],
            then => then,
        };
        if !now.contains(&report.signature()) {
            wrong.push(format!("{file}: {}, expected {now:?}; {:?}", report.signature(), report.findings()));
        }
        if report.signature() == "verified" && report.findings().contains(&"certificate-expired-since") {
            wrong.push(format!("{file}: expired and green"));
        }
        if row["integrity"] == "altered" && !report.findings().contains(&"digest-mismatch") {
            wrong.push(format!("{file}: how it was altered is not said: {:?}", report.findings()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

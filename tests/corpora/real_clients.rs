//! Signed mail as Gmail, Outlook, Exchange, Apple Mail, Thunderbird, Evolution, Zimbra and Gnus make it, and as mailing lists
//! pass it on.

use std::collections::HashMap;
use std::path::Path;

use jiff::Timestamp;
use libtest_mimic::Trial;

use crate::common::cli::Report;
use crate::common::corpora::{corpus, expected};
use crate::common::named;
use crate::{cli, is_green, look, same};

const SET: &str = "real-clients";

const REWRITTEN: &str = "the list wrote From anew, so that it names another than the signer";

/// Messages whose verdict is not the one that their row leads to: file, verdict, reason.
const DIFFERENT: &[(&str, &str, &str)] = &[
    (
        "outlook-exchange-intact-66e2a2c62d2e08b9.eml",
        "unknown-issuer",
        "its root is trusted for servers, not for mail; openssl looked into the system's store too",
    ),
    ("other-wrapped-c691019ab0cbab5e.eml", "other-signer", REWRITTEN),
    ("outlook-exchange-wrapped-28f32f5bd8c6aee1.eml", "other-signer", REWRITTEN),
    ("outlook-exchange-wrapped-7560fe71afcd59e8.eml", "other-signer", REWRITTEN),
    ("outlook-exchange-wrapped-a8f44eb147101fd0.eml", "other-signer", REWRITTEN),
    ("thunderbird-wrapped-0fe11869f5b8a1ae.eml", "other-signer", REWRITTEN),
    ("thunderbird-wrapped-73d3dc54398b1a53.eml", "altered", "a server on the way knows seven bits"),
];

/// What happened on the way to the messages that are not what was signed: file, codes. All others are intact.
const CHANGES: &[(&str, &[&str])] = &[
    // The list added six lines.
    ("gmail-altered-09a4daa72662235e.eml", &["altered-by-footer"]),
    // Signed with eight bits, sent through a server that knows seven.
    ("thunderbird-wrapped-73d3dc54398b1a53.eml", &["altered-by-encoding"]),
];

/// Long after every certificate ended.
const LATER: &str = "2060-01-01T00:00:00Z";

type Row = HashMap<String, String>;
type Check = fn(&Path, &Row) -> Result<(), String>;

/// Each message at its own date, today, and long after.
pub fn trials() -> Vec<Trial> {
    let Some(folder) = corpus(SET) else { return vec![named::absent(SET)] };
    let rows = expected(&folder);
    let times: [(&str, Check); 3] = [("at its date", then), ("today", today), ("long after", later)];
    let mut trials = Vec::new();
    for row in &rows {
        for (name, check) in times {
            let (folder, row) = (folder.clone(), row.clone());
            trials.push(named::test(format!("{SET}/{} {name}", row["file"]), move || check(&folder, &row)));
        }
    }
    trials.push(named::test(format!("{SET}: no file is forgotten"), move || {
        let files: Vec<&str> = rows.iter().map(|row| row["file"].as_str()).collect();
        let tables = DIFFERENT.iter().map(|row| row.0).chain(CHANGES.iter().map(|row| row.0));
        let unknown: Vec<_> = tables.filter(|file| !files.contains(file)).collect();
        let good = rows.iter().filter(|row| verdict(row) == "verified").count();
        match unknown.is_empty() && good > 25 {
            true => crate::none_forgotten(&folder, &files, &[]),
            false => Err(format!("tables name {unknown:?}; {good} are good")),
        }
    }));
    trials
}

fn at(folder: &Path, row: &Row, date: &str) -> Report {
    let words = format!("verify --at {date} --trust {{}}/../mozilla-email-roots/email-roots.pem");
    look(cli(&words, folder, ""), folder, &[&row["file"]]).remove(0)
}

/// The verdict that what is known of a message leads to, at its own date.
fn verdict(row: &Row) -> &'static str {
    if let Some((_, verdict, _)) = DIFFERENT.iter().find(|different| different.0 == row["file"]) {
        return verdict;
    }
    match (row["integrity"].as_str(), row["address"].as_str(), row["openssl_chain_at_date"].as_str()) {
        ("intact", "same", "anchored") => "verified",
        ("intact", ..) => "unknown-issuer",
        ("altered", ..) => "altered",
        // A list put the message beside its footer: a signed part is left inside.
        ("wrapped", ..) => "partly-signed",
        other => panic!("{other:?}"),
    }
}

/// Intact ones are, altered ones are called so and it is said how, the certificate's addresses are those of the list.
fn then(folder: &Path, row: &Row) -> Result<(), String> {
    let report = at(folder, row, &row["date"]);
    same(&report.signature(), &verdict(row), &report)?;
    assert!(!is_green(report.signature()) || row["integrity"] == "intact", "it is green");
    let findings = report.findings();
    let changes: Vec<_> = findings.iter().copied().filter(|code| code.starts_with("altered-by-")).collect();
    let known = CHANGES.iter().find(|(file, _)| *file == row["file"]).map(|(_, codes)| codes.to_vec());
    same(&changes, &known.clone().unwrap_or_default(), &report)?;
    let integrity = if known.is_some() { "altered" } else { "intact" };
    assert!(report.integrity().iter().all(|found| *found == integrity), "{:?}", report.integrity());
    if row["integrity"] == "intact" && !row["signer_addresses"].is_empty() {
        let sorted = |mut list: Vec<String>| {
            list.sort_unstable();
            list
        };
        let named = report.signers()[0]["addresses"].as_array().unwrap().clone();
        let named = named.iter().filter_map(|address| Some(address.as_str()?.to_lowercase()));
        let expected = row["signer_addresses"].split(',').map(str::to_lowercase);
        same(&sorted(named.collect()), &sorted(expected.collect()), &report)?;
    }
    Ok(())
}

/// What was good is good for its time, or still; nothing else has become better.
fn today(folder: &Path, row: &Row) -> Result<(), String> {
    let report = at(folder, row, &Timestamp::now().to_string());
    let expired = report.findings().contains(&"certificate-expired-since");
    let expected = match verdict(row) {
        // The newest mails have certificates that are still valid.
        "verified" if expired => "expired-since",
        then => then,
    };
    same(&report.signature(), &expected, &report)?;
    let ended = report.signers().iter().any(|signer| {
        let end = signer["certificate"]["not_after"].as_str().map(|end| end.parse::<Timestamp>().unwrap());
        end.is_some_and(|end| end < Timestamp::now())
    });
    assert!(expired || !ended || expected != "verified", "it has ended and is green");
    Ok(())
}

/// What was good is still good for its time.
fn later(folder: &Path, row: &Row) -> Result<(), String> {
    let report = at(folder, row, LATER);
    let expected = match verdict(row) {
        "verified" => "expired-since",
        then => then,
    };
    same(&report.signature(), &expected, &report)
}

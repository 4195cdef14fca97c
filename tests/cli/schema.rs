//! Field by field: what scripts may count on.

use serde_json::Value;
use waxwing::report::{Code, Privacy, Verdict};

use super::{Run, fixtures};

/// What a field holds.
enum Is {
    Text,
    Number,
    Bool,
    /// `null`, or that.
    Maybe(&'static Is),
    OneOf(&'static [&'static str]),
    Verdict,
    Privacy,
    Code,
    /// RFC 3339 in UTC.
    Time,
    /// So many hexadecimal digits, or any number of them.
    Hex(Option<usize>),
    List(&'static Is),
    Object(&'static [(&'static str, Is)]),
}

const FINDING: Is =
    Is::Object(&[("code", Is::Code), ("rank", Is::OneOf(&["error", "warning", "note"])), ("text", Is::Text)]);

const CERTIFICATE: Is = Is::Object(&[
    ("sha256", Is::Hex(Some(64))),
    ("subject", Is::Text),
    ("issuer", Is::Text),
    ("serial", Is::Hex(None)),
    ("not_before", Is::Time),
    ("not_after", Is::Time),
]);

const SIGNER: Is = Is::Object(&[
    ("verdict", Is::Verdict),
    ("name", Is::Text),
    ("addresses", Is::List(&Is::Text)),
    ("integrity", Is::OneOf(&["intact", "altered", "unchecked"])),
    ("trust", Is::OneOf(&["anchored", "pinned", "unknown-issuer", "rejected"])),
    ("identity", Is::OneOf(&["matches", "differs", "no-address"])),
    ("revocation", Is::OneOf(&["good", "revoked", "unknown", "not-checked"])),
    ("signing_time", Is::Maybe(&Is::Time)),
    ("digest", Is::Text),
    ("algorithm", Is::Text),
    ("certificate", Is::Maybe(&CERTIFICATE)),
    ("chain", Is::List(&Is::Hex(Some(64)))),
    ("findings", Is::List(&FINDING)),
]);

const RECIPIENT: Is = Is::Object(&[
    ("kind", Is::OneOf(&["key-transport", "key-agreement", "kem", "password", "kek"])),
    ("id", Is::Text),
    ("algorithm", Is::Text),
    ("mine", Is::Bool),
]);

const KINDS: &[&str] =
    &["clear-signed", "opaque-signed", "enveloped", "auth-enveloped", "compressed", "certs-only", "plain"];

const LAYER: Is = Is::Object(&[
    ("kind", Is::OneOf(KINDS)),
    ("covers", Is::OneOf(&["whole", "part"])),
    ("signers", Is::List(&SIGNER)),
    ("recipients", Is::List(&RECIPIENT)),
    ("cipher", Is::Maybe(&Is::Text)),
    ("findings", Is::List(&FINDING)),
]);

const ATTACHMENT: Is = Is::Object(&[("name", Is::Text), ("type", Is::Text), ("size", Is::Number)]);

const FAILURE: Is = Is::Object(&[("code", Is::Text), ("what", Is::Text), ("todo", Is::Text)]);

const REPORT: Is = Is::Object(&[
    ("schema", Is::Number),
    ("file", Is::Text),
    ("signature", Is::Verdict),
    ("privacy", Is::Privacy),
    ("subject", Is::Text),
    ("from", Is::List(&Is::Text)),
    ("layers", Is::List(&LAYER)),
    ("attachments", Is::List(&ATTACHMENT)),
    ("output", Is::Maybe(&Is::Text)),
    ("error", Is::Maybe(&FAILURE)),
]);

fn check(value: &Value, is: &Is, place: &str, wrong: &mut Vec<String>) {
    let text = value.as_str();
    let holds = match is {
        Is::Text => text.is_some(),
        Is::Number => value.is_u64(),
        Is::Bool => value.is_boolean(),
        Is::Maybe(_) if value.is_null() => true,
        Is::Maybe(is) => return check(value, is, place, wrong),
        Is::OneOf(words) => text.is_some_and(|text| words.contains(&text)),
        Is::Verdict => Verdict::ALL.iter().any(|verdict| Some(verdict.code()) == text),
        Is::Privacy => Privacy::ALL.iter().any(|privacy| Some(privacy.code()) == text),
        Is::Code => Code::ALL.iter().any(|code| Some(code.as_str()) == text),
        Is::Time => text.is_some_and(|text| text.ends_with('Z') && text.parse::<jiff::Timestamp>().is_ok()),
        Is::Hex(count) => text.is_some_and(|text| {
            text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
                && count.is_none_or(|count| text.len() == count)
        }),
        Is::List(is) => match value.as_array() {
            Some(list) => {
                return list
                    .iter()
                    .enumerate()
                    .for_each(|(at, value)| check(value, is, &format!("{place}/{at}"), wrong));
            }
            None => false,
        },
        Is::Object(fields) => match value.as_object() {
            Some(object) => {
                for (name, is) in *fields {
                    let place = format!("{place}/{name}");
                    match object.get(*name) {
                        Some(value) => check(value, is, &place, wrong),
                        None => wrong.push(format!("{place} is missing")),
                    }
                }
                for name in object.keys().filter(|name| !fields.iter().any(|(known, _)| known == name)) {
                    wrong.push(format!("{place}/{name} is not in the contract"));
                }
                return;
            }
            None => false,
        },
    };
    if !holds {
        wrong.push(format!("{place}: {value}"));
    }
}

fn messages() -> Vec<String> {
    let names = std::fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.retain(|name| name.ends_with(".eml"));
    names.sort();
    names
}

/// Every report has every field of the contract, with the values of the contract, and none that is not written down; the lines
/// come in the order of the files, also for those that are not there.
#[test]
fn every_report_keeps_the_contract() {
    let mut names = messages();
    assert!(names.len() > 8, "{names:?}");
    names.insert(3, "not-there.eml".to_owned());
    let run = Run::trusting("verify --p12 anna.p12 --password-file password.txt").words(&names.join(" "));
    let (status, reports) = run.json();
    assert_eq!(status, 3);
    let files: Vec<_> = reports.iter().map(|report| report["file"].as_str().unwrap()).collect();
    assert_eq!(files, names);
    let mut wrong = Vec::new();
    for (report, file) in reports.iter().zip(&names) {
        check(report, &REPORT, file, &mut wrong);
        assert_eq!(report["schema"], 1);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_ne!(reports[3]["error"], Value::Null);
}

/// A message's line does not depend on what it is looked at together with, nor on whose turn was first.
#[test]
fn a_report_stands_for_itself() {
    let names = messages();
    let words = "verify --p12 anna.p12 --password-file password.txt";
    let (_, together) = Run::trusting(words).words(&names.join(" ")).json();
    for (name, report) in names.iter().zip(&together) {
        let (_, alone) = Run::trusting(words).words(name).json();
        assert_eq!(alone, std::slice::from_ref(report));
    }
}

/// What is made is named in the report on what it was made of; nothing else goes to standard output.
#[test]
fn results_are_named() {
    let folder = super::folder();
    let out = folder.path().to_string_lossy().into_owned();
    let me = "--p12 anna.p12 --password-file password.txt --cert ben.pem";
    let rows = [
        (format!("sign plain.eml --as anna@example.org {me}"), "plain.signed.eml"),
        (format!("encrypt plain.eml {me}"), "plain.encrypted.eml"),
        (format!("decrypt signed-encrypted.eml {me}"), "signed-encrypted.decrypted.eml"),
    ];
    for (words, name) in rows {
        let (status, reports) = Run::trusting(&words).words("--out-dir").words(&out).json();
        assert_eq!((status, reports.len()), (0, 1), "{words}: {reports:?}");
        let mut wrong = Vec::new();
        let mut report = reports[0].clone();
        // Only a new encryption says why its cipher is the one that it is.
        let chosen = report.as_object_mut().unwrap().remove("chosen");
        assert_eq!(chosen.is_some(), words.starts_with("encrypt"), "{words}");
        check(&chosen.unwrap_or_else(|| Value::Array(Vec::new())), &Is::List(&FINDING), "chosen", &mut wrong);
        check(&report, &REPORT, name, &mut wrong);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let written = folder.path().join(name);
        assert_eq!(reports[0]["output"].as_str().map(std::path::Path::new), Some(written.as_path()));
        assert!(written.is_file());
    }
}

/// Readers in Bcc get messages of their own; the field that names these is there only then.
#[test]
fn copies_for_bcc_are_named() {
    let folder = super::folder();
    let letter = folder.path().join("letter.eml");
    std::fs::write(&letter, "From: anna@example.org\nTo: anna@example.org\nBcc: ben@example.net\n\nHello\n").unwrap();
    let words = "encrypt --p12 anna.p12 --password-file password.txt --cert ben.pem";
    let (status, reports) = Run::trusting(words).path(&letter).json();
    assert_eq!(status, 0, "{reports:?}");
    assert_eq!(reports[0]["bcc"][0]["address"], "ben@example.net");
    assert!(std::path::Path::new(reports[0]["bcc"][0]["output"].as_str().unwrap()).is_file());
    let (status, out, err) = Run::trusting(words).path(&letter).words("-o -").end();
    assert_eq!((status, out.as_str()), (1, ""), "{err}");
}

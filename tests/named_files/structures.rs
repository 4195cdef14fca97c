//! Signed structures, and pieces of structures, that no mail is around: what is in them is named, and what can be checked is.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use libtest_mimic::Trial;
use waxwing::jobs::{Desk, Given, Progress};
use waxwing::policy::{NetworkPolicy, Policy};
use waxwing::wallet::Wallet;

use crate::common::cli::Report;
use crate::common::corpora::corpus;
use crate::common::named::test;

/// Folder, file, verdict, the layers, what became of each signature, and a finding, where that says more.
struct Row(&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const UNCLEAR: &str = "sender-unclear";
const ODD: &str = "odd-structure";

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row("rustcrypto-cms", "apple_mdm_signature_der.bin", "unreadable", "opaque-signed", "unchecked", "missing-certificate"),
    Row("rustcrypto-cms", "authroot.stl", "rejected", "opaque-signed", "intact", "not-for-mail"),
    Row("rustcrypto-cms", "cms_ber.bin", UNCLEAR, "opaque-signed", "intact", "self-signed"),
    Row("rustcrypto-cms", "cms_der.bin", UNCLEAR, "opaque-signed", "intact", "self-signed"),
    Row("rustcrypto-cms", "scep_der.bin", UNCLEAR, "opaque-signed enveloped", "intact", "no-key"),
    Row("rustcrypto-cms", "sd.cms", UNCLEAR, "opaque-signed", "intact", "self-signed"),
    // A SignedData and SignerInfos without what goes around them: nothing that a reader could know.
    Row("rustcrypto-cms", "authroot.stl.sd", "unsigned", "plain", "", ODD),
    Row("rustcrypto-cms", "signer_info_explicit_attrs.bin", "unsigned", "plain", "", ODD),
    Row("rustcrypto-cms", "signer_info_sequence_not_set.bin", "unsigned", "plain", "", ODD),
    Row("rustcrypto-cms", "certData.bin", "unsigned", "plain", "", ""),
    Row("wbond-fixtures", "asn1crypto/cms-signed.der", UNCLEAR, "opaque-signed", "intact", "self-signed"),
    Row("wbond-fixtures", "asn1crypto/cms-signed.pem", UNCLEAR, "opaque-signed", "intact", "self-signed"),
    Row("wbond-fixtures", "asn1crypto/pkcs7-signed.der", UNCLEAR, "opaque-signed", "intact", "self-signed"),
    Row("wbond-fixtures", "asn1crypto/pkcs7-signed.pem", UNCLEAR, "opaque-signed", "intact", "self-signed"),
    // Signatures of content that is not at hand.
    Row("wbond-fixtures", "asn1crypto/mozilla-generated-by-openssl.pkcs7.der", "unreadable", "clear-signed", "unchecked", "missing-content"),
    Row("pkcs7-misc", "boringssl/sign_sha1.p7s", "unreadable", "clear-signed", "unchecked", "missing-content"),
    Row("pkcs7-misc", "boringssl/sign_sha1_key_id.p7s", "unreadable", "clear-signed", "unchecked", "missing-content"),
    Row("pkcs7-misc", "boringssl/sign_sha256.p7s", "unreadable", "clear-signed", "unchecked", "missing-content"),
    Row("pkcs7-misc", "boringssl/sign_sha256_cert2.p7s", "unreadable", "clear-signed", "unchecked", "missing-content"),
    Row("pkcs7-misc", "boringssl/sign_sha256_key_id.p7s", "unreadable", "clear-signed", "unchecked", "missing-content"),
];

pub fn trials() -> Vec<Trial> {
    let trial = |row: &'static Row| {
        let folder = corpus(row.0)?;
        Some(test(format!("{}/{}", row.0, row.1), move || check(&folder, row)))
    };
    ROWS.iter().filter_map(trial).collect()
}

fn check(folder: &Path, Row(_, file, signature, layers, integrity, finding): &Row) -> Result<(), String> {
    let policy = Policy { network: NetworkPolicy::Offline, ..Policy::at(Timestamp::now()) };
    let given = Given { built_in_roots: Some(false), ..Given::default() };
    let desk = Desk::new(Arc::new(Wallet::in_memory().unwrap()), policy).with(given);
    let report = desk.look(&folder.join(file), &Progress::default()).report;
    let report = Report(serde_json::to_value(report).unwrap());
    let (kinds, states) = (report.kinds().join(" "), report.integrity().join(" "));
    let said = (report.signature(), kinds.as_str(), states.as_str());
    let found = finding.is_empty() || report.findings().contains(finding);
    match said == (*signature, *layers, *integrity) && found && report.0["error"].is_null() {
        true => Ok(()),
        false => Err(format!("{said:?} {:?} {}", report.findings(), report.0["error"])),
    }
}

//! NIST's Public Key Interoperability Test Suite: every end entity's certificate, with all lists of the suite at hand.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jiff::Timestamp;
use waxwing::cms::enveloped::RecipientId;
use waxwing::pki::Certificate;
use waxwing::pki::path::{AnchorSource, Anchors, Purpose, Request, validate};
use waxwing::pki::policies::PolicyRequest;
use waxwing::pki::revocation::{Checker, Crl, Nobody, Sources, Status, crls};
use waxwing::policy::{Policy, RevocationPolicy};
use waxwing::report::{Revocation, TrustState, Verdict};
use waxwing::smime::{Context, KeyLookup, Keys, open};
use waxwing::source::Source;

use crate::common::corpora::corpus;

/// What cannot be found out, and why: pieces of the names of tests, what tells nothing, the piece of a problem.
const UNKNOWN: &[(&str, &str)] = &[
    ("pre2000UTCEEnotAfterDate", "Dropped"),
    ("BadCRLIssuerNameTest5", ""),
    ("BadCRLSignatureTest4", "BadSignature"),
    ("IDPwithindirectCRLTest26", ""),
    ("MissingCRLTest1", ""),
    ("OldCRLnextUpdateTest11", "Stale { since: 2010-01-02T08:30:00Z }"),
    ("pre2000CRLnextUpdateTest12", "Stale { since: 1999-01-01T12:01:00Z }"),
    ("SeparateCertificateandCRLKeysTest21", "SignerWithdrawn"),
    ("UnknownCRLExtensionTest10", "UnknownCritical(\"2.16.840.1.101.2.1.12.2\")"),
    ("WrongCRLTest6", ""),
    ("cRLIssuerTest27", ""),
    ("cRLIssuerTest35", ""),
    ("cRLSignFalseTest4", "MayNotSign"),
    ("cRLSignFalseTest5", "MayNotSign"),
    ("deltaCRLIndicatorNoBaseTest1", "NoBase"),
    ("deltaCRLTest10", "Stale { since: 2010-06-01T08:30:00Z }"),
    ("distributionPointTest3", ""),
    ("distributionPointTest8", ""),
    ("distributionPointTest9", ""),
    ("onlyContainsUserCerts", ""),
    ("onlyContainsCACerts", ""),
    ("onlyContainsAttributeCerts", ""),
    ("onlySomeReasonsTest17", ""),
];

/// Where something else is wrong: policies, time.
const OTHERWISE: &[&str] = &[
    "PolicyMapping",
    "MappingFromanyPolicy",
    "MappingToanyPolicy",
    "inhibitAnyPolicy",
    "requireExplicitPolicy",
    "notBeforeDate",
    "notAfterDate",
];

fn now() -> Timestamp {
    "2020-06-01T00:00:00Z".parse().unwrap()
}

/// The files of a folder, by their names without an end.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap())
        })
        .collect();
    found.sort();
    found
}

/// What is expected of a test by its name, and a piece of the problem that is named.
fn expected(name: &str) -> (&'static str, &'static str) {
    let has = |piece: &&str| !name.starts_with("Valid") && name.contains(*piece);
    match UNKNOWN.iter().find(|(piece, _)| has(piece)) {
        Some((_, problem)) => ("unknown", problem),
        None if !name.starts_with("Invalid") || OTHERWISE.iter().any(has) => ("good", ""),
        None => ("revoked", ""),
    }
}

struct NoKeys;

impl Keys for NoKeys {
    fn find(&self, _id: &RecipientId) -> KeyLookup {
        KeyLookup::Unknown
    }
}

/// A certificate is good, withdrawn or unknown as the suite has it.
#[test]
fn every_certificate() {
    let Some(folder) = corpus("nist-pkits") else { return };
    let (mut leaves, mut authorities, mut anchors) = (Vec::new(), Vec::new(), Anchors::default());
    for (name, bytes) in files(&folder.join("certs")) {
        let certificate = Certificate::from_der(&bytes).unwrap();
        match name.strip_suffix("EE") {
            Some(name) => leaves.push((name.to_owned(), certificate)),
            None if name == "TrustAnchorRootCertificate" => anchors.add(certificate, AnchorSource::Given),
            None => authorities.push(certificate),
        }
    }
    let lists: Vec<Crl> = files(&folder.join("crls"))
        .iter()
        .flat_map(|(name, bytes)| {
            crls(&Source::from_bytes(bytes.as_slice()), 1 << 20).unwrap_or_else(|error| panic!("{name}: {error}"))
        })
        .collect();
    assert_eq!((leaves.len(), lists.len()), (223, 173));
    let mut wrong = Vec::new();
    let mut count = BTreeMap::new();
    for (name, leaf) in &leaves {
        let request = Request {
            leaf,
            intermediates: &authorities,
            anchors: &anchors,
            at: now(),
            purpose: Purpose::Signing,
            budget: 200,
            policies: PolicyRequest::default(),
        };
        let Ok(path) = validate(&request) else { continue };
        let sources = Sources {
            anchors: &anchors,
            certificates: &authorities,
            lookup: &Nobody,
            now: now(),
            path_steps: 200,
            crl_bytes: 1 << 20,
            questions: 0,
        };
        let outcome = Checker::new(sources, lists.clone(), Vec::new()).chain(path.certificates());
        let good = outcome.certificates.iter().all(|(_, status)| matches!(status, Status::Good(_)));
        let revoked = outcome.certificates.iter().any(|(_, status)| matches!(status, Status::Revoked(_)));
        let state = if revoked {
            "revoked"
        } else if good {
            "good"
        } else {
            "unknown"
        };
        let (expected, problem) = expected(name);
        let remarks = format!("{:?}", outcome.remarks);
        let why = remarks.contains(problem);
        if state != expected || !why {
            wrong.push(format!("{name}: {state} instead of {expected}, {remarks}"));
        }
        *count.entry(state).or_insert(0) += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Time is in the way of one of them.
    assert_eq!(count["unknown"], UNKNOWN.len() - 1);
    assert!(count["good"] > 100 && count["revoked"] > 20, "{count:?}");
}

/// Every signed message of the suite, with the lists that it brings along alone.
#[test]
fn every_message() {
    let Some(folder) = corpus("nist-pkits") else { return };
    let anchor =
        Certificate::from_der(&fs::read(folder.join("certs/TrustAnchorRootCertificate.crt")).unwrap()).unwrap();
    let mut anchors = Anchors::default();
    anchors.add(anchor, AnchorSource::Given);
    let policy = Policy { revocation: RevocationPolicy::Require, ..Policy::at(now()) };
    let mut wrong = Vec::new();
    let mut checked = 0;
    for (name, bytes) in files(&folder.join("smime")) {
        let context = Context {
            policy: &policy,
            anchors: &anchors,
            certificates: &[],
            pins: &[],
            distrusted: &[],
            keys: &NoKeys,
            content: None,
            crls: &[],
            lookup: &Nobody,
        };
        let report = open(&Source::from_bytes(bytes), &name, &context).unwrap().report;
        let signer = &report.layers[0].signers[0];
        if signer.trust != TrustState::Anchored || signer.certificate.is_none() {
            assert_eq!(signer.revocation, Revocation::NotChecked, "{name}");
            continue;
        }
        checked += 1;
        let found = match signer.revocation {
            Revocation::Good => "good",
            Revocation::Revoked => "revoked",
            Revocation::Unknown | Revocation::NotChecked => "unknown",
        };
        let (expected, _) = expected(name.trim_start_matches("Signed"));
        if found != expected || (signer.verdict == Verdict::Revoked) != (found == "revoked") {
            wrong.push(format!("{name}: {found} instead of {expected}, {:?}", signer.findings));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked > 90, "{checked}");
}

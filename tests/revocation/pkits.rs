//! NIST's Public Key Interoperability Test Suite: every end entity's certificate, with all lists of the suite at hand.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use waxwing::cms::enveloped::RecipientId;
use waxwing::pki::policies::PolicyRequest;
use waxwing::pki::revocation::{Checker, Crl, Nobody, Sources, Status, crls};
use waxwing::policy::{Policy, RevocationPolicy};
use waxwing::report::{Revocation, TrustState, Verdict};
use waxwing::smime::{Context, KeyLookup, Keys, open};
use waxwing::source::Source;

use crate::common::corpora::files;
use crate::common::pkits::Pkits;

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

/// The messages of the suite, by the names of their files without an end.
fn messages(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let read = |(name, path): (String, PathBuf)| (name.trim_end_matches(".eml").to_owned(), fs::read(path).unwrap());
    files(&folder.join("smime")).into_iter().map(read).collect()
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
    let Some(suite) = Pkits::find() else { return };
    let read = |path: &PathBuf| {
        let source = Source::from_bytes(fs::read(path).unwrap());
        crls(&source, 1 << 20).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let lists: Vec<Crl> = suite.lists.iter().flat_map(read).collect();
    assert_eq!((suite.leaves.len(), lists.len()), (223, 173));
    let mut wrong = Vec::new();
    let mut count = BTreeMap::new();
    for (name, leaf) in &suite.leaves {
        let Ok(path) = suite.path(leaf, &PolicyRequest::default()) else { continue };
        let sources = Sources {
            anchors: &suite.anchors,
            certificates: &suite.authorities,
            lookup: &Nobody,
            now: Pkits::now(),
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
    let Some(suite) = Pkits::find() else { return };
    let policy = Policy { revocation: RevocationPolicy::Require, ..Policy::at(Pkits::now()) };
    let mut wrong = Vec::new();
    let mut checked = 0;
    for (name, bytes) in messages(&suite.folder) {
        let context = Context {
            policy: &policy,
            anchors: &suite.anchors,
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

//! NIST's Public Key Interoperability Test Suite, as far as paths go: every end entity's certificate with all authorities at hand.
//! What depends on lists of withdrawn certificates or on policies is named with its reason.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::fs;

use waxwing::pki::Certificate;
use waxwing::pki::path::{AnchorSource, Anchors, Purpose, Request, validate};

mod common;

use common::corpora::corpus;

/// What is refused for which rule: pieces of names, the rule.
const RULES: &[(&[&str], &str)] = &[
    (&["CASignature", "EESignature", "DSASignature"], "BadSignature"),
    (&["notBeforeDate"], "NotYetValid"),
    (&["notAfterDate"], "Expired"),
    (&["NameChaining"], "NoIssuer"),
    (&["basicConstraints", "cAFalse", "SelfIssuedCRLSigningKeyTest8"], "NotCa"),
    (&["pathLen"], "PathLength"),
    (&["keyCertSignFalse"], "CannotSignCertificates"),
    (&["nameConstraints"], "NameConstraint"),
    (&["UnknownCritical"], "UnknownCriticalExtension"),
];

/// What is not judged as the suite asks: section, reason, the start of the name, pieces of it.
const NOT_YET: &[(&str, &str, &str, &[&str])] = &[
    ("4.1", "DSA parameters are not inherited", "Valid", &["DSAParameterInheritance"]),
    (
        "4.4, 4.5, 4.7, 4.14, 4.15",
        "lists of withdrawn certificates are not read",
        "Invalid",
        &[
            "CRLIssuer",
            "BadCRLSignature",
            "SelfIssuedCRLSigningKeyTest7",
            "NewWithOldTest5",
            "OldWithNewTest2",
            "indirectCRL",
            "SerialNumber",
            "MissingCRL",
            "nextUpdate",
            "Revoked",
            "SeparateCertificateandCRLKeys",
            "UnknownCRL",
            "WrongCRL",
            "cRLIssuer",
            "deltaCRL",
            "distributionPoint",
            "cRLSignFalse",
            "onlyContains",
            "onlySomeReasons",
        ],
    ),
    (
        "4.8, 4.9, 4.10, 4.11, 4.12",
        "policies are not processed: none is asked for",
        "Invalid",
        &["PolicyMapping", "MappingFromanyPolicy", "MappingToanyPolicy", "inhibitAnyPolicy", "requireExplicitPolicy"],
    ),
];

/// A certificate is accepted or refused as its name says.
#[test]
fn every_path() {
    let Some(folder) = corpus("nist-pkits") else { return };
    let (mut leaves, mut authorities, mut anchors) = (Vec::new(), Vec::new(), Anchors::default());
    for entry in fs::read_dir(folder.join("certs")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let certificate = Certificate::from_der(&fs::read(&path).unwrap()).unwrap();
        match name.strip_suffix("EE") {
            Some(name) => leaves.push((name.to_owned(), certificate)),
            None if name == "TrustAnchorRootCertificate" => anchors.add(certificate, AnchorSource::Given),
            None => authorities.push(certificate),
        }
    }
    leaves.sort_by(|one, other| one.0.cmp(&other.0));
    let mut wrong = Vec::new();
    for (name, leaf) in &leaves {
        let request = Request {
            leaf,
            intermediates: &authorities,
            anchors: &anchors,
            at: "2020-06-01T00:00:00Z".parse().unwrap(),
            purpose: Purpose::Signing,
            budget: 200,
        };
        let has = |pieces: &[&str]| pieces.iter().any(|piece| name.contains(piece));
        let excused = NOT_YET.iter().any(|(_, _, start, pieces)| name.starts_with(start) && has(pieces));
        let valid = !name.starts_with("Invalid");
        let rule = RULES.iter().find(|(pieces, _)| !valid && has(pieces)).map(|(_, rule)| *rule);
        let right = match validate(&request) {
            Ok(_) => valid,
            Err(error) => rule.is_some_and(|rule| format!("{:?}", error.rule).starts_with(rule)),
        };
        if right == excused {
            wrong.push(format!("{name}: {right}, {:?}", validate(&request).map_err(|error| error.rule)));
        }
    }
    assert_eq!(leaves.len(), 223);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

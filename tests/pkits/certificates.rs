//! End entities that the table does not name: their own names say whether the path is valid, or the suite's documentation does.

use waxwing::pki::path::Rule;

use crate::suite::{Suite, request};

/// One path: the test, the words of `openssl verify`, whether it is valid.
pub struct Case {
    leaf: String,
    words: &'static str,
    valid: bool,
}

const P1: &str = "-policy 2.16.840.1.101.3.2.1.48.1";
const P2: &str = "-policy 2.16.840.1.101.3.2.1.48.2";
const P3: &str = "-policy 2.16.840.1.101.3.2.1.48.3";
const P6: &str = "-policy 2.16.840.1.101.3.2.1.48.6";

/// What depends on the policies that are asked for, or is not told by a name.
const POLICIES: &[(&str, &[(&str, bool)])] = &[
    ("AllCertificatesSamePoliciesTest10", &[("", true), (P1, true), (P2, true), (P3, false)]),
    ("AllCertificatesSamePoliciesTest13", &[("", true), (P1, true), (P2, true), (P3, true), (P6, false)]),
    ("DifferentPoliciesTest3", &[("", true), ("-explicit_policy", false), (P1, true)]),
    ("DifferentPoliciesTest5", &[("", false)]),
    ("DifferentPoliciesTest8", &[("", false)]),
    ("UserNoticeQualifierTest15", &[("", true), (P1, true), (P2, true)]),
    ("UserNoticeQualifierTest18", &[(P1, true), (P2, true)]),
    ("CPSPointerQualifierTest20", &[("", true), (P1, true), ("-explicit_policy", true)]),
    ("ValidPolicyMappingTest3", &[(P1, false), (P2, true)]),
    ("ValidPolicyMappingTest5", &[(P1, true), (P6, false)]),
    ("ValidPolicyMappingTest13", &[("", true), (P1, true)]),
    ("inhibitAnyPolicyTest3", &[("", true), ("-inhibit_any", false)]),
];

/// Pieces of names of tests in which the path is valid, and a list of withdrawn certificates is in its way.
const ABOUT_LISTS: &[&str] = &[
    "CRLIssuer",
    "BadCRL",
    "CRLSigningKeyTest7",
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
];

/// Pieces of the names of tests, and the rule that is broken.
const RULES: &[(&[&str], &str)] = &[
    (&["Signature"], "BadSignature"),
    (&["notBeforeDate"], "NotYetValid"),
    (&["notAfterDate"], "Expired"),
    (&["NameChaining"], "NoIssuer"),
    (&["basicConstraints", "cAFalse", "CRLSigningKeyTest8"], "NotCa"),
    (&["pathLen"], "PathLength"),
    (&["keyCertSignFalse"], "CannotSignCertificates"),
    (&["nameConstraints"], "NameConstraint"),
    (&["UnknownCritical"], "UnknownCriticalExtension"),
    (&["anyPolicyTest"], "MapsAnyPolicy"),
    (&["PolicyMapping", "nhibit", "xplicitPolicy", "DifferentPolicies"], "Policy"),
];

impl Case {
    pub fn name(&self) -> String {
        let words = self.words.replace("-policy 2.16.840.1.101.3.2.1.48.", "policy").replace('-', "");
        if words.is_empty() { self.leaf.clone() } else { format!("{}_{words}", self.leaf) }
    }
}

/// Every end entity that has no row.
pub fn cases(suite: &Suite) -> Vec<Case> {
    // The table names tests by their messages, which are called by the same name but for a few letters.
    let plain = |name: &str| name.to_lowercase().replace("policies", "policy").replace("crl", "");
    let in_table: Vec<String> = suite.rows.iter().map(|row| plain(row.name().split('_').nth(1).unwrap())).collect();
    let mut cases = Vec::new();
    let mut names: Vec<_> = suite.files.leaves.keys().cloned().collect();
    names.sort();
    for leaf in names {
        match POLICIES.iter().find(|(name, _)| *name == leaf) {
            Some((_, asked)) => cases.extend(asked.iter().map(|(words, valid)| {
                let leaf = leaf.clone();
                Case { leaf, words, valid: *valid }
            })),
            None if in_table.contains(&plain(&leaf)) => {}
            None => {
                let about_lists = ABOUT_LISTS.iter().any(|piece| leaf.contains(piece));
                let valid = !leaf.starts_with("Invalid") || about_lists;
                cases.push(Case { leaf, words: "", valid });
            }
        }
    }
    cases
}

/// The path is valid or not as the suite says, and breaks the rule that it is about.
pub fn check(suite: &Suite, case: &Case) -> Result<(), String> {
    let rule = match suite.files.path(&suite.files.leaves[&case.leaf], &request(case.words)) {
        Ok(_) if case.valid => return Ok(()),
        Ok(_) => return Err("it should not be valid".to_owned()),
        Err(error) if case.valid => return Err(format!("it should be valid: {error:?}")),
        Err(error) => error.rule,
    };
    let has = |pieces: &[&str]| pieces.iter().any(|piece| case.leaf.contains(piece));
    let expected = RULES.iter().find(|(pieces, _)| has(pieces)).map(|(_, rule)| *rule);
    let named = match &rule {
        Rule::AnyPolicyInhibited { .. } | Rule::PolicyMappingInhibited { .. } => "Policy".to_owned(),
        other => format!("{other:?}").split([' ', '{', '(']).next().unwrap_or_default().to_owned(),
    };
    let expected = if case.words.is_empty() { expected } else { Some("Policy") };
    if Some(named.as_str()) == expected { Ok(()) } else { Err(format!("{rule:?}, expected {expected:?}")) }
}

//! The path of a row, by our own rules, with its evidence.

use waxwing::pki::path::{Path, PathError, Rule};

use crate::suite::{Row, Suite};

/// The path is valid or breaks the rule that the table names, and is valid for the policies that the table names.
pub fn check(suite: &Suite, row: &Row) -> Result<(), String> {
    let leaf = suite.signer(row)?;
    let found = suite.files.path(leaf, &row.request);
    match (&row.error, found) {
        (None, Ok(path)) => policies(row, &path),
        (Some(_), Ok(path)) if row.is_about_lists() => policies(row, &path),
        (None, Err(error)) => Err(format!("it should be valid: {error:?}")),
        (Some(expected), Ok(_)) => Err(format!("valid, though it should break {expected}")),
        (Some(expected), Err(error)) => broken(row, expected, &error),
    }
}

fn policies(row: &Row, path: &Path) -> Result<(), String> {
    let Some(expected) = &row.policies else { return Ok(()) };
    let found = path.policies();
    let texts = |all: &std::collections::BTreeSet<_>| all.iter().map(ToString::to_string).collect::<Vec<String>>();
    let found = (found.explicit, texts(&found.authority), texts(&found.user));
    if found == *expected { Ok(()) } else { Err(format!("policies {found:?}, expected {expected:?}")) }
}

fn broken(row: &Row, expected: &str, error: &PathError) -> Result<(), String> {
    let rule = &error.rule;
    let right = match expected {
        "CERT_SIGNATURE_FAILURE" => matches!(rule, Rule::BadSignature),
        "CERT_NOT_YET_VALID" => matches!(rule, Rule::NotYetValid { .. }),
        "CERT_HAS_EXPIRED" => matches!(rule, Rule::Expired { .. }),
        // OpenSSL takes nobody for an issuer who may not be one.
        "UNABLE_TO_GET_ISSUER" if row.section.starts_with("4.7") => {
            matches!(rule, Rule::CannotSignCertificates { found } if *found == ["cRLSign"])
        }
        "UNABLE_TO_GET_ISSUER" => matches!(rule, Rule::NoIssuer),
        "INVALID_CA" => matches!(rule, Rule::NotCa { stated } if *stated != (row.section == "4.6.1")),
        "PATH_LENGTH_EXCEEDED" => matches!(rule, Rule::PathLength { allowed, found } if found > allowed),
        "PERMITTED_VIOLATION" => {
            matches!(rule, Rule::NameConstraint { permitted: true, subtrees, .. } if !subtrees.is_empty())
        }
        "EXCLUDED_VIOLATION" => {
            matches!(rule, Rule::NameConstraint { permitted: false, subtrees, .. } if subtrees.len() == 1)
        }
        "UNHANDLED_CRITICAL_EXTENSION" => matches!(rule, Rule::UnknownCriticalExtension { .. }),
        "INVALID_POLICY_EXT" => matches!(rule, Rule::MapsAnyPolicy { .. }),
        "NO_EXPLICIT_POLICY" => no_policy(row, rule),
        _ => false,
    };
    if !right {
        return Err(format!("{rule:?}, expected {expected}"));
    }
    match error.partial.contains(&error.certificate) {
        true => Ok(()),
        false => Err(format!("{:?} is not in {:?}", error.certificate, error.partial)),
    }
}

/// Where policies are left but none of those that are acceptable, they are the evidence.
fn no_policy(row: &Row, rule: &Rule) -> bool {
    let authority = row.policies.as_ref().map(|(_, authority, _)| authority.as_slice()).unwrap_or_default();
    match rule {
        Rule::Policy { found, needed } => !needed.is_empty() && (authority.is_empty() || found == authority),
        Rule::AnyPolicyInhibited { found } => authority.is_empty() && !found.is_empty(),
        Rule::PolicyMappingInhibited { found } => authority.is_empty() && !found.is_empty(),
        _ => false,
    }
}

//! Reports and errors in the reader's language (Fluent; English and German).

use crate::report::Finding;

/// The text of a finding.
#[must_use]
pub fn finding(finding: &Finding) -> String {
    finding.code.as_str().to_owned()
}

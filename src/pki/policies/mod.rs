//! Certificate policies (RFC 5280 §6.1, as RFC 9618 updates it): under which rules of issuing a path is valid, and whether that is
//! enough for what was asked.

mod graph;

use std::collections::BTreeSet;

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5280;

pub(super) use graph::check;

/// The most policies, and the most mappings, of one certificate that are processed. What real authorities write is a tenth.
pub(super) const MOST: usize = 512;

/// The identifier of a policy, of whatever length: some authorities' are too long for the tables of identifiers.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyId(Vec<u8>);

impl PolicyId {
    /// anyPolicy (RFC 5280 §4.2.1.4).
    #[must_use]
    pub fn any() -> Self {
        rfc5280::ANY_POLICY.into()
    }

    /// From the content octets of an OBJECT IDENTIFIER.
    pub(super) fn from_octets(octets: &[u8]) -> Self {
        Self(octets.to_vec())
    }

    fn is_any(&self) -> bool {
        self.0 == rfc5280::ANY_POLICY.as_bytes()
    }
}

impl From<ObjectIdentifier> for PolicyId {
    fn from(id: ObjectIdentifier) -> Self {
        Self(id.as_bytes().to_vec())
    }
}

impl std::fmt::Display for PolicyId {
    /// In numbers and dots; `anyPolicy`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_any() {
            return f.write_str("anyPolicy");
        }
        let mut arcs = Vec::new();
        let mut arc = 0u128;
        for octet in &self.0 {
            // What does not fit into the number is no policy of anybody, and is only shown.
            arc = arc.wrapping_shl(7) | u128::from(octet & 0x7f);
            if octet & 0x80 == 0 {
                arcs.push(std::mem::take(&mut arc));
            }
        }
        for (at, arc) in arcs.into_iter().enumerate() {
            match (at, arc) {
                // The first two arcs are one number (X.690 §8.19.4).
                (0, _) => {
                    let first = (arc / 40).min(2);
                    write!(f, "{first}.{}", arc - 40 * first)?;
                }
                _ => write!(f, ".{arc}")?,
            }
        }
        Ok(())
    }
}

impl std::fmt::Debug for PolicyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

/// What is asked of the policies of a path (RFC 5280 §6.1.1 (c), (e), (f), (g)). At first nothing is: every policy is as good as
/// any other, and as none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PolicyRequest {
    /// user-initial-policy-set: the policies that are good enough; `None`: any.
    pub acceptable: Option<BTreeSet<PolicyId>>,
    /// initial-explicit-policy: the path must be valid for one of them even where no authority asks for that.
    pub explicit: bool,
    /// initial-policy-mapping-inhibit: authorities may not say that one policy stands for another.
    pub inhibit_mapping: bool,
    /// initial-any-policy-inhibit: anyPolicy in a certificate says nothing.
    pub inhibit_any: bool,
}

/// The policies that a path is valid for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ValidPolicies {
    /// Whether a policy was asked for, by the request or an authority of the path.
    pub explicit: bool,
    /// In the terms of the first authority below the anchor (authority-constrained-policy-set).
    pub authority: BTreeSet<PolicyId>,
    /// Those of them that are acceptable (user-constrained-policy-set).
    pub user: BTreeSet<PolicyId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Identifiers are shown as people write them, those too that are longer than others can hold.
    #[test]
    fn identifiers_are_shown() {
        let long = [&[0x2b, 6, 1, 4, 1, 0x82, 0x37, 0x15, 8][..], &[0x83, 0xd2, 0x9a, 0x4d].repeat(10)].concat();
        let shown = format!("1.3.6.1.4.1.311.21.8{}", ".7638349".repeat(10));
        for (octets, shown) in [
            (&[0x2a, 3][..], "1.2.3"),
            (&[0x88, 0x37, 0], "2.999.0"),
            (&[0x55, 0x1d, 0x20, 0], "anyPolicy"),
            (&long, &shown),
            (&[], ""),
            (&[0xff; 100], ""),
        ] {
            assert_eq!(PolicyId::from_octets(octets).to_string(), shown);
        }
    }
}

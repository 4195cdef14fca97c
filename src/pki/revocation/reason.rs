//! Why certificates are withdrawn, and the sets of such reasons that a list is about.

use crate::pki::values::Value;

/// ```text
/// CRLReason ::= ENUMERATED { unspecified (0), keyCompromise (1), cACompromise (2), affiliationChanged (3), superseded (4),
///     cessationOfOperation (5), certificateHold (6), removeFromCRL (8), privilegeWithdrawn (9), aACompromise (10) }
/// ```
/// (RFC 5280 §5.3.1)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub enum Reason {
    Unspecified,
    KeyCompromise,
    CaCompromise,
    AffiliationChanged,
    Superseded,
    CessationOfOperation,
    CertificateHold,
    RemoveFromCrl,
    PrivilegeWithdrawn,
    AaCompromise,
}

impl Reason {
    /// From the content of the ENUMERATED; numbers that nobody gave a meaning to say nothing.
    pub(super) fn of(content: &[u8]) -> Self {
        match content {
            [1] => Self::KeyCompromise,
            [2] => Self::CaCompromise,
            [3] => Self::AffiliationChanged,
            [4] => Self::Superseded,
            [5] => Self::CessationOfOperation,
            [6] => Self::CertificateHold,
            [8] => Self::RemoveFromCrl,
            [9] => Self::PrivilegeWithdrawn,
            [10] => Self::AaCompromise,
            _ => Self::Unspecified,
        }
    }

    /// The standard's name, such as `keyCompromise`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unspecified => "unspecified",
            Self::KeyCompromise => "keyCompromise",
            Self::CaCompromise => "cACompromise",
            Self::AffiliationChanged => "affiliationChanged",
            Self::Superseded => "superseded",
            Self::CessationOfOperation => "cessationOfOperation",
            Self::CertificateHold => "certificateHold",
            Self::RemoveFromCrl => "removeFromCRL",
            Self::PrivilegeWithdrawn => "privilegeWithdrawn",
            Self::AaCompromise => "aACompromise",
        }
    }
}

/// ```text
/// ReasonFlags ::= BIT STRING { unused (0), keyCompromise (1), cACompromise (2), affiliationChanged (3), superseded (4),
///     cessationOfOperation (5), certificateHold (6), privilegeWithdrawn (7), aACompromise (8) }
/// ```
/// (RFC 5280 §4.2.1.13)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Reasons(u16);

impl Reasons {
    /// Every reason.
    pub const ALL: Self = Self(0x1fe);

    /// From a BIT STRING with any tag; `None` when it is none.
    pub fn of(value: &Value<'_>) -> Option<Self> {
        let (unused, bits) = value.content().split_first()?;
        if *unused > 7 {
            return None;
        }
        let bit = |number: usize| bits.get(number / 8).is_some_and(|octet| octet & (0x80 >> (number % 8)) != 0);
        let mask = (1..=8).filter(|number| bit(*number)).fold(0, |mask, number| mask | 1 << number);
        Some(Self(mask))
    }

    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether all of these are in the other set.
    pub fn are_in(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }
}

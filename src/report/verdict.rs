//! The two chips that stand over every message, and their colours (docs/verdicts.md).

use serde::Serialize;

/// The signature chip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "each is explained to people in the texts; the order is from worst to best")]
pub enum Verdict {
    Altered,
    Revoked,
    Rejected,
    OtherSigner,
    Unreadable,
    PartlySigned,
    SenderUnclear,
    UnknownIssuer,
    NoAddress,
    Weak,
    ExpiredAtSigning,
    RevocationUnknown,
    ExpiredSince,
    Pinned,
    Verified,
    Unsigned,
}

impl Verdict {
    /// Every verdict, from worst to best, `unsigned` last.
    pub const ALL: [Self; 16] = [
        Self::Altered,
        Self::Revoked,
        Self::Rejected,
        Self::OtherSigner,
        Self::Unreadable,
        Self::PartlySigned,
        Self::SenderUnclear,
        Self::UnknownIssuer,
        Self::NoAddress,
        Self::Weak,
        Self::ExpiredAtSigning,
        Self::RevocationUnknown,
        Self::ExpiredSince,
        Self::Pinned,
        Self::Verified,
        Self::Unsigned,
    ];

    /// The code of the contract.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Altered => "altered",
            Self::Revoked => "revoked",
            Self::Rejected => "rejected",
            Self::OtherSigner => "other-signer",
            Self::Unreadable => "unreadable",
            Self::PartlySigned => "partly-signed",
            Self::SenderUnclear => "sender-unclear",
            Self::UnknownIssuer => "unknown-issuer",
            Self::NoAddress => "no-address",
            Self::Weak => "weak",
            Self::ExpiredAtSigning => "expired-at-signing",
            Self::RevocationUnknown => "revocation-unknown",
            Self::ExpiredSince => "expired-since",
            Self::Pinned => "pinned",
            Self::Verified => "verified",
            Self::Unsigned => "unsigned",
        }
    }

    /// The colour that goes with it, never alone: shape and words say the same.
    #[must_use]
    pub fn tone(self) -> Tone {
        match self {
            Self::Verified | Self::Pinned => Tone::Green,
            Self::UnknownIssuer
            | Self::NoAddress
            | Self::ExpiredSince
            | Self::ExpiredAtSigning
            | Self::Weak
            | Self::RevocationUnknown
            | Self::SenderUnclear
            | Self::PartlySigned => Tone::Amber,
            Self::OtherSigner | Self::Rejected | Self::Revoked | Self::Altered => Tone::Red,
            Self::Unreadable | Self::Unsigned => Tone::Grey,
        }
    }

    /// Whether a signature holds in every respect.
    #[must_use]
    pub fn is_good(self) -> bool {
        matches!(self, Self::Verified | Self::Pinned)
    }
}

/// The colour of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are colours")]
pub enum Tone {
    Green,
    Amber,
    Red,
    Grey,
    Neutral,
}

/// The privacy chip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "each is explained to people in the texts; the order is from worst to best")]
pub enum Privacy {
    Damaged,
    Locked,
    NeedsUnlock,
    OpenedWeak,
    OpenedUnauthenticated,
    Opened,
    None,
}

impl Privacy {
    /// Every state, from worst to best.
    pub const ALL: [Self; 7] = [
        Self::Damaged,
        Self::Locked,
        Self::NeedsUnlock,
        Self::OpenedWeak,
        Self::OpenedUnauthenticated,
        Self::Opened,
        Self::None,
    ];

    /// The code of the contract.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::Locked => "locked",
            Self::NeedsUnlock => "needs-unlock",
            Self::OpenedWeak => "opened-weak",
            Self::OpenedUnauthenticated => "opened-unauthenticated",
            Self::Opened => "opened",
            Self::None => "none",
        }
    }

    /// Whether the content could not be opened.
    #[must_use]
    pub fn is_shut(self) -> bool {
        matches!(self, Self::Damaged | Self::Locked | Self::NeedsUnlock)
    }

    /// The colour that goes with it; never green.
    #[must_use]
    pub fn tone(self) -> Tone {
        match self {
            Self::Damaged => Tone::Red,
            Self::OpenedWeak | Self::OpenedUnauthenticated => Tone::Amber,
            Self::Locked | Self::NeedsUnlock | Self::None => Tone::Grey,
            Self::Opened => Tone::Neutral,
        }
    }
}

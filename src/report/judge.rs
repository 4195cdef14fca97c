//! From facts to one verdict: a pure function over the vocabulary of verdicts.

use super::{Covers, IdentityState, Integrity, Revocation, TrustState, Verdict};
use crate::policy::RevocationPolicy;

/// Validity of the certificate path in time.
///
/// The order is from worst to best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Validity {
    /// Not valid yet at the claimed signing time (or, with none claimed, now).
    NotYetValid,
    /// Not valid any more at the claimed signing time (or, with none claimed, now).
    ExpiredAtSigning,
    /// Valid at the claimed signing time, not any more now.
    ExpiredSince,
    /// Valid at the claimed signing time and now.
    Valid,
}

/// All that a verdict about one signer depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Facts {
    /// Whether the content is what was signed.
    pub integrity: Integrity,
    /// Whether the certificate leads to somebody trusted.
    pub trust: TrustState,
    /// Its validity in time.
    pub validity: Validity,
    /// Whether it names the sender.
    pub identity: IdentityState,
    /// Whether the sender line can be relied on: exactly one clear address, a display name that shows no other.
    pub sender_clear: bool,
    /// Whether it was withdrawn.
    pub revocation: Revocation,
    /// An outdated digest, signature method or key.
    pub weak: bool,
    /// What the signature covers.
    pub covers: Covers,
}

/// The verdict on one signer: the worst of what the facts give (docs/verdicts.md).
#[must_use]
pub fn judge(facts: &Facts, revocation: RevocationPolicy) -> Verdict {
    let good = if facts.trust == TrustState::Pinned { Verdict::Pinned } else { Verdict::Verified };
    let mut worst = good;
    let mut note = |holds: bool, verdict: Verdict| {
        if holds {
            worst = worst.min(verdict);
        }
    };
    note(facts.integrity == Integrity::Altered, Verdict::Altered);
    if facts.integrity == Integrity::Unchecked {
        // Nothing else is known of a signature that could not be checked.
        return Verdict::Unreadable;
    }
    note(facts.revocation == Revocation::Revoked, Verdict::Revoked);
    note(facts.trust == TrustState::Rejected || facts.validity == Validity::NotYetValid, Verdict::Rejected);
    note(facts.identity == IdentityState::Differs, Verdict::OtherSigner);
    note(facts.covers == Covers::Part, Verdict::PartlySigned);
    note(!facts.sender_clear, Verdict::SenderUnclear);
    note(facts.trust == TrustState::UnknownIssuer, Verdict::UnknownIssuer);
    note(facts.identity == IdentityState::NoAddress, Verdict::NoAddress);
    note(facts.weak, Verdict::Weak);
    note(facts.validity == Validity::ExpiredAtSigning, Verdict::ExpiredAtSigning);
    note(facts.validity == Validity::ExpiredSince, Verdict::ExpiredSince);
    let unknown = matches!(facts.revocation, Revocation::Unknown | Revocation::NotChecked);
    note(unknown && revocation == RevocationPolicy::Require, Verdict::RevocationUnknown);
    worst
}

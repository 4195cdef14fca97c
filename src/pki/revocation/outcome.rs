//! What checking for withdrawal gives.

use jiff::Timestamp;

use super::reason::Reason;
use crate::pki::Certificate;

/// Whether one certificate was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// It was not.
    Good(Evidence),
    /// It was.
    Revoked(Withdrawal),
    /// It was looked up, but could not be found out.
    Unknown,
    /// There was nothing to look it up in, and nobody to ask.
    NotChecked,
}

/// Who says that a certificate was not withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The short name of who issued the list, or of whose responder answered.
    pub by: String,
    /// The state of things at this time.
    pub as_of: Timestamp,
}

/// The withdrawal of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withdrawal {
    /// When its issuer withdrew it.
    pub at: Timestamp,
    /// Why.
    pub reason: Reason,
    /// Since when the key may have been in other hands, if the issuer says so.
    pub invalid_since: Option<Timestamp>,
}

/// Why something that may tell about withdrawal tells nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Problem {
    /// There must be a newer one since.
    Stale {
        /// Since when.
        since: Timestamp,
    },
    /// It is from the future.
    NotYet {
        /// From when on it holds.
        from: Timestamp,
    },
    /// Its signature does not hold.
    BadSignature,
    /// Its signature could not be checked; why.
    UnsupportedSignature(String),
    /// Nobody known signed it.
    NoSigner,
    /// Who signed it may not sign lists.
    MayNotSign,
    /// Who signed it is not trusted.
    SignerNotTrusted,
    /// The certificate of who signed it was withdrawn.
    SignerWithdrawn,
    /// A critical extension is not known; its identifier, or nothing where it belongs to an entry.
    UnknownCritical(String),
    /// It is damaged; how.
    Damaged(String),
    /// It holds only changes to a list that is not there.
    NoBase,
    /// It does not keep certificates that have expired.
    Dropped,
    /// The responder did not answer the question; its word for that.
    Unsuccessful(&'static str),
    /// The answer is not about this certificate.
    OtherCertificate,
    /// The answer is to another question: its nonce differs.
    OtherQuestion,
    /// The responder does not know the certificate.
    NotKnown,
    /// It may not be asked; the rule.
    Refused(&'static str),
    /// Nobody answered properly; what happened.
    NoAnswer(String),
}

/// Something that told nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Remark {
    /// What it is: a list's issuer, or a URL.
    pub source: String,
    /// Why.
    pub problem: Problem,
}

/// Somebody who was asked over the network.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Asked {
    /// The URL, as the certificate has it.
    pub url: String,
}

/// What checking a chain gave.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Every certificate below the anchor, leaf first.
    pub certificates: Vec<(Certificate, Status)>,
    /// What told nothing, each once.
    pub remarks: Vec<Remark>,
    /// Who was asked, each once.
    pub asked: Vec<Asked>,
}

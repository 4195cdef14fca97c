//! From a signer's certificate up to a trust anchor (RFC 5280 §6, RFC 8550 §4).
//!
//! Time is asked apart from everything else, because mail is judged at two times: [`build`] finds a path by all rules but time,
//! [`Path::check_time`] asks that path about one time, and [`validate`] does both.
//!
//! An anchor may stand anywhere: an authority's root, an authority below one, or the leaf itself; the path ends at the first one
//! that is met. Its own signature proves nothing and is not checked. What it says about itself is held to (validity, path
//! length, key usage, purposes, name constraints), as OpenSSL and Windows do; only basicConstraints may be absent in roots of
//! version 1. Its policies are no part of a path.

use std::collections::HashMap;

use jiff::Timestamp;

use super::policies::{PolicyRequest, ValidPolicies};
use super::roots::Root;
use super::search::{Search, check_signature};
use super::{Certificate, rules};
use crate::crypto::KeyKind;

/// The most issuers that [`issuers_by_name`] gives.
const MOST_ISSUERS: usize = 10;

/// Where an anchor comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnchorSource {
    /// Given for this run (`--trust`).
    Given,
    /// Trusted in the wallet.
    Wallet,
    /// Shipped with the program.
    BuiltIn,
    /// The operating system's store.
    System,
}

/// A certificate that a path may end at.
#[derive(Debug, Clone)]
pub struct Anchor {
    /// The certificate.
    pub certificate: Certificate,
    /// Where it comes from.
    pub source: AnchorSource,
    /// [`Root::distrust_after`] of a built-in one.
    pub distrust_after: Option<Timestamp>,
}

impl Anchor {
    /// Whether a leaf is trusted because of it. Only the leaf's start of validity counts, as in NSS: what stands between may be
    /// renewed later.
    #[must_use]
    pub fn vouches_for(&self, leaf: &Certificate) -> bool {
        self.distrust_after.is_none_or(|after| leaf.not_before() <= after)
    }
}

/// Trust anchors, by subject name.
#[derive(Debug, Clone, Default)]
pub struct Anchors {
    by_subject: HashMap<Vec<u8>, Vec<Anchor>>,
}

impl Anchors {
    /// Adds one. What the built-in list says of a certificate ([`Root::distrust_after`]) stays, if the system has it too.
    pub fn add(&mut self, certificate: Certificate, source: AnchorSource) {
        self.insert(Anchor { certificate, source, distrust_after: None });
    }
    /// Adds a built-in one. Where the user trusts the same certificate, the user's decision holds, without an end.
    pub fn add_root(&mut self, root: &Root) {
        let Root { certificate, distrust_after } = root.clone();
        self.insert(Anchor { certificate, source: AnchorSource::BuiltIn, distrust_after });
    }
    fn insert(&mut self, anchor: Anchor) {
        let same_name = self.by_subject.entry(anchor.certificate.subject_key().to_vec()).or_default();
        match same_name.iter_mut().find(|before| before.certificate == anchor.certificate) {
            Some(before)
                if before.source == AnchorSource::System
                    || before.source == AnchorSource::BuiltIn && anchor.source != AnchorSource::System =>
            {
                *before = anchor;
            }
            Some(_) => {}
            None => same_name.push(anchor),
        }
    }
    /// That very certificate, if it is one.
    #[must_use]
    pub fn find(&self, certificate: &Certificate) -> Option<&Anchor> {
        self.with_subject(certificate.subject_key()).find(|anchor| anchor.certificate == *certificate)
    }
    /// Anchors with that subject, by its [`Certificate::subject_key`].
    pub fn with_subject(&self, subject: &[u8]) -> impl Iterator<Item = &Anchor> {
        self.by_subject.get(subject).into_iter().flatten()
    }
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_subject.is_empty()
    }
}

/// What a path is asked for.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The signer's or recipient's certificate.
    pub leaf: &'a Certificate,
    /// Certificates that may stand between: from the message, the wallet, `--cert`.
    pub intermediates: &'a [Certificate],
    /// What is trusted.
    pub anchors: &'a Anchors,
    /// The time that validity is judged at.
    pub at: Timestamp,
    /// What the leaf is used for.
    pub purpose: Purpose,
    /// How many certificates may be looked at before giving up.
    pub budget: u32,
    /// What is asked of certificate policies: of mail by itself nothing.
    pub policies: PolicyRequest,
}

/// What a leaf certificate is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It signed a message: digitalSignature or nonRepudiation, emailProtection (RFC 8550 §4.4.2, §4.4.4).
    Signing,
    /// A message is encrypted to it.
    Encryption,
    /// It signed a list of withdrawn certificates: cRLSign (RFC 5280 §6.3.3 (f)).
    SigningCrls,
}

/// A path that keeps to every rule but, maybe, time: the leaf first, the anchor last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    pub(super) certificates: Vec<Certificate>,
    pub(super) anchor: AnchorSource,
    pub(super) policies: ValidPolicies,
}

impl Path {
    /// Leaf first, anchor last.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }
    /// Where the anchor comes from.
    #[must_use]
    pub fn anchor_source(&self) -> AnchorSource {
        self.anchor
    }
    /// The policies that it is valid for.
    #[must_use]
    pub fn policies(&self) -> &ValidPolicies {
        &self.policies
    }
    /// Whether all certificates are valid at a time.
    ///
    /// # Errors
    /// [`Rule::Expired`] or [`Rule::NotYetValid`] for the first from the leaf that is not; its `partial` is the whole path.
    pub fn check_time(&self, at: Timestamp) -> Result<(), PathError> {
        rules::check_time(&self.certificates, at)
    }
    /// Whether a certificate below the anchor is signed with a digest that can be forged today, or any has a short key.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        let short = |certificate: &Certificate| KeyKind::of(certificate.public_key()).is_ok_and(KeyKind::is_weak);
        let below_anchor = self.certificates.len().saturating_sub(1);
        self.certificates.iter().take(below_anchor).any(Certificate::is_weakly_signed)
            || self.certificates.iter().any(short)
    }
}

/// Whether a certificate is to be relied on. Separate from integrity and from identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// A valid path to an anchor.
    Anchored(Path),
    /// The user trusted this very certificate, at that time.
    Pinned {
        /// When.
        since: Timestamp,
    },
    /// No path to an anchor, but nothing wrong with what is there.
    UnknownIssuer(PathError),
    /// There is a path, but it breaks a rule; or the leaf itself does.
    Rejected(PathError),
}

/// Why there is no valid path: which certificate, which rule, the value found and the value needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathError {
    /// The certificate that breaks the rule.
    pub certificate: Certificate,
    /// The rule.
    pub rule: Rule,
    /// The part of a path that was found, leaf first.
    pub partial: Vec<Certificate>,
}

/// The rules of a path (RFC 5280 §6.1), with evidence. Ordered by how much they tell: of several candidate paths the error
/// that got furthest is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// Nobody known issued it.
    NoIssuer,
    /// It is issued by itself and nobody trusts it.
    SelfSigned,
    /// Looking for issuers went past the budget.
    Budget {
        /// Certificates that were looked at.
        looked_at: u32,
    },
    /// A built-in root that vouches for older certificates alone ([`Anchor::vouches_for`]).
    TrustEnded {
        /// Until when.
        distrust_after: Timestamp,
        /// When the leaf's validity starts.
        not_before: Timestamp,
    },
    /// Its issuer's signature does not hold.
    BadSignature,
    /// It is signed with a method that is not built in.
    UnsupportedSignature(String),
    /// Not valid yet.
    NotYetValid {
        /// Start of validity.
        not_before: Timestamp,
        /// The time asked for.
        at: Timestamp,
    },
    /// Not valid any more.
    Expired {
        /// End of validity.
        not_after: Timestamp,
        /// The time asked for.
        at: Timestamp,
    },
    /// An issuer without CA in basicConstraints.
    NotCa {
        /// Whether it has basicConstraints, which then say that it is none.
        stated: bool,
    },
    /// An issuer whose keyUsage does not allow signing certificates.
    CannotSignCertificates {
        /// What it allows, by the names of [`super::KeyUsage::names`].
        found: Vec<&'static str>,
    },
    /// More CAs below it than its path length allows.
    PathLength {
        /// What it allows.
        allowed: u32,
        /// What stands below it.
        found: u32,
    },
    /// keyUsage does not allow the purpose.
    KeyUsage {
        /// What it allows, by the names of [`super::KeyUsage::names`].
        found: Vec<&'static str>,
        /// Of which it should allow one.
        needed: Vec<&'static str>,
    },
    /// extKeyUsage does not allow mail; the identifiers it allows.
    NotForMail {
        /// extKeyUsage identifiers.
        found: Vec<String>,
    },
    /// A name is outside what an issuer is constrained to.
    NameConstraint {
        /// The name.
        name: String,
        /// The short name of that issuer.
        issuer: String,
        /// What it may vouch for (`permitted`), or may not.
        permitted: bool,
        /// The names of that form that are permitted, or the one that is not.
        subtrees: Vec<String>,
    },
    /// A critical extension that is not understood.
    UnknownCriticalExtension {
        /// Its identifier.
        oid: String,
    },
    /// A policy is asked for, and the certificate leaves none valid.
    Policy {
        /// The policies of the certificate (of a whole path: those that it is valid for), `anyPolicy` or in dots.
        found: Vec<String>,
        /// The policies that the certificates above it, or the request, leave open.
        needed: Vec<String>,
    },
    /// A policy is asked for, and the certificate has anyPolicy where that counts no more.
    AnyPolicyInhibited {
        /// Its policies.
        found: Vec<String>,
    },
    /// A policy is asked for, and the certificate maps all that are valid where mapping is not allowed any more.
    PolicyMappingInhibited {
        /// Its mappings: `1.2.3 → 1.2.4`.
        found: Vec<String>,
    },
    /// An authority maps from or to anyPolicy (RFC 5280 §4.2.1.5).
    MapsAnyPolicy {
        /// The issuer's policy.
        from: String,
        /// The subject's policy.
        to: String,
    },
    /// The signature algorithm inside and outside differ.
    AlgorithmMismatch {
        /// The one that is signed.
        inside: String,
        /// The one beside the signature.
        outside: String,
    },
    /// An extension that is there twice (RFC 5280 §4.2).
    DuplicateExtension {
        /// Its identifier.
        oid: String,
    },
    /// An extension that is known but cannot be decoded.
    DamagedExtension {
        /// Its identifier.
        oid: String,
    },
}

/// Finds a path by all rules but time: names, signatures, basicConstraints, key usage and purposes, name constraints, policies,
/// extensions.
/// Of several paths, one that is valid at `request.at` is preferred.
///
/// # Errors
/// The most telling [`PathError`]: of paths that reach an anchor and break a rule, else of the one that got furthest. None of
/// them is about time.
pub fn build(request: &Request<'_>) -> Result<Path, PathError> {
    Search::new(request).run()
}

/// [`build`], then [`Path::check_time`] at `request.at`.
///
/// # Errors
/// As those two: [`Rule::Expired`] and [`Rule::NotYetValid`] come only where nothing but time is in the way.
pub fn validate(request: &Request<'_>) -> Result<Path, PathError> {
    let path = build(request)?;
    path.check_time(request.at)?;
    Ok(path)
}

/// The result of [`build`] or [`validate`], with an error sorted into [`Trust::UnknownIssuer`] (nobody known, or it could not be
/// found out) or [`Trust::Rejected`] (a rule is broken; after [`validate`] this may be time).
#[must_use]
pub fn classify(result: Result<Path, PathError>) -> Trust {
    match result {
        Ok(path) => Trust::Anchored(path),
        Err(error) if error.rule.is_open() => Trust::UnknownIssuer(error),
        Err(error) => Trust::Rejected(error),
    }
}

/// The issuers of a certificate by their names alone, nearest first, as far as they are at hand. Nothing is checked: this is
/// what is kept beside a certificate, or sent with it, for others to check.
#[must_use]
pub fn issuers_by_name<'a>(
    leaf: &'a Certificate,
    others: impl IntoIterator<Item = &'a Certificate, IntoIter: Clone>,
) -> Vec<Certificate> {
    let others = others.into_iter();
    let mut chain: Vec<Certificate> = Vec::new();
    let mut last = leaf;
    while chain.len() < MOST_ISSUERS && !last.is_self_issued() {
        let mut issuers = others.clone().filter(|other| other.is_ca() && other.subject_key() == last.issuer_key());
        let Some(next) = issuers.find(|issuer| !chain.contains(issuer)) else { break };
        chain.push(next.clone());
        last = next;
    }
    chain
}

/// Whether a certificate carries the name and the signature of another; nothing else is checked.
#[must_use]
pub fn is_issued_by(certificate: &Certificate, issuer: &Certificate) -> bool {
    certificate.issuer_key() == issuer.subject_key() && check_signature(certificate, issuer).is_ok()
}

impl Rule {
    /// Nothing is wrong with what was found, but it does not reach an anchor.
    pub(super) fn is_open(&self) -> bool {
        matches!(
            self,
            Self::NoIssuer
                | Self::SelfSigned
                | Self::Budget { .. }
                | Self::TrustEnded { .. }
                | Self::UnsupportedSignature(_)
        )
    }
}

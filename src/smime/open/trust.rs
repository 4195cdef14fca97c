//! Whether a signer's certificate leads to somebody trusted, and whether it was valid at the time.

use std::borrow::Cow;

use jiff::Timestamp;

use super::signer::Judge;
use crate::crypto::KeyKind;
use crate::mime::address::Address;
use crate::pki::path::{Path, Purpose, Request, Rule, build, classify};
use crate::pki::policies::PolicyRequest;
use crate::pki::{Certificate, PathError, Trust};
use crate::report::{Code, Finding, TrustState, Validity};
use crate::smime::Pin;

/// What is known of a certificate beside its signature.
pub(super) struct Standing {
    pub(super) state: TrustState,
    pub(super) validity: Validity,
    /// It is relied on because of certificates of which one could be forged.
    pub(super) weak: bool,
    /// From the signer up, as far as it could be followed.
    pub(super) chain: Vec<Certificate>,
    /// The address that the user trusts it for, in place of those that it names.
    pub(super) pinned_for: Option<Address>,
    pub(super) findings: Vec<Finding>,
}

impl Judge<'_> {
    /// Trust and validity at the time that the signer claims (or now), and now.
    pub(super) fn standing(&self, leaf: &Certificate, claimed: Option<Timestamp>) -> Standing {
        let now = self.context.policy.now;
        let at = claimed.unwrap_or(now);
        let own = std::slice::from_ref(leaf);
        let pinned = self.context.pins.iter().find(|pin| pin.certificate == *leaf);
        // Who is trusted for one address is nobody in particular where another stands.
        let holds = |pin: &&Pin| pin.address.as_ref().is_none_or(|address| self.header.sender.is_from(address));
        let pin = pinned.filter(holds);
        // Who trusts this very certificate needs no issuer for it.
        let (path, about_issuers) = match pin {
            Some(_) => (self.path(leaf, at, &[]), Vec::new()),
            None => self.reach(leaf, at),
        };
        let mut standing = match (pin, path) {
            (Some(pin), path) => {
                let (validity, mut findings) = validity(own, at, now);
                let since = pin.since.to_string();
                findings.insert(
                    0,
                    match &pin.address {
                        Some(address) => Finding::new(Code::PinnedFor, [since, address.to_string()]),
                        None => Finding::new(Code::Pinned, [since]),
                    },
                );
                let chain = path.map_or_else(|_| own.to_vec(), |path| path.certificates().to_vec());
                Standing { state: TrustState::Pinned, validity, weak: false, chain, pinned_for: None, findings }
            }
            (None, Ok(path)) => {
                let (validity, findings) = validity(path.certificates(), at, now);
                Standing {
                    state: TrustState::Anchored,
                    validity,
                    weak: false,
                    chain: path.certificates().to_vec(),
                    pinned_for: None,
                    findings,
                }
            }
            (None, Err(error)) => {
                let (validity, mut findings) = validity(own, at, now);
                findings.insert(0, broken(&error));
                let chain = if error.partial.is_empty() { own.to_vec() } else { error.partial.clone() };
                let state = match classify(Err(error)) {
                    Trust::UnknownIssuer(_) => TrustState::UnknownIssuer,
                    _ => TrustState::Rejected,
                };
                Standing { state, validity, weak: false, chain, pinned_for: None, findings }
            }
        };
        standing.findings.extend(about_issuers);
        let weak_links = weak_links(&standing.chain);
        // Who trusts this very certificate does not ask who else vouches for it.
        standing.weak = standing.state == TrustState::Anchored && !weak_links.is_empty();
        standing.findings.extend(weak_links);
        standing.pinned_for = pin.and_then(|pin| pin.address.clone());
        if let (Some(Pin { since, address: Some(address), .. }), None) = (pinned, pin) {
            let evidence = [since.to_string(), address.to_string()];
            standing.findings.push(Finding::new(Code::PinnedForAnother, evidence));
        }
        let distrusted = self.context.distrusted;
        let bad = std::iter::once(leaf).chain(&standing.chain).find(|certificate| distrusted.contains(certificate));
        if let Some(certificate) = bad {
            standing.state = TrustState::Rejected;
            standing.findings.insert(0, Finding::new(Code::Distrusted, [certificate.name()]));
        }
        standing
    }

    /// A path by all rules but time; of the one for the time of signing and the one for now, that with the better validity.
    /// `more`: certificates beside those that are at hand.
    pub(super) fn path(&self, leaf: &Certificate, at: Timestamp, more: &[Certificate]) -> Result<Path, PathError> {
        let now = self.context.policy.now;
        let all: Cow<'_, [Certificate]> = match more {
            [] => Cow::Borrowed(self.intermediates),
            more => Cow::Owned([self.intermediates, more].concat()),
        };
        let build = |at| {
            build(&Request {
                leaf,
                intermediates: &all,
                anchors: self.context.anchors,
                at,
                purpose: Purpose::Signing,
                budget: self.context.policy.limits.path_steps,
                policies: PolicyRequest::default(),
            })
        };
        let worth = |path: &Path| validity(path.certificates(), at, now).0;
        let then = build(at)?;
        if at == now || worth(&then) == Validity::Valid {
            return Ok(then);
        }
        Ok(build(now).ok().filter(|path| worth(path) > worth(&then)).unwrap_or(then))
    }
}

/// Validity of all certificates, the leaf first, at the claimed time and now: the worst, with the first certificate that makes
/// it so. That an authority renewed its certificate after the signature was made is no flaw.
fn validity(certificates: &[Certificate], at: Timestamp, now: Timestamp) -> (Validity, Vec<Finding>) {
    let judge = |(index, certificate): (usize, &Certificate)| {
        let (from, until) = (certificate.not_before(), certificate.not_after());
        let early = |time: Timestamp| {
            let evidence = [certificate.name(), from.to_string(), time.to_string()];
            (Validity::NotYetValid, Some(Finding::new(Code::NotYetValid, evidence)))
        };
        if index == 0 && at < from {
            early(at)
        } else if now < from {
            early(now)
        } else if certificate.is_over_at(at) {
            let evidence = [certificate.name(), until.to_string(), at.to_string()];
            (Validity::ExpiredAtSigning, Some(Finding::new(Code::ExpiredAtSigning, evidence)))
        } else if certificate.is_over_at(now) {
            let evidence = [certificate.name(), until.to_string()];
            (Validity::ExpiredSince, Some(Finding::new(Code::ExpiredSince, evidence)))
        } else {
            (Validity::Valid, None)
        }
    };
    let worst = certificates.iter().enumerate().map(judge).min_by_key(|(validity, _)| *validity);
    worst.map_or((Validity::Valid, Vec::new()), |(validity, finding)| (validity, finding.into_iter().collect()))
}

/// Certificates below the anchor that are signed with an outdated method, or by a short key.
fn weak_links(chain: &[Certificate]) -> Vec<Finding> {
    let short = |issuer: &Certificate| KeyKind::of(issuer.public_key()).is_ok_and(KeyKind::is_weak);
    let pairs = chain.iter().zip(chain.iter().skip(1));
    pairs
        .filter(|(certificate, issuer)| certificate.is_weakly_signed() || short(issuer))
        .map(|(certificate, _)| Finding::new(Code::WeakChain, [certificate.name()]))
        .collect()
}

/// The rule that a path breaks, with its evidence.
fn broken(error: &PathError) -> Finding {
    let name = error.certificate.name();
    match &error.rule {
        Rule::NoIssuer => Finding::new(Code::NoIssuer, [name, error.certificate.issuer_name()]),
        Rule::SelfSigned => Finding::new(Code::SelfSigned, [name]),
        Rule::Budget { looked_at } => Finding::new(Code::PathBudget, [looked_at.to_string()]),
        Rule::TrustEnded { distrust_after, not_before } => {
            Finding::new(Code::TrustEnded, [name, distrust_after.to_string(), not_before.to_string()])
        }
        Rule::BadSignature => Finding::new(Code::BadIssuerSignature, [name, error.certificate.issuer_name()]),
        Rule::UnsupportedSignature(algorithm) => {
            Finding::new(Code::UnsupportedIssuerSignature, [name, algorithm.clone()])
        }
        Rule::NotYetValid { not_before, at } => {
            Finding::new(Code::NotYetValid, [name, not_before.to_string(), at.to_string()])
        }
        Rule::Expired { not_after, at } => {
            Finding::new(Code::ExpiredAtSigning, [name, not_after.to_string(), at.to_string()])
        }
        Rule::NotCa { stated } => {
            let found = if *stated { "no" } else { "nothing" };
            Finding::new(Code::NotCa, [name, found.to_owned()])
        }
        Rule::CannotSignCertificates { found } => Finding::new(Code::CannotSignCertificates, [name, found.join(", ")]),
        Rule::PathLength { allowed, found } => {
            Finding::new(Code::PathLength, [name, allowed.to_string(), found.to_string()])
        }
        Rule::KeyUsage { found, .. } => Finding::new(Code::KeyUsage, [name, found.join(", ")]),
        Rule::NotForMail { found } => Finding::new(Code::NotForMail, [name, found.join(", ")]),
        Rule::NameConstraint { name: outside, issuer, permitted, subtrees } => {
            let kind = if *permitted { "permitted" } else { "excluded" };
            let evidence = [name, outside.clone(), issuer.clone(), kind.to_owned(), subtrees.join(", ")];
            Finding::new(Code::NameConstraint, evidence)
        }
        Rule::Policy { found, needed } => Finding::new(Code::Policy, [name, found.join(", "), needed.join(", ")]),
        Rule::AnyPolicyInhibited { found } => Finding::new(Code::AnyPolicyInhibited, [name, found.join(", ")]),
        Rule::PolicyMappingInhibited { found } => Finding::new(Code::PolicyMappingInhibited, [name, found.join(", ")]),
        Rule::MapsAnyPolicy { from, to } => Finding::new(Code::MapsAnyPolicy, [name, from.clone(), to.clone()]),
        Rule::UnknownCriticalExtension { oid } => Finding::new(Code::UnknownCriticalExtension, [name, oid.clone()]),
        Rule::DuplicateExtension { oid } => Finding::new(Code::DuplicateExtension, [name, oid.clone()]),
        Rule::DamagedExtension { oid } => Finding::new(Code::DamagedExtension, [name, oid.clone()]),
        Rule::AlgorithmMismatch { inside, outside } => {
            Finding::new(Code::AlgorithmMismatch, [name, inside.clone(), outside.clone()])
        }
    }
}

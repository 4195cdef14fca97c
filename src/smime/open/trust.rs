//! Whether a signer's certificate leads to somebody trusted, and whether it was valid at the time.

use jiff::Timestamp;

use super::signer::Judge;
use crate::crypto::{KeyKind, SignatureAlgorithm};
use crate::pki::path::{Path, Purpose, Request, Rule, classify, validate};
use crate::pki::{Certificate, PathError, Trust};
use crate::report::{Code, Finding, TrustState, Validity};

/// How often a path is asked for at another time.
const TIMES: usize = 8;

/// What is known of a certificate beside its signature.
pub(super) struct Standing {
    pub(super) state: TrustState,
    pub(super) validity: Validity,
    /// From the signer up, as far as it could be followed.
    pub(super) chain: Vec<Certificate>,
    pub(super) findings: Vec<Finding>,
}

impl Judge<'_> {
    /// Trust and validity at the time that the signer claims (or now), and now.
    pub(super) fn standing(&self, leaf: &Certificate, claimed: Option<Timestamp>) -> Standing {
        let now = self.context.policy.now;
        let at = claimed.unwrap_or(now);
        let path = self.path(leaf, at);
        let pin = self.context.pins.iter().find(|pin| pin.certificate == *leaf);
        let mut standing = match (pin, path) {
            (Some(pin), path) => {
                let (validity, mut findings) = validity(std::slice::from_ref(leaf), at, now);
                findings.insert(0, Finding::new(Code::Pinned, [pin.since.to_string()]));
                let chain = path.map_or_else(|_| vec![leaf.clone()], |(path, _)| path.certificates().to_vec());
                Standing { state: TrustState::Pinned, validity, chain, findings }
            }
            (None, Ok((path, time))) => self.anchored(&path, time, at),
            (None, Err(error)) => {
                let chain = if error.partial.is_empty() { vec![leaf.clone()] } else { error.partial.clone() };
                let (validity, mut findings) = validity(std::slice::from_ref(leaf), at, now);
                let finding = broken(&error);
                if !findings.contains(&finding) {
                    findings.insert(0, finding);
                }
                let state = match classify(Err(error)) {
                    Trust::UnknownIssuer(_) => TrustState::UnknownIssuer,
                    _ => TrustState::Rejected,
                };
                Standing { state, validity, chain, findings }
            }
        };
        standing.findings.extend(weak_links(&standing.chain));
        let distrusted = self.context.distrusted;
        let bad = std::iter::once(leaf).chain(&standing.chain).find(|certificate| distrusted.contains(certificate));
        if let Some(certificate) = bad {
            standing.state = TrustState::Rejected;
            standing.findings.insert(0, Finding::new(Code::Distrusted, [certificate.name()]));
        }
        standing
    }

    /// A path that holds but for the time, and the time nearest to `at` at which it holds.
    fn path(&self, leaf: &Certificate, at: Timestamp) -> Result<(Path, Timestamp), PathError> {
        let first = match self.path_at(leaf, at) {
            Ok(path) => return Ok((path, at)),
            Err(error) => error,
        };
        let mut error = first.clone();
        let mut time = at;
        for _ in 0..TIMES {
            // Only ever in one direction: certificates that were never valid together make no path.
            let next = match (&first.rule, &error.rule) {
                (Rule::Expired { .. }, Rule::Expired { not_after, .. }) if *not_after < time => *not_after,
                (Rule::NotYetValid { .. }, Rule::NotYetValid { not_before, .. }) if *not_before > time => *not_before,
                _ => break,
            };
            time = next;
            match self.path_at(leaf, time) {
                Ok(path) => return Ok((path, time)),
                Err(other) => error = other,
            }
        }
        // Where the time is not all that is wrong, what else is wrong tells more.
        let only_time = matches!(error.rule, Rule::Expired { .. } | Rule::NotYetValid { .. });
        Err(if only_time { first } else { error })
    }

    fn path_at(&self, leaf: &Certificate, at: Timestamp) -> Result<Path, PathError> {
        validate(&Request {
            leaf,
            intermediates: self.intermediates,
            anchors: self.context.anchors,
            at,
            purpose: Purpose::Signing,
            budget: self.context.policy.limits.path_steps,
        })
    }

    /// A path that holds at `time`, judged at `at` and now.
    fn anchored(&self, path: &Path, time: Timestamp, at: Timestamp) -> Standing {
        let now = self.context.policy.now;
        let mut path = path.clone();
        let (mut validity, mut findings) = validity(path.certificates(), at, now);
        if time == at && validity < Validity::Valid {
            // It holds at the time of signing. An anchor's own dates are its keeper's business, and now there may be another path.
            let leaf = path.certificates().first().cloned();
            match leaf.map(|leaf| self.path_at(&leaf, now)) {
                Some(Ok(other)) => (path, validity, findings) = (other, Validity::Valid, Vec::new()),
                Some(Err(PathError { certificate, rule: Rule::Expired { not_after, .. }, .. })) => {
                    validity = Validity::ExpiredSince;
                    findings = vec![Finding::new(Code::ExpiredSince, [certificate.name(), not_after.to_string()])];
                }
                _ => {}
            }
        }
        Standing { state: TrustState::Anchored, validity, chain: path.certificates().to_vec(), findings }
    }
}

/// Validity of all certificates at the claimed time and now: the worst, with the first certificate that makes it so.
fn validity(certificates: &[Certificate], at: Timestamp, now: Timestamp) -> (Validity, Vec<Finding>) {
    let judge = |certificate: &Certificate| {
        let (from, until) = (certificate.not_before(), certificate.not_after());
        let early = |at: Timestamp| {
            let evidence = [certificate.name(), from.to_string(), at.to_string()];
            (Validity::NotYetValid, Some(Finding::new(Code::NotYetValid, evidence)))
        };
        if at < from {
            early(at)
        } else if now < from {
            early(now)
        } else if at > until {
            let evidence = [certificate.name(), until.to_string(), at.to_string()];
            (Validity::ExpiredAtSigning, Some(Finding::new(Code::ExpiredAtSigning, evidence)))
        } else if now > until {
            let evidence = [certificate.name(), until.to_string()];
            (Validity::ExpiredSince, Some(Finding::new(Code::ExpiredSince, evidence)))
        } else {
            (Validity::Valid, None)
        }
    };
    let worst = certificates.iter().map(judge).min_by_key(|(validity, _)| *validity);
    worst.map_or((Validity::Valid, Vec::new()), |(validity, finding)| (validity, finding.into_iter().collect()))
}

/// Certificates below the anchor that are signed with an outdated method, or by a short key.
fn weak_links(chain: &[Certificate]) -> Vec<Finding> {
    let weak = |certificate: &Certificate, issuer: &Certificate| {
        let algorithm = SignatureAlgorithm::from_x509(certificate.parsed().signature_algorithm());
        let digest = algorithm.ok().and_then(|algorithm| algorithm.digest());
        digest.is_some_and(|digest| digest.is_weak())
            || KeyKind::of(issuer.public_key()).is_ok_and(|kind| kind.is_weak())
    };
    let pairs = chain.iter().zip(chain.iter().skip(1));
    pairs
        .filter(|(certificate, issuer)| weak(certificate, issuer))
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
        Rule::NotCa => Finding::new(Code::NotCa, [name]),
        Rule::CannotSignCertificates => Finding::new(Code::CannotSignCertificates, [name]),
        Rule::PathLength { allowed, found } => {
            Finding::new(Code::PathLength, [name, allowed.to_string(), found.to_string()])
        }
        Rule::KeyUsage => Finding::new(Code::KeyUsage, [name]),
        Rule::NotForMail { found } => Finding::new(Code::NotForMail, [name, found.join(", ")]),
        Rule::NameConstraint { name: outside } => Finding::new(Code::NameConstraint, [name, outside.clone()]),
        Rule::UnknownCriticalExtension { oid } | Rule::DuplicateExtension { oid } | Rule::DamagedExtension { oid } => {
            Finding::new(Code::UnknownCriticalExtension, [name, oid.clone()])
        }
        Rule::AlgorithmMismatch => Finding::new(Code::AlgorithmMismatch, [name]),
    }
}

//! Who signed a list, and whether that counts (RFC 5280 §6.3.3 (f), (g)).

use super::{Checker, DEPTH};
use crate::pki::Certificate;
use crate::pki::path::{AnchorSource, Anchors, Purpose, Request, build};
use crate::pki::policies::PolicyRequest;
use crate::pki::revocation::crl::{Crl, SignatureProblem};
use crate::pki::revocation::outcome::{Problem, Status};

/// The most certificates whose key is tried for one list or answer.
pub(super) const CANDIDATES: usize = 8;

/// Somebody trusted for a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signer {
    /// It is known that the signer's own certificate was not withdrawn, or is found out elsewhere.
    pub is_certain: bool,
}

impl Checker<'_> {
    /// Who signed a list about a certificate below these: one of them, or somebody with a path to the same anchor.
    pub(super) fn signer(&mut self, crl: &Crl, above: &[Certificate]) -> Result<Signer, Problem> {
        let Some(anchor) = above.last() else { return Err(Problem::NoSigner) };
        let key = (crl.id(), above.iter().map(Certificate::sha256).collect());
        if let Some(known) = self.signers.get(&key) {
            return known.clone();
        }
        let signer = self.find_signer(crl, above, anchor);
        self.signers.insert(key, signer.clone());
        signer
    }

    fn find_signer(&mut self, crl: &Crl, above: &[Certificate], anchor: &Certificate) -> Result<Signer, Problem> {
        let mut problem = Problem::NoSigner;
        for candidate in self.candidates(crl, above) {
            match crl.check_signature(&candidate) {
                Ok(()) => {}
                Err(SignatureProblem::Mismatch) if problem == Problem::NoSigner => {
                    problem = Problem::BadSignature;
                    continue;
                }
                Err(SignatureProblem::Mismatch) => continue,
                Err(SignatureProblem::Unsupported(reason)) => {
                    problem = Problem::UnsupportedSignature(reason);
                    continue;
                }
            }
            if !may_sign_lists(&candidate) {
                problem = Problem::MayNotSign;
            } else if above.contains(&candidate) {
                return Ok(Signer { is_certain: true });
            } else {
                match self.trusted(&candidate, crl, above, anchor) {
                    Ok(signer) => return Ok(signer),
                    Err(found) => problem = found,
                }
            }
        }
        Err(problem)
    }

    /// Certificates with the name of a list's issuer, those with the key that the list names first.
    fn candidates(&self, crl: &Crl, above: &[Certificate]) -> Vec<Certificate> {
        let name = crl.issuer_key();
        let anchors = self.sources.anchors.with_subject(name).map(|anchor| &anchor.certificate);
        let others = self.sources.certificates.iter().filter(|other| other.subject_key() == name);
        let nearest = above.iter().filter(|other| other.subject_key() == name);
        let mut found: Vec<Certificate> = Vec::new();
        for candidate in nearest.chain(others).chain(anchors) {
            if !found.contains(candidate) {
                found.push(candidate.clone());
            }
        }
        // An identifier is a hint, no proof (RFC 5280 §4.2.1.1).
        let other_key = |candidate: &Certificate| match (
            crl.authority_key_identifier(),
            candidate.extensions().subject_key_identifier.as_deref(),
        ) {
            (Some(wanted), Some(found)) => wanted != found,
            _ => false,
        };
        found.sort_by_key(other_key);
        found.truncate(CANDIDATES);
        found
    }

    /// Whether a signer that does not stand in the chain has a path to the same anchor, and was not withdrawn.
    fn trusted(
        &mut self,
        signer: &Certificate,
        crl: &Crl,
        above: &[Certificate],
        anchor: &Certificate,
    ) -> Result<Signer, Problem> {
        let mut anchors = Anchors::default();
        anchors.add(anchor.clone(), AnchorSource::Given);
        let path = build(&Request {
            leaf: signer,
            intermediates: self.sources.certificates,
            anchors: &anchors,
            at: self.sources.now,
            purpose: Purpose::SigningCrls,
            budget: self.sources.path_steps,
            policies: PolicyRequest::default(),
        })
        .map_err(|_| Problem::SignerNotTrusted)?;
        if path.check_time(self.sources.now).is_err() && path.check_time(crl.this_update()).is_err() {
            return Err(Problem::SignerNotTrusted);
        }
        if self.open.contains(&signer.sha256()) {
            // The list says itself whether its signer was withdrawn (PKITS 4.14.30).
            return Ok(Signer { is_certain: true });
        }
        if self.open.len() > DEPTH as usize {
            return Ok(Signer { is_certain: false });
        }
        let chain = path.certificates();
        let mut is_certain = true;
        for index in (0..chain.len().saturating_sub(1)).rev() {
            let (Some(certificate), Some(over)) = (chain.get(index), chain.get(index + 1..)) else { continue };
            if above.contains(certificate) {
                continue;
            }
            match self.status(certificate, over) {
                Status::Good(_) => {}
                Status::Revoked(_) => return Err(Problem::SignerWithdrawn),
                Status::Unknown | Status::NotChecked => is_certain = false,
            }
        }
        Ok(Signer { is_certain })
    }
}

/// cRLSign, or no keyUsage at an authority.
fn may_sign_lists(certificate: &Certificate) -> bool {
    match certificate.key_usage() {
        Some(usage) => usage.crl_sign,
        // Roots from before version 3 say nothing about themselves.
        None => certificate.is_ca() || certificate.is_self_issued(),
    }
}

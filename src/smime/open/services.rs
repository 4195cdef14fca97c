//! What a signer says beside the content (RFC 2634), and who signed the signature (RFC 5652 §11.4).

use super::signed::Checked;
use super::signer::Judge;
use crate::cms::ess::{Expansion, ReceiptRequest, SecurityLabel};
use crate::cms::{Signature, SignatureProblem};
use crate::pki::Certificate;
use crate::report::{Code, Finding, TrustState};

/// Signatures over one signature that are looked at.
const COUNTERSIGNATURES: usize = 8;

/// Certificates that fit one of them and are tried.
const CANDIDATES: usize = 4;

impl Judge<'_> {
    /// Notes about a signature whose attributes were checked.
    pub(super) fn services(&self, checked: &Checked) -> Vec<Finding> {
        let mut findings = Vec::new();
        // What nobody is known to have signed is not repeated.
        let proved = matches!(checked.result, Ok(_) | Err(SignatureProblem::DigestMismatch));
        if let Some(attributes) = checked.signature.attributes.as_ref().filter(|_| proved) {
            let services = &attributes.services;
            findings.extend(services.receipt_request.as_ref().map(request));
            findings.extend(services.label.as_ref().map(label));
            findings.extend(services.expansions.iter().map(expansion));
            findings.extend(services.hint.clone().map(|hint| Finding::new(Code::ContentHint, [hint])));
        }
        for counter in checked.signature.countersignatures.iter().take(COUNTERSIGNATURES) {
            findings.push(self.countersignature(counter, &checked.signature.value));
        }
        findings
    }

    fn countersignature(&self, counter: &Signature, value: &[u8]) -> Finding {
        let at = counter.attributes.as_ref().and_then(|attributes| attributes.signing_time);
        let at = at.map(|time| time.to_string()).unwrap_or_default();
        let fits = |certificate: &&Certificate| counter.signer.matches(certificate);
        let known = self.intermediates.iter().chain(self.context.pins.iter().map(|pin| &pin.certificate));
        let mut broken = None;
        for certificate in known.filter(fits).take(CANDIDATES) {
            match counter.verify_countersignature(certificate, value) {
                Ok(verified) => {
                    let state = self.standing(certificate, verified.signing_time()).state;
                    return match state {
                        TrustState::Anchored | TrustState::Pinned => {
                            Finding::new(Code::Countersigned, [certificate.name(), at])
                        }
                        TrustState::UnknownIssuer | TrustState::Rejected => {
                            Finding::new(Code::CountersignedBySomebody, [certificate.name()])
                        }
                    };
                }
                Err(SignatureProblem::SignatureMismatch | SignatureProblem::DigestMismatch) => {
                    broken = Some(Finding::new(Code::CountersignatureBroken, [certificate.name()]));
                }
                Err(_) => {}
            }
        }
        broken.unwrap_or_else(|| Finding::new(Code::CountersignatureUnchecked, [counter.signer.to_string()]))
    }
}

fn request(request: &ReceiptRequest) -> Finding {
    Finding::new(Code::ReceiptRequested, [request.to.join(", ")])
}

fn label(label: &SecurityLabel) -> Finding {
    // Without a classification, the policy says whose label it is.
    let classification = label.classification.map_or_else(|| label.policy.to_string(), |number| number.to_string());
    Finding::new(Code::SecurityLabel, [classification, label.mark.clone().unwrap_or_default()])
}

fn expansion(expansion: &Expansion) -> Finding {
    Finding::new(Code::ListExpansion, [expansion.list.clone(), expansion.at.to_string()])
}

//! Whether the signer's certificate, or one between it and the anchor, was withdrawn.

use jiff::Timestamp;

use super::trust::Standing;
use crate::cms::RevocationInfo;
use crate::pki::Certificate;
use crate::pki::revocation::{Asked, Checker, Crl, Outcome, Problem, Remark, Response, Sources, Status, Withdrawal};
use crate::policy::RevocationPolicy;
use crate::report::{Code, Finding, Revocation, TrustState};
use crate::smime::Context;

/// The most bytes of an answer in a message.
const LARGEST_RESPONSE: usize = 1024 * 1024;

/// What signers' certificates are checked with; `None`: the user does not want it.
pub(super) struct Withdrawals<'a> {
    context: &'a Context<'a>,
    checker: Option<Checker<'a>>,
}

/// What was found out about a signer's chain.
pub(super) struct Answer {
    /// All certificates as one.
    pub(super) state: Revocation,
    /// Each from the signer's up to the one below the anchor; empty where nothing was looked up.
    pub(super) each: Vec<Revocation>,
    pub(super) findings: Vec<Finding>,
}

impl<'a> Withdrawals<'a> {
    /// With what the user gave and what came with the message.
    pub(super) fn of(context: &'a Context<'a>, certificates: &'a [Certificate], info: &RevocationInfo) -> Self {
        if context.policy.revocation == RevocationPolicy::Off {
            return Self { context, checker: None };
        }
        let limits = &context.policy.limits;
        // What cannot be read tells nothing; the message stays the same.
        let mut crls = context.crls.to_vec();
        crls.extend(info.crls.iter().filter_map(|source| Crl::read(source).ok()));
        let response = |source: &crate::source::Source| Response::read(&source.read_all(LARGEST_RESPONSE).ok()?).ok();
        let responses: Vec<Response> = info.responses.iter().filter_map(response).collect();
        let sources = Sources {
            anchors: context.anchors,
            certificates,
            lookup: context.lookup,
            now: context.policy.now,
            path_steps: limits.path_steps,
            crl_bytes: limits.crl_bytes,
            questions: limits.revocation_questions,
        };
        Self { context, checker: Some(Checker::new(sources, crls, responses)) }
    }

    /// Nothing was looked up.
    pub(super) fn unchecked(&self) -> Answer {
        let finding = self.checker.as_ref().map(|_| Finding::new(Code::RevocationNotChecked, []));
        Answer { state: Revocation::NotChecked, each: Vec::new(), findings: finding.into_iter().collect() }
    }

    /// Checks a chain that ends at an anchor, for a signature at that time.
    pub(super) fn check(&mut self, standing: &Standing, signed: Option<Timestamp>) -> Answer {
        let chain = &standing.chain;
        let anchored = chain.last().is_some_and(|last| self.context.anchors.find(last).is_some());
        match &mut self.checker {
            Some(checker) if anchored && standing.state != TrustState::Rejected => {
                let outcome = checker.chain(chain);
                let each: Vec<_> = outcome.certificates.iter().map(|(_, status)| status.into()).collect();
                worst(&each).map_or_else(
                    || self.unchecked(),
                    |state| Answer { state, findings: findings(&outcome, state, signed), each },
                )
            }
            _ => self.unchecked(),
        }
    }
}

/// All certificates as one: the worst counts. `None`: nothing was there to look into.
fn worst(each: &[Revocation]) -> Option<Revocation> {
    let any = |one| each.contains(&one);
    if any(Revocation::Revoked) {
        Some(Revocation::Revoked)
    } else if each.iter().all(|one| *one == Revocation::NotChecked) {
        None
    } else if any(Revocation::Unknown) || any(Revocation::NotChecked) {
        Some(Revocation::Unknown)
    } else {
        Some(Revocation::Good)
    }
}

impl From<&Status> for Revocation {
    fn from(status: &Status) -> Self {
        match status {
            Status::Good(_) => Self::Good,
            Status::Revoked(_) => Self::Revoked,
            Status::Unknown => Self::Unknown,
            Status::NotChecked => Self::NotChecked,
        }
    }
}

fn findings(outcome: &Outcome, state: Revocation, signed: Option<Timestamp>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (certificate, status) in &outcome.certificates {
        match status {
            Status::Revoked(withdrawal) => {
                let Withdrawal { at, reason, invalid_since } = withdrawal;
                let evidence = [certificate.name(), at.to_string(), reason.name().to_owned()];
                findings.push(Finding::new(Code::Revoked, evidence));
                let since = invalid_since.map_or(*at, |since| since.min(*at));
                if let Some(signed) = signed.filter(|signed| *signed < since) {
                    findings.push(Finding::new(Code::SignedBeforeWithdrawal, [signed.to_string(), since.to_string()]));
                }
            }
            Status::Unknown | Status::NotChecked if state == Revocation::Unknown => {
                findings.push(Finding::new(Code::RevocationUnknown, [certificate.name()]));
            }
            Status::Good(_) | Status::Unknown | Status::NotChecked => {}
        }
    }
    if let (Revocation::Good, Some((_, Status::Good(evidence)))) = (state, outcome.certificates.first()) {
        findings.push(Finding::new(Code::NotWithdrawn, [evidence.by.clone(), evidence.as_of.to_string()]));
    }
    findings.extend(outcome.remarks.iter().map(remark));
    let asked = outcome.asked.iter();
    findings.extend(asked.map(|Asked { url }| Finding::new(Code::RevocationAsked, [url.clone()])));
    findings
}

/// Why something told nothing: a key for the text, and what it names.
fn remark(remark: &Remark) -> Finding {
    let (problem, detail) = match &remark.problem {
        Problem::Stale { since } => ("stale", since.to_string()),
        Problem::NotYet { from } => ("not-yet", from.to_string()),
        Problem::BadSignature => ("bad-signature", String::new()),
        Problem::UnsupportedSignature(reason) => ("unsupported-signature", reason.clone()),
        Problem::NoSigner => ("no-signer", String::new()),
        Problem::MayNotSign => ("may-not-sign", String::new()),
        Problem::SignerNotTrusted => ("signer-not-trusted", String::new()),
        Problem::SignerWithdrawn => ("signer-withdrawn", String::new()),
        Problem::UnknownCritical(oid) => ("unknown-critical", oid.clone()),
        Problem::Damaged(reason) => ("damaged", reason.clone()),
        Problem::NoBase => ("no-base", String::new()),
        Problem::Dropped => ("dropped", String::new()),
        Problem::Unsuccessful(status) => ("unsuccessful", (*status).to_owned()),
        Problem::OtherCertificate => ("other-certificate", String::new()),
        Problem::OtherQuestion => ("other-question", String::new()),
        Problem::NotKnown => ("not-known", String::new()),
        Problem::Refused(rule) => ("refused", (*rule).to_owned()),
        Problem::NoAnswer(reason) => ("no-answer", reason.clone()),
    };
    Finding::new(Code::RevocationSource, [remark.source.clone(), problem.to_owned(), detail])
}

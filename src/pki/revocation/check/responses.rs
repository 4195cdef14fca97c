//! What responders say of a certificate (RFC 6960 §3.2).

use jiff::Timestamp;

use super::signer::CANDIDATES;
use super::{ANSWER_WITHOUT_END, Checker, Fresh, Known};
use crate::crypto::Error;
use crate::pki::Certificate;
use crate::pki::revocation::ocsp::{Nonce, Response, State};
use crate::pki::revocation::outcome::{Evidence, Problem, Status, Withdrawal};
use crate::pki::revocation::reason::Reasons;
use crate::pki::revocation::source::{is_exempt, is_responder};
use crate::pki::search::check_signature;

impl Checker<'_> {
    /// Looks into all answers at hand that are about the certificate.
    pub(super) fn look_into_responses(&mut self, certificate: &Certificate, above: &[Certificate], known: &mut Known) {
        let Some(issuer) = above.first() else { return };
        for response in self.responses.clone() {
            if response.about(certificate, issuer).is_some() {
                self.look_into_response(&response, &issuer.name(), None, certificate, above, known);
            }
        }
    }

    /// Looks into one answer, to a question with that nonce; says until when it may be kept, if it told something.
    pub(super) fn look_into_response(
        &mut self,
        response: &Response,
        from: &str,
        nonce: Option<&Nonce>,
        certificate: &Certificate,
        above: &[Certificate],
        known: &mut Known,
    ) -> Option<Timestamp> {
        known.looked = true;
        match self.answer(response, nonce, certificate, above, known) {
            Ok(until) => until,
            Err(problem) => {
                self.remark(from.to_owned(), problem);
                None
            }
        }
    }

    fn answer(
        &mut self,
        response: &Response,
        nonce: Option<&Nonce>,
        certificate: &Certificate,
        above: &[Certificate],
        known: &mut Known,
    ) -> Result<Option<Timestamp>, Problem> {
        let issuer = above.first().ok_or(Problem::NoSigner)?;
        let single = response.about(certificate, issuer).ok_or(Problem::OtherCertificate)?;
        // Many responders make their answers in advance, without a nonce (RFC 5019 §4); a wrong one is another thing.
        if nonce.zip(response.nonce()).is_some_and(|(sent, came)| sent.value() != came) {
            return Err(Problem::OtherQuestion);
        }
        let by = self.responder(response, issuer, above)?;
        let fresh = self.fresh(single.this_update, single.next_update, ANSWER_WITHOUT_END);
        match (single.state, fresh) {
            (State::Unknown, _) => return Err(Problem::NotKnown),
            (State::Revoked { at, reason }, fresh) => {
                let withdrawal = Withdrawal { at, reason, invalid_since: None };
                match fresh {
                    fresh if self.counts(&withdrawal, &fresh) => known.revoked(withdrawal),
                    Fresh::No(problem) => return Err(problem),
                    Fresh::Yes => {}
                }
            }
            (State::Good, Fresh::No(problem)) => return Err(problem),
            (State::Good, Fresh::Yes) if single.unknown_critical => {
                return Err(Problem::UnknownCritical(String::new()));
            }
            (State::Good, Fresh::Yes) => {
                if !self.still_tells(certificate, single.this_update, single.archive_cutoff) {
                    return Err(Problem::Dropped);
                }
                known.good(Reasons::ALL, Evidence { by, as_of: single.this_update });
            }
        }
        Ok(single.next_update)
    }

    /// The name of who signed an answer: the issuer itself, or somebody whom it made its responder (RFC 6960 §4.2.2.2).
    fn responder(
        &mut self,
        response: &Response,
        issuer: &Certificate,
        above: &[Certificate],
    ) -> Result<String, Problem> {
        let who = response.responder();
        let mut problem = Problem::NoSigner;
        if who.is(issuer) {
            match response.check_signature(issuer) {
                Ok(()) => return Ok(issuer.name()),
                Err(error) => problem = broken(&error),
            }
        }
        let known = response.certificates().iter().chain(self.sources.certificates);
        let delegates: Vec<Certificate> = known
            .filter(|certificate| who.is(certificate) && certificate.issuer_key() == issuer.subject_key())
            .take(CANDIDATES)
            .cloned()
            .collect();
        for delegate in delegates {
            // First what the issuer signed: with a key that nobody vouches for, nothing is computed.
            if !may_answer(&delegate, issuer, self.sources.now) {
                problem = Problem::SignerNotTrusted;
                continue;
            }
            if let Err(error) = response.check_signature(&delegate) {
                problem = broken(&error);
                continue;
            }
            if !is_exempt(&delegate) && matches!(self.status(&delegate, above), Status::Revoked(_)) {
                problem = Problem::SignerWithdrawn;
                continue;
            }
            return Ok(delegate.name());
        }
        Err(problem)
    }
}

fn broken(error: &Error) -> Problem {
    match error {
        Error::Mismatch => Problem::BadSignature,
        other => Problem::UnsupportedSignature(other.to_string()),
    }
}

/// Whether the issuer made somebody its responder, in a certificate that is in order and valid now.
fn may_answer(delegate: &Certificate, issuer: &Certificate, now: Timestamp) -> bool {
    let extensions = delegate.extensions();
    let in_order =
        extensions.duplicate.is_none() && extensions.damaged.is_none() && extensions.unknown_critical.is_empty();
    in_order
        && delegate.is_valid_at(now)
        && is_responder(delegate)
        && delegate.usage_allows_signing()
        && check_signature(delegate, issuer).is_ok()
}

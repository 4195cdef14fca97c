//! Whether the certificates of a chain were withdrawn, by all that is at hand and, if need be, by asking others.
//!
//! Lists and answers are believed as far as who signed them is trusted for it, whoever delivered them. That a certificate is good
//! needs evidence that is fresh now; that it was withdrawn is believed of older evidence too, unless it was only suspended.

mod ask;
mod crls;
mod responses;
mod signer;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::crl::{Crl, Entry};
use super::lookup::Lookup;
use super::ocsp::Response;
use super::outcome::{Asked, Evidence, Outcome, Problem, Remark, Status, Withdrawal};
use super::reason::{Reason, Reasons};
use crate::pki::Certificate;
use crate::pki::path::Anchors;

/// How far clocks may differ.
const SKEW: SignedDuration = SignedDuration::from_mins(10);

/// How long a list without an end counts as fresh; RFC 5280 §5.1.2.5 leaves it open.
const LIST_WITHOUT_END: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long an answer without an end counts as fresh: there is always a newer one (RFC 6960 §4.2.2.1).
const ANSWER_WITHOUT_END: SignedDuration = SignedDuration::from_hours(24);

/// How deep signers of lists may hang on each other.
const DEPTH: u32 = 6;

/// What a check depends on.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// Trust anchors.
    pub anchors: &'a Anchors,
    /// Certificates that signers of lists and answers may have, and that their paths may lead through.
    pub certificates: &'a [Certificate],
    /// Who can be asked.
    pub lookup: &'a dyn Lookup,
    /// The time that "now" means.
    pub now: Timestamp,
    /// Certificates looked at while building one path.
    pub path_steps: u32,
    /// Bytes of one list.
    pub crl_bytes: u64,
    /// How many questions may be asked over the network.
    pub questions: u32,
}

/// The fingerprints of a chain's certificates.
type Chain = Vec<[u8; 32]>;

/// Checks certificates; what was found out about one is remembered for the next.
pub struct Checker<'a> {
    sources: Sources<'a>,
    crls: Vec<Crl>,
    responses: Vec<Arc<Response>>,
    /// What is known, by the fingerprints of a certificate and of its issuer.
    known: HashMap<([u8; 32], [u8; 32]), Remembered>,
    /// What is being found out just now.
    open: HashSet<[u8; 32]>,
    /// Who signed a list, by the list's place and the chain that it is used for.
    signers: HashMap<(usize, Chain), Result<signer::Signer, Problem>>,
    /// URLs of lists that were asked for.
    fetched: HashSet<String>,
    questions_left: u32,
    noted: Noted,
}

/// What people should know of how something was found out, each once.
#[derive(Debug, Clone, Default)]
struct Noted {
    remarks: Vec<Remark>,
    asked: Vec<Asked>,
}

impl Noted {
    fn add(&mut self, other: &Self) {
        self.remarks
            .extend(other.remarks.iter().filter(|new| !self.remarks.contains(new)).cloned().collect::<Vec<_>>());
        self.asked.extend(other.asked.iter().filter(|new| !self.asked.contains(new)).cloned().collect::<Vec<_>>());
    }
}

/// What was found out of one certificate.
#[derive(Debug, Clone)]
struct Remembered {
    status: Status,
    noted: Noted,
}

/// What is known of one certificate on the way to its [`Status`].
#[derive(Debug, Default)]
struct Known {
    /// Something was there to look into.
    looked: bool,
    withdrawal: Option<Withdrawal>,
    /// The reasons for which it is known not to be withdrawn.
    covered: Reasons,
    /// The least fresh of what says so.
    evidence: Option<Evidence>,
}

impl Known {
    fn revoked(&mut self, withdrawal: Withdrawal) {
        self.looked = true;
        self.withdrawal.get_or_insert(withdrawal);
    }

    fn good(&mut self, reasons: Reasons, evidence: Evidence) {
        self.looked = true;
        self.covered.add(reasons);
        if self.evidence.as_ref().is_none_or(|before| evidence.as_of < before.as_of) {
            self.evidence = Some(evidence);
        }
    }

    /// Whether all that says that it is good is newer than a time, or as old.
    fn good_since(&self, time: Timestamp) -> bool {
        self.evidence.as_ref().is_some_and(|evidence| evidence.as_of >= time)
    }

    fn is_decided(&self) -> bool {
        self.withdrawal.is_some() || Reasons::ALL.are_in(self.covered)
    }

    fn status(self) -> Status {
        match (self.withdrawal, self.evidence) {
            (Some(withdrawal), _) => Status::Revoked(withdrawal),
            (None, Some(evidence)) if Reasons::ALL.are_in(self.covered) => Status::Good(evidence),
            _ if self.looked => Status::Unknown,
            _ => Status::NotChecked,
        }
    }
}

impl From<Entry> for Withdrawal {
    fn from(entry: Entry) -> Self {
        Self { at: entry.at, reason: entry.reason, invalid_since: entry.invalid_since }
    }
}

/// Whether something holds at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fresh {
    Yes,
    No(Problem),
}

impl<'a> Checker<'a> {
    /// With the lists and answers that are at hand.
    #[must_use]
    pub fn new(sources: Sources<'a>, crls: Vec<Crl>, responses: Vec<Response>) -> Self {
        Self {
            sources,
            crls,
            responses: responses.into_iter().map(Arc::new).collect(),
            known: HashMap::new(),
            open: HashSet::new(),
            signers: HashMap::new(),
            fetched: HashSet::new(),
            questions_left: sources.questions,
            noted: Noted::default(),
        }
    }

    /// Checks all certificates of a valid chain, leaf first, but the anchor at its end.
    pub fn chain(&mut self, chain: &[Certificate]) -> Outcome {
        let mut certificates = Vec::new();
        // From the anchor down: lists are believed because of those above (RFC 5280 §6.3).
        for index in (0..chain.len().saturating_sub(1)).rev() {
            let (Some(certificate), Some(above)) = (chain.get(index), chain.get(index + 1..)) else { continue };
            certificates.push((certificate.clone(), self.status(certificate, above)));
        }
        certificates.reverse();
        let Noted { remarks, asked } = std::mem::take(&mut self.noted);
        Outcome { certificates, remarks, asked }
    }

    /// Checks one certificate below its issuer and the others up to the anchor.
    fn status(&mut self, certificate: &Certificate, above: &[Certificate]) -> Status {
        let Some(issuer) = above.first() else { return Status::NotChecked };
        let key = (certificate.sha256(), issuer.sha256());
        if let Some(known) = self.known.get(&key).cloned() {
            self.noted.add(&known.noted);
            return known.status;
        }
        if !self.open.insert(certificate.sha256()) {
            return Status::NotChecked;
        }
        let before = std::mem::take(&mut self.noted);
        let mut known = Known::default();
        self.look_into_responses(certificate, above, &mut known);
        self.look_into_crls(certificate, above, &mut known);
        if !known.is_decided() {
            self.ask(certificate, above, &mut known);
        }
        self.open.remove(&certificate.sha256());
        if known.is_decided() {
            // What told nothing is of no interest where something else did.
            self.noted.remarks.clear();
        }
        let known = Remembered { status: known.status(), noted: std::mem::replace(&mut self.noted, before) };
        self.noted.add(&known.noted);
        self.known.entry(key).or_insert(known).status.clone()
    }

    fn remark(&mut self, source: String, problem: Problem) {
        self.noted.add(&Noted { remarks: vec![Remark { source, problem }], asked: Vec::new() });
    }

    /// Whether something that was issued then and has that end is fresh now; `otherwise`: how long it is without an end.
    fn fresh(&self, this_update: Timestamp, next_update: Option<Timestamp>, otherwise: SignedDuration) -> Fresh {
        let now = self.sources.now;
        let later = |time: Timestamp, by: SignedDuration| time.checked_add(by).unwrap_or(Timestamp::MAX);
        if this_update > later(now, SKEW) {
            return Fresh::No(Problem::NotYet { from: this_update });
        }
        let end = next_update.unwrap_or_else(|| later(this_update, otherwise));
        if end < now { Fresh::No(Problem::Stale { since: end }) } else { Fresh::Yes }
    }

    /// Whether evidence that a certificate is not withdrawn counts: what expired may have been taken off a list since
    /// (RFC 5280 §3.3).
    fn still_tells(&self, certificate: &Certificate, issued: Timestamp, keeps_since: Option<Timestamp>) -> bool {
        let end = certificate.not_after();
        end >= self.sources.now || issued <= end || keeps_since.is_some_and(|since| since <= end)
    }

    /// Whether a withdrawal counts: a suspension may have ended since, and one in the future has not begun.
    fn counts(&self, withdrawal: &Withdrawal, fresh: &Fresh) -> bool {
        let lasts = withdrawal.reason != Reason::CertificateHold && withdrawal.at <= self.sources.now;
        *fresh == Fresh::Yes || lasts
    }
}

//! Asking others, within a budget: kept answers first, then responders, then lists.

use super::{Checker, Known, Noted};
use crate::pki::revocation::crl::{Crl, crls};
use crate::pki::revocation::lookup::{Answer, LookupError, Question};
use crate::pki::revocation::ocsp::{DamagedResponse, Nonce, Response, request};
use crate::pki::revocation::outcome::{Asked, Problem};
use crate::pki::revocation::source;
use crate::pki::{Certificate, access};
use crate::source::Source;

/// The most places that are asked for one and the same thing.
const PLACES: usize = 4;

impl Checker<'_> {
    /// Asks until it is decided whether the certificate was withdrawn.
    pub(super) fn ask(&mut self, certificate: &Certificate, above: &[Certificate], known: &mut Known) {
        let responders = reachable(access::responders(certificate).iter().map(String::as_str));
        let points = source::distribution_points(certificate);
        let lists = reachable(points.iter().flat_map(|point| point.urls()));
        for url in &responders {
            self.ask_responder(url, true, certificate, above, known);
        }
        self.fetch(&lists, true, certificate, above, known);
        for url in &responders {
            if !known.is_decided() {
                self.ask_responder(url, false, certificate, above, known);
            }
        }
        if !known.is_decided() {
            self.fetch(&lists, false, certificate, above, known);
        }
    }

    /// Asks a responder, or only looks whether its answer was kept.
    fn ask_responder(
        &mut self,
        url: &str,
        only_kept: bool,
        certificate: &Certificate,
        above: &[Certificate],
        known: &mut Known,
    ) {
        let Some(issuer) = above.first() else { return };
        let plain = request(certificate, issuer, None);
        let plain = Question::Ocsp { url, request: &plain };
        let lookup = self.sources.lookup;
        let (answer, nonce) = if only_kept {
            (lookup.kept(&plain), None)
        } else {
            let nonce = Nonce::new();
            let request = request(certificate, issuer, nonce.as_ref());
            (self.put(&Question::Ocsp { url, request: &request }, known), nonce)
        };
        let Some(answer) = answer else { return };
        // An answer that was kept answers an older question.
        let nonce = nonce.filter(|_| !answer.cached);
        let response = match Response::read(&answer.bytes) {
            Ok(response) => response,
            Err(error) => {
                let problem = match error {
                    DamagedResponse::Unsuccessful(status) => Problem::Unsuccessful(status),
                    DamagedResponse::Damaged(reason) => Problem::Damaged(reason),
                };
                return self.remark(url.to_owned(), problem);
            }
        };
        let until = self.look_into_response(&response, url, nonce.as_ref(), certificate, above, known);
        if let Some(until) = until.filter(|_| !answer.cached) {
            lookup.keep(&plain, &answer, until);
        }
    }

    /// Fetches lists, and lists of changes to them, and looks into all that are there then.
    fn fetch(
        &mut self,
        urls: &[String],
        only_kept: bool,
        certificate: &Certificate,
        above: &[Certificate],
        known: &mut Known,
    ) {
        let mut fetched = self.fetch_lists(urls, only_kept, known);
        let freshest = source::freshest(certificate);
        let named = fetched.iter().flat_map(|(_, _, crls)| crls).flat_map(|crl| crl.freshest().to_vec());
        let points: Vec<_> = freshest.into_iter().chain(named).collect();
        let changes = reachable(points.iter().flat_map(|point| point.urls()));
        // A list that was kept says nothing new; the changes to it do.
        fetched.extend(self.fetch_lists(&changes, only_kept && fetched.is_empty(), known));
        if fetched.is_empty() {
            return;
        }
        self.look_into_crls(certificate, above, known);
        for (url, answer, crls) in fetched.iter().filter(|(_, answer, _)| !answer.cached) {
            // What nobody trusted signed is not kept.
            let good = crls.iter().all(|crl| self.signer(crl, above).is_ok());
            if let Some(until) = crls.iter().filter_map(Crl::next_update).min().filter(|_| good) {
                self.sources.lookup.keep(&Question::Crl { url }, answer, until);
            }
        }
    }

    fn fetch_lists(&mut self, urls: &[String], only_kept: bool, known: &mut Known) -> Vec<(String, Answer, Vec<Crl>)> {
        let mut fetched = Vec::new();
        for url in urls.iter().filter(|url| !self.fetched.contains(*url)).cloned().collect::<Vec<_>>() {
            let question = Question::Crl { url: &url };
            let answer = if only_kept { self.sources.lookup.kept(&question) } else { self.put(&question, known) };
            let Some(answer) = answer else { continue };
            self.fetched.insert(url.clone());
            match crls(&Source::from_bytes(answer.bytes.as_slice()), self.sources.crl_bytes) {
                Ok(found) => {
                    self.crls.extend(found.iter().cloned());
                    fetched.push((url, answer, found));
                }
                Err(error) => self.remark(url, Problem::Damaged(error.to_string())),
            }
        }
        fetched
    }

    /// Puts a question, if one is left, and notes whom it was asked of.
    fn put(&mut self, question: &Question<'_>, known: &mut Known) -> Option<Answer> {
        let url = question.url().to_owned();
        let Some(left) = self.questions_left.checked_sub(1) else {
            known.looked = true;
            self.remark(url, Problem::Refused("too-many-questions"));
            return None;
        };
        let answer = self.sources.lookup.ask(question);
        if matches!(answer, Err(LookupError::Offline)) {
            return None;
        }
        known.looked = true;
        if !answer.as_ref().is_ok_and(|answer| answer.cached) {
            self.questions_left = left;
        }
        let asked = match &answer {
            Ok(answer) => !answer.cached,
            Err(error) => matches!(error, LookupError::Failed(_)),
        };
        if asked {
            self.noted.add(&Noted { remarks: Vec::new(), asked: vec![Asked { url: url.clone() }] });
        }
        match answer {
            Ok(answer) => return Some(answer),
            Err(LookupError::Refused(rule)) => self.remark(url, Problem::Refused(rule)),
            Err(LookupError::Failed(reason)) => self.remark(url, Problem::NoAnswer(reason)),
            Err(LookupError::Offline) => {}
        }
        None
    }
}

/// The URLs to try: those of the web, each once; others only where there are no such, so that it can be said why not.
fn reachable<'a>(urls: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for url in urls {
        if !all.iter().any(|known| known == url) {
            all.push(url.to_owned());
        }
    }
    let is_web = |url: &String| {
        let scheme = url.split("://").next().unwrap_or_default();
        scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
    };
    if all.iter().any(is_web) {
        all.retain(is_web);
    }
    all.truncate(PLACES);
    all
}

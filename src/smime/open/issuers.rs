//! Issuers that are missing: fetched from where the certificate says, if the user allows it (RFC 5280 §4.2.2.1).

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::signer::Judge;
use crate::pki::path::{Path, Rule, is_issued_by};
use crate::pki::revocation::Question;
use crate::pki::{Certificate, PathError, access, bundle};
use crate::policy::IssuerPolicy;
use crate::report::{Code, Finding};

/// How long a certificate that was fetched is kept: what it says does not change.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What was fetched for one signature.
#[derive(Default)]
struct Fetched {
    /// Certificates that issued one of the chain.
    used: Vec<Certificate>,
    /// All that came.
    came: Vec<Certificate>,
    asked: HashSet<String>,
    findings: Vec<Finding>,
}

impl Judge<'_> {
    /// A path, for which issuers that are missing are fetched where that is allowed, and what is to be said about it.
    pub(super) fn reach(&self, leaf: &Certificate, at: Timestamp) -> (Result<Path, PathError>, Vec<Finding>) {
        let mut fetched = Fetched::default();
        loop {
            let path = self.path(leaf, at, &fetched.used);
            let top = match &path {
                Err(PathError { rule: Rule::NoIssuer, certificate, .. }) => certificate.clone(),
                _ => return (path, fetched.findings),
            };
            let room = fetched.used.len() < self.context.policy.limits.issuers as usize;
            match self.missing_issuer(&top, &mut fetched).filter(|_| room) {
                Some(issuer) => fetched.used.push(issuer),
                None => return (path, fetched.findings),
            }
        }
    }

    /// Who issued a certificate, if that can be found out.
    fn missing_issuer(&self, certificate: &Certificate, fetched: &mut Fetched) -> Option<Certificate> {
        let fits = |used: &[Certificate], all: &[Certificate]| {
            all.iter().find(|issuer| !used.contains(issuer) && is_issued_by(certificate, issuer)).cloned()
        };
        if let Some(issuer) = fits(&fetched.used, &fetched.came) {
            return Some(issuer);
        }
        for url in access::issuers(certificate) {
            let name = certificate.name();
            match self.context.policy.issuers {
                IssuerPolicy::Never => return None,
                IssuerPolicy::Ask if is_web(&url) => {
                    fetched.findings.push(Finding::new(Code::IssuerAvailable, [name, url]));
                    return None;
                }
                IssuerPolicy::Ask => continue,
                IssuerPolicy::Always if fetched.asked.len() >= self.context.policy.limits.issuers as usize => {
                    return None;
                }
                IssuerPolicy::Always => {}
            }
            if !fetched.asked.insert(url.clone()) {
                continue;
            }
            let question = Question::Issuer { url: &url };
            let trouble = match self.context.lookup.ask(&question) {
                Err(error) => error.code().to_owned(),
                Ok(answer) => match bundle::certificates(&answer.bytes) {
                    Err(_) => "no-certificate".to_owned(),
                    Ok(certificates) => {
                        fetched.came.extend(certificates);
                        if let Some(issuer) = fits(&fetched.used, &fetched.came) {
                            let until = self.context.policy.now.checked_add(KEPT).unwrap_or(Timestamp::MAX);
                            self.context.lookup.keep(&question, &answer, until);
                            fetched.findings.push(Finding::new(Code::IssuerFetched, [name, url]));
                            return Some(issuer);
                        }
                        "another-issuer".to_owned()
                    }
                },
            };
            fetched.findings.push(Finding::new(Code::IssuerNotFetched, [name, url, trouble]));
        }
        None
    }
}

fn is_web(url: &str) -> bool {
    let scheme = url.split(':').next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

//! From an address to the certificate that a message is encrypted to, or the reason why there is none.

use std::collections::HashMap;

use jiff::Timestamp;

use super::known::Known;
use super::{Given, named};
use crate::crypto::{ContentCipher, KeyKind};
use crate::mime::address::Address;
use crate::pki::Certificate;
use crate::pki::path::{Path, Purpose, Request, Trust, classify, validate};
use crate::pki::policies::PolicyRequest;
use crate::policy::{Policy, Profile};
use crate::report::{Code, Finding};
use crate::smime::seal::{Reads, Reason, cipher_for};
use crate::text::{day, tr};

/// Why a certificate is not encrypted to, in the order in which it is asked: the last one is closest to a usable one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unusable {
    /// There is no certificate.
    Missing,
    /// Its keyUsage or extKeyUsage does not allow it, or it is a CA.
    NotForEncryption,
    /// A key of a kind that is not built in, or too short.
    Key,
    /// The user said not to trust it.
    Distrusted,
    /// There is a path, but it breaks a rule.
    Rejected,
    /// Its time has not come.
    NotYetValid(Timestamp),
    /// Its time is over.
    Expired(Timestamp),
}

impl Unusable {
    /// In words that stand after an address.
    pub fn text(&self) -> String {
        match self {
            Self::Missing => tr!("jobs-reason-missing"),
            Self::NotForEncryption => tr!("jobs-reason-not-for-encryption"),
            Self::Key => tr!("jobs-reason-key"),
            Self::Distrusted => tr!("jobs-reason-distrusted"),
            Self::Rejected => tr!("jobs-reason-rejected"),
            Self::NotYetValid(from) => tr!("jobs-reason-not-yet-valid", date = day(*from)),
            Self::Expired(until) => tr!("jobs-reason-expired", date = day(*until)),
        }
    }
}

/// What finding recipients depends on.
pub(super) struct Recipients<'a> {
    known: &'a Known,
    given: &'a Given,
    policy: &'a Policy,
}

/// Certificates by address, without regard to case; with the user's preference.
#[derive(Debug, Default)]
pub(super) struct ByAddress(HashMap<(String, String), Vec<(Certificate, bool)>>);

impl ByAddress {
    pub fn add(&mut self, certificate: &Certificate, preferred: bool) {
        for address in certificate.addresses() {
            self.0.entry(Self::key(&address)).or_default().push((certificate.clone(), preferred));
        }
    }

    fn of(&self, address: &Address) -> &[(Certificate, bool)] {
        self.0.get(&Self::key(address)).map_or(&[], Vec::as_slice)
    }

    fn key(address: &Address) -> (String, String) {
        (address.local.to_lowercase(), address.domain.clone())
    }
}

/// How good a certificate is for an address; the greatest is taken.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// It names the address with the same upper and lower case.
    exact: bool,
    /// The user prefers this one of theirs.
    preferred: bool,
    /// The user trusts it by itself, or it leads to somebody trusted.
    trusted: bool,
    newest: Timestamp,
}

impl<'a> Recipients<'a> {
    /// Over everything that is known.
    pub fn new(known: &'a Known, given: &'a Given, policy: &'a Policy) -> Self {
        Self { known, given, policy }
    }

    /// The best certificate for an address: one of mine, a contact's, or one that was given.
    pub fn certificate_for(&self, address: &Address) -> Result<Certificate, Unusable> {
        let mut best: Option<(Rank, &Certificate)> = None;
        let mut reason = Unusable::Missing;
        for (certificate, preferred) in self.known.by_address.of(address) {
            let exact = certificate.names(address);
            match self.check(certificate) {
                Ok(trusted) => {
                    let rank = Rank { exact, preferred: *preferred, trusted, newest: certificate.not_before() };
                    if best.as_ref().is_none_or(|(found, _)| rank > *found) {
                        best = Some((rank, certificate));
                    }
                }
                Err(why) => reason = reason.max(why),
            }
        }
        best.map(|(_, certificate)| certificate.clone()).ok_or(reason)
    }

    /// Whether mail may be encrypted to a certificate, and whether it leads to somebody trusted. Nobody need know its issuer:
    /// the user has it from somewhere. But what is wrong with a path is not passed over.
    pub fn check(&self, certificate: &Certificate) -> Result<bool, Unusable> {
        self.usable(certificate)?;
        let pinned = self.known.pins.iter().any(|pin| pin.certificate == *certificate);
        if pinned || self.is_mine(certificate) {
            return Ok(true);
        }
        match self.trust(certificate, &self.known.certificates) {
            Trust::Anchored(path) if self.has_distrusted(&path) => Err(Unusable::Distrusted),
            Trust::Anchored(_) | Trust::Pinned { .. } => Ok(true),
            Trust::UnknownIssuer(_) => Ok(false),
            Trust::Rejected(_) => Err(Unusable::Rejected),
        }
    }

    /// Whether a certificate that nobody chose can be encrypted to: it leads to somebody trusted, by methods that hold today.
    pub fn proves_itself(&self, certificate: &Certificate, intermediates: &[Certificate]) -> bool {
        self.usable(certificate).is_ok()
            && match self.trust(certificate, intermediates) {
                Trust::Anchored(path) => !path.is_weak() && !self.has_distrusted(&path),
                Trust::Pinned { .. } | Trust::UnknownIssuer(_) | Trust::Rejected(_) => false,
            }
    }

    /// Whether a certificate, by itself, is for encryption now.
    fn usable(&self, certificate: &Certificate) -> Result<(), Unusable> {
        let now = self.policy.now;
        if self.known.distrusted.contains(certificate) {
            return Err(Unusable::Distrusted);
        }
        if !certificate.can_encrypt() {
            return Err(Unusable::NotForEncryption);
        }
        if KeyKind::of(certificate.public_key()).map_or(true, |kind| kind.is_weak() || !kind.can_encrypt()) {
            return Err(Unusable::Key);
        }
        if certificate.is_over_at(now) {
            return Err(Unusable::Expired(certificate.not_after()));
        }
        if now < certificate.not_before() {
            return Err(Unusable::NotYetValid(certificate.not_before()));
        }
        Ok(())
    }

    /// Whom it leads to, with these certificates to build a path from.
    fn trust(&self, certificate: &Certificate, intermediates: &[Certificate]) -> Trust {
        classify(validate(&Request {
            leaf: certificate,
            intermediates,
            anchors: &self.known.anchors,
            at: self.policy.now,
            purpose: Purpose::Encryption,
            budget: self.policy.limits.path_steps,
            policies: PolicyRequest::default(),
        }))
    }

    fn has_distrusted(&self, path: &Path) -> bool {
        path.certificates().iter().any(|link| self.known.distrusted.contains(link))
    }

    fn is_mine(&self, certificate: &Certificate) -> bool {
        self.known.identities.iter().any(|mine| mine.certificate == *certificate)
            || self.given.identities.iter().any(|mine| mine.certificate == *certificate)
    }

    /// The cipher that all recipients read, and why it is this one.
    pub fn cipher(&self, recipients: &[Certificate]) -> (ContentCipher, Finding) {
        let said = |certificate: &Certificate| {
            let contact = self.known.contacts.iter().find(|contact| contact.certificate == *certificate);
            contact.and_then(|contact| contact.capabilities.as_ref())
        };
        let reads: Vec<_> = recipients
            .iter()
            .filter_map(|certificate| {
                let said = said(certificate).map_or(&[][..], |(ciphers, _)| ciphers.as_slice());
                Some(Reads { key: KeyKind::of(certificate.public_key()).ok()?, said })
            })
            .collect();
        let (cipher, reason) = cipher_for(self.policy.profile, &reads);
        let name = cipher.to_string();
        let finding = match reason {
            Reason::Profile if self.policy.profile == Profile::Modern => Finding::new(Code::CipherOfModern, [name]),
            Reason::Profile => Finding::new(Code::CipherOfCompatible, [name]),
            Reason::Keys => Finding::new(Code::CipherByKeys, [name]),
            Reason::Nothing => Finding::new(Code::CipherForAll, [name]),
            Reason::Said(number) => {
                let who = recipients.get(number);
                let since = who.and_then(said).map(|(_, since)| since.to_string()).unwrap_or_default();
                Finding::new(Code::CipherBySaid, [name, who.map(named).unwrap_or_default(), since])
            }
        };
        (cipher, finding)
    }
}

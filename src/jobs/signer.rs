//! Who signs a new message.

use std::sync::Arc;

use super::failure::{self, failure};
use super::known::Known;
use super::{Given, SignWith};
use crate::crypto::PrivateKeyOperations;
use crate::mime::address::Address;
use crate::pki::Certificate;
use crate::pki::path::{Purpose, Request, issuers_by_name, validate};
use crate::pki::policies::PolicyRequest;
use crate::policy::Policy;
use crate::report::Failure;
use crate::smime::seal::Signing;
use crate::text::{self, tr};
use crate::wallet::{Identity, Wallet};

/// What finding a signer depends on.
pub(super) struct Signers<'a> {
    pub wallet: &'a Wallet,
    pub known: &'a Known,
    pub given: &'a Given,
    pub policy: &'a Policy,
}

impl Signers<'_> {
    /// The certificates that can sign for an address now, the best first: those given for this run, then the wallet's.
    pub fn for_address(&self, address: &Address) -> Vec<Certificate> {
        let fit = |certificate: &&Certificate| certificate.names_but_for_case(address) && self.can_sign(certificate);
        let given = self.given.identities.iter().map(|identity| &identity.certificate);
        let mut all: Vec<Certificate> = given.filter(fit).cloned().collect();
        // Exactly named ones first; a stable order keeps the rest.
        all.sort_by_key(|certificate| !certificate.names(address));
        let mine = Identity::signing(&self.known.identities, address, self.policy.now);
        all.extend(mine.into_iter().map(|identity| identity.certificate.clone()));
        all.retain(|certificate| !self.known.distrusted.contains(certificate));
        all
    }

    fn can_sign(&self, certificate: &Certificate) -> bool {
        certificate.can_sign() && certificate.is_valid_at(self.policy.now)
    }

    /// The signer with the key, ready to sign.
    pub fn choose(&self, with: &SignWith, sender: Option<&Address>, opaque: bool) -> Result<Signing, Failure> {
        let certificate = match with {
            SignWith::Certificate(certificate) if self.can_sign(certificate) => certificate.clone(),
            SignWith::Certificate(certificate) => return Err(self.unfit(certificate)),
            SignWith::Address(text) => {
                let address = Address::parse(text).ok_or_else(|| no_identity(text))?;
                self.first(&address)?
            }
            SignWith::Sender => self.first(sender.ok_or_else(no_sender)?)?,
        };
        let (key, own_chain) = self.key(&certificate)?;
        let chain = self.chain(&certificate, own_chain);
        Ok(Signing { certificate, chain, key, at: self.policy.now, opaque })
    }

    fn first(&self, address: &Address) -> Result<Certificate, Failure> {
        if let Some(first) = self.for_address(address).into_iter().next() {
            return Ok(first);
        }
        let given = self.given.identities.iter().map(|identity| &identity.certificate);
        let mut mine = given.chain(self.known.identities.iter().map(|identity| &identity.certificate));
        let named = mine.find(|certificate| certificate.names_but_for_case(address));
        Err(named.map_or_else(|| no_identity(&address.to_string()), |mine| self.unfit(mine)))
    }

    /// Why a certificate of the user's cannot sign.
    fn unfit(&self, certificate: &Certificate) -> Failure {
        let name = super::named(certificate);
        let what = if self.known.distrusted.contains(certificate) {
            tr!("jobs-cannot-sign-distrusted", name = name)
        } else if certificate.is_valid_at(self.policy.now) {
            tr!("jobs-cannot-sign-usage", name = name)
        } else {
            let (from, to) = (certificate.not_before(), certificate.not_after());
            tr!("jobs-cannot-sign-time", name = name, from = text::day(from), to = text::day(to))
        };
        failure("no-identity", what, tr!("jobs-cannot-sign-todo"))
    }

    fn key(&self, certificate: &Certificate) -> Result<(Arc<dyn PrivateKeyOperations>, &[Certificate]), Failure> {
        if let Some(given) = self.given.identities.iter().find(|given| given.certificate == *certificate) {
            return Ok((Arc::clone(&given.key), &given.chain));
        }
        let mine = self.known.identities.iter().find(|mine| mine.certificate == *certificate);
        let mine = mine.ok_or_else(|| no_identity(&certificate.name()))?;
        let key = self.wallet.key(certificate).map_err(|error| failure::of_wallet(&error))?;
        Ok((key, &mine.chain))
    }

    /// The certificates between a signer and the anchor; a root, which readers trust or not by themselves, is left out
    /// (RFC 8551 §2.3).
    fn chain(&self, leaf: &Certificate, own: &[Certificate]) -> Vec<Certificate> {
        let path = validate(&Request {
            leaf,
            intermediates: &self.known.certificates,
            anchors: &self.known.anchors,
            at: self.policy.now,
            purpose: Purpose::Signing,
            budget: self.policy.limits.path_steps,
            policies: PolicyRequest::default(),
        });
        let mut chain = match path {
            Ok(path) => path.certificates().iter().skip(1).cloned().collect(),
            Err(_) => issuers_by_name(leaf, own.iter().chain(&self.known.certificates)),
        };
        chain.retain(|link| !link.is_self_issued());
        chain
    }
}

fn no_identity(name: &str) -> Failure {
    failure("no-identity", tr!("jobs-no-identity", name = name.to_owned()), tr!("jobs-no-identity-todo"))
}

fn no_sender() -> Failure {
    failure("no-sender", tr!("jobs-no-sender"), tr!("jobs-no-sender-todo"))
}

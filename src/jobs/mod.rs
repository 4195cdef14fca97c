//! Work on files for the window and the command line: open, decrypt, sign, encrypt; progress, cancel, atomic output.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, OnceLock};

use jiff::Timestamp;
use secrecy::SecretString;

use crate::network::{Asking, Network, Rules};

use crate::pki::Certificate;
use crate::policy::{IssuerPolicy, NetworkPolicy, Policy};
use crate::report::Failure;
use crate::wallet::{HistoryEntry, Wallet};

pub mod failure;
mod given;
mod input;
mod introduced;
mod journal;
mod known;
mod look;
mod mailbox;
mod names;
mod output;
mod people;
mod progress;
mod recipients;
mod save;
mod seal;
mod signer;
#[cfg(test)]
mod tests;
mod unnamed;

pub use given::{Given, GivenIdentity};
pub use input::Input;
pub use mailbox::{Expanded, MOST, expand, holds_message, size};
pub use names::Names;
pub use output::Output;
pub use progress::Progress;
pub use save::write_new;
pub use seal::{Readers, Seal, Sealed, SignWith};

use journal::Journal;
use known::{KeyRing, Known};
use recipients::Recipients;
use signer::Signers;

/// Wallet, policy and what was given for this run: what jobs run in. Cheap to clone, shared by threads.
///
/// A desk and its clones see the wallet's certificates as they were when the first job needed them, so that thousands of
/// messages are looked at without reading the wallet thousands of times. After a change to the wallet, make a new one.
#[derive(Clone)]
pub struct Desk {
    wallet: Arc<Wallet>,
    policy: Policy,
    given: Arc<Given>,
    known: Arc<OnceLock<Known>>,
    journal: Arc<Journal>,
    network: Option<Arc<Network>>,
    /// Fingerprints of the authorities' certificates that were remembered since the wallet was read.
    remembered: Arc<Mutex<HashSet<[u8; 32]>>>,
    names: Arc<Names>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").field("wallet", &self.wallet).field("given", &self.given).finish_non_exhaustive()
    }
}

impl Desk {
    /// Over a wallet.
    #[must_use]
    pub fn new(wallet: Arc<Wallet>, policy: Policy) -> Self {
        let names = Arc::default();
        let journal = Arc::new(Journal::new(Arc::clone(&wallet), Arc::clone(&names)));
        Self {
            wallet,
            policy,
            given: Arc::default(),
            known: Arc::default(),
            journal,
            network: None,
            remembered: Arc::default(),
            names,
        }
    }
    /// With more certificates and keys for this run.
    #[must_use]
    pub fn with(self, given: Given) -> Self {
        Self { given: Arc::new(given), known: Arc::default(), ..self }
    }
    /// With a way to ask others, within the rules of the policy; without it nobody is asked, and nothing is read that was kept
    /// of earlier answers.
    #[must_use]
    pub fn over(self, network: Arc<Network>) -> Self {
        Self { network: Some(network), ..self }
    }
    /// The same desk with the user's consent to fetch issuers that are missing: for a message whose report has
    /// [`crate::report::Code::IssuerAvailable`], when the user said yes.
    #[must_use]
    pub fn fetching_issuers(mut self) -> Self {
        self.policy.issuers = IssuerPolicy::Always;
        self
    }
    /// The same desk with the password of a message that was encrypted to one.
    #[must_use]
    pub fn with_message_password(mut self, password: SecretString) -> Self {
        self.given = Arc::new(Given { message_password: Some(password), ..Given::clone(&self.given) });
        self
    }
    /// The same desk for many messages. The names of what it makes of them ([`Desk::seal`], [`Desk::save_decrypted`],
    /// [`Desk::save_attachment`]) are surely on the disk only after [`Names::sync`], which is to be called before anybody hears of them.
    #[must_use]
    pub fn with_names_together(self) -> (Self, Arc<Names>) {
        let names = Arc::new(Names::together());
        let journal = Arc::new(Journal::new(Arc::clone(&self.wallet), Arc::clone(&names)));
        (Self { journal, names: Arc::clone(&names), ..self }, names)
    }
    /// The wallet.
    #[must_use]
    pub fn wallet(&self) -> &Arc<Wallet> {
        &self.wallet
    }
    /// The policy.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    fn known(&self) -> Result<&Known, Failure> {
        if let Some(known) = self.known.get() {
            return Ok(known);
        }
        // Two threads may both read the wallet; the first one's answer is kept.
        let known = Known::gather(&self.wallet, &self.given).map_err(|error| failure::of_wallet(&error))?;
        Ok(self.known.get_or_init(|| known))
    }

    /// Asks for one message.
    fn asking(&self) -> Option<Asking<'_>> {
        let rules = Rules {
            offline: self.policy.network == NetworkPolicy::Offline,
            private: self.policy.private_addresses,
            now: self.policy.now,
            limits: self.policy.limits.network,
        };
        Some(self.network.as_ref()?.asking(rules))
    }

    fn keys<'a>(&'a self, known: &'a Known) -> KeyRing<'a> {
        KeyRing { wallet: &self.wallet, known, given: &self.given }
    }

    fn recipients(&self) -> Result<Recipients<'_>, Failure> {
        Ok(Recipients::new(self.known()?, &self.given, &self.policy))
    }

    fn signers(&self) -> Result<Signers<'_>, Failure> {
        Ok(Signers { wallet: &self.wallet, known: self.known()?, given: &self.given, policy: &self.policy })
    }

    /// Notes in the history what was done with a message.
    fn record(&self, action: &str, input: &Input, outcome: &str, certificate: Option<String>, output: Option<String>) {
        let entry = HistoryEntry {
            // When it was done, whatever time it was judged at.
            at: Timestamp::now(),
            action: action.to_owned(),
            file: input.lasting_name(),
            outcome: outcome.to_owned(),
            certificate,
            output,
        };
        self.journal.add(entry, action != "verify");
    }
}

/// What a finished job says in the history.
fn outcome<T>(result: &Result<T, Failure>) -> &str {
    result.as_ref().map_or_else(|failure| failure.code.as_str(), |_| "ok")
}

/// Names of certificates for people.
fn named(certificate: &Certificate) -> String {
    certificate.addresses().first().map_or_else(|| certificate.name(), ToString::to_string)
}

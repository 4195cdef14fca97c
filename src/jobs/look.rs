//! Looking at a message.

use std::io;
use std::sync::PoisonError;

use super::{Desk, Input, Progress, failure};
use crate::mime;
use crate::pki::Certificate;
use crate::pki::revocation::{Lookup, Nobody};
use crate::report::{Failure, Report, Verdict};
use crate::smime::{Opened, open};
use crate::wallet::Contact;

/// A message is scanned once and hashed or deciphered once.
const PASSES: u64 = 2;

impl Desk {
    /// Looks at a message: every layer is opened that can be. Writes nothing but a line of the history. A message that cannot
    /// be read gives a report with [`Report::error`].
    #[must_use]
    pub fn look(&self, input: impl Into<Input>, progress: &Progress) -> Opened {
        let input = input.into();
        let opened = self.peek(input.clone(), progress);
        let report = &opened.report;
        if !progress.is_cancelled() {
            let outcome = report.error.as_ref().map_or(report.signature.code(), |failure| failure.code.as_str());
            let signer =
                report.layers.iter().flat_map(|layer| &layer.signers).find_map(|signer| signer.certificate.as_ref());
            self.remember(&opened);
            self.remember_authorities(&opened);
            self.record("verify", &input, outcome, signer.map(|certificate| certificate.sha256.clone()), None);
        }
        opened
    }

    /// The same without a trace: neither the history nor what is remembered of contacts and authorities changes.
    #[must_use]
    pub fn peek(&self, input: impl Into<Input>, progress: &Progress) -> Opened {
        let input = input.into();
        self.open(&input, progress).unwrap_or_else(|failure| unopened(&input, failure))
    }

    fn open(&self, input: &Input, progress: &Progress) -> Result<Opened, Failure> {
        let name = input.name();
        let stopped = |failure| if progress.is_cancelled() { failure::cancelled() } else { failure };
        let failed = |error: io::Error| stopped(failure::reading(&name, &error));
        let complex = |error: mime::Error| stopped(failure::structure(&name, &error));
        let source = input.open(progress, PASSES).map_err(failed)?;
        let known = self.known()?;
        let keys = self.keys(known);
        let asking = self.asking();
        let lookup: &dyn Lookup = asking.as_ref().map_or(&Nobody, |asking| asking);
        let mut context = known.context(&self.policy, &keys, lookup);
        context.content = context.content.or_else(|| input.content_beside());
        let mut opened = open(&source, &name, &context).map_err(complex)?;
        if opened.report.signature == Verdict::Altered
            && let Some(other) = input.other_reading().map_err(failed)?
        {
            let other = open(&other, &name, &context).map_err(complex)?;
            if other.report.signature != Verdict::Altered {
                opened = other;
            }
        }
        if progress.is_cancelled() {
            // What was read until then is half a report.
            return Err(failure::cancelled());
        }
        progress.complete();
        Ok(opened)
    }
}

impl Desk {
    /// Keeps what contacts say to be able to read, for the next message to them.
    fn remember(&self, opened: &Opened) {
        let Ok(known) = self.known() else { return };
        for said in opened.capabilities.iter().filter(|said| said.signed <= self.policy.now) {
            let contact = known.contacts.iter().find(|contact| contact.certificate == said.certificate);
            let newer = |contact: &Contact| contact.capabilities.as_ref().is_none_or(|(_, at)| *at < said.signed);
            if !opened.report.signature.is_good() || !contact.is_some_and(newer) {
                continue;
            }
            if let Err(error) = self.wallet.remember_capabilities(&said.certificate, &said.ciphers, said.signed) {
                tracing::warn!(%error, "what a contact can read could not be kept");
            }
        }
    }
}

impl Desk {
    /// Keeps the certificates between a signer and somebody trusted, for the next message that comes without them.
    pub(super) fn remember_authorities(&self, opened: &Opened) {
        let Ok(known) = self.known() else { return };
        let new: Vec<Certificate> = {
            let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
            let is_new = |one: &&Certificate| !known.certificates.contains(one) && remembered.insert(one.sha256());
            opened.authorities.iter().filter(is_new).cloned().collect()
        };
        if new.is_empty() {
            return;
        }
        if let Err(error) = self.wallet.remember_seen(&new, self.policy.now) {
            tracing::warn!(%error, "the certificates of authorities could not be kept");
        }
    }
}

/// A report that says why there is none.
fn unopened(input: &Input, failure: Failure) -> Opened {
    Opened::of(Report { error: Some(failure), ..Report::unread(input.name()) })
}

//! Whom a message makes known, so that they can be written to.

use super::{Desk, failure};
use crate::mime::address::Address;
use crate::pki::Certificate;
use crate::report::{Failure, Report};
use crate::smime::Opened;
use crate::text;

impl Desk {
    /// The certificates of the one who speaks in a message, where its signature is good, as far as the wallet does not have them: the
    /// one that signed, and those that came along for encryption, for who signs with one key often reads with another.
    ///
    /// Whoever passes a message on can add certificates to it. So one that did not sign counts only if it names the address in From
    /// and leads to somebody trusted. What the signer prefers (RFC 8551 §2.5.3) names a certificate by issuer and number, which
    /// anybody can write into another: it proves nothing beyond that, and is not asked.
    ///
    /// # Errors
    /// When the wallet cannot be read.
    pub fn introduced(&self, opened: &Opened) -> Result<Vec<Certificate>, Failure> {
        let Some(signer) = signer(&opened.report) else { return Ok(Vec::new()) };
        let known = self.known()?;
        let came = || opened.certificates.iter();
        let Some(own) = came().chain(&known.certificates).find(|one| one.fingerprint() == signer) else {
            return Ok(Vec::new());
        };
        let recipients = self.recipients()?;
        let intermediates = [known.certificates.as_slice(), &opened.certificates].concat();
        let sender = sender(&opened.report);
        let others = came().filter(|other| {
            *other != own
                && other.addresses().iter().any(|address| sender.as_ref().is_some_and(|sender| same(address, sender)))
                && recipients.proves_itself(other, &intermediates)
        });
        let mine = known.identities.iter().map(|mine| &mine.certificate);
        let mine = mine.chain(self.given.identities.iter().map(|mine| &mine.certificate));
        let held: Vec<_> = known.contacts.iter().map(|contact| &contact.certificate).chain(mine).collect();
        let own = std::iter::once(own).filter(|own| !own.is_ca());
        Ok(own.chain(others).filter(|one| !held.contains(one)).cloned().collect())
    }

    /// Adds whom a message makes known to the contacts, all or nothing; whom it trusts, the wallet leaves as it is. What was new
    /// comes back.
    ///
    /// # Errors
    /// When the wallet cannot be read or written.
    pub fn keep_introduced(&self, opened: &Opened) -> Result<Vec<Certificate>, Failure> {
        let all = self.introduced(opened)?;
        self.remember_authorities(opened);
        self.wallet.add_certificates(all, self.policy.now).map_err(|error| failure::of_wallet(&error))
    }
}

/// The fingerprint of the certificate of the one who speaks in a message whose signature is good.
fn signer(report: &Report) -> Option<&str> {
    let speaker = text::speaker(report).filter(|speaker| report.signature.is_good() && speaker.verdict.is_good())?;
    Some(speaker.certificate.as_ref()?.sha256.as_str())
}

/// The one address in From.
fn sender(report: &Report) -> Option<Address> {
    match report.from.as_slice() {
        [one] => Address::parse(one),
        _ => None,
    }
}

/// Whether two addresses are of one person: mail knows no case.
fn same(one: &Address, other: &Address) -> bool {
    one.domain == other.domain && one.local.to_lowercase() == other.local.to_lowercase()
}

//! One certificate in the wallet, as the list shows it.

use jiff::{SignedDuration, Timestamp};
use waxwing::pki::Certificate;
use waxwing::report::{CertificateReport, Tone};
use waxwing::smime::certificate_report;
use waxwing::wallet::{Authority, Contact, Identity, Request};

/// So long before its end a certificate is said to end soon.
const SOON: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A part of the wallet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shelf {
    /// My certificates.
    #[default]
    Identities,
    /// Other people's.
    Contacts,
    /// Authorities'.
    Authorities,
    /// What authorities were asked for.
    Requests,
}

impl Shelf {
    /// In the order in which they stand.
    pub const ALL: [Self; 4] = [Self::Identities, Self::Contacts, Self::Authorities, Self::Requests];
}

/// Where in its time a certificate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// Not valid yet.
    NotYet,
    /// Valid.
    Valid,
    /// Valid, but not for long.
    Soon,
    /// Not valid any more.
    Over,
}

impl Validity {
    /// At a time.
    pub fn at(now: Timestamp, from: Timestamp, to: Timestamp) -> Self {
        if now < from {
            Self::NotYet
        } else if now > to {
            Self::Over
        } else if to.duration_since(now) < SOON {
            Self::Soon
        } else {
            Self::Valid
        }
    }

    /// Its colour.
    pub fn tone(self) -> Tone {
        match self {
            Self::Valid => Tone::Neutral,
            Self::NotYet | Self::Soon => Tone::Amber,
            Self::Over => Tone::Red,
        }
    }
}

/// A certificate on a shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The shelf.
    pub shelf: Shelf,
    /// Its details.
    pub certificate: CertificateReport,
    /// The addresses that it names.
    pub addresses: Vec<String>,
    /// Where in its time it stands.
    pub validity: Validity,
    /// Trusted by the user since then.
    pub trusted: Option<Timestamp>,
    /// Only in mail from this address.
    pub trusted_for: Option<String>,
    /// The user said not to trust it.
    pub distrusted: bool,
    /// Preferred for signing.
    pub signing: bool,
    /// Preferred for encryption.
    pub encryption: bool,
}

impl Entry {
    fn new(shelf: Shelf, certificate: &Certificate, now: Timestamp) -> Self {
        Self {
            shelf,
            certificate: certificate_report(certificate),
            addresses: certificate.addresses().iter().map(ToString::to_string).collect(),
            validity: Validity::at(now, certificate.not_before(), certificate.not_after()),
            trusted: None,
            trusted_for: None,
            distrusted: false,
            signing: false,
            encryption: false,
        }
    }

    /// Of an identity.
    pub fn identity(identity: &Identity, now: Timestamp) -> Self {
        let entry = Self::new(Shelf::Identities, &identity.certificate, now);
        Self { signing: identity.default_signing, encryption: identity.default_encryption, ..entry }
    }

    /// Of a contact.
    pub fn contact(contact: &Contact, now: Timestamp) -> Self {
        let entry = Self::new(Shelf::Contacts, &contact.certificate, now);
        let trusted_for = contact.pinned_for.as_ref().map(ToString::to_string);
        Self { trusted: contact.pinned, trusted_for, distrusted: contact.distrusted, ..entry }
    }

    /// Of an authority.
    pub fn authority(authority: &Authority, now: Timestamp) -> Self {
        let entry = Self::new(Shelf::Authorities, &authority.certificate, now);
        Self { trusted: authority.trusted, distrusted: authority.distrusted, ..entry }
    }

    /// Of a request, which says of its certificate what is known: whom it is for, and that it waits since it was made.
    pub fn request(request: &Request) -> Self {
        let name = if request.name.is_empty() { &request.address } else { &request.name };
        Self {
            shelf: Shelf::Requests,
            certificate: CertificateReport {
                sha256: request.key.clone(),
                subject: name.clone(),
                issuer: String::new(),
                serial: String::new(),
                not_before: request.made.to_string(),
                not_after: String::new(),
                name: name.clone(),
                issuer_name: String::new(),
                key: String::new(),
            },
            addresses: vec![request.address.clone()],
            validity: Validity::NotYet,
            trusted: None,
            trusted_for: None,
            distrusted: false,
            signing: false,
            encryption: false,
        }
    }

    /// What identifies it.
    pub fn fingerprint(&self) -> &str {
        &self.certificate.sha256
    }

    /// Whether a search finds it.
    pub fn matches(&self, needle: &str) -> bool {
        let has = |text: &str| text.to_lowercase().contains(needle);
        needle.is_empty()
            || has(&self.certificate.name)
            || has(&self.certificate.issuer_name)
            || self.addresses.iter().any(|address| has(address))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    /// Whoever signs every day learns a month ahead that the certificate ends.
    #[test]
    fn the_end_is_announced_a_month_ahead() {
        let at = |day: &str| format!("{day}T00:00:00Z").parse::<Timestamp>().unwrap();
        let (from, to) = (at("2025-01-01"), at("2027-01-01"));
        for (now, expected) in [
            ("2024-12-31", Validity::NotYet),
            ("2025-01-01", Validity::Valid),
            ("2026-11-30", Validity::Valid),
            ("2026-12-15", Validity::Soon),
            ("2027-01-01", Validity::Soon),
            ("2027-01-02", Validity::Over),
        ] {
            assert_eq!(Validity::at(at(now), from, to), expected, "{now}");
        }
    }
}

//! The roots that are built in: those that Mozilla trusts for mail (`assets/roots`).
//!
//! A root may have a day after which it vouches for no new certificate (CKA_NSS_EMAIL_DISTRUST_AFTER in NSS): an authority that
//! lost Mozilla's trust, whose older certificates are relied on until they end. See [`super::path::Anchor::vouches_for`].

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Certificate, bundle};

const CERTIFICATES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/roots/mail.pem"));
const TABLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/roots/mail.tsv"));

static ROOTS: LazyLock<Roots> = LazyLock::new(|| Roots::read(CERTIFICATES, TABLE));

/// The built-in list.
#[derive(Debug, Default)]
pub struct Roots {
    /// Its number in NSS: `2.84`.
    pub list: String,
    /// The day on which Mozilla last changed it, at noon UTC.
    pub date: Timestamp,
    /// What it holds.
    pub roots: Vec<Root>,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct Root {
    /// The certificate.
    pub certificate: Certificate,
    /// Certificates that are issued after that time are not trusted because of it.
    pub distrust_after: Option<Timestamp>,
}

/// The built-in list; it is read when it is first asked for, and once.
#[must_use]
pub fn built_in() -> &'static Roots {
    &ROOTS
}

impl Roots {
    /// A certificate that the table does not name, or names with a time that cannot be read, is left out: it might have ended.
    fn read(certificates: &str, table: &str) -> Self {
        let mut all = Self::default();
        let mut ends = HashMap::new();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            match line.split('\t').collect::<Vec<_>>().as_slice() {
                ["list", number, date] => {
                    (*number).clone_into(&mut all.list);
                    all.date = noon(date).unwrap_or_default();
                }
                [sha256, "", _] => drop(ends.insert(*sha256, None)),
                [sha256, time, _] => drop(time.parse().map(|time| ends.insert(*sha256, Some(time)))),
                _ => {}
            }
        }
        let certificates = bundle::certificates(certificates.as_bytes()).unwrap_or_else(|error| {
            tracing::error!(%error, "the built-in roots cannot be read");
            Vec::new()
        });
        let root = |certificate: Certificate| {
            let distrust_after = *ends.get(certificate.fingerprint().as_str())?;
            Some(Root { certificate, distrust_after })
        };
        all.roots = certificates.into_iter().filter_map(root).collect();
        all
    }
}

/// A day's noon: the same day in the time zones where nearly all people live.
fn noon(date: &str) -> Option<Timestamp> {
    let date: Date = date.parse().ok()?;
    TimeZone::UTC.to_timestamp(date.at(12, 0, 0, 0)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that is shipped is read, and can be an anchor: a CA for mail, each once, none of them a person's.
    #[test]
    fn every_root_can_be_used() {
        let all = built_in();
        assert_eq!((all.list.as_str(), all.date), ("2.84", "2026-02-06T12:00:00Z".parse().unwrap()));
        let rows: Vec<_> = TABLE.lines().filter(|line| line.split('\t').next().unwrap().len() == 64).collect();
        assert_eq!((rows.len(), CERTIFICATES.matches("-----BEGIN ").count(), all.roots.len()), (105, 105, 105));
        let mut seen = std::collections::HashSet::new();
        for Root { certificate, .. } in &all.roots {
            let name = certificate.name();
            assert!(certificate.is_ca() && certificate.is_self_issued() && certificate.is_for_mail(), "{name}");
            assert!(certificate.key_usage().is_none_or(|usage| usage.key_cert_sign), "{name}");
            assert!(crate::crypto::KeyKind::of(certificate.public_key()).is_ok_and(|kind| !kind.is_weak()), "{name}");
            assert!(seen.insert(certificate.sha256()), "{name}");
        }
        let ended = all.roots.iter().filter_map(|root| Some((root.certificate.name(), root.distrust_after?)));
        let expected = ("GLOBALTRUST 2020".to_owned(), "2024-06-30T00:00:00Z".parse().unwrap());
        assert_eq!(ended.collect::<Vec<_>>(), [expected]);
    }

    /// A root whose end is not known is not trusted.
    #[test]
    fn no_root_without_its_row() {
        let row = |line: &&str| line.ends_with("\tGLOBALTRUST 2020");
        let without: String = TABLE.lines().filter(|line| !row(line)).flat_map(|line| [line, "\n"]).collect();
        let left = |table: &str| Roots::read(CERTIFICATES, table).roots.len();
        assert_eq!(left(&without), 104);
        assert_eq!(left(&TABLE.replace("2024-06-30T00:00:00Z", "soon")), 104);
        assert_eq!(left(""), 0);
        assert!(Roots::read("", TABLE).roots.is_empty());
    }
}

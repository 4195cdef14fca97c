//! A small world of authorities and people that is made for each test.

mod names;
mod paths;
mod policies;
mod reading;

use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5280, rfc5912};
use der::Encode;
use jiff::{SignedDuration, Timestamp};

use super::create::{Extension, Template, common_name};
use super::path::{AnchorSource, Anchors, Path, PathError, Purpose, Request, Rule, Trust, build, classify, validate};
use super::policies::{PolicyId, PolicyRequest};
use super::roots::Root;
use super::{Certificate, bundle};
use crate::asn1::tlv;
use crate::crypto::{KeyKind, PrivateKey, PrivateKeyOperations};

const NOBODY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.1");

fn now() -> Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

fn days(days: i64) -> Timestamp {
    now() + SignedDuration::from_hours(24 * days)
}

/// Somebody with a key and a name.
struct Party {
    key: PrivateKey,
    name: Vec<u8>,
}

fn party(name: &str) -> Party {
    Party { key: PrivateKey::generate(KeyKind::P256).unwrap(), name: common_name(name).unwrap() }
}

fn basic(ca: bool, path_length: Option<u8>) -> Extension {
    let ca: &[u8] = if ca { &[1, 1, 0xff] } else { &[] };
    let length = path_length.map(|length| vec![2, 1, length]).unwrap_or_default();
    Extension::new(rfc5280::ID_CE_BASIC_CONSTRAINTS, true, tlv(0x30, &[ca, &length]))
}

fn usage(bits: u8) -> Extension {
    Extension::new(rfc5280::ID_CE_KEY_USAGE, true, vec![3, 2, 0, bits])
}

fn purpose(purpose: ObjectIdentifier) -> Extension {
    Extension::new(rfc5280::ID_CE_EXT_KEY_USAGE, false, tlv(0x30, &[&purpose.to_der().unwrap()]))
}

impl Party {
    fn issue(&self, subject: &Party, validity: (i64, i64), extensions: Vec<Extension>) -> Certificate {
        let template = Template {
            issuer: self.name.clone(),
            subject: subject.name.clone(),
            validity: (days(validity.0), days(validity.1)),
            key: subject.key.public_key(),
            extensions,
        };
        template.sign(&self.key).unwrap()
    }

    fn authority(&self, subject: &Party) -> Certificate {
        self.issue(subject, (-100, 100), vec![basic(true, None), usage(0x06)])
    }

    fn leaf(&self, subject: &Party) -> Certificate {
        self.issue(subject, (-10, 10), vec![basic(false, None), usage(0x88), purpose(rfc5912::ID_KP_EMAIL_PROTECTION)])
    }
}

/// Looks for a path with a budget of 50.
fn find(leaf: &Certificate, intermediates: &[&Certificate], anchors: &[&Certificate]) -> Result<Path, PathError> {
    let intermediates: Vec<_> = intermediates.iter().copied().cloned().collect();
    let mut all = Anchors::default();
    anchors.iter().for_each(|anchor| all.add((*anchor).clone(), AnchorSource::Wallet));
    let request = Request {
        leaf,
        intermediates: &intermediates,
        anchors: &all,
        at: now(),
        purpose: Purpose::Signing,
        budget: 50,
        policies: PolicyRequest::default(),
    };
    validate(&request)
}

fn path(certificates: &[&Certificate]) -> Vec<Certificate> {
    certificates.iter().copied().cloned().collect()
}

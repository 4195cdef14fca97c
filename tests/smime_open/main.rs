//! Opens messages of every kind, made by openssl, with the library.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "../common/mod.rs"]
mod common;
mod forms;
mod padding;
mod secrets;
mod verdicts;

use std::fs;
use std::sync::Arc;

use common::cases::make;
use common::pki::{ALICE, Pki};
use common::{installed, mail};
use jiff::Timestamp;
use waxwing::cms::enveloped::RecipientId;
use waxwing::crypto::{PrivateKey, PrivateKeyOperations};
use waxwing::pki::path::{AnchorSource, Anchors};
use waxwing::pki::revocation::Nobody;
use waxwing::pki::{Certificate, bundle};
use waxwing::policy::{Policy, RevocationPolicy};
use waxwing::report::{Covers, IdentityState, Integrity, LayerKind, Privacy, Report, TrustState, Verdict};
use waxwing::smime::{Context, KeyLookup, Keys, Opened, Pin, open};
use waxwing::source::Source;

/// What a reader has: certificates, keys, decisions.
#[derive(Default)]
struct Reader {
    anchors: Anchors,
    certificates: Vec<Certificate>,
    pins: Vec<Pin>,
    distrusted: Vec<Certificate>,
    keys: Vec<(Certificate, Arc<PrivateKey>)>,
    bare: Vec<Arc<dyn PrivateKeyOperations>>,
    locked: bool,
    password: Option<secrecy::SecretString>,
    secrets: Vec<secrecy::SecretSlice<u8>>,
    content: Option<Source>,
    revocation: Option<RevocationPolicy>,
}

impl Keys for Reader {
    fn find(&self, id: &RecipientId) -> KeyLookup {
        match self.keys.iter().find(|(certificate, _)| id.matches(certificate)) {
            Some((certificate, _)) if self.locked => KeyLookup::Locked(certificate.clone()),
            Some((certificate, key)) => KeyLookup::Found(key.clone(), Some(certificate.clone())),
            None => KeyLookup::Unknown,
        }
    }

    fn bare(&self) -> &[Arc<dyn PrivateKeyOperations>] {
        &self.bare
    }

    fn password(&self) -> Option<&secrecy::SecretString> {
        self.password.as_ref()
    }

    fn secrets(&self) -> &[secrecy::SecretSlice<u8>] {
        &self.secrets
    }
}

fn certificate(name: &str) -> Certificate {
    bundle::certificates(&fs::read(Pki::get().certificate(name)).unwrap()).unwrap().remove(0)
}

fn key(name: &str) -> Arc<PrivateKey> {
    Arc::new(PrivateKey::from_any(&fs::read(Pki::get().file(&format!("{name}.key"))).unwrap()).unwrap())
}

/// Bob: he trusts the root and has the keys of both his certificates.
fn bob() -> Reader {
    let mut reader = Reader::default();
    reader.anchors.add(certificate("root"), AnchorSource::Given);
    reader.keys = ["bob", "bob-ec"].map(|name| (certificate(name), key(name))).into();
    reader
}

impl Reader {
    fn open(&self, message: &[u8]) -> Opened {
        self.open_file(message, "test.eml")
    }

    fn open_file(&self, message: &[u8], file: &str) -> Opened {
        let mut policy = Policy::at(Timestamp::now());
        policy.revocation = self.revocation.unwrap_or(RevocationPolicy::Prefer);
        let context = Context {
            policy: &policy,
            anchors: &self.anchors,
            certificates: &self.certificates,
            pins: &self.pins,
            distrusted: &self.distrusted,
            keys: self,
            content: self.content.clone(),
            crls: &[],
            lookup: &Nobody,
        };
        open(&Source::from_bytes(message), file, &context).unwrap()
    }
}

/// The codes of all findings, those of layers and of signers.
fn codes(report: &Report) -> Vec<&'static str> {
    let layers = report.layers.iter().flat_map(|layer| &layer.findings);
    let signers = report.layers.iter().flat_map(|layer| &layer.signers).flat_map(|signer| &signer.findings);
    layers.chain(signers).map(|finding| finding.code.as_str()).collect()
}

fn text(report: &Report) -> String {
    report.shown.texts.iter().map(|text| text.text.as_str()).collect()
}

//! Lists of withdrawn certificates (RFC 5280 §5): read where they lie, however large they are.

mod entries;
mod fields;
mod files;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use const_oid::ObjectIdentifier;
use jiff::Timestamp;
use spki::AlgorithmIdentifierOwned;

pub(super) use entries::Entry;
use entries::Found;
use fields::{Fields, Indefinite};
pub use files::{CrlError, crls};

use super::point::{DistributionPoint, IssuingDistributionPoint};
use crate::asn1::{self, Limits};
use crate::crypto::signature::{Input, verify};
use crate::crypto::{Error, Hasher, SignatureAlgorithm};
use crate::pki::Certificate;
use crate::source::Source;

/// Up to this many bytes a list is brought into memory where that cannot be helped: to bring BER into DER form, and for signature
/// methods that want all of what is signed at once.
const IN_MEMORY: usize = 32 * 1024 * 1024;

/// Answers about certificates that a list keeps, so that the next message costs nothing.
const KEPT: usize = 4096;

/// A list of withdrawn certificates (a CRL), as it came; cheap to clone.
#[derive(Clone)]
pub struct Crl {
    inner: Arc<Inner>,
}

struct Inner {
    source: Source,
    fields: Fields,
    issuer_key: Vec<u8>,
    /// Whether the signature holds with the key of a certificate, by its fingerprint.
    signed: Mutex<HashMap<[u8; 32], Result<(), SignatureProblem>>>,
    /// What was looked for.
    found: Mutex<HashMap<Wanted, Result<Found, String>>>,
}

/// A certificate by its issuer's name (what equal names have in common) and its serial number.
type Wanted = (Vec<u8>, Vec<u8>);

/// Why a list's signature counts for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SignatureProblem {
    /// It does not hold.
    Mismatch,
    /// Its method is not built in, or cannot be used with that key.
    Unsupported(String),
}

impl Crl {
    /// Reads one list at the start of a source. Like certificates, BER is brought into DER form only if need be.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(source: &Source) -> Result<Self, asn1::Error> {
        match Fields::parse(source)? {
            Ok(fields) => Ok(Self::of(source.clone(), fields)),
            Err(Indefinite) => {
                let limits = Limits { structure_bytes: IN_MEMORY, ..Limits::default() };
                let source = Source::from_bytes(asn1::to_der(&source.read_all(IN_MEMORY)?, &limits)?);
                match Fields::parse(&source)? {
                    Ok(fields) => Ok(Self::of(source, fields)),
                    Err(Indefinite) => Err(asn1::Error::Unexpected { offset: 0, expected: "definite lengths" }),
                }
            }
        }
    }

    fn of(source: Source, fields: Fields) -> Self {
        let issuer_key = fields.issuer.key();
        Self {
            inner: Arc::new(Inner { source, fields, issuer_key, signed: Mutex::default(), found: Mutex::default() }),
        }
    }

    /// Who issued it, as people read it ([`Certificate::subject`]).
    #[must_use]
    pub fn issuer(&self) -> String {
        self.inner.fields.issuer.to_string()
    }

    /// Equal for equal names, as [`Certificate::subject_key`].
    #[must_use]
    pub fn issuer_key(&self) -> &[u8] {
        &self.inner.issuer_key
    }

    /// The issuer's short name ([`Certificate::issuer_name`]).
    #[must_use]
    pub fn issuer_name(&self) -> String {
        self.inner.fields.issuer.short()
    }

    /// When it was issued.
    #[must_use]
    pub fn this_update(&self) -> Timestamp {
        self.inner.fields.this_update
    }

    /// Until when there is a newer one.
    #[must_use]
    pub fn next_update(&self) -> Option<Timestamp> {
        self.inner.fields.next_update
    }

    /// Whether it holds only what changed since another one (RFC 5280 §5.2.4).
    #[must_use]
    pub fn is_delta(&self) -> bool {
        self.inner.fields.extensions.base.is_some()
    }

    pub(super) fn issuing_point(&self) -> Option<&IssuingDistributionPoint> {
        self.inner.fields.extensions.issuing_point.as_ref()
    }

    pub(super) fn freshest(&self) -> &[DistributionPoint] {
        &self.inner.fields.extensions.freshest
    }

    pub(super) fn authority_key_identifier(&self) -> Option<&[u8]> {
        self.inner.fields.extensions.authority_key_identifier.as_deref()
    }

    pub(super) fn unknown_critical(&self) -> Option<ObjectIdentifier> {
        self.inner.fields.extensions.unknown_critical
    }

    pub(super) fn keeps_expired_since(&self) -> Option<Timestamp> {
        self.inner.fields.extensions.keeps_expired_since
    }

    /// Tells lists in memory apart.
    pub(super) fn id(&self) -> usize {
        Arc::as_ptr(&self.inner).addr()
    }

    /// Whether this list of changes can be applied to a complete one: same issuer, same scope, based on that one or an older
    /// one, and newer than it (RFC 5280 §5.2.4, §6.3.3 (c)).
    pub(super) fn applies_to(&self, complete: &Self) -> bool {
        let (mine, other) = (&self.inner.fields.extensions, &complete.inner.fields.extensions);
        let size = |number: &Option<Vec<u8>>| number.as_ref().map(|number| (number.len(), number.clone()));
        let (Some(base), Some(number), Some(complete_number)) =
            (size(&mine.base), size(&mine.number), size(&other.number))
        else {
            return false;
        };
        self.issuer_key() == complete.issuer_key()
            && mine.issuing_point == other.issuing_point
            && mine.authority_key_identifier == other.authority_key_identifier
            && base <= complete_number
            && complete_number < number
    }

    /// Whether it is signed with the key of a certificate; asked once for each.
    pub(super) fn check_signature(&self, issuer: &Certificate) -> Result<(), SignatureProblem> {
        let mut signed = self.inner.signed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = signed.get(&issuer.sha256()) {
            return known.clone();
        }
        let result = self.verify(issuer);
        // A key that lacks its parameters may get them from another path.
        if !matches!(result, Err(SignatureProblem::Unsupported(_))) {
            signed.insert(issuer.sha256(), result.clone());
        }
        result
    }

    fn verify(&self, issuer: &Certificate) -> Result<(), SignatureProblem> {
        let Fields { algorithm, inner_algorithm, signature, tbs, .. } = &self.inner.fields;
        if !same(algorithm, inner_algorithm) {
            return Err(SignatureProblem::Mismatch);
        }
        let unsupported = |error: &dyn std::fmt::Display| SignatureProblem::Unsupported(error.to_string());
        let algorithm = SignatureAlgorithm::from_x509(algorithm).map_err(|error| unsupported(&error))?;
        let tbs = self.inner.source.slice(tbs.clone());
        let bytes;
        let input = match algorithm.digest() {
            Some(digest) => {
                let mut hasher = Hasher::new(digest);
                let feed = |block: &[u8]| -> std::io::Result<()> {
                    hasher.update(block);
                    Ok(())
                };
                tbs.for_each_block(feed).map_err(|error| unsupported(&error))?;
                bytes = hasher.finalize();
                Input::Digest(&bytes)
            }
            None => {
                bytes = tbs.read_all(IN_MEMORY).map_err(|error| unsupported(&error))?;
                Input::Message(&bytes)
            }
        };
        verify(issuer.public_key(), algorithm, input, signature).map_err(|error| match error {
            Error::Mismatch => SignatureProblem::Mismatch,
            other => unsupported(&other),
        })
    }

    /// What it says of a certificate. The whole list is read, and the answer kept.
    ///
    /// # Errors
    /// When an entry is damaged.
    pub(super) fn find(&self, certificate: &Certificate) -> Result<Found, String> {
        let key = (certificate.issuer_key().to_vec(), certificate.serial().to_vec());
        let mut kept = self.inner.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept.get(&key) {
            return found.clone();
        }
        let entries = self.inner.source.slice(self.inner.fields.entries.clone());
        let found = entries::find(&entries, self.issuer_key(), &key.0, &key.1).map_err(|error| error.to_string());
        if kept.len() < KEPT {
            kept.insert(key, found.clone());
        }
        found
    }
}

/// Whether two algorithms are the same; absent parameters and NULL mean the same (RFC 4055 §2.1).
fn same(one: &AlgorithmIdentifierOwned, other: &AlgorithmIdentifierOwned) -> bool {
    let parameters = [one, other].map(|algorithm| algorithm.parameters.as_ref().filter(|any| !any.to_ref().is_null()));
    one.oid == other.oid && parameters[0] == parameters[1]
}

impl std::fmt::Debug for Crl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Crl").field("issuer", &self.issuer()).field("this_update", &self.this_update()).finish()
    }
}

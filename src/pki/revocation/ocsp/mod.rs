//! Questions to responders and their answers (RFC 6960, RFC 9654, RFC 5019).

mod request;
mod response;

use const_oid::ObjectIdentifier;
use const_oid::db::rfc6960::ID_PKIX_OCSP_NONCE;

pub(super) use request::{Nonce, request};
pub(super) use response::State;
pub use response::{DamagedResponse, Response};

use crate::crypto::DigestAlgorithm;
use crate::pki::Certificate;

/// Content octets of the identifier of the nonce extension.
const NONCE: ObjectIdentifier = ID_PKIX_OCSP_NONCE;

/// The digest of a certificate's key as it stands in certificate and responder identifiers: over the bits of the key, without
/// their header (RFC 6960 §4.1.1).
fn key_hash(digest: DigestAlgorithm, certificate: &Certificate) -> Vec<u8> {
    digest.digest(certificate.public_key().subject_public_key.raw_bytes())
}

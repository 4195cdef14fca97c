//! The question whether a certificate was withdrawn.

use der::Encode;

use super::{NONCE, key_hash};
use crate::asn1::tlv;
use crate::crypto::{self, DigestAlgorithm};
use crate::pki::Certificate;

/// Random octets that the answer repeats, so that it cannot be an older one (RFC 9654 §2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pki::revocation) struct Nonce([u8; 32]);

impl Nonce {
    /// A new one; `None` when the system has no randomness to give: an answer then is fresh by its times alone.
    pub fn new() -> Option<Self> {
        let mut octets = [0; 32];
        crypto::random(&mut octets).ok().map(|()| Self(octets))
    }

    /// The extension's value.
    pub fn value(&self) -> Vec<u8> {
        tlv(0x04, &[&self.0])
    }
}

/// Asks about one certificate. Issuer and key are named by their SHA-1 digests, the one form that every responder reads
/// (RFC 5019 §2.1.1); nothing depends on their strength.
///
/// ```text
/// OCSPRequest ::= SEQUENCE { tbsRequest TBSRequest, optionalSignature [0] EXPLICIT Signature OPTIONAL }
/// TBSRequest ::= SEQUENCE { version [0] EXPLICIT Version DEFAULT v1, requestorName [1] EXPLICIT GeneralName OPTIONAL,
///     requestList SEQUENCE OF Request, requestExtensions [2] EXPLICIT Extensions OPTIONAL }
/// Request ::= SEQUENCE { reqCert CertID, singleRequestExtensions [0] EXPLICIT Extensions OPTIONAL }
/// CertID ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier, issuerNameHash OCTET STRING, issuerKeyHash OCTET STRING,
///     serialNumber CertificateSerialNumber }
/// ```
/// (RFC 6960 §4.1.1)
pub(in crate::pki::revocation) fn request(
    certificate: &Certificate,
    issuer: &Certificate,
    nonce: Option<&Nonce>,
) -> Vec<u8> {
    let digest = DigestAlgorithm::Sha1;
    let oid = digest.oid().to_der().unwrap_or_default();
    let id = tlv(
        0x30,
        &[
            &tlv(0x30, &[&oid, &[0x05, 0x00]]),
            &tlv(0x04, &[&digest.digest(certificate.issuer_der())]),
            &tlv(0x04, &[&key_hash(digest, issuer)]),
            &tlv(0x02, &[certificate.serial()]),
        ],
    );
    let list = tlv(0x30, &[&tlv(0x30, &[&id])]);
    let extensions = nonce.map(|nonce| {
        let extension = tlv(0x30, &[&NONCE.to_der().unwrap_or_default(), &tlv(0x04, &[&nonce.value()])]);
        tlv(0xa2, &[&tlv(0x30, &[&extension])])
    });
    tlv(0x30, &[&tlv(0x30, &[&list, extensions.as_deref().unwrap_or_default()])])
}

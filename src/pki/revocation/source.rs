//! What a certificate says about where its withdrawal can be looked up.

use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5280, rfc5912, rfc6960};

use super::point::DistributionPoint;
use crate::pki::Certificate;

/// The value of an extension.
fn extension(certificate: &Certificate, id: ObjectIdentifier) -> Option<&[u8]> {
    let extensions = certificate.parsed().tbs_certificate().extensions()?;
    extensions.iter().find(|extension| extension.extn_id == id).map(|extension| extension.extn_value.as_bytes())
}

/// cRLDistributionPoints (RFC 5280 §4.2.1.13).
pub(super) fn distribution_points(certificate: &Certificate) -> Vec<DistributionPoint> {
    extension(certificate, rfc5280::ID_CE_CRL_DISTRIBUTION_POINTS).map(DistributionPoint::all).unwrap_or_default()
}

/// freshestCRL: where lists of changes lie (RFC 5280 §4.2.1.15).
pub(super) fn freshest(certificate: &Certificate) -> Vec<DistributionPoint> {
    extension(certificate, rfc5280::ID_CE_FRESHEST_CRL).map(DistributionPoint::all).unwrap_or_default()
}

/// Whether a certificate is a responder's: id-kp-OCSPSigning stands in its extKeyUsage (RFC 6960 §4.2.2.2).
pub(super) fn is_responder(certificate: &Certificate) -> bool {
    let purposes = certificate.extensions().purposes.as_ref();
    purposes.is_some_and(|purposes| purposes.contains(&rfc5912::ID_KP_OCSP_SIGNING))
}

/// Whether its issuer says not to ask about a responder's certificate (id-pkix-ocsp-nocheck, RFC 6960 §4.2.2.2.1).
pub(super) fn is_exempt(certificate: &Certificate) -> bool {
    extension(certificate, rfc6960::ID_PKIX_OCSP_NOCHECK).is_some()
}

//! What a path must keep to besides names and signatures (RFC 5280 §6.1, RFC 8550 §4).

use der::Encode;
use jiff::Timestamp;
use spki::AlgorithmIdentifierOwned;
use x509_cert::certificate::Version;

use super::path::{PathError, Purpose, Rule};
use super::search::Effort;
use super::{Certificate, KeyUsage, constraints};
use crate::crypto::hex;

/// Two algorithms by name, and where the names do not tell them apart with their parameters.
fn algorithms(both: [&AlgorithmIdentifierOwned; 2]) -> [String; 2] {
    let name = |algorithm: &AlgorithmIdentifierOwned| {
        const_oid::db::DB.by_oid(&algorithm.oid).map_or_else(|| algorithm.oid.to_string(), str::to_owned)
    };
    let parameters = |algorithm: &AlgorithmIdentifierOwned| {
        let bytes = algorithm.parameters.as_ref().and_then(|parameters| parameters.to_der().ok()).unwrap_or_default();
        format!("{} {}", name(algorithm), hex::encode(&bytes))
    };
    match both.map(name) {
        [inside, outside] if inside == outside => both.map(parameters),
        names => names,
    }
}

/// What is broken, and by which certificate.
type Broken = (Certificate, Rule);

/// Checks a chain, leaf first, from its top down; `anchored`: the last one is an anchor, or could be made one.
pub(super) fn check(
    chain: &[Certificate],
    purpose: Purpose,
    anchored: bool,
    effort: &mut Effort,
) -> Result<(), Broken> {
    let Some((leaf, issuers)) = chain.split_first() else { return Ok(()) };
    for (index, issuer) in issuers.iter().enumerate().rev() {
        let is_anchor = anchored && index + 1 == issuers.len();
        // CAs between this one and the leaf; those that issued to themselves do not count (RFC 5280 §6.1.4 (l)).
        let below = issuers.iter().take(index).filter(|below| !below.is_self_issued()).count();
        check_extensions(issuer, is_anchor)
            .and_then(|()| check_issuer(issuer, is_anchor, below))
            .map_err(|rule| (issuer.clone(), rule))?;
        let names = chain.iter().take(index + 1).enumerate();
        // A CA that issued to itself keeps its name (RFC 5280 §6.1.3 (b)).
        for (_, below) in names.filter(|(at, below)| *at == 0 || !below.is_self_issued()) {
            constraints::check(issuer, below, effort)?;
        }
    }
    check_extensions(leaf, anchored && issuers.is_empty())
        .and_then(|()| check_leaf(leaf, purpose))
        .map_err(|rule| (leaf.clone(), rule))
}

/// What any certificate must keep to.
fn check_extensions(certificate: &Certificate, is_anchor: bool) -> Result<(), Rule> {
    let extensions = certificate.extensions();
    if let Some(oid) = extensions.duplicate {
        return Err(Rule::DuplicateExtension { oid: oid.to_string() });
    }
    if let Some(oid) = extensions.damaged {
        return Err(Rule::DamagedExtension { oid: oid.to_string() });
    }
    if let Some(oid) = extensions.unknown_critical.first() {
        return Err(Rule::UnknownCriticalExtension { oid: oid.to_string() });
    }
    let parsed = certificate.parsed();
    let (inner, outer) = (parsed.tbs_certificate().signature(), parsed.signature_algorithm());
    // Absent parameters and NULL mean the same (RFC 4055 §2.1).
    let parameters =
        [inner, outer].map(|algorithm| algorithm.parameters.as_ref().filter(|any| !any.to_ref().is_null()));
    if !is_anchor && (inner.oid != outer.oid || parameters[0] != parameters[1]) {
        let [inside, outside] = algorithms([inner, outer]);
        return Err(Rule::AlgorithmMismatch { inside, outside });
    }
    Ok(())
}

fn check_issuer(issuer: &Certificate, is_anchor: bool, below: usize) -> Result<(), Rule> {
    let extensions = issuer.extensions();
    let usage = issuer.key_usage();
    match extensions.basic {
        Some(basic) if basic.ca => {}
        // Roots from before version 3 say nothing about themselves; some of version 3 say it with keyUsage alone.
        None if is_anchor
            && usage
                .map_or(issuer.parsed().tbs_certificate().version() == Version::V1, |usage| usage.key_cert_sign) => {}
        basic => return Err(Rule::NotCa { stated: basic.is_some() }),
    }
    if let Some(usage) = usage.filter(|usage| !usage.key_cert_sign) {
        return Err(Rule::CannotSignCertificates { found: usage.names() });
    }
    let below = u32::try_from(below).unwrap_or(u32::MAX);
    if let Some(allowed) = extensions.basic.and_then(|basic| basic.path_length).filter(|allowed| below > *allowed) {
        return Err(Rule::PathLength { allowed, found: below });
    }
    check_purposes(issuer)
}

fn check_leaf(leaf: &Certificate, purpose: Purpose) -> Result<(), Rule> {
    let (allowed, needed) = match purpose {
        Purpose::Signing => (leaf.usage_allows_signing(), vec!["digitalSignature", "nonRepudiation"]),
        Purpose::Encryption => (leaf.usage_allows_encryption(), vec!["keyEncipherment", "keyAgreement"]),
        // Whoever signs lists need not be there for mail.
        Purpose::SigningCrls if leaf.key_usage().is_none_or(|usage| usage.crl_sign) => return Ok(()),
        Purpose::SigningCrls => (false, vec!["cRLSign"]),
    };
    if !allowed {
        return Err(Rule::KeyUsage { found: leaf.key_usage().map(KeyUsage::names).unwrap_or_default(), needed });
    }
    check_purposes(leaf)
}

/// extKeyUsage of the leaf (RFC 8550 §4.4.4), and of authorities, whose list limits what they issue, as all mail programs have
/// it (CA/Browser Forum S/MIME Baseline Requirements §7.1.2.2).
fn check_purposes(certificate: &Certificate) -> Result<(), Rule> {
    if certificate.is_for_mail() {
        return Ok(());
    }
    let found = certificate.extensions().purposes.iter().flatten().map(ToString::to_string).collect();
    Err(Rule::NotForMail { found })
}

/// Whether all are valid at a time.
pub(super) fn check_time(chain: &[Certificate], at: Timestamp) -> Result<(), PathError> {
    for certificate in chain {
        let rule = if certificate.is_valid_at(at) {
            continue;
        } else if certificate.is_over_at(at) {
            Rule::Expired { not_after: certificate.not_after(), at }
        } else {
            Rule::NotYetValid { not_before: certificate.not_before(), at }
        };
        return Err(PathError { certificate: certificate.clone(), rule, partial: chain.to_vec() });
    }
    Ok(())
}

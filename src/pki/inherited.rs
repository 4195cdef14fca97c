//! DSA keys whose parameters are those of the key that certified them (RFC 3279 §2.3.2, RFC 5280 §6.1.4 (e), (f)). Which key that
//! is, only a whole path to an anchor tells: with parameters of somebody's own choice, signatures can be made for any key.

use super::path::Rule;
use super::{Certificate, search};

/// The chain, leaf first, with every key complete; what such keys have signed is checked here.
pub(super) fn complete(chain: &[Certificate]) -> Result<Vec<Certificate>, (Certificate, Rule)> {
    let mut all: Vec<Certificate> = Vec::new();
    for certificate in chain.iter().rev() {
        let mut complete = None;
        if let Some(issuer) = all.last() {
            complete = certificate.with_parameters_of(issuer);
            if chain.iter().any(|bare| bare == issuer && bare.inherits_parameters()) {
                search::check_signature(certificate, issuer).map_err(|rule| (certificate.clone(), rule))?;
            }
        }
        all.push(complete.unwrap_or_else(|| certificate.clone()));
    }
    all.reverse();
    Ok(all)
}

//! Where more about a certificate can be had: authorityInfoAccess (RFC 5280 §4.2.2.1).

use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5280, rfc5912};

use super::Certificate;
use super::values::Values;
use crate::asn1::tag;

/// The most locations of one kind that are looked at.
const MOST: usize = 4;

/// URLs of the certificates of a certificate's issuer (id-ad-caIssuers), whatever their scheme; none where the extension is
/// damaged.
#[must_use]
pub fn issuers(certificate: &Certificate) -> Vec<String> {
    locations(certificate, rfc5912::ID_AD_CA_ISSUERS)
}

/// URLs of the responders that answer whether a certificate was withdrawn (id-ad-ocsp), likewise.
#[must_use]
pub fn responders(certificate: &Certificate) -> Vec<String> {
    locations(certificate, rfc5912::ID_AD_OCSP)
}

/// ```text
/// AuthorityInfoAccessSyntax ::= SEQUENCE SIZE (1..MAX) OF AccessDescription
/// AccessDescription ::= SEQUENCE { accessMethod OBJECT IDENTIFIER, accessLocation GeneralName }
/// GeneralName ::= CHOICE { …, uniformResourceIdentifier [6] IA5String, … }
/// ```
/// (RFC 5280 §4.2.2.1, §4.2.1.6)
fn locations(certificate: &Certificate, method: ObjectIdentifier) -> Vec<String> {
    let extensions = certificate.parsed().tbs_certificate().extensions();
    let mut access = extensions.into_iter().flatten().filter(|one| one.extn_id == rfc5280::ID_PE_AUTHORITY_INFO_ACCESS);
    let (Some(extension), None) = (access.next(), access.next()) else { return Vec::new() };
    let descriptions = Values::only(extension.extn_value.as_bytes(), tag::SEQUENCE).into_iter().flatten();
    let location = |description: super::values::Value<'_>| {
        let mut fields = description.inside();
        let kind = fields.any().ok()?.oid().filter(|kind| *kind == method);
        kind?;
        let location = fields.any().ok().filter(|location| location.header.is_context(6))?;
        std::str::from_utf8(location.content()).ok().filter(|url| url.is_ascii()).map(str::to_owned)
    };
    descriptions.map_while(Result::ok).filter_map(location).take(MOST).collect()
}

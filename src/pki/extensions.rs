//! The extensions of a certificate that mail needs (RFC 5280 §4.2).
//!
//! What cannot be decoded, or stands there twice, never allows anything: the value is taken as the most restrictive one, and
//! path validation names the extension.

use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5280, rfc5912};

use super::name::text;
use super::policies::{MOST, PolicyId};
use super::usage::KeyUsage;
use super::values::{Value, Values};
use crate::asn1::{Error, tag};

/// id-on-SmtpUTF8Mailbox (RFC 9598 §3).
pub(super) const SMTP_UTF8_MAILBOX: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.8.9");

/// Critical extensions that limit nothing of a path: cRLDistributionPoints is for checks of withdrawal.
const IGNORED: &[ObjectIdentifier] = &[rfc5280::ID_CE_CRL_DISTRIBUTION_POINTS, rfc5280::ID_CE_ISSUER_ALT_NAME];

/// ```text
/// BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER (0..MAX) OPTIONAL }
/// ```
/// (RFC 5280 §4.2.1.9)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct BasicConstraints {
    pub ca: bool,
    pub path_length: Option<u32>,
}

/// What the extensions say.
#[derive(Debug, Clone, Default)]
pub(super) struct Extensions {
    pub basic: Option<BasicConstraints>,
    pub key_usage: Option<KeyUsage>,
    /// extKeyUsage.
    pub purposes: Option<Vec<ObjectIdentifier>>,
    pub subject_key_identifier: Option<Vec<u8>>,
    /// keyIdentifier of authorityKeyIdentifier.
    pub authority_key_identifier: Option<Vec<u8>>,
    /// The value of subjectAltName.
    pub subject_alt_name: Option<Vec<u8>>,
    /// The value of nameConstraints.
    pub name_constraints: Option<Vec<u8>>,
    /// Whether nameConstraints is critical.
    pub name_constraints_critical: bool,
    /// certificatePolicies; qualifiers are for people to read, and left out.
    pub policies: Option<Vec<PolicyId>>,
    /// policyMappings: a policy of the issuer, and one of the subject that is as good.
    pub policy_mappings: Vec<(PolicyId, PolicyId)>,
    /// requireExplicitPolicy of policyConstraints: certificates that may follow without a valid policy.
    pub require_explicit_policy: Option<u32>,
    /// inhibitPolicyMapping of policyConstraints: certificates that may follow with mappings.
    pub inhibit_policy_mapping: Option<u32>,
    /// inhibitAnyPolicy: certificates that may follow with anyPolicy.
    pub inhibit_any_policy: Option<u32>,
    /// Critical ones that are not known.
    pub unknown_critical: Vec<ObjectIdentifier>,
    /// One that is there twice.
    pub duplicate: Option<ObjectIdentifier>,
    /// One that is known but cannot be decoded.
    pub damaged: Option<ObjectIdentifier>,
}

/// ```text
/// Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
/// ```
/// (RFC 5280 §4.1.2.9)
#[derive(Debug, Clone, Copy)]
pub(super) struct Extension<'a> {
    pub id: Value<'a>,
    pub critical: bool,
    pub value: Value<'a>,
}

impl<'a> Extension<'a> {
    pub fn parse(extension: &Value<'a>) -> Result<Self, Error> {
        let mut fields = extension.inside();
        let id = fields.expect(tag::OID, "the identifier of an extension")?;
        let critical = fields.next_if(|header| header.is_universal(tag::BOOLEAN))?;
        let value = fields.expect(tag::OCTET_STRING, "the value of an extension")?;
        fields.finish()?;
        Ok(Self { id, critical: critical.is_some_and(|critical| is_true(&critical)), value })
    }
}

/// Any octet but zero means true in BER (X.690 §8.2.2).
fn is_true(value: &Value<'_>) -> bool {
    value.content() != [0]
}

impl Extensions {
    /// Reads `Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension`.
    ///
    /// # Errors
    /// When an extension is none; a damaged value is none of the errors.
    pub fn parse(extensions: Values<'_>) -> Result<Self, Error> {
        let mut all = Self::default();
        let mut seen = std::collections::HashSet::new();
        for extension in extensions {
            let extension = Extension::parse(&extension?)?;
            let Some(id) = extension.id.oid() else {
                // An identifier too long for the tables is none that is known.
                if extension.critical {
                    all.unknown_critical.push(UNREADABLE);
                }
                continue;
            };
            if !seen.insert(id) {
                all.duplicate.get_or_insert(id);
                all.restrict(id);
            } else if all.take(id, &extension).is_none() {
                all.damaged.get_or_insert(id);
                all.restrict(id);
            }
        }
        Ok(all)
    }

    /// Takes the value of an extension; `None` when it cannot be decoded.
    fn take(&mut self, id: ObjectIdentifier, extension: &Extension<'_>) -> Option<()> {
        let value = extension.value.content();
        match id {
            rfc5280::ID_CE_BASIC_CONSTRAINTS => self.basic = Some(basic_constraints(value)?),
            rfc5280::ID_CE_KEY_USAGE => self.key_usage = Some(key_usage(value)?),
            rfc5280::ID_CE_EXT_KEY_USAGE => self.purposes = Some(purposes(value)?),
            rfc5280::ID_CE_SUBJECT_KEY_IDENTIFIER => {
                self.subject_key_identifier = Some(only(value, tag::OCTET_STRING)?.content().to_vec());
            }
            rfc5280::ID_CE_AUTHORITY_KEY_IDENTIFIER => {
                let mut fields = Values::only(value, tag::SEQUENCE).ok()?;
                let identifier = fields.next_if(|header| header.is_context(0)).ok()?;
                self.authority_key_identifier = identifier.map(|identifier| identifier.content().to_vec());
            }
            rfc5280::ID_CE_SUBJECT_ALT_NAME => {
                Values::only(value, tag::SEQUENCE).ok()?.try_for_each(|name| name.map(drop)).ok()?;
                self.subject_alt_name = Some(value.to_vec());
            }
            rfc5280::ID_CE_NAME_CONSTRAINTS => {
                self.name_constraints = Some(value.to_vec());
                self.name_constraints_critical = extension.critical;
            }
            rfc5280::ID_CE_CERTIFICATE_POLICIES => self.policies = Some(policies(value)?),
            rfc5280::ID_CE_POLICY_MAPPINGS => self.policy_mappings = policy_mappings(value)?,
            rfc5280::ID_CE_POLICY_CONSTRAINTS => {
                (self.require_explicit_policy, self.inhibit_policy_mapping) = policy_constraints(value)?;
            }
            rfc5280::ID_CE_INHIBIT_ANY_POLICY => {
                self.inhibit_any_policy = Some(count(&only(value, tag::INTEGER)?)?);
            }
            _ if extension.critical && !IGNORED.contains(&id) => self.unknown_critical.push(id),
            _ => {}
        }
        Some(())
    }

    /// Sets what an extension says to what allows least.
    fn restrict(&mut self, id: ObjectIdentifier) {
        match id {
            rfc5280::ID_CE_BASIC_CONSTRAINTS => self.basic = Some(BasicConstraints::default()),
            rfc5280::ID_CE_KEY_USAGE => self.key_usage = Some(KeyUsage::default()),
            rfc5280::ID_CE_EXT_KEY_USAGE => self.purposes = Some(Vec::new()),
            rfc5280::ID_CE_SUBJECT_ALT_NAME => self.subject_alt_name = Some(Vec::new()),
            rfc5280::ID_CE_CERTIFICATE_POLICIES => self.policies = Some(Vec::new()),
            _ => {}
        }
    }

    /// Whether extKeyUsage allows mail: absent, emailProtection or any (RFC 8550 §4.4.4).
    pub fn is_for_mail(&self) -> bool {
        let mail = [rfc5912::ID_KP_EMAIL_PROTECTION, rfc5912::ANY_EXTENDED_KEY_USAGE];
        self.purposes.as_ref().is_none_or(|purposes| purposes.iter().any(|purpose| mail.contains(purpose)))
    }

    /// The mailboxes of subjectAltName, good or not; `None` when it has none at all.
    pub fn mailboxes(&self) -> Option<Vec<String>> {
        let names = self.subject_alt_name.as_deref()?;
        if names.is_empty() {
            // Damaged or there twice: then the subject does not stand in for it either.
            return Some(Vec::new());
        }
        let names: Vec<_> = general_names(names).into_iter().filter_map(|name| mailbox(&name)).collect();
        (!names.is_empty()).then(|| names.into_iter().flatten().collect())
    }
}

/// Stands for an identifier that is too long (`0.0` is given to nobody).
const UNREADABLE: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.0");

/// The one value of that type.
fn only(bytes: &[u8], tag: u32) -> Option<Value<'_>> {
    let mut values = Values::of(bytes);
    let value = values.expect(tag, "another value").ok()?;
    values.finish().ok()?;
    Some(value)
}

fn basic_constraints(value: &[u8]) -> Option<BasicConstraints> {
    let mut fields = Values::only(value, tag::SEQUENCE).ok()?;
    let ca = fields.next_if(|header| header.is_universal(tag::BOOLEAN)).ok()?;
    let length = fields.next_if(|header| header.is_universal(tag::INTEGER)).ok()?;
    fields.finish().ok()?;
    let path_length = match length {
        Some(length) => Some(count(&length)?),
        None => None,
    };
    Some(BasicConstraints { ca: ca.is_some_and(|ca| is_true(&ca)), path_length })
}

/// A number of certificates: a negative one is damaged, one that is too large does not limit.
fn count(number: &Value<'_>) -> Option<u32> {
    match number.content() {
        [] | [0x80..=0xff, ..] => None,
        octets => {
            Some(octets.iter().fold(0u32, |value, octet| value.saturating_mul(256).saturating_add((*octet).into())))
        }
    }
}

/// ```text
/// CertificatePolicies ::= SEQUENCE SIZE (1..MAX) OF PolicyInformation
/// PolicyInformation ::= SEQUENCE { policyIdentifier CertPolicyId, policyQualifiers SEQUENCE OF PolicyQualifierInfo OPTIONAL }
/// ```
/// (RFC 5280 §4.2.1.4)
fn policies(value: &[u8]) -> Option<Vec<PolicyId>> {
    let mut all = Vec::new();
    for information in Values::only(value, tag::SEQUENCE).ok()? {
        all.push(policy(&mut information.ok()?.inside())?);
    }
    (all.len() <= MOST).then_some(all)
}

fn policy(fields: &mut Values<'_>) -> Option<PolicyId> {
    Some(PolicyId::from_octets(fields.expect(tag::OID, "a policy").ok()?.content()))
}

/// ```text
/// PolicyMappings ::= SEQUENCE SIZE (1..MAX) OF SEQUENCE { issuerDomainPolicy CertPolicyId, subjectDomainPolicy CertPolicyId }
/// ```
/// (RFC 5280 §4.2.1.5)
fn policy_mappings(value: &[u8]) -> Option<Vec<(PolicyId, PolicyId)>> {
    let mut all = Vec::new();
    for mapping in Values::only(value, tag::SEQUENCE).ok()? {
        let mut fields = mapping.ok()?.inside();
        all.push((policy(&mut fields)?, policy(&mut fields)?));
        fields.finish().ok()?;
    }
    (all.len() <= MOST).then_some(all)
}

/// ```text
/// PolicyConstraints ::= SEQUENCE { requireExplicitPolicy [0] SkipCerts OPTIONAL, inhibitPolicyMapping [1] SkipCerts OPTIONAL }
/// SkipCerts ::= INTEGER (0..MAX)
/// ```
/// (RFC 5280 §4.2.1.11)
fn policy_constraints(value: &[u8]) -> Option<(Option<u32>, Option<u32>)> {
    let mut fields = Values::only(value, tag::SEQUENCE).ok()?;
    let mut next = |number| match fields.next_if(|header| header.is_context(number)).ok()? {
        Some(skip) => Some(Some(count(&skip)?)),
        None => Some(None),
    };
    let constraints = (next(0)?, next(1)?);
    fields.finish().ok()?;
    Some(constraints)
}

/// ```text
/// KeyUsage ::= BIT STRING { digitalSignature (0), nonRepudiation (1), keyEncipherment (2), dataEncipherment (3),
///     keyAgreement (4), keyCertSign (5), cRLSign (6), encipherOnly (7), decipherOnly (8) }
/// ```
/// (RFC 5280 §4.2.1.3)
fn key_usage(value: &[u8]) -> Option<KeyUsage> {
    let (unused, bits) = only(value, tag::BIT_STRING)?.content().split_first()?;
    if *unused > 7 {
        return None;
    }
    let first = bits.first().copied().unwrap_or(0);
    let bit = |number: u8| first & (0x80 >> number) != 0;
    Some(KeyUsage {
        digital_signature: bit(0),
        non_repudiation: bit(1),
        key_encipherment: bit(2),
        key_agreement: bit(4),
        key_cert_sign: bit(5),
        crl_sign: bit(6),
    })
}

fn purposes(value: &[u8]) -> Option<Vec<ObjectIdentifier>> {
    // Identifiers too long for the tables are none that allow mail.
    let values: Vec<_> = Values::only(value, tag::SEQUENCE).ok()?.collect::<Result<_, _>>().ok()?;
    values.iter().all(|value| value.is(tag::OID)).then(|| values.iter().filter_map(Value::oid).collect())
}

/// The values of `GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName` (RFC 5280 §4.2.1.6).
pub(super) fn general_names(value: &[u8]) -> Vec<Value<'_>> {
    Values::only(value, tag::SEQUENCE).into_iter().flatten().map_while(Result::ok).collect()
}

/// Whether a GeneralName is a mailbox (rfc822Name, SmtpUTF8Mailbox); the text inside if it can be one.
pub(super) fn mailbox(name: &Value<'_>) -> Option<Option<String>> {
    let plain = |text: String| Some(text).filter(|text| !text.chars().any(char::is_control));
    if name.header.is_context(1) {
        let text = std::str::from_utf8(name.content()).ok().filter(|text| text.is_ascii());
        return Some(text.map(str::to_owned).and_then(plain));
    }
    // OtherName ::= SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY DEFINED BY type-id }
    let mut fields = Some(name).filter(|name| name.header.is_context(0))?.inside();
    let kind = fields.any().ok()?.oid().filter(|kind| *kind == SMTP_UTF8_MAILBOX);
    kind?;
    let value = fields.any().ok().and_then(|value| value.inside().any().ok());
    Some(value.and_then(|value| text(value.universal()?, value.content())).and_then(plain))
}

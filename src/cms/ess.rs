//! Enhanced security services among the signed attributes (RFC 2634, RFC 5035).

use const_oid::ObjectIdentifier;
use der::asn1::{AnyRef, GeneralizedTime, OctetStringRef};
use der::{Class, Sequence, Tag, Tagged};
use jiff::Timestamp;

use super::identifier::CertificateId;
use super::signed::SignerIdentifier;
use super::structure::Values;
use crate::crypto::hex;

/// id-aa-receiptRequest.
pub(super) const RECEIPT_REQUEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.1");
/// id-aa-securityLabel.
pub(super) const SECURITY_LABEL: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.2");
/// id-aa-mlExpandHistory.
pub(super) const EXPANSION_HISTORY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.3");
/// id-aa-contentHint.
pub(super) const CONTENT_HINT: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.4");
/// id-ct-receipt: the content of a signed receipt (RFC 2634 §2.8).
pub const RECEIPT: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.1");

/// Names and lists that are taken over.
const MOST: usize = 100;

/// What the signer says beside the content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Services {
    /// Somebody wants a signed receipt.
    pub receipt_request: Option<ReceiptRequest>,
    /// How the content is to be handled.
    pub label: Option<SecurityLabel>,
    /// Mailing lists that passed it on, the first one first.
    pub expansions: Vec<Expansion>,
    /// What the innermost content is, in the signer's words.
    pub hint: Option<String>,
}

/// ```text
/// ReceiptRequest ::= SEQUENCE { signedContentIdentifier ContentIdentifier, receiptsFrom ReceiptsFrom,
///     receiptsTo SEQUENCE SIZE (1..ub-receiptsTo) OF GeneralNames }
/// ReceiptsFrom ::= CHOICE { allOrFirstTier [0] INTEGER, receiptList [1] SEQUENCE OF GeneralNames }
/// ```
/// (RFC 2634 §2.7)
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptRequest {
    /// Addresses that receipts go to.
    pub to: Vec<String>,
    /// Addresses of those who are asked; empty: everybody who gets the message.
    pub from: Vec<String>,
}

/// ```text
/// ESSSecurityLabel ::= SET { security-policy-identifier OBJECT IDENTIFIER, security-classification INTEGER OPTIONAL,
///     privacy-mark ESSPrivacyMark OPTIONAL, security-categories SecurityCategories OPTIONAL }
/// ESSPrivacyMark ::= CHOICE { pString PrintableString, utf8String UTF8String }
/// ```
/// (RFC 2634 §3.2)
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityLabel {
    /// Whose words these are.
    pub policy: ObjectIdentifier,
    /// 0 unmarked, 1 unclassified, 2 restricted, 3 confidential, 4 secret, 5 top secret; others by the policy.
    pub classification: Option<u32>,
    /// For people.
    pub mark: Option<String>,
}

/// ```text
/// MLExpansionHistory ::= SEQUENCE SIZE (1..ub-ml-expansion-history) OF MLData
/// MLData ::= SEQUENCE { mailListIdentifier EntityIdentifier, expansionTime GeneralizedTime,
///     mlReceiptPolicy MLReceiptPolicy OPTIONAL }
/// EntityIdentifier ::= CHOICE { issuerAndSerialNumber IssuerAndSerialNumber,
///     subjectKeyIdentifier SubjectKeyIdentifier }
/// ```
/// (RFC 2634 §4.2)
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expansion {
    /// The list's certificate.
    pub list: String,
    /// When it passed the message on.
    pub at: Timestamp,
}

#[derive(Sequence)]
struct RawRequest<'a> {
    identifier: &'a OctetStringRef,
    from: AnyRef<'a>,
    to: AnyRef<'a>,
}

#[derive(Sequence)]
struct RawExpansion<'a> {
    list: AnyRef<'a>,
    at: GeneralizedTime,
    #[asn1(optional = "true")]
    policy: Option<AnyRef<'a>>,
}

/// ```text
/// ContentHints ::= SEQUENCE { contentDescription UTF8String (SIZE (1..MAX)) OPTIONAL, contentType ContentType }
/// ```
/// (RFC 2634 §2.9)
#[derive(Sequence)]
struct RawHint<'a> {
    #[asn1(optional = "true")]
    description: Option<der::asn1::Utf8StringRef<'a>>,
    content_type: ObjectIdentifier,
}

impl Services {
    /// Takes over what an attribute says; `None` when it is damaged.
    pub(super) fn look_at(&mut self, oid: ObjectIdentifier, value: AnyRef<'_>) -> Option<()> {
        match oid {
            RECEIPT_REQUEST => {
                let RawRequest { from, to, .. } = value.decode_as().ok()?;
                let from = match from.tag() {
                    Tag::ContextSpecific { number, .. } if number.value() == 1 => addresses(from),
                    _ => Vec::new(),
                };
                self.receipt_request = Some(ReceiptRequest { to: addresses(to), from });
            }
            SECURITY_LABEL => self.label = Some(label(value)?),
            EXPANSION_HISTORY => {
                value.tag().assert_eq(Tag::Sequence).ok()?;
                for expansion in Values(value.value()).iter().take(MOST) {
                    let RawExpansion { list, at, .. } = expansion.ok()?.decode_as().ok()?;
                    let seconds = i64::try_from(at.to_unix_duration().as_secs()).ok()?;
                    self.expansions.push(Expansion { list: entity(list)?, at: Timestamp::from_second(seconds).ok()? });
                }
            }
            CONTENT_HINT => {
                let RawHint { description, .. } = value.decode_as().ok()?;
                self.hint = description.map(|text| text.as_str().to_owned());
            }
            _ => {}
        }
        Some(())
    }
}

fn entity(value: AnyRef<'_>) -> Option<String> {
    if value.tag() == Tag::OctetString {
        return Some(format!("key {}", hex::encode(value.value())));
    }
    let id = CertificateId::read(value).ok()?;
    Some(SignerIdentifier::from(id).to_string())
}

fn label(value: AnyRef<'_>) -> Option<SecurityLabel> {
    value.tag().assert_eq(Tag::Set).ok()?;
    let mut label = SecurityLabel { policy: ObjectIdentifier::new_unwrap("0.0"), classification: None, mark: None };
    let mut has_policy = false;
    // A SET: its members come in any order, and are told apart by their tags.
    for member in Values(value.value()).iter().take(MOST) {
        let member = member.ok()?;
        match member.tag() {
            Tag::ObjectIdentifier => {
                label.policy = member.decode_as().ok()?;
                has_policy = true;
            }
            Tag::Integer => label.classification = Some(member.decode_as().ok()?),
            Tag::PrintableString | Tag::Utf8String => {
                label.mark = Some(String::from_utf8_lossy(member.value()).into_owned());
            }
            _ => {}
        }
    }
    has_policy.then_some(label)
}

/// The mail addresses in a SEQUENCE OF GeneralNames, where each is a SEQUENCE OF GeneralName or, as some write it, one name.
fn addresses(value: AnyRef<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for names in Values(value.value()).iter().flatten().take(MOST) {
        let inside: Vec<AnyRef<'_>> = match names.tag() {
            Tag::Sequence => Values(names.value()).iter().flatten().take(MOST).collect(),
            _ => vec![names],
        };
        let mail = inside.into_iter().filter(|name| is_mail(name.tag()));
        found.extend(mail.map(|name| String::from_utf8_lossy(name.value()).into_owned()));
    }
    found
}

/// rfc822Name [1] IA5String (RFC 5280 §4.2.1.6).
fn is_mail(tag: Tag) -> bool {
    tag.class() == Class::ContextSpecific && tag.number().value() == 1 && !tag.is_constructed()
}

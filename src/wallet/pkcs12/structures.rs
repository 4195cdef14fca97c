//! The ASN.1 of RFC 7292, borrowed from the bytes so that no copy of a key is left behind.

use const_oid::ObjectIdentifier;
use der::asn1::{AnyRef, OctetStringRef};
use der::{Decode, Reader, Sequence, SliceReader};
use spki::AlgorithmIdentifierOwned;

use super::super::encrypted_key::EncryptedPrivateKeyInfo;

/// keyBag (RFC 7292 §4.2.1).
pub(super) const KEY_BAG: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.1");
/// pkcs8ShroudedKeyBag (RFC 7292 §4.2.2).
pub(super) const SHROUDED_KEY_BAG: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.2");
/// certBag (RFC 7292 §4.2.3).
pub(super) const CERTIFICATE_BAG: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.3");
/// safeContentsBag (RFC 7292 §4.2.6).
pub(super) const SAFE_CONTENTS_BAG: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.6");

/// x509Certificate in a certBag (RFC 7292 §4.2.3).
pub(super) const X509_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.22.1");
/// friendlyName (RFC 2985 §5.5.1).
pub(super) const FRIENDLY_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.20");
/// localKeyId (RFC 2985 §5.5.2).
pub(super) const LOCAL_KEY_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.21");

/// ```text
/// PFX ::= SEQUENCE {
///     version   INTEGER {v3(3)}(v3,...),
///     authSafe  ContentInfo,
///     macData   MacData OPTIONAL }
/// ```
/// (RFC 7292 §4)
#[derive(Sequence)]
pub(super) struct Pfx<'a> {
    pub version: u8,
    pub auth_safe: ContentInfo<'a>,
    #[asn1(optional = "true")]
    pub mac: Option<MacData>,
}

/// ```text
/// ContentInfo ::= SEQUENCE {
///     contentType  ContentType,
///     content      [0] EXPLICIT ANY DEFINED BY contentType OPTIONAL }
/// ```
/// (RFC 2315 §7, RFC 5652 §3)
#[derive(Sequence)]
pub(super) struct ContentInfo<'a> {
    pub content_type: ObjectIdentifier,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    pub content: Option<AnyRef<'a>>,
}

/// ```text
/// MacData ::= SEQUENCE {
///     mac         DigestInfo,
///     macSalt     OCTET STRING,
///     iterations  INTEGER DEFAULT 1 }
/// DigestInfo ::= SEQUENCE {
///     digestAlgorithm  DigestAlgorithmIdentifier,
///     digest           Digest }
/// ```
/// (RFC 7292 §4, RFC 2315 §9.4)
#[derive(Sequence)]
pub(super) struct MacData {
    /// DigestInfo has the form of an EncryptedPrivateKeyInfo.
    pub digest: EncryptedPrivateKeyInfo,
    pub salt: der::asn1::OctetString,
    #[asn1(optional = "true")]
    pub iterations: Option<u64>,
}

/// ```text
/// EncryptedData ::= SEQUENCE {
///     version               CMSVersion,
///     encryptedContentInfo  EncryptedContentInfo,
///     unprotectedAttrs      [1] IMPLICIT UnprotectedAttributes OPTIONAL }
/// ```
/// (RFC 5652 §8)
#[derive(Sequence)]
pub(super) struct EncryptedData<'a> {
    pub version: u8,
    pub content: EncryptedContentInfo<'a>,
    #[asn1(optional = "true")]
    pub attributes: Option<AnyRef<'a>>,
}

/// ```text
/// EncryptedContentInfo ::= SEQUENCE {
///     contentType                 ContentType,
///     contentEncryptionAlgorithm  ContentEncryptionAlgorithmIdentifier,
///     encryptedContent            [0] IMPLICIT EncryptedContent OPTIONAL }
/// ```
/// (RFC 5652 §6.1)
#[derive(Sequence)]
pub(super) struct EncryptedContentInfo<'a> {
    pub content_type: ObjectIdentifier,
    pub algorithm: AlgorithmIdentifierOwned,
    /// In BER it may be in pieces, which its tag does not tell: see [`joined`].
    #[asn1(optional = "true")]
    pub encrypted: Option<AnyRef<'a>>,
}

/// ```text
/// SafeBag ::= SEQUENCE {
///     bagId          BAG-TYPE.&id ({PKCS12BagSet}),
///     bagValue       [0] EXPLICIT BAG-TYPE.&Type({PKCS12BagSet}{@bagId}),
///     bagAttributes  SET OF PKCS12Attribute OPTIONAL }
/// ```
/// (RFC 7292 §4.2)
#[derive(Sequence)]
pub(super) struct SafeBag<'a> {
    pub id: ObjectIdentifier,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    pub value: AnyRef<'a>,
    #[asn1(optional = "true")]
    pub attributes: Option<AnyRef<'a>>,
}

/// ```text
/// PKCS12Attribute ::= SEQUENCE {
///     attrId      ATTRIBUTE.&id ({PKCS12AttrSet}),
///     attrValues  SET OF ATTRIBUTE.&Type ({PKCS12AttrSet}{@attrId}) }
/// ```
/// (RFC 7292 §4.2)
#[derive(Sequence)]
pub(super) struct Attribute<'a> {
    pub id: ObjectIdentifier,
    pub values: AnyRef<'a>,
}

/// ```text
/// CertBag ::= SEQUENCE {
///     certId     BAG-TYPE.&id ({CertTypes}),
///     certValue  [0] EXPLICIT BAG-TYPE.&Type ({CertTypes}{@certId}) }
/// ```
/// (RFC 7292 §4.2.3)
#[derive(Sequence)]
pub(super) struct CertificateBag<'a> {
    pub id: ObjectIdentifier,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    pub value: AnyRef<'a>,
}

impl<'a> ContentInfo<'a> {
    /// The octets of content of type data.
    pub fn octets(&self) -> der::Result<&'a [u8]> {
        let content = self.content.ok_or(der::ErrorKind::Failed)?;
        Ok(content.decode_as::<&OctetStringRef>()?.as_bytes())
    }
}

/// The values in the content of a SEQUENCE OF or SET OF, whatever their order.
pub(super) fn each<'a, T: Decode<'a, Error = der::Error>>(content: &'a [u8]) -> der::Result<Vec<T>> {
    let mut reader = SliceReader::new(content)?;
    let mut values = Vec::new();
    while !reader.is_finished() {
        values.push(T::decode(&mut reader)?);
    }
    Ok(values)
}

/// The octets of a string with a tag of its own, which may be in pieces.
pub(super) fn joined(string: AnyRef) -> der::Result<Vec<u8>> {
    if !der::Tagged::tag(&string).is_constructed() {
        return Ok(string.value().to_vec());
    }
    let pieces = each::<&OctetStringRef>(string.value())?;
    Ok(pieces.into_iter().flat_map(|piece| piece.as_bytes()).copied().collect())
}

/// What stands behind the header of a value with that tag. Whether the value is complete is not looked at.
pub(super) fn inside(bytes: &[u8], tag: u8) -> Option<&[u8]> {
    let (length, rest) = bytes.strip_prefix(&[tag])?.split_first()?;
    let octets = if *length > 0x80 { usize::from(length & 0x7f) } else { 0 };
    rest.get(octets..)
}

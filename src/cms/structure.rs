//! Those structures of CMS in which something must stay as it came, which the types of the `cms` crate decode: names, and the
//! order of a SET OF. They are brought into memory one by one.

use const_oid::ObjectIdentifier;
use der::asn1::{AnyRef, OctetStringRef};
use der::{
    Decode, DecodeValue, Encode, EncodeValue, FixedTag, Header, Length, Reader, Sequence, SliceReader, Tag, Writer,
};
use spki::AlgorithmIdentifierOwned;

/// The content of a SET OF in the order in which its values came.
#[derive(Debug, Clone, Copy)]
pub(super) struct Values<'a>(pub &'a [u8]);

impl FixedTag for Values<'_> {
    const TAG: Tag = Tag::Set;
}

impl<'a> DecodeValue<'a> for Values<'a> {
    type Error = der::Error;

    fn decode_value<R: Reader<'a>>(reader: &mut R, header: Header) -> der::Result<Self> {
        reader.read_slice(header.length()).map(Self)
    }
}

impl EncodeValue for Values<'_> {
    fn value_len(&self) -> der::Result<Length> {
        Length::try_from(self.0.len())
    }

    fn encode_value(&self, writer: &mut impl Writer) -> der::Result<()> {
        writer.write(self.0)
    }
}

impl<'a> Values<'a> {
    /// The values; ends with the first that does not decode.
    pub(super) fn iter(self) -> impl Iterator<Item = der::Result<AnyRef<'a>>> {
        let mut reader = SliceReader::new(self.0).ok();
        std::iter::from_fn(move || {
            let value = AnyRef::decode(reader.as_mut().filter(|reader| !reader.is_finished())?);
            if value.is_err() {
                reader = None;
            }
            Some(value)
        })
    }

    /// The value, if there is exactly one.
    pub(super) fn single(self) -> Option<AnyRef<'a>> {
        let mut values = self.iter();
        match (values.next(), values.next()) {
            (Some(Ok(value)), None) => Some(value),
            _ => None,
        }
    }
}

/// ```text
/// Attribute ::= SEQUENCE { attrType OBJECT IDENTIFIER, attrValues SET OF AttributeValue }
/// ```
/// (RFC 5652 §5.3)
#[derive(Sequence)]
pub(super) struct Attribute<'a> {
    pub(super) oid: ObjectIdentifier,
    pub(super) values: Values<'a>,
}

/// ```text
/// IssuerAndSerialNumber ::= SEQUENCE { issuer Name, serialNumber CertificateSerialNumber }
/// ```
/// (RFC 5652 §10.2.4)
#[derive(Sequence)]
pub(super) struct IssuerAndSerialNumber<'a> {
    pub(super) issuer: AnyRef<'a>,
    pub(super) serial: AnyRef<'a>,
}

/// ```text
/// SignerInfo ::= SEQUENCE { version CMSVersion, sid SignerIdentifier, digestAlgorithm DigestAlgorithmIdentifier,
///     signedAttrs [0] IMPLICIT SignedAttributes OPTIONAL, signatureAlgorithm SignatureAlgorithmIdentifier,
///     signature SignatureValue, unsignedAttrs [1] IMPLICIT UnsignedAttributes OPTIONAL }
/// ```
/// (RFC 5652 §5.3)
#[derive(Sequence)]
pub(super) struct SignerInfo<'a> {
    pub(super) version: u8,
    pub(super) sid: AnyRef<'a>,
    pub(super) digest_algorithm: AlgorithmIdentifierOwned,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", constructed = "true", optional = "true")]
    pub(super) signed_attributes: Option<Values<'a>>,
    pub(super) signature_algorithm: AlgorithmIdentifierOwned,
    pub(super) signature: &'a OctetStringRef,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", constructed = "true", optional = "true")]
    pub(super) unsigned_attributes: Option<Values<'a>>,
}

/// ```text
/// SigningCertificate ::= SEQUENCE { certs SEQUENCE OF ESSCertID, policies SEQUENCE OF PolicyInformation OPTIONAL }
/// SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2,
///     policies SEQUENCE OF PolicyInformation OPTIONAL }
/// ```
/// (RFC 5035 §3, §5.4.1)
#[derive(Sequence)]
pub(super) struct SigningCertificate<'a> {
    pub(super) certs: Vec<EssCertId<'a>>,
    #[asn1(optional = "true")]
    pub(super) policies: Option<AnyRef<'a>>,
}

/// ```text
/// ESSCertID ::= SEQUENCE { certHash Hash, issuerSerial IssuerSerial OPTIONAL }
/// ESSCertIDv2 ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier DEFAULT {algorithm id-sha256}, certHash Hash,
///     issuerSerial IssuerSerial OPTIONAL }
/// ```
/// (RFC 5035 §4, §5.4.1): the older one has no algorithm and means SHA-1.
#[derive(Sequence)]
pub(super) struct EssCertId<'a> {
    #[asn1(optional = "true")]
    pub(super) hash: Option<AlgorithmIdentifierOwned>,
    pub(super) cert_hash: &'a OctetStringRef,
    #[asn1(optional = "true")]
    pub(super) issuer_serial: Option<AnyRef<'a>>,
}

/// ```text
/// IssuerSerial ::= SEQUENCE { issuer GeneralNames, serialNumber CertificateSerialNumber }
/// ```
/// (RFC 5035 §5.4.1)
#[derive(Sequence)]
pub(super) struct IssuerSerial<'a> {
    pub(super) issuer: AnyRef<'a>,
    pub(super) serial: AnyRef<'a>,
}

/// ```text
/// CMSAlgorithmProtection ::= SEQUENCE { digestAlgorithm DigestAlgorithmIdentifier,
///     signatureAlgorithm [1] IMPLICIT SignatureAlgorithmIdentifier OPTIONAL,
///     macAlgorithm [2] IMPLICIT MessageAuthenticationCodeAlgorithm OPTIONAL }
/// ```
/// (RFC 6211 §2)
#[derive(Sequence)]
pub(super) struct AlgorithmProtection {
    pub(super) digest: AlgorithmIdentifierOwned,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", constructed = "true", optional = "true")]
    pub(super) signature: Option<AlgorithmIdentifierOwned>,
    #[asn1(context_specific = "2", tag_mode = "IMPLICIT", constructed = "true", optional = "true")]
    pub(super) mac: Option<AlgorithmIdentifierOwned>,
}

/// ```text
/// SMIMECapability ::= SEQUENCE { capabilityID OBJECT IDENTIFIER, parameters ANY DEFINED BY capabilityID OPTIONAL }
/// ```
/// (RFC 8551 §2.5.2)
#[derive(Sequence)]
pub(super) struct SmimeCapability<'a> {
    pub(super) oid: ObjectIdentifier,
    #[asn1(optional = "true")]
    pub(super) parameters: Option<AnyRef<'a>>,
}

/// ```text
/// KeyTransRecipientInfo ::= SEQUENCE { version CMSVersion, rid RecipientIdentifier,
///     keyEncryptionAlgorithm KeyEncryptionAlgorithmIdentifier, encryptedKey EncryptedKey }
/// ```
/// (RFC 5652 §6.2.1)
#[derive(Sequence)]
pub(super) struct KeyTransRecipientInfo<'a> {
    pub(super) version: u8,
    pub(super) rid: AnyRef<'a>,
    pub(super) algorithm: AlgorithmIdentifierOwned,
    pub(super) encrypted_key: &'a OctetStringRef,
}

/// ```text
/// KeyAgreeRecipientInfo ::= SEQUENCE { version CMSVersion, originator [0] EXPLICIT OriginatorIdentifierOrKey,
///     ukm [1] EXPLICIT UserKeyingMaterial OPTIONAL, keyEncryptionAlgorithm KeyEncryptionAlgorithmIdentifier,
///     recipientEncryptedKeys SEQUENCE OF RecipientEncryptedKey }
/// ```
/// (RFC 5652 §6.2.2)
#[derive(Sequence)]
pub(super) struct KeyAgreeRecipientInfo<'a> {
    pub(super) version: u8,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    pub(super) originator: AnyRef<'a>,
    #[asn1(context_specific = "1", tag_mode = "EXPLICIT", optional = "true")]
    pub(super) ukm: Option<&'a OctetStringRef>,
    pub(super) algorithm: AlgorithmIdentifierOwned,
    pub(super) recipients: Vec<RecipientEncryptedKey<'a>>,
}

/// ```text
/// RecipientEncryptedKey ::= SEQUENCE { rid KeyAgreeRecipientIdentifier, encryptedKey EncryptedKey }
/// ```
/// (RFC 5652 §6.2.2)
#[derive(Sequence)]
pub(super) struct RecipientEncryptedKey<'a> {
    pub(super) rid: AnyRef<'a>,
    pub(super) encrypted_key: &'a OctetStringRef,
}

/// ```text
/// KEMRecipientInfo ::= SEQUENCE { version CMSVersion, rid RecipientIdentifier, kem KEMAlgorithmIdentifier,
///     kemct OCTET STRING, kdf KeyDerivationAlgorithmIdentifier, kekLength INTEGER (1..65535),
///     ukm [0] EXPLICIT UserKeyingMaterial OPTIONAL, wrap KeyEncryptionAlgorithmIdentifier,
///     encryptedKey EncryptedKey }
/// ```
/// (RFC 9629 §3)
#[derive(Sequence)]
pub(super) struct KemRecipientInfo<'a> {
    pub(super) version: u8,
    pub(super) rid: AnyRef<'a>,
    pub(super) kem: AlgorithmIdentifierOwned,
    pub(super) ciphertext: &'a OctetStringRef,
    pub(super) kdf: AlgorithmIdentifierOwned,
    pub(super) kek_length: u16,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    pub(super) ukm: Option<&'a OctetStringRef>,
    pub(super) wrap: AlgorithmIdentifierOwned,
    pub(super) encrypted_key: &'a OctetStringRef,
}

/// The same value under its universal tag SEQUENCE, of which an implicit tag had taken the place.
pub(super) fn as_sequence(value: AnyRef<'_>) -> der::Result<AnyRef<'_>> {
    AnyRef::new(Tag::Sequence, value.value())
}

/// The DER of the values in the order that DER asks of a SET OF (X.690 §11.6).
pub(super) fn sorted<T: AsRef<[u8]> + Ord>(mut values: Vec<T>) -> Vec<u8> {
    // Encodings of which one is the start of the other do not occur: the length octets would differ before.
    values.sort();
    values.iter().flat_map(|value| value.as_ref()).copied().collect()
}

/// DER of a value.
pub(super) fn encoded(value: AnyRef<'_>) -> der::Result<Vec<u8>> {
    value.to_der()
}

//! Signed attributes (RFC 5652 §11, RFC 8551 §2.5, RFC 5035).

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911;
use der::asn1::{AnyRef, OctetStringRef};
use der::{Encode, Tagged};
use jiff::Timestamp;
use spki::AlgorithmIdentifierOwned;
use x509_cert::time::Time;

use super::ess::{self, Services};
use super::identifier;
use super::structure::{
    AlgorithmProtection, Attribute, IssuerSerial, SigningCertificate, SmimeCapability, Values, sorted,
};
use crate::asn1::tlv;
use crate::crypto::{ContentCipher, DigestAlgorithm};
use crate::pki::Certificate;

/// sMIMEEncryptionKeyPreference (RFC 8551 §2.5.3).
const ENCRYPTION_KEY_PREFERENCE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.11");

/// id-aa-CMSAlgorithmProtection (RFC 6211 §2).
const ALGORITHM_PROTECTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.52");

/// Attributes that must not occur more than once (RFC 5652 §11, RFC 5035 §5.4, RFC 8551 §2.5).
const SINGLE: [ObjectIdentifier; 12] = [
    rfc5911::ID_CONTENT_TYPE,
    rfc5911::ID_MESSAGE_DIGEST,
    rfc5911::ID_SIGNING_TIME,
    rfc5911::ID_AA_SIGNING_CERTIFICATE,
    rfc5911::ID_AA_SIGNING_CERTIFICATE_V_2,
    rfc5911::SMIME_CAPABILITIES,
    ENCRYPTION_KEY_PREFERENCE,
    ALGORITHM_PROTECTION,
    ess::RECEIPT_REQUEST,
    ess::SECURITY_LABEL,
    ess::EXPANSION_HISTORY,
    ess::CONTENT_HINT,
];

/// Capabilities that are looked at.
const MAX_CAPABILITIES: usize = 64;

/// A certificate that a signer names as the own one (RFC 5035 §4, §5.4.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedCertificate {
    /// By this algorithm.
    pub digest: DigestAlgorithm,
    /// The certificate's digest.
    pub value: Vec<u8>,
    /// Its serial number (content octets), where that is named too.
    pub serial: Option<Vec<u8>>,
}

impl NamedCertificate {
    /// Whether it is that certificate.
    #[must_use]
    pub fn is(&self, certificate: &Certificate) -> bool {
        self.digest.digest(certificate.der()) == self.value
            && self.serial.as_ref().is_none_or(|serial| identifier::has_serial(certificate, serial))
    }
}

/// The attributes that are looked at, from the bytes as they came.
#[derive(Debug, Clone, Default)]
pub struct SignedAttributes {
    /// DER with the SET OF tag, as the signature is computed over it (RFC 5652 §5.4): the received order is kept.
    pub der: Vec<u8>,
    /// The same as it came, where that was no DER: some programs sign what they send.
    pub received: Option<Vec<u8>>,
    /// content-type; more than one value or attribute is a defect and leaves `None`.
    pub content_type: Option<ObjectIdentifier>,
    /// message-digest, likewise.
    pub message_digest: Option<Vec<u8>>,
    /// signing-time.
    pub signing_time: Option<Timestamp>,
    /// The first entries of signing-certificate (SHA-1) and signing-certificate-v2.
    pub signing_certificates: Vec<NamedCertificate>,
    /// CMSAlgorithmProtection: digest and signature algorithm.
    pub protection: Option<(AlgorithmIdentifierOwned, Option<AlgorithmIdentifierOwned>)>,
    /// Enhanced security services.
    pub services: Services,
    /// sMIMECapabilities: ciphers that the signer can read, best first.
    pub capabilities: Vec<ContentCipher>,
    /// Attributes that occur more than once although they must not (RFC 5652 §5.3).
    pub duplicates: Vec<ObjectIdentifier>,
    /// Attributes of the types above whose value is damaged, missing, or one of several.
    pub damaged: Vec<ObjectIdentifier>,
    /// All attribute types in order.
    pub types: Vec<ObjectIdentifier>,
}

impl SignedAttributes {
    /// From the content octets of `signedAttrs`, DER.
    pub(super) fn read(content: &[u8]) -> der::Result<Self> {
        let mut read = Self { der: tlv(0x31, &[content]), ..Self::default() };
        let mut seen = [0u32; SINGLE.len()];
        for attribute in Values(content).iter() {
            let Attribute { oid, values } = attribute?.decode_as()?;
            read.types.push(oid);
            let Some((oid, times)) = SINGLE.iter().zip(&mut seen).find(|(single, _)| **single == oid) else { continue };
            *times += 1;
            match *times {
                1 if read.look_at(*oid, values).is_none() => read.damaged.push(*oid),
                2 => read.duplicates.push(*oid),
                _ => {}
            }
        }
        // Which of two is meant is anybody's guess.
        let doubled = |oid| read.duplicates.contains(&oid);
        let (content_type, message_digest) = (doubled(rfc5911::ID_CONTENT_TYPE), doubled(rfc5911::ID_MESSAGE_DIGEST));
        let signing_time = doubled(rfc5911::ID_SIGNING_TIME);
        read.content_type.take_if(|_| content_type);
        read.message_digest.take_if(|_| message_digest);
        read.signing_time.take_if(|_| signing_time);
        Ok(read)
    }

    /// Takes over what the attribute says; `None` when it is damaged.
    fn look_at(&mut self, oid: ObjectIdentifier, values: Values<'_>) -> Option<()> {
        let value = values.single()?;
        match oid {
            rfc5911::ID_CONTENT_TYPE => self.content_type = Some(value.decode_as().ok()?),
            rfc5911::ID_MESSAGE_DIGEST => {
                self.message_digest = Some(value.decode_as::<&OctetStringRef>().ok()?.as_bytes().to_vec());
            }
            rfc5911::ID_SIGNING_TIME => self.signing_time = Some(timestamp(value)?),
            rfc5911::ID_AA_SIGNING_CERTIFICATE => {
                self.signing_certificates.extend(first_certificate(value, DigestAlgorithm::Sha1)?);
            }
            rfc5911::ID_AA_SIGNING_CERTIFICATE_V_2 => {
                self.signing_certificates.extend(first_certificate(value, DigestAlgorithm::Sha256)?);
            }
            ALGORITHM_PROTECTION => {
                let AlgorithmProtection { digest, signature, .. } = value.decode_as().ok()?;
                self.protection = Some((digest, signature));
            }
            rfc5911::SMIME_CAPABILITIES => self.capabilities = capabilities(value)?,
            _ => self.services.look_at(oid, value)?,
        }
        Some(())
    }

    /// The attributes in the order that DER asks for, where that is another than the one in which they came.
    pub(super) fn in_der_order(&self) -> Option<Vec<u8>> {
        let set = AnyRef::try_from(self.der.as_slice()).ok()?;
        let values: Result<Vec<Vec<u8>>, _> =
            Values(set.value()).iter().map(|value| value.and_then(|value| value.to_der())).collect();
        let ordered = tlv(0x31, &[&sorted(values.ok()?)]);
        (ordered != self.der).then_some(ordered)
    }
}

/// ```text
/// SigningTime ::= CHOICE { utcTime UTCTime, generalizedTime GeneralizedTime }
/// ```
/// (RFC 5652 §11.3)
fn timestamp(value: AnyRef<'_>) -> Option<Timestamp> {
    let time = match value.tag() {
        der::Tag::UtcTime => Time::UtcTime(value.decode_as().ok()?),
        _ => Time::GeneralTime(value.decode_as().ok()?),
    };
    Timestamp::from_second(i64::try_from(time.to_unix_duration().as_secs()).ok()?).ok()
}

/// The first certificate; `Some(None)` when its digest algorithm is not built in.
fn first_certificate(value: AnyRef<'_>, default: DigestAlgorithm) -> Option<Option<NamedCertificate>> {
    let SigningCertificate { certs, .. } = value.decode_as().ok()?;
    let first = certs.first()?;
    let algorithm = first.hash.as_ref().map_or(Ok(default), DigestAlgorithm::from_identifier);
    let value = first.cert_hash.as_bytes().to_vec();
    let serial = first.issuer_serial.map(|both| both.decode_as::<IssuerSerial<'_>>()).transpose().ok()?;
    let serial = serial.map(|both| both.serial.value().to_vec());
    Some(algorithm.ok().map(|digest| NamedCertificate { digest, value, serial }))
}

/// The ciphers among `SMIMECapabilities ::= SEQUENCE OF SMIMECapability` (RFC 8551 §2.5.2).
fn capabilities(value: AnyRef<'_>) -> Option<Vec<ContentCipher>> {
    value.tag().assert_eq(der::Tag::Sequence).ok()?;
    let rc2 = ContentCipher::Rc2Cbc(128).oid();
    let mut ciphers = Vec::new();
    for capability in Values(value.value()).iter().take(MAX_CAPABILITIES) {
        let SmimeCapability { oid, parameters } = capability.ok()?.decode_as().ok()?;
        let cipher = if oid == rc2 {
            parameters.and_then(|bits| bits.decode_as::<u32>().ok()).map(ContentCipher::Rc2Cbc)
        } else {
            ContentCipher::from_oid(&oid)
        };
        ciphers.extend(cipher);
    }
    Some(ciphers)
}

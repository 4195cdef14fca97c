//! Signed attributes (RFC 5652 §11, RFC 8551 §2.5, RFC 5035).

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911;
use der::asn1::{AnyRef, OctetStringRef};
use der::{Encode, Tagged};
use jiff::Timestamp;
use x509_cert::time::Time;

use super::structure::{Attribute, SigningCertificate, SmimeCapability, Values, sorted};
use crate::asn1::tlv;
use crate::crypto::{ContentCipher, DigestAlgorithm};

/// sMIMEEncryptionKeyPreference (RFC 8551 §2.5.3).
const ENCRYPTION_KEY_PREFERENCE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.11");

/// Attributes that must not occur more than once (RFC 5652 §11, RFC 5035 §5.4, RFC 8551 §2.5).
const SINGLE: [ObjectIdentifier; 7] = [
    rfc5911::ID_CONTENT_TYPE,
    rfc5911::ID_MESSAGE_DIGEST,
    rfc5911::ID_SIGNING_TIME,
    rfc5911::ID_AA_SIGNING_CERTIFICATE,
    rfc5911::ID_AA_SIGNING_CERTIFICATE_V_2,
    rfc5911::SMIME_CAPABILITIES,
    ENCRYPTION_KEY_PREFERENCE,
];

/// Capabilities that are looked at.
const MAX_CAPABILITIES: usize = 64;

/// The attributes that are looked at, from the bytes as they came.
#[derive(Debug, Clone, Default)]
pub struct SignedAttributes {
    /// DER with the SET OF tag, as the signature is computed over it (RFC 5652 §5.4): the received order is kept.
    pub der: Vec<u8>,
    /// content-type; more than one value or attribute is a defect and leaves `None`.
    pub content_type: Option<ObjectIdentifier>,
    /// message-digest, likewise.
    pub message_digest: Option<Vec<u8>>,
    /// signing-time.
    pub signing_time: Option<Timestamp>,
    /// signing-certificate (SHA-1) or signing-certificate-v2: digest algorithm and digest of the first entry.
    pub signing_certificate: Option<(DigestAlgorithm, Vec<u8>)>,
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
                // The newer attribute counts more where both are there.
                let first = first_certificate(value, DigestAlgorithm::Sha1)?;
                self.signing_certificate = self.signing_certificate.take().or(first);
            }
            rfc5911::ID_AA_SIGNING_CERTIFICATE_V_2 => {
                let first = first_certificate(value, DigestAlgorithm::Sha256)?;
                self.signing_certificate = first.or(self.signing_certificate.take());
            }
            rfc5911::SMIME_CAPABILITIES => self.capabilities = capabilities(value)?,
            _ => {}
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

/// Digest algorithm and digest of the first certificate; `Some(None)` when the algorithm is not built in.
fn first_certificate(value: AnyRef<'_>, default: DigestAlgorithm) -> Option<Option<(DigestAlgorithm, Vec<u8>)>> {
    let SigningCertificate { certs, .. } = value.decode_as().ok()?;
    let first = certs.first()?;
    let algorithm = first.hash.as_ref().map_or(Ok(default), DigestAlgorithm::from_identifier);
    Some(algorithm.ok().map(|algorithm| (algorithm, first.cert_hash.as_bytes().to_vec())))
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

//! Making certificates and asking for them: the self-signed test identity, the certification request.

use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5280, rfc5912};
use der::Encode;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::Certificate;
use super::extensions::SMTP_UTF8_MAILBOX;
use super::name::COMMON_NAME;
use crate::asn1::tlv;
use crate::crypto::signature::Input;
use crate::crypto::{self, DigestAlgorithm, Error, KeyKind, PrivateKey, PrivateKeyOperations, SignatureAlgorithm};
use crate::mime::address::Address;

/// The most characters of a common name (RFC 5280 appendix A, ub-common-name).
const MOST_OF_NAME: usize = 64;

/// A self-signed certificate for mail (signing and encryption) with this name and address, valid for `days` from `now`. Without
/// a name the address stands in its place.
///
/// # Errors
/// When the key cannot sign or a name cannot be encoded.
pub fn self_signed(
    key: &PrivateKey,
    name: &str,
    address: &str,
    now: Timestamp,
    days: u32,
) -> Result<Certificate, Error> {
    let (subject, address) = whom(name, address)?;
    let end = now.checked_add(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MAX);
    let identifier = key_identifier(key.public_key());
    let [usage, purpose, alternative_name] = for_mail(key.kind(), &address)?;
    let template = Template {
        issuer: subject.clone(),
        subject,
        validity: (now, end),
        key: key.public_key(),
        extensions: vec![
            Extension::new(rfc5280::ID_CE_BASIC_CONSTRAINTS, true, tlv(0x30, &[])),
            usage,
            purpose,
            alternative_name,
            Extension::new(rfc5280::ID_CE_SUBJECT_KEY_IDENTIFIER, false, tlv(0x04, &[&identifier])),
            Extension::new(rfc5280::ID_CE_AUTHORITY_KEY_IDENTIFIER, false, tlv(0x30, &[&tlv(0x80, &[&identifier])])),
        ],
    };
    template.sign(key)
}

/// A certification request (RFC 2986) for a mail certificate with this name and address, DER. It asks for the extensions that a
/// certificate for mail needs (RFC 2985 §5.4.2); the authority decides. Without a name the address stands in its place.
///
/// ```text
/// CertificationRequest ::= SEQUENCE { certificationRequestInfo CertificationRequestInfo,
///     signatureAlgorithm AlgorithmIdentifier, signature BIT STRING }
/// CertificationRequestInfo ::= SEQUENCE { version INTEGER { v1(0) }, subject Name,
///     subjectPKInfo SubjectPublicKeyInfo, attributes [0] SET OF Attribute }
/// ```
/// (RFC 2986 §4)
///
/// # Errors
/// When the key cannot sign or a name cannot be encoded.
pub fn request(key: &PrivateKey, name: &str, address: &str) -> Result<Vec<u8>, Error> {
    let (subject, address) = whom(name, address)?;
    let wanted: Vec<Vec<u8>> =
        for_mail(key.kind(), &address)?.iter().map(Extension::encode).collect::<Result<_, _>>()?;
    let values = tlv(0x31, &[&tlv(0x30, &[&wanted.concat()])]);
    let extension_request = tlv(0x30, &[&encode(&rfc5912::ID_EXTENSION_REQ)?, &values]);
    let info =
        tlv(0x30, &[&[0x02, 0x01, 0x00], &subject, &encode(key.public_key())?, &tlv(0xa0, &[&extension_request])]);
    signed(&info, key)
}

/// The name (the address where there is none) as the DER of a name, and the address.
fn whom(name: &str, address: &str) -> Result<(Vec<u8>, Address), Error> {
    let address = Address::parse(address).ok_or(Error::Parameters("the address is none"))?;
    let name = Some(name.trim()).filter(|name| !name.is_empty()).map_or_else(|| address.to_string(), str::to_owned);
    if name.chars().count() > MOST_OF_NAME || name.chars().any(char::is_control) {
        return Err(Error::Parameters("the name is too long or has control characters"));
    }
    Ok((common_name(&name)?, address))
}

/// What a key may be used for, that it is for mail, and the address.
fn for_mail(kind: KeyKind, address: &Address) -> Result<[Extension; 3], Error> {
    let purpose = tlv(0x30, &[&encode(&rfc5912::ID_KP_EMAIL_PROTECTION)?]);
    Ok([
        Extension::new(rfc5280::ID_CE_KEY_USAGE, true, key_usage(kind)),
        Extension::new(rfc5280::ID_CE_EXT_KEY_USAGE, false, purpose),
        Extension::new(rfc5280::ID_CE_SUBJECT_ALT_NAME, false, tlv(0x30, &[&mailbox(address)?])),
    ])
}

/// `SEQUENCE { toBeSigned, signatureAlgorithm, signature BIT STRING }`, the form of everything that X.509 signs.
fn signed(to_be_signed: &[u8], key: &PrivateKey) -> Result<Vec<u8>, Error> {
    let algorithm = SignatureAlgorithm::for_key(key.public_key())?;
    let identifier = encode::<AlgorithmIdentifierOwned>(&algorithm.identifier())?;
    let signature = key.sign(algorithm, Input::Message(to_be_signed))?;
    Ok(tlv(0x30, &[to_be_signed, &identifier, &tlv(0x03, &[&[0], &signature])]))
}

/// One extension of a certificate that is being made.
#[derive(Clone)]
pub(super) struct Extension {
    pub id: ObjectIdentifier,
    pub critical: bool,
    pub value: Vec<u8>,
}

impl Extension {
    pub fn new(id: ObjectIdentifier, critical: bool, value: Vec<u8>) -> Self {
        Self { id, critical, value }
    }

    fn encode(&self) -> Result<Vec<u8>, Error> {
        let critical: &[u8] = if self.critical { &[0x01, 0x01, 0xff] } else { &[] };
        Ok(tlv(0x30, &[&encode(&self.id)?, critical, &tlv(0x04, &[&self.value])]))
    }
}

/// What a certificate is to say.
pub(super) struct Template<'a> {
    /// DER of a name.
    pub issuer: Vec<u8>,
    /// DER of a name.
    pub subject: Vec<u8>,
    /// First and last second.
    pub validity: (Timestamp, Timestamp),
    pub key: &'a SubjectPublicKeyInfoOwned,
    pub extensions: Vec<Extension>,
}

impl Template<'_> {
    /// Signs it under a random serial number (RFC 5280 §4.1.2.2: positive, at most 20 octets).
    pub fn sign(&self, issuer: &PrivateKey) -> Result<Certificate, Error> {
        let algorithm = SignatureAlgorithm::for_key(issuer.public_key())?;
        let mut serial = [0; 20];
        crypto::random(&mut serial)?;
        if let Some(first) = serial.first_mut() {
            *first = *first & 0x3f | 0x40;
        }
        let extensions: Vec<Vec<u8>> = self.extensions.iter().map(Extension::encode).collect::<Result<_, _>>()?;
        let identifier = encode::<AlgorithmIdentifierOwned>(&algorithm.identifier())?;
        let tbs = tlv(
            0x30,
            &[
                &tlv(0xa0, &[&[0x02, 0x01, 0x02]]),
                &tlv(0x02, &[&serial]),
                &identifier,
                &self.issuer,
                &tlv(0x30, &[&time(self.validity.0), &time(self.validity.1)]),
                &self.subject,
                &encode(self.key)?,
                &tlv(0xa3, &[&tlv(0x30, &[&extensions.concat()])]),
            ],
        );
        Certificate::from_der(&signed(&tbs, issuer)?)
            .map_err(|_| Error::Parameters("the certificate cannot be read back"))
    }
}

fn encode<T: Encode>(value: &T) -> Result<Vec<u8>, Error> {
    value.to_der().map_err(|_| Error::Parameters("a part of the certificate cannot be encoded"))
}

/// A name of one common name.
pub(super) fn common_name(name: &str) -> Result<Vec<u8>, Error> {
    let attribute = tlv(0x30, &[&encode(&COMMON_NAME)?, &tlv(0x0c, &[name.as_bytes()])]);
    Ok(tlv(0x30, &[&tlv(0x31, &[&attribute])]))
}

/// UTCTime through 2049, GeneralizedTime from then on (RFC 5280 §4.1.2.5).
fn time(time: Timestamp) -> Vec<u8> {
    let time = Offset::UTC.to_datetime(time);
    let (tag, form) =
        if (1950..2050).contains(&time.year()) { (0x17, "%y%m%d%H%M%SZ") } else { (0x18, "%Y%m%d%H%M%SZ") };
    tlv(tag, &[time.strftime(form).to_string().as_bytes()])
}

/// SHA-256 of the key's bits, cut to 160 bits (RFC 7093 §2, first method).
fn key_identifier(key: &SubjectPublicKeyInfoOwned) -> Vec<u8> {
    let mut identifier = DigestAlgorithm::Sha256.digest(key.subject_public_key.raw_bytes());
    identifier.truncate(20);
    identifier
}

/// digitalSignature, and keyEncipherment or keyAgreement as the key can (RFC 8550 §4.4.2).
fn key_usage(kind: KeyKind) -> Vec<u8> {
    let (unused, bits) = match kind {
        KeyKind::Rsa(_) => (5, 0xa0),
        KeyKind::P256 | KeyKind::P384 | KeyKind::P521 => (3, 0x88),
        KeyKind::MlKem(_) => (5, 0x20),
        KeyKind::X448 => (3, 0x08),
        _ => (7, 0x80),
    };
    tlv(0x03, &[&[unused, bits]])
}

/// A GeneralName: rfc822Name, or SmtpUTF8Mailbox when the local part is not ASCII (RFC 9598 §3).
fn mailbox(address: &Address) -> Result<Vec<u8>, Error> {
    let text = address.to_string();
    if text.is_ascii() {
        return Ok(tlv(0x81, &[text.as_bytes()]));
    }
    Ok(tlv(0xa0, &[&encode(&SMTP_UTF8_MAILBOX)?, &tlv(0xa0, &[&tlv(0x0c, &[text.as_bytes()])])]))
}

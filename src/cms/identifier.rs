//! How a certificate is named: issuer and serial number, or key identifier (RFC 5652 §5.3, §6.2.1, §10.2.4).

use std::fmt;

use der::asn1::AnyRef;
use der::{Class, Decode, Tagged};

use super::Error;
use super::structure::{IssuerAndSerialNumber, encoded};
use crate::crypto::{DigestAlgorithm, hex};
use crate::pki::{self, Certificate};

/// What SignerIdentifier and RecipientIdentifier have in common.
pub(super) enum CertificateId {
    IssuerAndSerial { issuer: Vec<u8>, serial: Vec<u8> },
    SubjectKeyIdentifier(Vec<u8>),
}

impl CertificateId {
    /// ```text
    /// SignerIdentifier, RecipientIdentifier ::= CHOICE { issuerAndSerialNumber IssuerAndSerialNumber,
    ///     subjectKeyIdentifier [0] SubjectKeyIdentifier }
    /// KeyAgreeRecipientIdentifier ::= CHOICE { issuerAndSerialNumber IssuerAndSerialNumber,
    ///     rKeyId [0] IMPLICIT RecipientKeyIdentifier }
    /// RecipientKeyIdentifier ::= SEQUENCE { subjectKeyIdentifier SubjectKeyIdentifier, date GeneralizedTime OPTIONAL,
    ///     other OtherKeyAttribute OPTIONAL }
    /// ```
    pub(super) fn read(value: AnyRef<'_>) -> Result<Self, Error> {
        let tag = value.tag();
        if tag.class() == Class::ContextSpecific && tag.number().value() == 0 {
            return if tag.is_constructed() { first_octets(value) } else { Ok(value.value().to_vec()) }
                .map(Self::SubjectKeyIdentifier);
        }
        let IssuerAndSerialNumber { issuer, serial } = value.decode_as()?;
        Ok(Self::IssuerAndSerial { issuer: encoded(issuer)?, serial: serial.value().to_vec() })
    }
}

/// The OCTET STRING that a structure starts with.
pub(super) fn first_octets(value: AnyRef<'_>) -> Result<Vec<u8>, Error> {
    let mut reader = der::SliceReader::new(value.value())?;
    let first = AnyRef::decode(&mut reader)?;
    match first.tag() {
        der::Tag::OctetString => Ok(first.value().to_vec()),
        _ => Err(Error::Structure("a key identifier is missing")),
    }
}

/// Whether the certificate has that issuer and serial number, however the name is encoded (RFC 5280 §7.1).
pub(super) fn has_issuer_and_serial(certificate: &Certificate, issuer: &[u8], serial: &[u8]) -> bool {
    let same_issuer = || {
        certificate.issuer_der() == issuer
            || pki::name_key(issuer).is_some_and(|key| key.as_slice() == certificate.issuer_key())
    };
    unsigned(certificate.serial()) == unsigned(serial) && same_issuer()
}

/// Whether the certificate has that serial number.
pub(super) fn has_serial(certificate: &Certificate, serial: &[u8]) -> bool {
    unsigned(certificate.serial()) == unsigned(serial)
}

/// A serial number without the leading zero octets that some programs leave out and some add.
fn unsigned(serial: &[u8]) -> &[u8] {
    let zeros = serial.iter().take_while(|octet| **octet == 0).count();
    serial.get(zeros..).unwrap_or_default()
}

/// Whether the certificate has that key identifier: by its extension, or without one by the SHA-1 of the public key's bits
/// (RFC 5280 §4.2.1.2 method 1).
pub(super) fn has_key_identifier(certificate: &Certificate, identifier: &[u8]) -> bool {
    match certificate.subject_key_identifier() {
        Some(known) => known == identifier,
        None => {
            let bits = certificate.public_key().subject_public_key.raw_bytes();
            DigestAlgorithm::Sha1.digest(bits) == identifier
        }
    }
}

/// `CN=…, serial 0a1b…`.
pub(super) fn show_issuer_and_serial(f: &mut fmt::Formatter<'_>, issuer: &[u8], serial: &[u8]) -> fmt::Result {
    if let Some(name) = pki::name_text(issuer).filter(|name| !name.is_empty()) {
        write!(f, "{name}, ")?;
    }
    write!(f, "serial {}", hex::encode(unsigned(serial)))
}

/// `key 0a1b…`.
pub(super) fn show_key_identifier(f: &mut fmt::Formatter<'_>, identifier: &[u8]) -> fmt::Result {
    write!(f, "key {}", hex::encode(identifier))
}

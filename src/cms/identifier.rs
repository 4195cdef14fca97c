//! How a certificate is named: issuer and serial number, or key identifier (RFC 5652 §5.3, §6.2.1, §10.2.4).

use std::fmt::{self, Write as _};

use der::asn1::AnyRef;
use der::{Class, Decode, Tagged};
use x509_cert::name::Name;

use super::Error;
use super::structure::{IssuerAndSerialNumber, encoded};
use crate::crypto::DigestAlgorithm;
use crate::pki::Certificate;

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

/// Whether the certificate has that issuer and serial number. Names are compared as DER.
pub(super) fn has_issuer_and_serial(certificate: &Certificate, issuer: &[u8], serial: &[u8]) -> bool {
    unsigned(certificate.serial()) == unsigned(serial) && certificate.issuer_der() == issuer
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

/// `CN=…, serial 0a1b…`. Control characters of a hostile name are left out.
pub(super) fn show_issuer_and_serial(f: &mut fmt::Formatter<'_>, issuer: &[u8], serial: &[u8]) -> fmt::Result {
    if let Ok(name) = Name::from_der(issuer) {
        let name = name.to_string();
        for character in name.chars().filter(|character| !is_disguise(*character)) {
            f.write_char(character)?;
        }
        f.write_str(", ")?;
    }
    f.write_str("serial ")?;
    show_hex(f, unsigned(serial))
}

/// `key 0a1b…`.
pub(super) fn show_key_identifier(f: &mut fmt::Formatter<'_>, identifier: &[u8]) -> fmt::Result {
    f.write_str("key ")?;
    show_hex(f, identifier)
}

fn show_hex(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

/// Control characters and those that change the direction of text.
fn is_disguise(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

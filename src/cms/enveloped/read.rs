//! Reading EnvelopedData and AuthEnvelopedData where they lie.

use const_oid::ObjectIdentifier;
use der::asn1::OctetString;
use spki::AlgorithmIdentifierOwned;

use super::{Authentication, Enveloped, RecipientInfo, recipient};
use crate::asn1::{Cursor, Limits, to_der};
use crate::cms::Error;
use crate::cms::signed::read_certificates;
use crate::cms::walk::{enter_context, enter_sequence, enter_set, next_is_context, take};
use crate::crypto::ContentAlgorithm;
use crate::pki::Certificate;
use crate::source::Source;

/// Reads the EnvelopedData or AuthEnvelopedData at which the cursor stands.
///
/// ```text
/// EnvelopedData ::= SEQUENCE { version CMSVersion, originatorInfo [0] IMPLICIT OriginatorInfo OPTIONAL,
///     recipientInfos RecipientInfos, encryptedContentInfo EncryptedContentInfo,
///     unprotectedAttrs [1] IMPLICIT UnprotectedAttributes OPTIONAL }
/// AuthEnvelopedData ::= SEQUENCE { version CMSVersion, originatorInfo [0] IMPLICIT OriginatorInfo OPTIONAL,
///     recipientInfos RecipientInfos, authEncryptedContentInfo EncryptedContentInfo,
///     authAttrs [1] IMPLICIT AuthAttributes OPTIONAL, mac MessageAuthenticationCode,
///     unauthAttrs [2] IMPLICIT UnauthAttributes OPTIONAL }
/// ```
/// (RFC 5652 §6.1, RFC 5083 §2.1)
pub(in crate::cms) fn read(cursor: &mut Cursor, limits: &Limits, authenticated: bool) -> Result<Enveloped, Error> {
    enter_sequence(cursor, "no EnvelopedData")?;
    cursor.skip()?;
    let certificates = read_originator(cursor)?;
    let (recipients, damaged_recipients) = read_recipients(cursor, limits, &certificates)?;
    let (content_type, algorithm, ciphertext) = read_encrypted(cursor)?;
    let authentication = if authenticated { Some(read_authentication(cursor)?) } else { None };
    cursor.leave()?;
    let algorithm = ContentAlgorithm::from_identifier(&algorithm);
    let mut enveloped =
        Enveloped { recipients, damaged_recipients, content_type, algorithm, ciphertext, authentication, certificates };
    take_appended_tag(&mut enveloped)?;
    Ok(enveloped)
}

/// Reads the EncryptedData at which the cursor stands: content for a key that both sides have already.
///
/// ```text
/// EncryptedData ::= SEQUENCE { version CMSVersion, encryptedContentInfo EncryptedContentInfo,
///     unprotectedAttrs [1] IMPLICIT UnprotectedAttributes OPTIONAL }
/// ```
/// (RFC 5652 §8)
pub(in crate::cms) fn read_encrypted_data(cursor: &mut Cursor) -> Result<Enveloped, Error> {
    enter_sequence(cursor, "no EncryptedData")?;
    cursor.skip()?;
    let (content_type, algorithm, ciphertext) = read_encrypted(cursor)?;
    cursor.leave()?;
    let mut enveloped = Enveloped {
        recipients: Vec::new(),
        damaged_recipients: 0,
        content_type,
        algorithm: ContentAlgorithm::from_identifier(&algorithm),
        ciphertext,
        authentication: None,
        certificates: Vec::new(),
    };
    take_appended_tag(&mut enveloped)?;
    Ok(enveloped)
}

/// ```text
/// OriginatorInfo ::= SEQUENCE { certs [0] IMPLICIT CertificateSet OPTIONAL, crls [1] IMPLICIT RevocationInfoChoices OPTIONAL }
/// ```
fn read_originator(cursor: &mut Cursor) -> Result<Vec<Certificate>, Error> {
    if !next_is_context(cursor, 0)? {
        return Ok(Vec::new());
    }
    enter_context(cursor, 0, "originatorInfo is damaged")?;
    let (certificates, _) = read_certificates(cursor)?;
    cursor.leave()?;
    Ok(certificates)
}

fn read_recipients(
    cursor: &mut Cursor,
    limits: &Limits,
    certificates: &[Certificate],
) -> Result<(Vec<RecipientInfo>, usize), Error> {
    let mut recipients = Vec::new();
    let mut damaged = 0;
    enter_set(cursor, "recipientInfos are missing")?;
    while cursor.peek()?.is_some() {
        // One that is damaged leaves the content readable for the others.
        let raw = cursor.take_raw()?;
        let read = to_der(&raw, limits).map_err(Error::from).and_then(|der| recipient::read(&der, certificates));
        match read {
            Ok(several) => recipients.extend(several),
            Err(_) => damaged += 1,
        }
    }
    cursor.leave()?;
    Ok((recipients, damaged))
}

/// ```text
/// EncryptedContentInfo ::= SEQUENCE { contentType ContentType,
///     contentEncryptionAlgorithm ContentEncryptionAlgorithmIdentifier,
///     encryptedContent [0] IMPLICIT EncryptedContent OPTIONAL }
/// ```
fn read_encrypted(cursor: &mut Cursor) -> Result<(ObjectIdentifier, AlgorithmIdentifierOwned, Source), Error> {
    enter_sequence(cursor, "encryptedContentInfo is missing")?;
    let content_type = take(cursor)?;
    let algorithm = take(cursor)?;
    let ciphertext = if next_is_context(cursor, 0)? { cursor.take_octets()? } else { Source::from_bytes([]) };
    cursor.leave()?;
    Ok((content_type, algorithm, ciphertext))
}

fn read_authentication(cursor: &mut Cursor) -> Result<Authentication, Error> {
    let mut attributes = Vec::new();
    if next_is_context(cursor, 1)? {
        attributes = cursor.take_der()?;
        // What is authenticated has the tag of SET OF (RFC 5083 §2.2).
        if let Some(tag) = attributes.first_mut() {
            *tag = 0x31;
        }
    }
    let mac: OctetString = take(cursor)?;
    Ok(Authentication { attributes, mac: mac.as_bytes().to_vec() })
}

/// Some programs write GCM into EnvelopedData, where there is no place for the tag, and append it to the ciphertext.
fn take_appended_tag(enveloped: &mut Enveloped) -> Result<(), Error> {
    let tag_len = match &enveloped.algorithm {
        Ok(algorithm) if algorithm.cipher.is_authenticated() && enveloped.authentication.is_none() => algorithm.tag_len,
        _ => return Ok(()),
    };
    let Some(content) = enveloped.ciphertext.len()?.checked_sub(tag_len as u64) else { return Ok(()) };
    let mac = enveloped.ciphertext.slice_from(content).read_all(tag_len)?;
    enveloped.ciphertext = enveloped.ciphertext.slice(0..content);
    enveloped.authentication = Some(Authentication { attributes: Vec::new(), mac });
    Ok(())
}

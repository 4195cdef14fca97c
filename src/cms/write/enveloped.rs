//! Writing EnvelopedData and AuthEnvelopedData (RFC 5652 §6, RFC 5083, RFC 5084, RFC 5753, RFC 9629).

use std::io::{self, Write};

use ::cms::enveloped_data::{OriginatorIdentifierOrKey, OriginatorPublicKey};
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911;
use der::Encode;
use der::asn1::{AnyRef, OctetStringRef};
use spki::SubjectPublicKeyInfoOwned;
use zeroize::Zeroizing;

use super::pieces::{PIECE, Pieces};
use super::{CLOSE, OPEN_CONTEXT_0, OPEN_SEQUENCE, RecipientCertificate, WriteError, issuer_and_serial};
use crate::asn1::tlv;
use crate::cms::enveloped::ORI_KEM;
use crate::cms::structure::{
    KemRecipientInfo, KeyAgreeRecipientInfo, KeyTransRecipientInfo, RecipientEncryptedKey, sorted,
};
use crate::crypto::agreement::{self, KeyAgreement};
use crate::crypto::cipher::Encryptor;
use crate::crypto::encapsulation::{self, Encapsulation, Identifiers};
use crate::crypto::{ContentAlgorithm, ContentCipher, Error, KeyKind, random, transport};

/// Writes EnvelopedData (CBC) or AuthEnvelopedData (GCM): content goes in through [`Write`].
pub struct EnvelopeWriter<W> {
    encryptor: Encryptor,
    /// Ciphertext on its way into the pieces.
    encrypted: Vec<u8>,
    pieces: Pieces<W>,
}

impl<W: Write> EnvelopeWriter<W> {
    /// Makes a content key, encrypts it to every recipient and writes what precedes the content.
    ///
    /// # Errors
    /// When there is no recipient, a recipient's key cannot be used, the cipher is for reading only, or writing fails.
    pub fn new(
        cipher: ContentCipher,
        recipients: &[RecipientCertificate<'_>],
        content_type: ObjectIdentifier,
        mut out: W,
    ) -> Result<Self, WriteError> {
        if recipients.is_empty() {
            return Err(Error::Parameters("no recipient").into());
        }
        let algorithm = ContentAlgorithm::generate(cipher)?;
        let mut content_key = Zeroizing::new(vec![0; cipher.key_len()]);
        random(&mut content_key)?;
        // RFC 5652 §6.1: 0 when all RecipientInfos have version 0, 3 with an OtherRecipientInfo, else 2; RFC 5083 §2.1: always 0.
        let mut version = 0;
        let mut infos = Vec::with_capacity(recipients.len());
        for recipient in recipients {
            infos.push(match KeyKind::of(recipient.certificate.public_key())? {
                KeyKind::Rsa(_) => key_transport(recipient, &content_key)?,
                KeyKind::MlKem(_) => {
                    version = 3;
                    key_encapsulation(recipient, &content_key)?
                }
                _ => {
                    version = version.max(2);
                    key_agreement(recipient, &content_key)?
                }
            });
        }
        let (oid, version) = match cipher.is_authenticated() {
            true => (rfc5911::ID_CT_AUTH_ENVELOPED_DATA, 0),
            false => (rfc5911::ID_ENVELOPED_DATA, version),
        };
        let header = [
            &OPEN_SEQUENCE[..],
            &oid.to_der()?,
            &OPEN_CONTEXT_0,
            &OPEN_SEQUENCE,
            &tlv(0x02, &[&[version]]),
            &tlv(0x31, &[&sorted(infos)]),
            &OPEN_SEQUENCE,
            &content_type.to_der()?,
            &algorithm.identifier().to_der()?,
            &OPEN_CONTEXT_0,
        ];
        let encryptor = Encryptor::new(&algorithm, &content_key, &[])?;
        out.write_all(&header.concat())?;
        Ok(Self { encryptor, encrypted: Vec::with_capacity(PIECE + cipher.block_len()), pieces: Pieces::new(out) })
    }

    /// Writes the last block, the tag, and what follows; returns the output. Without this call the output is cut short.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(mut self) -> Result<W, WriteError> {
        self.encrypted.clear();
        let tag = self.encryptor.finish(&mut self.encrypted)?;
        self.pieces.add(&self.encrypted)?;
        let mut out = self.pieces.finish()?;
        // EncryptedContentInfo.
        out.write_all(&CLOSE)?;
        if let Some(tag) = tag {
            out.write_all(&tlv(0x04, &[&tag]))?;
        }
        // EnvelopedData, content, ContentInfo.
        out.write_all(&[CLOSE; 3].concat())?;
        Ok(out)
    }
}

impl<W: Write> Write for EnvelopeWriter<W> {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        let (now, _) = block.split_at(block.len().min(PIECE));
        self.encrypted.clear();
        self.encryptor.update(now, &mut self.encrypted).map_err(io::Error::other)?;
        self.pieces.add(&self.encrypted)?;
        Ok(now.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pieces.flush()
    }
}

fn key_transport(recipient: &RecipientCertificate<'_>, content_key: &[u8]) -> Result<Vec<u8>, WriteError> {
    let encrypted = transport::encrypt(recipient.certificate.public_key(), &recipient.transport, content_key)?;
    let rid = issuer_and_serial(recipient.certificate);
    let info = KeyTransRecipientInfo {
        version: 0,
        rid: AnyRef::try_from(rid.as_slice())?,
        algorithm: recipient.transport.identifier(),
        encrypted_key: OctetStringRef::new(&encrypted)?,
    };
    Ok(info.to_der()?)
}

fn key_agreement(recipient: &RecipientCertificate<'_>, content_key: &[u8]) -> Result<Vec<u8>, WriteError> {
    let key = recipient.certificate.public_key();
    let agreement = KeyAgreement::for_recipient(key, content_key.len())?;
    let (originator, wrapped) = agreement::wrap(key, &agreement, None, content_key)?;
    let SubjectPublicKeyInfoOwned { algorithm, subject_public_key: public_key } = originator;
    let originator =
        OriginatorIdentifierOrKey::OriginatorKey(OriginatorPublicKey { algorithm, public_key }).to_der()?;
    let rid = issuer_and_serial(recipient.certificate);
    let to =
        RecipientEncryptedKey { rid: AnyRef::try_from(rid.as_slice())?, encrypted_key: OctetStringRef::new(&wrapped)? };
    let info = KeyAgreeRecipientInfo {
        version: 3,
        originator: AnyRef::try_from(originator.as_slice())?,
        ukm: None,
        algorithm: agreement.identifier(),
        recipients: vec![to],
    };
    // kari [1] IMPLICIT
    let mut info = info.to_der()?;
    if let Some(tag) = info.first_mut() {
        *tag = 0xa1;
    }
    Ok(info)
}

fn key_encapsulation(recipient: &RecipientCertificate<'_>, content_key: &[u8]) -> Result<Vec<u8>, WriteError> {
    let key = recipient.certificate.public_key();
    let encapsulation = Encapsulation::for_recipient(key, content_key.len())?;
    let (ciphertext, wrapped) = encapsulation::wrap(key, &encapsulation, None, content_key)?;
    let rid = issuer_and_serial(recipient.certificate);
    let Identifiers { kem, kdf, kek_length, wrap } = encapsulation.identifiers();
    let info = KemRecipientInfo {
        version: 0,
        rid: AnyRef::try_from(rid.as_slice())?,
        kem,
        ciphertext: OctetStringRef::new(&ciphertext)?,
        kdf,
        kek_length,
        ukm: None,
        wrap,
        encrypted_key: OctetStringRef::new(&wrapped)?,
    };
    // ori [4] IMPLICIT OtherRecipientInfo
    Ok(tlv(0xa4, &[&ORI_KEM.to_der()?, &info.to_der()?]))
}

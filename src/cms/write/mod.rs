//! Writing SignedData, EnvelopedData and AuthEnvelopedData as a stream (BER with indefinite lengths around the content,
//! DER everywhere else; RFC 5652 §5.1 asks DER of signed attributes only).

use std::io::{self, Write};

use const_oid::ObjectIdentifier;
use jiff::Timestamp;

use super::enveloped::ContentKey;
use crate::crypto::transport::KeyTransport;
use crate::crypto::{self, ContentCipher, DigestAlgorithm, PrivateKeyOperations, SignatureAlgorithm};
use crate::pki::Certificate;

/// Why a message could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The output could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A key or algorithm could not be used.
    #[error(transparent)]
    Crypto(#[from] crypto::Error),
    /// A structure could not be encoded.
    #[error("encoding failed")]
    Encoding(#[from] der::Error),
}

/// Who signs, and how.
pub struct Signer<'a> {
    /// The signer's certificate.
    pub certificate: &'a Certificate,
    /// The rest of the chain, embedded too (never required to be complete; the anchor may be left out).
    pub chain: &'a [Certificate],
    /// The key.
    pub key: &'a dyn PrivateKeyOperations,
    /// The method.
    pub algorithm: SignatureAlgorithm,
    /// The content's digest.
    pub digest: DigestAlgorithm,
    /// The signing-time attribute.
    pub signing_time: Timestamp,
    /// The sMIMECapabilities attribute, best first (RFC 8551 §2.5.2).
    pub capabilities: &'a [ContentCipher],
}

/// A detached signature (DER) over content with this digest: signed attributes content-type, message-digest,
/// signing-time, sMIMECapabilities, signing-certificate-v2 (RFC 5035).
///
/// # Errors
/// When the key refuses or encoding fails.
pub fn detached(
    signer: &Signer<'_>,
    content_type: ObjectIdentifier,
    content_digest: &[u8],
) -> Result<Vec<u8>, WriteError> {
    let _ = (signer, content_type, content_digest);
    todo!()
}

/// Writes an opaque SignedData: content goes in through [`Write`], is hashed on the way, and [`OpaqueSigner::finish`] signs.
pub struct OpaqueSigner<'a, W> {
    signer: Signer<'a>,
    out: W,
}

impl<'a, W: Write> OpaqueSigner<'a, W> {
    /// Writes what precedes the content.
    ///
    /// # Errors
    /// What writing gives.
    pub fn new(signer: Signer<'a>, content_type: ObjectIdentifier, out: W) -> Result<Self, WriteError> {
        let _ = content_type;
        Ok(Self { signer, out })
    }
    /// Signs, writes the rest, returns the output.
    ///
    /// # Errors
    /// When the key refuses or writing fails.
    pub fn finish(self) -> Result<W, WriteError> {
        let _ = self.signer;
        Ok(self.out)
    }
}

impl<W: Write> Write for OpaqueSigner<'_, W> {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        let _ = block;
        todo!()
    }
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// One recipient of an encrypted message: RSA by key transport, EC by key agreement; named by issuer and serial number.
pub struct RecipientCertificate<'a> {
    /// The certificate.
    pub certificate: &'a Certificate,
    /// For RSA keys.
    pub transport: KeyTransport,
}

/// Writes EnvelopedData (CBC) or AuthEnvelopedData (GCM): content goes in through [`Write`].
pub struct EnvelopeWriter<W> {
    out: W,
}

impl<W: Write> EnvelopeWriter<W> {
    /// Makes a content key, encrypts it to every recipient and writes what precedes the content.
    ///
    /// # Errors
    /// When a recipient's key cannot be used or writing fails.
    pub fn new(
        cipher: ContentCipher,
        recipients: &[RecipientCertificate<'_>],
        content_type: ObjectIdentifier,
        out: W,
    ) -> Result<Self, WriteError> {
        let _: Option<ContentKey> = None;
        let _ = (cipher, recipients, content_type);
        Ok(Self { out })
    }
    /// Writes the last block, the tag, and what follows; returns the output.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(self) -> Result<W, WriteError> {
        Ok(self.out)
    }
}

impl<W: Write> Write for EnvelopeWriter<W> {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        let _ = block;
        todo!()
    }
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A certs-only SignedData (RFC 8551 §3.8), DER.
///
/// # Errors
/// When encoding fails.
pub fn certs_only(certificates: &[Certificate]) -> Result<Vec<u8>, WriteError> {
    let _ = certificates;
    todo!()
}

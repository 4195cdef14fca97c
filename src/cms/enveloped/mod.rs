//! EnvelopedData (RFC 5652 §6), EncryptedData (§8) and AuthEnvelopedData (RFC 5083).

mod check;
mod read;
mod recipient;
mod secret;
mod view;

use const_oid::ObjectIdentifier;
use zeroize::Zeroizing;

use super::identifier::{self, CertificateId};
use crate::crypto::{self, ContentAlgorithm};
use crate::pki::Certificate;
use crate::source::Source;

pub(super) use read::{read, read_encrypted_data};
pub(super) use recipient::ORI_KEM;
pub use recipient::RecipientInfo;

/// A parsed EnvelopedData or AuthEnvelopedData.
#[derive(Debug)]
pub struct Enveloped {
    /// Who can read it.
    pub recipients: Vec<RecipientInfo>,
    /// How many entries of `recipientInfos` are too damaged to be one of them.
    pub damaged_recipients: usize,
    /// The type of what is inside.
    pub content_type: ObjectIdentifier,
    /// The cipher, or why it cannot be used.
    pub algorithm: Result<ContentAlgorithm, crypto::Error>,
    /// The encrypted content (empty when it is absent).
    pub ciphertext: Source,
    /// For AuthEnvelopedData: the attributes that are authenticated too (DER with the SET OF tag; empty when absent) and the tag.
    pub authentication: Option<Authentication>,
    /// originatorInfo certificates.
    pub certificates: Vec<Certificate>,
}

/// What AuthEnvelopedData adds.
#[derive(Debug, Clone)]
pub struct Authentication {
    /// authAttrs as additional authenticated data.
    pub attributes: Vec<u8>,
    /// The tag.
    pub mac: Vec<u8>,
}

/// How a recipient is named (RFC 5652 §6.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecipientId {
    /// Issuer name (DER) and serial number (content octets).
    IssuerAndSerial {
        /// DER of the name.
        issuer: Vec<u8>,
        /// Content octets.
        serial: Vec<u8>,
    },
    /// Subject key identifier.
    SubjectKeyIdentifier(Vec<u8>),
    /// A KEK's identifier, or nothing for a password.
    Other(Vec<u8>),
}

impl RecipientId {
    /// Whether this names that certificate: issuer and serial, or the subjectKeyIdentifier extension, or (for certificates
    /// without it) the SHA-1 of the public key's bits.
    #[must_use]
    pub fn matches(&self, certificate: &Certificate) -> bool {
        match self {
            Self::IssuerAndSerial { issuer, serial } => identifier::has_issuer_and_serial(certificate, issuer, serial),
            Self::SubjectKeyIdentifier(key) => identifier::has_key_identifier(certificate, key),
            Self::Other(_) => false,
        }
    }
}

impl From<CertificateId> for RecipientId {
    fn from(id: CertificateId) -> Self {
        match id {
            CertificateId::IssuerAndSerial { issuer, serial } => Self::IssuerAndSerial { issuer, serial },
            CertificateId::SubjectKeyIdentifier(key) => Self::SubjectKeyIdentifier(key),
        }
    }
}

impl std::fmt::Display for RecipientId {
    /// `CN=…, serial 0a1b…` or `key 0a1b…`; nothing for a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::IssuerAndSerial { issuer, serial } => identifier::show_issuer_and_serial(f, issuer, serial),
            Self::Other(key) if key.is_empty() => Ok(()),
            Self::SubjectKeyIdentifier(key) | Self::Other(key) => identifier::show_key_identifier(f, key),
        }
    }
}

/// The kind of a recipient, as the report names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the standard's")]
pub enum RecipientKind {
    KeyTransport,
    KeyAgreement,
    Kem,
    Password,
    Kek,
    Other,
}

/// A content-encryption key.
pub type ContentKey = Zeroizing<Vec<u8>>;

/// Why an encrypted message could not be opened with a key. Says nothing that tells padding errors apart (RFC 3218).
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The bytes could not be read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The key cannot be used, the method is not built in, or decryption failed.
    #[error(transparent)]
    Crypto(#[from] crypto::Error),
}

impl Enveloped {
    /// The content, decrypted while it is read. The tag of an authenticated cipher is verified here, over the ciphertext, before
    /// anybody sees plaintext. For CBC the padding of the last block is checked here: wrong padding (wrong key, damage) is
    /// [`crypto::Error::Decryption`].
    ///
    /// # Errors
    /// When the tag or padding is wrong, or the ciphertext cannot be read.
    pub fn open(&self, content_key: &ContentKey) -> Result<Source, OpenError> {
        self.open_reading(content_key, |_| Ok(())).map(|(content, ())| content)
    }

    /// As [`Enveloped::open`], and `read` finds something out about the content in the same pass. Of an authenticated cipher it
    /// sees plaintext whose tag is still being computed; what it makes of that is given out only if the tag is right.
    ///
    /// # Errors
    /// As [`Enveloped::open`]; then those of `read`.
    pub fn open_reading<T>(
        &self,
        content_key: &ContentKey,
        read: impl FnOnce(&Source) -> std::io::Result<T>,
    ) -> Result<(Source, T), OpenError> {
        view::open(self, content_key, read)
    }
}

//! Signs and encrypts a message (RFC 8551 §3): one pass over its entity, whatever the number of layers.
//!
//! The header fields of the message stay outside as they are, unless they are protected; its Content-* fields move inside with the body. What is signed
//! or encrypted already is an entity like any other, so it can be sealed again.

mod layer;
mod method;
mod protect;
#[cfg(test)]
mod tests;

use std::io::{self, Write};
use std::sync::Arc;

use jiff::Timestamp;

use crate::cms::write::WriteError;
use crate::crypto::{self, ContentCipher, PrivateKeyOperations};
use crate::mime::{self, Entity};
use crate::pki::Certificate;
use crate::policy::Profile;
use crate::source::Source;

use protect::Inside;

pub use method::{CAPABILITIES, Reads, Reason, cipher_for};

/// Fields that name recipients whom the others must not know of: they never stand in an encrypted message.
pub const HIDDEN_FIELDS: [&str; 2] = ["Bcc", "Resent-Bcc"];

/// Why a message could not be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The message could not be read, or the new one could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A key or method cannot be used.
    #[error(transparent)]
    Crypto(#[from] crypto::Error),
    /// A limit on the structure of a message was reached.
    #[error("more {what} than the limit of {limit}")]
    Limit {
        /// As in [`mime::Error::Limit`].
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// A structure cannot be encoded.
    #[error("{0}")]
    Structure(String),
}

impl From<WriteError> for SealError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Io(error) => error.into(),
            WriteError::Crypto(error) => error.into(),
            other => Self::Structure(other.to_string()),
        }
    }
}

impl From<mime::Error> for SealError {
    fn from(error: mime::Error) -> Self {
        match error {
            mime::Error::Io(error) => error.into(),
            mime::Error::Limit { what, limit } => Self::Limit { what, limit },
        }
    }
}

/// Who signs.
#[derive(Clone)]
pub struct Signing {
    /// The signer's certificate.
    pub certificate: Certificate,
    /// Certificates that go with it, issuer first; the anchor may be left out.
    pub chain: Vec<Certificate>,
    /// The key.
    pub key: Arc<dyn PrivateKeyOperations>,
    /// The signing time that is claimed.
    pub at: Timestamp,
    /// As application/pkcs7-mime, which reaches only readers that know S/MIME, rather than multipart/signed.
    pub opaque: bool,
}

/// To whom.
#[derive(Debug, Clone)]
pub struct Encryption {
    /// Everybody who can read it.
    pub recipients: Vec<Certificate>,
    /// The cipher; see [`cipher_for`].
    pub cipher: ContentCipher,
}

/// How a message is sealed.
#[derive(Clone)]
pub struct Sealing {
    /// Signed.
    pub sign: Option<Signing>,
    /// Encrypted, around the signature if there is one.
    pub encrypt: Option<Encryption>,
    /// Signed once more around the encryption (RFC 2634 §1.1): who reads it without the key sees who sent it.
    pub triple: bool,
    /// Compressed (RFC 3274) inside the encryption or, without one, inside the signature.
    pub compress: bool,
    /// Header fields go inside the signature or the encryption too, and outside of an encryption the Subject is hidden (RFC 9788).
    /// A message that is signed or encrypted already keeps its header outside.
    pub protect: bool,
    /// Chooses the methods.
    pub profile: Profile,
}

/// Writes the sealed message.
///
/// Signing keeps every field of the header, Bcc too: the message is not sent by this program, and whoever sends it takes
/// Bcc out. Encryption leaves out [`HIDDEN_FIELDS`], since those whom they name are not among the recipients either; nor do protected
/// header fields name them.
///
/// # Errors
/// When reading, writing, or the use of a key fails; what was written until then is of no use.
pub fn seal(
    source: &Source,
    entity: &Entity,
    sealing: &Sealing,
    out: &mut (dyn Write + Send),
) -> Result<(), SealError> {
    let inside = Inside::of(entity, sealing)?;
    inside.write_outside(source, entity, out)?;
    layer::write(&layer::stack(sealing)?, source, entity, &inside.extra(), out)
}

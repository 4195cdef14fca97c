//! Cryptographic Message Syntax (RFC 5652, RFC 5083, RFC 5084) read and written as a stream.
//!
//! Content is never in memory as a whole: reading yields lazy [`Source`] views, writing takes an [`std::io::Write`].

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911;

use crate::asn1::{self, Cursor};
use crate::source::Source;

pub mod attributes;
pub mod enveloped;
mod identifier;
pub mod signed;
mod structure;
#[cfg(test)]
mod tests;
mod walk;
pub mod write;

pub use enveloped::{Enveloped, RecipientInfo};
pub use signed::{Signature, SignatureProblem, SignedData, VerifiedSignature};

/// Why bytes are no CMS message that can be looked at.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Damaged, cut short, or not BER.
    #[error(transparent)]
    Ber(#[from] asn1::Error),
    /// BER, but not the structure that the standard asks for.
    #[error("damaged CMS structure: {0}")]
    Structure(&'static str),
    /// More of something than allowed.
    #[error("more {0} than allowed")]
    Limit(&'static str),
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Ber(asn1::Error::Io(error))
    }
}
impl From<der::Error> for Error {
    fn from(_: der::Error) -> Self {
        Self::Structure("a value does not decode")
    }
}

/// What a ContentInfo holds (RFC 5652 §3).
#[derive(Debug)]
pub enum Content {
    /// id-signedData.
    Signed(SignedData),
    /// id-envelopedData or id-ct-authEnvelopedData.
    Enveloped(Enveloped),
    /// Another type, not looked into.
    Other(ObjectIdentifier),
}

/// Reads a ContentInfo: BER or DER; PEM armour and base64 are undone by the caller. What follows the structure is ignored.
///
/// ```text
/// ContentInfo ::= SEQUENCE { contentType ContentType, content [0] EXPLICIT ANY DEFINED BY contentType }
/// ```
///
/// # Errors
/// When it is damaged or goes past a limit. Unknown algorithms inside are no error.
pub fn read(source: &Source, limits: &asn1::Limits) -> Result<Content, Error> {
    let mut cursor = Cursor::new(source.clone(), *limits);
    walk::enter_sequence(&mut cursor, "no ContentInfo")?;
    let content_type = walk::take(&mut cursor)?;
    walk::enter_context(&mut cursor, 0, "content is missing")?;
    let content = match content_type {
        rfc5911::ID_SIGNED_DATA => Content::Signed(signed::read(&mut cursor, source, limits)?),
        rfc5911::ID_ENVELOPED_DATA => Content::Enveloped(enveloped::read(&mut cursor, limits, false)?),
        rfc5911::ID_CT_AUTH_ENVELOPED_DATA => Content::Enveloped(enveloped::read(&mut cursor, limits, true)?),
        other => Content::Other(other),
    };
    cursor.leave()?;
    cursor.leave()?;
    Ok(content)
}

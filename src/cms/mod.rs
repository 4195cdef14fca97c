//! Cryptographic Message Syntax (RFC 5652, RFC 5083, RFC 5084, RFC 3274) read and written as a stream.
//!
//! Content is never in memory as a whole: reading yields lazy [`Source`] views, writing takes an [`std::io::Write`].

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911;
use const_oid::db::rfc6268::ID_CT_COMPRESSED_DATA;

use crate::asn1::{self, Cursor};
use crate::source::Source;

pub mod attributes;
pub mod compressed;
pub mod digested;
pub mod enveloped;
pub mod ess;
mod identifier;
pub mod signed;
mod structure;
#[cfg(test)]
mod tests;
mod walk;
pub mod write;

pub use compressed::Compressed;
pub use digested::Digested;
pub use enveloped::{Enveloped, RecipientInfo};
pub use signed::{RevocationInfo, Signature, SignatureProblem, SignedData, VerifiedSignature};

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
    /// id-encryptedData: without recipients, for a key that both sides have already (RFC 5652 §8).
    Encrypted(Enveloped),
    /// id-ct-compressedData.
    Compressed(Compressed),
    /// id-digestedData.
    Digested(Digested),
    /// id-data: content without anything around it.
    Data(Source),
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
    let content = read_type(&mut cursor, content_type, source, limits)?;
    cursor.leave()?;
    cursor.leave()?;
    Ok(content)
}

/// Reads what a structure without a ContentInfo around it holds: the content of another structure that names its type
/// (RFC 5652 §6.1, eContentType and contentType of an inner content). Types that hold no structure are [`Content::Other`].
///
/// # Errors
/// As [`read`].
pub fn read_inner(source: &Source, content_type: ObjectIdentifier, limits: &asn1::Limits) -> Result<Content, Error> {
    read_type(&mut Cursor::new(source.clone(), *limits), content_type, source, limits)
}

fn read_type(
    cursor: &mut Cursor,
    content_type: ObjectIdentifier,
    source: &Source,
    limits: &asn1::Limits,
) -> Result<Content, Error> {
    Ok(match content_type {
        rfc5911::ID_SIGNED_DATA => Content::Signed(signed::read(cursor, source, limits)?),
        rfc5911::ID_ENVELOPED_DATA => Content::Enveloped(enveloped::read(cursor, limits, false)?),
        rfc5911::ID_CT_AUTH_ENVELOPED_DATA => Content::Enveloped(enveloped::read(cursor, limits, true)?),
        rfc5911::ID_ENCRYPTED_DATA => Content::Encrypted(enveloped::read_encrypted_data(cursor)?),
        rfc5911::ID_DATA => Content::Data(cursor.take_octets()?),
        rfc5911::ID_DIGESTED_DATA => Content::Digested(digested::read(cursor)?),
        ID_CT_COMPRESSED_DATA => Content::Compressed(compressed::read(cursor)?),
        other => Content::Other(other),
    })
}

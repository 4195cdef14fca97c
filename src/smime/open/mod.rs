//! Opens every layer of a message and reports on each.

use std::io;

use jiff::Timestamp;

use super::Context;
use crate::crypto::ContentCipher;
use crate::mime::Entity;
use crate::pki::Certificate;
use crate::report::Report;
use crate::source::Source;

/// An opened message: the report, and where its content can be read from.
pub struct Opened {
    /// What was found.
    pub report: Report,
    /// The innermost message as a whole (the decrypted and unwrapped entity with its structure), if it could be reached.
    /// Content that is no MIME entity (a signed document) comes as an entity without fields.
    pub content: Option<(Source, Entity)>,
    /// What lay inside the innermost encrypted layer that covers the whole message, with the signatures inside it; `None`
    /// when nothing was decrypted. With the header fields that stay outside it makes the decrypted message.
    pub decrypted: Option<(Source, Entity)>,
    /// Decoded attachments, by [`crate::report::Attachment::index`].
    pub attachments: Vec<Source>,
    /// Every certificate that came with the message, each once.
    pub certificates: Vec<Certificate>,
    /// What signers whose signature is intact say to be able to read.
    pub capabilities: Vec<Capabilities>,
}

/// The ciphers that a signer can read (RFC 8551 §2.5.2), by an intact signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capabilities {
    /// The signer.
    pub certificate: Certificate,
    /// Best first.
    pub ciphers: Vec<ContentCipher>,
    /// When it was signed, as the signer claims.
    pub signed: Timestamp,
}

impl Opened {
    /// A report alone, for a message that could not be looked at.
    #[must_use]
    pub fn of(report: Report) -> Self {
        Self {
            report,
            content: None,
            decrypted: None,
            attachments: Vec::new(),
            certificates: Vec::new(),
            capabilities: Vec::new(),
        }
    }
}

impl std::fmt::Debug for Opened {
    /// The outcome; never what the message says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened")
            .field("signature", &self.report.signature)
            .field("privacy", &self.report.privacy)
            .field("layers", &self.report.layers.len())
            .field("attachments", &self.attachments.len())
            .finish_non_exhaustive()
    }
}

/// Opens a message. Failed signatures and locked layers are reports.
///
/// # Errors
/// Only when the bytes cannot be read.
pub fn open(source: &Source, file: &str, context: &Context<'_>) -> io::Result<Opened> {
    let _ = (source, file, context);
    todo!()
}

//! What was found in a message: one truth for the window, `--json`, files and tests.
//!
//! A failed verification is a report, not an error. Codes and field names are a contract (`docs/json.md`): they are added
//! to, never changed.

mod finding;
mod judge;
pub mod message;
mod verdict;

pub use crate::cms::enveloped::RecipientKind;
pub use finding::{Code, Evidence, Finding, Rank};
pub use judge::{Facts, Validity, judge};
pub use verdict::{Privacy, Tone, Verdict};

use serde::Serialize;

/// Version of the JSON form.
pub const SCHEMA: u32 = 1;

/// Everything found in one message, in the shape of the JSON contract.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The file as it was named.
    pub file: String,
    /// The message's verdict.
    pub signature: Verdict,
    /// The message's privacy.
    pub privacy: Privacy,
    /// The subject shown (the protected one where there is one).
    pub subject: String,
    /// Addresses in From.
    pub from: Vec<String>,
    /// Names of the header fields that an intact signature covers (RFC 9788), among those that are shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub protected: Vec<String>,
    /// Outermost first, in the order in which they are opened.
    pub layers: Vec<Layer>,
    /// What can be saved.
    pub attachments: Vec<Attachment>,
    /// The file that was written, if any.
    pub output: Option<String>,
    /// What happened when the message could not be looked at or written; `null` otherwise.
    pub error: Option<Failure>,
    /// What only people need: header fields and text for the window. Not part of the JSON.
    #[serde(skip)]
    pub shown: Shown,
}

impl Report {
    /// A report on a message that was not looked at.
    #[must_use]
    pub fn unread(file: String) -> Self {
        Self {
            schema: SCHEMA,
            file,
            signature: Verdict::Unreadable,
            privacy: Privacy::None,
            subject: String::new(),
            from: Vec::new(),
            protected: Vec::new(),
            layers: Vec::new(),
            attachments: Vec::new(),
            output: None,
            error: None,
            shown: Shown::default(),
        }
    }
}

/// A failure in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// A stable code.
    pub code: String,
    /// What happened.
    pub what: String,
    /// What to do.
    pub todo: String,
}

/// What a layer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the contract's")]
pub enum LayerKind {
    ClearSigned,
    OpaqueSigned,
    Enveloped,
    AuthEnveloped,
    Compressed,
    CertsOnly,
    Plain,
}

/// What a layer covers of the layer around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the contract's")]
pub enum Covers {
    Whole,
    Part,
}

/// One layer of a message.
#[derive(Debug, Clone, Serialize)]
pub struct Layer {
    /// What it is.
    pub kind: LayerKind,
    /// What it covers.
    pub covers: Covers,
    /// How deep it lies in layers: 0 is the outermost.
    #[serde(skip)]
    pub depth: u32,
    /// For signed layers: every signer.
    pub signers: Vec<SignerReport>,
    /// For encrypted layers: everybody who can read it.
    pub recipients: Vec<RecipientReport>,
    /// For encrypted layers: the cipher.
    pub cipher: Option<String>,
    /// For encrypted layers: whether and how it was opened.
    #[serde(skip)]
    pub privacy: Privacy,
    /// What was noticed about the layer itself.
    pub findings: Vec<Finding>,
}

impl Layer {
    /// A layer about which nothing is known yet.
    #[must_use]
    pub fn new(kind: LayerKind, covers: Covers, depth: u32) -> Self {
        Self {
            kind,
            covers,
            depth,
            signers: Vec::new(),
            recipients: Vec::new(),
            cipher: None,
            privacy: Privacy::None,
            findings: Vec::new(),
        }
    }
}

/// Whether content is what was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the contract's")]
pub enum Integrity {
    Intact,
    Altered,
    Unchecked,
}

/// Trust in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the contract's")]
pub enum TrustState {
    Anchored,
    Pinned,
    UnknownIssuer,
    Rejected,
}

/// The certificate's addresses against the sender's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the contract's")]
pub enum IdentityState {
    Matches,
    Differs,
    NoAddress,
}

/// What is known of withdrawal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the contract's")]
pub enum Revocation {
    Good,
    Revoked,
    Unknown,
    NotChecked,
}

/// One signer.
#[derive(Debug, Clone, Serialize)]
pub struct SignerReport {
    /// The verdict on this signer.
    pub verdict: Verdict,
    /// The name in the certificate.
    pub name: String,
    /// The addresses in the certificate.
    pub addresses: Vec<String>,
    /// Whether the content is what was signed.
    pub integrity: Integrity,
    /// Whether the certificate leads to somebody trusted.
    pub trust: TrustState,
    /// Whether the certificate names the sender.
    pub identity: IdentityState,
    /// Whether it was withdrawn.
    pub revocation: Revocation,
    /// When, as the signer claims (RFC 3339).
    pub signing_time: Option<String>,
    /// `sha-256`.
    pub digest: String,
    /// `rsa-pkcs1v15`.
    pub algorithm: String,
    /// The certificate, if it is at hand.
    pub certificate: Option<CertificateReport>,
    /// SHA-256 fingerprints from the signer up to the anchor.
    pub chain: Vec<String>,
    /// The chain with what people see of it.
    #[serde(skip)]
    pub chain_certificates: Vec<CertificateReport>,
    /// Whether each of them was withdrawn; shorter by what was not looked up, at least the anchor.
    #[serde(skip)]
    pub chain_revocation: Vec<Revocation>,
    /// What was noticed.
    pub findings: Vec<Finding>,
}

/// A certificate in a report. Times are RFC 3339 in UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the names are the contract's")]
pub struct CertificateReport {
    pub sha256: String,
    pub subject: String,
    pub issuer: String,
    pub serial: String,
    pub not_before: String,
    pub not_after: String,
    /// Short name for people.
    #[serde(skip)]
    pub name: String,
    /// Short name of the issuer for people.
    #[serde(skip)]
    pub issuer_name: String,
    /// Kind and size of the key.
    #[serde(skip)]
    pub key: String,
}

/// Somebody who can read an encrypted layer.
#[derive(Debug, Clone, Serialize)]
pub struct RecipientReport {
    /// How the content key reaches the recipient.
    pub kind: RecipientKind,
    /// Who: an address if the certificate is known, else issuer and serial number or key identifier.
    pub id: String,
    /// The method.
    pub algorithm: String,
    /// Whether the key is held here.
    pub mine: bool,
}

/// Something that can be saved from a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// The name to offer (safe as a file name).
    pub name: String,
    /// The media type.
    #[serde(rename = "type")]
    pub media_type: String,
    /// Bytes after decoding.
    pub size: u64,
    /// Which innermost part it is, for saving; see `smime::open`.
    #[serde(skip)]
    pub index: usize,
    /// Whether a signature covers it, whatever that is worth.
    #[serde(skip)]
    pub signed: bool,
    /// The message has a signature, and it does not cover this.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub outside: bool,
}

/// What people see of the message itself.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// Field name and decoded value, in the order From, Sender, Reply-To, To, Cc, Date, Subject; absent ones left out.
    pub fields: Vec<ShownField>,
    /// Every piece of text in the order of the message, each with what covers it.
    pub texts: Vec<ShownText>,
    /// Whether there is more text than `Limits::display_bytes`.
    pub truncated: bool,
}

/// One header field for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownField {
    /// `From`.
    pub name: String,
    /// Decoded, without control characters.
    pub value: String,
    /// Whether an intact signature covers the field (RFC 9788).
    pub protected: bool,
    /// What stands outside instead of a field inside the signature or encryption, where that differs.
    pub outside: Option<String>,
}

/// One piece of text for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownText {
    /// The text.
    pub text: String,
    /// Index of the innermost layer that it lies in.
    pub layer: usize,
    /// Whether a signature covers it.
    pub signed: bool,
    /// It was HTML and has been turned into text.
    pub from_html: bool,
}

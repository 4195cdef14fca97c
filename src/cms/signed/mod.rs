//! SignedData (RFC 5652 §5).

mod read;
mod verify;

use const_oid::ObjectIdentifier;
use spki::AlgorithmIdentifierOwned;

use super::attributes::SignedAttributes;
use super::identifier::{self, CertificateId};
use crate::crypto::{DigestAlgorithm, Unsupported};
use crate::pki::Certificate;
use crate::source::Source;

pub(super) use read::{read, read_certificates};
pub use verify::{Digests, Hashers, VerifiedSignature};

/// A parsed SignedData.
#[derive(Debug)]
pub struct SignedData {
    /// eContentType.
    pub content_type: ObjectIdentifier,
    /// eContent; `None` for a detached signature.
    pub content: Option<Source>,
    /// Those digestAlgorithms and signer digests that are built in, each once.
    pub digests: Vec<DigestAlgorithm>,
    /// Certificates that parse.
    pub certificates: Vec<Certificate>,
    /// How many entries of `certificates` could not be used (damaged, attribute certificates).
    pub unusable_certificates: usize,
    /// What came with it about withdrawn certificates.
    pub revocation: RevocationInfo,
    /// The signers, unchecked.
    pub signers: Vec<Signature>,
    /// How many entries of `signerInfos` are too damaged to be one of them.
    pub damaged_signers: usize,
}

/// What a message carries about withdrawn certificates (RFC 5652 §10.2.1), unchecked, where it lies.
#[derive(Debug, Clone, Default)]
pub struct RevocationInfo {
    /// CRLs.
    pub crls: Vec<Source>,
    /// OCSP responses (RFC 5940).
    pub responses: Vec<Source>,
}

/// Who signed (RFC 5652 §5.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignerIdentifier {
    /// Issuer name (DER) and serial number (content octets).
    IssuerAndSerial {
        /// DER of the name.
        issuer: Vec<u8>,
        /// Content octets.
        serial: Vec<u8>,
    },
    /// Subject key identifier.
    SubjectKeyIdentifier(Vec<u8>),
}

impl SignerIdentifier {
    /// Whether this names that certificate.
    #[must_use]
    pub fn matches(&self, certificate: &Certificate) -> bool {
        match self {
            Self::IssuerAndSerial { issuer, serial } => identifier::has_issuer_and_serial(certificate, issuer, serial),
            Self::SubjectKeyIdentifier(key) => identifier::has_key_identifier(certificate, key),
        }
    }
}

impl From<CertificateId> for SignerIdentifier {
    fn from(id: CertificateId) -> Self {
        match id {
            CertificateId::IssuerAndSerial { issuer, serial } => Self::IssuerAndSerial { issuer, serial },
            CertificateId::SubjectKeyIdentifier(key) => Self::SubjectKeyIdentifier(key),
        }
    }
}

impl std::fmt::Display for SignerIdentifier {
    /// `CN=…, serial 0a1b…` or `key 0a1b…`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::IssuerAndSerial { issuer, serial } => identifier::show_issuer_and_serial(f, issuer, serial),
            Self::SubjectKeyIdentifier(key) => identifier::show_key_identifier(f, key),
        }
    }
}

/// One SignerInfo, unchecked.
#[derive(Debug, Clone)]
pub struct Signature {
    /// Who claims to have signed.
    pub signer: SignerIdentifier,
    /// digestAlgorithm.
    pub digest: Result<DigestAlgorithm, Unsupported>,
    /// signatureAlgorithm as it came.
    pub algorithm: AlgorithmIdentifierOwned,
    /// Signed attributes, if any.
    pub attributes: Option<SignedAttributes>,
    /// The signature value.
    pub value: Vec<u8>,
    /// Types of unsigned attributes.
    pub unsigned: Vec<ObjectIdentifier>,
    /// Signatures over this signature's value (RFC 5652 §11.4), unchecked.
    pub countersignatures: Vec<Signature>,
}

/// Why a signature does not hold or could not be checked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureProblem {
    /// The content differs from what was signed: message-digest attribute against the computed digest.
    #[error("the content's digest differs from the signed one")]
    DigestMismatch,
    /// The signature value does not match.
    #[error("the signature value does not match")]
    SignatureMismatch,
    /// Digest, signature method or key kind not built in.
    #[error(transparent)]
    Unsupported(#[from] Unsupported),
    /// message-digest or content-type attribute missing, duplicated or contradicting (RFC 5652 §5.3, §11).
    #[error("damaged signed attributes: {0}")]
    Attributes(&'static str),
    /// Key or parameters cannot be used.
    #[error("the signer's key cannot be used: {0}")]
    Key(String),
    /// No certificate for the signer is at hand.
    #[error("the signer's certificate is missing")]
    MissingCertificate,
    /// There is no content: a detached signature alone.
    #[error("the signed content is missing")]
    MissingContent,
}

//! SignedData (RFC 5652 §5).

use const_oid::ObjectIdentifier;
use jiff::Timestamp;
use spki::AlgorithmIdentifierOwned;

use super::attributes::SignedAttributes;
use crate::crypto::{DigestAlgorithm, SignatureAlgorithm, Unsupported};
use crate::pki::Certificate;
use crate::source::Source;

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
    /// CRLs, DER.
    pub crls: Vec<Vec<u8>>,
    /// The signers, unchecked.
    pub signers: Vec<Signature>,
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
        let _ = certificate;
        todo!()
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

/// Digests of the content, computed in one pass for all signers.
#[derive(Debug, Clone, Default)]
pub struct Digests(pub Vec<(DigestAlgorithm, Vec<u8>)>);

impl Digests {
    /// Hashes the bytes that `feed` writes, with all of `algorithms` in one pass.
    ///
    /// # Errors
    /// What `feed` gives.
    pub fn compute<E>(
        algorithms: &[DigestAlgorithm],
        feed: impl FnOnce(&mut dyn std::io::Write) -> Result<(), E>,
    ) -> Result<Self, E> {
        let _ = (algorithms, feed);
        todo!()
    }
    /// The digest by that algorithm.
    #[must_use]
    pub fn get(&self, algorithm: DigestAlgorithm) -> Option<&[u8]> {
        self.0.iter().find(|(known, _)| *known == algorithm).map(|(_, value)| value.as_slice())
    }
}

/// A signature that was checked against content and certificate and holds. Only [`Signature::verify`] makes one.
#[derive(Debug, Clone)]
pub struct VerifiedSignature {
    certificate: Certificate,
    algorithm: SignatureAlgorithm,
    digest: DigestAlgorithm,
    signing_time: Option<Timestamp>,
}

impl VerifiedSignature {
    /// Whose key made it.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }
    /// How.
    #[must_use]
    pub fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }
    /// The content's digest algorithm.
    #[must_use]
    pub fn digest(&self) -> DigestAlgorithm {
        self.digest
    }
    /// When, as the signer claims.
    #[must_use]
    pub fn signing_time(&self) -> Option<Timestamp> {
        self.signing_time
    }
}

impl Signature {
    /// Checks this signature over content with these digests (RFC 5652 §5.4, §5.6): attributes well formed, content type
    /// and digest equal, signature value matches, signing-certificate attribute names this certificate.
    ///
    /// # Errors
    /// Why it does not hold or could not be checked.
    pub fn verify(
        &self,
        certificate: &Certificate,
        content_type: &ObjectIdentifier,
        digests: &Digests,
    ) -> Result<VerifiedSignature, SignatureProblem> {
        let _ = (certificate, content_type, digests);
        todo!()
    }
}

//! One certificate, as it came, with the questions that the rest of the program asks of it (RFC 5280 §4).

use std::sync::Arc;

use jiff::Timestamp;
use spki::SubjectPublicKeyInfoOwned;
use x509_cert::certificate::{CertificateInner, Raw};

use crate::mime::address::Address;

/// A parsed certificate together with its exact bytes; cheap to clone. Equality is equality of the bytes.
#[derive(Clone)]
pub struct Certificate {
    inner: Arc<Inner>,
}

struct Inner {
    der: Vec<u8>,
    parsed: CertificateInner<Raw>,
    sha256: [u8; 32],
    // the builder adds what is worth computing once: the range of the to-be-signed bytes, emails, key usage, …
}

/// Why bytes are no certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("damaged certificate: {0}")]
pub struct DamagedCertificate(pub String);

/// What a key may be used for (RFC 5280 §4.2.1.3); an absent extension allows everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub struct KeyUsage {
    pub digital_signature: bool,
    pub non_repudiation: bool,
    pub key_encipherment: bool,
    pub key_agreement: bool,
    pub key_cert_sign: bool,
    pub crl_sign: bool,
}

impl Certificate {
    /// Parses one certificate; BER is brought into DER form only if DER parsing fails.
    ///
    /// # Errors
    /// When it is none.
    pub fn from_der(der: &[u8]) -> Result<Self, DamagedCertificate> {
        let _ = der;
        todo!()
    }
    /// The bytes as they came.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.inner.der
    }
    /// The parsed structure.
    #[must_use]
    pub fn parsed(&self) -> &CertificateInner<Raw> {
        &self.inner.parsed
    }
    /// The to-be-signed bytes exactly as they stand in [`Certificate::der`].
    #[must_use]
    pub fn tbs(&self) -> &[u8] {
        todo!()
    }
    /// SHA-256 of the bytes.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        self.inner.sha256
    }
    /// [`Certificate::sha256`] in lower-case hexadecimal.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        todo!()
    }
    /// The public key.
    #[must_use]
    pub fn public_key(&self) -> &SubjectPublicKeyInfoOwned {
        self.inner.parsed.tbs_certificate().subject_public_key_info()
    }
    /// The subject as people read it: RFC 4514 order reversed to most significant first is not done; `CN=…, O=…, C=…`.
    #[must_use]
    pub fn subject(&self) -> String {
        todo!()
    }
    /// The issuer, likewise.
    #[must_use]
    pub fn issuer(&self) -> String {
        todo!()
    }
    /// A short name: common name, else pseudonym/given name + surname, else first address, else organisation, else subject;
    /// without control or bidirectional characters.
    #[must_use]
    pub fn name(&self) -> String {
        todo!()
    }
    /// The issuer's short name (common name, else organisation).
    #[must_use]
    pub fn issuer_name(&self) -> String {
        todo!()
    }
    /// DER of the issuer name, for matching.
    #[must_use]
    pub fn issuer_der(&self) -> Vec<u8> {
        todo!()
    }
    /// DER of the subject name, for matching.
    #[must_use]
    pub fn subject_der(&self) -> Vec<u8> {
        todo!()
    }
    /// The serial number's content octets.
    #[must_use]
    pub fn serial(&self) -> &[u8] {
        todo!()
    }
    /// The serial number in lower-case hexadecimal, no leading zero octet.
    #[must_use]
    pub fn serial_hex(&self) -> String {
        todo!()
    }
    /// Start of validity.
    #[must_use]
    pub fn not_before(&self) -> Timestamp {
        todo!()
    }
    /// End of validity (inclusive).
    #[must_use]
    pub fn not_after(&self) -> Timestamp {
        todo!()
    }
    /// Addresses in the order that RFC 8550 §3 asks for: subjectAltName rfc822Name and SmtpUTF8Mailbox (RFC 9598), else
    /// the subject's emailAddress attribute.
    #[must_use]
    pub fn addresses(&self) -> Vec<Address> {
        todo!()
    }
    /// The subjectKeyIdentifier extension's value.
    #[must_use]
    pub fn subject_key_identifier(&self) -> Option<Vec<u8>> {
        todo!()
    }
    /// Whether basicConstraints says CA.
    #[must_use]
    pub fn is_ca(&self) -> bool {
        todo!()
    }
    /// Subject and issuer are equal.
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        todo!()
    }
    /// The keyUsage extension, `None` when absent.
    #[must_use]
    pub fn key_usage(&self) -> Option<KeyUsage> {
        todo!()
    }
    /// Whether extKeyUsage allows mail: absent, emailProtection or any (RFC 8550 §4.4.4).
    #[must_use]
    pub fn is_for_mail(&self) -> bool {
        todo!()
    }
    /// Whether mail may be encrypted to this key: for mail, not a CA, and keyEncipherment (RSA) or keyAgreement (EC) when
    /// keyUsage is present.
    #[must_use]
    pub fn can_encrypt(&self) -> bool {
        todo!()
    }
    /// Whether mail may be signed with this key: for mail, and digitalSignature or nonRepudiation when keyUsage is present.
    #[must_use]
    pub fn can_sign(&self) -> bool {
        todo!()
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.inner.der == other.inner.der
    }
}
impl Eq for Certificate {}
impl std::hash::Hash for Certificate {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.inner.sha256.hash(state);
    }
}
impl std::fmt::Debug for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Certificate").field(&self.subject()).finish()
    }
}

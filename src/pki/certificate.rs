//! One certificate, as it came, with the questions that the rest of the program asks of it (RFC 5280 §4).

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use der::Decode;
use jiff::Timestamp;
use spki::SubjectPublicKeyInfoOwned;
use x509_cert::certificate::{CertificateInner, Raw};

use super::extensions::Extensions;
use super::fields::Fields;
use super::name::{self, Name};
use super::remembered::Remembered;
use super::values::Value;
use crate::asn1;
use crate::crypto::{DigestAlgorithm, SignatureAlgorithm, dsa, hex};
use crate::mime::address::{Address, Mailbox, misleading_display};
use crate::mime::header::one_line;

/// A parsed certificate together with its exact bytes; cheap to clone. Equality is equality of the bytes.
#[derive(Clone)]
pub struct Certificate {
    inner: Arc<Inner>,
    /// The public key, where what stands in the certificate is not all of it.
    key: Option<Arc<SubjectPublicKeyInfoOwned>>,
}

struct Inner {
    der: Vec<u8>,
    parsed: CertificateInner<Raw>,
    sha256: [u8; 32],
    tbs: Range<usize>,
    serial: Range<usize>,
    not_before: Timestamp,
    not_after: Timestamp,
    issuer: Part,
    subject: Part,
    extensions: Extensions,
    addresses: OnceLock<Vec<Address>>,
}

/// A name and where it stands.
struct Part {
    range: Range<usize>,
    name: Name,
    key: Vec<u8>,
}

impl Part {
    fn parse(value: &Value<'_>) -> Result<Self, asn1::Error> {
        let name = Name::parse(value.bytes())?;
        Ok(Self { range: value.range(), key: name.key(), name })
    }
}

/// Bytes of the certificates that are remembered, each with what it takes besides; parsed, they take a few times as much.
const REMEMBERED: usize = 1024 * 1024;
const BESIDES: usize = 1024;

fn sha256(der: &[u8]) -> [u8; 32] {
    DigestAlgorithm::Sha256.digest(der).try_into().unwrap_or_default()
}

/// Why bytes are no certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("damaged certificate: {0}")]
pub struct DamagedCertificate(pub String);

impl From<asn1::Error> for DamagedCertificate {
    fn from(error: asn1::Error) -> Self {
        Self(error.to_string())
    }
}

impl Certificate {
    /// The most bytes of a certificate: keys and signatures of the largest algorithms fit several times.
    pub const MAX_LEN: usize = 4 * 1024 * 1024;

    /// Parses one certificate with nothing behind it. BER is brought into DER form only if it cannot be read as DER; what
    /// stands in [`Certificate::der`], and what its signature is checked over, is the DER form then, as X.509 says.
    ///
    /// What is common in the field is accepted here, and judged where a path is validated: negative and long serial numbers,
    /// empty names, extensions that are damaged or there twice (they never allow anything).
    ///
    /// # Errors
    /// When it is none.
    pub fn from_der(der: &[u8]) -> Result<Self, DamagedCertificate> {
        if der.len() > Self::MAX_LEN {
            return Err(DamagedCertificate("it is too large".to_owned()));
        }
        Self::parse(der).or_else(|error| match asn1::to_der(der, &asn1::Limits::default()) {
            Ok(normal) if normal != der => Self::parse(&normal),
            _ => Err(error),
        })
    }

    /// As [`Certificate::from_der`]; what was parsed before is not parsed again.
    ///
    /// # Errors
    /// When it is none.
    pub(crate) fn from_der_once(der: &[u8]) -> Result<Self, DamagedCertificate> {
        static PARSED: Remembered<[u8; 32], Result<Certificate, DamagedCertificate>> = Remembered::new(REMEMBERED);
        PARSED.once(sha256(der), der.len() + BESIDES, || Self::from_der(der))
    }

    fn parse(der: &[u8]) -> Result<Self, DamagedCertificate> {
        let fields = Fields::parse(der)?;
        let damaged = |error: der::Error| DamagedCertificate(error.to_string());
        let parsed = match CertificateInner::from_der(der) {
            Ok(parsed) => parsed,
            Err(_) => CertificateInner::from_der(&fields.strict()?).map_err(damaged)?,
        };
        let inner = Inner {
            der: der.to_vec(),
            parsed,
            sha256: sha256(der),
            tbs: fields.tbs.range(),
            serial: fields.serial.content_range(),
            not_before: fields.not_before,
            not_after: fields.not_after,
            issuer: Part::parse(&fields.issuer)?,
            subject: Part::parse(&fields.subject)?,
            extensions: fields.extensions()?,
            addresses: OnceLock::new(),
        };
        Ok(Self { inner: Arc::new(inner), key: None })
    }

    fn part(&self, range: &Range<usize>) -> &[u8] {
        self.inner.der.get(range.clone()).unwrap_or_default()
    }

    pub(super) fn extensions(&self) -> &Extensions {
        &self.inner.extensions
    }

    pub(super) fn subject_name(&self) -> &Name {
        &self.inner.subject.name
    }

    /// The bytes as they came.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.inner.der
    }

    /// The parsed structure. Where the decoder does not know a form that stands in the certificate (times before 1970, rare types
    /// of strings), the nearest that it knows stands here, and sets in names are sorted: what is exact are the other methods.
    #[must_use]
    pub fn parsed(&self) -> &CertificateInner<Raw> {
        &self.inner.parsed
    }

    /// The to-be-signed bytes exactly as they stand in [`Certificate::der`].
    #[must_use]
    pub fn tbs(&self) -> &[u8] {
        self.part(&self.inner.tbs)
    }

    /// SHA-256 of the bytes.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        self.inner.sha256
    }

    /// [`Certificate::sha256`] in lower-case hexadecimal.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hex::encode(&self.inner.sha256)
    }

    /// The public key; in the certificates of a path with what it takes from its issuer's.
    #[must_use]
    pub fn public_key(&self) -> &SubjectPublicKeyInfoOwned {
        self.key.as_deref().unwrap_or_else(|| self.inner.parsed.tbs_certificate().subject_public_key_info())
    }

    /// Whether the public key is one of DSA that has its parameters from its issuer's key (RFC 3279 §2.3.2), and needs them.
    #[must_use]
    pub fn inherits_parameters(&self) -> bool {
        dsa::inherits(self.public_key())
    }

    /// The same certificate with the parameters that it takes from its issuer.
    pub(super) fn with_parameters_of(&self, issuer: &Self) -> Option<Self> {
        let key = dsa::inherit(self.public_key(), issuer.public_key())?;
        Some(Self { inner: Arc::clone(&self.inner), key: Some(Arc::new(key)) })
    }

    /// The subject as people read it, in the order of RFC 4514 (the most specific first): `CN=…, O=…, C=…`.
    #[must_use]
    pub fn subject(&self) -> String {
        self.inner.subject.name.to_string()
    }

    /// The issuer, likewise.
    #[must_use]
    pub fn issuer(&self) -> String {
        self.inner.issuer.name.to_string()
    }

    /// A short name: common name, else pseudonym, else given name and surname, else first address, else organisation, else
    /// subject, else serial number; without control or bidirectional characters.
    #[must_use]
    pub fn name(&self) -> String {
        let subject = &self.inner.subject.name;
        let personal = || {
            let parts = [name::GIVEN_NAME, name::SURNAME].map(|kind| subject.first(kind));
            Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" ")).filter(|name| !name.is_empty())
        };
        let address = || self.mailboxes().first().map(|text| one_line(text)).filter(|text| !text.is_empty());
        // A name that shows an address is none unless the certificate has that address.
        let addresses = self.addresses();
        let honest = |name: &String| {
            let shows = |address: &Address| Mailbox { display: Some(name.clone()), address: address.clone() };
            addresses.is_empty() || addresses.iter().any(|address| misleading_display(&shows(address)).is_none())
        };
        let found = subject
            .first(name::COMMON_NAME)
            .filter(honest)
            .or_else(|| subject.first(name::PSEUDONYM))
            .or_else(personal);
        let found = found.or_else(address).or_else(|| subject.first(name::ORGANIZATION));
        found.or_else(|| Some(self.subject()).filter(|text| !text.is_empty())).unwrap_or_else(|| self.serial_hex())
    }

    /// Whether it names exactly this address.
    #[must_use]
    pub fn names(&self, address: &Address) -> bool {
        self.addresses().iter().any(|named| named.same(address))
    }

    /// Whether it names this address, with whatever upper and lower case before the @.
    #[must_use]
    pub fn names_but_for_case(&self, address: &Address) -> bool {
        self.addresses().iter().any(|named| named.same_but_for_case(address))
    }

    /// The issuer's short name (common name, else organisation, else all of it).
    #[must_use]
    pub fn issuer_name(&self) -> String {
        self.inner.issuer.name.short()
    }

    /// DER of the issuer name exactly as it stands, for IssuerAndSerialNumber.
    #[must_use]
    pub fn issuer_der(&self) -> &[u8] {
        self.part(&self.inner.issuer.range)
    }

    /// DER of the subject name exactly as it stands.
    #[must_use]
    pub fn subject_der(&self) -> &[u8] {
        self.part(&self.inner.subject.range)
    }

    /// Equal for the names that are the same issuer, however they are encoded (RFC 5280 §7.1); for comparison only.
    #[must_use]
    pub fn issuer_key(&self) -> &[u8] {
        &self.inner.issuer.key
    }

    /// Likewise for the subject: an issuer's equals the [`Certificate::issuer_key`] of what it issued.
    #[must_use]
    pub fn subject_key(&self) -> &[u8] {
        &self.inner.subject.key
    }

    /// The serial number's content octets.
    #[must_use]
    pub fn serial(&self) -> &[u8] {
        self.part(&self.inner.serial)
    }

    /// The serial number in lower-case hexadecimal, no leading zero octet.
    #[must_use]
    pub fn serial_hex(&self) -> String {
        match self.serial() {
            [0, rest @ ..] if !rest.is_empty() => hex::encode(rest),
            serial => hex::encode(serial),
        }
    }

    /// Start of validity.
    #[must_use]
    pub fn not_before(&self) -> Timestamp {
        self.inner.not_before
    }

    /// End of validity (inclusive). A certificate without one (RFC 5280 §4.1.2.5: 99991231235959Z) has the last time there is.
    #[must_use]
    pub fn not_after(&self) -> Timestamp {
        self.inner.not_after
    }

    /// Addresses in the order that RFC 8550 §3 asks for: subjectAltName rfc822Name and SmtpUTF8Mailbox (RFC 9598), only if
    /// there is neither the subject's emailAddress attributes. What is no address is left out.
    #[must_use]
    pub fn addresses(&self) -> Vec<Address> {
        let find = || {
            let mut seen = std::collections::HashSet::new();
            let addresses = self.mailboxes().into_iter().filter_map(|text| Address::parse(&text));
            addresses.filter(|address| seen.insert(address.clone())).collect()
        };
        self.inner.addresses.get_or_init(find).clone()
    }

    /// What should be [`Certificate::addresses`], as it stands.
    fn mailboxes(&self) -> Vec<String> {
        self.inner.extensions.mailboxes().unwrap_or_else(|| {
            let attributes = self.inner.subject.name.all(name::EMAIL_ADDRESS);
            attributes.filter(|text| !text.chars().any(char::is_control)).map(str::to_owned).collect()
        })
    }

    /// The subjectKeyIdentifier extension's value.
    #[must_use]
    pub fn subject_key_identifier(&self) -> Option<Vec<u8>> {
        self.inner.extensions.subject_key_identifier.clone()
    }

    /// Whether its validity includes a time: both ends belong to it, the last second to its end (RFC 5280 §4.1.2.5).
    #[must_use]
    pub fn is_valid_at(&self, time: Timestamp) -> bool {
        self.not_before() <= time && !self.is_over_at(time)
    }

    /// Whether its validity has ended at a time.
    #[must_use]
    pub fn is_over_at(&self, time: Timestamp) -> bool {
        time.as_second() > self.not_after().as_second()
    }

    /// Whether basicConstraints says CA.
    #[must_use]
    pub fn is_ca(&self) -> bool {
        self.inner.extensions.basic.is_some_and(|basic| basic.ca)
    }

    /// Subject and issuer are the same name.
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        self.issuer_key() == self.subject_key()
    }

    /// Whether it is signed with a digest that can be forged today (MD5, SHA-1).
    #[must_use]
    pub fn is_weakly_signed(&self) -> bool {
        let algorithm = SignatureAlgorithm::from_x509(self.inner.parsed.signature_algorithm());
        algorithm.is_ok_and(|algorithm| algorithm.digest().is_some_and(DigestAlgorithm::is_weak))
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

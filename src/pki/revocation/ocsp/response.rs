//! The answer of a responder, unchecked.

use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5280, rfc6960};
use der::Decode;
use jiff::Timestamp;
use spki::AlgorithmIdentifierOwned;

use super::{NONCE, key_hash};
use crate::asn1::{Error, Limits, tag, to_der};
use crate::crypto::signature::{Input, verify};
use crate::crypto::{DigestAlgorithm, Error as CryptoError, SignatureAlgorithm};
use crate::pki::Certificate;
use crate::pki::extensions::Extension;
use crate::pki::fields::time;
use crate::pki::name::Name;
use crate::pki::revocation::reason::Reason;
use crate::pki::values::{Value, Values};

/// The most bytes of an answer.
const LARGEST: usize = 4 * 1024 * 1024;

/// The most certificates in an answer that are looked at.
const MOST_CERTIFICATES: usize = 16;

/// Why bytes are no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DamagedResponse {
    /// The responder says that it does not answer; its words for that (RFC 6960 §4.2.1), such as `tryLater`.
    #[error("the responder says: {0}")]
    Unsuccessful(&'static str),
    /// It is damaged, or of a kind that is not known.
    #[error("damaged answer: {0}")]
    Damaged(String),
}

impl From<Error> for DamagedResponse {
    fn from(error: Error) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// Who answered (RFC 6960 §4.2.1, ResponderID).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pki::revocation) enum Responder {
    /// By name; what equal names have in common.
    Name(Vec<u8>),
    /// By the SHA-1 digest of the key.
    Key(Vec<u8>),
}

impl Responder {
    pub fn is(&self, certificate: &Certificate) -> bool {
        match self {
            Self::Name(key) => certificate.subject_key() == key,
            Self::Key(hash) => key_hash(DigestAlgorithm::Sha1, certificate) == *hash,
        }
    }
}

/// A BasicOCSPResponse, unchecked.
#[derive(Debug, Clone)]
pub struct Response {
    tbs: Vec<u8>,
    algorithm: AlgorithmIdentifierOwned,
    signature: Vec<u8>,
    responder: Responder,
    singles: Vec<Single>,
    nonce: Option<Vec<u8>>,
    certificates: Vec<Certificate>,
}

/// What is said of one certificate.
#[derive(Debug, Clone)]
pub(in crate::pki::revocation) struct Single {
    digest: Option<DigestAlgorithm>,
    name_hash: Vec<u8>,
    key_hash: Vec<u8>,
    serial: Vec<u8>,
    pub state: State,
    pub this_update: Timestamp,
    pub next_update: Option<Timestamp>,
    /// The responder keeps certificates that expired since then (RFC 6960 §4.4.4).
    pub archive_cutoff: Option<Timestamp>,
    /// It has a critical extension that is not known.
    pub unknown_critical: bool,
}

/// ```text
/// CertStatus ::= CHOICE { good [0] IMPLICIT NULL, revoked [1] IMPLICIT RevokedInfo, unknown [2] IMPLICIT UnknownInfo }
/// RevokedInfo ::= SEQUENCE { revocationTime GeneralizedTime, revocationReason [0] EXPLICIT CRLReason OPTIONAL }
/// ```
/// (RFC 6960 §4.2.1)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pki::revocation) enum State {
    Good,
    Revoked { at: Timestamp, reason: Reason },
    Unknown,
}

impl Response {
    /// Reads an OCSPResponse; also a bare BasicOCSPResponse, as some messages carry it.
    ///
    /// ```text
    /// OCSPResponse ::= SEQUENCE { responseStatus OCSPResponseStatus, responseBytes [0] EXPLICIT ResponseBytes OPTIONAL }
    /// ResponseBytes ::= SEQUENCE { responseType OBJECT IDENTIFIER, response OCTET STRING }
    /// ```
    /// (RFC 6960 §4.2.1)
    ///
    /// # Errors
    /// When it is none, or none that answers.
    pub fn read(bytes: &[u8]) -> Result<Self, DamagedResponse> {
        let der = to_der(bytes, &Limits { structure_bytes: LARGEST, ..Limits::default() })?;
        let mut fields = Values::only(&der, tag::SEQUENCE)?;
        let Some(status) = fields.next_if(|header| header.is_universal(ENUMERATED))? else {
            return Self::basic(&der);
        };
        if status.content() != [0] {
            return Err(DamagedResponse::Unsuccessful(unsuccessful(status.content())));
        }
        let bytes = fields.next_if(|header| header.is_context(0))?.ok_or(missing(&status, "responseBytes"))?;
        let mut bytes = bytes.inside().expect(tag::SEQUENCE, "responseBytes")?.inside();
        if bytes.expect(tag::OID, "responseType")?.oid() != Some(rfc6960::ID_PKIX_OCSP_BASIC) {
            return Err(DamagedResponse::Damaged("another kind of answer than the basic one".to_owned()));
        }
        Self::basic(bytes.expect(tag::OCTET_STRING, "the response")?.content())
    }

    /// ```text
    /// BasicOCSPResponse ::= SEQUENCE { tbsResponseData ResponseData, signatureAlgorithm AlgorithmIdentifier,
    ///     signature BIT STRING, certs [0] EXPLICIT SEQUENCE OF Certificate OPTIONAL }
    /// ResponseData ::= SEQUENCE { version [0] EXPLICIT Version DEFAULT v1, responderID ResponderID,
    ///     producedAt GeneralizedTime, responses SEQUENCE OF SingleResponse, responseExtensions [1] EXPLICIT Extensions OPTIONAL }
    /// ResponderID ::= CHOICE { byName [1] Name, byKey [2] KeyHash }
    /// ```
    /// (RFC 6960 §4.2.1)
    fn basic(bytes: &[u8]) -> Result<Self, DamagedResponse> {
        let mut fields = Values::only(bytes, tag::SEQUENCE)?;
        let tbs = fields.expect(tag::SEQUENCE, "tbsResponseData")?;
        let algorithm = fields.expect(tag::SEQUENCE, "signatureAlgorithm")?;
        let signature = fields.expect(tag::BIT_STRING, "the signature")?;
        let certificates = fields.next_if(|header| header.is_context(0))?;
        let damaged = |error: der::Error| DamagedResponse::Damaged(error.to_string());

        let mut data = tbs.inside();
        data.next_if(|header| header.is_context(0))?;
        let who = data.any()?;
        let inside = who.inside().any()?;
        let responder = match who.header.number {
            1 => Responder::Name(Name::parse(inside.bytes())?.key()),
            2 => Responder::Key(inside.content().to_vec()),
            _ => return Err(missing(&who, "responderID").into()),
        };
        data.expect(tag::GENERALIZED_TIME, "producedAt")?;
        let responses = data.expect(tag::SEQUENCE, "responses")?;
        let singles = responses.inside().map(|single| Single::parse(&single?)).collect::<Result<_, Error>>()?;
        let mut nonce = None;
        if let Some(extensions) = data.next_if(|header| header.is_context(1))? {
            for extension in extensions.inside().expect(tag::SEQUENCE, "responseExtensions")?.inside() {
                let extension = Extension::parse(&extension?)?;
                match extension.id.oid() {
                    Some(NONCE) => nonce = Some(extension.value.content().to_vec()),
                    _ if extension.critical => {
                        return Err(DamagedResponse::Damaged("a critical extension that is not known".to_owned()));
                    }
                    _ => {}
                }
            }
        }
        let certificates = certificates.map(|certificates| certificates.inside().any()).transpose()?;
        let certificates = certificates.into_iter().flat_map(|certificates| certificates.inside());
        Ok(Self {
            tbs: tbs.bytes().to_vec(),
            algorithm: AlgorithmIdentifierOwned::from_der(algorithm.bytes()).map_err(damaged)?,
            signature: signature.content().get(1..).unwrap_or_default().to_vec(),
            responder,
            singles,
            nonce,
            certificates: certificates
                .map_while(Result::ok)
                .take(MOST_CERTIFICATES)
                .filter_map(|certificate| Certificate::from_der(certificate.bytes()).ok())
                .collect(),
        })
    }

    pub(in crate::pki::revocation) fn responder(&self) -> &Responder {
        &self.responder
    }

    /// Certificates that came with it.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// The value of the nonce extension.
    pub(in crate::pki::revocation) fn nonce(&self) -> Option<&[u8]> {
        self.nonce.as_deref()
    }

    /// What it says of a certificate; of several sayings the latest.
    pub(in crate::pki::revocation) fn about(&self, certificate: &Certificate, issuer: &Certificate) -> Option<&Single> {
        let about = self.singles.iter().filter(|single| single.is_about(certificate, issuer));
        about.max_by_key(|single| single.this_update)
    }

    /// Whether it is signed with the key of a certificate.
    pub(in crate::pki::revocation) fn check_signature(&self, signer: &Certificate) -> Result<(), CryptoError> {
        let algorithm = SignatureAlgorithm::from_x509(&self.algorithm)?;
        verify(signer.public_key(), algorithm, Input::Message(&self.tbs), &self.signature)
    }
}

/// The universal tag ENUMERATED.
const ENUMERATED: u32 = 10;

fn missing(near: &Value<'_>, expected: &'static str) -> Error {
    Error::Unexpected { offset: near.header.offset, expected }
}

/// ```text
/// OCSPResponseStatus ::= ENUMERATED { successful (0), malformedRequest (1), internalError (2), tryLater (3), sigRequired (5),
///     unauthorized (6) }
/// ```
/// (RFC 6960 §4.2.1)
fn unsuccessful(status: &[u8]) -> &'static str {
    match status {
        [1] => "malformedRequest",
        [2] => "internalError",
        [3] => "tryLater",
        [5] => "sigRequired",
        [6] => "unauthorized",
        _ => "unknown",
    }
}

impl Single {
    /// ```text
    /// SingleResponse ::= SEQUENCE { certID CertID, certStatus CertStatus, thisUpdate GeneralizedTime,
    ///     nextUpdate [0] EXPLICIT GeneralizedTime OPTIONAL, singleExtensions [1] EXPLICIT Extensions OPTIONAL }
    /// ```
    /// (RFC 6960 §4.2.1)
    fn parse(single: &Value<'_>) -> Result<Self, Error> {
        let mut fields = single.inside();
        let mut id = fields.expect(tag::SEQUENCE, "certID")?.inside();
        let digest = id.expect(tag::SEQUENCE, "hashAlgorithm")?.inside().expect(tag::OID, "hashAlgorithm")?.oid();
        let name_hash = id.expect(tag::OCTET_STRING, "issuerNameHash")?.content().to_vec();
        let key_hash = id.expect(tag::OCTET_STRING, "issuerKeyHash")?.content().to_vec();
        let serial = id.expect(tag::INTEGER, "serialNumber")?.content().to_vec();
        let status = fields.any()?;
        let state = match status.header {
            header if header.is_context(0) => State::Good,
            header if header.is_context(1) => {
                let mut revoked = status.inside();
                let at = time(&revoked.any()?)?;
                let reason = revoked.next_if(|header| header.is_context(0))?;
                let reason = reason.map(|reason| reason.inside().any()).transpose()?;
                State::Revoked { at, reason: reason.map_or(Reason::Unspecified, |reason| Reason::of(reason.content())) }
            }
            _ => State::Unknown,
        };
        let this_update = time(&fields.any()?)?;
        let next_update = fields.next_if(|header| header.is_context(0))?;
        let next_update = next_update.map(|value| time(&value.inside().any()?)).transpose()?;
        let (mut archive_cutoff, mut unknown_critical) = (None, false);
        if let Some(extensions) = fields.next_if(|header| header.is_context(1))? {
            for extension in extensions.inside().expect(tag::SEQUENCE, "singleExtensions")?.inside() {
                let extension = Extension::parse(&extension?)?;
                match extension.id.oid() {
                    Some(rfc6960::ID_PKIX_OCSP_ARCHIVE_CUTOFF) => {
                        archive_cutoff =
                            Values::of(extension.value.content()).any().and_then(|value| time(&value)).ok();
                    }
                    // What a list's entry may say, an answer may say too (RFC 6960 §4.4.5).
                    Some(rfc5280::ID_CE_CRL_REASONS | rfc5280::ID_CE_INVALIDITY_DATE) => {}
                    _ => unknown_critical |= extension.critical,
                }
            }
        }
        Ok(Self {
            digest: digest.and_then(|oid: ObjectIdentifier| DigestAlgorithm::from_oid(&oid).ok()),
            name_hash,
            key_hash,
            serial,
            state,
            this_update,
            next_update,
            archive_cutoff,
            unknown_critical,
        })
    }

    /// Whether this is about a certificate of that issuer; names and keys are compared by the digest that the responder chose.
    fn is_about(&self, certificate: &Certificate, issuer: &Certificate) -> bool {
        self.serial == certificate.serial()
            && self.digest.is_some_and(|digest| {
                key_hash(digest, issuer) == self.key_hash
                    && [certificate.issuer_der(), issuer.subject_der()]
                        .iter()
                        .any(|name| digest.digest(name) == self.name_hash)
            })
    }
}

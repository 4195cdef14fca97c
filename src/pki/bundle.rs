//! Certificates from files: PEM (with any text around), DER, .p7b / .p7c bundles.

use const_oid::db::rfc5911::ID_SIGNED_DATA;
use der::Encode;

use super::Certificate;
use crate::asn1::{Cursor, Error, Limits, tag};
use crate::crypto::pem;
use crate::source::Source;

/// The most certificates in one file.
const MOST: usize = 10_000;

/// Why no certificate could be read from a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// Nothing in it looks like a certificate.
    #[error("no certificate in it")]
    Nothing,
    /// A certificate is damaged.
    #[error("certificate {number} in it is damaged: {reason}")]
    Damaged {
        /// Counted from 1.
        number: usize,
        /// What is wrong.
        reason: String,
    },
}

/// All certificates in the bytes of a file, in order: PEM blocks of certificates and of PKCS #7 or CMS messages, or one or more
/// certificates or such messages in BER, or those in base64 without any frame.
///
/// # Errors
/// When there is none, or one is damaged.
pub fn certificates(bytes: &[u8]) -> Result<Vec<Certificate>, BundleError> {
    let mut found = Found::default();
    if let Some(text) = pem::text(bytes) {
        found.pem(&text)?;
    } else if bytes.first() == Some(&SEQUENCE_OCTET) {
        found.binary(bytes)?;
    } else if let Some(bytes) = bare_base64(bytes) {
        found.binary(&bytes)?;
    }
    if found.certificates.is_empty() { Err(BundleError::Nothing) } else { Ok(found.certificates) }
}

/// The identifier of SEQUENCE.
const SEQUENCE_OCTET: u8 = 0x30;

/// Base64 without a frame, if the text is that and a SEQUENCE lies in it.
fn bare_base64(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}');
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte) || byte.is_ascii_whitespace();
    if !text.bytes().all(fits) {
        return None;
    }
    let framed = format!("-----BEGIN CMS-----\n{text}\n-----END CMS-----\n");
    let bytes = pem::blocks(&framed).next()?.decode().ok()?;
    Some(bytes.to_vec()).filter(|bytes| bytes.first() == Some(&SEQUENCE_OCTET))
}

#[derive(Default)]
struct Found {
    certificates: Vec<Certificate>,
}

impl Found {
    fn damaged(&self, reason: impl ToString) -> BundleError {
        BundleError::Damaged { number: self.certificates.len() + 1, reason: reason.to_string() }
    }

    fn add(&mut self, bytes: &[u8]) -> Result<(), BundleError> {
        if self.certificates.len() >= MOST {
            return Err(self.damaged("more certificates than allowed"));
        }
        let certificate = Certificate::from_der(bytes).map_err(|error| self.damaged(error.0))?;
        self.certificates.push(certificate);
        Ok(())
    }

    fn pem(&mut self, text: &str) -> Result<(), BundleError> {
        let mut rest = pem::beginnings(text);
        for block in pem::blocks(text) {
            rest -= 1;
            match block.label {
                "CERTIFICATE" | "X509 CERTIFICATE" | "PKCS7" | "PKCS #7 SIGNED DATA" | "CMS" => {
                    let bytes = block.decode().map_err(|error| self.damaged(error))?;
                    let before = self.certificates.len();
                    self.binary(&bytes)?;
                    if self.certificates.len() == before && block.label.ends_with("CERTIFICATE") {
                        return Err(self.damaged("something else stands in its place"));
                    }
                }
                // What openssl says about its trust follows the certificate.
                "TRUSTED CERTIFICATE" => {
                    let bytes = block.decode().map_err(|error| self.damaged(error))?;
                    let mut cursor = Cursor::new(Source::from_bytes(bytes.to_vec()), limits(bytes.len()));
                    let certificate = cursor.take_raw().map_err(|error| self.damaged(error))?;
                    self.add(&certificate)?;
                }
                _ => {}
            }
        }
        let cut = text.rsplit("-----BEGIN ").next().is_some_and(|last| last.contains("CERTIFICATE-----"));
        if rest > 0 && cut { Err(self.damaged("it is cut short")) } else { Ok(()) }
    }

    /// One or more values, one behind the other.
    fn binary(&mut self, bytes: &[u8]) -> Result<(), BundleError> {
        let mut cursor = Cursor::new(Source::from_bytes(bytes), limits(bytes.len()));
        loop {
            let rest = usize::try_from(cursor.offset()).ok().and_then(|offset| bytes.get(offset..)).unwrap_or_default();
            if rest.iter().all(|byte| *byte == 0 || byte.is_ascii_whitespace()) {
                return Ok(());
            }
            let value = cursor.take_raw().map_err(|error| self.damaged(error))?;
            let mut inside = Cursor::new(Source::from_bytes(value.as_slice()), limits(value.len()));
            let first = inside.enter().and_then(|_| inside.peek()).ok().flatten();
            match first {
                Some(first) if first.is_universal(tag::SEQUENCE) => self.add(&value)?,
                Some(first) if first.is_universal(tag::OID) => {
                    let signed = signed_data(&mut inside).map_err(|error| self.damaged(error))?;
                    signed.iter().try_for_each(|certificate| self.add(certificate))?;
                }
                // A key, a PKCS #12 file or something else.
                _ => {}
            }
        }
    }
}

fn limits(structure_bytes: usize) -> Limits {
    Limits { structure_bytes, ..Limits::default() }
}

/// Goes from the inside of a ContentInfo to what follows encapContentInfo in a SignedData (RFC 5652 §5.1); false for other
/// content.
pub(super) fn enter_signed_data(cursor: &mut Cursor) -> Result<bool, Error> {
    if ID_SIGNED_DATA.to_der().ok() != Some(cursor.take_der()?) {
        return Ok(false);
    }
    cursor.enter()?;
    cursor.enter()?;
    for _field in ["version", "digestAlgorithms", "encapContentInfo"] {
        cursor.skip()?;
    }
    Ok(true)
}

/// The certificates of a SignedData; none for other content. The cursor stands inside the ContentInfo.
///
/// ```text
/// ContentInfo ::= SEQUENCE { contentType ContentType, content [0] EXPLICIT ANY DEFINED BY contentType }
/// SignedData ::= SEQUENCE { version CMSVersion, digestAlgorithms DigestAlgorithmIdentifiers,
///     encapContentInfo EncapsulatedContentInfo, certificates [0] IMPLICIT CertificateSet OPTIONAL, … }
/// CertificateChoices ::= CHOICE { certificate Certificate, extendedCertificate [0] IMPLICIT ExtendedCertificate,
///     v1AttrCert [1] IMPLICIT …, v2AttrCert [2] IMPLICIT …, other [3] IMPLICIT … }
/// ```
/// (RFC 5652 §3, §5.1, §10.2.2)
fn signed_data(cursor: &mut Cursor) -> Result<Vec<Vec<u8>>, Error> {
    let mut found = Vec::new();
    if enter_signed_data(cursor)? && cursor.peek()?.is_some_and(|header| header.is_context(0)) {
        cursor.enter()?;
        while let Some(header) = cursor.peek()? {
            if header.is_universal(tag::SEQUENCE) {
                found.push(cursor.take_raw()?);
            } else {
                cursor.skip()?;
            }
        }
    }
    Ok(found)
}

//! Writing SignedData (RFC 5652 §5, RFC 8551 §2).

use std::io::{self, Write};
use std::time::Duration;

use ::cms::content_info::ContentInfo;
use ::cms::signed_data::EncapsulatedContentInfo;
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911;
use der::asn1::{Any, AnyRef, GeneralizedTime, OctetStringRef, UtcTime};
use der::{Decode, Encode};
use jiff::Timestamp;

use super::pieces::Pieces;
use super::{CLOSE, OPEN_CONTEXT_0, OPEN_OCTETS, OPEN_SEQUENCE, Signer, WriteError, issuer_and_serial};
use crate::asn1::tlv;
use crate::cms::structure::{EssCertId, SignerInfo, SigningCertificate, SmimeCapability, Values, sorted};
use crate::crypto::signature::Input;
use crate::crypto::{ContentCipher, DigestAlgorithm, Error, Hasher};
use crate::pki::Certificate;

/// A detached signature (DER) over content with this digest: signed attributes content-type, message-digest,
/// signing-time, sMIMECapabilities, signing-certificate-v2 (RFC 5035).
///
/// # Errors
/// When the key refuses or encoding fails.
pub fn detached(
    signer: &Signer<'_>,
    content_type: ObjectIdentifier,
    content_digest: &[u8],
) -> Result<Vec<u8>, WriteError> {
    check(signer)?;
    let content = without_content(content_type)?;
    let signed_data = tlv(
        0x30,
        &[
            &version(content_type),
            &digest_algorithms(signer.digest)?,
            &content,
            &certificates(std::iter::once(signer.certificate).chain(signer.chain)),
            &tlv(0x31, &[&signer_info(signer, content_type, content_digest)?]),
        ],
    );
    content_info(&signed_data)
}

/// A certs-only SignedData (RFC 8551 §3.8), DER.
///
/// # Errors
/// When encoding fails.
pub fn certs_only(certificates: &[Certificate]) -> Result<Vec<u8>, WriteError> {
    let content = without_content(rfc5911::ID_DATA)?;
    let none = tlv(0x31, &[]);
    let certificates = self::certificates(certificates);
    content_info(&tlv(0x30, &[&version(rfc5911::ID_DATA), &none, &content, &certificates, &none]))
}

/// Writes an opaque SignedData: content goes in through [`Write`], is hashed on the way, and [`OpaqueSigner::finish`] signs.
pub struct OpaqueSigner<'a, W> {
    signer: Signer<'a>,
    content_type: ObjectIdentifier,
    hasher: Hasher,
    pieces: Pieces<W>,
}

impl<'a, W: Write> OpaqueSigner<'a, W> {
    /// Writes what precedes the content.
    ///
    /// # Errors
    /// When key, certificate and algorithms do not fit together, and what writing gives.
    pub fn new(signer: Signer<'a>, content_type: ObjectIdentifier, mut out: W) -> Result<Self, WriteError> {
        check(&signer)?;
        let header = [
            &OPEN_SEQUENCE[..],
            &rfc5911::ID_SIGNED_DATA.to_der()?,
            &OPEN_CONTEXT_0,
            &OPEN_SEQUENCE,
            &version(content_type),
            &digest_algorithms(signer.digest)?,
            &OPEN_SEQUENCE,
            &content_type.to_der()?,
            &OPEN_CONTEXT_0,
            &OPEN_OCTETS,
        ];
        out.write_all(&header.concat())?;
        Ok(Self { hasher: Hasher::new(signer.digest), signer, content_type, pieces: Pieces::new(out) })
    }

    /// Signs, writes the rest, returns the output. Without this call the output is cut short.
    ///
    /// # Errors
    /// When the key refuses or writing fails.
    pub fn finish(self) -> Result<W, WriteError> {
        let mut out = self.pieces.finish()?;
        let info = signer_info(&self.signer, self.content_type, &self.hasher.finalize())?;
        let trailer = [
            // eContent and encapContentInfo.
            &CLOSE[..],
            &CLOSE,
            &certificates(std::iter::once(self.signer.certificate).chain(self.signer.chain)),
            &tlv(0x31, &[&info]),
            // SignedData, content, ContentInfo.
            &CLOSE,
            &CLOSE,
            &CLOSE,
        ];
        out.write_all(&trailer.concat())?;
        Ok(out)
    }
}

impl<W: Write> Write for OpaqueSigner<'_, W> {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        self.pieces.add(block)?;
        self.hasher.update(block);
        Ok(block.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pieces.flush()
    }
}

/// Whether key, certificate and algorithms fit together.
fn check(signer: &Signer<'_>) -> Result<(), Error> {
    let own = &signer.key.public_key().subject_public_key;
    if *own != signer.certificate.public_key().subject_public_key {
        return Err(Error::Key("it is not the one of the certificate"));
    }
    // RFC 8933 §3.1: one digest for content and attributes.
    if signer.algorithm.content_digest() == signer.digest {
        Ok(())
    } else {
        Err(Error::Parameters("the signature needs another content digest"))
    }
}

fn content_info(signed_data: &[u8]) -> Result<Vec<u8>, WriteError> {
    let content = Any::from_der(signed_data)?;
    Ok(ContentInfo { content_type: rfc5911::ID_SIGNED_DATA, content }.to_der()?)
}

/// encapContentInfo of content that is elsewhere, or of none.
fn without_content(econtent_type: ObjectIdentifier) -> der::Result<Vec<u8>> {
    EncapsulatedContentInfo { econtent_type, econtent: None }.to_der()
}

/// CMSVersion: 1 for plain data, else 3 (RFC 5652 §5.1; the signer is named by issuer and serial number).
fn version(content_type: ObjectIdentifier) -> Vec<u8> {
    tlv(0x02, &[&[if content_type == rfc5911::ID_DATA { 1 } else { 3 }]])
}

fn digest_algorithms(digest: DigestAlgorithm) -> der::Result<Vec<u8>> {
    Ok(tlv(0x31, &[&digest.identifier().to_der()?]))
}

/// `certificates [0] IMPLICIT CertificateSet`, each once.
fn certificates<'c>(certificates: impl IntoIterator<Item = &'c Certificate>) -> Vec<u8> {
    let mut set: Vec<&[u8]> = certificates.into_iter().map(Certificate::der).collect();
    set.sort_unstable();
    set.dedup();
    tlv(0xa0, &[&sorted(set)])
}

fn signer_info(
    signer: &Signer<'_>,
    content_type: ObjectIdentifier,
    content_digest: &[u8],
) -> Result<Vec<u8>, WriteError> {
    if content_digest.len() != signer.digest.output_len() {
        return Err(Error::Parameters("a digest of another length").into());
    }
    let attributes = signed_attributes(signer, content_type, content_digest)?;
    // Signed with the tag of SET OF, written with [0] (RFC 5652 §5.4).
    let signature = signer.key.sign(signer.algorithm, Input::Message(&tlv(0x31, &[&attributes])))?;
    let sid = issuer_and_serial(signer.certificate);
    let info = SignerInfo {
        version: 1,
        sid: AnyRef::try_from(sid.as_slice())?,
        digest_algorithm: signer.digest.identifier(),
        signed_attributes: Some(Values(&attributes)),
        signature_algorithm: signer.algorithm.cms_identifier(),
        signature: OctetStringRef::new(&signature)?,
        unsigned_attributes: None,
    };
    Ok(info.to_der()?)
}

/// The content octets of the signed attributes.
fn signed_attributes(
    signer: &Signer<'_>,
    content_type: ObjectIdentifier,
    content_digest: &[u8],
) -> der::Result<Vec<u8>> {
    let attribute =
        |oid: ObjectIdentifier, value: &[u8]| Ok::<_, der::Error>(tlv(0x30, &[&oid.to_der()?, &tlv(0x31, &[value])]));
    let mut attributes = vec![
        attribute(rfc5911::ID_CONTENT_TYPE, &content_type.to_der()?)?,
        attribute(rfc5911::ID_SIGNING_TIME, &signing_time(signer.signing_time)?)?,
        attribute(rfc5911::ID_MESSAGE_DIGEST, &tlv(0x04, &[content_digest]))?,
        attribute(rfc5911::ID_AA_SIGNING_CERTIFICATE_V_2, &signing_certificate(signer.certificate)?)?,
    ];
    if !signer.capabilities.is_empty() {
        attributes.push(attribute(rfc5911::SMIME_CAPABILITIES, &capabilities(signer.capabilities)?)?);
    }
    Ok(sorted(attributes))
}

/// UTCTime through 2049, GeneralizedTime from then on (RFC 5652 §11.3).
fn signing_time(time: Timestamp) -> der::Result<Vec<u8>> {
    let since_1970 = Duration::from_secs(u64::try_from(time.as_second()).unwrap_or_default());
    match UtcTime::from_unix_duration(since_1970) {
        Ok(time) => time.to_der(),
        Err(_) => GeneralizedTime::from_unix_duration(since_1970)?.to_der(),
    }
}

/// `SMIMECapabilities ::= SEQUENCE OF SMIMECapability`; RC2 has its bits as parameter, AES nothing (RFC 8551 §2.5.2).
fn capabilities(ciphers: &[ContentCipher]) -> der::Result<Vec<u8>> {
    let each = ciphers.iter().map(|cipher| {
        let bits = match cipher {
            ContentCipher::Rc2Cbc(bits) => Some(Any::encode_from(bits)?),
            _ => None,
        };
        SmimeCapability { oid: cipher.oid(), parameters: bits.as_ref().map(AnyRef::from) }.to_der()
    });
    Ok(tlv(0x30, &[&each.collect::<Result<Vec<_>, _>>()?.concat()]))
}

/// ```text
/// IssuerSerial ::= SEQUENCE { issuer GeneralNames, serialNumber CertificateSerialNumber }
/// ```
/// (RFC 5035 §5): the digest is SHA-256, the default, which DER leaves out.
fn signing_certificate(certificate: &Certificate) -> der::Result<Vec<u8>> {
    let directory_name = tlv(0xa4, &[certificate.issuer_der()]);
    let issuer_serial = tlv(0x30, &[&tlv(0x30, &[&directory_name]), &tlv(0x02, &[certificate.serial()])]);
    let hash = certificate.sha256();
    let first = EssCertId {
        hash: None,
        cert_hash: OctetStringRef::new(&hash)?,
        issuer_serial: Some(AnyRef::try_from(issuer_serial.as_slice())?),
    };
    SigningCertificate { certs: vec![first], policies: None }.to_der()
}

//! Reading SignedData where it lies.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911;
use const_oid::db::rfc6960::ID_PKIX_OCSP_BASIC;
use der::asn1::AnyRef;
use spki::AlgorithmIdentifierOwned;

use super::{RevocationInfo, Signature, SignedData, SignerIdentifier};
use crate::asn1::tag::{OCTET_STRING, SEQUENCE};
use crate::asn1::{Cursor, Header, Limits, tlv, to_der};
use crate::cms::Error;
use crate::cms::attributes::SignedAttributes;
use crate::cms::identifier::CertificateId;
use crate::cms::structure::{Attribute, SignerInfo, Values, encoded};
use crate::cms::walk::{enter_context, enter_sequence, enter_set, next_is_context};
use crate::crypto::DigestAlgorithm;
use crate::pki::Certificate;
use crate::source::Source;

/// id-ri-ocsp-response: an OCSPResponse (RFC 5940 §2).
const OCSP_RESPONSE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.16.2");

/// How deep signatures over signatures are read, and how many over one.
const COUNTER_DEPTH: u32 = 2;
const COUNTERSIGNATURES: usize = 16;

/// Reads the SignedData at which the cursor stands.
///
/// ```text
/// SignedData ::= SEQUENCE { version CMSVersion, digestAlgorithms DigestAlgorithmIdentifiers,
///     encapContentInfo EncapsulatedContentInfo, certificates [0] IMPLICIT CertificateSet OPTIONAL,
///     crls [1] IMPLICIT RevocationInfoChoices OPTIONAL, signerInfos SignerInfos }
/// EncapsulatedContentInfo ::= SEQUENCE { eContentType ContentType, eContent [0] EXPLICIT OCTET STRING OPTIONAL }
/// ```
/// (RFC 5652 §5.1, §5.2)
pub(in crate::cms) fn read(cursor: &mut Cursor, source: &Source, limits: &Limits) -> Result<SignedData, Error> {
    enter_sequence(cursor, "no SignedData")?;
    cursor.skip()?;
    let mut digests = Vec::new();
    enter_set(cursor, "digestAlgorithms are missing")?;
    while cursor.peek()?.is_some() {
        // One that is damaged does no harm: each signer names its own.
        let der = cursor.take_der()?;
        let algorithm = AnyRef::try_from(der.as_slice()).and_then(|any| any.decode_as::<AlgorithmIdentifierOwned>());
        note(&mut digests, algorithm.ok().and_then(|algorithm| DigestAlgorithm::from_identifier(&algorithm).ok()));
    }
    cursor.leave()?;

    enter_sequence(cursor, "encapContentInfo is missing")?;
    let content_type = crate::cms::walk::take(cursor)?;
    let content = if next_is_context(cursor, 0)? { Some(read_content(cursor, source)?) } else { None };
    cursor.leave()?;

    let (certificates, unusable_certificates) = read_certificates(cursor)?;
    let revocation = read_revocation(cursor, source)?;

    let mut signers = Vec::new();
    let mut damaged_signers = 0;
    enter_set(cursor, "signerInfos are missing")?;
    while cursor.peek()?.is_some() {
        let raw = cursor.take_raw()?;
        match read_whole_signer(&raw, limits) {
            Ok(signer) => {
                note(&mut digests, signer.digest.as_ref().ok().copied());
                signers.push(signer);
            }
            Err(_) => damaged_signers += 1,
        }
    }
    cursor.leave()?;
    cursor.leave()?;
    Ok(SignedData {
        content_type,
        content,
        digests,
        certificates,
        unusable_certificates,
        revocation,
        signers,
        damaged_signers,
    })
}

fn note(digests: &mut Vec<DigestAlgorithm>, digest: Option<DigestAlgorithm>) {
    digests.extend(digest.filter(|digest| !digests.contains(digest)));
}

/// eContent. PKCS #7 has ANY where CMS has an OCTET STRING; what is signed then are its content octets (RFC 5652 §5.2.1).
fn read_content(cursor: &mut Cursor, source: &Source) -> Result<Source, Error> {
    enter_context(cursor, 0, "eContent is damaged")?;
    let content = match cursor.expect("eContent")? {
        header if header.is_universal(OCTET_STRING) => cursor.take_octets()?,
        header => {
            cursor.skip()?;
            // The indefinite form ends with two end-of-contents octets.
            let end = header.end().unwrap_or_else(|| cursor.offset().saturating_sub(2));
            source.slice(header.content..end)
        }
    };
    cursor.leave()?;
    Ok(content)
}

/// Certificates that parse, and how many do not or are of another kind (attribute certificates, PKCS #6).
///
/// ```text
/// CertificateSet ::= SET OF CertificateChoices
/// CertificateChoices ::= CHOICE { certificate Certificate, extendedCertificate [0] IMPLICIT ExtendedCertificate,
///     v1AttrCert [1] IMPLICIT AttributeCertificateV1, v2AttrCert [2] IMPLICIT AttributeCertificateV2,
///     other [3] IMPLICIT OtherCertificateFormat }
/// ```
/// (RFC 5652 §10.2.2, §10.2.3)
pub(in crate::cms) fn read_certificates(cursor: &mut Cursor) -> Result<(Vec<Certificate>, usize), Error> {
    let mut certificates = Vec::new();
    let mut unusable = 0;
    if next_is_context(cursor, 0)? {
        enter_context(cursor, 0, "certificates are damaged")?;
        while let Some(header) = cursor.peek()? {
            if !header.is_universal(SEQUENCE) {
                cursor.skip()?;
                unusable += 1;
                continue;
            }
            match Certificate::from_der_once(&cursor.take_raw()?) {
                Ok(certificate) => certificates.push(certificate),
                Err(_) => unusable += 1,
            }
        }
        cursor.leave()?;
    }
    Ok((certificates, unusable))
}

/// Lists of withdrawn certificates and answers of responders, where they lie; other revocation information is passed over.
///
/// ```text
/// RevocationInfoChoices ::= SET OF RevocationInfoChoice
/// RevocationInfoChoice ::= CHOICE { crl CertificateList, other [1] IMPLICIT OtherRevocationInfoFormat }
/// OtherRevocationInfoFormat ::= SEQUENCE { otherRevInfoFormat OBJECT IDENTIFIER,
///     otherRevInfo ANY DEFINED BY otherRevInfoFormat }
/// ```
/// (RFC 5652 §10.2.1, RFC 5940 §2)
fn read_revocation(cursor: &mut Cursor, source: &Source) -> Result<RevocationInfo, Error> {
    let mut info = RevocationInfo::default();
    if next_is_context(cursor, 1)? {
        enter_context(cursor, 1, "crls are damaged")?;
        while let Some(header) = cursor.peek()? {
            if header.is_universal(SEQUENCE) {
                cursor.skip()?;
                info.crls.push(source.slice(header.offset..cursor.offset()));
            } else if header.is_context(1) && header.constructed {
                cursor.enter()?;
                let format: Option<ObjectIdentifier> = crate::cms::walk::take(cursor).ok();
                if let Some(other) = cursor.peek()?
                    && matches!(format, Some(OCSP_RESPONSE | ID_PKIX_OCSP_BASIC))
                {
                    cursor.skip()?;
                    info.responses.push(source.slice(other.offset..cursor.offset()));
                }
                cursor.leave()?;
            } else {
                cursor.skip()?;
            }
        }
        cursor.leave()?;
    }
    Ok(info)
}

/// Reads a SignerInfo as it came.
fn read_whole_signer(raw: &[u8], limits: &Limits) -> Result<Signature, Error> {
    let der = to_der(raw, limits)?;
    let mut signer = read_signer(&der, COUNTER_DEPTH)?;
    if let Some(attributes) = signer.attributes.as_mut().filter(|_| der != raw) {
        attributes.received = received_attributes(raw, limits)?;
    }
    Ok(signer)
}

/// The signed attributes of a SignerInfo byte for byte, under the tag of a SET OF.
fn received_attributes(raw: &[u8], limits: &Limits) -> Result<Option<Vec<u8>>, Error> {
    let mut cursor = Cursor::new(Source::from_bytes(raw), *limits);
    enter_sequence(&mut cursor, "no SignerInfo")?;
    // version, sid, digestAlgorithm
    for _ in 0..3 {
        cursor.skip()?;
    }
    if !next_is_context(&mut cursor, 0)? {
        return Ok(None);
    }
    let attributes = cursor.take_raw()?;
    let header = Header::parse(&attributes, 0)?;
    // The indefinite form ends with two end-of-contents octets.
    let end = header.end().unwrap_or_else(|| (attributes.len() as u64).saturating_sub(2));
    let range = usize::try_from(header.content).ok().zip(usize::try_from(end).ok());
    Ok(range.and_then(|(start, end)| attributes.get(start..end)).map(|content| tlv(0x31, &[content])))
}

/// Reads a SignerInfo, and signatures over it down to that depth.
fn read_signer(der: &[u8], depth: u32) -> Result<Signature, Error> {
    let info: SignerInfo<'_> = AnyRef::try_from(der)?.decode_as()?;
    let attributes = info.signed_attributes.map(|Values(content)| SignedAttributes::read(content)).transpose()?;
    // What is not signed proves nothing: damage in it neither.
    let (mut unsigned, mut countersignatures) = (Vec::new(), Vec::new());
    for value in info.unsigned_attributes.into_iter().flat_map(Values::iter) {
        let Some(Attribute { oid, values }) = value.ok().and_then(|value| value.decode_as().ok()) else { continue };
        unsigned.push(oid);
        if oid == rfc5911::ID_COUNTERSIGNATURE && depth > 0 {
            let room = COUNTERSIGNATURES.saturating_sub(countersignatures.len());
            let read = |value: der::Result<AnyRef<'_>>| read_signer(&encoded(value.ok()?).ok()?, depth - 1).ok();
            countersignatures.extend(values.iter().take(room).filter_map(read));
        }
    }
    Ok(Signature {
        signer: SignerIdentifier::from(CertificateId::read(info.sid)?),
        digest: DigestAlgorithm::from_identifier(&info.digest_algorithm),
        algorithm: info.signature_algorithm,
        attributes,
        value: info.signature.as_bytes().to_vec(),
        unsigned,
        countersignatures,
    })
}

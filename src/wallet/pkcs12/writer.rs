//! Writing a PFX.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::{ID_DATA, ID_ENCRYPTED_DATA};
use der::Encode;
use spki::AlgorithmIdentifierOwned;
use zeroize::Zeroizing;

use super::structures::{CERTIFICATE_BAG, FRIENDLY_NAME, LOCAL_KEY_ID, SHROUDED_KEY_BAG, X509_CERTIFICATE};
use super::{Pkcs12Error, Protection, mac};
use crate::asn1::tlv;
use crate::crypto::{DigestAlgorithm, PrivateKey, kdf};
use crate::pki::Certificate;
use crate::wallet::encrypted_key::EncryptedPrivateKeyInfo;

/// Iterations of each of the three derivations. More would be better against guessing, but .NET refuses files with more than
/// 300,000 for one of them or a million for all, and Windows those with more than 600,000.
const ITERATIONS: u32 = 250_000;

/// Iterations of the older form, whose readers are slow: what OpenSSL and NSS wrote.
const LEGACY_ITERATIONS: u32 = 2048;

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const OCTET_STRING: u8 = 0x04;
const BMP_STRING: u8 = 0x1e;
const CONTEXT_0: u8 = 0xa0;

/// How a file is written.
pub(super) struct Form<'a> {
    pub protection: Protection,
    pub password: &'a str,
}

impl Form<'_> {
    pub fn write(
        &self,
        key: &PrivateKey,
        certificate: &Certificate,
        chain: &[Certificate],
        label: &str,
    ) -> Result<Zeroizing<Vec<u8>>, Pkcs12Error> {
        let attributes = attributes(label, &certificate.sha256())?;
        let mut bags = certificate_bag(certificate, &attributes)?;
        for link in chain.iter().filter(|link| *link != certificate) {
            bags.extend(certificate_bag(link, &[])?);
        }
        let certificates = self.encrypted_safe(&tlv(SEQUENCE, &[&bags]))?;

        let encrypted = self.encrypt(&key.to_pkcs8()?)?;
        let shrouded = EncryptedPrivateKeyInfo::from_parts(encrypted)?.to_der()?;
        let keys = tlv(SEQUENCE, &[&bag(SHROUDED_KEY_BAG, &shrouded, &attributes)?]);

        let content = tlv(SEQUENCE, &[&certificates, &data(&keys)?]);
        let (digest, iterations) = match self.protection {
            Protection::Modern => (DigestAlgorithm::Sha256, ITERATIONS),
            Protection::Legacy => (DigestAlgorithm::Sha1, LEGACY_ITERATIONS),
        };
        let mac = mac::make(digest, &content, self.password, iterations)?;
        Ok(Zeroizing::new(tlv(SEQUENCE, &[&[0x02, 0x01, 0x03], &data(&content)?, &mac])))
    }

    fn encrypt(&self, plain: &[u8]) -> Result<(AlgorithmIdentifierOwned, Vec<u8>), Pkcs12Error> {
        Ok(match self.protection {
            Protection::Modern => kdf::encrypt_with_password(self.password, ITERATIONS, plain)?,
            Protection::Legacy => kdf::encrypt_as_of_old(self.password, LEGACY_ITERATIONS, plain)?,
        })
    }

    /// ContentInfo of type encryptedData (RFC 5652 §8) around SafeContents.
    fn encrypted_safe(&self, contents: &[u8]) -> Result<Vec<u8>, Pkcs12Error> {
        let (algorithm, encrypted) = self.encrypt(contents)?;
        // encryptedContent is [0] IMPLICIT OCTET STRING.
        let info = tlv(SEQUENCE, &[&ID_DATA.to_der()?, &algorithm.to_der()?, &tlv(0x80, &[&encrypted])]);
        let data = tlv(SEQUENCE, &[&[0x02, 0x01, 0x00], &info]);
        Ok(tlv(SEQUENCE, &[&ID_ENCRYPTED_DATA.to_der()?, &tlv(CONTEXT_0, &[&data])]))
    }
}

/// SafeBag (RFC 7292 §4.2) around a DER value.
fn bag(id: ObjectIdentifier, value: &[u8], attributes: &[u8]) -> Result<Vec<u8>, Pkcs12Error> {
    Ok(tlv(SEQUENCE, &[&id.to_der()?, &tlv(CONTEXT_0, &[value]), attributes]))
}

/// CertBag (RFC 7292 §4.2.3) in its SafeBag.
fn certificate_bag(certificate: &Certificate, attributes: &[u8]) -> Result<Vec<u8>, Pkcs12Error> {
    let value = tlv(CONTEXT_0, &[&tlv(OCTET_STRING, &[certificate.der()])]);
    bag(CERTIFICATE_BAG, &tlv(SEQUENCE, &[&X509_CERTIFICATE.to_der()?, &value]), attributes)
}

/// The attributes that tie a key to its certificate and name both. Old readers know the first plane of Unicode alone: what lies
/// beyond is written as a surrogate pair, as everybody does.
fn attributes(label: &str, local_id: &[u8]) -> Result<Vec<u8>, Pkcs12Error> {
    let name: Vec<u8> = label.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let attribute = |id: ObjectIdentifier, tag: u8, value: &[u8]| -> Result<Vec<u8>, Pkcs12Error> {
        Ok(tlv(SEQUENCE, &[&id.to_der()?, &tlv(SET, &[&tlv(tag, &[value])])]))
    };
    let mut attributes = vec![attribute(LOCAL_KEY_ID, OCTET_STRING, local_id)?];
    if !name.is_empty() {
        attributes.push(attribute(FRIENDLY_NAME, BMP_STRING, &name)?);
    }
    // DER orders a SET OF by its encodings (X.690 §11.6).
    attributes.sort();
    Ok(tlv(SET, &[&attributes.concat()]))
}

/// ContentInfo of type data around octets.
fn data(octets: &[u8]) -> Result<Vec<u8>, Pkcs12Error> {
    Ok(tlv(SEQUENCE, &[&ID_DATA.to_der()?, &tlv(CONTEXT_0, &[&tlv(OCTET_STRING, &[octets])])]))
}

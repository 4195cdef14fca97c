//! Safes and their bags (RFC 7292 §4.1, §4.2).

use const_oid::db::rfc5911::{ID_DATA, ID_ENCRYPTED_DATA};
use der::Decode;
use der::asn1::{AnyRef, OctetStringRef};
use zeroize::Zeroizing;

use super::Pkcs12Error;
use super::password::Password;
use super::structures::{
    Attribute, CERTIFICATE_BAG, CertificateBag, ContentInfo, EncryptedData, FRIENDLY_NAME, KEY_BAG, LOCAL_KEY_ID,
    SAFE_CONTENTS_BAG, SHROUDED_KEY_BAG, SafeBag, X509_CERTIFICATE, each, joined,
};
use crate::asn1;
use crate::crypto::{self, PrivateKey, Unsupported};
use crate::mime::header::one_line;
use crate::pki::Certificate;
use crate::wallet::encrypted_key::EncryptedPrivateKeyInfo;

/// Bags in one file, counted over all safes.
const MOST_BAGS: usize = 10_000;
/// Private keys in one file: each is checked when it is read, which takes a millisecond.
pub(in super::super) const MOST_KEYS: usize = 500;
/// Safes within bags within safes.
const MOST_NESTED: usize = 8;

/// What bags say about their content.
#[derive(Default)]
pub(super) struct Names {
    pub label: Option<String>,
    pub local_id: Option<Vec<u8>>,
}

/// What was found in the safes so far.
pub(super) struct Safes {
    pub password: Password,
    pub keys: Vec<(PrivateKey, Names)>,
    pub certificates: Vec<(Certificate, Names)>,
    /// Keys of kinds that are not built in.
    pub left_out: Vec<Unsupported>,
    /// Encrypted parts that the password opened.
    pub opened: usize,
    /// Encrypted parts that it did not.
    pub shut: usize,
    bags: usize,
}

impl Safes {
    pub fn new(password: Password) -> Self {
        let (keys, certificates, left_out) = (Vec::new(), Vec::new(), Vec::new());
        Self { password, keys, certificates, left_out, opened: 0, shut: 0, bags: 0 }
    }

    /// One element of the AuthenticatedSafe.
    pub fn safe(&mut self, info: &ContentInfo) -> Result<(), Pkcs12Error> {
        match info.content_type {
            ID_DATA => self.contents(&der_of(info.octets()?)?, 0),
            ID_ENCRYPTED_DATA => {
                let data: EncryptedData = info.content.ok_or(der::Error::from(der::ErrorKind::Failed))?.decode_as()?;
                let encrypted = data.content.encrypted.ok_or(Pkcs12Error::Damaged("an encrypted safe is empty"))?;
                let encrypted = joined(encrypted)?;
                let plain = self.password.decrypt(&data.content.algorithm, &encrypted, |plain| der_of(&plain).ok())?;
                match self.count(plain) {
                    Some(contents) => self.contents(&contents, 0),
                    None => Ok(()),
                }
            }
            other => Err(Unsupported::new("PKCS#12 protection", other).into()),
        }
    }

    fn count<T>(&mut self, plain: Option<T>) -> Option<T> {
        match plain {
            Some(_) => self.opened += 1,
            None => self.shut += 1,
        }
        plain
    }

    /// ```text
    /// SafeContents ::= SEQUENCE OF SafeBag
    /// ```
    /// (RFC 7292 §4.2)
    fn contents(&mut self, contents: &[u8], nested: usize) -> Result<(), Pkcs12Error> {
        let contents = AnyRef::from_der(contents)?;
        if der::Tagged::tag(&contents) != der::Tag::Sequence {
            return Err(Pkcs12Error::Damaged("a safe holds something else than bags"));
        }
        for bag in each::<SafeBag>(contents.value())? {
            self.bags += 1;
            if self.bags > MOST_BAGS {
                return Err(Pkcs12Error::Limit("bags"));
            }
            self.bag(&bag, nested)?;
        }
        Ok(())
    }

    fn bag(&mut self, bag: &SafeBag, nested: usize) -> Result<(), Pkcs12Error> {
        match bag.id {
            KEY_BAG => self.key(&der_of_value(bag.value)?, bag),
            SHROUDED_KEY_BAG => {
                let info: EncryptedPrivateKeyInfo = bag.value.decode_as()?;
                let encrypted = info.encrypted.as_bytes();
                let plain = self.password.decrypt(&info.algorithm, encrypted, |plain| der_of(&plain).ok())?;
                match self.count(plain) {
                    Some(pkcs8) => self.key(&pkcs8, bag),
                    None => Ok(()),
                }
            }
            CERTIFICATE_BAG => {
                let certificate: CertificateBag = bag.value.decode_as()?;
                if certificate.id != X509_CERTIFICATE {
                    return Err(Unsupported::new("certificate", certificate.id).into());
                }
                let der = certificate.value.decode_as::<&OctetStringRef>()?.as_bytes();
                let certificate = Certificate::from_der(der)
                    .map_err(|_| Pkcs12Error::Damaged("a certificate in it cannot be read"))?;
                self.certificates.push((certificate, names(bag)?));
                Ok(())
            }
            SAFE_CONTENTS_BAG if nested < MOST_NESTED => self.contents(&der_of_value(bag.value)?, nested + 1),
            SAFE_CONTENTS_BAG => Err(Pkcs12Error::Limit("nesting")),
            // Lists of withdrawn certificates, secret keys, and what is newer than this.
            _ => Ok(()),
        }
    }

    fn key(&mut self, pkcs8: &[u8], bag: &SafeBag) -> Result<(), Pkcs12Error> {
        if self.keys.len() + self.left_out.len() == MOST_KEYS {
            return Err(Pkcs12Error::Limit("keys"));
        }
        match private_key(pkcs8) {
            Ok(key) => self.keys.push((key, names(bag)?)),
            Err(Pkcs12Error::Unsupported(kind)) => self.left_out.push(kind),
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

/// A key from PKCS #8, DER.
pub(super) fn private_key(pkcs8: &[u8]) -> Result<PrivateKey, Pkcs12Error> {
    PrivateKey::from_pkcs8(pkcs8).map_err(|error| match error {
        crypto::Error::Unsupported(unsupported) => Pkcs12Error::Unsupported(unsupported),
        _ => Pkcs12Error::Damaged("a private key in it cannot be read"),
    })
}

/// BER that came in a string or out of a decryption, as DER.
pub(super) fn der_of(ber: &[u8]) -> Result<Zeroizing<Vec<u8>>, Pkcs12Error> {
    Ok(Zeroizing::new(asn1::to_der(ber, &asn1::Limits::default())?))
}

/// A value with its header.
fn der_of_value(value: AnyRef) -> Result<Zeroizing<Vec<u8>>, Pkcs12Error> {
    Ok(Zeroizing::new(der::Encode::to_der(&value)?))
}

fn names(bag: &SafeBag) -> Result<Names, Pkcs12Error> {
    let mut names = Names::default();
    let Some(attributes) = bag.attributes else { return Ok(names) };
    for attribute in each::<Attribute>(attributes.value())? {
        let Some(value) = each::<AnyRef>(attribute.values.value())?.into_iter().next() else { continue };
        match attribute.id {
            FRIENDLY_NAME => names.label = Some(text(value.value())).filter(|label| !label.is_empty()),
            LOCAL_KEY_ID => names.local_id = Some(value.value().to_vec()),
            _ => {}
        }
    }
    Ok(names)
}

/// A BMPString's octets as text that can be shown to people, without zeros at the end.
fn text(octets: &[u8]) -> String {
    let units = octets.chunks_exact(2).map(|pair| pair.iter().fold(0, |unit, octet| unit << 8 | u16::from(*octet)));
    let text: String = char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    one_line(&text).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A label shows what it is, and cannot rearrange what stands around it.
    #[test]
    fn labels() {
        let octets = |label: &str| label.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        for (label, shown) in [("Änne \u{1d11e}", "Änne \u{1d11e}"), ("a\u{202e}b\0\n\u{2069}", "ab"), ("", "")] {
            assert_eq!(text(&octets(label)), shown);
        }
        assert_eq!(text(&[0xd8, 0x00, 0x00, 0x41, 0x00]), "\u{fffd}A", "half a pair, and an odd octet");
    }
}

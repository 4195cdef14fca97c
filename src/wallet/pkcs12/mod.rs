//! PKCS#12 (RFC 7292, RFC 9579): reading every dialect, writing the modern one.
//!
//! What is read: BER and DER; safes in the clear and encrypted; keys in the clear and shrouded; PBES2 (PBKDF2, scrypt; AES,
//! 3DES, RC2) and the PKCS#12 schemes (3DES, RC2); MACs with SHA-1 to SHA-512, PBMAC1, and none; passwords as the standard
//! has them and as some writers had them.

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::encrypted_key::EncryptedPrivateKeyInfo;
use crate::asn1;
use crate::crypto::{self, PrivateKey, Unsupported, kdf};
use crate::pki::Certificate;

mod mac;
mod password;
mod reader;
mod safe;
mod structures;
mod writer;

pub(super) use password::Password;
pub(super) use safe::MOST_KEYS;

/// Why a .p12 could not be read. Wrong password and damage are never confused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Pkcs12Error {
    /// The MAC (or, without one, every encrypted part) says that the password is wrong.
    #[error("wrong password")]
    WrongPassword,
    /// It is no PKCS#12, or cut short, or damaged.
    #[error("damaged PKCS#12 file: {0}")]
    Damaged(&'static str),
    /// A method that is not built in.
    #[error(transparent)]
    Unsupported(#[from] Unsupported),
    /// Iterations, memory or parts beyond the limit.
    #[error("the file asks for more work than allowed: {0}")]
    Limit(&'static str),
}

impl From<asn1::Error> for Pkcs12Error {
    fn from(error: asn1::Error) -> Self {
        match error {
            asn1::Error::Truncated { .. } => Self::Damaged("it is cut short"),
            asn1::Error::Limit { what } => Self::Limit(what),
            asn1::Error::Io(_) | asn1::Error::Unexpected { .. } => Self::Damaged("it is not encoded as it should be"),
        }
    }
}

impl From<der::Error> for Pkcs12Error {
    fn from(_: der::Error) -> Self {
        Self::Damaged("a structure in it is another than the standard's")
    }
}

impl From<crypto::Error> for Pkcs12Error {
    fn from(error: crypto::Error) -> Self {
        match error {
            crypto::Error::Unsupported(unsupported) => Self::Unsupported(unsupported),
            crypto::Error::Limit(what) => Self::Limit(what),
            crypto::Error::Key(what) | crypto::Error::Parameters(what) => Self::Damaged(what),
            crypto::Error::Decryption | crypto::Error::Mismatch => Self::Damaged("a part of it cannot be decrypted"),
        }
    }
}

/// What a .p12 holds.
#[derive(Debug)]
pub struct Contents {
    /// Keys with the certificate that goes with each (by public key; if several have it, by localKeyId), and a friendly name.
    pub keys: Vec<KeyEntry>,
    /// All certificates that go with no key: chain, trust store.
    pub certificates: Vec<Certificate>,
    /// Keys of kinds that are not built in, which are passed over where there is something else.
    pub left_out: Vec<Unsupported>,
    /// Whether a MAC vouches for all of it.
    pub has_mac: bool,
}

/// A private key of a .p12.
#[derive(Debug)]
pub struct KeyEntry {
    /// The key.
    pub key: PrivateKey,
    /// Its certificate, if the file has it.
    pub certificate: Option<Certificate>,
    /// friendlyName.
    pub label: Option<String>,
}

/// Reads a PFX, BER or DER. Bytes behind it do no harm.
///
/// # Errors
/// As [`Pkcs12Error`] says.
pub fn read(bytes: &[u8], password: &SecretString, limits: &kdf::Limits) -> Result<Contents, Pkcs12Error> {
    reader::read(bytes, password.expose_secret(), limits)
}

/// Decrypts a key that stands alone (RFC 5958 §3), in whatever form its writer took the password. Nothing tells a wrong password
/// from damage here.
///
/// # Errors
/// As [`Pkcs12Error`] says.
pub(super) fn decrypt_key(info: &EncryptedPrivateKeyInfo, password: &mut Password) -> Result<PrivateKey, Pkcs12Error> {
    let pkcs8 = password.decrypt(&info.algorithm, info.encrypted.as_bytes(), |plain| safe::der_of(&plain).ok())?;
    safe::private_key(&pkcs8.ok_or(Pkcs12Error::WrongPassword)?)
}

/// Whether bytes look like a PFX, also when they are cut short, so that a password is asked for only then.
#[must_use]
pub fn looks_like(bytes: &[u8]) -> bool {
    // PFX { version 3, authSafe { contentType data or signedData
    let start = || {
        let rest = structures::inside(bytes, 0x30)?.strip_prefix(&[0x02, 0x01, 0x03])?;
        structures::inside(rest, 0x30)?.strip_prefix(&[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07])
    };
    start().is_some_and(|rest| matches!(rest.first(), Some(1 | 2)))
}

/// How a PFX is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Protection {
    /// PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA-256, MAC HMAC-SHA-256: read by OpenSSL 1.1+, NSS, Windows 10, Java.
    #[default]
    Modern,
    /// 3DES and SHA-1 (RFC 7292 appendix C), for programs that read nothing newer: gpgsm before 2.4, Windows before 10, macOS
    /// before 12. Whoever gets hold of the file can try passwords much faster.
    Legacy,
}

/// Writes a PFX, in the modern form: PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA-256, MAC HMAC-SHA-256; read by OpenSSL 1.1+, NSS and
/// Java.
///
/// # Errors
/// When encoding fails or there is no randomness.
pub fn write(
    key: &PrivateKey,
    certificate: &Certificate,
    chain: &[Certificate],
    label: &str,
    password: &SecretString,
) -> Result<Zeroizing<Vec<u8>>, Pkcs12Error> {
    write_as(Protection::Modern, key, certificate, chain, label, password)
}

/// [`write`] in a form of choice.
///
/// # Errors
/// As [`write`].
pub fn write_as(
    protection: Protection,
    key: &PrivateKey,
    certificate: &Certificate,
    chain: &[Certificate],
    label: &str,
    password: &SecretString,
) -> Result<Zeroizing<Vec<u8>>, Pkcs12Error> {
    let form = writer::Form { protection, password: password.expose_secret() };
    form.write(key, certificate, chain, label)
}

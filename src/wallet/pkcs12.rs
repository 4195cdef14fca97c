//! PKCS#12 (RFC 7292): reading every dialect, writing the modern one.

use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::crypto::{PrivateKey, kdf};
use crate::pki::Certificate;

/// Why a .p12 could not be read. Wrong password and damage are never confused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Pkcs12Error {
    /// The MAC (or, without one, every encrypted bag) says that the password is wrong.
    #[error("wrong password")]
    WrongPassword,
    /// It is no PKCS#12, or cut short, or damaged.
    #[error("damaged PKCS#12 file: {0}")]
    Damaged(&'static str),
    /// A method that is not built in.
    #[error(transparent)]
    Unsupported(#[from] crate::crypto::Unsupported),
    /// Iterations or memory beyond the limit.
    #[error("the file asks for more work than allowed: {0}")]
    Limit(&'static str),
}

/// What a .p12 holds.
pub struct Contents {
    /// Keys with the certificate that goes with each (by localKeyId, else by public key), and a friendly name.
    pub keys: Vec<KeyEntry>,
    /// All certificates that go with no key: chain, trust store.
    pub certificates: Vec<Certificate>,
}

/// A private key of a .p12.
pub struct KeyEntry {
    /// The key.
    pub key: PrivateKey,
    /// Its certificate, if the file has it.
    pub certificate: Option<Certificate>,
    /// friendlyName.
    pub label: Option<String>,
}

/// Reads a PFX, BER or DER.
///
/// # Errors
/// As [`Pkcs12Error`] says.
pub fn read(bytes: &[u8], password: &SecretString, limits: &kdf::Limits) -> Result<Contents, Pkcs12Error> {
    let _ = (bytes, password, limits);
    todo!()
}

/// Whether bytes look like a PFX, so that a password is asked for only then.
#[must_use]
pub fn looks_like(bytes: &[u8]) -> bool {
    let _ = bytes;
    todo!()
}

/// Writes a PFX: PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA-256, MAC HMAC-SHA-256; read by OpenSSL 1.1+, NSS, gpgsm, Java.
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
    let _ = (key, certificate, chain, label, password);
    todo!()
}

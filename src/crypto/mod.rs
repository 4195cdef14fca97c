//! Algorithms by object identifier: digests, signatures, key transport, key agreement, key encapsulation, key wrap, ciphers,
//! private keys.
//!
//! Nothing above this module names a cryptography crate. Names in [`std::fmt::Display`] are those of the reports
//! (`sha-256`, `rsa-pkcs1v15`, `aes-256-gcm`).

pub mod agreement;
mod brainpool;
pub mod cipher;
mod curve;
mod curve448;
pub mod digest;
pub mod dsa;
mod ec;
pub mod encapsulation;
pub mod hex;
pub mod kdf;
pub mod key;
mod names;
pub mod pem;
pub mod post_quantum;
mod rsa;
pub mod signature;
pub mod transport;
pub mod wrap;

pub use cipher::{ContentAlgorithm, ContentCipher};
pub use digest::{DigestAlgorithm, Hasher};
pub use key::{KeyKind, PrivateKey, PrivateKeyOperations};
pub use post_quantum::{MlDsa, MlKem, SlhDsa};
pub use signature::SignatureAlgorithm;
pub use wrap::KeyWrap;

use const_oid::ObjectIdentifier;

/// An algorithm (or parameters of one) that is not built in; the message is still shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unsupported {role} algorithm {oid}{}", name.map(|name| format!(" ({name})")).unwrap_or_default())]
pub struct Unsupported {
    /// `digest`, `signature`, `cipher`, `key transport`, `key agreement`, …
    pub role: &'static str,
    /// The identifier.
    pub oid: ObjectIdentifier,
    /// Its name if known.
    pub name: Option<&'static str>,
}

impl Unsupported {
    /// Names the algorithm from a table of known identifiers.
    #[must_use]
    pub fn new(role: &'static str, oid: ObjectIdentifier) -> Self {
        Self { role, oid, name: names::name(&oid) }
    }
}

/// Why an operation did not succeed. No variant carries key bytes or plaintext.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not built in.
    #[error(transparent)]
    Unsupported(#[from] Unsupported),
    /// The signature does not match the data and key.
    #[error("the signature does not match")]
    Mismatch,
    /// The key is damaged, of the wrong kind, or of a size that is refused.
    #[error("unusable key: {0}")]
    Key(&'static str),
    /// Parameters are missing, damaged or out of bounds.
    #[error("unusable parameters: {0}")]
    Parameters(&'static str),
    /// A key derivation asks for more work than allowed.
    #[error("more work than allowed: {0}")]
    Limit(&'static str),
    /// Decryption failed, or the authentication tag does not match.
    #[error("decryption failed")]
    Decryption,
}

/// Fills `bytes` from the operating system's generator.
///
/// # Errors
/// When the system has no randomness to give.
pub fn random(bytes: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(bytes).map_err(|_| Error::Key("no randomness from the operating system"))
}

#[cfg(test)]
mod tests {
    /// A DER value with a tag of one octet.
    pub fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
        let content = parts.concat();
        let length = match content.len() {
            length @ ..0x80 => vec![length as u8],
            length @ ..0x100 => vec![0x81, length as u8],
            length => vec![0x82, (length >> 8) as u8, length as u8],
        };
        [&[tag], &length[..], &content].concat()
    }

    /// The bytes that hexadecimal digits stand for; white space between them is skipped.
    pub fn unhex(text: &str) -> Vec<u8> {
        super::hex::decode(&text.split_whitespace().collect::<String>()).unwrap()
    }
}

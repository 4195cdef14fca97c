//! RSA key transport: PKCS #1 v1.5 (RFC 3370 §4.2.1) and OAEP (RFC 3560).

use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::{DigestAlgorithm, Error};

/// How a content-encryption key was encrypted to an RSA key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyTransport {
    /// RSAES-PKCS1-v1_5.
    Pkcs1v15,
    /// RSAES-OAEP.
    Oaep {
        /// Hash of the label.
        digest: DigestAlgorithm,
        /// Hash of MGF1.
        mgf: DigestAlgorithm,
        /// The label, usually empty.
        label: Vec<u8>,
    },
}

impl KeyTransport {
    /// From a KeyTransRecipientInfo's keyEncryptionAlgorithm.
    ///
    /// # Errors
    /// When it is not built in, or its parameters are damaged.
    pub fn from_identifier(algorithm: &AlgorithmIdentifierOwned) -> Result<Self, Error> {
        let _ = algorithm;
        todo!()
    }
    /// The identifier to write.
    #[must_use]
    pub fn identifier(&self) -> AlgorithmIdentifierOwned {
        todo!()
    }
    /// `rsa-pkcs1v15` or `rsa-oaep`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        todo!()
    }
}

/// Encrypts a content-encryption key to an RSA public key.
///
/// # Errors
/// When the key is no RSA key or too short for the content key.
pub fn encrypt(
    key: &SubjectPublicKeyInfoOwned,
    transport: &KeyTransport,
    content_key: &[u8],
) -> Result<Vec<u8>, Error> {
    let _ = (key, transport, content_key);
    todo!()
}

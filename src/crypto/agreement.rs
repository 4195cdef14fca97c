//! Key agreement: ephemeral-static ECDH with the X9.63 KDF and AES key wrap (RFC 5753 §3.1, RFC 3394; RFC 8418).

use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use zeroize::Zeroizing;

use super::{Error, PrivateKeyOperations};

/// Scheme and key wrap of a KeyAgreeRecipientInfo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyAgreement {
    /* scheme, kdf digest, wrap: builder decides */ _private: (),
}

impl KeyAgreement {
    /// From keyEncryptionAlgorithm (with the wrap algorithm as its parameter).
    ///
    /// # Errors
    /// When it is not built in, or its parameters are damaged.
    pub fn from_identifier(algorithm: &AlgorithmIdentifierOwned) -> Result<Self, Error> {
        let _ = algorithm;
        todo!()
    }
    /// The one to use for a recipient's key and a content key of `content_key_len` bytes: standard DH (not cofactor),
    /// KDF digest and wrap of at least the content key's strength (RFC 5753 §7, RFC 8418).
    ///
    /// # Errors
    /// When the key is no key for agreement.
    pub fn for_recipient(key: &SubjectPublicKeyInfoOwned, content_key_len: usize) -> Result<Self, Error> {
        let _ = (key, content_key_len);
        todo!()
    }
    /// The identifier to write.
    #[must_use]
    pub fn identifier(&self) -> AlgorithmIdentifierOwned {
        todo!()
    }
    /// `ecdh-x963kdf-sha256` and the like.
    #[must_use]
    pub fn name(&self) -> String {
        todo!()
    }
}

/// Makes an ephemeral key, agrees with the recipient's key and wraps the content key: returns the originator's public
/// key and the wrapped key.
///
/// # Errors
/// When the recipient's key cannot be used.
pub fn wrap(
    recipient: &SubjectPublicKeyInfoOwned,
    agreement: &KeyAgreement,
    ukm: Option<&[u8]>,
    content_key: &[u8],
) -> Result<(SubjectPublicKeyInfoOwned, Vec<u8>), Error> {
    let _ = (recipient, agreement, ukm, content_key);
    todo!()
}

/// Agrees with the originator's key and unwraps the content key. An originator key whose algorithm parameters are absent
/// takes the recipient's curve (RFC 5753 §3.1.1).
///
/// # Errors
/// [`Error::Decryption`] when the wrapped key's integrity check fails.
pub fn unwrap(
    key: &dyn PrivateKeyOperations,
    originator: &SubjectPublicKeyInfoOwned,
    agreement: &KeyAgreement,
    ukm: Option<&[u8]>,
    wrapped: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let _ = (key, originator, agreement, ukm, wrapped);
    todo!()
}

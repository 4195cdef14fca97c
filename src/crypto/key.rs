//! Private keys in memory, and what can be done with a key wherever it is kept.

use spki::SubjectPublicKeyInfoOwned;
use zeroize::Zeroizing;

use super::signature::Input;
use super::transport::KeyTransport;
use super::{Error, SignatureAlgorithm};

/// Kind and size of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// RSA with that many bits of modulus.
    Rsa(u32),
    /// NIST P-256.
    P256,
    /// NIST P-384.
    P384,
    /// NIST P-521.
    P521,
    /// Ed25519.
    Ed25519,
    /// X25519.
    X25519,
}

impl KeyKind {
    /// Of a public key.
    ///
    /// # Errors
    /// When the key is of a kind that is not built in, or damaged.
    pub fn of(key: &SubjectPublicKeyInfoOwned) -> Result<Self, Error> {
        let _ = key;
        todo!()
    }
    /// Whether the key is too short to rely on: RSA below 2048 bits.
    #[must_use]
    pub fn is_weak(self) -> bool {
        matches!(self, Self::Rsa(bits) if bits < 2048)
    }
}

impl std::fmt::Display for KeyKind {
    /// `RSA-2048`, `P-256`, `Ed25519`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let _ = f;
        todo!()
    }
}

/// Operations with a private key that may lie in memory, a keyring, a token. Never hands out the key.
pub trait PrivateKeyOperations: Send + Sync {
    /// The public half.
    fn public_key(&self) -> &SubjectPublicKeyInfoOwned;

    /// Signs.
    ///
    /// # Errors
    /// When the key cannot be used with that algorithm, or its keeper refuses.
    fn sign(&self, algorithm: SignatureAlgorithm, input: Input<'_>) -> Result<Vec<u8>, Error>;

    /// Decrypts a content-encryption key of `expected_len` bytes.
    ///
    /// For PKCS #1 v1.5 a bad padding or length is not reported: a random key of the expected length comes back, so that
    /// the cases cannot be told apart (RFC 3218 §2.3, RFC 8017 §7.2).
    ///
    /// # Errors
    /// When the key cannot be used that way; for OAEP also when decryption fails.
    fn decrypt(
        &self,
        transport: &KeyTransport,
        encrypted: &[u8],
        expected_len: usize,
    ) -> Result<Zeroizing<Vec<u8>>, Error>;

    /// The ECDH shared secret with a peer's public key (same curve).
    ///
    /// # Errors
    /// When the curves differ or the peer's point is not on it.
    fn agree(&self, peer: &SubjectPublicKeyInfoOwned) -> Result<Zeroizing<Vec<u8>>, Error>;
}

/// A private key in memory, zeroized on drop; Debug shows only its kind.
pub struct PrivateKey {
    _private: (),
}

impl PrivateKey {
    /// Makes a new key.
    ///
    /// # Errors
    /// When the system has no randomness to give or the kind cannot be made.
    pub fn generate(kind: KeyKind) -> Result<Self, Error> {
        let _ = kind;
        todo!()
    }
    /// From PKCS #8 `PrivateKeyInfo` (RFC 5958), DER.
    ///
    /// # Errors
    /// When it is damaged or of a kind that is not built in.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, Error> {
        let _ = der;
        todo!()
    }
    /// From any unencrypted form: PKCS #8, RSAPrivateKey (RFC 8017), ECPrivateKey (RFC 5915); DER or PEM.
    ///
    /// # Errors
    /// As [`PrivateKey::from_pkcs8`].
    pub fn from_any(bytes: &[u8]) -> Result<Self, Error> {
        let _ = bytes;
        todo!()
    }
    /// As PKCS #8, for the vault and for export only.
    ///
    /// # Errors
    /// When encoding fails.
    pub fn to_pkcs8(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        todo!()
    }
    /// Kind and size.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        todo!()
    }
}
// the builder of this module: impl PrivateKeyOperations for PrivateKey, impl Debug (kind only)

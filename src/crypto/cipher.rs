//! Content encryption: AES in CBC (RFC 3565) and GCM (RFC 5084); 3DES, DES and RC2 for reading only (RFC 3370).
//!
//! Reading is by position: CBC and CTR can be decrypted from any block, so a decrypted message is a view over the
//! encrypted one. GCM is authenticated in a pass over the ciphertext alone, before any plaintext exists.

use spki::AlgorithmIdentifierOwned;

use super::Error;

/// A content-encryption algorithm without its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub enum ContentCipher {
    Aes128Cbc,
    Aes192Cbc,
    Aes256Cbc,
    Aes128Gcm,
    Aes192Gcm,
    Aes256Gcm,
    TripleDesCbc,
    DesCbc,
    /// RC2 with that many effective key bits.
    Rc2Cbc(u32),
}

impl ContentCipher {
    /// Bytes of key.
    #[must_use]
    pub fn key_len(self) -> usize {
        todo!()
    }
    /// Bytes of one block of CBC; 16 for GCM too.
    #[must_use]
    pub fn block_len(self) -> usize {
        todo!()
    }
    /// Whether changes are noticed.
    #[must_use]
    pub fn is_authenticated(self) -> bool {
        matches!(self, Self::Aes128Gcm | Self::Aes192Gcm | Self::Aes256Gcm)
    }
    /// Whether it can be broken or is withdrawn: DES, 3DES, RC2.
    #[must_use]
    pub fn is_weak(self) -> bool {
        matches!(self, Self::TripleDesCbc | Self::DesCbc | Self::Rc2Cbc(_))
    }
}

impl std::fmt::Display for ContentCipher {
    /// `aes-256-cbc`, `aes-128-gcm`, `des-ede3-cbc`, `rc2-40-cbc`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let _ = f;
        todo!()
    }
}

/// A content-encryption algorithm with its parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentAlgorithm {
    /// The cipher.
    pub cipher: ContentCipher,
    /// The initialisation vector (CBC) or nonce (GCM).
    pub iv: Vec<u8>,
    /// Bytes of the authentication tag; 0 for CBC.
    pub tag_len: usize,
}

impl ContentAlgorithm {
    /// From contentEncryptionAlgorithm.
    ///
    /// # Errors
    /// When it is not built in, or its parameters are damaged.
    pub fn from_identifier(algorithm: &AlgorithmIdentifierOwned) -> Result<Self, Error> {
        let _ = algorithm;
        todo!()
    }
    /// With a fresh random IV (CBC: 16 bytes) or nonce (GCM: 12 bytes, tag 16); refused for ciphers that are for reading only.
    ///
    /// # Errors
    /// When the system has no randomness to give, or the cipher is for reading only.
    pub fn generate(cipher: ContentCipher) -> Result<Self, Error> {
        let _ = cipher;
        todo!()
    }
    /// The identifier to write.
    #[must_use]
    pub fn identifier(&self) -> AlgorithmIdentifierOwned {
        todo!()
    }
}

/// Encrypts a stream.
pub struct Encryptor {
    _private: (),
}

impl Encryptor {
    /// Starts.
    ///
    /// # Errors
    /// When the key has the wrong length.
    pub fn new(algorithm: &ContentAlgorithm, key: &[u8], associated_data: &[u8]) -> Result<Self, Error> {
        let _ = (algorithm, key, associated_data);
        todo!()
    }
    /// Encrypts some bytes and appends what is ready to `out`.
    pub fn update(&mut self, plain: &[u8], out: &mut Vec<u8>) {
        let _ = (plain, out);
        todo!()
    }
    /// Appends the rest (padding) and returns the tag of an authenticated cipher.
    #[must_use]
    pub fn finish(self, out: &mut Vec<u8>) -> Option<Vec<u8>> {
        let _ = out;
        todo!()
    }
}

/// Checks a stream of ciphertext against its tag without decrypting anything.
pub struct Authenticator {
    _private: (),
}

impl Authenticator {
    /// Starts; the cipher must be an authenticated one.
    ///
    /// # Errors
    /// When the key has the wrong length or the cipher is not authenticated.
    pub fn new(algorithm: &ContentAlgorithm, key: &[u8], associated_data: &[u8]) -> Result<Self, Error> {
        let _ = (algorithm, key, associated_data);
        todo!()
    }
    /// Adds ciphertext.
    pub fn update(&mut self, ciphertext: &[u8]) {
        let _ = ciphertext;
        todo!()
    }
    /// Compares in constant time.
    ///
    /// # Errors
    /// [`Error::Decryption`] when the tag does not match.
    pub fn verify(self, tag: &[u8]) -> Result<(), Error> {
        let _ = tag;
        todo!()
    }
}

/// Decrypts from any block on. Knows nothing of padding or tags.
pub struct Decryptor {
    _private: (),
}

impl Decryptor {
    /// Starts.
    ///
    /// # Errors
    /// When the key has the wrong length.
    pub fn new(algorithm: &ContentAlgorithm, key: &[u8]) -> Result<Self, Error> {
        let _ = (algorithm, key);
        todo!()
    }
    /// Decrypts in place. `position` is the offset of `data` in the ciphertext, a multiple of the block length; for CBC
    /// `data` is whole blocks and `previous` the ciphertext block before it (ignored at position 0, and by GCM).
    ///
    /// # Errors
    /// When lengths are not as said.
    pub fn decrypt(&self, position: u64, previous: &[u8], data: &mut [u8]) -> Result<(), Error> {
        let _ = (position, previous, data);
        todo!()
    }
}

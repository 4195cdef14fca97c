//! Message digests (FIPS 180-4; RFC 5754, RFC 3370).

use const_oid::ObjectIdentifier;
use spki::AlgorithmIdentifierOwned;

use super::Unsupported;

/// A digest algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub enum DigestAlgorithm {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

impl DigestAlgorithm {
    /// By identifier.
    ///
    /// # Errors
    /// When it is none of these.
    pub fn from_oid(oid: &ObjectIdentifier) -> Result<Self, Unsupported> {
        Err(Unsupported::new("digest", *oid))
    }
    /// The identifier.
    #[must_use]
    pub fn oid(self) -> ObjectIdentifier {
        todo!()
    }
    /// The identifier with parameters absent (RFC 5754 §2).
    #[must_use]
    pub fn identifier(self) -> AlgorithmIdentifierOwned {
        todo!()
    }
    /// Bytes of output.
    #[must_use]
    pub fn output_len(self) -> usize {
        todo!()
    }
    /// The `micalg` value (RFC 8551 §3.5.3.2): `sha-256`.
    #[must_use]
    pub fn micalg(self) -> &'static str {
        todo!()
    }
    /// From a `micalg` value, old spellings (`sha1`, `sha256`) too.
    #[must_use]
    pub fn from_micalg(name: &str) -> Option<Self> {
        let _ = name;
        todo!()
    }
    /// Whether collisions are practical: MD5, SHA-1.
    #[must_use]
    pub fn is_weak(self) -> bool {
        matches!(self, Self::Md5 | Self::Sha1)
    }
    /// The digest of bytes in memory.
    #[must_use]
    pub fn digest(self, data: &[u8]) -> Vec<u8> {
        let _ = data;
        todo!()
    }
}

impl std::fmt::Display for DigestAlgorithm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.micalg())
    }
}

/// A digest in progress; also an [`std::io::Write`].
#[derive(Clone)]
pub struct Hasher {
    _private: (),
}

impl Hasher {
    /// Starts.
    #[must_use]
    pub fn new(algorithm: DigestAlgorithm) -> Self {
        let _ = algorithm;
        todo!()
    }
    /// Adds bytes.
    pub fn update(&mut self, data: &[u8]) {
        let _ = data;
        todo!()
    }
    /// Ends.
    #[must_use]
    pub fn finalize(self) -> Vec<u8> {
        todo!()
    }
}

impl std::io::Write for Hasher {
    fn write(&mut self, data: &[u8]) -> std::io::Result<usize> {
        self.update(data);
        Ok(data.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

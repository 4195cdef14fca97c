//! Message digests (FIPS 180-4; RFC 5754, RFC 3370).

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5912;
use sha2::digest::{Digest, DynDigest};
use spki::AlgorithmIdentifierOwned;

use super::Unsupported;

/// id-md5 (RFC 3370 §2.2).
const MD5: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.2.5");

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
    const ALL: [Self; 6] = [Self::Md5, Self::Sha1, Self::Sha224, Self::Sha256, Self::Sha384, Self::Sha512];

    /// By identifier.
    ///
    /// # Errors
    /// When it is none of these.
    pub fn from_oid(oid: &ObjectIdentifier) -> Result<Self, Unsupported> {
        Self::ALL.into_iter().find(|known| known.oid() == *oid).ok_or_else(|| Unsupported::new("digest", *oid))
    }

    /// The identifier.
    #[must_use]
    pub fn oid(self) -> ObjectIdentifier {
        match self {
            Self::Md5 => MD5,
            Self::Sha1 => rfc5912::ID_SHA_1,
            Self::Sha224 => rfc5912::ID_SHA_224,
            Self::Sha256 => rfc5912::ID_SHA_256,
            Self::Sha384 => rfc5912::ID_SHA_384,
            Self::Sha512 => rfc5912::ID_SHA_512,
        }
    }

    /// The identifier with parameters absent (RFC 5754 §2).
    #[must_use]
    pub fn identifier(self) -> AlgorithmIdentifierOwned {
        AlgorithmIdentifierOwned { oid: self.oid(), parameters: None }
    }

    /// Bytes of output.
    #[must_use]
    pub fn output_len(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// The `micalg` value (RFC 8551 §3.5.3.2): `sha-256`.
    #[must_use]
    pub fn micalg(self) -> &'static str {
        match self {
            Self::Md5 => "md5",
            Self::Sha1 => "sha-1",
            Self::Sha224 => "sha-224",
            Self::Sha256 => "sha-256",
            Self::Sha384 => "sha-384",
            Self::Sha512 => "sha-512",
        }
    }

    /// From a `micalg` value, old spellings (`sha1`, `sha256`) too.
    #[must_use]
    pub fn from_micalg(name: &str) -> Option<Self> {
        let plain: String = name.trim().chars().filter(|c| *c != '-').collect::<String>().to_ascii_lowercase();
        let plain = plain.strip_prefix("rsa").unwrap_or(&plain);
        Self::ALL.into_iter().find(|known| known.micalg().replace('-', "") == plain)
    }

    /// Whether collisions are practical: MD5, SHA-1.
    #[must_use]
    pub fn is_weak(self) -> bool {
        matches!(self, Self::Md5 | Self::Sha1)
    }

    /// The digest of bytes in memory.
    #[must_use]
    pub fn digest(self, data: &[u8]) -> Vec<u8> {
        let mut hasher = Hasher::new(self);
        hasher.update(data);
        hasher.finalize()
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
    state: Box<dyn CloneDigest>,
}

trait CloneDigest: DynDigest + Send + Sync {
    fn clone_box(&self) -> Box<dyn CloneDigest>;
}

impl<T: DynDigest + Clone + Send + Sync + 'static> CloneDigest for T {
    fn clone_box(&self) -> Box<dyn CloneDigest> {
        Box::new(self.clone())
    }
}

impl Clone for Box<dyn CloneDigest> {
    fn clone(&self) -> Self {
        self.as_ref().clone_box()
    }
}

impl Hasher {
    /// Starts.
    #[must_use]
    pub fn new(algorithm: DigestAlgorithm) -> Self {
        let state: Box<dyn CloneDigest> = match algorithm {
            DigestAlgorithm::Md5 => Box::new(md5::Md5::new()),
            DigestAlgorithm::Sha1 => Box::new(sha1::Sha1::new()),
            DigestAlgorithm::Sha224 => Box::new(sha2::Sha224::new()),
            DigestAlgorithm::Sha256 => Box::new(sha2::Sha256::new()),
            DigestAlgorithm::Sha384 => Box::new(sha2::Sha384::new()),
            DigestAlgorithm::Sha512 => Box::new(sha2::Sha512::new()),
        };
        Self { state }
    }

    /// Adds bytes.
    pub fn update(&mut self, data: &[u8]) {
        self.state.update(data);
    }

    /// Ends.
    #[must_use]
    pub fn finalize(mut self) -> Vec<u8> {
        self.state.finalize_reset().into_vec()
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

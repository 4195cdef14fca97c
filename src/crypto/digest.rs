//! Message digests (FIPS 180-4; RFC 5754, RFC 3370) and HMAC (RFC 2104).

use aws_lc_rs::digest as aws;
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5912;
use digest::{Digest, DynDigest};
use hmac::{KeyInit, Mac};
use spki::AlgorithmIdentifierOwned;
use zeroize::{Zeroize, Zeroizing};

use super::{Error, Unsupported};

/// Evaluates an expression in which `$hash` names the type that computes `$algorithm`.
macro_rules! with_digest {
    ($algorithm:expr, $hash:ident => $body:expr) => {{
        use $crate::crypto::DigestAlgorithm;
        macro_rules! with {
            ($type:ty) => {{
                type $hash = $type;
                $body
            }};
        }
        match $algorithm {
            DigestAlgorithm::Md5 => with!(md5::Md5),
            DigestAlgorithm::Sha1 => with!(sha1::Sha1),
            DigestAlgorithm::Sha224 => with!(sha2::Sha224),
            DigestAlgorithm::Sha256 => with!(sha2::Sha256),
            DigestAlgorithm::Sha384 => with!(sha2::Sha384),
            DigestAlgorithm::Sha512 => with!(sha2::Sha512),
        }
    }};
}
pub(super) use with_digest;

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

    /// Bytes that the function takes at once.
    #[must_use]
    pub fn block_len(self) -> usize {
        match self {
            Self::Md5 | Self::Sha1 | Self::Sha224 | Self::Sha256 => 64,
            Self::Sha384 | Self::Sha512 => 128,
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
        with_digest!(self, Hash => Hash::digest(data).to_vec())
    }

    /// HMAC (RFC 2104) over the parts in their order.
    #[must_use]
    pub fn hmac(self, key: &[u8], parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
        with_digest!(self, Hash => {
            // HMAC takes keys of every length.
            let Ok(mut mac) = hmac::Hmac::<Hash>::new_from_slice(key) else { return Zeroizing::default() };
            parts.iter().for_each(|part| mac.update(part));
            let mut bytes = mac.finalize().into_bytes();
            let kept = Zeroizing::new(bytes.to_vec());
            bytes.as_mut_slice().zeroize();
            kept
        })
    }
}

/// A digest as the other implementation takes it.
pub(super) fn imported(algorithm: DigestAlgorithm, digested: &[u8]) -> Result<aws::Digest, Error> {
    let algorithm = match algorithm {
        DigestAlgorithm::Md5 => return Err(Unsupported::new("digest", algorithm.oid()).into()),
        DigestAlgorithm::Sha1 => &aws::SHA1_FOR_LEGACY_USE_ONLY,
        DigestAlgorithm::Sha224 => &aws::SHA224,
        DigestAlgorithm::Sha256 => &aws::SHA256,
        DigestAlgorithm::Sha384 => &aws::SHA384,
        DigestAlgorithm::Sha512 => &aws::SHA512,
    };
    aws::Digest::import_less_safe(digested, algorithm).map_err(|_| Error::Parameters("a digest of another length"))
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
        Self { state: with_digest!(algorithm, Hash => Box::new(Hash::new())) }
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

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::crypto::tests::unhex;

    /// Each name must mean the function that the standard means: "abc" of RFC 1321 A.5 and FIPS 180.
    #[test]
    fn digests_of_abc_are_the_standards() {
        let expected = [
            "900150983cd24fb0d6963f7d28e17f72",
            "a9993e364706816aba3e25717850c26c9cd0d89d",
            "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
             2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        ];
        for (algorithm, expected) in DigestAlgorithm::ALL.into_iter().zip(expected) {
            assert_eq!(algorithm.digest(b"abc"), unhex(expected), "{algorithm}");
            assert_eq!(algorithm.output_len(), unhex(expected).len(), "{algorithm}");
            let mut hasher = Hasher::new(algorithm);
            hasher.write_all(b"a").unwrap();
            let mut other = hasher.clone();
            hasher.update(b"bc");
            other.update(b"x");
            assert_eq!(hasher.finalize(), unhex(expected), "{algorithm} in pieces");
            assert_eq!(other.finalize(), algorithm.digest(b"ax"), "{algorithm} of a clone");
        }
    }

    /// RFC 2202 §2 and §3, RFC 4231 §4.3: the MAC of PKCS#12 and PBMAC1.
    #[test]
    fn hmac_is_the_standards() {
        let expected = [
            (DigestAlgorithm::Md5, "750c783e6ab0b503eaa86e310a5db738"),
            (DigestAlgorithm::Sha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
            (DigestAlgorithm::Sha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        ];
        for (algorithm, expected) in expected {
            let mac = algorithm.hmac(b"Jefe", &[b"what do ya ", b"want for nothing?"]);
            assert_eq!(*mac, unhex(expected), "{algorithm}");
        }
    }

    /// Identifiers and `micalg` values must lead back to the algorithm; old spellings stand in old mail.
    #[test]
    fn names_and_identifiers_lead_back() {
        for algorithm in DigestAlgorithm::ALL {
            assert_eq!(DigestAlgorithm::from_oid(&algorithm.oid()), Ok(algorithm));
            assert_eq!(DigestAlgorithm::from_micalg(algorithm.micalg()), Some(algorithm));
            assert_eq!(algorithm.identifier().parameters, None);
        }
        for (name, algorithm) in [
            ("sha1", DigestAlgorithm::Sha1),
            (" SHA256 ", DigestAlgorithm::Sha256),
            ("rsa-md5", DigestAlgorithm::Md5),
            ("rsa-sha1", DigestAlgorithm::Sha1),
        ] {
            assert_eq!(DigestAlgorithm::from_micalg(name), Some(algorithm), "{name}");
        }
        for unknown in ["", "rsa-", "unknown", "sha-3", "sha-256é"] {
            assert_eq!(DigestAlgorithm::from_micalg(unknown), None, "{unknown}");
        }
        assert!(DigestAlgorithm::from_oid(&rfc5912::RSA_ENCRYPTION).is_err());
    }
}

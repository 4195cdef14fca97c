//! Message digests (FIPS 180-4, FIPS 202; RFC 5754, RFC 3370, RFC 8702, RFC 9688) and HMAC (RFC 2104).

#[cfg(test)]
mod tests;
mod types;

use aws_lc_rs::digest as aws;
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5912;
use der::asn1::Any;
use digest::consts::{U32, U64};
use digest::{Digest, DynDigest, XofFixedWrapper};
use ed448_goldilocks::shake;
use hmac::{KeyInit, Mac};
use spki::AlgorithmIdentifierOwned;
use zeroize::{Zeroize, Zeroizing};

pub(super) use types::{with_digest, with_hmac, with_sha2};

use super::{Error, Unsupported};

/// SHAKE128 with 256 bits of output (RFC 8702 §2).
pub(super) type Shake128 = XofFixedWrapper<shake::Shake128, U32>;
/// SHAKE256 with 512 bits of output (RFC 8702 §2).
pub(super) type Shake256 = XofFixedWrapper<shake::Shake256, U64>;

/// id-md5 (RFC 3370 §2.2).
const MD5: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.2.5");

/// hashAlgs (NIST's Computer Security Objects Register), with the number of one of them.
macro_rules! nist {
    ($number:literal) => {
        const { ObjectIdentifier::new_unwrap(concat!("2.16.840.1.101.3.4.2.", $number)) }
    };
}

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
    Sha512_224,
    Sha512_256,
    Sha3_224,
    Sha3_256,
    Sha3_384,
    Sha3_512,
    /// With 256 bits of output (RFC 8702 §2).
    Shake128,
    /// With 512 bits of output (RFC 8702 §2).
    Shake256,
    /// SHAKE256 whose 512 bits of output stand in its parameters, beside Ed448 (RFC 8419 §3.1).
    Shake256Len,
}

impl DigestAlgorithm {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Md5,
        Self::Sha1,
        Self::Sha224,
        Self::Sha256,
        Self::Sha384,
        Self::Sha512,
        Self::Sha512_224,
        Self::Sha512_256,
        Self::Sha3_224,
        Self::Sha3_256,
        Self::Sha3_384,
        Self::Sha3_512,
        Self::Shake128,
        Self::Shake256,
        Self::Shake256Len,
    ];

    /// By identifier.
    ///
    /// # Errors
    /// When it is none of these.
    pub fn from_oid(oid: &ObjectIdentifier) -> Result<Self, Unsupported> {
        Self::ALL.into_iter().find(|known| known.oid() == *oid).ok_or_else(|| Unsupported::new("digest", *oid))
    }

    /// By identifier with its parameters, which are without meaning but for SHAKE256 of a length that they name.
    ///
    /// # Errors
    /// When it is none of these.
    pub fn from_identifier(algorithm: &AlgorithmIdentifierOwned) -> Result<Self, Unsupported> {
        let digest = Self::from_oid(&algorithm.oid)?;
        let length = algorithm.parameters.as_ref().and_then(|length| length.decode_as::<u16>().ok());
        if digest == Self::Shake256Len && length != Some(SHAKE256_BITS) {
            return Err(Unsupported::new("digest", algorithm.oid));
        }
        Ok(digest)
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
            Self::Sha512_224 => nist!(5),
            Self::Sha512_256 => nist!(6),
            Self::Sha3_224 => nist!(7),
            Self::Sha3_256 => nist!(8),
            Self::Sha3_384 => nist!(9),
            Self::Sha3_512 => nist!(10),
            Self::Shake128 => nist!(11),
            Self::Shake256 => nist!(12),
            Self::Shake256Len => nist!(18),
        }
    }

    /// The identifier with parameters absent (RFC 5754 §2, RFC 8702 §3.1), but for the length that one of them names.
    #[must_use]
    pub fn identifier(self) -> AlgorithmIdentifierOwned {
        let parameters = if self == Self::Shake256Len { Any::encode_from(&SHAKE256_BITS).ok() } else { None };
        AlgorithmIdentifierOwned { oid: self.oid(), parameters }
    }

    /// Bytes of output.
    #[must_use]
    pub fn output_len(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha224 | Self::Sha512_224 | Self::Sha3_224 => 28,
            Self::Sha256 | Self::Sha512_256 | Self::Sha3_256 | Self::Shake128 => 32,
            Self::Sha384 | Self::Sha3_384 => 48,
            Self::Sha512 | Self::Sha3_512 | Self::Shake256 | Self::Shake256Len => 64,
        }
    }

    /// Bytes that the function takes at once.
    #[must_use]
    pub fn block_len(self) -> usize {
        match self {
            Self::Md5 | Self::Sha1 | Self::Sha224 | Self::Sha256 => 64,
            Self::Sha384 | Self::Sha512 | Self::Sha512_224 | Self::Sha512_256 => 128,
            // The rate of the sponge (FIPS 202 table 3).
            Self::Sha3_224 => 144,
            Self::Sha3_256 | Self::Shake256 | Self::Shake256Len => 136,
            Self::Sha3_384 => 104,
            Self::Sha3_512 => 72,
            Self::Shake128 => 168,
        }
    }

    /// The `micalg` value (RFC 8551 §3.5.3.2): `sha-256`. Nobody has defined one for some of them, which are named in its style.
    #[must_use]
    pub fn micalg(self) -> &'static str {
        match self {
            Self::Md5 => "md5",
            Self::Sha1 => "sha-1",
            Self::Sha224 => "sha-224",
            Self::Sha256 => "sha-256",
            Self::Sha384 => "sha-384",
            Self::Sha512 => "sha-512",
            Self::Sha512_224 => "sha-512-224",
            Self::Sha512_256 => "sha-512-256",
            Self::Sha3_224 => "sha3-224",
            Self::Sha3_256 => "sha3-256",
            Self::Sha3_384 => "sha3-384",
            Self::Sha3_512 => "sha3-512",
            Self::Shake128 => "shake128",
            Self::Shake256 => "shake256",
            Self::Shake256Len => "shake256-512",
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

    /// Whether it gives as much output as it is asked for: SHAKE.
    #[must_use]
    pub fn is_extendable(self) -> bool {
        matches!(self, Self::Shake128 | Self::Shake256 | Self::Shake256Len)
    }

    /// The digest of bytes in memory.
    #[must_use]
    pub fn digest(self, data: &[u8]) -> Vec<u8> {
        with_digest!(self, Hash => Hash::digest(data).to_vec())
    }

    /// As many octets of output as are asked for, where that is for the caller to say: SHAKE.
    #[must_use]
    pub(super) fn extended(self, data: &[u8], length: usize) -> Option<Vec<u8>> {
        use shake::{ExtendableOutput, Update};
        let mut output = vec![0; length];
        match self {
            Self::Shake128 => shake::Shake128::default().chain(data).finalize_xof_into(&mut output),
            Self::Shake256 | Self::Shake256Len => shake::Shake256::default().chain(data).finalize_xof_into(&mut output),
            _ => return None,
        }
        Some(output)
    }

    /// HMAC (RFC 2104) over the parts in their order.
    #[must_use]
    pub fn hmac(self, key: &[u8], parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
        with_hmac!(self, Hmac => {
            // HMAC takes keys of every length.
            let Ok(mut mac) = Hmac::new_from_slice(key) else { return Zeroizing::default() };
            parts.iter().for_each(|part| mac.update(part));
            let mut bytes = mac.finalize().into_bytes();
            let kept = Zeroizing::new(bytes.to_vec());
            bytes.as_mut_slice().zeroize();
            kept
        }, _ => self.hmac_by_hand(key, parts))
    }

    /// HMAC where nobody has made one, as RFC 2104 §2 says.
    fn hmac_by_hand(self, key: &[u8], parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
        let mut block = Zeroizing::new(vec![0; self.block_len()]);
        let short =
            if key.len() > block.len() { Zeroizing::new(self.digest(key)) } else { Zeroizing::new(key.to_vec()) };
        block.iter_mut().zip(short.iter()).for_each(|(to, from)| *to = *from);
        let padded = |pad: u8| Zeroizing::new(block.iter().map(|octet| octet ^ pad).collect::<Vec<u8>>());
        let digest = |pad, parts: &[&[u8]]| {
            let mut hasher = Hasher::new(self);
            hasher.update(&padded(pad));
            parts.iter().for_each(|part| hasher.update(part));
            Zeroizing::new(hasher.finalize())
        };
        let inner = digest(0x36, parts);
        digest(0x5c, &[&inner])
    }
}

/// Bits of output of SHAKE256 (RFC 8419 §3.1).
const SHAKE256_BITS: u16 = 512;

/// How the other implementation, which is faster, calls an algorithm.
fn of_aws(algorithm: DigestAlgorithm) -> Option<&'static aws::Algorithm> {
    Some(match algorithm {
        DigestAlgorithm::Sha1 => &aws::SHA1_FOR_LEGACY_USE_ONLY,
        DigestAlgorithm::Sha224 => &aws::SHA224,
        DigestAlgorithm::Sha256 => &aws::SHA256,
        DigestAlgorithm::Sha384 => &aws::SHA384,
        DigestAlgorithm::Sha512 => &aws::SHA512,
        _ => return None,
    })
}

/// A digest as the other implementation takes it.
pub(super) fn imported(algorithm: DigestAlgorithm, digested: &[u8]) -> Result<aws::Digest, Error> {
    let algorithm = of_aws(algorithm).ok_or_else(|| Unsupported::new("digest", algorithm.oid()))?;
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
    state: State,
}

#[derive(Clone)]
enum State {
    Aws(aws::Context),
    Other(Box<dyn CloneDigest>),
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
        let state = match of_aws(algorithm) {
            Some(algorithm) => State::Aws(aws::Context::new(algorithm)),
            None => State::Other(with_digest!(algorithm, Hash => Box::new(Hash::new()))),
        };
        Self { state }
    }

    /// Adds bytes.
    pub fn update(&mut self, data: &[u8]) {
        match &mut self.state {
            State::Aws(state) => state.update(data),
            State::Other(state) => state.update(data),
        }
    }

    /// Ends.
    #[must_use]
    pub fn finalize(self) -> Vec<u8> {
        match self.state {
            State::Aws(state) => state.finish().as_ref().to_vec(),
            State::Other(mut state) => state.finalize_reset().into_vec(),
        }
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

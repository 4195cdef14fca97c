//! Message digests (FIPS 180-4, FIPS 202; RFC 5754, RFC 3370, RFC 8702, RFC 9688) and HMAC (RFC 2104).

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
            DigestAlgorithm::Sha512_224 => with!(sha2::Sha512_224),
            DigestAlgorithm::Sha512_256 => with!(sha2::Sha512_256),
            DigestAlgorithm::Sha3_224 => with!(sha3::Sha3_224),
            DigestAlgorithm::Sha3_256 => with!(sha3::Sha3_256),
            DigestAlgorithm::Sha3_384 => with!(sha3::Sha3_384),
            DigestAlgorithm::Sha3_512 => with!(sha3::Sha3_512),
            DigestAlgorithm::Shake128 => with!($crate::crypto::digest::Shake128),
            DigestAlgorithm::Shake256 | DigestAlgorithm::Shake256Len => with!($crate::crypto::digest::Shake256),
        }
    }};
}
pub(super) use with_digest;

/// [`with_digest`] for those of SHA-1 and SHA-2 alone; for the others, an error is returned.
macro_rules! with_sha2 {
    ($algorithm:expr, $hash:ident => $body:expr, _ => $none:expr) => {{
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
            _ => $none,
        }
    }};
}
pub(super) use with_sha2;

/// Evaluates an expression in which `$mac` names the HMAC with `$algorithm`; there is none with SHAKE, for which the last
/// expression stands.
macro_rules! with_hmac {
    ($algorithm:expr, $mac:ident => $body:expr, _ => $none:expr) => {{
        use $crate::crypto::DigestAlgorithm;
        macro_rules! with {
            ($type:ty) => {{
                type $mac = $type;
                $body
            }};
        }
        match $algorithm {
            DigestAlgorithm::Md5 => with!(hmac::Hmac<md5::Md5>),
            DigestAlgorithm::Sha1 => with!(hmac::Hmac<sha1::Sha1>),
            DigestAlgorithm::Sha224 => with!(hmac::Hmac<sha2::Sha224>),
            DigestAlgorithm::Sha256 => with!(hmac::Hmac<sha2::Sha256>),
            DigestAlgorithm::Sha384 => with!(hmac::Hmac<sha2::Sha384>),
            DigestAlgorithm::Sha512 => with!(hmac::Hmac<sha2::Sha512>),
            DigestAlgorithm::Sha512_224 => with!(hmac::Hmac<sha2::Sha512_224>),
            DigestAlgorithm::Sha512_256 => with!(hmac::Hmac<sha2::Sha512_256>),
            DigestAlgorithm::Sha3_224 => with!(hmac::SimpleHmac<sha3::Sha3_224>),
            DigestAlgorithm::Sha3_256 => with!(hmac::SimpleHmac<sha3::Sha3_256>),
            DigestAlgorithm::Sha3_384 => with!(hmac::SimpleHmac<sha3::Sha3_384>),
            DigestAlgorithm::Sha3_512 => with!(hmac::SimpleHmac<sha3::Sha3_512>),
            DigestAlgorithm::Shake128 | DigestAlgorithm::Shake256 | DigestAlgorithm::Shake256Len => $none,
        }
    }};
}
pub(super) use with_hmac;

/// SHAKE128 with 256 bits of output (RFC 8702 §2).
pub(super) type Shake128 = XofFixedWrapper<shake::Shake128, U32>;
/// SHAKE256 with 512 bits of output (RFC 8702 §2).
pub(super) type Shake256 = XofFixedWrapper<shake::Shake256, U64>;

/// id-md5 (RFC 3370 §2.2).
const MD5: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.2.5");

/// hashAlgs (NIST's Computer Security Objects Register), with the number of one of them.
const fn nist(number: u32) -> ObjectIdentifier {
    match ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2").push_arc(number) {
        Ok(oid) => oid,
        Err(_) => MD5,
    }
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
            Self::Sha512_224 => const { nist(5) },
            Self::Sha512_256 => const { nist(6) },
            Self::Sha3_224 => const { nist(7) },
            Self::Sha3_256 => const { nist(8) },
            Self::Sha3_384 => const { nist(9) },
            Self::Sha3_512 => const { nist(10) },
            Self::Shake128 => const { nist(11) },
            Self::Shake256 => const { nist(12) },
            Self::Shake256Len => const { nist(18) },
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

/// A digest as the other implementation takes it.
pub(super) fn imported(algorithm: DigestAlgorithm, digested: &[u8]) -> Result<aws::Digest, Error> {
    let algorithm = match algorithm {
        DigestAlgorithm::Sha1 => &aws::SHA1_FOR_LEGACY_USE_ONLY,
        DigestAlgorithm::Sha224 => &aws::SHA224,
        DigestAlgorithm::Sha256 => &aws::SHA256,
        DigestAlgorithm::Sha384 => &aws::SHA384,
        DigestAlgorithm::Sha512 => &aws::SHA512,
        other => return Err(Unsupported::new("digest", other.oid()).into()),
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

    /// Each name must mean the function that the standard means: "abc" of RFC 1321 A.5, FIPS 180 and FIPS 202.
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
            "4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa",
            "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23",
            "e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf",
            "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
            "ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b298d88cea927ac7f539f1edf228376d25",
            "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e\
             10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0",
            "5881092dd818bf5cf8a3ddb793fbcba74097d5c526a6d35f97b83351940f2cc8",
            "483366601360a8771c6863080cc4114d8db44530f8f1e1ee4f94ea37e78b5739\
             d5a15bef186a5386c75744c0527e1faa9f8726e462a12a4feb06bd8801e751e4",
            "483366601360a8771c6863080cc4114d8db44530f8f1e1ee4f94ea37e78b5739\
             d5a15bef186a5386c75744c0527e1faa9f8726e462a12a4feb06bd8801e751e4",
        ];
        assert_eq!(expected.len(), DigestAlgorithm::ALL.len());
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

    /// What is made by hand is what the library makes, with keys below and above the length of a block.
    #[test]
    fn hmac_by_hand_is_hmac() {
        for algorithm in DigestAlgorithm::ALL {
            for length in [0, 1, algorithm.block_len(), algorithm.block_len() + 1, 300] {
                let key = vec![7; length];
                let (made, by_hand) = (algorithm.hmac(&key, &[b"a", b"b"]), algorithm.hmac_by_hand(&key, &[b"ab"]));
                assert_eq!(made, by_hand, "{algorithm} {length}");
                assert_eq!(made.len(), algorithm.output_len());
            }
        }
    }

    /// SHAKE256 of another length than the one that is built in is another function (RFC 8419 §3.1).
    #[test]
    fn lengths_of_shake_are_looked_at() {
        let with = |parameters| AlgorithmIdentifierOwned { oid: DigestAlgorithm::Shake256Len.oid(), parameters };
        let read = |parameters| DigestAlgorithm::from_identifier(&with(parameters));
        assert_eq!(read(Any::encode_from(&512u16).ok()), Ok(DigestAlgorithm::Shake256Len));
        for other in [None, Some(Any::null()), Any::encode_from(&256u16).ok(), Any::encode_from(&70_000u32).ok()] {
            assert!(read(other).is_err());
        }
    }

    /// Identifiers and `micalg` values must lead back to the algorithm; old spellings stand in old mail.
    #[test]
    fn names_and_identifiers_lead_back() {
        for algorithm in DigestAlgorithm::ALL {
            assert_eq!(DigestAlgorithm::from_oid(&algorithm.oid()), Ok(algorithm));
            assert_eq!(DigestAlgorithm::from_micalg(algorithm.micalg()), Some(algorithm));
            assert_eq!(DigestAlgorithm::from_identifier(&algorithm.identifier()), Ok(algorithm));
            assert_eq!(algorithm.identifier().parameters.is_some(), algorithm == DigestAlgorithm::Shake256Len);
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

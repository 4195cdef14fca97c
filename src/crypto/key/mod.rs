//! Private keys in memory, and what can be done with a key wherever it is kept.

mod format;

use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5912, rfc8410};
use der::asn1::{Any, BitString};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use zeroize::Zeroizing;

use super::signature::Input;
use super::transport::KeyTransport;
use super::{DigestAlgorithm, Error, SignatureAlgorithm, Unsupported, dsa, ec, rsa};

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
    /// DSA with that many bits of p; for verification only.
    Dsa(u32),
}

impl KeyKind {
    /// Of a public key.
    ///
    /// # Errors
    /// When the key is of a kind that is not built in, or damaged.
    pub fn of(key: &SubjectPublicKeyInfoOwned) -> Result<Self, Error> {
        match key.algorithm.oid {
            rfc5912::RSA_ENCRYPTION | rfc5912::ID_RSASSA_PSS | rfc5912::ID_RSAES_OAEP => rsa::bits(key).map(Self::Rsa),
            rfc5912::ID_EC_PUBLIC_KEY => {
                let curve = key.algorithm.parameters.as_ref().ok_or(Error::Parameters("a curve is missing"))?;
                let curve: ObjectIdentifier =
                    curve.decode_as().map_err(|_| Error::Parameters("the curve is not one of the named ones"))?;
                Self::from_curve(curve)
            }
            rfc8410::ID_ED_25519 => Ok(Self::Ed25519),
            rfc8410::ID_X_25519 => Ok(Self::X25519),
            dsa::ID_DSA => dsa::bits(key).map(Self::Dsa),
            other => Err(Unsupported::new("key", other).into()),
        }
    }

    pub(super) fn from_curve(curve: ObjectIdentifier) -> Result<Self, Error> {
        match curve {
            rfc5912::SECP_256_R_1 => Ok(Self::P256),
            rfc5912::SECP_384_R_1 => Ok(Self::P384),
            rfc5912::SECP_521_R_1 => Ok(Self::P521),
            other => Err(Unsupported::new("curve", other).into()),
        }
    }

    /// Whether the key is not to be relied on any more: RSA below 2048 bits, DSA of any size (FIPS 186-5 §4).
    #[must_use]
    pub fn is_weak(self) -> bool {
        matches!(self, Self::Rsa(..2048) | Self::Dsa(_))
    }

    /// The AlgorithmIdentifier of keys of this kind.
    fn identifier(self) -> AlgorithmIdentifierOwned {
        let (oid, parameters) = match self {
            Self::Rsa(_) => (rfc5912::RSA_ENCRYPTION, Some(Any::null())),
            Self::P256 => (rfc5912::ID_EC_PUBLIC_KEY, Some(Any::from(rfc5912::SECP_256_R_1))),
            Self::P384 => (rfc5912::ID_EC_PUBLIC_KEY, Some(Any::from(rfc5912::SECP_384_R_1))),
            Self::P521 => (rfc5912::ID_EC_PUBLIC_KEY, Some(Any::from(rfc5912::SECP_521_R_1))),
            Self::Ed25519 => (rfc8410::ID_ED_25519, None),
            Self::X25519 => (rfc8410::ID_X_25519, None),
            Self::Dsa(_) => (dsa::ID_DSA, None),
        };
        AlgorithmIdentifierOwned { oid, parameters }
    }
}

impl std::fmt::Display for KeyKind {
    /// `RSA-2048`, `P-256`, `Ed25519`, `DSA-1024`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Rsa(bits) => write!(f, "RSA-{bits}"),
            Self::P256 => f.write_str("P-256"),
            Self::P384 => f.write_str("P-384"),
            Self::P521 => f.write_str("P-521"),
            Self::Ed25519 => f.write_str("Ed25519"),
            Self::X25519 => f.write_str("X25519"),
            Self::Dsa(bits) => write!(f, "DSA-{bits}"),
        }
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
    /// For PKCS #1 v1.5 a bad padding or length is not reported: a pseudo-random key of the expected length comes back, so
    /// that the cases cannot be told apart (RFC 3218 §2.3, RFC 8017 §7.2).
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
    kind: KeyKind,
    public: SubjectPublicKeyInfoOwned,
    secret: Secret,
}

enum Secret {
    Rsa(Box<rsa::Private>),
    Ec(ec::Private),
}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("PrivateKey").field(&self.kind).finish()
    }
}

impl PrivateKey {
    /// Makes a new key.
    ///
    /// # Errors
    /// When the system has no randomness to give or the kind cannot be made.
    pub fn generate(kind: KeyKind) -> Result<Self, Error> {
        match kind {
            KeyKind::Rsa(bits) => Self::from_rsa(rsa::Private::generate(bits)?, kind.identifier()),
            _ => Self::from_ec(kind, ec::Private::generate(kind)?),
        }
    }

    fn from_rsa(key: rsa::Private, algorithm: AlgorithmIdentifierOwned) -> Result<Self, Error> {
        let public = SubjectPublicKeyInfoOwned { algorithm, subject_public_key: key.public()? };
        Ok(Self { kind: KeyKind::Rsa(key.bits()), public, secret: Secret::Rsa(Box::new(key)) })
    }

    fn from_ec(kind: KeyKind, key: ec::Private) -> Result<Self, Error> {
        let subject_public_key = BitString::from_bytes(key.point()).map_err(|_| Error::Key("it cannot be encoded"))?;
        let public = SubjectPublicKeyInfoOwned { algorithm: kind.identifier(), subject_public_key };
        Ok(Self { kind, public, secret: Secret::Ec(key) })
    }

    /// Kind and size.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        self.kind
    }
}

impl PrivateKeyOperations for PrivateKey {
    fn public_key(&self) -> &SubjectPublicKeyInfoOwned {
        &self.public
    }

    fn sign(&self, algorithm: SignatureAlgorithm, input: Input<'_>) -> Result<Vec<u8>, Error> {
        if algorithm.digest().is_some_and(DigestAlgorithm::is_weak) {
            return Err(Error::Parameters("outdated digests are for reading only"));
        }
        if self.kind.is_weak() {
            return Err(Error::Key("short keys are for reading only"));
        }
        match &self.secret {
            Secret::Rsa(key) => key.sign(&self.public.algorithm, algorithm, input),
            Secret::Ec(key) => key.sign(algorithm, input),
        }
    }

    fn decrypt(
        &self,
        transport: &KeyTransport,
        encrypted: &[u8],
        expected_len: usize,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        match &self.secret {
            Secret::Rsa(key) => key.decrypt(&self.public.algorithm, transport, encrypted, expected_len),
            Secret::Ec(_) => Err(Error::Key("it is no RSA key")),
        }
    }

    fn agree(&self, peer: &SubjectPublicKeyInfoOwned) -> Result<Zeroizing<Vec<u8>>, Error> {
        match &self.secret {
            Secret::Ec(key) => key.agree(peer),
            Secret::Rsa(_) => Err(Error::Key("it is no key for agreement")),
        }
    }
}

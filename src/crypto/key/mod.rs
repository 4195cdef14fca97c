//! Private keys in memory, and what can be done with a key wherever it is kept.

mod format;

use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5912, rfc8410};
use der::asn1::{Any, BitString};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use zeroize::Zeroizing;

use super::post_quantum::{MlDsa, MlDsaPrivate, MlKem, MlKemPrivate, SlhDsa};
use super::signature::Input;
use super::transport::KeyTransport;
use super::{DigestAlgorithm, Error, SignatureAlgorithm, Unsupported, curve, curve448, dsa, ec, rsa};

/// id-Ed448 and id-X448 (RFC 8410 §3).
pub(super) const ID_ED_448: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.113");
pub(super) const ID_X_448: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.111");

/// The curves of RFC 5639 §4.1 that are built in.
const BRAINPOOL_P256R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.36.3.3.2.8.1.1.7");
const BRAINPOOL_P256T1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.36.3.3.2.8.1.1.8");
const BRAINPOOL_P384R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.36.3.3.2.8.1.1.11");
const BRAINPOOL_P384T1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.36.3.3.2.8.1.1.12");

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
    /// Ed448.
    Ed448,
    /// X448.
    X448,
    /// brainpoolP256r1 (RFC 5639); for reading only, like the other Brainpool curves.
    BrainpoolP256r1,
    /// brainpoolP256t1.
    BrainpoolP256t1,
    /// brainpoolP384r1.
    BrainpoolP384r1,
    /// brainpoolP384t1.
    BrainpoolP384t1,
    /// ML-DSA, for signing.
    MlDsa(MlDsa),
    /// ML-KEM, for encryption.
    MlKem(MlKem),
    /// SLH-DSA; for verification only.
    SlhDsa(SlhDsa),
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
                curve::of(curve.into())
            }
            rfc8410::ID_ED_25519 => Ok(Self::Ed25519),
            rfc8410::ID_X_25519 => Ok(Self::X25519),
            dsa::ID_DSA => dsa::bits(key).map(Self::Dsa),
            ID_ED_448 => Ok(Self::Ed448),
            ID_X_448 => Ok(Self::X448),
            other => Self::of_post_quantum(other).ok_or_else(|| Unsupported::new("key", other).into()),
        }
    }

    fn of_post_quantum(oid: ObjectIdentifier) -> Option<Self> {
        MlDsa::from_oid(oid)
            .map(Self::MlDsa)
            .or_else(|| MlKem::from_oid(oid).map(Self::MlKem))
            .or_else(|| SlhDsa::from_oid(oid).map(Self::SlhDsa))
    }

    pub(super) fn from_curve(curve: ObjectIdentifier) -> Result<Self, Error> {
        match curve {
            rfc5912::SECP_256_R_1 => Ok(Self::P256),
            rfc5912::SECP_384_R_1 => Ok(Self::P384),
            rfc5912::SECP_521_R_1 => Ok(Self::P521),
            BRAINPOOL_P256R1 => Ok(Self::BrainpoolP256r1),
            BRAINPOOL_P256T1 => Ok(Self::BrainpoolP256t1),
            BRAINPOOL_P384R1 => Ok(Self::BrainpoolP384r1),
            BRAINPOOL_P384T1 => Ok(Self::BrainpoolP384t1),
            other => Err(Unsupported::new("curve", other).into()),
        }
    }

    /// Whether the key is not to be relied on any more: RSA below 2048 bits, DSA of any size (FIPS 186-5 §4).
    #[must_use]
    pub fn is_weak(self) -> bool {
        matches!(self, Self::Rsa(..2048) | Self::Dsa(_))
    }

    /// Whether signatures are made with keys of this kind here.
    #[must_use]
    pub fn can_sign(self) -> bool {
        matches!(
            self,
            Self::Rsa(_) | Self::P256 | Self::P384 | Self::P521 | Self::Ed25519 | Self::Ed448 | Self::MlDsa(_)
        )
    }

    /// Whether something can be encrypted to keys of this kind here.
    #[must_use]
    pub fn can_encrypt(self) -> bool {
        matches!(self, Self::Rsa(_) | Self::P256 | Self::P384 | Self::P521 | Self::X25519 | Self::X448 | Self::MlKem(_))
    }

    pub(super) fn is_brainpool(self) -> bool {
        matches!(self, Self::BrainpoolP256r1 | Self::BrainpoolP256t1 | Self::BrainpoolP384r1 | Self::BrainpoolP384t1)
    }

    /// The AlgorithmIdentifier of keys of this kind.
    fn identifier(self) -> AlgorithmIdentifierOwned {
        let curve = |oid: ObjectIdentifier| (rfc5912::ID_EC_PUBLIC_KEY, Some(Any::from(oid)));
        let (oid, parameters) = match self {
            Self::Rsa(_) => (rfc5912::RSA_ENCRYPTION, Some(Any::null())),
            Self::P256 => curve(rfc5912::SECP_256_R_1),
            Self::P384 => curve(rfc5912::SECP_384_R_1),
            Self::P521 => curve(rfc5912::SECP_521_R_1),
            Self::Ed25519 => (rfc8410::ID_ED_25519, None),
            Self::X25519 => (rfc8410::ID_X_25519, None),
            Self::Dsa(_) => (dsa::ID_DSA, None),
            Self::Ed448 => (ID_ED_448, None),
            Self::X448 => (ID_X_448, None),
            Self::BrainpoolP256r1 => curve(BRAINPOOL_P256R1),
            Self::BrainpoolP256t1 => curve(BRAINPOOL_P256T1),
            Self::BrainpoolP384r1 => curve(BRAINPOOL_P384R1),
            Self::BrainpoolP384t1 => curve(BRAINPOOL_P384T1),
            Self::MlDsa(set) => (set.oid(), None),
            Self::MlKem(set) => (set.oid(), None),
            Self::SlhDsa(set) => (set.oid(), None),
        };
        AlgorithmIdentifierOwned { oid, parameters }
    }
}

impl std::fmt::Display for KeyKind {
    /// `RSA-2048`, `P-256`, `Ed25519`, `ML-DSA-65`, `SLH-DSA-SHA2-128S`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Rsa(bits) => write!(f, "RSA-{bits}"),
            Self::P256 => f.write_str("P-256"),
            Self::P384 => f.write_str("P-384"),
            Self::P521 => f.write_str("P-521"),
            Self::Ed25519 => f.write_str("Ed25519"),
            Self::X25519 => f.write_str("X25519"),
            Self::Dsa(bits) => write!(f, "DSA-{bits}"),
            Self::Ed448 => f.write_str("Ed448"),
            Self::X448 => f.write_str("X448"),
            Self::BrainpoolP256r1 => f.write_str("brainpoolP256r1"),
            Self::BrainpoolP256t1 => f.write_str("brainpoolP256t1"),
            Self::BrainpoolP384r1 => f.write_str("brainpoolP384r1"),
            Self::BrainpoolP384t1 => f.write_str("brainpoolP384t1"),
            Self::MlDsa(set) => f.write_str(&set.name().to_ascii_uppercase()),
            Self::MlKem(set) => f.write_str(&set.name().to_ascii_uppercase()),
            Self::SlhDsa(set) => f.write_str(&set.name().to_ascii_uppercase()),
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

    /// The secret that an ML-KEM ciphertext carries (FIPS 203 §7.3). A ciphertext for another key gives another secret, which
    /// nothing tells apart.
    ///
    /// # Errors
    /// When it is no ML-KEM key, or the ciphertext has another length.
    fn decapsulate(&self, ciphertext: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error>;
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
    Curve448(curve448::Private),
    MlDsa(MlDsaPrivate),
    MlKem(MlKemPrivate),
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
            KeyKind::Ed448 | KeyKind::X448 => Self::from_curve448(kind, curve448::Private::generate(kind)?),
            KeyKind::MlDsa(set) => Self::from_ml_dsa(MlDsaPrivate::generate(set)?),
            KeyKind::MlKem(set) => Self::from_ml_kem(MlKemPrivate::generate(set)?),
            KeyKind::P256 | KeyKind::P384 | KeyKind::P521 | KeyKind::Ed25519 | KeyKind::X25519 => {
                Self::from_ec(kind, ec::Private::generate(kind)?)
            }
            _ => Err(Error::Key("keys of this kind are for reading only")),
        }
    }

    fn from_rsa(key: rsa::Private, algorithm: AlgorithmIdentifierOwned) -> Result<Self, Error> {
        let public = SubjectPublicKeyInfoOwned { algorithm, subject_public_key: key.public()? };
        Ok(Self { kind: KeyKind::Rsa(key.bits()), public, secret: Secret::Rsa(Box::new(key)) })
    }

    fn from_ec(kind: KeyKind, key: ec::Private) -> Result<Self, Error> {
        Ok(Self { kind, public: public(kind, key.point())?, secret: Secret::Ec(key) })
    }

    fn from_curve448(kind: KeyKind, key: curve448::Private) -> Result<Self, Error> {
        Ok(Self { kind, public: public(kind, key.public())?, secret: Secret::Curve448(key) })
    }

    fn from_ml_dsa(key: MlDsaPrivate) -> Result<Self, Error> {
        let kind = KeyKind::MlDsa(key.set());
        Ok(Self { kind, public: public(kind, key.public())?, secret: Secret::MlDsa(key) })
    }

    fn from_ml_kem(key: MlKemPrivate) -> Result<Self, Error> {
        let kind = KeyKind::MlKem(key.set());
        Ok(Self { kind, public: public(kind, key.public())?, secret: Secret::MlKem(key) })
    }

    /// Kind and size.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        self.kind
    }
}

fn public(kind: KeyKind, octets: &[u8]) -> Result<SubjectPublicKeyInfoOwned, Error> {
    let subject_public_key = BitString::from_bytes(octets).map_err(|_| Error::Key("it cannot be encoded"))?;
    Ok(SubjectPublicKeyInfoOwned { algorithm: kind.identifier(), subject_public_key })
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
            Secret::Curve448(key) => key.sign(algorithm, input),
            Secret::MlDsa(key) if algorithm == SignatureAlgorithm::MlDsa(key.set()) => key.sign(input.message()?),
            Secret::MlDsa(_) => Err(Error::Key("the key is of another kind than the signature")),
            Secret::MlKem(_) => Err(Error::Key("it is no key for signing")),
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
            _ => Err(Error::Key("it is no RSA key")),
        }
    }

    fn agree(&self, peer: &SubjectPublicKeyInfoOwned) -> Result<Zeroizing<Vec<u8>>, Error> {
        match &self.secret {
            Secret::Ec(key) => key.agree(peer),
            Secret::Curve448(key) => key.agree(peer),
            _ => Err(Error::Key("it is no key for agreement")),
        }
    }

    fn decapsulate(&self, ciphertext: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        match &self.secret {
            Secret::MlKem(key) => key.decapsulate(ciphertext),
            _ => Err(Error::Key("it is no key for encapsulation")),
        }
    }
}

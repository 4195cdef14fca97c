//! Private keys in memory, and what can be done with a key wherever it is kept.

use aws_lc_rs::agreement as aws_agreement;
use aws_lc_rs::digest::Digest as AwsDigest;
use aws_lc_rs::signature as aws;
use aws_lc_rs::signature::KeyPair;
use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5912, rfc8410};
use der::asn1::{Any, BitString, OctetStringRef};
use der::{Decode, Encode};
use pkcs8::PrivateKeyInfoRef;
use rsa::pkcs8::EncodePrivateKey;
use rsa::traits::PublicKeyParts;

use sec1::EcPrivateKey;
use spki::{AlgorithmIdentifier, AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use zeroize::Zeroizing;

use super::signature::{Input, aws_digest_algorithm, pkcs1v15};
use super::transport::{self, KeyTransport};
use super::{DigestAlgorithm, Error, SignatureAlgorithm, Unsupported};

/// RSA keys outside of this range are refused: shorter ones prove nothing, longer ones only burn time.
const RSA_BITS: std::ops::RangeInclusive<u32> = 1024..=16384;

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
        match key.algorithm.oid {
            rfc5912::RSA_ENCRYPTION | rfc5912::ID_RSASSA_PSS | rfc5912::ID_RSAES_OAEP => {
                Ok(Self::Rsa(rsa_public_key(key)?.n().bit_width_vartime()))
            }
            rfc5912::ID_EC_PUBLIC_KEY => {
                let curve = key.algorithm.parameters.as_ref().ok_or(Error::Parameters("a curve is missing"))?;
                let curve: ObjectIdentifier =
                    curve.decode_as().map_err(|_| Error::Parameters("the curve is not one of the named ones"))?;
                Self::from_curve(curve)
            }
            rfc8410::ID_ED_25519 => Ok(Self::Ed25519),
            rfc8410::ID_X_25519 => Ok(Self::X25519),
            other => Err(Unsupported::new("key", other).into()),
        }
    }

    fn from_curve(curve: ObjectIdentifier) -> Result<Self, Error> {
        match curve {
            rfc5912::SECP_256_R_1 => Ok(Self::P256),
            rfc5912::SECP_384_R_1 => Ok(Self::P384),
            rfc5912::SECP_521_R_1 => Ok(Self::P521),
            other => Err(Unsupported::new("curve", other).into()),
        }
    }

    /// Whether the key is too short to rely on: RSA below 2048 bits.
    #[must_use]
    pub fn is_weak(self) -> bool {
        matches!(self, Self::Rsa(bits) if bits < 2048)
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
        };
        AlgorithmIdentifierOwned { oid, parameters }
    }

    /// Bytes of a private scalar.
    fn scalar_len(self) -> usize {
        match self {
            Self::P384 => 48,
            Self::P521 => 66,
            _ => 32,
        }
    }

    pub(super) fn agreement(self) -> Result<&'static aws_agreement::Algorithm, Error> {
        match self {
            Self::P256 => Ok(&aws_agreement::ECDH_P256),
            Self::P384 => Ok(&aws_agreement::ECDH_P384),
            Self::P521 => Ok(&aws_agreement::ECDH_P521),
            Self::X25519 => Ok(&aws_agreement::X25519),
            Self::Rsa(_) | Self::Ed25519 => Err(Error::Key("it is no key for agreement")),
        }
    }

    fn ecdsa_signing(self, digest: DigestAlgorithm) -> Result<&'static aws::EcdsaSigningAlgorithm, Error> {
        match (self, digest) {
            (Self::P256, DigestAlgorithm::Sha256) => Ok(&aws::ECDSA_P256_SHA256_ASN1_SIGNING),
            (Self::P384, DigestAlgorithm::Sha384) => Ok(&aws::ECDSA_P384_SHA384_ASN1_SIGNING),
            (Self::P521, DigestAlgorithm::Sha512) => Ok(&aws::ECDSA_P521_SHA512_ASN1_SIGNING),
            _ => Err(Error::Parameters("the digest does not fit the curve")),
        }
    }
}

impl std::fmt::Display for KeyKind {
    /// `RSA-2048`, `P-256`, `Ed25519`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Rsa(bits) => write!(f, "RSA-{bits}"),
            Self::P256 => f.write_str("P-256"),
            Self::P384 => f.write_str("P-384"),
            Self::P521 => f.write_str("P-521"),
            Self::Ed25519 => f.write_str("Ed25519"),
            Self::X25519 => f.write_str("X25519"),
        }
    }
}

/// The RSA key in a SubjectPublicKeyInfo, within the sizes that are accepted.
pub(super) fn rsa_public_key(key: &SubjectPublicKeyInfoOwned) -> Result<rsa::PublicKey, Error> {
    let damaged = Error::Key("it is no RSA key");
    let parsed = pkcs1::RsaPublicKeyRef::from_der(key.subject_public_key.raw_bytes()).map_err(|_| damaged.clone())?;
    let octets = parsed.modulus.as_bytes();
    let bits = octets.first().map_or(0, |first| octets.len() as u64 * 8 - u64::from(first.leading_zeros()));
    if !u32::try_from(bits).is_ok_and(|bits| RSA_BITS.contains(&bits)) {
        return Err(Error::Key("it has less than 1024 or more than 16384 bits"));
    }
    let number = |value: &[u8]| rsa::BoxedUint::from_be_slice_vartime(value);
    rsa::PublicKey::new_with_size_limits(number(octets), number(parsed.public_exponent.as_bytes()), 1024..=16384)
        .map_err(|_| damaged)
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
    kind: KeyKind,
    public: SubjectPublicKeyInfoOwned,
    secret: Secret,
}

enum Secret {
    /// The second is faster, and refuses keys below 2048 or above 8192 bits.
    Rsa(Box<rsa::PrivateKey>, Option<Box<aws::RsaKeyPair>>),
    /// Big-endian scalar of an EC key, or the seed or scalar of RFC 8410.
    Scalar(Zeroizing<Vec<u8>>),
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
        if let KeyKind::Rsa(bits) = kind {
            if kind.is_weak() || !RSA_BITS.contains(&bits) {
                return Err(Error::Key("RSA keys are made with 2048 to 16384 bits"));
            }
            let mut system = getrandom::rand_core::UnwrapErr(getrandom::SysRng);
            let key =
                rsa::PrivateKey::new(&mut system, bits as usize).map_err(|_| Error::Key("it could not be made"))?;
            return Self::from_rsa(key);
        }
        // A random string is a scalar below the order but for a vanishing chance: then the next one is taken.
        for _ in 0..16 {
            let mut scalar = Zeroizing::new(vec![0; kind.scalar_len()]);
            super::random(&mut scalar)?;
            if kind == KeyKind::P521
                && let Some(first) = scalar.first_mut()
            {
                *first &= 1;
            }
            if let Ok(key) = Self::from_scalar(kind, scalar) {
                return Ok(key);
            }
        }
        Err(Error::Key("it could not be made"))
    }

    /// From PKCS #8 `PrivateKeyInfo` (RFC 5958), DER.
    ///
    /// # Errors
    /// When it is damaged or of a kind that is not built in.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, Error> {
        let damaged = |_| Error::Key("it is no PKCS #8 structure");
        let info = PrivateKeyInfoRef::from_der(der).map_err(damaged)?;
        let inner = info.private_key.as_bytes();
        match info.algorithm.oid {
            rfc5912::RSA_ENCRYPTION | rfc5912::ID_RSASSA_PSS | rfc5912::ID_RSAES_OAEP => Self::from_pkcs1(inner),
            rfc5912::ID_EC_PUBLIC_KEY => {
                let curve = info.algorithm.parameters.and_then(|curve| curve.decode_as::<ObjectIdentifier>().ok());
                Self::from_sec1(inner, curve)
            }
            rfc8410::ID_ED_25519 | rfc8410::ID_X_25519 => {
                let ed = info.algorithm.oid == rfc8410::ID_ED_25519;
                let kind = if ed { KeyKind::Ed25519 } else { KeyKind::X25519 };
                let scalar = <&OctetStringRef>::from_der(inner).map_err(damaged)?;
                Self::from_scalar(kind, Zeroizing::new(scalar.as_bytes().to_vec()))
            }
            other => Err(Unsupported::new("key", other).into()),
        }
    }

    /// From any unencrypted form: PKCS #8, RSAPrivateKey (RFC 8017), ECPrivateKey (RFC 5915); DER or PEM.
    ///
    /// # Errors
    /// As [`PrivateKey::from_pkcs8`].
    pub fn from_any(bytes: &[u8]) -> Result<Self, Error> {
        if let Ok((label, der)) = der::pem::decode_vec(bytes.trim_ascii()) {
            let der = Zeroizing::new(der);
            return match label {
                "PRIVATE KEY" => Self::from_pkcs8(&der),
                "RSA PRIVATE KEY" => Self::from_pkcs1(&der),
                "EC PRIVATE KEY" => Self::from_sec1(&der, None),
                _ => Err(Error::Key("the PEM block holds no plain private key")),
            };
        }
        let attempts = [Self::from_pkcs8(bytes), Self::from_pkcs1(bytes), Self::from_sec1(bytes, None)];
        let mut failure = Error::Key("it is no private key");
        for attempt in attempts {
            match attempt {
                Ok(key) => return Ok(key),
                Err(error @ Error::Unsupported(_)) => failure = error,
                Err(_) => {}
            }
        }
        Err(failure)
    }

    /// `RSAPrivateKey` (RFC 8017 A.1.2).
    fn from_pkcs1(der: &[u8]) -> Result<Self, Error> {
        let key = pkcs1::RsaPrivateKeyRef::from_der(der)
            .ok()
            .and_then(|key| rsa::PrivateKey::try_from(key).ok())
            .ok_or(Error::Key("it is no RSA key"))?;
        Self::from_rsa(key)
    }

    fn from_rsa(key: rsa::PrivateKey) -> Result<Self, Error> {
        let bits = key.n().bit_width_vartime();
        if !RSA_BITS.contains(&bits) {
            return Err(Error::Key("it has less than 1024 or more than 16384 bits"));
        }
        let encoded = key.to_pkcs8_der().map_err(|_| Error::Key("it is no RSA key"))?;
        let fast = aws::RsaKeyPair::from_pkcs8(encoded.as_bytes()).ok().map(Box::new);
        let public = SubjectPublicKeyInfoOwned::from_key(key.as_public_key()).map_err(|_| Error::Key("encoding"))?;
        Ok(Self { kind: KeyKind::Rsa(bits), public, secret: Secret::Rsa(Box::new(key), fast) })
    }

    /// `ECPrivateKey` (RFC 5915 §3); the curve may stand outside.
    fn from_sec1(der: &[u8], curve: Option<ObjectIdentifier>) -> Result<Self, Error> {
        let key = EcPrivateKey::from_der(der).map_err(|_| Error::Key("it is no EC key"))?;
        let inner = key.parameters.and_then(|parameters| parameters.named_curve());
        let curve = curve.or(inner).ok_or(Error::Parameters("a curve is missing"))?;
        let kind = KeyKind::from_curve(curve)?;
        // Some writers drop leading zeros.
        let missing = kind.scalar_len().checked_sub(key.private_key.len()).ok_or(Error::Key("it is no EC key"))?;
        let mut scalar = Zeroizing::new(vec![0; missing]);
        scalar.reserve_exact(kind.scalar_len());
        scalar.extend_from_slice(key.private_key);
        Self::from_scalar(kind, scalar)
    }

    fn from_scalar(kind: KeyKind, scalar: Zeroizing<Vec<u8>>) -> Result<Self, Error> {
        let damaged = || Error::Key("its private number is out of range");
        let point = if kind == KeyKind::Ed25519 {
            let pair = aws::Ed25519KeyPair::from_seed_unchecked(&scalar).map_err(|_| damaged())?;
            pair.public_key().as_ref().to_vec()
        } else {
            let key = aws_agreement::PrivateKey::from_private_key(kind.agreement()?, &scalar).map_err(|_| damaged())?;
            key.compute_public_key().map_err(|_| damaged())?.as_ref().to_vec()
        };
        let subject_public_key = BitString::from_bytes(&point).map_err(|_| damaged())?;
        let public = SubjectPublicKeyInfoOwned { algorithm: kind.identifier(), subject_public_key };
        Ok(Self { kind, public, secret: Secret::Scalar(scalar) })
    }

    /// As PKCS #8, for the vault and for export only.
    ///
    /// # Errors
    /// When encoding fails.
    pub fn to_pkcs8(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        let failed = |_| Error::Key("it cannot be encoded");
        let inner = match &self.secret {
            Secret::Rsa(key, _) => {
                let encoded = key.to_pkcs8_der().map_err(|_| Error::Key("it cannot be encoded"))?;
                return Ok(Zeroizing::new(encoded.as_bytes().to_vec()));
            }
            Secret::Scalar(scalar) if matches!(self.kind, KeyKind::Ed25519 | KeyKind::X25519) => {
                OctetStringRef::new(scalar).and_then(|scalar| scalar.to_der()).map_err(failed)?
            }
            Secret::Scalar(scalar) => {
                let public_key = Some(self.public.subject_public_key.raw_bytes());
                EcPrivateKey { private_key: scalar, parameters: None, public_key }.to_der().map_err(failed)?
            }
        };
        let inner = Zeroizing::new(inner);
        let identifier = self.kind.identifier();
        let algorithm = AlgorithmIdentifier {
            oid: identifier.oid,
            parameters: identifier.parameters.as_ref().map(der::asn1::AnyRef::from),
        };
        let info = PrivateKeyInfoRef::new(algorithm, OctetStringRef::new(&inner).map_err(failed)?);
        Ok(Zeroizing::new(info.to_der().map_err(failed)?))
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
        match (&self.secret, algorithm) {
            (Secret::Rsa(key, fast), SignatureAlgorithm::RsaPkcs1v15(digest)) => {
                let digested = input.digested(digest)?;
                let encoding = match digest {
                    DigestAlgorithm::Sha256 => Some(&aws::RSA_PKCS1_SHA256),
                    DigestAlgorithm::Sha384 => Some(&aws::RSA_PKCS1_SHA384),
                    DigestAlgorithm::Sha512 => Some(&aws::RSA_PKCS1_SHA512),
                    _ => None,
                };
                match (fast, encoding) {
                    (Some(fast), Some(encoding)) => fast_rsa(fast, encoding, digest, &digested),
                    _ => key.sign(pkcs1v15(digest), &digested).map_err(|_| Error::Key("signing failed")),
                }
            }
            (Secret::Rsa(key, fast), SignatureAlgorithm::RsaPss { digest, mgf, salt_len }) => {
                if digest != mgf || salt_len != digest.output_len() {
                    return Err(Error::Parameters("signatures are made with one hash and a salt of its length"));
                }
                let digested = input.digested(digest)?;
                match (fast, digest) {
                    (Some(fast), DigestAlgorithm::Sha256) => fast_rsa(fast, &aws::RSA_PSS_SHA256, digest, &digested),
                    (Some(fast), DigestAlgorithm::Sha384) => fast_rsa(fast, &aws::RSA_PSS_SHA384, digest, &digested),
                    (Some(fast), DigestAlgorithm::Sha512) => fast_rsa(fast, &aws::RSA_PSS_SHA512, digest, &digested),
                    (None, DigestAlgorithm::Sha256) => {
                        let mut system = getrandom::rand_core::UnwrapErr(getrandom::SysRng);
                        key.sign_with_rng(&mut system, rsa::Pss::<sha2::Sha256>::new(), &digested)
                            .map_err(|_| Error::Key("signing failed"))
                    }
                    _ => Err(Error::Parameters("this hash is not used for signing")),
                }
            }
            (Secret::Scalar(scalar), SignatureAlgorithm::Ecdsa(digest)) => {
                let signing = self.kind.ecdsa_signing(digest)?;
                let point = self.public.subject_public_key.raw_bytes();
                let pair = aws::EcdsaKeyPair::from_private_key_and_public_key(signing, scalar, point)
                    .map_err(|_| Error::Key("its halves do not belong together"))?;
                let digested = import(digest, &input.digested(digest)?)?;
                let signature = pair.sign_digest(&digested).map_err(|_| Error::Key("signing failed"))?;
                Ok(signature.as_ref().to_vec())
            }
            (Secret::Scalar(seed), SignatureAlgorithm::Ed25519) if self.kind == KeyKind::Ed25519 => {
                let Input::Message(message) = input else {
                    return Err(Error::Parameters("Ed25519 needs the message, not its digest"));
                };
                let pair = aws::Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| Error::Key("damaged seed"))?;
                Ok(pair.sign(message).as_ref().to_vec())
            }
            _ => Err(Error::Key("the key is of another kind than the signature")),
        }
    }

    fn decrypt(
        &self,
        transport: &KeyTransport,
        encrypted: &[u8],
        expected_len: usize,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        match &self.secret {
            Secret::Rsa(key, _) => transport::decrypt(key, transport, encrypted, expected_len),
            Secret::Scalar(_) => Err(Error::Key("it is no RSA key")),
        }
    }

    fn agree(&self, peer: &SubjectPublicKeyInfoOwned) -> Result<Zeroizing<Vec<u8>>, Error> {
        let Secret::Scalar(scalar) = &self.secret else { return Err(Error::Key("it is no key for agreement")) };
        let algorithm = self.kind.agreement()?;
        let own = aws_agreement::PrivateKey::from_private_key(algorithm, scalar).map_err(|_| Error::Key("damaged"))?;
        let point = aws_agreement::UnparsedPublicKey::new(algorithm, peer.subject_public_key.raw_bytes());
        aws_agreement::agree(&own, point, Error::Key("the peer's key does not fit"), |secret| {
            Ok(Zeroizing::new(secret.to_vec()))
        })
    }
}

fn import(digest: DigestAlgorithm, value: &[u8]) -> Result<AwsDigest, Error> {
    AwsDigest::import_less_safe(value, aws_digest_algorithm(digest)?).map_err(|_| Error::Parameters("digest"))
}

fn fast_rsa(
    key: &aws::RsaKeyPair,
    encoding: &'static aws::RsaSignatureEncoding,
    digest: DigestAlgorithm,
    digested: &[u8],
) -> Result<Vec<u8>, Error> {
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign_digest(encoding, &import(digest, digested)?, &mut signature).map_err(|_| Error::Key("signing failed"))?;
    Ok(signature)
}

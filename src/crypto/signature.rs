//! Signatures: RSA PKCS #1 v1.5 and PSS (RFC 8017, RFC 4056), ECDSA (RFC 5753), Ed25519 and Ed448 (RFC 8419), all of them with
//! SHA-3 and SHAKE too (RFC 8702, RFC 9688), ML-DSA (RFC 9882), SLH-DSA (RFC 9814), DSA (RFC 3370 §3.1).

mod identifiers;

use const_oid::db::{rfc5912, rfc8410};
use der::Sequence;
use der::asn1::Any;
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use identifiers::{ALGORITHMS, ECDSA_SPECIFIED, SHA1_WITH_RSA_OIW};

use super::key::ID_ED_448;
use super::post_quantum::{MlDsa, SlhDsa, verify_ml_dsa, verify_slh_dsa};
use super::{DigestAlgorithm, Error, KeyKind, Unsupported, brainpool, curve448, dsa, ec, rsa};

/// A signature algorithm with all its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5.
    RsaPkcs1v15(DigestAlgorithm),
    /// RSASSA-PSS.
    RsaPss {
        /// Of the message.
        digest: DigestAlgorithm,
        /// Of MGF1.
        mgf: DigestAlgorithm,
        /// Bytes of salt.
        salt_len: usize,
    },
    /// ECDSA, signature as DER `Ecdsa-Sig-Value`.
    Ecdsa(DigestAlgorithm),
    /// Ed25519 over the message itself.
    Ed25519,
    /// DSA, signature as DER `Dss-Sig-Value`; for verification only.
    Dsa(DigestAlgorithm),
    /// Ed448 over the message itself.
    Ed448,
    /// ML-DSA over the message itself, with an empty context.
    MlDsa(MlDsa),
    /// SLH-DSA over the message itself, with an empty context; for verification only.
    SlhDsa(SlhDsa),
}

/// ```text
/// RSASSA-PSS-params ::= SEQUENCE { hashAlgorithm [0] HashAlgorithm DEFAULT sha1Identifier,
///     maskGenAlgorithm [1] MaskGenAlgorithm DEFAULT mgf1SHA1Identifier, saltLength [2] INTEGER DEFAULT 20,
///     trailerField [3] INTEGER DEFAULT 1 }
/// ```
/// (RFC 4055 §3.1)
#[derive(Sequence, Default)]
struct PssParameters {
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    hash: Option<AlgorithmIdentifierOwned>,
    #[asn1(context_specific = "1", tag_mode = "EXPLICIT", optional = "true")]
    mask_gen: Option<AlgorithmIdentifierOwned>,
    #[asn1(context_specific = "2", tag_mode = "EXPLICIT", optional = "true")]
    salt_len: Option<u16>,
    #[asn1(context_specific = "3", tag_mode = "EXPLICIT", optional = "true")]
    trailer_field: Option<u8>,
}

/// A digest's identifier as it stands in the parameters of PSS and OAEP: with NULL (RFC 4055 §2.1).
pub(super) fn with_null(digest: DigestAlgorithm) -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid: digest.oid(), parameters: Some(Any::null()) }
}

/// MGF1 with a digest (RFC 4055 §2.2).
pub(super) fn mgf1(digest: DigestAlgorithm) -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid: rfc5912::ID_MGF_1, parameters: Any::encode_from(&with_null(digest)).ok() }
}

/// The digest of MGF1; absent means SHA-1.
pub(super) fn mgf_hash(mask_gen: Option<&AlgorithmIdentifierOwned>) -> Result<DigestAlgorithm, Error> {
    match mask_gen {
        None => Ok(DigestAlgorithm::Sha1),
        Some(mask_gen) if mask_gen.oid == rfc5912::ID_MGF_1 => match hash_in(mask_gen.parameters.as_ref())? {
            // SHAKE masks by itself, and nobody has said what MGF1 made of it would be.
            digest if digest.is_extendable() => Err(Unsupported::new("mask generation", digest.oid()).into()),
            digest => Ok(digest),
        },
        Some(mask_gen) => match DigestAlgorithm::from_identifier(mask_gen) {
            Ok(digest) if digest.is_extendable() => Ok(digest),
            _ => Err(Unsupported::new("mask generation", mask_gen.oid).into()),
        },
    }
}

/// A digest's identifier as a parameter.
fn hash_in(parameters: Option<&Any>) -> Result<DigestAlgorithm, Error> {
    const DAMAGED: Error = Error::Parameters("a digest is missing");
    let hash: AlgorithmIdentifierOwned = parameters.ok_or(DAMAGED)?.decode_as().map_err(|_| DAMAGED)?;
    Ok(DigestAlgorithm::from_identifier(&hash)?)
}

impl SignatureAlgorithm {
    /// From a SignerInfo: `signatureAlgorithm` may be rsaEncryption or id-ecPublicKey-like, the digest then comes from
    /// `digestAlgorithm` (RFC 3370 §3.2, RFC 5753 §2.1.1).
    ///
    /// # Errors
    /// When it is not built in, or its parameters are damaged.
    pub fn from_cms(algorithm: &AlgorithmIdentifierOwned, digest: DigestAlgorithm) -> Result<Self, Error> {
        match algorithm.oid {
            rfc5912::RSA_ENCRYPTION => Ok(Self::RsaPkcs1v15(digest)),
            rfc5912::ID_EC_PUBLIC_KEY => Ok(Self::Ecdsa(digest)),
            dsa::ID_DSA => Ok(Self::Dsa(digest)),
            _ => Self::from_x509(algorithm),
        }
    }

    /// From a certificate or CRL (RFC 4055, RFC 5758, RFC 8410).
    ///
    /// # Errors
    /// As [`SignatureAlgorithm::from_cms`].
    pub fn from_x509(algorithm: &AlgorithmIdentifierOwned) -> Result<Self, Error> {
        match algorithm.oid {
            rfc5912::ID_RSASSA_PSS => return Self::from_pss_parameters(algorithm.parameters.as_ref()),
            SHA1_WITH_RSA_OIW => return Ok(Self::RsaPkcs1v15(DigestAlgorithm::Sha1)),
            ECDSA_SPECIFIED => return Ok(Self::Ecdsa(hash_in(algorithm.parameters.as_ref())?)),
            _ => {}
        }
        ALGORITHMS
            .iter()
            .find(|(oid, _)| *oid == algorithm.oid)
            .map(|(_, known)| *known)
            .or_else(|| MlDsa::from_oid(algorithm.oid).map(Self::MlDsa))
            .or_else(|| SlhDsa::from_oid(algorithm.oid).map(Self::SlhDsa))
            .ok_or_else(|| Unsupported::new("signature", algorithm.oid).into())
    }

    /// `RSASSA-PSS-params`; absent parameters mean SHA-1 all over.
    fn from_pss_parameters(parameters: Option<&Any>) -> Result<Self, Error> {
        let damaged = |_| Error::Parameters("of RSASSA-PSS");
        let parameters: PssParameters = match parameters {
            Some(parameters) => parameters.decode_as().map_err(damaged)?,
            None => PssParameters::default(),
        };
        if parameters.trailer_field.is_some_and(|trailer| trailer != 1) {
            return Err(Error::Parameters("of RSASSA-PSS"));
        }
        let digest =
            parameters.hash.map_or(Ok(DigestAlgorithm::Sha1), |hash| DigestAlgorithm::from_identifier(&hash))?;
        let mgf = mgf_hash(parameters.mask_gen.as_ref())?;
        Ok(Self::RsaPss { digest, mgf, salt_len: usize::from(parameters.salt_len.unwrap_or(20)) })
    }

    /// The usual algorithm of a key, for what it is restricted to: RSASSA-PKCS1-v1_5 with SHA-256 (or RSASSA-PSS as the
    /// parameters of the key ask), ECDSA with the digest of the curve's strength, and the only one of the others.
    ///
    /// # Errors
    /// When the key is no key for signing.
    pub fn for_key(key: &SubjectPublicKeyInfoOwned) -> Result<Self, Error> {
        match KeyKind::of(key)? {
            KeyKind::Rsa(_) if key.algorithm.oid == rfc5912::ID_RSASSA_PSS => match &key.algorithm.parameters {
                Some(_) => Self::from_x509(&key.algorithm),
                None => Ok(Self::pss(DigestAlgorithm::Sha256)),
            },
            KeyKind::Rsa(_) => Ok(Self::RsaPkcs1v15(DigestAlgorithm::Sha256)),
            KeyKind::P256 | KeyKind::BrainpoolP256r1 | KeyKind::BrainpoolP256t1 => {
                Ok(Self::Ecdsa(DigestAlgorithm::Sha256))
            }
            KeyKind::P384 | KeyKind::BrainpoolP384r1 | KeyKind::BrainpoolP384t1 => {
                Ok(Self::Ecdsa(DigestAlgorithm::Sha384))
            }
            KeyKind::P521 => Ok(Self::Ecdsa(DigestAlgorithm::Sha512)),
            KeyKind::Ed25519 => Ok(Self::Ed25519),
            KeyKind::Ed448 => Ok(Self::Ed448),
            KeyKind::MlDsa(set) => Ok(Self::MlDsa(set)),
            KeyKind::SlhDsa(set) => Ok(Self::SlhDsa(set)),
            KeyKind::X25519 | KeyKind::X448 | KeyKind::MlKem(_) | KeyKind::Dsa(_) => {
                Err(Error::Key("it is no key for signing"))
            }
        }
    }

    /// RSASSA-PSS with one digest for everything and a salt of its length (RFC 4056 §2.2).
    #[must_use]
    pub fn pss(digest: DigestAlgorithm) -> Self {
        Self::RsaPss { digest, mgf: digest, salt_len: digest.output_len() }
    }

    /// The identifier to write in a SignerInfo or certificate.
    #[must_use]
    pub fn identifier(&self) -> AlgorithmIdentifierOwned {
        let known = |algorithm: &Self| ALGORITHMS.iter().find(|(_, known)| known == algorithm).map(|(oid, _)| *oid);
        let bare = |oid| AlgorithmIdentifierOwned { oid, parameters: None };
        match self {
            // RFC 4055 §5: NULL for PKCS #1 v1.5; absent for the others (RFC 5758 §3, RFC 8410 §3).
            Self::RsaPkcs1v15(_) => {
                let oid = known(self).unwrap_or(rfc5912::RSA_ENCRYPTION);
                AlgorithmIdentifierOwned { oid, parameters: Some(Any::null()) }
            }
            Self::Ecdsa(digest) => match known(self) {
                Some(oid) => bare(oid),
                None => AlgorithmIdentifierOwned {
                    oid: ECDSA_SPECIFIED,
                    parameters: Any::encode_from(&digest.identifier()).ok(),
                },
            },
            Self::Ed25519 => bare(rfc8410::ID_ED_25519),
            Self::Ed448 => bare(ID_ED_448),
            Self::Dsa(_) => bare(known(self).unwrap_or(dsa::ID_DSA)),
            Self::MlDsa(set) => bare(set.oid()),
            Self::SlhDsa(set) => bare(set.oid()),
            // RFC 8702 §3.2.1: the identifier says it all.
            Self::RsaPss { digest, .. } if digest.is_extendable() => {
                bare(known(self).unwrap_or(rfc5912::ID_RSASSA_PSS))
            }
            Self::RsaPss { digest, mgf, salt_len } => {
                // DER leaves out what equals the default.
                let params = PssParameters {
                    hash: (*digest != DigestAlgorithm::Sha1).then(|| with_null(*digest)),
                    mask_gen: (*mgf != DigestAlgorithm::Sha1).then(|| mgf1(*mgf)),
                    salt_len: u16::try_from(*salt_len).ok().filter(|length| *length != 20),
                    trailer_field: None,
                };
                AlgorithmIdentifierOwned { oid: rfc5912::ID_RSASSA_PSS, parameters: Any::encode_from(&params).ok() }
            }
        }
    }

    /// The digest, where one is computed before signing.
    #[must_use]
    pub fn digest(&self) -> Option<DigestAlgorithm> {
        match self {
            Self::RsaPkcs1v15(digest) | Self::RsaPss { digest, .. } | Self::Ecdsa(digest) | Self::Dsa(digest) => {
                Some(*digest)
            }
            Self::Ed25519 | Self::Ed448 | Self::MlDsa(_) | Self::SlhDsa(_) => None,
        }
    }

    /// The digest of the content that goes into signed attributes: the algorithm's own, or what goes with one that has none
    /// (Ed25519 and Ed448: RFC 8419 §3.1; ML-DSA: RFC 9882 §3.3; SLH-DSA: RFC 9814 §4).
    #[must_use]
    pub fn content_digest(&self) -> DigestAlgorithm {
        match self {
            Self::RsaPkcs1v15(digest) | Self::RsaPss { digest, .. } | Self::Ecdsa(digest) | Self::Dsa(digest) => {
                *digest
            }
            Self::Ed448 => DigestAlgorithm::Shake256Len,
            Self::SlhDsa(set) => match set {
                SlhDsa::Sha2_128s | SlhDsa::Sha2_128f => DigestAlgorithm::Sha256,
                SlhDsa::Shake128s | SlhDsa::Shake128f => DigestAlgorithm::Shake128,
                SlhDsa::Sha2_192s | SlhDsa::Sha2_192f | SlhDsa::Sha2_256s | SlhDsa::Sha2_256f => {
                    DigestAlgorithm::Sha512
                }
                _ => DigestAlgorithm::Shake256,
            },
            Self::Ed25519 | Self::MlDsa(_) => DigestAlgorithm::Sha512,
        }
    }

    /// The identifier to write in a SignerInfo: as [`SignatureAlgorithm::identifier`], but rsaEncryption for
    /// RSASSA-PKCS1-v1_5, which every reader knows (RFC 8551 §2.2, RFC 3370 §3.2).
    #[must_use]
    pub fn cms_identifier(&self) -> AlgorithmIdentifierOwned {
        match self {
            Self::RsaPkcs1v15(_) => {
                AlgorithmIdentifierOwned { oid: rfc5912::RSA_ENCRYPTION, parameters: Some(Any::null()) }
            }
            _ => self.identifier(),
        }
    }

    /// `rsa-pkcs1v15`, `rsa-pss`, `ecdsa`, `dsa`, `ed25519`, `ed448`, `ml-dsa-65`, `slh-dsa-sha2-128s`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::RsaPkcs1v15(_) => "rsa-pkcs1v15",
            Self::RsaPss { .. } => "rsa-pss",
            Self::Ecdsa(_) => "ecdsa",
            Self::Ed25519 => "ed25519",
            Self::Dsa(_) => "dsa",
            Self::Ed448 => "ed448",
            Self::MlDsa(set) => set.name(),
            Self::SlhDsa(set) => set.name(),
        }
    }
}

/// What is signed.
#[derive(Debug, Clone, Copy)]
pub enum Input<'a> {
    /// The message itself (signed attributes, a certificate's body).
    Message(&'a [u8]),
    /// Its digest, computed while it streamed past; not possible for those that sign the message itself.
    Digest(&'a [u8]),
}

impl Input<'_> {
    /// The digest, computed if need be.
    pub(super) fn digested(self, digest: DigestAlgorithm) -> Result<Vec<u8>, Error> {
        match self {
            Self::Message(message) => Ok(digest.digest(message)),
            Self::Digest(value) if value.len() == digest.output_len() => Ok(value.to_vec()),
            Self::Digest(_) => Err(Error::Parameters("a digest of another length")),
        }
    }

    /// The message, for algorithms that want all of it.
    pub(super) fn message(&self) -> Result<&[u8], Error> {
        match self {
            Self::Message(message) => Ok(message),
            Self::Digest(_) => Err(Error::Parameters("it signs the message, not its digest")),
        }
    }
}

/// Checks a signature.
///
/// # Errors
/// [`Error::Mismatch`] when it does not hold; the others when it could not be checked.
pub fn verify(
    key: &SubjectPublicKeyInfoOwned,
    algorithm: SignatureAlgorithm,
    input: Input<'_>,
    signature: &[u8],
) -> Result<(), Error> {
    let kind = KeyKind::of(key)?;
    let octets = || key.subject_public_key.as_bytes().ok_or(Error::Key("it is no whole number of octets"));
    match (kind, algorithm) {
        (KeyKind::Rsa(_), _) => rsa::verify(key, algorithm, input, signature),
        (KeyKind::Dsa(_), _) => dsa::verify(key, algorithm, input, signature),
        (KeyKind::Ed448, SignatureAlgorithm::Ed448) => curve448::verify(octets()?, input.message()?, signature),
        (KeyKind::MlDsa(own), SignatureAlgorithm::MlDsa(set)) if own == set => {
            verify_ml_dsa(set, octets()?, input.message()?, signature)
        }
        (KeyKind::SlhDsa(own), SignatureAlgorithm::SlhDsa(set)) if own == set => {
            verify_slh_dsa(set, octets()?, input.message()?, signature)
        }
        (
            KeyKind::BrainpoolP256r1 | KeyKind::BrainpoolP256t1 | KeyKind::BrainpoolP384r1 | KeyKind::BrainpoolP384t1,
            SignatureAlgorithm::Ecdsa(digest),
        ) => brainpool::verify(kind, octets()?, &input.digested(digest)?, signature),
        _ => ec::verify(key, kind, algorithm, input, signature),
    }
}

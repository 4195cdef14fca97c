//! Signatures: RSA PKCS #1 v1.5 and PSS (RFC 8017, RFC 4056), ECDSA (RFC 5753), Ed25519 (RFC 8419), DSA (RFC 3370 §3.1).

use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5912, rfc8410};
use der::Sequence;
use der::asn1::Any;
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::{DigestAlgorithm, Error, KeyKind, Unsupported, dsa, ec, rsa};

/// ecdsa-with-SHA1 (RFC 3279 §2.2.3), for verification only.
const ECDSA_WITH_SHA1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.1");
/// md5WithRSAEncryption (RFC 3370 §3.2), for verification only.
const MD5_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.4");

/// sha1WithRSASignature (OIW), for verification only.
const SHA1_WITH_RSA_OIW: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.29");
/// ecdsa-with-Specified (X9.62): the digest is a parameter; Windows writes it.
const ECDSA_SPECIFIED: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3");

/// id-dsa-with-sha1 (RFC 3279 §2.2.2).
const DSA_WITH_SHA1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10040.4.3");
/// id-dsa-with-sha224, -sha256 (RFC 5758 §3.1), -sha384, -sha512 (NIST's list of algorithms).
const DSA_WITH_SHA2: [ObjectIdentifier; 4] = [
    ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.1"),
    ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.2"),
    ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.3"),
    ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.4"),
];

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
}

/// Identifiers that name the digest too.
const WITH_DIGEST: [(ObjectIdentifier, SignatureAlgorithm); 17] = {
    use DigestAlgorithm::{Md5, Sha1, Sha224, Sha256, Sha384, Sha512};
    use SignatureAlgorithm::{Dsa, Ecdsa, Ed25519, RsaPkcs1v15};
    [
        (MD5_WITH_RSA, RsaPkcs1v15(Md5)),
        (rfc5912::SHA_1_WITH_RSA_ENCRYPTION, RsaPkcs1v15(Sha1)),
        (rfc5912::SHA_224_WITH_RSA_ENCRYPTION, RsaPkcs1v15(Sha224)),
        (rfc5912::SHA_256_WITH_RSA_ENCRYPTION, RsaPkcs1v15(Sha256)),
        (rfc5912::SHA_384_WITH_RSA_ENCRYPTION, RsaPkcs1v15(Sha384)),
        (rfc5912::SHA_512_WITH_RSA_ENCRYPTION, RsaPkcs1v15(Sha512)),
        (ECDSA_WITH_SHA1, Ecdsa(Sha1)),
        (rfc5912::ECDSA_WITH_SHA_224, Ecdsa(Sha224)),
        (rfc5912::ECDSA_WITH_SHA_256, Ecdsa(Sha256)),
        (rfc5912::ECDSA_WITH_SHA_384, Ecdsa(Sha384)),
        (rfc5912::ECDSA_WITH_SHA_512, Ecdsa(Sha512)),
        (rfc8410::ID_ED_25519, Ed25519),
        (DSA_WITH_SHA1, Dsa(Sha1)),
        (DSA_WITH_SHA2[0], Dsa(Sha224)),
        (DSA_WITH_SHA2[1], Dsa(Sha256)),
        (DSA_WITH_SHA2[2], Dsa(Sha384)),
        (DSA_WITH_SHA2[3], Dsa(Sha512)),
    ]
};

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
        Some(mask_gen) if mask_gen.oid != rfc5912::ID_MGF_1 => {
            Err(Unsupported::new("mask generation", mask_gen.oid).into())
        }
        Some(mask_gen) => hash_in(mask_gen.parameters.as_ref()),
    }
}

/// A digest's identifier as a parameter.
fn hash_in(parameters: Option<&Any>) -> Result<DigestAlgorithm, Error> {
    const DAMAGED: Error = Error::Parameters("a digest is missing");
    let hash: AlgorithmIdentifierOwned = parameters.ok_or(DAMAGED)?.decode_as().map_err(|_| DAMAGED)?;
    Ok(DigestAlgorithm::from_oid(&hash.oid)?)
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
        WITH_DIGEST
            .into_iter()
            .find(|(oid, _)| *oid == algorithm.oid)
            .map(|(_, known)| known)
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
        let digest = parameters.hash.map_or(Ok(DigestAlgorithm::Sha1), |hash| DigestAlgorithm::from_oid(&hash.oid))?;
        let mgf = mgf_hash(parameters.mask_gen.as_ref())?;
        Ok(Self::RsaPss { digest, mgf, salt_len: usize::from(parameters.salt_len.unwrap_or(20)) })
    }

    /// The usual algorithm of a key, for what it is restricted to: RSASSA-PKCS1-v1_5 with SHA-256 (or RSASSA-PSS as the
    /// parameters of the key ask), ECDSA with the digest of the curve's strength, Ed25519.
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
            KeyKind::P256 => Ok(Self::Ecdsa(DigestAlgorithm::Sha256)),
            KeyKind::P384 => Ok(Self::Ecdsa(DigestAlgorithm::Sha384)),
            KeyKind::P521 => Ok(Self::Ecdsa(DigestAlgorithm::Sha512)),
            KeyKind::Ed25519 => Ok(Self::Ed25519),
            KeyKind::X25519 | KeyKind::Dsa(_) => Err(Error::Key("it is no key for signing")),
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
        let known = |algorithm: &Self| {
            WITH_DIGEST.iter().find(|(_, known)| known == algorithm).map_or(rfc5912::RSA_ENCRYPTION, |(oid, _)| *oid)
        };
        match self {
            // RFC 4055 §5: NULL for PKCS #1 v1.5; absent for the others (RFC 5758 §3, RFC 8410 §3).
            Self::RsaPkcs1v15(_) => AlgorithmIdentifierOwned { oid: known(self), parameters: Some(Any::null()) },
            Self::Ecdsa(_) | Self::Ed25519 | Self::Dsa(_) => {
                AlgorithmIdentifierOwned { oid: known(self), parameters: None }
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
            Self::Ed25519 => None,
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

    /// `rsa-pkcs1v15`, `rsa-pss`, `ecdsa`, `ed25519`, `dsa`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::RsaPkcs1v15(_) => "rsa-pkcs1v15",
            Self::RsaPss { .. } => "rsa-pss",
            Self::Ecdsa(_) => "ecdsa",
            Self::Ed25519 => "ed25519",
            Self::Dsa(_) => "dsa",
        }
    }
}

/// What is signed.
#[derive(Debug, Clone, Copy)]
pub enum Input<'a> {
    /// The message itself (signed attributes, a certificate's body).
    Message(&'a [u8]),
    /// Its digest, computed while it streamed past; not possible for Ed25519.
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
            Self::Digest(_) => Err(Error::Parameters("Ed25519 needs the message, not its digest")),
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
    match KeyKind::of(key)? {
        KeyKind::Rsa(_) => rsa::verify(key, algorithm, input, signature),
        KeyKind::Dsa(_) => dsa::verify(key, algorithm, input, signature),
        kind => ec::verify(key, kind, algorithm, input, signature),
    }
}

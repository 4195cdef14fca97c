//! Signatures: RSA PKCS #1 v1.5 and PSS (RFC 8017, RFC 4056), ECDSA (RFC 5753), Ed25519 (RFC 8419).

use aws_lc_rs::{digest as aws_digest, signature as aws};
use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5912, rfc8410};
use der::asn1::{Any, AnyRef};
use der::{Decode, Encode};

use rsa::pkcs1::{RsaPssParams, RsaPssParamsOwned};
use spki::{AlgorithmIdentifierOwned, AlgorithmIdentifierRef, SubjectPublicKeyInfoOwned};

use super::key::{KeyKind, rsa_public_key};
use super::{DigestAlgorithm, Error, Unsupported};

/// ecdsa-with-SHA1 (RFC 3279 §2.2.3), for verification only.
const ECDSA_WITH_SHA1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.1");
/// md5WithRSAEncryption (RFC 3370 §3.2), for verification only.
const MD5_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.4");

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
}

/// Identifiers that name the digest too.
const WITH_DIGEST: [(ObjectIdentifier, SignatureAlgorithm); 12] = {
    use DigestAlgorithm::{Md5, Sha1, Sha224, Sha256, Sha384, Sha512};
    use SignatureAlgorithm::{Ecdsa, Ed25519, RsaPkcs1v15};
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
    ]
};

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
            _ => Self::from_x509(algorithm),
        }
    }

    /// From a certificate or CRL (RFC 4055, RFC 5758, RFC 8410).
    ///
    /// # Errors
    /// As [`SignatureAlgorithm::from_cms`].
    pub fn from_x509(algorithm: &AlgorithmIdentifierOwned) -> Result<Self, Error> {
        if algorithm.oid == rfc5912::ID_RSASSA_PSS {
            return Self::from_pss_parameters(algorithm.parameters.as_ref());
        }
        WITH_DIGEST
            .into_iter()
            .find(|(oid, _)| *oid == algorithm.oid)
            .map(|(_, known)| known)
            .ok_or_else(|| Unsupported::new("signature", algorithm.oid).into())
    }

    /// `RSASSA-PSS-params` (RFC 4055 §3.1); absent parameters mean SHA-1 all over.
    fn from_pss_parameters(parameters: Option<&Any>) -> Result<Self, Error> {
        let damaged = |_| Error::Parameters("RSASSA-PSS parameters");
        let encoded = match parameters {
            Some(parameters) => parameters.to_der().map_err(damaged)?,
            None => vec![0x30, 0],
        };
        let params = RsaPssParamsOwned::from_der(&encoded).map_err(damaged)?;
        let digest = DigestAlgorithm::from_oid(&params.hash.oid)?;
        if params.mask_gen.oid != rfc5912::ID_MGF_1 {
            return Err(Unsupported::new("mask generation", params.mask_gen.oid).into());
        }
        let mgf = params.mask_gen.parameters.ok_or(Error::Parameters("MGF1 without a hash"))?;
        let mgf = DigestAlgorithm::from_oid(&mgf.oid)?;
        Ok(Self::RsaPss { digest, mgf, salt_len: usize::from(params.salt_len) })
    }

    /// The identifier to write in a SignerInfo or certificate.
    #[must_use]
    pub fn identifier(&self) -> AlgorithmIdentifierOwned {
        let known = |algorithm: &Self| {
            WITH_DIGEST.iter().find(|(_, known)| known == algorithm).map_or(rfc5912::RSA_ENCRYPTION, |(oid, _)| *oid)
        };
        match self {
            // RFC 4055 §5: NULL for PKCS #1 v1.5; absent for the others (RFC 5758 §3.2, RFC 8410 §3).
            Self::RsaPkcs1v15(_) => AlgorithmIdentifierOwned { oid: known(self), parameters: Some(Any::null()) },
            Self::Ecdsa(_) | Self::Ed25519 => AlgorithmIdentifierOwned { oid: known(self), parameters: None },
            Self::RsaPss { digest, mgf, salt_len } => {
                let hash = |digest: &DigestAlgorithm| AlgorithmIdentifierRef {
                    oid: digest.oid(),
                    parameters: Some(AnyRef::NULL),
                };
                let params = RsaPssParams {
                    hash: hash(digest),
                    mask_gen: spki::AlgorithmIdentifier { oid: rfc5912::ID_MGF_1, parameters: Some(hash(mgf)) },
                    salt_len: u8::try_from(*salt_len).unwrap_or(u8::MAX),
                    trailer_field: rsa::pkcs1::TrailerField::default(),
                };
                AlgorithmIdentifierOwned { oid: rfc5912::ID_RSASSA_PSS, parameters: Any::encode_from(&params).ok() }
            }
        }
    }

    /// The digest, where one is computed before signing.
    #[must_use]
    pub fn digest(&self) -> Option<DigestAlgorithm> {
        match self {
            Self::RsaPkcs1v15(digest) | Self::RsaPss { digest, .. } | Self::Ecdsa(digest) => Some(*digest),
            Self::Ed25519 => None,
        }
    }

    /// `rsa-pkcs1v15`, `rsa-pss`, `ecdsa`, `ed25519`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::RsaPkcs1v15(_) => "rsa-pkcs1v15",
            Self::RsaPss { .. } => "rsa-pss",
            Self::Ecdsa(_) => "ecdsa",
            Self::Ed25519 => "ed25519",
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
    match (algorithm, kind) {
        (SignatureAlgorithm::RsaPkcs1v15(digest), KeyKind::Rsa(_)) => {
            let key = rsa_public_key(key)?;
            let digested = input.digested(digest)?;
            let holds = |scheme: rsa::Pkcs1v15Sign| key.verify(scheme, &digested, signature).is_ok();
            // RFC 8017 §8.2.2 note: a DigestInfo without the NULL parameters is in use too.
            if holds(pkcs1v15(digest)) || holds(pkcs1v15_without_null(digest)) { Ok(()) } else { Err(Error::Mismatch) }
        }
        (SignatureAlgorithm::RsaPss { digest, mgf, salt_len }, KeyKind::Rsa(_)) => {
            if digest != mgf {
                return Err(Unsupported {
                    role: "mask generation",
                    oid: mgf.oid(),
                    name: Some("another hash in MGF1"),
                }
                .into());
            }
            verify_pss(&rsa_public_key(key)?, digest, salt_len, &input.digested(digest)?, signature)
        }
        (SignatureAlgorithm::Ecdsa(digest), KeyKind::P256 | KeyKind::P384 | KeyKind::P521) => {
            let digested = input.digested(digest)?;
            let digested = aws_digest::Digest::import_less_safe(&digested, aws_digest_algorithm(digest)?)
                .map_err(|_| Error::Parameters("digest"))?;
            let point = key.subject_public_key.raw_bytes();
            let parsed =
                aws::ParsedPublicKey::new(ecdsa(kind, digest)?, point).map_err(|_| Error::Key("not on the curve"))?;
            parsed.verify_digest_sig(&digested, signature).map_err(|_| Error::Mismatch)
        }
        (SignatureAlgorithm::Ed25519, KeyKind::Ed25519) => match input {
            Input::Message(message) => aws::UnparsedPublicKey::new(&aws::ED25519, key.subject_public_key.raw_bytes())
                .verify(message, signature)
                .map_err(|_| Error::Mismatch),
            Input::Digest(_) => Err(Error::Parameters("Ed25519 needs the message, not its digest")),
        },
        _ => Err(Error::Key("the key is of another kind than the signature")),
    }
}

fn verify_pss(
    key: &rsa::PublicKey,
    digest: DigestAlgorithm,
    salt_len: usize,
    digested: &[u8],
    signature: &[u8],
) -> Result<(), Error> {
    let result = match digest {
        DigestAlgorithm::Md5 => return Err(Unsupported::new("digest", digest.oid()).into()),
        DigestAlgorithm::Sha1 => key.verify(rsa::Pss::<sha1::Sha1>::new_with_salt(salt_len), digested, signature),
        DigestAlgorithm::Sha224 => key.verify(rsa::Pss::<sha2::Sha224>::new_with_salt(salt_len), digested, signature),
        DigestAlgorithm::Sha256 => key.verify(rsa::Pss::<sha2::Sha256>::new_with_salt(salt_len), digested, signature),
        DigestAlgorithm::Sha384 => key.verify(rsa::Pss::<sha2::Sha384>::new_with_salt(salt_len), digested, signature),
        DigestAlgorithm::Sha512 => key.verify(rsa::Pss::<sha2::Sha512>::new_with_salt(salt_len), digested, signature),
    };
    result.map_err(|_| Error::Mismatch)
}

/// DigestInfo with NULL parameters (RFC 8017 §9.2 note 1).
pub(super) fn pkcs1v15(digest: DigestAlgorithm) -> rsa::Pkcs1v15Sign {
    match digest {
        DigestAlgorithm::Md5 => rsa::Pkcs1v15Sign::new::<md5::Md5>(),
        DigestAlgorithm::Sha1 => rsa::Pkcs1v15Sign::new::<sha1::Sha1>(),
        DigestAlgorithm::Sha224 => rsa::Pkcs1v15Sign::new::<sha2::Sha224>(),
        DigestAlgorithm::Sha256 => rsa::Pkcs1v15Sign::new::<sha2::Sha256>(),
        DigestAlgorithm::Sha384 => rsa::Pkcs1v15Sign::new::<sha2::Sha384>(),
        DigestAlgorithm::Sha512 => rsa::Pkcs1v15Sign::new::<sha2::Sha512>(),
    }
}

/// DigestInfo whose AlgorithmIdentifier has no parameters.
fn pkcs1v15_without_null(digest: DigestAlgorithm) -> rsa::Pkcs1v15Sign {
    let oid = digest.oid();
    let (oid_len, hash_len) = (oid.as_bytes().len(), digest.output_len());
    // No length here reaches 128, so each takes one octet.
    let octet = |length: usize| u8::try_from(length).unwrap_or(0);
    let mut prefix = vec![0x30, octet(oid_len + hash_len + 6), 0x30, octet(oid_len + 2), 0x06, octet(oid_len)];
    prefix.extend_from_slice(oid.as_bytes());
    prefix.extend_from_slice(&[0x04, octet(hash_len)]);
    rsa::Pkcs1v15Sign { hash_len: Some(hash_len), prefix: prefix.into() }
}

pub(super) fn aws_digest_algorithm(digest: DigestAlgorithm) -> Result<&'static aws_digest::Algorithm, Error> {
    Ok(match digest {
        DigestAlgorithm::Md5 => return Err(Unsupported::new("digest", digest.oid()).into()),
        DigestAlgorithm::Sha1 => &aws_digest::SHA1_FOR_LEGACY_USE_ONLY,
        DigestAlgorithm::Sha224 => &aws_digest::SHA224,
        DigestAlgorithm::Sha256 => &aws_digest::SHA256,
        DigestAlgorithm::Sha384 => &aws_digest::SHA384,
        DigestAlgorithm::Sha512 => &aws_digest::SHA512,
    })
}

fn ecdsa(kind: KeyKind, digest: DigestAlgorithm) -> Result<&'static aws::EcdsaVerificationAlgorithm, Error> {
    use DigestAlgorithm::{Sha1, Sha224, Sha256, Sha384, Sha512};
    Ok(match (kind, digest) {
        (KeyKind::P256, Sha1) => &aws::ECDSA_P256_SHA1_ASN1,
        (KeyKind::P256, Sha256) => &aws::ECDSA_P256_SHA256_ASN1,
        (KeyKind::P256, Sha384) => &aws::ECDSA_P256_SHA384_ASN1,
        (KeyKind::P256, Sha512) => &aws::ECDSA_P256_SHA512_ASN1,
        (KeyKind::P384, Sha256) => &aws::ECDSA_P384_SHA256_ASN1,
        (KeyKind::P384, Sha384) => &aws::ECDSA_P384_SHA384_ASN1,
        (KeyKind::P384, Sha512) => &aws::ECDSA_P384_SHA512_ASN1,
        (KeyKind::P521, Sha1) => &aws::ECDSA_P521_SHA1_ASN1,
        (KeyKind::P521, Sha224) => &aws::ECDSA_P521_SHA224_ASN1,
        (KeyKind::P521, Sha256) => &aws::ECDSA_P521_SHA256_ASN1,
        (KeyKind::P521, Sha384) => &aws::ECDSA_P521_SHA384_ASN1,
        (KeyKind::P521, Sha512) => &aws::ECDSA_P521_SHA512_ASN1,
        _ => return Err(Unsupported::new("digest with this curve", digest.oid()).into()),
    })
}

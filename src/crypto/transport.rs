//! RSA key transport: PKCS #1 v1.5 (RFC 3370 §4.2.1) and OAEP (RFC 3560).

use const_oid::db::rfc5912;
use der::Sequence;
use der::asn1::{Any, OctetString};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::signature::{mgf_hash, mgf1, with_null};
use super::{DigestAlgorithm, Error, KeyKind, Unsupported, rsa};

/// ```text
/// RSAES-OAEP-params ::= SEQUENCE { hashFunc [0] AlgorithmIdentifier DEFAULT sha1Identifier,
///     maskGenFunc [1] AlgorithmIdentifier DEFAULT mgf1SHA1Identifier,
///     pSourceFunc [2] AlgorithmIdentifier DEFAULT pSpecifiedEmptyIdentifier }
/// ```
/// (RFC 4055 §4.1)
#[derive(Sequence, Default)]
struct OaepParameters {
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    hash: Option<AlgorithmIdentifierOwned>,
    #[asn1(context_specific = "1", tag_mode = "EXPLICIT", optional = "true")]
    mask_gen: Option<AlgorithmIdentifierOwned>,
    #[asn1(context_specific = "2", tag_mode = "EXPLICIT", optional = "true")]
    p_source: Option<AlgorithmIdentifierOwned>,
}

/// How a content-encryption key was encrypted to an RSA key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyTransport {
    /// RSAES-PKCS1-v1_5.
    Pkcs1v15,
    /// RSAES-OAEP.
    Oaep {
        /// Hash of the label.
        digest: DigestAlgorithm,
        /// Hash of MGF1.
        mgf: DigestAlgorithm,
        /// The label, usually empty.
        label: Vec<u8>,
    },
}

impl KeyTransport {
    /// From a KeyTransRecipientInfo's keyEncryptionAlgorithm.
    ///
    /// # Errors
    /// When it is not built in, or its parameters are damaged.
    pub fn from_identifier(algorithm: &AlgorithmIdentifierOwned) -> Result<Self, Error> {
        match algorithm.oid {
            rfc5912::RSA_ENCRYPTION => Ok(Self::Pkcs1v15),
            rfc5912::ID_RSAES_OAEP => {
                let damaged = |_| Error::Parameters("of RSAES-OAEP");
                let parameters: OaepParameters = match &algorithm.parameters {
                    Some(parameters) => parameters.decode_as().map_err(damaged)?,
                    None => OaepParameters::default(),
                };
                let digest = parameters
                    .hash
                    .map_or(Ok(DigestAlgorithm::Sha1), |hash| DigestAlgorithm::from_identifier(&hash))?;
                let mgf = mgf_hash(parameters.mask_gen.as_ref())?;
                let label = match parameters.p_source {
                    None => Vec::new(),
                    Some(source) if source.oid != rfc5912::ID_P_SPECIFIED => {
                        return Err(Unsupported::new("label source", source.oid).into());
                    }
                    Some(AlgorithmIdentifierOwned { parameters: None, .. }) => Vec::new(),
                    Some(AlgorithmIdentifierOwned { parameters: Some(label), .. }) => {
                        label.decode_as::<OctetString>().map_err(damaged)?.into_bytes().into()
                    }
                };
                Ok(Self::Oaep { digest, mgf, label })
            }
            other => Err(Unsupported::new("key transport", other).into()),
        }
    }

    /// The identifier to write.
    #[must_use]
    pub fn identifier(&self) -> AlgorithmIdentifierOwned {
        match self {
            Self::Pkcs1v15 => AlgorithmIdentifierOwned { oid: rfc5912::RSA_ENCRYPTION, parameters: Some(Any::null()) },
            Self::Oaep { digest, mgf, label } => {
                // DER leaves out what equals the default.
                let label = OctetString::new(label.as_slice()).ok().filter(|label| !label.as_bytes().is_empty());
                let params = OaepParameters {
                    hash: (*digest != DigestAlgorithm::Sha1).then(|| with_null(*digest)),
                    mask_gen: (*mgf != DigestAlgorithm::Sha1).then(|| mgf1(*mgf)),
                    p_source: label.map(|label| AlgorithmIdentifierOwned {
                        oid: rfc5912::ID_P_SPECIFIED,
                        parameters: Any::encode_from(&label).ok(),
                    }),
                };
                AlgorithmIdentifierOwned { oid: rfc5912::ID_RSAES_OAEP, parameters: Any::encode_from(&params).ok() }
            }
        }
    }

    /// `rsa-pkcs1v15` or `rsa-oaep`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Pkcs1v15 => "rsa-pkcs1v15",
            Self::Oaep { .. } => "rsa-oaep",
        }
    }
}

/// Encrypts a content-encryption key to an RSA public key.
///
/// # Errors
/// When the key is no RSA key, restricted to something else, or too short for the content key.
pub fn encrypt(
    key: &SubjectPublicKeyInfoOwned,
    transport: &KeyTransport,
    content_key: &[u8],
) -> Result<Vec<u8>, Error> {
    match KeyKind::of(key)? {
        kind if kind.is_weak() => Err(Error::Key("short keys are for reading only")),
        KeyKind::Rsa(_) => rsa::encrypt(key, transport, content_key),
        _ => Err(Error::Key("it is no RSA key")),
    }
}

//! RSA key transport: PKCS #1 v1.5 (RFC 3370 §4.2.1) and OAEP (RFC 3560).

use const_oid::db::rfc5912;
use der::asn1::{Any, OctetString, OctetStringRef};
use der::{Decode, Encode};
use digest::{Digest, FixedOutputReset};
use rsa::pkcs1::RsaOaepParamsOwned;
use rsa::traits::PublicKeyParts;
use rsa::{Oaep, Pkcs1v15Encrypt};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use zeroize::Zeroizing;

use super::key::{KeyKind, rsa_public_key};
use super::{DigestAlgorithm, Error, Unsupported};

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
                let damaged = |_| Error::Parameters("RSAES-OAEP parameters");
                let encoded = match &algorithm.parameters {
                    Some(parameters) => parameters.to_der().map_err(damaged)?,
                    None => vec![0x30, 0],
                };
                let params = RsaOaepParamsOwned::from_der(&encoded).map_err(damaged)?;
                let digest = DigestAlgorithm::from_oid(&params.hash.oid)?;
                let mgf = params.mask_gen.parameters.ok_or(Error::Parameters("MGF1 without a hash"))?;
                let mgf = DigestAlgorithm::from_oid(&mgf.oid)?;
                let label = match params.p_source.parameters {
                    Some(label) => label.decode_as::<&OctetStringRef>().map_err(damaged)?.as_bytes().to_vec(),
                    None => Vec::new(),
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
                let hash = |digest: &DigestAlgorithm| AlgorithmIdentifierOwned {
                    oid: digest.oid(),
                    parameters: Some(Any::null()),
                };
                let label = OctetString::new(label.as_slice()).and_then(|label| Any::encode_from(&label)).ok();
                let params = RsaOaepParamsOwned {
                    hash: hash(digest),
                    mask_gen: spki::AlgorithmIdentifier { oid: rfc5912::ID_MGF_1, parameters: Some(hash(mgf)) },
                    p_source: AlgorithmIdentifierOwned { oid: rfc5912::ID_P_SPECIFIED, parameters: label },
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

/// Runs `$body` with the type of a digest.
macro_rules! with_digest {
    ($digest:expr, $D:ident => $body:expr) => {
        match $digest {
            DigestAlgorithm::Md5 => Err(Unsupported::new("digest", DigestAlgorithm::Md5.oid()).into()),
            DigestAlgorithm::Sha1 => {
                type $D = sha1::Sha1;
                $body
            }
            DigestAlgorithm::Sha224 => {
                type $D = sha2::Sha224;
                $body
            }
            DigestAlgorithm::Sha256 => {
                type $D = sha2::Sha256;
                $body
            }
            DigestAlgorithm::Sha384 => {
                type $D = sha2::Sha384;
                $body
            }
            DigestAlgorithm::Sha512 => {
                type $D = sha2::Sha512;
                $body
            }
        }
    };
}

/// Encrypts a content-encryption key to an RSA public key.
///
/// # Errors
/// When the key is no RSA key or too short for the content key.
pub fn encrypt(
    key: &SubjectPublicKeyInfoOwned,
    transport: &KeyTransport,
    content_key: &[u8],
) -> Result<Vec<u8>, Error> {
    if KeyKind::of(key)?.is_weak() {
        return Err(Error::Key("short keys are for reading only"));
    }
    let key = rsa_public_key(key)?;
    let mut system = getrandom::rand_core::UnwrapErr(getrandom::SysRng);
    let too_short = |_| Error::Key("it is too short for this content key");
    match transport {
        KeyTransport::Pkcs1v15 => key.encrypt(&mut system, Pkcs1v15Encrypt, content_key).map_err(too_short),
        KeyTransport::Oaep { digest, mgf, label } => with_digest!(*digest, D => with_digest!(*mgf, M => {
            key.encrypt(&mut system, oaep::<D, M>(label), content_key).map_err(too_short)
        })),
    }
}

fn oaep<D: Digest + FixedOutputReset, M: Digest + FixedOutputReset>(label: &[u8]) -> Oaep<D, M> {
    // An absent and an empty label are the same (RFC 8017 §7.1.1).
    if label.is_empty() { Oaep::new_with_mgf_hash() } else { Oaep::new_with_mgf_hash_and_label(label) }
}

/// Decrypts a content-encryption key; see [`super::PrivateKeyOperations::decrypt`].
pub(super) fn decrypt(
    key: &rsa::PrivateKey,
    transport: &KeyTransport,
    encrypted: &[u8],
    expected_len: usize,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut system = getrandom::rand_core::UnwrapErr(getrandom::SysRng);
    match transport {
        KeyTransport::Pkcs1v15 => {
            // The substitute is drawn before anything is known of the padding. The library itself answers bad padding with
            // synthetic bytes; only their length can differ from what is expected.
            let mut substitute = Zeroizing::new(vec![0; expected_len]);
            super::random(&mut substitute)?;
            // A number that is shorter or longer than the modulus is public knowledge; it takes the same way out.
            let mut padded = encrypted.to_vec();
            if let Some(missing) = key.size().checked_sub(encrypted.len()) {
                padded.splice(0..0, std::iter::repeat_n(0, missing));
            }
            let decrypted = key.decrypt_blinded(&mut system, Pkcs1v15Encrypt, &padded).map(Zeroizing::new);
            match decrypted {
                Ok(content_key) if content_key.len() == expected_len => Ok(content_key),
                _ => Ok(substitute),
            }
        }
        KeyTransport::Oaep { digest, mgf, label } => with_digest!(*digest, D => with_digest!(*mgf, M => {
            let content_key = key
                .decrypt_blinded(&mut system, oaep::<D, M>(label), encrypted)
                .map(Zeroizing::new)
                .map_err(|_| Error::Decryption)?;
            if content_key.len() == expected_len { Ok(content_key) } else { Err(Error::Decryption) }
        })),
    }
}

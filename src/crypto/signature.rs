//! Signatures: RSA PKCS #1 v1.5 and PSS (RFC 8017, RFC 4056), ECDSA (RFC 5753), Ed25519 (RFC 8419).

use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::{DigestAlgorithm, Error, Unsupported};

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

impl SignatureAlgorithm {
    /// From a SignerInfo: `signatureAlgorithm` may be rsaEncryption or id-ecPublicKey-like, the digest then comes from
    /// `digestAlgorithm` (RFC 3370 §3.2, RFC 5753 §2.1.1).
    ///
    /// # Errors
    /// When it is not built in, or its parameters are damaged.
    pub fn from_cms(algorithm: &AlgorithmIdentifierOwned, digest: DigestAlgorithm) -> Result<Self, Error> {
        let _ = digest;
        Err(Unsupported::new("signature", algorithm.oid).into())
    }
    /// From a certificate or CRL (RFC 4055, RFC 5758, RFC 8410).
    ///
    /// # Errors
    /// As [`SignatureAlgorithm::from_cms`].
    pub fn from_x509(algorithm: &AlgorithmIdentifierOwned) -> Result<Self, Error> {
        Err(Unsupported::new("signature", algorithm.oid).into())
    }
    /// The identifier to write in a SignerInfo or certificate.
    #[must_use]
    pub fn identifier(&self) -> AlgorithmIdentifierOwned {
        todo!()
    }
    /// The digest, where one is computed before signing.
    #[must_use]
    pub fn digest(&self) -> Option<DigestAlgorithm> {
        todo!()
    }
    /// `rsa-pkcs1v15`, `rsa-pss`, `ecdsa`, `ed25519`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        todo!()
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
    let _ = (key, algorithm, input, signature);
    todo!()
}

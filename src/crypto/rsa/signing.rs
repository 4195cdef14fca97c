//! RSA signing.

use aws_lc_rs::signature as aws;
use getrandom::SysRng;
use spki::AlgorithmIdentifierOwned;

use super::{Private, allows_signature, pkcs1v15};
use crate::crypto::digest::{imported, with_digest};
use crate::crypto::signature::Input;
use crate::crypto::{DigestAlgorithm, Error, SignatureAlgorithm};

const FAILED: Error = Error::Key("signing failed");

impl Private {
    /// Signs; `identifier` may restrict the key.
    pub(in crate::crypto) fn sign(
        &self,
        identifier: &AlgorithmIdentifierOwned,
        algorithm: SignatureAlgorithm,
        input: Input<'_>,
    ) -> Result<Vec<u8>, Error> {
        allows_signature(identifier, algorithm)?;
        let digest = algorithm.digest().ok_or(Error::Key("the key is of another kind than the signature"))?;
        let digested = input.digested(digest)?;
        if let Some(fast) = &self.fast
            && let Some(encoding) = encoding(algorithm)
        {
            let mut signature = vec![0; fast.signing.public_modulus_len()];
            let digested = imported(digest, &digested)?;
            fast.signing.sign_digest(encoding, &digested, &mut signature).map_err(|_| FAILED)?;
            return Ok(signature);
        }
        let signature = match algorithm {
            // The one with SHAKE masks in its own way, and is for reading alone.
            SignatureAlgorithm::RsaPss { digest, mgf, salt_len } if digest == mgf && !digest.is_extendable() => {
                with_digest!(digest, Hash => {
                    self.key.sign_with_rng(&mut SysRng, ::rsa::Pss::<Hash>::new_with_salt(salt_len), &digested)
                })
            }
            SignatureAlgorithm::RsaPss { .. } => {
                return Err(Error::Parameters("signatures are made with one hash, for MGF1 too, and not with SHAKE"));
            }
            _ => self.key.sign_with_rng(&mut SysRng, pkcs1v15(digest, true), &digested),
        };
        signature.map_err(|_| FAILED)
    }
}

/// What the faster implementation makes.
fn encoding(algorithm: SignatureAlgorithm) -> Option<&'static aws::RsaSignatureEncoding> {
    use DigestAlgorithm::{Sha256, Sha384, Sha512};
    match algorithm {
        SignatureAlgorithm::RsaPkcs1v15(Sha256) => Some(&aws::RSA_PKCS1_SHA256),
        SignatureAlgorithm::RsaPkcs1v15(Sha384) => Some(&aws::RSA_PKCS1_SHA384),
        SignatureAlgorithm::RsaPkcs1v15(Sha512) => Some(&aws::RSA_PKCS1_SHA512),
        SignatureAlgorithm::RsaPss { digest: Sha256, mgf: Sha256, salt_len: 32 } => Some(&aws::RSA_PSS_SHA256),
        SignatureAlgorithm::RsaPss { digest: Sha384, mgf: Sha384, salt_len: 48 } => Some(&aws::RSA_PSS_SHA384),
        SignatureAlgorithm::RsaPss { digest: Sha512, mgf: Sha512, salt_len: 64 } => Some(&aws::RSA_PSS_SHA512),
        _ => None,
    }
}

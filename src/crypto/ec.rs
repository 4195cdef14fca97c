//! Elliptic curves: ECDSA and ECDH on the NIST curves (RFC 5480, RFC 5753), Ed25519 and X25519 (RFC 8410).

use aws_lc_rs::agreement as ecdh;
use aws_lc_rs::digest::Digest;
use aws_lc_rs::signature as aws;
use aws_lc_rs::signature::KeyPair;
use spki::SubjectPublicKeyInfoOwned;
use zeroize::Zeroizing;

use super::digest::imported;
use super::signature::Input;
use super::{DigestAlgorithm, Error, KeyKind, SignatureAlgorithm};

const OTHER_KIND: Error = Error::Key("the key is of another kind than the signature");

/// What the implementation calls a NIST curve.
struct Curve {
    verification: &'static aws::EcdsaVerificationAlgorithm,
    signing: &'static aws::EcdsaSigningAlgorithm,
    /// The digest that both are made for.
    digest: DigestAlgorithm,
}

impl Curve {
    fn of(kind: KeyKind) -> Result<Self, Error> {
        let (verification, signing, digest) = match kind {
            KeyKind::P256 => {
                (&aws::ECDSA_P256_SHA256_ASN1, &aws::ECDSA_P256_SHA256_ASN1_SIGNING, DigestAlgorithm::Sha256)
            }
            KeyKind::P384 => {
                (&aws::ECDSA_P384_SHA384_ASN1, &aws::ECDSA_P384_SHA384_ASN1_SIGNING, DigestAlgorithm::Sha384)
            }
            KeyKind::P521 => {
                (&aws::ECDSA_P521_SHA512_ASN1, &aws::ECDSA_P521_SHA512_ASN1_SIGNING, DigestAlgorithm::Sha512)
            }
            KeyKind::Rsa(_) | KeyKind::Ed25519 | KeyKind::X25519 => return Err(OTHER_KIND),
        };
        Ok(Self { verification, signing, digest })
    }

    /// Any digest as one of the length that the curve's own has. ECDSA takes a digest as a number, its leftmost bits where
    /// it is longer than the curve's order (FIPS 186-5 §6.4): cut off behind or zeros in front leave that number as it is.
    fn number(&self, digested: &[u8]) -> Result<Digest, Error> {
        let length = self.digest.output_len();
        let kept = digested.get(..length).unwrap_or(digested);
        let mut number = vec![0; length - kept.len()];
        number.extend_from_slice(kept);
        imported(self.digest, &number)
    }
}

/// The point or string of a public key.
fn point(key: &SubjectPublicKeyInfoOwned, kind: KeyKind) -> Result<&[u8], Error> {
    let octets = key.subject_public_key.as_bytes().unwrap_or_default();
    let known = match kind {
        KeyKind::Ed25519 | KeyKind::X25519 => octets.len() == 32,
        // Uncompressed or compressed; hybrid points are not for certificates (RFC 5480 §2.2).
        _ => matches!(octets.first(), Some(2..=4)),
    };
    if known { Ok(octets) } else { Err(Error::Key("its point has an unknown form")) }
}

/// Checks an ECDSA or Ed25519 signature.
pub(super) fn verify(
    key: &SubjectPublicKeyInfoOwned,
    kind: KeyKind,
    algorithm: SignatureAlgorithm,
    input: Input<'_>,
    signature: &[u8],
) -> Result<(), Error> {
    let parsed = |verification: &'static dyn aws::VerificationAlgorithm| {
        aws::ParsedPublicKey::new(verification, point(key, kind)?)
            .map_err(|_| Error::Key("its point is not on the curve"))
    };
    let holds = match algorithm {
        SignatureAlgorithm::Ecdsa(digest) => {
            let curve = Curve::of(kind)?;
            parsed(curve.verification)?.verify_digest_sig(&curve.number(&input.digested(digest)?)?, signature)
        }
        SignatureAlgorithm::Ed25519 if kind == KeyKind::Ed25519 => {
            parsed(&aws::ED25519)?.verify_sig(input.message()?, signature)
        }
        _ => return Err(OTHER_KIND),
    };
    holds.map_err(|_| Error::Mismatch)
}

fn agreement(kind: KeyKind) -> Result<&'static ecdh::Algorithm, Error> {
    match kind {
        KeyKind::P256 => Ok(&ecdh::ECDH_P256),
        KeyKind::P384 => Ok(&ecdh::ECDH_P384),
        KeyKind::P521 => Ok(&ecdh::ECDH_P521),
        KeyKind::X25519 => Ok(&ecdh::X25519),
        KeyKind::Rsa(_) | KeyKind::Ed25519 => Err(Error::Key("it is no key for agreement")),
    }
}

/// A private key: the number of a NIST curve, the seed of Ed25519, or the string of X25519.
pub(super) struct Private {
    kind: KeyKind,
    secret: Zeroizing<Vec<u8>>,
    point: Vec<u8>,
}

impl Private {
    /// Bytes of the private number.
    fn length(kind: KeyKind) -> usize {
        match kind {
            KeyKind::P384 => 48,
            KeyKind::P521 => 66,
            _ => 32,
        }
    }

    /// From the number, big-endian; some writers drop zeros in front of it, others add some.
    pub(super) fn new(kind: KeyKind, number: &[u8]) -> Result<Self, Error> {
        const DAMAGED: Error = Error::Key("its private number is out of range");
        let length = Self::length(kind);
        let mut secret = Zeroizing::new(vec![0; length]);
        let (surplus, kept) = number.split_at(number.len().saturating_sub(length));
        if kept.is_empty() || surplus.iter().any(|octet| *octet != 0) {
            return Err(DAMAGED);
        }
        if matches!(kind, KeyKind::Ed25519 | KeyKind::X25519) && number.len() != length {
            return Err(DAMAGED);
        }
        secret.iter_mut().rev().zip(kept.iter().rev()).for_each(|(to, from)| *to = *from);
        let point = if kind == KeyKind::Ed25519 {
            aws::Ed25519KeyPair::from_seed_unchecked(&secret).map_err(|_| DAMAGED)?.public_key().as_ref().to_vec()
        } else {
            let key = ecdh::PrivateKey::from_private_key(agreement(kind)?, &secret).map_err(|_| DAMAGED)?;
            key.compute_public_key().map_err(|_| DAMAGED)?.as_ref().to_vec()
        };
        Ok(Self { kind, secret, point })
    }

    pub(super) fn generate(kind: KeyKind) -> Result<Self, Error> {
        // A random string is a number below the order but for a vanishing chance: then the next one is taken.
        for _ in 0..16 {
            let mut number = Zeroizing::new(vec![0; Self::length(kind)]);
            super::random(&mut number)?;
            if let (KeyKind::P521, Some(first)) = (kind, number.first_mut()) {
                // 521 bits are 65 octets and one bit.
                *first &= 1;
            }
            if let Ok(key) = Self::new(kind, &number) {
                return Ok(key);
            }
        }
        Err(Error::Key("it could not be made"))
    }

    pub(super) fn secret(&self) -> &[u8] {
        &self.secret
    }

    /// The content of a SubjectPublicKeyInfo.
    pub(super) fn point(&self) -> &[u8] {
        &self.point
    }

    pub(super) fn sign(&self, algorithm: SignatureAlgorithm, input: Input<'_>) -> Result<Vec<u8>, Error> {
        const FAILED: Error = Error::Key("signing failed");
        let signature = match algorithm {
            SignatureAlgorithm::Ecdsa(digest) => {
                let curve = Curve::of(self.kind)?;
                let pair = aws::EcdsaKeyPair::from_private_key_and_public_key(curve.signing, &self.secret, &self.point);
                pair.map_err(|_| FAILED)?.sign_digest(&curve.number(&input.digested(digest)?)?)
            }
            SignatureAlgorithm::Ed25519 if self.kind == KeyKind::Ed25519 => {
                let message = input.message()?;
                aws::Ed25519KeyPair::from_seed_unchecked(&self.secret).map_err(|_| FAILED)?.try_sign(message)
            }
            _ => return Err(OTHER_KIND),
        };
        Ok(signature.map_err(|_| FAILED)?.as_ref().to_vec())
    }

    /// The shared secret with a peer on the same curve.
    pub(super) fn agree(&self, peer: &SubjectPublicKeyInfoOwned) -> Result<Zeroizing<Vec<u8>>, Error> {
        const UNFIT: Error = Error::Key("the peer's key does not fit");
        let algorithm = agreement(self.kind)?;
        if KeyKind::of(peer)? != self.kind {
            return Err(UNFIT);
        }
        let own = ecdh::PrivateKey::from_private_key(algorithm, &self.secret).map_err(|_| UNFIT)?;
        let peer = ecdh::UnparsedPublicKey::new(algorithm, point(peer, self.kind)?);
        ecdh::agree(&own, peer, UNFIT, |secret| Ok(Zeroizing::new(secret.to_vec())))
    }
}

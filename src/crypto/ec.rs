//! Elliptic curves: ECDSA and ECDH on the NIST curves (RFC 5480, RFC 5753), Ed25519 and X25519 (RFC 8410).

use aws_lc_rs::agreement as ecdh;
use aws_lc_rs::digest::Digest;
use aws_lc_rs::signature as aws;
use aws_lc_rs::signature::KeyPair;
use spki::SubjectPublicKeyInfoOwned;
use zeroize::Zeroizing;

use super::digest::imported;
use super::signature::Input;
use super::{DigestAlgorithm, Error, KeyKind, SignatureAlgorithm, brainpool};

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
            _ => return Err(OTHER_KIND),
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
        _ => Err(Error::Key("it is no key for agreement")),
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
            KeyKind::P384 | KeyKind::BrainpoolP384r1 | KeyKind::BrainpoolP384t1 => 48,
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
        let point = if kind.is_brainpool() {
            brainpool::public(kind, &secret)?
        } else if kind == KeyKind::Ed25519 {
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
        if KeyKind::of(peer)? != self.kind {
            return Err(UNFIT);
        }
        if self.kind.is_brainpool() {
            return brainpool::agree(self.kind, &self.secret, point(peer, self.kind)?);
        }
        let algorithm = agreement(self.kind)?;
        let own = ecdh::PrivateKey::from_private_key(algorithm, &self.secret).map_err(|_| UNFIT)?;
        let peer = ecdh::UnparsedPublicKey::new(algorithm, point(peer, self.kind)?);
        ecdh::agree(&own, peer, UNFIT, |secret| Ok(Zeroizing::new(secret.to_vec())))
    }
}

#[cfg(test)]
mod tests {
    use der::asn1::BitString;

    use super::*;
    use crate::crypto::PrivateKey;
    use crate::crypto::key::PrivateKeyOperations;
    use crate::crypto::tests::unhex;

    /// RFC 7748 §6.1: Alice and Bob come to the standard's secret, and a point of small order to none.
    #[test]
    fn x25519_is_the_standards() {
        let key = |secret: &str| Private::new(KeyKind::X25519, &unhex(secret)).unwrap();
        let alice = key("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        let bob = key("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
        assert_eq!(alice.point(), unhex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"));
        let shared = unhex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
        let algorithm = PrivateKey::generate(KeyKind::X25519).unwrap().public_key().algorithm.clone();
        let public = |point: &[u8]| SubjectPublicKeyInfoOwned {
            algorithm: algorithm.clone(),
            subject_public_key: BitString::from_bytes(point).unwrap(),
        };
        assert_eq!(*alice.agree(&public(bob.point())).unwrap(), shared);
        assert_eq!(*bob.agree(&public(alice.point())).unwrap(), shared);
        for bad in [&[0; 32][..], &[0; 31], &[]] {
            assert!(alice.agree(&public(bad)).is_err());
        }
    }

    /// RFC 8032 §7.1, test 2.
    #[test]
    fn ed25519_is_the_standards() {
        let seed = unhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        let key = Private::new(KeyKind::Ed25519, &seed).unwrap();
        assert_eq!(key.point(), unhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
        let expected = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
                        085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
        assert_eq!(key.sign(SignatureAlgorithm::Ed25519, Input::Message(&[0x72])), Ok(unhex(expected)));
    }

    /// RFC 6979 A.2.5: a P-256 key whose signatures over SHA-1 to SHA-512 are known; compressed points are points too.
    #[test]
    fn ecdsa_takes_digests_of_any_length() {
        let number = unhex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
        let key = Private::new(KeyKind::P256, &number).unwrap();
        let x = unhex("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6");
        assert_eq!(key.point()[1..33], x);
        let mut public = PrivateKey::generate(KeyKind::P256).unwrap().public_key().clone();
        let compressed = [&[3], &x[..]].concat();
        let hybrid = [&[7], &key.point()[1..]].concat();
        for (point, accepted) in
            [(key.point(), true), (&compressed, true), (&hybrid, false), (&[], false), (&[0], false)]
        {
            public.subject_public_key = BitString::from_bytes(point).unwrap();
            for (digest, r, s) in [
                (
                    DigestAlgorithm::Sha1,
                    "61340c88c3aaebeb4f6d667f672ca9759a6ccaa9fa8811313039ee4a35471d32",
                    "6d7f147dac089441bb2e2fe8f7a3fa264b9c475098fdcf6e00d7c996e1b8b7eb",
                ),
                (
                    DigestAlgorithm::Sha224,
                    "53b2fff5d1752b2c689df257c04c40a587fababb3f6fc2702f1343af7ca9aa3f",
                    "b9afb64fdc03dc1a131c7d2386d11e349f070aa432a4acc918bea988bf75c74c",
                ),
                (
                    DigestAlgorithm::Sha512,
                    "8496a60b5e9b47c825488827e0495b0e3fa109ec4568fd3f8d1097678eb97f00",
                    "2362ab1adbe2b8adf9cb9edab740ea6049c028114f2460f96554f61fae3302fe",
                ),
            ] {
                let integer = |hex: &str| {
                    let number = unhex(hex);
                    let zero: &[u8] = if number[0] < 0x80 { &[] } else { &[0] };
                    [&[2, (zero.len() + number.len()) as u8], zero, &number].concat()
                };
                let numbers = [integer(r), integer(s)].concat();
                let signature = [&[0x30, numbers.len() as u8], &numbers[..]].concat();
                let algorithm = SignatureAlgorithm::Ecdsa(digest);
                let result = verify(&public, KeyKind::P256, algorithm, Input::Message(b"sample"), &signature);
                assert_eq!(result.is_ok(), accepted, "{digest} {point:?}: {result:?}");
            }
        }
    }

    /// Numbers out of range make no key; zeros in front of a number are no fault.
    #[test]
    fn private_numbers_are_checked() {
        for (kind, length) in [(KeyKind::P256, 32), (KeyKind::P384, 48), (KeyKind::P521, 66)] {
            for number in [vec![], vec![0; length], vec![255; length], vec![1; length + 1], vec![0; 5000]] {
                assert!(Private::new(kind, &number).is_err(), "{kind} {}", number.len());
            }
            let one = Private::new(kind, &[1]).unwrap();
            assert_eq!(one.secret().len(), length);
            let padded = Private::new(kind, &[vec![0; length], vec![1]].concat()).unwrap();
            assert_eq!(padded.point(), one.point());
        }
        for kind in [KeyKind::Ed25519, KeyKind::X25519] {
            for length in [0, 31, 33] {
                assert!(Private::new(kind, &vec![1; length]).is_err(), "{kind} {length}");
            }
        }
    }
}

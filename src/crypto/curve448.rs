//! Curve448: Ed448 (RFC 8032 §5.2, RFC 8419) and X448 (RFC 7748 §5, RFC 8418).

use ed448_goldilocks::{Signature, SigningKey, VerifyingKey};
use spki::SubjectPublicKeyInfoOwned;
use zeroize::Zeroizing;

use super::signature::Input;
use super::{Error, KeyKind, SignatureAlgorithm};

/// Checks an Ed448 signature, pure and with an empty context.
pub(super) fn verify(key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), Error> {
    let key = <[u8; 57]>::try_from(key).map_err(|_| Error::Key("it has another length"))?;
    let key = VerifyingKey::from_bytes(&key).map_err(|_| Error::Key("its point is not on the curve"))?;
    let signature = Signature::from_slice(signature).map_err(|_| Error::Mismatch)?;
    key.verify_raw(&signature, message).map_err(|_| Error::Mismatch)
}

/// The private string of Ed448 or X448.
pub(super) struct Private {
    kind: KeyKind,
    secret: Zeroizing<Vec<u8>>,
    public: Vec<u8>,
}

impl Private {
    fn length(kind: KeyKind) -> usize {
        if kind == KeyKind::X448 { 56 } else { 57 }
    }

    pub(super) fn new(kind: KeyKind, secret: &[u8]) -> Result<Self, Error> {
        const DAMAGED: Error = Error::Key("its private string has another length");
        let public = if kind == KeyKind::X448 {
            let secret = Zeroizing::new(<[u8; 56]>::try_from(secret).map_err(|_| DAMAGED)?);
            x448::x448(*secret, x448::X448_BASEPOINT_BYTES).ok_or(DAMAGED)?.to_vec()
        } else {
            SigningKey::try_from(secret).map_err(|_| DAMAGED)?.verifying_key().to_bytes().to_vec()
        };
        Ok(Self { kind, secret: Zeroizing::new(secret.to_vec()), public })
    }

    pub(super) fn generate(kind: KeyKind) -> Result<Self, Error> {
        let mut secret = Zeroizing::new(vec![0; Self::length(kind)]);
        super::random(&mut secret)?;
        Self::new(kind, &secret)
    }

    pub(super) fn secret(&self) -> &[u8] {
        &self.secret
    }

    /// The content of a SubjectPublicKeyInfo.
    pub(super) fn public(&self) -> &[u8] {
        &self.public
    }

    pub(super) fn sign(&self, algorithm: SignatureAlgorithm, input: Input<'_>) -> Result<Vec<u8>, Error> {
        if self.kind != KeyKind::Ed448 || algorithm != SignatureAlgorithm::Ed448 {
            return Err(Error::Key("the key is of another kind than the signature"));
        }
        let message = input.message()?;
        let key = SigningKey::try_from(self.secret.as_slice()).map_err(|_| Error::Key("signing failed"))?;
        Ok(key.sign_raw(message).to_bytes().to_vec())
    }

    /// The shared secret with a peer's X448 key. A point of small order, with which it would be known to everybody, is refused
    /// (RFC 8418 §3).
    pub(super) fn agree(&self, peer: &SubjectPublicKeyInfoOwned) -> Result<Zeroizing<Vec<u8>>, Error> {
        const UNFIT: Error = Error::Key("the peer's key does not fit");
        if self.kind != KeyKind::X448 || KeyKind::of(peer)? != KeyKind::X448 {
            return Err(UNFIT);
        }
        let point = <[u8; 56]>::try_from(peer.subject_public_key.as_bytes().unwrap_or_default()).map_err(|_| UNFIT)?;
        let own = Zeroizing::new(<[u8; 56]>::try_from(self.secret.as_slice()).map_err(|_| UNFIT)?);
        let secret = x448::x448(*own, point).map(Zeroizing::new).ok_or(UNFIT)?;
        if secret.iter().all(|octet| *octet == 0) { Err(UNFIT) } else { Ok(Zeroizing::new(secret.to_vec())) }
    }
}

#[cfg(test)]
mod tests {
    use der::asn1::BitString;

    use super::*;
    use crate::crypto::PrivateKey;
    use crate::crypto::key::PrivateKeyOperations;
    use crate::crypto::tests::unhex;

    /// RFC 8032 §7.4, "1 octet": the key, the signature, and nothing else.
    #[test]
    fn ed448_is_the_standards() {
        let seed = unhex(
            "c4eab05d357007c632f3dbb48489924d552b08fe0c353a0d4a1f00acda2c463afbea67c5e8d2877c5e3bc397a659949ef8021e954e0a12274e",
        );
        let key = Private::new(KeyKind::Ed448, &seed).unwrap();
        let public = unhex(
            "43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c0866aea01eb00742802b8438ea4cb82169c235160627b4c3a9480",
        );
        assert_eq!(key.public(), public);
        let expected = unhex(
            "26b8f91727bd62897af15e41eb43c377efb9c610d48f2335cb0bd0087810f4352541b143c4b981b7e18f62de8ccdf633fc1bf037ab7cd77980\
             5e0dbcc0aae1cbcee1afb2e027df36bc04dcecbf154336c19f0af7e0a6472905e799f1953d2a0ff3348ab21aa4adafd1d234441cf807c03a00",
        );
        assert_eq!(key.sign(SignatureAlgorithm::Ed448, Input::Message(&[3])), Ok(expected.clone()));
        assert_eq!(verify(&public, &[3], &expected), Ok(()));
        assert_eq!(verify(&public, &[4], &expected), Err(Error::Mismatch));
        for at in [0, 56, 57, 113] {
            let mut changed = expected.clone();
            changed[at] ^= 1;
            assert_eq!(verify(&public, &[3], &changed), Err(Error::Mismatch), "{at}");
        }
        assert_eq!(verify(&public, &[3], &expected[1..]), Err(Error::Mismatch));
        for key in [&[0; 57][..], &[1; 56], &[]] {
            assert!(verify(key, &[3], &expected).is_err());
        }
    }

    /// A signature whose number is the same modulo the order is another signature, which nobody made (RFC 8032 §5.2.7).
    #[test]
    fn ed448_numbers_are_reduced() {
        let key = Private::generate(KeyKind::Ed448).unwrap();
        let mut signature = key.sign(SignatureAlgorithm::Ed448, Input::Message(b"m")).unwrap();
        assert_eq!(verify(key.public(), b"m", &signature), Ok(()));
        let order = unhex(
            "f34458ab92c27823558fc58d72c26c219036d6ae49db4ec4e923ca7cffffffffffffffffffffffffffffffffffffffffffffffffffffff3f",
        );
        let mut carry = 0u16;
        for (digit, add) in signature[57..].iter_mut().zip(order.iter().chain([&0])) {
            carry += u16::from(*digit) + u16::from(*add);
            *digit = carry as u8;
            carry >>= 8;
        }
        assert_eq!(verify(key.public(), b"m", &signature), Err(Error::Mismatch));
    }

    /// RFC 7748 §6.2: Alice and Bob come to the standard's secret, and a point of small order to none.
    #[test]
    fn x448_is_the_standards() {
        let key = |secret: &str| Private::new(KeyKind::X448, &unhex(secret)).unwrap();
        let alice = key(
            "9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28dd9c9baf574a9419744897391006382a6f127ab1d9ac2d8c0a598726b",
        );
        let bob = key(
            "1c306a7ac2a0e2e0990b294470cba339e6453772b075811d8fad0d1d6927c120bb5ee8972b0d3e21374c9c921b09d1b0366f10b65173992d",
        );
        assert_eq!(
            alice.public(),
            unhex(
                "9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa0"
            )
        );
        let shared = unhex(
            "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56fd2464c335543936521c24403085d59a449a5037514a879d",
        );
        let algorithm = PrivateKey::generate(KeyKind::X448).unwrap().public_key().algorithm.clone();
        let public = |point: &[u8]| SubjectPublicKeyInfoOwned {
            algorithm: algorithm.clone(),
            subject_public_key: BitString::from_bytes(point).unwrap(),
        };
        assert_eq!(*alice.agree(&public(bob.public())).unwrap(), shared);
        assert_eq!(*bob.agree(&public(alice.public())).unwrap(), shared);
        let mut minus_one = vec![0xff; 56];
        (minus_one[0], minus_one[28]) = (0xfe, 0xfe);
        let one = [&[1][..], &[0; 55]].concat();
        for bad in [&[0; 56][..], &one, &minus_one, &[0; 55], &[]] {
            assert!(alice.agree(&public(bad)).is_err(), "{bad:?}");
        }
    }
}

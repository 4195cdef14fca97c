//! ECDSA and ECDH on the Brainpool curves of 256 and 384 bits (RFC 5639, RFC 5753), for reading: signatures are verified, and what
//! was encrypted to such a key is opened.

use bp256::elliptic_curve::ops::Reduce;
use bp256::elliptic_curve::point::AffineCoordinates;
use bp256::elliptic_curve::sec1::ToSec1Point;
use bp256::elliptic_curve::{Group, PublicKey, Scalar, SecretKey};
use zeroize::Zeroizing;

use super::{Error, KeyKind};

const OFF_CURVE: Error = Error::Key("its point is not on the curve");

/// Evaluates an expression in which `$C` names the curve.
macro_rules! with_curve {
    ($kind:expr, $C:ident => $body:expr) => {
        match $kind {
            KeyKind::BrainpoolP256r1 => {
                type $C = bp256::BrainpoolP256r1;
                $body
            }
            KeyKind::BrainpoolP256t1 => {
                type $C = bp256::BrainpoolP256t1;
                $body
            }
            KeyKind::BrainpoolP384r1 => {
                type $C = bp384::BrainpoolP384r1;
                $body
            }
            KeyKind::BrainpoolP384t1 => {
                type $C = bp384::BrainpoolP384t1;
                $body
            }
            _ => return Err(Error::Key("it is of another curve")),
        }
    };
}

/// The uncompressed point of a private number.
pub(super) fn public(kind: KeyKind, number: &[u8]) -> Result<Vec<u8>, Error> {
    with_curve!(kind, C => {
        let key = SecretKey::<C>::from_slice(number).map_err(|_| Error::Key("its private number is out of range"))?;
        Ok(key.public_key().to_sec1_point(false).as_bytes().to_vec())
    })
}

/// The shared secret of a private number and a peer's point: the x coordinate (SEC 1 §3.3.1).
pub(super) fn agree(kind: KeyKind, number: &[u8], point: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    with_curve!(kind, C => {
        let key = SecretKey::<C>::from_slice(number).map_err(|_| Error::Key("its private number is out of range"))?;
        let peer = PublicKey::<C>::from_sec1_bytes(point).map_err(|_| OFF_CURVE)?;
        let shared = peer.to_projective() * *key.to_nonzero_scalar();
        Ok(Zeroizing::new(shared.to_affine().x().to_vec()))
    })
}

/// Checks a signature over a digest (FIPS 186-5 §6.4.2).
pub(super) fn verify(kind: KeyKind, point: &[u8], digested: &[u8], signature: &[u8]) -> Result<(), Error> {
    /// One curve: its module, the integers that hold its numbers, and the octets of those.
    macro_rules! verify_on {
        ($curve:ty, $signature:ty, $integer:ty, $length:literal) => {{
            let number = |octets: &[u8]| {
                // The leftmost bits where there are more than the order has; the orders are whole octets long.
                let kept = octets.get(..$length).unwrap_or(octets);
                let mut wide = [0; $length];
                wide.iter_mut().rev().zip(kept.iter().rev()).for_each(|(to, from)| *to = *from);
                <Scalar<$curve> as Reduce<$integer>>::reduce(&<$integer>::from_be_slice(&wide))
            };
            let key = PublicKey::<$curve>::from_sec1_bytes(point).map_err(|_| OFF_CURVE)?;
            // Numbers out of range are refused here.
            let (r, s) = <$signature>::from_der(signature).map_err(|_| Error::Mismatch)?.split_bytes();
            let (r, s) = (number(&r), number(&s));
            let inverse = Option::<Scalar<$curve>>::from(s.invert()).ok_or(Error::Mismatch)?;
            let (u1, u2) = (number(digested) * inverse, r * inverse);
            let sum = <$curve as bp256::elliptic_curve::CurveArithmetic>::ProjectivePoint::generator() * u1
                + key.to_projective() * u2;
            if bool::from(sum.is_identity()) {
                return Err(Error::Mismatch);
            }
            number(&sum.to_affine().x()) == r
        }};
    }
    let holds = match kind {
        KeyKind::BrainpoolP256r1 => {
            verify_on!(bp256::BrainpoolP256r1, bp256::r1::ecdsa::Signature, bp256::U256, 32)
        }
        KeyKind::BrainpoolP256t1 => {
            verify_on!(bp256::BrainpoolP256t1, bp256::t1::ecdsa::Signature, bp256::U256, 32)
        }
        KeyKind::BrainpoolP384r1 => {
            verify_on!(bp384::BrainpoolP384r1, bp384::r1::ecdsa::Signature, bp384::U384, 48)
        }
        KeyKind::BrainpoolP384t1 => {
            verify_on!(bp384::BrainpoolP384t1, bp384::t1::ecdsa::Signature, bp384::U384, 48)
        }
        _ => return Err(Error::Key("the key is of another kind than the signature")),
    };
    if holds { Ok(()) } else { Err(Error::Mismatch) }
}

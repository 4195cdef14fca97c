//! Curves by name, or written out in numbers that are those of a curve with a name (RFC 5480 §2.1.1, RFC 3279 §2.3.5).

use const_oid::ObjectIdentifier;
use der::Sequence;
use der::asn1::{AnyRef, OctetStringRef, UintRef};

use super::{Error, KeyKind, hex};

/// ```text
/// SpecifiedECDomain ::= SEQUENCE { version INTEGER, fieldID FieldID, curve Curve, base ECPoint, order INTEGER,
///     cofactor INTEGER OPTIONAL, hash HashAlgorithm OPTIONAL }
/// ```
/// (X9.62, SEC 1 §C.2; RFC 5480 forbids it in certificates, but older programs write it)
#[derive(Sequence)]
struct Specified<'a> {
    version: u8,
    field: Field<'a>,
    curve: Coefficients<'a>,
    base: &'a OctetStringRef,
    order: UintRef<'a>,
    #[asn1(optional = "true")]
    cofactor: Option<UintRef<'a>>,
    #[asn1(optional = "true")]
    hash: Option<AnyRef<'a>>,
}

/// `FieldID ::= SEQUENCE { fieldType OBJECT IDENTIFIER, parameters ANY DEFINED BY fieldType }`, of prime fields.
#[derive(Sequence)]
struct Field<'a> {
    kind: ObjectIdentifier,
    prime: UintRef<'a>,
}

/// `Curve ::= SEQUENCE { a FieldElement, b FieldElement, seed BIT STRING OPTIONAL }`
#[derive(Sequence)]
struct Coefficients<'a> {
    a: &'a OctetStringRef,
    b: &'a OctetStringRef,
    #[asn1(optional = "true")]
    seed: Option<AnyRef<'a>>,
}

/// prime-field (X9.62).
const PRIME_FIELD: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.1.1");

/// What makes a curve: p, a, b, both coordinates of the base point, and its order, in hexadecimal digits (SP 800-186 §3.2.1).
const NUMBERS: [(KeyKind, [&str; 6]); 3] = [
    (
        KeyKind::P256,
        [
            "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
            "ffffffff00000001000000000000000000000000fffffffffffffffffffffffc",
            "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
            "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
            "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
            "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
        ],
    ),
    (
        KeyKind::P384,
        [
            "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
            "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000fffffffc",
            "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
            "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7",
            "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f",
            "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
        ],
    ),
    (
        KeyKind::P521,
        [
            "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\
             ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\
             fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc",
            "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109\
             e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00",
            "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3d\
             baa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66",
            "011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e66\
             2c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650",
            "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa\
             51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
        ],
    ),
];

/// The curve that `ECParameters` name. Where they are numbers, all of them have to be those of a curve with a name: whoever
/// chooses but the base point can sign for a key that is not his.
pub(super) fn of(parameters: AnyRef<'_>) -> Result<KeyKind, Error> {
    if let Ok(name) = parameters.decode_as::<ObjectIdentifier>() {
        return KeyKind::from_curve(name);
    }
    let found = parameters.decode_as::<Specified<'_>>().ok().and_then(|specified| specified.named());
    found.ok_or(Error::Parameters("the curve is not one of the named ones"))
}

impl Specified<'_> {
    fn named(&self) -> Option<KeyKind> {
        let same = |given: &[u8], digits: &str| {
            let significant =
                |octets: &[u8]| octets.iter().copied().skip_while(|octet| *octet == 0).collect::<Vec<u8>>();
            hex::decode(digits).is_some_and(|known| significant(&known) == significant(given))
        };
        let is = |[p, a, b, x, y, order]: &[&str; 6]| {
            let (form, point) = self.base.as_bytes().split_first()?;
            let base = match form {
                4 => {
                    let (own_x, own_y) = point.split_at_checked(point.len() / 2)?;
                    point.len() == p.len() && same(own_x, x) && same(own_y, y)
                }
                2 | 3 => {
                    let odd = hex::decode(y)?.last()? & 1;
                    point.len() * 2 == p.len() && same(point, x) && form & 1 == odd
                }
                _ => false,
            };
            let curve = same(self.field.prime.as_bytes(), p)
                && same(self.curve.a.as_bytes(), a)
                && same(self.curve.b.as_bytes(), b)
                && same(self.order.as_bytes(), order)
                && self.cofactor.is_none_or(|cofactor| cofactor.as_bytes() == [1]);
            (base && curve && self.field.kind == PRIME_FIELD).then_some(())
        };
        NUMBERS.iter().find(|(_, numbers)| is(numbers).is_some()).map(|(kind, _)| *kind)
    }
}

#[cfg(test)]
mod tests {
    use der::{Decode, Encode};

    use super::*;
    use crate::crypto::tests::{tlv, unhex};

    fn specified([p, a, b, x, y, order]: [&str; 6], compressed: bool) -> Vec<u8> {
        let integer = |digits: &str| {
            let octets = unhex(digits);
            tlv(
                2,
                &[if octets[0] < 0x80 { &[] } else { &[0] }, &octets[octets.iter().take_while(|o| **o == 0).count()..]],
            )
        };
        let string = |digits: &str| tlv(4, &[&unhex(digits)]);
        let base = match compressed {
            true => tlv(4, &[&[2 | (unhex(y).last().unwrap() & 1)], &unhex(x)]),
            false => tlv(4, &[&[4], &unhex(x), &unhex(y)]),
        };
        let field = tlv(0x30, &[&PRIME_FIELD.to_der().unwrap(), &integer(p)]);
        let coefficients = tlv(0x30, &[&string(a), &string(b)]);
        tlv(0x30, &[&[2, 1, 1], &field, &coefficients, &base, &integer(order), &[2, 1, 1]])
    }

    /// A curve that is written out is the one with a name only if every number of it is (CVE-2020-0601).
    #[test]
    fn every_number_counts() {
        for (kind, numbers) in NUMBERS {
            for compressed in [false, true] {
                let der = specified(numbers, compressed);
                assert_eq!(of(AnyRef::from_der(&der).unwrap()), Ok(kind), "{kind} {compressed}");
            }
            for at in 0..numbers.len() {
                let last = if numbers[at].ends_with('1') { "2" } else { "1" };
                let changed = format!("{}{last}", &numbers[at][..numbers[at].len() - 1]);
                let mut others = numbers;
                others[at] = &changed;
                let der = specified(others, false);
                assert!(of(AnyRef::from_der(&der).unwrap()).is_err(), "{kind} number {at}");
            }
        }
        for odd in [&[5, 0][..], &[0x30, 0], &[4, 1, 4]] {
            assert!(of(AnyRef::from_der(odd).unwrap()).is_err());
        }
    }
}

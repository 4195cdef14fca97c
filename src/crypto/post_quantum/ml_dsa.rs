//! ML-DSA, pure, with an empty context (FIPS 204 §5; RFC 9882 §3).

use ::ml_dsa::{EncodedVerifyingKey, ExpandedSigningKey, ExpandedSigningKeyBytes, Signature, SigningKey, VerifyingKey};
use getrandom::SysRng;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::MlDsa;
use super::private::{Forms, INCONSISTENT, write};
use crate::crypto::{DigestAlgorithm, Error};

const FAILED: Error = Error::Key("signing failed");

/// Evaluates an expression in which `$P` names the parameter set.
macro_rules! with_set {
    ($set:expr, $P:ident => $body:expr) => {
        match $set {
            MlDsa::MlDsa44 => {
                type $P = ::ml_dsa::MlDsa44;
                $body
            }
            MlDsa::MlDsa65 => {
                type $P = ::ml_dsa::MlDsa65;
                $body
            }
            MlDsa::MlDsa87 => {
                type $P = ::ml_dsa::MlDsa87;
                $body
            }
        }
    };
}

/// Checks a signature over a message.
pub(in crate::crypto) fn verify(set: MlDsa, key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), Error> {
    with_set!(set, P => {
        let key = EncodedVerifyingKey::<P>::try_from(key).map_err(|_| Error::Key("it has another length"))?;
        let signature = Signature::<P>::try_from(signature).map_err(|_| Error::Mismatch)?;
        let holds = VerifyingKey::<P>::decode(&key).verify_with_context(message, &[], &signature);
        if holds { Ok(()) } else { Err(Error::Mismatch) }
    })
}

/// A private key.
pub(in crate::crypto) struct Private {
    set: MlDsa,
    seed: Option<Zeroizing<[u8; SEED]>>,
    expanded: Zeroizing<Vec<u8>>,
    public: Vec<u8>,
}

/// Bytes of a seed (FIPS 204 §5.1).
const SEED: usize = 32;

impl Private {
    /// From the content of a PKCS #8 structure (RFC 9881 §6). Parts that do not belong together are refused (§8.2).
    pub(in crate::crypto) fn from_inner(set: MlDsa, inner: &[u8]) -> Result<Self, Error> {
        let forms = Forms::read(inner, SEED, expanded_len(set))?;
        match (forms.seed, forms.expanded) {
            (Some(seed), expanded) => {
                let key = Self::from_seed(set, seed)?;
                match expanded {
                    Some(expanded) if !bool::from(expanded.ct_eq(&key.expanded)) => Err(INCONSISTENT),
                    _ => Ok(key),
                }
            }
            (None, expanded) => Self::from_expanded(set, expanded.unwrap_or_default()),
        }
    }

    pub(in crate::crypto) fn generate(set: MlDsa) -> Result<Self, Error> {
        let mut seed = Zeroizing::new([0; SEED]);
        crate::crypto::random(seed.as_mut_slice())?;
        Self::from_seed(set, seed.as_slice())
    }

    fn from_seed(set: MlDsa, seed: &[u8]) -> Result<Self, Error> {
        let seed = Zeroizing::new(<[u8; SEED]>::try_from(seed).map_err(|_| Error::Key("its seed has another length"))?);
        let (expanded, public) = with_set!(set, P => {
            let key = SigningKey::<P>::from_seed(&(*seed).into());
            #[allow(deprecated, reason = "files have this form too, and must be compared with it")]
            let expanded = Zeroizing::new(Zeroizing::new(key.expanded_key().to_expanded()).to_vec());
            (expanded, key.expanded_key().verifying_key().encode().to_vec())
        });
        Ok(Self { set, seed: Some(seed), expanded, public })
    }

    fn from_expanded(set: MlDsa, expanded: &[u8]) -> Result<Self, Error> {
        let public = with_set!(set, P => {
            let key = signing_key::<P>(set, expanded)?;
            // What cannot be recomputed from the others is seen in what it makes.
            let public = key.verifying_key();
            let signature = key.sign_deterministic(b"", &[]).map_err(|_| INCONSISTENT)?;
            if !public.verify_with_context(b"", &[], &signature) {
                return Err(INCONSISTENT);
            }
            public.encode().to_vec()
        });
        // The hash of the public key stands in it (FIPS 204 §5.1).
        if expanded.get(64..128) != Some(DigestAlgorithm::Shake256.digest(&public).as_slice()) {
            return Err(INCONSISTENT);
        }
        Ok(Self { set, seed: None, expanded: Zeroizing::new(expanded.to_vec()), public })
    }

    pub(in crate::crypto) fn set(&self) -> MlDsa {
        self.set
    }

    /// The content of a SubjectPublicKeyInfo.
    pub(in crate::crypto) fn public(&self) -> &[u8] {
        &self.public
    }

    /// The content of a PKCS #8 structure.
    pub(in crate::crypto) fn to_inner(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        write(self.seed.as_ref().map(|seed| seed.as_slice()), &self.expanded)
    }

    /// Signs a message, hedged with new randomness (FIPS 204 §3.4). What nothing says about an expanded key without a seed, its
    /// t0, is seen in the signature, which is checked then.
    pub(in crate::crypto) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        with_set!(self.set, P => {
            let key = signing_key::<P>(self.set, &self.expanded)?;
            let signature = key.sign_randomized(message, &[], &mut SysRng).map_err(|_| FAILED)?;
            if self.seed.is_none() && !key.verifying_key().verify_with_context(message, &[], &signature) {
                return Err(FAILED);
            }
            Ok(signature.encode().to_vec())
        })
    }
}

/// Bytes of an expanded key (FIPS 204 table 2).
const fn expanded_len(set: MlDsa) -> usize {
    match set {
        MlDsa::MlDsa44 => 2560,
        MlDsa::MlDsa65 => 4032,
        MlDsa::MlDsa87 => 4896,
    }
}

/// An expanded key, its numbers within their range.
fn signing_key<P: ::ml_dsa::MlDsaParams>(set: MlDsa, expanded: &[u8]) -> Result<ExpandedSigningKey<P>, Error> {
    let small_numbers = small_numbers(set, expanded).ok_or(Error::Key("it has another length"))?;
    if !small_numbers {
        return Err(Error::Key("its numbers are out of range"));
    }
    let encoded = ExpandedSigningKeyBytes::<P>::try_from(expanded).map_err(|_| Error::Key("it has another length"))?;
    let encoded = Zeroizing::new(encoded);
    #[allow(deprecated, reason = "files have this form too; its numbers are checked")]
    Ok(ExpandedSigningKey::<P>::from_expanded(&encoded))
}

/// Whether the numbers of s1 and s2, which stand behind 128 octets and are packed by 3 or 4 bits, lie between -η and η
/// (FIPS 204 algorithm 25).
fn small_numbers(set: MlDsa, expanded: &[u8]) -> Option<bool> {
    let (count, bits, eta) = match set {
        MlDsa::MlDsa44 => (4 + 4, 3, 2),
        MlDsa::MlDsa65 => (5 + 6, 4, 4),
        MlDsa::MlDsa87 => (7 + 8, 3, 2),
    };
    let packed = expanded.get(128..)?.get(..count * 32 * bits)?;
    // Eight numbers fill as many octets as one has bits.
    Some(packed.chunks(bits).all(|chunk| {
        let word = chunk.iter().rev().fold(0u32, |word, octet| word << 8 | u32::from(*octet));
        (0..8).all(|at| (word >> (at * bits)) & ((1 << bits) - 1) <= 2 * eta)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every form of a key is the same key, and parts that do not belong together are no key (RFC 9881 §8.2).
    #[test]
    fn forms_of_a_key() {
        for set in MlDsa::ALL.iter().copied() {
            let key = Private::generate(set).unwrap();
            assert_eq!(key.public().len(), set.public_len());
            let string = |bytes: &[u8]| crate::crypto::tests::tlv(4, &[bytes]);
            let seed = key.seed.as_ref().unwrap().to_vec();
            let both =
                |seed: &[u8], expanded: &[u8]| crate::crypto::tests::tlv(0x30, &[&string(seed), &string(expanded)]);
            let inner = key.to_inner().unwrap();
            for form in
                [inner.to_vec(), string(&key.expanded), both(&seed, &key.expanded), seed.clone(), key.expanded.to_vec()]
            {
                let again = Private::from_inner(set, &form).unwrap();
                assert_eq!(again.public(), key.public(), "{set:?} {}", form.len());
                let signature = again.sign(b"message").unwrap();
                assert_eq!(verify(set, key.public(), b"message", &signature), Ok(()));
                assert_eq!(verify(set, key.public(), b"massage", &signature), Err(Error::Mismatch));
                let kept = Private::from_inner(set, &again.to_inner().unwrap()).unwrap();
                assert_eq!(kept.expanded, key.expanded, "{set:?}");
            }
            let other = Private::generate(set).unwrap();
            assert!(Private::from_inner(set, &both(&seed, &other.expanded)).is_err(), "{set:?}");
            // One octet changed: in rho, the hash and s1.
            for at in [0, 70, 130] {
                let mut changed = key.expanded.to_vec();
                changed[at] ^= 1;
                assert!(Private::from_inner(set, &string(&changed)).is_err(), "{set:?} at {at}");
            }
            for form in [vec![], vec![0x80], vec![0x80, 32], vec![0x30, 0], vec![0xff; key.expanded.len()], vec![4, 0]]
            {
                assert!(Private::from_inner(set, &form).is_err(), "{set:?} {}", form.len());
            }
        }
    }
}

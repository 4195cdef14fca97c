//! ML-KEM (FIPS 203 §7).

use ::ml_kem::kem::{Decapsulate, KeyExport};
use ::ml_kem::{DecapsulationKey, EncapsulationKey, ExpandedDecapsulationKey, Key, Seed};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::MlKem;
use super::private::{Forms, INCONSISTENT, write};
use crate::crypto::Error;

/// Bytes of a seed: d and z (FIPS 203 §7.1).
const SEED: usize = 64;

const OTHER_LENGTH: Error = Error::Key("it has another length");

/// Evaluates an expression in which `$P` names the parameter set.
macro_rules! with_set {
    ($set:expr, $P:ident => $body:expr) => {
        match $set {
            MlKem::MlKem512 => {
                type $P = ::ml_kem::MlKem512;
                $body
            }
            MlKem::MlKem768 => {
                type $P = ::ml_kem::MlKem768;
                $body
            }
            MlKem::MlKem1024 => {
                type $P = ::ml_kem::MlKem1024;
                $body
            }
        }
    };
}

/// A private key of that parameter set from its expanded form.
macro_rules! decapsulation_key {
    ($P:ty, $expanded:expr) => {{
        let expanded = Zeroizing::new(ExpandedDecapsulationKey::<$P>::try_from($expanded).map_err(|_| OTHER_LENGTH)?);
        #[allow(deprecated, reason = "files have this form too")]
        DecapsulationKey::<$P>::from_expanded(&expanded).map_err(|_| INCONSISTENT)?
    }};
}

/// Makes a secret for the holder of a key: the ciphertext that carries it, and the 32 octets of the secret.
pub(in crate::crypto) fn encapsulate(set: MlKem, key: &[u8]) -> Result<(Vec<u8>, Zeroizing<Vec<u8>>), Error> {
    let mut random = Zeroizing::new([0; 32]);
    crate::crypto::random(random.as_mut_slice())?;
    with_set!(set, P => {
        let key = Key::<EncapsulationKey<P>>::try_from(key).map_err(|_| OTHER_LENGTH)?;
        let key = EncapsulationKey::<P>::new(&key).map_err(|_| Error::Key("its numbers are out of range"))?;
        let (ciphertext, secret) = key.encapsulate_deterministic(&(*random).into());
        Ok((ciphertext.to_vec(), kept(secret)))
    })
}

fn kept(mut secret: ::ml_kem::SharedKey) -> Zeroizing<Vec<u8>> {
    let kept = Zeroizing::new(secret.to_vec());
    zeroize::Zeroize::zeroize(secret.as_mut_slice());
    kept
}

/// A private key.
pub(in crate::crypto) struct Private {
    set: MlKem,
    seed: Option<Zeroizing<[u8; SEED]>>,
    expanded: Zeroizing<Vec<u8>>,
    public: Vec<u8>,
}

impl Private {
    /// From the content of a PKCS #8 structure (RFC 9935 §6). Parts that do not belong together are refused (§8).
    pub(in crate::crypto) fn from_inner(set: MlKem, inner: &[u8]) -> Result<Self, Error> {
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

    pub(in crate::crypto) fn generate(set: MlKem) -> Result<Self, Error> {
        let mut seed = Zeroizing::new([0; SEED]);
        crate::crypto::random(seed.as_mut_slice())?;
        Self::from_seed(set, seed.as_slice())
    }

    fn from_seed(set: MlKem, seed: &[u8]) -> Result<Self, Error> {
        let seed = Zeroizing::new(<[u8; SEED]>::try_from(seed).map_err(|_| OTHER_LENGTH)?);
        let (expanded, public) = with_set!(set, P => {
            let key = DecapsulationKey::<P>::from_seed(Seed::from(*seed));
            #[allow(deprecated, reason = "files have this form too, and must be compared with it")]
            let expanded = Zeroizing::new(Zeroizing::new(::ml_kem::ExpandedKeyEncoding::to_expanded_bytes(&key)).to_vec());
            (expanded, key.encapsulation_key().to_bytes().to_vec())
        });
        Ok(Self { set, seed: Some(seed), expanded, public })
    }

    fn from_expanded(set: MlKem, expanded: &[u8]) -> Result<Self, Error> {
        let public = with_set!(set, P => decapsulation_key!(P, expanded).encapsulation_key().to_bytes().to_vec());
        let key = Self { set, seed: None, expanded: Zeroizing::new(expanded.to_vec()), public };
        // Its halves have to fit (FIPS 203 §7.1, pair-wise consistency).
        let (ciphertext, secret) = encapsulate(set, &key.public)?;
        if key.decapsulate(&ciphertext)? == secret { Ok(key) } else { Err(INCONSISTENT) }
    }

    pub(in crate::crypto) fn set(&self) -> MlKem {
        self.set
    }

    /// The content of a SubjectPublicKeyInfo.
    pub(in crate::crypto) fn public(&self) -> &[u8] {
        &self.public
    }

    /// All of the key written out (FIPS 203 §7.1).
    #[cfg(test)]
    pub(super) fn expanded(&self) -> &[u8] {
        &self.expanded
    }

    /// The content of a PKCS #8 structure.
    pub(in crate::crypto) fn to_inner(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        write(self.seed.as_ref().map(|seed| seed.as_slice()), &self.expanded)
    }

    /// The secret in a ciphertext. One that is not meant for this key gives another secret, which nothing tells apart (FIPS 203
    /// §6.3, implicit rejection).
    pub(in crate::crypto) fn decapsulate(&self, ciphertext: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        with_set!(self.set, P => {
            let secret = decapsulation_key!(P, self.expanded.as_slice()).decapsulate_slice(ciphertext);
            secret.map(kept).map_err(|_| Error::Parameters("a ciphertext of another length"))
        })
    }
}

/// Bytes of an expanded key (FIPS 203 table 3).
const fn expanded_len(set: MlKem) -> usize {
    match set {
        MlKem::MlKem512 => 1632,
        MlKem::MlKem768 => 2400,
        MlKem::MlKem1024 => 3168,
    }
}

//! Post-quantum algorithms: ML-DSA (FIPS 204, RFC 9881, RFC 9882), SLH-DSA (FIPS 205, RFC 9814) and ML-KEM (FIPS 203, RFC 9935).

mod ml_dsa;
mod ml_kem;
mod private;
mod slh_dsa;

use const_oid::ObjectIdentifier;
use spki::SubjectPublicKeyInfoOwned;
use zeroize::Zeroizing;

pub(super) use ml_dsa::{Private as MlDsaPrivate, verify as verify_ml_dsa};
pub(super) use ml_kem::Private as MlKemPrivate;
pub(super) use slh_dsa::verify as verify_slh_dsa;

use super::{Error, KeyKind};

/// Makes a secret for the holder of an ML-KEM key (FIPS 203 §7.2): the ciphertext that carries it, and its 32 octets.
///
/// # Errors
/// When it is no such key, or the system has no randomness to give.
pub fn encapsulate(key: &SubjectPublicKeyInfoOwned) -> Result<(Vec<u8>, Zeroizing<Vec<u8>>), Error> {
    match KeyKind::of(key)? {
        KeyKind::MlKem(set) => ml_kem::encapsulate(set, key.subject_public_key.as_bytes().unwrap_or_default()),
        _ => Err(Error::Key("it is no key for encapsulation")),
    }
}

/// A family of parameter sets: an identifier and a name for each.
macro_rules! parameter_sets {
    ($(#[$doc:meta])* $family:ident { $($set:ident $oid:literal $name:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the names are the standard's")]
        pub enum $family {
            $($set,)+
        }

        impl $family {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$set,)+];

            /// The identifier, the same for keys and for what is done with them.
            #[must_use]
            pub const fn oid(self) -> ObjectIdentifier {
                match self {
                    $(Self::$set => ObjectIdentifier::new_unwrap($oid),)+
                }
            }

            /// By identifier.
            #[must_use]
            pub fn from_oid(oid: ObjectIdentifier) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.oid() == oid)
            }

            /// As reports have it: the standard's name in lower case.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$set => $name,)+
                }
            }
        }
    };
}

parameter_sets! {
    /// A parameter set of ML-DSA (FIPS 204 §4; RFC 9881 §2).
    MlDsa {
        MlDsa44 "2.16.840.1.101.3.4.3.17" "ml-dsa-44",
        MlDsa65 "2.16.840.1.101.3.4.3.18" "ml-dsa-65",
        MlDsa87 "2.16.840.1.101.3.4.3.19" "ml-dsa-87",
    }
}

parameter_sets! {
    /// A parameter set of ML-KEM (FIPS 203 §8; RFC 9935 §3).
    MlKem {
        MlKem512 "2.16.840.1.101.3.4.4.1" "ml-kem-512",
        MlKem768 "2.16.840.1.101.3.4.4.2" "ml-kem-768",
        MlKem1024 "2.16.840.1.101.3.4.4.3" "ml-kem-1024",
    }
}

parameter_sets! {
    /// A parameter set of SLH-DSA, which signs the message itself (FIPS 205 §11; RFC 9814 §3).
    SlhDsa {
        Sha2_128s "2.16.840.1.101.3.4.3.20" "slh-dsa-sha2-128s",
        Sha2_128f "2.16.840.1.101.3.4.3.21" "slh-dsa-sha2-128f",
        Sha2_192s "2.16.840.1.101.3.4.3.22" "slh-dsa-sha2-192s",
        Sha2_192f "2.16.840.1.101.3.4.3.23" "slh-dsa-sha2-192f",
        Sha2_256s "2.16.840.1.101.3.4.3.24" "slh-dsa-sha2-256s",
        Sha2_256f "2.16.840.1.101.3.4.3.25" "slh-dsa-sha2-256f",
        Shake128s "2.16.840.1.101.3.4.3.26" "slh-dsa-shake-128s",
        Shake128f "2.16.840.1.101.3.4.3.27" "slh-dsa-shake-128f",
        Shake192s "2.16.840.1.101.3.4.3.28" "slh-dsa-shake-192s",
        Shake192f "2.16.840.1.101.3.4.3.29" "slh-dsa-shake-192f",
        Shake256s "2.16.840.1.101.3.4.3.30" "slh-dsa-shake-256s",
        Shake256f "2.16.840.1.101.3.4.3.31" "slh-dsa-shake-256f",
    }
}

impl MlDsa {
    /// Bytes of a public key (FIPS 204 table 2).
    #[must_use]
    pub const fn public_len(self) -> usize {
        match self {
            Self::MlDsa44 => 1312,
            Self::MlDsa65 => 1952,
            Self::MlDsa87 => 2592,
        }
    }
}

impl MlKem {
    /// Bytes of a public key (FIPS 203 table 3).
    #[must_use]
    pub const fn public_len(self) -> usize {
        match self {
            Self::MlKem512 => 800,
            Self::MlKem768 => 1184,
            Self::MlKem1024 => 1568,
        }
    }

    /// Bytes of an encapsulated secret (FIPS 203 table 3).
    #[must_use]
    pub const fn ciphertext_len(self) -> usize {
        match self {
            Self::MlKem512 => 768,
            Self::MlKem768 => 1088,
            Self::MlKem1024 => 1568,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::tests::tlv;
    use crate::crypto::{PrivateKey, PrivateKeyOperations};

    /// A secret reaches the holder of the key in whatever form it is kept, and nobody else; a key whose parts do not belong
    /// together is no key (RFC 9935 §8).
    #[test]
    fn secrets_reach_the_holder_of_the_key() {
        for set in MlKem::ALL.iter().copied() {
            let key = PrivateKey::generate(KeyKind::MlKem(set)).unwrap();
            assert_eq!(key.public_key().subject_public_key.raw_bytes().len(), set.public_len());
            let (ciphertext, secret) = encapsulate(key.public_key()).unwrap();
            assert_eq!((ciphertext.len(), secret.len()), (set.ciphertext_len(), 32));
            assert_eq!(key.decapsulate(&ciphertext), Ok(secret.clone()));
            let other = PrivateKey::generate(KeyKind::MlKem(set)).unwrap();
            assert!(other.decapsulate(&ciphertext).is_ok_and(|found| found != secret), "{set:?}: implicit rejection");
            assert!(matches!(key.decapsulate(&ciphertext[1..]), Err(Error::Parameters(_))));

            let again = PrivateKey::from_pkcs8(&key.to_pkcs8().unwrap()).unwrap();
            assert_eq!(again.decapsulate(&ciphertext), Ok(secret.clone()));
            let private = |seed: u8| {
                let seed = vec![seed; 64];
                let key = MlKemPrivate::from_inner(set, &tlv(0x80, &[&seed])).unwrap();
                (seed, key.expanded().to_vec())
            };
            let ((seed, expanded), (_, strange)) = (private(1), private(2));
            let both = |expanded: &[u8]| tlv(0x30, &[&tlv(4, &[&seed]), &tlv(4, &[expanded])]);
            let seeded = MlKemPrivate::from_inner(set, &seed).unwrap();
            for form in [both(&expanded), tlv(4, &[&expanded]), expanded.clone()] {
                let key = MlKemPrivate::from_inner(set, &form).unwrap();
                assert_eq!(key.public(), seeded.public());
                let kept = MlKemPrivate::from_inner(set, &key.to_inner().unwrap()).unwrap();
                assert_eq!(kept.decapsulate(&ciphertext), seeded.decapsulate(&ciphertext));
            }
            // Another seed's; a private half that does not fit the public one; another hash.
            let mut halves = expanded.clone();
            halves[..100].copy_from_slice(&strange[..100]);
            let mut hash = expanded.clone();
            let at = hash.len() - 40;
            hash[at] ^= 1;
            for form in [both(&strange), tlv(4, &[&halves]), tlv(4, &[&hash]), vec![], vec![0x80, 64], vec![0x30, 0]] {
                assert!(MlKemPrivate::from_inner(set, &form).is_err(), "{set:?} {}", form.len());
            }
        }
    }

    /// Each identifier leads to one set of one family, and back.
    #[test]
    fn identifiers_lead_back() {
        for set in MlDsa::ALL {
            assert_eq!(MlDsa::from_oid(set.oid()), Some(*set));
            assert_eq!(SlhDsa::from_oid(set.oid()), None);
        }
        for set in SlhDsa::ALL {
            assert_eq!(SlhDsa::from_oid(set.oid()), Some(*set));
            assert_eq!(MlDsa::from_oid(set.oid()), None);
        }
        for set in MlKem::ALL {
            assert_eq!(MlKem::from_oid(set.oid()), Some(*set));
        }
    }
}

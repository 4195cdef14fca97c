//! Key encapsulation for recipients: ML-KEM with HKDF and AES key wrap (RFC 9629, RFC 9936).

use aws_lc_rs::hkdf;
use const_oid::ObjectIdentifier;
use der::asn1::{ContextSpecific, OctetString};
use der::{Encode, Sequence, TagMode, TagNumber};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use zeroize::Zeroizing;

use super::post_quantum::encapsulate;
use super::{DigestAlgorithm, Error, KeyKind, KeyWrap, MlKem, PrivateKeyOperations, Unsupported};

/// id-alg-hkdf-with-sha256 and so on (RFC 8619 §2).
const HKDF: [(ObjectIdentifier, DigestAlgorithm); 3] = [
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.3.28"), DigestAlgorithm::Sha256),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.3.29"), DigestAlgorithm::Sha384),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.3.30"), DigestAlgorithm::Sha512),
];

/// Encapsulation, key derivation and key wrap of a KEMRecipientInfo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encapsulation {
    kem: MlKem,
    digest: DigestAlgorithm,
    wrap: KeyWrap,
    /// The wrap algorithm as it came: it is part of what the KDF takes (RFC 9629 §5).
    wrap_identifier: AlgorithmIdentifierOwned,
}

/// The identifiers that stand in a KEMRecipientInfo.
pub struct Identifiers {
    /// `kem`
    pub kem: AlgorithmIdentifierOwned,
    /// `kdf`
    pub kdf: AlgorithmIdentifierOwned,
    /// `kekLength`, in bytes.
    pub kek_length: u16,
    /// `wrap`
    pub wrap: AlgorithmIdentifierOwned,
}

impl Encapsulation {
    /// From the fields of a KEMRecipientInfo.
    ///
    /// # Errors
    /// When one of them is not built in, or they do not fit together.
    pub fn from_identifiers(identifiers: &Identifiers) -> Result<Self, Error> {
        let Identifiers { kem, kdf, kek_length, wrap } = identifiers;
        let kem = MlKem::from_oid(kem.oid).ok_or_else(|| Unsupported::new("key encapsulation", kem.oid))?;
        let digest = HKDF.into_iter().find(|(oid, _)| *oid == kdf.oid).map(|(_, digest)| digest);
        let digest = digest.ok_or_else(|| Unsupported::new("key derivation", kdf.oid))?;
        let known = KeyWrap::from_identifier(wrap)?;
        if usize::from(*kek_length) != known.key_len() {
            return Err(Error::Parameters("the key-encryption key has another length than the key wrap takes"));
        }
        Ok(Self { kem, digest, wrap: known, wrap_identifier: wrap.clone() })
    }

    /// The one to use for a recipient's key and a content key of `content_key_len` bytes: HKDF with SHA-256, and a wrap of at
    /// least the strength of both (RFC 9936 §2.2.1).
    ///
    /// # Errors
    /// When the key is no key for encapsulation.
    pub fn for_recipient(key: &SubjectPublicKeyInfoOwned, content_key_len: usize) -> Result<Self, Error> {
        let KeyKind::MlKem(kem) = KeyKind::of(key)? else { return Err(Error::Key("it is no key for encapsulation")) };
        let least = if kem == MlKem::MlKem512 { 16 } else { 32 };
        let wrap = KeyWrap::for_key_len(content_key_len.max(least));
        Ok(Self { kem, digest: DigestAlgorithm::Sha256, wrap, wrap_identifier: wrap.identifier() })
    }

    /// The identifiers to write.
    #[must_use]
    pub fn identifiers(&self) -> Identifiers {
        // Parameters are absent (RFC 9936 §2.1, RFC 8619 §2).
        let absent = |oid| AlgorithmIdentifierOwned { oid, parameters: None };
        let kdf = HKDF.into_iter().find(|(_, digest)| *digest == self.digest).map_or(self.kem.oid(), |(oid, _)| oid);
        Identifiers {
            kem: absent(self.kem.oid()),
            kdf: absent(kdf),
            kek_length: u16::try_from(self.wrap.key_len()).unwrap_or_default(),
            wrap: self.wrap_identifier.clone(),
        }
    }

    /// `ml-kem-768`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.kem.name()
    }

    /// Whether the key is wrapped in a withdrawn way.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        self.wrap.is_weak()
    }

    /// The key-encryption key (RFC 9629 §5).
    fn key_encryption_key(&self, secret: &[u8], ukm: Option<&[u8]>) -> Result<Zeroizing<Vec<u8>>, Error> {
        let info = other_info(&self.wrap_identifier, self.wrap.key_len(), ukm);
        let info = info.map_err(|_| Error::Parameters("of the key derivation"))?;
        derive(self.digest, &[], secret, &info, self.wrap.key_len())
    }
}

/// ```text
/// CMSORIforKEMOtherInfo ::= SEQUENCE { wrap KeyEncryptionAlgorithmIdentifier, kekLength INTEGER (1..65535),
///     ukm [0] EXPLICIT UserKeyingMaterial OPTIONAL }
/// ```
/// (RFC 9629 §5)
#[derive(Sequence)]
struct OtherInfo {
    wrap: AlgorithmIdentifierOwned,
    kek_length: u16,
    ukm: Option<ContextSpecific<OctetString>>,
}

fn other_info(wrap: &AlgorithmIdentifierOwned, length: usize, ukm: Option<&[u8]>) -> der::Result<Vec<u8>> {
    let ukm = ukm
        .map(|ukm| {
            let value = OctetString::new(ukm)?;
            Ok::<_, der::Error>(ContextSpecific { tag_number: TagNumber(0), tag_mode: TagMode::Explicit, value })
        })
        .transpose()?;
    OtherInfo { wrap: wrap.clone(), kek_length: u16::try_from(length).unwrap_or_default(), ukm }.to_der()
}

/// HKDF (RFC 5869) with SHA-256, SHA-384 or SHA-512; an empty salt is an absent one.
pub(super) fn derive(
    digest: DigestAlgorithm,
    salt: &[u8],
    secret: &[u8],
    info: &[u8],
    length: usize,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let algorithm = match digest {
        DigestAlgorithm::Sha384 => hkdf::HKDF_SHA384,
        DigestAlgorithm::Sha512 => hkdf::HKDF_SHA512,
        _ => hkdf::HKDF_SHA256,
    };
    let extracted = hkdf::Salt::new(algorithm, salt).extract(secret);
    let mut key = Zeroizing::new(vec![0; length]);
    extracted
        .expand(&[info], Length(length))
        .and_then(|expanded| expanded.fill(&mut key))
        .map_err(|_| Error::Parameters("HKDF"))?;
    Ok(key)
}

/// How many bytes HKDF is asked for.
struct Length(usize);

impl hkdf::KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

/// Makes a secret for the recipient's key and wraps the content key: returns the ciphertext of the secret and the wrapped key.
///
/// # Errors
/// When the recipient's key cannot be used.
pub fn wrap(
    recipient: &SubjectPublicKeyInfoOwned,
    encapsulation: &Encapsulation,
    ukm: Option<&[u8]>,
    content_key: &[u8],
) -> Result<(Vec<u8>, Vec<u8>), Error> {
    let (ciphertext, secret) = encapsulate(recipient)?;
    let key = encapsulation.key_encryption_key(&secret, ukm)?;
    Ok((ciphertext, encapsulation.wrap.wrap(&key, content_key)?))
}

/// Takes the secret out of its ciphertext and unwraps the content key.
///
/// # Errors
/// [`Error::Decryption`] when the wrapped key's integrity check fails: the ciphertext is another key's, or damaged.
pub fn unwrap(
    key: &dyn PrivateKeyOperations,
    encapsulation: &Encapsulation,
    ciphertext: &[u8],
    ukm: Option<&[u8]>,
    wrapped: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    if KeyKind::of(key.public_key())? != KeyKind::MlKem(encapsulation.kem) {
        return Err(Error::Key("it is of another kind than the encapsulation"));
    }
    let secret = key.decapsulate(ciphertext)?;
    encapsulation.wrap.unwrap(&encapsulation.key_encryption_key(&secret, ukm)?, wrapped)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::PrivateKey;
    use crate::crypto::tests::unhex;

    /// RFC 9936 appendix C: what goes into the derivation, the key that comes out, and the content key.
    #[test]
    fn derivation_is_the_standards() {
        let encapsulation = Encapsulation {
            kem: MlKem::MlKem512,
            digest: DigestAlgorithm::Sha256,
            wrap: KeyWrap::Aes128,
            wrap_identifier: KeyWrap::Aes128.identifier(),
        };
        let info = other_info(&encapsulation.wrap_identifier, 16, None).unwrap();
        assert_eq!(info, unhex("3010300b0609608648016503040105020110"));
        let secret = unhex("7df12d412ae299a24fde6d7c3bb8e3194c80ad3c733dcf2775e09fe8bedb86d8");
        let key = encapsulation.key_encryption_key(&secret, None).unwrap();
        assert_eq!(*key, unhex("cf453a3e2bae0a78701b8206c185a008"));
        let wrapped = unhex("c050e4392f9c14dd0ac2220203f317d701f94f9dd92778f5");
        assert_eq!(*KeyWrap::Aes128.unwrap(&key, &wrapped).unwrap(), unhex("c5153005588269a0a59f3c01943fdd56"));
        let with_ukm = other_info(&encapsulation.wrap_identifier, 16, Some(&[1, 2])).unwrap();
        assert_eq!(with_ukm, unhex("3016300b0609608648016503040105020110a00404020102"));
    }

    /// What is wrapped for a key is unwrapped by it alone, with every parameter set, and the identifiers survive.
    #[test]
    fn encapsulation_reaches_its_recipient_alone() {
        for kem in MlKem::ALL.iter().copied() {
            let [recipient, stranger] = [(); 2].map(|()| PrivateKey::generate(KeyKind::MlKem(kem)).unwrap());
            for (length, ukm) in [(16, None), (24, Some(&b"ukm"[..])), (32, None)] {
                let method = Encapsulation::for_recipient(recipient.public_key(), length).unwrap();
                let again = Encapsulation::from_identifiers(&method.identifiers()).unwrap();
                assert_eq!(again, method);
                let (ciphertext, wrapped) = wrap(recipient.public_key(), &method, ukm, &vec![5; length]).unwrap();
                let open = |key: &PrivateKey, ukm| unwrap(key, &again, &ciphertext, ukm, &wrapped);
                assert_eq!(*open(&recipient, ukm).unwrap(), vec![5; length], "{}", method.name());
                assert_eq!(open(&stranger, ukm), Err(Error::Decryption));
                assert_eq!(open(&recipient, Some(&b"other"[..])), Err(Error::Decryption));
                assert!(unwrap(&recipient, &again, &ciphertext[1..], ukm, &wrapped).is_err());
            }
            let p256 = PrivateKey::generate(KeyKind::P256).unwrap();
            assert!(Encapsulation::for_recipient(p256.public_key(), 16).is_err());
        }
    }
}

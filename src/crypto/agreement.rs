//! Key agreement: ephemeral-static ECDH with the X9.63 KDF or HKDF, and key wrap (RFC 5753 §3.1, RFC 8418).

use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5753, rfc5912};
use der::asn1::{Any, ContextSpecific, OctetString};
use der::{Encode, Sequence, TagMode, TagNumber};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use zeroize::Zeroizing;

use super::encapsulation::derive;
use super::{DigestAlgorithm, Error, KeyKind, KeyWrap, PrivateKey, PrivateKeyOperations, Unsupported};

/// Scheme and key wrap of a KeyAgreeRecipientInfo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyAgreement {
    scheme: Scheme,
    wrap: KeyWrap,
    /// The wrap algorithm as it came: it is part of what the KDF hashes (RFC 5753 §7.2).
    wrap_identifier: AlgorithmIdentifierOwned,
}

/// From shared secret to key-encryption key. Standard and cofactor ECDH are the same on curves with cofactor 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scheme {
    oid: ObjectIdentifier,
    kdf: Kdf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kdf {
    X963(DigestAlgorithm),
    Hkdf(DigestAlgorithm),
}

const SCHEMES: [Scheme; 13] = {
    use DigestAlgorithm::{Sha1, Sha224, Sha256, Sha384, Sha512};
    const fn x963(oid: ObjectIdentifier, digest: DigestAlgorithm) -> Scheme {
        Scheme { oid, kdf: Kdf::X963(digest) }
    }
    const fn hkdf(oid: &str, digest: DigestAlgorithm) -> Scheme {
        Scheme { oid: ObjectIdentifier::new_unwrap(oid), kdf: Kdf::Hkdf(digest) }
    }
    [
        x963(rfc5753::DH_SINGLE_PASS_STD_DH_SHA_1_KDF_SCHEME, Sha1),
        x963(rfc5753::DH_SINGLE_PASS_STD_DH_SHA_224_KDF_SCHEME, Sha224),
        x963(rfc5753::DH_SINGLE_PASS_STD_DH_SHA_256_KDF_SCHEME, Sha256),
        x963(rfc5753::DH_SINGLE_PASS_STD_DH_SHA_384_KDF_SCHEME, Sha384),
        x963(rfc5753::DH_SINGLE_PASS_STD_DH_SHA_512_KDF_SCHEME, Sha512),
        x963(rfc5753::DH_SINGLE_PASS_COFACTOR_DH_SHA_1_KDF_SCHEME, Sha1),
        x963(rfc5753::DH_SINGLE_PASS_COFACTOR_DH_SHA_224_KDF_SCHEME, Sha224),
        x963(rfc5753::DH_SINGLE_PASS_COFACTOR_DH_SHA_256_KDF_SCHEME, Sha256),
        x963(rfc5753::DH_SINGLE_PASS_COFACTOR_DH_SHA_384_KDF_SCHEME, Sha384),
        x963(rfc5753::DH_SINGLE_PASS_COFACTOR_DH_SHA_512_KDF_SCHEME, Sha512),
        // dhSinglePass-stdDH-hkdf-sha256-scheme and so on (RFC 8418 §2.2).
        hkdf("1.2.840.113549.1.9.16.3.19", Sha256),
        hkdf("1.2.840.113549.1.9.16.3.20", Sha384),
        hkdf("1.2.840.113549.1.9.16.3.21", Sha512),
    ]
};

impl KeyAgreement {
    /// From keyEncryptionAlgorithm (with the wrap algorithm as its parameter).
    ///
    /// # Errors
    /// When it is not built in, or its parameters are damaged.
    pub fn from_identifier(algorithm: &AlgorithmIdentifierOwned) -> Result<Self, Error> {
        let scheme = SCHEMES
            .into_iter()
            .find(|known| known.oid == algorithm.oid)
            .ok_or_else(|| Unsupported::new("key agreement", algorithm.oid))?;
        let parameters = algorithm.parameters.as_ref().ok_or(Error::Parameters("a key wrap is missing"))?;
        let wrap_identifier: AlgorithmIdentifierOwned =
            parameters.decode_as().map_err(|_| Error::Parameters("of the key wrap"))?;
        Ok(Self { scheme, wrap: KeyWrap::from_identifier(&wrap_identifier)?, wrap_identifier })
    }

    /// The one to use for a recipient's key and a content key of `content_key_len` bytes: standard DH (not cofactor),
    /// KDF digest and wrap of at least the content key's strength (RFC 5753 §7, RFC 8418).
    ///
    /// # Errors
    /// When the key is no key for agreement.
    pub fn for_recipient(key: &SubjectPublicKeyInfoOwned, content_key_len: usize) -> Result<Self, Error> {
        let kdf = match KeyKind::of(key)? {
            KeyKind::P256 => Kdf::X963(DigestAlgorithm::Sha256),
            KeyKind::P384 => Kdf::X963(DigestAlgorithm::Sha384),
            KeyKind::P521 => Kdf::X963(DigestAlgorithm::Sha512),
            KeyKind::X25519 => Kdf::Hkdf(DigestAlgorithm::Sha256),
            // RFC 8418 §4.
            KeyKind::X448 => Kdf::Hkdf(DigestAlgorithm::Sha512),
            _ => return Err(Error::Key("it is no key for agreement")),
        };
        let scheme = SCHEMES.into_iter().find(|known| known.kdf == kdf).ok_or(Error::Parameters("scheme"))?;
        let wrap = KeyWrap::for_key_len(content_key_len);
        Ok(Self { scheme, wrap, wrap_identifier: wrap.identifier() })
    }

    /// The identifier to write.
    #[must_use]
    pub fn identifier(&self) -> AlgorithmIdentifierOwned {
        AlgorithmIdentifierOwned { oid: self.scheme.oid, parameters: Any::encode_from(&self.wrap_identifier).ok() }
    }

    /// `ecdh-x963kdf-sha-256` and the like.
    #[must_use]
    pub fn name(&self) -> String {
        match self.scheme.kdf {
            Kdf::X963(digest) => format!("ecdh-x963kdf-{digest}"),
            Kdf::Hkdf(digest) => format!("ecdh-hkdf-{digest}"),
        }
    }

    /// Whether the key is wrapped in a withdrawn way: 3DES, which is for reading only.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        self.wrap.is_weak()
    }

    /// The key-encryption key (RFC 5753 §7.2, RFC 8418 §2.2).
    fn key_encryption_key(&self, secret: &[u8], ukm: Option<&[u8]>) -> Result<Zeroizing<Vec<u8>>, Error> {
        let length = self.wrap.key_len();
        let info = shared_info(&self.wrap_identifier, ukm, length).map_err(|_| Error::Parameters("shared info"))?;
        match self.scheme.kdf {
            Kdf::X963(digest) => Ok(x963_kdf(digest, secret, &info, length)),
            // RFC 8418 §2.2: the ukm is the salt too, which is absent without it.
            Kdf::Hkdf(digest) => derive(digest, ukm.unwrap_or_default(), secret, &info, length),
        }
    }
}

/// ```text
/// ECC-CMS-SharedInfo ::= SEQUENCE { keyInfo AlgorithmIdentifier, entityUInfo [0] EXPLICIT OCTET STRING OPTIONAL,
///     suppPubInfo [2] EXPLICIT OCTET STRING }
/// ```
/// (RFC 5753 §7.2)
#[derive(Sequence)]
struct SharedInfo {
    key_info: AlgorithmIdentifierOwned,
    entity_u_info: Option<ContextSpecific<OctetString>>,
    supp_pub_info: ContextSpecific<OctetString>,
}

fn shared_info(wrap: &AlgorithmIdentifierOwned, ukm: Option<&[u8]>, key_len: usize) -> der::Result<Vec<u8>> {
    let tagged = |number, bytes: &[u8]| {
        let value = OctetString::new(bytes)?;
        Ok::<_, der::Error>(ContextSpecific { tag_number: TagNumber(number), tag_mode: TagMode::Explicit, value })
    };
    let bits = u32::try_from(key_len * 8).unwrap_or(256).to_be_bytes();
    let entity_u_info = ukm.map(|ukm| tagged(0, ukm)).transpose()?;
    SharedInfo { key_info: wrap.clone(), entity_u_info, supp_pub_info: tagged(2, &bits)? }.to_der()
}

/// ANSI X9.63 KDF (SEC 1 §3.6.1): hash of secret, counter, info.
fn x963_kdf(digest: DigestAlgorithm, secret: &[u8], info: &[u8], length: usize) -> Zeroizing<Vec<u8>> {
    let mut key = Zeroizing::new(Vec::with_capacity(length + digest.output_len()));
    for counter in 1u32.. {
        if key.len() >= length {
            break;
        }
        let mut hasher = super::Hasher::new(digest);
        hasher.update(secret);
        hasher.update(&counter.to_be_bytes());
        hasher.update(info);
        key.extend_from_slice(&Zeroizing::new(hasher.finalize()));
    }
    key.truncate(length);
    key
}

/// Makes an ephemeral key, agrees with the recipient's key and wraps the content key: returns the originator's public
/// key and the wrapped key.
///
/// # Errors
/// When the recipient's key cannot be used.
pub fn wrap(
    recipient: &SubjectPublicKeyInfoOwned,
    agreement: &KeyAgreement,
    ukm: Option<&[u8]>,
    content_key: &[u8],
) -> Result<(SubjectPublicKeyInfoOwned, Vec<u8>), Error> {
    let ephemeral = PrivateKey::generate(KeyKind::of(recipient)?)?;
    let secret = ephemeral.agree(recipient)?;
    let key = agreement.key_encryption_key(&secret, ukm)?;
    Ok((ephemeral.public_key().clone(), agreement.wrap.wrap(&key, content_key)?))
}

/// Agrees with the originator's key and unwraps the content key. An originator key whose parameters are absent or NULL
/// takes the recipient's curve (RFC 5753 §3.1.1).
///
/// # Errors
/// [`Error::Decryption`] when the wrapped key's integrity check fails.
pub fn unwrap(
    key: &dyn PrivateKeyOperations,
    originator: &SubjectPublicKeyInfoOwned,
    agreement: &KeyAgreement,
    ukm: Option<&[u8]>,
    wrapped: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let curve = originator.algorithm.parameters.as_ref().filter(|curve| !curve.is_null());
    let secret = if originator.algorithm.oid == rfc5912::ID_EC_PUBLIC_KEY && curve.is_none() {
        let algorithm = key.public_key().algorithm.clone();
        key.agree(&SubjectPublicKeyInfoOwned { algorithm, subject_public_key: originator.subject_public_key.clone() })?
    } else {
        key.agree(originator)?
    };
    let key = agreement.key_encryption_key(&secret, ukm)?;
    agreement.wrap.unwrap(&key, wrapped)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::tests::unhex;

    /// A key derived otherwise opens nobody's mail: NIST's answers for ANSI X9.63 with SHA-256.
    #[test]
    fn x963_kdf_is_the_standards() {
        let secret = unhex("96c05619d56c328ab95fe84b18264b08725b85e33fd34f08");
        let key = x963_kdf(DigestAlgorithm::Sha256, &secret, &[], 16);
        assert_eq!(*key, unhex("443024c3dae66b95e6f5670601558f71"));
        let secret = unhex("22518b10e70f2a3f243810ae3254139efbee04aa57c7af7d");
        let info = unhex("75eef81aa3041e33b80971203d2c0c52");
        let expected = "c498af77161cc59f2962b9a713e2b215152d139766ce34a776df11866a69bf2e\
                        52a13d9c7c6fc878c50c5ea0bc7b00e0da2447cfd874f6cf92f30d0097111485\
                        500c90c3af8b487872d04685d14c8d1dc8d7fa08beb0ce0ababc11f0bd496269\
                        142d43525a78e5bc79a17f59676a5706dc54d54d4d1f0bd7e386128ec26afc21";
        assert_eq!(*x963_kdf(DigestAlgorithm::Sha256, &secret, &info, 128), unhex(expected));
    }

    /// The structure that both KDFs hash, octet for octet (RFC 5753 §7.2).
    #[test]
    fn shared_info_is_der() {
        let info = shared_info(&KeyWrap::Aes256.identifier(), Some(&[1, 2]), 32).unwrap();
        assert_eq!(info, unhex("301b 300b060960864801650304012d a004 04020102 a206 040400000100"));
        let info = shared_info(&KeyWrap::TripleDes.identifier(), None, 24).unwrap();
        assert_eq!(info, unhex("3019 300f060b2a864886f70d01091003060500 a206 0404000000c0"));
    }
}

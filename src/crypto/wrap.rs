//! Key wrap: AES (RFC 3394, RFC 3565), and 3DES and RC2 (RFC 3217) for reading only.

use aes_kw::cipher::KeyInit;
use aes_kw::{KwAes128, KwAes192, KwAes256};
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911;
use der::asn1::Any;
use spki::AlgorithmIdentifierOwned;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::cipher::{ContentAlgorithm, ContentCipher, Decryptor, rc2_bits};
use super::{DigestAlgorithm, Error, Unsupported};

/// id-alg-CMS3DESwrap (RFC 3370 §4.3.1).
const TRIPLE_DES_WRAP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.3.6");

/// id-alg-CMSRC2wrap (RFC 3370 §4.3.2).
const RC2_WRAP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.3.7");

/// An algorithm that encrypts one key under another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub enum KeyWrap {
    Aes128,
    Aes192,
    Aes256,
    /// For reading only.
    TripleDes,
    /// RC2 with a key of 128 bits and that many effective ones; for reading only.
    Rc2(u32),
}

impl KeyWrap {
    /// Those whose identifier says everything.
    const NAMED: [Self; 4] = [Self::Aes128, Self::Aes192, Self::Aes256, Self::TripleDes];

    /// From its identifier.
    ///
    /// # Errors
    /// When it is not built in, or the strength of RC2 is missing.
    pub fn from_identifier(algorithm: &AlgorithmIdentifierOwned) -> Result<Self, Error> {
        if algorithm.oid == RC2_WRAP {
            let version = algorithm.parameters.as_ref().and_then(|version| version.decode_as::<u32>().ok());
            return Ok(Self::Rc2(rc2_bits(version.ok_or(Error::Parameters("of the key wrap"))?)?));
        }
        let known = Self::NAMED.into_iter().find(|wrap| wrap.oid() == algorithm.oid);
        known.ok_or_else(|| Unsupported::new("key wrap", algorithm.oid).into())
    }

    fn oid(self) -> ObjectIdentifier {
        match self {
            Self::Aes128 => rfc5911::ID_AES_128_WRAP,
            Self::Aes192 => rfc5911::ID_AES_192_WRAP,
            Self::Aes256 => rfc5911::ID_AES_256_WRAP,
            Self::TripleDes => TRIPLE_DES_WRAP,
            Self::Rc2(_) => RC2_WRAP,
        }
    }

    /// The identifier to write: parameters are absent for AES (RFC 3565 §2.3.2), NULL for 3DES (RFC 3370 §4.3.1).
    #[must_use]
    pub fn identifier(self) -> AlgorithmIdentifierOwned {
        let parameters = (self == Self::TripleDes).then(Any::null);
        AlgorithmIdentifierOwned { oid: self.oid(), parameters }
    }

    /// The weakest that is as strong as a content key of that many bytes.
    #[must_use]
    pub fn for_key_len(length: usize) -> Self {
        match length {
            0..=16 => Self::Aes128,
            17..=24 => Self::Aes192,
            _ => Self::Aes256,
        }
    }

    /// Bytes of the key-encryption key.
    #[must_use]
    pub fn key_len(self) -> usize {
        match self {
            Self::Aes128 | Self::Rc2(_) => 16,
            Self::Aes192 | Self::TripleDes => 24,
            Self::Aes256 => 32,
        }
    }

    /// Whether it is withdrawn: 3DES, RC2.
    #[must_use]
    pub fn is_weak(self) -> bool {
        matches!(self, Self::TripleDes | Self::Rc2(_))
    }

    /// Encrypts a content key, a multiple of 8 bytes, under a key-encryption key.
    ///
    /// # Errors
    /// When a length is not as said, or the algorithm is for reading only.
    pub fn wrap(self, key: &[u8], content_key: &[u8]) -> Result<Vec<u8>, Error> {
        const LENGTH: Error = Error::Key("the key-encryption key has another length");
        let mut wrapped = vec![0; content_key.len().saturating_add(8)];
        let done = match self {
            Self::Aes128 => KwAes128::new_from_slice(key).map_err(|_| LENGTH)?.wrap_key(content_key, &mut wrapped),
            Self::Aes192 => KwAes192::new_from_slice(key).map_err(|_| LENGTH)?.wrap_key(content_key, &mut wrapped),
            Self::Aes256 => KwAes256::new_from_slice(key).map_err(|_| LENGTH)?.wrap_key(content_key, &mut wrapped),
            Self::TripleDes | Self::Rc2(_) => {
                return Err(Error::Parameters("outdated ciphers are for reading only"));
            }
        };
        done.map(drop).map_err(|_| Error::Key("the content key has an odd length"))?;
        Ok(wrapped)
    }

    /// Decrypts a content key.
    ///
    /// # Errors
    /// [`Error::Decryption`] when the integrity check fails; [`Error::Key`] when the key-encryption key has another length.
    pub fn unwrap(self, key: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        const LENGTH: Error = Error::Key("the key-encryption key has another length");
        let mut content_key = Zeroizing::new(vec![0; wrapped.len().checked_sub(8).ok_or(Error::Decryption)?]);
        let done = match self {
            Self::Aes128 => KwAes128::new_from_slice(key).map_err(|_| LENGTH)?.unwrap_key(wrapped, &mut content_key),
            Self::Aes192 => KwAes192::new_from_slice(key).map_err(|_| LENGTH)?.unwrap_key(wrapped, &mut content_key),
            Self::Aes256 => KwAes256::new_from_slice(key).map_err(|_| LENGTH)?.unwrap_key(wrapped, &mut content_key),
            Self::TripleDes => return unwrap_triple_des(key, wrapped),
            Self::Rc2(bits) => return unwrap_rc2(bits, key, wrapped),
        };
        done.map(drop).map_err(|_| Error::Decryption)?;
        Ok(content_key)
    }
}

/// RFC 3217 §3.2.
fn unwrap_triple_des(key: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    // An initialisation vector, a key of three parts, and the check.
    if wrapped.len() != 40 {
        return Err(Error::Decryption);
    }
    unwrap_twice(ContentCipher::TripleDesCbc, key, wrapped)
}

/// RFC 3217 §4.2: inside, the length of the key stands before it, and padding behind.
fn unwrap_rc2(bits: u32, key: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    if wrapped.len() < 24 || !wrapped.len().is_multiple_of(8) {
        return Err(Error::Decryption);
    }
    let padded = unwrap_twice(ContentCipher::Rc2Cbc(bits), key, wrapped)?;
    let (length, rest) = padded.split_first().ok_or(Error::Decryption)?;
    let length = usize::from(*length);
    match rest.get(..length) {
        Some(content_key) if rest.len() - length < 8 => Ok(Zeroizing::new(content_key.to_vec())),
        _ => Err(Error::Decryption),
    }
}

/// Two passes of CBC, the octets reversed between them; the last 8 octets check the others.
fn unwrap_twice(cipher: ContentCipher, key: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    /// The initialisation vector of the outer pass.
    const OUTER: [u8; 8] = [0x4a, 0xdd, 0xa2, 0x2c, 0x79, 0xe8, 0x21, 0x05];
    let decrypt = |iv: &[u8], data: &mut [u8]| {
        let algorithm = ContentAlgorithm { cipher, iv: iv.to_vec(), tag_len: 0 };
        Decryptor::with_any_key(&algorithm, key)?.decrypt(0, &[], data)
    };
    let mut outer = Zeroizing::new(wrapped.to_vec());
    decrypt(&OUTER, &mut outer)?;
    outer.reverse();
    let (iv, inner) = outer.split_at_mut_checked(8).ok_or(Error::Decryption)?;
    decrypt(iv, inner)?;
    let (content_key, check) =
        inner.len().checked_sub(8).and_then(|length| inner.split_at_checked(length)).ok_or(Error::Decryption)?;
    let digest = Zeroizing::new(DigestAlgorithm::Sha1.digest(content_key));
    let holds = digest.get(..8).is_some_and(|start| start.ct_eq(check).into());
    if holds { Ok(Zeroizing::new(content_key.to_vec())) } else { Err(Error::Decryption) }
}

impl std::fmt::Display for KeyWrap {
    /// `aes-256-wrap`, `des-ede3-wrap`, `rc2-40-wrap`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Aes128 => f.write_str("aes-128-wrap"),
            Self::Aes192 => f.write_str("aes-192-wrap"),
            Self::Aes256 => f.write_str("aes-256-wrap"),
            Self::TripleDes => f.write_str("des-ede3-wrap"),
            Self::Rc2(bits) => write!(f, "rc2-{bits}-wrap"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::tests::unhex;

    /// RFC 3394 §4: the wrap must be everybody's, and any change or other key be noticed.
    #[test]
    fn aes_wrap_is_the_standards() {
        let (kek, data) = (
            unhex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
            unhex("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f"),
        );
        for (wrap, length, expected) in [
            (KeyWrap::Aes128, 16, "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5"),
            (KeyWrap::Aes192, 16, "96778b25ae6ca435f92b5b97c050aed2468ab8a17ad84e5d"),
            (KeyWrap::Aes256, 16, "64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7"),
            (KeyWrap::Aes192, 24, "031d33264e15d33268f24ec260743edce1c6c7ddee725a936ba814915c6762d2"),
            (KeyWrap::Aes256, 24, "a8f9bc1612c68b3ff6e6f4fbe30e71e4769c8b80a32cb8958cd5d17d6b254da1"),
            (KeyWrap::Aes256, 32, "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21"),
        ] {
            let kek = &kek[..wrap.key_len()];
            let wrapped = wrap.wrap(kek, &data[..length]).unwrap();
            assert_eq!(wrapped, unhex(expected), "{wrap:?} {length}");
            assert_eq!(*wrap.unwrap(kek, &wrapped).unwrap(), data[..length]);
            let mut changed = wrapped.clone();
            changed[9] ^= 1;
            assert_eq!(wrap.unwrap(kek, &changed), Err(Error::Decryption));
            assert!(matches!(wrap.unwrap(&kek[1..], &wrapped), Err(Error::Key(_))));
            assert_eq!(KeyWrap::from_identifier(&wrap.identifier()), Ok(wrap));
        }
    }

    /// RFC 3217 §4.3: 3DES wrap is read, checked, and not written.
    #[test]
    fn triple_des_wrap_is_read() {
        let kek = unhex("255e0d1c07b646dfb3134cc843ba8aa71f025b7c0838251f");
        let wrapped = unhex("690107618ef092b3b48ca1796b234ae9fa33ebb4159604037db5d6a84eb3aac2768c632775a467d4");
        let expected = unhex("2923bf85e06dd6ae529149f1f1bae9eab3a7da3d860d3e98");
        assert_eq!(*KeyWrap::TripleDes.unwrap(&kek, &wrapped).unwrap(), expected);
        for at in [0, 20, 39] {
            let mut changed = wrapped.clone();
            changed[at] ^= 1;
            assert_eq!(KeyWrap::TripleDes.unwrap(&kek, &changed), Err(Error::Decryption));
        }
        assert!(KeyWrap::TripleDes.wrap(&kek, &expected).is_err());
    }

    /// RFC 3217 §4.4: RC2 wrap is read with the strength that its parameter says.
    #[test]
    fn rc2_wrap_is_read() {
        let kek = unhex("fd04fd08060707fb0003fefffd02fe05");
        let wrapped = unhex("70e699fb5701f7833330fb71e87c85a420bdc99af05d22af5a0e48d35f3138986cbaafb4b28d4f35");
        let expected = unhex("b70a25fbc9d86a86050ce0d711ead4d9");
        let version = |version: u32| AlgorithmIdentifierOwned {
            oid: RC2_WRAP,
            parameters: Some(Any::encode_from(&version).unwrap()),
        };
        let wrap = KeyWrap::from_identifier(&version(160)).unwrap();
        assert_eq!((wrap, wrap.to_string().as_str()), (KeyWrap::Rc2(40), "rc2-40-wrap"));
        assert_eq!(*wrap.unwrap(&kek, &wrapped).unwrap(), expected);
        let stronger = KeyWrap::from_identifier(&version(58)).unwrap();
        assert_eq!(stronger.unwrap(&kek, &wrapped), Err(Error::Decryption));
        assert!(KeyWrap::from_identifier(&version(2000)).is_err());
        assert!(wrap.wrap(&kek, &expected).is_err());
    }

    /// Lengths from a hostile message end in an error, whatever they are.
    #[test]
    fn odd_lengths_are_refused() {
        for wrap in KeyWrap::NAMED.into_iter().chain([KeyWrap::Rc2(40), KeyWrap::Rc2(128)]) {
            let key = vec![1; wrap.key_len()];
            for length in (0..48).chain([1000, 100_001]) {
                assert!(wrap.unwrap(&key, &vec![7; length]).is_err(), "{wrap:?} {length}");
            }
        }
    }
}

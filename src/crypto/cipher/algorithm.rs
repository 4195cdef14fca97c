//! Ciphers with their parameters, as they stand in messages.

use der::Sequence;
use der::asn1::{Any, OctetString};
use spki::AlgorithmIdentifierOwned;

use super::{ContentCipher, RC2_CBC};
use crate::crypto::{Error, Unsupported, random};

/// A content-encryption algorithm with its parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentAlgorithm {
    /// The cipher.
    pub cipher: ContentCipher,
    /// The initialisation vector (CBC) or nonce (GCM).
    pub iv: Vec<u8>,
    /// Bytes of the authentication tag; 0 for CBC.
    pub tag_len: usize,
}

/// ```text
/// GCMParameters ::= SEQUENCE { aes-nonce OCTET STRING, aes-ICVlen AES-GCM-ICVlen DEFAULT 12 }
/// ```
/// (RFC 5084 §3.2)
#[derive(Sequence)]
struct GcmParameters {
    nonce: OctetString,
    #[asn1(default = "default_icv_len")]
    icv_len: u8,
}

fn default_icv_len() -> u8 {
    12
}

/// ```text
/// RC2CBCParameter ::= SEQUENCE { rc2ParameterVersion INTEGER, iv OCTET STRING }
/// ```
/// (RFC 3370 §5.2)
#[derive(Sequence)]
struct Rc2Parameters {
    version: u32,
    iv: OctetString,
}

impl ContentAlgorithm {
    /// From contentEncryptionAlgorithm.
    ///
    /// # Errors
    /// When it is not built in, or its parameters are damaged.
    pub fn from_identifier(algorithm: &AlgorithmIdentifierOwned) -> Result<Self, Error> {
        const DAMAGED: Error = Error::Parameters("of the content encryption");
        let known = ContentCipher::from_oid(&algorithm.oid);
        if known.is_none() && algorithm.oid != RC2_CBC {
            return Err(Unsupported::new("cipher", algorithm.oid).into());
        }
        let parameters = algorithm.parameters.as_ref().ok_or(DAMAGED)?;
        let octets = || parameters.decode_as::<OctetString>().map(|iv| iv.as_bytes().to_vec()).map_err(|_| DAMAGED);
        let (cipher, iv, tag_len) = match known {
            Some(cipher) if cipher.is_authenticated() => {
                let gcm: GcmParameters = parameters.decode_as().map_err(|_| DAMAGED)?;
                if !(12..=16).contains(&gcm.icv_len) || gcm.nonce.as_bytes().is_empty() {
                    return Err(Error::Parameters("the nonce or tag of GCM has an unusable length"));
                }
                (cipher, gcm.nonce.as_bytes().to_vec(), usize::from(gcm.icv_len))
            }
            Some(cipher) => (cipher, octets()?, 0),
            None => {
                let (version, iv) = match parameters.decode_as::<Rc2Parameters>() {
                    Ok(rc2) => (rc2.version, rc2.iv.as_bytes().to_vec()),
                    // RC2 without a version means 32 effective bits (RFC 2268 §6).
                    Err(_) => (0, octets()?),
                };
                (ContentCipher::Rc2Cbc(rc2_bits(version)?), iv, 0)
            }
        };
        if !cipher.is_authenticated() && iv.len() != cipher.block_len() {
            return Err(Error::Parameters("the initialisation vector has another length than a block"));
        }
        Ok(Self { cipher, iv, tag_len })
    }

    /// With a fresh random IV (CBC: 16 bytes) or nonce (GCM: 12 bytes, tag 16); refused for ciphers that are for reading only.
    ///
    /// # Errors
    /// When the system has no randomness to give, or the cipher is for reading only.
    pub fn generate(cipher: ContentCipher) -> Result<Self, Error> {
        if cipher.is_weak() {
            return Err(Error::Parameters("outdated ciphers are for reading only"));
        }
        let (iv_len, tag_len) = if cipher.is_authenticated() { (12, 16) } else { (cipher.block_len(), 0) };
        let mut iv = vec![0; iv_len];
        random(&mut iv)?;
        Ok(Self { cipher, iv, tag_len })
    }

    /// The identifier to write.
    #[must_use]
    pub fn identifier(&self) -> AlgorithmIdentifierOwned {
        let iv = || OctetString::new(self.iv.as_slice()).ok();
        let parameters = if self.cipher.is_authenticated() {
            let icv_len = u8::try_from(self.tag_len).unwrap_or(16);
            iv().and_then(|nonce| Any::encode_from(&GcmParameters { nonce, icv_len }).ok())
        } else {
            iv().and_then(|iv| Any::encode_from(&iv).ok())
        };
        AlgorithmIdentifierOwned { oid: self.cipher.oid(), parameters }
    }
}

/// Effective bits by rc2ParameterVersion (RFC 2268 §6): a table for the common ones, the number itself from 256 on.
fn rc2_bits(version: u32) -> Result<u32, Error> {
    match version {
        0 => Ok(32),
        160 => Ok(40),
        120 => Ok(64),
        58 => Ok(128),
        256..=1024 => Ok(version),
        _ => Err(Error::Parameters("RC2 with an unknown strength")),
    }
}

#[cfg(test)]
mod tests {
    use der::{Decode as _, Encode as _};

    use super::*;
    use crate::crypto::tests::unhex;

    const AES_256_CBC: &str = "2.16.840.1.101.3.4.1.42";
    const AES_128_GCM: &str = "2.16.840.1.101.3.4.1.6";
    const RC2: &str = "1.2.840.113549.3.2";

    fn identifier(oid: &str, parameters: &str) -> AlgorithmIdentifierOwned {
        let parameters = (!parameters.is_empty()).then(|| Any::from_der(&unhex(parameters)).unwrap());
        AlgorithmIdentifierOwned { oid: oid.parse().unwrap(), parameters }
    }

    /// Identifiers as messages carry them: DER leaves out a tag of 12, RC2 hides its strength in a table.
    #[test]
    fn identifiers_are_read_and_written() {
        let cases = [
            (AES_256_CBC, "0410000102030405060708090a0b0c0d0e0f", "aes-256-cbc", 0),
            (AES_128_GCM, "300e040c000102030405060708090a0b", "aes-128-gcm", 12),
            (AES_128_GCM, "3011040c000102030405060708090a0b020110", "aes-128-gcm", 16),
            ("1.2.840.113549.3.7", "04080001020304050607", "des-ede3-cbc", 0),
            (RC2, "300e020200a004080001020304050607", "rc2-40-cbc", 0),
            (RC2, "300d02013a04080001020304050607", "rc2-128-cbc", 0),
            (RC2, "04080001020304050607", "rc2-32-cbc", 0),
        ];
        for (oid, parameters, name, tag_len) in cases {
            let algorithm = ContentAlgorithm::from_identifier(&identifier(oid, parameters)).unwrap();
            assert_eq!((algorithm.cipher.to_string().as_str(), algorithm.tag_len), (name, tag_len));
            match ContentAlgorithm::generate(algorithm.cipher) {
                Ok(_) => assert_eq!(algorithm.identifier().parameters.to_der().unwrap(), unhex(parameters), "{name}"),
                Err(_) => assert!(algorithm.cipher.is_weak(), "{name}"),
            }
        }
    }

    /// A hostile length or a missing parameter is refused before a cipher sees it.
    #[test]
    fn unusable_parameters_are_refused() {
        for (oid, parameters) in [
            (AES_256_CBC, ""),
            (AES_256_CBC, "040f000102030405060708090a0b0c0d0e"),
            (AES_128_GCM, "3011040c000102030405060708090a0b02010b"),
            (AES_128_GCM, "3011040c000102030405060708090a0b020111"),
            (AES_128_GCM, "30020400"),
            (RC2, "300d02010104080001020304050607"),
        ] {
            let result = ContentAlgorithm::from_identifier(&identifier(oid, parameters));
            assert!(matches!(result, Err(Error::Parameters(_))), "{oid} {parameters}: {result:?}");
        }
        let unknown = ContentAlgorithm::from_identifier(&identifier("1.2.3.4", ""));
        assert!(matches!(unknown, Err(Error::Unsupported(_))));
    }
}

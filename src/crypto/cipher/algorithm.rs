//! Ciphers with their parameters, as they stand in messages.

use der::Sequence;
use der::asn1::{Any, OctetString};
use spki::AlgorithmIdentifierOwned;

use super::rc2_versions::rc2_bits;
use super::{ContentCipher, FOR_READING, RC2_CBC};
use crate::crypto::{Error, Unsupported, random};

/// A content-encryption algorithm with its parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentAlgorithm {
    /// The cipher.
    pub cipher: ContentCipher,
    /// The initialisation vector (CBC) or nonce (authenticated ciphers).
    pub iv: Vec<u8>,
    /// Bytes of the authentication tag; 0 for CBC.
    pub tag_len: usize,
}

/// ```text
/// GCMParameters ::= SEQUENCE { aes-nonce OCTET STRING, aes-ICVlen AES-GCM-ICVlen DEFAULT 12 }
/// CCMParameters ::= SEQUENCE { aes-nonce OCTET STRING (SIZE(7..13)), aes-ICVlen AES-CCM-ICVlen DEFAULT 12 }
/// AES-GCM-ICVlen ::= INTEGER (12 | 13 | 14 | 15 | 16)
/// AES-CCM-ICVlen ::= INTEGER (4 | 6 | 8 | 10 | 12 | 14 | 16)
/// ```
/// (RFC 5084 §3.1, §3.2)
#[derive(Sequence)]
struct AesParameters {
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
        const UNUSABLE: Error = Error::Parameters("the nonce or tag of the cipher has an unusable length");
        let known = ContentCipher::from_oid(&algorithm.oid);
        if known.is_none() && algorithm.oid != RC2_CBC {
            return Err(Unsupported::new("cipher", algorithm.oid).into());
        }
        let parameters = algorithm.parameters.as_ref().ok_or(DAMAGED)?;
        let octets = || parameters.decode_as::<OctetString>().map(|iv| iv.as_bytes().to_vec()).map_err(|_| DAMAGED);
        let (cipher, iv, tag_len) = match known {
            // AEADChaCha20Poly1305Nonce ::= OCTET STRING (SIZE(12)) (RFC 8103 §2)
            Some(cipher @ ContentCipher::ChaCha20Poly1305) => {
                (cipher, Some(octets()?).filter(|nonce| nonce.len() == 12).ok_or(UNUSABLE)?, 16)
            }
            Some(cipher) if cipher.is_authenticated() => {
                let AesParameters { nonce, icv_len } = parameters.decode_as().map_err(|_| DAMAGED)?;
                let (nonce, tag_len) = (nonce.as_bytes().to_vec(), usize::from(icv_len));
                let usable = match cipher.is_ccm() {
                    true => (7..=13).contains(&nonce.len()) && matches!(tag_len, 4 | 6 | 8 | 10 | 12 | 14 | 16),
                    false => !nonce.is_empty() && (12..=16).contains(&tag_len),
                };
                if !usable {
                    return Err(UNUSABLE);
                }
                (cipher, nonce, tag_len)
            }
            Some(cipher) => (cipher, octets()?, 0),
            None => {
                let (bits, iv) = match parameters.decode_as::<Rc2Parameters>() {
                    Ok(rc2) => (rc2_bits(rc2.version)?, rc2.iv.as_bytes().to_vec()),
                    // RC2 without a version means 32 effective bits (RFC 2268 §6).
                    Err(_) => (32, octets()?),
                };
                (ContentCipher::Rc2Cbc(bits), iv, 0)
            }
        };
        if !cipher.is_authenticated() && iv.len() != cipher.block_len() {
            return Err(Error::Parameters("the initialisation vector has another length than a block"));
        }
        Ok(Self { cipher, iv, tag_len })
    }

    /// With a fresh random IV (CBC: 16 bytes) or nonce (12 bytes, tag 16); refused for ciphers that are for reading only.
    ///
    /// # Errors
    /// When the system has no randomness to give, or the cipher is for reading only.
    pub fn generate(cipher: ContentCipher) -> Result<Self, Error> {
        if !cipher.is_written() {
            return Err(FOR_READING);
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
        let parameters = if self.cipher.is_gcm() || self.cipher.is_ccm() {
            let icv_len = u8::try_from(self.tag_len).unwrap_or(16);
            iv().and_then(|nonce| Any::encode_from(&AesParameters { nonce, icv_len }).ok())
        } else {
            iv().and_then(|iv| Any::encode_from(&iv).ok())
        };
        AlgorithmIdentifierOwned { oid: self.cipher.oid(), parameters }
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
            ("2.16.840.1.101.3.4.1.7", "3009040700010203040506", "aes-128-ccm", 12),
            ("2.16.840.1.101.3.4.1.47", "300e0409000102030405060708020108", "aes-256-ccm", 8),
            ("1.2.840.113549.1.9.16.3.18", "040c000102030405060708090a0b", "chacha20-poly1305", 16),
            (RC2, "300e020200a004080001020304050607", "rc2-40-cbc", 0),
            (RC2, "300d02010104080001020304050607", "rc2-190-cbc", 0),
            (RC2, "300e0202040004080001020304050607", "rc2-1024-cbc", 0),
            (RC2, "300d02013a04080001020304050607", "rc2-128-cbc", 0),
            (RC2, "04080001020304050607", "rc2-32-cbc", 0),
        ];
        for (oid, parameters, name, tag_len) in cases {
            let algorithm = ContentAlgorithm::from_identifier(&identifier(oid, parameters)).unwrap();
            assert_eq!((algorithm.cipher.to_string().as_str(), algorithm.tag_len), (name, tag_len));
            match ContentAlgorithm::generate(algorithm.cipher) {
                Ok(_) => assert_eq!(algorithm.identifier().parameters.to_der().unwrap(), unhex(parameters), "{name}"),
                Err(_) => assert!(!algorithm.cipher.is_written(), "{name}"),
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
            ("2.16.840.1.101.3.4.1.7", "300804060001020304 05"),
            ("2.16.840.1.101.3.4.1.7", "300c0407000102030405060201 05"),
            ("1.2.840.113549.1.9.16.3.18", "040b000102030405060708090a"),
            (RC2, "300e0202040104080001020304050607"),
        ] {
            let result = ContentAlgorithm::from_identifier(&identifier(oid, parameters));
            assert!(matches!(result, Err(Error::Parameters(_))), "{oid} {parameters}: {result:?}");
        }
        let unknown = ContentAlgorithm::from_identifier(&identifier("1.2.3.4", ""));
        assert!(matches!(unknown, Err(Error::Unsupported(_))));
    }
}

//! Content encryption: AES in CBC (RFC 3565) and GCM (RFC 5084), ChaCha20-Poly1305 (RFC 8103); AES in CCM (RFC 5084), 3DES, DES
//! and RC2 (RFC 3370) for reading only.
//!
//! Reading is by position: CBC and key streams can be decrypted from any block, so a decrypted message is a view over the
//! encrypted one. What has a tag is authenticated in a pass of its own before any plaintext is given out.

mod aead;
mod algorithm;
mod block;
mod ccm;
mod chacha;
mod decrypt;
mod encrypt;
mod gcm;
mod padded;
mod rc2_versions;

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911;

pub use algorithm::ContentAlgorithm;
pub use decrypt::{Authenticator, Decryptor};
pub use encrypt::Encryptor;
pub(super) use rc2_versions::rc2_bits;

use super::Error;

/// A content-encryption algorithm without its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub enum ContentCipher {
    Aes128Cbc,
    Aes192Cbc,
    Aes256Cbc,
    Aes128Gcm,
    Aes192Gcm,
    Aes256Gcm,
    Aes128Ccm,
    Aes192Ccm,
    Aes256Ccm,
    ChaCha20Poly1305,
    TripleDesCbc,
    DesCbc,
    /// RC2 with that many effective key bits.
    Rc2Cbc(u32),
}

/// desCBC (OIW), for reading only.
const DES_CBC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.7");
/// des-ede3-cbc (RFC 3370 §5.1).
const DES_EDE3_CBC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.3.7");
/// id-alg-AEADChaCha20Poly1305 (RFC 8103 §2).
const CHACHA20_POLY1305: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.3.18");
/// rc2-cbc (RFC 3370 §5.2).
const RC2_CBC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.3.2");

impl ContentCipher {
    /// Those whose identifier says everything.
    const NAMED: [(ObjectIdentifier, Self); 12] = [
        (rfc5911::ID_AES_128_CBC, Self::Aes128Cbc),
        (rfc5911::ID_AES_192_CBC, Self::Aes192Cbc),
        (rfc5911::ID_AES_256_CBC, Self::Aes256Cbc),
        (rfc5911::ID_AES_128_GCM, Self::Aes128Gcm),
        (rfc5911::ID_AES_192_GCM, Self::Aes192Gcm),
        (rfc5911::ID_AES_256_GCM, Self::Aes256Gcm),
        (rfc5911::ID_AES_128_CCM, Self::Aes128Ccm),
        (rfc5911::ID_AES_192_CCM, Self::Aes192Ccm),
        (rfc5911::ID_AES_256_CCM, Self::Aes256Ccm),
        (CHACHA20_POLY1305, Self::ChaCha20Poly1305),
        (DES_EDE3_CBC, Self::TripleDesCbc),
        (DES_CBC, Self::DesCbc),
    ];

    /// The identifier, as in sMIMECapabilities too (RFC 8551 §2.5.2).
    #[must_use]
    pub fn oid(self) -> ObjectIdentifier {
        Self::NAMED.into_iter().find(|(_, cipher)| *cipher == self).map_or(RC2_CBC, |(oid, _)| oid)
    }

    /// By identifier; RC2, whose strength is a parameter, is not among them.
    #[must_use]
    pub fn from_oid(oid: &ObjectIdentifier) -> Option<Self> {
        Self::NAMED.into_iter().find(|(known, _)| known == oid).map(|(_, cipher)| cipher)
    }

    /// Bytes of key.
    #[must_use]
    pub fn key_len(self) -> usize {
        match self {
            Self::Aes128Cbc | Self::Aes128Gcm | Self::Aes128Ccm => 16,
            Self::Aes192Cbc | Self::Aes192Gcm | Self::Aes192Ccm | Self::TripleDesCbc => 24,
            Self::Aes256Cbc | Self::Aes256Gcm | Self::Aes256Ccm | Self::ChaCha20Poly1305 => 32,
            Self::DesCbc => 8,
            // RFC 3370 §4.4: keys of 40, 64 and 128 bits have as many effective bits.
            Self::Rc2Cbc(bits) => (bits as usize).div_ceil(8).clamp(1, 128),
        }
    }

    /// Bytes of one block of CBC; 16 for authenticated ciphers too.
    #[must_use]
    pub fn block_len(self) -> usize {
        match self {
            Self::TripleDesCbc | Self::DesCbc | Self::Rc2Cbc(_) => 8,
            _ => 16,
        }
    }

    /// Whether changes are noticed.
    #[must_use]
    pub fn is_authenticated(self) -> bool {
        matches!(self, Self::ChaCha20Poly1305) || self.is_gcm() || self.is_ccm()
    }

    fn is_gcm(self) -> bool {
        matches!(self, Self::Aes128Gcm | Self::Aes192Gcm | Self::Aes256Gcm)
    }

    fn is_ccm(self) -> bool {
        matches!(self, Self::Aes128Ccm | Self::Aes192Ccm | Self::Aes256Ccm)
    }

    /// Whether new messages are made with it: neither with a weak one nor with CCM.
    #[must_use]
    pub fn is_written(self) -> bool {
        !self.is_weak() && !self.is_ccm()
    }

    /// Whether it can be broken or is withdrawn: DES, 3DES, RC2.
    #[must_use]
    pub fn is_weak(self) -> bool {
        matches!(self, Self::TripleDesCbc | Self::DesCbc | Self::Rc2Cbc(_))
    }
}

impl std::fmt::Display for ContentCipher {
    /// `aes-256-cbc`, `aes-128-gcm`, `des-ede3-cbc`, `rc2-40-cbc`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Aes128Cbc => f.write_str("aes-128-cbc"),
            Self::Aes192Cbc => f.write_str("aes-192-cbc"),
            Self::Aes256Cbc => f.write_str("aes-256-cbc"),
            Self::Aes128Gcm => f.write_str("aes-128-gcm"),
            Self::Aes192Gcm => f.write_str("aes-192-gcm"),
            Self::Aes256Gcm => f.write_str("aes-256-gcm"),
            Self::Aes128Ccm => f.write_str("aes-128-ccm"),
            Self::Aes192Ccm => f.write_str("aes-192-ccm"),
            Self::Aes256Ccm => f.write_str("aes-256-ccm"),
            Self::ChaCha20Poly1305 => f.write_str("chacha20-poly1305"),
            Self::TripleDesCbc => f.write_str("des-ede3-cbc"),
            Self::DesCbc => f.write_str("des-cbc"),
            Self::Rc2Cbc(bits) => write!(f, "rc2-{bits}-cbc"),
        }
    }
}

const FOR_READING: Error = Error::Parameters("the cipher is for reading only");

/// Whether a key is as long as the cipher's.
fn check_key(cipher: ContentCipher, key: &[u8]) -> Result<(), Error> {
    if key.len() == cipher.key_len() { Ok(()) } else { Err(Error::Key("the content key has another length")) }
}

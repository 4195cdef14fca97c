//! Content encryption: AES in CBC (RFC 3565) and GCM (RFC 5084); 3DES, DES and RC2 for reading only (RFC 3370).
//!
//! Reading is by position: CBC and CTR can be decrypted from any block, so a decrypted message is a view over the
//! encrypted one. GCM is authenticated in a pass over the ciphertext alone, before any plaintext exists.

use aes::cipher::{
    Array, Block, BlockCipherDecrypt, BlockCipherEncrypt, BlockModeDecrypt, BlockModeEncrypt, BlockSizeUser,
    InnerIvInit, KeyInit, StreamCipher,
};
use aes::{Aes128, Aes192, Aes256};
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911;
use der::asn1::{Any, OctetString, OctetStringRef};
use der::{Decode, Encode, Sequence};
use ghash::GHash;
use ghash::universal_hash::UniversalHash;
use rc2::Rc2;
use spki::AlgorithmIdentifierOwned;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::{Error, Unsupported};

/// Bytes that are deciphered with one call.
const GCM_BLOCK: usize = 16;

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
    TripleDesCbc,
    DesCbc,
    /// RC2 with that many effective key bits.
    Rc2Cbc(u32),
}

/// desCBC (OIW), for reading only.
const DES_CBC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.7");
/// des-ede3-cbc (RFC 3370 §5.1).
const DES_EDE3_CBC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.3.7");
/// rc2-cbc (RFC 3370 §5.2).
const RC2_CBC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.3.2");

impl ContentCipher {
    /// Those whose identifier says everything.
    const NAMED: [(ObjectIdentifier, Self); 8] = [
        (rfc5911::ID_AES_128_CBC, Self::Aes128Cbc),
        (rfc5911::ID_AES_192_CBC, Self::Aes192Cbc),
        (rfc5911::ID_AES_256_CBC, Self::Aes256Cbc),
        (rfc5911::ID_AES_128_GCM, Self::Aes128Gcm),
        (rfc5911::ID_AES_192_GCM, Self::Aes192Gcm),
        (rfc5911::ID_AES_256_GCM, Self::Aes256Gcm),
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
            Self::Aes128Cbc | Self::Aes128Gcm => 16,
            Self::Aes192Cbc | Self::Aes192Gcm | Self::TripleDesCbc => 24,
            Self::Aes256Cbc | Self::Aes256Gcm => 32,
            Self::DesCbc => 8,
            // RFC 3370 §4.4: keys of 40, 64 and 128 bits have as many effective bits.
            Self::Rc2Cbc(bits) => (bits as usize).div_ceil(8).clamp(1, 128),
        }
    }

    /// Bytes of one block of CBC; 16 for GCM too.
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
        matches!(self, Self::Aes128Gcm | Self::Aes192Gcm | Self::Aes256Gcm)
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
            Self::TripleDesCbc => f.write_str("des-ede3-cbc"),
            Self::DesCbc => f.write_str("des-cbc"),
            Self::Rc2Cbc(bits) => write!(f, "rc2-{bits}-cbc"),
        }
    }
}

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
        let damaged = |_| Error::Parameters("of the content encryption");
        let known = ContentCipher::from_oid(&algorithm.oid);
        if known.is_none() && algorithm.oid != RC2_CBC {
            return Err(Unsupported::new("cipher", algorithm.oid).into());
        }
        let parameters = algorithm.parameters.as_ref().ok_or(Error::Parameters("of the content encryption"))?;
        let encoded = parameters.to_der().map_err(damaged)?;
        let (cipher, iv, tag_len) = match known {
            Some(cipher) if cipher.is_authenticated() => {
                let gcm = GcmParameters::from_der(&encoded).map_err(damaged)?;
                if !(12..=16).contains(&gcm.icv_len) || gcm.nonce.as_bytes().is_empty() {
                    return Err(Error::Parameters("the nonce or tag of GCM has an unusable length"));
                }
                (cipher, gcm.nonce.as_bytes().to_vec(), usize::from(gcm.icv_len))
            }
            Some(cipher) => (cipher, <&OctetStringRef>::from_der(&encoded).map_err(damaged)?.as_bytes().to_vec(), 0),
            None => {
                let (version, iv) = match Rc2Parameters::from_der(&encoded) {
                    Ok(rc2) => (rc2.version, rc2.iv.as_bytes().to_vec()),
                    // RC2 without a version means 32 effective bits (RFC 2268 §6).
                    Err(_) => (0, <&OctetStringRef>::from_der(&encoded).map_err(damaged)?.as_bytes().to_vec()),
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
        super::random(&mut iv)?;
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

/// AES with any of its key lengths.
enum Aes {
    A128(Box<Aes128>),
    A192(Box<Aes192>),
    A256(Box<Aes256>),
}

/// Runs `$body` with the block cipher inside.
macro_rules! with_aes {
    ($aes:expr, $cipher:ident => $body:expr) => {
        match $aes {
            Aes::A128($cipher) => $body,
            Aes::A192($cipher) => $body,
            Aes::A256($cipher) => $body,
        }
    };
}

impl Aes {
    fn new(key: &[u8]) -> Result<Self, Error> {
        let wrong = |_| Error::Key("the content key has another length");
        Ok(match key.len() {
            16 => Self::A128(Box::new(Aes128::new_from_slice(key).map_err(wrong)?)),
            24 => Self::A192(Box::new(Aes192::new_from_slice(key).map_err(wrong)?)),
            _ => Self::A256(Box::new(Aes256::new_from_slice(key).map_err(wrong)?)),
        })
    }

    fn encrypt_block(&self, block: &mut [u8; 16]) {
        with_aes!(self, aes => aes.encrypt_block(<&mut Array<u8, _>>::from(block)));
    }
}

fn check_key(algorithm: &ContentAlgorithm, key: &[u8]) -> Result<(), Error> {
    if key.len() == algorithm.cipher.key_len() { Ok(()) } else { Err(Error::Key("the content key has another length")) }
}

/// The counter and hash state of GCM (SP 800-38D §7).
struct Gcm {
    aes: Aes,
    hash: GHash,
    /// The counter block before the first of the content.
    first: [u8; 16],
    associated_len: u64,
    content_len: u64,
    /// Ciphertext that does not fill a block yet.
    rest: Vec<u8>,
}

impl Gcm {
    fn new(algorithm: &ContentAlgorithm, key: &[u8], associated_data: &[u8]) -> Result<Self, Error> {
        check_key(algorithm, key)?;
        let aes = Aes::new(key)?;
        let mut subkey = Zeroizing::new([0; 16]);
        aes.encrypt_block(&mut subkey);
        let mut hash = GHash::new(<&Array<u8, _>>::from(&*subkey));
        let first = first_counter(&hash, &algorithm.iv);
        hash.update_padded(associated_data);
        let associated_len = associated_data.len() as u64;
        Ok(Self { aes, hash, first, associated_len, content_len: 0, rest: Vec::new() })
    }

    fn hash(&mut self, mut ciphertext: &[u8]) {
        self.content_len += ciphertext.len() as u64;
        if !self.rest.is_empty() {
            let missing = GCM_BLOCK - self.rest.len();
            let (head, tail) = ciphertext.split_at(missing.min(ciphertext.len()));
            self.rest.extend_from_slice(head);
            ciphertext = tail;
            if self.rest.len() < GCM_BLOCK {
                return;
            }
            self.hash.update_padded(&self.rest);
            self.rest.clear();
        }
        let whole = ciphertext.len() - ciphertext.len() % GCM_BLOCK;
        let (blocks, rest) = ciphertext.split_at(whole);
        self.hash.update_padded(blocks);
        self.rest.extend_from_slice(rest);
    }

    fn tag(mut self, tag_len: usize) -> Vec<u8> {
        self.hash.update_padded(&self.rest);
        let mut lengths = [0; 16];
        let (associated, content) = lengths.split_at_mut(8);
        associated.copy_from_slice(&(self.associated_len * 8).to_be_bytes());
        content.copy_from_slice(&(self.content_len * 8).to_be_bytes());
        self.hash.update_padded(&lengths);
        let mut mask = self.first;
        self.aes.encrypt_block(&mut mask);
        self.hash.finalize().iter().zip(mask).map(|(hash, mask)| hash ^ mask).take(tag_len).collect()
    }
}

/// J0 (SP 800-38D §7.1 step 2).
fn first_counter(hash: &GHash, nonce: &[u8]) -> [u8; 16] {
    let mut first = [0; 16];
    if nonce.len() == 12 {
        first.iter_mut().zip(nonce).for_each(|(to, from)| *to = *from);
        first[15] = 1;
    } else {
        let mut hash = hash.clone();
        hash.update_padded(nonce);
        let mut lengths = [0; 16];
        lengths[8..].copy_from_slice(&(nonce.len() as u64 * 8).to_be_bytes());
        hash.update_padded(&lengths);
        first.copy_from_slice(&hash.finalize());
    }
    first
}

/// Applies the key stream of GCM from a position that is a multiple of 16 (counter of 32 bits, SP 800-38D §6.5).
fn apply_counter(aes: &Aes, first: &[u8; 16], position: u64, data: &mut [u8]) -> Result<(), Error> {
    let wrong = || Error::Parameters("GCM content is limited to 64 GiB");
    // The content starts one after the first counter block; an offset of 32 bits wraps as the standard says.
    let blocks = u32::try_from(position / 16).map_err(|_| wrong())?;
    let counter = u32::from_be_bytes([first[12], first[13], first[14], first[15]]);
    let mut start = *first;
    start[12..].copy_from_slice(&counter.wrapping_add(blocks).wrapping_add(1).to_be_bytes());
    with_aes!(aes, aes => {
        let core = ctr::CtrCore::<_, ctr::flavors::Ctr32BE>::inner_iv_init(aes.as_ref(), <&Array<u8, _>>::from(&start));
        let mut stream = aes::cipher::StreamCipherCoreWrapper::from_core(core);
        stream.try_apply_keystream(data).map_err(|_| wrong())
    })
}

/// Encrypts a stream.
pub struct Encryptor {
    mode: Encrypting,
}

enum Encrypting {
    Cbc {
        aes: Aes,
        /// The last ciphertext block, or the IV.
        previous: [u8; 16],
        /// Plaintext that does not fill a block yet.
        rest: Zeroizing<Vec<u8>>,
    },
    Gcm {
        gcm: Box<Gcm>,
        position: u64,
        /// Plaintext that does not fill a block yet.
        rest: Zeroizing<Vec<u8>>,
        tag_len: usize,
    },
}

impl Encryptor {
    /// Starts.
    ///
    /// # Errors
    /// When the key has the wrong length.
    pub fn new(algorithm: &ContentAlgorithm, key: &[u8], associated_data: &[u8]) -> Result<Self, Error> {
        check_key(algorithm, key)?;
        if algorithm.cipher.is_weak() {
            return Err(Error::Parameters("outdated ciphers are for reading only"));
        }
        let rest = Zeroizing::new(Vec::with_capacity(16));
        let mode = if algorithm.cipher.is_authenticated() {
            let gcm = Box::new(Gcm::new(algorithm, key, associated_data)?);
            Encrypting::Gcm { gcm, position: 0, rest, tag_len: algorithm.tag_len }
        } else {
            let previous = algorithm.iv.as_slice().try_into().map_err(|_| Error::Parameters("IV"))?;
            Encrypting::Cbc { aes: Aes::new(key)?, previous, rest }
        };
        Ok(Self { mode })
    }

    /// Encrypts some bytes and appends what is ready to `out`.
    ///
    /// # Errors
    /// When the content is longer than the cipher allows (GCM: 64 GiB).
    pub fn update(&mut self, plain: &[u8], out: &mut Vec<u8>) -> Result<(), Error> {
        let start = out.len();
        let (Encrypting::Cbc { rest, .. } | Encrypting::Gcm { rest, .. }) = &mut self.mode;
        let whole = (rest.len() + plain.len()) / 16 * 16;
        if whole == 0 {
            rest.extend_from_slice(plain);
            return Ok(());
        }
        let (now, later) = plain.split_at(whole - rest.len());
        out.extend_from_slice(rest);
        out.extend_from_slice(now);
        rest.clear();
        rest.extend_from_slice(later);
        let blocks = out.get_mut(start..).unwrap_or_default();
        match &mut self.mode {
            Encrypting::Cbc { aes, previous, .. } => {
                encrypt_cbc(aes, previous, blocks);
                Ok(())
            }
            Encrypting::Gcm { gcm, position, .. } => {
                apply_counter(&gcm.aes, &gcm.first, *position, blocks)?;
                *position += blocks.len() as u64;
                gcm.hash(blocks);
                Ok(())
            }
        }
    }

    /// Appends the rest (padding) and returns the tag of an authenticated cipher.
    ///
    /// # Errors
    /// As [`Encryptor::update`].
    pub fn finish(self, out: &mut Vec<u8>) -> Result<Option<Vec<u8>>, Error> {
        let start = out.len();
        match self.mode {
            Encrypting::Cbc { aes, mut previous, rest } => {
                // PKCS #7 padding: 1 to 16 bytes, each their number (RFC 5652 §6.3).
                let missing = 16 - rest.len();
                out.extend_from_slice(&rest);
                out.resize(start + 16, u8::try_from(missing).unwrap_or(16));
                encrypt_cbc(&aes, &mut previous, out.get_mut(start..).unwrap_or_default());
                Ok(None)
            }
            Encrypting::Gcm { mut gcm, position, rest, tag_len } => {
                out.extend_from_slice(&rest);
                let last = out.get_mut(start..).unwrap_or_default();
                apply_counter(&gcm.aes, &gcm.first, position, last)?;
                gcm.hash(last);
                Ok(Some(gcm.tag(tag_len)))
            }
        }
    }
}

fn encrypt_cbc(aes: &Aes, previous: &mut [u8; 16], data: &mut [u8]) {
    with_aes!(aes, aes => {
        let mut mode = cbc::Encryptor::inner_iv_init(aes.as_ref(), <&Array<u8, _>>::from(&*previous));
        let (blocks, _) = Array::slice_as_chunks_mut(data);
        mode.encrypt_blocks(blocks);
        if let Some(last) = blocks.last() {
            previous.copy_from_slice(last);
        }
    });
}

/// Checks a stream of ciphertext against its tag without decrypting anything.
pub struct Authenticator {
    gcm: Gcm,
    tag_len: usize,
}

impl Authenticator {
    /// Starts; the cipher must be an authenticated one.
    ///
    /// # Errors
    /// When the key has the wrong length or the cipher is not authenticated.
    pub fn new(algorithm: &ContentAlgorithm, key: &[u8], associated_data: &[u8]) -> Result<Self, Error> {
        if !algorithm.cipher.is_authenticated() {
            return Err(Error::Parameters("the cipher is not authenticated"));
        }
        Ok(Self { gcm: Gcm::new(algorithm, key, associated_data)?, tag_len: algorithm.tag_len })
    }

    /// Adds ciphertext.
    pub fn update(&mut self, ciphertext: &[u8]) {
        self.gcm.hash(ciphertext);
    }

    /// Compares in constant time.
    ///
    /// # Errors
    /// [`Error::Decryption`] when the tag does not match.
    pub fn verify(self, tag: &[u8]) -> Result<(), Error> {
        let expected = self.gcm.tag(self.tag_len);
        if expected.len() >= 12 && bool::from(expected.ct_eq(tag)) { Ok(()) } else { Err(Error::Decryption) }
    }
}

/// Decrypts from any block on. Knows nothing of padding or tags.
pub struct Decryptor {
    mode: Decrypting,
    iv: Vec<u8>,
}

enum Decrypting {
    Aes(Aes),
    TripleDes(Box<des::TdesEde3>),
    Des(Box<des::Des>),
    Rc2(Box<Rc2>),
    Gcm(Aes, [u8; 16]),
}

impl Decryptor {
    /// Starts.
    ///
    /// # Errors
    /// When the key has the wrong length.
    pub fn new(algorithm: &ContentAlgorithm, key: &[u8]) -> Result<Self, Error> {
        check_key(algorithm, key)?;
        let wrong = |_| Error::Key("the content key has another length");
        let mode = match algorithm.cipher {
            cipher if cipher.is_authenticated() => {
                let gcm = Gcm::new(algorithm, key, &[])?;
                Decrypting::Gcm(gcm.aes, gcm.first)
            }
            ContentCipher::TripleDesCbc => {
                Decrypting::TripleDes(Box::new(des::TdesEde3::new_from_slice(key).map_err(wrong)?))
            }
            ContentCipher::DesCbc => Decrypting::Des(Box::new(des::Des::new_from_slice(key).map_err(wrong)?)),
            ContentCipher::Rc2Cbc(bits) => Decrypting::Rc2(Box::new(Rc2::new_with_eff_key_len(key, bits as usize))),
            _ => Decrypting::Aes(Aes::new(key)?),
        };
        Ok(Self { mode, iv: algorithm.iv.clone() })
    }

    /// Decrypts in place. `position` is the offset of `data` in the ciphertext, a multiple of the block length; for CBC
    /// `data` is whole blocks and `previous` the ciphertext block before it (ignored at position 0, and by GCM).
    ///
    /// # Errors
    /// When lengths are not as said.
    pub fn decrypt(&self, position: u64, previous: &[u8], data: &mut [u8]) -> Result<(), Error> {
        let previous = if position == 0 { self.iv.as_slice() } else { previous };
        match &self.mode {
            Decrypting::Aes(aes) => with_aes!(aes, aes => decrypt_cbc(aes.as_ref(), previous, data)),
            Decrypting::TripleDes(cipher) => decrypt_cbc(cipher.as_ref(), previous, data),
            Decrypting::Des(cipher) => decrypt_cbc(cipher.as_ref(), previous, data),
            Decrypting::Rc2(cipher) => decrypt_cbc(cipher.as_ref(), previous, data),
            Decrypting::Gcm(aes, first) => {
                if position % 16 != 0 {
                    return Err(Error::Parameters("a position inside of a block"));
                }
                apply_counter(aes, first, position, data)
            }
        }
    }
}

fn decrypt_cbc<C: BlockCipherDecrypt + BlockSizeUser>(
    cipher: &C,
    previous: &[u8],
    data: &mut [u8],
) -> Result<(), Error> {
    let wrong = Error::Parameters("ciphertext that is no whole number of blocks");
    let iv = <&Block<C>>::try_from(previous).map_err(|_| wrong.clone())?;
    let (blocks, rest) = Array::slice_as_chunks_mut(data);
    if !rest.is_empty() {
        return Err(wrong);
    }
    cbc::Decryptor::inner_iv_init(cipher, iv).decrypt_blocks(blocks);
    Ok(())
}

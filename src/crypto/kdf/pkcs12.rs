//! The schemes of PKCS#12 (RFC 7292 appendices B and C) and, older still, PBES1 (RFC 8018 §6.1). For reading, and one of them for
//! files that old programs are to read.

use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeEncrypt, KeyInit, KeyIvInit, StreamCipher};
use const_oid::ObjectIdentifier;
use der::Sequence;
use der::asn1::{Any, OctetString};
use digest::Digest;
use rc4::Rc4;
use spki::AlgorithmIdentifierOwned;
use zeroize::{Zeroize, Zeroizing};

use super::{DAMAGED, Limits, bounded, decrypt_cbc};
use crate::crypto::cipher::{ContentAlgorithm, ContentCipher};
use crate::crypto::digest::with_digest;
use crate::crypto::{DigestAlgorithm, Error, Unsupported, random};

/// How a scheme makes its key.
#[derive(Clone, Copy)]
enum Kdf {
    /// The PKCS#12 KDF with SHA-1, from a BMPString.
    Pkcs12,
    /// PBKDF1 (RFC 8018 §5.1), from octets.
    Pbkdf1(DigestAlgorithm),
}

#[derive(Clone, Copy)]
enum Cipher {
    Cbc(ContentCipher),
    /// 3DES whose first key is the third too.
    TwoKeyTripleDes,
    Rc4,
}

/// A scheme by its identifier.
struct Scheme {
    oid: ObjectIdentifier,
    kdf: Kdf,
    cipher: Cipher,
    /// Bytes.
    key_len: usize,
}

const SCHEMES: [Scheme; 10] = {
    const fn scheme(oid: &str, kdf: Kdf, cipher: Cipher, key_len: usize) -> Scheme {
        Scheme { oid: ObjectIdentifier::new_unwrap(oid), kdf, cipher, key_len }
    }
    use Cipher::{Cbc, Rc4, TwoKeyTripleDes};
    use ContentCipher::{DesCbc, Rc2Cbc, TripleDesCbc};
    const MD5: Kdf = Kdf::Pbkdf1(DigestAlgorithm::Md5);
    const SHA1: Kdf = Kdf::Pbkdf1(DigestAlgorithm::Sha1);
    [
        scheme("1.2.840.113549.1.12.1.1", Kdf::Pkcs12, Rc4, 16),
        scheme("1.2.840.113549.1.12.1.2", Kdf::Pkcs12, Rc4, 5),
        scheme("1.2.840.113549.1.12.1.3", Kdf::Pkcs12, Cbc(TripleDesCbc), 24),
        scheme("1.2.840.113549.1.12.1.4", Kdf::Pkcs12, TwoKeyTripleDes, 16),
        scheme("1.2.840.113549.1.12.1.5", Kdf::Pkcs12, Cbc(Rc2Cbc(128)), 16),
        scheme("1.2.840.113549.1.12.1.6", Kdf::Pkcs12, Cbc(Rc2Cbc(40)), 5),
        scheme("1.2.840.113549.1.5.3", MD5, Cbc(DesCbc), 8),
        scheme("1.2.840.113549.1.5.6", MD5, Cbc(Rc2Cbc(64)), 8),
        scheme("1.2.840.113549.1.5.10", SHA1, Cbc(DesCbc), 8),
        scheme("1.2.840.113549.1.5.11", SHA1, Cbc(Rc2Cbc(64)), 8),
    ]
};

/// ```text
/// pkcs-12PbeParams ::= SEQUENCE { salt OCTET STRING, iterations INTEGER }
/// ```
/// (RFC 7292 appendix C; PBEParameter of RFC 8018 A.3 is the same)
#[derive(Sequence)]
struct PbeParameters {
    salt: OctetString,
    iterations: u64,
}

/// Which key the PKCS#12 KDF makes (RFC 7292 B.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pkcs12Purpose {
    /// An encryption key.
    Key = 1,
    /// An initialisation vector.
    Iv = 2,
    /// A MAC key.
    Mac = 3,
}

/// Decrypts by one of [`SCHEMES`]; `octets` is the password for PBES1, `bmp` for the others.
pub(super) fn decrypt(
    algorithm: &AlgorithmIdentifierOwned,
    octets: &[u8],
    bmp: &[u8],
    encrypted: &[u8],
    limits: &Limits,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let scheme = SCHEMES
        .iter()
        .find(|scheme| scheme.oid == algorithm.oid)
        .ok_or_else(|| Unsupported::new("password-based encryption", algorithm.oid))?;
    let parameters = algorithm.parameters.as_ref().ok_or(DAMAGED)?;
    let parameters: PbeParameters = parameters.decode_as().map_err(|_| DAMAGED)?;
    let (salt, iterations) = (parameters.salt.as_bytes(), bounded(parameters.iterations, limits)?);
    let (mut key, iv) = match scheme.kdf {
        Kdf::Pkcs12 => {
            let make = |purpose, length| pkcs12_derive(DigestAlgorithm::Sha1, bmp, salt, purpose, iterations, length);
            (make(Pkcs12Purpose::Key, scheme.key_len), make(Pkcs12Purpose::Iv, 8).to_vec())
        }
        Kdf::Pbkdf1(digest) => {
            let mut made = iterated(digest, &Zeroizing::new([octets, salt].concat()), iterations);
            let iv = made.get(8..16).unwrap_or_default().to_vec();
            made.truncate(8);
            (made, iv)
        }
    };
    let cipher = match scheme.cipher {
        Cipher::Rc4 => {
            let mut plain = Zeroizing::new(encrypted.to_vec());
            let applied = Rc4::new_from_slice(&key).map(|mut cipher| cipher.try_apply_keystream(&mut plain));
            return if let Ok(Ok(())) = applied { Ok(plain) } else { Err(Error::Decryption) };
        }
        Cipher::TwoKeyTripleDes => {
            let mut three = Zeroizing::new(Vec::with_capacity(24));
            three.extend_from_slice(&key);
            three.extend_from_slice(key.get(..8).unwrap_or_default());
            key = three;
            ContentCipher::TripleDesCbc
        }
        Cipher::Cbc(cipher) => cipher,
    };
    decrypt_cbc(&ContentAlgorithm { cipher, iv, tag_len: 0 }, &key, encrypted)
}

/// pbeWithSHAAnd3-KeyTripleDES-CBC.
const TRIPLE_DES: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1.3");

/// Encrypts with 3DES and a new salt.
pub(super) fn encrypt(bmp: &[u8], iterations: u32, plain: &[u8]) -> Result<(AlgorithmIdentifierOwned, Vec<u8>), Error> {
    let mut salt = [0; 8];
    random(&mut salt)?;
    let make = |purpose, length| pkcs12_derive(DigestAlgorithm::Sha1, bmp, &salt, purpose, iterations, length);
    let (key, iv) = (make(Pkcs12Purpose::Key, 24), make(Pkcs12Purpose::Iv, 8));
    let cipher = cbc::Encryptor::<des::TdesEde3>::new_from_slices(&key, &iv).map_err(|_| DAMAGED)?;
    let encrypted = cipher.encrypt_padded_vec::<Pkcs7>(plain);
    let salt = OctetString::new(salt.as_slice()).map_err(|_| DAMAGED)?;
    let parameters = PbeParameters { salt, iterations: iterations.into() };
    let parameters = Some(Any::encode_from(&parameters).map_err(|_| DAMAGED)?);
    Ok((AlgorithmIdentifierOwned { oid: TRIPLE_DES, parameters }, encrypted))
}

/// A digest of a digest of … the input.
fn iterated(digest: DigestAlgorithm, input: &[u8], iterations: u32) -> Zeroizing<Vec<u8>> {
    with_digest!(digest, Hash => {
        let mut hash = Hash::digest(input);
        for _ in 1..iterations {
            hash = Hash::digest(hash);
        }
        let kept = Zeroizing::new(hash.to_vec());
        hash.as_mut_slice().zeroize();
        kept
    })
}

/// A password as the PKCS#12 KDF takes it: BMPString with two final zero octets (RFC 7292 B.1).
#[must_use]
pub fn pkcs12_password(password: &str) -> Zeroizing<Vec<u8>> {
    // No octet of UTF-8 becomes more than two: nothing is left behind by growing.
    let mut bmp = Zeroizing::new(Vec::with_capacity(2 * password.len() + 2));
    bmp.extend(password.encode_utf16().chain([0]).flat_map(u16::to_be_bytes));
    bmp
}

/// The KDF of PKCS#12 (RFC 7292 B.2). `password` is what [`pkcs12_password`] gives, or empty for an absent one.
#[must_use]
pub fn pkcs12_derive(
    digest: DigestAlgorithm,
    password: &[u8],
    salt: &[u8],
    purpose: Pkcs12Purpose,
    iterations: u32,
    length: usize,
) -> Zeroizing<Vec<u8>> {
    let block = digest.block_len();
    let fill =
        |bytes: &[u8]| -> Vec<u8> { bytes.iter().copied().cycle().take(bytes.len().div_ceil(block) * block).collect() };
    let mut state = Zeroizing::new(fill(salt));
    state.extend_from_slice(&Zeroizing::new(fill(password)));
    let mut key = Zeroizing::new(Vec::with_capacity(length + digest.output_len()));
    while key.len() < length {
        let mut input = Zeroizing::new(vec![purpose as u8; block]);
        input.extend_from_slice(&state);
        let hash = iterated(digest, &input, iterations);
        key.extend_from_slice(&hash);
        // I_j = I_j + B + 1 mod 2^v, every block.
        let addend: Zeroizing<Vec<u8>> = Zeroizing::new(hash.iter().copied().cycle().take(block).collect());
        for chunk in state.chunks_mut(block) {
            let mut carry = 1u16;
            for (digit, add) in chunk.iter_mut().rev().zip(addend.iter().rev()) {
                carry += u16::from(*digit) + u16::from(*add);
                *digit = carry.to_be_bytes()[1];
                carry >>= 8;
            }
        }
    }
    key.truncate(length);
    key
}

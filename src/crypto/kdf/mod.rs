//! Password-based encryption of keys: PBES2 and PBES1 (RFC 8018), the PKCS#12 schemes (RFC 7292 appendix B), and MACs.

mod derivation;
mod pkcs12;

use const_oid::ObjectIdentifier;
use der::Sequence;
use der::asn1::Any;
use spki::AlgorithmIdentifierOwned;
use zeroize::Zeroizing;

pub use derivation::{derive, digest_of_hmac};
pub use pkcs12::{Pkcs12Purpose, pkcs12_derive, pkcs12_password};

use super::cipher::{ContentAlgorithm, ContentCipher, Decryptor, Encryptor};
use super::{DigestAlgorithm, Error, Unsupported};

const PBES2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.13");

const DAMAGED: Error = Error::Parameters("of the password-based encryption");

/// What deriving a key from a password may cost at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Iterations of PBKDF2 or the PKCS#12 KDF.
    pub iterations: u32,
    /// Bytes of memory for scrypt.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { iterations: 10_000_000, memory: 256 * 1024 * 1024 }
    }
}

/// ```text
/// PBES2-params ::= SEQUENCE { keyDerivationFunc AlgorithmIdentifier, encryptionScheme AlgorithmIdentifier }
/// ```
/// (RFC 8018 A.4)
#[derive(Sequence)]
struct Pbes2Parameters {
    derivation: AlgorithmIdentifierOwned,
    encryption: AlgorithmIdentifierOwned,
}

/// Decrypts data encrypted under a password with PBES2 (PBKDF2 or scrypt; AES-CBC, 3DES, DES, RC2), a PKCS#12 scheme (3DES,
/// RC2, RC4) or PBES1 (DES, RC2). `password` is UTF-8; PKCS#12 schemes turn it into a BMPString themselves, and take an
/// empty one for no password at all too.
///
/// # Errors
/// [`Error::Decryption`] when the padding shows that the password is wrong (RC4 has no padding, and a wrong password for
/// another cipher passes once in 256 times); the others as they say.
pub fn decrypt_with_password(
    algorithm: &AlgorithmIdentifierOwned,
    password: &str,
    encrypted: &[u8],
    limits: &Limits,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let try_with = |bmp: &[u8]| decrypt_with_passwords(algorithm, password.as_bytes(), bmp, encrypted, limits);
    match try_with(&pkcs12_password(password)) {
        Err(Error::Decryption) if password.is_empty() && algorithm.oid != PBES2 => try_with(&[]),
        result => result,
    }
}

/// [`decrypt_with_password`] with the password's bytes for either family given: odd writers encode it oddly.
///
/// # Errors
/// As [`decrypt_with_password`].
pub fn decrypt_with_passwords(
    algorithm: &AlgorithmIdentifierOwned,
    pbes2_password: &[u8],
    pkcs12_password: &[u8],
    encrypted: &[u8],
    limits: &Limits,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    if algorithm.oid != PBES2 {
        return pkcs12::decrypt(algorithm, pbes2_password, pkcs12_password, encrypted, limits);
    }
    let parameters = algorithm.parameters.as_ref().ok_or(DAMAGED)?;
    let parameters: Pbes2Parameters = parameters.decode_as().map_err(|_| DAMAGED)?;
    let cipher = ContentAlgorithm::from_identifier(&parameters.encryption)?;
    let key = derive(&parameters.derivation, pbes2_password, cipher.cipher.key_len(), limits)?;
    decrypt_cbc(&cipher, &key, encrypted)
}

/// Encrypts under a password: PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA-256.
///
/// # Errors
/// When the system has no randomness to give, or there are no iterations.
pub fn encrypt_with_password(
    password: &str,
    iterations: u32,
    plain: &[u8],
) -> Result<(AlgorithmIdentifierOwned, Vec<u8>), Error> {
    let (derivation, key) = derivation::new_pbkdf2(password.as_bytes(), iterations, 32)?;
    encrypt_pbes2(derivation, &key, plain)
}

/// Encrypts under a password as older programs read it: 3DES with a key of the PKCS#12 KDF and SHA-1 (RFC 7292 appendix C).
///
/// # Errors
/// As [`encrypt_with_password`].
pub fn encrypt_as_of_old(
    password: &str,
    iterations: u32,
    plain: &[u8],
) -> Result<(AlgorithmIdentifierOwned, Vec<u8>), Error> {
    pkcs12::encrypt(&pkcs12_password(password), iterations, plain)
}

/// Encrypts under a passphrase: PBES2 with AES-256-CBC and scrypt (RFC 7914; N = 2^`log_n`, r = 8, p = `parallelization`).
///
/// # Errors
/// When the system has no randomness to give, or the parameters cannot be used.
pub fn encrypt_with_scrypt(
    passphrase: &str,
    log_n: u8,
    parallelization: u32,
    plain: &[u8],
) -> Result<(AlgorithmIdentifierOwned, Vec<u8>), Error> {
    let (derivation, key) = derivation::new_scrypt(passphrase.as_bytes(), log_n, parallelization, 32)?;
    encrypt_pbes2(derivation, &key, plain)
}

fn encrypt_pbes2(
    derivation: AlgorithmIdentifierOwned,
    key: &[u8],
    plain: &[u8],
) -> Result<(AlgorithmIdentifierOwned, Vec<u8>), Error> {
    let cipher = ContentAlgorithm::generate(ContentCipher::Aes256Cbc)?;
    let mut encryptor = Encryptor::new(&cipher, key, &[])?;
    let mut encrypted = Vec::with_capacity(plain.len() + 16);
    encryptor.update(plain, &mut encrypted)?;
    encryptor.finish(&mut encrypted)?;
    let parameters = Pbes2Parameters { derivation, encryption: cipher.identifier() };
    let parameters = Some(Any::encode_from(&parameters).map_err(|_| Error::Parameters("encoding"))?);
    Ok((AlgorithmIdentifierOwned { oid: PBES2, parameters }, encrypted))
}

/// HMAC (RFC 2104).
#[must_use]
pub fn hmac(digest: DigestAlgorithm, key: &[u8], data: &[u8]) -> Vec<u8> {
    digest.hmac(key, &[data]).to_vec()
}

fn bounded(iterations: u64, limits: &Limits) -> Result<u32, Error> {
    match u32::try_from(iterations) {
        Ok(0) => Err(Error::Parameters("no iterations")),
        Ok(iterations) if iterations <= limits.iterations => Ok(iterations),
        _ => Err(Error::Limit("iterations")),
    }
}

/// CBC with PKCS #7 padding, in memory.
pub(super) fn decrypt_cbc(
    algorithm: &ContentAlgorithm,
    key: &[u8],
    encrypted: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    if algorithm.cipher.is_authenticated() {
        return Err(Unsupported::new("password-based encryption", algorithm.cipher.oid()).into());
    }
    let block = algorithm.cipher.block_len();
    if encrypted.is_empty() || !encrypted.len().is_multiple_of(block) {
        return Err(Error::Parameters("ciphertext that is no whole number of blocks"));
    }
    let mut plain = Zeroizing::new(encrypted.to_vec());
    Decryptor::new(algorithm, key)?.decrypt(0, &[], &mut plain)?;
    let padding = usize::from(plain.last().copied().unwrap_or(0));
    let body = plain.len().checked_sub(padding).ok_or(Error::Decryption)?;
    let fits = (1..=block).contains(&padding)
        && plain.get(body..).is_some_and(|tail| tail.iter().all(|byte| usize::from(*byte) == padding));
    if !fits {
        return Err(Error::Decryption);
    }
    plain.truncate(body);
    Ok(plain)
}

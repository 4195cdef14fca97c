//! Password-based encryption of keys: PBES2 (RFC 8018), the PKCS#12 schemes (RFC 7292 appendix B), and MACs.

use aes::cipher::KeyInit;
use const_oid::ObjectIdentifier;
use der::asn1::{Any, OctetString};
use der::{Choice, Decode, Encode, Sequence};
use hmac::{Hmac, Mac};
use spki::AlgorithmIdentifierOwned;
use zeroize::Zeroizing;

use super::cipher::{ContentAlgorithm, ContentCipher, Decryptor, Encryptor};
use super::{DigestAlgorithm, Error, Unsupported};

const PBES2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.13");
const PBKDF2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.12");
const SCRYPT: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.11591.4.11");

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

/// ```text
/// PBKDF2-params ::= SEQUENCE { salt CHOICE { specified OCTET STRING, otherSource AlgorithmIdentifier },
///     iterationCount INTEGER (1..MAX), keyLength INTEGER (1..MAX) OPTIONAL, prf AlgorithmIdentifier DEFAULT hmacWithSHA1 }
/// ```
/// (RFC 8018 A.2)
#[derive(Sequence)]
struct Pbkdf2Parameters {
    salt: Salt,
    iterations: u64,
    #[asn1(optional = "true")]
    key_length: Option<u64>,
    #[asn1(optional = "true")]
    prf: Option<AlgorithmIdentifierOwned>,
}

#[derive(Choice)]
enum Salt {
    #[asn1(type = "OCTET STRING")]
    Specified(OctetString),
}

/// ```text
/// scrypt-params ::= SEQUENCE { salt OCTET STRING, costParameter INTEGER (1..MAX), blockSize INTEGER (1..MAX),
///     parallelizationParameter INTEGER (1..MAX), keyLength INTEGER (1..MAX) OPTIONAL }
/// ```
/// (RFC 7914 §7.1)
#[derive(Sequence)]
struct ScryptParameters {
    salt: OctetString,
    cost: u64,
    block_size: u32,
    parallelization: u32,
    #[asn1(optional = "true")]
    key_length: Option<u64>,
}

/// ```text
/// pkcs-12PbeParams ::= SEQUENCE { salt OCTET STRING, iterations INTEGER }
/// ```
/// (RFC 7292 appendix C)
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

/// A cipher of the PKCS#12 schemes (RFC 7292 appendix C) with the length of its key in bytes.
#[derive(Clone, Copy)]
enum Pbe {
    TripleDes,
    TripleDesTwoKeys,
    Rc2(u32),
}

fn pbe(oid: ObjectIdentifier) -> Option<Pbe> {
    // pkcs-12PbeIds: 1.2.840.113549.1.12.1.{1..6}; 1 and 2 are RC4.
    let arcs: Vec<_> = oid.arcs().collect();
    match arcs.as_slice() {
        [1, 2, 840, 113_549, 1, 12, 1, 3] => Some(Pbe::TripleDes),
        [1, 2, 840, 113_549, 1, 12, 1, 4] => Some(Pbe::TripleDesTwoKeys),
        [1, 2, 840, 113_549, 1, 12, 1, 5] => Some(Pbe::Rc2(128)),
        [1, 2, 840, 113_549, 1, 12, 1, 6] => Some(Pbe::Rc2(40)),
        _ => None,
    }
}

/// Decrypts data encrypted under a password with PBES2 (PBKDF2 or scrypt; AES-CBC, 3DES, RC2) or a PKCS#12 PBE
/// (3DES, RC2-40/128). `password` is UTF-8; PKCS#12 schemes turn it into a BMPString themselves.
///
/// # Errors
/// [`Error::Decryption`] when the padding shows that the password is wrong; the others as they say.
pub fn decrypt_with_password(
    algorithm: &AlgorithmIdentifierOwned,
    password: &str,
    encrypted: &[u8],
    limits: &Limits,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let bmp = pkcs12_password(password);
    decrypt_with_passwords(algorithm, password.as_bytes(), &bmp, encrypted, limits)
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
    let damaged = |_| Error::Parameters("of the password-based encryption");
    let encoded = algorithm
        .parameters
        .as_ref()
        .ok_or(Error::Parameters("of the password-based encryption"))?
        .to_der()
        .map_err(damaged)?;
    if algorithm.oid == PBES2 {
        let parameters = Pbes2Parameters::from_der(&encoded).map_err(damaged)?;
        let cipher = ContentAlgorithm::from_identifier(&parameters.encryption)?;
        let key = derive(&parameters.derivation, pbes2_password, cipher.cipher.key_len(), limits)?;
        return decrypt_cbc(&cipher, &key, encrypted);
    }
    let scheme = pbe(algorithm.oid).ok_or_else(|| Unsupported::new("password-based encryption", algorithm.oid))?;
    let parameters = PbeParameters::from_der(&encoded).map_err(damaged)?;
    let iterations = bounded(parameters.iterations, limits)?;
    let derive = |purpose, length| {
        pkcs12_derive(DigestAlgorithm::Sha1, pkcs12_password, parameters.salt.as_bytes(), purpose, iterations, length)
    };
    let iv = derive(Pkcs12Purpose::Iv, 8).to_vec();
    match scheme {
        Pbe::TripleDes => {
            let algorithm = ContentAlgorithm { cipher: ContentCipher::TripleDesCbc, iv, tag_len: 0 };
            decrypt_cbc(&algorithm, &derive(Pkcs12Purpose::Key, 24), encrypted)
        }
        Pbe::TripleDesTwoKeys => {
            // Two-key 3DES: the first key again as the third.
            let mut key = derive(Pkcs12Purpose::Key, 16);
            key.extend_from_within(..8);
            let algorithm = ContentAlgorithm { cipher: ContentCipher::TripleDesCbc, iv, tag_len: 0 };
            decrypt_cbc(&algorithm, &key, encrypted)
        }
        Pbe::Rc2(bits) => {
            let algorithm = ContentAlgorithm { cipher: ContentCipher::Rc2Cbc(bits), iv, tag_len: 0 };
            decrypt_cbc(&algorithm, &derive(Pkcs12Purpose::Key, bits as usize / 8), encrypted)
        }
    }
}

/// Encrypts under a password: PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA-256.
///
/// # Errors
/// When the system has no randomness to give.
pub fn encrypt_with_password(
    password: &str,
    iterations: u32,
    plain: &[u8],
) -> Result<(AlgorithmIdentifierOwned, Vec<u8>), Error> {
    let mut salt = [0; 16];
    super::random(&mut salt)?;
    let mut key = Zeroizing::new([0; 32]);
    pbkdf2::pbkdf2_hmac::<sha2::Sha256>(password.as_bytes(), &salt, iterations, key.as_mut_slice());
    let failed = |_| Error::Parameters("encoding");
    let parameters = Pbkdf2Parameters {
        salt: Salt::Specified(OctetString::new(salt.as_slice()).map_err(failed)?),
        iterations: u64::from(iterations),
        key_length: None,
        prf: Some(AlgorithmIdentifierOwned { oid: hmac_oid(DigestAlgorithm::Sha256), parameters: Some(Any::null()) }),
    };
    let derivation =
        AlgorithmIdentifierOwned { oid: PBKDF2, parameters: Some(Any::encode_from(&parameters).map_err(failed)?) };
    encrypt_pbes2(derivation, &key[..], plain)
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
    let mut salt = [0; 16];
    super::random(&mut salt)?;
    let failed = |_| Error::Parameters("encoding");
    let parameters = ScryptParameters {
        salt: OctetString::new(salt.as_slice()).map_err(failed)?,
        cost: 1u64.checked_shl(u32::from(log_n)).unwrap_or(0),
        block_size: 8,
        parallelization,
        key_length: None,
    };
    let key = scrypt_key(&parameters, passphrase.as_bytes(), 32, &Limits { memory: u64::MAX, ..Limits::default() })?;
    let derivation =
        AlgorithmIdentifierOwned { oid: SCRYPT, parameters: Some(Any::encode_from(&parameters).map_err(failed)?) };
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

/// Derives a key by a KDF's identifier: PBKDF2 or scrypt (also for PBMAC1, RFC 9579).
///
/// # Errors
/// When the KDF is not built in, damaged, or asks for more than `limits` allow.
pub fn derive(
    kdf: &AlgorithmIdentifierOwned,
    password: &[u8],
    length: usize,
    limits: &Limits,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let damaged = |_| Error::Parameters("of the key derivation");
    if kdf.oid != PBKDF2 && kdf.oid != SCRYPT {
        return Err(Unsupported::new("key derivation", kdf.oid).into());
    }
    let encoded =
        kdf.parameters.as_ref().ok_or(Error::Parameters("of the key derivation"))?.to_der().map_err(damaged)?;
    if kdf.oid == SCRYPT {
        return scrypt_key(&ScryptParameters::from_der(&encoded).map_err(damaged)?, password, length, limits);
    }
    let parameters = Pbkdf2Parameters::from_der(&encoded).map_err(damaged)?;
    check_length(parameters.key_length, length)?;
    let iterations = bounded(parameters.iterations, limits)?;
    let digest = match &parameters.prf {
        None => DigestAlgorithm::Sha1,
        Some(prf) => hmac_digest(prf.oid)?,
    };
    let Salt::Specified(salt) = &parameters.salt;
    let mut key = Zeroizing::new(vec![0; length]);
    let salt = salt.as_bytes();
    match digest {
        DigestAlgorithm::Md5 => return Err(Unsupported::new("HMAC", digest.oid()).into()),
        DigestAlgorithm::Sha1 => pbkdf2::pbkdf2_hmac::<sha1::Sha1>(password, salt, iterations, &mut key),
        DigestAlgorithm::Sha224 => pbkdf2::pbkdf2_hmac::<sha2::Sha224>(password, salt, iterations, &mut key),
        DigestAlgorithm::Sha256 => pbkdf2::pbkdf2_hmac::<sha2::Sha256>(password, salt, iterations, &mut key),
        DigestAlgorithm::Sha384 => pbkdf2::pbkdf2_hmac::<sha2::Sha384>(password, salt, iterations, &mut key),
        DigestAlgorithm::Sha512 => pbkdf2::pbkdf2_hmac::<sha2::Sha512>(password, salt, iterations, &mut key),
    }
    Ok(key)
}

fn scrypt_key(
    parameters: &ScryptParameters,
    password: &[u8],
    length: usize,
    limits: &Limits,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let unusable = Error::Parameters("of scrypt");
    check_length(parameters.key_length, length)?;
    if !parameters.cost.is_power_of_two() || parameters.parallelization == 0 || parameters.parallelization > 64 {
        return Err(unusable);
    }
    let memory =
        parameters.cost.checked_mul(128).and_then(|memory| memory.checked_mul(u64::from(parameters.block_size)));
    if memory.is_none_or(|memory| memory > limits.memory) {
        return Err(Error::Limit("memory of scrypt"));
    }
    let log_n = u8::try_from(parameters.cost.trailing_zeros()).map_err(|_| unusable.clone())?;
    let settings =
        scrypt::Params::new(log_n, parameters.block_size, parameters.parallelization).map_err(|_| unusable.clone())?;
    let mut key = Zeroizing::new(vec![0; length]);
    scrypt::scrypt(password, parameters.salt.as_bytes(), &settings, &mut key).map_err(|_| unusable)?;
    Ok(key)
}

fn check_length(named: Option<u64>, length: usize) -> Result<(), Error> {
    if named.is_none_or(|named| named == length as u64) { Ok(()) } else { Err(Error::Parameters("another key length")) }
}

fn bounded(iterations: u64, limits: &Limits) -> Result<u32, Error> {
    match u32::try_from(iterations) {
        Ok(0) => Err(Error::Parameters("no iterations")),
        Ok(iterations) if iterations <= limits.iterations => Ok(iterations),
        _ => Err(Error::Limit("iterations")),
    }
}

/// id-hmacWithSHA1 and so on (RFC 8018 B.1.2).
fn hmac_digest(oid: ObjectIdentifier) -> Result<DigestAlgorithm, Error> {
    use DigestAlgorithm::{Sha1, Sha224, Sha256, Sha384, Sha512};
    [Sha1, Sha224, Sha256, Sha384, Sha512]
        .into_iter()
        .find(|digest| hmac_oid(*digest) == oid)
        .ok_or_else(|| Unsupported::new("HMAC", oid).into())
}

/// The identifier of HMAC with a digest; [`hmac_digest`] the other way round.
fn hmac_oid(digest: DigestAlgorithm) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(match digest {
        DigestAlgorithm::Md5 | DigestAlgorithm::Sha1 => "1.2.840.113549.2.7",
        DigestAlgorithm::Sha224 => "1.2.840.113549.2.8",
        DigestAlgorithm::Sha256 => "1.2.840.113549.2.9",
        DigestAlgorithm::Sha384 => "1.2.840.113549.2.10",
        DigestAlgorithm::Sha512 => "1.2.840.113549.2.11",
    })
}

/// The digest of an HMAC's identifier (PBMAC1, RFC 9579 §3).
///
/// # Errors
/// When it is not built in.
pub fn digest_of_hmac(algorithm: &AlgorithmIdentifierOwned) -> Result<DigestAlgorithm, Error> {
    hmac_digest(algorithm.oid)
}

/// HMAC (RFC 2104).
#[must_use]
pub fn hmac(digest: DigestAlgorithm, key: &[u8], data: &[u8]) -> Vec<u8> {
    macro_rules! compute {
        ($D:ty) => {
            <Hmac<$D> as KeyInit>::new_from_slice(key)
                .map(|mut mac| {
                    mac.update(data);
                    mac.finalize().into_bytes().to_vec()
                })
                .unwrap_or_default()
        };
    }
    match digest {
        DigestAlgorithm::Md5 => compute!(md5::Md5),
        DigestAlgorithm::Sha1 => compute!(sha1::Sha1),
        DigestAlgorithm::Sha224 => compute!(sha2::Sha224),
        DigestAlgorithm::Sha256 => compute!(sha2::Sha256),
        DigestAlgorithm::Sha384 => compute!(sha2::Sha384),
        DigestAlgorithm::Sha512 => compute!(sha2::Sha512),
    }
}

/// A password as the PKCS#12 KDF takes it: BMPString with two final zero octets (RFC 7292 B.1).
#[must_use]
pub fn pkcs12_password(password: &str) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(password.encode_utf16().chain([0]).flat_map(u16::to_be_bytes).collect())
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
    // v: the block length of the hash.
    let block = if matches!(digest, DigestAlgorithm::Sha384 | DigestAlgorithm::Sha512) { 128 } else { 64 };
    let fill =
        |bytes: &[u8]| -> Vec<u8> { bytes.iter().copied().cycle().take(bytes.len().div_ceil(block) * block).collect() };
    let mut state = Zeroizing::new(fill(salt));
    state.extend_from_slice(&Zeroizing::new(fill(password)));
    let mut key = Zeroizing::new(Vec::with_capacity(length + digest.output_len()));
    while key.len() < length {
        let mut input = Zeroizing::new(vec![purpose as u8; block]);
        input.extend_from_slice(&state);
        let mut hash = Zeroizing::new(digest.digest(&input));
        for _ in 1..iterations {
            hash = Zeroizing::new(digest.digest(&hash));
        }
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

/// CBC with PKCS #7 padding, in memory.
fn decrypt_cbc(algorithm: &ContentAlgorithm, key: &[u8], encrypted: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    if algorithm.cipher.is_authenticated() {
        return Err(Unsupported::new("password-based encryption", algorithm.cipher.oid()).into());
    }
    let block = algorithm.cipher.block_len();
    if encrypted.is_empty() || encrypted.len() % block != 0 {
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

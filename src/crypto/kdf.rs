//! Password-based encryption of keys: PBES2 (RFC 8018), the PKCS#12 schemes (RFC 7292 appendix B), and MACs.

use spki::AlgorithmIdentifierOwned;
use zeroize::Zeroizing;

use super::Error;

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

/// Decrypts data encrypted under a password with PBES2 (PBKDF2 or scrypt; AES-CBC, 3DES) or a PKCS#12 PBE
/// (3DES, RC2-40/128, RC4 optional). `password` is UTF-8; PKCS#12 schemes turn it into a BMPString themselves.
///
/// # Errors
/// [`Error::Decryption`] when the padding shows that the password is wrong; the others as they say.
pub fn decrypt_with_password(
    algorithm: &AlgorithmIdentifierOwned,
    password: &str,
    encrypted: &[u8],
    limits: &Limits,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let _ = (algorithm, password, encrypted, limits);
    todo!()
}

//! Where private keys are kept. A vault never hands out key bytes except for an explicit export.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use der::Encode;
use secrecy::SecretString;
use spki::SubjectPublicKeyInfoOwned;
use zeroize::Zeroizing;

use crate::crypto::{DigestAlgorithm, PrivateKey, PrivateKeyOperations, hex};

mod file;
mod keyring;
mod memory;
mod pieces;
#[cfg(test)]
mod tests;

pub use file::FileVault;
pub use keyring::KeyringVault;
pub use memory::MemoryVault;

/// Why a vault did not do what was asked. Never carries a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// A passphrase is needed first ([`Vault::unlock`]), or the system asked for one and got none.
    #[error("the vault is locked")]
    Locked,
    /// The passphrase is wrong.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// No keeper answers: no Secret Service on this session, no keychain.
    #[error("no system keyring answers: {0}")]
    Unavailable(String),
    /// It does not hold that key.
    #[error("the vault does not hold this key")]
    Missing,
    /// What it holds is damaged.
    #[error("the stored key is damaged")]
    Damaged,
    /// The file that tells a right passphrase is damaged or gone, and so is every key beside it that could tell.
    #[error("{} is damaged", .0.display())]
    PassphraseFile(PathBuf),
    /// One of its files could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The system's keyring answers, but cannot write.
    #[error("the keyring cannot write: {0}")]
    Unwritten(String),
    /// Something else failed.
    #[error("{0}")]
    Failed(String),
}

/// What the system says about a file.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}: {error}", path.display())]
pub struct FileError {
    /// The file.
    pub path: PathBuf,
    /// Whether it was to be written.
    pub writing: bool,
    /// What the system says.
    pub error: Arc<io::Error>,
}

impl FileError {
    fn reading(path: &Path, error: io::Error) -> Self {
        Self { path: path.to_owned(), writing: false, error: Arc::new(error) }
    }

    fn writing(path: &Path, error: io::Error) -> Self {
        Self { path: path.to_owned(), writing: true, error: Arc::new(error) }
    }
}

impl PartialEq for FileError {
    fn eq(&self, other: &Self) -> bool {
        (&self.path, self.writing, self.error.kind()) == (&other.path, other.writing, other.error.kind())
    }
}

impl Eq for FileError {}

/// A keeper of private keys, each under its [`key_id`].
pub trait Vault: Send + Sync {
    /// `keyring`, `file` or `memory`.
    fn name(&self) -> &'static str;
    /// Whether keys can be used now; [`VaultError::Locked`] or [`VaultError::Unavailable`] otherwise.
    ///
    /// # Errors
    /// Why they cannot.
    fn ready(&self) -> Result<(), VaultError>;
    /// Unlocks with a passphrase; a vault without one accepts anything. The first passphrase of a new file sets it.
    ///
    /// # Errors
    /// When it is wrong.
    fn unlock(&self, passphrase: &SecretString) -> Result<(), VaultError>;
    /// Forgets the passphrase and the keys that it opened.
    fn lock(&self);
    /// Stores a key, replacing an entry of the same id only by the same key.
    ///
    /// # Errors
    /// When locked, unavailable or out of space.
    fn store(&self, id: &str, key: &PrivateKey) -> Result<(), VaultError>;
    /// A handle to a key.
    ///
    /// # Errors
    /// When locked, unavailable, missing or damaged.
    fn key(&self, id: &str) -> Result<Arc<dyn PrivateKeyOperations>, VaultError>;
    /// Removes a key; a missing one is no error.
    ///
    /// # Errors
    /// When locked or unavailable.
    fn remove(&self, id: &str) -> Result<(), VaultError>;
    /// The key as PKCS #8, for an export that the user asked for.
    ///
    /// # Errors
    /// As [`Vault::key`].
    fn export(&self, id: &str) -> Result<Zeroizing<Vec<u8>>, VaultError>;
}

/// What a key is called in a vault: the lower-case hexadecimal SHA-256 of the public key (SubjectPublicKeyInfo, DER) as
/// [`PrivateKeyOperations::public_key`] gives it.
#[must_use]
pub fn key_id(public: &SubjectPublicKeyInfoOwned) -> String {
    // A structure that was decoded or built can be encoded; if not, the empty hash finds no key.
    let der = public.to_der().unwrap_or_default();
    hex::encode(&DigestAlgorithm::Sha256.digest(&der))
}

/// A key from the PKCS #8 that a keeper gave back. Its public half names the entry, so any damage shows.
fn decode(id: &str, pkcs8: &[u8]) -> Result<PrivateKey, VaultError> {
    let key = PrivateKey::from_pkcs8(pkcs8).map_err(|_| VaultError::Damaged)?;
    if key_id(key.public_key()) == id { Ok(key) } else { Err(VaultError::Damaged) }
}

/// The PKCS #8 of a key that is to be stored under `id`.
fn encode(id: &str, key: &PrivateKey) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    if key_id(key.public_key()) != id {
        return Err(VaultError::Failed("a key is stored under its own id only".to_owned()));
    }
    key.to_pkcs8().map_err(|error| VaultError::Failed(error.to_string()))
}

/// Runs `action` on what a mutex guards; a panic elsewhere has not made that unusable.
fn lock<T>(mutex: &std::sync::Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

//! Where private keys are kept. A vault never hands out key bytes except for an explicit export.

use std::sync::Arc;

use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::crypto::{PrivateKey, PrivateKeyOperations};

mod file;
mod keyring;
mod memory;

pub use file::FileVault;
pub use keyring::KeyringVault;
pub use memory::MemoryVault;

/// Why a vault did not do what was asked. Never carries a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// A passphrase is needed first ([`Vault::unlock`]).
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
    /// Something else failed: disk, permission.
    #[error("{0}")]
    Failed(String),
}

/// A keeper of private keys, by the lower-case hexadecimal SHA-256 of the public key (SubjectPublicKeyInfo, DER).
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
    /// Forgets the passphrase.
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

//! Keys in memory alone: for tests, samples and runs without a wallet.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use secrecy::SecretString;
use zeroize::Zeroizing;

use super::{Vault, VaultError, decode, encode, lock};
use crate::crypto::{PrivateKey, PrivateKeyOperations};

/// Keeps keys until it is dropped, and wipes them then. It cannot be locked.
#[derive(Default)]
pub struct MemoryVault {
    keys: Mutex<HashMap<String, Arc<PrivateKey>>>,
}

impl std::fmt::Debug for MemoryVault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MemoryVault")
    }
}

impl MemoryVault {
    /// An empty vault.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn get(&self, id: &str) -> Result<Arc<PrivateKey>, VaultError> {
        lock(&self.keys).get(id).cloned().ok_or(VaultError::Missing)
    }
}

impl Vault for MemoryVault {
    fn name(&self) -> &'static str {
        "memory"
    }

    fn ready(&self) -> Result<(), VaultError> {
        Ok(())
    }

    fn unlock(&self, _: &SecretString) -> Result<(), VaultError> {
        Ok(())
    }

    fn lock(&self) {}

    fn store(&self, id: &str, key: &PrivateKey) -> Result<(), VaultError> {
        let copy = decode(id, &encode(id, key)?)?;
        lock(&self.keys).insert(id.to_owned(), Arc::new(copy));
        Ok(())
    }

    fn key(&self, id: &str) -> Result<Arc<dyn PrivateKeyOperations>, VaultError> {
        Ok(self.get(id)?)
    }

    fn remove(&self, id: &str) -> Result<(), VaultError> {
        lock(&self.keys).remove(id);
        Ok(())
    }

    fn export(&self, id: &str) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        encode(id, &*self.get(id)?)
    }
}

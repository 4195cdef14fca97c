//! Keyring vault.

/// The vault.
#[derive(Debug)]
pub struct KeyringVault;

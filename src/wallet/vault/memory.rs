//! Memory vault.

/// The vault.
#[derive(Debug)]
pub struct MemoryVault;

//! File vault.

/// The vault.
#[derive(Debug)]
pub struct FileVault;

//! Identities, contacts and authorities: certificates and settings in one SQLite file, private keys in a [`Vault`].

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use crate::crypto::{ContentCipher, PrivateKeyOperations};
use crate::mime::address::Address;
use crate::pki::Certificate;

pub mod import;
pub mod pkcs12;
pub mod store;
pub mod vault;

pub use import::{ImportError, Imported};
pub use vault::{Vault, VaultError};

/// Why the wallet could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum WalletError {
    /// The database could not be read or written.
    #[error("the wallet's database: {0}")]
    Store(String),
    /// Its folder could not be made or read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The keeper of the private keys refused.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The file was written by a newer version.
    #[error("the wallet was written by a newer version")]
    Newer,
    /// There is no such entry.
    #[error("no such entry")]
    Missing,
}

/// One of my certificates with its private key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The certificate.
    pub certificate: Certificate,
    /// A name given at import (PKCS#12 friendlyName), if any.
    pub label: Option<String>,
    /// Certificates that came with it, issuer first.
    pub chain: Vec<Certificate>,
    /// Preferred for signing among those with the same address.
    pub default_signing: bool,
    /// Preferred for encryption to myself.
    pub default_encryption: bool,
    /// When it was imported.
    pub added: Timestamp,
}

/// Somebody else's certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The certificate.
    pub certificate: Certificate,
    /// Trusted by the user for its address since then.
    pub pinned: Option<Timestamp>,
    /// The user said not to trust it.
    pub distrusted: bool,
    /// Ciphers that its owner said to read, best first, and when that was signed.
    pub capabilities: Option<(Vec<ContentCipher>, Timestamp)>,
    /// When it was added.
    pub added: Timestamp,
}

/// An authority's certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// The certificate.
    pub certificate: Certificate,
    /// Trusted for mail since then; `None`: only used to build chains.
    pub trusted: Option<Timestamp>,
    /// The user said not to trust it.
    pub distrusted: bool,
}

/// The wallet. Calls are short and thread-safe.
pub struct Wallet {
    vault: Arc<dyn Vault>, /* and the store, behind a mutex */
}

impl Wallet {
    /// Opens the wallet in a folder, making both when they do not exist (0700, the file 0600).
    ///
    /// # Errors
    /// When the folder or file cannot be used.
    pub fn open(dir: &Path, vault: Arc<dyn Vault>) -> Result<Self, WalletError> {
        let _ = dir;
        Ok(Self { vault })
    }
    /// A wallet in memory that vanishes with the program.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn in_memory() -> Result<Self, WalletError> {
        todo!()
    }
    /// The folder where a wallet lies by default (`directories`).
    #[must_use]
    pub fn default_dir() -> Option<std::path::PathBuf> {
        todo!()
    }
    /// The keeper of the keys.
    #[must_use]
    pub fn vault(&self) -> &Arc<dyn Vault> {
        &self.vault
    }

    /// All identities, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn identities(&self) -> Result<Vec<Identity>, WalletError> {
        todo!()
    }
    /// All contacts.
    ///
    /// # Errors
    /// As [`Wallet::identities`].
    pub fn contacts(&self) -> Result<Vec<Contact>, WalletError> {
        todo!()
    }
    /// All authorities.
    ///
    /// # Errors
    /// As [`Wallet::identities`].
    pub fn authorities(&self) -> Result<Vec<Authority>, WalletError> {
        todo!()
    }
    /// The private key of an identity.
    ///
    /// # Errors
    /// When the vault is locked, not there, or does not hold it.
    pub fn key(&self, certificate: &Certificate) -> Result<Arc<dyn PrivateKeyOperations>, WalletError> {
        let _ = certificate;
        todo!()
    }
    /// Adds an identity: first the key to the vault, then the certificate; if the second fails the first is undone.
    ///
    /// # Errors
    /// When the vault or the database refuses.
    pub fn add_identity(
        &self,
        certificate: &Certificate,
        chain: &[Certificate],
        label: Option<&str>,
        key: &crate::crypto::PrivateKey,
        now: Timestamp,
    ) -> Result<(), WalletError> {
        let _ = (certificate, chain, label, key, now);
        todo!()
    }
    /// Adds somebody's certificate, or an authority's if it is a CA. Adding it again changes nothing and returns false.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn add_certificate(&self, certificate: &Certificate, now: Timestamp) -> Result<bool, WalletError> {
        let _ = (certificate, now);
        todo!()
    }
    /// Trusts an authority for mail, or pins a contact's certificate; `None` takes that back.
    ///
    /// # Errors
    /// [`WalletError::Missing`] when it is not in the wallet.
    pub fn set_trust(&self, certificate: &Certificate, since: Option<Timestamp>) -> Result<(), WalletError> {
        let _ = (certificate, since);
        todo!()
    }
    /// Distrusts a certificate, or takes that back.
    ///
    /// # Errors
    /// [`WalletError::Missing`] when it is not in the wallet.
    pub fn set_distrust(&self, certificate: &Certificate, distrusted: bool) -> Result<(), WalletError> {
        let _ = (certificate, distrusted);
        todo!()
    }
    /// Prefers an identity for signing, for encryption, or both, among those with a common address.
    ///
    /// # Errors
    /// [`WalletError::Missing`] when it is not in the wallet.
    pub fn set_default(&self, certificate: &Certificate, signing: bool, encryption: bool) -> Result<(), WalletError> {
        let _ = (certificate, signing, encryption);
        todo!()
    }
    /// Removes an entry and, for an identity, its key from the vault.
    ///
    /// # Errors
    /// [`WalletError::Missing`] when it is not in the wallet; when the vault refuses, nothing is removed.
    pub fn remove(&self, certificate: &Certificate) -> Result<(), WalletError> {
        let _ = certificate;
        todo!()
    }
    /// Identities that can sign for an address, the preferred first, expired ones (at `now`) left out.
    ///
    /// # Errors
    /// As [`Wallet::identities`].
    pub fn signing_identities(&self, address: &Address, now: Timestamp) -> Result<Vec<Identity>, WalletError> {
        let _ = (address, now);
        todo!()
    }
    /// Remembers the ciphers that a signer says to read, if newer than what is known.
    ///
    /// # Errors
    /// [`WalletError::Missing`] when it is not in the wallet.
    pub fn remember_capabilities(
        &self,
        certificate: &Certificate,
        ciphers: &[ContentCipher],
        signed: Timestamp,
    ) -> Result<(), WalletError> {
        let _ = (certificate, ciphers, signed);
        todo!()
    }
    /// A setting.
    ///
    /// # Errors
    /// As [`Wallet::identities`].
    pub fn setting(&self, name: &str) -> Result<Option<String>, WalletError> {
        let _ = name;
        todo!()
    }
    /// Changes a setting.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn set_setting(&self, name: &str, value: &str) -> Result<(), WalletError> {
        let _ = (name, value);
        todo!()
    }
    /// Adds a line to the history.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn record(&self, entry: &HistoryEntry) -> Result<(), WalletError> {
        let _ = entry;
        todo!()
    }
    /// The history, newest first, at most `limit` lines.
    ///
    /// # Errors
    /// As [`Wallet::identities`].
    pub fn history(&self, limit: usize) -> Result<Vec<HistoryEntry>, WalletError> {
        let _ = limit;
        todo!()
    }
    /// Checks the wallet: database integrity, every identity's key present in the vault. Returns what is wrong.
    ///
    /// # Errors
    /// When the database cannot be read at all.
    pub fn check(&self) -> Result<Vec<String>, WalletError> {
        todo!()
    }
}

/// What was done with a file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct HistoryEntry {
    /// When.
    pub at: Timestamp,
    /// `verify`, `decrypt`, `sign`, `encrypt`.
    pub action: String,
    /// Which file.
    pub file: String,
    /// What came out: a verdict's code, `ok`, or a failure's code.
    pub outcome: String,
    /// Fingerprint of the certificate that was used, if any.
    pub certificate: Option<String>,
    /// The file that was written, if any.
    pub output: Option<String>,
}

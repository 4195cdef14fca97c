//! Identities, contacts and authorities: certificates and settings in one SQLite file, private keys in a [`Vault`].

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::crypto::{ContentCipher, PrivateKey, PrivateKeyOperations};
use crate::mime::address::Address;
use crate::pki::Certificate;

mod addition;
mod encrypted_key;
mod entry;
pub mod import;
pub mod pkcs12;
mod requests;
mod store;
pub mod vault;

use addition::{Addition, KeyOf, NewIdentity, same_key};
use store::Store;
use vault::MemoryVault;

pub use entry::{Authority, Contact, Fault, HistoryEntry, Identity, Request, StoreFault, WalletError};
pub use import::{ImportError, ImportNote, Imported};
pub use vault::{Vault, VaultError};

/// The setting that says whether built-in roots are trusted, and how it says that they are not.
const BUILT_IN_ROOTS: &str = "built-in-roots";
const OFF: &str = "off";
/// The setting that says whether the system's authorities are trusted, and how it says that they are.
const SYSTEM_ROOTS: &str = "system-roots";
const ON: &str = "on";

/// The wallet. Calls are short and thread-safe.
pub struct Wallet {
    store: Store,
    vault: Arc<dyn Vault>,
}

impl std::fmt::Debug for Wallet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wallet").field("vault", &self.vault.name()).finish_non_exhaustive()
    }
}

impl Wallet {
    /// The name of the database in the wallet's folder.
    pub const FILE: &'static str = "wallet.db";

    /// Opens the wallet in a folder, making both when they do not exist (0700, the file 0600).
    ///
    /// # Errors
    /// When the folder or file cannot be used.
    pub fn open(dir: &Path, vault: Arc<dyn Vault>) -> Result<Self, WalletError> {
        private_folder(dir)?;
        Ok(Self { store: Store::open(&dir.join(Self::FILE))?, vault })
    }
    /// A wallet in memory that vanishes with the program.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn in_memory() -> Result<Self, WalletError> {
        Ok(Self { store: Store::in_memory()?, vault: Arc::new(MemoryVault::new()) })
    }
    /// The folder where a wallet lies by default (`directories`).
    #[must_use]
    pub fn default_dir() -> Option<PathBuf> {
        directories::ProjectDirs::from("", "", "Waxwing").map(|dirs| dirs.data_dir().to_owned())
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
        self.store.identities()
    }
    /// All contacts.
    ///
    /// # Errors
    /// As [`Wallet::identities`].
    pub fn contacts(&self) -> Result<Vec<Contact>, WalletError> {
        self.store.contacts()
    }
    /// All authorities.
    ///
    /// # Errors
    /// As [`Wallet::identities`].
    pub fn authorities(&self) -> Result<Vec<Authority>, WalletError> {
        self.store.authorities()
    }
    /// The authorities that the user trusts for mail.
    ///
    /// # Errors
    /// As [`Wallet::identities`].
    pub fn anchors(&self) -> Result<Vec<Certificate>, WalletError> {
        let trusted = |authority: Authority| authority.trusted.map(|_| authority.certificate);
        Ok(self.authorities()?.into_iter().filter_map(trusted).collect())
    }
    /// Every certificate of the wallet once, in no order.
    ///
    /// # Errors
    /// As [`Wallet::identities`].
    pub fn certificates(&self) -> Result<Vec<Certificate>, WalletError> {
        self.store.certificates()
    }
    /// The private key of an identity.
    ///
    /// # Errors
    /// [`WalletError::Missing`] when the certificate is no identity; when the vault is locked, not there, or does not hold
    /// the key.
    pub fn key(&self, certificate: &Certificate) -> Result<Arc<dyn PrivateKeyOperations>, WalletError> {
        Ok(self.vault.key(&self.store.key_of(certificate)?)?)
    }
    /// Adds an identity: first the key to the vault, then the certificate; if the second fails the first is undone.
    ///
    /// # Errors
    /// [`WalletError::OtherKey`]; when the vault or the database refuses.
    pub fn add_identity(
        &self,
        certificate: &Certificate,
        chain: &[Certificate],
        label: Option<&str>,
        key: &PrivateKey,
        now: Timestamp,
    ) -> Result<(), WalletError> {
        let identity = NewIdentity {
            certificate: certificate.clone(),
            chain: chain.to_vec(),
            label: label.map(str::to_owned),
            key: KeyOf::New(key),
        };
        self.add(&Addition { identities: vec![identity], certificates: Vec::new() }, now)?;
        Ok(())
    }
    /// Adds somebody's certificate, or an authority's if it is a CA. Adding it again changes nothing and returns false.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn add_certificate(&self, certificate: &Certificate, now: Timestamp) -> Result<bool, WalletError> {
        Ok(!self.add_certificates(vec![certificate.clone()], now)?.is_empty())
    }

    /// The same with several, all or nothing; those that were new come back.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn add_certificates(
        &self,
        certificates: Vec<Certificate>,
        now: Timestamp,
    ) -> Result<Vec<Certificate>, WalletError> {
        Ok(self.add(&Addition { identities: Vec::new(), certificates }, now)?.certificates)
    }

    /// Trusts an authority for mail, or pins a contact's certificate; `None` takes that back. Trust ends distrust. One of my
    /// own certificates can be pinned too: it then stands among the contacts as well.
    ///
    /// # Errors
    /// [`WalletError::Missing`] when it is not in the wallet.
    pub fn set_trust(&self, certificate: &Certificate, since: Option<Timestamp>) -> Result<(), WalletError> {
        self.store.set_trust(certificate, since, None)
    }
    /// Pins a contact's certificate for one address alone, whether the certificate names it or not. [`Wallet::set_trust`] takes that
    /// back or makes a pin for all its addresses of it.
    ///
    /// # Errors
    /// [`WalletError::Missing`] when it is not in the wallet, [`WalletError::Authority`] when it is an authority's.
    pub fn set_trust_for(
        &self,
        certificate: &Certificate,
        since: Timestamp,
        address: &Address,
    ) -> Result<(), WalletError> {
        if certificate.is_ca() {
            return Err(WalletError::Authority);
        }
        self.store.set_trust(certificate, Some(since), Some(address))
    }
    /// Distrusts a certificate, which ends trust, or takes that back.
    ///
    /// # Errors
    /// [`WalletError::Missing`] when it is not in the wallet.
    pub fn set_distrust(&self, certificate: &Certificate, distrusted: bool) -> Result<(), WalletError> {
        self.store.set_distrust(certificate, distrusted)
    }
    /// Prefers an identity for signing, for encryption, or both, over all others with a common address; `false` leaves that
    /// preference as it is.
    ///
    /// # Errors
    /// [`WalletError::Missing`] when it is not in the wallet.
    pub fn set_default(&self, certificate: &Certificate, signing: bool, encryption: bool) -> Result<(), WalletError> {
        self.store.set_default(certificate, signing, encryption)
    }
    /// Removes an entry and, for an identity, its key from the vault (unless another identity has the same key).
    ///
    /// # Errors
    /// [`WalletError::Missing`] when it is not in the wallet; when the vault refuses, nothing is removed.
    pub fn remove(&self, certificate: &Certificate) -> Result<(), WalletError> {
        if let Ok(id) = self.store.key_of(certificate) {
            // What the user may be asked for is asked before the database is held.
            match self.vault.key(&id) {
                Ok(_) | Err(VaultError::Missing | VaultError::Damaged) => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.store.remove(certificate, |key| Ok(self.vault.remove(key)?))
    }
    /// Remembers the ciphers that a signer says to read, if newer than what is known.
    ///
    /// # Errors
    /// [`WalletError::Missing`] when it is not among the contacts.
    pub fn remember_capabilities(
        &self,
        certificate: &Certificate,
        ciphers: &[ContentCipher],
        signed: Timestamp,
    ) -> Result<(), WalletError> {
        self.store.remember_capabilities(certificate, ciphers, signed)
    }
    /// An identity as a .p12 file ([`pkcs12::write`]) under a password of its own.
    ///
    /// # Errors
    /// [`WalletError::Missing`] when the certificate is no identity; when the vault does not give the key or the file cannot be
    /// made.
    pub fn export_p12(
        &self,
        certificate: &Certificate,
        password: &SecretString,
    ) -> Result<Zeroizing<Vec<u8>>, WalletError> {
        self.export_p12_as(pkcs12::Protection::Modern, certificate, password)
    }
    /// [`Wallet::export_p12`] in a form of choice.
    ///
    /// # Errors
    /// As [`Wallet::export_p12`].
    pub fn export_p12_as(
        &self,
        protection: pkcs12::Protection,
        certificate: &Certificate,
        password: &SecretString,
    ) -> Result<Zeroizing<Vec<u8>>, WalletError> {
        let identity = self.identities()?.into_iter().find(|identity| identity.certificate == *certificate);
        let Identity { chain, label, .. } = identity.ok_or(WalletError::Missing)?;
        let pkcs8 = self.vault.export(&self.store.key_of(certificate)?)?;
        let failed = |error: &dyn std::fmt::Display| WalletError::Export(error.to_string());
        let key = PrivateKey::from_pkcs8(&pkcs8).map_err(|error| failed(&error))?;
        let label = label.unwrap_or_else(|| certificate.name());
        pkcs12::write_as(protection, &key, certificate, &chain, &label, password).map_err(|error| failed(&error))
    }
    /// Certificates of authorities that were part of a good chain, newest first. They help to build chains where a message comes
    /// without them; that they stand here makes nobody trusted.
    ///
    /// # Errors
    /// As [`Wallet::identities`].
    pub fn seen(&self) -> Result<Vec<Certificate>, WalletError> {
        self.store.seen()
    }
    /// Remembers such certificates; of more than a thousand the oldest are forgotten.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn remember_seen(&self, certificates: &[Certificate], now: Timestamp) -> Result<(), WalletError> {
        self.store.add_seen(certificates, now)
    }
    /// A setting.
    ///
    /// # Errors
    /// As [`Wallet::identities`].
    pub fn setting(&self, name: &str) -> Result<Option<String>, WalletError> {
        self.store.setting(name)
    }
    /// Changes a setting.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn set_setting(&self, name: &str, value: &str) -> Result<(), WalletError> {
        self.store.set_setting(name, value)
    }
    /// Whether the authorities that are built in are trusted ([`crate::pki::roots`]); they are, until the user decides otherwise.
    ///
    /// # Errors
    /// As [`Wallet::identities`].
    pub fn trusts_built_in_roots(&self) -> Result<bool, WalletError> {
        Ok(self.setting(BUILT_IN_ROOTS)?.is_none_or(|value| value != OFF))
    }
    /// Decides it.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn set_trusts_built_in_roots(&self, trusts: bool) -> Result<(), WalletError> {
        self.set_setting(BUILT_IN_ROOTS, if trusts { ON } else { OFF })
    }
    /// Whether the authorities of the operating system are trusted ([`crate::pki::system`]); they are not, until the user decides
    /// otherwise: that list is made for websites.
    ///
    /// # Errors
    /// As [`Wallet::identities`].
    pub fn trusts_system_roots(&self) -> Result<bool, WalletError> {
        Ok(self.setting(SYSTEM_ROOTS)?.is_some_and(|value| value == ON))
    }
    /// Decides it.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn set_trusts_system_roots(&self, trusts: bool) -> Result<(), WalletError> {
        self.set_setting(SYSTEM_ROOTS, if trusts { ON } else { OFF })
    }
    /// Adds a line to the history, of which the newest ten thousand are kept.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn record(&self, entry: &HistoryEntry) -> Result<(), WalletError> {
        self.record_all(std::slice::from_ref(entry))
    }
    /// As [`Wallet::record`] for several lines, oldest first, in one step.
    ///
    /// # Errors
    /// As [`Wallet::record`]; none is added then.
    pub fn record_all(&self, entries: &[HistoryEntry]) -> Result<(), WalletError> {
        if entries.is_empty() { Ok(()) } else { self.store.record(entries) }
    }
    /// The history, newest first, at most `limit` lines.
    ///
    /// # Errors
    /// As [`Wallet::identities`].
    pub fn history(&self, limit: usize) -> Result<Vec<HistoryEntry>, WalletError> {
        self.store.history(limit)
    }
    /// Checks the wallet: database integrity, every identity's and request's key present in the vault. Returns what is wrong.
    ///
    /// # Errors
    /// When the database cannot be read at all.
    pub fn check(&self) -> Result<Vec<Fault>, WalletError> {
        let mut wrong = self.store.check()?;
        for Identity { certificate, .. } in self.identities()? {
            match self.key(&certificate) {
                Ok(key) if same_key(key.public_key(), certificate.public_key()) => {}
                Ok(_) => wrong.push(Fault::Key(certificate.name(), WalletError::OtherKey)),
                Err(error) => wrong.push(Fault::Key(certificate.name(), error)),
            }
        }
        for Request { key, name, .. } in self.requests()? {
            if let Err(error) = self.vault.key(&key) {
                wrong.push(Fault::Key(name, error.into()));
            }
        }
        Ok(wrong)
    }
}

/// Makes a folder that only its owner enters, unless it exists.
fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

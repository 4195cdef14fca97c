//! The wallet of a run: which one, who keeps its keys, and how it is unlocked.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use waxwing::jobs::{Desk, Given, failure};
use waxwing::network::Network;
use waxwing::text::tr;
use waxwing::wallet::vault::{FileVault, KeyringVault, MemoryVault};
use waxwing::wallet::{Vault, VaultError, Wallet, WalletError};

use crate::arguments::VaultKind;
use crate::options::Options;
use crate::paper;
use crate::secrets::{self, Secrets};
use crate::status::Trouble;

/// The wallet, and what unlocks it.
pub struct Session {
    /// The wallet.
    pub wallet: Arc<Wallet>,
    /// What was given before the run.
    pub secrets: Secrets,
    files: Option<Arc<FileVault>>,
    /// Whether unlocking was tried, and whether it went well.
    unlocked: Mutex<Option<bool>>,
}

/// Whether a wallet that is not there is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// Something is put into it.
    Make,
    /// Nothing is found in it: an empty one in memory does as well.
    Ignore,
}

impl Session {
    /// Opens the wallet that the options name, else the user's.
    pub fn open(options: &Options, absent: Absent) -> Result<Self, Trouble> {
        let secrets = Secrets::given(options)?;
        let default = || Wallet::default_dir().filter(|dir| absent == Absent::Make || dir.join(Wallet::FILE).exists());
        let dir = match (&options.wallet, options.vault) {
            (Some(dir), _) => Some(dir.clone()),
            (None, Some(VaultKind::Memory)) => None,
            (None, _) => default(),
        };
        let Some(dir) = dir else {
            return Ok(Self {
                wallet: Arc::new(Wallet::in_memory()?),
                secrets,
                files: None,
                unlocked: Mutex::default(),
            });
        };
        let files = Arc::new(FileVault::new(keys_dir(&dir)));
        let kind = options.vault.unwrap_or(if files.is_fresh() { VaultKind::Keyring } else { VaultKind::File });
        let vault: Arc<dyn Vault> = match kind {
            VaultKind::Keyring => Arc::new(KeyringVault::new()),
            VaultKind::File => Arc::<FileVault>::clone(&files),
            VaultKind::Memory => Arc::new(MemoryVault::new()),
        };
        let wallet = Wallet::open(&dir, vault).map_err(|error| Trouble::from(error).about(dir.to_string_lossy()))?;
        let files = (kind == VaultKind::File).then_some(files);
        Ok(Self { wallet: Arc::new(wallet), secrets, files, unlocked: Mutex::default() })
    }

    /// The library's desk over this wallet, with what is given for this run.
    pub fn desk(&self, given: Given, options: &Options) -> Desk {
        let network = Network::new(Network::default_folder().as_deref());
        Desk::new(Arc::clone(&self.wallet), options.policy(&self.wallet)).with(given).over(Arc::new(network))
    }

    /// Does something that may need the private keys: when they are locked, unlocks them and does it again.
    pub fn with_keys<T>(&self, action: impl Fn() -> Result<T, WalletError>) -> Result<T, Trouble> {
        match action() {
            Err(WalletError::Vault(VaultError::Locked)) if self.unlock()? => Ok(action()?),
            result => Ok(result?),
        }
    }

    /// Unlocks the private keys with the passphrase that was given, or asks for it; whether they are unlocked now. A passphrase
    /// that nobody knows is asked for once in a run, however many messages need it.
    pub fn unlock(&self) -> Result<bool, Trouble> {
        let Some(files) = &self.files else { return Ok(false) };
        let mut unlocked = self.unlocked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(unlocked) = *unlocked {
            return Ok(unlocked);
        }
        *unlocked = Some(false);
        let done = self.try_unlock(files)?;
        *unlocked = Some(done);
        Ok(done)
    }

    fn try_unlock(&self, files: &FileVault) -> Result<bool, Trouble> {
        let wrong = |error: &VaultError| Trouble::new(failure::of_vault(error));
        if let Some(passphrase) = &self.secrets.passphrase {
            files.unlock(passphrase).map_err(|error| wrong(&error))?;
            say_kept(files);
            return Ok(true);
        }
        if !secrets::somebody_is_there() {
            return Ok(false);
        }
        if files.sets_passphrase() {
            paper::note(&tr!("wallet-choose-passphrase-hint"));
        }
        for _ in 0..secrets::TRIES {
            let typed = if files.sets_passphrase() {
                secrets::ask_twice(&tr!("wallet-choose-passphrase"), &tr!("wallet-passphrase-again"))
            } else {
                secrets::ask(&tr!("wallet-passphrase"))
            };
            match typed.map(|passphrase| files.unlock(&passphrase)) {
                Some(Ok(())) => {
                    say_kept(files);
                    return Ok(true);
                }
                Some(Err(VaultError::WrongPassphrase)) => paper::note(&tr!("wallet-wrong-passphrase")),
                Some(Err(error)) => return Err(wrong(&error)),
                None if files.sets_passphrase() => paper::note(&tr!("wallet-passphrases-differ")),
                None => break,
            }
        }
        Ok(false)
    }
}

/// Says that a damaged file was made anew, and where it is kept.
fn say_kept(files: &FileVault) {
    if let Some(file) = files.kept_aside() {
        paper::say(None, &failure::kept_aside(&file));
    }
}

/// Where the files of the keys lie in a wallet's folder.
fn keys_dir(dir: &Path) -> PathBuf {
    dir.join(FileVault::FOLDER)
}

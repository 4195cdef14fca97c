//! Which vault keeps the private keys, and where the wallet lies.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use waxwing::jobs::failure;
use waxwing::network::Network;
use waxwing::wallet::vault::{FileVault, KeyringVault, MemoryVault};
use waxwing::wallet::{Vault, Wallet, WalletError};

use crate::arguments::{Arguments, VaultKind};
use crate::session::Session;

/// Opens the wallet that the arguments name, else the user's; when it cannot be opened, an empty one in memory, and the reason.
///
/// # Errors
/// When not even a wallet in memory can be made.
pub fn open(arguments: &Arguments) -> Result<(Session, Option<String>), WalletError> {
    match open_with(arguments, arguments.vault) {
        Ok(session) => Ok((session, None)),
        Err(error) => {
            let session = Session::new(Arc::new(Wallet::in_memory()?), None).over(network());
            let failure = failure::of_wallet(&error);
            Ok((session, Some(format!("{} {}", failure.what, failure.todo))))
        }
    }
}

/// One for the program, whatever wallets are opened: what was asked a moment ago is not asked again.
fn network() -> Arc<Network> {
    static NETWORK: OnceLock<Arc<Network>> = OnceLock::new();
    Arc::clone(NETWORK.get_or_init(|| Arc::new(Network::new(Network::default_folder().as_deref()))))
}

/// Opens the wallet again, with its keys kept in another way.
///
/// # Errors
/// When it cannot be opened.
pub fn with_vault(arguments: &Arguments, kind: VaultKind) -> Result<Session, WalletError> {
    open_with(arguments, Some(kind))
}

fn open_with(arguments: &Arguments, kind: Option<VaultKind>) -> Result<Session, WalletError> {
    let dir = match (&arguments.wallet, kind) {
        (Some(dir), _) => Some(dir.clone()),
        // Certificates that stay without their keys are of no use.
        (None, Some(VaultKind::Memory)) => None,
        (None, _) => Wallet::default_dir(),
    };
    match dir {
        Some(dir) => open_dir(&dir, kind),
        None => Ok(Session::new(Arc::new(Wallet::in_memory()?), None).over(network())),
    }
}

/// Without a choice, the passphrase file where there is one, else the system's keyring.
fn open_dir(dir: &Path, kind: Option<VaultKind>) -> Result<Session, WalletError> {
    let files = Arc::new(FileVault::new(dir.join(FileVault::FOLDER)));
    let kind = kind.unwrap_or(if files.is_fresh() { VaultKind::Keyring } else { VaultKind::File });
    let vault: Arc<dyn Vault> = match kind {
        VaultKind::Keyring => Arc::new(KeyringVault::new()),
        VaultKind::File => Arc::<FileVault>::clone(&files),
        VaultKind::Memory => Arc::new(MemoryVault::new()),
    };
    let wallet = Arc::new(Wallet::open(dir, vault)?);
    Ok(Session::new(wallet, (kind == VaultKind::File).then_some(files)).over(network()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use clap::Parser;
    use secrecy::SecretString;

    fn arguments(dir: &Path, more: &[&str]) -> Arguments {
        let dir = dir.to_string_lossy();
        Arguments::parse_from(["waxwing", "--wallet", &dir].iter().chain(more))
    }

    /// Whoever chose a passphrase once finds the keys under it again, without having to say so at every start.
    #[test]
    fn a_passphrase_file_is_found_again() {
        let dir = tempfile::tempdir().unwrap();
        let keeper = |more: &[&str]| open(&arguments(dir.path(), more)).unwrap();
        assert_eq!(keeper(&[]).0.wallet.vault().name(), "keyring");
        let (session, trouble) = keeper(&["--vault", "file"]);
        assert_eq!((session.wallet.vault().name(), session.is_fresh(), trouble), ("file", true, None));
        session.wallet.vault().unlock(&SecretString::from("correct horse")).unwrap();
        let session = keeper(&[]).0;
        assert_eq!((session.wallet.vault().name(), session.is_fresh()), ("file", false));
        assert_eq!(keeper(&["--vault", "memory"]).0.wallet.vault().name(), "memory");
    }

    /// A wallet that cannot be opened does not keep anybody from looking at a message, and is not touched.
    #[test]
    fn without_its_wallet_the_window_opens_all_the_same() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join(Wallet::FILE);
        std::fs::write(&file, "no database at all, but long enough to be looked at as one").unwrap();
        let before = std::fs::read(&file).unwrap();
        let (session, trouble) = open(&arguments(dir.path(), &[])).unwrap();
        assert!(trouble.is_some());
        assert_eq!(session.wallet.identities().unwrap().len(), 0);
        assert_eq!(std::fs::read(&file).unwrap(), before);
    }
}

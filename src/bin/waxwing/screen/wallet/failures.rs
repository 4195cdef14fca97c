//! Why something could not be done with the wallet: what happened, and what to do.

use waxwing::report::Failure;
use waxwing::text::tr;
use waxwing::wallet::{ImportError, VaultError, WalletError};

fn failure(code: &str, what: String, todo: String) -> Failure {
    Failure { code: code.into(), what, todo }
}

/// Of the wallet.
pub fn of_wallet(error: &WalletError) -> Failure {
    match error {
        WalletError::Vault(error) => of_vault(error),
        WalletError::Newer => failure("newer", tr!("wallet-newer"), tr!("wallet-newer-todo")),
        WalletError::Missing => failure("missing", tr!("wallet-missing"), tr!("wallet-missing-todo")),
        WalletError::Store(_) | WalletError::Io(_) | WalletError::OtherKey | WalletError::Export(_) => {
            failure("wallet", tr!("wallet-store", reason = error.to_string()), tr!("wallet-store-todo"))
        }
    }
}

/// Of the keeper of the keys.
pub fn of_vault(error: &VaultError) -> Failure {
    match error {
        VaultError::Locked => failure("locked", tr!("wallet-locked"), tr!("wallet-locked-todo")),
        VaultError::WrongPassphrase => {
            failure("wrong-passphrase", tr!("wallet-wrong-passphrase"), tr!("wallet-wrong-passphrase-todo"))
        }
        VaultError::Unavailable(reason) => {
            failure("unavailable", tr!("wallet-no-keyring", reason = reason.clone()), tr!("wallet-no-keyring-todo"))
        }
        VaultError::Missing | VaultError::Damaged => {
            failure("key-damaged", tr!("wallet-key-damaged"), tr!("wallet-key-damaged-todo"))
        }
        VaultError::Failed(reason) => {
            failure("vault", tr!("wallet-vault-failed", reason = reason.clone()), tr!("wallet-store-todo"))
        }
    }
}

/// Of an import. A wrong password, a damaged file and a key without its certificate are three different things to do.
pub fn of_import(error: &ImportError) -> Failure {
    match error {
        ImportError::NeedsPassword | ImportError::WrongPassword => {
            failure("wrong-password", tr!("wallet-wrong-password"), tr!("wallet-wrong-password-todo"))
        }
        ImportError::Damaged(reason) => {
            failure("damaged", tr!("wallet-damaged", reason = reason.clone()), tr!("wallet-damaged-todo"))
        }
        ImportError::KeyWithoutCertificate => failure(
            "key-without-certificate",
            tr!("wallet-key-without-certificate"),
            tr!("wallet-key-without-certificate-todo"),
        ),
        ImportError::Nothing => failure("nothing", tr!("wallet-nothing"), tr!("wallet-nothing-todo")),
        ImportError::Unsupported(_) | ImportError::Limit(_) => failure(
            "unsupported",
            tr!("wallet-unsupported", reason = error.to_string()),
            tr!("wallet-unsupported-todo"),
        ),
        ImportError::Wallet(error) => of_wallet(error),
    }
}

/// Of a file that cannot be read.
pub fn of_file(error: &std::io::Error) -> Failure {
    failure("read", tr!("wallet-unreadable", reason = error.to_string()), tr!("wallet-unreadable-todo"))
}

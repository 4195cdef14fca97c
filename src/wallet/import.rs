//! One door for files that are dropped on the wallet: .p12, .pfx, .pem, .cer, .p7b, private keys.

use secrecy::SecretString;

use super::{Wallet, WalletError};
use crate::crypto::kdf;
use crate::pki::Certificate;
use jiff::Timestamp;

/// What an import added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Certificates with their private keys.
    pub identities: Vec<Certificate>,
    /// Certificates of others.
    pub contacts: Vec<Certificate>,
    /// Certificates of authorities.
    pub authorities: Vec<Certificate>,
    /// Already there.
    pub known: usize,
}

/// Why nothing (or not all) was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A password is needed and none was given.
    #[error("a password is needed")]
    NeedsPassword,
    /// The password is wrong.
    #[error("wrong password")]
    WrongPassword,
    /// The file is damaged.
    #[error("damaged: {0}")]
    Damaged(String),
    /// It holds a private key, but no certificate for it, and the wallet has none either.
    #[error("a key without its certificate")]
    KeyWithoutCertificate,
    /// Nothing in it can be imported.
    #[error("nothing to import")]
    Nothing,
    /// A method that is not built in.
    #[error(transparent)]
    Unsupported(#[from] crate::crypto::Unsupported),
    /// It asks for more work than allowed.
    #[error("more work than allowed: {0}")]
    Limit(&'static str),
    /// The wallet refused.
    #[error(transparent)]
    Wallet(#[from] WalletError),
}

/// Imports what a file holds, all or nothing.
///
/// # Errors
/// As [`ImportError`] says; nothing was added then.
pub fn import(
    wallet: &Wallet,
    bytes: &[u8],
    password: Option<&SecretString>,
    limits: &kdf::Limits,
    now: Timestamp,
) -> Result<Imported, ImportError> {
    let _ = (wallet, bytes, password, limits, now);
    todo!()
}

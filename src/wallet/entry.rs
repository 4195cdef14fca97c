//! What stands in the wallet, and why it refuses.

use jiff::Timestamp;

use super::vault::VaultError;
use crate::crypto::ContentCipher;
use crate::mime::address::Address;
use crate::pki::Certificate;

/// Why the wallet could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum WalletError {
    /// The database could not be read or written.
    #[error("the wallet's database: {1}")]
    Store(StoreFault, String),
    /// Its folder could not be made or read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The keeper of the private keys refused.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The file was written by a newer version.
    #[error("the wallet was written by a newer version")]
    Newer,
    /// An authority is trusted for mail as a whole, not for one address.
    #[error("an authority is not trusted for one address")]
    Authority,
    /// There is no such entry.
    #[error("no such entry")]
    Missing,
    /// The private key belongs to another certificate.
    #[error("the private key does not belong to the certificate")]
    OtherKey,
    /// The file for an export could not be made.
    #[error("the export failed: {0}")]
    Export(String),
}

/// What keeps the database from being used: each is mended in another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreFault {
    /// The file is damaged, or no database.
    Damaged,
    /// The file is a database of another program.
    Foreign,
    /// Another program is writing to it.
    Busy,
    /// The disk is full.
    Full,
    /// The file can only be read.
    ReadOnly,
    /// The file cannot be opened.
    Shut,
    /// Something else.
    Other,
}

/// What [`super::Wallet::check`] finds.
#[derive(Debug)]
pub enum Fault {
    /// The database is damaged, in the words of SQLite.
    Database(String),
    /// The certificate with this fingerprint was changed.
    Certificate(String),
    /// The key of this name cannot be used.
    Key(String, WalletError),
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

impl Identity {
    /// Those of the wallet's identities (newest first) that can sign for an address, expired ones (at `now`) left out: first those
    /// that name exactly it before those whose local part differs in case, among them the preferred one, then the newest.
    #[must_use]
    pub fn signing<'a>(all: &'a [Self], address: &Address, now: Timestamp) -> Vec<&'a Self> {
        let fit = |mine: &&Self| {
            let certificate = &mine.certificate;
            certificate.names_but_for_case(address) && certificate.can_sign() && certificate.is_valid_at(now)
        };
        let mut found: Vec<_> = all.iter().filter(fit).collect();
        found.sort_by_key(|mine| (!mine.certificate.names(address), !mine.default_signing));
        found
    }
}

/// A request for a certificate that has not come yet. Its key is in the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The vault's id of its key: the SHA-256 of the public key in hexadecimal digits.
    pub key: String,
    /// The name that is asked for.
    pub name: String,
    /// The address.
    pub address: String,
    /// CertificationRequest, DER (RFC 2986 §4).
    pub der: Vec<u8>,
    /// When it was made.
    pub made: Timestamp,
}

impl Request {
    /// As a file for the authority: PEM (RFC 7468 §7).
    ///
    /// # Errors
    /// [`WalletError::Export`] when it cannot be encoded.
    pub fn pem(&self) -> Result<String, WalletError> {
        der::pem::encode_string("CERTIFICATE REQUEST", der::pem::LineEnding::LF, &self.der)
            .map_err(|error| WalletError::Export(error.to_string()))
    }
}

/// Somebody else's certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The certificate.
    pub certificate: Certificate,
    /// Trusted by the user since then.
    pub pinned: Option<Timestamp>,
    /// The only address that it is trusted for; `None`: those that it names.
    pub pinned_for: Option<Address>,
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

/// What was done with a file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct HistoryEntry {
    /// When.
    pub at: Timestamp,
    /// `verify`, `decrypt`, `sign`, `encrypt`, `sign-encrypt`.
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

//! What is done with the wallet beside the window.

use std::fs::File;
use std::path::{Path, PathBuf};

use der::pem::{self, LineEnding};
use jiff::Timestamp;
use secrecy::SecretString;
use waxwing::crypto::kdf;
use waxwing::crypto::{KeyKind, PrivateKey};
use waxwing::jobs::{self, failure};
use waxwing::pki::{Certificate, create};
use waxwing::report::Failure;
use waxwing::source::read_secret;
use waxwing::text::tr;
use waxwing::wallet::{ImportError, Request, VaultError, Wallet, WalletError, import};

use super::export::Form;
use super::{Brought, Entry, Export, Keeper, Outcome};

/// Certificates and keys are small; what is larger is something else.
const LARGEST: usize = 16 * 1024 * 1024;

/// A test identity is valid for so long.
const TEST_DAYS: u32 = 365;

/// Reads the wallet.
///
/// # Errors
/// When it cannot be read.
pub fn load(wallet: &Wallet, fresh: bool) -> Result<(Vec<Entry>, Keeper), Failure> {
    let now = Timestamp::now();
    let read = || -> Result<Vec<Entry>, WalletError> {
        let identities = wallet.identities()?;
        let contacts = wallet.contacts()?;
        let authorities = wallet.authorities()?;
        let requests = wallet.requests()?;
        let entries = identities.iter().map(|identity| Entry::identity(identity, now));
        let entries = entries.chain(contacts.iter().map(|contact| Entry::contact(contact, now)));
        let entries = entries.chain(authorities.iter().map(|authority| Entry::authority(authority, now)));
        Ok(entries.chain(requests.iter().map(Entry::request)).collect())
    };
    let keeper = match wallet.vault().ready() {
        Ok(()) => Keeper::Ready,
        Err(VaultError::Unavailable(reason)) => Keeper::Unavailable(reason),
        Err(VaultError::Locked) => Keeper::Locked { first: fresh },
        Err(error) => Keeper::Unavailable(error.to_string()),
    };
    read().map(|entries| (entries, keeper)).map_err(|error| failure::of_wallet(&error))
}

/// Imports one file.
pub fn import_file(wallet: &Wallet, file: &Path, password: Option<&SecretString>) -> Outcome {
    let bytes = match File::open(file).and_then(|file| read_secret(file, LARGEST)) {
        Ok(bytes) => bytes,
        Err(error) => return Outcome::Failed(failure::reading(&file.to_string_lossy(), &error)),
    };
    match import::import(wallet, &bytes, password, &kdf::Limits::default(), Timestamp::now()) {
        Ok(imported) => Outcome::Brought(Brought {
            identities: imported.identities.len(),
            contacts: imported.contacts.len(),
            authorities: imported.authorities.len(),
            known: imported.known,
            notes: imported.notes.iter().map(|note| failure::note_of_import(note).1).collect(),
        }),
        Err(ImportError::NeedsPassword) => Outcome::Password { wrong: false },
        Err(ImportError::WrongPassword) => Outcome::Password { wrong: password.is_some() },
        Err(ImportError::Wallet(WalletError::Vault(VaultError::Locked))) => Outcome::Locked,
        Err(ImportError::Wallet(WalletError::Vault(VaultError::Unavailable(reason)))) => Outcome::NoKeyring(reason),
        Err(error) => Outcome::Failed(failure::of_import(&error)),
    }
}

/// Makes a self-signed identity to try things with.
///
/// # Errors
/// When no key can be made or the wallet refuses.
pub fn test_identity(wallet: &Wallet, name: &str, address: &str) -> Result<String, Failure> {
    let now = Timestamp::now();
    let key = PrivateKey::generate(KeyKind::P256).map_err(not_made)?;
    let certificate = create::self_signed(&key, name, address, now, TEST_DAYS).map_err(not_made)?;
    let added = wallet.add_identity(&certificate, &[], Some(name), &key, now);
    added.map_err(|error| failure::of_wallet(&error))?;
    Ok(tr!("wallet-identity-made", name = name))
}

/// Makes a key of a kind and a request for a certificate.
///
/// # Errors
/// When no key can be made or the wallet refuses.
pub fn request(wallet: &Wallet, kind: KeyKind, name: &str, address: &str) -> Result<Request, Failure> {
    let key = PrivateKey::generate(kind).map_err(not_made)?;
    wallet.request(&key, name, address, Timestamp::now()).map_err(|error| failure::of_wallet(&error))
}

fn not_made(error: waxwing::crypto::Error) -> Failure {
    failure::of_identity(&error)
}

/// Writes a certificate (PEM, RFC 7468 §5), a request (§7) or an identity with its key (PKCS #12, RFC 7292) into a new file of the user
/// alone; returns it.
///
/// # Errors
/// When the wallet does not give it or the file cannot be written.
pub fn export(wallet: &Wallet, export: &Export, target: &Path) -> Result<PathBuf, Failure> {
    let bytes = || -> Result<zeroize::Zeroizing<Vec<u8>>, WalletError> {
        let certificate = || find(wallet, &export.fingerprint);
        match &export.form {
            Form::Request => {
                let mut requests = wallet.requests()?.into_iter();
                let request = requests.find(|request| request.key == export.fingerprint);
                Ok(request.ok_or(WalletError::Missing)?.pem()?.into_bytes().into())
            }
            Form::Identity(protection, password) => {
                wallet.export_p12_as(*protection, &certificate()?, &password.secret())
            }
            Form::Certificate => pem::encode_string("CERTIFICATE", LineEnding::LF, certificate()?.der())
                .map(|text| text.into_bytes().into())
                .map_err(|error| WalletError::Export(error.to_string())),
        }
    };
    let bytes = bytes().map_err(|error| failure::of_wallet(&error))?;
    jobs::write_new(target, &bytes)
}

/// The certificate with a fingerprint, on whichever shelf it stands.
///
/// # Errors
/// When there is none or the wallet cannot be read.
pub fn find(wallet: &Wallet, fingerprint: &str) -> Result<Certificate, WalletError> {
    let identities = wallet.identities()?.into_iter().map(|identity| identity.certificate);
    let contacts = wallet.contacts()?.into_iter().map(|contact| contact.certificate);
    let authorities = wallet.authorities()?.into_iter().map(|authority| authority.certificate);
    let mut all = identities.chain(contacts).chain(authorities);
    all.find(|certificate| certificate.fingerprint() == fingerprint).ok_or(WalletError::Missing)
}

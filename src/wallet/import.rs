//! One door for files that are dropped on the wallet: .p12, .pfx, .pem, .cer, .p7b, private keys.

use std::collections::HashSet;

use der::Decode;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use super::addition::{Added, Addition, KeyOf, NewIdentity, same_key};
use super::encrypted_key::EncryptedPrivateKeyInfo;
use super::pkcs12::{self, Password, Pkcs12Error};
use super::{Wallet, WalletError};
use crate::crypto::{self, PrivateKey, PrivateKeyOperations, kdf, pem};
use crate::pki::Certificate;
use crate::pki::bundle::{self, BundleError};
use crate::pki::path::issuers_by_name;

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
    /// What else is to be said.
    pub notes: Vec<ImportNote>,
}

/// What is to be said of an import that succeeded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportNote {
    /// A PKCS #12 file without a MAC: nothing shows whether somebody changed it.
    NoMac,
    /// A private key of a kind that is not built in was passed over.
    LeftOut(crate::crypto::Unsupported),
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

impl From<Pkcs12Error> for ImportError {
    fn from(error: Pkcs12Error) -> Self {
        match error {
            Pkcs12Error::WrongPassword => Self::WrongPassword,
            Pkcs12Error::Damaged(what) => Self::Damaged(what.to_owned()),
            Pkcs12Error::Unsupported(unsupported) => Self::Unsupported(unsupported),
            Pkcs12Error::Limit(what) => Self::Limit(what),
        }
    }
}

impl From<crypto::Error> for ImportError {
    fn from(error: crypto::Error) -> Self {
        match error {
            crypto::Error::Unsupported(unsupported) => Self::Unsupported(unsupported),
            other => Self::Damaged(other.to_string()),
        }
    }
}

/// Imports what a file holds, all or nothing.
///
/// A key finds its certificate by the public key: in the file, else in the wallet; a certificate finds its key in the vault, if it
/// answers a request ([`Wallet::request`]) or renews an identity. Certificates of authorities are kept, not trusted.
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
    let found = look_with(bytes, password, limits)?;
    let addition = arrange(wallet, &found)?;
    let offered = addition.identities.len() + addition.certificates.len();
    if offered == 0 {
        return Err(ImportError::Nothing);
    }
    let Added { identities, certificates } = wallet.add(&addition, now)?;
    let known = offered - identities.len() - certificates.len();
    let (authorities, contacts) = certificates.into_iter().partition(Certificate::is_ca);
    Ok(Imported { identities, contacts, authorities, known, notes: found.notes })
}

/// The private keys that a file holds, with or without their certificates; nothing is added to a wallet.
///
/// # Errors
/// As [`import`]; [`ImportError::Nothing`] when there is no key.
pub fn keys(
    bytes: &[u8],
    password: Option<&SecretString>,
    limits: &kdf::Limits,
) -> Result<Vec<PrivateKey>, ImportError> {
    let found = look_with(bytes, password, limits)?;
    let keys: Vec<PrivateKey> = found.keys.into_iter().map(|(key, _)| key).collect();
    let left_out = found.notes.into_iter().find_map(|note| match note {
        ImportNote::LeftOut(kind) => Some(kind),
        ImportNote::NoMac => None,
    });
    match left_out {
        _ if !keys.is_empty() => Ok(keys),
        Some(kind) => Err(kind.into()),
        None => Err(ImportError::Nothing),
    }
}

/// What is in a file.
#[derive(Default)]
struct Found {
    keys: Vec<(PrivateKey, Option<String>)>,
    certificates: Vec<Certificate>,
    notes: Vec<ImportNote>,
}

/// Many files that ask for no password are encrypted under an empty one.
fn look_with(bytes: &[u8], password: Option<&SecretString>, limits: &kdf::Limits) -> Result<Found, ImportError> {
    match look(bytes, password.unwrap_or(&SecretString::default()), limits) {
        Err(ImportError::WrongPassword) if password.is_none() => Err(ImportError::NeedsPassword),
        found => found,
    }
}

fn look(bytes: &[u8], password: &SecretString, limits: &kdf::Limits) -> Result<Found, ImportError> {
    if pkcs12::looks_like(bytes) {
        return Ok(of_pkcs12(pkcs12::read(bytes, password, limits)?));
    }
    let text = pem::text(bytes);
    if let Some(block) = text.as_deref().and_then(|text| pem::blocks(text).find(|block| block.label == "PKCS12")) {
        return Ok(of_pkcs12(pkcs12::read(&block.decode()?, password, limits)?));
    }
    let mut password = Password::new(password.expose_secret(), limits);
    let mut found = Found::default();
    if let Some(text) = text {
        if pem::blocks(&text).count() < pem::beginnings(&text) {
            return Err(ImportError::Damaged("it is cut short".to_owned()));
        }
        for block in pem::blocks(&text).filter(|block| block.label.ends_with("PRIVATE KEY")) {
            if found.keys.len() == pkcs12::MOST_KEYS {
                return Err(ImportError::Limit("keys"));
            }
            found.keys.push((pem_key(&block, &mut password)?, None));
        }
    } else if let Ok(info) = EncryptedPrivateKeyInfo::from_der(bytes) {
        found.keys.push((pkcs12::decrypt_key(&info, &mut password)?, None));
        return Ok(found);
    } else {
        match PrivateKey::from_any(bytes) {
            Ok(key) => {
                found.keys.push((key, None));
                return Ok(found);
            }
            Err(crypto::Error::Unsupported(unsupported)) => return Err(unsupported.into()),
            // No key: then it may be a certificate.
            Err(_) => {}
        }
    }
    found.certificates = match bundle::certificates(bytes) {
        Ok(certificates) => certificates,
        Err(BundleError::Nothing) => Vec::new(),
        Err(damaged @ BundleError::Damaged { .. }) => return Err(ImportError::Damaged(damaged.to_string())),
    };
    Ok(found)
}

fn of_pkcs12(contents: pkcs12::Contents) -> Found {
    let mut found = Found { certificates: contents.certificates, ..Found::default() };
    found.notes.extend((!contents.has_mac).then_some(ImportNote::NoMac));
    found.notes.extend(contents.left_out.into_iter().map(ImportNote::LeftOut));
    for entry in contents.keys {
        found.keys.push((entry.key, entry.label));
        found.certificates.extend(entry.certificate);
    }
    found
}

fn pem_key(block: &pem::Block, password: &mut Password) -> Result<PrivateKey, ImportError> {
    if !block.is_encrypted() {
        return Ok(PrivateKey::from_any(&block.decode()?)?);
    }
    if block.fields.is_empty() {
        let info = EncryptedPrivateKeyInfo::from_der(&block.decode()?)
            .map_err(|_| ImportError::Damaged("the encrypted key cannot be read".to_owned()))?;
        return Ok(pkcs12::decrypt_key(&info, password)?);
    }
    let der = block.decrypt(password.text()).map_err(|error| match error {
        crypto::Error::Decryption => ImportError::WrongPassword,
        error => error.into(),
    })?;
    // One wrong password in 256 leaves something that looks padded.
    PrivateKey::from_any(&der).map_err(|error| match error {
        crypto::Error::Unsupported(unsupported) => unsupported.into(),
        _ => ImportError::WrongPassword,
    })
}

/// Gives keys their certificates, and identities their chains.
fn arrange<'a>(wallet: &Wallet, found: &'a Found) -> Result<Addition<'a>, ImportError> {
    let mut addition = Addition::default();
    let mut unique = HashSet::new();
    let mut others: Vec<&Certificate> =
        found.certificates.iter().filter(|certificate| unique.insert(certificate.sha256())).collect();
    for (key, label) in &found.keys {
        let fits = |certificate: &Certificate| same_key(key.public_key(), certificate.public_key());
        let mut mine: Vec<Certificate> = others.extract_if(.., |certificate| fits(certificate)).cloned().collect();
        let taken = addition.identities.iter().any(|identity| fits(&identity.certificate));
        if mine.is_empty() && !taken {
            mine = wallet.certificates()?;
            mine.retain(fits);
        }
        if mine.is_empty() && !taken {
            return Err(ImportError::KeyWithoutCertificate);
        }
        for certificate in mine {
            let chain = issuers_by_name(&certificate, &found.certificates);
            addition.identities.push(NewIdentity { certificate, chain, label: label.clone(), key: KeyOf::New(key) });
        }
    }
    let held = wallet.held_keys()?;
    for certificate in others {
        let public = certificate.public_key();
        match held.iter().find(|(key, _)| same_key(key, public)) {
            Some((_, id)) if !wallet.is_identity(certificate)? => {
                let (certificate, chain) = (certificate.clone(), issuers_by_name(certificate, &found.certificates));
                addition.identities.push(NewIdentity { certificate, chain, label: None, key: KeyOf::Held(id.clone()) });
            }
            _ => addition.certificates.push(certificate.clone()),
        }
    }
    Ok(addition)
}

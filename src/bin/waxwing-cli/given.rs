//! What is given for one run beside the wallet: identities, certificates, bare keys, anchors.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::{SecretSlice, SecretString};
use waxwing::crypto::{PrivateKeyOperations, hex, kdf};
use waxwing::jobs::{Given, GivenIdentity, failure};
use waxwing::pki::revocation::{self, Crl, CrlError};
use waxwing::pki::{Certificate, bundle};
use waxwing::policy::Limits;
use waxwing::report::Failure;
use waxwing::source::Source;
use waxwing::text::{tr, with_detail};
use waxwing::wallet::import::{self, ImportError};
use waxwing::wallet::{Identity, Wallet};

use crate::files;
use crate::locked;
use crate::options::Options;
use crate::secrets::Secrets;
use crate::status::Trouble;

/// A key for a cipher is short; what is longer is something else.
const LONGEST_KEY: usize = 1024;

/// Reads the files that the options name.
pub fn read(options: &Options, secrets: &Secrets) -> Result<Given, Trouble> {
    let passwords = secrets.passwords.as_slice();
    let (identities, mut certificates) = identities(options, passwords)?;
    certificates.extend(all(&options.cert)?);
    Ok(Given {
        anchors: all(&options.trust)?,
        built_in_roots: options.no_builtin_roots.then_some(false),
        // The stricter word counts where both are said.
        system_roots: (options.no_system_roots || options.system_roots).then_some(!options.no_system_roots),
        certificates,
        identities,
        keys: keys(options, passwords)?,
        crls: crls(&options.crl)?,
        content: options.content.as_deref().map(content).transpose()?,
        message_password: secrets.message.clone(),
        secret_keys: secret_keys(&options.secret_key)?,
    })
}

/// What the .p12 files hold: a wallet of their own sorts keys, certificates and chains, and says what is wrong.
fn identities(
    options: &Options,
    passwords: &[SecretString],
) -> Result<(Vec<GivenIdentity>, Vec<Certificate>), Trouble> {
    let wallet = Wallet::in_memory()?;
    for file in &options.p12 {
        let bytes = files::read(file, files::LARGEST)?;
        locked::open(file, passwords, |password| {
            Ok(import::import(&wallet, &bytes, password, &kdf::Limits::default(), options.now()))
        })?;
    }
    let identities = wallet.identities()?.into_iter().map(|Identity { certificate, chain, .. }| {
        let key = wallet.key(&certificate)?;
        Ok(GivenIdentity { certificate, chain, key })
    });
    let identities: Vec<GivenIdentity> = identities.collect::<Result<_, Trouble>>()?;
    let others = wallet.contacts()?.into_iter().map(|contact| contact.certificate);
    let authorities = wallet.authorities()?.into_iter().map(|authority| authority.certificate);
    Ok((identities, others.chain(authorities).collect()))
}

fn keys(options: &Options, passwords: &[SecretString]) -> Result<Vec<Arc<dyn PrivateKeyOperations>>, Trouble> {
    let mut keys: Vec<Arc<dyn PrivateKeyOperations>> = Vec::new();
    for file in &options.key {
        let bytes = files::read(file, files::LARGEST)?;
        let open = |password: Option<&SecretString>| Ok(import::keys(&bytes, password, &kdf::Limits::default()));
        for key in locked::open(file, passwords, open)? {
            keys.push(Arc::new(key));
        }
    }
    Ok(keys)
}

/// Keys as they are, and as what their hexadecimal digits stand for where they are such.
fn secret_keys(files: &[PathBuf]) -> Result<Vec<SecretSlice<u8>>, Trouble> {
    let mut keys = Vec::new();
    for file in files {
        let bytes = files::read(file, LONGEST_KEY)?;
        let digits = std::str::from_utf8(&bytes).ok().and_then(|text| hex::decode(text.trim()));
        keys.extend(digits.filter(|key| !key.is_empty()).map(SecretSlice::from));
        keys.push(SecretSlice::from(bytes.to_vec()));
    }
    Ok(keys)
}

fn content(file: &Path) -> Result<Source, Trouble> {
    Source::open(file).map_err(|error| Trouble::unreadable(file, &error))
}

/// The lists of withdrawn certificates; a file is read where it lies, what a pipe brings is kept.
fn crls(files: &[PathBuf]) -> Result<Vec<Crl>, Trouble> {
    let mut all = Vec::new();
    for file in files {
        let open = || -> io::Result<Source> {
            match file {
                file if files::is_dash(file) => Source::spool(io::stdin().lock()),
                file if file.metadata()?.is_file() => Source::open(file),
                file => Source::spool(File::open(file)?),
            }
        };
        let source = open().map_err(|error| Trouble::unreadable(file, &error))?;
        let found = revocation::crls(&source, Limits::default().crl_bytes).map_err(|error| {
            let (code, what, todo) = match error {
                CrlError::Nothing => ("nothing", tr!("cli-no-crl"), tr!("cli-no-crl-todo")),
                error => {
                    let what = with_detail(tr!("cli-damaged-crl"), &error.to_string());
                    ("damaged", what, tr!("cli-damaged-crl-todo"))
                }
            };
            Trouble::new(Failure { code: code.to_owned(), what, todo }).about(file.to_string_lossy())
        })?;
        all.extend(found);
    }
    Ok(all)
}

fn all(files: &[PathBuf]) -> Result<Vec<Certificate>, Trouble> {
    let read: Result<Vec<_>, Trouble> = files.iter().map(|file| certificates(file)).collect();
    Ok(read?.concat())
}

/// The certificates in a file.
pub fn certificates(file: &Path) -> Result<Vec<Certificate>, Trouble> {
    let bytes = files::read(file, files::LARGEST)?;
    bundle::certificates(&bytes).map_err(|error| {
        let failure = match error {
            bundle::BundleError::Nothing => Failure {
                code: "nothing".to_owned(),
                what: tr!("cli-no-certificate"),
                todo: tr!("cli-no-certificate-todo"),
            },
            damaged @ bundle::BundleError::Damaged { .. } => {
                failure::of_import(&ImportError::Damaged(damaged.to_string()))
            }
        };
        Trouble::new(failure).about(file.to_string_lossy())
    })
}

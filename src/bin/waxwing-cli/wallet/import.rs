//! Takes certificates and keys in.

use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde_json::json;
use waxwing::crypto::kdf;
use waxwing::jobs::failure;
use waxwing::pki::Certificate;
use waxwing::report::Failure;
use waxwing::text::tr;
use waxwing::wallet::import::{self, ImportError, Imported};
use waxwing::wallet::{VaultError, WalletError};

use crate::ending::Ending;
use crate::files;
use crate::locked;
use crate::options::Options;
use crate::paper::Paper;
use crate::session::Session;
use crate::status::{Status, Trouble};

/// Imports files; it is done only if each brought something new.
pub fn run(files: &[PathBuf], session: &Session, options: &Options, paper: &mut Paper) -> Result<Status, Ending> {
    let mut status = Status::Done;
    for file in files {
        let result = one(file, session, options);
        let name = file.to_string_lossy();
        if options.json {
            let (imported, error) = match &result {
                Ok(imported) => (imported.clone(), None),
                Err(trouble) => (Imported::default(), Some(&trouble.failure)),
            };
            paper.raw(&object(&name, &imported, error).to_string())?;
        }
        match result {
            Ok(imported) => {
                if imported.identities.is_empty() && imported.contacts.is_empty() && imported.authorities.is_empty() {
                    status = status.max(Status::NotDone);
                }
                if !options.json {
                    paper.line(&format!("{name}: {}", words(&imported)))?;
                    for note in &imported.notes {
                        paper.line(&format!("  {}", failure::note_of_import(note).1))?;
                    }
                }
            }
            Err(trouble) => status = status.max(trouble.say()),
        }
    }
    Ok(status)
}

fn one(file: &Path, session: &Session, options: &Options) -> Result<Imported, Trouble> {
    let bytes = files::read(file, files::LARGEST)?;
    let now = options.now();
    let import = |password: Option<&SecretString>| {
        let import = || import::import(&session.wallet, &bytes, password, &kdf::Limits::default(), now);
        match import() {
            Err(ImportError::Wallet(WalletError::Vault(VaultError::Locked))) if session.unlock()? => Ok(import()),
            result => Ok(result),
        }
    };
    locked::open(file, &session.secrets.passwords, import)
}

fn words(imported: &Imported) -> String {
    let Imported { identities, contacts, authorities, known, notes: _ } = imported.clone();
    if identities.is_empty() && contacts.is_empty() && authorities.is_empty() {
        return tr!("wallet-imported-known", count = known);
    }
    tr!("wallet-imported", identities = identities.len(), contacts = contacts.len(), authorities = authorities.len())
}

fn object(file: &str, imported: &Imported, error: Option<&Failure>) -> serde_json::Value {
    let notes: Vec<_> = imported.notes.iter().map(failure::note_of_import).collect();
    let prints = |certificates: &[Certificate]| certificates.iter().map(Certificate::fingerprint).collect::<Vec<_>>();
    json!({
        "schema": waxwing::report::SCHEMA,
        "file": file,
        "identities": prints(&imported.identities),
        "contacts": prints(&imported.contacts),
        "authorities": prints(&imported.authorities),
        "known": imported.known,
        "notes": notes.iter().map(|(code, text)| json!({ "code": code, "text": text })).collect::<Vec<_>>(),
        "error": error,
    })
}

//! Takes certificates and keys in.

use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde_json::json;
use waxwing::crypto::kdf;
use waxwing::jobs::{Desk, Progress, failure};
use waxwing::pki::Certificate;
use waxwing::report::{Failure, LayerKind, Privacy, Verdict};
use waxwing::smime::{Opened, is_message};
use waxwing::source::Source;
use waxwing::text::{self, tr};
use waxwing::wallet::import::{self, ImportError, Imported};
use waxwing::wallet::{VaultError, WalletError};

use crate::ending::Ending;
use crate::files;
use crate::given;
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
    if let Some(opened) = message(file, session, options)? {
        return of_message(file, &opened);
    }
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

/// A message, which only its signer makes worth anything: whatever else stands in it was put there by anybody. Certificates alone are
/// none, in whatever armour; neither is what a pipe brings, which is read once.
fn message(file: &Path, session: &Session, options: &Options) -> Result<Option<(Desk, Opened)>, Trouble> {
    let is_message = || Source::open(file).and_then(|source| is_message(&source));
    if !file.is_file() || !is_message().map_err(|error| Trouble::unreadable(file, &error))? {
        return Ok(None);
    }
    let desk = session.desk(given::read(options, &session.secrets)?, options);
    let mut opened = desk.peek(file, &Progress::default());
    if opened.report.privacy == Privacy::NeedsUnlock && session.unlock()? {
        opened = desk.peek(file, &Progress::default());
    }
    let alone = opened.report.layers.iter().all(|layer| layer.kind == LayerKind::CertsOnly);
    Ok((!alone || opened.report.error.is_some()).then_some((desk, opened)))
}

/// Whom a message makes known.
fn of_message(file: &Path, (desk, opened): &(Desk, Opened)) -> Result<Imported, Trouble> {
    let about = |failure| Trouble::new(failure).about(file.to_string_lossy());
    if let Some(failure) = &opened.report.error {
        return Err(Trouble::new(failure.clone()));
    }
    let (signature, privacy) = (opened.report.signature, opened.report.privacy);
    // Who signed what stays shut is not known.
    let word = match (signature, privacy) {
        (Verdict::Unsigned, Privacy::NeedsUnlock) => return Err(WalletError::Vault(VaultError::Locked).into()),
        (Verdict::Unsigned, Privacy::Locked | Privacy::Damaged) => text::privacy_word(privacy),
        (Verdict::Unsigned, _) => return Err(about(failure::of_import(&ImportError::Nothing))),
        _ => text::signature_word(signature),
    };
    if !signature.is_good() {
        let what = tr!("cli-not-introduced", verdict = word);
        return Err(about(Failure { code: "not-verified".to_owned(), what, todo: tr!("cli-not-introduced-todo") }));
    }
    let contacts = desk.keep_introduced(opened).map_err(about)?;
    Ok(Imported { known: usize::from(contacts.is_empty()), contacts, ..Imported::default() })
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

//! A certificate, or an identity with its key, into a file of its own.

use std::path::PathBuf;
use std::sync::Arc;

use waxwing::jobs::failure;
use waxwing::text::tr;
use waxwing::wallet::VaultError;
use waxwing::wallet::pkcs12::Protection;

use super::modal::PASSWORD;
use super::{Action, Keeper, Message, Modal, Shelf, State, jobs};
use crate::evidence;
use crate::secret::Typed;
use crate::session::Session;
use crate::work::Job;

/// Letters of a certificate's name that its file is called after: no file system takes many more.
const LETTERS: usize = 50;

/// What is to be written where the user says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The certificate, or the key of a request.
    pub fingerprint: String,
    /// As what.
    pub form: Form,
}

/// What is written of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// The certificate alone.
    Certificate,
    /// With its key, under this password.
    Identity(Protection, Typed),
    /// The request for it.
    Request,
}

impl State {
    /// Asks for the password of the new file.
    pub(super) fn ask_export(&mut self, session: &Session) -> Vec<Action> {
        let Some(entry) = self.selected().filter(|entry| entry.shelf == Shelf::Identities).cloned() else {
            return Vec::new();
        };
        match &self.keeper {
            Keeper::Ready => {}
            Keeper::Locked { .. } => return self.not_ready(Message::AskExport, session).unwrap_or_default(),
            Keeper::Unavailable(reason) => {
                return vec![Action::Fail(failure::of_vault(&VaultError::Unavailable(reason.clone())))];
            }
        }
        let (password, repeat) = (Typed::default(), Typed::default());
        let protection = Protection::Modern;
        self.modal = Some(Modal::Export { entry: Box::new(entry), protection, password, repeat, differ: false });
        vec![Action::Focus(PASSWORD)]
    }

    /// The password was typed twice: where the file goes comes next.
    pub(super) fn export_typed(&mut self, session: &Session) -> Vec<Action> {
        let Some(Modal::Export { entry, protection, password, repeat, differ }) = &mut self.modal else {
            return Vec::new();
        };
        if password.is_empty() {
            return vec![Action::Focus(PASSWORD)];
        }
        if password != repeat {
            (*password, *repeat) = (Typed::default(), Typed::default());
            *differ = true;
            return vec![Action::Focus(PASSWORD)];
        }
        let form = Form::Identity(*protection, password.clone());
        let export = Export { fingerprint: entry.fingerprint().to_owned(), form };
        let name = file_name(&entry.certificate.name, "p12");
        self.modal = None;
        let mut actions = vec![Action::AskTarget { export, name }];
        actions.extend(self.import_next(session));
        actions
    }

    /// Asks where the selected certificate goes.
    pub(super) fn save_certificate(&self) -> Vec<Action> {
        let Some(entry) = self.selected() else { return Vec::new() };
        let export = Export { fingerprint: entry.fingerprint().to_owned(), form: Form::Certificate };
        vec![Action::AskTarget { export, name: file_name(&entry.certificate.name, "pem") }]
    }
}

/// Asks where a request goes.
pub(super) fn save_request(key: String, name: &str) -> Vec<Action> {
    let export = Export { fingerprint: key, form: Form::Request };
    vec![Action::AskTarget { export, name: file_name(name, "csr") }]
}

/// Writes it.
pub(super) fn write(export: Export, target: PathBuf, session: &Session) -> Vec<Action> {
    let wallet = Arc::clone(&session.wallet);
    let run = move || Message::Exported(jobs::export(&wallet, &export, &target));
    vec![Action::Work(Job::urgent(run).otherwise(|| Message::Exported(Err(evidence::broken()))))]
}

/// What is said about a new file.
pub(super) fn written(file: &std::path::Path) -> String {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = file.parent().map(|dir| dir.to_string_lossy().into_owned()).unwrap_or_default();
    tr!("desk-made", name = name, folder = folder)
}

/// The name to offer. Whoever made the certificate chose its name: what a file system or a reader may take for something
/// else does not stay.
fn file_name(name: &str, ending: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_' | '.' | '@' | '\'');
    let name: String = name.chars().take(LETTERS).map(|letter| if plain(letter) { letter } else { '_' }).collect();
    match name.trim_matches(|letter: char| letter == '.' || letter.is_whitespace()) {
        "" => format!("certificate.{ending}"),
        name => format!("{name}.{ending}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A certificate may be called anything; its file must not leave the folder, be hidden or look like another kind of file.
    #[test]
    fn names_of_files_are_harmless() {
        for (name, expected) in [
            ("Anna Kovács", "Anna Kovács.p12"),
            ("../../etc/passwd", "_.._etc_passwd.p12"),
            ("C:\\x\u{202e}gpj", "C__x_gpj.p12"),
            (" .. ", "certificate.p12"),
            ("", "certificate.p12"),
        ] {
            assert_eq!(file_name(name, "p12"), expected);
        }
        assert_eq!(file_name(&"ä".repeat(300), "pem").len(), 2 * LETTERS + 4);
    }
}

//! The wallet: my identities, contacts, authorities; what comes in, and who keeps the keys.

use std::collections::VecDeque;
use std::path::PathBuf;

use waxwing::report::Failure;
use waxwing::wallet::pkcs12::Protection;

use crate::secret::Typed;
use crate::work::Job;

mod entry;
mod export;
mod jobs;
mod modal;
mod update;
mod view;

#[cfg(test)]
mod tests;

pub use entry::{Entry, Shelf, Validity};
pub use export::Export;
pub use view::SEARCH;

/// Everything in the wallet that is seen.
#[derive(Debug, Default)]
pub struct State {
    entries: Vec<Entry>,
    keeper: Keeper,
    shelf: Shelf,
    search: String,
    selected: Option<String>,
    modal: Option<Modal>,
    /// What is done once keys can be used.
    wanted: Option<Message>,
    /// Files that still wait to be imported, and what the ones before them brought.
    waiting: VecDeque<PathBuf>,
    brought: Brought,
    busy: bool,
    loaded: bool,
}

/// Who keeps the private keys, and whether they can be used.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Keeper {
    /// They can be used.
    #[default]
    Ready,
    /// A passphrase is needed; the first of a new file sets it.
    Locked {
        /// There is none yet.
        first: bool,
    },
    /// No keyring answers: why.
    Unavailable(String),
}

/// What imports brought, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Brought {
    /// Identities.
    pub identities: usize,
    /// Contacts.
    pub contacts: usize,
    /// Authorities.
    pub authorities: usize,
    /// Already there.
    pub known: usize,
    /// What else is to be said.
    pub notes: Vec<String>,
}

/// What is asked in front of the window.
#[derive(Debug, Clone, PartialEq)]
enum Modal {
    /// The password of a file.
    Password { file: PathBuf, password: Typed, wrong: bool },
    /// How a new file is protected, and its password, twice; whether the two were different.
    Export { entry: Box<Entry>, protection: Protection, password: Typed, repeat: Typed, differ: bool },
    /// The passphrase of the wallet; `repeat` where it is chosen.
    Unlock { passphrase: Typed, repeat: Typed, trouble: Option<String> },
    /// No keyring answers: what to use instead.
    NoKeyring(String),
    /// What a new identity is to be.
    NewIdentity(Wish),
    /// The address for which alone a certificate is trusted.
    TrustFor { entry: Box<Entry>, address: String },
    /// Whether to remove a certificate.
    Remove(Box<Entry>),
    /// What went wrong with a file.
    Failed { file: String, failure: Failure },
}

/// How a new identity comes to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Way {
    /// By an authority, which is asked for a certificate for an RSA key.
    #[default]
    RequestRsa,
    /// The same with a key on the curve P-256.
    RequestP256,
    /// It vouches for itself.
    Test,
}

/// What a new identity is to be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wish {
    /// The name in the certificate.
    pub name: String,
    /// The address.
    pub address: String,
    /// How it comes to be.
    pub way: Way,
}

/// What can happen.
#[derive(Debug, Clone)]
pub enum Message {
    /// Read the wallet again.
    Load,
    /// It was read.
    Loaded(Result<(Vec<Entry>, Keeper), Failure>),
    /// Another shelf.
    Shelf(Shelf),
    /// What to look for.
    Search(String),
    /// A row was chosen.
    Select(usize),
    /// Choose files to import.
    ChooseFiles,
    /// Import files.
    Import(Vec<PathBuf>),
    /// A file was imported, or why not.
    Imported(PathBuf, Outcome),
    /// A password was typed.
    Password(Typed),
    /// It is complete.
    PasswordDone,
    /// A passphrase was typed.
    Passphrase(Typed),
    /// Once more.
    Repeat(Typed),
    /// It is complete.
    PassphraseDone,
    /// The vault was unlocked, or why not.
    Unlocked(Result<(), String>),
    /// Unlock the vault.
    Unlock,
    /// Keep keys in a passphrase file from now on.
    UseFile,
    /// Ask what a new identity is to be; at first, one that comes to be like this.
    NewIdentity(Way),
    /// How it comes to be.
    Way(Way),
    /// Its name.
    Name(String),
    /// An address: its own, or that for which alone a certificate is trusted.
    Address(String),
    /// Make it.
    MakeIdentity,
    /// A request was made: its key, and the name to offer for its file.
    Requested(Result<(String, String), Failure>),
    /// Ask where the selected request goes.
    SaveRequest,
    /// Trust the selected certificate, or take that back.
    Trust(bool),
    /// Ask for which address alone the selected certificate is trusted.
    AskTrustFor,
    /// Trust it for the address that was typed.
    TrustFor,
    /// Distrust it, or take that back.
    Distrust(bool),
    /// Prefer it for signing and encryption.
    Prefer,
    /// Ask whether to remove it.
    AskRemove,
    /// Remove it.
    Remove,
    /// Ask for the password under which the selected identity is exported.
    AskExport,
    /// How the new file is protected.
    Protection(Protection),
    /// Ask where the selected certificate goes.
    SaveCertificate,
    /// Write a new file.
    Export(Export, PathBuf),
    /// It was written, or why not.
    Exported(Result<PathBuf, Failure>),
    /// Something was changed; the word to say about it.
    Changed(Result<String, Failure>),
    /// Copy text.
    Copy(String),
    /// Put away what is in front.
    Leave,
    /// Try the samples.
    Samples,
}

/// What came of importing one file.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// This.
    Brought(Brought),
    /// A password is needed, or the one given was wrong.
    Password {
        /// One was given.
        wrong: bool,
    },
    /// The vault is locked.
    Locked,
    /// No keyring answers.
    NoKeyring(String),
    /// It cannot be imported.
    Failed(Failure),
}

/// What the wallet asks of the window.
#[derive(Debug)]
pub enum Action {
    /// Something to do on another thread.
    Work(Job<Message>),
    /// Say that something was done.
    Say(String),
    /// Say that something went wrong.
    Fail(Failure),
    /// Let the user choose files.
    ChooseFiles,
    /// Let the user choose where a new file goes.
    AskTarget {
        /// What is written.
        export: Export,
        /// The name to offer.
        name: String,
    },
    /// Put the cursor into a field.
    Focus(&'static str),
    /// Keys can be used now: look again at what was locked.
    Unlocked,
    /// Certificates or trust have changed: look again.
    Changed,
    /// Open the wallet with its keys in a passphrase file.
    UseFile,
    /// Into the clipboard.
    Copy(String),
    /// Open the sample messages.
    Samples,
}

impl State {
    /// Whether there is no identity, contact or authority of the user's.
    pub fn is_empty(&self) -> bool {
        self.loaded && self.entries.is_empty()
    }

    /// Whether something is asked in front of the window.
    pub fn has_modal(&self) -> bool {
        self.modal.is_some()
    }

    fn shown(&self) -> Vec<&Entry> {
        let needle = self.search.trim().to_lowercase();
        self.entries.iter().filter(|entry| entry.shelf == self.shelf && entry.matches(&needle)).collect()
    }

    fn selected(&self) -> Option<&Entry> {
        let wanted = self.selected.as_deref()?;
        self.entries.iter().find(|entry| entry.fingerprint() == wanted && entry.shelf == self.shelf)
    }

    fn count(&self, shelf: Shelf) -> usize {
        self.entries.iter().filter(|entry| entry.shelf == shelf).count()
    }
}

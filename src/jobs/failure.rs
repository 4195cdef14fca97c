//! Why a job was not done, in words: what happened, and what to do.

use std::io;
use std::path::Path;

use super::mailbox::Changed;
use super::output::{WriteFailed, folder_of};
use crate::crypto;
use crate::mime;
use crate::report::Failure;
use crate::smime::seal::SealError;
use crate::text::{because, tr, unsupported, with_detail};
use crate::wallet::vault::FileError;
use crate::wallet::{Fault, ImportError, ImportNote, StoreFault, VaultError, WalletError};

/// Codes of failures that are about files: a message that cannot be read, a result that cannot be written.
pub const OF_FILES: [&str; 11] = [
    "cannot-read",
    "cannot-write",
    "changed",
    "disk-full",
    "is-folder",
    "no-folder",
    "no-name-left",
    "no-permission",
    "no-write-permission",
    "not-found",
    "too-complex",
];

/// A failure.
pub(super) fn failure(code: &str, what: String, todo: String) -> Failure {
    Failure { code: code.to_owned(), what, todo }
}

/// Somebody asked to stop.
pub(super) fn cancelled() -> Failure {
    failure("cancelled", tr!("jobs-cancelled"), tr!("jobs-cancelled-todo"))
}

/// A message or another file that cannot be read.
#[must_use]
pub fn reading(name: &str, error: &io::Error) -> Failure {
    let file = name.to_owned();
    if error.get_ref().is_some_and(|inner| inner.is::<Changed>()) {
        return failure("changed", tr!("jobs-mailbox-changed", file = file), tr!("jobs-mailbox-changed-todo"));
    }
    match error.kind() {
        io::ErrorKind::NotFound => failure("not-found", tr!("jobs-not-found", file = file), tr!("jobs-not-found-todo")),
        io::ErrorKind::PermissionDenied => {
            failure("no-permission", tr!("jobs-no-permission", file = file), tr!("jobs-no-permission-todo"))
        }
        io::ErrorKind::IsADirectory => {
            failure("is-folder", tr!("jobs-is-folder", file = file), tr!("jobs-is-folder-todo"))
        }
        _ => {
            let what = because(error, |reason| tr!("jobs-cannot-read", file = file, reason = reason));
            failure("cannot-read", what, tr!("jobs-cannot-read-todo"))
        }
    }
}

/// A file that cannot be written.
#[must_use]
pub fn writing(target: &Path, error: &io::Error) -> Failure {
    let error = WriteFailed::inside(error);
    let place = folder_of(target);
    let folder = place.to_string_lossy().into_owned();
    match error.kind() {
        // A file stands where the folder should, or further up.
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => match place.ancestors().find(|above| above.is_file())
        {
            Some(file) => {
                let file = file.to_string_lossy().into_owned();
                failure("no-folder", tr!("jobs-file-not-folder", file = file), tr!("jobs-file-not-folder-todo"))
            }
            None => failure("no-folder", tr!("jobs-no-folder", folder = folder), tr!("jobs-no-folder-todo")),
        },
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => failure(
            "no-write-permission",
            tr!("jobs-no-write-permission", folder = folder),
            tr!("jobs-no-write-permission-todo"),
        ),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            failure("disk-full", tr!("jobs-disk-full", folder = folder), tr!("jobs-disk-full-todo"))
        }
        io::ErrorKind::AlreadyExists => {
            failure("no-name-left", tr!("jobs-no-name-left", folder = folder), tr!("jobs-no-name-left-todo"))
        }
        _ => {
            let file = target.to_string_lossy().into_owned();
            let what = because(error, |reason| tr!("jobs-cannot-write", file = file, reason = reason));
            failure("cannot-write", what, tr!("jobs-cannot-write-todo"))
        }
    }
}

/// Of a step that reads `name` and writes `target`.
pub(super) fn copying(name: &str, target: &Path, error: &io::Error) -> Failure {
    if WriteFailed::is(error) { writing(target, error) } else { reading(name, error) }
}

/// A message whose structure cannot be looked at.
pub(super) fn structure(name: &str, error: &mime::Error) -> Failure {
    match error {
        mime::Error::Io(error) => reading(name, error),
        mime::Error::Limit { what, limit } => too_complex(name, what, *limit),
    }
}

fn too_complex(name: &str, what: &str, limit: u64) -> Failure {
    let reason = match what {
        "depth" => tr!("jobs-limit-depth", limit = limit),
        "parts" => tr!("jobs-limit-parts", limit = limit),
        _ => tr!("jobs-limit-header", limit = limit),
    };
    let what = tr!("jobs-too-complex", file = name.to_owned(), reason = reason);
    failure("too-complex", what, tr!("jobs-too-complex-todo"))
}

/// Of sealing `name` into `target`.
pub(super) fn sealing(name: &str, target: &Path, error: &SealError) -> Failure {
    match error {
        SealError::Io(error) => copying(name, target, error),
        SealError::Crypto(error) => unusable_key(error),
        SealError::Limit { what, limit } => too_complex(name, what, *limit),
        SealError::Structure(reason) => {
            let what = with_detail(tr!("jobs-not-encodable", file = name.to_owned()), reason);
            failure("too-complex", what, tr!("jobs-too-complex-todo"))
        }
    }
}

/// A key that refuses.
fn unusable_key(error: &crypto::Error) -> Failure {
    failure("unusable-key", with_detail(tr!("jobs-unusable-key"), &error.to_string()), tr!("jobs-unusable-key-todo"))
}

/// Of the wallet.
#[must_use]
pub fn of_wallet(error: &WalletError) -> Failure {
    match error {
        WalletError::Vault(error) => of_vault(error),
        WalletError::Authority => failure("authority", tr!("wallet-authority"), tr!("wallet-authority-todo")),
        WalletError::Newer => failure("newer", tr!("wallet-newer"), tr!("wallet-newer-todo")),
        WalletError::Missing => failure("missing", tr!("wallet-missing"), tr!("wallet-missing-todo")),
        WalletError::Store(fault, detail) => {
            let (what, todo) = of_store(*fault, detail);
            failure("wallet", what, todo)
        }
        WalletError::Io(error) => {
            failure("wallet", because(error, |reason| tr!("wallet-unusable", reason = reason)), mending(error))
        }
        WalletError::OtherKey => failure("wallet", tr!("wallet-other-key"), tr!("wallet-other-key-todo")),
        WalletError::Export(detail) => {
            failure("wallet", with_detail(tr!("wallet-export-failed"), detail), tr!("wallet-export-failed-todo"))
        }
    }
}

fn of_store(fault: StoreFault, detail: &str) -> (String, String) {
    match fault {
        StoreFault::Damaged => (tr!("wallet-file-damaged"), tr!("wallet-file-damaged-todo")),
        StoreFault::Foreign => (tr!("wallet-file-foreign"), tr!("wallet-mend-folder")),
        StoreFault::Busy => (tr!("wallet-busy"), tr!("wallet-busy-todo")),
        StoreFault::Full => (tr!("wallet-full"), tr!("wallet-mend-full")),
        StoreFault::ReadOnly => (tr!("wallet-read-only"), tr!("wallet-mend-rights")),
        StoreFault::Shut => (tr!("wallet-shut"), tr!("wallet-mend-rights")),
        StoreFault::Other => (with_detail(tr!("wallet-store"), detail), tr!("wallet-store-todo")),
    }
}

/// What to do when the wallet's folder or a file in it cannot be used.
fn mending(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => tr!("wallet-mend-full"),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => tr!("wallet-mend-rights"),
        io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory | io::ErrorKind::AlreadyExists => {
            tr!("wallet-mend-folder")
        }
        _ => tr!("wallet-store-todo"),
    }
}

/// Of the keeper of the keys.
#[must_use]
pub fn of_vault(error: &VaultError) -> Failure {
    match error {
        VaultError::Locked => failure("locked", tr!("wallet-locked"), tr!("wallet-locked-todo")),
        VaultError::WrongPassphrase => {
            failure("wrong-passphrase", tr!("wallet-wrong-passphrase"), tr!("wallet-wrong-passphrase-todo"))
        }
        VaultError::Unavailable(reason) => {
            failure("unavailable", with_detail(tr!("wallet-no-keyring"), reason), tr!("wallet-no-keyring-todo"))
        }
        VaultError::Missing | VaultError::Damaged => {
            failure("key-damaged", tr!("wallet-key-damaged"), tr!("wallet-key-damaged-todo"))
        }
        VaultError::PassphraseFile(file) => {
            let file = file.to_string_lossy().into_owned();
            failure("key-damaged", tr!("wallet-passphrase-file", file = file), tr!("wallet-passphrase-file-todo"))
        }
        VaultError::File(FileError { path, writing: to_write, error }) => {
            let failed = if *to_write { writing(path, error) } else { reading(&path.to_string_lossy(), error) };
            Failure { todo: mending(error), ..failed }
        }
        VaultError::Unwritten(reason) => {
            let what = with_detail(tr!("wallet-keyring-unwritten"), reason);
            failure("cannot-write", what, tr!("wallet-keyring-unwritten-todo"))
        }
        VaultError::Failed(reason) => {
            failure("vault", with_detail(tr!("wallet-vault-failed"), reason), tr!("wallet-store-todo"))
        }
    }
}

/// A damaged file that tells the passphrase was made anew and kept.
#[must_use]
pub fn kept_aside(file: &Path) -> Failure {
    let file = file.to_string_lossy().into_owned();
    failure("kept-aside", tr!("wallet-kept-aside"), tr!("wallet-kept-aside-todo", file = file))
}

/// Of an import. A wrong password, a damaged file and a key without its certificate are three different things to do.
#[must_use]
pub fn of_import(error: &ImportError) -> Failure {
    match error {
        ImportError::NeedsPassword | ImportError::WrongPassword => {
            failure("wrong-password", tr!("wallet-wrong-password"), tr!("wallet-wrong-password-todo"))
        }
        ImportError::Damaged(reason) => {
            failure("damaged", with_detail(tr!("wallet-damaged"), reason), tr!("wallet-damaged-todo"))
        }
        ImportError::KeyWithoutCertificate => failure(
            "key-without-certificate",
            tr!("wallet-key-without-certificate"),
            tr!("wallet-key-without-certificate-todo"),
        ),
        ImportError::Nothing => failure("nothing", tr!("wallet-nothing"), tr!("wallet-nothing-todo")),
        ImportError::Unsupported(kind) => {
            failure("unsupported", tr!("wallet-unsupported", method = method_of(kind)), tr!("wallet-unsupported-todo"))
        }
        ImportError::Limit(reason) => {
            failure("unsupported", with_detail(tr!("wallet-too-much-work"), reason), tr!("wallet-unsupported-todo"))
        }
        ImportError::Wallet(error) => of_wallet(error),
    }
}

/// What is to be said of an import that succeeded: code and words.
#[must_use]
pub fn note_of_import(note: &ImportNote) -> (&'static str, String) {
    match note {
        ImportNote::NoMac => ("no-mac", tr!("wallet-import-no-mac")),
        ImportNote::LeftOut(kind) => ("key-left-out", tr!("wallet-import-left-out", method = method_of(kind))),
    }
}

fn method_of(kind: &crypto::Unsupported) -> String {
    unsupported(kind.role, &kind.name.map_or_else(|| kind.oid.to_string(), str::to_owned))
}

/// What a look at the wallet found, in a sentence.
#[must_use]
pub fn fault(fault: &Fault) -> String {
    match fault {
        Fault::Database(detail) => with_detail(tr!("wallet-fault-database"), detail),
        Fault::Certificate(fingerprint) => tr!("wallet-fault-certificate", fingerprint = fingerprint.clone()),
        Fault::Key(name, error) => format!("{name}: {}", of_wallet(error).what),
    }
}

/// No identity or request could be made.
#[must_use]
pub fn of_identity(error: &crypto::Error) -> Failure {
    let what = with_detail(tr!("wallet-identity-failed"), &error.to_string());
    failure("identity", what, tr!("wallet-identity-failed-todo"))
}

//! Exit statuses, and what is done when several hold.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use waxwing::jobs::failure;
use waxwing::report::Failure;
use waxwing::text::{because, tr};
use waxwing::wallet::WalletError;

use crate::paper;

/// How a run, or a part of it, ended. The order is that of the contract: the highest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It was done.
    Done = 0,
    /// It was not done, or a verdict is not good.
    NotDone = 1,
    /// The command was wrong.
    Usage = 2,
    /// A file could not be read or written.
    File = 3,
}

impl Status {
    /// What a failure means.
    pub fn of(failure: &Failure) -> Self {
        let code = failure.code.as_str();
        // The wallet is a file too.
        if failure::OF_FILES.contains(&code) || ["wallet", "newer"].contains(&code) {
            Self::File
        } else {
            Self::NotDone
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// Why a run, or one of its steps, did not work.
#[derive(Debug)]
pub struct Trouble {
    /// What it means for the exit status.
    pub status: Status,
    /// The file or entry that it is about.
    pub about: Option<String>,
    /// The words.
    pub failure: Failure,
}

impl Trouble {
    /// Something was not done.
    pub fn new(failure: Failure) -> Self {
        Self { status: Status::of(&failure), about: None, failure }
    }

    /// A file could not be read.
    pub fn unreadable(file: &Path, error: &io::Error) -> Self {
        Self::new(failure::reading(&file.to_string_lossy(), error))
    }

    /// A file could not be written.
    pub fn unwritable(file: &Path, error: &io::Error) -> Self {
        Self::new(failure::writing(file, error))
    }

    /// Standard output cannot be written.
    pub fn output(error: &io::Error) -> Self {
        Self::new(no_output(error))
    }

    /// The command was wrong.
    pub fn usage(what: String, todo: String) -> Self {
        Self { status: Status::Usage, about: None, failure: Failure { code: "usage".to_owned(), what, todo } }
    }

    /// What was to be an address is none.
    pub fn no_address(text: &str) -> Self {
        Self::usage(tr!("cli-no-address", address = text), tr!("cli-no-address-todo"))
    }

    /// Names what it is about.
    #[must_use]
    pub fn about(self, about: impl Into<String>) -> Self {
        Self { about: Some(about.into()), ..self }
    }

    /// Says it on standard error.
    pub fn say(&self) -> Status {
        paper::say(self.about.as_deref(), &self.failure);
        self.status
    }
}

impl From<WalletError> for Trouble {
    fn from(error: WalletError) -> Self {
        let trouble = Self::new(at_a_terminal(failure::of_wallet(&error)));
        match error {
            WalletError::OtherKey | WalletError::Export(_) => Self { status: Status::NotDone, ..trouble },
            _ => trouble,
        }
    }
}

/// Standard output cannot be written.
pub fn no_output(error: &io::Error) -> Failure {
    let what = because(error, |reason| tr!("cli-no-output", reason = reason));
    let todo = tr!("cli-no-output-todo");
    Failure { code: "cannot-write".to_owned(), what, todo }
}

/// What to do about locked or absent keys where there is no button for it.
pub fn at_a_terminal(failure: Failure) -> Failure {
    let locked = failure.todo == tr!("wallet-locked-todo");
    let todo = match failure.code.as_str() {
        "locked" | "needs-unlock" if locked => tr!("cli-passphrase-todo"),
        "unavailable" => tr!("cli-no-keyring-todo"),
        _ => return failure,
    };
    Failure { todo, ..failure }
}

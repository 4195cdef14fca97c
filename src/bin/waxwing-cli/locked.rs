//! Files under a password: tries what was given, then asks whoever sits at the terminal.

use std::path::Path;

use secrecy::SecretString;
use waxwing::jobs::failure;
use waxwing::mime::header::one_line;
use waxwing::report::Failure;
use waxwing::text::tr;
use waxwing::wallet::ImportError;

use crate::paper;
use crate::secrets;
use crate::status::Trouble;

/// Opens a file with the first of the passwords that fits; if none was given and one is needed, asks for it.
pub fn open<T>(
    file: &Path,
    given: &[SecretString],
    open: impl Fn(Option<&SecretString>) -> Result<Result<T, ImportError>, Trouble>,
) -> Result<T, Trouble> {
    let name = file.to_string_lossy();
    let mut result = open(given.first())?;
    for password in given.iter().skip(1) {
        // Where nothing else shows that a password is wrong, what it opens looks damaged.
        if !matches!(result, Err(ImportError::NeedsPassword | ImportError::WrongPassword | ImportError::Damaged(_))) {
            break;
        }
        result = match (result, open(Some(password))?) {
            (Err(wrong @ ImportError::WrongPassword), Err(ImportError::Damaged(_))) => Err(wrong),
            (_, next) => next,
        };
    }
    let mut tries = secrets::TRIES;
    while let Err(ImportError::NeedsPassword | ImportError::WrongPassword) = &result {
        if !given.is_empty() || tries == 0 {
            break;
        }
        if tries < secrets::TRIES {
            paper::note(&tr!("wallet-wrong-password"));
        }
        tries -= 1;
        let Some(password) = secrets::ask(&tr!("cli-password-of", file = one_line(&name))) else { break };
        result = open(Some(&password))?;
    }
    result.map_err(|error| {
        let failure = match &error {
            ImportError::NeedsPassword => Failure {
                code: "needs-password".to_owned(),
                what: tr!("cli-needs-password"),
                todo: tr!("cli-password-todo"),
            },
            error => failure::of_import(error),
        };
        let trouble = match error {
            ImportError::Wallet(error) => Trouble::from(error),
            _ => Trouble::new(failure),
        };
        trouble.about(name.clone())
    })
}

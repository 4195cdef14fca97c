//! Passwords and passphrases: from files, from the environment, or from whoever sits at the terminal.

use std::io::IsTerminal;
use std::path::Path;

use console::Term;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::bar;
use crate::files;
use crate::options::Options;
use crate::status::Trouble;

/// A password file is small; what is larger is something else.
const LARGEST: usize = 64 * 1024;

/// How often a question is repeated.
pub const TRIES: usize = 3;

/// What was given before the run.
pub struct Secrets {
    /// Of --p12 and of imported files, in the order in which they are tried.
    pub passwords: Vec<SecretString>,
    /// Of the passphrase file.
    pub passphrase: Option<SecretString>,
    /// Of a message.
    pub message: Option<SecretString>,
}

impl Secrets {
    /// Files before variables.
    pub fn given(options: &Options) -> Result<Self, Trouble> {
        Ok(Self {
            passwords: match options.password_file.as_slice() {
                [] => variable("WAXWING_PASSWORD").into_iter().collect(),
                files => files.iter().map(|file| first_line(file)).collect::<Result<_, _>>()?,
            },
            passphrase: match &options.passphrase_file {
                Some(file) => Some(first_line(file)?),
                None => variable("WAXWING_PASSPHRASE"),
            },
            message: options.message_password_file.as_deref().map(first_line).transpose()?,
        })
    }
}

fn variable(name: &str) -> Option<SecretString> {
    std::env::var(name).ok().map(SecretString::from)
}

/// The first line of a file, without its line end.
fn first_line(file: &Path) -> Result<SecretString, Trouble> {
    let bytes = files::read(file, LARGEST)?;
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    // Editors on Windows begin a file with a byte order mark.
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    match std::str::from_utf8(line) {
        Ok(line) => Ok(SecretString::from(line)),
        Err(_) => {
            let error = std::io::Error::from(std::io::ErrorKind::InvalidData);
            Err(Trouble::unreadable(file, &error))
        }
    }
}

/// Whether somebody can be asked.
pub fn somebody_is_there() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Asks for a secret on the terminal; `None` when nobody is there or nothing was typed.
pub fn ask(question: &str) -> Option<SecretString> {
    if !somebody_is_there() {
        return None;
    }
    let terminal = Term::stderr();
    let ask = || terminal.write_str(&format!("{question}: ")).and_then(|()| terminal.read_secure_line());
    let typed = Zeroizing::new(bar::aside(ask).ok()?);
    (!typed.is_empty()).then(|| SecretString::from(typed.as_str()))
}

/// Asks for a new secret, twice; `None` when the answers differ or nobody is there.
pub fn ask_twice(question: &str, again: &str) -> Option<SecretString> {
    let first = ask(question)?;
    let second = ask(again)?;
    (first.expose_secret() == second.expose_secret()).then_some(first)
}

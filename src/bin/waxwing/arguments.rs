//! The command line of the window.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, ValueEnum};
use waxwing::text::tr;

use crate::command::{help, mistake};

/// What the window begins with.
#[derive(Debug, Parser)]
#[command(name = "waxwing", version, about = tr!("help-about"), after_help = tr!("help-window"))]
pub struct Arguments {
    #[arg(value_name = tr!("help-value-file"), help = tr!("help-window-files"))]
    pub files: Vec<PathBuf>,
    #[arg(long, value_name = tr!("help-value-dir"), help = tr!("help-wallet-dir"))]
    pub wallet: Option<PathBuf>,
    #[arg(long, value_enum, value_name = help::values::<VaultKind>(), hide_possible_values = true, help = tr!("help-vault"))]
    pub vault: Option<VaultKind>,
    #[arg(long, help = tr!("help-x11"))]
    pub x11: bool,
}

impl Arguments {
    /// The words of this run; what to end with where there is no more to do.
    pub fn of_this_run() -> Result<Self, ExitCode> {
        let mut words = words();
        let matches = words.try_get_matches_from_mut(std::env::args_os());
        matches.and_then(|matches| Self::from_arg_matches(&matches)).map_err(|error| {
            if error.use_stderr() {
                eprintln!("waxwing: {}\n{}", mistake::what(&error), mistake::todo(&error, &words));
                return ExitCode::from(2);
            }
            match error.print() {
                // Nobody reads a pipe that was closed.
                Err(error) if error.kind() != ErrorKind::BrokenPipe => ExitCode::from(2),
                _ => ExitCode::SUCCESS,
            }
        })
    }
}

/// All words that can be said, with their help.
fn words() -> clap::Command {
    help::translated(Arguments::command())
}

/// Who keeps the private keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum VaultKind {
    /// The system's keyring
    Keyring,
    /// A file under a passphrase
    File,
    /// Nobody: keys vanish with the window
    Memory,
}

#[cfg(test)]
mod tests {
    /// Every word has its text.
    #[test]
    fn help_is_complete() {
        crate::command::help::is_complete(super::words());
    }
}

//! How a run ends whose command asks for help, or is wrong.

use clap::error::ErrorKind;
use clap::{Command, Error};

use crate::command::mistake;
use crate::ending::Ending;
use crate::status::{Status, Trouble};

/// Prints help and version where they are asked for, and else says what is wrong.
pub fn answer(error: &Error, words: &Command) -> Status {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => match error.print() {
            Ok(()) => Status::Done,
            Err(error) => Ending::from(error).status(),
        },
        // To standard error; when that is gone there is nobody to tell.
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            _ = error.print();
            Status::Usage
        }
        _ => Trouble::usage(mistake::what(error), mistake::todo(error, words)).say(),
    }
}

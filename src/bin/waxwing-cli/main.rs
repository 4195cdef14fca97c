//! The command line: sign, verify, encrypt and decrypt S/MIME messages, for scripts, gateways and servers.

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::arguments::{Arguments, Command};
use crate::ending::Ending;
use crate::options::Options;
use crate::paper::Paper;
use crate::status::Status;

mod arguments;
mod bar;
#[path = "../command/mod.rs"]
mod command;
mod ending;
mod files;
mod given;
mod history;
mod interrupt;
mod language;
mod locked;
mod messages;
mod options;
mod paper;
mod report;
mod secrets;
mod session;
mod status;
mod usage;
mod wallet;

fn main() -> ExitCode {
    language::select(std::env::args_os().skip(1));
    let mut words = words();
    let arguments = match arguments(&mut words) {
        Ok(arguments) => arguments,
        Err(error) => return usage::answer(&error, &words).into(),
    };
    let mut paper = Paper::new();
    let ended = run(&arguments, &mut paper).and_then(|status| match paper.flush() {
        Ok(()) => Ok(status),
        Err(error) => Err(Ending::Output(error, status)),
    });
    ended.unwrap_or_else(Ending::status).into()
}

fn arguments(words: &mut clap::Command) -> Result<Arguments, clap::Error> {
    let matches = words.try_get_matches_from_mut(std::env::args_os())?;
    let arguments = Arguments::from_arg_matches(&matches)?;
    Ok(Arguments { options: Options::gather(&matches)?, ..arguments })
}

/// All words that can be said, with their help.
fn words() -> clap::Command {
    command::help::translated(options::everywhere(Arguments::command()))
}

fn run(arguments: &Arguments, paper: &mut Paper) -> Result<Status, Ending> {
    let Arguments { command, options } = arguments;
    match command {
        Command::Wallet(command) => wallet::run(command, options, paper),
        Command::History { limit } => history::run(*limit, options, paper),
        command => messages::run(command, options, paper),
    }
}

#[cfg(test)]
mod tests {
    /// Every word has its text.
    #[test]
    fn help_is_complete() {
        crate::command::help::is_complete(super::words());
    }
}

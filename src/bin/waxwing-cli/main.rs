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
mod wallet;

fn main() -> ExitCode {
    let arguments = arguments();
    language::select(arguments.options.lang.as_deref());
    let mut paper = Paper::new();
    let ended = run(&arguments, &mut paper).and_then(|status| match paper.flush() {
        Ok(()) => Ok(status),
        Err(error) => Err(Ending::Output(error, status)),
    });
    ended.unwrap_or_else(Ending::status).into()
}

fn arguments() -> Arguments {
    let matches = options::everywhere(Arguments::command()).get_matches();
    let parsed = Arguments::from_arg_matches(&matches)
        .and_then(|arguments| Ok(Arguments { options: Options::gather(&matches)?, ..arguments }));
    parsed.unwrap_or_else(|error| error.exit())
}

fn run(arguments: &Arguments, paper: &mut Paper) -> Result<Status, Ending> {
    let Arguments { command, options } = arguments;
    match command {
        Command::Wallet(command) => wallet::run(command, options, paper),
        Command::History { limit } => history::run(*limit, options, paper),
        command => messages::run(command, options, paper),
    }
}

//! `waxwing-cli wallet …`

use std::io;

use waxwing::jobs::failure;
use waxwing::wallet::Wallet;

use crate::arguments::WalletCommand;
use crate::ending::Ending;
use crate::options::Options;
use crate::paper::Paper;
use crate::session::{Absent, Session};
use crate::status::Status;

mod change;
mod entry;
mod export;
mod import;
mod list;
mod request;

/// Runs one command.
pub fn run(command: &WalletCommand, options: &Options, paper: &mut Paper) -> Result<Status, Ending> {
    let absent = match command {
        WalletCommand::Import { .. } | WalletCommand::New { .. } | WalletCommand::Request { .. } => Absent::Make,
        _ => Absent::Ignore,
    };
    let session = Session::open(options, absent)?;
    match command {
        WalletCommand::List => list::run(&session.wallet, options, paper),
        WalletCommand::Import { files } => import::run(files, &session, options, paper),
        WalletCommand::Export { what, form } => export::run(what, form, &session, options, paper),
        WalletCommand::Remove { what } => change::remove(what, &session, paper),
        WalletCommand::Default { what, signing, encryption } => {
            // Neither is both.
            change::prefer(what, (!encryption, !signing), &session.wallet, paper)
        }
        WalletCommand::Trust { what, address, change } => {
            let how = (address.as_deref(), *change);
            change::trust(what, how, &session.wallet, options, paper)
        }
        WalletCommand::New { name, address } => change::make(name, address, &session, options, paper),
        WalletCommand::Request { name, address, key_type, output } => {
            request::run((name, address), *key_type, output, &session, options, paper)
        }
        WalletCommand::Check => check(&session, paper),
    }
}

fn check(session: &Session, paper: &mut Paper) -> Result<Status, Ending> {
    // What is locked cannot be checked.
    let vault = session.wallet.vault();
    session.with_keys(|| if has_keys(&session.wallet)? { Ok(vault.ready()?) } else { Ok(()) })?;
    let wrong = session.wallet.check().map_err(crate::status::Trouble::from)?;
    let said: io::Result<()> = if wrong.is_empty() {
        paper.line(&waxwing::text::tr!("cli-wallet-whole"))
    } else {
        wrong.iter().try_for_each(|wrong| paper.line(&failure::fault(wrong)))
    };
    said?;
    Ok(if wrong.is_empty() { Status::Done } else { Status::NotDone })
}

fn has_keys(wallet: &Wallet) -> Result<bool, waxwing::wallet::WalletError> {
    Ok(!wallet.identities()?.is_empty() || !wallet.requests()?.is_empty())
}

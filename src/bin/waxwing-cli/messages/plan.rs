//! What is to be done with every message of a run.

use std::path::Path;

use waxwing::jobs::{Seal, SignWith};
use waxwing::mime::address::Address;
use waxwing::pki::Certificate;

use super::bench::Bench;
use crate::arguments::{Command, Target};
use crate::given;
use crate::status::Trouble;

/// The task and where its results go.
pub struct Plan {
    /// What is done.
    pub task: Task,
    /// Where results go.
    pub target: Target,
}

/// What is done with a message.
pub enum Task {
    /// Looked at.
    Verify,
    /// Saved without its encryption.
    Decrypt,
    /// Signed, encrypted, or both.
    Seal(Seal),
}

impl Plan {
    /// Finds who signs and who reads.
    pub fn of(command: &Command, bench: &Bench) -> Result<Self, Trouble> {
        match command {
            Command::Decrypt { .. } | Command::Sign { .. } => bench.unlock_early()?,
            Command::Encrypt(encrypt) if encrypt.sign || encrypt.triple => bench.unlock_early()?,
            _ => {}
        }
        Ok(match command {
            Command::Decrypt { target, .. } => Self { task: Task::Decrypt, target: target.clone() },
            Command::Sign { signer, opaque, compress, headers, target, .. } => {
                let (sign, protect) = (Some(signer_of(signer.as_deref())?), headers.protect());
                let seal = Seal { sign, opaque: *opaque, compress: *compress, protect, ..Seal::default() };
                Self { task: Task::Seal(seal), target: target.clone() }
            }
            Command::Encrypt(encrypt) => {
                let signs = encrypt.sign || encrypt.triple;
                let sign = if signs { Some(signer_of(encrypt.signer.as_deref())?) } else { None };
                let to: Result<Vec<_>, Trouble> = encrypt.to.iter().map(|to| readers(to, bench)).collect();
                let seal = Seal {
                    sign,
                    encrypt: true,
                    opaque: encrypt.opaque,
                    triple: encrypt.triple,
                    compress: encrypt.compress,
                    protect: encrypt.headers.protect(),
                    to: to?.concat(),
                };
                Self { task: Task::Seal(seal), target: encrypt.target.clone() }
            }
            _ => Self { task: Task::Verify, target: Target { output: None, out_dir: None } },
        })
    }
}

fn signer_of(address: Option<&str>) -> Result<SignWith, Trouble> {
    let Some(address) = address else { return Ok(SignWith::Sender) };
    match Address::parse(address) {
        Some(_) => Ok(SignWith::Address(address.to_owned())),
        None => Err(Trouble::no_address(address)),
    }
}

/// The certificates behind `--to`: those in a file, or the one that the wallet or the run has for an address.
fn readers(to: &Path, bench: &Bench) -> Result<Vec<Certificate>, Trouble> {
    let address = to.to_string_lossy();
    if to.exists() || Address::parse(&address).is_none() {
        return given::certificates(to);
    }
    Ok(vec![bench.desk().recipient(&address).map_err(Trouble::new)?])
}

//! The words that the command line knows.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use waxwing::text::tr;

use crate::command::help::values;
use crate::options::Options;

/// What is asked for.
#[derive(Debug, Parser)]
#[command(name = "waxwing-cli", version, about = tr!("help-about"), after_help = tr!("help-statuses"))]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// What holds for every command.
    #[command(flatten)]
    pub options: Options,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    #[command(about = tr!("help-command-verify"))]
    Verify {
        #[arg(required = true, value_name = tr!("help-value-file"), help = tr!("help-files"))]
        files: Vec<PathBuf>,
    },
    #[command(about = tr!("help-command-decrypt"))]
    Decrypt {
        #[arg(required = true, value_name = tr!("help-value-file"), help = tr!("help-files"))]
        files: Vec<PathBuf>,
        #[command(flatten)]
        target: Target,
    },
    #[command(about = tr!("help-command-sign"))]
    Sign {
        #[arg(required = true, value_name = tr!("help-value-file"), help = tr!("help-files"))]
        files: Vec<PathBuf>,
        #[arg(long = "as", value_name = tr!("help-value-address"), help = tr!("help-signer"))]
        signer: Option<String>,
        #[arg(long, help = tr!("help-opaque"))]
        opaque: bool,
        #[arg(long, help = tr!("help-sign-compress"))]
        compress: bool,
        #[command(flatten)]
        headers: Headers,
        #[command(flatten)]
        target: Target,
    },
    #[command(about = tr!("help-command-encrypt"))]
    Encrypt(Encrypt),
    #[command(about = tr!("help-command-wallet"))]
    #[command(subcommand)]
    Wallet(WalletCommand),
    #[command(about = tr!("help-command-history"))]
    History {
        #[arg(long, value_name = tr!("help-value-number"), default_value_t = 100, hide_default_value = true, value_parser = count, help = tr!("help-limit"))]
        limit: usize,
    },
}

/// Encrypt messages.
#[derive(Debug, Args)]
pub struct Encrypt {
    #[arg(required = true, value_name = tr!("help-value-file"), help = tr!("help-files"))]
    pub files: Vec<PathBuf>,
    #[arg(long, value_name = tr!("help-value-address-or-file"), help = tr!("help-to"))]
    pub to: Vec<PathBuf>,
    #[arg(long, help = tr!("help-sign"))]
    pub sign: bool,
    #[arg(long, help = tr!("help-triple"))]
    pub triple: bool,
    #[arg(long = "as", value_name = tr!("help-value-address"), help = tr!("help-signer"))]
    pub signer: Option<String>,
    #[arg(long, help = tr!("help-opaque"))]
    pub opaque: bool,
    #[arg(long, help = tr!("help-encrypt-compress"))]
    pub compress: bool,
    #[command(flatten)]
    pub headers: Headers,
    #[command(flatten)]
    pub target: Target,
}

/// What becomes of the header fields.
#[derive(Debug, Clone, Copy, Args)]
#[group(multiple = false)]
pub struct Headers {
    #[arg(long, help = tr!("help-protect-headers"))]
    protect_headers: bool,
    #[arg(long, help = tr!("help-no-protect-headers"))]
    no_protect_headers: bool,
}

impl Headers {
    /// What was said about it.
    pub fn protect(self) -> Option<bool> {
        (self.protect_headers || self.no_protect_headers).then_some(self.protect_headers)
    }
}

/// Where a result goes.
#[derive(Debug, Clone, Args)]
pub struct Target {
    #[arg(short = 'o', long = "output", value_name = tr!("help-value-out"), conflicts_with = "out_dir", help = tr!("help-output"))]
    pub output: Option<PathBuf>,
    #[arg(long, value_name = tr!("help-value-dir"), help = tr!("help-out-dir"))]
    pub out_dir: Option<PathBuf>,
}

/// What to do with the wallet.
#[derive(Debug, Subcommand)]
pub enum WalletCommand {
    #[command(about = tr!("help-command-wallet-list"))]
    List,
    #[command(about = tr!("help-command-wallet-import"))]
    Import {
        #[arg(required = true, value_name = tr!("help-value-file"), help = tr!("help-import-files"))]
        files: Vec<PathBuf>,
    },
    #[command(about = tr!("help-command-wallet-export"))]
    Export {
        #[arg(value_name = tr!("help-value-entry"), help = tr!("help-what"))]
        what: String,
        #[command(flatten)]
        form: ExportForm,
    },
    #[command(about = tr!("help-command-wallet-remove"))]
    Remove {
        #[arg(value_name = tr!("help-value-entry"), help = tr!("help-what"))]
        what: String,
    },
    #[command(about = tr!("help-command-wallet-default"))]
    Default {
        #[arg(value_name = tr!("help-value-entry"), help = tr!("help-what"))]
        what: String,
        #[arg(long, conflicts_with = "encryption", help = tr!("help-signing"))]
        signing: bool,
        #[arg(long, help = tr!("help-encryption"))]
        encryption: bool,
    },
    #[command(about = tr!("help-command-wallet-trust"))]
    Trust {
        #[arg(value_name = tr!("help-value-entry"), help = tr!("help-what"))]
        what: String,
        #[arg(long = "for", value_name = tr!("help-value-address"), conflicts_with_all = ["revoke", "distrust", "undistrust"], help = tr!("help-trust-for"))]
        address: Option<String>,
        #[command(flatten)]
        change: TrustChange,
    },
    #[command(about = tr!("help-command-wallet-new"))]
    New {
        #[arg(long, value_name = tr!("help-value-name"), help = tr!("help-new-name"))]
        name: String,
        #[arg(long, value_name = tr!("help-value-address"), help = tr!("help-new-address"))]
        address: String,
    },
    #[command(about = tr!("help-command-wallet-request"))]
    Request {
        #[arg(long, value_name = tr!("help-value-name"), default_value = "", hide_default_value = true, help = tr!("help-request-name"))]
        name: String,
        #[arg(long, value_name = tr!("help-value-address"), help = tr!("help-request-address"))]
        address: String,
        #[arg(long, value_enum, value_name = values::<NewKey>(), hide_possible_values = true, default_value_t = NewKey::Rsa3072, hide_default_value = true, help = tr!("help-key-type"))]
        key_type: NewKey,
        #[arg(short = 'o', long = "output", value_name = tr!("help-value-out"), help = tr!("help-request-output"))]
        output: PathBuf,
    },
    #[command(about = tr!("help-command-wallet-check"))]
    Check,
}

/// The kind of a new key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NewKey {
    /// RSA with 3072 bits, which every authority takes
    #[value(name = "rsa-3072")]
    Rsa3072,
    /// RSA with 4096 bits
    #[value(name = "rsa-4096")]
    Rsa4096,
    /// The curve P-256
    #[value(name = "p-256")]
    P256,
    /// The curve P-384
    #[value(name = "p-384")]
    P384,
}

/// How an entry is written.
#[derive(Debug, Clone, Args)]
#[command(group = ArgGroup::new("form").args(["p12", "cert"]).required(true))]
pub struct ExportForm {
    #[arg(long, value_name = tr!("help-value-out"), help = tr!("help-export-p12"))]
    pub p12: Option<PathBuf>,
    #[arg(long, requires = "p12", conflicts_with = "cert", help = tr!("help-legacy"))]
    pub legacy: bool,
    #[arg(long, value_name = tr!("help-value-out"), help = tr!("help-export-cert"))]
    pub cert: Option<PathBuf>,
}

/// What becomes of trust.
#[derive(Debug, Clone, Copy, Args)]
#[group(multiple = false)]
pub struct TrustChange {
    #[arg(long, help = tr!("help-revoke"))]
    pub revoke: bool,
    #[arg(long, help = tr!("help-distrust"))]
    pub distrust: bool,
    #[arg(long, help = tr!("help-undistrust"))]
    pub undistrust: bool,
}

/// Who keeps the private keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum VaultKind {
    /// The system's keyring
    Keyring,
    /// Files under a passphrase
    File,
    /// Nobody: keys vanish with the program
    Memory,
}

/// Whether certificates are checked for withdrawal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Revocation {
    /// Not at all
    Off,
    /// Where it is possible
    Prefer,
    /// Unknown is no
    Require,
}

/// Whether an issuer that is missing is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Issuers {
    /// Say where it could be had
    Ask,
    /// Fetch it
    Always,
    /// Say nothing of it
    Never,
}

/// What new messages are made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Methods {
    /// Methods that every program reads
    Compatible,
    /// Methods that protect more
    Modern,
}

/// A number of lines, for clap.
fn count(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| tr!("mistake-number"))
}

/// A moment, for clap.
pub fn moment(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| tr!("mistake-moment"))
}

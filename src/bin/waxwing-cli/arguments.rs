//! The words that the command line knows; their help is in English.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;

use crate::options::Options;

/// Opens and seals S/MIME mail.
#[derive(Debug, Parser)]
#[command(
    name = "waxwing-cli",
    version,
    about,
    after_help = "Exit status: 0 every message got what was asked (verify: verified or pinned), 1 some did not, \
                  2 wrong usage, 3 some file could not be read or written. The highest counts."
)]
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
    /// Say who signed messages, whether they were changed, and how private they were; nothing is written
    Verify {
        /// Messages; - is standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Save messages without their encryption
    Decrypt {
        /// Messages; - is standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        target: Target,
    },
    /// Sign messages
    Sign {
        /// Messages; - is standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Sign as this address [default: the one in From]
        #[arg(long = "as", value_name = "ADDRESS")]
        signer: Option<String>,
        /// Put the content inside the signature, where only S/MIME programs can read it
        #[arg(long)]
        opaque: bool,
        /// Compress what is signed (RFC 3274), which few programs read
        #[arg(long)]
        compress: bool,
        #[command(flatten)]
        headers: Headers,
        #[command(flatten)]
        target: Target,
    },
    /// Encrypt messages
    Encrypt(Encrypt),
    /// Look after identities, contacts and authorities
    #[command(subcommand)]
    Wallet(WalletCommand),
    /// List what was done, newest first
    History {
        /// At most so many lines
        #[arg(long, value_name = "NUMBER", default_value_t = 100)]
        limit: usize,
    },
}

/// Encrypt messages.
#[derive(Debug, Args)]
pub struct Encrypt {
    /// Messages; - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// For this address or certificate file; repeatable [default: everyone in To, Cc and Bcc, and the sender]
    #[arg(long, value_name = "ADDRESS|CERT")]
    pub to: Vec<PathBuf>,
    /// Sign before
    #[arg(long)]
    pub sign: bool,
    /// Sign before and once more around it (RFC 2634)
    #[arg(long)]
    pub triple: bool,
    /// Sign as this address [default: the one in From]
    #[arg(long = "as", value_name = "ADDRESS")]
    pub signer: Option<String>,
    /// Put the content inside the signature
    #[arg(long)]
    pub opaque: bool,
    /// Compress what is encrypted (RFC 3274), which few programs read
    #[arg(long)]
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
    /// Protect header fields too, and hide the Subject outside of an encryption (RFC 9788) [default: with --profile modern]
    #[arg(long)]
    protect_headers: bool,
    /// Leave header fields outside as they are [default: with --profile compatible]
    #[arg(long)]
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
    /// Write the result here; - is standard output [default: beside the message, under a new name]
    #[arg(short = 'o', long = "output", value_name = "OUT", conflicts_with = "out_dir")]
    pub output: Option<PathBuf>,
    /// Write the results into this folder
    #[arg(long, value_name = "DIR")]
    pub out_dir: Option<PathBuf>,
}

/// What to do with the wallet.
#[derive(Debug, Subcommand)]
pub enum WalletCommand {
    /// List identities, contacts and authorities
    List,
    /// Take in certificates and keys: .p12, .pfx, .pem, .cer, .p7b
    Import {
        /// What to import; - is standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Write an identity with its key, or a certificate
    Export {
        /// An address, or the beginning of a fingerprint
        what: String,
        #[command(flatten)]
        form: ExportForm,
    },
    /// Remove an entry, an identity together with its key
    Remove {
        /// An address, or the beginning of a fingerprint
        what: String,
    },
    /// Prefer an identity among those with the same address
    Default {
        /// An address, or the beginning of a fingerprint
        what: String,
        /// For signing only
        #[arg(long, conflicts_with = "encryption")]
        signing: bool,
        /// For encryption only
        #[arg(long)]
        encryption: bool,
    },
    /// Trust an authority for mail, or one certificate by itself
    Trust {
        /// An address, or the beginning of a fingerprint
        what: String,
        /// Trust the certificate of a person for this address alone, whether it names it or not
        #[arg(long = "for", value_name = "ADDRESS", conflicts_with_all = ["revoke", "distrust", "undistrust"])]
        address: Option<String>,
        #[command(flatten)]
        change: TrustChange,
    },
    /// Make a test identity, whose certificate vouches for itself
    New {
        /// The name in the certificate
        #[arg(long)]
        name: String,
        /// The mail address in the certificate
        #[arg(long)]
        address: String,
    },
    /// Ask an authority for a certificate: make a key and a request for it (PKCS #10). Import the certificate when it comes
    Request {
        /// The name that the certificate is to have [default: the address]
        #[arg(long, default_value = "")]
        name: String,
        /// The mail address that it is for
        #[arg(long)]
        address: String,
        /// The kind of key
        #[arg(long, value_enum, default_value_t = NewKey::Rsa3072)]
        key_type: NewKey,
        /// Write the request here, as PEM; - is standard output
        #[arg(short = 'o', long = "output", value_name = "OUT")]
        output: PathBuf,
    },
    /// Look whether the wallet is whole and every key is there
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
pub struct ExportForm {
    /// As PKCS #12 with the key, under the password of --password-file or WAXWING_PASSWORD
    #[arg(long, value_name = "OUT", required_unless_present = "cert", conflicts_with = "cert")]
    pub p12: Option<PathBuf>,
    /// With 3DES and SHA-1, for programs that read nothing newer: gpgsm before 2.4, old Windows and macOS
    #[arg(long, requires = "p12", conflicts_with = "cert")]
    pub legacy: bool,
    /// The certificate alone, as PEM; - is standard output
    #[arg(long, value_name = "OUT")]
    pub cert: Option<PathBuf>,
}

/// What becomes of trust.
#[derive(Debug, Clone, Copy, Args)]
#[group(multiple = false)]
pub struct TrustChange {
    /// Trust it no longer
    #[arg(long)]
    pub revoke: bool,
    /// Distrust it, whatever else vouches for it
    #[arg(long)]
    pub distrust: bool,
    /// Distrust it no longer
    #[arg(long)]
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

/// A moment, for clap.
pub fn moment(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| "a time looks like 2026-06-01T07:00:00Z".to_owned())
}

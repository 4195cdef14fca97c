//! The command line of the window.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// Opens and seals S/MIME mail.
#[derive(Debug, Parser)]
#[command(name = "waxwing", version, about, after_help = "For scripts and machines without a display: waxwing-cli")]
pub struct Arguments {
    /// Messages, certificates or folders to open
    pub files: Vec<PathBuf>,
    /// The folder where the wallet lies
    #[arg(long, value_name = "DIR")]
    pub wallet: Option<PathBuf>,
    /// Who keeps the private keys [default: the system's keyring, or the passphrase file where there is one]
    #[arg(long, value_enum)]
    pub vault: Option<VaultKind>,
    /// Run through XWayland, where files cannot be dropped on a Wayland window
    #[arg(long)]
    pub x11: bool,
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

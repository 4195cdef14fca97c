//! What holds for every command: one-run identities, trust, the clock, the wallet's place.

use std::path::PathBuf;

use clap::{ArgMatches, Args, Command, FromArgMatches};
use jiff::Timestamp;
use waxwing::policy::{IssuerPolicy, NetworkPolicy, Policy, Profile, RevocationPolicy};
use waxwing::wallet::Wallet;

use crate::arguments::{Issuers, Methods, Revocation, VaultKind, moment};

const RUN: &str = "For this run";
const WALLET: &str = "The wallet";

/// Options of every command, before or after its files.
#[derive(Debug, Clone, Default, Args)]
pub struct Options {
    /// An identity: .p12 or .pfx; repeatable
    #[arg(long, value_name = "FILE", help_heading = RUN)]
    pub p12: Vec<PathBuf>,
    /// The password of --p12 and of imported files is the first line of this file; repeatable: each is tried in order
    /// [default: WAXWING_PASSWORD]
    #[arg(long, value_name = "FILE", help_heading = RUN)]
    pub password_file: Vec<PathBuf>,
    /// Certificates of contacts and authorities: PEM, DER or .p7b; repeatable
    #[arg(long, value_name = "FILE", help_heading = RUN)]
    pub cert: Vec<PathBuf>,
    /// A bare private key for reading, PEM or DER; repeatable
    #[arg(long, value_name = "FILE", help_heading = RUN)]
    pub key: Vec<PathBuf>,
    /// The password of a message that was encrypted to one is the first line of this file
    #[arg(long, value_name = "FILE", help_heading = RUN)]
    pub message_password_file: Option<PathBuf>,
    /// A key that sender and reader have agreed on, as it is or in hexadecimal; repeatable
    #[arg(long, value_name = "FILE", help_heading = RUN)]
    pub secret_key: Vec<PathBuf>,
    /// What a detached .p7s signs
    #[arg(long, value_name = "FILE", help_heading = RUN)]
    pub content: Option<PathBuf>,
    /// A trust anchor; repeatable
    #[arg(long, value_name = "FILE", help_heading = RUN)]
    pub trust: Vec<PathBuf>,
    /// Do not trust the authorities that are built in
    #[arg(long, help_heading = RUN)]
    pub no_builtin_roots: bool,
    /// Trust the authorities of the operating system too, whose list is made for websites
    #[arg(long, help_heading = RUN, conflicts_with = "no_system_roots")]
    pub system_roots: bool,
    /// Do not trust the authorities of the operating system, whatever the wallet says
    #[arg(long, help_heading = RUN)]
    pub no_system_roots: bool,
    /// A list of withdrawn certificates; repeatable
    #[arg(long, value_name = "FILE", help_heading = RUN)]
    pub crl: Vec<PathBuf>,
    /// Whether certificates are checked for withdrawal
    #[arg(long, value_enum, help_heading = RUN)]
    pub revocation: Option<Revocation>,
    /// Ask nobody over the network
    #[arg(long, help_heading = RUN)]
    pub offline: bool,
    /// Whether the certificate of an issuer that is missing is fetched from where the certificate below says
    #[arg(long, value_enum, value_name = "WHEN", help_heading = RUN)]
    pub fetch_issuers: Option<Issuers>,
    /// Ask also at addresses of this machine and of its own network
    #[arg(long, help_heading = RUN)]
    pub allow_private: bool,
    /// The time that "now" means, such as 2026-06-01T07:00:00Z
    #[arg(long, value_name = "RFC3339", value_parser = moment, help_heading = RUN)]
    pub at: Option<Timestamp>,
    /// What new messages are made with
    #[arg(long, value_enum, help_heading = RUN)]
    pub profile: Option<Methods>,
    /// The folder where the wallet lies; it is made if it is not there
    #[arg(long, value_name = "DIR", help_heading = WALLET)]
    pub wallet: Option<PathBuf>,
    /// Who keeps the private keys [default: the system's keyring, or files under a passphrase where there are such]
    #[arg(long, value_enum, help_heading = WALLET)]
    pub vault: Option<VaultKind>,
    /// The passphrase of --vault file is the first line of this file [default: WAXWING_PASSPHRASE, or a question]
    #[arg(long, value_name = "FILE", help_heading = WALLET)]
    pub passphrase_file: Option<PathBuf>,
    /// Print one JSON object for each message, one line each
    #[arg(long)]
    pub json: bool,
    /// The language of what is printed: en or de [default: the system's]
    #[arg(long, value_name = "TAG", value_parser = crate::language::known)]
    pub lang: Option<String>,
}

impl Options {
    /// The options at every place of the command line together: a repeatable one counts each time.
    pub fn gather(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut all = Self::from_arg_matches(matches)?;
        let mut level = matches;
        while let Some((_, inner)) = level.subcommand() {
            all = all.then(Self::from_arg_matches(inner)?);
            level = inner;
        }
        Ok(all)
    }

    fn then(mut self, later: Self) -> Self {
        self.p12.extend(later.p12);
        self.password_file.extend(later.password_file);
        self.cert.extend(later.cert);
        self.key.extend(later.key);
        self.secret_key.extend(later.secret_key);
        self.trust.extend(later.trust);
        self.crl.extend(later.crl);
        Self {
            message_password_file: later.message_password_file.or(self.message_password_file),
            content: later.content.or(self.content),
            no_builtin_roots: self.no_builtin_roots || later.no_builtin_roots,
            system_roots: self.system_roots || later.system_roots,
            no_system_roots: self.no_system_roots || later.no_system_roots,
            revocation: later.revocation.or(self.revocation),
            offline: self.offline || later.offline,
            fetch_issuers: later.fetch_issuers.or(self.fetch_issuers),
            allow_private: self.allow_private || later.allow_private,
            at: later.at.or(self.at),
            profile: later.profile.or(self.profile),
            wallet: later.wallet.or(self.wallet),
            vault: later.vault.or(self.vault),
            passphrase_file: later.passphrase_file.or(self.passphrase_file),
            json: self.json || later.json,
            lang: later.lang.or(self.lang),
            ..self
        }
    }

    /// The time that "now" means.
    pub fn now(&self) -> Timestamp {
        self.at.unwrap_or_else(Timestamp::now)
    }

    /// The policy of this run: what is said here before what the wallet remembers.
    pub fn policy(&self, wallet: &Wallet) -> Policy {
        let mut policy = Policy::at(self.now());
        policy.revocation = match self.revocation {
            Some(Revocation::Off) => RevocationPolicy::Off,
            Some(Revocation::Prefer) => RevocationPolicy::Prefer,
            Some(Revocation::Require) => RevocationPolicy::Require,
            None => remembered(wallet, "revocation").unwrap_or(policy.revocation),
        };
        policy.profile = match self.profile {
            Some(Methods::Compatible) => Profile::Compatible,
            Some(Methods::Modern) => Profile::Modern,
            None => remembered(wallet, "profile").unwrap_or(policy.profile),
        };
        policy.network =
            if self.offline { NetworkPolicy::Offline } else { remembered(wallet, "network").unwrap_or(policy.network) };
        policy.issuers = match self.fetch_issuers {
            Some(Issuers::Ask) => IssuerPolicy::Ask,
            Some(Issuers::Always) => IssuerPolicy::Always,
            Some(Issuers::Never) => IssuerPolicy::Never,
            None => remembered(wallet, "issuers").unwrap_or(policy.issuers),
        };
        policy.private_addresses =
            self.allow_private || remembered::<String>(wallet, "private-addresses").as_deref() == Some("allowed");
        policy
    }
}

/// Lets the options stand at every level of a command line. clap's own global options forget what stands before a command when
/// the same option stands behind it.
pub fn everywhere(command: Command) -> Command {
    let options = Options::augment_args(Command::new("options"));
    let missing: Vec<_> = options
        .get_arguments()
        .filter(|option| !command.get_arguments().any(|known| known.get_id() == option.get_id()))
        .cloned()
        .collect();
    command.args(missing).mut_subcommands(everywhere)
}

/// A setting of the wallet; what it does not know, or in a way that is not known here, is not remembered.
fn remembered<T: serde::de::DeserializeOwned>(wallet: &Wallet, name: &str) -> Option<T> {
    let value = wallet.setting(name).ok()??;
    serde_json::from_value(serde_json::Value::String(value)).ok()
}

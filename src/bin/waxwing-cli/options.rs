//! What holds for every command: one-run identities, trust, the clock, the wallet's place.

use std::path::PathBuf;

use clap::{ArgMatches, Args, Command, FromArgMatches};
use jiff::Timestamp;
use waxwing::policy::{IssuerPolicy, NetworkPolicy, Policy, Profile, RevocationPolicy};
use waxwing::text::tr;
use waxwing::wallet::Wallet;

use crate::arguments::{Issuers, Methods, Revocation, VaultKind, moment};
use crate::command::help::values;

/// Options of every command, before or after its files.
#[derive(Debug, Clone, Default, Args)]
pub struct Options {
    #[arg(long, display_order = 900, help = tr!("help-json"))]
    pub json: bool,
    #[arg(long, display_order = 901, value_name = tr!("help-value-tag"), value_parser = crate::language::known, help = tr!("help-lang"))]
    pub lang: Option<String>,
    #[arg(long, value_name = tr!("help-value-file"), help = tr!("help-p12"), help_heading = tr!("help-run"))]
    pub p12: Vec<PathBuf>,
    #[arg(long, value_name = tr!("help-value-file"), help = tr!("help-password-file"), help_heading = tr!("help-run"))]
    pub password_file: Vec<PathBuf>,
    #[arg(long, value_name = tr!("help-value-file"), help = tr!("help-cert"), help_heading = tr!("help-run"))]
    pub cert: Vec<PathBuf>,
    #[arg(long, value_name = tr!("help-value-file"), help = tr!("help-key"), help_heading = tr!("help-run"))]
    pub key: Vec<PathBuf>,
    #[arg(long, value_name = tr!("help-value-file"), help = tr!("help-message-password-file"), help_heading = tr!("help-run"))]
    pub message_password_file: Option<PathBuf>,
    #[arg(long, value_name = tr!("help-value-file"), help = tr!("help-secret-key"), help_heading = tr!("help-run"))]
    pub secret_key: Vec<PathBuf>,
    #[arg(long, value_name = tr!("help-value-file"), help = tr!("help-content"), help_heading = tr!("help-run"))]
    pub content: Option<PathBuf>,
    #[arg(long, value_name = tr!("help-value-file"), help = tr!("help-trust"), help_heading = tr!("help-run"))]
    pub trust: Vec<PathBuf>,
    #[arg(long, help = tr!("help-no-builtin-roots"), help_heading = tr!("help-run"))]
    pub no_builtin_roots: bool,
    #[arg(long, conflicts_with = "no_system_roots", help = tr!("help-system-roots"), help_heading = tr!("help-run"))]
    pub system_roots: bool,
    #[arg(long, help = tr!("help-no-system-roots"), help_heading = tr!("help-run"))]
    pub no_system_roots: bool,
    #[arg(long, value_name = tr!("help-value-file"), help = tr!("help-crl"), help_heading = tr!("help-run"))]
    pub crl: Vec<PathBuf>,
    #[arg(long, value_enum, value_name = values::<Revocation>(), hide_possible_values = true, help = tr!("help-revocation"), help_heading = tr!("help-run"))]
    pub revocation: Option<Revocation>,
    #[arg(long, help = tr!("help-offline"), help_heading = tr!("help-run"))]
    pub offline: bool,
    #[arg(long, value_enum, value_name = values::<Issuers>(), hide_possible_values = true, help = tr!("help-fetch-issuers"), help_heading = tr!("help-run"))]
    pub fetch_issuers: Option<Issuers>,
    #[arg(long, help = tr!("help-allow-private"), help_heading = tr!("help-run"))]
    pub allow_private: bool,
    #[arg(long, value_name = "RFC3339", value_parser = moment, help = tr!("help-at"), help_heading = tr!("help-run"))]
    pub at: Option<Timestamp>,
    #[arg(long, value_enum, value_name = values::<Methods>(), hide_possible_values = true, help = tr!("help-profile"), help_heading = tr!("help-run"))]
    pub profile: Option<Methods>,
    #[arg(long, value_name = tr!("help-value-dir"), help = tr!("help-wallet-dir"), help_heading = tr!("help-wallet"))]
    pub wallet: Option<PathBuf>,
    #[arg(long, value_enum, value_name = values::<VaultKind>(), hide_possible_values = true, help = tr!("help-vault"), help_heading = tr!("help-wallet"))]
    pub vault: Option<VaultKind>,
    #[arg(long, value_name = tr!("help-value-file"), help = tr!("help-passphrase-file"), help_heading = tr!("help-wallet"))]
    pub passphrase_file: Option<PathBuf>,
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

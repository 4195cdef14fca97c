//! What all screens share: the wallet, the vault, and what the user has set.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use waxwing::jobs;
use waxwing::network::Network;
use waxwing::policy::{IssuerPolicy, NetworkPolicy, Policy, Profile, RevocationPolicy};
use waxwing::wallet::vault::FileVault;
use waxwing::wallet::{Wallet, WalletError};

/// The user's settings, kept in the wallet under these names.
#[derive(Debug, Clone, PartialEq)]
pub struct Preferences {
    /// A language's tag; `None`: the system's.
    pub language: Option<String>,
    /// Light, dark, or as the system has it.
    pub appearance: Appearance,
    /// 1.0 to 2.0.
    pub text_scale: f32,
    /// Whether the built-in list of authorities is trusted.
    pub built_in_roots: bool,
    /// Whether the authorities that the operating system knows are trusted.
    pub system_roots: bool,
    /// Whether withdrawal is looked up.
    pub revocation: RevocationPolicy,
    /// Whether anybody may be asked over the network.
    pub network: NetworkPolicy,
    /// Whether addresses of this machine and of its own network may be asked.
    pub private_addresses: bool,
    /// Whether an issuer that is missing is fetched.
    pub issuers: IssuerPolicy,
    /// What new messages are made with.
    pub profile: Profile,
    /// Where results go; `None`: beside their source.
    pub results: Option<PathBuf>,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appearance {
    /// As the system has it.
    System,
    /// By day.
    Light,
    /// By night.
    Dark,
}

impl Default for Preferences {
    fn default() -> Self {
        let policy = Policy::at(Timestamp::UNIX_EPOCH);
        Self {
            language: None,
            appearance: Appearance::System,
            text_scale: 1.0,
            built_in_roots: true,
            system_roots: false,
            revocation: policy.revocation,
            network: policy.network,
            private_addresses: policy.private_addresses,
            issuers: policy.issuers,
            profile: policy.profile,
            results: None,
        }
    }
}

impl Appearance {
    const NAMES: [(Self, &'static str); 3] = [(Self::System, "system"), (Self::Light, "light"), (Self::Dark, "dark")];
}

const REVOCATION: [(RevocationPolicy, &str); 3] =
    [(RevocationPolicy::Off, "off"), (RevocationPolicy::Prefer, "prefer"), (RevocationPolicy::Require, "require")];
const NETWORK: [(NetworkPolicy, &str); 2] = [(NetworkPolicy::Allowed, "allowed"), (NetworkPolicy::Offline, "offline")];
const PRIVATE: [(bool, &str); 2] = [(true, "allowed"), (false, "refused")];
const ISSUERS: [(IssuerPolicy, &str); 3] =
    [(IssuerPolicy::Ask, "ask"), (IssuerPolicy::Always, "always"), (IssuerPolicy::Never, "never")];
const PROFILE: [(Profile, &str); 2] = [(Profile::Compatible, "compatible"), (Profile::Modern, "modern")];

fn by_name<T: Copy>(names: &[(T, &str)], name: Option<String>, otherwise: T) -> T {
    let found = name.and_then(|name| names.iter().find(|(_, known)| *known == name));
    found.map_or(otherwise, |(value, _)| *value)
}

fn name_of<T: PartialEq>(names: &[(T, &'static str)], value: &T) -> &'static str {
    names.iter().find(|(known, _)| known == value).map_or("", |(_, name)| name)
}

impl Preferences {
    /// What the wallet remembers; what it does not know has its default.
    ///
    /// # Errors
    /// When the wallet cannot be read.
    pub fn load(wallet: &Wallet) -> Result<Self, WalletError> {
        let default = Self::default();
        let scale = wallet.setting("text-scale")?.and_then(|scale| scale.parse::<f32>().ok());
        let filled = |value: Option<String>| value.filter(|value| !value.is_empty());
        Ok(Self {
            language: filled(wallet.setting("language")?),
            appearance: by_name(&Appearance::NAMES, wallet.setting("appearance")?, default.appearance),
            text_scale: scale.unwrap_or(default.text_scale).clamp(1.0, 2.0),
            built_in_roots: wallet.trusts_built_in_roots()?,
            system_roots: wallet.trusts_system_roots()?,
            revocation: by_name(&REVOCATION, wallet.setting("revocation")?, default.revocation),
            network: by_name(&NETWORK, wallet.setting("network")?, default.network),
            private_addresses: by_name(&PRIVATE, wallet.setting("private-addresses")?, default.private_addresses),
            issuers: by_name(&ISSUERS, wallet.setting("issuers")?, default.issuers),
            profile: by_name(&PROFILE, wallet.setting("profile")?, default.profile),
            results: filled(wallet.setting("results")?).map(PathBuf::from),
        })
    }

    /// Keeps them in the wallet.
    ///
    /// # Errors
    /// When the wallet cannot be written.
    pub fn save(&self, wallet: &Wallet) -> Result<(), WalletError> {
        let results = self.results.as_ref().map(|dir| dir.to_string_lossy().into_owned());
        for (name, value) in [
            ("language", self.language.as_deref().unwrap_or_default()),
            ("appearance", name_of(&Appearance::NAMES, &self.appearance)),
            ("text-scale", &self.text_scale.to_string()),
            ("revocation", name_of(&REVOCATION, &self.revocation)),
            ("network", name_of(&NETWORK, &self.network)),
            ("private-addresses", name_of(&PRIVATE, &self.private_addresses)),
            ("issuers", name_of(&ISSUERS, &self.issuers)),
            ("profile", name_of(&PROFILE, &self.profile)),
            ("results", results.as_deref().unwrap_or_default()),
        ] {
            wallet.set_setting(name, value)?;
        }
        wallet.set_trusts_system_roots(self.system_roots)?;
        wallet.set_trusts_built_in_roots(self.built_in_roots)
    }
}

/// The wallet that is open and what the user has set.
#[derive(Clone)]
pub struct Session {
    /// The wallet.
    pub wallet: Arc<Wallet>,
    /// The settings.
    pub preferences: Preferences,
    /// The passphrase file, if that is what keeps the keys.
    pub files: Option<Arc<FileVault>>,
    /// The way to ask others; `None`: nobody is asked.
    pub network: Option<Arc<Network>>,
}

impl Session {
    /// Over a wallet, with the settings that it remembers.
    #[must_use]
    pub fn new(wallet: Arc<Wallet>, files: Option<Arc<FileVault>>) -> Self {
        let preferences = Preferences::load(&wallet).unwrap_or_else(|error| {
            tracing::warn!(%error, "the settings cannot be read; defaults are used");
            Preferences::default()
        });
        Self { wallet, preferences, files, network: None }
    }

    /// With the program's way to ask others.
    #[must_use]
    pub fn over(self, network: Arc<Network>) -> Self {
        Self { network: Some(network), ..self }
    }

    /// Whether the passphrase of the keys is still to be chosen.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        self.files.as_ref().is_some_and(|files| files.sets_passphrase())
    }

    /// Where a damaged file was kept that tells the passphrase; said once.
    #[must_use]
    pub fn kept_aside(&self) -> Option<std::path::PathBuf> {
        self.files.as_ref()?.kept_aside()
    }

    /// What jobs run in, with the clock of this moment.
    #[must_use]
    pub fn desk(&self) -> jobs::Desk {
        let Preferences { revocation, network, private_addresses, issuers, profile, .. } = self.preferences;
        let now = Policy::at(Timestamp::now());
        let policy = Policy { revocation, network, private_addresses, issuers, profile, ..now };
        // What stands in the wallet may be a moment older than what the user chose.
        let given = jobs::Given {
            built_in_roots: Some(self.preferences.built_in_roots),
            system_roots: Some(self.preferences.system_roots),
            ..jobs::Given::default()
        };
        let desk = jobs::Desk::new(Arc::clone(&self.wallet), policy).with(given);
        match &self.network {
            Some(network) => desk.over(Arc::clone(network)),
            None => desk,
        }
    }
}

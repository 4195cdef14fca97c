//! Language, appearance, what is checked, what new messages are made with, where results go.

use std::path::PathBuf;

use iced::Length;
use iced::widget::{column, container, row};
use waxwing::pki::roots;
use waxwing::policy::{IssuerPolicy, NetworkPolicy, Profile, RevocationPolicy};
use waxwing::text::{self, tr};

use crate::session::{Appearance, Preferences};
use crate::theme::{Look, TEXT_SCALES, edge, space};
use crate::widget::sign::waxwing;
use crate::widget::{Element, button, surface, words};

/// What can happen: a setting was changed.
#[derive(Debug, Clone)]
pub enum Message {
    /// The language; `None`: the system's.
    Language(Option<String>),
    /// Light or dark.
    Appearance(Appearance),
    /// The size of text.
    TextScale(f32),
    /// Whether the built-in list of authorities is trusted.
    BuiltInRoots(bool),
    /// Whether the list of the operating system is trusted.
    SystemRoots(bool),
    /// Whether withdrawal is looked up.
    Revocation(RevocationPolicy),
    /// Whether anybody may be asked.
    Network(NetworkPolicy),
    /// Whether addresses of the own network may be asked.
    PrivateAddresses(bool),
    /// Whether an issuer that is missing is fetched.
    Issuers(IssuerPolicy),
    /// What new messages are made with.
    Profile(Profile),
    /// Choose where results go.
    ChooseResults,
    /// Where results go.
    Results(Option<PathBuf>),
}

/// What the settings ask of the window.
#[derive(Debug, PartialEq, Eq)]
pub enum Action {
    /// Keep the settings.
    Save,
    /// Keep them; messages have to be looked at again, because they may be judged differently now.
    SaveAndLook,
    /// Let the user choose a folder.
    ChooseFolder,
}

/// Does what a message asks for.
pub fn update(preferences: &mut Preferences, message: Message) -> Action {
    match message {
        Message::Language(language) => {
            if let Err(error) = text::select(language.as_deref()) {
                tracing::warn!(%error, "the texts of this language cannot be read");
            }
            preferences.language = language;
            return Action::SaveAndLook;
        }
        Message::Appearance(appearance) => preferences.appearance = appearance,
        Message::TextScale(scale) => preferences.text_scale = scale,
        Message::Profile(profile) => preferences.profile = profile,
        Message::Results(folder) => preferences.results = folder,
        Message::ChooseResults => return Action::ChooseFolder,
        Message::BuiltInRoots(trusted) => {
            preferences.built_in_roots = trusted;
            return Action::SaveAndLook;
        }
        Message::SystemRoots(trusted) => {
            preferences.system_roots = trusted;
            return Action::SaveAndLook;
        }
        Message::Revocation(revocation) => {
            preferences.revocation = revocation;
            return Action::SaveAndLook;
        }
        Message::Network(network) => {
            preferences.network = network;
            return Action::SaveAndLook;
        }
        Message::PrivateAddresses(allowed) => {
            preferences.private_addresses = allowed;
            return Action::SaveAndLook;
        }
        Message::Issuers(issuers) => {
            preferences.issuers = issuers;
            return Action::SaveAndLook;
        }
    }
    Action::Save
}

/// The screen. `vault`: who keeps the keys.
pub fn view<'a>(look: Look, preferences: &'a Preferences, vault: &str) -> Element<'a, Message> {
    let languages = std::iter::once((tr!("settings-system"), None))
        .chain(text::available().into_iter().map(|tag| (language_name(&tag), Some(tag))));
    let appearances = [
        (tr!("settings-system"), Appearance::System),
        (tr!("settings-light"), Appearance::Light),
        (tr!("settings-dark"), Appearance::Dark),
    ];
    let scales = TEXT_SCALES.map(|scale| (format!("{:.0} %", scale * 100.0), scale));
    let built_in = [(tr!("settings-roots-on"), true), (tr!("settings-roots-off"), false)];
    let system = [(tr!("settings-roots-system-off"), false), (tr!("settings-roots-system-on"), true)];
    let revocations = [
        (tr!("settings-revocation-off"), RevocationPolicy::Off),
        (tr!("settings-revocation-prefer"), RevocationPolicy::Prefer),
        (tr!("settings-revocation-require"), RevocationPolicy::Require),
    ];
    let networks = [
        (tr!("settings-network-allowed"), NetworkPolicy::Allowed),
        (tr!("settings-network-offline"), NetworkPolicy::Offline),
    ];
    let places = [(tr!("settings-private-refused"), false), (tr!("settings-private-allowed"), true)];
    let issuers = [
        (tr!("settings-issuers-ask"), IssuerPolicy::Ask),
        (tr!("settings-issuers-always"), IssuerPolicy::Always),
        (tr!("settings-issuers-never"), IssuerPolicy::Never),
    ];
    let profiles =
        [(tr!("settings-profile-compatible"), Profile::Compatible), (tr!("settings-profile-modern"), Profile::Modern)];
    let results = match &preferences.results {
        None => tr!("settings-results-beside"),
        Some(folder) => folder.to_string_lossy().into_owned(),
    };
    let beside = preferences.results.is_some().then_some(Message::Results(None));
    let keeper = match vault {
        "keyring" => tr!("settings-vault-keyring"),
        "file" => tr!("settings-vault-file"),
        _ => tr!("settings-vault-memory"),
    };
    let all = column![
        words::display(look, tr!("window-settings")),
        group(
            look,
            tr!("settings-window"),
            vec![
                setting(
                    look,
                    tr!("settings-language"),
                    None,
                    choices(look, languages, &preferences.language, Message::Language)
                ),
                setting(
                    look,
                    tr!("settings-appearance"),
                    None,
                    choices(look, appearances, &preferences.appearance, Message::Appearance)
                ),
                setting(
                    look,
                    tr!("settings-text-size"),
                    None,
                    choices(look, scales, &preferences.text_scale, Message::TextScale)
                ),
            ]
        ),
        group(
            look,
            tr!("settings-checking"),
            vec![
                setting(
                    look,
                    tr!("settings-roots"),
                    Some(about_roots()),
                    choices(look, built_in, &preferences.built_in_roots, Message::BuiltInRoots)
                ),
                setting(
                    look,
                    tr!("settings-roots-system"),
                    Some(tr!("settings-roots-system-text")),
                    choices(look, system, &preferences.system_roots, Message::SystemRoots)
                ),
                setting(
                    look,
                    tr!("settings-revocation"),
                    Some(tr!("settings-revocation-text")),
                    choices(look, revocations, &preferences.revocation, Message::Revocation)
                ),
                setting(
                    look,
                    tr!("settings-network"),
                    Some(tr!("settings-network-text")),
                    choices(look, networks, &preferences.network, Message::Network)
                ),
                setting(
                    look,
                    tr!("settings-issuers"),
                    Some(tr!("settings-issuers-text")),
                    choices(look, issuers, &preferences.issuers, Message::Issuers)
                ),
                setting(
                    look,
                    tr!("settings-private"),
                    Some(tr!("settings-private-text")),
                    choices(look, places, &preferences.private_addresses, Message::PrivateAddresses)
                ),
            ]
        ),
        group(
            look,
            tr!("settings-making"),
            vec![
                setting(
                    look,
                    tr!("settings-profile"),
                    Some(tr!("settings-profile-text")),
                    choices(look, profiles, &preferences.profile, Message::Profile)
                ),
                setting(
                    look,
                    tr!("settings-results"),
                    Some(results),
                    row![
                        button::quiet(look, tr!("settings-results-choose"), Some(Message::ChooseResults)),
                        button::quiet(look, tr!("settings-results-beside-button"), beside),
                    ]
                    .spacing(space::S)
                    .wrap()
                    .into()
                ),
            ]
        ),
        group(look, tr!("settings-keys"), vec![words::body(look, keeper).into()]),
        about(look),
    ]
    .spacing(space::XL)
    .padding([space::XL, space::XXL])
    .max_width(look.grown(edge::READING));
    surface::paper(look, surface::scrolled(look, all))
}

/// What the built-in list is, and how old.
fn about_roots() -> String {
    let roots::Roots { list, date, roots } = roots::built_in();
    tr!("settings-roots-text", count = roots.len(), list = list.clone(), date = text::day(*date))
}

fn group<'a>(look: Look, name: String, settings: Vec<Element<'a, Message>>) -> Element<'a, Message> {
    let card = surface::card(look, 0, column(settings).spacing(space::XL));
    column![surface::heading(look, &name), card].spacing(space::S).into()
}

fn setting<'a>(look: Look, name: String, about: Option<String>, control: Element<'a, Message>) -> Element<'a, Message> {
    column![words::strong(look, name), about.map(|about| words::soft(look, about)), control].spacing(space::S).into()
}

fn choices<'a, T: Clone + PartialEq>(
    look: Look,
    all: impl IntoIterator<Item = (String, T)>,
    now: &T,
    on_choose: impl Fn(T) -> Message,
) -> Element<'a, Message> {
    let buttons = all.into_iter().map(|(name, value)| {
        let chosen = value == *now;
        button::choice(look, name, chosen, on_choose(value))
    });
    row(buttons).spacing(space::S).wrap().into()
}

fn about<'a>(look: Look) -> Element<'a, Message> {
    let text = column![
        words::strong(look, format!("Waxwing {}", env!("CARGO_PKG_VERSION"))),
        words::soft(look, tr!("settings-about"))
    ]
    .spacing(space::XS)
    .width(Length::Fill);
    container(row![waxwing(look, edge::SEAL_ROW), text].spacing(space::L)).into()
}

/// Languages are named in their own language.
fn language_name(tag: &str) -> String {
    match tag {
        "en" => "English".to_owned(),
        "de" => "Deutsch".to_owned(),
        other => other.to_owned(),
    }
}

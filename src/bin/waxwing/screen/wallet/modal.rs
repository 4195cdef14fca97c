//! What the wallet asks in front of the window.

use iced::widget::{column, row};
use waxwing::mime::address::Address;
use waxwing::report::Tone;
use waxwing::text::{tr, with_detail};
use waxwing::wallet::pkcs12::Protection;

use super::{Keeper, Message, Modal, Shelf, State, Way, Wish};
use crate::secret::Typed;
use crate::theme::{Look, space};
use crate::widget::{Element, button, field, surface, words};

/// The password of a file, also of a new one.
pub const PASSWORD: &str = "wallet-password";
/// The passphrase of the wallet.
pub const PASSPHRASE: &str = "wallet-passphrase";
/// The passphrase, or the password of a new file, once more.
pub const REPEAT: &str = "wallet-repeat";
/// The name of a new identity.
pub const NAME: &str = "wallet-name";
/// Its address, or that for which alone a certificate is trusted.
pub const ADDRESS: &str = "wallet-address";

type Parts<'a> = (String, Vec<Element<'a, Message>>, Vec<Element<'a, Message>>);

impl State {
    /// What stands in front of the window, whichever screen is seen.
    pub fn modal<'a>(&'a self, look: Look) -> Option<Element<'a, Message>> {
        let leave = |label: String| button::quiet(look, label, Some(Message::Leave));
        let cancel = || leave(tr!("window-cancel"));
        let (title, content, buttons): Parts<'a> = match self.modal.as_ref()? {
            Modal::Password { file, password, wrong } => {
                let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                let typed =
                    field::field(look, PASSWORD, "", password.as_str(), |text| Message::Password(Typed::new(text)))
                        .secure(true)
                        .on_submit(Message::PasswordDone);
                let mut content: Vec<Element<'a, Message>> =
                    vec![words::soft(look, tr!("wallet-password-hint", file = name)).into()];
                if *wrong {
                    content.push(said(
                        look,
                        Tone::Red,
                        tr!("wallet-wrong-password"),
                        tr!("wallet-wrong-password-todo"),
                    ));
                }
                content.push(field::named(look, tr!("wallet-password"), typed));
                let import = button::primary(look, tr!("wallet-import-button"), Some(Message::PasswordDone));
                (tr!("wallet-password-title"), content, vec![cancel(), import])
            }
            Modal::Export { entry, protection, password, repeat, differ } => {
                let title = tr!("wallet-export-title", name = entry.certificate.name.clone());
                let (content, export) = export_parts(look, *protection, password, repeat, *differ);
                (title, content, vec![cancel(), export])
            }
            Modal::Unlock { passphrase, repeat, trouble: why } => {
                self.unlock_parts(look, passphrase, repeat, why.as_deref())
            }
            Modal::NoKeyring(reason) => {
                let content = vec![
                    words::body(look, with_detail(tr!("wallet-no-keyring"), reason)).into(),
                    words::soft(look, tr!("wallet-no-keyring-todo")).into(),
                ];
                let file = button::primary(look, tr!("wallet-use-file"), Some(Message::UseFile));
                (tr!("wallet-no-keyring-title"), content, vec![cancel(), file])
            }
            Modal::NewIdentity(wish) => {
                let (content, make) = wish_parts(look, wish);
                (tr!("wallet-new-identity"), content, vec![cancel(), make])
            }
            Modal::TrustFor { entry, address } => {
                let trust = Address::parse(address.trim()).is_some().then_some(Message::TrustFor);
                let typed = field::field(look, ADDRESS, "name@example.org", address, Message::Address)
                    .on_submit_maybe(trust.clone());
                let content = vec![
                    words::soft(look, tr!("wallet-trust-for-hint")).into(),
                    field::named(look, tr!("wallet-address"), typed),
                ];
                let trust = button::primary(look, tr!("wallet-trust-for-button"), trust);
                let title = tr!("wallet-trust-for-title", name = entry.certificate.name.clone());
                (title, content, vec![cancel(), trust])
            }
            Modal::Remove(entry) => {
                let what = match entry.shelf {
                    Shelf::Identities => tr!("wallet-remove-identity"),
                    Shelf::Contacts => tr!("wallet-remove-contact"),
                    Shelf::Authorities => tr!("wallet-remove-authority"),
                    Shelf::Requests => tr!("wallet-remove-request"),
                };
                let remove = button::danger(look, tr!("wallet-remove"), Some(Message::Remove));
                let title = tr!("wallet-remove-title", name = entry.certificate.name.clone());
                (title, vec![words::body(look, what).into()], vec![cancel(), remove])
            }
            Modal::Failed { file, failure } => {
                let content = vec![
                    words::strong(look, failure.what.as_str()).into(),
                    words::body(look, failure.todo.as_str()).into(),
                ];
                (tr!("wallet-import-failed", file = file.clone()), content, vec![leave(tr!("window-close"))])
            }
        };
        let all = column![words::title(look, title)].extend(content).push(row(buttons).spacing(space::S).wrap());
        Some(all.spacing(space::M).into())
    }

    fn unlock_parts<'a>(&self, look: Look, passphrase: &'a Typed, repeat: &'a Typed, why: Option<&str>) -> Parts<'a> {
        let first = self.keeper == (Keeper::Locked { first: true });
        let done = (!passphrase.is_empty() && !self.busy).then_some(Message::PassphraseDone);
        let typed =
            field::field(look, PASSPHRASE, "", passphrase.as_str(), |text| Message::Passphrase(Typed::new(text)))
                .secure(true)
                .on_submit_maybe(done.clone());
        let hint = if first { tr!("wallet-choose-passphrase-hint") } else { tr!("wallet-unlock-hint") };
        let mut content: Vec<Element<'a, Message>> = vec![words::soft(look, hint).into()];
        if let Some(why) = why {
            content.push(surface::notice(look, Tone::Red, words::body(look, why.to_owned())).into());
        }
        content.push(field::named(look, tr!("wallet-passphrase"), typed));
        if first {
            let again = field::field(look, REPEAT, "", repeat.as_str(), |text| Message::Repeat(Typed::new(text)))
                .secure(true)
                .on_submit_maybe(done.clone());
            content.push(field::named(look, tr!("wallet-passphrase-again"), again));
        }
        if self.busy {
            content.push(words::caption(look, tr!("wallet-unlocking")).into());
        }
        let (title, label) = if first {
            (tr!("wallet-choose-passphrase"), tr!("wallet-set-passphrase"))
        } else {
            (tr!("wallet-unlock-title"), tr!("wallet-unlock-button"))
        };
        let cancel = button::quiet(look, tr!("window-cancel"), Some(Message::Leave));
        (title, content, vec![cancel, button::primary(look, label, done)])
    }
}

fn wish_parts<'a>(look: Look, wish: &'a Wish) -> (Vec<Element<'a, Message>>, Element<'a, Message>) {
    let complete = !wish.name.trim().is_empty() && Address::parse(wish.address.trim()).is_some();
    let make = complete.then_some(Message::MakeIdentity);
    let choice = |label, chosen, way| button::choice(look, label, chosen, Message::Way(way));
    let test = wish.way == Way::Test;
    let (hint, label) = if test {
        (tr!("wallet-new-test-hint"), tr!("wallet-make"))
    } else {
        (tr!("wallet-new-request-hint"), tr!("wallet-make-request"))
    };
    let named = field::field(look, NAME, "", &wish.name, Message::Name);
    let addressed =
        field::field(look, ADDRESS, "name@example.org", &wish.address, Message::Address).on_submit_maybe(make.clone());
    let mut content: Vec<Element<'a, Message>> = vec![
        choices(vec![
            choice(tr!("wallet-new-request"), !test, Way::RequestRsa),
            choice(tr!("wallet-new-test"), test, Way::Test),
        ]),
        words::soft(look, hint).into(),
        field::named(look, tr!("wallet-name"), named),
        field::named(look, tr!("wallet-address"), addressed),
    ];
    if !test {
        let keys = choices(vec![
            choice(tr!("wallet-key-rsa"), wish.way == Way::RequestRsa, Way::RequestRsa),
            choice(tr!("wallet-key-p256"), wish.way == Way::RequestP256, Way::RequestP256),
        ]);
        content.push(column![words::caption(look, tr!("wallet-key-kind")), keys].spacing(space::XS).into());
    }
    (content, button::primary(look, label, make))
}

fn export_parts<'a>(
    look: Look,
    protection: Protection,
    password: &'a Typed,
    repeat: &'a Typed,
    differ: bool,
) -> (Vec<Element<'a, Message>>, Element<'a, Message>) {
    let done = (!password.is_empty()).then_some(Message::PasswordDone);
    let typed = |id, value: &'a Typed, message: fn(Typed) -> Message| {
        field::field(look, id, "", value.as_str(), move |text| message(Typed::new(text)))
            .secure(true)
            .on_submit_maybe(done.clone())
    };
    let choice = |label, form| button::choice(look, label, protection == form, Message::Protection(form));
    let mut content: Vec<Element<'a, Message>> = vec![
        words::soft(look, tr!("wallet-export-hint")).into(),
        choices(vec![
            choice(tr!("wallet-export-for-new"), Protection::Modern),
            choice(tr!("wallet-export-for-old"), Protection::Legacy),
        ]),
    ];
    if protection == Protection::Legacy {
        let (what, todo) = (tr!("wallet-export-legacy"), tr!("wallet-export-legacy-todo"));
        content.push(said(look, Tone::Amber, what, todo));
    }
    if differ {
        let text = words::body(look, tr!("wallet-passwords-differ"));
        content.push(surface::notice(look, Tone::Red, text).into());
    }
    content.push(field::named(look, tr!("wallet-password"), typed(PASSWORD, password, Message::Password)));
    content.push(field::named(look, tr!("wallet-password-again"), typed(REPEAT, repeat, Message::Repeat)));
    (content, button::primary(look, tr!("wallet-export-button"), done.clone()))
}

/// Choices beside each other.
fn choices<'a>(choices: Vec<Element<'a, Message>>) -> Element<'a, Message> {
    row(choices).spacing(space::S).wrap().into()
}

/// What is to be minded, and what to do about it.
fn said<'a>(look: Look, tone: Tone, what: String, todo: String) -> Element<'a, Message> {
    surface::notice(look, tone, column![words::strong(look, what), words::body(look, todo)]).into()
}

//! What is seen around the screens: the navigation, what stands in front, the last word.

use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{column, container, row, space as gap, stack};
use iced::{Center, Length};
use waxwing::report::Tone;
use waxwing::text::tr;

use super::update::PATH;
use super::{App, Front, Message, Place, Purpose};
use crate::screen::{desk, settings, wallet};
use crate::theme::{Look, edge, space};
use crate::widget::sign::Sign;
use crate::widget::{Element, button, drop_area, field, keys, modal, surface, words};

impl App {
    /// The whole window.
    pub fn view(&self) -> Element<'_, Message> {
        let look = self.look();
        let screen = match self.place {
            Place::Desk => self.desk.view(look, self.wallet.is_empty(), self.over).map(Message::Desk),
            Place::Wallet => self.wallet.view(look).map(Message::Wallet),
            Place::History => self.history.view(look).map(Message::History),
            Place::Settings => {
                let vault = self.session.wallet.vault().name();
                settings::view(look, &self.session.preferences, vault).map(Message::Settings)
            }
        };
        let window = row![self.navigation(look), screen].height(Length::Fill);
        let front = match &self.front {
            Some(front) => Some(in_front(look, front)),
            None => self.wallet.modal(look).map(|modal| modal.map(Message::Wallet)),
        };
        let front = front.or_else(|| self.desk.modal(look).map(|modal| modal.map(Message::Desk)));
        let window = modal::modal(look, window, front, Message::Leave);
        let window = stack![window, self.last_word(look)];
        drop_area::drop_area(keys::keys(window, |key, modifiers| self.key(key, modifiers)), Message::Dropping)
    }

    fn navigation(&self, look: Look) -> Element<'_, Message> {
        let place = |place| {
            let (sign, name) = match place {
                Place::Desk => (Sign::Desk, tr!("window-desk")),
                Place::Wallet => (Sign::Wallet, tr!("window-wallet")),
                Place::History => (Sign::History, tr!("window-history")),
                Place::Settings => (Sign::Settings, tr!("window-settings")),
            };
            button::place(look, sign, name, self.place == place, Message::Go(place))
        };
        let bar = column![
            place(Place::Desk),
            place(Place::Wallet),
            place(Place::History),
            gap::vertical(),
            place(Place::Settings)
        ];
        let bar = bar.spacing(space::S).padding([space::S, space::XS]).width(look.grown(edge::NAVIGATION));
        row![surface::raised(look, bar).height(Length::Fill), surface::upright(look)].into()
    }

    /// The last word, at the foot of the window.
    fn last_word(&self, look: Look) -> Element<'_, Message> {
        let Some(toast) = &self.toast else { return gap().into() };
        let close = button::inverse(look, tr!("window-close"), Message::CloseToast);
        let toast = surface::toast(look, toast.good, toast.text.clone(), close);
        let around = iced::Padding::new(space::XL).bottom(look.grown(edge::ABOVE_ACTIONS));
        container(toast).center_x(Length::Fill).align_bottom(Length::Fill).padding(around).into()
    }

    /// Shortcuts.
    fn key(&self, key: &Key, modifiers: Modifiers) -> Option<Message> {
        let front = self.front.is_some() || self.desk.has_modal() || self.wallet.has_modal();
        let desk = self.place == Place::Desk && !front;
        match key.as_ref() {
            Key::Named(Named::F1) => Some(Message::Shortcuts),
            Key::Named(Named::Escape) => Some(Message::Leave),
            Key::Named(Named::Tab) => Some(Message::Tab { back: modifiers.shift() }),
            Key::Character("o") if modifiers.command() && !front => Some(Message::Desk(desk::Message::Open)),
            Key::Character("v") if modifiers.command() && !front => Some(Message::Paste),
            Key::Character("f") if modifiers.command() && desk => Some(Message::Focus(desk::SEARCH)),
            Key::Character("f") if modifiers.command() && self.place == Place::Wallet && !front => {
                Some(Message::Focus(wallet::SEARCH))
            }
            Key::Character(digit) if modifiers.command() && !front => {
                let at = digit.parse::<usize>().ok()?.checked_sub(1)?;
                Place::ALL.get(at).copied().map(Message::Go)
            }
            Key::Named(Named::ArrowDown) if desk => Some(Message::Desk(desk::Message::Step(1))),
            Key::Named(Named::ArrowUp) if desk => Some(Message::Desk(desk::Message::Step(-1))),
            Key::Named(Named::Delete) if desk => Some(Message::Desk(desk::Message::Remove)),
            _ => None,
        }
    }
}

fn in_front(look: Look, front: &Front) -> Element<'_, Message> {
    match front {
        Front::Shortcuts => shortcuts(look),
        Front::Path { purpose, text, unknown } => {
            let (name, done) = match purpose {
                Purpose::Open => (tr!("window-type-path"), tr!("window-open")),
                Purpose::Results => (tr!("window-type-folder"), tr!("window-choose")),
                Purpose::Attachment(_) | Purpose::Certificate(_) | Purpose::History => {
                    (tr!("window-type-target"), tr!("window-save"))
                }
            };
            let typed = field::field(look, PATH, "", text, Message::Path).on_submit(Message::PathDone);
            let unknown = unknown.then(|| {
                let why = match purpose {
                    Purpose::Open => tr!("window-no-such-file"),
                    Purpose::Results => tr!("window-no-such-folder"),
                    Purpose::Attachment(_) | Purpose::Certificate(_) | Purpose::History => tr!("window-no-file-name"),
                };
                surface::notice(look, Tone::Red, words::body(look, why))
            });
            let buttons = row![
                button::quiet(look, tr!("window-cancel"), Some(Message::Leave)),
                button::primary(look, done, (!text.trim().is_empty()).then_some(Message::PathDone)),
            ];
            column![
                words::title(look, tr!("window-no-dialog")),
                words::soft(look, tr!("window-no-dialog-todo")),
                field::named(look, name, typed),
                unknown,
                buttons.spacing(space::S),
            ]
            .spacing(space::M)
            .into()
        }
    }
}

fn shortcuts<'a>(look: Look) -> Element<'a, Message> {
    let ctrl = |key: &str| format!("{}+{key}", tr!("window-key-ctrl"));
    let tab = format!("{0}   {1}+{0}", tr!("window-key-tab"), tr!("window-key-shift"));
    let press = format!("{}   {}", tr!("window-key-enter"), tr!("window-key-space"));
    let rows = [
        (ctrl("O"), tr!("window-shortcut-open")),
        (ctrl("V"), tr!("window-shortcut-paste")),
        (ctrl("F"), tr!("window-shortcut-search")),
        ("↑   ↓".to_owned(), tr!("window-shortcut-step")),
        (tr!("window-key-delete"), tr!("window-shortcut-remove")),
        (format!("{} … {}", ctrl("1"), ctrl("4")), tr!("window-shortcut-places")),
        (tab, tr!("window-shortcut-tab")),
        (press, tr!("window-shortcut-press")),
        (tr!("window-key-escape"), tr!("window-shortcut-leave")),
        ("F1".to_owned(), tr!("window-shortcut-help")),
    ]
    .map(|(key, what)| {
        let key = words::strong(look, key).width(look.grown(edge::KEYS));
        row![key, words::body(look, what).width(Length::Fill)].spacing(space::M).align_y(Center).into()
    });
    column![words::title(look, tr!("window-shortcuts"))]
        .extend(rows)
        .push(button::primary(look, tr!("window-close"), Some(Message::Leave)))
        .spacing(space::M)
        .into()
}

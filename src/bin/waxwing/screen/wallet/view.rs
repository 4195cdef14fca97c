//! The shelves of the wallet, and the certificate that was chosen.

use iced::widget::{Responsive, column, container, row, space as gap};
use iced::{Center, Length, Size};
use waxwing::report::Tone;
use waxwing::text::{tr, with_detail};

use super::{Entry, Keeper, Message, Shelf, State, Validity, Way};
use crate::format;
use crate::theme::{Look, border, edge, space};
use crate::widget::list::list;
use crate::widget::sign::{Sign, sign};
use crate::widget::{Element, button, field, surface, words};

/// The field that Ctrl+F goes to.
pub const SEARCH: &str = "wallet-search";
const LIST: &str = "wallet-list";

impl State {
    /// The screen.
    pub fn view<'a>(&'a self, look: Look) -> Element<'a, Message> {
        let arrange = move |size: Size| self.arrange(look, size.width < look.grown(edge::ONE_PANE));
        surface::paper(look, Responsive::new(arrange))
    }

    /// `narrow`: there is not room enough for everything beside each other.
    fn arrange<'a>(&'a self, look: Look, narrow: bool) -> Element<'a, Message> {
        let head = row![
            words::display(look, tr!("window-wallet")).width(Length::Fill),
            button::signed(look, Sign::Plus, tr!("wallet-new"), Some(Message::NewIdentity(Way::default()))),
            button::primary(look, tr!("wallet-import"), Some(Message::ChooseFiles)),
        ]
        .spacing(space::S)
        .align_y(Center);
        // Who asks nobody for certificates needs no shelf for that.
        let shelves = Shelf::ALL.into_iter().filter(|shelf| *shelf != Shelf::Requests || self.count(*shelf) > 0);
        let shelves = shelves.map(|shelf| {
            let label = format!("{}  {}", shelf_name(shelf), self.count(shelf));
            button::choice(look, label, self.shelf == shelf, Message::Shelf(shelf))
        });
        let search = field::field(look, SEARCH, &tr!("wallet-search"), &self.search, Message::Search);
        let shelves = row(shelves).spacing(space::S);
        let tools: Element<'a, Message> = if narrow {
            column![shelves.wrap(), search].spacing(space::S).into()
        } else {
            row![shelves, search].spacing(space::L).align_y(Center).into()
        };
        let top = column![head, self.keeper(look, narrow), tools].spacing(space::L).padding([space::XL, space::XXL]);
        column![top, surface::line(look), self.shelf(look)].into()
    }

    /// Who keeps the keys, where something is to be said about it.
    fn keeper<'a>(&'a self, look: Look, narrow: bool) -> Option<Element<'a, Message>> {
        let (what, todo, button) = match &self.keeper {
            Keeper::Ready => return None,
            Keeper::Locked { first: true } => (
                tr!("wallet-no-passphrase-yet"),
                tr!("wallet-choose-passphrase-hint"),
                button::quiet(look, tr!("wallet-choose-passphrase"), Some(Message::Unlock)),
            ),
            Keeper::Locked { first: false } => (
                tr!("wallet-locked"),
                tr!("wallet-locked-todo"),
                button::quiet(look, tr!("wallet-unlock"), Some(Message::Unlock)),
            ),
            Keeper::Unavailable(reason) => (
                with_detail(tr!("wallet-no-keyring"), reason),
                tr!("wallet-no-keyring-todo"),
                button::quiet(look, tr!("wallet-use-file"), Some(Message::UseFile)),
            ),
        };
        let text = column![words::strong(look, what), words::soft(look, todo)].spacing(space::XS).width(Length::Fill);
        let mark = sign(look, Sign::Key, edge::SIGN_NAVIGATION, look.palette.soft);
        let said: Element<'a, Message> = if narrow {
            row![mark, column![text, button].spacing(space::S)].spacing(space::L).into()
        } else {
            row![mark, text, button].spacing(space::L).align_y(Center).into()
        };
        Some(surface::card(look, 0, said).into())
    }

    fn shelf<'a>(&'a self, look: Look) -> Element<'a, Message> {
        if !self.loaded {
            return container(words::soft(look, tr!("wallet-loading"))).padding(space::XXL).height(Length::Fill).into();
        }
        if self.count(self.shelf) == 0 {
            return self.nothing(look);
        }
        Responsive::new(move |size| {
            let shown = self.shown();
            let selected = self.selected();
            let at = shown.iter().position(|entry| Some(*entry) == selected);
            if shown.is_empty() {
                return container(words::soft(look, tr!("desk-nothing-found"))).padding(space::XXL).into();
            }
            let rows = shown.clone();
            let view = move |at: usize| rows.get(at).map_or_else(|| gap().into(), |entry| line(look, entry));
            let all = list(look, shown.len(), edge::ROW, at, view, Message::Select).id(LIST);
            match selected {
                Some(entry) if size.width >= look.grown(edge::SIDE_BY_SIDE) => {
                    let side = container(surface::scrolled(look, details(look, entry)));
                    row![all, surface::upright(look), side.width(look.grown(edge::LIST))].into()
                }
                Some(entry) => {
                    let back = button::plain(look, tr!("desk-back"), Some(Message::Shelf(self.shelf)));
                    column![container(back).padding(space::S), surface::scrolled(look, details(look, entry))].into()
                }
                None => all.into(),
            }
        })
        .into()
    }

    fn nothing<'a>(&'a self, look: Look) -> Element<'a, Message> {
        let import = || button::primary(look, tr!("wallet-import"), Some(Message::ChooseFiles));
        let (mark, title, text, ways) = match self.shelf {
            Shelf::Identities | Shelf::Requests => (
                Sign::Key,
                tr!("wallet-no-identities"),
                tr!("wallet-no-identities-text"),
                vec![
                    import(),
                    button::signed(look, Sign::Plus, tr!("wallet-new"), Some(Message::NewIdentity(Way::default()))),
                    button::signed(look, Sign::Desk, tr!("desk-samples"), Some(Message::Samples)),
                ],
            ),
            Shelf::Contacts => {
                (Sign::People, tr!("wallet-no-contacts"), tr!("wallet-no-contacts-text"), vec![import()])
            }
            Shelf::Authorities => {
                (Sign::Authority, tr!("wallet-no-authorities"), tr!("wallet-no-authorities-text"), vec![import()])
            }
        };
        surface::empty(look, sign(look, mark, edge::SEAL_BANNER, look.palette.outline), title, text, ways)
    }
}

fn shelf_name(shelf: Shelf) -> String {
    match shelf {
        Shelf::Identities => tr!("wallet-identities"),
        Shelf::Contacts => tr!("wallet-contacts"),
        Shelf::Authorities => tr!("wallet-authorities"),
        Shelf::Requests => tr!("wallet-requests"),
    }
}

fn line<'a>(look: Look, entry: &'a Entry) -> Element<'a, Message> {
    let mark = match entry.shelf {
        Shelf::Identities | Shelf::Requests => Sign::Key,
        Shelf::Contacts => Sign::Person,
        Shelf::Authorities => Sign::Authority,
    };
    let mark = sign(look, mark, edge::SIGN_NAVIGATION, look.palette.soft);
    let about = match entry.addresses.as_slice() {
        [] => tr!("wallet-issued-by", issuer = entry.certificate.issuer_name.clone()),
        addresses => addresses.join(", "),
    };
    let (name, about) = (words::short_strong(look, &entry.certificate.name), words::short_soft(look, &about));
    let names = column![name, about].spacing(border::STRONG).width(Length::Fill);
    let facts = match entry.shelf {
        Shelf::Requests => row![words::one_line(words::caption(look, requested(entry)))],
        _ => {
            // For which address, the details say: it may be long.
            let standing = match entry.trusted_for {
                Some(_) if !entry.distrusted => tr!("wallet-trusted-for-one"),
                _ => standing(entry),
            };
            row![words::one_line(words::caption(look, standing)), validity(look, entry)]
        }
    };
    let facts = facts.spacing(space::L);
    let line = row![mark, names, facts.align_y(Center)].spacing(space::L).align_y(Center).height(Length::Fill);
    container(line.padding([0.0, space::XXL])).height(look.grown(edge::ROW)).into()
}

/// What the user has decided about a certificate.
fn standing(entry: &Entry) -> String {
    if entry.distrusted {
        return tr!("wallet-is-distrusted");
    }
    match (entry.shelf, entry.trusted) {
        (Shelf::Identities, _) if entry.signing || entry.encryption => tr!("wallet-is-preferred"),
        (Shelf::Identities, _) => String::new(),
        (_, Some(since)) => match &entry.trusted_for {
            Some(address) => tr!("wallet-trusted-since-for", day = format::day(since), address = address.clone()),
            None => tr!("wallet-trusted-since", day = format::day(since)),
        },
        (Shelf::Contacts | Shelf::Requests, None) => String::new(),
        (Shelf::Authorities, None) => tr!("wallet-not-trusted"),
    }
}

/// When an authority was asked.
fn requested(entry: &Entry) -> String {
    tr!("wallet-requested-on", day = format::report_day(&entry.certificate.not_before))
}

fn validity<'a>(look: Look, entry: &Entry) -> Element<'a, Message> {
    let until = format::report_day(&entry.certificate.not_after);
    let text = match entry.validity {
        Validity::NotYet => tr!("wallet-valid-from", day = format::report_day(&entry.certificate.not_before)),
        Validity::Valid | Validity::Soon => tr!("wallet-valid-until", day = until),
        Validity::Over => tr!("wallet-ended", day = until),
    };
    let tone = entry.validity.tone();
    let mark = (tone != Tone::Neutral).then(|| {
        let mark = if entry.validity == Validity::Over { Sign::Cross } else { Sign::History };
        sign(look, mark, edge::SIGN, look.palette.tone(tone).text)
    });
    let text = words::one_line(words::caption(look, text)).color(look.palette.tone(tone).text);
    row![mark, text].spacing(space::XS).align_y(Center).into()
}

fn details<'a>(look: Look, entry: &'a Entry) -> Element<'a, Message> {
    let certificate = &entry.certificate;
    let fact = |name: String, value: String| column![words::caption(look, name), words::body(look, value)].into();
    let fingerprint = format::fingerprint(&certificate.sha256);
    let mut facts: Vec<Element<'a, Message>> = vec![words::title(look, certificate.name.as_str()).into()];
    if !entry.addresses.is_empty() {
        facts.push(fact(tr!("wallet-address"), entry.addresses.join("\n")));
    }
    if entry.shelf == Shelf::Requests {
        facts.push(fact(tr!("wallet-requested"), format::report_day(&certificate.not_before)));
        facts.push(words::soft(look, tr!("wallet-request-waits")).into());
        let buttons = vec![
            button::quiet(look, tr!("wallet-save-request"), Some(Message::SaveRequest)),
            button::signed(look, Sign::Trash, tr!("wallet-remove-ask"), Some(Message::AskRemove)),
        ];
        return column(facts).push(row(buttons).spacing(space::S).wrap()).spacing(space::M).padding(space::XL).into();
    }
    let standing = standing(entry);
    if !standing.is_empty() {
        facts.push(fact(tr!("wallet-standing"), standing));
    }
    facts.extend([
        fact(tr!("certificate-subject"), certificate.subject.clone()),
        fact(tr!("certificate-issuer"), certificate.issuer.clone()),
        fact(
            tr!("certificate-validity"),
            tr!(
                "window-from-to",
                from = format::report_day(&certificate.not_before),
                to = format::report_day(&certificate.not_after)
            ),
        ),
        fact(tr!("certificate-key"), certificate.key.clone()),
        fact(tr!("certificate-serial"), certificate.serial.clone()),
        column![
            words::caption(look, tr!("certificate-fingerprint")),
            words::mono(look, format::fingerprint_lines(&certificate.sha256))
        ]
        .into(),
    ]);
    let mut buttons = Vec::new();
    match entry.shelf {
        Shelf::Identities => {
            if !(entry.signing && entry.encryption) {
                buttons.push(button::quiet(look, tr!("wallet-prefer"), Some(Message::Prefer)));
            }
            buttons.push(button::quiet(look, tr!("wallet-export"), Some(Message::AskExport)));
        }
        _ => {
            let trusted = entry.trusted.is_some();
            let label = match (entry.shelf, trusted) {
                (Shelf::Contacts, false) => tr!("wallet-trust-contact"),
                (_, false) => tr!("wallet-trust-authority"),
                (_, true) => tr!("wallet-untrust"),
            };
            if !entry.distrusted {
                buttons.push(button::quiet(look, label, Some(Message::Trust(!trusted))));
                if entry.shelf == Shelf::Contacts && !trusted {
                    buttons.push(button::quiet(look, tr!("wallet-trust-for"), Some(Message::AskTrustFor)));
                }
            }
            let label = if entry.distrusted { tr!("wallet-undistrust") } else { tr!("wallet-distrust") };
            buttons.push(button::quiet(look, label, Some(Message::Distrust(!entry.distrusted))));
        }
    }
    buttons.push(button::quiet(look, tr!("wallet-save-certificate"), Some(Message::SaveCertificate)));
    buttons.push(button::quiet(look, tr!("certificate-copy"), Some(Message::Copy(fingerprint))));
    buttons.push(button::signed(look, Sign::Trash, tr!("wallet-remove-ask"), Some(Message::AskRemove)));
    column(facts).push(row(buttons).spacing(space::S).wrap()).spacing(space::M).padding(space::XL).into()
}

//! The open message: its banner, its envelopes, its checks, what can be done with it. And what is shown without one.

use iced::widget::{Column, Responsive, column, container, row};
use iced::{Center, Length, Size};
use waxwing::report::{Privacy, Report, Tone, Verdict};
use waxwing::text::{self, Statement, tr};

use super::{Message, State, actions, checks, layers};
use crate::theme::{Look, edge, space};
use crate::widget::sign::{Sign, lock, seal, sign, waxwing};
use crate::widget::{Element, button, surface, words};

impl State {
    /// The screen. `over`: so many files are held over the window.
    pub fn view<'a>(&'a self, look: Look, empty_wallet: bool, over: usize) -> Element<'a, Message> {
        let content = Responsive::new(move |size| self.arrange(look, empty_wallet, over, size));
        surface::paper(look, content)
    }

    fn arrange<'a>(&'a self, look: Look, empty_wallet: bool, over: usize, size: Size) -> Element<'a, Message> {
        if self.rows.is_empty() {
            return greeting(look, empty_wallet, over);
        }
        let one_pane = size.width < look.grown(edge::ONE_PANE);
        let low = size.height < look.grown(edge::LIST_LOW);
        match (one_pane, self.selected) {
            (true, Some(_)) => self.pane(look, true),
            (true, None) => self.list(look, over, low),
            (false, _) => {
                let list = container(self.list(look, over, low)).width(look.grown(edge::LIST));
                row![list, surface::upright(look), self.pane(look, false)].into()
            }
        }
    }

    /// The open message; with a way back where the list is hidden.
    fn pane<'a>(&'a self, look: Look, alone: bool) -> Element<'a, Message> {
        let back =
            alone.then(|| container(button::plain(look, tr!("desk-back"), Some(Message::Back))).padding(space::S));
        let content: Element<'a, Message> = match (&self.open, self.selected_row()) {
            (Some(open), Some(file)) if open.report().error.is_some() => failed(look, &file.file_name(), open.report()),
            (Some(open), Some(file)) => {
                let body = Responsive::new(move |size| {
                    // Large text on a low window: the head scrolls away, or nothing would be left for what follows.
                    let low = size.height < look.grown(edge::LOW);
                    let head = column![banner(look, open.report()), surface::line(look)];
                    let checks = checks::column_of(look, open.report());
                    let content =
                        column![actions::readers(look, open), layers::envelopes(look, open)].spacing(space::L);
                    let content = container(content).padding(space::XL).max_width(look.grown(edge::READING));
                    match checks {
                        Some(checks) if !low && size.width >= look.grown(edge::SIDE_BY_SIDE) => {
                            let side = container(surface::scrolled(look, checks)).width(look.grown(edge::CHECKS));
                            column![head, row![surface::scrolled(look, content), surface::upright(look), side]].into()
                        }
                        Some(checks) => {
                            let all = column![content, surface::line(look), checks.padding(space::XL)];
                            below(look, low, head, all)
                        }
                        None => below(look, low, head, content),
                    }
                });
                column![body, actions::bar(look, open, &file.progress)].into()
            }
            (None, Some(file)) => surface::empty(
                look,
                sign(look, Sign::Desk, edge::SEAL_BANNER, look.palette.outline),
                tr!("desk-looking"),
                file.file_name(),
                vec![button::quiet(look, tr!("window-cancel"), Some(Message::Cancel))],
            ),
            _ => surface::empty(
                look,
                sign(look, Sign::Desk, edge::SEAL_BANNER, look.palette.outline),
                tr!("desk-none-selected"),
                tr!("desk-none-selected-hint"),
                Vec::new(),
            ),
        };
        column![back, content].into()
    }
}

/// Content that scrolls below a head, or together with it.
fn below<'a>(
    look: Look,
    together: bool,
    head: Column<'a, Message>,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    if together {
        surface::scrolled(look, head.push(content))
    } else {
        head.push(surface::scrolled(look, content)).into()
    }
}

/// What the message says, readable from two metres away.
fn banner<'a>(look: Look, report: &Report) -> Element<'a, Message> {
    // Where nothing of a message could be opened, its lock speaks before its missing signature.
    let shut = report.privacy.is_shut() && text::speaker(report).is_none();
    let (signature, privacy) = (text::signature(report), text::privacy(report));
    let chips = row![
        surface::signature_chip(look, report.signature, signature.word.clone()),
        surface::privacy_chip(look, report.privacy, privacy.word.clone()),
    ]
    .spacing(space::S)
    .wrap();
    // What is to be said of the encryption beside its chip: that it was weak, or that it tells nothing of the author.
    let telling = privacy.todo.is_some() || report.signature == Verdict::Unsigned;
    let aside = (!shut && telling && report.privacy != Privacy::None).then(|| {
        let todo = privacy
            .todo
            .clone()
            .map(|todo| words::strong(look, todo).color(look.palette.tone(report.privacy.tone()).text));
        column![words::body(look, privacy.why.clone()), todo].spacing(space::XS)
    });
    let (tone, picture, statement) = if shut {
        (report.privacy.tone(), lock(look, report.privacy, edge::SEAL_BANNER), privacy)
    } else {
        (report.signature.tone(), seal(look, report.signature, edge::SEAL_BANNER), signature)
    };
    let color = look.palette.tone(tone).text;
    let Statement { title, why, todo, .. } = statement;
    let todo = todo.map(|todo| {
        let color = if tone == Tone::Green { look.palette.ink } else { color };
        words::strong(look, todo).color(color)
    });
    let said =
        column![words::display(look, title), words::body(look, why), todo, aside, container(chips).padding(chip_gap())]
            .spacing(space::XS)
            .width(Length::Fill);
    surface::banner(look, tone, row![picture, said].spacing(space::XL).align_y(Center)).into()
}

fn chip_gap() -> iced::Padding {
    iced::Padding::ZERO.top(space::S)
}

/// A file that could not be looked at.
fn failed<'a>(look: Look, file: &str, report: &Report) -> Element<'a, Message> {
    let (what, todo) = report.error.as_ref().map(|error| (error.what.clone(), error.todo.clone())).unwrap_or_default();
    surface::empty(
        look,
        sign(look, Sign::Warning, edge::SEAL_BANNER, look.palette.grey.text),
        tr!("desk-unreadable-file", name = file),
        [what, todo].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n"),
        vec![button::quiet(look, tr!("desk-remove"), Some(Message::Remove))],
    )
}

/// The empty desk: what this is, and the ways in.
fn greeting<'a>(look: Look, empty_wallet: bool, over: usize) -> Element<'a, Message> {
    let mut ways = vec![button::primary(look, tr!("desk-open-files"), Some(Message::Open))];
    if empty_wallet {
        ways.push(button::signed(look, Sign::Import, tr!("wallet-import"), Some(Message::Import)));
        ways.push(button::signed(look, Sign::Plus, tr!("wallet-test-identity"), Some(Message::TestIdentity)));
    }
    ways.push(button::signed(look, Sign::Desk, tr!("desk-samples"), Some(Message::Samples)));
    let (title, text) = match (over, empty_wallet) {
        (0, true) => (tr!("desk-welcome"), tr!("desk-welcome-text")),
        (0, false) => (tr!("desk-empty"), tr!("desk-empty-text")),
        (count, _) => (tr!("desk-drop-now", count = count), tr!("desk-empty-text")),
    };
    let inner = surface::empty(look, waxwing(look, edge::SEAL_HERO), title, text, ways);
    container(surface::dashed_fill(look, over > 0, inner)).padding(space::XL).into()
}

//! The list of messages on the left.

use iced::widget::{column, container, row, space as gap};
use iced::{Center, Length};
use waxwing::report::{Privacy, Verdict};
use waxwing::text::tr;

use super::row::{Filter, Row};
use super::{Message, State};
use crate::format;
use crate::theme::{Look, border, edge, space};
use crate::widget::list::list;
use crate::widget::sign::{Sign, lock, seal, sign};
use crate::widget::{Element, button, field, surface, words};

/// The field that Ctrl+F goes to.
pub const SEARCH: &str = "desk-search";
/// The list itself.
pub const LIST: &str = "desk-list";

impl State {
    /// `low`: the window has no room to spare.
    pub(super) fn list<'a>(&'a self, look: Look, over: usize, low: bool) -> Element<'a, Message> {
        let placeholder = tr!("desk-search", count = self.rows.len());
        let search = field::field(look, SEARCH, &placeholder, &self.search, Message::Search);
        let open = button::quiet(look, tr!("desk-open"), Some(Message::Open));
        let top = column![row![search, open].spacing(space::S).align_y(Center)]
            .push((self.rows.len() > 1).then(|| self.filters(look)))
            .spacing(space::S)
            .padding(space::L);
        let rows = list(
            look,
            self.shown.len(),
            edge::ROW,
            self.selected_shown(),
            move |at| self.line(look, at),
            Message::Select,
        )
        .id(LIST);
        let rows: Element<'a, Message> = if self.shown.is_empty() && !self.rows.is_empty() {
            container(words::soft(look, tr!("desk-nothing-found"))).padding(space::L).height(Length::Fill).into()
        } else {
            rows.into()
        };
        let clear = (self.rows.len() > 1)
            .then(|| container(button::plain(look, tr!("desk-clear"), Some(Message::Clear))).center_x(Length::Fill));
        let hint = (!low || over > 0).then(|| drop_hint(look, over));
        let foot = (hint.is_some() || clear.is_some()).then(|| {
            column![hint, clear].spacing(space::S).padding([if low { space::XS } else { space::L }, space::L])
        });
        column![top, surface::line(look), rows, self.counting(look), foot].width(Length::Fill).into()
    }

    fn filters<'a>(&self, look: Look) -> Element<'a, Message> {
        let chips = Filter::ALL
            .map(|filter| button::tab(look, filter_name(filter), self.filter == filter, Message::Filter(filter)));
        row(chips).spacing(border::STRONG).wrap().vertical_spacing(space::XS).into()
    }

    /// How many files still wait.
    fn counting<'a>(&self, look: Look) -> Option<Element<'a, Message>> {
        let waiting = self.waiting();
        #[allow(clippy::cast_precision_loss, reason = "files are counted in thousands")]
        let share = 1.0 - waiting as f32 / self.rows.len().max(1) as f32;
        (waiting > 1).then(|| {
            let text = words::caption(look, tr!("desk-waiting", count = waiting));
            container(column![text, surface::progress(look, share)].spacing(space::XS))
                .padding([space::S, space::L])
                .into()
        })
    }

    fn line<'a>(&'a self, look: Look, at: usize) -> Element<'a, Message> {
        let Some(file) = self.shown.get(at).and_then(|at| self.rows.get(*at)) else { return gap().into() };
        line(look, file)
    }
}

fn line(look: Look, file: &Row) -> Element<'_, Message> {
    let (mark, who, what, locked, size): (Element<'_, Message>, String, String, Option<Privacy>, String) =
        match &file.summary {
            None => {
                let dash = seal(look, Verdict::Unsigned, edge::SEAL_ROW);
                (dash, file.file_name(), tr!("desk-looking"), None, String::new())
            }
            Some(summary) if summary.failed.is_some() => {
                let failed = sign(look, Sign::Warning, edge::SEAL_ROW, look.palette.grey.text);
                (failed, file.file_name(), summary.failed.clone().unwrap_or_default(), None, format::size(summary.size))
            }
            Some(summary) => {
                let who = if summary.who.is_empty() { file.file_name() } else { summary.who.clone() };
                let what = if summary.subject.is_empty() { file.file_name() } else { summary.subject.clone() };
                let encrypted = summary.privacy != Privacy::None;
                // What could not be opened shows its lock: its missing signature says nothing yet.
                let shut = summary.privacy.is_shut();
                let mark = if shut && summary.signature == Verdict::Unsigned {
                    lock(look, summary.privacy, edge::SEAL_ROW)
                } else {
                    seal(look, summary.signature, edge::SEAL_ROW)
                };
                (mark, who, what, encrypted.then_some(summary.privacy), format::size(summary.size))
            }
        };
    let (who, what) = (words::short_strong(look, &who), words::short_soft(look, &what));
    let names = column![who, what].spacing(border::STRONG).width(Length::Fill);
    let facts =
        row![locked.map(|privacy| lock(look, privacy, edge::SIGN)), words::one_line(words::caption(look, size))]
            .spacing(space::S)
            .align_y(Center);
    let line = row![mark, names, facts].spacing(space::M).align_y(Center).padding([0.0, space::L]).height(Length::Fill);
    container(line).height(look.grown(edge::ROW)).into()
}

fn filter_name(filter: Filter) -> String {
    match filter {
        Filter::All => tr!("desk-filter-all"),
        Filter::Good => tr!("desk-filter-good"),
        Filter::Doubtful => tr!("desk-filter-doubtful"),
        Filter::Bad => tr!("desk-filter-bad"),
        Filter::Unsigned => tr!("desk-filter-unsigned"),
    }
}

fn drop_hint<'a>(look: Look, over: usize) -> Element<'a, Message> {
    let text = if over > 0 { tr!("desk-drop-now", count = over) } else { tr!("desk-drop-hint") };
    let mark = sign(look, Sign::Drop, edge::SIGN_NAVIGATION, look.palette.soft);
    let inner = column![mark, words::soft(look, text).center()].spacing(space::XS).align_x(Center);
    surface::dashed(look, over > 0, inner)
}

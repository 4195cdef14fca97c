//! What was done with which file, when, and how it came out.

use std::path::Path;
use std::sync::Arc;

use iced::widget::{column, container, row, space as gap};
use iced::{Center, Length};
use waxwing::jobs::failure;
use waxwing::report::{Failure, Tone, Verdict};
use waxwing::text::{self, tr};
use waxwing::wallet::HistoryEntry;

use crate::format;
use crate::session::Session;
use crate::theme::{Look, border, edge, space};
use crate::widget::list::list;
use crate::widget::sign::{Sign, seal, sign};
use crate::widget::{Element, button, surface, words};
use crate::work::Job;

/// More lines than this are not read.
const MOST: usize = 10_000;
const LIST: &str = "history-list";

/// The lines, newest first.
#[derive(Debug, Default)]
pub struct State {
    entries: Vec<HistoryEntry>,
    selected: Option<usize>,
    loaded: bool,
}

/// What can happen.
#[derive(Debug, Clone)]
pub enum Message {
    /// Read it again.
    Load,
    /// It was read.
    Loaded(Result<Vec<HistoryEntry>, Failure>),
    /// A line was chosen.
    Select(usize),
    /// Open its file on the desk.
    Open,
    /// Keep the history as a file.
    Export,
}

/// What the history asks of the window.
#[derive(Debug)]
pub enum Action {
    /// Something to do on another thread.
    Work(Job<Message>),
    /// Say that something went wrong.
    Fail(Failure),
    /// Open a file on the desk.
    Open(String),
    /// Ask where the history goes, and write this there.
    Export(String),
}

impl State {
    /// Does what a message asks for.
    pub fn update(&mut self, message: Message, session: &Session) -> Option<Action> {
        match message {
            Message::Load => {
                let wallet = Arc::clone(&session.wallet);
                Some(Action::Work(Job::urgent(move || {
                    Message::Loaded(wallet.history(MOST).map_err(|error| failure::of_wallet(&error)))
                })))
            }
            Message::Loaded(Ok(entries)) => {
                self.loaded = true;
                self.selected = None;
                self.entries = entries;
                None
            }
            Message::Loaded(Err(failure)) => Some(Action::Fail(failure)),
            Message::Select(at) => {
                self.selected = Some(at);
                None
            }
            Message::Open => {
                let entry = self.selected.and_then(|at| self.entries.get(at))?;
                Some(Action::Open(entry.output.clone().unwrap_or_else(|| entry.file.clone())))
            }
            Message::Export => serde_json::to_string_pretty(&self.entries).ok().map(Action::Export),
        }
    }

    /// The screen.
    pub fn view<'a>(&'a self, look: Look) -> Element<'a, Message> {
        let some = !self.entries.is_empty();
        let open = self.selected.is_some().then_some(Message::Open);
        let head = row![
            words::display(look, tr!("window-history")).width(Length::Fill),
            button::quiet(look, tr!("history-open"), open),
            button::signed(look, Sign::Save, tr!("history-export"), some.then_some(Message::Export)),
        ]
        .spacing(space::S)
        .align_y(Center);
        let top = container(head).padding([space::XL, space::XXL]);
        let content: Element<'a, Message> = if some {
            let view = move |at: usize| self.entries.get(at).map_or_else(|| gap().into(), |entry| line(look, entry));
            list(look, self.entries.len(), edge::ROW, self.selected, view, Message::Select).id(LIST).into()
        } else if self.loaded {
            let mark = sign(look, Sign::History, edge::SEAL_BANNER, look.palette.outline);
            surface::empty(look, mark, tr!("history-empty"), tr!("history-empty-text"), Vec::new())
        } else {
            gap().into()
        };
        surface::paper(look, column![top, surface::line(look), content])
    }
}

fn line<'a>(look: Look, entry: &'a HistoryEntry) -> Element<'a, Message> {
    let verdict = Verdict::ALL.into_iter().find(|verdict| verdict.code() == entry.outcome);
    let (mark, outcome) = match verdict {
        Some(verdict) => (seal(look, verdict, edge::SEAL_ROW), text::signature_word(verdict)),
        None if entry.outcome == "ok" => {
            (sign(look, Sign::Check, edge::SEAL_ROW, look.palette.soft), tr!("history-done"))
        }
        None => {
            let color = look.palette.tone(Tone::Grey).text;
            (sign(look, Sign::Warning, edge::SEAL_ROW, color), tr!("history-not-done"))
        }
    };
    let file =
        Path::new(&entry.file).file_name().map_or_else(|| entry.file.clone(), |name| name.to_string_lossy().into());
    let what = format!("{} · {}", text::action(&entry.action), outcome);
    let (name, what) = (words::short_strong(look, &file), words::short_soft(look, &what));
    let names = column![name, what].spacing(border::STRONG).width(Length::Fill);
    let at = words::one_line(words::caption(look, format::moment(entry.at)));
    let line = row![mark, names, at].spacing(space::L).align_y(Center).height(Length::Fill);
    container(line.padding([0.0, space::XXL])).height(look.grown(edge::ROW)).into()
}

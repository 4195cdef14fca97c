//! The window: which screen is seen, and where messages go. It decides nothing by itself.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::futures::StreamExt;
use iced::futures::channel::mpsc::UnboundedReceiver;
use iced::{Subscription, Task, theme};

use waxwing::report::Failure;

use crate::arguments::Arguments;
use crate::dialog::Chosen;
use crate::files::Sorted;
use crate::screen::{desk, history, settings, wallet};
use crate::session::{Appearance, Session};
use crate::theme::Look;
use crate::widget::drop_area::Dropping;
use crate::work::{Pool, batches};

mod asks;
mod update;
mod view;

#[cfg(test)]
mod gallery;
#[cfg(test)]
pub mod stage;
#[cfg(test)]
mod tests;

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Messages.
    Desk,
    /// Certificates and keys.
    Wallet,
    /// What was done.
    History,
    /// Language, appearance, what is checked.
    Settings,
}

impl Place {
    const ALL: [Self; 4] = [Self::Desk, Self::Wallet, Self::History, Self::Settings];
}

/// Everything the window knows.
pub struct App {
    session: Session,
    pool: Pool<Message>,
    place: Place,
    desk: desk::State,
    wallet: wallet::State,
    history: history::State,
    arguments: Arc<Arguments>,
    /// The system is set to dark.
    dark: bool,
    /// So many files are held over the window.
    over: usize,
    front: Option<Front>,
    toast: Option<Toast>,
    /// Pasted messages lie here while the window is open.
    pasted: Option<Arc<tempfile::TempDir>>,
    /// What is to be written where the user says.
    to_write: Option<String>,
}

/// What stands in front of every screen.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Front {
    /// The list of keys.
    Shortcuts,
    /// A path to type where no file dialog answers.
    Path { purpose: Purpose, text: String, unknown: bool },
}

/// What a path is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Files to open or to import.
    Open,
    /// Where an attachment goes.
    Attachment(usize),
    /// Where a certificate or an identity goes.
    Certificate(wallet::Export),
    /// Where the history goes.
    History,
    /// The folder where results go.
    Results,
}

/// A short word about what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Toast {
    good: bool,
    text: String,
    until: Instant,
}

/// What can happen.
#[derive(Debug, Clone)]
pub enum Message {
    /// Work was done.
    Done(Vec<Message>),
    /// For the desk.
    Desk(desk::Message),
    /// For the wallet.
    Wallet(wallet::Message),
    /// For the history.
    History(history::Message),
    /// For the settings.
    Settings(settings::Message),
    /// Settings were kept, or not.
    Saved(Result<(), String>),
    /// A file was written, or not.
    Written(Result<PathBuf, Failure>),
    /// Show a screen.
    Go(Place),
    /// Files over or on the window.
    Dropping(Dropping),
    /// Files came in by another way: arguments, dialog, clipboard.
    Came(Vec<PathBuf>),
    /// The sample messages were laid out.
    Samples(Result<PathBuf, String>),
    /// Files are sorted by where they go.
    Sorted(Sorted),
    /// A dialog was closed.
    Chosen(Purpose, Chosen),
    /// Read the clipboard.
    Paste,
    /// The clipboard was read.
    Pasted(Option<String>),
    /// A pasted message was written to a file.
    Kept(Result<PathBuf, String>),
    /// Show or hide the list of keys.
    Shortcuts,
    /// A path was typed.
    Path(String),
    /// It is complete.
    PathDone,
    /// Put away what is in front.
    Leave,
    /// Focus a field.
    Focus(&'static str),
    /// To the next control, or the one before.
    Tab { back: bool },
    /// The system turned light or dark.
    System(theme::Mode),
    /// Time to look at progress again.
    Tick,
    /// Put the last word away.
    CloseToast,
}

impl App {
    /// A window over a session, with files to open.
    pub fn new(session: Session, arguments: Arc<Arguments>, trouble: Option<String>) -> (Self, Task<Message>) {
        let (mut app, results) = Self::start(session, Arc::clone(&arguments));
        let trouble = trouble.map_or_else(Task::none, |reason| app.wallet_trouble(reason));
        let results = Task::stream(batches(results).map(Message::Done));
        let files = arguments.files.clone();
        let files = if files.is_empty() { Task::none() } else { Task::done(Message::Came(files)) };
        let load = Task::done(Message::Wallet(wallet::Message::Load));
        (app, Task::batch([results, load, files, trouble, iced::system::theme().map(Message::System)]))
    }

    fn start(session: Session, arguments: Arc<Arguments>) -> (Self, UnboundedReceiver<Message>) {
        let (pool, results) = Pool::start();
        let app = Self {
            session,
            pool,
            place: Place::Desk,
            desk: desk::State::default(),
            wallet: wallet::State::default(),
            history: history::State::default(),
            arguments,
            dark: false,
            over: 0,
            front: None,
            toast: None,
            pasted: None,
            to_write: None,
        };
        (app, results)
    }

    /// Colours and size of text, as the user and the system have them.
    pub fn look(&self) -> Look {
        let dark = match self.session.preferences.appearance {
            Appearance::System => self.dark,
            Appearance::Light => false,
            Appearance::Dark => true,
        };
        Look::new(dark).scaled(self.session.preferences.text_scale)
    }

    /// What the window is called.
    pub fn title(&self) -> String {
        self.desk.title().map_or_else(|| "Waxwing".to_owned(), |subject| format!("{subject} – Waxwing"))
    }

    /// What the window listens to besides its own events.
    pub fn subscription(&self) -> Subscription<Message> {
        let busy = self.toast.is_some() || self.desk.is_busy() || self.pool.is_busy();
        let ticks = if busy {
            iced::time::every(Duration::from_millis(150)).map(|_| Message::Tick)
        } else {
            Subscription::none()
        };
        Subscription::batch([ticks, iced::system::theme_changes().map(Message::System)])
    }
}

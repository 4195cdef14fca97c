//! The window: which screen is seen, and where messages go. It decides nothing by itself.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::futures::StreamExt;
use iced::futures::channel::mpsc::UnboundedReceiver;
use iced::{Subscription, Task, theme};

use crate::dialog::Chosen;
use crate::files::Sorted;
use crate::screen::desk;
use crate::session::{Appearance, Session};
use crate::theme::Look;
use crate::widget::drop_area::Dropping;
use crate::work::Pool;

mod update;
mod view;

#[cfg(test)]
mod tests;

/// Results of work that are taken up at once, so that thousands do not redraw the window thousands of times.
const BATCH: usize = 256;

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Messages.
    Desk,
}

impl Place {
    const ALL: [Self; 1] = [Self::Desk];
}

/// Everything the window knows.
pub struct App {
    session: Session,
    pool: Pool<Message>,
    place: Place,
    desk: desk::State,
    /// The system is set to dark.
    dark: bool,
    /// So many files are held over the window.
    over: usize,
    front: Option<Front>,
    toast: Option<Toast>,
    /// Pasted messages lie here while the window is open.
    pasted: Option<Arc<tempfile::TempDir>>,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Files to open or to import.
    Open,
    /// Where an attachment goes.
    Attachment(usize),
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
    /// Show a screen.
    Go(Place),
    /// Files over or on the window.
    Dropping(Dropping),
    /// Files came in by another way: arguments, dialog, clipboard.
    Came(Vec<PathBuf>),
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
    pub fn new(session: Session, files: Vec<PathBuf>, trouble: Option<String>) -> (Self, Task<Message>) {
        let (mut app, results) = Self::start(session);
        let trouble = trouble.map_or_else(Task::none, |reason| app.wallet_trouble(reason));
        let results = Task::stream(results.ready_chunks(BATCH).map(Message::Done));
        let files = if files.is_empty() { Task::none() } else { Task::done(Message::Came(files)) };
        (app, Task::batch([results, files, trouble, iced::system::theme().map(Message::System)]))
    }

    fn start(session: Session) -> (Self, UnboundedReceiver<Message>) {
        let (pool, results) = Pool::start();
        let app = Self {
            session,
            pool,
            place: Place::Desk,
            desk: desk::State::default(),
            dark: false,
            over: 0,
            front: None,
            toast: None,
            pasted: None,
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

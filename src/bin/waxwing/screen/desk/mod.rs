//! The desk: files that were dropped, and the message that is open.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use iced::widget::text_editor;
use waxwing::jobs::{Desk, Progress, Readers, Seal, Sealed};
use waxwing::pki::Certificate;
use waxwing::report::{CertificateReport, Failure, Privacy};
use waxwing::smime::Opened;
use waxwing::text::tr;

use crate::evidence;
use crate::secret::Typed;
use crate::session::Session;
use crate::work::Job;

mod actions;
mod certificate;
mod checks;
mod layers;
mod list;
mod message;
mod open;
mod row;
mod update;

#[cfg(test)]
mod tests;

pub use list::SEARCH;
pub use open::Open;
pub use row::{Filter, Id, Row, Summary};

/// Everything on the desk.
#[derive(Debug, Default)]
pub struct State {
    rows: Vec<Row>,
    /// Positions in `rows` of what search and filter let through.
    shown: Vec<usize>,
    search: String,
    filter: Filter,
    selected: Option<Id>,
    open: Option<Open>,
    certificate: Option<CertificateReport>,
    /// The password of the open message, while it is typed.
    password: Option<Typed>,
    /// What is allowed for one message, until another one is chosen.
    allowed: Option<(Id, Allowed)>,
    next: Id,
    /// The selected row, for the threads: only its content is kept, that of all others is let go at once.
    wanted: Arc<AtomicU64>,
}

/// What the user has allowed for one message.
#[derive(Debug, Clone, Default)]
struct Allowed {
    /// That issuers that are missing are fetched.
    issuers: bool,
    /// The password that it was encrypted to.
    password: Option<Typed>,
}

/// What can happen.
#[derive(Debug, Clone)]
pub enum Message {
    /// Files came in.
    Add(Vec<PathBuf>),
    /// A file was looked at.
    Looked(Id, Box<Summary>, Option<Arc<Opened>>),
    /// A row was chosen, by its position in the list.
    Select(usize),
    /// Up or down in the list.
    Step(isize),
    /// What to look for.
    Search(String),
    /// Which messages to show.
    Filter(Filter),
    /// The message that is open leaves the list.
    Remove,
    /// All messages leave the list.
    Clear,
    /// Back to the list, where there is room for one pane only.
    Back,
    /// Selecting and copying in a piece of text.
    Text(usize, text_editor::Action),
    /// Show more of a text.
    More(usize),
    /// Who can read the open message is known.
    Readers(Id, Result<Readers, Failure>),
    /// Whether header fields are to be protected in what is made.
    Protect(bool),
    /// Whether it is to be signed once more around the encryption.
    Triple(bool),
    /// Make a signed or encrypted message of the open one.
    Seal(Seal),
    /// A file was made (or not) of a message.
    Made(Id, Result<Sealed, Failure>),
    /// Keep the decrypted message.
    SaveDecrypted,
    /// Keep the report.
    SaveEvidence,
    /// Keep an attachment: ask where to.
    SaveAttachment(usize),
    /// Keep an attachment there.
    SaveAttachmentTo(usize, PathBuf),
    /// Whom the open message makes known is found out.
    Introduced(Arc<Opened>, Vec<Certificate>),
    /// Take them among the contacts.
    Keep,
    /// That was done (or not).
    Kept(Id, Result<Vec<Certificate>, Failure>),
    /// Trust the signer's certificate from now on.
    Trust,
    /// That was done (or not).
    Trusted(Id, Result<String, Failure>),
    /// Show a certificate.
    Certificate(Box<CertificateReport>),
    /// Put away what stands in front.
    CloseFront,
    /// Copy text.
    Copy(String),
    /// Fetch the issuers that the open message lacks.
    FetchIssuers,
    /// Ask for the password of the open message.
    AskPassword,
    /// It was typed.
    Password(Typed),
    /// It is complete.
    PasswordDone,
    /// Stop the work on the open message.
    Cancel,
    /// The wallet is to be unlocked.
    Unlock,
    /// Files are to be chosen.
    Open,
    /// A certificate is to be imported.
    Import,
    /// Make a test identity.
    TestIdentity,
    /// Try the samples.
    Samples,
}

/// What the desk asks of the window.
#[derive(Debug)]
pub enum Action {
    /// Something to do on another thread.
    Work(Job<Message>),
    /// Say that something was done; with the file that was made.
    Say(String),
    /// Say that something went wrong.
    Fail(Failure),
    /// Ask where an attachment goes.
    AskTarget { attachment: usize, name: String, beside: PathBuf },
    /// Let the user choose files.
    ChooseFiles,
    /// Unlock the wallet, then look again.
    Unlock,
    /// The wallet has changed.
    WalletChanged,
    /// Import into the wallet.
    Import,
    /// Make a test identity.
    TestIdentity,
    /// Open the sample messages.
    Samples,
    /// Into the clipboard.
    Copy(String),
    /// Put the cursor into a field.
    Focus(&'static str),
}

impl State {
    /// Whether files are waiting or being looked at.
    pub fn is_busy(&self) -> bool {
        self.rows.iter().any(|row| row.summary.is_none()) || self.open.as_ref().is_some_and(|open| open.busy)
    }

    /// What the title of the window says: how many messages still wait, else the subject of the open one.
    pub fn title(&self) -> Option<String> {
        let waiting = self.waiting();
        if waiting > 1 {
            return Some(tr!("desk-waiting", count = waiting));
        }
        let subject = self.open.as_ref().map(|open| open.report().subject.clone());
        subject.filter(|subject| !subject.is_empty())
    }

    /// How many files still wait to be looked at.
    fn waiting(&self) -> usize {
        self.rows.iter().filter(|row| row.summary.is_none()).count()
    }

    /// Whether a certificate or a question is shown in front.
    pub fn has_modal(&self) -> bool {
        self.certificate.is_some() || self.password.is_some()
    }

    fn position(&self, id: Id) -> Option<usize> {
        // Rows are added with growing ids and only ever taken out.
        self.rows.binary_search_by_key(&id, |row| row.id).ok()
    }

    fn row(&self, id: Id) -> Option<&Row> {
        self.rows.get(self.position(id)?)
    }

    fn row_mut(&mut self, id: Id) -> Option<&mut Row> {
        let at = self.position(id)?;
        self.rows.get_mut(at)
    }

    fn selected_row(&self) -> Option<&Row> {
        self.row(self.selected?)
    }

    /// The position of the selected row among those shown.
    fn selected_shown(&self) -> Option<usize> {
        let at = self.position(self.selected?)?;
        self.shown.binary_search(&at).ok()
    }

    /// Looks again at every message that the wallet's lock kept shut, and at the open one.
    pub fn refresh(&mut self, session: &Session) -> Vec<Action> {
        let locked = |row: &Row| row.summary.as_ref().is_some_and(|summary| summary.privacy == Privacy::NeedsUnlock);
        let again: Vec<Id> =
            self.rows.iter().filter(|row| locked(row) || Some(row.id) == self.selected).map(|row| row.id).collect();
        let desk = Arc::new(session.desk());
        again.into_iter().filter_map(|id| self.look(id, &desk)).collect()
    }

    /// With what the user has allowed for that message.
    fn allowing(&self, id: Id, desk: &Arc<Desk>) -> Arc<Desk> {
        let Some((_, allowed)) = self.allowed.as_ref().filter(|(of, _)| *of == id) else { return Arc::clone(desk) };
        let mut more = Desk::clone(desk);
        if allowed.issuers {
            more = more.fetching_issuers();
        }
        if let Some(password) = &allowed.password {
            more = more.with_message_password(password.secret());
        }
        Arc::new(more)
    }

    /// The work of looking at a row. Rows that are looked at together share a desk, which reads the wallet once.
    fn look(&mut self, id: Id, desk: &Arc<Desk>) -> Option<Action> {
        let wanted = Arc::clone(&self.wanted);
        let making = self.open.as_ref().is_some_and(|open| open.id == id && open.busy);
        let row = self.row_mut(id)?;
        if !making {
            // Work that was stopped before says nothing about this.
            row.progress = Progress::default();
        }
        // Thousands are looked at together: little is made for each.
        let (path, progress) = (Arc::new(row.path.clone()), row.progress.clone());
        let file = Arc::clone(&path);
        let desk = self.allowing(id, desk);
        let urgent = self.selected == Some(id);
        let run = move || look(id, &path, &progress, &desk, &wanted);
        let job = if urgent { Job::urgent(run) } else { Job::new(run) };
        Some(Action::Work(job.otherwise(move || broken(id, &file))))
    }
}

/// What is said of a message on which the program itself fails.
fn broken(id: Id, file: &Path) -> Message {
    let report = evidence::nothing(row::file_name(file));
    let summary = Summary::new(&report, 0);
    Message::Looked(id, Box::new(summary), Some(Arc::new(Opened::of(report))))
}

fn look(id: Id, path: &Path, progress: &Progress, desk: &Desk, wanted: &AtomicU64) -> Message {
    let opened = desk.look(path, progress);
    let size = waxwing::jobs::size(path);
    let summary = Summary::new(&opened.report, size);
    // Sources keep files open and texts fill memory: only the message that somebody looks at keeps them.
    let kept = (wanted.load(Ordering::Relaxed) == id).then(|| Arc::new(opened));
    Message::Looked(id, Box::new(summary), kept)
}

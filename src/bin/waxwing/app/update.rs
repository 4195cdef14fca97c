//! Where messages go.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::Task;
use iced::widget::operation;
use waxwing::jobs::failure;
use waxwing::report::Failure;
use waxwing::text::tr;

use super::{App, Front, Message, Place, Purpose, Toast};
use crate::dialog::Chosen;
use crate::files::{self, Pasted, Sorted};
use crate::screen::{desk, settings, wallet};
use crate::widget::drop_area::Dropping;
use crate::widget::step::step;
use crate::work::Job;

/// The field in the front where a path is typed.
pub const PATH: &str = "window-path";

/// How long a word stays: one about failure or of several lines, and a short one about success.
const TOAST: [Duration; 2] = [Duration::from_secs(12), Duration::from_secs(5)];

impl App {
    /// Does what a message asks for.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Done(messages) => {
                return Task::batch(messages.into_iter().map(|message| self.update(message)).collect::<Vec<_>>());
            }
            Message::Desk(message) => {
                let actions = self.desk.update(message, &self.session);
                return Task::batch(actions.into_iter().map(|action| self.desk_asks(action)).collect::<Vec<_>>());
            }
            Message::Wallet(message) => {
                let actions = self.wallet.update(message, &self.session);
                return Task::batch(actions.into_iter().map(|action| self.wallet_asks(action)).collect::<Vec<_>>());
            }
            Message::History(message) => {
                let action = self.history.update(message, &self.session);
                return action.map_or_else(Task::none, |action| self.history_asks(action));
            }
            Message::Settings(message) => {
                let action = settings::update(&mut self.session.preferences, message);
                return self.settings_ask(&action);
            }
            Message::Saved(Ok(())) => {}
            Message::Saved(Err(reason)) => return self.say(false, reason),
            Message::Written(Err(failure)) => return self.fail(&failure),
            Message::Written(Ok(file)) => {
                let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                let folder = file.parent().map(|dir| dir.to_string_lossy().into_owned()).unwrap_or_default();
                return self.say(true, tr!("desk-made", name = name, folder = folder));
            }
            Message::Samples(Ok(folder)) => return self.came(vec![folder]),
            Message::Samples(Err(reason)) => return self.say(false, reason),
            Message::Go(place) => return self.go(place),
            Message::Dropping(Dropping::Over(count)) => self.over = count,
            Message::Dropping(Dropping::Left) => self.over = 0,
            Message::Dropping(Dropping::Dropped(files)) => {
                self.over = 0;
                return self.came(files);
            }
            Message::Came(files) => return self.came(files),
            Message::Sorted(sorted) => return self.sorted(sorted),
            Message::Chosen(purpose, Chosen::Files(files)) => return self.chosen(purpose, files),
            Message::Chosen(_, Chosen::Cancelled) => {}
            Message::Tick => {
                if self.toast.as_ref().is_some_and(|toast| toast.until <= Instant::now()) {
                    self.toast = None;
                }
            }
            Message::CloseToast => self.toast = None,
            Message::Chosen(purpose, Chosen::NoDialog) => {
                self.front = Some(Front::Path { purpose, text: String::new(), unknown: false });
                return operation::focus(PATH);
            }
            Message::Paste => return iced::clipboard::read().map(Message::Pasted),
            Message::Pasted(text) => return self.pasted(text.unwrap_or_default()),
            Message::Kept(Ok(file)) => return self.came(vec![file]),
            Message::Kept(Err(error)) => return self.say(false, error),
            Message::Shortcuts => {
                self.front = if self.front.is_none() { Some(Front::Shortcuts) } else { None };
            }
            Message::Path(typed) => {
                if let Some(Front::Path { text, unknown, .. }) = &mut self.front {
                    *text = typed;
                    *unknown = false;
                }
            }
            Message::PathDone => return self.path_done(),
            Message::Leave => return self.leave(),
            Message::Focus(id) => return operation::focus(id),
            Message::Tab { back } => return step(back),
            Message::System(mode) => self.dark = mode == iced::theme::Mode::Dark,
        }
        Task::none()
    }

    pub(super) fn work(&self, job: Job<Message>) -> Task<Message> {
        self.pool.submit(job);
        Task::none()
    }

    /// Folders may hold thousands of files: they are walked beside the window.
    pub(super) fn came(&mut self, files: Vec<PathBuf>) -> Task<Message> {
        self.work(Job::urgent(move || Message::Sorted(files::sort(files))))
    }

    fn sorted(&mut self, sorted: Sorted) -> Task<Message> {
        let Sorted { messages, imports, truncated } = sorted;
        let count = messages.len() + imports.len();
        let mut tasks = Vec::new();
        if !imports.is_empty() {
            tasks.push(self.go(Place::Wallet));
            tasks.push(self.update(Message::Wallet(wallet::Message::Import(imports))));
        }
        if !messages.is_empty() {
            tasks.push(self.go(Place::Desk));
            tasks.push(self.update(Message::Desk(desk::Message::Add(messages))));
        }
        if truncated {
            tasks.push(self.say(false, tr!("window-too-many-files", count = count)));
        }
        Task::batch(tasks)
    }

    fn chosen(&mut self, purpose: Purpose, files: Vec<PathBuf>) -> Task<Message> {
        match (purpose, files.first()) {
            (Purpose::Open, _) => self.came(files),
            (Purpose::Attachment(at), Some(target)) => {
                self.update(Message::Desk(desk::Message::SaveAttachmentTo(at, target.clone())))
            }
            (Purpose::Certificate(export), Some(target)) => {
                self.update(Message::Wallet(wallet::Message::Export(export, target.clone())))
            }
            (Purpose::Results, folder) => self.update(Message::Settings(settings::Message::Results(folder.cloned()))),
            (Purpose::History, Some(target)) => match self.to_write.take() {
                Some(content) => self.write(target.clone(), content),
                None => Task::none(),
            },
            (_, None) => Task::none(),
        }
    }

    fn pasted(&mut self, text: String) -> Task<Message> {
        match files::pasted(&text) {
            Pasted::Files(files) => self.came(files),
            Pasted::Message(message) => match self.keep_dir() {
                Ok(dir) => self.work(Job::urgent(move || Message::Kept(keep(&dir, &message)))),
                Err(error) => self.fail(&failure::writing(&std::env::temp_dir().join("waxwing"), &error)),
            },
            Pasted::Nothing => self.say(false, tr!("window-nothing-pasted")),
        }
    }

    /// A folder of ours, only for us, gone with the window.
    pub(super) fn keep_dir(&mut self) -> std::io::Result<Arc<tempfile::TempDir>> {
        if let Some(dir) = &self.pasted {
            return Ok(Arc::clone(dir));
        }
        let dir = Arc::new(tempfile::Builder::new().prefix("waxwing-").tempdir()?);
        self.pasted = Some(Arc::clone(&dir));
        Ok(dir)
    }

    fn path_done(&mut self) -> Task<Message> {
        let Some(Front::Path { purpose, text, unknown }) = &mut self.front else { return Task::none() };
        let path = PathBuf::from(text.trim());
        let fits = match purpose {
            Purpose::Open => path.exists(),
            Purpose::Results => path.is_dir(),
            Purpose::Attachment(_) | Purpose::Certificate(_) | Purpose::History => {
                path.file_name().is_some() && !path.is_dir()
            }
        };
        if !fits {
            *unknown = true;
            return Task::none();
        }
        let purpose = purpose.clone();
        self.front = None;
        self.chosen(purpose, vec![path])
    }

    /// Escape: the foremost thing goes.
    fn leave(&mut self) -> Task<Message> {
        if self.front.take().is_some() {
            return Task::none();
        }
        if self.wallet.has_modal() {
            return self.update(Message::Wallet(wallet::Message::Leave));
        }
        if self.desk.has_modal() {
            return self.update(Message::Desk(desk::Message::CloseFront));
        }
        self.toast = None;
        Task::none()
    }

    pub(super) fn wallet_trouble(&mut self, reason: String) -> Task<Message> {
        let what = tr!("window-wallet-unreadable", reason = reason);
        self.fail(&Failure { code: "wallet".into(), what, todo: tr!("window-wallet-unreadable-todo") })
    }

    pub(super) fn fail(&mut self, failure: &Failure) -> Task<Message> {
        self.say(false, format!("{}\n{}", failure.what, failure.todo).trim().to_owned())
    }

    pub(super) fn say(&mut self, good: bool, text: String) -> Task<Message> {
        let [long, short] = TOAST;
        let until = Instant::now() + if good && !text.contains('\n') { short } else { long };
        self.toast = Some(Toast { good, text, until });
        Task::none()
    }
}

fn keep(dir: &tempfile::TempDir, message: &str) -> Result<PathBuf, String> {
    let keep = || {
        let mut file = tempfile::Builder::new().prefix("pasted-").suffix(".eml").tempfile_in(dir.path())?;
        std::io::Write::write_all(&mut file, message.as_bytes())?;
        Ok(file.keep().map(|(_, path)| path)?)
    };
    keep().map_err(|error: std::io::Error| failure::writing(&dir.path().join("pasted.eml"), &error).what)
}

//! What the screens ask of the window.

use std::path::PathBuf;
use std::sync::Arc;

use iced::Task;
use iced::widget::operation;
use waxwing::jobs::{self, failure};
use waxwing::text::tr;

use super::{App, Message, Place, Purpose};
use crate::arguments::VaultKind;
use crate::screen::{desk, history, settings, wallet};
use crate::work::Job;
use crate::{dialog, samples, vaults};

impl App {
    pub(super) fn desk_asks(&mut self, action: desk::Action) -> Task<Message> {
        match action {
            desk::Action::Work(job) => self.work(job.map(Message::Desk)),
            desk::Action::Say(text) => self.say(true, text),
            desk::Action::Fail(failure) => self.fail(&failure),
            desk::Action::Copy(text) => iced::clipboard::write(text),
            desk::Action::ChooseFiles | desk::Action::Import => choose(),
            desk::Action::AskTarget { attachment, name, beside } => {
                let purpose = Purpose::Attachment(attachment);
                let dialog = dialog::save(tr!("window-save"), name, beside);
                Task::perform(dialog, move |chosen| Message::Chosen(purpose, chosen))
            }
            desk::Action::Focus(id) => operation::focus(id),
            desk::Action::Unlock => self.update(Message::Wallet(wallet::Message::Unlock)),
            desk::Action::WalletChanged => self.update(Message::Wallet(wallet::Message::Load)),
            desk::Action::TestIdentity => self.update(Message::Wallet(wallet::Message::NewIdentity(wallet::Way::Test))),
            desk::Action::Samples => self.samples(),
        }
    }

    pub(super) fn wallet_asks(&mut self, action: wallet::Action) -> Task<Message> {
        match action {
            wallet::Action::Work(job) => self.work(job.map(Message::Wallet)),
            wallet::Action::Say(text) => self.say(true, text),
            wallet::Action::Fail(failure) => self.fail(&failure),
            wallet::Action::Copy(text) => iced::clipboard::write(text),
            wallet::Action::ChooseFiles => choose(),
            wallet::Action::AskTarget { export, name } => {
                let dialog = dialog::save(tr!("window-save"), name, PathBuf::new());
                Task::perform(dialog, move |chosen| Message::Chosen(Purpose::Certificate(export), chosen))
            }
            wallet::Action::Focus(id) => operation::focus(id),
            wallet::Action::Unlocked | wallet::Action::Changed => self.look_again(),
            wallet::Action::UseFile => self.use_file(),
            wallet::Action::Samples => self.samples(),
        }
    }

    pub(super) fn history_asks(&mut self, action: history::Action) -> Task<Message> {
        match action {
            history::Action::Work(job) => self.work(job.map(Message::History)),
            history::Action::Fail(failure) => self.fail(&failure),
            history::Action::Open(file) => self.came(vec![PathBuf::from(file)]),
            history::Action::Export(content) => {
                self.to_write = Some(content);
                let name = "waxwing-history.json".to_owned();
                let dialog = dialog::save(tr!("history-export"), name, PathBuf::new());
                Task::perform(dialog, |chosen| Message::Chosen(Purpose::History, chosen))
            }
        }
    }

    pub(super) fn settings_ask(&mut self, action: &settings::Action) -> Task<Message> {
        let save = self.save_settings();
        match action {
            settings::Action::Save => save,
            settings::Action::SaveAndLook => Task::batch([save, self.look_again()]),
            settings::Action::ChooseFolder => {
                let dialog = dialog::folder(tr!("settings-results"));
                Task::perform(dialog, |chosen| Message::Chosen(Purpose::Results, chosen))
            }
        }
    }

    fn save_settings(&self) -> Task<Message> {
        let (wallet, preferences) = (Arc::clone(&self.session.wallet), self.session.preferences.clone());
        self.work(Job::urgent(move || {
            Message::Saved(preferences.save(&wallet).map_err(|error| failure::of_wallet(&error).what))
        }))
    }

    /// Messages may be readable, or judged differently, now.
    fn look_again(&mut self) -> Task<Message> {
        let actions = self.desk.refresh(&self.session);
        Task::batch(actions.into_iter().map(|action| self.desk_asks(action)).collect::<Vec<_>>())
    }

    /// Opens the wallet again, with its keys in a passphrase file.
    fn use_file(&mut self) -> Task<Message> {
        match vaults::with_vault(&self.arguments, VaultKind::File) {
            Ok(session) => {
                let preferences = self.session.preferences.clone();
                self.session = crate::session::Session { preferences, ..session };
                self.update(Message::Wallet(wallet::Message::Unlock))
            }
            Err(error) => {
                let load = self.update(Message::Wallet(wallet::Message::Load));
                Task::batch([load, self.wallet_trouble(failure::of_wallet(&error).what)])
            }
        }
    }

    fn samples(&mut self) -> Task<Message> {
        match self.keep_dir() {
            Ok(dir) => self.work(Job::urgent(move || Message::Samples(samples::lay_out(dir.path())))),
            Err(error) => self.fail(&failure::writing(&std::env::temp_dir().join("waxwing"), &error)),
        }
    }

    /// Shows a screen; what it shows is read again.
    pub(super) fn go(&mut self, place: Place) -> Task<Message> {
        self.place = place;
        match place {
            Place::Wallet => self.update(Message::Wallet(wallet::Message::Load)),
            Place::History => self.update(Message::History(history::Message::Load)),
            Place::Desk | Place::Settings => Task::none(),
        }
    }

    /// Writes a new file, never over an old one.
    pub(super) fn write(&self, target: PathBuf, content: String) -> Task<Message> {
        self.work(Job::urgent(move || Message::Written(jobs::write_new(&target, content.as_bytes()))))
    }
}

/// Lets the user choose files to open.
fn choose() -> Task<Message> {
    Task::perform(dialog::open(tr!("window-open")), |chosen| Message::Chosen(Purpose::Open, chosen))
}

//! What the wallet does with its messages.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use secrecy::SecretString;
use waxwing::crypto::KeyKind;
use waxwing::jobs::failure;
use waxwing::mime::address::Address;
use waxwing::report::Failure;
use waxwing::text::tr;
use waxwing::wallet::{Wallet, WalletError};

use super::modal::{ADDRESS, NAME, PASSPHRASE, PASSWORD};
use super::{Action, Brought, Keeper, Message, Modal, Outcome, Shelf, State, Way, Wish, export, jobs};
use crate::evidence;
use crate::secret::Typed;
use crate::session::Session;
use crate::work::Job;

impl State {
    /// Does what a message asks for.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action> {
        match message {
            Message::Load => {
                let (wallet, fresh) = (Arc::clone(&session.wallet), session.is_fresh());
                return vec![Action::Work(Job::urgent(move || Message::Loaded(jobs::load(&wallet, fresh))))];
            }
            Message::Loaded(Ok((entries, keeper))) => {
                self.loaded = true;
                self.entries = entries;
                self.keeper = keeper;
                if self.shelf == Shelf::Requests && self.count(Shelf::Requests) == 0 {
                    // The last one was answered or given up, and its shelf goes with it.
                    (self.shelf, self.selected) = (Shelf::Identities, None);
                }
            }
            Message::Loaded(Err(failure)) => return vec![Action::Fail(failure)],
            Message::Shelf(shelf) => {
                self.shelf = shelf;
                self.selected = None;
            }
            Message::Search(text) => self.search = text,
            Message::Select(at) => {
                self.selected = self.shown().get(at).map(|entry| entry.fingerprint().to_owned());
            }
            Message::ChooseFiles => return vec![Action::ChooseFiles],
            Message::Import(files) => {
                self.waiting.extend(files);
                return if self.busy || self.modal.is_some() { Vec::new() } else { self.import_next(session) };
            }
            Message::Imported(file, outcome) => return self.imported(file, outcome, session),
            Message::Password(typed) => {
                if let Some(Modal::Password { password, .. } | Modal::Export { password, .. }) = &mut self.modal {
                    *password = typed;
                }
            }
            Message::PasswordDone => {
                let Some(Modal::Password { file, password, .. }) = &self.modal else {
                    return self.export_typed(session);
                };
                let (file, password) = (file.clone(), password.secret());
                self.modal = None;
                return self.import(file, Some(password), session);
            }
            Message::Passphrase(typed) => {
                if let Some(Modal::Unlock { passphrase, .. }) = &mut self.modal {
                    *passphrase = typed;
                }
            }
            Message::Repeat(typed) => {
                if let Some(Modal::Unlock { repeat, .. } | Modal::Export { repeat, .. }) = &mut self.modal {
                    *repeat = typed;
                }
            }
            Message::PassphraseDone => return self.unlock(session),
            Message::Unlocked(Ok(())) => {
                self.keeper = Keeper::Ready;
                self.modal = None;
                self.busy = false;
                let mut actions = vec![Action::Unlocked];
                actions.extend(session.kept_aside().map(|file| Action::Fail(failure::kept_aside(&file))));
                actions.extend(self.update(Message::Load, session));
                actions.extend(match self.wanted.take() {
                    Some(wanted) => self.update(wanted, session),
                    None => self.import_next(session),
                });
                return actions;
            }
            Message::Unlocked(Err(why)) => {
                self.busy = false;
                if let Some(Modal::Unlock { passphrase, repeat, trouble }) = &mut self.modal {
                    *passphrase = Typed::default();
                    *repeat = Typed::default();
                    *trouble = Some(why);
                }
                return vec![Action::Focus(PASSPHRASE)];
            }
            Message::Unlock => return self.ask_passphrase(session),
            Message::UseFile => {
                self.modal = None;
                // What the keyring said is of no interest any more.
                self.keeper = Keeper::Locked { first: true };
                return vec![Action::UseFile];
            }
            Message::NewIdentity(way) => {
                if let Some(actions) = self.not_ready(Message::NewIdentity(way), session) {
                    return actions;
                }
                self.modal = Some(Modal::NewIdentity(Wish { way, ..Wish::default() }));
                return vec![Action::Focus(NAME)];
            }
            Message::Way(way) => {
                if let Some(Modal::NewIdentity(wish)) = &mut self.modal {
                    wish.way = way;
                }
            }
            Message::Name(text) => {
                if let Some(Modal::NewIdentity(wish)) = &mut self.modal {
                    wish.name = text;
                }
            }
            Message::Address(text) => {
                if let Some(Modal::NewIdentity(Wish { address, .. }) | Modal::TrustFor { address, .. }) =
                    &mut self.modal
                {
                    *address = text;
                }
            }
            Message::MakeIdentity => {
                if let Some(Modal::NewIdentity(wish)) = self.modal.take() {
                    return self.make(wish, session);
                }
            }
            Message::Requested(Ok((key, name))) => {
                self.shelf = Shelf::Requests;
                self.selected = Some(key.clone());
                self.search.clear();
                let mut actions = self.update(Message::Load, session);
                actions.extend(export::save_request(key, &name));
                return actions;
            }
            Message::Requested(Err(failure)) => return vec![Action::Fail(failure)],
            Message::SaveRequest => {
                if let Some(entry) = self.selected() {
                    return export::save_request(entry.fingerprint().to_owned(), &entry.certificate.name);
                }
            }
            Message::Trust(trusted) => {
                let since = trusted.then(Timestamp::now);
                return self.change_selected(session, move |wallet, fingerprint| {
                    wallet.set_trust(&jobs::find(wallet, fingerprint)?, since)?;
                    Ok(if trusted { tr!("wallet-now-trusted") } else { tr!("wallet-no-longer-trusted") })
                });
            }
            Message::AskTrustFor => {
                self.modal = self.selected().map(|entry| {
                    let address = entry.addresses.first().cloned().unwrap_or_default();
                    Modal::TrustFor { entry: Box::new(entry.clone()), address }
                });
                return vec![Action::Focus(ADDRESS)];
            }
            Message::TrustFor => {
                if let Some(Modal::TrustFor { entry, address }) = &self.modal
                    && let Some(address) = Address::parse(address.trim())
                {
                    let fingerprint = entry.fingerprint().to_owned();
                    self.modal = None;
                    return self.change(session, move |wallet| {
                        let certificate = jobs::find(wallet, &fingerprint);
                        let done = certificate.and_then(|it| wallet.set_trust_for(&it, Timestamp::now(), &address));
                        done.map_err(|error| failure::of_wallet(&error))?;
                        Ok(tr!("wallet-now-trusted-for", address = address.to_string()))
                    });
                }
            }
            Message::Distrust(distrusted) => {
                return self.change_selected(session, move |wallet, fingerprint| {
                    wallet.set_distrust(&jobs::find(wallet, fingerprint)?, distrusted)?;
                    Ok(if distrusted { tr!("wallet-now-distrusted") } else { tr!("wallet-no-longer-distrusted") })
                });
            }
            Message::Prefer => {
                return self.change_selected(session, |wallet, fingerprint| {
                    wallet.set_default(&jobs::find(wallet, fingerprint)?, true, true)?;
                    Ok(tr!("wallet-preferred"))
                });
            }
            Message::AskRemove => {
                self.modal = self.selected().map(|entry| Modal::Remove(Box::new(entry.clone())));
            }
            Message::Remove => {
                if let Some(Modal::Remove(entry)) = self.modal.take() {
                    self.selected = None;
                    return self.change(session, move |wallet| {
                        let removed = match entry.shelf {
                            Shelf::Requests => wallet.remove_request(entry.fingerprint()),
                            _ => jobs::find(wallet, entry.fingerprint())
                                .and_then(|certificate| wallet.remove(&certificate)),
                        };
                        removed.map_err(|error| failure::of_wallet(&error))?;
                        Ok(tr!("wallet-removed", name = entry.certificate.name.clone()))
                    });
                }
            }
            Message::Protection(chosen) => {
                if let Some(Modal::Export { protection, .. }) = &mut self.modal {
                    *protection = chosen;
                }
                return vec![Action::Focus(PASSWORD)];
            }
            Message::AskExport => return self.ask_export(session),
            Message::SaveCertificate => return self.save_certificate(),
            Message::Export(export, target) => return export::write(export, target, session),
            Message::Exported(Ok(file)) => return vec![Action::Say(export::written(&file))],
            Message::Exported(Err(failure)) => return vec![Action::Fail(failure)],
            Message::Changed(Ok(word)) => {
                let mut actions = self.update(Message::Load, session);
                actions.extend([Action::Changed, Action::Say(word)]);
                return actions;
            }
            Message::Changed(Err(failure)) => return vec![Action::Fail(failure)],
            Message::Copy(text) => return vec![Action::Copy(text), Action::Say(tr!("window-copied"))],
            Message::Leave => {
                if matches!(self.modal, Some(Modal::NoKeyring(_) | Modal::Unlock { .. })) {
                    // Without a place for keys, every file would ask for it again.
                    self.waiting.clear();
                }
                (self.modal, self.wanted) = (None, None);
                // One file at a time.
                return if self.busy { Vec::new() } else { self.import_next(session) };
            }
            Message::Samples => return vec![Action::Samples],
        }
        Vec::new()
    }

    fn make(&self, wish: Wish, session: &Session) -> Vec<Action> {
        let Wish { name, address, way } = wish;
        let (name, address) = (name.trim().to_owned(), address.trim().to_owned());
        let kind = match way {
            Way::Test => return self.change(session, move |wallet| jobs::test_identity(wallet, &name, &address)),
            Way::RequestRsa => KeyKind::Rsa(3072),
            Way::RequestP256 => KeyKind::P256,
        };
        let wallet = Arc::clone(&session.wallet);
        let run = move || jobs::request(&wallet, kind, &name, &address).map(|request| (request.key, address));
        let job = Job::urgent(move || Message::Requested(run()));
        vec![Action::Work(job.otherwise(|| Message::Requested(Err(evidence::broken()))))]
    }

    /// Asks for what is needed before a key can be used, and what is wanted after that; nothing if it can be used now.
    pub(super) fn not_ready(&mut self, wanted: Message, session: &Session) -> Option<Vec<Action>> {
        self.wanted = (self.keeper != Keeper::Ready).then_some(wanted);
        match &self.keeper {
            Keeper::Ready => None,
            Keeper::Locked { .. } => Some(self.ask_passphrase(session)),
            Keeper::Unavailable(reason) => {
                self.modal = Some(Modal::NoKeyring(reason.clone()));
                Some(Vec::new())
            }
        }
    }

    pub(super) fn ask_passphrase(&mut self, session: &Session) -> Vec<Action> {
        if let Keeper::Unavailable(reason) = &self.keeper {
            self.modal = Some(Modal::NoKeyring(reason.clone()));
            return Vec::new();
        }
        self.keeper = Keeper::Locked { first: session.is_fresh() };
        self.modal = Some(Modal::Unlock { passphrase: Typed::default(), repeat: Typed::default(), trouble: None });
        vec![Action::Focus(PASSPHRASE)]
    }

    fn unlock(&mut self, session: &Session) -> Vec<Action> {
        let first = self.keeper == (Keeper::Locked { first: true });
        let Some(Modal::Unlock { passphrase, repeat, trouble }) = &mut self.modal else { return Vec::new() };
        if first && passphrase != repeat {
            (*passphrase, *repeat) = (Typed::default(), Typed::default());
            *trouble = Some(tr!("wallet-passphrases-differ"));
            return vec![Action::Focus(PASSPHRASE)];
        }
        self.busy = true;
        *trouble = None;
        let (vault, secret) = (Arc::clone(session.wallet.vault()), passphrase.secret());
        let run = move || Message::Unlocked(vault.unlock(&secret).map_err(|error| failure::of_vault(&error).what));
        vec![Action::Work(Job::urgent(run).otherwise(|| Message::Unlocked(Err(evidence::broken().what))))]
    }

    pub(super) fn import_next(&mut self, session: &Session) -> Vec<Action> {
        match self.waiting.pop_front() {
            Some(file) => self.import(file, None, session),
            None => self.import_over(session),
        }
    }

    fn import(&mut self, file: PathBuf, password: Option<SecretString>, session: &Session) -> Vec<Action> {
        self.busy = true;
        let wallet = Arc::clone(&session.wallet);
        let name = file.clone();
        let run = move || {
            let outcome = jobs::import_file(&wallet, &file, password.as_ref());
            Message::Imported(file, outcome)
        };
        let broken = move || Message::Imported(name, Outcome::Failed(evidence::broken()));
        vec![Action::Work(Job::urgent(run).otherwise(broken))]
    }

    fn imported(&mut self, file: PathBuf, outcome: Outcome, session: &Session) -> Vec<Action> {
        self.busy = false;
        match outcome {
            Outcome::Brought(brought) => {
                self.brought.identities += brought.identities;
                self.brought.contacts += brought.contacts;
                self.brought.authorities += brought.authorities;
                self.brought.known += brought.known;
                self.brought.notes.extend(brought.notes);
                self.import_next(session)
            }
            Outcome::Password { wrong } => {
                self.modal = Some(Modal::Password { file, password: Typed::default(), wrong });
                vec![Action::Focus(PASSWORD)]
            }
            Outcome::Locked => {
                self.waiting.push_front(file);
                self.keeper = Keeper::Locked { first: session.is_fresh() };
                self.ask_passphrase(session)
            }
            Outcome::NoKeyring(reason) => {
                self.waiting.push_front(file);
                self.keeper = Keeper::Unavailable(reason.clone());
                self.modal = Some(Modal::NoKeyring(reason));
                Vec::new()
            }
            Outcome::Failed(failure) => {
                let file = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                self.modal = Some(Modal::Failed { file, failure });
                Vec::new()
            }
        }
    }

    /// Says what all files together brought.
    fn import_over(&mut self, session: &Session) -> Vec<Action> {
        let brought = std::mem::take(&mut self.brought);
        if brought == Brought::default() {
            return Vec::new();
        }
        let new = brought.identities + brought.contacts + brought.authorities;
        let word = if new == 0 {
            tr!("wallet-imported-known", count = brought.known)
        } else {
            tr!(
                "wallet-imported",
                identities = brought.identities,
                contacts = brought.contacts,
                authorities = brought.authorities
            )
        };
        let said = std::iter::once(word).chain(brought.notes).collect::<Vec<_>>().join(" ");
        let mut actions = self.update(Message::Load, session);
        actions.extend([Action::Changed, Action::Say(said)]);
        actions
    }

    fn change(
        &self,
        session: &Session,
        run: impl FnOnce(&Wallet) -> Result<String, Failure> + Send + 'static,
    ) -> Vec<Action> {
        let wallet = Arc::clone(&session.wallet);
        let job = Job::urgent(move || Message::Changed(run(&wallet)));
        vec![Action::Work(job.otherwise(|| Message::Changed(Err(evidence::broken()))))]
    }

    fn change_selected(
        &self,
        session: &Session,
        run: impl FnOnce(&Wallet, &str) -> Result<String, WalletError> + Send + 'static,
    ) -> Vec<Action> {
        let Some(fingerprint) = self.selected.clone() else { return Vec::new() };
        self.change(session, move |wallet| run(wallet, &fingerprint).map_err(|error| failure::of_wallet(&error)))
    }
}

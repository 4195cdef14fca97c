//! What the desk does with its messages.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use jiff::Timestamp;
use waxwing::jobs::{Output, Progress, Sealed};
use waxwing::pki::Certificate;
use waxwing::policy::Profile;
use waxwing::report::{Failure, Report};
use waxwing::text::{self, tr};

use super::certificate::PASSWORD;
use super::{Action, Allowed, Filter, Id, Message, Open, Row, State};
use crate::evidence;
use crate::secret::Typed;
use crate::session::Session;
use crate::work::Job;

/// So many copies for readers in Bcc are named.
const COPIES: usize = 3;

impl State {
    /// Does what a message asks for.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action> {
        match message {
            Message::Add(files) => return self.add(files, session),
            Message::Looked(id, summary, opened) => {
                if let Some(row) = self.row_mut(id) {
                    row.summary = Some(*summary);
                }
                self.let_through_one(id);
                if self.selected == Some(id) {
                    return match opened {
                        Some(opened) => self.show(id, opened, session),
                        // It was chosen while a thread was already about to let its content go.
                        None => self.look(id, &Arc::new(session.desk())).into_iter().collect(),
                    };
                }
            }
            Message::Select(at) => return self.select_shown(at, session),
            Message::Step(by) => {
                let last = self.shown.len().saturating_sub(1);
                let to = self.selected_shown().map_or(0, |at| at.saturating_add_signed(by).min(last));
                return self.select_shown(to, session);
            }
            Message::Search(text) => {
                self.search = text;
                self.let_through();
            }
            Message::Filter(filter) => {
                self.filter = filter;
                self.let_through();
            }
            Message::Remove => return self.remove(session),
            Message::Clear => {
                self.rows.iter().for_each(|row| row.progress.cancel());
                *self = Self { next: self.next, wanted: Arc::clone(&self.wanted), ..Self::default() };
            }
            Message::Back => self.deselect(),
            Message::Text(at, action) => {
                if let Some(piece) = self.open.as_mut().and_then(|open| open.pieces.get_mut(at)) {
                    piece.content.perform(action);
                }
            }
            Message::More(text) => {
                if let Some(open) = &mut self.open {
                    open.more(text);
                }
            }
            Message::Readers(id, readers) => {
                if let Some(open) = self.open.as_mut().filter(|open| open.id == id) {
                    open.readers = Some(readers);
                }
            }
            Message::Protect(_) | Message::Triple(_) => self.choose(&message),
            Message::Made(id, made) => return self.made(id, made, session),
            Message::Introduced(of, certificates) => {
                if let Some(open) = self.open.as_mut().filter(|open| Arc::ptr_eq(&open.opened, &of)) {
                    open.introduced = certificates;
                }
            }
            Message::Keep => return self.keep(session),
            Message::Kept(id, kept) => {
                self.idle(id);
                return match kept {
                    Ok(certificates) => self.kept(id, &certificates),
                    Err(failure) => vec![Action::Fail(failure)],
                };
            }
            Message::Trust => return self.trust(session),
            Message::Trusted(id, trusted) => {
                self.idle(id);
                return match trusted {
                    Ok(name) => {
                        let mut actions = self.refresh(session);
                        actions.push(Action::WalletChanged);
                        actions.push(Action::Say(tr!("desk-trusted", name = name)));
                        actions
                    }
                    Err(failure) => vec![Action::Fail(failure)],
                };
            }
            Message::Certificate(certificate) => self.certificate = Some(*certificate),
            Message::CloseFront => (self.certificate, self.password) = (None, None),
            Message::Copy(text) => return vec![Action::Copy(text), Action::Say(tr!("window-copied"))],
            Message::Cancel => {
                if let Some(row) = self.selected_row() {
                    row.progress.cancel();
                }
            }
            Message::FetchIssuers => return self.allow(session, |allowed| allowed.issuers = true),
            Message::AskPassword => {
                self.password = Some(Typed::default());
                return vec![Action::Focus(PASSWORD)];
            }
            Message::Password(typed) => self.password = self.password.as_ref().map(|_| typed),
            Message::PasswordDone => {
                if let Some(password) = self.password.take_if(|password| !password.is_empty()) {
                    return self.allow(session, |allowed| allowed.password = Some(password));
                }
            }
            Message::Unlock => return vec![Action::Unlock],
            Message::Open => return vec![Action::ChooseFiles],
            Message::Import => return vec![Action::Import],
            Message::TestIdentity => return vec![Action::TestIdentity],
            Message::Samples => return vec![Action::Samples],
            Message::Seal(_)
            | Message::SaveDecrypted
            | Message::SaveEvidence
            | Message::SaveAttachment(_)
            | Message::SaveAttachmentTo(..) => return self.make(message, session).into_iter().collect(),
        }
        Vec::new()
    }

    /// Looks again at the open message with more allowed.
    fn allow(&mut self, session: &Session, more: impl FnOnce(&mut Allowed)) -> Vec<Action> {
        let Some(id) = self.selected else { return Vec::new() };
        let mut allowed = self.allowed.take().filter(|(of, _)| *of == id).unwrap_or((id, Allowed::default()));
        more(&mut allowed.1);
        self.allowed = Some(allowed);
        self.look(id, &Arc::new(session.desk())).into_iter().collect()
    }

    fn add(&mut self, files: Vec<PathBuf>, session: &Session) -> Vec<Action> {
        let first = self.next;
        for file in files {
            self.rows.push(Row::new(self.next, file));
            self.next += 1;
        }
        self.let_through();
        if self.next == first {
            return Vec::new();
        }
        // A single file is what somebody wants to see; of many, the first, unless a message is open already.
        let desk = Arc::new(session.desk());
        let mut actions = if self.next == first + 1 || self.selected.is_none() {
            self.select(first, session)
        } else {
            self.look(first, &desk).into_iter().collect()
        };
        actions.extend((first + 1..self.next).filter_map(|id| self.look(id, &desk)));
        actions
    }

    fn select_shown(&mut self, at: usize, session: &Session) -> Vec<Action> {
        let id = self.shown.get(at).and_then(|at| self.rows.get(*at)).map(|row| row.id);
        match id {
            Some(id) if self.selected != Some(id) => self.select(id, session),
            _ => Vec::new(),
        }
    }

    fn select(&mut self, id: Id, session: &Session) -> Vec<Action> {
        self.selected = Some(id);
        self.wanted.store(id, Ordering::Relaxed);
        self.let_go();
        if self.position(id).is_some_and(|at| self.shown.binary_search(&at).is_err()) {
            self.search.clear();
            self.filter = Filter::All;
            self.let_through();
        }
        self.look(id, &Arc::new(session.desk())).into_iter().collect()
    }

    fn deselect(&mut self) {
        self.selected = None;
        self.wanted.store(Id::MAX, Ordering::Relaxed);
        self.let_go();
    }

    /// Nothing of the message that was open is kept: neither what was allowed for it nor what was asked about it.
    fn let_go(&mut self) {
        (self.open, self.allowed, self.certificate, self.password) = (None, None, None, None);
    }

    fn remove(&mut self, session: &Session) -> Vec<Action> {
        let Some(at) = self.selected.and_then(|id| self.position(id)) else { return Vec::new() };
        let beside = self.selected_shown().unwrap_or(0);
        self.rows.remove(at).progress.cancel();
        self.deselect();
        self.let_through();
        self.select_shown(beside.min(self.shown.len().saturating_sub(1)), session)
    }

    fn show(&mut self, id: Id, opened: Arc<waxwing::smime::Opened>, session: &Session) -> Vec<Action> {
        let mut open = Open::new(id, opened);
        open.protect = session.desk().policy().profile == Profile::Modern;
        // What was chosen for it stays when it is looked at again.
        if let Some(before) = self.open.take().filter(|before| before.id == id) {
            (open.protect, open.triple, open.busy) = (before.protect, before.triple, before.busy);
        }
        let plain = !open.is_sealed() && open.report().error.is_none();
        let signed = open.report().signature.is_good().then(|| Arc::clone(&open.opened));
        self.open = Some(open);
        if let Some(opened) = signed {
            let desk = session.desk();
            let find = move || {
                let introduced = desk.introduced(&opened).unwrap_or_default();
                Message::Introduced(opened, introduced)
            };
            return vec![Action::Work(Job::urgent(find))];
        }
        let path = self.row(id).map(|row| row.path.clone());
        match path {
            Some(path) if plain => {
                let desk = session.desk();
                let job = Job::urgent(move || Message::Readers(id, desk.readers(&path)));
                vec![Action::Work(job.otherwise(move || Message::Readers(id, Err(evidence::broken()))))]
            }
            _ => Vec::new(),
        }
    }

    /// How the open message is to be sealed.
    fn choose(&mut self, message: &Message) {
        match (&mut self.open, message) {
            (Some(open), Message::Protect(protect)) => open.protect = *protect,
            (Some(open), Message::Triple(triple)) => open.triple = *triple,
            _ => {}
        }
    }

    /// Which rows search and filter let through.
    fn let_through(&mut self) {
        let needle = self.search.trim().to_lowercase();
        let rows = self.rows.iter().enumerate();
        self.shown = rows.filter(|(_, row)| row.matches(&needle, self.filter)).map(|(at, _)| at).collect();
    }

    /// Whether search and filter let a row through that has just become known; thousands do, one after the other.
    fn let_through_one(&mut self, id: Id) {
        let needle = self.search.trim().to_lowercase();
        let Some(at) = self.position(id) else { return };
        let fits = self.rows.get(at).is_some_and(|row| row.matches(&needle, self.filter));
        match self.shown.binary_search(&at) {
            Ok(place) if !fits => _ = self.shown.remove(place),
            Err(place) if fits => self.shown.insert(place, at),
            _ => {}
        }
    }

    /// Starts making a file of the open message.
    fn make(&mut self, message: Message, session: &Session) -> Option<Action> {
        let open = self.open.as_mut()?;
        let id = open.id;
        let at = self.rows.binary_search_by_key(&id, |row| row.id).ok()?;
        let row = self.rows.get_mut(at)?;
        let attachments = &open.opened.report.attachments;
        if let Message::SaveAttachment(attachment) = message {
            let name = attachments.get(attachment)?.name.clone();
            let beside = row.path.parent().map_or_else(PathBuf::new, Path::to_owned);
            return Some(Action::AskTarget { attachment, name, beside });
        }
        row.progress = Progress::default();
        open.busy = true;
        let (desk, opened, path) = (session.desk(), Arc::clone(&open.opened), row.path.clone());
        let progress = row.progress.clone();
        let output = Output::folder_or_beside(session.preferences.results.clone());
        let run = move || -> Result<Sealed, Failure> {
            let made = match message {
                Message::Seal(seal) => return desk.seal(&path, &seal, &output, &progress),
                Message::SaveDecrypted => desk.save_decrypted(&path, &opened, &output, &progress),
                Message::SaveAttachmentTo(attachment, target) => match opened.report.attachments.get(attachment) {
                    Some(attachment) => desk.save_attachment(&opened, attachment, &target, &progress),
                    None => Err(evidence::gone()),
                },
                _ => desk.save_evidence(&path, &opened.report, &output, &progress),
            };
            made.map(|main| Sealed { main, ..Sealed::default() })
        };
        let broken = move || Message::Made(id, Err(evidence::broken()));
        Some(Action::Work(Job::urgent(move || Message::Made(id, run())).otherwise(broken)))
    }

    fn idle(&mut self, id: Id) {
        if let Some(open) = self.open.as_mut().filter(|open| open.id == id) {
            open.busy = false;
        }
    }

    fn made(&mut self, id: Id, made: Result<Sealed, Failure>, session: &Session) -> Vec<Action> {
        let cancelled = self.row(id).is_some_and(|row| row.progress.is_cancelled());
        self.idle(id);
        match made {
            Ok(Sealed { main: file, bcc, chosen }) => {
                let folder = file.parent().map(|dir| dir.to_string_lossy().into_owned()).unwrap_or_default();
                let mut word = tr!("desk-made", name = name_of(&file), folder = folder);
                if !bcc.is_empty() {
                    word.push('\n');
                    word.push_str(&hidden(&bcc));
                }
                for finding in &chosen {
                    word.push('\n');
                    word.push_str(&text::finding(finding));
                }
                let mut actions = vec![Action::Say(word)];
                // A sealed message is looked at at once: what was made shows itself.
                if is_message(&file) {
                    actions.extend(self.add(vec![file], session));
                }
                actions
            }
            Err(_) if cancelled => vec![Action::Say(tr!("desk-cancelled"))],
            Err(failure) => vec![Action::Fail(failure)],
        }
    }

    fn keep(&mut self, session: &Session) -> Vec<Action> {
        let Some(open) = &mut self.open else { return Vec::new() };
        open.busy = true;
        let (id, opened, desk) = (open.id, Arc::clone(&open.opened), session.desk());
        let job = Job::urgent(move || Message::Kept(id, desk.keep_introduced(&opened)));
        vec![Action::Work(job.otherwise(move || Message::Kept(id, Err(evidence::broken()))))]
    }

    fn kept(&mut self, id: Id, certificates: &[Certificate]) -> Vec<Action> {
        if let Some(open) = self.open.as_mut().filter(|open| open.id == id) {
            open.introduced.clear();
        }
        let Some(name) = certificates.first().map(Certificate::name) else { return Vec::new() };
        let said = match certificates.iter().any(Certificate::can_encrypt) {
            true => tr!("desk-kept", name = name),
            false => tr!("desk-kept-signing", name = name),
        };
        vec![Action::WalletChanged, Action::Say(said)]
    }

    fn trust(&mut self, session: &Session) -> Vec<Action> {
        let Some(open) = &mut self.open else { return Vec::new() };
        let Some(wanted) = trustable(open.report()) else { return Vec::new() };
        open.busy = true;
        let (id, opened, wallet) = (open.id, Arc::clone(&open.opened), Arc::clone(&session.wallet));
        let run = move || Message::Trusted(id, evidence::trust(&wallet, &opened, &wanted, Timestamp::now()));
        vec![Action::Work(Job::urgent(run).otherwise(move || Message::Trusted(id, Err(evidence::broken()))))]
    }
}

/// The fingerprint of the certificate that the user may decide to trust: the signer's, where nothing else is wrong.
pub fn trustable(report: &Report) -> Option<String> {
    use waxwing::report::Verdict;
    let signer = text::speaker(report)?;
    let open_question = matches!(signer.verdict, Verdict::UnknownIssuer);
    signer.certificate.as_ref().filter(|_| open_question).map(|certificate| certificate.sha256.clone())
}

/// What is said about the copies for readers in Bcc: the first ones by name, the others by their number.
fn hidden(copies: &[(String, PathBuf)]) -> String {
    let mut lines = vec![tr!("desk-made-bcc", count = copies.len())];
    let named = copies.iter().take(COPIES);
    lines.extend(named.map(|(address, file)| tr!("desk-made-copy", address = address.clone(), name = name_of(file))));
    if let Some(more) = copies.len().checked_sub(COPIES).filter(|more| *more > 0) {
        lines.push(tr!("desk-made-more", count = more));
    }
    lines.join("\n")
}

fn name_of(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn is_message(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ["eml", "p7m", "p7s"].iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

//! The whole window without a display: real events go in, real work is done on real files, and what can be read is looked at.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::{Duration, Instant};

use iced::advanced::clipboard;
use iced::advanced::renderer::Headless;
use iced::advanced::widget::operation::{Operation, Outcome};
use iced::futures::StreamExt;
use iced::futures::channel::mpsc::UnboundedReceiver;
use iced::futures::executor::block_on;
use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::{Event, Point, Rectangle, Renderer, Task, mouse, window};
use iced_test::runtime::{Action, UserInterface, task, user_interface::Cache};
use iced_test::selector::{Candidate, Selector};
use waxwing::wallet::Wallet;

use super::{App, Arguments, Message};
use crate::session::Session;
use crate::support::USUAL;
use crate::theme::INTER;

/// No test waits longer for work to be done.
const PATIENCE: Duration = Duration::from_secs(60);

/// The language is the whole process's: tests that read English hold it, the one that reads another has it alone.
static LANGUAGE: RwLock<()> = RwLock::new(());

/// Nobody changes the language while this is held.
pub fn english() -> RwLockReadGuard<'static, ()> {
    LANGUAGE.read().unwrap_or_else(PoisonError::into_inner)
}

/// Another language, until this is let go.
pub struct Spoken {
    _alone: RwLockWriteGuard<'static, ()>,
}

/// Waits until nobody reads English any more, and selects another language.
pub fn spoken(language: &str) -> Spoken {
    let alone = LANGUAGE.write().unwrap_or_else(PoisonError::into_inner);
    waxwing::text::select(Some(language)).unwrap();
    Spoken { _alone: alone }
}

impl Drop for Spoken {
    fn drop(&mut self) {
        waxwing::text::select(Some("en")).unwrap();
    }
}

/// A window on a stage.
pub struct Stage {
    /// Everything that the window knows.
    pub app: App,
    results: UnboundedReceiver<Message>,
    cache: Option<Cache>,
    renderer: Renderer,
    cursor: mouse::Cursor,
    modifiers: Modifiers,
    copied: Option<String>,
}

/// What has the keyboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Focus {
    /// Its name, if it has one.
    pub id: Option<String>,
    /// Where it is, in whole pixels.
    pub at: (i64, i64),
}

impl Stage {
    /// Over an empty wallet in memory.
    pub fn new() -> Self {
        Self::over(Session::new(Arc::new(Wallet::in_memory().unwrap()), None), &[])
    }

    /// Over a session, as if started with these arguments.
    pub fn over(session: Session, arguments: &[&str]) -> Self {
        let arguments = <Arguments as clap::Parser>::parse_from(["waxwing"].iter().chain(arguments));
        let (app, results) = App::start(session, Arc::new(arguments));
        for font in crate::theme::FONTS {
            let system = iced::advanced::graphics::text::font_system();
            system.write().unwrap().load_font(std::borrow::Cow::Borrowed(font));
        }
        let renderer = block_on(<Renderer as Headless>::new(INTER, 14.0.into(), None)).unwrap();
        let (cursor, modifiers) = (mouse::Cursor::Unavailable, Modifiers::default());
        let mut stage = Self { app, results, cache: None, renderer, cursor, modifiers, copied: None };
        stage.send(Message::Wallet(crate::screen::wallet::Message::Load));
        stage.settle();
        stage
    }

    /// The wallet and the settings.
    pub fn session(&self) -> &Session {
        &self.app.session
    }

    /// The desk.
    pub fn desk(&self) -> &crate::screen::desk::State {
        &self.app.desk
    }

    /// Does what a message asks for, and what comes of it.
    pub fn send(&mut self, message: Message) {
        let task = self.app.update(message);
        self.run(task);
    }

    fn run(&mut self, task: Task<Message>) {
        let Some(mut stream) = task::into_stream(task) else { return };
        while let Some(action) = block_on(stream.next()) {
            match action {
                Action::Output(message) => self.send(message),
                Action::Widget(operation) => self.operate(operation),
                Action::Clipboard(iced_test::runtime::clipboard::Action::Write { contents, .. }) => {
                    self.copied = Some(contents);
                }
                _ => {}
            }
        }
    }

    /// The window as it would be laid out now.
    fn with<T>(
        &mut self,
        act: impl FnOnce(&mut UserInterface<'_, Message, iced::Theme, Renderer>, &mut Renderer) -> T,
    ) -> T {
        let cache = self.cache.take().unwrap_or_default();
        let mut seen = UserInterface::build(self.app.view(), USUAL, cache, &mut self.renderer);
        let result = act(&mut seen, &mut self.renderer);
        self.cache = Some(seen.into_cache());
        result
    }

    fn operate(&mut self, operation: Box<dyn Operation>) {
        self.with(|seen, renderer| {
            let mut next = Some(operation);
            while let Some(mut operation) = next.take() {
                seen.operate(renderer, &mut operation);
                if let Outcome::Chain(following) = operation.finish() {
                    next = Some(following);
                }
            }
        });
    }

    /// Events, and what they lead to.
    pub fn events(&mut self, events: &[Event]) {
        let mut messages = Vec::new();
        let cursor = self.cursor;
        self.with(|seen, renderer| {
            drop(seen.update(events, cursor, renderer, &mut clipboard::Null, &mut messages));
        });
        for message in messages {
            self.send(message);
        }
    }

    /// Waits until all work is done and its results are seen.
    pub fn settle(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        let mut quiet = 0;
        while quiet < 3 {
            assert!(Instant::now() < deadline, "the work does not end");
            let busy = self.app.pool.is_busy();
            let mut came = Vec::new();
            while let Ok(message) = self.results.try_recv() {
                came.push(message);
            }
            quiet = if busy || !came.is_empty() { 0 } else { quiet + 1 };
            if came.is_empty() {
                std::thread::sleep(Duration::from_millis(2));
            } else {
                self.send(Message::Done(came));
            }
        }
    }

    /// One frame: takes up what came as the window does, and draws; how long that took.
    pub fn frame(&mut self) -> Duration {
        let start = Instant::now();
        let mut came = Vec::new();
        while came.len() < crate::work::BATCH
            && let Ok(message) = self.results.try_recv()
        {
            came.push(message);
        }
        if !came.is_empty() {
            self.send(Message::Done(came));
        }
        let (theme, cursor) = (self.app.look().theme(), self.cursor);
        let style = iced::advanced::renderer::Style { text_color: iced::Color::BLACK };
        self.with(|seen, renderer| {
            let redraw = Event::Window(window::Event::RedrawRequested(Instant::now()));
            drop(seen.update(&[redraw], cursor, renderer, &mut clipboard::Null, &mut Vec::new()));
            seen.draw(renderer, &theme, &style, cursor);
        });
        start.elapsed()
    }

    /// Whether something is still being done.
    pub fn is_busy(&self) -> bool {
        self.app.pool.is_busy()
    }

    /// Drops files on the window as winit does: one event for each, then time passes.
    pub fn drop_files(&mut self, files: &[PathBuf]) {
        let hovered = files.iter().map(|file| Event::Window(window::Event::FileHovered(file.clone())));
        let dropped = files.iter().map(|file| Event::Window(window::Event::FileDropped(file.clone())));
        self.events(&hovered.chain(dropped).collect::<Vec<_>>());
        let later = Instant::now() + Duration::from_secs(1);
        self.events(&[Event::Window(window::Event::RedrawRequested(later))]);
        self.settle();
    }

    /// Presses a key, with the modifiers that are held.
    pub fn key(&mut self, key: impl Into<Key>) {
        let key = key.into();
        let text = match &key {
            Key::Character(text) if self.modifiers.is_empty() => Some(text.clone()),
            _ => None,
        };
        let pressed = keyboard::Event::KeyPressed {
            key: key.clone(),
            modified_key: key,
            physical_key: keyboard::key::Physical::Unidentified(keyboard::key::NativeCode::Unidentified),
            location: keyboard::Location::Standard,
            modifiers: self.modifiers,
            repeat: false,
            text,
        };
        self.events(&[Event::Keyboard(pressed)]);
    }

    /// Presses a key together with others.
    pub fn chord(&mut self, modifiers: Modifiers, key: impl Into<Key>) {
        self.modifiers = modifiers;
        self.events(&[Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers))]);
        self.key(key);
        self.modifiers = Modifiers::default();
        self.events(&[Event::Keyboard(keyboard::Event::ModifiersChanged(self.modifiers))]);
    }

    /// Types a text.
    pub fn types(&mut self, text: &str) {
        for letter in text.chars() {
            self.key(Key::Character(letter.to_string().into()));
        }
    }

    /// Tab, as often as it takes until `done`; whether it came to that within one round.
    pub fn tab_until(&mut self, mut done: impl FnMut(&mut Self) -> bool) -> bool {
        for _ in 0..60 {
            self.key(Named::Tab);
            if done(self) {
                return true;
            }
        }
        false
    }

    /// All texts that can be read, in the order of the window.
    pub fn texts(&mut self) -> Vec<String> {
        let all = |candidate: Candidate<'_>| match candidate {
            Candidate::Text { content, .. } => Some(content.to_owned()),
            _ => None,
        };
        self.all(all)
    }

    fn all<T: Clone + Send + 'static>(&mut self, select: impl FnMut(Candidate<'_>) -> Option<T> + Send) -> Vec<T> {
        self.with(|seen, renderer| {
            let mut operation = select.find_all();
            seen.operate(renderer, &mut iced::advanced::widget::operation::black_box(&mut operation));
            match operation.finish() {
                Outcome::Some(found) => found,
                _ => Vec::new(),
            }
        })
    }

    /// Asserts that some text contains this.
    pub fn must_read(&mut self, text: &str) {
        let texts = self.texts();
        assert!(texts.iter().any(|seen| seen.contains(text)), "nobody reads {text:?} in {texts:#?}");
    }

    /// Asserts that no text contains this.
    pub fn must_not_read(&mut self, text: &str) {
        let texts = self.texts();
        assert!(!texts.iter().any(|seen| seen.contains(text)), "{text:?} can be read in {texts:#?}");
    }

    /// Whether a text that is exactly this stands where it can be seen.
    pub fn sees(&mut self, text: &str) -> bool {
        let wanted = text.to_owned();
        let found = self.all(move |candidate: Candidate<'_>| match &candidate {
            Candidate::Text { content, visible_bounds, .. } if *content == wanted => *visible_bounds,
            _ => None,
        });
        !found.is_empty()
    }

    /// Clicks on the last text that is exactly this: what lies in front comes last.
    pub fn click(&mut self, text: &str) {
        let wanted = text.to_owned();
        let found = self.all(move |candidate: Candidate<'_>| match &candidate {
            Candidate::Text { content, visible_bounds, .. } if *content == wanted => *visible_bounds,
            _ => None,
        });
        let Some(bounds) = found.last() else { panic!("{text:?} cannot be clicked in {:#?}", self.texts()) };
        self.click_at(bounds.center());
    }

    /// Clicks on a point.
    pub fn click_at(&mut self, point: Point) {
        self.cursor = mouse::Cursor::Available(point);
        let moved = Event::Mouse(mouse::Event::CursorMoved { position: point });
        let pressed = Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left));
        let released = Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left));
        self.events(&[moved, pressed, released]);
        self.settle();
    }

    /// What has the keyboard.
    pub fn focus(&mut self) -> Option<Focus> {
        let at = |bounds: Rectangle| {
            #[allow(clippy::cast_possible_truncation, reason = "pixels")]
            let at = (bounds.x as i64, bounds.y as i64);
            at
        };
        let focused = move |candidate: Candidate<'_>| match candidate {
            Candidate::Focusable { id, bounds, state, .. } if state.is_focused() => {
                Some(Focus { id: id.map(|id| format!("{id:?}")), at: at(bounds) })
            }
            _ => None,
        };
        let mut all = self.all(focused);
        assert!(all.len() <= 1, "two things have the keyboard: {all:?}");
        all.pop()
    }

    /// What was put into the clipboard last.
    pub fn copied(&self) -> Option<&str> {
        self.copied.as_deref()
    }
}

/// Writes files into a folder and gives their paths.
pub fn files<'a>(dir: &Path, files: impl IntoIterator<Item = (&'a str, Vec<u8>)>) -> Vec<PathBuf> {
    let write = |(name, content): (&str, Vec<u8>)| {
        let path = dir.join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    files.into_iter().map(write).collect()
}

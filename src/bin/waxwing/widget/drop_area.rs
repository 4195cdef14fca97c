//! Files that are dropped on the window.
//!
//! They come as one event each, thousands within milliseconds. A subscription would lose most of them, its channel being
//! short; a widget sees every event, collects them, and hands over one batch when no more have come for a moment.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use iced::advanced::Shell;
use iced::{Event, window};

use super::Element;
use super::around::{Behaviour, around};

/// No file for so long: the drop is complete.
const PAUSE: Duration = Duration::from_millis(120);

/// What happens over the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dropping {
    /// Files are held over it; so many are known so far.
    Over(usize),
    /// They were carried away again.
    Left,
    /// All files of one drop, in their order.
    Dropped(Vec<PathBuf>),
}

/// Files collected so far.
#[derive(Debug, Default)]
pub struct State {
    over: usize,
    files: Vec<PathBuf>,
    due: Option<Instant>,
}

struct Collect<F>(F);

impl<Message, F: Fn(Dropping) -> Message> Behaviour<Message> for Collect<F> {
    type State = State;

    fn before(&self, state: &mut State, event: &Event, shell: &mut Shell<'_, Message>) -> bool {
        match event {
            Event::Window(window::Event::FileHovered(_)) => {
                state.over += 1;
                shell.publish((self.0)(Dropping::Over(state.over)));
            }
            Event::Window(window::Event::FilesHoveredLeft) => {
                state.over = 0;
                shell.publish((self.0)(Dropping::Left));
            }
            Event::Window(window::Event::FileDropped(file)) => {
                state.over = 0;
                state.files.push(file.clone());
                let due = Instant::now() + PAUSE;
                state.due = Some(due);
                shell.request_redraw_at(due);
            }
            Event::Window(window::Event::RedrawRequested(now)) => match state.due {
                Some(due) if *now >= due => {
                    state.due = None;
                    shell.publish((self.0)(Dropping::Dropped(std::mem::take(&mut state.files))));
                }
                Some(due) => shell.request_redraw_at(due),
                None => {}
            },
            _ => {}
        }
        true
    }
}

/// Reports drops anywhere on the content.
pub fn drop_area<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
    on_drop: impl Fn(Dropping) -> Message + 'a,
) -> Element<'a, Message> {
    around(content, Collect(on_drop)).into()
}

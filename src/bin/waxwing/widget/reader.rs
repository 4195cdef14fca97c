//! Text that can be selected and copied, but not changed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use iced::advanced::Shell;
use iced::widget::text_editor::{self, Action, Edit};
use iced::{Border, Color, Event, mouse};

use super::Element;
use super::around::{Behaviour, Standing, around};
use crate::theme::{INTER, Look, Role};

/// Lines that are pasted in one go.
const LINES: usize = 64;

/// A text as it is shown: what of it is selected, and how it is laid out.
#[derive(Debug)]
pub struct Content {
    editor: text_editor::Content,
    /// No two have the same.
    number: u64,
}

impl Content {
    /// Shows a text.
    pub fn new(text: &str) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        // Made of the text at once, it would be laid out in another font first. What is pasted in one go takes time by the square of
        // its lines.
        let mut editor = text_editor::Content::new();
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.match_indices('\n').nth(LINES).map_or(rest.len(), |(at, _)| at + 1);
            let (block, more) = rest.split_at(end);
            editor.perform(Action::Edit(Edit::Paste(Arc::new(block.to_owned()))));
            rest = more;
        }
        editor.perform(Action::Move(text_editor::Motion::DocumentStart));
        Self { editor, number: NUMBER.fetch_add(1, Ordering::Relaxed) }
    }

    /// Moves and selects; never changes.
    pub fn perform(&mut self, action: Action) {
        if !action.is_edit() {
            self.editor.perform(action);
        }
    }

    /// The text.
    #[cfg(test)]
    pub fn text(&self) -> String {
        self.editor.text()
    }

    /// Lines as they stand in the text.
    #[cfg(test)]
    pub fn line_count(&self) -> usize {
        self.editor.line_count()
    }
}

/// The text is shown as a whole, and laid out once.
struct Standstill(Standing);

impl<Message> Behaviour<Message> for Standstill {
    type State = ();

    /// The wheel belongs to the page around it.
    fn before(&self, (): &mut (), event: &Event, _: &mut Shell<'_, Message>) -> bool {
        !matches!(event, Event::Mouse(mouse::Event::WheelScrolled { .. }))
    }

    /// A text that is laid out again is drawn again, and takes longer for it than all the rest of the window.
    fn stands(&self) -> Option<Standing> {
        Some(self.0)
    }
}

/// Shows a text; hand what comes to [`Content::perform`].
pub fn reader<'a, Message: Clone + 'a>(
    look: Look,
    content: &'a Content,
    on_action: impl Fn(Action) -> Message + 'a,
) -> Element<'a, Message> {
    let palette = look.palette;
    let size = look.size(Role::Body);
    let editor = iced::widget::text_editor(&content.editor)
        .font(INTER)
        .size(size)
        .padding(0)
        .wrapping(iced::widget::text::Wrapping::WordOrGlyph)
        .on_action(on_action)
        .style(move |_, _| text_editor::Style {
            background: Color::TRANSPARENT.into(),
            border: Border::default(),
            placeholder: palette.soft,
            value: palette.ink,
            selection: palette.accent.scale_alpha(0.35),
        });
    around(editor, Standstill((content.number, (size * 1000.0) as u32))).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is pasted block by block is the text, however many lines it has, and takes time by their number: five times as many as
    /// a piece can have are there within a second, and would take the better part of a minute by its square.
    #[test]
    fn texts_are_shown_as_they_are() {
        let started = std::time::Instant::now();
        for (text, lines) in [
            (String::new(), 1),
            ("one".to_owned(), 1),
            ("one\n".to_owned(), 2),
            ("a\nb\n\n".repeat(LINES), 3 * LINES + 1),
            ("\n".repeat(LINES + 1), LINES + 2),
            ("\n".repeat(120 * 1024), 120 * 1024 + 1),
        ] {
            let content = Content::new(&text);
            assert_eq!(content.line_count(), lines);
            assert_eq!(content.text(), text);
        }
        assert!(started.elapsed().as_secs() < 15, "{:?}", started.elapsed());
    }
}

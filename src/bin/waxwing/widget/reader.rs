//! Text that can be selected and copied, but not changed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use iced::advanced::Shell;
use iced::widget::text_editor::{self, Action, Edit};
use iced::{Border, Color, Event, mouse};

use super::Element;
use super::around::{Behaviour, Standing, around};
use crate::theme::{INTER, Look, Role};

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
        // Made of the text at once, it would be laid out in another font first.
        let mut editor = text_editor::Content::new();
        editor.perform(Action::Edit(Edit::Paste(Arc::new(text.to_owned()))));
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

//! Text that can be selected and copied, but not changed.

use iced::advanced::Shell;
use iced::widget::{text_editor, text_editor::Content};
use iced::{Border, Color, Event, mouse};

use super::Element;
use super::around::{Behaviour, around};
use crate::theme::{INTER, Look, Role};

struct NoWheel;

impl<Message> Behaviour<Message> for NoWheel {
    type State = ();

    /// The text is shown as a whole: the wheel belongs to the page around it.
    fn before(&self, (): &mut (), event: &Event, _: &mut Shell<'_, Message>) -> bool {
        !matches!(event, Event::Mouse(mouse::Event::WheelScrolled { .. }))
    }
}

/// Shows a text; hand what comes to [`perform`].
pub fn reader<'a, Message: Clone + 'a>(
    look: Look,
    content: &'a Content,
    on_action: impl Fn(text_editor::Action) -> Message + 'a,
) -> Element<'a, Message> {
    let palette = look.palette;
    let editor = text_editor(content)
        .font(INTER)
        .size(look.size(Role::Body))
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
    around(editor, NoWheel).into()
}

/// Moves and selects; never changes.
pub fn perform(content: &mut Content, action: text_editor::Action) {
    if !action.is_edit() {
        content.perform(action);
    }
}

//! Keyboard focus for anything that can be pressed: a Tab stop with a visible ring, Enter and Space.

use iced::advanced::Shell;
use iced::advanced::widget::operation::Focusable;
use iced::advanced::widget::{Id, Operation};
use iced::keyboard::{self, Key, key::Named};
use iced::{Border, Event, Rectangle, Renderer, mouse};

use super::Element;
use super::around::{Behaviour, around, ring};
use crate::theme::{Look, border, edge, radius};

struct Focus<Message> {
    on_press: Message,
    id: Option<Id>,
    look: Look,
}

/// Whether it has the focus.
#[derive(Debug, Default)]
pub struct State {
    focused: bool,
}

impl Focusable for State {
    fn is_focused(&self) -> bool {
        self.focused
    }
    fn focus(&mut self) {
        self.focused = true;
    }
    fn unfocus(&mut self) {
        self.focused = false;
    }
}

/// Whether an event is Enter or Space.
pub fn is_press(event: &Event) -> bool {
    matches!(
        event,
        Event::Keyboard(keyboard::Event::KeyPressed { key: Key::Named(Named::Enter | Named::Space), modifiers, .. })
            if modifiers.is_empty()
    )
}

impl<Message: Clone> Behaviour<Message> for Focus<Message> {
    type State = State;

    fn after(&self, state: &mut State, event: &Event, shell: &mut Shell<'_, Message>) {
        if !state.focused {
            return;
        }
        if is_press(event) && !shell.is_event_captured() {
            shell.publish(self.on_press.clone());
            shell.capture_event();
        } else if matches!(event, Event::Mouse(mouse::Event::ButtonPressed(_))) {
            // Whoever takes the mouse does not need the ring any more.
            state.focused = false;
            shell.request_redraw();
        }
    }

    fn operate(&self, state: &mut State, bounds: Rectangle, operation: &mut dyn Operation) -> bool {
        operation.focusable(self.id.as_ref(), bounds, state);
        true
    }

    fn draw(&self, state: &State, renderer: &mut Renderer, bounds: Rectangle, viewport: &Rectangle) {
        if state.focused {
            let color = self.look.palette.ink;
            let line = Border { color, width: border::STRONG, radius: (radius::SMALL + edge::RING).into() };
            ring(renderer, bounds.expand(edge::RING), viewport, line);
        }
    }
}

/// Makes content a Tab stop that sends a message on Enter and Space.
pub fn focusable<'a, Message: Clone + 'a>(
    look: Look,
    content: impl Into<Element<'a, Message>>,
    id: Option<Id>,
    on_press: Message,
) -> Element<'a, Message> {
    around(content, Focus { on_press, id, look }).into()
}

//! A question in front of the window. What lies behind neither gets keys nor the mouse, and Tab does not reach it.

use iced::advanced::Shell;
use iced::advanced::widget::Operation;
use iced::widget::{center, container, mouse_area, opaque, stack};
use iced::{Event, Rectangle};

use super::around::{Behaviour, around};
use super::{Element, surface};
use crate::theme::{Look, border, edge, radius, space};

struct Behind(bool);

impl<Message> Behaviour<Message> for Behind {
    /// Whether the keyboard was taken away since the modal opened.
    type State = bool;

    fn before(&self, _: &mut bool, event: &Event, _: &mut Shell<'_, Message>) -> bool {
        !self.0 || !matches!(event, Event::Keyboard(_) | Event::Mouse(_) | Event::Touch(_) | Event::InputMethod(_))
    }

    fn silences(&self, silenced: &mut bool) -> bool {
        let now = self.0 && !*silenced;
        *silenced = self.0;
        now
    }

    fn operate(&self, _: &mut bool, _: Rectangle, _: &mut dyn Operation) -> bool {
        !self.0
    }
}

/// Lays `front` over `base`; a press beside it sends `on_leave`.
pub fn modal<'a, Message: Clone + 'a>(
    look: Look,
    base: impl Into<Element<'a, Message>>,
    front: Option<Element<'a, Message>>,
    on_leave: Message,
) -> Element<'a, Message> {
    let base: Element<'a, Message> = around(base, Behind(front.is_some())).into();
    let Some(front) = front else { return stack![base].into() };
    let front = surface::fitted(look, container(front).padding(space::XL));
    let card = container(front).max_width(look.grown(edge::MODAL_WIDE)).style(move |_| container::Style {
        background: Some(look.palette.surface.into()),
        text_color: Some(look.palette.ink),
        border: iced::Border { color: look.palette.line, width: border::THIN, radius: radius::LARGE.into() },
        ..container::Style::default()
    });
    let shade = center(opaque(card)).padding(space::XL).style(move |_| container::Style {
        background: Some(look.palette.shade.into()),
        ..container::Style::default()
    });
    stack![base, opaque(mouse_area(shade).on_press(on_leave))].into()
}

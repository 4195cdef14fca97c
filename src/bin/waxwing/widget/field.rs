//! Fields to type in.

use iced::Border;
use iced::widget::{column, text_input};

use super::{Element, words};
use crate::theme::{INTER, Look, Role, border, radius, space};

fn style(look: Look, status: text_input::Status) -> text_input::Style {
    let palette = look.palette;
    let focused = matches!(status, text_input::Status::Focused { .. });
    text_input::Style {
        background: palette.surface.into(),
        border: Border {
            color: if focused { palette.ink } else { palette.outline },
            width: if focused { border::STRONG } else { border::THIN },
            radius: radius::SMALL.into(),
        },
        icon: palette.soft,
        placeholder: palette.soft,
        value: palette.ink,
        selection: palette.accent.scale_alpha(0.35),
    }
}

/// A field without a name of its own: search.
pub fn field<'a, Message: Clone + 'a>(
    look: Look,
    id: &'static str,
    placeholder: &str,
    value: &str,
    on_input: impl Fn(String) -> Message + 'a,
) -> text_input::TextInput<'a, Message> {
    text_input(placeholder, value)
        .id(id)
        .font(INTER)
        .size(look.size(Role::Body))
        .padding([space::S, space::M])
        .on_input(on_input)
        .style(move |_, status| style(look, status))
}

/// A field with its name above it.
pub fn named<'a, Message: Clone + 'a>(
    look: Look,
    name: String,
    field: text_input::TextInput<'a, Message>,
) -> Element<'a, Message> {
    column![words::label(look, name), field].spacing(space::XS).into()
}

//! Buttons: primary for the one thing to do, quiet for the others, danger for what cannot be taken back.

use iced::widget::{button, container, row};
use iced::{Border, Center, Color, Length};
use waxwing::report::Tone;

use super::sign::{Sign, sign};
use super::{Element, focus, words};
use crate::theme::{Look, border, edge, radius, space};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Primary,
    Quiet,
    Danger,
    Plain,
}

impl Kind {
    fn style(self, look: Look, status: button::Status) -> button::Style {
        let palette = look.palette;
        let (ground, text, line) = match self {
            Self::Primary => (palette.accent, palette.on_accent(), palette.accent),
            Self::Quiet => (palette.surface, palette.ink, palette.line),
            Self::Danger => (palette.ink, palette.paper, palette.ink),
            Self::Plain => (Color::TRANSPARENT, palette.accent, Color::TRANSPARENT),
        };
        let mut style = button::Style {
            background: Some(ground.into()),
            text_color: text,
            border: Border { color: line, width: border::THIN, radius: radius::SMALL.into() },
            ..button::Style::default()
        };
        match status {
            button::Status::Active => {}
            button::Status::Hovered | button::Status::Pressed => match self {
                Self::Primary | Self::Danger => style.background = Some(ground.scale_alpha(0.88).into()),
                Self::Quiet | Self::Plain => style.background = Some(palette.raised.into()),
            },
            button::Status::Disabled => {
                style.background = Some(if self == Self::Plain { ground } else { palette.raised }.into());
                style.border.color = palette.line;
                style.text_color = palette.soft;
            }
        }
        style
    }
}

fn pressable<'a, Message: Clone + 'a>(
    look: Look,
    kind: Kind,
    mark: Option<Sign>,
    label: String,
    on_press: Option<Message>,
) -> Element<'a, Message> {
    let enabled = on_press.is_some();
    let color = kind.style(look, if enabled { button::Status::Active } else { button::Status::Disabled }).text_color;
    let mark = mark.map(|mark| sign(look, mark, edge::SIGN, color));
    let inner = row![mark, words::one_line(words::strong(look, label)).color(color)].spacing(space::S).align_y(Center);
    let padding = if kind == Kind::Plain { [space::XS, space::S] } else { [space::S, space::M] };
    let button = button(inner)
        .padding(padding)
        .on_press_maybe(on_press.clone())
        .style(move |_, status| kind.style(look, status));
    match on_press {
        Some(message) => focus::focusable(look, button, None, message),
        None => button.into(),
    }
}

/// The one thing to do here.
pub fn primary<'a, Message: Clone + 'a>(
    look: Look,
    label: impl Into<String>,
    on_press: Option<Message>,
) -> Element<'a, Message> {
    pressable(look, Kind::Primary, None, label.into(), on_press)
}

/// Anything else that can be done.
pub fn quiet<'a, Message: Clone + 'a>(
    look: Look,
    label: impl Into<String>,
    on_press: Option<Message>,
) -> Element<'a, Message> {
    pressable(look, Kind::Quiet, None, label.into(), on_press)
}

/// [`quiet`] with a sign before the words.
pub fn signed<'a, Message: Clone + 'a>(
    look: Look,
    sign: Sign,
    label: impl Into<String>,
    on_press: Option<Message>,
) -> Element<'a, Message> {
    pressable(look, Kind::Quiet, Some(sign), label.into(), on_press)
}

/// What cannot be taken back.
pub fn danger<'a, Message: Clone + 'a>(
    look: Look,
    label: impl Into<String>,
    on_press: Option<Message>,
) -> Element<'a, Message> {
    pressable(look, Kind::Danger, None, label.into(), on_press)
}

/// Within text and rows.
pub fn plain<'a, Message: Clone + 'a>(
    look: Look,
    label: impl Into<String>,
    on_press: Option<Message>,
) -> Element<'a, Message> {
    pressable(look, Kind::Plain, None, label.into(), on_press)
}

/// One of several choices that exclude each other.
pub fn choice<'a, Message: Clone + 'a>(
    look: Look,
    label: impl Into<String>,
    chosen: bool,
    on_press: Message,
) -> Element<'a, Message> {
    let palette = look.palette;
    let text =
        words::one_line(if chosen { words::strong(look, label.into()) } else { words::body(look, label.into()) });
    let button = button(text).padding([space::S, space::M]).on_press(on_press.clone()).style(move |_, status| {
        let hovered = matches!(status, button::Status::Hovered | button::Status::Pressed);
        let color = if chosen { palette.accent } else { palette.line };
        button::Style {
            background: Some(if hovered { palette.raised } else { palette.surface }.into()),
            text_color: palette.ink,
            border: Border {
                color,
                width: if chosen { border::STRONG } else { border::THIN },
                radius: radius::SMALL.into(),
            },
            ..button::Style::default()
        }
    });
    focus::focusable(look, button, None, on_press)
}

/// What can be ticked by itself, whatever else is chosen.
pub fn tick<'a, Message: Clone + 'a>(
    look: Look,
    label: impl Into<String>,
    ticked: bool,
    on_press: Message,
) -> Element<'a, Message> {
    let palette = look.palette;
    let (ground, line) = if ticked { (palette.accent, palette.accent) } else { (palette.surface, palette.outline) };
    let mark = ticked.then(|| sign(look, Sign::Check, edge::TICK, palette.on_accent()));
    let side = look.grown(edge::SIGN);
    let box_ = container(mark).center(side).style(move |_| container::Style {
        background: Some(ground.into()),
        border: Border { color: line, width: border::THIN, radius: radius::TINY.into() },
        ..container::Style::default()
    });
    let inner = row![box_, words::one_line(words::body(look, label.into()))].spacing(space::S).align_y(Center);
    let button = button(inner).padding([space::XS, space::S]).on_press(on_press.clone()).style(move |_, status| {
        let hovered = matches!(status, button::Status::Hovered | button::Status::Pressed);
        button::Style {
            background: Some(if hovered { palette.raised } else { Color::TRANSPARENT }.into()),
            text_color: palette.ink,
            border: Border { radius: radius::SMALL.into(), ..Border::default() },
            ..button::Style::default()
        }
    });
    focus::focusable(look, button, None, on_press)
}

/// A place in the navigation.
pub fn place<'a, Message: Clone + 'a>(
    look: Look,
    mark: Sign,
    label: impl Into<String>,
    here: bool,
    on_press: Message,
) -> Element<'a, Message> {
    let palette = look.palette;
    let color = if here { palette.ink } else { palette.soft };
    let name = if here { words::label(look, label.into()) } else { words::caption(look, label.into()) };
    let inner =
        iced::widget::column![sign(look, mark, edge::SIGN_NAVIGATION, color), words::one_line(name).color(color)]
            .spacing(space::XS)
            .align_x(Center)
            .width(Length::Fill);
    let button = button(inner).padding([space::S, 0.0]).width(Length::Fill).on_press(on_press.clone()).style(
        move |_, status| {
            let hovered = matches!(status, button::Status::Hovered | button::Status::Pressed);
            let ground = if here || hovered { palette.surface } else { Color::TRANSPARENT };
            button::Style {
                background: Some(ground.into()),
                text_color: color,
                border: Border { radius: radius::LARGE.into(), ..Border::default() },
                ..button::Style::default()
            }
        },
    );
    focus::focusable(look, button, None, on_press)
}

/// A small switch among several: filters.
pub fn tab<'a, Message: Clone + 'a>(
    look: Look,
    label: impl Into<String>,
    here: bool,
    on_press: Message,
) -> Element<'a, Message> {
    let palette = look.palette;
    let color = if here { palette.ink } else { palette.soft };
    let text = words::one_line(words::label(look, label.into())).color(color);
    let button = button(text).padding([space::XS, space::S]).on_press(on_press.clone()).style(move |_, status| {
        let hovered = matches!(status, button::Status::Hovered | button::Status::Pressed);
        let ground = match (here, hovered) {
            (true, _) => palette.surface,
            (false, true) => palette.raised,
            (false, false) => Color::TRANSPARENT,
        };
        let line = if here { palette.line } else { Color::TRANSPARENT };
        button::Style {
            background: Some(ground.into()),
            text_color: color,
            border: Border { color: line, width: border::THIN, radius: radius::ROUND.into() },
            ..button::Style::default()
        }
    });
    focus::focusable(look, button, None, on_press)
}

/// A card that can be pressed, its line in the colour of a verdict.
pub fn card<'a, Message: Clone + 'a>(
    look: Look,
    tone: Tone,
    content: impl Into<Element<'a, Message>>,
    on_press: Message,
) -> Element<'a, Message> {
    let palette = look.palette;
    let color = if tone == Tone::Neutral { palette.line } else { palette.tone(tone).text };
    let button = button(content).padding([space::S, space::M]).width(Length::Fill).on_press(on_press.clone()).style(
        move |_, status| {
            let hovered = matches!(status, button::Status::Hovered | button::Status::Pressed);
            button::Style {
                background: Some(if hovered { palette.raised } else { palette.surface }.into()),
                text_color: palette.ink,
                border: Border { color, width: border::THIN, radius: radius::SMALL.into() },
                ..button::Style::default()
            }
        },
    );
    focus::focusable(look, button, None, on_press)
}

/// On the inverted ground of a toast.
pub fn inverse<'a, Message: Clone + 'a>(
    look: Look,
    label: impl Into<String>,
    on_press: Message,
) -> Element<'a, Message> {
    let palette = look.palette;
    let text = words::one_line(words::strong(look, label.into())).color(palette.paper);
    let button = button(text).padding([space::XS, space::S]).on_press(on_press.clone()).style(move |_, status| {
        let hovered = matches!(status, button::Status::Hovered | button::Status::Pressed);
        button::Style {
            background: None,
            text_color: palette.paper,
            border: Border {
                color: if hovered { palette.paper } else { palette.soft },
                width: border::THIN,
                radius: radius::SMALL.into(),
            },
            ..button::Style::default()
        }
    });
    focus::focusable(look, button, None, on_press)
}

//! Text in its roles.

use iced::widget::{Text, text};
use iced::{Color, Font};

use super::Element;
use super::shortened::shortened;
use crate::theme::{INTER, INTER_STRONG, Look, Role};

fn words<'a>(look: Look, role: Role, font: Font, color: Color, words: impl text::IntoFragment<'a>) -> Text<'a> {
    text(words).size(look.size(role)).font(font).color(color).wrapping(text::Wrapping::WordOrGlyph)
}

/// The headline of a verdict.
pub fn display<'a>(look: Look, text: impl text::IntoFragment<'a>) -> Text<'a> {
    words(look, Role::Display, INTER_STRONG, look.palette.ink, text)
}

/// The title of a group, a card, a modal.
pub fn title<'a>(look: Look, text: impl text::IntoFragment<'a>) -> Text<'a> {
    words(look, Role::Title, INTER_STRONG, look.palette.ink, text)
}

/// Everything that is read.
pub fn body<'a>(look: Look, text: impl text::IntoFragment<'a>) -> Text<'a> {
    words(look, Role::Body, INTER, look.palette.ink, text)
}

/// Names within what is read.
pub fn strong<'a>(look: Look, text: impl text::IntoFragment<'a>) -> Text<'a> {
    words(look, Role::Body, INTER_STRONG, look.palette.ink, text)
}

/// What explains something else, at the size of what is read.
pub fn soft<'a>(look: Look, text: impl text::IntoFragment<'a>) -> Text<'a> {
    words(look, Role::Body, INTER, look.palette.soft, text)
}

/// What explains something else, small.
pub fn caption<'a>(look: Look, text: impl text::IntoFragment<'a>) -> Text<'a> {
    words(look, Role::Caption, INTER, look.palette.soft, text)
}

/// Small and heavier: chips and headings of lists.
pub fn label<'a>(look: Look, text: impl text::IntoFragment<'a>) -> Text<'a> {
    words(look, Role::Caption, INTER_STRONG, look.palette.ink, text)
}

/// Fingerprints and source text.
pub fn mono<'a>(look: Look, text: impl text::IntoFragment<'a>) -> Text<'a> {
    words(look, Role::Mono, Font::MONOSPACE, look.palette.ink, text)
}

/// On one line, cut off where there is no more room.
#[must_use]
pub fn one_line(text: Text<'_>) -> Text<'_> {
    text.wrapping(text::Wrapping::None)
}

/// [`strong`] on one line, shortened where there is no more room.
pub fn short_strong<'a, Message: 'a>(look: Look, text: &str) -> Element<'a, Message> {
    shortened(text, look.size(Role::Body), INTER_STRONG, look.palette.ink)
}

/// [`soft`] on one line, shortened where there is no more room.
pub fn short_soft<'a, Message: 'a>(look: Look, text: &str) -> Element<'a, Message> {
    shortened(text, look.size(Role::Body), INTER, look.palette.soft)
}

//! What content stands on: panes, cards, chips, banners, lines.

use iced::widget::{Scrollable, center, column, container, progress_bar, row, rule, scrollable, space as gap};
use iced::{Border, Center, Color, Length};
use waxwing::report::{Privacy, Tone, Verdict};

use super::sign::{self, Sign};
use super::{Element, words};
use crate::theme::{Look, border, edge, radius, space};

fn ground(color: Color) -> container::Style {
    container::Style { background: Some(color.into()), ..container::Style::default() }
}

fn outlined(color: Color, line: Color, radius: f32) -> container::Style {
    container::Style { border: Border { color: line, width: border::THIN, radius: radius.into() }, ..ground(color) }
}

/// The ground of a screen: that of the window shows through it. A ground of its own as large as this would be painted anew, all of
/// it, for each small thing that changes.
pub fn paper<'a, Message: 'a>(look: Look, content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    container(content)
        .width(Length::Fill)
        .height(Length::Fill)
        .style(move |_| container::Style { text_color: Some(look.palette.ink), ..container::Style::default() })
        .into()
}

/// A bar along an edge of the window: navigation, actions.
pub fn bar<'a, Message: 'a>(look: Look, content: impl Into<Element<'a, Message>>) -> container::Container<'a, Message> {
    container(content).style(move |_| ground(look.palette.surface))
}

/// As [`bar`], standing out a little.
pub fn raised<'a, Message: 'a>(
    look: Look,
    content: impl Into<Element<'a, Message>>,
) -> container::Container<'a, Message> {
    container(content).style(move |_| ground(look.palette.raised))
}

/// A card; every second level of nesting has the colour of paper, so that envelopes in envelopes can be told apart.
pub fn card<'a, Message: 'a>(
    look: Look,
    level: u32,
    content: impl Into<Element<'a, Message>>,
) -> container::Container<'a, Message> {
    let color = if level.is_multiple_of(2) { look.palette.surface } else { look.palette.paper };
    container(content)
        .padding(space::L)
        .width(Length::Fill)
        .style(move |_| outlined(color, look.palette.line, radius::LARGE))
}

/// An area in the tint of a verdict with its words.
pub fn notice<'a, Message: 'a>(
    look: Look,
    tone: Tone,
    content: impl Into<Element<'a, Message>>,
) -> container::Container<'a, Message> {
    let colors = look.palette.tone(tone);
    container(content)
        .padding([space::S, space::M])
        .width(Length::Fill)
        .style(move |_| outlined(colors.tint, colors.text, radius::SMALL))
}

/// The head of a message in the tint of its verdict.
pub fn banner<'a, Message: 'a>(
    look: Look,
    tone: Tone,
    content: impl Into<Element<'a, Message>>,
) -> container::Container<'a, Message> {
    let tint = look.palette.tone(tone).tint;
    container(content).padding([space::XL, space::XXL]).width(Length::Fill).style(move |_| ground(tint))
}

fn chip<'a, Message: 'a>(look: Look, mark: Element<'a, Message>, label: String) -> Element<'a, Message> {
    container(row![mark, words::label(look, label)].spacing(space::S).align_y(Center))
        .padding([space::XS, space::M])
        .style(move |_| outlined(look.palette.surface, look.palette.line, radius::ROUND))
        .into()
}

/// The signature chip.
pub fn signature_chip<'a, Message: 'a>(look: Look, verdict: Verdict, label: String) -> Element<'a, Message> {
    chip(look, sign::seal(look, verdict, edge::SIGN), label)
}

/// The privacy chip.
pub fn privacy_chip<'a, Message: 'a>(look: Look, privacy: Privacy, label: String) -> Element<'a, Message> {
    chip(look, sign::lock(look, privacy, edge::SIGN), label)
}

/// A line across.
pub fn line<'a, Message: 'a>(look: Look) -> Element<'a, Message> {
    rule::horizontal(border::THIN).style(move |_| rule_style(look)).into()
}

/// A line down.
pub fn upright<'a, Message: 'a>(look: Look) -> Element<'a, Message> {
    rule::vertical(border::THIN).style(move |_| rule_style(look)).into()
}

fn rule_style(look: Look) -> rule::Style {
    rule::Style { color: look.palette.line, radius: 0.0.into(), fill_mode: rule::FillMode::Full, snap: true }
}

/// Content that may be longer than its place, which it fills.
pub fn scrolled<'a, Message: 'a>(look: Look, content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    scrolling(look, content).width(Length::Fill).height(Length::Fill).into()
}

/// Content that takes no more room than it needs, and scrolls where there is less.
pub fn fitted<'a, Message: 'a>(look: Look, content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    scrolling(look, content).into()
}

fn scrolling<'a, Message: 'a>(look: Look, content: impl Into<Element<'a, Message>>) -> Scrollable<'a, Message> {
    let palette = look.palette;
    let bar = scrollable::Scrollbar::new().width(edge::SCROLLER).scroller_width(edge::SCROLLER).margin(border::STRONG);
    scrollable(content).direction(scrollable::Direction::Vertical(bar)).style(move |theme, status| {
        let held = matches!(status, scrollable::Status::Dragged { .. });
        let scroller = scrollable::Scroller {
            background: if held { palette.soft } else { palette.outline }.into(),
            border: Border { radius: radius::ROUND.into(), ..Border::default() },
        };
        let rail = scrollable::Rail { background: None, border: Border::default(), scroller };
        let container = container::Style::default();
        scrollable::Style {
            container,
            vertical_rail: rail,
            horizontal_rail: rail,
            ..scrollable::default(theme, status)
        }
    })
}

/// How far a piece of work has come; without a total the bar stands at its beginning.
pub fn progress<'a, Message: 'a>(look: Look, share: f32) -> Element<'a, Message> {
    let palette = look.palette;
    progress_bar(0.0..=1.0, share)
        .girth(edge::PROGRESS)
        .style(move |_| progress_bar::Style {
            background: palette.raised.into(),
            bar: palette.accent.into(),
            border: Border { radius: radius::ROUND.into(), ..Border::default() },
        })
        .into()
}

/// The heading of a part of a screen.
pub fn heading<'a, Message: 'a>(look: Look, label: &str) -> Element<'a, Message> {
    words::label(look, label.to_uppercase()).color(look.palette.soft).into()
}

/// What is shown where there is nothing yet: a drawing, what this place is for, and the ways in.
pub fn empty<'a, Message: 'a>(
    look: Look,
    drawing: Element<'a, Message>,
    title: String,
    text: String,
    ways: Vec<Element<'a, Message>>,
) -> Element<'a, Message> {
    let middle = column![
        drawing,
        words::title(look, title).center(),
        words::soft(look, text).center(),
        gap().height(space::XS),
        row(ways).spacing(space::S).align_y(Center).wrap().align_x(Center)
    ]
    .spacing(space::M)
    .align_x(Center)
    .max_width(look.grown(edge::MODAL));
    center(fitted(look, middle)).padding(space::XL).into()
}

/// A short word about what has just happened, above everything else; it goes by itself.
pub fn toast<'a, Message: Clone + 'a>(
    look: Look,
    good: bool,
    text: String,
    close: Element<'a, Message>,
) -> Element<'a, Message> {
    let palette = look.palette;
    let mark = if good { Sign::Check } else { Sign::Warning };
    let inner =
        row![sign::sign(look, mark, edge::SIGN, palette.paper), words::body(look, text).color(palette.paper), close]
            .spacing(space::M)
            .align_y(Center);
    container(inner)
        .padding([space::S, space::L])
        .max_width(look.grown(edge::READING))
        .style(move |_| outlined(palette.ink, palette.ink, radius::LARGE))
        .into()
}

/// A place where files can be dropped: a dashed outline, stronger while files are held over it.
pub fn dashed<'a, Message: 'a>(
    look: Look,
    strong: bool,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let inner = container(content).padding(space::L).width(Length::Fill).center_x(Length::Fill);
    super::dashes::dashes(if strong { look.palette.accent } else { look.palette.outline }, inner)
}

/// What a signature does not cover: a dashed outline in the colour of the doubt.
pub fn outside<'a, Message: 'a>(
    look: Look,
    tone: Tone,
    label: String,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let color = look.palette.tone(tone).text;
    let inner = column![words::label(look, label).color(color), content.into()].spacing(space::XS);
    super::dashes::dashes(color, container(inner).padding(space::M).width(Length::Fill))
}

/// Something small that can be kept: a file.
pub fn file<'a, Message: 'a>(look: Look, content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    container(content)
        .padding([space::XS, space::M])
        .style(move |_| outlined(look.palette.surface, look.palette.line, radius::SMALL))
        .into()
}

/// As [`dashed`], filling its place.
pub fn dashed_fill<'a, Message: 'a>(
    look: Look,
    strong: bool,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let inner = container(content).width(Length::Fill).height(Length::Fill);
    super::dashes::dashes(if strong { look.palette.accent } else { look.palette.outline }, inner)
}

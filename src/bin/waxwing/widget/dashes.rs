//! A dashed outline around content.

use iced::widget::canvas::{self, LineDash, Path, Stroke};
use iced::widget::{Canvas, stack};
use iced::{Color, Length, Point, Rectangle, Renderer, Size, Theme, mouse};

use super::Element;
use crate::theme::{border, radius, space};

struct Outline {
    color: Color,
}

impl<Message> canvas::Program<Message> for Outline {
    type State = ();

    fn draw(
        &self,
        (): &(),
        renderer: &Renderer,
        _theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<canvas::Geometry> {
        let mut frame = canvas::Frame::new(renderer, bounds.size());
        let half = border::STRONG / 2.0;
        let size = Size::new((bounds.width - border::STRONG).max(0.0), (bounds.height - border::STRONG).max(0.0));
        let path = Path::rounded_rectangle(Point::new(half, half), size, radius::LARGE.into());
        let line_dash = LineDash { segments: &[space::S, space::XS], offset: 0 };
        let stroke = Stroke { line_dash, ..Stroke::default().with_color(self.color).with_width(border::STRONG) };
        frame.stroke(&path, stroke);
        vec![frame.into_geometry()]
    }
}

/// Draws a dashed outline in a colour around content.
pub fn dashes<'a, Message: 'a>(color: Color, content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    let outline = Canvas::new(Outline { color }).width(Length::Fill).height(Length::Fill);
    stack![content.into(), outline].into()
}

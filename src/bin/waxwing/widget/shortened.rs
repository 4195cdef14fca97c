//! Text on one line that ends in an ellipsis where there is no more room: names and subjects of any length.

use iced::advanced::text::paragraph::Plain;
use iced::advanced::text::{Alignment, LineHeight, Paragraph as _, Renderer as _, Shaping, Wrapping};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Layout, Text, Widget, layout, mouse, renderer};
use iced::{Color, Font, Length, Point, Rectangle, Renderer, Size, Theme, alignment};

use super::Element;

type Paragraph = <Renderer as iced::advanced::text::Renderer>::Paragraph;

/// More characters than this do not fit into any window; they are not even laid out.
const MOST: usize = 400;

struct Shortened {
    content: String,
    size: f32,
    font: Font,
    color: Color,
}

/// The text as a whole, and as much of it as there is room for.
#[derive(Default)]
struct State {
    whole: Plain<Paragraph>,
    shown: Plain<Paragraph>,
}

impl Shortened {
    fn text<'a>(&self, content: &'a str) -> Text<&'a str> {
        Text {
            content,
            bounds: Size::INFINITE,
            size: self.size.into(),
            line_height: LineHeight::default(),
            font: self.font,
            align_x: Alignment::Default,
            align_y: alignment::Vertical::Top,
            shaping: Shaping::Advanced,
            wrapping: Wrapping::None,
        }
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Shortened {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Shrink)
    }

    fn layout(&mut self, tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let State { whole, shown } = tree.state.downcast_mut();
        whole.update(self.text(&self.content));
        let Size { width, height } = whole.min_bounds();
        let room = limits.max().width;
        if width <= room {
            shown.update(self.text(&self.content));
        } else {
            let dots = Paragraph::with_text(self.text("…")).min_width();
            let end = Point::new((room - dots).max(0.0), height / 2.0);
            let end = whole.raw().hit_test(end).map_or(0, |hit| hit.cursor());
            let start = self.content.get(..self.content.floor_char_boundary(end)).unwrap_or_default();
            shown.update(self.text(&format!("{}…", start.trim_end())));
        }
        layout::Node::new(limits.resolve(Length::Fill, Length::Shrink, Size::new(width.min(room), height)))
    }

    fn operate(&mut self, _tree: &mut Tree, layout: Layout<'_>, _renderer: &Renderer, operation: &mut dyn Operation) {
        operation.text(None, layout.bounds(), &self.content);
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let State { shown, .. } = tree.state.downcast_ref();
        renderer.fill_paragraph(shown.raw(), layout.bounds().position(), self.color, *viewport);
    }
}

/// Text on one line as wide as its place.
pub fn shortened<'a, Message: 'a>(content: &str, size: f32, font: Font, color: Color) -> Element<'a, Message> {
    let content = content.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    Element::new(Shortened { content, size, font, color })
}

//! A widget around another one that adds behaviour and leaves the rest alone.

use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, overlay, renderer};
use iced::{Event, Length, Rectangle, Renderer, Size, Theme, Vector};

use super::Element;

/// What is added.
pub trait Behaviour<Message> {
    /// What it remembers from event to event.
    type State: Default + 'static;

    /// Sees an event first; `false` keeps it from the content.
    fn before(&self, _state: &mut Self::State, _event: &Event, _shell: &mut Shell<'_, Message>) -> bool {
        true
    }

    /// Sees an event when the content has had it.
    fn after(&self, _state: &mut Self::State, _event: &Event, _shell: &mut Shell<'_, Message>) {}

    /// Takes part in operations; `false` keeps them from the content.
    fn operate(&self, _state: &mut Self::State, _bounds: Rectangle, _operation: &mut dyn Operation) -> bool {
        true
    }

    /// Whether the content has to give up the keyboard now; asked before every event.
    fn silences(&self, _state: &mut Self::State) -> bool {
        false
    }

    /// What the content's layout depends on beside the room that it is given. While both stay, the content is not laid out again;
    /// `None`: it always is.
    fn stands(&self) -> Option<Standing> {
        None
    }

    /// Draws on top of the content.
    fn draw(&self, _state: &Self::State, _renderer: &mut Renderer, _bounds: Rectangle, _viewport: &Rectangle) {}
}

/// Whose layout it is, and the size of its text in thousandths of a pixel.
pub type Standing = (u64, u32);

/// What is kept from frame to frame.
struct Kept<State> {
    state: State,
    layout: Option<(Standing, layout::Limits, layout::Node)>,
}

/// Content with a [`Behaviour`].
pub struct Around<'a, Message, B> {
    content: Element<'a, Message>,
    behaviour: B,
}

/// Adds a behaviour to content.
pub fn around<'a, Message, B: Behaviour<Message>>(
    content: impl Into<Element<'a, Message>>,
    behaviour: B,
) -> Around<'a, Message, B> {
    Around { content: content.into(), behaviour }
}

impl<Message, B: Behaviour<Message>> Widget<Message, Theme, Renderer> for Around<'_, Message, B> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Kept<B::State>>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Kept { state: B::State::default(), layout: None })
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        self.content.as_widget().size()
    }

    fn size_hint(&self) -> Size<Length> {
        self.content.as_widget().size_hint()
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let Some(child) = tree.children.first_mut() else { return layout::Node::default() };
        let kept = tree.state.downcast_mut::<Kept<B::State>>();
        let stands = self.behaviour.stands();
        if let Some((before, room, node)) = &kept.layout
            && Some(*before) == stands
            && room == limits
        {
            return node.clone();
        }
        let node = self.content.as_widget_mut().layout(child, renderer, limits);
        kept.layout = stands.map(|stands| (stands, *limits, node.clone()));
        node
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let state = &mut tree.state.downcast_mut::<Kept<B::State>>().state;
        let reaches = self.behaviour.operate(state, layout.bounds(), operation);
        if let (true, Some(child)) = (reaches, tree.children.first_mut()) {
            self.content.as_widget_mut().operate(child, layout, renderer, operation);
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let state = &mut tree.state.downcast_mut::<Kept<B::State>>().state;
        let silences = self.behaviour.silences(state);
        let reaches = self.behaviour.before(state, event, shell);
        if let Some(child) = tree.children.first_mut() {
            if silences {
                let mut unfocus = iced::advanced::widget::operation::focusable::unfocus();
                self.content.as_widget_mut().operate(child, layout, renderer, &mut unfocus);
            }
            if reaches {
                let content = self.content.as_widget_mut();
                content.update(child, event, layout, cursor, renderer, clipboard, shell, viewport);
            }
        }
        self.behaviour.after(state, event, shell);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        tree.children.first().map_or_else(mouse::Interaction::default, |child| {
            self.content.as_widget().mouse_interaction(child, layout, cursor, viewport, renderer)
        })
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        if let Some(child) = tree.children.first() {
            self.content.as_widget().draw(child, renderer, theme, style, layout, cursor, viewport);
        }
        self.behaviour.draw(&tree.state.downcast_ref::<Kept<B::State>>().state, renderer, layout.bounds(), viewport);
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        let child = tree.children.first_mut()?;
        self.content.as_widget_mut().overlay(child, layout, renderer, viewport, translation)
    }
}

impl<'a, Message: 'a, B: Behaviour<Message> + 'a> From<Around<'a, Message, B>> for Element<'a, Message> {
    fn from(around: Around<'a, Message, B>) -> Self {
        Element::new(around)
    }
}

/// A ring around bounds, drawn over what is next to them but never outside the viewport.
pub fn ring(renderer: &mut Renderer, bounds: Rectangle, viewport: &Rectangle, border: iced::Border) {
    let quad = renderer::Quad { bounds, border, ..renderer::Quad::default() };
    renderer.with_layer(*viewport, |renderer| {
        renderer.fill_quad(quad, iced::Background::Color(iced::Color::TRANSPARENT));
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::cell::Cell;

    use iced::advanced::renderer::Headless;
    use iced::futures::executor::block_on;
    use iced::{Font, Pixels};

    use super::*;

    /// Counts how often it is laid out.
    struct Counted<'a>(&'a Cell<u32>);

    impl<Message> Widget<Message, Theme, Renderer> for Counted<'_> {
        fn size(&self) -> Size<Length> {
            Size::new(Length::Fill, Length::Fill)
        }

        fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
            self.0.set(self.0.get() + 1);
            layout::Node::new(limits.max())
        }

        fn draw(
            &self,
            _: &Tree,
            _: &mut Renderer,
            _: &Theme,
            _: &renderer::Style,
            _: Layout<'_>,
            _: mouse::Cursor,
            _: &Rectangle,
        ) {
        }
    }

    struct Stands(Option<Standing>);

    impl Behaviour<()> for Stands {
        type State = ();

        fn stands(&self) -> Option<Standing> {
            self.0
        }
    }

    /// A long text is not laid out, and with that drawn, anew whenever a bar moves on; but it is in another width, in another
    /// size, and when it is another text.
    #[test]
    fn what_stands_is_laid_out_once() {
        let renderer = block_on(<Renderer as Headless>::new(Font::DEFAULT, Pixels(16.0), None)).unwrap();
        let times = Cell::new(0);
        let mut tree = Tree::empty();
        let mut laid_out = |stands, width| {
            let mut widget: Element<'_, ()> = around(Element::new(Counted(&times)), Stands(stands)).into();
            tree.diff(&widget);
            let room = layout::Limits::new(Size::ZERO, Size::new(width, 10.0));
            let before = times.get();
            let node = widget.as_widget_mut().layout(&mut tree, &renderer, &room);
            assert_eq!(node.size(), Size::new(width, 10.0));
            times.get() - before
        };
        let (text, larger, other) = (Some((1, 16_000)), Some((1, 32_000)), Some((2, 16_000)));
        assert_eq!([(); 3].map(|()| laid_out(text, 100.0)), [1, 0, 0]);
        assert_eq!([(); 2].map(|()| laid_out(text, 90.0)), [1, 0]);
        assert_eq!([(); 2].map(|()| laid_out(larger, 90.0)), [1, 0]);
        assert_eq!([(); 2].map(|()| laid_out(other, 90.0)), [1, 0]);
        assert_eq!([(); 2].map(|()| laid_out(None, 90.0)), [1, 1]);
    }
}

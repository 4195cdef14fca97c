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

    /// Draws on top of the content.
    fn draw(&self, _state: &Self::State, _renderer: &mut Renderer, _bounds: Rectangle, _viewport: &Rectangle) {}
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
        tree::Tag::of::<B::State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(B::State::default())
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
        match tree.children.first_mut() {
            Some(child) => self.content.as_widget_mut().layout(child, renderer, limits),
            None => layout::Node::default(),
        }
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let reaches = self.behaviour.operate(tree.state.downcast_mut(), layout.bounds(), operation);
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
        let state = tree.state.downcast_mut();
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
        self.behaviour.after(tree.state.downcast_mut(), event, shell);
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
        self.behaviour.draw(tree.state.downcast_ref(), renderer, layout.bounds(), viewport);
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

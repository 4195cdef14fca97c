//! A list of any length: only the rows that are seen exist.
//!
//! It is one Tab stop; arrows, Home, End and the page keys choose a row, which is brought into view.

use std::ops::Range;

use iced::advanced::widget::operation::Focusable;
use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::{Border, Event, Length, Point, Rectangle, Renderer, Size, Theme};

use super::Element;
use super::around::ring;
use crate::theme::{Look, border, edge, radius, space};

/// Pixels that one notch of a wheel moves.
const NOTCH: f32 = 60.0;

/// A windowed list; see [`list`].
pub struct List<'a, Message> {
    look: Look,
    count: usize,
    row_height: f32,
    selected: Option<usize>,
    view: Box<dyn Fn(usize) -> Element<'a, Message> + 'a>,
    on_select: Box<dyn Fn(usize) -> Message + 'a>,
    id: Option<Id>,
    rows: Vec<Element<'a, Message>>,
    first: usize,
}

/// Where the list stands.
#[derive(Debug, Default)]
struct State {
    offset: f32,
    focused: bool,
    revealed: Option<usize>,
    hovered: Option<usize>,
    /// Where the handle of the scroll bar was taken hold of.
    grabbed: Option<f32>,
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

/// A list of `count` rows of the same height (which grows with the text).
pub fn list<'a, Message: 'a>(
    look: Look,
    count: usize,
    row_height: f32,
    selected: Option<usize>,
    view: impl Fn(usize) -> Element<'a, Message> + 'a,
    on_select: impl Fn(usize) -> Message + 'a,
) -> List<'a, Message> {
    List {
        look,
        count,
        row_height: look.grown(row_height).round(),
        selected,
        view: Box::new(view),
        on_select: Box::new(on_select),
        id: None,
        rows: Vec::new(),
        first: 0,
    }
}

#[allow(clippy::cast_precision_loss, reason = "rows are counted in thousands")]
fn extent(rows: usize) -> f32 {
    rows as f32
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped at zero, and counts are small")]
fn whole(rows: f32) -> usize {
    rows.max(0.0) as usize
}

impl<Message> List<'_, Message> {
    /// Names the list, so that it can be given the focus.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    fn height(&self) -> f32 {
        extent(self.count) * self.row_height
    }

    fn furthest(&self, visible: f32) -> f32 {
        (self.height() - visible).max(0.0)
    }

    fn seen(&self, offset: f32, visible: f32) -> Range<usize> {
        let first = whole(offset / self.row_height).min(self.count);
        let last = whole(((offset + visible) / self.row_height).ceil()).min(self.count);
        first..last.max(first)
    }

    /// The handle of the scroll bar, when there is more than can be seen.
    fn handle(&self, offset: f32, bounds: Rectangle) -> Option<Rectangle> {
        let furthest = self.furthest(bounds.height);
        if furthest <= 0.0 {
            return None;
        }
        let height = (bounds.height * bounds.height / self.height()).max(edge::SCROLLER_LEAST).min(bounds.height);
        let y = bounds.y + (bounds.height - height) * (offset / furthest);
        let x = bounds.x + bounds.width - edge::SCROLLER - border::STRONG;
        Some(Rectangle { x, y, width: edge::SCROLLER, height })
    }

    fn at(&self, offset: f32, bounds: Rectangle, point: Point) -> Option<usize> {
        let row = whole((point.y - bounds.y + offset) / self.row_height);
        (bounds.contains(point) && row < self.count).then_some(row)
    }

    /// The row that a key leads to.
    fn lead(&self, key: &Key, visible: f32) -> Option<usize> {
        let last = self.count.checked_sub(1)?;
        let page = whole(visible / self.row_height).max(1);
        let from = self.selected;
        let to = match key {
            Key::Named(Named::ArrowDown) => from.map_or(0, |row| row.saturating_add(1)),
            Key::Named(Named::ArrowUp) => from.map_or(last, |row| row.saturating_sub(1)),
            Key::Named(Named::PageDown) => from.map_or(page, |row| row.saturating_add(page)),
            Key::Named(Named::PageUp) => from.map_or(0, |row| row.saturating_sub(page)),
            Key::Named(Named::Home) => 0,
            Key::Named(Named::End) => last,
            _ => return None,
        };
        Some(to.min(last))
    }
}

impl<Message> Widget<Message, Theme, Renderer> for List<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn diff(&self, _tree: &mut Tree) {
        // Which rows exist is known when there is room for them: see `layout`.
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let size = limits.resolve(Length::Fill, Length::Fill, Size::ZERO);
        let state: &mut State = tree.state.downcast_mut();
        if state.revealed != self.selected {
            state.revealed = self.selected;
            if let Some(row) = self.selected {
                let top = extent(row) * self.row_height;
                state.offset = state.offset.min(top).max(top + self.row_height - size.height);
            }
        }
        state.offset = state.offset.clamp(0.0, self.furthest(size.height));
        let offset = state.offset;
        let seen = self.seen(offset, size.height);
        self.first = seen.start;
        self.rows = seen.clone().map(|row| (self.view)(row)).collect();
        tree.diff_children(&self.rows);
        let limits = layout::Limits::new(Size::ZERO, Size::new(size.width, self.row_height));
        let nodes = self.rows.iter_mut().zip(&mut tree.children).zip(seen).map(|((row, tree), index)| {
            let node = row.as_widget_mut().layout(tree, renderer, &limits);
            node.move_to(Point::new(0.0, extent(index) * self.row_height - offset))
        });
        layout::Node::with_children(size, nodes.collect())
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        operation.focusable(self.id.as_ref(), layout.bounds(), tree.state.downcast_mut::<State>());
        operation.container(self.id.as_ref(), layout.bounds());
        operation.traverse(&mut |operation| {
            for ((row, tree), layout) in self.rows.iter_mut().zip(&mut tree.children).zip(layout.children()) {
                row.as_widget_mut().operate(tree, layout, renderer, operation);
            }
        });
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
        let bounds = layout.bounds();
        for ((row, tree), layout) in self.rows.iter_mut().zip(&mut tree.children).zip(layout.children()) {
            row.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
        }
        if shell.is_event_captured() {
            return;
        }
        let state: &mut State = tree.state.downcast_mut();
        let furthest = self.furthest(bounds.height);
        match event {
            Event::Mouse(mouse::Event::WheelScrolled { delta }) if cursor.is_over(bounds) && furthest > 0.0 => {
                let by = match delta {
                    mouse::ScrollDelta::Lines { y, .. } => y * NOTCH,
                    mouse::ScrollDelta::Pixels { y, .. } => *y,
                };
                state.offset = (state.offset - by).clamp(0.0, furthest);
                shell.invalidate_layout();
                shell.request_redraw();
                shell.capture_event();
            }
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) => {
                state.focused = false;
                let Some(point) = cursor.position_over(bounds) else { return };
                let handle = self.handle(state.offset, bounds);
                if let Some(handle) = handle.filter(|handle| point.x >= handle.x - space::XS) {
                    let inside = (point.y - handle.y).clamp(0.0, handle.height);
                    state.grabbed = Some(inside);
                    let room = (bounds.height - handle.height).max(1.0);
                    state.offset = ((point.y - inside - bounds.y) / room * furthest).clamp(0.0, furthest);
                    shell.invalidate_layout();
                    shell.capture_event();
                } else if let Some(row) = self.at(state.offset, bounds, point) {
                    shell.publish((self.on_select)(row));
                    shell.capture_event();
                }
                shell.request_redraw();
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)) => state.grabbed = None,
            Event::Mouse(mouse::Event::CursorMoved { .. }) => {
                if let (Some(inside), Some(point)) = (state.grabbed, cursor.position()) {
                    let handle = self.handle(state.offset, bounds).map_or(0.0, |handle| handle.height);
                    let room = (bounds.height - handle).max(1.0);
                    state.offset = ((point.y - inside - bounds.y) / room * furthest).clamp(0.0, furthest);
                    shell.invalidate_layout();
                    shell.request_redraw();
                }
                let hovered = cursor.position_over(bounds).and_then(|point| self.at(state.offset, bounds, point));
                if hovered != state.hovered {
                    state.hovered = hovered;
                    shell.request_redraw();
                }
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. })
                if state.focused && modifiers.is_empty() =>
            {
                if let Some(row) = self.lead(key, bounds.height) {
                    shell.publish((self.on_select)(row));
                    shell.capture_event();
                }
            }
            _ => {}
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        let state: &State = tree.state.downcast_ref();
        let over = cursor.position_over(layout.bounds());
        match over.and_then(|point| self.at(state.offset, layout.bounds(), point)) {
            Some(_) => mouse::Interaction::Pointer,
            None => mouse::Interaction::default(),
        }
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
        let state: &State = tree.state.downcast_ref();
        let bounds = layout.bounds();
        let palette = self.look.palette;
        let Some(clip) = bounds.intersection(viewport) else { return };
        renderer.with_layer(clip, |renderer| {
            let rows = self.rows.iter().zip(&tree.children).zip(layout.children());
            for (index, ((row, tree), layout)) in (self.first..).zip(rows) {
                let place = Rectangle { width: bounds.width, height: self.row_height, ..layout.bounds() };
                let ground = match (self.selected == Some(index), state.hovered == Some(index)) {
                    (true, _) => Some(palette.surface),
                    (false, true) => Some(palette.raised),
                    (false, false) => None,
                };
                let mut fill = |bounds, color: iced::Color| {
                    renderer.fill_quad(renderer::Quad { bounds, ..renderer::Quad::default() }, color);
                };
                if let Some(ground) = ground {
                    fill(place, ground);
                }
                let foot = Rectangle { y: place.y + place.height - border::THIN, height: border::THIN, ..place };
                fill(foot, palette.line);
                if self.selected == Some(index) {
                    fill(Rectangle { width: edge::MARK, ..place }, palette.accent);
                }
                row.as_widget().draw(tree, renderer, theme, style, layout, cursor, &clip);
            }
        });
        if let Some(handle) = self.handle(state.offset, bounds) {
            let line = Border { radius: radius::ROUND.into(), ..Border::default() };
            let color = if state.grabbed.is_some() { palette.soft } else { palette.outline };
            renderer.with_layer(clip, |renderer| {
                let quad = renderer::Quad { bounds: handle, border: line, ..renderer::Quad::default() };
                renderer.fill_quad(quad, color);
            });
        }
        if state.focused {
            let line = Border { color: palette.ink, width: border::STRONG, radius: radius::SMALL.into() };
            ring(renderer, bounds, viewport, line);
        }
    }
}

impl<'a, Message: 'a> From<List<'a, Message>> for Element<'a, Message> {
    fn from(list: List<'a, Message>) -> Self {
        Element::new(list)
    }
}

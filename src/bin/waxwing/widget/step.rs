//! Tab: the next stop of the keyboard, and after the last the first again. What it comes to is scrolled into sight.

use iced::advanced::widget::operation::scrollable::AbsoluteOffset;
use iced::advanced::widget::operation::{Focusable, Outcome, Scrollable};
use iced::advanced::widget::{Id, Operation};
use iced::{Rectangle, Task, Vector};

use crate::theme::space;

/// Counts the stops and looks which one has the keyboard.
struct Count {
    back: bool,
    all: usize,
    here: Option<usize>,
}

impl Operation<()> for Count {
    fn focusable(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.here = Some(self.all);
        }
        self.all += 1;
    }

    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        operate(self);
    }

    fn finish(&self) -> Outcome<()> {
        next(self.all, self.here, self.back)
            .map_or(Outcome::None, |target| Outcome::Chain(Box::new(Give { target, seen: 0 })))
    }
}

/// Which of so many stops comes after this one.
fn next(all: usize, here: Option<usize>, back: bool) -> Option<usize> {
    let last = all.checked_sub(1)?;
    Some(match (here, back) {
        (None, false) => 0,
        (None, true) => last,
        (Some(here), false) => {
            if here >= last {
                0
            } else {
                here + 1
            }
        }
        (Some(here), true) => here.checked_sub(1).unwrap_or(last),
    })
}

/// Gives the keyboard to one stop and takes it from all others.
struct Give {
    target: usize,
    seen: usize,
}

impl Operation<()> for Give {
    fn focusable(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Focusable) {
        if self.seen == self.target {
            state.focus();
        } else {
            state.unfocus();
        }
        self.seen += 1;
    }

    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        operate(self);
    }

    fn finish(&self) -> Outcome<()> {
        Outcome::Chain(Box::new(Find::default()))
    }
}

/// Looks for the stop that has the keyboard, and for the area around it that scrolls.
#[derive(Default)]
struct Find {
    areas: usize,
    entered: Option<usize>,
    around: Option<usize>,
    found: Option<(usize, Rectangle)>,
}

impl Operation<()> for Find {
    fn scrollable(&mut self, _: Option<&Id>, _: Rectangle, _: Rectangle, _: Vector, _: &mut dyn Scrollable) {
        self.entered = Some(self.areas);
        self.areas += 1;
    }

    fn focusable(&mut self, _: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.found = self.around.map(|area| (area, bounds));
        }
    }

    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        let outside = self.around;
        self.around = self.entered.take().or(outside);
        operate(self);
        self.around = outside;
    }

    fn finish(&self) -> Outcome<()> {
        self.found.map_or(Outcome::None, |(area, stop)| Outcome::Chain(Box::new(Reveal { area, stop, seen: 0 })))
    }
}

/// Scrolls an area until a stop inside it can be seen.
struct Reveal {
    area: usize,
    stop: Rectangle,
    seen: usize,
}

impl Operation<()> for Reveal {
    fn scrollable(
        &mut self,
        _: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        moved: Vector,
        state: &mut dyn Scrollable,
    ) {
        if self.seen == self.area {
            let by = distance(bounds, Rectangle { y: self.stop.y - moved.y, ..self.stop });
            state.scroll_by(AbsoluteOffset { x: 0.0, y: by }, bounds, content);
        }
        self.seen += 1;
    }

    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        operate(self);
    }
}

/// How far to scroll so that a stop stands in an area with its ring; of what is taller than the area, its beginning.
fn distance(area: Rectangle, stop: Rectangle) -> f32 {
    let (above, below) = (stop.y - space::S - area.y, stop.y + stop.height + space::S - area.y - area.height);
    if above < 0.0 { above } else { below.min(above).max(0.0) }
}

/// To the next stop, or the one before; around without end.
pub fn step<Message: Send + 'static>(back: bool) -> Task<Message> {
    iced::advanced::widget::operate(Count { back, all: 0, here: None }).discard()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever tabs always sees where they are.
    #[test]
    fn a_stop_is_scrolled_just_into_sight() {
        let at = |y: f32, height: f32| Rectangle { x: 0.0, y, width: 10.0, height };
        let area = at(100.0, 200.0);
        for (stop, by) in [
            (at(150.0, 20.0), 0.0),
            (at(50.0, 20.0), -58.0),
            (at(290.0, 20.0), 18.0),
            (at(500.0, 400.0), 392.0),
            (at(108.0, 400.0), 0.0),
        ] {
            assert!((distance(area, stop) - by).abs() < f32::EPSILON, "{stop:?}");
        }
    }

    /// The keyboard never gets lost behind the last button.
    #[test]
    fn tab_goes_around() {
        for (all, here, back, to) in [
            (0, None, false, None),
            (3, None, false, Some(0)),
            (3, None, true, Some(2)),
            (3, Some(1), false, Some(2)),
            (3, Some(2), false, Some(0)),
            (3, Some(0), true, Some(2)),
            (1, Some(0), false, Some(0)),
        ] {
            assert_eq!(next(all, here, back), to, "{here:?} of {all}");
        }
    }
}

//! Tab: the next stop of the keyboard, and after the last the first again.

use iced::advanced::widget::operation::{Focusable, Outcome};
use iced::advanced::widget::{Id, Operation};
use iced::{Rectangle, Task};

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
}

/// To the next stop, or the one before; around without end.
pub fn step<Message: Send + 'static>(back: bool) -> Task<Message> {
    iced::advanced::widget::operate(Count { back, all: 0, here: None }).discard()
}

#[cfg(test)]
mod tests {
    use super::*;

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

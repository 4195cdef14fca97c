//! Shortcuts: keys that nothing inside wanted.

use iced::Event;
use iced::advanced::Shell;
use iced::keyboard::{self, Key, Modifiers, key::Named};

use super::Element;
use super::around::{Behaviour, around};

struct Keys<F>(F);

impl<Message, F: Fn(&Key, Modifiers) -> Option<Message>> Behaviour<Message> for Keys<F> {
    type State = ();

    fn before(&self, (): &mut (), event: &Event, shell: &mut Shell<'_, Message>) -> bool {
        // A field keeps Escape to itself; what lies in front goes all the same.
        if let Event::Keyboard(keyboard::Event::KeyPressed { key: key @ Key::Named(Named::Escape), modifiers, .. }) =
            event
            && let Some(message) = (self.0)(key, *modifiers)
        {
            shell.publish(message);
        }
        true
    }

    fn after(&self, (): &mut (), event: &Event, shell: &mut Shell<'_, Message>) {
        let Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) = event else { return };
        if shell.is_event_captured() || *key == Key::Named(Named::Escape) {
            return;
        }
        if let Some(message) = (self.0)(key, *modifiers) {
            shell.publish(message);
            shell.capture_event();
        }
    }
}

/// Turns keys into messages where no field or button used them.
pub fn keys<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
    on_key: impl Fn(&Key, Modifiers) -> Option<Message> + 'a,
) -> Element<'a, Message> {
    around(content, Keys(on_key)).into()
}

//! The parts that screens are put together from. Each takes the [`Look`](crate::theme::Look) and nothing else of the window.

pub mod around;
pub mod button;
pub mod dashes;
pub mod drop_area;
pub mod field;
pub mod focus;
pub mod keys;
pub mod list;
pub mod modal;
pub mod reader;
pub mod shortened;
pub mod sign;
pub mod step;
pub mod surface;
pub mod words;

/// An element of the window.
pub type Element<'a, Message> = iced::Element<'a, Message>;

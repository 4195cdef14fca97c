//! S/MIME messages (RFC 8551): find what a message is, open every layer of it, seal a new one.

mod altered;
pub mod context;
mod detect;
mod file_name;
mod html;
mod identity;
pub mod open;
pub mod seal;

pub use context::{Context, KeyLookup, Keys, Pin};
pub use detect::is_message;
pub use open::{Capabilities, Opened, certificate_report, open};

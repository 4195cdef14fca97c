//! Opens every layer of a message and reports on each.

use std::io;

use super::Context;
use crate::mime::Entity;
use crate::report::Report;
use crate::source::Source;

/// An opened message: the report, and where its content can be read from.
#[derive(Debug)]
pub struct Opened {
    /// What was found.
    pub report: Report,
    /// The innermost message as a whole (the decrypted and unwrapped entity with its structure), if it could be reached.
    pub content: Option<(Source, Entity)>,
    /// Decoded attachments, by [`crate::report::Attachment::index`].
    pub attachments: Vec<Source>,
}

/// Opens a message. Failed signatures and locked layers are reports.
///
/// # Errors
/// Only when the bytes cannot be read.
pub fn open(source: &Source, file: &str, context: &Context<'_>) -> io::Result<Opened> {
    let _ = (source, file, context);
    todo!()
}

//! Standard input as a message, or as a mailbox with many.

use std::path::{Path, PathBuf};

use waxwing::jobs::{self, Expanded, Input};
use waxwing::mime::mailbox::{self, Place};
use waxwing::source::Source;

use crate::files;
use crate::status::Trouble;

/// What came in through standard input, if it was asked for.
pub struct Standard {
    read: Option<std::io::Result<(Source, Vec<Place>)>>,
}

impl Standard {
    /// Reads it where a file is `-`.
    pub fn read(files: &[PathBuf]) -> Self {
        let read = || {
            let source = Source::spool(std::io::stdin().lock())?;
            let places = mailbox::messages(&source)?;
            Ok((source, places))
        };
        Self { read: files.iter().any(|file| files::is_dash(file)).then(read) }
    }

    /// The message of that name; `-` is standard input, `-#3` its third message.
    pub fn input(&self, file: &Path) -> Result<Input, Trouble> {
        let number = file.to_str().and_then(|name| name.strip_prefix("-#")).and_then(|number| number.parse().ok());
        let (source, places) = match &self.read {
            Some(Ok((source, places))) if number.is_some() || files::is_dash(file) => (source, places),
            Some(Err(error)) if files::is_dash(file) => return Err(Trouble::unreadable(file, error)),
            _ => return Ok(Input::from(file)),
        };
        let place = number.and_then(|number: usize| places.get(number.checked_sub(1)?));
        let source = place.map_or_else(|| source.clone(), |place| mailbox::message(source, place));
        Ok(Input::Bytes { name: file.to_string_lossy().into_owned(), source })
    }

    /// How many messages it holds.
    fn count(&self) -> usize {
        self.read.as_ref().and_then(|read| read.as_ref().ok()).map_or(0, |(_, places)| places.len())
    }
}

/// What the files of the command line stand for.
pub fn expand(files: &[PathBuf], standard: &Standard) -> Expanded {
    let mut all = Expanded::default();
    for file in files {
        if files::is_dash(file) && standard.count() > 1 {
            all.truncated |= standard.count() >= mailbox::MOST;
            all.messages.extend((1..=standard.count()).map(|number| PathBuf::from(format!("-#{number}"))));
        } else if files::is_dash(file) {
            all.messages.push(file.clone());
        } else {
            let Expanded { messages, truncated } = jobs::expand(std::slice::from_ref(file));
            all.messages.extend(messages);
            all.truncated |= truncated;
        }
    }
    all
}

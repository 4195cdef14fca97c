//! The message that a job works on.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::{Progress, mailbox};
use crate::mime::msg;
use crate::source::Source;

/// A message: a file, or bytes that came another way.
#[derive(Debug, Clone)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Bytes, for instance of standard input.
    Bytes {
        /// What reports call it: `-`.
        name: String,
        /// The bytes.
        source: Source,
    },
}

impl From<&Path> for Input {
    fn from(file: &Path) -> Self {
        Self::File(file.to_owned())
    }
}

impl From<&PathBuf> for Input {
    fn from(file: &PathBuf) -> Self {
        Self::File(file.clone())
    }
}

impl From<&Self> for Input {
    fn from(input: &Self) -> Self {
        input.clone()
    }
}

impl Input {
    /// What reports call it.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::File(file) => file.to_string_lossy().into_owned(),
            Self::Bytes { name, .. } => name.clone(),
        }
    }

    /// Its bytes, counted by `progress` in `passes` passes.
    pub(super) fn open(&self, progress: &Progress, passes: u64) -> io::Result<Source> {
        let source = match self {
            Self::File(file) if is_stream(file) => Source::spool(File::open(file)?)?,
            Self::File(file) => match mailbox::parts(file) {
                Some((file, number)) => mailbox::message(&file, number)?,
                None => Source::open(file)?,
            },
            Self::Bytes { source, .. } => source.clone(),
        };
        progress.watch(source, passes)
    }

    /// The other way to read a message of a mailbox. Programs do not agree on whether `>From ` was `From ` before (RFC 4155 §5);
    /// a signature tells.
    pub(super) fn other_reading(&self) -> io::Result<Option<Source>> {
        match self {
            Self::File(file) => match mailbox::parts(file) {
                Some((file, number)) => mailbox::as_it_stands(&file, number),
                None => mailbox::unescaped(file),
            },
            Self::Bytes { .. } => Ok(None),
        }
    }

    /// As [`Input::open`]; of a message file of Outlook, the message in it.
    pub(super) fn message(&self, progress: &Progress, passes: u64) -> io::Result<Source> {
        let source = self.open(progress, passes)?;
        Ok(msg::read(&source)?.map_or(source, |message| message.source))
    }

    /// What a signature in a file of its own signs, where it lies beside it: `letter.pdf` beside `letter.pdf.p7s`.
    pub(super) fn content_beside(&self) -> Option<Source> {
        let Self::File(file) = self else { return None };
        let ending = file.extension()?.to_str()?.to_ascii_lowercase();
        let content = file.with_extension("");
        let is_content = matches!(ending.as_str(), "p7s" | "p7m") && content.is_file();
        is_content.then(|| Source::open(&content).ok()).flatten()
    }

    /// The folder that results go to by default: that of the file, or the current one.
    pub(super) fn folder(&self) -> PathBuf {
        match self {
            Self::File(file) => file.parent().map_or_else(PathBuf::new, Path::to_owned),
            Self::Bytes { .. } => PathBuf::new(),
        }
    }

    /// NAME in the names of results: the file's name without its ending.
    pub(super) fn stem(&self) -> OsString {
        let path = match self {
            Self::File(file) => file.as_path(),
            Self::Bytes { name, .. } => Path::new(name),
        };
        let numbered = match self {
            Self::File(file) => mailbox::parts(file),
            Self::Bytes { name, .. } => {
                name.strip_prefix("-#").and_then(|n| Some((PathBuf::from("-"), n.parse().ok()?)))
            }
        };
        if let Some((file, number)) = numbered {
            let mut stem = Self::File(file).stem();
            stem.push(format!("-{number}"));
            return stem;
        }
        match path.file_stem() {
            Some(stem) if stem != "-" => {
                let stem = Path::new(stem);
                // letter.eml.p7m
                let again = stem.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("eml"));
                again.then(|| stem.file_stem()).flatten().unwrap_or(stem.as_os_str()).to_owned()
            }
            _ => OsString::from("message"),
        }
    }

    /// How the history calls it, so that it is found again.
    pub(super) fn lasting_name(&self) -> String {
        match self {
            Self::File(file) => {
                std::path::absolute(file).unwrap_or_else(|_| file.clone()).to_string_lossy().into_owned()
            }
            Self::Bytes { name, .. } => name.clone(),
        }
    }
}

/// Whether a path names a pipe or a device, which cannot be read by range.
#[cfg(unix)]
fn is_stream(file: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    let kind = std::fs::metadata(file).map(|metadata| metadata.file_type());
    kind.is_ok_and(|kind| kind.is_fifo() || kind.is_char_device() || kind.is_socket())
}

#[cfg(not(unix))]
fn is_stream(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of results are built on this; an ending is taken off once, `.eml` under another one too.
    #[test]
    fn results_are_named_after_their_source() {
        for (file, stem) in [
            ("dir/letter.eml", "letter"),
            ("letter.signed.eml", "letter.signed"),
            ("letter.EML.p7m", "letter"),
            ("smime", "smime"),
            (".eml", ".eml"),
            ("-", "message"),
        ] {
            assert_eq!(Input::File(file.into()).stem(), stem, "{file}");
        }
        let piped = Input::Bytes { name: "-".to_owned(), source: Source::from_bytes(Vec::new()) };
        assert_eq!((piped.stem(), piped.folder()), ("message".into(), PathBuf::new()));
        let third = Input::Bytes { name: "-#3".to_owned(), source: Source::from_bytes(Vec::new()) };
        assert_eq!(third.stem(), "message-3");
    }
}

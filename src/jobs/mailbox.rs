//! Files that stand for many messages: folders, and mailboxes, whose messages are named `box.mbox#3`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use crate::mime::mailbox::{self, Place};
use crate::smime::is_message;
use crate::source::Source;

/// Files that are taken from what was named; in a folder, and how deep.
pub const MOST: usize = 100_000;
const DEPTH: usize = 64;

/// Mailboxes whose contents are remembered.
const REMEMBERED: usize = 4;

/// The files of this program that are not complete yet.
const DRAFTS: &str = ".waxwing-";

/// What files and folders stand for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expanded {
    /// One for each message, in the order of what was named; in folders by name.
    pub messages: Vec<PathBuf>,
    /// There were more than [`MOST`].
    pub truncated: bool,
}

/// Every message in files and folders. A folder stands for the files in it that are messages by what they hold, at any depth,
/// without following links to folders; a mailbox with several messages for each of them. What cannot be read is passed on as
/// it is named: whoever opens it says why.
#[must_use]
pub fn expand(files: &[PathBuf]) -> Expanded {
    let mut expanded = Expanded::default();
    for file in files {
        if file.is_dir() {
            let before = expanded.messages.len();
            walk(file, &mut expanded);
            if expanded.messages.len() == before {
                expanded.add(file.clone());
            }
        } else {
            expanded.mailbox(file);
        }
    }
    expanded
}

impl Expanded {
    fn add(&mut self, file: PathBuf) {
        if self.messages.len() >= MOST {
            self.truncated = true;
        } else {
            self.messages.push(file);
        }
    }

    /// A file, or the messages in it.
    fn mailbox(&mut self, file: &Path) {
        match messages(file).map_or(1, |places| places.len()) {
            0 | 1 => self.add(file.to_owned()),
            // A mailbox is one thing, however many messages it holds.
            count => self.messages.extend((1..=count).map(|number| named(file, number))),
        }
    }
}

fn walk(root: &Path, expanded: &mut Expanded) {
    let mut folders = vec![(root.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        // What cannot be read is left out: it was not named by anybody.
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        let mut entries: Vec<_> = entries.flatten().collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        let mut below = Vec::new();
        for entry in entries {
            let path = entry.path();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && depth < DEPTH => below.push((path, depth + 1)),
                Ok(kind) if (kind.is_file() || path.is_file()) && holds_message(&path) => expanded.mailbox(&path),
                _ => {}
            }
        }
        folders.extend(below.into_iter().rev());
        if expanded.messages.len() >= MOST {
            expanded.truncated = true;
            return;
        }
    }
}

/// Whether a file that lies in a folder is a message.
#[must_use]
pub fn holds_message(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let lower = name.to_ascii_lowercase();
    // Certificates travel in the structure of a message, and are none to anybody who sorts files into folders.
    let certificates = lower.ends_with(".p7b") || lower.ends_with(".p7c");
    !name.starts_with(DRAFTS)
        && !certificates
        && Source::open(file).and_then(|source| is_message(&source)).unwrap_or_default()
}

/// Bytes of a message; 0 where that cannot be found out.
#[must_use]
pub fn size(file: &Path) -> u64 {
    match parts(file) {
        Some((file, number)) => {
            let places = messages(&file).unwrap_or_default();
            let place = number.checked_sub(1).and_then(|index| places.get(index));
            place.map_or(0, |place| place.end.saturating_sub(place.start))
        }
        None => fs::metadata(file).map_or(0, |metadata| metadata.len()),
    }
}

/// The name of a message in a mailbox.
fn named(file: &Path, number: usize) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(format!("#{number}"));
    PathBuf::from(name)
}

/// The mailbox and the number that a name stands for; `None` where a file has that very name.
pub(super) fn parts(name: &Path) -> Option<(PathBuf, usize)> {
    let text = name.to_str()?;
    let (file, number) = text.rsplit_once('#')?;
    let number: usize = number.parse().ok().filter(|number| *number > 0)?;
    (!name.exists() && Path::new(file).is_file()).then(|| (PathBuf::from(file), number))
}

/// The message of that number, from 1.
pub(super) fn message(file: &Path, number: usize) -> io::Result<Source> {
    let places = messages(file)?;
    let place = number.checked_sub(1).and_then(|index| places.get(index)).ok_or(io::ErrorKind::NotFound)?;
    Ok(mailbox::message(&Source::open(file)?, place))
}

/// The same message with its `>From ` lines as they stand, if it has any.
pub(super) fn as_it_stands(file: &Path, number: usize) -> io::Result<Option<Source>> {
    let places = messages(file)?;
    match number.checked_sub(1).and_then(|index| places.get(index)) {
        Some(place) if place.escaped => Ok(Some(Source::open(file)?.slice(place.start..place.end))),
        _ => Ok(None),
    }
}

/// The only message of a mailbox without the marks of its `>From ` lines, if it has any.
pub(super) fn unescaped(file: &Path) -> io::Result<Option<Source>> {
    match messages(file)?.as_slice() {
        [only] if only.escaped => Ok(Some(mailbox::message(&Source::open(file)?, only))),
        _ => Ok(None),
    }
}

/// A mailbox as it was when it was looked through.
struct Known {
    file: PathBuf,
    length: u64,
    changed: Option<SystemTime>,
    places: Arc<Vec<Place>>,
}

/// The mailboxes that were looked through last, so that each of their messages is found at once.
static KNOWN: Mutex<Vec<Known>> = Mutex::new(Vec::new());

/// Where the messages of a file lie, when it is a mailbox.
fn messages(file: &Path) -> io::Result<Arc<Vec<Place>>> {
    let metadata = fs::metadata(file)?;
    if !metadata.is_file() {
        return Ok(Arc::default());
    }
    let (length, changed) = (metadata.len(), metadata.modified().ok());
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let same = |known: &&Known| known.file == file && known.length == length && known.changed == changed;
    if let Some(found) = known().iter().find(same) {
        return Ok(Arc::clone(&found.places));
    }
    let places = Arc::new(mailbox::messages(&Source::open(file)?)?);
    if places.len() > 1 {
        let mut known = known();
        known.retain(|known| known.file != file);
        if known.len() >= REMEMBERED {
            known.remove(0);
        }
        known.push(Known { file: file.to_owned(), length, changed, places: Arc::clone(&places) });
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: &str = "From: a@example.org\nSubject: x\n\nText\n";
    const LINE: &str = "From a@example.org Mon Jun  1 12:00:00 2026\n";

    /// A folder stands for the messages in it by what they hold, whatever they are called; a mailbox for each of its own.
    #[test]
    fn folders_and_mailboxes_stand_for_messages() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("b/deep")).unwrap();
        let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
        write("z.eml", LETTER);
        write("a", LETTER);
        write("b/picture.eml", "\u{1}\u{2}\u{3}");
        write("b/notes.txt", "Dear Jan,\nplease note: nothing.\n");
        write("b/deep/box", &format!("{LINE}{LETTER}\n{LINE}{LETTER}"));
        write("b/one.mbox", &format!("{LINE}{LETTER}"));
        write(".waxwing-x.part", LETTER);
        let found = expand(&[dir.path().to_owned(), "missing.eml".into()]);
        let names: Vec<_> = found.messages.iter().map(|file| file.strip_prefix(dir.path()).unwrap_or(file)).collect();
        assert_eq!(names, ["a", "z.eml", "b/one.mbox", "b/deep/box#1", "b/deep/box#2", "missing.eml"].map(Path::new));
        let second = found.messages.iter().find(|file| file.ends_with("box#2")).unwrap();
        let (file, number) = parts(second).unwrap();
        assert_eq!(message(&file, number).unwrap().read_all(1000).unwrap(), LETTER.as_bytes());
        assert_eq!(message(&file, 3).unwrap_err().kind(), io::ErrorKind::NotFound);
        // A file with such a name is that file.
        write("b/deep/box#2", LETTER);
        assert_eq!(parts(second), None);
        let empty = dir.path().join("empty");
        fs::create_dir(&empty).unwrap();
        assert_eq!(expand(std::slice::from_ref(&empty)).messages, [empty]);
    }
}

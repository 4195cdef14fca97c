//! Files that stand for many messages: folders, and mailboxes, whose messages are named `box.mbox#3`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use crate::mime::mailbox::{self, Place};
use crate::smime::is_message;
use crate::source::Source;

/// Files that are taken from what was named; in a folder, and how deep.
pub const MOST: usize = 100_000;
const DEPTH: usize = 64;

/// Places of messages that are remembered, of all mailboxes together; at 24 bytes each.
const REMEMBERED: usize = mailbox::MOST;

/// The files of this program that are not complete yet.
const DRAFTS: &str = ".waxwing-";

/// What files and folders stand for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expanded {
    /// One for each message, in the order of what was named; in folders by name.
    pub messages: Vec<PathBuf>,
    /// There were more than are taken: [`MOST`] files, or folders that lie deeper than any should, or more messages than one
    /// mailbox may have.
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
            count => {
                self.truncated |= count >= mailbox::MOST;
                self.messages.extend((1..=count).map(|number| named(file, number)));
            }
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
                Ok(kind) if kind.is_dir() => expanded.truncated = true,
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
        Some((file, number)) => place(&file, number).map_or(0, |place| place.end.saturating_sub(place.start)),
        None => fs::metadata(file).map_or(0, |metadata| metadata.len()),
    }
}

/// The name of a message in a mailbox: `box#2`; with zeros in front of its number where a file is called that.
fn named(file: &Path, number: usize) -> PathBuf {
    let mut digits = number.to_string();
    loop {
        let mut name = file.as_os_str().to_owned();
        name.push(format!("#{digits}"));
        if !Path::new(&name).exists() {
            return name.into();
        }
        digits.insert(0, '0');
    }
}

/// The mailbox and the number that a name stands for; `None` where a file has that very name.
pub(super) fn parts(name: &Path) -> Option<(PathBuf, usize)> {
    let (file, digits) = split(name)?;
    let number = digits.parse().ok().filter(|number| *number > 0)?;
    (digits.bytes().all(|digit| digit.is_ascii_digit()) && !name.exists() && file.is_file()).then_some((file, number))
}

/// What stands before and behind the last `#`. File names are any octets but zeros and slashes.
#[cfg(unix)]
fn split(name: &Path) -> Option<(PathBuf, String)> {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let octets = name.as_os_str().as_bytes();
    let at = octets.iter().rposition(|octet| *octet == b'#')?;
    let digits = std::str::from_utf8(octets.get(at + 1..)?).ok()?;
    Some((PathBuf::from(OsStr::from_bytes(octets.get(..at)?)), digits.to_owned()))
}

#[cfg(not(unix))]
fn split(name: &Path) -> Option<(PathBuf, String)> {
    let (file, digits) = name.to_str()?.rsplit_once('#')?;
    Some((PathBuf::from(file), digits.to_owned()))
}

/// The message of that number, from 1.
pub(super) fn message(file: &Path, number: usize) -> io::Result<Source> {
    Ok(mailbox::message(&Source::open(file)?, &place(file, number)?))
}

/// The same message with its `>From ` lines as they stand, if it has any.
pub(super) fn as_it_stands(file: &Path, number: usize) -> io::Result<Option<Source>> {
    let place = place(file, number)?;
    Ok(if place.escaped { Some(Source::open(file)?.slice(place.start..place.end)) } else { None })
}

/// A mailbox was written anew since its messages were counted: the number means another one, or none.
#[derive(Debug, thiserror::Error)]
#[error("the mailbox was changed")]
pub(super) struct Changed;

/// Where the message of that number lies, if it still lies there.
fn place(file: &Path, number: usize) -> io::Result<Place> {
    let index = number.checked_sub(1).ok_or(io::ErrorKind::NotFound)?;
    let before = known().iter().find(|known| known.file == file).map(|known| Arc::clone(&known.places));
    let now = match &before {
        Some(_) => look_through(file, |before, now| (0..before.len()).all(|at| is_there(before, now, at)))?,
        None => messages(file)?,
    };
    if before.is_some_and(|before| index < before.len() && !is_there(&before, &now, index)) {
        return Err(io::Error::other(Changed));
    }
    now.get(index).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
}

/// Whether a message begins where it began, and the next one too. New ones may have come behind them.
fn is_there(before: &[Place], now: &[Place], index: usize) -> bool {
    let start = |places: &[Place], at: usize| places.get(at).map(|place| place.start);
    let next = start(before, index + 1);
    start(before, index) == start(now, index) && (next.is_none() || next == start(now, index + 1))
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

fn known() -> MutexGuard<'static, Vec<Known>> {
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where the messages of a file lie, when it is a mailbox; remembered for the next question.
fn messages(file: &Path) -> io::Result<Arc<Vec<Place>>> {
    look_through(file, |_, _| true)
}

/// Looks through a file that is not as it was. What is found is remembered if it may take the place of what was found before.
fn look_through(file: &Path, replaces: impl Fn(&[Place], &[Place]) -> bool) -> io::Result<Arc<Vec<Place>>> {
    let metadata = fs::metadata(file)?;
    if !metadata.is_file() {
        return Ok(Arc::default());
    }
    let (length, changed) = (metadata.len(), metadata.modified().ok());
    let same = |known: &&Known| known.file == file && known.length == length && known.changed == changed;
    if let Some(found) = known().iter().find(same) {
        return Ok(Arc::clone(&found.places));
    }
    let places = Arc::new(mailbox::messages(&Source::open(file)?)?);
    let mut known = known();
    let before = known.iter().find(|known| known.file == file);
    if before.map_or(places.len() > 1, |before| replaces(&before.places, &places)) {
        known.retain(|known| known.file != file);
        known.push(Known { file: file.to_owned(), length, changed, places: Arc::clone(&places) });
        while known.len() > 1 && known.iter().map(|known| known.places.len()).sum::<usize>() > REMEMBERED {
            known.remove(0);
        }
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
        // A file with such a name is that file, and the message beside it gets another name.
        write("b/deep/box#2", LETTER);
        assert_eq!(parts(second), None);
        assert_eq!(parts(&dir.path().join("b/deep/box#+1")), None);
        let (file, other) = (dir.path().join("b/deep/box"), dir.path().join("b/deep/box#02"));
        assert_eq!(expand(std::slice::from_ref(&file)).messages[1], other);
        assert_eq!(parts(&other), Some((file, 2)));
        let empty = dir.path().join("empty");
        fs::create_dir(&empty).unwrap();
        assert_eq!(expand(std::slice::from_ref(&empty)).messages, [empty]);
    }

    /// Names of files are octets: a mailbox whose name is no UTF-8 has messages like any other.
    #[cfg(target_os = "linux")]
    #[test]
    fn names_need_not_be_text() {
        use std::os::unix::ffi::OsStrExt;
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join(std::ffi::OsStr::from_bytes(b"b\xf6x"));
        fs::write(&file, format!("{LINE}{LETTER}\n{LINE}{LETTER}")).unwrap();
        let found = expand(std::slice::from_ref(&file)).messages;
        assert_eq!(
            found.iter().map(|name| parts(name)).collect::<Vec<_>>(),
            [Some((file.clone(), 1)), Some((file, 2))]
        );
    }

    /// A mailbox that grew is read on. One that was written anew shows no message in the place of another; named again, it is read
    /// as it is.
    #[test]
    fn changed_mailboxes_show_no_other_message() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("box");
        let [a, b, c] = ["first", "second letter", "third"].map(|text| format!("{LINE}Subject: {text}\n\n{text}\n\n"));
        let write = |text: &str| fs::write(&file, text).unwrap();
        let reads =
            |number| message(&file, number).map(|source| String::from_utf8(source.read_all(1000).unwrap()).unwrap());
        write(&format!("{a}{b}"));
        assert_eq!(expand(std::slice::from_ref(&file)).messages.len(), 2);
        write(&format!("{a}{b}{c}"));
        assert!(reads(2).unwrap().contains("second letter") && reads(3).unwrap().contains("third"));
        write(&format!("{a}{c}{b}and more\n"));
        let changed = |number| reads(number).unwrap_err().get_ref().is_some_and(|inner| inner.is::<Changed>());
        for _ in 0..2 {
            assert!(reads(1).unwrap().contains("first") && changed(2) && changed(3));
        }
        write(&b);
        assert!(changed(1) && changed(2));
        write(&format!("{c}{a}"));
        assert_eq!(expand(std::slice::from_ref(&file)).messages.len(), 2);
        assert!(reads(1).unwrap().contains("third") && reads(2).unwrap().contains("first"));
    }

    /// What lies deeper than folders should is left out, and that is said.
    #[test]
    fn what_is_left_out_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let mut deep = dir.path().to_owned();
        for depth in 0..=DEPTH {
            assert!(!expand(&[dir.path().to_owned()]).truncated, "{depth}");
            deep.push("d");
            fs::create_dir(&deep).unwrap();
        }
        assert!(expand(&[dir.path().to_owned()]).truncated);
    }
}

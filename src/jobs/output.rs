//! New files: complete or absent, and never in the place of another one.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};

use super::unnamed::Unnamed;
use super::{Input, Names};
use crate::source::BLOCK;

/// More files with the same name than this are not tried.
const MOST_NAMES: u32 = 10_000;

/// Bytes after which what was written is brought to the disk in the background.
const SYNC: usize = 32 * 1024 * 1024;

/// Bytes of a name before the ending that is added; file systems take 255 in all.
const LONGEST_STEM: usize = 200;

/// Where a result goes. A number is added to a name that is taken: `letter.signed (2).eml`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Output {
    /// Beside the message that it is made of, named after it; for standard input into the current folder.
    #[default]
    Beside,
    /// Into this folder, named after the message.
    Folder(PathBuf),
    /// This file.
    File(PathBuf),
}

impl Output {
    /// Into a folder if there is one, else beside the message.
    #[must_use]
    pub fn folder_or_beside(folder: Option<PathBuf>) -> Self {
        folder.map_or(Self::Beside, Self::Folder)
    }

    /// The file to be written for `input`, with an ending such as `signed.eml`, as long as its name is not taken.
    pub(super) fn target(&self, input: &Input, ending: &str) -> PathBuf {
        let folder = match self {
            Self::File(file) => return file.clone(),
            Self::Folder(folder) => folder.clone(),
            Self::Beside => input.folder(),
        };
        let mut name = shortened(input.stem());
        name.push(".");
        name.push(ending);
        folder.join(name)
    }
}

fn shortened(stem: OsString) -> OsString {
    if stem.len() <= LONGEST_STEM {
        return stem;
    }
    let text = stem.to_string_lossy();
    text.get(..text.floor_char_boundary(LONGEST_STEM)).unwrap_or_default().into()
}

/// A name beside `target`: `word` stands before its ending. `letter.encrypted.eml` and `bcc-1` give
/// `letter.encrypted.bcc-1.eml`.
pub(super) fn sibling(target: &Path, word: &str) -> PathBuf {
    with_word(target, &format!(".{word}"))
}

/// The name with its number, from the second on.
fn numbered(target: &Path, number: u32) -> PathBuf {
    if number <= 1 { target.to_owned() } else { with_word(target, &format!(" ({number})")) }
}

fn with_word(target: &Path, word: &str) -> PathBuf {
    let mut name = target.file_stem().unwrap_or_default().to_owned();
    name.push(word);
    if let Some(ending) = target.extension() {
        name.push(".");
        name.push(ending);
    }
    target.with_file_name(name)
}

/// A file that is being written: without its name, gone when it is dropped.
pub(super) struct Draft {
    out: BufWriter<Marked>,
    target: PathBuf,
    /// Bytes that no [`Draft::sync`] was started for.
    unsynced: usize,
    syncing: Option<JoinHandle<io::Result<()>>>,
}

/// A draft with all its bytes on the disk.
pub(super) struct Complete {
    file: Unnamed,
    target: PathBuf,
}

impl Draft {
    /// Starts a file that is to be called `target`, in its folder.
    pub fn new(target: PathBuf) -> io::Result<Self> {
        let file = Unnamed::new_in(folder_of(&target)).map_err(WriteFailed::mark)?;
        Ok(Self { out: BufWriter::with_capacity(BLOCK, Marked(file)), target, unsynced: 0, syncing: None })
    }

    /// Lets what was written until now go to the disk while more is written, so that nobody waits for all of it at the end.
    fn sync(&mut self) -> io::Result<()> {
        if self.syncing.as_ref().is_some_and(|thread| !thread.is_finished()) {
            return Ok(());
        }
        self.synced()?;
        if let Ok(file) = self.out.get_ref().0.as_file().try_clone() {
            self.syncing = thread::Builder::new().spawn(move || file.sync_data()).ok();
            self.unsynced = 0;
        }
        Ok(())
    }

    /// Waits for the disk. Systems tell an error of the disk once, so that this is where it is known.
    fn synced(&mut self) -> io::Result<()> {
        let Some(thread) = self.syncing.take() else { return Ok(()) };
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)).map_err(WriteFailed::mark)
    }

    /// Brings everything to the disk.
    pub fn complete(mut self) -> io::Result<Complete> {
        self.synced()?;
        let Marked(file) = self.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.as_file().sync_all().map_err(WriteFailed::mark)?;
        Ok(Complete { file, target: self.target })
    }
}

impl Write for Draft {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        let written = self.out.write(block)?;
        self.unsynced += written;
        if self.unsynced >= SYNC {
            self.sync()?;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Gives complete drafts their names: all or none. The first number that is free for all of them is theirs.
pub(super) fn publish(drafts: Vec<Complete>, names: &Names) -> io::Result<Vec<PathBuf>> {
    let taken = |number: u32| drafts.iter().any(|draft| numbered(&draft.target, number).symlink_metadata().is_ok());
    // A single one finds out by itself.
    let several = drafts.len() > 1;
    let first = (1..MOST_NAMES).find(|number| !several || !taken(*number)).unwrap_or(MOST_NAMES);
    let mut published = Vec::new();
    for draft in drafts {
        match draft.publish(first) {
            Ok(file) => published.push(file),
            Err(error) => {
                published.iter().for_each(|file| _ = fs::remove_file(file));
                return Err(WriteFailed::mark(error));
            }
        }
    }
    if let Some(folder) = published.first().map(|file| folder_of(file)) {
        names.given_in(folder);
    }
    Ok(published)
}

impl Complete {
    fn publish(self, first: u32) -> io::Result<PathBuf> {
        let mut file = self.file;
        for number in first..=MOST_NAMES {
            let name = numbered(&self.target, number);
            match file.name(&name) {
                Ok(()) => return Ok(name),
                Err((error, unnamed)) if error.kind() == io::ErrorKind::AlreadyExists => file = unnamed,
                Err((error, _)) => return Err(error),
            }
        }
        Err(io::Error::from(io::ErrorKind::AlreadyExists))
    }
}

/// The folder of a file, to be opened.
pub(super) fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| *folder != OsStr::new("")).unwrap_or(Path::new("."))
}

/// Tells errors of writing from errors of reading, which come out of the same call.
struct Marked(Unnamed);

impl Write for Marked {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        self.0.write(block).map_err(WriteFailed::mark)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(WriteFailed::mark)
    }
}

/// An error of the output.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct WriteFailed(io::Error);

impl WriteFailed {
    fn mark(error: io::Error) -> io::Error {
        match error.kind() {
            // Whoever writes tries again.
            io::ErrorKind::Interrupted => error,
            kind => io::Error::new(kind, Self(error)),
        }
    }

    /// The error as the system gave it.
    pub fn inside(error: &io::Error) -> &io::Error {
        error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()).map_or(error, |Self(inner)| inner)
    }

    /// Whether an error is one of the output.
    pub fn is(error: &io::Error) -> bool {
        error.get_ref().is_some_and(|inner| inner.is::<Self>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(target: &Path, content: &str) -> PathBuf {
        let mut draft = Draft::new(target.to_owned()).unwrap();
        draft.write_all(content.as_bytes()).unwrap();
        publish(vec![draft.complete().unwrap()], &Names::default()).unwrap().remove(0)
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// What stands there stays; the new file is for its owner alone; a draft that is dropped leaves nothing.
    #[test]
    fn files_are_complete_or_absent_and_replace_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("letter.signed.eml");
        for (number, name) in ["letter.signed.eml", "letter.signed (2).eml", "letter.signed (3).eml"].iter().enumerate()
        {
            assert_eq!(write(&target, &number.to_string()), dir.path().join(name));
        }
        assert_eq!(fs::read_to_string(&target).unwrap(), "0");
        let mut dropped = Draft::new(target.clone()).unwrap();
        dropped.write_all(&[0; 200_000]).unwrap();
        drop(dropped);
        drop(Draft::new(target.clone()).unwrap().complete().unwrap());
        assert_eq!(names(dir.path()), ["letter.signed (2).eml", "letter.signed (3).eml", "letter.signed.eml"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    /// A message and the copies of its hidden recipients carry the same number, and either all of them appear or none.
    #[test]
    fn several_files_are_published_together() {
        let dir = tempfile::tempdir().unwrap();
        let main = dir.path().join("letter.encrypted.eml");
        let copy = sibling(&main, "bcc-1");
        assert_eq!(copy.file_name().unwrap(), "letter.encrypted.bcc-1.eml");
        fs::write(&copy, "taken").unwrap();
        let drafts = || [&main, &copy].map(|target| Draft::new(target.clone()).unwrap().complete().unwrap());
        publish(drafts().into(), &Names::default()).unwrap();
        let before = names(dir.path());
        assert_eq!(
            before,
            ["letter.encrypted (2).eml", "letter.encrypted.bcc-1 (2).eml", "letter.encrypted.bcc-1.eml"]
        );
        let mut drafts = drafts();
        // The second one can get no name: its folder vanished.
        drafts[1].target = dir.path().join("gone").join("x.eml");
        let error = publish(drafts.into(), &Names::default()).unwrap_err();
        assert!(WriteFailed::is(&error), "{error}");
        assert_eq!(names(dir.path()), before);
    }

    /// Each folder in which a name was given is known to be one to be synced.
    #[test]
    fn new_names_are_brought_to_the_disk() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let names = Names::together();
        for folder in [&one, &one, &other] {
            let main = folder.path().join("letter.encrypted.eml");
            let drafts = [&sibling(&main, "bcc-1"), &main].map(|target| Draft::new(target.clone()).unwrap().complete());
            publish(drafts.map(Result::unwrap).into(), &names).unwrap();
        }
        let synced = std::cell::RefCell::new(Vec::new());
        names.sync_by(|folder| synced.borrow_mut().push(folder.to_owned()));
        let mut expected = [one.path(), other.path()];
        expected.sort();
        assert_eq!(*synced.borrow(), expected);
    }

    /// Two programs that write at once get two names.
    #[test]
    fn writers_at_once_get_a_name_each() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("letter.signed.eml");
        std::thread::scope(|scope| {
            for number in 0..8 {
                let target = &target;
                scope.spawn(move || write(target, &number.to_string()));
            }
        });
        let mut contents: Vec<_> =
            names(dir.path()).iter().map(|name| fs::read_to_string(dir.path().join(name)).unwrap()).collect();
        contents.sort();
        assert_eq!(contents, (0..8).map(|number| number.to_string()).collect::<Vec<_>>());
    }

    /// A name near the longest one that file systems take still has room for its ending; letters are not cut in two.
    #[test]
    fn long_names_are_shortened() {
        let input = Input::File(format!("{}.eml", "ä".repeat(120)).into());
        let target = Output::Folder("out".into()).target(&input, "encrypted.eml");
        assert_eq!(target, Path::new("out").join(format!("{}.encrypted.eml", "ä".repeat(100))));
    }
}

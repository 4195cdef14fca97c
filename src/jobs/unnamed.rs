//! A file that has no name of a result yet.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

/// A file for its owner alone (mode 0600) that is gone when it is dropped.
///
/// Linux makes files without any name: nothing of one is left however the program ends, not even when it is killed. Elsewhere,
/// and on file systems that cannot do that, it has a name of its own until it gets the one of the result.
pub(super) enum Unnamed {
    #[cfg(target_os = "linux")]
    Nameless(File),
    Named(NamedTempFile),
}

impl Unnamed {
    /// In a folder, on whose file system it stays.
    pub fn new_in(folder: &Path) -> io::Result<Self> {
        #[cfg(target_os = "linux")]
        if let Some(file) = nameless::create(folder) {
            return Ok(Self::Nameless(file));
        }
        Self::named_in(folder)
    }

    fn named_in(folder: &Path) -> io::Result<Self> {
        tempfile::Builder::new().prefix(".waxwing-").suffix(".part").tempfile_in(folder).map(Self::Named)
    }

    pub fn as_file(&self) -> &File {
        match self {
            #[cfg(target_os = "linux")]
            Self::Nameless(file) => file,
            Self::Named(file) => file.as_file(),
        }
    }

    /// Gives it a name that is free; the file comes back with the error.
    pub fn name(self, name: &Path) -> Result<(), (io::Error, Self)> {
        match self {
            #[cfg(target_os = "linux")]
            Self::Nameless(file) => nameless::link(&file, name).map_err(|error| (error, Self::Nameless(file))),
            Self::Named(file) => named(file, name).map_err(|(error, file)| (error, Self::Named(file))),
        }
    }
}

fn named(file: NamedTempFile, name: &Path) -> Result<(), (io::Error, NamedTempFile)> {
    let persisted = file.persist_noclobber(name).map(|_| ());
    let Err(error) = persisted else { return Ok(()) };
    if error.error.kind() == io::ErrorKind::AlreadyExists {
        return Err((error.error, error.file));
    }
    // A file system that can neither rename without replacing nor link: an empty file of ours holds the name.
    match File::create_new(name) {
        Ok(_) => error.file.persist(name).map(|_| ()).map_err(|error| {
            let _ = std::fs::remove_file(name);
            (error.error, error.file)
        }),
        Err(taken) if taken.kind() == io::ErrorKind::AlreadyExists => Err((taken, error.file)),
        Err(_) => Err((error.error, error.file)),
    }
}

impl Write for Unnamed {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        self.as_file().write(block)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.as_file().flush()
    }
}

/// open(2) with O_TMPFILE, and linkat(2).
#[cfg(target_os = "linux")]
mod nameless {
    use std::fs::File;
    use std::io;
    use std::os::fd::AsRawFd;
    use std::path::{Path, PathBuf};
    use std::sync::OnceLock;

    use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, open};

    /// `None` where files without a name cannot be made, or could get none later.
    pub fn create(folder: &Path) -> Option<File> {
        let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
        let file = File::from(open(folder, flags, Mode::RUSR | Mode::WUSR).ok()?);
        static BY_NUMBER: OnceLock<bool> = OnceLock::new();
        BY_NUMBER.get_or_init(|| by_number(&file).symlink_metadata().is_ok()).then_some(file)
    }

    pub fn link(file: &File, name: &Path) -> io::Result<()> {
        Ok(linkat(CWD, by_number(file), CWD, name, AtFlags::SYMLINK_FOLLOW)?)
    }

    /// The only way to name an open file to linkat without being root; needs /proc.
    fn by_number(file: &File) -> PathBuf {
        format!("/proc/self/fd/{}", file.as_raw_fd()).into()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Both kinds behave alike: a taken name gives the file back, a free one has all of it, a dropped one leaves nothing.
    #[test]
    fn with_and_without_a_name() {
        for make in [Unnamed::new_in, Unnamed::named_in] {
            let folder = tempfile::tempdir().unwrap();
            let (taken, free) = (folder.path().join("taken"), folder.path().join("free"));
            fs::write(&taken, "theirs").unwrap();
            let mut file = make(folder.path()).unwrap();
            file.write_all(b"ours").unwrap();
            let (error, file) = file.name(&taken).err().unwrap();
            assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
            file.name(&free).map_err(|(error, _)| error).unwrap();
            drop(make(folder.path()).unwrap());
            let read = |path| fs::read_to_string(path).unwrap();
            assert_eq!((read(&taken), read(&free)), ("theirs".to_owned(), "ours".to_owned()));
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        }
    }
}

//! A compound file whose streams are read by range.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use cfb::CompoundFile;

use crate::source::{ReadAt, Reader, Source};

/// An open compound file.
pub(super) struct Compound(Arc<Mutex<CompoundFile<Reader>>>);

impl Compound {
    pub fn open(source: &Source) -> io::Result<Self> {
        Ok(Self(Arc::new(Mutex::new(CompoundFile::open(source.reader())?))))
    }

    fn with<T>(&self, read: impl FnOnce(&mut CompoundFile<Reader>) -> T) -> T {
        read(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A stream by its path, if there is one.
    pub fn stream(&self, path: &str) -> io::Result<Option<Source>> {
        self.with(|file| {
            if !file.is_stream(path) {
                return Ok(None);
            }
            let length = file.open_stream(path)?.len();
            let view = StreamBytes { file: Arc::clone(&self.0), path: path.to_owned(), length };
            Ok(Some(Source::from_view(view)))
        })
    }

    /// Storages of attachments, in their order.
    pub fn attachments(&self) -> Vec<String> {
        self.with(|file| {
            let storages = file.read_root_storage().filter(cfb::Entry::is_storage);
            let names = storages.map(|entry| entry.name().to_owned());
            let mut names: Vec<String> = names.filter(|name| name.starts_with("__attach_version1.0_")).collect();
            names.sort();
            names
        })
    }
}

/// The bytes of a stream, which is opened anew for every read: open ones cannot be handed to other threads.
struct StreamBytes {
    file: Arc<Mutex<CompoundFile<Reader>>>,
    path: String,
    length: u64,
}

impl ReadAt for StreamBytes {
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        if offset >= self.length {
            return Ok(0);
        }
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut stream = file.open_stream(&self.path)?;
        stream.seek(SeekFrom::Start(offset))?;
        let mut filled = 0;
        while let Some(room) = buf.get_mut(filled..).filter(|room| !room.is_empty()) {
            match stream.read(room)? {
                0 => break,
                read => filled += read,
            }
        }
        Ok(filled)
    }

    fn len(&self) -> io::Result<u64> {
        Ok(self.length)
    }
}

//! Bytes to read by range: a file, memory, or a view computed from another source.
//!
//! Every stage of the library hands the next one a [`Source`], never a buffer with the whole message. A stage that
//! changes bytes (a transfer encoding, an OCTET STRING in pieces, a cipher) implements [`ReadAt`] over the source below it
//! and computes what is asked for when it is asked for, so that a message of any size is opened in constant memory and
//! decrypted bytes exist only while somebody reads them.

use std::fs::File;
use std::io::{self, BufRead, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use zeroize::Zeroizing;

mod ahead;
mod behind;
mod joined;
mod prefetch;
#[cfg(test)]
mod tests;

pub use behind::Behind;

/// Bytes read in one step by [`Reader`] and [`Source::copy_to`].
pub const BLOCK: usize = 64 * 1024;

/// Bytes of the first step: most messages are small, and clearing a large buffer takes longer than reading them.
const FIRST: usize = 4 * 1024;

/// Up to this many bytes, [`Source::spool`] keeps its input in memory.
const SPOOL_MEMORY: usize = 4 * 1024 * 1024;

/// Random access to bytes that may be stored or computed.
pub trait ReadAt: Send + Sync {
    /// Reads up to `buf.len()` bytes that start at `offset`; 0 means that the end was reached.
    ///
    /// # Errors
    /// When the bytes below cannot be read, or do not decode.
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize>;

    /// The length in bytes. A computed view may have to read what it is computed from once.
    ///
    /// # Errors
    /// As [`ReadAt::read_at`].
    fn len(&self) -> io::Result<u64>;

    /// Whether there is no byte.
    ///
    /// # Errors
    /// As [`ReadAt::read_at`].
    fn is_empty(&self) -> io::Result<bool> {
        Ok(self.read_at(0, &mut [0])? == 0)
    }
}

/// A readable range of a [`ReadAt`]; cheap to clone and to slice.
#[derive(Clone)]
pub struct Source {
    inner: Arc<dyn ReadAt>,
    start: u64,
    /// `None`: to the end of what lies below.
    end: Option<u64>,
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Never the bytes: they may be decrypted ones.
        f.debug_struct("Source").field("start", &self.start).field("end", &self.end).finish_non_exhaustive()
    }
}

impl Source {
    /// Opens a file for reading by range.
    ///
    /// # Errors
    /// When the file cannot be opened or is a directory.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        if file.metadata()?.is_dir() {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        Ok(Self::from_view(FileBytes(file)))
    }

    /// Bytes that are in memory already.
    #[must_use]
    pub fn from_bytes(bytes: impl Into<Arc<[u8]>>) -> Self {
        Self::from_view(MemoryBytes(bytes.into()))
    }

    /// A view computed from something else.
    #[must_use]
    pub fn from_view(view: impl ReadAt + 'static) -> Self {
        Self { inner: Arc::new(view), start: 0, end: None }
    }

    /// Keeps what a stream delivers (standard input) so that it can be read by range: in memory while it is small,
    /// else in a temporary file without a name that vanishes with the last clone.
    ///
    /// # Errors
    /// When the stream cannot be read or the temporary file cannot be written.
    pub fn spool(mut stream: impl Read) -> io::Result<Self> {
        let mut head = Vec::new();
        stream.by_ref().take(SPOOL_MEMORY as u64 + 1).read_to_end(&mut head)?;
        if head.len() <= SPOOL_MEMORY {
            return Ok(Self::from_bytes(head));
        }
        let mut file = tempfile::tempfile()?;
        file.write_all(&head)?;
        io::copy(&mut stream, &mut file)?;
        Ok(Self::from_view(FileBytes(file)))
    }

    /// The length in bytes.
    ///
    /// # Errors
    /// When what lies below cannot be read.
    pub fn len(&self) -> io::Result<u64> {
        let end = match self.end {
            Some(end) => end,
            None => self.inner.len()?,
        };
        Ok(end.saturating_sub(self.start))
    }

    /// Whether there is no byte.
    ///
    /// # Errors
    /// When what lies below cannot be read.
    pub fn is_empty(&self) -> io::Result<bool> {
        Ok(self.read_at(0, &mut [0])? == 0)
    }

    /// Reads up to `buf.len()` bytes from `offset` (relative to this source); 0 at the end.
    ///
    /// # Errors
    /// When what lies below cannot be read.
    pub fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let at = self.start.saturating_add(offset);
        let room = match self.end {
            Some(end) => usize::try_from(end.saturating_sub(at)).unwrap_or(usize::MAX).min(buf.len()),
            None => buf.len(),
        };
        match buf.get_mut(..room) {
            Some(buf) if room > 0 => self.inner.read_at(at, buf),
            _ => Ok(0),
        }
    }

    /// A part of this source; a range past the end reads as far as there are bytes.
    #[must_use]
    pub fn slice(&self, range: Range<u64>) -> Self {
        let cap = self.end.unwrap_or(u64::MAX);
        let start = self.start.saturating_add(range.start).min(cap);
        let end = self.start.saturating_add(range.end).min(cap).max(start);
        Self { inner: Arc::clone(&self.inner), start, end: Some(end) }
    }

    /// Whether both are the same range of the same bytes.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner) && (self.start, self.end) == (other.start, other.end)
    }

    /// The same bytes. Whoever reads many of them in a row has the next ones read by a thread in the meantime.
    #[must_use]
    pub fn read_ahead(&self) -> Self {
        Self::from_view(prefetch::Prefetched::new(self.clone()))
    }

    /// What follows `offset`.
    #[must_use]
    pub fn slice_from(&self, offset: u64) -> Self {
        let start = self.start.saturating_add(offset);
        let start = self.end.map_or(start, |end| start.min(end));
        Self { inner: Arc::clone(&self.inner), start, end: self.end }
    }

    /// A buffered reader from the first byte.
    #[must_use]
    pub fn reader(&self) -> Reader {
        Reader { source: self.clone(), position: 0, buffer: Vec::new(), filled: 0, used: 0 }
    }

    /// Everything, when it is no more than `limit` bytes.
    ///
    /// # Errors
    /// [`io::ErrorKind::FileTooLarge`] above the limit; otherwise what reading gives.
    pub fn read_all(&self, limit: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        while bytes.len() <= limit {
            let filled = bytes.len();
            let step = filled.clamp(FIRST, BLOCK).min((limit - filled).saturating_add(1));
            bytes.resize(filled + step, 0);
            let read = self.read_at(filled as u64, bytes.get_mut(filled..).unwrap_or_default())?;
            bytes.truncate(filled + read);
            if read == 0 {
                return Ok(bytes);
            }
        }
        Err(io::ErrorKind::FileTooLarge.into())
    }

    /// Hands over all bytes in blocks. From [`ahead::LARGE`] on, a thread reads ahead of `sink`, so that what lies below (a
    /// file, a cipher, an encoding) and what is done with it take two cores.
    ///
    /// # Errors
    /// What reading or `sink` gives.
    pub fn for_each_block<E: From<io::Error>>(&self, mut sink: impl FnMut(&[u8]) -> Result<(), E>) -> Result<u64, E> {
        let mut buffer = Vec::new();
        let mut offset = 0;
        while offset < ahead::LARGE {
            grow(&mut buffer);
            let read = self.read_at(offset, &mut buffer)?;
            match buffer.get(..read) {
                Some(block) if read > 0 => sink(block)?,
                _ => return Ok(offset),
            }
            offset += read as u64;
        }
        ahead::for_each_block(self, offset, sink)
    }

    /// Writes all bytes and returns how many there were.
    ///
    /// # Errors
    /// What reading or writing gives.
    pub fn copy_to(&self, out: &mut dyn Write) -> io::Result<u64> {
        self.for_each_block(|block| out.write_all(block))
    }
}

/// Makes room for the next step.
fn grow(buffer: &mut Vec<u8>) {
    buffer.resize((4 * buffer.len()).clamp(FIRST, BLOCK), 0);
}

/// Reads a [`Source`] from front to back.
#[derive(Debug)]
pub struct Reader {
    source: Source,
    /// Offset of the byte after the buffered ones.
    position: u64,
    buffer: Vec<u8>,
    filled: usize,
    used: usize,
}

impl Reader {
    /// Offset of the next byte.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.position - (self.filled - self.used) as u64
    }
}

impl BufRead for Reader {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used >= self.filled {
            grow(&mut self.buffer);
            (self.filled, self.used) = (0, 0);
            self.filled = self.source.read_at(self.position, &mut self.buffer)?;
            self.position += self.filled as u64;
        }
        Ok(self.buffer.get(self.used..self.filled).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.used = self.used.saturating_add(amount).min(self.filled);
    }
}

impl Read for Reader {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let block = self.fill_buf()?;
        let count = block.len().min(buf.len());
        if let (Some(to), Some(from)) = (buf.get_mut(..count), block.get(..count)) {
            to.copy_from_slice(from);
        }
        self.consume(count);
        Ok(count)
    }
}

impl Seek for Reader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::Current(by) => self.offset().checked_add_signed(by),
            SeekFrom::End(by) => self.source.len()?.checked_add_signed(by),
        };
        let target = target.ok_or(io::ErrorKind::InvalidInput)?;
        (self.filled, self.used) = (0, 0);
        self.position = target;
        Ok(target)
    }
}

struct MemoryBytes(Arc<[u8]>);

impl ReadAt for MemoryBytes {
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let rest = usize::try_from(offset).ok().and_then(|at| self.0.get(at..)).unwrap_or_default();
        (&mut &*rest).read(buf)
    }

    fn len(&self) -> io::Result<u64> {
        Ok(self.0.len() as u64)
    }
}

struct FileBytes(File);

impl ReadAt for FileBytes {
    #[cfg(unix)]
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(&self.0, buf, offset)
    }

    #[cfg(windows)]
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        std::os::windows::fs::FileExt::seek_read(&self.0, buf, offset)
    }

    fn len(&self) -> io::Result<u64> {
        Ok(self.0.metadata()?.len())
    }
}

/// Everything that a stream delivers, up to `limit` bytes, for files with keys and passwords: it is wiped when it is dropped, and
/// so is what growing leaves behind.
///
/// # Errors
/// [`io::ErrorKind::FileTooLarge`] above the limit; otherwise what reading gives.
pub fn read_secret(mut stream: impl Read, limit: usize) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut piece = Zeroizing::new([0; 4096]);
    let mut bytes = Zeroizing::new(Vec::with_capacity(piece.len()));
    loop {
        let read = match stream.read(piece.as_mut_slice()) {
            Ok(0) => return Ok(bytes),
            Ok(read) => piece.get(..read).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if read.len() > limit - bytes.len() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        if read.len() > bytes.capacity() - bytes.len() {
            let mut larger = Zeroizing::new(Vec::with_capacity(2 * bytes.capacity()));
            larger.extend_from_slice(&bytes);
            bytes = larger;
        }
        bytes.extend_from_slice(read);
    }
}

//! CompressedData (RFC 3274): content as a view that decompresses what is asked for.

use std::io::{self, Read};
use std::sync::{Mutex, PoisonError};

use const_oid::ObjectIdentifier;
use flate2::bufread::ZlibDecoder;
use spki::AlgorithmIdentifierOwned;
use zeroize::Zeroizing;

use super::Error;
use super::walk::{enter_sequence, read_content, take};
use crate::asn1::Cursor;
use crate::crypto::Unsupported;
use crate::source::{BLOCK, ReadAt, Reader, Source};

/// id-alg-zlibCompress (RFC 3274 §2).
pub(in crate::cms) const ZLIB: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.3.8");

/// Readers at different places that are kept: each goes on where it was, and starts anew only to go back.
const LANES: usize = 4;

/// A parsed CompressedData.
#[derive(Debug)]
pub struct Compressed {
    /// The type of what is inside.
    pub content_type: ObjectIdentifier,
    /// Whether it is zlib, or what else that is not built in.
    pub algorithm: Result<(), Unsupported>,
    /// The compressed content (empty when it is absent).
    pub compressed: Source,
}

/// Why compressed content is not read.
#[derive(Debug, thiserror::Error)]
pub enum InflateError {
    /// The bytes could not be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Not built in.
    #[error(transparent)]
    Unsupported(#[from] Unsupported),
    /// It is cut short, or its checksum does not match.
    #[error("the compressed data is damaged")]
    Damaged,
    /// There is more in it than allowed.
    #[error("there is more in it than {0} bytes")]
    TooLarge(u64),
}

/// Reads the CompressedData at which the cursor stands.
///
/// ```text
/// CompressedData ::= SEQUENCE { version CMSVersion, compressionAlgorithm CompressionAlgorithmIdentifier,
///     encapContentInfo EncapsulatedContentInfo }
/// ```
/// (RFC 3274 §1.1)
pub(super) fn read(cursor: &mut Cursor) -> Result<Compressed, Error> {
    enter_sequence(cursor, "no CompressedData")?;
    cursor.skip()?;
    let AlgorithmIdentifierOwned { oid, .. } = take(cursor)?;
    let (content_type, content) = read_content(cursor)?;
    cursor.leave()?;
    let algorithm = if oid == ZLIB { Ok(()) } else { Err(Unsupported::new("compression", oid)) };
    Ok(Compressed { content_type, algorithm, compressed: content.unwrap_or_else(|| Source::from_bytes([])) })
}

impl Compressed {
    /// The content, decompressed while it is read. All of it is decompressed once first: nothing is given out of a stream that
    /// is damaged, or that has more than `most` bytes in it.
    ///
    /// # Errors
    /// When it cannot be read, is damaged, or too large.
    pub fn open(&self, mut most: u64) -> Result<Source, InflateError> {
        self.open_within(&mut most)
    }

    /// As [`Compressed::open`], for several together: what was decompressed is taken from `left`, also of what turns out to be
    /// damaged or too large.
    ///
    /// # Errors
    /// As [`Compressed::open`].
    pub fn open_within(&self, left: &mut u64) -> Result<Source, InflateError> {
        self.algorithm.clone()?;
        let most = *left;
        let mut lane = Lane::new(&self.compressed);
        let mut len = 0u64;
        loop {
            let read = lane.advance().map_err(|error| match error.kind() {
                // What zlib says of bytes that are none.
                io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
                    InflateError::Damaged
                }
                _ => InflateError::Io(error),
            })?;
            len = len.saturating_add(read as u64);
            *left = most.saturating_sub(len);
            if len > most {
                return Err(InflateError::TooLarge(most));
            }
            if read == 0 {
                break;
            }
        }
        let compressed = self.compressed.clone();
        Ok(Source::from_view(Inflated { compressed, len, lanes: Mutex::default() }))
    }
}

/// Decompressed content.
struct Inflated {
    compressed: Source,
    len: u64,
    /// The one that was used last is the last.
    lanes: Mutex<Vec<Lane>>,
}

/// A place in the content: what was decompressed last, and the state to go on from.
struct Lane {
    decoder: ZlibDecoder<Reader>,
    window: Zeroizing<Vec<u8>>,
    /// Offset of the window.
    start: u64,
}

impl Lane {
    fn new(compressed: &Source) -> Self {
        Self { decoder: ZlibDecoder::new(compressed.reader()), window: Zeroizing::default(), start: 0 }
    }

    /// Goes to the next window; returns its length, 0 at the end.
    fn advance(&mut self) -> io::Result<usize> {
        self.start += self.window.len() as u64;
        self.window.resize(BLOCK, 0);
        let read = self.decoder.read(&mut self.window);
        self.window.truncate(*read.as_ref().unwrap_or(&0));
        read
    }

    /// What is at hand from `offset` on; may be nothing.
    fn held(&self, offset: u64) -> &[u8] {
        let from = offset.checked_sub(self.start).and_then(|from| usize::try_from(from).ok());
        from.and_then(|from| self.window.get(from..)).unwrap_or_default()
    }
}

impl ReadAt for Inflated {
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        if offset >= self.len || buf.is_empty() {
            return Ok(0);
        }
        // Taken out rather than held, so that two readers never wait for each other.
        let mut lanes = std::mem::take(&mut *self.lanes.lock().unwrap_or_else(PoisonError::into_inner));
        let nearest = (0..lanes.len())
            .filter(|index| lanes.get(*index).is_some_and(|lane| lane.start <= offset))
            .max_by_key(|index| lanes.get(*index).map(|lane| lane.start));
        let mut lane = nearest.map_or_else(|| Lane::new(&self.compressed), |index| lanes.remove(index));
        while lane.held(offset).is_empty() {
            if lane.advance()? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        let read = (&mut lane.held(offset)).read(buf)?;
        let mut kept = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        kept.append(&mut lanes);
        kept.push(lane);
        let surplus = kept.len().saturating_sub(LANES);
        kept.drain(..surplus);
        Ok(read)
    }

    fn len(&self) -> io::Result<u64> {
        Ok(self.len)
    }
}

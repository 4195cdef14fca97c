//! Encrypted content as a view that decrypts what is asked for.

use std::io;
use std::sync::{Mutex, PoisonError};

use zeroize::Zeroizing;

use super::check::Checked;
use super::{ContentKey, Enveloped, OpenError};
use crate::crypto::cipher::{Authenticator, Decryptor};
use crate::crypto::{ContentAlgorithm, Error};
use crate::source::{ReadAt, Source};

/// Bytes that are decrypted at once for a reader that asks for few.
const WINDOW: usize = 8 * 1024;

/// From so many bytes on they are decrypted where they are wanted.
const DIRECT: usize = 4 * 1024;

/// [`Enveloped::open_reading`].
pub(super) fn open<T>(
    enveloped: &Enveloped,
    content_key: &ContentKey,
    read: impl FnOnce(&Source) -> io::Result<T>,
) -> Result<(Source, T), OpenError> {
    let algorithm = enveloped.algorithm.as_ref().map_err(Clone::clone)?;
    let decryptor = Decryptor::new(algorithm, content_key)?;
    let ciphertext = &enveloped.ciphertext;
    match (&enveloped.authentication, algorithm.cipher.is_authenticated()) {
        (Some(authentication), true) => {
            let len = ciphertext.len()?;
            let authenticator = Authenticator::new(algorithm, content_key, &authentication.attributes, len)?;
            let checked = Checked::new(ciphertext.clone(), authenticator);
            let plain = Plain::view(Source::from_view(checked.clone()), algorithm, decryptor, len);
            let made = read(&plain);
            checked.verify(&authentication.mac)?;
            Ok((plain, made?))
        }
        (None, false) => {
            let len = unpadded_len(algorithm, &decryptor, ciphertext)?;
            let plain = Plain::view(ciphertext.clone(), algorithm, decryptor, len);
            let made = read(&plain)?;
            Ok((plain, made))
        }
        (Some(_), false) => Err(Error::Parameters("the cipher is not authenticated").into()),
        (None, true) => Err(Error::Parameters("the authentication tag is missing").into()),
    }
}

/// The length without the padding, all bytes of which must be right (RFC 5652 §6.3). Every failure is the same (RFC 3218).
fn unpadded_len(algorithm: &ContentAlgorithm, decryptor: &Decryptor, ciphertext: &Source) -> Result<u64, OpenError> {
    let block = algorithm.cipher.block_len();
    let len = ciphertext.len()?;
    let Some(last) = len.checked_sub(block as u64).filter(|_| len.is_multiple_of(block as u64)) else {
        return Err(Error::Decryption.into());
    };
    let before = last.saturating_sub(block as u64);
    let mut bytes = Zeroizing::new(vec![0; usize::try_from(len - before).unwrap_or(block)]);
    fill(ciphertext, before, &mut bytes)?;
    let (previous, tail) = bytes.split_at_mut(usize::try_from(last - before).unwrap_or(0));
    decryptor.decrypt(last, previous, tail)?;
    let count = tail.last().copied().unwrap_or_default();
    let padding = tail.iter().rev().take(usize::from(count)).filter(|byte| **byte == count).count();
    if count == 0 || padding != usize::from(count) {
        return Err(Error::Decryption.into());
    }
    Ok(len - u64::from(count))
}

/// Decrypted content. Plaintext is kept for readers that ask for less than a block at a time only, and wiped.
struct Plain {
    ciphertext: Source,
    decryptor: Decryptor,
    /// Bytes of a block.
    block: usize,
    /// Bytes of ciphertext that decrypting needs from before (CBC).
    lookback: usize,
    /// Bytes of plaintext.
    len: u64,
    place: Mutex<Place>,
}

/// What the last read left behind.
#[derive(Default)]
struct Place {
    /// Plaintext that starts at `start`.
    window: Zeroizing<Vec<u8>>,
    start: u64,
    /// The ciphertext block that ends at `end`, so that reading on needs no second look at it.
    previous: Vec<u8>,
    end: u64,
}

impl Place {
    /// The plaintext at hand from `offset` on; may be nothing.
    fn held(&self, offset: u64) -> &[u8] {
        let from = offset.checked_sub(self.start).and_then(|from| usize::try_from(from).ok());
        from.and_then(|from| self.window.get(from..)).unwrap_or_default()
    }
}

impl Plain {
    fn view(ciphertext: Source, algorithm: &ContentAlgorithm, decryptor: Decryptor, len: u64) -> Source {
        let block = algorithm.cipher.block_len();
        // Key streams need no block before.
        let lookback = if algorithm.cipher.is_authenticated() { 0 } else { block };
        Source::from_view(Self { ciphertext, decryptor, block, lookback, len, place: Mutex::default() })
    }

    /// Decrypts whole blocks from `position`, a multiple of the block's length, into `data`.
    fn decrypt(&self, place: &mut (Vec<u8>, u64), position: u64, data: &mut [u8]) -> io::Result<()> {
        let (previous, end) = place;
        if self.lookback > 0 && position > 0 && *end != position {
            previous.resize(self.lookback, 0);
            fill(&self.ciphertext, position - self.lookback as u64, previous)?;
        }
        fill(&self.ciphertext, position, data)?;
        let last = data.rchunks(self.lookback.max(1)).next().filter(|_| self.lookback > 0).unwrap_or_default().to_vec();
        self.decryptor.decrypt(position, previous, data).map_err(io::Error::other)?;
        *end = position + data.len() as u64;
        *previous = last;
        Ok(())
    }

    fn read(&self, place: &mut Place, mut offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let block = self.block as u64;
        let mut filled = 0;
        while offset < self.len {
            let left = usize::try_from(self.len - offset).unwrap_or(usize::MAX);
            let room = buf.get_mut(filled..).unwrap_or_default();
            let room_len = room.len().min(left);
            let Some(room) = room.get_mut(..room_len).filter(|room| !room.is_empty()) else { break };
            let held = place.held(offset);
            let read = if !held.is_empty() {
                io::Read::read(&mut &*held, room)?
            } else {
                let mut before = (std::mem::take(&mut place.previous), place.end);
                let direct = room_len / self.block * self.block;
                let done = if offset.is_multiple_of(block) && direct >= DIRECT {
                    self.decrypt(&mut before, offset, room.get_mut(..direct).unwrap_or_default()).map(|()| direct)
                } else {
                    self.fill_window(place, &mut before, offset / block * block).map(|()| 0)
                };
                (place.previous, place.end) = before;
                done?
            };
            filled += read;
            offset += read as u64;
        }
        Ok(filled)
    }

    /// Decrypts the next part of the content from `start` on into the window.
    fn fill_window(&self, place: &mut Place, before: &mut (Vec<u8>, u64), start: u64) -> io::Result<()> {
        let whole = self.len.checked_next_multiple_of(self.block as u64).unwrap_or(self.len);
        // The last block of a cipher without padding need not be whole.
        let end = if self.lookback > 0 { whole } else { self.len };
        let size = usize::try_from(end - start).unwrap_or(WINDOW).min(WINDOW);
        place.window.resize(WINDOW, 0);
        place.window.truncate(size);
        place.start = start;
        let done = self.decrypt(before, start, &mut place.window);
        if done.is_err() {
            place.window.clear();
        }
        done
    }
}

impl ReadAt for Plain {
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        // Taken out rather than held, so that two readers never wait for each other.
        let mut place = std::mem::take(&mut *self.place.lock().unwrap_or_else(PoisonError::into_inner));
        let read = self.read(&mut place, offset, buf)?;
        *self.place.lock().unwrap_or_else(PoisonError::into_inner) = place;
        Ok(read)
    }

    fn len(&self) -> io::Result<u64> {
        Ok(self.len)
    }
}

/// Fills all of `buf`.
fn fill(source: &Source, mut offset: u64, mut buf: &mut [u8]) -> io::Result<()> {
    while !buf.is_empty() {
        let read = source.read_at(offset, buf)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        offset += read as u64;
        buf = buf.get_mut(read..).unwrap_or_default();
    }
    Ok(())
}

//! The tag of a ciphertext, computed while somebody reads it.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::OpenError;
use crate::crypto::Error;
use crate::crypto::cipher::Authenticator;
use crate::source::{ReadAt, Source};

/// A ciphertext whose bytes are authenticated when they are read for the first time.
#[derive(Clone)]
pub(super) struct Checked {
    ciphertext: Source,
    /// Until the tag was verified: the state, and the offset of the next byte.
    running: Arc<Mutex<Option<(Authenticator, u64)>>>,
}

impl Checked {
    pub(super) fn new(ciphertext: Source, authenticator: Authenticator) -> Self {
        Self { ciphertext, running: Arc::new(Mutex::new(Some((authenticator, 0)))) }
    }

    /// Held while the bytes are added, since they have an order; nobody fails inside.
    fn running(&self) -> MutexGuard<'_, Option<(Authenticator, u64)>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads what nobody read, and verifies the tag.
    pub(super) fn verify(&self, mac: &[u8]) -> Result<(), OpenError> {
        let Some((mut authenticator, seen)) = self.running().take() else { return Err(Error::Decryption.into()) };
        let rest = self.ciphertext.slice_from(seen);
        rest.for_each_block(|block| authenticator.update(block).map_err(OpenError::from))?;
        Ok(authenticator.verify(mac)?)
    }
}

impl ReadAt for Checked {
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.ciphertext.read_at(offset, buf)?;
        if let Some((authenticator, next)) = self.running().as_mut()
            && let Some(seen) = next.checked_sub(offset).and_then(|seen| usize::try_from(seen).ok())
            && let Some(new) = buf.get(seen..read)
        {
            authenticator.update(new).map_err(io::Error::other)?;
            *next += new.len() as u64;
        }
        Ok(read)
    }

    fn len(&self) -> io::Result<u64> {
        self.ciphertext.len()
    }
}

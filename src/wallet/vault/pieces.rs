//! A key in several entries of a keyring whose entries are short.
//!
//! The Windows Credential Manager takes 2,560 bytes in an entry; an RSA-4096 key has 2,375 and larger ones do not fit. A key of
//! more than [`PIECE`] bytes lies in the entries `<id>.1`, `<id>.2`, …, and the entry `<id>` holds their count, the length and
//! the SHA-256 of the whole. That header is written last and removed first, so that a key is there as a whole or not at all.

use zeroize::Zeroizing;

use super::VaultError;
use crate::crypto::{DigestAlgorithm, hex};

/// Bytes in one entry.
pub(super) const PIECE: usize = 2000;

/// No key has more pieces: RSA-16384 in PKCS #8 has five.
const MOST: usize = 8;

/// How a header starts. PKCS #8 starts with the octet 0x30 and a length, never with this.
const MARK: &str = "waxwing key in pieces";

/// Named secrets somewhere: the system's keyring, or a map in tests.
pub(super) trait Entries {
    /// The secret, `None` when there is none of that name.
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError>;
    /// Sets or replaces a secret.
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), VaultError>;
    /// Removes a secret; a missing one is no error.
    fn delete(&self, name: &str) -> Result<(), VaultError>;
}

fn piece_name(id: &str, number: usize) -> String {
    format!("{id}.{number}")
}

fn header(secret: &[u8]) -> String {
    let sha256 = hex::encode(&DigestAlgorithm::Sha256.digest(secret));
    format!("{MARK}\n{} {} {sha256}\n", secret.len().div_ceil(PIECE), secret.len())
}

/// Stores a secret of at most [`MOST`] pieces, in pieces if it must be. What is already there in the same form is left alone.
pub(super) fn store(entries: &dyn Entries, id: &str, secret: &[u8]) -> Result<(), VaultError> {
    if load(entries, id).is_ok_and(|known| *known == secret) {
        return Ok(());
    }
    if secret.len() <= PIECE {
        return entries.set(id, secret);
    }
    if secret.len() > MOST * PIECE {
        return Err(VaultError::Failed("the key is too large for the keyring".to_owned()));
    }
    for (index, piece) in secret.chunks(PIECE).enumerate() {
        entries.set(&piece_name(id, index + 1), piece)?;
    }
    entries.set(id, header(secret).as_bytes())
}

/// Reads a secret back; [`VaultError::Damaged`] when a piece is missing or another one.
pub(super) fn load(entries: &dyn Entries, id: &str) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let first = entries.get(id)?.ok_or(VaultError::Missing)?;
    let Some(rest) = first.strip_prefix(MARK.as_bytes()) else { return Ok(first) };
    let words = std::str::from_utf8(rest).unwrap_or_default();
    let mut words = words.split_whitespace().map(str::parse::<usize>);
    let (Some(Ok(count)), Some(Ok(length))) = (words.next(), words.next()) else { return Err(VaultError::Damaged) };
    if count > MOST || length.div_ceil(PIECE) != count {
        return Err(VaultError::Damaged);
    }
    // Room for all at once: a vector that grows leaves copies behind.
    let mut secret = Zeroizing::new(Vec::with_capacity(length));
    for number in 1..=count {
        let piece = entries.get(&piece_name(id, number))?.ok_or(VaultError::Damaged)?;
        if piece.len() > length - secret.len() {
            return Err(VaultError::Damaged);
        }
        secret.extend_from_slice(&piece);
    }
    if header(&secret).as_bytes() == first.as_slice() { Ok(secret) } else { Err(VaultError::Damaged) }
}

/// Removes a secret with all its pieces, those of a key that was never written to the end or lost some too.
pub(super) fn remove(entries: &dyn Entries, id: &str) -> Result<(), VaultError> {
    entries.delete(id)?;
    (1..=MOST).try_for_each(|number| entries.delete(&piece_name(id, number)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use std::cell::RefCell;
    use std::collections::BTreeMap;

    use super::*;

    #[derive(Default)]
    struct Map {
        entries: RefCell<BTreeMap<String, Vec<u8>>>,
        /// Writing fails after so many more.
        writes: RefCell<usize>,
    }

    impl Entries for Map {
        fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
            Ok(self.entries.borrow().get(name).cloned().map(Zeroizing::new))
        }
        fn set(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
            assert!(secret.len() <= 2560, "more than Windows takes");
            let mut writes = self.writes.borrow_mut();
            *writes = writes.checked_sub(1).ok_or_else(|| VaultError::Failed("full".to_owned()))?;
            self.entries.borrow_mut().insert(name.to_owned(), secret.to_vec());
            Ok(())
        }
        fn delete(&self, name: &str) -> Result<(), VaultError> {
            self.entries.borrow_mut().remove(name);
            Ok(())
        }
    }

    fn secret(length: usize) -> Vec<u8> {
        (0..length).map(|index| (index * 31 + index / 256 + 0x30) as u8).collect()
    }

    /// Keys of every size come back, and removing leaves nothing.
    #[test]
    fn round_trip() {
        for length in [0, 1, 1217, PIECE, PIECE + 1, 2375, 2 * PIECE, 9300, MOST * PIECE] {
            let map = Map { writes: RefCell::new(1000), ..Map::default() };
            store(&map, "id", &secret(length)).unwrap();
            assert_eq!(*load(&map, "id").unwrap(), secret(length), "{length}");
            let before = *map.writes.borrow();
            store(&map, "id", &secret(length)).unwrap();
            assert_eq!(*map.writes.borrow(), before, "the same key again writes nothing");
            remove(&map, "id").unwrap();
            assert!(map.entries.borrow().is_empty(), "{length}");
        }
        assert_eq!(load(&Map::default(), "id"), Err(VaultError::Missing));
    }

    /// A key that was not written to the end is missing, never half a key; the next attempt completes it, and removing
    /// sweeps its pieces away.
    #[test]
    fn half_written() {
        for writes in 0..4 {
            let map = Map { writes: RefCell::new(writes), ..Map::default() };
            assert!(store(&map, "id", &secret(5000)).is_err());
            assert_eq!(load(&map, "id"), Err(VaultError::Missing), "{writes}");
            *map.writes.borrow_mut() = 4;
            store(&map, "id", &secret(5000)).unwrap();
            assert_eq!(*load(&map, "id").unwrap(), secret(5000));
            map.entries.borrow_mut().remove("id.2");
            remove(&map, "id").unwrap();
            assert!(map.entries.borrow().is_empty());
        }
    }

    /// Whatever somebody else did to the entries is noticed.
    #[test]
    fn damage_is_noticed() {
        let fresh = || {
            let map = Map { writes: RefCell::new(10), ..Map::default() };
            store(&map, "id", &secret(5000)).unwrap();
            map
        };
        type Harm = fn(&mut BTreeMap<String, Vec<u8>>);
        let harms: [Harm; 8] = [
            |entries| _ = entries.remove("id.2"),
            |entries| entries.get_mut("id.2").unwrap()[7] ^= 1,
            |entries| entries.get_mut("id.3").unwrap().truncate(10),
            |entries| entries.get_mut("id.1").unwrap().push(0),
            |entries| _ = entries.insert("id".to_owned(), format!("{MARK}\n").into_bytes()),
            |entries| _ = entries.insert("id".to_owned(), format!("{MARK}\n99999999 5000 00\n").into_bytes()),
            |entries| _ = entries.insert("id".to_owned(), format!("{MARK}\n3 18446744073709551615 00\n").into_bytes()),
            |entries| entries.get_mut("id").unwrap().truncate(60),
        ];
        for (index, harm) in harms.into_iter().enumerate() {
            let map = fresh();
            harm(&mut map.entries.borrow_mut());
            assert_eq!(load(&map, "id"), Err(VaultError::Damaged), "{index}");
        }
    }
}

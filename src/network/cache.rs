//! Answers that stay fresh, on the disk: a file for each question, for its owner alone, written as a whole or not at all.
//!
//! ```text
//! waxwing answer 1
//! 2026-06-08T12:00:00Z                      until when it is fresh
//! 9f86d081884c7d65…                         SHA-256 of the answer
//! http://crl.example.org/ca.crl             whom it came from
//! the answer's bytes
//! ```
//!
//! A file that is damaged, of another question, or over is as good as none. Nothing is believed for standing here: answers are
//! signed, and whoever uses them checks that.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use jiff::Timestamp;

use crate::crypto::{DigestAlgorithm, hex};

const FIRST_LINE: &str = "waxwing answer 1";
/// Bytes that the lines before an answer have at most.
const HEAD: u64 = 4096;

#[derive(Debug)]
pub(super) struct Cache {
    folder: PathBuf,
    /// Bytes in the folder; not known before the first file is written.
    size: Mutex<Option<u64>>,
}

impl Cache {
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), size: Mutex::default() }
    }

    fn path(&self, key: &[u8; 32]) -> PathBuf {
        self.folder.join(hex::encode(key))
    }

    /// An answer that is fresh at that time.
    pub fn get(&self, key: &[u8; 32], url: &str, now: Timestamp, limit: u64) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let limit = limit.saturating_add(HEAD);
        fs::File::open(self.path(key)).ok()?.take(limit.saturating_add(1)).read_to_end(&mut bytes).ok()?;
        if bytes.len() as u64 > limit {
            return None;
        }
        let mut rest = bytes.as_slice();
        let mut line = || {
            let end = rest.iter().position(|byte| *byte == b'\n')?;
            let (line, after) = (rest.get(..end)?, rest.get(end + 1..)?);
            rest = after;
            std::str::from_utf8(line).ok()
        };
        let right = line()? == FIRST_LINE;
        let until: Timestamp = line()?.parse().ok()?;
        let digest = hex::decode(line()?)?;
        let right = right && line()? == url && now < until;
        let head = bytes.len() - rest.len();
        if !right || DigestAlgorithm::Sha256.digest(rest) != digest {
            return None;
        }
        bytes.drain(..head);
        Some(bytes)
    }

    /// Keeps an answer. A disk that is full or must not be written to is no reason to fail: then the next one asks again.
    pub fn put(&self, key: &[u8; 32], url: &str, answer: &[u8], until: Timestamp, most: u64) {
        let head = [FIRST_LINE, &until.to_string(), &hex::encode(&DigestAlgorithm::Sha256.digest(answer)), url, ""];
        let head = head.join("\n");
        let added = (head.len() + answer.len()) as u64;
        if head.len() as u64 > HEAD || added > most {
            return;
        }
        let mut size = self.size.lock().unwrap_or_else(PoisonError::into_inner);
        let written = self.make_room(*size, added, most).and_then(|before| {
            *size = Some(before + added);
            let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
            file.write_all(head.as_bytes())?;
            file.write_all(answer)?;
            file.persist(self.path(key)).map(drop).map_err(|error| error.error)
        });
        if let Err(error) = written {
            tracing::debug!(%error, "an answer could not be kept");
        }
    }

    /// The folder's size, after enough of the oldest files were removed for one more to fit.
    fn make_room(&self, known: Option<u64>, added: u64, most: u64) -> io::Result<u64> {
        // Somebody may have cleared it away since.
        make_folder(&self.folder)?;
        if let Some(size) = known.filter(|size| size + added <= most) {
            return Ok(size);
        }
        let mut files: Vec<(SystemTime, u64, PathBuf)> = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            match entry.metadata() {
                Ok(data) if data.is_file() => files.push((data.modified()?, data.len(), entry.path())),
                Err(error) if !gone(&error) => return Err(error),
                _ => {}
            }
        }
        files.sort();
        let mut size: u64 = files.iter().map(|(_, length, _)| length).sum();
        // Some more than is needed, so that this is not done for each file.
        let enough = if size + added > most { most / 4 * 3 } else { most };
        for (_, length, path) in files {
            if size + added <= enough {
                break;
            }
            // Another program may have been faster.
            fs::remove_file(path).or_else(|error| if gone(&error) { Ok(()) } else { Err(error) })?;
            size -= length;
        }
        Ok(size)
    }
}

fn gone(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use super::*;

    const URL: &str = "http://crl.example.org/ca.crl";
    const MIB: u64 = 1 << 20;

    fn time(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// What is kept comes back while it is fresh, from the same question alone, and for nobody else on the machine.
    #[test]
    fn answers_come_back_while_they_are_fresh() {
        let home = tempfile::tempdir().unwrap();
        let cache = Cache::new(&home.path().join("a/b"));
        let until = time("2026-06-08T00:00:00Z");
        assert_eq!(cache.get(&[1; 32], URL, time("2026-06-01T00:00:00Z"), MIB), None);
        cache.put(&[1; 32], URL, b"one\n\0two", until, MIB);
        let get = |key, url, now| cache.get(&[key; 32], url, time(now), MIB);
        assert_eq!(get(1, URL, "2026-06-07T23:59:59Z").as_deref(), Some(&b"one\n\0two"[..]));
        assert_eq!(get(1, URL, "2026-06-08T00:00:00Z"), None);
        assert_eq!(get(1, "http://other.example/", "2026-06-01T00:00:00Z"), None);
        assert_eq!(get(2, URL, "2026-06-01T00:00:00Z"), None);
        assert_eq!(cache.get(&[1; 32], URL, time("2026-06-01T00:00:00Z"), 0).map(|it| it.len()), Some(8));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&cache.path(&[1; 32])), 0o600);
            assert_eq!(mode(&cache.folder), 0o700);
        }
    }

    /// A damaged file is as good as none, wherever the damage is.
    #[test]
    fn damaged_files_are_ignored() {
        let home = tempfile::tempdir().unwrap();
        let cache = Cache::new(home.path());
        cache.put(&[1; 32], URL, b"answer", time("2026-06-08T00:00:00Z"), MIB);
        let whole = fs::read(cache.path(&[1; 32])).unwrap();
        let now = time("2026-06-01T00:00:00Z");
        for length in 0..whole.len() {
            fs::write(cache.path(&[1; 32]), &whole[..length]).unwrap();
            assert_eq!(cache.get(&[1; 32], URL, now, MIB), None, "cut at {length}");
        }
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            fs::write(cache.path(&[1; 32]), bytes).unwrap();
            // A time that is another one is still a time.
            let found = cache.get(&[1; 32], URL, now, MIB);
            assert!(found.is_none() || found.as_deref() == Some(b"answer"), "{at}");
        }
        fs::write(cache.path(&[1; 32]), vec![b'a'; 8192]).unwrap();
        assert_eq!(cache.get(&[1; 32], URL, now, 6), None);
    }

    /// Who clears the folder away while a program runs loses what was kept, and nothing else.
    #[test]
    fn a_folder_that_vanishes_is_made_anew() {
        let home = tempfile::tempdir().unwrap();
        let cache = Cache::new(&home.path().join("answers"));
        let (until, now) = (time("2026-06-08T00:00:00Z"), time("2026-06-01T00:00:00Z"));
        for round in 0..3 {
            assert_eq!(cache.get(&[1; 32], URL, now, MIB), None, "{round}");
            cache.put(&[1; 32], URL, b"answer", until, MIB);
            assert_eq!(cache.get(&[1; 32], URL, now, MIB).as_deref(), Some(&b"answer"[..]), "{round}");
            fs::remove_dir_all(&cache.folder).unwrap();
        }
        // Nothing can be kept where a file stands in its place.
        fs::write(&cache.folder, b"").unwrap();
        cache.put(&[1; 32], URL, b"answer", until, MIB);
        assert_eq!(cache.get(&[1; 32], URL, now, MIB), None);
    }

    /// The folder does not grow without end: the oldest files go.
    #[test]
    fn the_folder_is_bounded() {
        let home = tempfile::tempdir().unwrap();
        let until = time("2026-06-08T00:00:00Z");
        let cache = Cache::new(home.path());
        for key in 0..40 {
            cache.put(&[key; 32], URL, &[0; 1000], until, 10_000);
        }
        // Another program does not know what the first one wrote.
        let other = Cache::new(home.path());
        other.put(&[100; 32], URL, &[0; 1000], until, 10_000);
        other.put(&[101; 32], URL, &[0; 20_000], until, 10_000);
        let size: u64 = fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum();
        assert!(size <= 10_000, "{size}");
        let now = time("2026-06-01T00:00:00Z");
        assert!(other.get(&[100; 32], URL, now, MIB).is_some() && other.get(&[101; 32], URL, now, MIB).is_none());
    }
}

//! What all vaults promise, and what may happen to the files of one.

use std::fs;
use std::path::Path;

use secrecy::SecretString;

use super::*;
use crate::crypto::KeyKind;
use crate::crypto::SignatureAlgorithm;
use crate::crypto::signature::Input;

fn key() -> (String, PrivateKey) {
    let key = PrivateKey::generate(KeyKind::P256).unwrap();
    (key_id(key.public_key()), key)
}

fn word(text: &str) -> SecretString {
    SecretString::from(text)
}

fn unlocked(folder: &Path) -> FileVault {
    let vault = FileVault::new(folder);
    vault.unlock(&word("pass phrase")).unwrap();
    vault
}

/// The file of the key with that id.
fn file(folder: &Path, id: &str) -> std::path::PathBuf {
    folder.join(format!("{id}.p8"))
}

/// Every vault gives back what it was given, under its own id only, and nothing that it was not given.
#[test]
fn stores_and_returns() {
    let folder = tempfile::tempdir().unwrap();
    let vaults: [Box<dyn Vault>; 2] = [Box::new(MemoryVault::new()), Box::new(unlocked(folder.path()))];
    for vault in vaults {
        let (id, key) = key();
        assert_eq!(vault.key(&id).err(), Some(VaultError::Missing), "{}", vault.name());
        vault.remove(&id).unwrap();
        vault.store(&id, &key).unwrap();
        vault.store(&id, &key).unwrap();
        let handle = vault.key(&id).unwrap();
        assert_eq!(handle.public_key(), key.public_key());
        let algorithm = SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha256);
        handle.sign(algorithm, Input::Message(b"text")).unwrap();
        assert_eq!(vault.export(&id).unwrap(), key.to_pkcs8().unwrap());
        let (other, _) = self::key();
        assert!(matches!(vault.store(&other, &key), Err(VaultError::Failed(_))));
        vault.remove(&id).unwrap();
        assert_eq!(vault.key(&id).err(), Some(VaultError::Missing));
        assert_eq!(handle.public_key(), key.public_key(), "a handle in use stays");
    }
}

/// A passphrase opens what it closed, in this program and the next one; another does not; without one nothing is read or written.
#[test]
fn passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("keys");
    let vault = FileVault::new(&folder);
    let (id, key) = key();
    assert!(vault.is_fresh());
    assert_eq!(vault.ready(), Err(VaultError::Locked));
    assert_eq!(vault.store(&id, &key), Err(VaultError::Locked));
    assert_eq!(vault.unlock(&word("")), Err(VaultError::WrongPassphrase), "an empty one protects nothing");
    assert!(!folder.exists());
    vault.unlock(&word("pass phrase")).unwrap();
    assert!(!vault.is_fresh());
    vault.store(&id, &key).unwrap();
    assert_eq!(vault.unlock(&word("another")), Err(VaultError::WrongPassphrase));
    vault.ready().unwrap();
    vault.lock();
    assert_eq!(vault.key(&id).err(), Some(VaultError::Locked));
    let next = FileVault::new(&folder);
    assert!(!next.is_fresh());
    assert_eq!(next.unlock(&word("pass phrase ")), Err(VaultError::WrongPassphrase));
    assert_eq!(next.key(&id).err(), Some(VaultError::Locked));
    next.unlock(&word("pass phrase")).unwrap();
    assert_eq!(next.key(&id).unwrap().public_key(), key.public_key());
}

/// Damage is never called a wrong passphrase, wherever it is.
#[test]
fn damaged_files() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (id, key) = key();
    unlocked(folder).store(&id, &key).unwrap();
    let original = fs::read(file(folder, &id)).unwrap();
    // A sample of places, the first and last ones among them; each costs a key derivation.
    let mut places: Vec<usize> = (0..original.len()).step_by(61).collect();
    places.push(original.len() - 2);
    for place in places {
        let mut bytes = original.clone();
        bytes[place] ^= 0x04;
        fs::write(file(folder, &id), &bytes).unwrap();
        // Some bytes do not matter: the public half is stored too, and computed anew.
        match unlocked(folder).key(&id) {
            Ok(found) => assert_eq!(found.public_key(), key.public_key(), "{place}"),
            Err(error) => assert_eq!(error, VaultError::Damaged, "{place}"),
        }
    }
    fs::write(file(folder, &id), &original[..original.len() / 2]).unwrap();
    assert_eq!(unlocked(folder).key(&id).err(), Some(VaultError::Damaged));

    let (other_id, other) = self::key();
    unlocked(folder).store(&other_id, &other).unwrap();
    fs::copy(file(folder, &other_id), file(folder, &id)).unwrap();
    assert_eq!(unlocked(folder).key(&id).err(), Some(VaultError::Damaged), "a key under another's name");

    let check = FileVault::new(folder).passphrase_file();
    let original = fs::read(&check).unwrap();
    // Each costs the derivations of a new file.
    for place in (0..original.len()).step_by(original.len() / 4) {
        let mut bytes = original.clone();
        bytes[place] ^= 0x04;
        fs::write(&check, &bytes).unwrap();
        let vault = unlocked(folder);
        let kept = vault.kept_aside().unwrap_or_else(|| panic!("{place}"));
        assert_eq!(fs::read(kept).unwrap(), bytes, "{place}");
        assert_eq!(vault.kept_aside(), None, "{place}: said once");
    }
    assert_eq!(unlocked(folder).kept_aside(), None, "it is whole again");
    // Somebody else's passphrase does not become the new one.
    fs::write(&check, b"").unwrap();
    assert!(!FileVault::new(folder).sets_passphrase());
    assert_eq!(FileVault::new(folder).unlock(&word("another")), Err(VaultError::WrongPassphrase));
    assert_eq!(fs::read(&check).unwrap(), b"");
    assert_eq!(unlocked(folder).key(&other_id).unwrap().public_key(), other.public_key());
    // Without it, the keys themselves say whether the passphrase is right.
    fs::remove_file(&check).unwrap();
    fs::remove_file(file(folder, &id)).unwrap();
    assert_eq!(FileVault::new(folder).unlock(&word("another")), Err(VaultError::WrongPassphrase));
    assert_eq!(unlocked(folder).key(&other_id).unwrap().public_key(), other.public_key());
    assert!(check.exists());
    // Where nothing is left that could tell the passphrase, nothing is written.
    fs::write(&check, b"").unwrap();
    fs::write(file(folder, &other_id), b"").unwrap();
    let refused = FileVault::new(folder).unlock(&word("pass phrase"));
    assert_eq!(refused, Err(VaultError::PassphraseFile(check.clone())));
    assert_eq!(fs::read(&check).unwrap(), b"");
    // Without any key there is nothing to lose: a passphrase is chosen anew, and the damaged file stays.
    fs::remove_file(file(folder, &other_id)).unwrap();
    let vault = FileVault::new(folder);
    assert!(vault.sets_passphrase() && !vault.is_fresh());
    vault.unlock(&word("another")).unwrap();
    assert!(vault.kept_aside().is_some_and(|kept| fs::read(kept).unwrap().is_empty()));
    assert!(!vault.sets_passphrase());
}

/// What a killed program leaves behind does not disturb the next one, and nothing lies open to others.
#[test]
fn half_written_files_and_modes() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("keys");
    let (id, key) = key();
    unlocked(&folder).store(&id, &key).unwrap();
    let written = fs::read(file(&folder, &id)).unwrap();
    fs::remove_file(file(&folder, &id)).unwrap();
    fs::write(folder.join(".new-1a2b3c"), &written[..100]).unwrap();
    let vault = unlocked(&folder);
    assert_eq!(vault.key(&id).err(), Some(VaultError::Missing));
    vault.store(&id, &key).unwrap();
    assert_eq!(vault.key(&id).unwrap().public_key(), key.public_key());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&file(&folder, &id)), 0o600);
        assert_eq!(mode(&vault.passphrase_file()), 0o600);
    }
}

/// An id that is a path leads nowhere.
#[test]
fn ids_are_no_paths() {
    let folder = tempfile::tempdir().unwrap();
    let vault = unlocked(folder.path());
    for id in ["", "..", "../passphrase", "/etc/passwd", &"a/".repeat(32)] {
        assert_eq!(vault.key(id).err(), Some(VaultError::Missing), "{id}");
    }
}

/// No vault shows what it holds.
#[test]
fn debug_shows_nothing() {
    let folder = tempfile::tempdir().unwrap();
    assert!(!format!("{:?}", unlocked(folder.path())).contains("pass phrase"));
    assert_eq!(format!("{:?} {:?}", MemoryVault::new(), KeyringVault::new()), "MemoryVault KeyringVault");
}

//! Keys in files under the user's passphrase, for systems without a keyring.
//!
//! One folder, one file for each key: `<id>.p8`, PKCS #8 encrypted with PBES2 (scrypt, AES-256-CBC) in PEM form, which other
//! programs read too: `openssl pkey -in <id>.p8`. The file `passphrase` tells a wrong passphrase from a damaged file: it is
//! encrypted in the same way, and its last line is the SHA-256 of what stands before. Where it is gone or damaged, the keys tell
//! the passphrase, and it is written anew; a damaged one is kept as `passphrase.damaged`.

use std::collections::HashMap;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use der::pem::{self, LineEnding};
use der::{Decode, Encode};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::super::encrypted_key::EncryptedPrivateKeyInfo;
use super::super::private_folder;
use super::{FileError, Vault, VaultError, decode, encode, lock};
use crate::crypto::{self, DigestAlgorithm, PrivateKey, PrivateKeyOperations, hex, kdf};

/// scrypt with N = 2^14, r = 8, p = 5: as much work as the usual advice asks for, in the 16 MiB beyond which OpenSSL refuses a
/// file.
const LOG_N: u8 = 14;
const PARALLELIZATION: u32 = 5;

/// The file that knows the passphrase.
const CHECK: &str = "passphrase";
/// What it encrypts.
const CHECK_TEXT: &[u8] = b"waxwing: the passphrase is right";
const CHECK_LABEL: &str = "WAXWING PASSPHRASE CHECK";
const KEY_LABEL: &str = "ENCRYPTED PRIVATE KEY";

/// More damaged files than this are not kept aside.
const MOST_ASIDE: u32 = 1000;

/// Files of a vault are small; what is larger was not written by one.
const LARGEST: u64 = 256 * 1024;

/// Keeps each key in a file under one passphrase.
pub struct FileVault {
    folder: PathBuf,
    open: Mutex<Option<Open>>,
    /// Where a damaged check file was kept.
    aside: Mutex<Option<PathBuf>>,
}

/// An unlocked vault. Dropping it wipes the passphrase, and each key when its last handle goes.
struct Open {
    passphrase: SecretString,
    keys: HashMap<String, Arc<PrivateKey>>,
}

impl std::fmt::Debug for FileVault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("FileVault").field(&self.folder).finish()
    }
}

impl FileVault {
    /// The name of its folder inside the wallet's.
    pub const FOLDER: &'static str = "keys";

    /// The vault in a folder, which is made when the first passphrase is set.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), open: Mutex::default(), aside: Mutex::default() }
    }

    /// The file that exists as soon as a passphrase was set.
    #[must_use]
    pub fn passphrase_file(&self) -> PathBuf {
        self.folder.join(CHECK)
    }

    /// Whether no passphrase was set yet: the next [`Vault::unlock`] sets it.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        !self.passphrase_file().exists() && self.keys().next().is_none()
    }

    /// Whether the next [`Vault::unlock`] sets the passphrase: there is none yet, or what tells it is damaged and there is no key.
    #[must_use]
    pub fn sets_passphrase(&self) -> bool {
        let damaged =
            || read(&self.passphrase_file()).and_then(|file| body(&file).map(drop)) == Err(VaultError::Damaged);
        self.keys().next().is_none() && (!self.passphrase_file().exists() || damaged())
    }

    /// Where the file that tells the passphrase was kept, if it was damaged and [`Vault::unlock`] made it anew; said once.
    #[must_use]
    pub fn kept_aside(&self) -> Option<PathBuf> {
        lock(&self.aside).take()
    }

    /// The files of the keys.
    fn keys(&self) -> impl Iterator<Item = PathBuf> {
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|end| end == "p8"))
    }

    fn path(&self, id: &str) -> Result<PathBuf, VaultError> {
        // An id is a hash: nothing else may become a part of a path.
        let hash = id.len() == 64 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        if hash { Ok(self.folder.join(format!("{id}.p8"))) } else { Err(VaultError::Missing) }
    }

    /// Runs `action` with the passphrase and the keys that it opened so far.
    fn opened<T>(&self, action: impl FnOnce(&mut Open) -> Result<T, VaultError>) -> Result<T, VaultError> {
        lock(&self.open).as_mut().ok_or(VaultError::Locked).and_then(action)
    }

    fn get(&self, id: &str) -> Result<Arc<PrivateKey>, VaultError> {
        let path = self.path(id)?;
        self.opened(|open| {
            if let Some(key) = open.keys.get(id) {
                return Ok(Arc::clone(key));
            }
            let info = from_pem(&read(&path)?, KEY_LABEL)?;
            // The passphrase is known to be right.
            let pkcs8 = decrypt(&open.passphrase, &info)?.ok_or(VaultError::Damaged)?;
            let key = Arc::new(decode(id, &pkcs8)?);
            open.keys.insert(id.to_owned(), Arc::clone(&key));
            Ok(key)
        })
    }

    /// Whether the passphrase is that of the check file.
    fn check(&self, passphrase: &SecretString, file: &[u8]) -> Result<(), VaultError> {
        match decrypt(passphrase, &from_pem(body(file)?.as_bytes(), CHECK_LABEL)?)? {
            Some(plain) if *plain == CHECK_TEXT => Ok(()),
            _ => Err(VaultError::WrongPassphrase),
        }
    }

    /// Whether the passphrase opens a key. Where there are none, any may be the passphrase from now on.
    fn prove(&self, passphrase: &SecretString) -> Result<(), VaultError> {
        let (mut any, mut wrong) = (false, false);
        for path in self.keys() {
            any = true;
            let opened = read(&path).and_then(|file| decrypt(passphrase, &from_pem(&file, KEY_LABEL)?));
            let id = path.file_stem().unwrap_or_default().to_string_lossy();
            match opened {
                Ok(Some(plain)) if decode(&id, &plain).is_ok() => return Ok(()),
                Ok(_) => wrong = true,
                Err(VaultError::Damaged | VaultError::Missing) => {}
                Err(error) => return Err(error),
            }
        }
        match (any, wrong) {
            (false, _) => Ok(()),
            (true, true) => Err(VaultError::WrongPassphrase),
            (true, false) => Err(VaultError::PassphraseFile(self.passphrase_file())),
        }
    }

    /// Moves the check file out of the way; it is kept under a name of its own.
    fn set_aside(&self) -> Result<(), VaultError> {
        let file = self.passphrase_file();
        for number in 1..=MOST_ASIDE {
            let end = if number == 1 { String::new() } else { format!("-{number}") };
            let kept = self.folder.join(format!("{CHECK}.damaged{end}"));
            // The empty file holds the name.
            let moved = fs::File::create_new(&kept)
                .and_then(|_| fs::rename(&file, &kept).inspect_err(|_| _ = fs::remove_file(&kept)));
            match moved {
                Ok(()) => {
                    *lock(&self.aside) = Some(kept);
                    return Ok(());
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(FileError::writing(&kept, error).into()),
            }
        }
        Err(VaultError::PassphraseFile(file))
    }

    /// Writes the check file unless there is one.
    fn set(&self, passphrase: &SecretString) -> Result<(), VaultError> {
        private_folder(&self.folder).map_err(|error| FileError::writing(&self.passphrase_file(), error))?;
        let body = to_pem(passphrase, CHECK_LABEL, CHECK_TEXT)?;
        let body = body.trim_end();
        self.write(&self.passphrase_file(), format!("{body}\n{}\n", checksum(body)).as_bytes(), false)
    }

    /// Writes a file of mode 0600 so that it is there as a whole or not at all, also after a power cut.
    fn write(&self, path: &Path, bytes: &[u8], replace: bool) -> Result<(), VaultError> {
        let write = || -> io::Result<()> {
            // Made with mode 0600.
            let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(&self.folder)?;
            file.write_all(bytes)?;
            file.as_file().sync_all()?;
            let kept = if replace { file.persist(path) } else { file.persist_noclobber(path) };
            match kept {
                Err(error) if !replace && error.error.kind() == ErrorKind::AlreadyExists => Ok(()),
                Err(error) => Err(error.error),
                Ok(_) => {
                    #[cfg(unix)]
                    fs::File::open(&self.folder)?.sync_all()?;
                    Ok(())
                }
            }
        };
        Ok(write().map_err(|error| FileError::writing(path, error))?)
    }
}

impl Vault for FileVault {
    fn name(&self) -> &'static str {
        "file"
    }

    fn ready(&self) -> Result<(), VaultError> {
        self.opened(|_| Ok(()))
    }

    fn unlock(&self, passphrase: &SecretString) -> Result<(), VaultError> {
        if passphrase.expose_secret().is_empty() {
            return Err(VaultError::WrongPassphrase);
        }
        let check = || self.check(passphrase, &read(&self.passphrase_file())?);
        match check() {
            Ok(()) => {}
            // The keys know the passphrase too.
            Err(reason @ (VaultError::Missing | VaultError::Damaged)) => {
                self.prove(passphrase)?;
                if reason == VaultError::Damaged {
                    self.set_aside()?;
                }
                self.set(passphrase)?;
                // Another program may have been faster, with another passphrase.
                check()?;
            }
            Err(error) => return Err(error),
        }
        let mut open = lock(&self.open);
        let keys = open.take().map(|open| open.keys).unwrap_or_default();
        *open = Some(Open { passphrase: passphrase.clone(), keys });
        Ok(())
    }

    fn lock(&self) {
        *lock(&self.open) = None;
    }

    fn store(&self, id: &str, key: &PrivateKey) -> Result<(), VaultError> {
        let path = self.path(id)?;
        let pkcs8 = encode(id, key)?;
        if self.get(id).is_ok() && path.exists() {
            return Ok(());
        }
        self.opened(|open| self.write(&path, to_pem(&open.passphrase, KEY_LABEL, &pkcs8)?.as_bytes(), true))
    }

    fn key(&self, id: &str) -> Result<Arc<dyn PrivateKeyOperations>, VaultError> {
        Ok(self.get(id)?)
    }

    fn remove(&self, id: &str) -> Result<(), VaultError> {
        let path = self.path(id)?;
        self.opened(|open| {
            open.keys.remove(id);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(FileError::writing(&path, error).into()),
                _ => Ok(()),
            }
        })
    }

    fn export(&self, id: &str) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        encode(id, &*self.get(id)?)
    }
}

fn checksum(body: &str) -> String {
    hex::encode(&DigestAlgorithm::Sha256.digest(body.trim_end().as_bytes()))
}

fn read(path: &Path) -> Result<Vec<u8>, VaultError> {
    match fs::metadata(path) {
        Ok(data) if data.len() > LARGEST => Err(VaultError::Damaged),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(VaultError::Missing),
        _ => Ok(fs::read(path).map_err(|error| FileError::reading(path, error))?),
    }
}

/// What of a check file stands before its checksum.
fn body(file: &[u8]) -> Result<&str, VaultError> {
    let text = std::str::from_utf8(file).map_err(|_| VaultError::Damaged)?;
    let (body, sum) = text.trim_end().rsplit_once('\n').ok_or(VaultError::Damaged)?;
    if sum.trim() == checksum(body) { Ok(body) } else { Err(VaultError::Damaged) }
}

fn from_pem(bytes: &[u8], label: &str) -> Result<EncryptedPrivateKeyInfo, VaultError> {
    match pem::decode_vec(bytes.trim_ascii()) {
        Ok((found, der)) if found == label => EncryptedPrivateKeyInfo::from_der(&der).map_err(|_| VaultError::Damaged),
        _ => Err(VaultError::Damaged),
    }
}

fn to_pem(passphrase: &SecretString, label: &str, plain: &[u8]) -> Result<String, VaultError> {
    let failed = |error: &dyn std::fmt::Display| VaultError::Failed(error.to_string());
    let parts = kdf::encrypt_with_scrypt(passphrase.expose_secret(), LOG_N, PARALLELIZATION, plain);
    let info = EncryptedPrivateKeyInfo::from_parts(parts.map_err(|error| failed(&error))?);
    let der = info.and_then(|info| info.to_der()).map_err(|error| failed(&error))?;
    pem::encode_string(label, LineEnding::LF, &der).map_err(|error| failed(&error))
}

/// The plaintext; `None` when the padding shows that the passphrase is another (or the ciphertext).
fn decrypt(
    passphrase: &SecretString,
    info: &EncryptedPrivateKeyInfo,
) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
    let plain = kdf::decrypt_with_password(
        &info.algorithm,
        passphrase.expose_secret(),
        info.encrypted.as_bytes(),
        &kdf::Limits::default(),
    );
    match plain {
        Ok(plain) => Ok(Some(plain)),
        Err(crypto::Error::Decryption) => Ok(None),
        Err(_) => Err(VaultError::Damaged),
    }
}

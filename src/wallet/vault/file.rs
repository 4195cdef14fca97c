//! Keys in files under the user's passphrase, for systems without a keyring.
//!
//! One folder, one file for each key: `<id>.p8`, PKCS #8 encrypted with PBES2 (scrypt, AES-256-CBC) in PEM form, which other
//! programs read too: `openssl pkey -in <id>.p8`. The file `passphrase` tells a wrong passphrase from a damaged file: it is
//! encrypted in the same way, and its last line is the SHA-256 of what stands before.

use std::collections::HashMap;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use der::pem::{self, LineEnding};
use der::{Decode, Encode};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::super::encrypted_key::EncryptedPrivateKeyInfo;
use super::super::private_folder;
use super::{Vault, VaultError, decode, encode, lock};
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

/// Files of a vault are small; what is larger was not written by one.
const LARGEST: u64 = 256 * 1024;

/// Keeps each key in a file under one passphrase.
pub struct FileVault {
    folder: PathBuf,
    open: Mutex<Option<Open>>,
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
        Self { folder: folder.into(), open: Mutex::new(None) }
    }

    /// The file that exists as soon as a passphrase was set.
    #[must_use]
    pub fn passphrase_file(&self) -> PathBuf {
        self.folder.join(CHECK)
    }

    /// Whether no passphrase was set yet: the next [`Vault::unlock`] sets it.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        !self.passphrase_file().exists() && self.any_key().is_none()
    }

    /// Some key's file.
    fn any_key(&self) -> Option<PathBuf> {
        let files = fs::read_dir(&self.folder).ok()?;
        files.flatten().map(|file| file.path()).find(|path| path.extension().is_some_and(|end| end == "p8"))
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
        let text = std::str::from_utf8(file).map_err(|_| VaultError::Damaged)?;
        let (body, sum) = text.trim_end().rsplit_once('\n').ok_or(VaultError::Damaged)?;
        if sum.trim() != checksum(body) {
            return Err(VaultError::Damaged);
        }
        match decrypt(passphrase, &from_pem(body.as_bytes(), CHECK_LABEL)?)? {
            Some(plain) if *plain == CHECK_TEXT => Ok(()),
            _ => Err(VaultError::WrongPassphrase),
        }
    }

    /// Writes the check file unless there is one.
    fn set(&self, passphrase: &SecretString) -> Result<(), VaultError> {
        private_folder(&self.folder)?;
        let body = to_pem(passphrase, CHECK_LABEL, CHECK_TEXT)?;
        let body = body.trim_end();
        self.write(&self.passphrase_file(), format!("{body}\n{}\n", checksum(body)).as_bytes(), false)
    }

    /// Writes a file of mode 0600 so that it is there as a whole or not at all, also after a power cut.
    fn write(&self, path: &Path, bytes: &[u8], replace: bool) -> Result<(), VaultError> {
        // Made with mode 0600.
        let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(&self.folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        let kept = if replace { file.persist(path) } else { file.persist_noclobber(path) };
        match kept {
            Err(error) if !replace && error.error.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error.error.into()),
            Ok(_) => {
                #[cfg(unix)]
                fs::File::open(&self.folder)?.sync_all()?;
                Ok(())
            }
        }
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
        if !self.passphrase_file().exists() {
            // Keys without a check file: somebody removed it. The passphrase is theirs or wrong.
            if let Some(path) = self.any_key() {
                let id = path.file_stem().unwrap_or_default().to_string_lossy();
                let plain = decrypt(passphrase, &from_pem(&read(&path)?, KEY_LABEL)?)?;
                plain.and_then(|plain| decode(&id, &plain).ok()).ok_or(VaultError::WrongPassphrase)?;
            }
            self.set(passphrase)?;
        }
        // Also after writing it: another program may have been faster, with another passphrase.
        self.check(passphrase, &read(&self.passphrase_file())?)?;
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
                Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
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
        _ => Ok(fs::read(path)?),
    }
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

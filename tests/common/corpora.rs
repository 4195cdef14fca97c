//! Third-party test data that is not part of the project.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Files that say something about a folder of messages.
pub const ABOUT: [&str; 2] = ["MANIFEST.md", "expected.tsv"];

fn base() -> PathBuf {
    std::env::var_os("WAXWING_CORPORA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora"), PathBuf::from)
}

/// A folder of the test data: below `WAXWING_CORPORA`, or `../shared/corpora` beside the project. Where it is absent the test
/// says so.
pub fn corpus(name: &str) -> Option<PathBuf> {
    present(base().join(name))
}

/// The folder with the scripts that make messages, beside the test data.
pub fn tools() -> Option<PathBuf> {
    present(base().join("../tools"))
}

fn present(folder: PathBuf) -> Option<PathBuf> {
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no test data in {} (set WAXWING_CORPORA)", folder.display());
    None
}

/// The rows of a folder's `expected.tsv` by column name.
pub fn expected(folder: &Path) -> Vec<HashMap<String, String>> {
    let text = fs::read_to_string(folder.join("expected.tsv")).unwrap();
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split('\t').collect();
    lines
        .filter(|line| !line.is_empty())
        .map(|line| names.iter().map(|name| (*name).to_owned()).zip(line.split('\t').map(str::to_owned)).collect())
        .collect()
}

/// Every file below a folder, by its path from there.
pub fn files(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for path in fs::read_dir(inner).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, path));
            }
        }
    }
    found.sort();
    found
}

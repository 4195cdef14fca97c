//! The tree stands on its own: no path of the machine it was written on, no leftover, no word that is not about Waxwing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that are not part of the source.
const SKIPPED: &[&str] = &[".git", "target", "artefacts"];

/// Beginnings of paths that exist on one machine only.
const MACHINE: &[&str] = &["/home/", "/root/", "/work/", "/workspace/", "/Users/", "C:\\Users"];

/// Words of a workplace, in lower case; the project speaks of itself alone.
const WORKPLACE: &[&str] =
    &["co-authored-by", "language model", "chatbot", "subagent", "worktree", "// todo", "# todo", "fixme", "<<<<<<<"];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match path.is_dir() {
            true if !SKIPPED.contains(&name.as_str()) => files(&path, found),
            false if !(name == ".git" || path.ends_with(file!())) => found.push(path),
            _ => {}
        }
    }
}

/// A clone works anywhere, and says nothing that a reader cannot follow.
#[test]
fn nothing_of_the_workplace_is_in_the_tree() {
    let mut found = Vec::new();
    files(Path::new(env!("CARGO_MANIFEST_DIR")), &mut found);
    assert!(found.iter().any(|file| file.ends_with("Cargo.toml")), "nothing was read");
    let mut wrong = Vec::new();
    for file in found {
        let Ok(text) = String::from_utf8(fs::read(&file).unwrap()) else { continue };
        for (number, line) in text.lines().enumerate() {
            let lower = line.to_lowercase();
            let word = MACHINE
                .iter()
                .find(|word| line.contains(**word))
                .or(WORKPLACE.iter().find(|word| lower.contains(**word)));
            if let Some(word) = word {
                wrong.push(format!("{}:{}: {word}", file.display(), number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A reader who follows a standard into the tests arrives: each file that `docs/standards.md` names is there, and each test in
/// it. A name without a file is in the file before it.
#[test]
fn tests_that_the_standards_name_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/standards.md")).unwrap();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for cell in page.lines().filter_map(|line| line.strip_suffix(" |")?.rsplit(" | ").next()) {
        let mut text = String::new();
        for name in cell.split('`').skip(1).step_by(2) {
            let (file, test) =
                name.rsplit_once("::").unwrap_or(if name.ends_with(".rs") { (name, "") } else { ("", name) });
            if !file.is_empty() {
                text = fs::read_to_string(root.join(file)).unwrap_or_default();
            }
            if text.is_empty() || !test.is_empty() && !text.contains(&format!("fn {test}(")) {
                wrong.push(name);
            }
            seen += 1;
        }
    }
    assert!(seen > 50 && wrong.is_empty(), "{seen} names; wrong: {wrong:#?}");
}

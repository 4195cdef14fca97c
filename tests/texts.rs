//! The texts of every language say the same things: equal ids, equal arguments, no empty text.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Message id (or `id.attribute`) to the arguments that its text uses.
type Texts = BTreeMap<String, BTreeSet<String>>;

/// Reads a Fluent file: `id = text`, indented continuation lines, `.attribute = text`.
fn texts(file: &str, content: &str) -> Texts {
    let mut texts = Texts::new();
    let mut id = String::new();
    let mut current = String::new();
    for (number, line) in content.lines().enumerate() {
        let place = || format!("{file}:{}", number + 1);
        let starts = line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-');
        let attribute = line.trim_start().strip_prefix('.').filter(|_| line.starts_with(' '));
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let value = if starts {
            let (name, value) = line.split_once('=').unwrap_or_else(|| panic!("{}: no `=`", place()));
            id = name.trim().to_owned();
            current.clone_from(&id);
            value
        } else if let Some((name, value)) = attribute.and_then(|line| line.split_once('=')) {
            current = format!("{id}.{}", name.trim());
            value
        } else {
            assert!(line.starts_with(' ') || line.starts_with('}'), "{}: neither a text nor its continuation", place());
            texts.get_mut(&current).unwrap().extend(arguments(line));
            continue;
        };
        assert!(texts.insert(current.clone(), arguments(value)).is_none(), "{}: `{current}` stands twice", place());
    }
    texts
}

/// The `$names` in a line.
fn arguments(line: &str) -> BTreeSet<String> {
    let name =
        |rest: &str| rest.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').next().unwrap().to_owned();
    line.split('$').skip(1).map(name).collect()
}

fn languages() -> BTreeMap<String, Texts> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("i18n");
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let language = path.file_name().unwrap().to_string_lossy().into_owned();
            let content = fs::read_to_string(path.join("waxwing.ftl")).unwrap();
            (language.clone(), texts(&language, &content))
        })
        .collect()
}

/// Nobody meets an English sentence in a German window, nor a text that drops a name or a date.
#[test]
fn every_language_has_the_same_texts_with_the_same_arguments() {
    let languages = languages();
    let english = &languages["en"];
    assert!(languages.contains_key("de"));
    for (language, texts) in &languages {
        let missing: Vec<_> = english.keys().filter(|id| !texts.contains_key(*id)).collect();
        let unknown: Vec<_> = texts.keys().filter(|id| !english.contains_key(*id)).collect();
        assert!(missing.is_empty(), "missing in {language}: {missing:?}");
        assert!(unknown.is_empty(), "in {language} but not in en: {unknown:?}");
        for (id, arguments) in texts {
            assert_eq!(arguments, &english[id], "arguments of `{id}` in {language}");
        }
    }
}

/// The reader above knows the forms that Fluent has.
#[test]
fn the_reader_knows_fluent() {
    let read = texts(
        "sample",
        "# comment\nplain = A text\nmany = { $count ->\n    [one] one from { $name }\n   *[other] { $count }\n}\n    .title = T { $x }\n",
    );
    let arguments = |id: &str| read[id].iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(read.keys().collect::<Vec<_>>(), ["many", "many.title", "plain"]);
    assert_eq!(arguments("many"), ["count", "name"]);
    assert_eq!(arguments("many.title"), ["x"]);
}

//! The shape of the source: which room may import which, where a foreign crate may be named, how long a file may be, and
//! where a lint may be silenced. `docs/architecture.md` says the same in words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each room of the library with the rooms that it may import. `room::module` opens that module alone.
const ROOMS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("asn1", &["source"]),
    ("crypto", &["source"]),
    ("mime", &["source"]),
    ("pki", &["asn1", "crypto", "mime::address", "mime::header", "source"]),
    ("cms", &["asn1", "crypto", "pki", "source"]),
    ("network", &["crypto", "pki"]),
    ("policy", &["asn1", "crypto", "mime", "network"]),
    ("wallet", &["asn1", "cms", "crypto", "mime::address", "mime::header", "pki", "source"]),
    ("smime", &["asn1", "cms", "crypto", "mime", "pki", "policy", "report", "source", "wallet"]),
    ("report", &["cms::enveloped", "policy", "text"]),
    ("text", &["mime::header", "report"]),
    ("jobs", &["cms", "crypto", "mime", "network", "pki", "policy", "report", "smime", "source", "text", "wallet"]),
];

/// Foreign crates that only some rooms name, so that they can be replaced in one place.
#[rustfmt::skip]
const CRATES: &[(&[&str], &[&str])] = &[
    (
        &[
            "aes", "aes_kw", "aws_lc_rs", "bp256", "bp384", "cbc", "cbc_mac", "chacha20", "ctr", "des", "digest", "dsa",
            "ed448_goldilocks", "ghash", "hkdf", "hmac", "md5", "ml_dsa", "ml_kem", "pbkdf2", "poly1305", "rc2", "rc4", "rsa",
            "scrypt", "sha1", "sha2", "sha3", "slh_dsa", "x448",
        ],
        &["crypto"],
    ),
    (&["flate2"], &["cms"]),
    (&["rusqlite", "keyring"], &["wallet"]),
    (&["directories"], &["network", "wallet"]),
    (&["rustls", "ureq"], &["network"]),
    (&["rustls_native_certs"], &["pki"]),
    (&["i18n_embed", "i18n_embed_fl", "rust_embed"], &["text"]),
    (&["encoding_rs", "base64_simd", "cfb", "idna", "unicode_script"], &["mime"]),
    (&["iced", "rfd", "clap", "indicatif"], &[]),
];

/// Files that name a crate of [`CRATES`] outside its rooms, with the reason.
const CRATE_EXCEPTIONS: &[(&str, &str, &str)] = &[];

/// Lines above which a file needs a reason in [`LONG_FILES`], and above which there is none.
const LONG: usize = 400;
const TOO_LONG: usize = 700;

/// Files of more than [`LONG`] lines, with the reason.
const LONG_FILES: &[(&str, &str)] = &[];

/// Lints that may be silenced anywhere in the library, when a reason is given.
const SILENCED_ANYWHERE: &[&str] = &["missing_docs"];

/// Lints that are silenced in tests.
const SILENCED_IN_TESTS: &[&str] =
    &["clippy::unwrap_used", "clippy::expect_used", "clippy::panic", "clippy::indexing_slicing"];

/// Files that are built for tests alone though their name does not say so.
const TEST_FILES: &[&str] =
    &["src/bin/waxwing/support.rs", "src/bin/waxwing/app/stage.rs", "src/bin/waxwing/app/gallery.rs"];

/// Every other silenced lint: file or folder, lint, reason.
const SILENCED: &[(&str, &str, &str)] = &[
    ("src/bin/waxwing/", "clippy::cast_precision_loss", "lengths of bars and lists on a screen"),
    ("src/bin/waxwing/", "clippy::cast_possible_truncation", "lengths of bars and lists on a screen"),
    ("src/bin/waxwing/", "clippy::cast_sign_loss", "lengths of bars and lists on a screen"),
    ("src/bin/waxwing/widget/sign.rs", "non_upper_case_globals", "one picture for each variant, named after it"),
    ("src/crypto/post_quantum/", "deprecated", "the expanded form of keys, which files have"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below `folder`, by its path from the project's root with forward slashes.
fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let path = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap()
}

/// The code without comments and without the content of string and character literals.
fn code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    let raw_string = |rest: &str| {
        let hashes = rest.strip_prefix('r')?.chars().take_while(|c| *c == '#').count();
        rest[1 + hashes..].starts_with('"').then_some(hashes)
    };
    while let Some(first) = rest.chars().next() {
        let word_before = code.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at + 2)
        } else if let Some(hashes) = raw_string(rest).filter(|_| !word_before) {
            let start = hashes + 2;
            let end = format!("\"{}", "#".repeat(hashes));
            rest[start..].find(&end).map_or(rest.len(), |at| start + at + end.len())
        } else if first == '"' {
            string_end(rest, '"')
        } else if first == '\'' && is_character(rest) {
            string_end(rest, '\'')
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        code.push(' ');
        rest = &rest[skip..];
    }
    code
}

/// Whether a quote opens a character literal rather than a lifetime.
fn is_character(rest: &str) -> bool {
    let mut chars = rest.chars().skip(1);
    match chars.next() {
        Some('\\') => true,
        Some(_) => chars.next() == Some('\''),
        None => false,
    }
}

/// Offset after the closing quote of the literal that starts the text.
fn string_end(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The identifier at the start of the text.
fn identifier(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

/// The first two path elements behind each `crate::` (groups opened), and behind each `super::…` that leaves the room.
fn imports(file: &str, code: &str) -> BTreeSet<(String, String)> {
    let squeezed: String =
        code.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ::", "::").replace(":: ", "::");
    let mut found = BTreeSet::new();
    for (at, _) in squeezed.match_indices("crate::") {
        let before = squeezed[..at].chars().next_back();
        if before.is_none_or(|c| !c.is_alphanumeric() && c != '_') {
            paths(&squeezed[at + "crate::".len()..], &mut found);
        }
    }
    // `super` climbs: as many of them as the module is deep reach the root.
    let depth = file.trim_end_matches("/mod.rs").matches('/').count();
    for (at, _) in squeezed.match_indices("super::") {
        if squeezed[..at].ends_with("super::") {
            continue;
        }
        let mut rest = &squeezed[at..];
        let mut climbed = 0;
        while let Some(next) = rest.strip_prefix("super::") {
            rest = next;
            climbed += 1;
        }
        if climbed >= depth && ROOMS.iter().any(|(room, _)| *room == identifier(rest)) {
            paths(rest, &mut found);
        }
    }
    found
}

/// Adds what a path or a `{…}` group names: the first element and the one below it.
fn paths(text: &str, found: &mut BTreeSet<(String, String)>) {
    for path in opened(text) {
        let first = identifier(path);
        let rest = path[first.len()..].strip_prefix("::").unwrap_or_default();
        if rest.starts_with('{') {
            for inner in opened(rest) {
                found.insert((first.to_owned(), identifier(inner).to_owned()));
            }
        } else {
            found.insert((first.to_owned(), identifier(rest).to_owned()));
        }
    }
}

/// The members of a `{…}` group, or the text itself where it is none.
fn opened(text: &str) -> Vec<&str> {
    let Some(group) = text.strip_prefix('{') else { return vec![text] };
    let mut members = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '}' | ',' if depth == 0 => {
                members.push(group[start..at].trim());
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    members.retain(|member| !member.is_empty());
    members
}

/// The room that a file of the library stands in; none for `lib.rs`.
fn room(file: &str) -> Option<&str> {
    let inside = file.strip_prefix("src/")?;
    if inside.starts_with("bin/") || inside == "lib.rs" {
        return None;
    }
    Some(inside.split('/').next()?.trim_end_matches(".rs"))
}

/// The arrows between the rooms go one way: what reads bytes does not know mail, what knows mail does not know the window.
#[test]
fn rooms_import_only_what_lies_below_them() {
    let allowed: BTreeMap<_, _> = ROOMS.iter().copied().collect();
    let mut wrong = Vec::new();
    for file in files("src") {
        let Some(room) = room(&file) else { continue };
        let Some(below) = allowed.get(room) else {
            wrong.push(format!("{file}: the room `{room}` is not in the table"));
            continue;
        };
        for (first, second) in imports(&file, &code(&read(&file))) {
            let full = format!("{first}::{second}");
            let exported_macro = first.starts_with("__");
            if first != room && !exported_macro && !below.contains(&first.as_str()) && !below.contains(&full.as_str()) {
                wrong.push(format!("{file}: {room} imports {full}"));
            }
        }
    }
    assert!(wrong.is_empty(), "against docs/architecture.md:\n{}", wrong.join("\n"));
}

/// The table of rooms is as small as the code: an arrow that nobody uses any more goes.
#[test]
fn every_room_of_the_table_exists() {
    let rooms: BTreeSet<_> = files("src").iter().filter_map(|file| room(file).map(str::to_owned)).collect();
    let table: BTreeSet<_> = ROOMS.iter().map(|(room, _)| (*room).to_owned()).collect();
    assert_eq!(rooms, table);
}

/// A cipher, the database, the window: each foreign crate is named where it belongs, so that it can be replaced there.
#[test]
fn foreign_crates_are_named_in_their_rooms_alone() {
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    for file in files("src") {
        let Some(room) = room(&file) else { continue };
        let code = code(&read(&file));
        for (crates, rooms) in CRATES {
            for name in crates.iter().filter(|_| !rooms.contains(&room)) {
                let named = code.match_indices(&format!("{name}::")).any(|(at, _)| {
                    let before = &code[..at];
                    let own = before.ends_with("::") || before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
                    // `use super::digest;` makes `digest::` one of ours.
                    !own && !imports_module(&code, name)
                });
                if named {
                    match CRATE_EXCEPTIONS.iter().find(|row| row.0 == file && row.1 == *name) {
                        Some(row) => _ = used.insert(*row),
                        None => wrong.push(format!("{file} names {name}")),
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "outside of their rooms:\n{}", wrong.join("\n"));
    assert_eq!(used.len(), CRATE_EXCEPTIONS.len(), "an exception is not needed any more");
}

/// Whether the file brings a module of ours with that name into scope.
fn imports_module(code: &str, name: &str) -> bool {
    code.split(';').any(|statement| {
        let statement = statement.trim_start();
        (statement.contains("use crate::") || statement.contains("use super::"))
            && statement.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
    })
}

/// A file that cannot be read in one sitting is two files.
#[test]
fn files_stay_readable() {
    let mut wrong = Vec::new();
    let mut long = BTreeSet::new();
    for file in ["src", "tests", "benches"].into_iter().flat_map(files) {
        let lines = read(&file).lines().count();
        if lines > TOO_LONG {
            wrong.push(format!("{file} has {lines} lines, more than {TOO_LONG}"));
        } else if lines > LONG {
            match LONG_FILES.iter().find(|(name, _)| *name == file) {
                Some((name, _)) => _ = long.insert(*name),
                None => wrong.push(format!("{file} has {lines} lines, more than {LONG}, without a reason here")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let table: BTreeSet<_> = LONG_FILES.iter().map(|(name, _)| *name).collect();
    assert_eq!(long, table, "a file of the table is short now");
}

/// A silenced lint is a decision: it stands in this table or follows one of two rules, and it gives its reason.
#[test]
fn lints_are_silenced_with_a_reason_only() {
    let mut wrong = Vec::new();
    let mut used: BTreeSet<&(&str, &str, &str)> = BTreeSet::new();
    for file in files("src") {
        let text = read(&file);
        let code = code(&text);
        let tests_from = if file.ends_with("tests.rs") || TEST_FILES.contains(&file.as_str()) {
            0
        } else {
            code.find("#[cfg(test)]").unwrap_or(code.len())
        };
        for attribute in ["allow(", "expect("] {
            for (at, _) in code.match_indices(attribute) {
                let opening = code[..at].trim_end();
                if !(opening.ends_with("#[") || opening.ends_with("#![") || opening.ends_with(',')) {
                    continue;
                }
                let inside = code[at + attribute.len()..].split(']').next().unwrap_or_default();
                let reason = inside.contains("reason =");
                for lint in inside.split([',', ')']).map(str::trim) {
                    if lint.is_empty() || lint.starts_with("reason") || lint.starts_with('"') {
                        continue;
                    }
                    let row = SILENCED.iter().find(|row| file.starts_with(row.0) && row.1 == lint);
                    used.extend(row);
                    let in_tests = at >= tests_from && SILENCED_IN_TESTS.contains(&lint);
                    if !reason || !(row.is_some() || in_tests || SILENCED_ANYWHERE.contains(&lint)) {
                        wrong.push(format!("{file} silences {lint}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(used.len(), SILENCED.len(), "an entry of the table is not needed any more");
}

/// The reader of imports is right about groups, comments, strings and climbing paths; else the tests above prove nothing.
#[test]
fn the_scanner_sees_what_the_compiler_sees() {
    let seen = |file: &str, text: &str| {
        imports(file, &code(text)).into_iter().map(|(a, b)| format!("{a}::{b}")).collect::<Vec<_>>()
    };
    assert_eq!(seen("src/cms/mod.rs", "use crate::{asn1, pki::Certificate};"), ["asn1::", "pki::Certificate"]);
    assert_eq!(seen("src/cms/mod.rs", "use crate::crypto::{self, kdf};"), ["crypto::kdf", "crypto::self"]);
    assert_eq!(
        seen("src/cms/mod.rs", "// crate::wallet\nlet a = \"crate::jobs\"; let b = '\"'; crate::mime::parse()"),
        ["mime::parse"]
    );
    assert_eq!(
        seen("src/cms/mod.rs", "let r = r#\"crate::jobs \" \"#; fn f<'a>(x: &'a crate::pki::Name) {}"),
        ["pki::Name"]
    );
    assert_eq!(seen("src/cms/signed.rs", "use super::super::wallet::Wallet; use super::text;"), ["wallet::Wallet"]);
    assert_eq!(seen("src/cms/signed.rs", "mod tests { use super::*; }"), Vec::<String>::new());
}

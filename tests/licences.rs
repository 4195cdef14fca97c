//! What Waxwing is built of may be passed on under its own licence: every dependency, on every platform.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeSet;

use cargo_metadata::{CargoOpt, Metadata, MetadataCommand};

/// Licences that ask for no more than a notice.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Packages under another licence, with the reason why they may be used.
const EXCEPTIONS: &[(&str, &str, &str)] =
    &[("option-ext", "MPL-2.0", "binds changes to its own few files, not the program; used by `directories`")];

/// Where packages may come from.
const SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .features(CargoOpt::AllFeatures)
        .other_options(["--locked".to_owned()])
        .exec()
        .expect("cargo metadata")
}

/// Whether an SPDX expression can be met with these licences alone. `/` is the older way to write OR.
fn met(expression: &str, allowed: &impl Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let (result, rest) = either(&words, allowed);
    result && rest.is_empty()
}

fn either<'a, 'b>(words: &'a [&'b str], allowed: &impl Fn(&str) -> bool) -> (bool, &'a [&'b str]) {
    let (mut result, mut rest) = both(words, allowed);
    while let Some(("OR", tail)) = rest.split_first().map(|(word, tail)| (*word, tail)) {
        let next = both(tail, allowed);
        (result, rest) = (result || next.0, next.1);
    }
    (result, rest)
}

fn both<'a, 'b>(words: &'a [&'b str], allowed: &impl Fn(&str) -> bool) -> (bool, &'a [&'b str]) {
    let (mut result, mut rest) = one(words, allowed);
    while let Some(("AND", tail)) = rest.split_first().map(|(word, tail)| (*word, tail)) {
        let next = one(tail, allowed);
        (result, rest) = (result && next.0, next.1);
    }
    (result, rest)
}

fn one<'a, 'b>(words: &'a [&'b str], allowed: &impl Fn(&str) -> bool) -> (bool, &'a [&'b str]) {
    match words {
        ["(", inner @ ..] => {
            let (result, rest) = either(inner, allowed);
            (result && rest.first() == Some(&")"), rest.get(1..).unwrap_or_default())
        }
        [licence, "WITH", exception, rest @ ..] => (allowed(&format!("{licence} WITH {exception}")), rest),
        [licence, rest @ ..] => (allowed(licence), rest),
        [] => (false, words),
    }
}

/// No licence that would bind the whole program, on any platform and with every feature.
#[test]
fn every_dependency_is_under_a_licence_of_the_list() {
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    for package in &metadata().packages {
        let licence = package.license.as_deref().unwrap_or("(none)");
        let exception = EXCEPTIONS.iter().find(|(name, known, _)| *name == package.name.as_str() && *known == licence);
        if let Some((name, _, _)) = exception {
            used.insert(*name);
        } else if !met(licence, &|id| ALLOWED.contains(&id)) {
            wrong.push(format!("{} {}: {licence}", package.name, package.version));
        }
    }
    assert!(wrong.is_empty(), "not in the list:\n{}", wrong.join("\n"));
    assert_eq!(used.len(), EXCEPTIONS.len(), "an exception is not needed any more");
}

/// What is built can be fetched again in ten years: published versions only, nothing from a repository or a folder.
#[test]
fn every_dependency_is_a_published_version() {
    let strays: Vec<_> = metadata()
        .packages
        .iter()
        .filter(|package| match &package.source {
            Some(source) => source.repr != SOURCE,
            None => package.name.as_str() != env!("CARGO_PKG_NAME"),
        })
        .map(|package| format!("{} from {:?}", package.name, package.source))
        .collect();
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}

/// The reader of licence expressions must not take a demand for an offer.
#[test]
fn licence_expressions_are_read_as_spdx_means_them() {
    let mit = |id: &str| id == "MIT";
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("MIT OR GPL-3.0-only", true),
        ("GPL-3.0-only/MIT", true),
        ("MIT AND GPL-3.0-only", false),
        ("MIT AND (GPL-3.0-only OR MIT)", true),
        ("(MIT OR GPL-3.0-only) AND ISC", false),
        ("GPL-3.0-only AND ISC OR MIT", true),
        ("MIT WITH Some-exception", false),
        ("", false),
        ("MIT MIT", false),
    ] {
        assert_eq!(met(expression, &mit), expected, "{expression}");
    }
}

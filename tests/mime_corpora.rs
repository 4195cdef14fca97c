//! The scanner against mail of other programs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::path::{Path, PathBuf};

use common::corpora::corpus;
use waxwing::mime::address::AddressList;
use waxwing::mime::{Defect, Entity, Limits, canonical, parse};
use waxwing::source::Source;

/// Every file below a folder whose name ends like mail.
fn mails(folder: &Path) -> Vec<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "eml") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Real mail must be read without an error, decoded to its end, and come out in canonical form.
#[test]
fn every_mail_is_read_and_written() {
    let Some(folder) = corpus("") else { return };
    let mails = mails(&folder);
    for path in &mails {
        let source = Source::open(path).unwrap();
        let entity = parse(&source, &Limits::default()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for part in entity.walk() {
            part.decoded_body(&source).len().unwrap();
            let _ = part.file_name();
            for field in &part.fields.0 {
                let _ = field.text();
            }
        }
        if let Some(from) = entity.fields.first("From") {
            let list = AddressList::parse(&from.unfolded());
            assert!(list.malformed || !list.mailboxes.is_empty(), "{}: {}", path.display(), from.unfolded());
        }
        let mut out = Vec::new();
        canonical::write_entity(&source, &entity, &canonical::Extra::default(), &mut out).unwrap();
        let again = parse(&Source::from_bytes(out), &Limits::default()).unwrap();
        assert_eq!(again.walk().count(), entity.walk().count(), "{}", path.display());
    }
    println!("{} mails", mails.len());
    assert!(mails.len() > 200);
}

/// The parts of a signed mail, outermost multipart/signed first: media types and the size of what is signed.
fn signed(entity: &Entity) -> Option<(Vec<String>, u64)> {
    let signed = entity.walk().find(|entity| entity.content_type.is("multipart", "signed"))?;
    let range = &signed.children.first()?.range;
    Some((signed.children.iter().map(|part| part.content_type.essence()).collect(), range.end - range.start))
}

/// Signed mail of many senders has its two parts, and what is signed lies between the boundaries to the byte.
#[test]
fn signed_mails_have_their_parts() {
    let Some(folder) = corpus("") else { return };
    let mut seen = 0;
    for path in mails(&folder) {
        let bytes = std::fs::read(&path).unwrap();
        let source = Source::from_bytes(bytes.clone());
        let root = parse(&source, &Limits::default()).unwrap();
        if !root.content_type.is("multipart", "signed") || root.defects.contains(&Defect::MissingFinalBoundary) {
            continue;
        }
        seen += 1;
        let (kinds, size) = signed(&root).unwrap_or_else(|| panic!("{}: no parts", path.display()));
        assert_eq!(kinds.len(), 2, "{}: {kinds:?}", path.display());
        assert!(kinds[1].ends_with("-signature"), "{}: {kinds:?}", path.display());
        // The same by looking for the boundary as text.
        let line = format!("\n--{}", root.content_type.parameter("boundary").unwrap());
        let body = root.body.start as usize - 1;
        let at = |from: usize| from + bytes[from..].windows(line.len()).position(|w| w == line.as_bytes()).unwrap();
        let first = at(body) + 1;
        let start = first + bytes[first..].iter().position(|byte| *byte == b'\n').unwrap() + 1;
        let second = at(start);
        let end = if bytes[second - 1] == b'\r' { second - 1 } else { second };
        assert_eq!(root.children[0].range, start as u64..end as u64, "{}", path.display());
        assert_eq!(size, (end - start) as u64);
    }
    println!("{seen} signed mails");
    assert!(seen > 30, "{seen}");
}

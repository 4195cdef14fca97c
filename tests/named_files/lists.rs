//! Lists of withdrawn certificates: each is read, with its issuer and the certificates that it names.

use std::path::Path;

use libtest_mimic::Trial;
use waxwing::pki::revocation::crls;
use waxwing::source::Source;

use crate::common::corpora::{corpus, files};
use crate::common::named::test;

/// Folders with lists, and how the names of these end.
const FOLDERS: &[(&str, &str)] =
    &[("rfc4134-examples", ".crl"), ("nist-pkits", ".crl"), ("bouncycastle-smime", ".crl"), ("pkcs7-misc", "_crl.p7c")];

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for (name, ending) in FOLDERS {
        let Some(folder) = corpus(name) else { continue };
        for (file, path) in files(&folder).into_iter().filter(|(file, _)| file.ends_with(ending)) {
            trials.push(test(format!("{name}/{file} (list)"), move || check(&path)));
        }
    }
    trials
}

/// It is one list of a named issuer, and not one octet of it can be missing.
fn check(path: &Path) -> Result<(), String> {
    let source = Source::open(path).unwrap();
    let lists = crls(&source, u64::MAX).map_err(|error| error.to_string())?;
    let [list] = lists.as_slice() else { return Err(format!("{} lists", lists.len())) };
    if list.issuer().is_empty() || list.next_update().is_some_and(|next| next < list.this_update()) {
        return Err(format!("{:?} {:?} {:?}", list.issuer(), list.this_update(), list.next_update()));
    }
    let cut = source.slice(0..source.len().unwrap() - 1);
    match crls(&cut, u64::MAX) {
        Err(_) => Ok(()),
        Ok(lists) => Err(format!("cut short it has {} lists", lists.len())),
    }
}

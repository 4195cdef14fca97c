//! No file of the collections is forgotten: each has a test that bears its name, here or beside, or a reason to have none.

use std::fs;
use std::path::Path;

use libtest_mimic::Trial;

use crate::common::corpora::{ABOUT, corpus, files};
use crate::common::named::test;

/// The collections that are gone through to the last file.
const FOLDERS: [&str; 12] = [
    "openssl-cms",
    "smime-rs-enc",
    "nss-smime-interop",
    "rfc4134-examples",
    "rustcrypto-cms",
    "wbond-fixtures",
    "pqc-cms",
    "p12-zoo",
    "pkcs7-misc",
    "rfc9788-header-protection",
    "protected-headers-smime",
    "mimekit-smime",
];

/// Tests that name files of the collections in tables of their own.
const BESIDE: [&str; 3] = ["encrypted_files.rs", "protected_headers.rs", "corpora"];

const SAYS: &str = "what another file of the collection says";
const STEP: &str = "a number on the way to what another file says; src/crypto/encapsulation.rs takes the standard's";
const REQUEST: &str = "a request or a public key, which no reader of mail is given";

/// Files, or the ends of their names, that have no test of their own, and why.
const WITHOUT: &[(&str, &str)] = &[
    ("rustcrypto-cms/examples_notes.txt", "about the collection"),
    ("lamps-cms-kyber/openssl.cnf", "how it was made"),
    ("lamps-cms-kyber/mldsa65RootCA.srl", "how it was made"),
    ("expected_plaintext.txt", SAYS),
    ("-signed-attrs.txt", SAYS),
    ("lamps-cms-kyber/ML-KEM-512.cms.txt", SAYS),
    ("lamps-cms-kyber/plaintext.txt", SAYS),
    ("lamps-cms-kyber/decrypted.txt", SAYS),
    ("rustcrypto-cms/data.txt", SAYS),
    // tests/protected_headers.rs holds its message to it.
    (".inner", SAYS),
    (".payload", SAYS),
    ("lamps-cms-kyber/cek.txt", STEP),
    ("lamps-cms-kyber/ciphertext.txt", STEP),
    ("lamps-cms-kyber/encrypted_cek.txt", STEP),
    ("lamps-cms-kyber/kek.txt", STEP),
    ("lamps-cms-kyber/ori_info.txt", STEP),
    ("lamps-cms-kyber/shared_secret.txt", STEP),
    ("lamps-cms-kyber/ML-KEM-512.keyid", STEP),
    ("lamps-cms-kyber/ML-KEM-512.pub", REQUEST),
    ("rustcrypto-cms/p256-pub.der", REQUEST),
    ("rustcrypto-cms/sceptest_csr.der", REQUEST),
];

/// One more test: that each file has one.
pub fn trial(named: &[Trial]) -> Trial {
    let named: Vec<String> =
        named.iter().map(|trial| trial.name().split(" (").next().unwrap_or_default().to_owned()).collect();
    test("every_file_is_named", move || {
        let beside = beside();
        let (mut wrong, mut used) = (Vec::new(), vec![false; WITHOUT.len()]);
        for folder in FOLDERS {
            let Some(path) = corpus(folder) else { return Ok(()) };
            for (file, _) in files(&path).into_iter().filter(|(file, _)| !ABOUT.contains(&file.as_str())) {
                let name = format!("{folder}/{file}");
                let has_test = named.contains(&name) || beside.contains(&format!("\"{file}\""));
                let without = WITHOUT.iter().position(|(end, _)| name.ends_with(end));
                match (has_test, without) {
                    (false, None) => wrong.push(format!("{name} has no test")),
                    (true, Some(_)) => wrong.push(format!("{name} has a test, but is listed without")),
                    (false, Some(at)) => used[at] = true,
                    (true, None) => {}
                }
            }
        }
        let unused = WITHOUT.iter().zip(used).filter(|(_, used)| !used);
        wrong.extend(unused.map(|((end, _), _)| format!("{end} is listed and not there")));
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
    })
}

/// The text of the tests beside these.
fn beside() -> String {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut text = String::new();
    for name in BESIDE {
        let path = tests.join(name);
        let of_folder = if path.is_dir() { files(&path) } else { vec![(name.to_owned(), path)] };
        text.extend(of_folder.iter().map(|(_, path)| fs::read_to_string(path).unwrap()));
    }
    text
}

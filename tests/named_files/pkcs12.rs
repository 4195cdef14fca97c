//! PKCS #12 files: each is read with its password, to as many keys and certificates as its origin counts; no other password opens
//! it, and no half of it is taken for a wrong password.

use std::fs;
use std::path::Path;

use libtest_mimic::Trial;
use secrecy::SecretString;
use waxwing::crypto::{kdf, pem};
use waxwing::wallet::pkcs12::{self, Contents, Pkcs12Error};

use crate::common::corpora::{corpus, expected, files};
use crate::common::named::{Exceptions, excepted};

const DSA: &str = "the certificates are read, its DSA key is left out with a note: nothing is signed with DSA";

const TWICE: &str = "one authority stands in it twice, and is counted once here";

/// What is not read as its origin says, or read where it says otherwise.
const EXCEPTIONS: Exceptions = &[
    ("rustcrypto/example11.pfx", "(BLAKE2b-512)", "its MAC is made with BLAKE2b, which no standard of PKCS #12 knows"),
    ("mimekit/dsa_smime.pfx", "keys=0 certs=4, expected keys=1 certs=4", DSA),
    ("p12-zoo/openssl/nomac_parse.p12", "(id-envelopedData)", "its only part is encrypted to a public key, of nobody"),
    ("p12-keystore/pbes1-keystore.p12", "keys=2 certs=4, expected keys=2 certs=5", TWICE),
    ("p12-keystore/pbes2-keystore.p12", "keys=2 certs=4, expected keys=2 certs=5", TWICE),
];

const STRUCTURE: &str = "a structure in it is another than the standard's";
const CHANGED: &str = "it was changed after it was made";
const LENGTH: &str = "the MAC's key length is missing or out of bounds";

/// Files that must not be read, and as what kind of damage: a wrong password is none of them.
const DAMAGED: &[(&str, &str)] = &[
    ("openssl/bad1.p12", STRUCTURE),
    ("openssl/bad2.p12", STRUCTURE),
    ("openssl/bad3.p12", STRUCTURE),
    ("openssl/pbmac1_256_256.bad-iter.p12", CHANGED),
    ("openssl/pbmac1_256_256.bad-key-len.p12", LENGTH),
    ("openssl/pbmac1_256_256.bad-len.p12", LENGTH),
    ("openssl/pbmac1_256_256.bad-salt-type.p12", "of the key derivation"),
    ("openssl/pbmac1_256_256.bad-salt.p12", CHANGED),
    ("openssl/pbmac1_256_256.negative-len.p12", LENGTH),
    ("openssl/pbmac1_256_256.no-len.p12", LENGTH),
    ("openssl/pbmac1_256_256.no-salt.p12", LENGTH),
    ("openssl/pbmac1_256_256.very-big-len.p12", LENGTH),
    ("openssl/pbmac1_256_256.zero-len.p12", LENGTH),
];

/// Folders of other collections with the password of their files.
const FOLDERS: &[(&str, &str)] = &[
    ("thunderbird-smime", "nss"),
    ("nss-smime-interop", "nss"),
    ("nist-pkits/pkcs12", "password"),
    ("mimekit-smime", "no.secret"),
    ("wbond-fixtures", "password123"),
    ("rustcrypto-cms", "hunter42"),
    ("protected-headers-smime", "bob"),
];

fn read(bytes: &[u8], password: &str) -> Result<Contents, Pkcs12Error> {
    pkcs12::read(bytes, &SecretString::from(password), &kdf::Limits::default())
}

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    if let Some(zoo) = corpus("p12-zoo") {
        for row in expected(&zoo) {
            let bytes = fs::read(zoo.join(&row["file"])).unwrap();
            let password = if row["password"] == "<empty>" { String::new() } else { row["password"].clone() };
            // openssl counts nothing where it does not show what there is.
            let content = row["content"].clone();
            let content = Some(content).filter(|content| content != "keys=0 certs=0");
            let open = row["protection (openssl -info)"] == "no MAC or not shown | clear or n/a";
            let damage = DAMAGED.iter().find(|(file, _)| *file == row["file"]).map(|(_, damage)| *damage);
            assert_eq!(damage.is_some(), row["expected"].starts_with("reject"), "{}", row["file"]);
            trials.push(excepted(format!("p12-zoo/{}", row["file"]), EXCEPTIONS, move || match damage {
                Some(damage) => damaged(&bytes, &password, damage),
                None => good(&bytes, &password, content.as_deref(), open),
            }));
        }
    }
    for (name, password) in FOLDERS {
        let Some(folder) = corpus(name) else { continue };
        for (file, path) in files(&folder) {
            if file.ends_with(".p12") || file.ends_with(".pfx") {
                let password = if file.contains("blank") || file.starts_with("notmuch/") { "" } else { password };
                trials.push(other(format!("{name}/{file}"), &path, password));
            }
        }
    }
    if let Some(folder) = corpus("rfc9216-lamps") {
        for name in ["alice", "bob", "carlos", "dana"] {
            trials.push(other(format!("rfc9216-lamps/{name}.p12"), &folder.join(format!("{name}.p12")), name));
        }
    }
    trials
}

fn other(name: String, path: &Path, password: &str) -> Trial {
    let (bytes, password) = (fs::read(path).unwrap(), password.to_owned());
    let block = pem::text(&bytes).and_then(|text| pem::blocks(&text).next()?.decode().ok());
    let bytes = block.map_or(bytes, |block| block.to_vec());
    excepted(name, EXCEPTIONS, move || good(&bytes, &password, None, false))
}

/// A file that must not be read, for a reason that is none of the password's.
fn damaged(bytes: &[u8], password: &str, damage: &str) -> Result<(), String> {
    match read(bytes, password) {
        Err(Pkcs12Error::Damaged(found)) if found == damage => Ok(()),
        Err(error) => Err(error.to_string()),
        Ok(contents) => Err(format!("it is read: {}", counted(&contents))),
    }
}

fn counted(contents: &Contents) -> String {
    let with = contents.keys.iter().filter(|entry| entry.certificate.is_some()).count();
    format!("keys={} certs={}", contents.keys.len(), with + contents.certificates.len())
}

fn good(bytes: &[u8], password: &str, expected: Option<&str>, open: bool) -> Result<(), String> {
    let contents = read(bytes, password).map_err(|error| error.to_string())?;
    let found = counted(&contents);
    if contents.keys.is_empty() && contents.certificates.is_empty() {
        return Err("it is empty".to_owned());
    }
    if expected.is_some_and(|expected| expected != found) {
        return Err(format!("{found}, expected {}", expected.unwrap_or_default()));
    }
    for entry in &contents.keys {
        let again = entry.key.to_pkcs8().and_then(|pkcs8| waxwing::crypto::PrivateKey::from_pkcs8(&pkcs8));
        if again.is_err() {
            return Err("a key of it cannot be kept".to_owned());
        }
    }
    match read(bytes, "not the password") {
        Err(Pkcs12Error::WrongPassword) => {}
        // Nothing in it is protected.
        Ok(_) if open => {}
        other => return Err(format!("with a wrong password: {:?}", other.map(|it| counted(&it)))),
    }
    for (what, cut) in [("half of it", bytes.len() / 2), ("all but its end", bytes.len() - 1)] {
        match read(&bytes[..cut], password) {
            Err(Pkcs12Error::Damaged(_)) => {}
            other => return Err(format!("{what}: {:?}", other.map(|it| counted(&it)))),
        }
    }
    Ok(())
}

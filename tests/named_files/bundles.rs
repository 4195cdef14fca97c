//! Certificates alone and in bundles: each is read, and the kind of its key is known.

use std::fs;
use std::path::Path;

use libtest_mimic::Trial;
use waxwing::crypto::KeyKind;
use waxwing::pki::bundle;

use crate::common::corpora::{corpus, files};
use crate::common::named::{Exceptions, excepted};

const DH: &str = "a Diffie-Hellman key, which nobody has in a certificate for mail any more";

const EXCEPTIONS: Exceptions = &[
    ("openssl-cms/smime-certs/smdh.pem", DH),
    ("mimekit-smime/smdh.pem", DH),
    ("openssl-cms/cms_data/dh-cert.pem", DH),
    ("openssl-cms/smime-certs/smec2.pem", "a curve over a binary field, which nobody uses for mail"),
    ("mimekit-smime/smec2.pem", "a curve over a binary field, which nobody uses for mail"),
    ("pkcs7-misc/boringssl/openssl_crl.p7c", "a list of withdrawn certificates alone"),
];

/// Folders, and how the names of the files with certificates end.
const FOLDERS: &[(&str, &[&str])] = &[
    ("pkcs7-misc", &["cert.pem", "cert2.pem", "ca.pem", ".p7c", ".p7b"]),
    ("rfc9216-lamps", &["crt.pem"]),
    ("openssl-cms", &["smime-certs/", "-cert.pem", "root-ed25519.pem", "pkitsta.pem"]),
    ("pqc-cms", &["ta.der", "ML-KEM-512.pem", "mldsa65RootCA.pem"]),
    ("rfc4134-examples", &[".cer"]),
    ("rustcrypto-cms", &[".crt", ".p7b", "cert.pem", "rsa_cert.der", "Test1EE.pem", "CACert.pem"]),
    ("wbond-fixtures", &[".crt"]),
    ("bouncycastle-smime", &[".crt", "cert.pem"]),
    ("mimekit-smime", &[".crt", "smroot.pem", "smdsa1.pem", "smdh.pem", "smec1.pem", "smec2.pem", "smrsa1.pem"]),
    ("nist-pkits", &[".crt"]),
    ("mozilla-email-roots", &["email-roots.pem", "server-only.pem"]),
];

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for (name, endings) in FOLDERS {
        let Some(folder) = corpus(name) else { continue };
        for (file, path) in files(&folder) {
            let fits = |ending: &&str| file.ends_with(ending) || (ending.ends_with('/') && file.starts_with(ending));
            if endings.iter().any(&fits)
                && !["badrsa.pem", "smdsap.pem"].iter().any(|other| file.ends_with(other))
                && !file.ends_with("-key.pem")
            {
                trials.push(excepted(format!("{name}/{file} (certificates)"), &[], {
                    let excepted = EXCEPTIONS.iter().any(|(known, _)| format!("{name}/{file}") == **known);
                    move || match (check(&path), excepted) {
                        (Ok(()), true) => Err("it passes, but is an exception".to_owned()),
                        (Err(error), false) => Err(error),
                        _ => Ok(()),
                    }
                }));
            }
        }
    }
    trials
}

fn check(path: &Path) -> Result<(), String> {
    let certificates = bundle::certificates(&fs::read(path).unwrap()).map_err(|error| error.to_string())?;
    for certificate in &certificates {
        let kind = KeyKind::of(certificate.public_key());
        // The parameters of a DSA key may stand in its issuer's certificate.
        kind.map(|_| ()).map_err(|error| format!("{}: {error}", certificate.subject()))?;
    }
    Ok(())
}

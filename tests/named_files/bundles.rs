//! Certificates alone and in bundles: each is read, and the kind of its key is known.

use std::fs;
use std::path::Path;

use libtest_mimic::Trial;
use waxwing::crypto::KeyKind;
use waxwing::pki::bundle;

use crate::common::corpora::{corpus, files};
use crate::common::named::{Exceptions, excepted};

const DH: &str = "a Diffie-Hellman key, which nobody has in a certificate for mail any more";

const BINARY: &str = "a curve over a binary field, which nobody uses for mail";
const NONE: &str = "no certificate";

const EXCEPTIONS: Exceptions = &[
    ("openssl-cms/smime-certs/smdh.pem (certificates)", "Diffie-Hellman", DH),
    ("mimekit-smime/smdh.pem (certificates)", "Diffie-Hellman", DH),
    ("openssl-cms/cms_data/dh-cert.pem (certificates)", "Diffie-Hellman", DH),
    ("openssl-cms/smime-certs/smec2.pem (certificates)", "sect283k1", BINARY),
    ("mimekit-smime/smec2.pem (certificates)", "sect283k1", BINARY),
    ("openssl-cms/pkcs7_data/grfc.out (certificates)", "GOST", "a key of GOST R 34.10, which is not built in"),
    ("pkcs7-misc/boringssl/openssl_crl.p7c (certificates)", NONE, "a list of withdrawn certificates alone"),
    ("openssl-cms/smime-certs/smdsap.pem (certificates)", NONE, "parameters of DSA alone"),
    ("mimekit-smime/smdsap.pem (certificates)", NONE, "parameters of DSA alone"),
];

/// Folders, and how the names of the files with certificates end.
const FOLDERS: &[(&str, &[&str])] = &[
    ("pkcs7-misc", &["cert.pem", "cert2.pem", "ca.pem", ".p7c", ".p7b"]),
    ("rfc9216-lamps", &["crt.pem"]),
    ("openssl-cms", &["smime-certs/", "-cert.pem", "root-ed25519.pem", "pkitsta.pem", "grfc.out"]),
    ("pqc-cms", &["ta.der", "ML-KEM-512.pem", "mldsa65RootCA.pem"]),
    ("rfc4134-examples", &[".cer"]),
    (
        "rustcrypto-cms",
        &[".crt", ".p7b", "cert.pem", "rsa_cert.der", "Test1EE.pem", "CACert.pem", "selfsigned.pem", "-key.der"],
    ),
    ("wbond-fixtures", &[".crt"]),
    ("bouncycastle-smime", &[".crt", "cert.pem"]),
    ("mimekit-smime", &[".crt", ".pem"]),
    ("protected-headers-smime", &[".crt", "sample-ca.pem"]),
    ("nist-pkits", &[".crt"]),
    ("mozilla-email-roots", &["email-roots.pem", "server-only.pem"]),
];

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for (name, endings) in FOLDERS {
        let Some(folder) = corpus(name) else { continue };
        for (file, path) in files(&folder) {
            let fits = |ending: &&str| file.ends_with(ending) || (ending.ends_with('/') && file.starts_with(ending));
            if endings.iter().any(&fits) && !file.ends_with("-key.pem") {
                trials.push(excepted(format!("{name}/{file} (certificates)"), EXCEPTIONS, move || check(&path)));
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

//! Certificates and bundles as many programs wrote them, whole and cut, are read or refused, never worse.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use waxwing::crypto::pem;
use waxwing::pki::Certificate;
use waxwing::pki::bundle::{self, BundleError};

mod common;

use common::corpora::corpus;

/// Files that hold no certificate that can be read, and why.
const REFUSED: &[(&str, &str)] = &[("pkcs7-misc/boringssl/openssl_crl.p7c", "lists of withdrawn certificates alone")];

/// Every file of a folder and the folders below.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

/// What the parts of a certificate say must come out of any certificate.
fn ask(certificate: &Certificate) {
    let der = certificate.der();
    for part in [certificate.tbs(), certificate.issuer_der(), certificate.subject_der(), certificate.serial()] {
        assert!(!part.is_empty() && der.windows(part.len()).any(|window| window == part));
    }
    let shown = format!(
        "{} {} {} {} {} {} {:?}",
        certificate.subject(),
        certificate.issuer(),
        certificate.name(),
        certificate.issuer_name(),
        certificate.serial_hex(),
        certificate.fingerprint(),
        certificate.key_usage(),
    );
    assert!(!certificate.name().is_empty() && !shown.chars().any(char::is_control), "{shown:?}");
    let answers =
        (certificate.is_ca(), certificate.can_sign(), certificate.can_encrypt(), certificate.is_weakly_signed());
    assert!(!(answers.0 && answers.2), "an authority is no recipient");
}

/// All that is called a certificate is read, but for what the table names; everything else does not make the reader panic.
#[test]
fn every_file() {
    let Some(folder) = corpus("") else { return };
    let mut read = 0;
    let mut wrong = Vec::new();
    for file in files(&folder) {
        let name = file.strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(&file).unwrap();
        let found = bundle::certificates(&bytes);
        let promised = ["crt", "cer", "p7b", "p7c"].iter().any(|end| name.ends_with(&format!(".{end}")))
            || String::from_utf8_lossy(&bytes).contains("-----BEGIN CERTIFICATE-----");
        let excused = REFUSED.iter().any(|(refused, _)| *refused == name);
        match found {
            Ok(certificates) => {
                certificates.iter().for_each(ask);
                read += certificates.len();
                if excused {
                    wrong.push(format!("{name}: read after all"));
                }
            }
            Err(error) if promised && !excused => wrong.push(format!("{name}: {error}")),
            Err(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(read > 700, "{read}");
}

/// A bundle that ends early is damaged or has nothing in it, wherever it ends.
#[test]
fn cut_anywhere() {
    let Some(folder) = corpus("nist-pkits") else { return };
    let whole = fs::read(folder.join("certs/TrustAnchorRootCertificate.crt")).unwrap();
    for cut in 0..whole.len() {
        assert!(bundle::certificates(&whole[..cut]).is_err(), "{cut}");
        assert!(Certificate::from_der(&whole[..cut]).is_err(), "{cut}");
    }
    let behind = [&whole[..], b"x"].concat();
    assert!(Certificate::from_der(&behind).is_err());
    let second = bundle::certificates(&behind).unwrap_err();
    assert!(matches!(second, BundleError::Damaged { number: 2, .. }), "{second}");
    assert_eq!(bundle::certificates(&[whole.clone(), whole.clone(), b"\r\n".to_vec()].concat()).unwrap().len(), 2);
    let text = String::from_utf8_lossy(&whole).into_owned();
    assert_eq!(pem::blocks(&text).count(), 0);
}

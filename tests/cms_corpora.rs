//! CMS structures by many programs: each is read, or ends in an error, and the good ones hold.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::corpora::corpus;
use common::mail;
use waxwing::asn1::Limits;
use waxwing::cms::signed::Digests;
use waxwing::cms::{Content, SignatureProblem, SignedData, read};
use waxwing::crypto::{PrivateKey, kdf, pem};
use waxwing::pki::Certificate;
use waxwing::source::Source;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// The DER in a file, out of PEM if need be.
fn der(path: &Path) -> Vec<u8> {
    let bytes = fs::read(path).unwrap();
    let block = std::str::from_utf8(&bytes).ok().and_then(|text| pem::blocks(text).next()?.decode().ok());
    block.map_or(bytes, |block| block.to_vec())
}

fn content_of(path: &Path) -> Content {
    read(&Source::from_bytes(der(path)), &Limits::default()).unwrap()
}

fn signed(path: &Path) -> SignedData {
    match content_of(path) {
        Content::Signed(signed) => signed,
        other => panic!("{}: {other:?}", path.display()),
    }
}

/// What each signer gives, over the content inside or `detached`.
fn verify(signed: &SignedData, detached: Option<&[u8]>, more: &[Certificate]) -> Vec<Result<(), SignatureProblem>> {
    let content = signed.content.clone().or_else(|| detached.map(Source::from_bytes)).unwrap();
    let digests = Digests::compute(&signed.digests, |out| content.copy_to(out).map(|_| ())).unwrap();
    let check = |signature: &waxwing::cms::Signature| {
        let mut known = signed.certificates.iter().chain(more);
        let certificate = known.find(|certificate| signature.signer.matches(certificate));
        let certificate = certificate.ok_or(SignatureProblem::MissingCertificate)?;
        signature.verify(certificate, &signed.content_type, &digests).map(|_| ())
    };
    signed.signers.iter().map(check).collect()
}

/// No file of the collections, whole or cut in half, makes the reader fall over or read without end.
#[test]
fn every_structure_ends_in_an_answer() {
    let (mut read_well, mut refused) = (0, 0);
    for name in ["openssl-cms", "rustcrypto-cms", "wbond-fixtures", "rfc4134-examples", "pqc-cms", "pkcs7-misc"] {
        let Some(folder) = corpus(name) else { continue };
        for file in files(&folder) {
            let bytes = der(&file);
            for bytes in [&bytes[..bytes.len() / 2], &bytes] {
                match read(&Source::from_bytes(bytes), &Limits::default()) {
                    Ok(Content::Signed(signed)) => {
                        verify(&signed, Some(b""), &[]);
                        read_well += 1;
                    }
                    Ok(Content::Enveloped(enveloped)) => {
                        for recipient in &enveloped.recipients {
                            let limits = kdf::Limits { iterations: 10_000, ..kdf::Limits::default() };
                            let key = recipient.unwrap_with_password("password", 16, &limits);
                            let _ = key.map(|key| enveloped.open(&key).map(|plain| plain.len()));
                            assert!(!recipient.algorithm.is_empty());
                        }
                        read_well += 1;
                    }
                    Ok(Content::Compressed(compressed)) => {
                        let _ = compressed.open(1 << 20).map(|content| content.len());
                        read_well += 1;
                    }
                    Ok(Content::Digested(digested)) => {
                        let content = digested.content.clone().unwrap_or_else(|| Source::from_bytes([]));
                        let _ = digested.holds(&content);
                        read_well += 1;
                    }
                    Ok(Content::Encrypted(_) | Content::Data(_) | Content::Other(_)) => read_well += 1,
                    Err(_) => refused += 1,
                }
            }
        }
    }
    println!("{read_well} read, {refused} refused");
}

/// The examples of RFC 4134: RSA signatures with SHA-1 and MD5 hold, and DSA with SHA-1.
#[test]
fn rfc4134_examples() {
    let Some(folder) = corpus("rfc4134-examples") else { return };
    let content = fs::read(folder.join("ExContent.bin")).unwrap();
    let extra = Certificate::from_der(&der(&folder.join("AliceRSASignByCarl.cer"))).unwrap();
    for (file, detached) in [("4.2.bin", None), ("4.3.bin", Some(&content[..])), ("4.5.bin", None)] {
        let signed = signed(&folder.join(file));
        let results = verify(&signed, detached, std::slice::from_ref(&extra));
        println!("{file}: {results:?}");
        assert_eq!(results, [Ok(())], "{file}");
    }
    let mut opened = 0;
    for file in ["5.1.bin"] {
        let Content::Enveloped(enveloped) = content_of(&folder.join(file)) else { panic!("{file}") };
        let cipher = enveloped.algorithm.as_ref().unwrap().cipher;
        let key = PrivateKey::from_any(&fs::read(folder.join("BobPrivRSAEncrypt.pri")).unwrap()).unwrap();
        for recipient in &enveloped.recipients {
            let content_key = recipient.unwrap_key(&key, cipher.key_len()).unwrap();
            assert_eq!(enveloped.open(&content_key).unwrap().read_all(1000).unwrap(), content, "{file}");
            opened += 1;
        }
    }
    assert_eq!(opened, 1);
}

/// What openssl's own tests say of its malformed structures.
#[test]
fn openssl_examples() {
    let Some(folder) = corpus("openssl-cms") else { return };
    for file in ["cms_data/bad_signtime_attr.cms", "cms_data/no_md_attr.cms"] {
        let path = folder.join(file);
        for result in verify(&signed(&path), Some(b""), &[]) {
            assert!(matches!(result, Err(SignatureProblem::Attributes(_))), "{file}: {result:?}");
        }
    }
    let mail = fs::read(folder.join("cms_data/ciphertext_from_1_1_1.cms")).unwrap();
    let bytes = mail::cms_of(&mail::canonical(&mail));
    let Ok(Content::Enveloped(enveloped)) = read(&Source::from_bytes(bytes), &Limits::default()) else {
        panic!("not encrypted")
    };
    let key = PrivateKey::from_any(&fs::read(folder.join("smime-certs/smec3.pem")).unwrap()).unwrap();
    let cipher = enveloped.algorithm.as_ref().unwrap().cipher;
    let opened = enveloped.recipients.iter().filter_map(|recipient| recipient.unwrap_key(&key, cipher.key_len()).ok());
    let opened: Vec<_> = opened.map(|key| enveloped.open(&key).unwrap()).collect();
    assert_eq!(opened.len(), 1);
}

/// Password recipients by another program, and good signatures by several.
#[test]
fn structures_by_other_programs() {
    if let Some(folder) = corpus("rustcrypto-cms") {
        let Content::Enveloped(enveloped) = content_of(&folder.join("enveloped_data_pwri.bin")) else {
            panic!("not encrypted")
        };
        let cipher = enveloped.algorithm.as_ref().unwrap().cipher;
        let limits = kdf::Limits::default();
        let key = enveloped.recipients[0].unwrap_with_password("password", cipher.key_len(), &limits).unwrap();
        let plain = enveloped.open(&key).unwrap().read_all(100_000).unwrap();
        assert_eq!(plain, fs::read(folder.join("data.txt")).unwrap());
        let kinds: Vec<_> = files(&folder)
            .iter()
            .filter_map(|file| match read(&Source::from_bytes(der(file)), &Limits::default()) {
                Ok(Content::Enveloped(enveloped)) => Some((file.clone(), enveloped)),
                _ => None,
            })
            .flat_map(|(file, it)| it.recipients.into_iter().map(move |recipient| (file.clone(), recipient.kind)))
            .collect();
        assert!(kinds.len() >= 10, "{kinds:?}");
    }
    if let Some(folder) = corpus("wbond-fixtures") {
        let mut held = 0;
        for file in files(&folder.join("asn1crypto")) {
            let Ok(Content::Signed(signed)) = read(&Source::from_bytes(der(&file)), &Limits::default()) else {
                continue;
            };
            if signed.content.is_some() {
                let results = verify(&signed, None, &[]);
                println!("{}: {results:?}", file.display());
                held += results.iter().filter(|result| result.is_ok()).count();
            }
        }
        assert!(held > 0);
    }
}

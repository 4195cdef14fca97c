//! Post-quantum signatures in CMS: ML-DSA and SLH-DSA of OpenSSL hold and lead to their anchor, with the names that reports have;
//! the examples of RFC 9882 hold for the key of RFC 9881.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use libtest_mimic::Trial;
use waxwing::asn1::{self, tlv};
use waxwing::cms::signed::Digests;
use waxwing::cms::{Content, read};
use waxwing::crypto::{MlDsa, PrivateKey, pem};
use waxwing::pki::create;
use waxwing::source::Source;

use crate::common::cli::Cli;
use crate::common::corpora::{corpus, expected};
use crate::common::named::test;

pub fn trials() -> Vec<Trial> {
    let Some(folder) = corpus("pqc-cms") else { return Vec::new() };
    let rows = expected(&folder).into_iter().filter(|row| row["operation"].starts_with("verify"));
    let make = |row: std::collections::HashMap<String, String>| {
        let (file, folder) = (row["file"].clone(), folder.clone());
        let name = format!("pqc-cms/{file}");
        match file.starts_with("ossl35/") {
            true => test(name, move || of_openssl(&folder, &file)),
            false => test(name, move || of_the_standard(&folder.join(&file))),
        }
    };
    rows.map(make).collect()
}

/// Signature and certificate of OpenSSL 3.5, with the name of the algorithm as it stands in the file's name.
fn of_openssl(folder: &Path, file: &str) -> Result<(), String> {
    let mut words = Cli::new("verify --offline --no-builtin-roots --trust").arg(folder.join("ossl35/ta.der"));
    words = words.arg(folder.join(file));
    let report = words.reports().remove(0);
    let name = file.trim_start_matches("ossl35/").split("-2.16").next().unwrap_or_default();
    let said = ["integrity", "trust", "algorithm"].map(|field| report.text(&format!("/layers/0/signers/0/{field}")));
    if said != ["intact", "anchored", name] {
        return Err(format!("{said:?}: {}", report.0));
    }
    // One bit of the content, which stands in it as it is.
    let mut bytes = fs::read(folder.join(file)).unwrap();
    let text = b"Attack at dawn!";
    let at = bytes.windows(text.len()).position(|window| window == text).ok_or("no content in it")?;
    bytes[at] ^= 1;
    let changed = crate::common::folder();
    let path: PathBuf = changed.path().join("changed.p7m");
    fs::write(&path, bytes).unwrap();
    let report = Cli::new("verify --offline --no-builtin-roots").arg(&path).reports().remove(0);
    match report.text("/layers/0/signers/0/integrity") {
        "altered" => Ok(()),
        other => Err(format!("changed, but {other}")),
    }
}

/// RFC 9882 appendix B, whose key is the one of RFC 9881 appendix C: made of a seed that counts from 0 to 31.
fn of_the_standard(path: &Path) -> Result<(), String> {
    let text = fs::read_to_string(path).unwrap();
    let der = pem::blocks(&text).next().ok_or("no PEM block")?.decode().map_err(|error| error.to_string())?;
    let read = read(&Source::from_bytes(der.to_vec()), &asn1::Limits::default()).map_err(|error| error.to_string())?;
    let Content::Signed(signed) = read else { return Err("no SignedData".to_owned()) };
    let content = signed.content.clone().ok_or("no content")?;
    let digests = Digests::compute(&signed.digests, |out| content.copy_to(out).map(|_| ())).unwrap();
    let signature = signed.signers.first().ok_or("no signer")?;
    let set = MlDsa::from_oid(signature.algorithm.oid).ok_or("no ML-DSA")?;
    let seed: Vec<u8> = (0..32).collect();
    let oid = der::Encode::to_der(&set.oid()).unwrap();
    let pkcs8 = tlv(0x30, &[&[2, 1, 0], &tlv(0x30, &[&oid]), &tlv(4, &[&tlv(0x80, &[&seed])])]);
    let key = PrivateKey::from_pkcs8(&pkcs8).map_err(|error| error.to_string())?;
    let certificate = create::self_signed(&key, "LAMPS", "lamps@example.org", Timestamp::now(), 1);
    let certificate = certificate.map_err(|error| error.to_string())?;
    let verified = signature.verify(&certificate, &signed.content_type, &digests);
    verified.map(|_| ()).map_err(|problem| format!("{problem:?}"))
}

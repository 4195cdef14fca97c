//! Keys and certificates of MimeKit's tests, as they are imported; and its file with mixed line ends.

use std::fs;

use crate::cli;
use crate::common::cli::file;
use crate::common::corpora::{corpus, expected};
use crate::common::{folder, mail};

/// Files that are no identity for us, with what is said.
const REFUSED: &[(&str, &str)] = &[];

/// Every .pfx comes into a wallet of its own, with its chain; of DSA the certificate alone, as no key of it is used.
#[test]
fn mimekit_identities() {
    let Some(data) = corpus("mimekit-smime") else { return };
    for row in expected(&data).iter().filter(|row| row["operation"].starts_with("import pfx")) {
        let name = row["file"].as_str();
        let folder = folder();
        let home = folder.path().to_string_lossy().into_owned();
        let wallet = |words: &str| {
            let words = format!("wallet --wallet {home}/wallet --vault file {words}");
            cli(&words, &data, "no.secret").env("WAXWING_PASSPHRASE", "a passphrase")
        };
        let output = wallet(&format!("import {{}}/{name}")).run();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let listed = String::from_utf8(wallet("list").run().stdout).unwrap();
        match REFUSED.iter().find(|row| row.0 == name) {
            None => {
                assert!(output.status.success(), "{name}: {said}");
                assert!(!listed.trim().is_empty(), "{name}");
                wallet("check").ok();
            }
            Some((_, word)) => {
                assert_eq!(output.status.code(), Some(1), "{name}: {said}");
                assert!(said.contains(word), "{name}: {said}");
            }
        }
    }
}

/// A signature over a text whose line ends are mixed holds on the way that mail takes, and its bytes come back.
#[test]
fn mimekit_mixed_line_ends() {
    let Some(data) = corpus("mimekit-smime") else { return };
    let folder = folder();
    let body = fs::read(data.join("octet-stream-with-mixed-line-endings.dat")).unwrap();
    let header = format!(
        "From: rsa@mimekit.net\r\nTo: rsa@mimekit.net\r\nDate: {}\r\nMIME-Version: 1.0\r\nContent-Type: application/octet-stream\r\n\
         Content-Transfer-Encoding: binary\r\n\r\n",
        mail::date()
    );
    let path = file(folder.path(), "m.eml", &[header.as_bytes(), &body].concat());
    for words in ["", "--opaque"] {
        let report = cli(&format!("sign --p12 {{}}/rsa/smime.pfx {words}"), &data, "no.secret").arg(&path).report();
        let signed = report.text("/output").to_owned();
        assert!(!signed.is_empty(), "{}", report.0);
        let seen = cli("verify", &data, "").arg(&signed).report();
        assert_eq!(seen.integrity(), ["intact"], "{words}: {:?}", seen.findings());
        let attachments = seen.0["attachments"].as_array().unwrap();
        assert_eq!(attachments.len(), 1, "{words}: {}", seen.0);
        assert_eq!(attachments[0]["size"], body.len(), "{words}: binary content keeps its line ends");
    }
}

//! The matrix that NSS makes for Thunderbird's tests: {SHA-1, SHA-256} × {opaque, clear} × {plain, encrypted, nested}.

use crate::common::cli::Report;
use crate::common::corpora::{corpus, expected};
use crate::common::mail;
use crate::{cli, contains, is_green, look, open, said};

/// Valid for all certificates of the set.
const AT: &str = "--at 2026-06-01T00:00:00Z";

/// File, signature, privacy, layers; and where Thunderbird says otherwise, why Waxwing does not.
type Row = (&'static str, &'static str, &'static str, &'static str, Option<&'static str>);

const C: &str = "clear-signed";
const O: &str = "opaque-signed";
const E: &str = "enveloped";
const CBC: &str = "opened-unauthenticated";

const NESTED: Option<&str> = Some(
    "Thunderbird speaks for the outermost signer alone; here Alice signed what Dave sends, and the worst layer counts",
);
const INNERMOST: Option<&str> =
    Some("Thunderbird speaks for the innermost signature alone; here the outer one, which does not hold, counts too");

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("smime/alice.env.eml", "unsigned", CBC, E, None),
    ("smime/alice.dsig.SHA1.multipart.bad.eml", "altered", "none", C, None),
    ("smime/alice.dsig.SHA1.multipart.env.eml", "weak", "opened", "enveloped clear-signed", None),
    ("smime/alice.dsig.SHA1.multipart.eml", "weak", "none", C, None),
    ("smime/alice.dsig.SHA1.multipart.mismatch-econtent.eml", "altered", "none", C, None),
    ("smime/alice.dsig.SHA256.multipart.bad.eml", "altered", "none", C, None),
    ("smime/alice.dsig.SHA256.multipart.eml", "verified", "none", C, None),
    ("smime/alice.future.dsig.SHA256.multipart.eml", "verified", "none", C,
        Some("the Date field, which nobody signed, is six hours after the signing time; that is no forgery")),
    ("smime/alice.dsig.SHA256.multipart.env.eml", "verified", "opened", "enveloped clear-signed", None),
    ("smime/alice.dsig.SHA256.multipart.mismatch-econtent.eml", "altered", "none", C, None),
    ("smime/alice.sig.SHA1.opaque.eml", "weak", "none", O, None),
    ("smime/alice.sig.SHA1.opaque.env.eml", "weak", "opened", "enveloped opaque-signed", None),
    ("smime/alice.sig.SHA256.opaque.eml", "verified", "none", O, None),
    ("smime/alice.sig.SHA256.opaque.env.eml", "verified", "opened", "enveloped opaque-signed", None),
    ("smime/alice.env.sig.SHA1.opaque.eml", "weak", CBC, "opaque-signed enveloped", None),
    ("smime/alice.env.dsig.SHA1.multipart.eml", "altered", CBC, "clear-signed enveloped", None),
    ("smime/alice.env.sig.SHA256.opaque.eml", "verified", CBC, "opaque-signed enveloped", None),
    ("smime/alice.env.dsig.SHA256.multipart.eml", "altered", CBC, "clear-signed enveloped", None),
    ("smime-manual/alice.dsig.SHA256.multipart.env.dsig.eml", "altered", "opened", "clear-signed enveloped clear-signed", INNERMOST),
    ("smime-manual/outer-smime-bad-sig-inner-smime-enc.eml", "altered", CBC, "clear-signed enveloped", None),
    ("smime/alice.env.sig.SHA1.opaque.dave.sig.SHA1.opaque.eml", "other-signer", CBC, "opaque-signed opaque-signed enveloped", None),
    ("smime/alice.env.dsig.SHA1.multipart.dave.sig.SHA1.opaque.eml", "other-signer", CBC, "opaque-signed clear-signed enveloped", None),
    ("smime/alice.env.sig.SHA256.opaque.dave.sig.SHA256.opaque.eml", "other-signer", CBC, "opaque-signed opaque-signed enveloped", NESTED),
    ("smime/alice.env.dsig.SHA256.multipart.dave.sig.SHA256.opaque.eml", "other-signer", CBC, "opaque-signed clear-signed enveloped", None),
    ("smime/alice.plain.sig.SHA1.opaque.dave.sig.SHA1.opaque.eml", "other-signer", "none", "opaque-signed opaque-signed", None),
    ("smime/alice.plain.dsig.SHA1.multipart.dave.sig.SHA1.opaque.eml", "other-signer", "none", "opaque-signed clear-signed", None),
    ("smime/alice.plain.sig.SHA256.opaque.dave.sig.SHA256.opaque.eml", "other-signer", "none", "opaque-signed opaque-signed", NESTED),
    ("smime/alice.plain.dsig.SHA256.multipart.dave.sig.SHA256.opaque.eml", "other-signer", "none", "opaque-signed clear-signed", None),
    ("smime/alice.plain.sig.SHA1.opaque.dave.dsig.SHA1.multipart.eml", "other-signer", "none", "clear-signed opaque-signed", None),
    ("smime/alice.plain.dsig.SHA1.multipart.dave.dsig.SHA1.multipart.eml", "other-signer", "none", "clear-signed clear-signed", None),
    ("smime/alice.plain.sig.SHA256.opaque.dave.dsig.SHA256.multipart.eml", "other-signer", "none", "clear-signed opaque-signed", None),
    ("smime/alice.plain.dsig.SHA256.multipart.dave.dsig.SHA256.multipart.eml", "other-signer", "none", "clear-signed clear-signed", None),
    ("smime-interop/fran-oaep_ossl.env", "unsigned", "opened-weak", E, None),
    ("smime-interop/fran-oaep-label_ossl.env", "unsigned", CBC, E, None),
    ("smime-interop/fran-oaep-sha256hash_ossl.env", "unsigned", CBC, E, None),
    ("smime-interop/fran-oaep-sha256hash-sha256mgf_ossl.env", "unsigned", CBC, E, None),
    ("smime-interop/fran-ec_ossl-aes128-sha256.env", "unsigned", CBC, E, None),
    ("smime-interop/fran-ec_ossl-aes256-sha512.env", "unsigned", CBC, E, None),
    ("browser/alice.dsig.SHA256.multipart.in.mixed.eml", "partly-signed", "none", C, None),
    // Encrypted parts beside text that is not: each stands for itself, and the message was not encrypted.
    ("browser/multipart-alternative.eml", "unsigned", "none", "enveloped enveloped", None),
    ("browser/nested-sigs.eml", "altered", "none", "clear-signed clear-signed", None),
];

const KEYS: &str =
    "--p12 {}/smime/Bob.p12 --p12 {}/smime/Fran.p12 --p12 {}/smime/Fran-ec.p12 --trust {}/smime/TestCA.pem";

/// Whether this is what Thunderbird expects: good is green, bad is not, what decrypts is opened.
fn agrees(theirs: &str, report: &Report) -> bool {
    let opened = report.privacy().starts_with("opened");
    (!theirs.contains("sig-good") || report.signature() == "verified")
        && (!theirs.contains("sig-bad") || !is_green(report.signature()))
        && (!theirs.contains("decrypt-ok") || opened)
}

/// Every message of the set, layer by layer, beside what Thunderbird says.
#[test]
fn thunderbird_matrix() {
    let Some(folder) = corpus("thunderbird-smime") else { return };
    let files: Vec<_> = ROWS.iter().map(|row| row.0).collect();
    let reports = look(cli(&format!("verify {AT} {KEYS}"), &folder, "nss"), &folder, &files);
    let origin = expected(&folder);
    let mut wrong = Vec::new();
    for ((file, signature, privacy, kinds, reason), report) in ROWS.iter().zip(&reports) {
        if said(report) != (signature, privacy, (*kinds).to_owned()) {
            wrong.push(format!("{file}: {:?}, expected {signature} {privacy} {kinds}", said(report)));
        }
        let row = origin.iter().find(|row| row["file"] == *file).unwrap();
        let theirs = &row["expected_by_thunderbird"];
        if agrees(theirs, report) == reason.is_some() {
            wrong.push(format!("{file}: Thunderbird says {theirs}; the reason in the table is {reason:?}"));
        }
    }
    for row in &origin {
        assert!(files.contains(&row["file"].as_str()), "{} is not in the table", row["file"]);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The signers of nested messages have their own verdicts: Dave's holds whatever Alice's is worth.
#[test]
fn nested_signers_stand_for_themselves() {
    let Some(folder) = corpus("thunderbird-smime") else { return };
    let files: Vec<_> = ROWS.iter().map(|row| row.0).filter(|file| file.contains(".dave.")).collect();
    let reports = look(cli(&format!("verify {AT} {KEYS}"), &folder, "nss"), &folder, &files);
    assert_eq!(files.len(), 12);
    for (file, report) in files.iter().zip(reports) {
        let signers = report.signers();
        let outer = if file.contains("SHA1") { "weak" } else { "verified" };
        // Alice signed other line ends than mail has; inside Dave's structure they are as she left them.
        let inner = "other-signer";
        let found = [0, 1].map(|at| (signers[at]["name"].as_str().unwrap(), signers[at]["verdict"].as_str().unwrap()));
        assert_eq!(found, [("Dave", outer), ("Alice", inner)], "{file}");
    }
}

/// What is in the encrypted messages arrives, without their bait.
#[test]
fn thunderbird_texts() {
    let Some(folder) = corpus("thunderbird-smime") else { return };
    let texts: Vec<(String, String)> = expected(&folder)
        .into_iter()
        .filter(|row| row["operation"].starts_with("decrypt") && row["note"].contains("text must contain: "))
        .map(|row| (row["file"].clone(), row["note"].rsplit("text must contain: ").next().unwrap().trim().to_owned()))
        .collect();
    assert!(texts.len() > 10);
    let files: Vec<_> = texts.iter().map(|(file, _)| file.as_str()).collect();
    for ((file, text), found) in
        texts.iter().zip(open(cli(&format!("decrypt {AT} {KEYS}"), &folder, "nss"), &folder, &files))
    {
        let found = found.unwrap_or_else(|error| panic!("{file}: {error}"));
        // A signature inside is kept, and an opaque one holds the text.
        let opaque = contains(&found, "signed-data").then(|| mail::cms_of(&mail::canonical(&found)));
        assert!(contains(opaque.as_ref().unwrap_or(&found), text), "{file}: {}", String::from_utf8_lossy(&found));
    }
}

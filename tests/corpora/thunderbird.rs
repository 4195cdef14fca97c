//! The matrix that NSS makes for Thunderbird's tests: {SHA-1, SHA-256} × {opaque, clear} × {plain, encrypted, nested}.

use std::path::Path;

use libtest_mimic::Trial;

use crate::common::cli::Report;
use crate::common::corpora::{corpus, expected};
use crate::common::{mail, named};
use crate::{Beside, cli, contains, is_green, look, open, said, same, trials as trials_of};

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
    // These its list leaves out.
    ("smime/alice.html.sig.SHA1.opaque.eml", "weak", "none", O, None),
    ("smime/alice.html.sig.SHA1.opaque.env.eml", "weak", "opened", "enveloped opaque-signed", None),
    ("smime/alice.html.sig.SHA256.opaque.eml", "verified", "none", O, None),
    ("smime/alice.html.sig.SHA256.opaque.env.eml", "verified", "opened", "enveloped opaque-signed", None),
    // An OpenPGP signature around an encrypted part: it is no signature of S/MIME, and the part stands beside it.
    ("smime-manual/outer-pgp-sig-inner-smime-enc.eml", "unsigned", "none", E, None),
    ("smime-manual/outer-pgp-sig-inner-smime-enc-sig.eml", "unsigned", "none", E, None),
    // What the messages were made of: entities without the fields of a message, so that nobody is the sender.
    ("smime/alice.dsig.SHA1.multipart", "sender-unclear", "none", C, None),
    ("smime/alice.dsig.SHA1.multipart.env", "unsigned", "locked", E, None),
    ("smime/alice.dsig.SHA1.multipart.mismatch-econtent", "altered", "none", C, None),
    ("smime/alice.dsig.SHA256.multipart", "sender-unclear", "none", C, None),
    ("smime/alice.dsig.SHA256.multipart.env", "unsigned", "locked", E, None),
    ("smime/alice.dsig.SHA256.multipart.mismatch-econtent", "altered", "none", C, None),
    ("smime/alice.mime", "unsigned", "none", "", None),
    ("smime/alice.mime.dsig.SHA1", "unreadable", "none", C, None),
    ("smime/alice.mime.dsig.SHA256", "unreadable", "none", C, None),
    ("smime/alice.mime.env", "unsigned", "locked", E, None),
    ("smime/alice.sig.SHA1.opaque", "sender-unclear", "none", O, None),
    ("smime/alice.sig.SHA1.opaque.env", "unsigned", "locked", E, None),
    ("smime/alice.sig.SHA256.opaque", "sender-unclear", "none", O, None),
    ("smime/alice.sig.SHA256.opaque.env", "unsigned", "locked", E, None),
    ("smime/alice.textplain", "unsigned", "none", "", None),
    ("smime/alice.textplain.sig.SHA1", "sender-unclear", "none", O, None),
    ("smime/alice.textplain.sig.SHA256", "sender-unclear", "none", O, None),
];

const BESIDE: Beside = &[
    ("*.p12", "keys: tests/named_files looks at each"),
    ("smime/TestCA.pem", "the authority"),
    ("*.txt", "about the set"),
    ("smime/README.md", "about the set"),
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

pub fn trials() -> Vec<Trial> {
    let origin = corpus(SET).map(|folder| expected(&folder)).unwrap_or_default();
    let nested = ROWS.iter().map(|row| row.0).filter(|file| file.contains(".dave."));
    let nested = nested.map(|file| named::asserting(format!("{SET}/{file} (signers)"), move || signers(file)));
    let texts = origin.into_iter().filter_map(|row| {
        let text = row["note"].split("text must contain: ").nth(1)?.trim().to_owned();
        let file = row["file"].clone();
        let decrypts = row["operation"].starts_with("decrypt");
        decrypts.then(|| named::test(format!("{SET}/{file} (text)"), move || arrives(&file, &text)))
    });
    trials_of(SET, ROWS, |row| row.0, BESIDE, check).into_iter().chain(nested).chain(texts).collect()
}

const SET: &str = "thunderbird-smime";

fn report(folder: &Path, file: &str) -> Report {
    look(cli(&format!("verify {AT} {KEYS}"), folder, "nss"), folder, &[file]).remove(0)
}

/// A message, layer by layer, beside what Thunderbird says.
fn check(folder: &Path, (file, signature, privacy, kinds, reason): &Row) -> Result<(), String> {
    let report = report(folder, file);
    same(&said(&report), &(*signature, *privacy, (*kinds).to_owned()), &report)?;
    let origin = expected(folder);
    let theirs = origin.iter().find(|row| row["file"] == *file).map_or("", |row| &row["expected_by_thunderbird"]);
    match agrees(theirs, &report) == reason.is_none() {
        true => Ok(()),
        false => Err(format!("Thunderbird says {theirs}; the reason in the table is {reason:?}")),
    }
}

/// The signers of nested messages have their own verdicts: Dave's holds whatever Alice's is worth.
fn signers(file: &str) {
    let Some(folder) = corpus(SET) else { return };
    let report = report(&folder, file);
    let signers = report.signers();
    let outer = if file.contains("SHA1") { "weak" } else { "verified" };
    // Alice signed other line ends than mail has; inside Dave's structure they are as she left them.
    let inner = "other-signer";
    let found = [0, 1].map(|at| (signers[at]["name"].as_str().unwrap(), signers[at]["verdict"].as_str().unwrap()));
    assert_eq!(found, [("Dave", outer), ("Alice", inner)]);
}

/// What is in an encrypted message arrives, without its bait.
fn arrives(file: &str, text: &str) -> Result<(), String> {
    let Some(folder) = corpus(SET) else { return Ok(()) };
    let found = open(cli(&format!("decrypt {AT} {KEYS}"), &folder, "nss"), &folder, &[file]).remove(0)?;
    // A signature inside is kept, and an opaque one holds the text.
    let opaque = contains(&found, "signed-data").then(|| mail::cms_of(&mail::canonical(&found)));
    match contains(opaque.as_ref().unwrap_or(&found), text) {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&found).into_owned()),
    }
}

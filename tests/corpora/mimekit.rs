//! Keys and certificates of MimeKit's tests, as they are imported and used, what its authorities withdraw, and its file with mixed
//! line ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use libtest_mimic::Trial;
use tempfile::TempDir;

use crate::common::cli::file;
use crate::common::corpora::{corpus, expected};
use crate::common::{folder, installed, mail, named, program, run};
use crate::{Beside, cli, same, trials as trials_of};

const SET: &str = "mimekit-smime";
const PASSWORD: &str = "no.secret";

/// Who signs: the file, an address in From, more words for `verify`, its verdict where nothing is known of withdrawals, and where
/// MimeKit's authorities withdrew what its tests say. All words name the lists of [`Authorities`] as `[]`.
struct Row(&'static str, &'static str, &'static str, &'static str, &'static str);

/// All lists, of which nothing may be missing.
const LISTS: &str =
    "--revocation require --crl []/certificate-authority.crl --crl []/intermediate1.crl --crl []/intermediate2.crl";

const CHAIN: &str = "--cert []/chain.pem";

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row("rsa/smime.pfx", "rsa@mimekit.net", "", "verified", "verified"),
    Row("nochain/smime.pfx", "nochain@mimekit.net", "", "unknown-issuer", "unknown-issuer"),
    Row("revoked/smime.pfx", "revoked@mimekit.net", "", "verified", "revoked"),
    Row("revokednochain/smime.pfx", "revokednochain@mimekit.net", CHAIN, "verified", "revoked"),
    // Somebody below it, made here: MimeKit has nobody there.
    Row("revoked-intermediate.pfx", "below@mimekit.net", "", "verified", "revoked"),
];

const BESIDE: Beside = &[
    ("*.pem", "keys and certificates: tests/named_files looks at each"),
    ("*.key", "a key of the file beside it"),
    ("*.crt", "certificates of a message that is not in the set"),
    ("certificate-authority.pfx", "the authority itself"),
    ("intermediate1.pfx", "an authority, no person"),
    ("intermediate2.pfx", "an authority, no person"),
    ("dsa/smime.pfx", "of DSA no key is used: the certificate alone is imported"),
    ("octet-stream-with-mixed-line-endings.dat", "a text that is signed below"),
];

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    if installed("openssl") {
        trials = trials_of(SET, ROWS, |row| row.0, BESIDE, check);
    }
    let rows = corpus(SET).map(|data| expected(&data)).unwrap_or_default();
    for row in rows.into_iter().filter(|row| row["operation"].starts_with("import pfx")) {
        let file = row["file"].clone();
        trials.push(named::asserting(format!("{SET}/{file} (import)"), move || is_imported(&file)));
    }
    trials.push(named::asserting(format!("{SET}/octet-stream-with-mixed-line-endings.dat"), mixed_line_ends));
    trials
}

/// Lists of MimeKit's authorities, which its tests make anew each time, and somebody below the one that was withdrawn.
struct Authorities(TempDir);

impl Authorities {
    fn get(data: &Path) -> &'static Path {
        static AUTHORITIES: OnceLock<Authorities> = OnceLock::new();
        AUTHORITIES.get_or_init(|| Self::make(data)).0.path()
    }

    fn make(data: &Path) -> Self {
        let folder = folder();
        let own = folder.path();
        let openssl = |words: &str| {
            let words = words.replace("{}", &data.to_string_lossy());
            run(&mut program("openssl", own, &words), b"").unwrap_or_else(|error| panic!("{error}"))
        };
        let pfx = |file: &str, more: &str, out: &str| {
            openssl(&format!("pkcs12 -legacy -in {{}}/{file} -passin pass:{PASSWORD} {more} -out {out}"));
        };
        // Their serial numbers.
        let withdrawn = [
            ("certificate-authority", "4D941C56B6E893FF", ""),
            ("intermediate1", "", ""),
            ("intermediate2", "2A1113FF32CCC697", "1FF8B2CBA23C6AAB"),
        ];
        for (name, first, second) in withdrawn {
            let lines = [first, second].into_iter().filter(|serial| !serial.is_empty());
            let lines = lines.map(|serial| format!("R\t361231000000Z\t250101000000Z\t{serial}\tunknown\t/CN=x\n"));
            fs::write(own.join(format!("{name}.txt")), lines.collect::<String>()).unwrap();
            let conf =
                format!("[ca]\ndefault_ca=a\n[a]\ndatabase={name}.txt\ndefault_md=sha256\ndefault_crl_days=30\n");
            fs::write(own.join(format!("{name}.conf")), conf).unwrap();
            pfx(&format!("{name}.pfx"), "-clcerts -nokeys", &format!("{name}.pem"));
            openssl(&format!(
                "ca -config {name}.conf -gencrl -cert {name}.pem -keyfile {{}}/{name}.key -out {name}.crl"
            ));
        }
        pfx("rsa/smime.pfx", "-cacerts -nokeys", "chain.pem");
        pfx("revoked-intermediate.pfx", "-nodes", "issuer.pem");
        fs::write(own.join("below.ext"), "keyUsage=digitalSignature\nsubjectAltName=email:below@mimekit.net\n")
            .unwrap();
        openssl("req -newkey rsa:2048 -nodes -keyout below.key -subj /CN=Below -out below.csr");
        openssl(
            "x509 -req -in below.csr -CA issuer.pem -CAkey issuer.pem -set_serial 7 -days 30 -extfile below.ext -out below.pem",
        );
        openssl(&format!(
            "pkcs12 -export -in below.pem -inkey below.key -certfile issuer.pem -passout pass:{PASSWORD} -out below.p12"
        ));
        Self(folder)
    }
}

/// What is said of a message that is signed with these keys, without lists and with all of them.
fn check(data: &Path, Row(file, address, more, alone, listed): &Row) -> Result<(), String> {
    let lists = Authorities::get(data);
    let own = folder();
    let header = format!("From: {address}\r\nDate: {}\r\nMIME-Version: 1.0\r\n", mail::date());
    let letter = write(own.path(), &[header.as_bytes(), mail::TEXT.as_bytes()].concat());
    let here = |words: &str| words.replace("[]", &lists.to_string_lossy());
    let keys = if file.starts_with("revoked-intermediate") { here("[]/below.p12") } else { format!("{{}}/{file}") };
    let signed = cli(&format!("sign --p12 {keys}"), data, PASSWORD).arg(&letter).report();
    let signed = signed.text("/output").to_owned();
    for (words, expected) in [("", alone), (LISTS, listed)] {
        let words = here(&format!("verify {more} {words} --trust []/certificate-authority.pem"));
        let report = cli(&words, data, "").arg(&signed).report();
        same(&report.signature(), expected, &report)?;
    }
    Ok(())
}

fn write(folder: &Path, bytes: &[u8]) -> PathBuf {
    file(folder, "m.eml", bytes)
}

/// A .pfx comes into a wallet of its own, with its chain; of DSA the certificate alone, as no key of it is used.
fn is_imported(name: &str) {
    let Some(data) = corpus(SET) else { return };
    let folder = folder();
    let home = folder.path().to_string_lossy().into_owned();
    let wallet = |words: &str| {
        let words = format!("wallet --wallet {home}/wallet --vault file {words}");
        cli(&words, &data, PASSWORD).env("WAXWING_PASSPHRASE", "a passphrase")
    };
    wallet(&format!("import {{}}/{name}")).ok();
    let listed = String::from_utf8(wallet("list").ok().stdout).unwrap();
    assert!(!listed.trim().is_empty());
    wallet("check").ok();
}

/// A signature over a text whose line ends are mixed holds on the way that mail takes, and its bytes come back.
fn mixed_line_ends() {
    let Some(data) = corpus(SET) else { return };
    let folder = folder();
    let body = fs::read(data.join("octet-stream-with-mixed-line-endings.dat")).unwrap();
    let header = format!(
        "From: rsa@mimekit.net\r\nTo: rsa@mimekit.net\r\nDate: {}\r\nMIME-Version: 1.0\r\nContent-Type: application/octet-stream\r\n\
         Content-Transfer-Encoding: binary\r\n\r\n",
        mail::date()
    );
    let path = write(folder.path(), &[header.as_bytes(), &body].concat());
    for words in ["", "--opaque"] {
        let report = cli(&format!("sign --p12 {{}}/rsa/smime.pfx {words}"), &data, PASSWORD).arg(&path).report();
        let signed = report.text("/output").to_owned();
        assert!(!signed.is_empty(), "{}", report.0);
        let seen = cli("verify", &data, "").arg(&signed).report();
        assert_eq!(seen.integrity(), ["intact"], "{words}: {:?}", seen.findings());
        let attachments = seen.0["attachments"].as_array().unwrap();
        assert_eq!(attachments.len(), 1, "{words}: {}", seen.0);
        assert_eq!(attachments[0]["size"], body.len(), "{words}: binary content keeps its line ends");
    }
}

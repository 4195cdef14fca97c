//! One named test for each encrypted, compressed or digested file of other programs. They are no part of the project; where they
//! are absent the tests say so.
//!
//! Every row says what Waxwing says, exactly; where that is less than opening a file for which the key is at hand, it gives the
//! reason.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use common::corpora::{corpus, expected, files};
use common::named;
use jiff::Timestamp;
use libtest_mimic::Trial;
use secrecy::{SecretSlice, SecretString};
use waxwing::asn1;
use waxwing::cms::{self, Content};
use waxwing::crypto::{PrivateKeyOperations, hex, kdf, pem};
use waxwing::jobs::{Desk, Given, Progress};
use waxwing::policy::{NetworkPolicy, Policy};
use waxwing::source::Source;
use waxwing::wallet::{Wallet, import};

/// What a file is expected to give.
#[derive(Clone, Copy)]
enum Expect {
    /// Privacy, and what the content starts with.
    Opens(&'static str, &'static str),
    /// Privacy and a finding, and why nothing is opened.
    Stays(&'static str, &'static str, &'static str),
}
use Expect::{Opens, Stays};

/// Folder, file, what is given (`key FILE`, `p12 FILE PASSWORD`, `password WORD`, `secret HEX`), and what comes of it.
struct Row(&'static str, &'static str, &'static str, Expect);

const CBC: &str = "opened-unauthenticated";
const WEAK: &str = "opened-weak";
const SAMPLE: &str = "This is some sample content.";
const ENCAPSULATED: &str = "This is the message to encapsulate in PKCS#7/CMS";
const FRAN: &str = "This is a test message to Fran.";
const LOREM: &str = "Lorem ipsum dolor sit amet, consectetur adipiscing elit";
const FIXTURE: &str = "OpenSSL-generated test fixture";
const NO_KEY: &str = "its private key is not published";
const DRAFT: &str = "ML-KEM as a draft had it, with another identifier";

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row("openssl-cms", "cms_data/ciphertext_from_1_1_1.cms", "key smime-certs/smec3.pem", Opens(WEAK, "")),
    Row("openssl-cms", "cms_data/ecdh-malformed.der", "key cms_data/ecdh-key.pem", Stays("locked", "no-key", "its recipient is malformed")),
    Row("openssl-cms", "cms-msg/enveloped-content-type-for-aes-gcm.pem", "key smime-certs/smrsa1.pem", Stays("locked", "no-key", NO_KEY)),
    Row("openssl-cms", "cmsapi_data/encryptedData.der", "", Stays("locked", "needs-secret-key", NO_KEY)),
    Row("smime-rs-enc", "test_encrypted_gcm256.eml", "key test_rsa.key", Opens("opened", FIXTURE)),
    Row("smime-rs-enc", "test_encrypted_ecdh_p384.eml", "key test_p384.key", Opens(CBC, FIXTURE)),
    Row("smime-rs-enc", "test_encrypted_oaep512.eml", "key test_rsa.key", Opens(CBC, FIXTURE)),
    Row("nss-smime-interop", "fran-ec_ossl-aes128-sha256.env", "p12 Fran-ec.p12 nss", Opens(CBC, FRAN)),
    Row("nss-smime-interop", "fran-ec_ossl-aes256-sha512.env", "p12 Fran-ec.p12 nss", Opens(CBC, FRAN)),
    Row("nss-smime-interop", "fran-oaep-label_ossl.env", "p12 Fran.p12 nss", Opens(CBC, FRAN)),
    Row("nss-smime-interop", "fran-oaep-sha256hash-sha256mgf_ossl.env", "p12 Fran.p12 nss", Opens(CBC, FRAN)),
    Row("nss-smime-interop", "fran-oaep-sha256hash_ossl.env", "p12 Fran.p12 nss", Opens(CBC, FRAN)),
    Row("nss-smime-interop", "fran-oaep_ossl.env", "p12 Fran.p12 nss", Opens(WEAK, FRAN)),
    Row("rfc4134-examples", "3.1.bin", "", Opens("none", SAMPLE)),
    Row("rfc4134-examples", "5.1.bin", "key BobPrivRSAEncrypt.pri", Opens(WEAK, SAMPLE)),
    Row("rfc4134-examples", "5.3.eml", "key BobPrivRSAEncrypt.pri", Opens(WEAK, SAMPLE)),
    Row("rfc4134-examples", "7.1.bin", "secret 737c791f25ead0e04629254352f7dc6291e5cb26917ada32", Opens(WEAK, SAMPLE)),
    Row("rustcrypto-cms", "enveloped_data_ktri.bin", "", Stays("locked", "no-key", NO_KEY)),
    Row("rustcrypto-cms", "enveloped_data_kari.bin", "", Stays("locked", "no-key", NO_KEY)),
    Row("rustcrypto-cms", "enveloped_data_pwri.bin", "password password", Opens(CBC, LOREM)),
    Row("rustcrypto-cms", "enveloped_data_multi.bin", "password password", Opens(CBC, LOREM)),
    Row("rustcrypto-cms", "enveloped_data_kekri.bin", "", Stays("locked", "needs-secret-key", NO_KEY)),
    Row("rustcrypto-cms", "compressed_data.bin", "", Opens("none", LOREM)),
    Row("rustcrypto-cms", "digested_data.bin", "", Opens("none", LOREM)),
    Row("rustcrypto-cms", "encrypted_data.bin", "", Stays("locked", "needs-secret-key", NO_KEY)),
    Row("rustcrypto-cms", "keyEncryptedData.bin", "", Stays("damaged", "unsupported-algorithm", "it is encrypted as in PKCS #12")),
    Row("rustcrypto-cms", "scep_der.bin", "", Stays("locked", "no-key", NO_KEY)),
    Row("rustcrypto-cms", "kms_ciphertext_for_recipient_1.ber", "", Stays("locked", "no-key", NO_KEY)),
    Row("rustcrypto-cms", "kms_ciphertext_for_recipient_2.ber", "", Stays("locked", "no-key", NO_KEY)),
    Row("rustcrypto-cms", "kms_ciphertext_for_recipient_3.ber", "", Stays("locked", "no-key", NO_KEY)),
    Row("rustcrypto-cms", "kms_ciphertext_for_recipient_4.ber", "", Stays("locked", "no-key", NO_KEY)),
    Row("rustcrypto-cms", "1.3.6.1.4.1.22554.5.6.1_ML-KEM-512-ipd_kemri_auth.der", "", Stays("locked", "unsupported-algorithm", DRAFT)),
    Row("rustcrypto-cms", "1.3.6.1.4.1.22554.5.6.1_ML-KEM-512-ipd_kemri_id-alg-hkdf-with-sha256.der", "", Stays("locked", "unsupported-algorithm", DRAFT)),
    Row("rustcrypto-cms", "1.3.6.1.4.1.22554.5.6.1_ML-KEM-512-ipd_kemri_ukm.der", "", Stays("locked", "unsupported-algorithm", DRAFT)),
    Row("wbond-fixtures", "asn1crypto/cms-compressed.der", "", Opens("none", ENCAPSULATED)),
    Row("wbond-fixtures", "asn1crypto/cms-compressed.pem", "", Opens("none", ENCAPSULATED)),
    Row("wbond-fixtures", "asn1crypto/cms-encrypted.der", "", Stays("locked", "needs-secret-key", NO_KEY)),
    Row("wbond-fixtures", "asn1crypto/cms-encrypted.pem", "", Stays("locked", "needs-secret-key", NO_KEY)),
    Row("wbond-fixtures", "asn1crypto/cms-enveloped.der", "key asn1crypto/test.key", Opens(WEAK, ENCAPSULATED)),
    Row("wbond-fixtures", "asn1crypto/cms-enveloped.pem", "key asn1crypto/test.key", Opens(WEAK, ENCAPSULATED)),
    Row("wbond-fixtures", "asn1crypto/message.der", "", Opens("none", ENCAPSULATED)),
    Row("pqc-cms", "lamps-cms-kyber/ML-KEM-512.cms", "key lamps-cms-kyber/ML-KEM-512-both.priv", Opens("opened", "Hello, world!")),
    Row("pqc-cms", "lamps-cms-kyber/ML-KEM-512.cms", "key lamps-cms-kyber/ML-KEM-512-seed.priv", Opens("opened", "Hello, world!")),
    Row("pqc-cms", "lamps-cms-kyber/ML-KEM-512.cms", "key lamps-cms-kyber/ML-KEM-512-expanded.priv", Opens("opened", "Hello, world!")),
];

fn main() -> ExitCode {
    let mut trials: Vec<Trial> = ROWS.iter().filter_map(trial).collect();
    trials.push(named::test("every_file_that_its_origin_decrypts_is_named", all_are_named));
    named::run(trials)
}

fn trial(row: &'static Row) -> Option<Trial> {
    let Row(name, file, given, _) = row;
    let folder = corpus(name)?;
    Some(named::test(format!("{name}/{file} {given}"), move || check(&folder, row)))
}

fn check(folder: &Path, Row(_, file, words, expect): &Row) -> Result<(), String> {
    let opened = desk(folder, words).look(&folder.join(file), &Progress::default());
    let report = &opened.report;
    let findings: Vec<_> =
        report.layers.iter().flat_map(|layer| &layer.findings).map(|finding| finding.code.as_str()).collect();
    let said = format!("{:?} {findings:?} {:?}", report.privacy, report.error);
    match *expect {
        Opens(privacy, start) => {
            let (source, entity) = opened.content.as_ref().ok_or_else(|| format!("nothing was opened: {said}"))?;
            let content = source.slice(entity.range.clone()).read_all(1 << 20).map_err(|error| error.to_string())?;
            let content = String::from_utf8_lossy(&content).into_owned();
            match report.privacy.code() == privacy && content.contains(start) {
                true => Ok(()),
                false => Err(format!("{said}: {content:?}")),
            }
        }
        Stays(privacy, finding, reason) => {
            match report.privacy.code() == privacy && findings.contains(&finding) && opened.decrypted.is_none() {
                true => Ok(()),
                false => Err(format!("{said}, although {reason}")),
            }
        }
    }
}

/// A desk with what a row gives.
fn desk(folder: &Path, words: &str) -> Desk {
    let now = Timestamp::now();
    let wallet = Arc::new(Wallet::in_memory().unwrap());
    let mut given = Given { built_in_roots: Some(false), ..Given::default() };
    match words.split(' ').collect::<Vec<_>>().as_slice() {
        ["key", file] => {
            let keys = import::keys(&fs::read(folder.join(file)).unwrap(), None, &kdf::Limits::default()).unwrap();
            given.keys = keys.into_iter().map(|key| Arc::new(key) as Arc<dyn PrivateKeyOperations>).collect();
        }
        ["p12", file, password] => {
            let bytes = fs::read(folder.join(file)).unwrap();
            let password = SecretString::from(*password);
            import::import(&wallet, &bytes, Some(&password), &kdf::Limits::default(), now).unwrap();
        }
        ["password", word] => given.message_password = Some(SecretString::from(*word)),
        ["secret", key] => given.secret_keys = vec![SecretSlice::from(hex::decode(key).unwrap())],
        [""] => {}
        other => panic!("{other:?}"),
    }
    let mut policy = Policy::at(now);
    policy.network = NetworkPolicy::Offline;
    Desk::new(wallet, policy).with(given)
}

const FOLDERS: [&str; 7] = [
    "openssl-cms",
    "smime-rs-enc",
    "nss-smime-interop",
    "rfc4134-examples",
    "rustcrypto-cms",
    "wbond-fixtures",
    "pqc-cms",
];

/// No file is left out of the table that its origin says to decrypt, or that holds a structure of this kind.
fn all_are_named() -> Result<(), String> {
    let mut missing = Vec::new();
    for name in FOLDERS {
        let Some(folder) = corpus(name) else { continue };
        let decrypts =
            |row: &std::collections::HashMap<String, String>| row["operation"].to_lowercase().contains("decrypt");
        let mut wanted: Vec<_> =
            expected(&folder).into_iter().filter(decrypts).map(|row| row["file"].clone()).collect();
        wanted.extend(files(&folder).into_iter().filter(|(_, path)| is_closed(path)).map(|(file, _)| file));
        let is_missing = |file: &String| !ROWS.iter().any(|Row(folder, known, ..)| *folder == name && known == file);
        missing.extend(wanted.into_iter().filter(is_missing).map(|file| format!("{name}/{file}")));
    }
    if missing.is_empty() { Ok(()) } else { Err(format!("not in the table: {missing:?}")) }
}

/// Whether a file is an encrypted, compressed or digested structure, in DER or PEM.
fn is_closed(path: &Path) -> bool {
    let bytes = fs::read(path).unwrap();
    let block = pem::text(&bytes).and_then(|text| pem::blocks(&text).next()?.decode().ok());
    let source = Source::from_bytes(block.map_or(bytes, |block| block.to_vec()));
    matches!(
        cms::read(&source, &asn1::Limits::default()),
        Ok(Content::Enveloped(_) | Content::Encrypted(_) | Content::Compressed(_) | Content::Digested(_))
    )
}

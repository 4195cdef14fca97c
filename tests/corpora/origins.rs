//! Messages of BouncyCastle, smime-rs, RFC 4134, NSS and OpenSSL: old methods are named, unknown ones said, damaged ones refused.

use std::path::Path;

use libtest_mimic::Trial;

use crate::common::corpora::corpus;
use crate::common::named;
use crate::{Beside, cli, contains, is_green, look, open, same, trials as trials_of};

/// File, words, signature, privacy, integrity of each signer, a finding or none; and where the origin expects something else, why.
struct Row(&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, Option<&'static str>);

const CBC: &str = "opened-unauthenticated";

/// Folder, password, rows, files without one.
const SETS: &[(&str, &str, &[Row], Beside)] = &[
    (
        "bouncycastle-smime",
        "",
        BOUNCYCASTLE,
        &[
            KEYS,
            PASSWORDS,
            ("*.crt", "a certificate"),
            ("*.key", "a key"),
            ("*.crl", "the list for the message beside it"),
            ("cms/PSSSignData.data", "signed by the file beside it"),
            ("cms/ecdh/sess.txt", "about the files beside it"),
        ],
    ),
    ("smime-rs-enc", "", SMIME_RS, &[("*.key", "a key")]),
    (
        "rfc4134-examples",
        "",
        RFC4134,
        &[
            ("*.cer", "a certificate"),
            ("*.pri", "a key"),
            ("*.crl", "a list that no message of the set asks for"),
            ("ExContent.bin", "what the messages are about"),
        ],
    ),
    ("nss-smime-interop", "nss", NSS, &[PASSWORDS]),
    ("openssl-cms", "", OPENSSL, &[KEYS]),
];

const KEYS: (&str, &str) = ("*.pem", "keys and certificates: tests/named_files looks at each");
const PASSWORDS: (&str, &str) = ("*.p12", "keys: tests/named_files looks at each");

pub fn trials() -> Vec<Trial> {
    let sets = SETS.iter().flat_map(|(name, password, rows, beside)| {
        trials_of(name, rows, |row: &Row| row.0, beside, move |folder, row| check(folder, password, row))
    });
    sets.chain([
        named::asserting("bouncycastle-smime: the recipient is named", the_recipient_is_named),
        named::asserting("what is encrypted is decrypted", decrypted),
        named::asserting("everything else is survived", everything_else_is_survived),
    ])
    .collect()
}

/// What a row says.
fn check(
    folder: &Path,
    password: &str,
    Row(file, words, signature, privacy, integrity, finding, reason): &Row,
) -> Result<(), String> {
    let report = look(cli(&format!("verify {words}"), folder, password), folder, &[file]).remove(0);
    let found = (report.signature(), report.privacy(), report.integrity().join(" "));
    same(&found, &(signature, privacy, (*integrity).to_owned()), &report)
        .and_then(|()| match finding.is_empty() || report.findings().contains(finding) {
            true => Ok(()),
            false => Err(format!("no {finding}: {:?}", report.findings())),
        })
        .map_err(|error| format!("{error} ({})", reason.unwrap_or("as its origin has it")))
}

const BC: &str = "--at 2006-09-05T00:00:00Z --trust {}/mail/validator.root.crt";

/// One clean reason for each message of BouncyCastle's validator, PSS, and ECDH in many forms.
#[rustfmt::skip]
const BOUNCYCASTLE: &[Row] = &[
    // All of these were signed with SHA-1, which is worse than the end of the certificate.
    Row("mail/validator.validMail.eml", BC, "weak", "none", "intact", "weak-digest", None),
    Row("mail/validator.keyUsage.eml", BC, "rejected", "none", "intact", "key-usage", None),
    Row("mail/validator.expired.eml", BC, "weak", "none", "intact", "certificate-expired-at-signing", None),
    Row("mail/validator.revoked.eml", "--at 2006-09-05T00:00:00Z --trust {}/mail/validator.root.crt --crl {}/mail/validator.revoked.crl", "revoked", "none", "intact", "certificate-revoked", None),
    Row("mail/validator.longValidity.eml", BC, "weak", "none", "intact", "", None),
    Row("mail/quotable.message", "", "unknown-issuer", "none", "intact", "", None),
    Row("mail/multi-alternative.eml", "", "unknown-issuer", "none", "intact", "", None),
    Row("mail/basicAS2.message", "", "unknown-issuer", "none", "intact", "", None),
    Row("mail/qp-soft-break.eml", "", "unknown-issuer", "none", "intact", "", None),
    Row("mail/attachonly.eml", "", "unsigned", "none", "", "", None),
    Row("mime/multi-alternative.eml", "", "unknown-issuer", "none", "intact", "", None),
    Row("mime/quotable.message", "", "unknown-issuer", "none", "intact", "", None),
    Row("mime/simplemultipart.eml", "", "unsigned", "none", "", "", None),
    Row("mail/outlook_2010_beta_sime_msg.eml", "", "unsigned", "locked", "", "", None),
    Row("mail/test192.message", "--key {}/mail/key.pem", "unsigned", "opened-weak", "", "", None),
    Row("mail/dotnet_encrypted_mail.eml", "--cert {}/mail/dotnet_enc_cert.pem", "unsigned", "locked", "", "", None),
    Row("cms/PSSSignDataSHA256.sig", "--content {}/cms/PSSSignData.data", "sender-unclear", "none", "intact", "", None),
    Row("cms/PSSSignDataSHA256Enc.sig", "", "sender-unclear", "none", "intact", "", None),
    // The DigestInfo lacks its NULL, which RFC 8017 §9.2 lets a reader accept.
    Row("cms/rawsha256nonull.p7m", "", "sender-unclear", "none", "intact", "", None),
    Row("cms/bc1639test.p7m", "", "sender-unclear", "none", "intact", "", None),
    Row("cms/ecdh/encSess1.asc", "--key {}/cms/ecdh/ecc.key", "unsigned", "opened-weak", "", "", None),
    Row("cms/ecdh/encSess3.asc", "--key {}/cms/ecdh/ecc.key", "unsigned", CBC, "", "", None),
    Row("cms/ecdh/encSess5.asc", "--key {}/cms/ecdh/ecc.key", "unsigned", CBC, "", "", None),
    Row("cms/ecdh/encSess7.asc", "--key {}/cms/ecdh/ecc.key", "unsigned", CBC, "", "", None),
    Row("cms/ecdh/encSessA.asc", "--key {}/cms/ecdh/ecc.key", "unsigned", "opened-weak", "", "", None),
    Row("cms/ecdh/encSessC.asc", "--key {}/cms/ecdh/ecc.key", "unsigned", CBC, "", "", None),
    Row("cms/ecdh/encSessE.asc", "--key {}/cms/ecdh/ecc.key", "unsigned", CBC, "", "", None),
    Row("cms/ecdh/encSessG.asc", "--key {}/cms/ecdh/ecc.key", "unsigned", CBC, "", "", None),
];

/// AES-GCM, ECDH over P-384, OAEP with SHA-512.
#[rustfmt::skip]
const SMIME_RS: &[Row] = &[
    Row("test_encrypted_gcm256.eml", "--key {}/test_rsa.key", "unsigned", "opened", "", "", None),
    Row("test_encrypted_ecdh_p384.eml", "--key {}/test_p384.key", "unsigned", CBC, "", "", None),
    Row("test_encrypted_oaep512.eml", "--key {}/test_rsa.key", "unsigned", CBC, "", "", None),
];

const OLD: &str = "--trust {}/CarlRSASelf.cer --trust {}/CarlDSSSelf.cer";

/// The examples of the nineties: what is too old is said to be, and nothing is called forged or green.
#[rustfmt::skip]
const RFC4134: &[Row] = &[
    Row("3.1.bin", "", "unsigned", "none", "", "", None),
    Row("4.2.bin", OLD, "sender-unclear", "none", "intact", "weak-key", None),
    Row("4.3.bin", "--content {}/ExContent.bin --trust {}/CarlDSSSelf.cer", "sender-unclear", "none", "intact", "weak-signature", None),
    Row("4.5.bin", OLD, "sender-unclear", "none", "intact", "weak-key", None),
    Row("4.8.eml", OLD, "other-signer", "none", "intact", "weak-signature", Some("From says examples.com, the certificate example.com")),
    Row("4.11.bin", "", "unsigned", "none", "", "", None),
    Row("5.1.bin", "--key {}/BobPrivRSAEncrypt.pri", "unsigned", "opened-weak", "", "", None),
    Row("5.3.eml", "--key {}/BobPrivRSAEncrypt.pri", "unsigned", "opened-weak", "", "", None),
    Row("7.1.bin", "", "unsigned", "locked", "", "", Some("the key was agreed elsewhere, and the report says so")),
];

const FRAN: &str = "--p12 {}/Fran.p12 --p12 {}/Fran-ec.p12";

/// OAEP with every hash and label, ECDH with two key derivations.
#[rustfmt::skip]
const NSS: &[Row] = &[
    Row("fran-ec_ossl-aes128-sha256.env", FRAN, "unsigned", CBC, "", "", None),
    Row("fran-ec_ossl-aes256-sha512.env", FRAN, "unsigned", CBC, "", "", None),
    Row("fran-oaep-label_ossl.env", FRAN, "unsigned", CBC, "", "", None),
    Row("fran-oaep-sha256hash-sha256mgf_ossl.env", FRAN, "unsigned", CBC, "", "", None),
    Row("fran-oaep-sha256hash_ossl.env", FRAN, "unsigned", CBC, "", "", None),
    Row("fran-oaep_ossl.env", FRAN, "unsigned", "opened-weak", "", "", None),
];

const CA: &str = "--trust {}/smime-certs/smroot.pem";

/// Malformed structures end in words.
#[rustfmt::skip]
const OPENSSL: &[Row] = &[
    Row("cms_data/bad_signtime_attr.cms", CA, "unreadable", "none", "unchecked", "", None),
    Row("cms_data/no_md_attr.cms", CA, "unreadable", "none", "unchecked", "", None),
    Row("cms_data/ciphertext_from_1_1_1.cms", "--key {}/smime-certs/smec3.pem", "unsigned", "opened-weak", "", "", None),
    Row("cms_data/ecdh-malformed.der", "--key {}/cms_data/ecdh-key.pem", "unsigned", "locked", "", "", None),
    Row("cms_data/pkcs7-md4.pem", "", "unreadable", "none", "unchecked", "", None),
    Row("smime-eml/pkcs7-empty-digest-set.eml", "", "sender-unclear", "none", "intact", "",
        Some("digestAlgorithms is empty, so that a reader may refuse (RFC 5652 §5.1); the signature holds, and there is no From")),
    Row("smime-eml/SignedInvalidMappingFromanyPolicyTest7.eml", "--trust {}/certs/pkitsta.pem", "rejected", "none", "intact", "", None),
    Row("cms-msg/enveloped-content-type-for-aes-gcm.pem", "", "unsigned", "locked", "", "", None),
    Row("cmsapi_data/encryptedData.der", "", "unsigned", "locked", "", "", Some("the key was agreed elsewhere, and the report says so")),
    // A key and the words around it: no message.
    Row("pkcs7_data/grfc.out", "", "unsigned", "none", "", "odd-structure", None),
];

fn the_recipient_is_named() {
    let Some(folder) = corpus("bouncycastle-smime") else { return };
    let locked = cli("verify --cert {}/mail/dotnet_enc_cert.pem", &folder, "");
    let locked = look(locked, &folder, &["mail/dotnet_encrypted_mail.eml"]).remove(0);
    assert!(locked.0.to_string().contains("mparker@medicity.com"), "{}", locked.0["layers"]);
}

/// The command line writes what is inside.
fn decrypted() {
    let sets = [
        ("smime-rs-enc", SMIME_RS, "OpenSSL-generated test fixture"),
        ("rfc4134-examples", RFC4134, "This is some sample content."),
        ("nss-smime-interop", NSS, "This is a test message to Fran."),
    ];
    for (name, rows, text) in sets {
        let Some(folder) = corpus(name) else { continue };
        for Row(file, words, ..) in rows.iter().filter(|row| row.3.starts_with("opened")) {
            let found = open(cli(&format!("decrypt {words}"), &folder, "nss"), &folder, &[file]).remove(0).unwrap();
            assert!(contains(&found, text), "{file}");
        }
    }
}

/// Everything else that is at hand goes through every command's reader: no panic, no end of patience, nothing green that
/// has no reason to be.
fn everything_else_is_survived() {
    let Some(folder) = corpus("openssl-cms") else { return };
    let base = folder.parent().unwrap();
    let mut files = Vec::new();
    for name in [
        "rustcrypto-cms",
        "wbond-fixtures",
        "pqc-cms",
        "pkcs7-misc",
        "nist-pkits/smime",
        "protected-headers-smime",
        "thunderbird-smime",
        "bouncycastle-smime",
        "mimekit-smime",
        "p12-zoo",
        "openssl-cms",
    ] {
        files.extend(crate::common::corpora::files(&base.join(name)).into_iter().map(|(_, path)| path));
    }
    assert!(files.len() > 300, "{}", files.len());
    let mut green = Vec::new();
    for some in files.chunks(60) {
        let names: Vec<&str> = some.iter().map(|file| file.to_str().unwrap()).collect();
        for (file, report) in names.iter().zip(look(cli("verify", base, ""), base, &names)) {
            if is_green(report.signature()) {
                green.push((*file).to_owned());
            }
        }
    }
    assert!(green.is_empty(), "green without any anchor: {green:?}");
}

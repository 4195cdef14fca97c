//! Messages of BouncyCastle, smime-rs, RFC 4134, NSS and OpenSSL: old methods are named, unknown ones said, damaged ones refused.

use std::fs;
use std::path::Path;

use crate::common::corpora::{corpus, expected};
use crate::{cli, is_green, look, open, said};

/// File, words, signature, privacy, integrity of each signer; and where the origin expects something else, why.
struct Row(&'static str, &'static str, &'static str, &'static str, &'static str, Option<&'static str>);

const CBC: &str = "opened-unauthenticated";

/// Reports on every row beside what it says.
fn check(folder: &Path, password: &str, rows: &[Row]) {
    let mut wrong = Vec::new();
    for Row(file, words, signature, privacy, integrity, reason) in rows {
        let report = look(cli(&format!("verify {words}"), folder, password), folder, &[file]).remove(0);
        let found = (report.signature(), report.privacy(), report.integrity().join(" "));
        if found != (signature, privacy, (*integrity).to_owned()) {
            wrong.push(format!(
                "{file}: {found:?}, expected {signature} {privacy} {integrity} ({}); {:?} {:?} {}",
                reason.unwrap_or("as its origin has it"),
                said(&report).2,
                report.findings(),
                report.0["error"]
            ));
        }
    }
    for row in expected(folder) {
        assert!(rows.iter().any(|known| known.0 == row["file"]), "{} is not in the table", row["file"]);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const BC: &str = "--at 2006-09-05T00:00:00Z --trust {}/mail/validator.root.crt";

#[rustfmt::skip]
const BOUNCYCASTLE: &[Row] = &[
    // All of these were signed with SHA-1, which is worse than the end of the certificate.
    Row("mail/validator.validMail.eml", BC, "weak", "none", "intact", None),
    Row("mail/validator.keyUsage.eml", BC, "rejected", "none", "intact", None),
    Row("mail/validator.expired.eml", BC, "weak", "none", "intact", None),
    Row("mail/validator.revoked.eml", "--at 2006-09-05T00:00:00Z --trust {}/mail/validator.root.crt --crl {}/mail/validator.revoked.crl", "revoked", "none", "intact", None),
    Row("mail/validator.longValidity.eml", BC, "weak", "none", "intact", None),
    Row("mail/quotable.message", "", "unknown-issuer", "none", "intact", None),
    Row("mail/multi-alternative.eml", "", "unknown-issuer", "none", "intact", None),
    Row("mail/basicAS2.message", "", "unknown-issuer", "none", "intact", None),
    Row("mail/qp-soft-break.eml", "", "unknown-issuer", "none", "intact", None),
    Row("mail/attachonly.eml", "", "unsigned", "none", "", None),
    Row("mail/outlook_2010_beta_sime_msg.eml", "", "unsigned", "locked", "", None),
    Row("mail/test192.message", "--key {}/mail/key.pem", "unsigned", "opened-weak", "", None),
    Row("mail/dotnet_encrypted_mail.eml", "--cert {}/mail/dotnet_enc_cert.pem", "unsigned", "locked", "", None),
    Row("cms/PSSSignDataSHA256.sig", "--content {}/cms/PSSSignData.data", "sender-unclear", "none", "intact", None),
    Row("cms/PSSSignDataSHA256Enc.sig", "", "sender-unclear", "none", "intact", None),
    // The DigestInfo lacks its NULL, which RFC 8017 §9.2 lets a reader accept.
    Row("cms/rawsha256nonull.p7m", "", "sender-unclear", "none", "intact", None),
    Row("cms/bc1639test.p7m", "", "sender-unclear", "none", "intact", None),
    Row("cms/ecdh/encSess1.asc", "--key {}/cms/ecdh/ecc.key", "unsigned", "opened-weak", "", None),
    Row("cms/ecdh/encSess3.asc", "--key {}/cms/ecdh/ecc.key", "unsigned", CBC, "", None),
    Row("cms/ecdh/encSess5.asc", "--key {}/cms/ecdh/ecc.key", "unsigned", CBC, "", None),
    Row("cms/ecdh/encSess7.asc", "--key {}/cms/ecdh/ecc.key", "unsigned", CBC, "", None),
    Row("cms/ecdh/encSessA.asc", "--key {}/cms/ecdh/ecc.key", "unsigned", "opened-weak", "", None),
    Row("cms/ecdh/encSessC.asc", "--key {}/cms/ecdh/ecc.key", "unsigned", CBC, "", None),
    Row("cms/ecdh/encSessE.asc", "--key {}/cms/ecdh/ecc.key", "unsigned", CBC, "", None),
    Row("cms/ecdh/encSessG.asc", "--key {}/cms/ecdh/ecc.key", "unsigned", CBC, "", None),
];

/// One clean reason for each message of BouncyCastle's validator, PSS, and ECDH in many forms.
#[test]
fn bouncycastle() {
    let Some(folder) = corpus("bouncycastle-smime") else { return };
    check(&folder, "", BOUNCYCASTLE);
    let reasons = [
        ("mail/validator.keyUsage.eml", "key-usage"),
        ("mail/validator.expired.eml", "certificate-expired-at-signing"),
        ("mail/validator.validMail.eml", "weak-digest"),
    ];
    for (file, code) in reasons {
        let report = look(cli(&format!("verify {BC}"), &folder, ""), &folder, &[file]).remove(0);
        assert!(report.findings().contains(&code), "{file}: {:?}", report.findings());
    }
    let locked = cli("verify --cert {}/mail/dotnet_enc_cert.pem", &folder, "");
    let locked = look(locked, &folder, &["mail/dotnet_encrypted_mail.eml"]).remove(0);
    assert!(locked.0.to_string().contains("mparker@medicity.com"), "the recipient is named: {}", locked.0["layers"]);
}

#[rustfmt::skip]
const SMIME_RS: &[Row] = &[
    Row("test_encrypted_gcm256.eml", "--key {}/test_rsa.key", "unsigned", "opened", "", None),
    Row("test_encrypted_ecdh_p384.eml", "--key {}/test_p384.key", "unsigned", CBC, "", None),
    Row("test_encrypted_oaep512.eml", "--key {}/test_rsa.key", "unsigned", CBC, "", None),
];

/// AES-GCM, ECDH over P-384, OAEP with SHA-512.
#[test]
fn smime_rs() {
    let Some(folder) = corpus("smime-rs-enc") else { return };
    check(&folder, "", SMIME_RS);
    for Row(file, words, ..) in SMIME_RS {
        let found = open(cli(&format!("decrypt {words}"), &folder, ""), &folder, &[file]).remove(0).unwrap();
        assert!(crate::contains(&found, "OpenSSL-generated test fixture"), "{file}");
    }
}

const OLD: &str = "--trust {}/CarlRSASelf.cer --trust {}/CarlDSSSelf.cer";

#[rustfmt::skip]
const RFC4134: &[Row] = &[
    Row("3.1.bin", "", "unsigned", "none", "", None),
    Row("4.2.bin", OLD, "sender-unclear", "none", "intact", None),
    Row("4.3.bin", "--content {}/ExContent.bin --trust {}/CarlDSSSelf.cer", "sender-unclear", "none", "intact", None),
    Row("4.5.bin", OLD, "sender-unclear", "none", "intact", None),
    Row("4.8.eml", OLD, "other-signer", "none", "intact", Some("From says examples.com, the certificate example.com")),
    Row("4.11.bin", "", "unsigned", "none", "", None),
    Row("5.1.bin", "--key {}/BobPrivRSAEncrypt.pri", "unsigned", "opened-weak", "", None),
    Row("5.3.eml", "--key {}/BobPrivRSAEncrypt.pri", "unsigned", "opened-weak", "", None),
    Row("7.1.bin", "", "unsigned", "locked", "", Some("the key was agreed elsewhere, and the report says so")),
];

/// The examples of the nineties: what is too old is said to be, and nothing is called forged or green.
#[test]
fn rfc4134() {
    let Some(folder) = corpus("rfc4134-examples") else { return };
    check(&folder, "", RFC4134);
    let content = fs::read(folder.join("ExContent.bin")).unwrap();
    let key = "decrypt --key {}/BobPrivRSAEncrypt.pri";
    for file in ["5.1.bin", "5.3.eml"] {
        let found = open(cli(key, &folder, ""), &folder, &[file]).remove(0).unwrap();
        assert!(crate::contains(&found, std::str::from_utf8(&content).unwrap()), "{file}");
    }
    for file in ["4.2.bin", "4.5.bin"] {
        let report = look(cli(&format!("verify {OLD}"), &folder, ""), &folder, &[file]).remove(0);
        assert!(report.findings().contains(&"weak-key"), "{file}: {:?}", report.findings());
    }
    for file in ["4.3.bin", "4.8.eml"] {
        let words = format!("verify {OLD} --content {{}}/ExContent.bin");
        let report = look(cli(&words, &folder, ""), &folder, &[file]).remove(0);
        assert!(report.findings().contains(&"weak-signature"), "{file}: {:?}", report.findings());
    }
}

/// OAEP with every hash and label, ECDH with two key derivations: each message opens and says what it should.
#[test]
fn nss() {
    let Some(folder) = corpus("nss-smime-interop") else { return };
    let rows = expected(&folder);
    let files: Vec<_> = rows.iter().map(|row| row["file"].as_str()).collect();
    let keys = "--p12 {}/Fran.p12 --p12 {}/Fran-ec.p12";
    let found = open(cli(&format!("decrypt {keys}"), &folder, "nss"), &folder, &files);
    for (file, found) in files.iter().zip(found) {
        assert!(crate::contains(&found.unwrap(), "This is a test message to Fran."), "{file}");
    }
    for (file, report) in files.iter().zip(look(cli(&format!("verify {keys}"), &folder, "nss"), &folder, &files)) {
        let expected = if *file == "fran-oaep_ossl.env" { "opened-weak" } else { CBC };
        assert_eq!((report.signature(), report.privacy()), ("unsigned", expected), "{file}");
    }
}

const CA: &str = "--trust {}/smime-certs/smroot.pem";

#[rustfmt::skip]
const OPENSSL: &[Row] = &[
    Row("cms_data/bad_signtime_attr.cms", CA, "unreadable", "none", "unchecked", None),
    Row("cms_data/no_md_attr.cms", CA, "unreadable", "none", "unchecked", None),
    Row("cms_data/ciphertext_from_1_1_1.cms", "--key {}/smime-certs/smec3.pem", "unsigned", "opened-weak", "", None),
    Row("cms_data/ecdh-malformed.der", "--key {}/cms_data/ecdh-key.pem", "unsigned", "locked", "", None),
    Row("cms_data/pkcs7-md4.pem", "", "unreadable", "none", "unchecked", None),
    Row("smime-eml/pkcs7-empty-digest-set.eml", "", "sender-unclear", "none", "intact",
        Some("digestAlgorithms is empty, so that a reader may refuse (RFC 5652 §5.1); the signature holds, and there is no From")),
    Row("smime-eml/SignedInvalidMappingFromanyPolicyTest7.eml", "--trust {}/certs/pkitsta.pem", "rejected", "none", "intact", None),
    Row("cms-msg/enveloped-content-type-for-aes-gcm.pem", "", "unsigned", "locked", "", None),
    Row("cmsapi_data/encryptedData.der", "", "unsigned", "locked", "", Some("the key was agreed elsewhere, and the report says so")),
];

/// Malformed structures end in words.
#[test]
fn openssl() {
    let Some(folder) = corpus("openssl-cms") else { return };
    check(&folder, "", OPENSSL);
}

/// Messages of these sets that their origin's list leaves out: folder, password, rows.
const UNLISTED: &[(&str, &str, &[Row])] = &[
    (
        "bouncycastle-smime",
        "",
        &[
            Row("mime/multi-alternative.eml", "", "unknown-issuer", "none", "intact", None),
            Row("mime/quotable.message", "", "unknown-issuer", "none", "intact", None),
            Row("mime/simplemultipart.eml", "", "unsigned", "none", "", None),
        ],
    ),
    (
        "thunderbird-smime",
        "nss",
        &[
            Row("smime/alice.html.sig.SHA1.opaque.eml", TB, "weak", "none", "intact", None),
            Row("smime/alice.html.sig.SHA1.opaque.env.eml", TB, "weak", "opened", "intact", None),
            Row("smime/alice.html.sig.SHA256.opaque.eml", TB, "verified", "none", "intact", None),
            Row("smime/alice.html.sig.SHA256.opaque.env.eml", TB, "verified", "opened", "intact", None),
            // An OpenPGP signature around an encrypted part: it is no signature of S/MIME, and the part stands beside it.
            Row("smime-manual/outer-pgp-sig-inner-smime-enc.eml", TB, "unsigned", "none", "", None),
            Row("smime-manual/outer-pgp-sig-inner-smime-enc-sig.eml", TB, "unsigned", "none", "", None),
        ],
    ),
];

const TB: &str = "--at 2026-06-01T00:00:00Z --p12 {}/smime/Bob.p12 --trust {}/smime/TestCA.pem";

/// Every message has a row, also those that nobody made one for.
#[test]
fn unlisted_messages() {
    for (name, password, rows) in UNLISTED {
        let Some(folder) = corpus(name) else { return };
        for Row(file, words, signature, privacy, integrity, _) in *rows {
            let report = look(cli(&format!("verify {words}"), &folder, password), &folder, &[file]).remove(0);
            let found = (report.signature(), report.privacy(), report.integrity().join(" "));
            assert_eq!(found, (*signature, *privacy, (*integrity).to_owned()), "{file}: {:?}", report.findings());
        }
    }
}

/// Everything else that is at hand goes through every command's reader: no panic, no end of patience, nothing green that
/// has no reason to be.
#[test]
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
        gather(&base.join(name), &mut files);
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

fn gather(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, files);
        } else {
            files.push(path);
        }
    }
}

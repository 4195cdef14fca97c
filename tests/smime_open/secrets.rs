//! Messages for whoever knows a password or shares a key, content with a checksum, compressed content.

use secrecy::{SecretSlice, SecretString};
use waxwing::jobs::{Desk, Given, Input, Output, Progress};
use waxwing::wallet::Wallet;

use super::*;
use common::openssl::{OpenSsl, openssl};

const KEY: &str = "000102030405060708090a0b0c0d0e0f";
const TEXT: &[u8] = b"Content-Type: text/plain\r\n\r\nLieber Jan\r\n";

fn hex(text: &str) -> SecretSlice<u8> {
    SecretSlice::from(waxwing::crypto::hex::decode(text).unwrap())
}

fn reader(password: Option<&str>, secrets: &[&str]) -> Reader {
    let secrets = secrets.iter().map(|key| hex(key)).collect();
    Reader { password: password.map(SecretString::from), secrets, ..Reader::default() }
}

/// What is said about one layer: privacy, findings but those of its cipher, whether a recipient is held here.
fn said(opened: &Opened) -> (Privacy, Vec<&'static str>, bool) {
    let report = &opened.report;
    let codes = codes(report).into_iter().filter(|code| *code != "unauthenticated-cipher").collect();
    (report.privacy, codes, report.layers[0].recipients.iter().any(|recipient| recipient.mine))
}

/// Without the password the message asks for it, with another one says that it is wrong, with the right one opens.
#[test]
fn passwords_are_asked_for() {
    if OpenSsl::find().is_none() {
        return;
    }
    let words = "cms -encrypt -binary -outform DER -aes256 -pwri_password secret -recip alice.pem";
    let message = openssl(words, TEXT).unwrap();
    for (password, expected) in [
        (None, (Privacy::Locked, vec!["no-key", "needs-password"], false)),
        (Some("Secret"), (Privacy::Locked, vec!["wrong-password", "no-key"], false)),
        (Some("secret"), (Privacy::OpenedUnauthenticated, vec![], true)),
    ] {
        let opened = reader(password, &[]).open(&message);
        assert_eq!(said(&opened), expected, "{password:?}");
        assert_eq!(opened.content.is_some(), password == Some("secret"));
    }
    // A message that was damaged on its way is not a wrong password.
    let mut damaged = message;
    let last = damaged.len() - 20;
    damaged[last] ^= 1;
    let opened = reader(Some("secret"), &[]).open(&damaged);
    assert_eq!(said(&opened), (Privacy::Damaged, vec!["decryption-failed"], false));
}

/// A key that both sides have opens KEKRecipientInfo and EncryptedData, another one says so, none asks for it.
#[test]
fn shared_keys_open() {
    if OpenSsl::find().is_none() {
        return;
    }
    let others: Vec<String> = (0..8).map(|number| format!("{number:02x}0e0d0c0b0a09080706050403020100")).collect();
    let other = others[0].as_str();
    for (words, privacy) in [
        (format!("-encrypt -aes-128-gcm -secretkey {KEY} -secretkeyid c0ffee"), Privacy::Opened),
        (format!("-encrypt -aes256 -secretkey {KEY}{KEY} -secretkeyid c0ffee"), Privacy::OpenedUnauthenticated),
        (format!("-encrypt -des3 -secretkey {KEY}{} -secretkeyid c0ffee", &KEY[..16]), Privacy::OpenedWeak),
        (format!("-EncryptedData_encrypt -aes128 -secretkey {KEY}"), Privacy::OpenedUnauthenticated),
        (format!("-EncryptedData_encrypt -des3 -secretkey {KEY}{}", &KEY[..16]), Privacy::OpenedWeak),
    ] {
        let message = openssl(&format!("cms -binary -outform DER {words}"), TEXT).unwrap();
        let key = words.split_whitespace().skip_while(|word| *word != "-secretkey").nth(1).unwrap();
        let opened = reader(None, &[other, key]).open(&message);
        assert_eq!(opened.report.privacy, privacy, "{words}: {:?}", opened.report.layers);
        let (source, entity) = opened.content.unwrap();
        assert_eq!(source.slice(entity.range).read_all(100).unwrap(), TEXT, "{words}");
        // One wrong key in 256 ends a text in CBC by chance, which nobody can tell from another text: there are several.
        let mut tried = others.iter().map(|other| reader(None, &[other]).open(&message));
        let wrong = tried.find(|opened| opened.report.privacy == Privacy::Locked).unwrap();
        assert_eq!(said(&wrong), (Privacy::Locked, vec!["wrong-secret-key", "no-key"], false), "{words}");
        let without = reader(None, &[]).open(&message);
        assert_eq!(said(&without), (Privacy::Locked, vec!["no-key", "needs-secret-key"], false), "{words}");
    }
}

/// A checksum is no signature, and says when the content was changed.
#[test]
fn checksums_are_no_signatures() {
    if OpenSsl::find().is_none() {
        return;
    }
    let mut message = openssl("cms -digest_create -binary -md sha256 -outform DER", TEXT).unwrap();
    let opened = Reader::default().open(&message);
    assert_eq!(opened.report.signature, Verdict::Unsigned);
    assert_eq!(said(&opened), (Privacy::None, vec!["checksum"], false));
    assert!(text(&opened.report).contains("Lieber Jan"));
    let at = message.windows(3).position(|window| window == b"Jan").unwrap();
    message[at] = b'K';
    assert_eq!(said(&Reader::default().open(&message)).1, ["checksum-differs"]);
}

/// What is compressed inside an encryption or a signature is opened like anything else, and a bomb is refused in words.
#[test]
fn compressed_messages_are_made_and_opened() {
    use waxwing::jobs::{Seal, SignWith};
    let given = || {
        let mut given = Given::default();
        let (certificate, key) = (certificate("alice"), key("alice"));
        given.identities.push(waxwing::jobs::GivenIdentity { certificate, chain: Vec::new(), key });
        given.anchors.push(super::certificate("root"));
        given.certificates.push(super::certificate("issuer"));
        given
    };
    let wallet = Arc::new(Wallet::in_memory().unwrap());
    let desk = Desk::new(wallet, Policy::at(Timestamp::now())).with(given());
    let folder = common::folder();
    let letter = format!("From: {ALICE}\r\nTo: {ALICE}\r\nSubject: long\r\n\r\n{}", "Lieber Jan\r\n".repeat(20_000));
    let source = folder.path().join("letter.eml");
    fs::write(&source, &letter).unwrap();
    let sign = Some(SignWith::Sender);
    for (seal, kinds) in [
        (Seal { sign: sign.clone(), ..Seal::default() }, vec![LayerKind::ClearSigned, LayerKind::Compressed]),
        (Seal { encrypt: true, ..Seal::default() }, vec![LayerKind::Enveloped, LayerKind::Compressed]),
        (
            Seal { sign, encrypt: true, ..Seal::default() },
            vec![LayerKind::Enveloped, LayerKind::Compressed, LayerKind::ClearSigned],
        ),
    ] {
        let seal = Seal { compress: true, ..seal };
        let sealed = desk.seal(&source, &seal, &Output::Beside, &Progress::default()).unwrap();
        assert!(fs::metadata(&sealed.main).unwrap().len() < letter.len() as u64 / 4);
        let opened = desk.look(Input::from(&sealed.main), &Progress::default());
        let found: Vec<_> = opened.report.layers.iter().map(|layer| layer.kind).collect();
        assert_eq!(found, kinds);
        let verdict = if seal.sign.is_some() { Verdict::Verified } else { Verdict::Unsigned };
        assert_eq!(opened.report.signature, verdict, "{:?}", opened.report.layers);
        assert!(
            text(&opened.report).contains("Lieber Jan\nLieber Jan") || text(&opened.report).contains("Lieber Jan\r\nL")
        );
    }
    // 100 MB of nothing in 100 kB.
    let mut writer = waxwing::cms::write::Compressor::new(const_oid::db::rfc5911::ID_DATA, Vec::new()).unwrap();
    for _ in 0..100 {
        std::io::Write::write_all(&mut writer, &vec![0; 1_000_000]).unwrap();
    }
    let bomb = writer.finish().unwrap();
    let opened = Reader::default().open(&bomb);
    assert_eq!(codes(&opened.report), ["expansion-limit"]);
    assert!(opened.content.is_none());
}

/// What is not built in is named: AuthenticatedData (RFC 5652 §9), and a content key that comes by RSA-KEM (RFC 9690).
#[test]
fn what_is_not_built_in_is_named() {
    use waxwing::asn1::tlv;
    let oid = |text: &str| der::Encode::to_der(&const_oid::ObjectIdentifier::new(text).unwrap()).unwrap();
    let algorithm = |text: &str| tlv(0x30, &[&oid(text)]);
    let message = |kind: &str, content: &[u8]| tlv(0x30, &[&oid(kind), &tlv(0xa0, &[content])]);
    // HKDF with SHA-256, a key of 16 octets, AES-128 key wrap.
    let recipient = [
        &tlv(0x02, &[&[0]])[..],
        &tlv(0x80, &[&[7; 20]]),
        &algorithm("1.0.18033.2.2.4"),
        &tlv(0x04, &[&[1; 64]]),
        &algorithm("1.2.840.113549.1.9.16.3.28"),
        &tlv(0x02, &[&[16]]),
        &algorithm("2.16.840.1.101.3.4.1.5"),
        &tlv(0x04, &[&[2; 24]]),
    ]
    .concat();
    let recipient = tlv(0xa4, &[&oid("1.2.840.113549.1.9.16.13.3"), &tlv(0x30, &[&recipient])]);
    let cipher = tlv(0x30, &[&oid("2.16.840.1.101.3.4.1.2"), &tlv(0x04, &[&[3; 16]])]);
    let content = tlv(0x30, &[&oid("1.2.840.113549.1.7.1"), &cipher, &tlv(0x80, &[&[4; 16]])]);
    let enveloped = tlv(0x30, &[&tlv(0x02, &[&[3]]), &tlv(0x31, &[&recipient]), &content]);
    for (message, name) in [
        (message("1.2.840.113549.1.9.16.1.2", &tlv(0x30, &[])), "AuthenticatedData"),
        (message("1.2.840.113549.1.7.3", &enveloped), "RSA-KEM"),
    ] {
        let report = bob().open(&message).report;
        let findings: Vec<_> = report.layers.iter().flat_map(|layer| &layer.findings).collect();
        let named = findings.iter().any(|finding| {
            finding.code.as_str() == "unsupported-algorithm" && finding.evidence.iter().any(|(_, it)| it.contains(name))
        });
        assert!(named, "{name}: {findings:?}");
    }
}

//! Signed messages through `waxwing-cli verify`: lists that are given, what messages bring along, what is asked of servers.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use waxwing::asn1::{Cursor, Limits, tlv};
use waxwing::source::Source;

use crate::authority::{Authority, PERSON};
use crate::common::cli::{Cli, Report};
use crate::common::web::{Server, ok};
use crate::common::{folder, installed};

/// A message that a person signed, in a file.
fn signed(authority: &Authority, person: &str) -> PathBuf {
    let mail = authority.openssl(&format!(
        "cms -sign -in ca.conf -text -md sha256 -signer {person}.pem -inkey {person}.key -certfile issuer.pem \
         -from {PERSON} -to bob@example.org -subject withdrawal"
    ));
    let name = format!("{person}.eml");
    authority.write(&name, mail);
    authority.file(&name)
}

fn verify(authority: &Authority, message: &Path, words: &str) -> Report {
    let mut cli = Cli::new("verify --no-builtin-roots --trust").arg(authority.file("root.pem"));
    for word in words.split_whitespace() {
        let path = authority.file(word);
        cli = if path.is_file() { cli.arg(path) } else { cli.arg(word) };
    }
    cli.arg(message).report()
}

/// The verdict, the state of withdrawal, and whether a finding is there.
fn assert_report(report: &Report, expected: &str, finding: &str, what: &str) {
    let signer = report.signers()[0].clone();
    let found = format!("{} {}", report.signature(), signer["revocation"].as_str().unwrap());
    assert_eq!(found, expected, "{what}: {:?}", signer["findings"]);
    assert!(finding.is_empty() || report.findings().contains(&finding), "{what}: {:?}", report.findings());
}

/// `--crl` and `--revocation`, as the verdicts have it.
#[test]
fn lists_make_verdicts() {
    if !installed("openssl") {
        return;
    }
    let authority = Authority::get();
    for (person, words, expected, finding) in [
        ("good", "--crl issuer.crl --crl root.crl", "verified good", "not-withdrawn"),
        ("good", "--crl issuer.crl --crl root.crl --revocation require", "verified good", "not-withdrawn"),
        ("good", "--crl issuer.crl", "verified unknown", "revocation-status-unknown"),
        ("good", "--crl issuer.crl --revocation require", "revocation-unknown unknown", "revocation-status-unknown"),
        ("good", "", "verified not-checked", "revocation-not-checked"),
        ("good", "--revocation require", "revocation-unknown not-checked", "revocation-not-checked"),
        ("good", "--crl issuer.crl --at 2099-01-01T00:00:00Z", "expired-since unknown", "revocation-source"),
        ("stolen", "--crl issuer.crl", "revoked revoked", "certificate-revoked"),
        ("stolen", "--crl issuer.crl --crl root.crl --revocation require", "revoked revoked", "certificate-revoked"),
        ("stolen", "--crl issuer.crl --revocation off", "verified not-checked", ""),
        ("stolen", "", "verified not-checked", "revocation-not-checked"),
        ("held", "--crl issuer.crl", "revoked revoked", "certificate-revoked"),
    ] {
        let report = verify(authority, &signed(authority, person), &format!("--offline {words}"));
        assert_report(&report, expected, finding, &format!("{person} {words}"));
        assert!(!report.findings().contains(&"revocation-asked"));
    }
    let said = verify(authority, &signed(authority, "stolen"), "--offline --crl issuer.crl").0.to_string();
    assert!(said.contains("may have been stolen"), "the reason is said: {said}");
    let german = Cli::new("verify --offline --no-builtin-roots --lang de --trust").arg(authority.file("root.pem"));
    let said =
        german.arg("--crl").arg(authority.file("issuer.crl")).arg(signed(authority, "stolen")).report().0.to_string();
    assert!(said.contains("wurde am") && said.contains("widerrufen"), "{said}");
}

/// A signature that claims to be older than the withdrawal is no better: only the signer's clock says so. That is said.
#[test]
fn a_claimed_time_does_not_help() {
    if !installed("openssl") {
        return;
    }
    let authority = Authority::get();
    authority.issue_person("leaver", "");
    let message = signed(authority, "leaver");
    thread::sleep(Duration::from_millis(1500));
    {
        let _turn = authority.busy.lock().unwrap();
        authority.openssl("ca -config ca.conf -name issuer -revoke leaver.pem -crl_reason cessationOfOperation");
    }
    authority.write("after.crl", authority.list("issuer", ""));
    let report = verify(authority, &message, "--offline --crl after.crl");
    assert_report(&report, "revoked revoked", "signed-before-withdrawal", "withdrawn later");
}

/// A file that is no list is said, before any message is looked at.
#[test]
fn other_files_are_refused() {
    if !installed("openssl") {
        return;
    }
    let authority = Authority::get();
    let message = signed(authority, "good");
    for (file, code) in [("root.pem", "nothing"), ("good.eml", "nothing"), ("cut.crl", "damaged")] {
        let list = authority.read("issuer.crl");
        authority.write("cut.crl", &list[..list.len() / 2]);
        let report = verify(authority, &message, &format!("--offline --crl {file}"));
        assert_eq!(report.0["error"]["code"], code, "{file}");
    }
}

/// The SignedData of a message with revocation information of its own (RFC 5652 §10.2.1).
fn with_crls(message: &[u8], crls: &[u8]) -> Vec<u8> {
    let mut cursor = Cursor::new(Source::from_bytes(message), Limits::default());
    cursor.enter().unwrap();
    let content_type = cursor.take_raw().unwrap();
    cursor.enter().unwrap();
    cursor.enter().unwrap();
    let mut fields = Vec::new();
    while cursor.peek().unwrap().is_some() {
        fields.push(cursor.take_raw().unwrap());
    }
    let signers = fields.pop().unwrap();
    let data = tlv(0x30, &[&fields.concat(), &tlv(0xa1, &[crls]), &signers]);
    tlv(0x30, &[&content_type, &tlv(0xa0, &[&data])])
}

/// What a message brings along is used: lists, and answers of responders (RFC 5940).
#[test]
fn messages_bring_their_own_evidence() {
    if !installed("openssl") {
        return;
    }
    let authority = Authority::get();
    let der = |pem: &str| authority.openssl(&format!("crl -in {pem} -outform DER"));
    let answer = |person: &str| {
        authority.openssl(&format!("ocsp -issuer issuer.pem -cert {person}.pem -reqout for-{person}.der -no_nonce"));
        let request = authority.read(&format!("for-{person}.der"));
        let answer = authority.answer(&request, "-rsigner responder.pem -rkey responder.key -ndays 1");
        // id-ri-ocsp-response
        let format = [0x06, 8, 0x2b, 6, 1, 5, 5, 7, 16, 2];
        tlv(0xa1, &[&format, &answer])
    };
    for (person, crls, expected) in [
        ("good", [der("root.crl"), der("issuer.crl")].concat(), "verified good"),
        ("stolen", [der("root.crl"), der("issuer.crl")].concat(), "revoked revoked"),
        ("good", [der("root.crl"), answer("good")].concat(), "verified good"),
        ("stolen", [der("root.crl"), answer("stolen")].concat(), "revoked revoked"),
        ("good", [der("root.crl"), answer("stolen")].concat(), "verified unknown"),
        ("good", [der("root.crl"), tlv(0xa1, &[&[0x06, 1, 0x2a], &[5, 0]])].concat(), "verified unknown"),
        ("good", vec![0x30, 3, 2, 1, 1], "verified not-checked"),
    ] {
        let body = authority.openssl(&format!(
            "cms -sign -nodetach -in ca.conf -md sha256 -signer {person}.pem -inkey {person}.key -certfile issuer.pem -outform DER"
        ));
        let header = format!(
            "From: {PERSON}\r\nMIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; smime-type=signed-data\r\n\
             Content-Transfer-Encoding: binary\r\n\r\n"
        );
        let home = folder();
        let message = home.path().join("message.eml");
        fs::write(&message, [header.as_bytes(), &with_crls(&body, &crls)].concat()).unwrap();
        assert_report(&verify(authority, &message, "--offline"), expected, "", person);
    }
}

/// With servers on this machine: a responder and a list; who was asked is said, and the second time nobody is.
#[test]
fn servers_are_asked_and_named() {
    if !installed("openssl") {
        return;
    }
    let authority = Authority::get();
    let responder = Server::new(move |asked, stream| {
        let answer = authority.answer(&asked.body, "-rsigner responder.pem -rkey responder.key -ndays 1");
        stream.write_all(&ok(&answer))
    });
    let list = Server::of(authority.read("issuer.crl"));
    let down =
        Server::new(|_, stream| stream.write_all(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"));
    let ocsp = format!("authorityInfoAccess=OCSP;URI:{}\n", responder.url("/"));
    let silent = format!("authorityInfoAccess=OCSP;URI:{}\n", down.url("/"));
    let crl = format!("crlDistributionPoints=URI:{}\n", list.url("/issuer.crl"));
    authority.issue_person("asked", &ocsp);
    authority.issue_person("fetched", &crl);
    authority.issue_person("fallen-back", &format!("{silent}{crl}"));
    authority.issue_person("nobody-home", &silent);
    for (person, url, expected) in [
        ("asked", responder.url("/"), "verified good"),
        ("fetched", list.url("/issuer.crl"), "verified good"),
        ("fallen-back", list.url("/issuer.crl"), "verified good"),
        ("nobody-home", down.url("/"), "revocation-unknown unknown"),
    ] {
        let message = signed(authority, person);
        let caches = folder();
        let look = |words: &str| {
            let words = format!("--revocation require --crl root.crl {words}");
            let mut cli = Cli::new("verify --no-builtin-roots --trust").arg(authority.file("root.pem"));
            for word in words.split_whitespace() {
                cli = if word.ends_with(".crl") { cli.arg(authority.file(word)) } else { cli.arg(word) };
            }
            cli.env("XDG_CACHE_HOME", caches.path()).arg(&message).report()
        };
        let report = look("--allow-private");
        assert_report(&report, expected, "revocation-asked", person);
        assert!(report.0.to_string().contains(&url), "{person}: {}", report.0);
        let again = look("--allow-private --offline");
        assert_report(&again, expected, "", person);
        assert!(!again.findings().contains(&"revocation-asked"), "{person}: {:?}", again.findings());
        // Without leave nobody on this machine is asked.
        fs::remove_dir_all(caches.path().join("waxwing")).ok();
        assert!(look("").signature() == "revocation-unknown", "{person}");
    }
    assert_eq!((responder.connections(), list.connections()), (1, 2));
}

//! Withdrawn certificates over the network: openssl as responder, lists from a web server, and servers that lie.

use std::io::Write;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::authority::{Authority, Responder};
use super::common::web::{Server, ok, redirect};
use super::common::{folder, installed};

fn revocation(report: &super::common::cli::Report) -> String {
    report.signers()[0]["revocation"].as_str().unwrap_or_default().to_owned()
}

/// `openssl ocsp` says good, revoked and unknown; as the authority itself and as somebody it appointed.
#[test]
fn openssl_is_asked() {
    if !installed("openssl") {
        return;
    }
    for signer in ["ca", "responder"] {
        let authority = Authority::new();
        let port = Responder::port();
        let url = format!("http://127.0.0.1:{port}/");
        for name in ["good", "bad", "nobody"] {
            authority.issue_for_mail(name, Some(&url), None);
        }
        authority.withdraw("bad");
        // The authority's books lose one: then its responder does not know it.
        let index = String::from_utf8(authority.read("index.txt")).unwrap();
        let kept: String =
            index.lines().filter(|line| !line.ends_with("CN=nobody")).map(|line| format!("{line}\n")).collect();
        std::fs::write(authority.path("index.txt"), kept).unwrap();
        let _responder = Responder::start(&authority, port, signer);
        for (name, words, signature, status) in [
            ("good", "--revocation require", "verified", "good"),
            ("good", "--revocation prefer", "verified", "good"),
            ("bad", "--revocation require", "revoked", "revoked"),
            ("bad", "--revocation prefer", "revoked", "revoked"),
            ("bad", "--revocation off", "verified", "not-checked"),
            ("bad", "--revocation prefer --offline", "verified", "not-checked"),
            ("nobody", "--revocation require", "revocation-unknown", "unknown"),
            ("nobody", "--revocation prefer", "verified", "unknown"),
        ] {
            let report = authority.look(name, words, folder().path());
            let found = (report.signature(), revocation(&report));
            assert_eq!(found, (signature, status.to_owned()), "{signer}: {name} {words}: {:?}", report.0["layers"]);
        }
        let report = authority.look("good", "", folder().path());
        assert!(report.0.to_string().contains(&format!("127.0.0.1:{port}")), "what was asked of whom is said");
    }
}

/// A list from a web server says who was withdrawn, once for many messages, and is kept as long as it is fresh.
#[test]
fn lists_are_fetched_and_kept() {
    if !installed("openssl") {
        return;
    }
    let authority = Arc::new(Authority::new());
    let shared = Arc::clone(&authority);
    let server = Server::new(move |_, stream| stream.write_all(&ok(&shared.list("ca"))));
    let url = server.url("/ca.crl");
    authority.issue_for_mail("good", None, Some(&url));
    authority.issue_for_mail("bad", None, Some(&url));
    authority.withdraw("bad");
    let caches = folder();
    for (name, words, signature, status) in [
        ("good", "--revocation require --offline", "revocation-unknown", "not-checked"),
        ("bad", "--revocation require", "revoked", "revoked"),
        ("good", "--revocation require", "verified", "good"),
        ("good", "--revocation require --offline", "verified", "good"),
        ("bad", "--offline", "revoked", "revoked"),
    ] {
        let report = authority.look(name, words, caches.path());
        let found = (report.signature(), revocation(&report));
        assert_eq!(found, (signature, status.to_owned()), "{name} {words}: {:?}", report.0["layers"]);
    }
    assert_eq!(server.connections(), 1);
}

/// Whatever a server says that is not the authority's word, nobody is called good or withdrawn because of it; and the message
/// does not wait for ever.
#[test]
fn liars_are_not_believed() {
    if !installed("openssl") {
        return;
    }
    let authority = Arc::new(Authority::new());
    let shared = Arc::clone(&authority);
    let server = Server::new(move |asked, stream| {
        let to_file = redirect(302, "file:///etc/passwd");
        let answer = match asked.path() {
            "/other-list" => ok(&shared.list("stranger")),
            "/other-responder" => ok(&shared.respond(&asked.body, "stranger", "")),
            "/impostor" => ok(&shared.respond(&asked.body, "impostor", "")),
            "/no-list" => ok(b"<html>moved</html>"),
            "/no-response" => ok(b"\x30\x03\x0a\x01\x06"),
            "/cut" => {
                let list = shared.list("ca");
                ok(&list[..list.len() / 2])
            }
            "/changed" => {
                let mut list = shared.list("ca");
                let last = list.len() - 1;
                list[last] ^= 1;
                ok(&list)
            }
            "/file" => to_file,
            "/round" => redirect(302, "/round"),
            "/missing" => b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec(),
            "/gigabyte" => {
                stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
                for _ in 0..1024 {
                    stream.write_all(&[0x30; 1 << 20])?;
                }
                return Ok(());
            }
            "/hangs" => {
                thread::sleep(Duration::from_secs(60));
                return Ok(());
            }
            path => panic!("{path}"),
        };
        stream.write_all(&answer)
    });
    for (number, (path, responder)) in [
        ("/other-list", false),
        ("/other-responder", true),
        ("/impostor", true),
        ("/no-list", false),
        ("/no-response", true),
        ("/no-list", true),
        ("/cut", false),
        ("/changed", false),
        ("/file", false),
        ("/file", true),
        ("/round", false),
        ("/missing", true),
        ("/gigabyte", false),
        ("/hangs", false),
    ]
    .into_iter()
    .enumerate()
    {
        let (name, url) = (format!("p{number}"), server.url(path));
        let place = |wanted| (responder == wanted).then_some(url.as_str());
        authority.issue_for_mail(&name, place(true), place(false));
        let start = Instant::now();
        for (words, signature) in [("--revocation require", "revocation-unknown"), ("--revocation prefer", "verified")]
        {
            let report = authority.look(&name, words, folder().path());
            let found = (report.signature(), revocation(&report));
            assert_eq!(found, (signature, "unknown".to_owned()), "{path} {words}: {:?}", report.0["layers"]);
        }
        assert!(start.elapsed() < Duration::from_secs(60), "{path}: {:?}", start.elapsed());
    }
}

/// Nobody is asked offline, where the user does not want to know, or about a certificate that nobody vouches for: its addresses
/// are its own invention.
#[test]
fn nobody_is_asked_without_reason() {
    if !installed("openssl") {
        return;
    }
    let authority = Authority::new();
    let server = Server::of(b"nothing".to_vec());
    authority.issue_for_mail("alice", Some(&server.url("/ocsp")), Some(&server.url("/ca.crl")));
    for words in ["--offline", "--revocation off", "--offline --revocation require"] {
        authority.look("alice", words, folder().path());
    }
    let mail = authority.mail("alice");
    let stranger =
        super::common::cli::Cli::new("verify --no-builtin-roots --allow-private --revocation require").arg(mail);
    assert_eq!(stranger.env("XDG_CACHE_HOME", folder().path()).report().signature(), "unknown-issuer");
    assert_eq!(server.connections(), 0);
}

//! Hosts that behave well, and hosts that do not.

use std::io::{self, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use waxwing::network::{Network, Rules};
use waxwing::pki::revocation::{Lookup, Question};

use super::authority::Responder;
use super::common::web::{Server, ok, redirect};
use super::{ask, came, rules, short};

/// What is sent is what has to be, and the same for everybody: no cookie, no referrer, no name of a machine or language.
#[test]
fn little_is_sent() {
    let server = Server::new(|asked, stream| match asked.path() {
        "/first?a=%41&b" => stream.write_all(&redirect(302, "/second")),
        _ => stream.write_all(&ok(b"list")),
    });
    let network = Network::new(None);
    let url = server.url("/first?a=%41&b");
    assert_eq!(came(&ask(&network, &url)), Ok(&b"list"[..]));
    let request = [1, 2, 3];
    let asking = network.asking(rules());
    let found = asking.ask(&Question::Ocsp { url: &server.url("/ocsp"), request: &request });
    assert_eq!(came(&found), Ok(&b"list"[..]));

    let host = server.address;
    let common = format!("host: {host}\nuser-agent: waxwing");
    let expected = [
        (format!("GET /first?a=%41&b HTTP/1.1\naccept: */*\n{common}"), &[][..]),
        (format!("GET /second HTTP/1.1\naccept: */*\n{common}"), &[]),
        (
            format!(
                "POST /ocsp HTTP/1.1\naccept: application/ocsp-response\ncontent-length: 3\n\
                 content-type: application/ocsp-request\n{common}"
            ),
            &request,
        ),
    ];
    let asked = server.asked();
    assert_eq!(asked.len(), expected.len());
    for (asked, (head, body)) in asked.iter().zip(expected) {
        let (first, fields) = asked.head.split_once("\r\n").unwrap();
        let mut fields: Vec<_> = fields
            .lines()
            .map(|line| {
                line.split_once(": ").map(|(name, value)| format!("{}: {value}", name.to_ascii_lowercase())).unwrap()
            })
            .collect();
        fields.sort();
        assert_eq!((format!("{first}\n{}", fields.join("\n")), asked.body.as_slice()), (head, body));
    }
}

/// Writes without end, until the other side hangs up or a gigabyte has gone.
fn flood(stream: &mut TcpStream, piece: &[u8]) -> io::Result<()> {
    for _ in 0..(1 << 30) / piece.len() {
        stream.write_all(piece)?;
    }
    Ok(())
}

fn drip(stream: &mut TcpStream, text: &[u8]) -> io::Result<()> {
    for byte in text {
        stream.write_all(&[*byte])?;
        thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

/// Whatever a host does, there is an answer or a reason, soon and without filling the memory.
#[test]
fn every_host_ends_in_words() {
    let elsewhere = Server::of(b"elsewhere".to_vec());
    let to = elsewhere.url("/x");
    let server = Server::new(move |asked, stream| match asked.path() {
        "/list" => stream.write_all(&ok(&[7; 90_000])),
        "/no-length" => stream.write_all(b"HTTP/1.0 200 OK\r\n\r\nshort"),
        "/chunks" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
        }
        "/empty" => stream.write_all(&ok(b"")),
        "/moved" => stream.write_all(&redirect(301, &to)),
        "/relative" => stream.write_all(&redirect(307, "list")),
        "/too-large" => stream.write_all(&ok(&[7; 100_001])),
        "/announced" => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"),
        "/gigabyte" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
            flood(stream, &[7; 65_536])
        }
        "/gigabyte-in-chunks" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
            flood(stream, &[b"4000\r\n", &[7; 0x4000][..], b"\r\n"].concat())
        }
        "/headers" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
            flood(stream, b"X-More: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n")
        }
        "/long-line" => flood(stream, &[b'a'; 65_536]),
        "/hangs" => {
            thread::sleep(Duration::from_secs(30));
            Ok(())
        }
        "/hangs-later" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")?;
            thread::sleep(Duration::from_secs(30));
            Ok(())
        }
        "/drips" => drip(stream, &ok(&[b'x'; 1000])),
        "/drips-later" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")?;
            drip(stream, &[b'x'; 1000])
        }
        "/hangs-up" => Ok(()),
        "/cut" => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"),
        "/garbage" => stream.write_all(b"\x30\x82\x01\x00 no protocol at all\r\n\r\n"),
        "/missing" => stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\noops"),
        "/error" => stream.write_all(b"HTTP/1.1 503 Later\r\nContent-Length: 0\r\n\r\n"),
        "/part" => stream.write_all(b"HTTP/1.1 206 Partial Content\r\nContent-Length: 4\r\n\r\noops"),
        "/round" => stream.write_all(&redirect(302, "/round")),
        "/nowhere" => stream.write_all(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"),
        "/to-file" => stream.write_all(&redirect(302, "file:///etc/passwd")),
        "/to-ldap" => stream.write_all(&redirect(302, "ldap://127.0.0.1/cn=x")),
        "/to-https" => stream.write_all(&redirect(302, &to.replace("http:", "https:"))),
        "/to-mail" => stream.write_all(&redirect(302, "http://127.0.0.1:25/")),
        "/to-user" => stream.write_all(&redirect(302, &to.replace("//", "//root:word@"))),
        path => panic!("{path}"),
    });
    let list = [7; 90_000];
    let cases: &[(&str, Result<&[u8], &str>)] = &[
        ("/list", Ok(&list)),
        ("/no-length", Ok(b"short")),
        ("/chunks", Ok(b"abcde")),
        ("/empty", Ok(b"")),
        ("/moved", Ok(b"elsewhere")),
        ("/relative", Ok(&list)),
        ("/too-large", Err("too-large")),
        ("/announced", Err("too-large")),
        ("/gigabyte", Err("too-large")),
        ("/gigabyte-in-chunks", Err("too-large")),
        ("/headers", Err("no-http")),
        ("/long-line", Err("no-http")),
        ("/hangs", Err("timeout")),
        ("/hangs-later", Err("timeout")),
        ("/drips", Err("timeout")),
        ("/drips-later", Err("timeout")),
        ("/hangs-up", Err("connection-lost")),
        ("/cut", Err("connection-lost")),
        ("/garbage", Err("no-http")),
        ("/missing", Err("status-404")),
        ("/error", Err("status-503")),
        ("/part", Err("status-206")),
        ("/round", Err("too-many-redirects")),
        ("/nowhere", Err("status-302")),
        ("/to-file", Err("scheme")),
        ("/to-ldap", Err("ldap")),
        ("/to-https", Err("redirect-scheme")),
        ("/to-mail", Err("port")),
        ("/to-user", Err("user-info")),
    ];
    let mut wrong = Vec::new();
    for (path, expected) in cases {
        // A host that did not answer would be left alone.
        let network = Network::new(None);
        let start = Instant::now();
        let found = ask(&network, &server.url(path));
        let time = start.elapsed();
        if came(&found) != *expected {
            wrong.push(format!("{path}: {:?}", came(&found).map(<[u8]>::len)));
        }
        // A busy machine is not a host that hangs.
        assert!(time < short().question + Duration::from_secs(5), "{path}: {time:?}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(elsewhere.connections(), 1, "where no redirect leads, nobody connects");
}

/// Hosts that are not there.
#[test]
fn nobody_answers() {
    let closed = format!("127.0.0.1:{}", Responder::port());
    for (url, expected) in [
        (format!("http://{closed}/"), "connection-refused"),
        ("http://no-such-host.invalid/".to_owned(), "host-not-found"),
        (format!("https://{closed}/"), "connection-refused"),
        ("ldap://127.0.0.1/".to_owned(), "ldap"),
        ("file:///etc/passwd".to_owned(), "scheme"),
    ] {
        assert_eq!(came(&ask(&Network::new(None), &url)), Err(expected), "{url}");
    }
    let plain = Server::of(b"no handshake".to_vec());
    let https = plain.url("/").replace("http:", "https:");
    assert!(["tls", "connection-lost", "timeout"].contains(&came(&ask(&Network::new(None), &https)).unwrap_err()));
}

/// No message makes anybody talk to the reader's own machine or network, however the address is written.
#[test]
fn private_addresses_are_left_alone() {
    let server = Server::of(b"secret".to_vec());
    let port = server.address.port();
    let network = Network::new(None);
    let closed = Rules { private: false, ..rules() };
    for host in [
        "127.0.0.1",
        "localhost",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "10.0.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "[fe80::1]",
        "[fd00::1]",
    ] {
        let url = format!("http://{host}:{port}/");
        let found = network.asking(closed).ask(&Question::Crl { url: &url });
        assert!(["private-address", "host-not-found"].contains(&came(&found).unwrap_err()), "{host}: {found:?}");
    }
    assert_eq!(server.connections(), 0);
    assert!(ask(&network, &server.url("/")).is_ok(), "what may not be asked is not remembered as not there");
}

//! Certificates of openssl read here, and ours read by openssl.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::fs;

use jiff::Timestamp;
use waxwing::crypto::{KeyKind, PrivateKey};
use waxwing::pki::KeyUsage;
use waxwing::pki::bundle;
use waxwing::pki::path::{AnchorSource, Anchors, Purpose, Request, Rule, build, validate};
use waxwing::pki::policies::PolicyRequest;
use waxwing::pki::{Certificate, create};

mod common;

use common::openssl::openssl;
use common::pki::{ALICE, Pki};
use common::{folder, installed, program, run};

fn read(name: &str) -> Certificate {
    let certificates = bundle::certificates(&fs::read(Pki::get().certificate(name)).unwrap()).unwrap();
    assert_eq!(certificates.len(), 1, "{name}");
    certificates.into_iter().next().unwrap()
}

fn said(words: &str, input: &[u8]) -> String {
    String::from_utf8(openssl(words, input).unwrap()).unwrap()
}

/// Both programs read the same from a certificate.
#[test]
fn the_same_is_read() {
    if !installed("openssl") {
        return;
    }
    for name in ["root", "issuer", "alice", "alice-ec", "alice-old", "alice-self"] {
        let certificate = read(name);
        let text = said(
            &format!(
                "x509 -in {name}.pem -noout -fingerprint -sha256 -serial -dates -dateopt iso_8601 -subject -issuer \
                 -nameopt RFC2253,sep_comma_plus_space"
            ),
            b"",
        );
        let line = |start: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(start));
            line.unwrap_or_else(|| panic!("{start} in {text}")).to_owned()
        };
        assert_eq!(line("sha256 Fingerprint=").replace(':', "").to_lowercase(), certificate.fingerprint());
        assert_eq!(line("serial=").to_lowercase(), certificate.serial_hex());
        let time = |start: &str| line(start).replace(' ', "T").parse::<Timestamp>().unwrap();
        assert_eq!((time("notBefore="), time("notAfter=")), (certificate.not_before(), certificate.not_after()));
        assert_eq!((line("subject="), line("issuer=")), (certificate.subject(), certificate.issuer()));
        assert_eq!(certificate.is_self_issued(), ["root", "alice-self"].contains(&name));
        assert_eq!(certificate.is_ca(), ["root", "issuer"].contains(&name));
    }
    let usage = KeyUsage { digital_signature: true, non_repudiation: true, key_agreement: true, ..KeyUsage::default() };
    assert_eq!(read("alice-ec").key_usage(), Some(usage));
}

/// Addresses and what a certificate may be used for.
#[test]
fn people() {
    if !installed("openssl") {
        return;
    }
    for (name, address, signs, encrypts) in [
        ("alice", Some(ALICE), true, true),
        ("alice-ec", Some(ALICE), true, true),
        ("alice-web", Some(ALICE), false, false),
        ("issuer", None, false, false),
    ] {
        let certificate = read(name);
        let addresses: Vec<_> = certificate.addresses().iter().map(ToString::to_string).collect();
        assert_eq!(addresses, address.into_iter().collect::<Vec<_>>());
        assert_eq!((certificate.can_sign(), certificate.can_encrypt()), (signs, encrypts), "{name}");
    }
    assert_eq!(
        (read("issuer").name(), read("alice").issuer_name()),
        ("Waxwing Test Issuer".into(), "Waxwing Test Issuer".into())
    );
}

/// Every form of file that holds certificates.
#[test]
fn bundles() {
    if !installed("openssl") {
        return;
    }
    let folder = folder();
    let pem = |name: &str| fs::read(Pki::get().certificate(name)).unwrap();
    let (alice, issuer, root) = (read("alice"), read("issuer"), read("root"));
    let all = [pem("alice"), pem("issuer"), pem("root")].concat();
    let file = folder.path().join("all.pem");
    fs::write(&file, &all).unwrap();
    let make = |words: &str| run(program("openssl", folder.path(), words).arg(&file), b"").unwrap();
    let p7b = make("crl2pkcs7 -nocrl -outform DER -certfile");
    let text = make("crl2pkcs7 -nocrl -certfile");
    let frameless: Vec<&str> =
        std::str::from_utf8(&text).unwrap().lines().filter(|line| !line.starts_with('-')).collect();
    let three = [alice.clone(), issuer.clone(), root.clone()];
    let trusted =
        run(program("openssl", folder.path(), "x509 -trustout -addtrust emailProtection -in").arg(&file), b"");
    let trusted = trusted.unwrap();
    assert!(trusted.starts_with(b"-----BEGIN TRUSTED"));
    // Indefinite lengths around the certificates, as older programs write them.
    let start = p7b.windows(alice.der().len()).position(|window| window == alice.der()).unwrap();
    let certificates = three.iter().flat_map(Certificate::der).copied().collect::<Vec<_>>();
    assert_eq!(p7b[start..][..certificates.len()], certificates);
    let ber = [
        b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x30\x80\x02\x01\x01\x31\x00".as_slice(),
        b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\0\0\xa0\x80",
        &certificates,
        b"\0\0\x31\x00\0\0\0\0\0\0",
    ]
    .concat();
    for (case, bytes, expected) in [
        ("PEM", all.clone(), &three[..]),
        ("PEM with text around", [b"Subject: x\n", &all[..], b"\nbye\n"].concat(), &three),
        ("PEM with Windows line ends", String::from_utf8(all.clone()).unwrap().replace('\n', "\r\n").into(), &three),
        ("DER", alice.der().to_vec(), &three[..1]),
        ("DER, one behind the other", certificates.clone(), &three),
        ("p7b in DER", p7b.clone(), &three),
        ("p7b in PEM", text.clone(), &three),
        ("p7b in bare base64", frameless.join("\n").into(), &three),
        ("p7b in BER", ber.clone(), &three),
        ("openssl's trusted", trusted, &three[..1]),
        ("X509 CERTIFICATE", String::from_utf8(pem("alice")).unwrap().replace("CERT", "X509 CERT").into(), &three[..1]),
    ] {
        assert_eq!(bundle::certificates(&bytes).as_deref(), Ok(expected), "{case}");
    }
    for cut in [1, 50, ber.len() - 20, ber.len() - 1] {
        assert!(bundle::certificates(&ber[..cut]).is_err(), "{cut}");
    }
    let key = fs::read(Pki::get().file("alice.key")).unwrap();
    for nothing in [&b""[..], b"text", &key, &fs::read(Pki::get().p12("alice")).unwrap(), b"MAA="] {
        assert_eq!(bundle::certificates(nothing), Err(bundle::BundleError::Nothing));
    }
    let damaged = String::from_utf8(all).unwrap().replacen(
        "-----BEGIN CERTIFICATE-----\nMII",
        "-----BEGIN CERTIFICATE-----\nMIX",
        1,
    );
    assert!(matches!(bundle::certificates(damaged.as_bytes()), Err(bundle::BundleError::Damaged { number: 1, .. })));
}

/// The chains of the people, each with the reason that openssl gives too.
#[test]
fn paths() {
    if !installed("openssl") {
        return;
    }
    let (root, issuer) = (read("root"), read("issuer"));
    let mut anchors = Anchors::default();
    anchors.add(root.clone(), AnchorSource::Given);
    let find = |leaf: &Certificate, purpose| {
        let request = Request {
            leaf,
            intermediates: std::slice::from_ref(&issuer),
            anchors: &anchors,
            at: Timestamp::now(),
            purpose,
            budget: 20,
            policies: PolicyRequest::default(),
        };
        (validate(&request), build(&request))
    };
    for name in ["alice", "bob", "alice-ec", "bob-ec", "alice-web", "alice-old", "alice-self"] {
        let leaf = read(name);
        let theirs =
            openssl(&format!("verify -CAfile root.pem -untrusted issuer.pem -purpose smimesign {name}.pem"), b"");
        let (valid, built) = find(&leaf, Purpose::Signing);
        assert_eq!(valid.is_ok(), theirs.is_ok(), "{name}: {theirs:?}");
        match (name, valid.map_err(|error| error.rule)) {
            ("alice-web", Err(Rule::NotForMail { found })) => assert_eq!(found, ["1.3.6.1.5.5.7.3.1"]),
            ("alice-old", Err(Rule::Expired { not_after, .. })) => {
                assert_eq!(not_after, "2025-01-01T00:00:00Z".parse().unwrap());
                let path = built.unwrap();
                assert_eq!(path.certificates(), [leaf, issuer.clone(), root.clone()]);
                assert!(path.check_time("2024-06-01T00:00:00Z".parse().unwrap()).is_err(), "before its issuer");
            }
            ("alice-self", Err(rule)) => assert_eq!(rule, Rule::SelfSigned),
            (_, found) => {
                let chain = found.unwrap_or_else(|rule| panic!("{name}: {rule:?}")).certificates().to_vec();
                assert_eq!(chain, [leaf.clone(), issuer.clone(), root.clone()]);
                assert!(find(&leaf, Purpose::Encryption).0.is_ok());
            }
        }
    }
}

/// What is made here is what openssl takes for a certificate for mail, with every kind of key.
#[test]
fn self_signed() {
    if !installed("openssl") {
        return;
    }
    let folder = folder();
    let now = Timestamp::now();
    for (kind, name, address, shown, usage) in [
        (KeyKind::Rsa(2048), "Zo\u{eb} M\u{fc}ller", "zoe@example.org", "email:zoe@example.org", "Key Encipherment"),
        (KeyKind::P256, "A, \"B\" + C", "\"a b\"@Example.ORG", "email:\"a b\"@example.org", "Key Agreement"),
        (KeyKind::P384, "", "anna@b\u{fc}cher.example", "email:anna@xn--bcher-kva.example", "Key Agreement"),
        (KeyKind::P521, "J", "j\u{f6}rg@example.org", "othername:", "Key Agreement"),
        (KeyKind::Ed25519, "E", "e@example.org", "email:e@example.org", "Digital Signature"),
    ] {
        let key = PrivateKey::generate(kind).unwrap();
        let certificate = create::self_signed(&key, name, address, now, 365).unwrap();
        assert!(certificate.can_sign() && !certificate.is_ca() && certificate.is_self_issued());
        assert_eq!(certificate.can_encrypt(), kind != KeyKind::Ed25519);
        assert_eq!(certificate.addresses(), [waxwing::mime::address::Address::parse(address).unwrap()]);
        assert_eq!(certificate.name(), if name.is_empty() { "anna@xn--bcher-kva.example" } else { name });
        assert_eq!((certificate.serial().len(), certificate.serial()[0] & 0xc0), (20, 0x40));
        fs::write(folder.path().join("c.der"), certificate.der()).unwrap();
        let openssl = |words: &str| run(&mut program("openssl", folder.path(), words), b"").unwrap();
        let text = String::from_utf8(openssl("x509 -inform DER -in c.der -noout -text")).unwrap();
        for part in [
            "Version: 3",
            shown,
            usage,
            "X509v3 Key Usage: critical",
            "X509v3 Basic Constraints: critical\n                CA:FALSE",
            "E-mail Protection",
            "Subject Key Identifier",
            "Authority Key Identifier",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        openssl("x509 -inform DER -in c.der -out c.pem");
        openssl("verify -x509_strict -CAfile c.pem -purpose smimesign c.pem");
        let mut anchors = Anchors::default();
        anchors.add(certificate.clone(), AnchorSource::Given);
        let mut request = Request {
            leaf: &certificate,
            intermediates: &[],
            anchors: &anchors,
            at: now,
            purpose: Purpose::Signing,
            budget: 1,
            policies: PolicyRequest::default(),
        };
        assert!(validate(&request).is_ok());
        request.at = now + jiff::SignedDuration::from_hours(24 * 366);
        assert!(matches!(validate(&request).unwrap_err().rule, Rule::Expired { .. }));
    }
    let key = PrivateKey::generate(KeyKind::P256).unwrap();
    for (name, address) in
        [("a", "no address"), ("a", ""), ("a\0b", "a@example.org"), (&"x".repeat(65), "a@example.org")]
    {
        assert!(create::self_signed(&key, name, address, now, 1).is_err(), "{name} {address}");
    }
    let agrees = PrivateKey::generate(KeyKind::X25519).unwrap();
    assert!(create::self_signed(&agrees, "a", "a@example.org", now, 1).is_err());
    let far = "2049-12-31T23:59:59Z".parse().unwrap();
    let certificate = create::self_signed(&key, "a", "a@example.org", far, 1).unwrap();
    assert_eq!(certificate.not_after(), "2050-01-01T23:59:59Z".parse().unwrap());
}

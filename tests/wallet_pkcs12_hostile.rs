//! PKCS#12 files that are cut, garbled, written in odd ways or made to cost too much end in a clean answer, and damage is never
//! called a wrong password.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::fs;

use proptest::prelude::*;
use secrecy::SecretString;
use waxwing::asn1::tlv;
use waxwing::crypto::kdf;
use waxwing::wallet::pkcs12::{self, Contents, Pkcs12Error};

mod common;

use common::pki::Pki;
use common::{folder, installed, program, run};

const PASSWORD: &str = "secret";

fn read_within(bytes: &[u8], password: &str, iterations: u32) -> Result<Contents, Pkcs12Error> {
    let limits = kdf::Limits { iterations, ..kdf::Limits::default() };
    pkcs12::read(bytes, &SecretString::from(password), &limits)
}

fn read(bytes: &[u8]) -> Result<Contents, Pkcs12Error> {
    read_within(bytes, PASSWORD, 100_000)
}

/// A key of an elliptic curve with its certificate; `how` tells openssl more.
fn made(how: &str) -> Option<Vec<u8>> {
    if !installed("openssl") {
        return None;
    }
    let (home, pki) = (folder(), Pki::get().folder());
    let words = format!("pkcs12 -export -inkey alice-ec.key -in alice-ec.pem -passout pass:{PASSWORD} {how} -out");
    let out = home.path().join("out.p12");
    run(program("openssl", pki, &words).arg(&out), b"").unwrap();
    Some(fs::read(out).unwrap())
}

fn is_whole(contents: &Contents) -> bool {
    contents.keys.len() == 1 && contents.keys[0].certificate.is_some() && contents.certificates.is_empty()
}

/// A file that stopped anywhere is damaged.
#[test]
fn cut_short() {
    for how in ["-iter 1", "-legacy -iter 1", "-iter 1 -nomac", "-keypbe NONE -certpbe NONE -nomac"] {
        let Some(bytes) = made(how) else { return };
        assert!(is_whole(&read(&bytes).unwrap()), "{how}");
        for length in 0..bytes.len() {
            let cut = &bytes[..length];
            assert!(matches!(read(cut), Err(Pkcs12Error::Damaged(_))), "{how} cut at {length}: {:?}", read(cut).err());
            assert!(length < 30 || pkcs12::looks_like(cut), "{how} cut at {length}");
        }
        assert!(is_whole(&read(&[&bytes[..], b"\r\n"].concat()).unwrap()), "{how}: what follows does no harm");
    }
}

/// With the right password a changed file is damaged, asks for too much or names an unknown method, wherever it was changed; or
/// the change does not matter.
#[test]
fn garbled() {
    for how in ["-iter 1", "-legacy -iter 1", "-iter 1 -macalg sha512 -keypbe AES-128-CBC"] {
        let Some(bytes) = made(how) else { return };
        for place in 0..bytes.len() {
            for change in [0x01, 0x20, 0x80] {
                let mut bytes = bytes.clone();
                bytes[place] ^= change;
                match read(&bytes) {
                    Ok(contents) => assert!(is_whole(&contents), "{how} at {place}"),
                    Err(Pkcs12Error::WrongPassword) => panic!("{how} at {place}: said to be a wrong password"),
                    Err(_) => {}
                }
            }
        }
    }
}

/// Without a MAC nothing tells whether a changed file is whole, but it is read or refused cleanly.
#[test]
fn garbled_without_a_mac() {
    for how in ["-iter 1 -nomac", "-keypbe NONE -certpbe NONE -nomac"] {
        let Some(bytes) = made(how) else { return };
        for place in 0..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[place] ^= 0x01;
            _ = read(&bytes);
        }
    }
}

/// The same file in BER: indefinite lengths, strings in pieces. `deep` octet strings hold values that are changed likewise.
fn ber(der: &[u8], deep: bool) -> Vec<u8> {
    let mut rest = der;
    let mut out = Vec::new();
    while let [tag, length, ..] = *rest {
        let octets = if length > 0x80 { usize::from(length & 0x7f) } else { 0 };
        let content = match octets {
            0 => usize::from(length),
            _ => rest[2..2 + octets].iter().fold(0, |length, octet| length << 8 | usize::from(*octet)),
        };
        let (value, next) = rest[2 + octets..].split_at(content);
        rest = next;
        let inner = match tag {
            _ if tag & 0x20 != 0 => ber(value, deep),
            // OCTET STRING, and [0] IMPLICIT OCTET STRING.
            0x04 | 0x80 if value.len() > 4 => {
                let value = if deep && tag == 0x04 && is_sequence(value) { ber(value, deep) } else { value.to_vec() };
                let (one, other) = value.split_at(value.len() / 2);
                [tlv(0x04, &[one]), tlv(0x24, &[&tlv(0x04, &[other])])].concat()
            }
            _ => {
                out.extend(tlv(tag, &[value]));
                continue;
            }
        };
        out.extend([&[tag | 0x20, 0x80], &inner[..], &[0, 0]].concat());
    }
    out
}

/// Whether these bytes are one SEQUENCE and nothing else. Ciphertext may begin like one by chance, and what is short and random be
/// one: salts, nonces, identifiers of keys.
fn is_sequence(bytes: &[u8]) -> bool {
    bytes.len() > 32
        && der::asn1::AnyRef::try_from(bytes).is_ok_and(|value| der::Tagged::tag(&value) == der::Tag::Sequence)
}

/// BER, as older programs write it, is read like DER.
#[test]
fn written_in_ber() {
    for (how, deep) in [("-iter 1", false), ("-iter 1 -nomac", true), ("-legacy -iter 1 -nomac", true)] {
        let Some(bytes) = made(how) else { return };
        let bytes = ber(&bytes, deep);
        assert!(pkcs12::looks_like(&bytes) || bytes[1] == 0x80, "{how}");
        let contents = read(&bytes).unwrap_or_else(|error| panic!("{how}: {error}"));
        assert!(is_whole(&contents), "{how}");
        assert_eq!(read_within(&bytes, "wrong", 1000).unwrap_err(), Pkcs12Error::WrongPassword, "{how}");
    }
}

/// Work beyond the limit is refused before it is done.
#[test]
fn too_much_work() {
    for how in ["", "-legacy", "-nomac", "-nomac -legacy"] {
        let Some(bytes) = made(how) else { return };
        assert!(is_whole(&read_within(&bytes, PASSWORD, 10_000).unwrap()), "{how}");
        assert_eq!(read_within(&bytes, PASSWORD, 100).unwrap_err(), Pkcs12Error::Limit("iterations"), "{how}");
    }
}

const OID_DATA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];

fn data(octets: &[u8]) -> Vec<u8> {
    tlv(0x30, &[OID_DATA, &tlv(0xa0, &[&tlv(0x04, &[octets])])])
}

/// A file without MAC and encryption around SafeContents.
fn in_the_clear(contents: &[u8]) -> Vec<u8> {
    tlv(0x30, &[&[2, 1, 3], &data(&tlv(0x30, &[&data(contents)]))])
}

/// Bag of a type (the last arc) around a value.
fn bag(kind: u8, value: &[u8]) -> Vec<u8> {
    let oid = [0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01, kind];
    tlv(0x30, &[&oid, &tlv(0xa0, &[value])])
}

/// Safes within safes are read to a sane depth; beyond, nothing overflows.
#[test]
fn nested_safes() {
    for (depth, read_to_the_end) in [(0, true), (1, true), (7, true), (12, false), (1000, false), (50_000, false)] {
        let mut contents = tlv(0x30, &[]);
        for _ in 0..depth {
            contents = tlv(0x30, &[&bag(6, &contents)]);
        }
        let result = read(&in_the_clear(&contents));
        assert_eq!(result.is_ok(), read_to_the_end, "{depth}: {:?}", result.err());
    }
}

/// A file full of bags ends.
#[test]
fn many_bags() {
    let bags = vec![bag(5, &[0x05, 0x00]); 20_000].concat();
    assert_eq!(read(&in_the_clear(&tlv(0x30, &[&bags]))).unwrap_err(), Pkcs12Error::Limit("bags"));
}

/// What is not read is named: integrity by signature, certificates that are no X.509. Lists, secrets and unknown bags are passed
/// over.
#[test]
fn named_or_skipped() {
    let mut signed = in_the_clear(&tlv(0x30, &[]));
    let place = signed.windows(OID_DATA.len()).position(|window| window == OID_DATA).unwrap();
    signed[place + OID_DATA.len() - 1] = 2;
    assert!(matches!(read(&signed).unwrap_err(), Pkcs12Error::Unsupported(what) if what.role == "PKCS#12 integrity"));

    let sdsi = [0x06, 0x0a, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x16, 0x02];
    let sdsi = bag(3, &tlv(0x30, &[&sdsi, &tlv(0xa0, &[&tlv(0x16, &[b"text"])])]));
    let error = read(&in_the_clear(&tlv(0x30, &[&sdsi]))).unwrap_err();
    assert!(matches!(error, Pkcs12Error::Unsupported(what) if what.role == "certificate"));

    let others = [bag(4, &tlv(0x30, &[])), bag(5, &tlv(0x30, &[])), bag(77, &[5, 0])].concat();
    let contents = read(&in_the_clear(&tlv(0x30, &[&others]))).unwrap();
    assert!(contents.keys.is_empty() && contents.certificates.is_empty());
}

/// Other kinds of files are not taken for PKCS#12.
#[test]
fn looks() {
    assert!(pkcs12::looks_like(&in_the_clear(&tlv(0x30, &[]))));
    let pki = Pki::get();
    for name in ["alice.pem", "alice.key", "chain.pem"] {
        assert!(!pkcs12::looks_like(&fs::read(pki.file(name)).unwrap()), "{name}");
    }
    for bytes in [&b""[..], b"\x30", b"\x30\x80", b"\x30\x84\xff\xff", b"From: a@example.org\r\n", &[0x30, 3, 2, 1, 3]]
    {
        assert!(!pkcs12::looks_like(bytes), "{bytes:x?}");
        assert!(matches!(read(bytes), Err(Pkcs12Error::Damaged(_))), "{bytes:x?}");
    }
}

proptest! {
    /// No bytes whatever make it panic.
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300), version in 0u8..5) {
        _ = read(&bytes);
        _ = read(&in_the_clear(&bytes));
        _ = read(&in_the_clear(&tlv(0x30, &[&bag(version, &bytes)])));
        _ = read(&tlv(0x30, &[&[2, 1, version], &bytes]));
    }
}

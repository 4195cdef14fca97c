//! The parts that large and many messages spend their time in: `cargo bench --bench micro`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a benchmark")]
#![allow(missing_docs, reason = "the macros make functions without any")]

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;
use std::io::{Write, sink};

use base64_simd::STANDARD;
use common::pki::{PASSWORD, Pki};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use waxwing::asn1;
use waxwing::crypto::cipher::{Authenticator, Decryptor, Encryptor};
use waxwing::crypto::signature::{Input, verify};
use waxwing::crypto::{
    ContentAlgorithm, ContentCipher, DigestAlgorithm, Hasher, PrivateKeyOperations, SignatureAlgorithm, kdf,
};
use waxwing::mime::canonical::{Base64Writer, CanonicalWriter};
use waxwing::mime::transfer::{TransferEncoding, decoded};
use waxwing::mime::{self, Limits};
use waxwing::pki::Certificate;
use waxwing::pki::path::{AnchorSource, Anchors, Purpose, Request, validate};
use waxwing::pki::policies::PolicyRequest;
use waxwing::source::Source;
use waxwing::wallet::pkcs12;

/// Bytes that are worked on at once.
const SIZE: usize = 8 << 20;

fn text() -> Vec<u8> {
    let line = |number| format!("line {number} of a long letter that says nothing else at all\r\n").into_bytes();
    (0..SIZE / 60).flat_map(line).collect()
}

fn base64_lines(bytes: &[u8]) -> Vec<u8> {
    let text = STANDARD.encode_to_string(bytes).into_bytes();
    text.chunks(76).flat_map(|line| [line, b"\r\n"].concat()).collect()
}

/// The scanner, line ends, and base64 both ways.
fn mime(criterion: &mut Criterion) {
    let text = text();
    let message =
        [b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n".as_slice(), &text, b"\r\n--b--\r\n"].concat();
    let message = Source::from_bytes(message);
    let encoded = Source::from_bytes(base64_lines(&text));
    let mut group = criterion.benchmark_group("mime");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("scan for boundaries", |bench| {
        bench.iter(|| mime::parse(black_box(&message), &Limits::default()).unwrap());
    });
    group.bench_function("canonical line ends", |bench| {
        bench.iter(|| CanonicalWriter::new(sink()).write_all(black_box(&text)).unwrap());
    });
    group.bench_function("encode base64", |bench| {
        bench.iter(|| Base64Writer::new(sink()).write_all(black_box(&text)).unwrap());
    });
    group.bench_function("decode base64", |bench| {
        bench.iter(|| decoded(black_box(encoded.clone()), TransferEncoding::Base64).copy_to(&mut sink()).unwrap());
    });
    group.finish();
}

/// An OCTET STRING in pieces, walked over and read.
fn ber(criterion: &mut Criterion) {
    let pieces = text().chunks(32_000).map(|piece| asn1::tlv(0x04, &[piece])).collect::<Vec<_>>().concat();
    let string = Source::from_bytes([&[0x24, 0x80][..], &pieces, &[0, 0]].concat());
    let certificate = std::fs::read(Pki::get().certificate("alice")).unwrap();
    let certificate = waxwing::pki::bundle::certificates(&certificate).unwrap().remove(0);
    let mut group = criterion.benchmark_group("asn1");
    group.throughput(Throughput::Bytes(SIZE as u64));
    group.bench_function("octets in pieces", |bench| {
        bench.iter(|| {
            let mut cursor = asn1::Cursor::new(black_box(string.clone()), asn1::Limits::default());
            cursor.take_octets().unwrap().copy_to(&mut sink()).unwrap()
        });
    });
    group.throughput(Throughput::Elements(1));
    group.bench_function("certificate", |bench| {
        bench.iter(|| Certificate::from_der(black_box(certificate.der())).unwrap());
    });
    group.finish();
}

/// Digests and ciphers.
fn streams(criterion: &mut Criterion) {
    let text = text();
    let mut group = criterion.benchmark_group("crypto");
    group.throughput(Throughput::Bytes(text.len() as u64));
    for algorithm in [DigestAlgorithm::Sha1, DigestAlgorithm::Sha256, DigestAlgorithm::Sha512] {
        group.bench_function(algorithm.micalg(), |bench| {
            bench.iter(|| {
                let mut hasher = Hasher::new(algorithm);
                hasher.update(black_box(&text));
                hasher.finalize()
            });
        });
    }
    for cipher in [ContentCipher::Aes256Cbc, ContentCipher::Aes256Gcm] {
        let (algorithm, key) = (ContentAlgorithm::generate(cipher).unwrap(), vec![7; cipher.key_len()]);
        let mut out = Vec::new();
        group.bench_function(format!("encrypt {cipher}"), |bench| {
            bench.iter(|| {
                let mut encryptor = Encryptor::new(&algorithm, &key, &[]).unwrap();
                for piece in text.chunks(32 << 10) {
                    out.clear();
                    encryptor.update(piece, &mut out).unwrap();
                }
                out.clear();
                encryptor.finish(&mut out).unwrap()
            });
        });
        let decryptor = Decryptor::new(&algorithm, &key).unwrap();
        let mut data = text[..text.len() / 16 * 16].to_vec();
        group.bench_function(format!("decrypt {cipher}"), |bench| {
            bench.iter(|| decryptor.decrypt(0, &[], black_box(&mut data)).unwrap());
        });
        if cipher.is_authenticated() {
            group.bench_function(format!("authenticate {cipher}"), |bench| {
                bench.iter(|| {
                    let mut authenticator = Authenticator::new(&algorithm, &key, &[], text.len() as u64).unwrap();
                    authenticator.update(black_box(&text)).unwrap();
                    authenticator
                });
            });
        }
    }
    group.finish();
}

/// What each of many small messages costs: operations with keys, and a path.
fn keys(criterion: &mut Criterion) {
    let pki = Pki::get();
    let mut group = criterion.benchmark_group("keys");
    for person in ["alice", "alice-ec"] {
        let file = std::fs::read(pki.p12(person)).unwrap();
        let read = pkcs12::read(&file, &PASSWORD.to_owned().into(), &kdf::Limits::default()).unwrap();
        let entry = &read.keys[0];
        let (key, certificate) = (&entry.key, entry.certificate.as_ref().unwrap());
        let algorithm = SignatureAlgorithm::for_key(certificate.public_key()).unwrap();
        let name = key.kind();
        group.bench_function(format!("sign {name}"), |bench| {
            bench.iter(|| key.sign(algorithm, Input::Message(black_box(b"message"))).unwrap());
        });
        let signature = key.sign(algorithm, Input::Message(b"message")).unwrap();
        group.bench_function(format!("verify {name}"), |bench| {
            bench.iter(|| {
                verify(certificate.public_key(), algorithm, Input::Message(black_box(b"message")), &signature).unwrap();
            });
        });
    }
    let read = |name: &str| {
        waxwing::pki::bundle::certificates(&std::fs::read(pki.certificate(name)).unwrap()).unwrap().remove(0)
    };
    let (leaf, intermediates) = (read("alice"), [read("issuer")]);
    let mut anchors = Anchors::default();
    anchors.add(read("root"), AnchorSource::Given);
    group.bench_function("path of three", |bench| {
        bench.iter(|| {
            validate(&Request {
                leaf: &leaf,
                intermediates: &intermediates,
                anchors: &anchors,
                at: jiff::Timestamp::now(),
                purpose: Purpose::Signing,
                policies: PolicyRequest::default(),
                budget: 200,
            })
            .unwrap()
        });
    });
    group.finish();
}

criterion_group!(benches, mime, ber, streams, keys);
criterion_main!(benches);

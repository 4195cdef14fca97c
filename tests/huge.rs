//! Messages of more than four gigabytes: places in them need more than 32 bits.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::sync::Arc;

use base64_simd::STANDARD;
use const_oid::db::rfc5911::ID_DATA;
use waxwing::cms::write::{Signer, detached};
use waxwing::crypto::{DigestAlgorithm, Hasher, KeyKind, PrivateKey, SignatureAlgorithm};
use waxwing::jobs::{Desk, Progress};
use waxwing::pki::create::self_signed;
use waxwing::policy::{NetworkPolicy, Policy};
use waxwing::report::{Integrity, LayerKind};
use waxwing::source::Source;
use waxwing::wallet::Wallet;

/// Bytes of the attachment: nothing but a hole in a file, which takes no room on the disk.
const HOLE: u64 = (4 << 30) + 7;

/// A signature over more than four gigabytes holds, what stands behind them is found, and a byte that changed there is noticed.
#[test]
fn a_message_of_more_than_four_gigabytes() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("huge.eml");
    let now = jiff::Timestamp::now();
    let key = PrivateKey::generate(KeyKind::P256).unwrap();
    let certificate = self_signed(&key, "Anna", "anna@example.org", now, 30).unwrap();

    let mut file = File::create(&path).unwrap();
    let head = "From: anna@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/signed; micalg=sha-256; boundary=b;\r\n \
        protocol=\"application/pkcs7-signature\"\r\n\r\n--b\r\n";
    let part = "Content-Type: application/octet-stream; name=a.bin\r\nContent-Transfer-Encoding: binary\r\n\r\n";
    write!(file, "{head}{part}").unwrap();
    let end = (head.len() + part.len()) as u64 + HOLE;
    file.seek(SeekFrom::Start(end)).unwrap();
    let signed = Source::open(&path).unwrap();
    file.set_len(end).unwrap();
    let mut hasher = Hasher::new(DigestAlgorithm::Sha256);
    signed.slice_from(head.len() as u64).copy_to(&mut hasher).unwrap();
    let signer = Signer {
        certificate: &certificate,
        chain: &[],
        key: &key,
        algorithm: SignatureAlgorithm::for_key(certificate.public_key()).unwrap(),
        digest: DigestAlgorithm::Sha256,
        signing_time: now,
        capabilities: &[],
    };
    let signature = STANDARD.encode_to_string(detached(&signer, ID_DATA, &hasher.finalize()).unwrap());
    write!(
        file,
        "\r\n--b\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    .unwrap();
    for line in signature.as_bytes().chunks(76) {
        file.write_all(line).unwrap();
        file.write_all(b"\r\n").unwrap();
    }
    write!(file, "--b--\r\n").unwrap();

    let policy = Policy { network: NetworkPolicy::Offline, ..Policy::at(now) };
    let desk = Desk::new(Arc::new(Wallet::in_memory().unwrap()), policy);
    let look = || desk.look(&path, &Progress::default()).report;
    let report = look();
    assert_eq!(report.error, None);
    assert_eq!(report.layers[0].kind, LayerKind::ClearSigned);
    assert_eq!(report.layers[0].signers[0].integrity, Integrity::Intact, "{report:#?}");
    assert_eq!(report.attachments[0].size, HOLE);

    file.seek(SeekFrom::Start(end - 1)).unwrap();
    file.write_all(b"x").unwrap();
    assert_eq!(look().layers[0].signers[0].integrity, Integrity::Altered);
}

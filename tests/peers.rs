//! Messages between Waxwing and other programs, in both directions and for every combination of methods.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::mail;
use common::openssl::OpenSsl;
use common::peer::{Cipher, Padding, Peer, peers};

const SIGNERS: [(&str, &str); 2] = [("alice", "rsa"), ("alice-ec", "ecdsa")];
/// The same bytes, or where they part.
fn same(expected: &[u8], found: &[u8]) -> Result<(), String> {
    if mail::canonical(expected) == mail::canonical(found) {
        return Ok(());
    }
    Err(format!("expected {:?}\nfound {:?}", String::from_utf8_lossy(expected), String::from_utf8_lossy(found)))
}

/// The peers read what openssl writes: where Waxwing fails with one of them, the set-up is not the reason.
#[test]
fn peers_understand_openssl() {
    let Some(openssl) = OpenSsl::find() else { return };
    let entity = mail::PARTS.as_bytes();
    for peer in peers() {
        for opaque in [false, true] {
            for (signer, _) in SIGNERS {
                let signed = mail::canonical(&openssl.sign(signer, opaque, entity).unwrap());
                peer.verify(&signed).and_then(|found| same(entity, &found)).unwrap();
            }
        }
        let sealed = mail::canonical(&openssl.encrypt("bob", Cipher::Cbc, Padding::Pkcs1, entity).unwrap());
        peer.decrypt("bob", &sealed).and_then(|found| same(entity, &found)).unwrap();
        let changed =
            String::from_utf8(openssl.sign("alice", false, entity).unwrap()).unwrap().replacen("attach", "detach", 1);
        peer.verify(&mail::canonical(changed.as_bytes())).expect_err("a changed message");
    }
}

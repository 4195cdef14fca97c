//! Asking an authority for a certificate, with openssl as the authority.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use waxwing::crypto::{KeyKind, PrivateKey, kdf};
use waxwing::pki::Certificate;
use waxwing::wallet::vault::MemoryVault;
use waxwing::wallet::{Imported, Request, Vault, VaultError, Wallet, WalletError, import};

mod common;

use common::pki::Pki;
use common::{folder, installed, program, run};

fn openssl(folder: &Path, words: &str) -> String {
    let out = run(&mut program("openssl", folder, words), b"").unwrap_or_else(|error| panic!("{error}"));
    String::from_utf8(out).unwrap()
}

/// What an authority makes of a request, with the extensions that it asks for.
fn issued(folder: &Path, request: &Request) -> Vec<u8> {
    fs::write(folder.join("r.csr"), request.pem().unwrap()).unwrap();
    let (issuer, key) = (Pki::get().issuer(), Pki::get().file("issuer.key"));
    let (issuer, key) = (issuer.display(), key.display());
    openssl(
        folder,
        &format!(
            "x509 -req -in r.csr -CA {issuer} -CAkey {key} -CAcreateserial -CAserial r.srl -days 30 -copy_extensions copy -out r.pem"
        ),
    );
    fs::read(folder.join("r.pem")).unwrap()
}

fn bring(wallet: &Wallet, bytes: &[u8]) -> Imported {
    import::import(wallet, bytes, None, &kdf::Limits::default(), Timestamp::now()).unwrap()
}

fn request(wallet: &Wallet, kind: KeyKind) -> Request {
    let key = PrivateKey::generate(kind).unwrap();
    wallet.request(&key, "Anna Kovács", "anna@example.org", Timestamp::now()).unwrap()
}

/// openssl finds the request signed by its key and for mail; the certificate that comes of it finds the key by itself, and so
/// does a later one that renews it.
#[test]
fn certificates_find_the_keys_that_wait_for_them() {
    if !installed("openssl") {
        return;
    }
    let dir = folder();
    for kind in [KeyKind::Rsa(2048), KeyKind::P256, KeyKind::Ed25519] {
        let wallet = Wallet::in_memory().unwrap();
        let asked = request(&wallet, kind);
        fs::write(dir.path().join("look.csr"), asked.pem().unwrap()).unwrap();
        let seen = openssl(dir.path(), "req -in look.csr -verify -noout -text -nameopt utf8");
        for expected in ["Anna Kovács", "email:anna@example.org", "E-mail Protection", "Digital Signature"] {
            assert!(seen.contains(expected), "{kind:?}: {expected} is missing in {seen}");
        }
        assert_eq!(wallet.requests().unwrap(), std::slice::from_ref(&asked));
        let imported = bring(&wallet, &issued(dir.path(), &asked));
        assert_eq!((imported.identities.len(), imported.contacts.len()), (1, 0), "{kind:?}");
        assert_eq!(wallet.requests().unwrap(), []);
        assert!(wallet.check().unwrap().is_empty());

        let renewed = issued(dir.path(), &asked);
        assert_eq!(bring(&wallet, &renewed).identities.len(), 1, "{kind:?}");
        let again = bring(&wallet, &renewed);
        assert_eq!((again.identities.len(), again.known), (0, 1), "{kind:?}");
        assert_eq!(wallet.identities().unwrap().len(), 2);
    }
}

/// A request that is given up takes its key along, unless a certificate has come for it.
#[test]
fn keys_of_requests_end_with_them() {
    if !installed("openssl") {
        return;
    }
    let (dir, data) = (folder(), folder());
    let vault = Arc::new(MemoryVault::new());
    let wallet = Wallet::open(data.path(), Arc::clone(&vault) as Arc<dyn Vault>).unwrap();
    let given_up = request(&wallet, KeyKind::P256);
    let answered = request(&wallet, KeyKind::P256);
    wallet.remove_request(&given_up.key).unwrap();
    assert_eq!(vault.key(&given_up.key).err(), Some(VaultError::Missing));
    assert!(matches!(wallet.remove_request(&given_up.key), Err(WalletError::Missing)));
    let certificate: Certificate = bring(&wallet, &issued(dir.path(), &answered)).identities.remove(0);
    assert!(matches!(wallet.remove_request(&answered.key), Err(WalletError::Missing)));
    assert_eq!(wallet.key(&certificate).unwrap().public_key(), certificate.public_key());
}

/// Nothing is kept of a request that cannot be made.
#[test]
fn names_and_addresses_are_checked() {
    let wallet = Wallet::in_memory().unwrap();
    let key = PrivateKey::generate(KeyKind::P256).unwrap();
    for (name, address) in [("Anna", "nobody"), ("a\nb", "anna@example.org"), (&"x".repeat(65), "anna@example.org")] {
        let refused = wallet.request(&key, name, address, Timestamp::now());
        assert!(matches!(refused, Err(WalletError::Export(_))), "{name}: {refused:?}");
    }
    assert_eq!(wallet.requests().unwrap(), []);
}

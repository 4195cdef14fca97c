//! What can be dropped on the wallet, and what is in it afterwards.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::fs;
use std::sync::Arc;

use jiff::Timestamp;
use secrecy::SecretString;
use waxwing::crypto::{PrivateKeyOperations, kdf};
use waxwing::pki::Certificate;
use waxwing::wallet::vault::MemoryVault;
use waxwing::wallet::{ImportError, Imported, Vault, VaultError, Wallet, WalletError, import};

mod common;

use common::pki::{PASSWORD, Pki};
use common::{folder, installed, program, run};

fn file(name: &str) -> Vec<u8> {
    fs::read(Pki::get().file(name)).unwrap()
}

/// What openssl makes of the test certificates.
fn openssl(words: &str) -> Vec<u8> {
    run(&mut program("openssl", Pki::get().folder(), words), b"").unwrap_or_else(|error| panic!("{error}"))
}

fn certificate(name: &str) -> Certificate {
    let pem = String::from_utf8(file(&format!("{name}.pem"))).unwrap();
    Certificate::from_der(&waxwing::crypto::pem::blocks(&pem).next().unwrap().decode().unwrap()).unwrap()
}

fn bring(wallet: &Wallet, bytes: &[u8], password: Option<&str>) -> Result<Imported, ImportError> {
    let password = password.map(SecretString::from);
    import::import(wallet, bytes, password.as_ref(), &kdf::Limits::default(), Timestamp::now())
}

fn counts(imported: &Imported) -> [usize; 4] {
    [imported.identities.len(), imported.contacts.len(), imported.authorities.len(), imported.known]
}

/// Identities, contacts, authorities in the wallet.
fn held(wallet: &Wallet) -> [usize; 3] {
    [wallet.identities().unwrap().len(), wallet.contacts().unwrap().len(), wallet.authorities().unwrap().len()]
}

/// Each kind of file: what comes in (identities, contacts, authorities, known), with which password.
#[test]
fn kinds_of_files() {
    if !installed("openssl") {
        return;
    }
    let pem = |names: &[&str]| names.iter().map(|name| file(name)).collect::<Vec<_>>().concat();
    let with_text = |bytes: Vec<u8>| [&b"Bag Attributes\n  friendlyName: \xe4\n"[..], &bytes, b"\nend\n"].concat();
    let key_with = |words: &str| {
        let key = openssl(&format!("{words} -passout pass:secret"));
        [key, file("alice.pem")].concat()
    };
    type Case = (&'static str, Vec<u8>, Option<&'static str>, [usize; 4]);
    let cases: Vec<Case> = vec![
        ("p12", file("alice.p12"), Some(PASSWORD), [1, 0, 2, 0]),
        ("old p12", file("alice-ec.legacy.p12"), Some(PASSWORD), [1, 0, 2, 0]),
        ("PEM certificate", file("bob.pem"), None, [0, 1, 0, 0]),
        ("DER certificate", openssl("x509 -in bob.pem -outform DER"), None, [0, 1, 0, 0]),
        ("authority", file("root.pem"), None, [0, 0, 1, 0]),
        ("several", pem(&["bob.pem", "bob.pem", "bob-ec.pem", "chain.pem"]), None, [0, 2, 2, 0]),
        ("p7b", openssl("crl2pkcs7 -nocrl -certfile bob.pem -certfile chain.pem -outform DER"), None, [0, 1, 2, 0]),
        ("PEM p7b", openssl("crl2pkcs7 -nocrl -certfile bob.pem -certfile chain.pem"), None, [0, 1, 2, 0]),
        ("key and certificate", pem(&["alice.key", "alice.pem"]), None, [1, 0, 0, 0]),
        ("certificate, chain and key", with_text(pem(&["alice.pem", "chain.pem", "alice.key"])), None, [1, 0, 2, 0]),
        ("two keys", pem(&["alice.pem", "alice.key", "bob-ec.pem", "bob-ec.key", "bob.pem"]), None, [2, 1, 0, 0]),
        ("RSA PRIVATE KEY", key_with("rsa -in alice.key -traditional"), None, [1, 0, 0, 0]),
        ("ENCRYPTED PRIVATE KEY", key_with("pkcs8 -topk8 -in alice.key"), Some("secret"), [1, 0, 0, 0]),
        ("scrypt", key_with("pkcs8 -topk8 -scrypt -in alice.key"), Some("secret"), [1, 0, 0, 0]),
        ("old AES", key_with("rsa -in alice.key -traditional -aes256"), Some("secret"), [1, 0, 0, 0]),
        ("old 3DES", key_with("rsa -in alice.key -traditional -des3"), Some("secret"), [1, 0, 0, 0]),
        (
            "old EC",
            [openssl("ec -in bob-ec.key -aes128 -passout pass:secret"), file("bob-ec.pem")].concat(),
            Some("secret"),
            [1, 0, 0, 0],
        ),
    ];
    for (name, bytes, password, expected) in cases {
        let wallet = Wallet::in_memory().unwrap();
        if password.is_some() {
            assert!(matches!(bring(&wallet, &bytes, None), Err(ImportError::NeedsPassword)), "{name}");
            assert!(matches!(bring(&wallet, &bytes, Some("wrong")), Err(ImportError::WrongPassword)), "{name}");
            assert_eq!(held(&wallet), [0, 0, 0], "{name}");
        }
        let imported = bring(&wallet, &bytes, password).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(counts(&imported), expected, "{name}");
        assert_eq!(held(&wallet), expected[..3], "{name}");
        for identity in wallet.identities().unwrap() {
            let key = wallet.key(&identity.certificate).unwrap();
            assert_eq!(key.public_key(), identity.certificate.public_key(), "{name}");
        }
        assert!(wallet.anchors().unwrap().is_empty(), "{name}: what is imported is not trusted");
        assert!(wallet.check().unwrap().is_empty(), "{name}");
        let again = bring(&wallet, &bytes, password).unwrap();
        assert_eq!(counts(&again), [0, 0, 0, expected[..3].iter().sum()], "{name} again");
    }
}

/// Label and chain of a .p12 stay with the identity, the issuer first.
#[test]
fn chain_and_label() {
    if !installed("openssl") {
        return;
    }
    let wallet = Wallet::in_memory().unwrap();
    bring(&wallet, &file("alice.p12"), Some(PASSWORD)).unwrap();
    let identity = wallet.identities().unwrap().remove(0);
    assert_eq!(identity.label.as_deref(), Some("alice"));
    assert_eq!(identity.chain, [certificate("issuer"), certificate("root")]);
    assert_eq!(identity.certificate, certificate("alice"));

    let password = SecretString::from("export");
    let exported = wallet.export_p12(&identity.certificate, &password).unwrap();
    let other = Wallet::in_memory().unwrap();
    assert_eq!(counts(&bring(&other, &exported, Some("export")).unwrap()), [1, 0, 2, 0]);
    assert_eq!(other.identities().unwrap()[0].chain, identity.chain);
    assert!(matches!(other.export_p12(&certificate("root"), &password), Err(WalletError::Missing)));
}

/// A bare key finds its certificate in the wallet, which becomes mine; without one it is refused with its own reason.
#[test]
fn bare_keys() {
    if !installed("openssl") {
        return;
    }
    let wallet = Wallet::in_memory().unwrap();
    let der = openssl("pkey -in alice.key -outform DER");
    for key in [file("alice.key"), der.clone()] {
        assert!(matches!(bring(&wallet, &key, None), Err(ImportError::KeyWithoutCertificate)));
    }
    let mixed = [file("alice.key"), file("bob.pem")].concat();
    assert!(matches!(bring(&wallet, &mixed, None), Err(ImportError::KeyWithoutCertificate)));
    assert_eq!(held(&wallet), [0, 0, 0], "nothing was added with it");
    bring(&wallet, &file("alice.pem"), None).unwrap();
    assert_eq!(held(&wallet), [0, 1, 0]);
    assert_eq!(counts(&bring(&wallet, &der, None).unwrap()), [1, 0, 0, 0]);
    assert_eq!(held(&wallet), [1, 0, 0]);
}

/// Damage, an unknown method and nothing at all are told apart, and from a wrong password.
#[test]
fn refusals() {
    if !installed("openssl") {
        return;
    }
    let wallet = Wallet::in_memory().unwrap();
    let pem = file("bob.pem");
    let p12 = file("alice.p12");
    let damaged: [&[u8]; 6] = [
        &p12[..p12.len() / 2],
        &pem[..pem.len() / 2],
        &file("alice.key")[..500],
        &[&pem, &file("alice.key")[..500]].concat(),
        &openssl("x509 -in bob.pem -outform DER")[..400],
        &[&b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"[..], &pem].concat(),
    ];
    for (index, bytes) in damaged.into_iter().enumerate() {
        for password in [None, Some(PASSWORD)] {
            let result = bring(&wallet, bytes, password);
            assert!(matches!(result, Err(ImportError::Damaged(_))), "{index}: {result:?}");
        }
    }
    for bytes in [&b""[..], b"hello", b"From: a@example.org\r\n\r\ntext\r\n", &[0xff; 100]] {
        let result = bring(&wallet, bytes, None);
        assert!(matches!(result, Err(ImportError::Nothing)), "{result:?}");
    }
    let dsa = openssl("genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:1024");
    let home = folder();
    fs::write(home.path().join("dsa.pem"), dsa).unwrap();
    let dsa = run(&mut program("openssl", home.path(), "genpkey -paramfile dsa.pem"), b"").unwrap();
    assert!(matches!(bring(&wallet, &dsa, None), Err(ImportError::Unsupported(what)) if what.role == "key"));
    assert_eq!(held(&wallet), [0, 0, 0]);
}

/// A vault that takes so many keys and then no more.
struct Full {
    inner: MemoryVault,
    room: std::sync::Mutex<usize>,
}

impl Vault for Full {
    fn name(&self) -> &'static str {
        "memory"
    }
    fn ready(&self) -> Result<(), VaultError> {
        self.inner.ready()
    }
    fn unlock(&self, passphrase: &SecretString) -> Result<(), VaultError> {
        self.inner.unlock(passphrase)
    }
    fn lock(&self) {
        self.inner.lock();
    }
    fn store(&self, id: &str, key: &waxwing::crypto::PrivateKey) -> Result<(), VaultError> {
        let mut room = self.room.lock().unwrap();
        *room = room.checked_sub(1).ok_or_else(|| VaultError::Failed("full".to_owned()))?;
        self.inner.store(id, key)
    }
    fn key(&self, id: &str) -> Result<Arc<dyn PrivateKeyOperations>, VaultError> {
        self.inner.key(id)
    }
    fn remove(&self, id: &str) -> Result<(), VaultError> {
        self.inner.remove(id)
    }
    fn export(&self, id: &str) -> Result<zeroize::Zeroizing<Vec<u8>>, VaultError> {
        self.inner.export(id)
    }
}

/// When the second of two keys cannot be kept, the first is not kept either, nor any certificate.
#[test]
fn all_or_nothing() {
    if !installed("openssl") {
        return;
    }
    let home = folder();
    let vault = Arc::new(Full { inner: MemoryVault::new(), room: std::sync::Mutex::new(1) });
    let wallet = Wallet::open(home.path(), Arc::clone(&vault) as Arc<dyn Vault>).unwrap();
    let both = [file("alice.pem"), file("alice.key"), file("bob.pem"), file("bob.key"), file("root.pem")].concat();
    assert!(matches!(bring(&wallet, &both, None), Err(ImportError::Wallet(WalletError::Vault(VaultError::Failed(_))))));
    assert_eq!(held(&wallet), [0, 0, 0]);
    for name in ["alice", "bob"] {
        let id = waxwing::wallet::vault::key_id(certificate(name).public_key());
        assert_eq!(vault.key(&id).err(), Some(VaultError::Missing), "{name}");
    }
    *vault.room.lock().unwrap() = 9;
    assert_eq!(counts(&bring(&wallet, &both, None).unwrap()), [2, 0, 1, 0]);
}

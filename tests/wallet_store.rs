//! What the wallet keeps about certificates, and what happens to it when files are damaged, shared or refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use waxwing::crypto::{ContentCipher, PrivateKey, PrivateKeyOperations};
use waxwing::mime::address::Address;
use waxwing::pki::Certificate;
use waxwing::wallet::vault::{FileVault, MemoryVault, key_id};
use waxwing::wallet::{Fault, HistoryEntry, Identity, StoreFault, Vault, VaultError, Wallet, WalletError};

mod common;

use common::pki::{ALICE, BOB, Pki};
use common::{folder, installed, program, run};

fn parse(pem: &[u8]) -> Certificate {
    let pem = String::from_utf8(pem.to_vec()).unwrap();
    Certificate::from_der(&waxwing::crypto::pem::blocks(&pem).next().unwrap().decode().unwrap()).unwrap()
}

fn certificate(name: &str) -> Certificate {
    parse(&fs::read(Pki::get().certificate(name)).unwrap())
}

fn key(name: &str) -> PrivateKey {
    PrivateKey::from_any(&fs::read(Pki::get().file(&format!("{name}.key"))).unwrap()).unwrap()
}

/// Another certificate for somebody's key.
fn renewed(name: &str, address: &str) -> Certificate {
    let words = format!(
        "req -x509 -key {name}.key -days 400 -subj /CN={name} -addext subjectAltName=email:{address} \
         -addext basicConstraints=critical,CA:FALSE"
    );
    parse(&run(&mut program("openssl", Pki::get().folder(), &words), b"").unwrap())
}

fn open(folder: &Path, vault: &Arc<MemoryVault>) -> Wallet {
    Wallet::open(folder, Arc::clone(vault) as Arc<dyn Vault>).unwrap()
}

fn add(wallet: &Wallet, name: &str) -> Certificate {
    let certificate = certificate(name);
    wallet.add_identity(&certificate, &[certificate_of_issuer()], Some(name), &key(name), now()).unwrap();
    certificate
}

fn certificate_of_issuer() -> Certificate {
    certificate("issuer")
}

fn now() -> Timestamp {
    Timestamp::now()
}

fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

fn names(identities: &[waxwing::wallet::Identity]) -> Vec<&str> {
    identities.iter().filter_map(|identity| identity.label.as_deref()).collect()
}

/// Everything is there after the program was ended and started again.
#[test]
fn everything_lasts() {
    if !installed("openssl") {
        return;
    }
    let folder = folder();
    let folder = folder.path().join("data/waxwing");
    let vault = Arc::new(MemoryVault::new());
    let (alice, bob, root) = (certificate("alice"), certificate("bob"), certificate("root"));
    let (then, later) = (now() - SignedDuration::from_hours(50), now());
    let ciphers = [ContentCipher::Aes256Gcm, ContentCipher::Rc2Cbc(40), ContentCipher::TripleDesCbc];
    let line = |number: u32| HistoryEntry {
        at: then,
        action: "verify".into(),
        file: format!("mail {number}.eml"),
        outcome: "verified".into(),
        certificate: (number == 2).then(|| bob.fingerprint()),
        output: None,
    };
    {
        let wallet = open(&folder, &vault);
        wallet
            .add_identity(&alice, &[certificate_of_issuer(), root.clone()], Some("Alice"), &key("alice"), then)
            .unwrap();
        assert!(wallet.add_certificate(&bob, then).unwrap());
        assert!(!wallet.add_certificate(&bob, later).unwrap());
        assert!(!wallet.add_certificate(&alice, later).unwrap(), "mine already");
        assert!(wallet.add_certificate(&root, then).unwrap());
        wallet.set_trust(&bob, Some(then)).unwrap();
        wallet.set_trust(&root, Some(then)).unwrap();
        wallet.set_default(&alice, true, false).unwrap();
        wallet.remember_capabilities(&bob, &ciphers, then).unwrap();
        wallet.remember_capabilities(&bob, &ciphers[1..], then - SignedDuration::from_hours(1)).unwrap();
        wallet.set_setting("language", "en").unwrap();
        wallet.set_setting("language", "de").unwrap();
        (0..3).for_each(|number| wallet.record(&line(number)).unwrap());
    }
    let wallet = open(&folder, &vault);
    let identities = wallet.identities().unwrap();
    assert_eq!(identities.len(), 1);
    let mine = &identities[0];
    assert_eq!((&mine.certificate, mine.label.as_deref(), mine.added), (&alice, Some("Alice"), then));
    assert_eq!(mine.chain, [certificate_of_issuer(), root.clone()]);
    assert!(mine.default_signing && !mine.default_encryption);
    assert_eq!(wallet.key(&alice).unwrap().public_key(), alice.public_key());
    let contact = wallet.contacts().unwrap().remove(0);
    assert_eq!((&contact.certificate, contact.pinned, contact.distrusted), (&bob, Some(then), false));
    assert_eq!(contact.capabilities, Some((ciphers.to_vec(), then)), "the older statement was not taken");
    let authority = wallet.authorities().unwrap().remove(0);
    assert_eq!((&authority.certificate, authority.trusted), (&root, Some(then)));
    assert_eq!(wallet.anchors().unwrap(), [root]);
    assert_eq!(wallet.certificates().unwrap().len(), 3);
    assert_eq!(wallet.setting("language").unwrap().as_deref(), Some("de"));
    assert_eq!(wallet.setting("theme").unwrap(), None);
    assert_eq!(wallet.history(2).unwrap(), [line(2), line(1)]);
    assert!(wallet.check().unwrap().is_empty());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&folder.join(Wallet::FILE))), (0o700, 0o600));
    }
}

/// Trust and distrust exclude each other, and nothing that is not there can be decided about.
#[test]
fn decisions() {
    if !installed("openssl") {
        return;
    }
    let wallet = Wallet::in_memory().unwrap();
    let (bob, root) = (certificate("bob"), certificate("root"));
    for missing in [
        wallet.set_trust(&bob, Some(now())),
        wallet.set_distrust(&root, true),
        wallet.set_default(&bob, true, true),
        wallet.remember_capabilities(&bob, &[], now()),
        wallet.remove(&bob),
        wallet.key(&bob).map(drop),
    ] {
        assert!(matches!(missing, Err(WalletError::Missing)), "{missing:?}");
    }
    for certificate in [&bob, &root] {
        wallet.add_certificate(certificate, now()).unwrap();
        wallet.set_trust(certificate, Some(now())).unwrap();
        wallet.set_distrust(certificate, true).unwrap();
    }
    let contact = wallet.contacts().unwrap().remove(0);
    assert!(contact.distrusted && contact.pinned.is_none());
    let authority = wallet.authorities().unwrap().remove(0);
    assert!(authority.distrusted && authority.trusted.is_none());
    wallet.set_trust(&bob, Some(now())).unwrap();
    wallet.set_distrust(&root, false).unwrap();
    let contact = wallet.contacts().unwrap().remove(0);
    assert!(!contact.distrusted && contact.pinned.is_some());
    assert!(!wallet.authorities().unwrap()[0].distrusted);
    wallet.set_trust(&bob, None).unwrap();
    assert!(wallet.contacts().unwrap()[0].pinned.is_none());
    wallet.remove(&bob).unwrap();
    assert!(wallet.contacts().unwrap().is_empty());

    let alice = add(&wallet, "alice");
    wallet.set_trust(&alice, Some(now())).unwrap();
    assert_eq!((wallet.identities().unwrap().len(), wallet.contacts().unwrap().len()), (1, 1), "pinned though mine");
    wallet.remove(&alice).unwrap();
    assert!(wallet.identities().unwrap().is_empty() && wallet.contacts().unwrap().is_empty());
    assert!(wallet.add_identity(&alice, &[], None, &key("bob"), now()).is_err(), "somebody else's key");
}

/// A certificate is trusted for one address alone when the user says so; an authority never is. The sources of trust are switches
/// of their own.
#[test]
fn pins_for_one_address_and_switches() {
    if !installed("openssl") {
        return;
    }
    let (folder, vault) = (folder(), Arc::new(MemoryVault::new()));
    let (bob, root, boss) = (certificate("bob"), certificate("root"), address("boss@example.org"));
    {
        let wallet = open(folder.path(), &vault);
        assert!(matches!(wallet.set_trust_for(&bob, now(), &boss), Err(WalletError::Missing)));
        for certificate in [&bob, &root] {
            wallet.add_certificate(certificate, now()).unwrap();
        }
        wallet.set_trust_for(&bob, now(), &boss).unwrap();
        assert!(matches!(wallet.set_trust_for(&root, now(), &boss), Err(WalletError::Authority)));
        assert!(wallet.trusts_built_in_roots().unwrap() && !wallet.trusts_system_roots().unwrap());
        wallet.set_trusts_system_roots(true).unwrap();
        wallet.set_trusts_built_in_roots(false).unwrap();
    }
    let wallet = open(folder.path(), &vault);
    assert!(!wallet.trusts_built_in_roots().unwrap() && wallet.trusts_system_roots().unwrap());
    let contact = || wallet.contacts().unwrap().remove(0);
    assert_eq!((contact().pinned.is_some(), contact().pinned_for), (true, Some(boss.clone())));
    wallet.set_trust(&bob, Some(now())).unwrap();
    assert_eq!((contact().pinned.is_some(), contact().pinned_for), (true, None), "for all its addresses now");
    wallet.set_trust_for(&bob, now(), &boss).unwrap();
    wallet.set_trust(&bob, None).unwrap();
    assert_eq!((contact().pinned, contact().pinned_for), (None, None));
    wallet.set_distrust(&bob, true).unwrap();
    wallet.set_trust_for(&bob, now(), &boss).unwrap();
    assert!(!contact().distrusted);
}

/// Who signs for an address: the preferred one, then the newest; nobody who cannot or may not any more.
#[test]
fn who_signs() {
    if !installed("openssl") {
        return;
    }
    let wallet = Wallet::in_memory().unwrap();
    let first = add(&wallet, "alice");
    let second = add(&wallet, "alice-ec");
    add(&wallet, "alice-web");
    add(&wallet, "alice-old");
    add(&wallet, "bob");
    let signing = |text: &str| {
        let mine = wallet.identities().unwrap();
        let found: Vec<_> = Identity::signing(&mine, &address(text), now()).into_iter().cloned().collect();
        names(&found).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(signing(ALICE), ["alice-ec", "alice"]);
    assert_eq!(signing("Alice@EXAMPLE.org"), ["alice-ec", "alice"], "the case does not hide an identity");
    assert_eq!(signing(BOB), ["bob"]);
    assert!(signing("carol@example.org").is_empty());
    wallet.set_default(&first, true, true).unwrap();
    assert_eq!(signing(ALICE), ["alice", "alice-ec"]);
    wallet.set_default(&second, true, false).unwrap();
    assert_eq!(signing(ALICE), ["alice-ec", "alice"]);
    let preferred: Vec<_> = wallet
        .identities()
        .unwrap()
        .into_iter()
        .map(|identity| (identity.label.unwrap(), identity.default_signing, identity.default_encryption))
        .filter(|(_, signing, encryption)| *signing || *encryption)
        .collect();
    assert_eq!(preferred, [("alice-ec".to_owned(), true, false), ("alice".to_owned(), false, true)]);
    let long_ago: Timestamp = "2001-01-01T00:00:00Z".parse().unwrap();
    assert!(Identity::signing(&wallet.identities().unwrap(), &address(ALICE), long_ago).is_empty());
}

/// A key that two certificates share goes with the last of them; when the vault refuses, nothing goes.
#[test]
fn removing_identities() {
    if !installed("openssl") {
        return;
    }
    let home = folder();
    let vault = Arc::new(FileVault::new(home.path().join("keys")));
    vault.unlock(&SecretString::from("pass phrase")).unwrap();
    let wallet = Wallet::open(home.path(), Arc::clone(&vault) as Arc<dyn Vault>).unwrap();
    let (old, new) = (add(&wallet, "alice"), renewed("alice", ALICE));
    wallet.add_identity(&new, &[], None, &key("alice"), now()).unwrap();
    wallet.remove(&old).unwrap();
    wallet.key(&new).unwrap();
    vault.lock();
    assert!(matches!(wallet.remove(&new), Err(WalletError::Vault(VaultError::Locked))));
    assert_eq!(wallet.identities().unwrap().len(), 1);
    let faults = wallet.check().unwrap();
    assert!(matches!(faults[..], [Fault::Key(_, WalletError::Vault(VaultError::Locked))]), "{faults:?}");
    vault.unlock(&SecretString::from("pass phrase")).unwrap();
    wallet.remove(&new).unwrap();
    let id = key_id(key("alice").public_key());
    assert_eq!(vault.key(&id).err(), Some(VaultError::Missing));
}

/// When the database does not take an identity, its key does not stay in the vault; one that was there before does.
#[test]
fn keys_of_failed_additions_go() {
    if !installed("openssl") {
        return;
    }
    let home = folder();
    let vault = Arc::new(MemoryVault::new());
    let wallet = open(home.path(), &vault);
    add(&wallet, "bob");
    let database = rusqlite::Connection::open(home.path().join(Wallet::FILE)).unwrap();
    database.execute_batch("ALTER TABLE chains RENAME TO gone").unwrap();
    for name in ["alice", "bob"] {
        let another = if name == "bob" { renewed("bob", BOB) } else { certificate(name) };
        let refused = wallet.add_identity(&another, &[certificate_of_issuer()], None, &key(name), now());
        assert!(matches!(refused, Err(WalletError::Store(..))), "{refused:?}");
        assert_eq!(vault.key(&key_id(key(name).public_key())).is_ok(), name == "bob", "{name}");
    }
    database.execute_batch("ALTER TABLE gone RENAME TO chains").unwrap();
    assert_eq!(wallet.identities().unwrap().len(), 1);
}

/// The window and the command line may use one wallet at once.
#[test]
fn two_programs() {
    if !installed("openssl") {
        return;
    }
    let home = folder();
    let vault = Arc::new(MemoryVault::new());
    let programs: Vec<Wallet> = (0..4).map(|_| open(home.path(), &vault)).collect();
    std::thread::scope(|scope| {
        for (number, wallet) in programs.iter().enumerate() {
            scope.spawn(move || {
                for round in 0..20 {
                    wallet.set_setting(&format!("{number}-{round}"), "set").unwrap();
                    wallet.add_certificate(&certificate(["alice", "bob", "root", "issuer"][round % 4]), now()).unwrap();
                    wallet.contacts().unwrap();
                }
            });
        }
    });
    assert_eq!(programs[0].contacts().unwrap().len(), 2);
    assert_eq!(programs[3].authorities().unwrap().len(), 2);
    assert!((0..4).all(|number| programs[0].setting(&format!("{number}-19")).unwrap().is_some()));
}

/// Files that are damaged, somebody else's or of a newer version are refused with the reason, and left as they are.
#[test]
fn unusable_files() {
    let refusal = |change: &dyn Fn(&Path)| {
        let home = folder();
        let file = home.path().join(Wallet::FILE);
        let vault = Arc::new(MemoryVault::new());
        open(home.path(), &vault).set_setting("name", &"value".repeat(5000)).unwrap();
        change(&file);
        let before = fs::read(&file).unwrap();
        let result = Wallet::open(home.path(), vault).and_then(|wallet| wallet.check());
        assert_eq!(fs::read(&file).unwrap(), before);
        result
    };
    let database = |words: &'static str| {
        move |file: &Path| rusqlite::Connection::open(file).unwrap().execute_batch(words).unwrap()
    };
    assert!(matches!(refusal(&database("PRAGMA user_version = 99")), Err(WalletError::Newer)));
    for (fault, change) in [
        (StoreFault::Foreign, &database("PRAGMA application_id = 7") as &dyn Fn(&Path)),
        (StoreFault::Damaged, &|file| {
            fs::write(file, "no database, but text that is longer than a header of SQLite would be".repeat(9)).unwrap()
        }),
        (StoreFault::Foreign, &|file| {
            fs::remove_file(file).unwrap();
            database("CREATE TABLE other (x)")(file);
        }),
    ] {
        match refusal(change) {
            Err(WalletError::Store(found, reason)) => assert_eq!(found, fault, "{reason}"),
            other => panic!("{fault:?}: {other:?}"),
        }
    }
    // In the middle of a page: noticed by the check at the latest.
    let garbled = refusal(&|file| {
        let mut bytes = fs::read(file).unwrap();
        let middle = bytes.len() - 9000;
        bytes[middle..middle + 4096].fill(0xa5);
        fs::write(file, bytes).unwrap();
    });
    assert!(garbled.as_ref().is_err() || !garbled.as_ref().unwrap().is_empty(), "{garbled:?}");
    let cut = refusal(&|file| {
        let bytes = fs::read(file).unwrap();
        fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
    });
    assert!(cut.as_ref().is_err() || !cut.as_ref().unwrap().is_empty(), "{cut:?}");
}

use super::*;
use crate::wallet::vault::{FileVault, Vault as _};

/// Who signs is found by the sender, by an address, by a certificate; and where nobody is found, that is said.
#[test]
fn the_signer_is_found_or_named() {
    let office = Office::of_anna(KeyKind::P256, Profile::Compatible);
    let sign = |sign: SignWith| office.seal(&Seal { sign: Some(sign), ..Seal::default() });
    assert!(sign(SignWith::Certificate(office.anna.clone())).is_ok());
    assert!(sign(SignWith::Address("Anna@Example.org".to_owned())).is_ok());
    assert_eq!(sign(SignWith::Address("eve@example.org".to_owned())).unwrap_err().code, "no-identity");
    let (_, stranger) = person(KeyKind::P256, "eve@example.org", now(), 365);
    assert_eq!(sign(SignWith::Certificate(stranger)).unwrap_err().code, "no-identity");
    let letter =
        |from: &str| fs::write(office.letter(), LETTER.replace("From: Anna <anna@example.org>", from)).unwrap();
    letter("From: eve@example.org, bob@example.org\r\nSender: anna@example.org");
    assert!(sign(SignWith::Sender).is_ok());
    letter("From: eve@example.org");
    let failure = sign(SignWith::Sender).unwrap_err();
    assert!(failure.code == "no-identity" && failure.what.contains("eve@example.org"), "{}", failure.what);
    letter("X-From: nobody");
    assert_eq!(sign(SignWith::Sender).unwrap_err().code, "no-sender");
    assert_eq!(office.seal(&Seal::default()).unwrap_err().code, "nothing-to-do");
    fs::write(office.letter(), "From: anna@example.org\r\n\r\n").unwrap();
    assert_eq!(office.seal(&encrypted()).unwrap_err().code, "no-recipients");
}

/// A locked wallet says so; the message waits.
#[test]
fn a_locked_wallet_asks_to_be_unlocked() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Arc::new(FileVault::new(dir.path()));
    vault.unlock(&"one two three".to_owned().into()).unwrap();
    let wallet = Arc::new(Wallet::open(dir.path(), vault.clone()).unwrap());
    let (key, anna) = person(KeyKind::P256, "anna@example.org", now(), 365);
    wallet.add_identity(&anna, &[], None, &key, now()).unwrap();
    let letter = dir.path().join("letter.eml");
    fs::write(&letter, LETTER).unwrap();
    let (desk, progress) = (desk(&wallet, Profile::Compatible), Progress::default());
    let mine = Seal { to: vec![anna], ..encrypted() };
    let sealed = desk.seal(&letter, &mine, &Output::Beside, &progress).unwrap();
    vault.lock();
    assert_eq!(desk.seal(&letter, &signed(), &Output::Beside, &progress).unwrap_err().code, "locked");
    assert!(desk.readers(&letter).unwrap().can_sign);
    let opened = desk.look(&sealed.main, &progress);
    assert_eq!(opened.report.privacy, Privacy::NeedsUnlock);
    let failure = desk.save_decrypted(&sealed.main, &opened, &Output::Beside, &progress).unwrap_err();
    assert_eq!(failure.code, "needs-unlock");
    vault.unlock(&"one two three".to_owned().into()).unwrap();
    let opened = desk.look(&sealed.main, &progress);
    assert!(desk.save_decrypted(&sealed.main, &opened, &Output::Beside, &progress).is_ok());
}

/// Built-in authorities are trusted until the wallet says otherwise; a run says so for itself.
#[test]
fn built_in_roots_can_be_turned_off() {
    let wallet = Arc::new(Wallet::in_memory().unwrap());
    let root = &crate::pki::roots::built_in().roots[0].certificate;
    let trusts = |built_in_roots| {
        let desk = desk(&wallet, Profile::Compatible).with(Given { built_in_roots, ..Given::default() });
        let known = desk.known().unwrap();
        assert!(!known.certificates.contains(root), "anchors alone");
        known.anchors.find(root).is_some()
    };
    for (setting, as_set) in [(None, true), (Some(false), false), (Some(true), true)] {
        setting.into_iter().for_each(|trusts| wallet.set_trusts_built_in_roots(trusts).unwrap());
        let seen = [None, Some(true), Some(false)].map(trusts);
        assert_eq!(seen, [as_set, true, false], "{setting:?}");
    }
}

/// Everything that a wallet gives can be given for one run instead.
#[test]
fn one_run_needs_no_wallet() {
    let office = Office::of_anna(KeyKind::P256, Profile::Compatible);
    let empty = Arc::new(Wallet::in_memory().unwrap());
    let (anna_key, anna) = person(KeyKind::P256, "anna@example.org", now(), 365);
    let (jan_key, jan) = person(KeyKind::Rsa(2048), "jan@example.org", now(), 365);
    let others = ["eva@example.org", "boss@example.org"].map(|address| person(KeyKind::P256, address, now(), 365).1);
    let given = Given {
        certificates: [jan.clone()].into_iter().chain(others).collect(),
        identities: vec![GivenIdentity { certificate: anna.clone(), chain: Vec::new(), key: Arc::new(anna_key) }],
        ..Given::default()
    };
    let annas = desk(&empty, Profile::Compatible).with(given);
    let sealed = annas.seal(&office.letter(), &both(), &Output::Beside, &Progress::default()).unwrap();
    let keys =
        Given { anchors: vec![anna], certificates: vec![jan], keys: vec![Arc::new(jan_key)], ..Given::default() };
    let jans = desk(&empty, Profile::Compatible).with(keys);
    let opened = jans.look(&sealed.main, &Progress::default());
    assert_eq!(
        opened.report.privacy,
        Privacy::OpenedUnauthenticated.max(opened.report.privacy),
        "{:#?}",
        opened.report
    );
    assert!(opened.report.signature.is_good() || opened.report.signature == Verdict::UnknownIssuer);
    assert!(jans.save_decrypted(&sealed.main, &opened, &Output::Beside, &Progress::default()).is_ok());
    // Nobody else opens it.
    let report = desk(&empty, Profile::Compatible).look(&sealed.main, &Progress::default()).report;
    assert_eq!(report.privacy, Privacy::Locked);
}

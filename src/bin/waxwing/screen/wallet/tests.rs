//! What somebody sees and does in the wallet, with real files and real keys.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::path::PathBuf;
use std::sync::Arc;

use iced::keyboard::key::Named;
use secrecy::SecretString;
use waxwing::crypto::{PrivateKey, PrivateKeyOperations};
use waxwing::wallet::{Vault, VaultError, Wallet};
use zeroize::Zeroizing;

use crate::app::stage::{Stage, english, files};
use crate::session::Session;
use crate::support::{P12, P12_PASSWORD, identity, made};

/// A keyring that is not there.
struct NoKeyring;

fn nobody<T>() -> Result<T, VaultError> {
    Err(VaultError::Unavailable("no Secret Service".to_owned()))
}

impl Vault for NoKeyring {
    fn name(&self) -> &'static str {
        "keyring"
    }
    fn ready(&self) -> Result<(), VaultError> {
        nobody()
    }
    fn unlock(&self, _: &SecretString) -> Result<(), VaultError> {
        nobody()
    }
    fn lock(&self) {}
    fn store(&self, _: &str, _: &PrivateKey) -> Result<(), VaultError> {
        nobody()
    }
    fn key(&self, _: &str) -> Result<Arc<dyn PrivateKeyOperations>, VaultError> {
        nobody()
    }
    fn remove(&self, _: &str) -> Result<(), VaultError> {
        nobody()
    }
    fn export(&self, _: &str) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        nobody()
    }
}

fn keystore(dir: &tempfile::TempDir) -> Vec<PathBuf> {
    files(dir.path(), [("anna.p12", P12.to_vec())])
}

/// A keystore on the window asks for its password; a wrong one is said to be wrong and asked for again; the right one, typed
/// and entered without a mouse, brings the identity.
#[test]
fn a_keystore_asks_for_its_password() {
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::new();
    stage.drop_files(&keystore(&dir));
    stage.must_read("Password of the file");
    stage.must_read("anna.p12 is protected by a password.");
    stage.must_not_read("The password is wrong.");
    stage.types("incorrect");
    stage.key(Named::Enter);
    stage.settle();
    stage.must_read("The password is wrong.");
    stage.must_read("not that of your mail account");
    stage.types(P12_PASSWORD);
    stage.key(Named::Enter);
    stage.settle();
    stage.must_not_read("Password of the file");
    stage.must_read("Imported: one certificate of yours, no contact, 2 authorities.");
    stage.must_read("anna@example.org");
    assert_eq!(stage.session().wallet.identities().unwrap().len(), 1);
}

/// What stands in front keeps the keyboard: Tab goes around in it, Escape puts it away and imports nothing.
#[test]
fn a_question_keeps_the_keyboard() {
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::new();
    stage.drop_files(&keystore(&dir));
    let first = stage.focus().expect("the field has the keyboard");
    assert!(first.id.as_ref().is_some_and(|id| id.contains("wallet-password")), "{first:?}");
    let mut stops = vec![first.clone()];
    for _ in 0..20 {
        stage.key(Named::Tab);
        let now = stage.focus().expect("Tab always leads somewhere");
        if now == first {
            break;
        }
        stops.push(now);
    }
    assert_eq!(stops.len(), 3, "the field, Cancel and Import: {stops:?}");
    stage.key(Named::Escape);
    stage.settle();
    stage.must_not_read("Password of the file");
    assert_eq!(stage.session().wallet.identities().unwrap().len(), 0);
}

/// A file that is no certificate says what it is lacking, a damaged one that a password would not help.
#[test]
fn files_that_cannot_be_imported_say_why() {
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::new();
    let all =
        files(dir.path(), [("empty.pem", b"nothing in here\n".to_vec()), ("cut.p12", P12[..P12.len() / 2].to_vec())]);
    stage.drop_files(&all[..1]);
    stage.must_read("empty.pem was not imported");
    stage.must_read("There is neither a certificate nor a key in the file.");
    stage.click("Close");
    stage.drop_files(&all[1..]);
    stage.must_read("cut.p12 was not imported");
    stage.must_read("A password would not help.");
}

/// Where no keyring answers, the window says so and keeps keys under a passphrase instead: asked for twice, and what was to
/// be imported is.
#[test]
fn without_a_keyring_keys_go_under_a_passphrase() {
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("wallet");
    let session = Session::new(Arc::new(Wallet::open(&home, Arc::new(NoKeyring)).unwrap()), None);
    let mut stage = Stage::over(session, &["--wallet", &home.to_string_lossy()]);
    stage.send(crate::app::Message::Go(crate::app::Place::Wallet));
    stage.settle();
    stage.must_read("The system’s keyring does not answer. (Technical detail: “no Secret Service”)");
    stage.drop_files(&keystore(&dir));
    stage.types(P12_PASSWORD);
    stage.key(Named::Enter);
    stage.settle();
    stage.must_read("Where to keep your private keys?");
    stage.click("Use a passphrase file");
    stage.must_read("Choose a passphrase");
    stage.types("one phrase");
    stage.key(Named::Tab);
    stage.types("another");
    stage.key(Named::Enter);
    stage.settle();
    stage.must_read("The two passphrases differ.");
    stage.types("one phrase");
    stage.key(Named::Tab);
    stage.types("one phrase");
    stage.key(Named::Enter);
    stage.settle();
    assert_eq!(stage.session().wallet.vault().name(), "file");
    // The keystore is asked for again: what was typed for it is not kept.
    stage.must_read("Password of the file");
    stage.types(P12_PASSWORD);
    stage.key(Named::Enter);
    stage.settle();
    stage.must_read("anna@example.org");
    assert!(stage.session().wallet.check().unwrap().is_empty());
    // What needed the passphrase goes on once it is given, and is forgotten where it is not.
    stage.session().wallet.vault().lock();
    stage.send(crate::app::Message::Wallet(super::Message::Load));
    stage.settle();
    stage.click("New identity…");
    stage.key(Named::Escape);
    stage.click("Unlock wallet…");
    stage.types("one phrase");
    stage.key(Named::Enter);
    stage.settle();
    stage.must_not_read("a request for a certificate (PKCS #10)");
    stage.session().wallet.vault().lock();
    stage.send(crate::app::Message::Wallet(super::Message::Load));
    stage.settle();
    stage.click("New identity…");
    stage.types("one phrase");
    stage.key(Named::Enter);
    stage.settle();
    stage.must_read("a request for a certificate (PKCS #10)");
}

/// A test identity is made in the window, and asks before it is removed.
#[test]
fn an_identity_is_made_and_removed() {
    let _english = english();
    let mut stage = Stage::new();
    stage.must_read("Who wrote this? Was it changed? Who can read it?");
    stage.click("Make a test identity…");
    stage.types("Robin");
    stage.key(Named::Tab);
    stage.types("robin@example.org");
    stage.key(Named::Enter);
    stage.settle();
    stage.must_read("The test identity of Robin is ready.");
    assert_eq!(stage.session().wallet.identities().unwrap().len(), 1);
    stage.click("Wallet");
    stage.click("robin@example.org");
    stage.must_read("Fingerprint (SHA-256)");
    stage.click("Copy fingerprint");
    assert_eq!(stage.copied().unwrap().len(), 64 + 15);
    stage.click("Remove…");
    stage.must_read("The private key is removed too.");
    stage.click("Cancel");
    assert_eq!(stage.session().wallet.identities().unwrap().len(), 1);
    stage.click("Remove…");
    stage.click("Remove");
    assert_eq!(stage.session().wallet.identities().unwrap().len(), 0);
    stage.must_read("No certificate of yours yet");
}

/// A request is made and saved in the window, waits on a shelf of its own, can be saved again, and is given up.
#[test]
fn a_request_is_made_and_waits() {
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::new();
    stage.click("Wallet");
    stage.must_not_read("Requests");
    stage.click("New identity…");
    stage.must_read("a request for a certificate (PKCS #10)");
    stage.click("P-256, short and quick");
    stage.send(crate::app::Message::Wallet(super::Message::Name("Robin".to_owned())));
    stage.send(crate::app::Message::Wallet(super::Message::Address("robin@example.org".to_owned())));
    stage.click("Make and save the request");
    stage.settle();
    let save = |stage: &mut Stage, name: &str| {
        let target = dir.path().join(name);
        stage.types(&target.to_string_lossy());
        stage.key(Named::Enter);
        stage.settle();
        std::fs::read_to_string(target).unwrap()
    };
    let first = save(&mut stage, "robin.csr");
    assert!(first.starts_with("-----BEGIN CERTIFICATE REQUEST-----\n"), "{first}");
    stage.must_read("Waits for its certificate.");
    stage.click("Save the request…");
    assert_eq!(save(&mut stage, "again.csr"), first);
    stage.click("Remove…");
    stage.must_read("a certificate that comes for this request can then not be used");
    stage.click("Remove");
    assert_eq!(stage.session().wallet.requests().unwrap(), []);
}

/// An identity leaves the wallet under a password that is typed twice, for its owner alone and never in the place of another
/// file; what leaves can be imported again. A certificate leaves without a password and without a key.
#[test]
fn an_identity_and_a_certificate_are_saved() {
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let taken = files(dir.path(), [("Robin.p12", b"another file".to_vec())]);
    let mut stage = Stage::new();
    let wallet = Arc::clone(&stage.session().wallet);
    identity(&wallet, "Robin", "robin@example.org", false);
    stage.click("Wallet");
    stage.click("robin@example.org");
    stage.click("Export…");
    stage.must_read("Export Robin");
    stage.must_read("The file will hold your private key.");
    stage.key(Named::Enter);
    stage.must_read("Export Robin");
    let twice = |stage: &mut Stage, first: &str, second: &str| {
        stage.types(first);
        stage.key(Named::Tab);
        stage.types(second);
        stage.key(Named::Enter);
    };
    twice(&mut stage, "one word", "another");
    stage.must_read("The two passwords differ. Type both again.");
    twice(&mut stage, "one word", "one word");
    stage.must_not_read("Export Robin");
    stage.types(&taken[0].to_string_lossy());
    stage.key(Named::Enter);
    stage.settle();
    stage.must_read("Robin (2).p12 was saved in");
    assert_eq!(std::fs::read(&taken[0]).unwrap(), b"another file");
    let made = dir.path().join("Robin (2).p12");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&made).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let again = Wallet::in_memory().unwrap();
    let outcome = super::jobs::import_file(&again, &made, Some(&SecretString::from("one word")));
    assert!(matches!(outcome, super::Outcome::Brought(super::Brought { identities: 1, .. })), "{outcome:?}");
    let certificate = &wallet.identities().unwrap()[0].certificate;
    assert_eq!(again.identities().unwrap()[0].certificate, *certificate);

    stage.click("Save certificate…");
    let target = dir.path().join("Robin.pem");
    stage.types(&target.to_string_lossy());
    stage.key(Named::Enter);
    stage.settle();
    stage.must_read("Robin.pem was saved in");
    let text = std::fs::read_to_string(&target).unwrap();
    assert!(text.starts_with("-----BEGIN CERTIFICATE-----\n") && !text.contains("PRIVATE KEY"), "{text}");
    let outcome = super::jobs::import_file(&Wallet::in_memory().unwrap(), &target, None);
    assert!(matches!(outcome, super::Outcome::Brought(super::Brought { contacts: 1, .. })), "{outcome:?}");
    stage.click("Save certificate…");
    stage.types(&dir.path().join("nowhere/Robin.pem").to_string_lossy());
    stage.key(Named::Enter);
    stage.settle();
    stage.must_read("nowhere");
}

/// For old programs an identity leaves the wallet in a form that they read; what that costs is said before, and only then.
#[test]
fn an_identity_is_saved_for_old_programs() {
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::new();
    identity(&stage.session().wallet, "Robin", "robin@example.org", false);
    stage.click("Wallet");
    stage.click("robin@example.org");
    // PBES2, and 3DES with SHA-1 (RFC 8018 §A.4, RFC 7292 appendix C).
    let (modern, legacy) = (b"\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d", b"\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01\x03");
    let warning = "Such a file is protected by 3DES and SHA-1";
    for (choice, expected, other) in
        [("For today’s programs", &modern[..], &legacy[..]), ("For old Windows and gpgsm", &legacy[..], &modern[..])]
    {
        stage.click("Export…");
        stage.must_not_read(warning);
        stage.click("For old Windows and gpgsm");
        stage.must_read(warning);
        stage.must_read("Use a long password");
        stage.click(choice);
        stage.types("a long word");
        stage.key(Named::Tab);
        stage.types("a long word");
        stage.key(Named::Enter);
        let made = dir.path().join(format!("{choice}.p12"));
        stage.types(&made.to_string_lossy());
        stage.key(Named::Enter);
        stage.settle();
        let bytes = std::fs::read(&made).unwrap();
        let holds = |oid: &[u8]| bytes.windows(oid.len()).any(|window| window == oid);
        assert!(holds(expected) && !holds(other), "{choice}");
        let password = SecretString::from("a long word");
        let outcome = super::jobs::import_file(&Wallet::in_memory().unwrap(), &made, Some(&password));
        assert!(matches!(outcome, super::Outcome::Brought(super::Brought { identities: 1, .. })), "{outcome:?}");
    }
}

/// Trust is given and taken back, and the row says so.
#[test]
fn a_contact_is_trusted_and_distrusted() {
    let _english = english();
    let mut stage = Stage::new();
    let wallet = Arc::clone(&stage.session().wallet);
    identity(&wallet, "Jan", "jan@example.org", false);
    let anna = made("Anna Kovács", "anna@example.org");
    wallet.add_certificate(&anna, jiff::Timestamp::now()).unwrap();
    stage.click("Wallet");
    stage.click("Contacts  1");
    stage.click("Anna Kovács");
    stage.click("Trust for one address…");
    stage.must_read("Trust Anna Kovács for one address");
    let typed = |text: &str| crate::app::Message::Wallet(super::Message::Address(text.to_owned()));
    stage.send(typed("no address"));
    stage.click("Trust");
    stage.must_read("Trust Anna Kovács for one address");
    stage.send(typed("boss@example.org"));
    stage.click("Trust");
    stage.must_read("Trusted from now on for boss@example.org alone.");
    stage.must_read("for boss@example.org alone");
    let address = wallet.contacts().unwrap()[0].pinned_for.as_ref().map(ToString::to_string);
    assert_eq!(address.as_deref(), Some("boss@example.org"));
    stage.click("Trust no longer");
    stage.settle();
    stage.click("Trust this certificate");
    stage.must_read("Trusted from now on.");
    stage.must_read("trusted since");
    stage.click("Distrust");
    stage.must_read("not trusted by you");
    let contact = &wallet.contacts().unwrap()[0];
    assert_eq!((contact.pinned, contact.distrusted), (None, true));
}

//! What the desk keeps of a message in the wallet: the signer's certificate.

use jiff::Timestamp;
use waxwing::jobs::failure;
use waxwing::pki::Certificate;
use waxwing::report::{Failure, Report};
use waxwing::smime::Opened;
use waxwing::text::tr;
use waxwing::wallet::{Wallet, WalletError};

/// What is looked for is not there any more.
pub fn gone() -> Failure {
    Failure { code: "gone".into(), what: tr!("desk-gone"), todo: tr!("desk-gone-todo") }
}

/// The program itself failed.
pub fn broken() -> Failure {
    Failure { code: "broken".into(), what: tr!("desk-broken"), todo: tr!("desk-broken-todo") }
}

/// The report on a message on which the program itself failed.
pub fn nothing(file: String) -> Report {
    Report { error: Some(broken()), ..Report::unread(file) }
}

/// Adds the certificate with that fingerprint out of a message to the contacts and trusts it; returns its name.
///
/// # Errors
/// When the message does not carry it or the wallet cannot be written.
pub fn trust(wallet: &Wallet, opened: &Opened, fingerprint: &str, now: Timestamp) -> Result<String, Failure> {
    let refused = |error: WalletError| failure::of_wallet(&error);
    let has_it = |certificate: &&Certificate| certificate.fingerprint() == fingerprint;
    let certificate = match opened.certificates.iter().find(has_it) {
        Some(certificate) => Some(certificate.clone()),
        // The message names its signer, whose certificate was in the wallet already.
        None => wallet.certificates().map_err(refused)?.into_iter().find(|certificate| has_it(&certificate)),
    };
    let certificate = certificate.ok_or_else(gone)?;
    wallet.add_certificate(&certificate, now).map_err(refused)?;
    if certificate.is_ca() {
        // Trusting it would trust everybody whom it names.
        let (what, todo) = (tr!("desk-trust-authority", name = certificate.name()), tr!("desk-trust-authority-todo"));
        return Err(Failure { code: "is-authority".into(), what, todo });
    }
    wallet.set_trust(&certificate, Some(now)).map_err(refused)?;
    Ok(certificate.name())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::path::Path;
    use std::sync::Arc;

    use iced::keyboard::key::Named;
    use waxwing::pki::bundle;

    use super::*;
    use crate::app::stage::{Stage, english};
    use crate::support;

    /// The signer of a message is trusted from then on, once, and nobody else with them.
    #[test]
    fn a_signer_is_trusted_by_hand() {
        let wallet = Wallet::in_memory().unwrap();
        let now = Timestamp::now();
        let (anna, eve) = (support::made("Anna", "anna@example.org"), support::made("Eve", "eve@example.org"));
        let mut opened = Opened::of(support::plain("anna@example.org", "Hello"));
        opened.certificates = vec![eve, anna.clone()];
        for _ in 0..2 {
            assert_eq!(trust(&wallet, &opened, &anna.fingerprint(), now).unwrap(), "Anna");
        }
        let contacts = wallet.contacts().unwrap();
        let names: Vec<_> = contacts.iter().map(|contact| (contact.certificate.name(), contact.pinned)).collect();
        assert_eq!(names, [("Anna".to_owned(), Some(now))]);
        assert_eq!(trust(&wallet, &opened, "00", now).unwrap_err().code, "gone");
    }

    /// Whoever is verified becomes a contact by one click, once, and trust stays as it is.
    #[test]
    fn a_verified_signer_becomes_a_contact() {
        let _english = english();
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        let mut stage = Stage::new();
        let wallet = Arc::clone(&stage.session().wallet);
        let root = bundle::certificates(&std::fs::read(fixtures.join("root.pem")).unwrap()).unwrap().remove(0);
        wallet.add_certificate(&root, Timestamp::now()).unwrap();
        stage.drop_files(&[fixtures.join("clear.eml")]);
        stage.must_not_read("Add to contacts");
        wallet.set_trust(&root, Some(Timestamp::now())).unwrap();
        stage.drop_files(&[fixtures.join("opaque.eml")]);
        stage.key(Named::ArrowDown);
        stage.settle();
        stage.click("Add to contacts");
        stage.settle();
        stage.must_read("is among your contacts now. You can write to this person encrypted.");
        stage.must_not_read("Add to contacts");
        let contacts = wallet.contacts().unwrap();
        let names: Vec<_> = contacts.iter().map(|contact| (contact.certificate.name(), contact.pinned)).collect();
        assert_eq!(names, [("Ben".to_owned(), None)]);
    }
}

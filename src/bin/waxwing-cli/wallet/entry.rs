//! Finds entries of the wallet by address or by the beginning of a fingerprint.

use waxwing::mime::address::Address;
use waxwing::pki::Certificate;
use waxwing::report::Failure;
use waxwing::text::{self, tr};
use waxwing::wallet::{Wallet, WalletError};

use crate::status::Trouble;

/// Fewer digits name too many.
const FEWEST_DIGITS: usize = 4;

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

/// What names an entry: an address, or the beginning of a fingerprint.
pub struct Wanted {
    address: Option<Address>,
    digits: String,
}

impl Wanted {
    pub fn new(what: &str) -> Self {
        let address = if what.contains('@') { Address::parse(what) } else { None };
        let digits = what.chars().filter(|c| !matches!(c, ' ' | ':')).collect::<String>().to_ascii_lowercase();
        Self { address, digits }
    }

    /// Whether an entry with these addresses and this fingerprint is meant.
    pub fn means(&self, addresses: &[Address], fingerprint: &str) -> bool {
        match &self.address {
            Some(address) => addresses.iter().any(|named| named.same_but_for_case(address)),
            None => self.digits.len() >= FEWEST_DIGITS && fingerprint.starts_with(&self.digits),
        }
    }
}

/// The one certificate that is meant.
pub fn find(wallet: &Wallet, what: &str, shelf: Shelf) -> Result<Certificate, Trouble> {
    let mut found = all(wallet, what, shelf)?;
    match found.as_slice() {
        [] => Err(missing(what)),
        [_] => Ok(found.remove(0)),
        several => Err(ambiguous(what, several.iter().map(one_line).collect())),
    }
}

/// Every certificate that may be meant.
pub fn all(wallet: &Wallet, what: &str, shelf: Shelf) -> Result<Vec<Certificate>, Trouble> {
    let (mut found, wanted) = (candidates(wallet, shelf)?, Wanted::new(what));
    found.retain(|certificate| wanted.means(&certificate.addresses(), &certificate.fingerprint()));
    Ok(found)
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

/// Nothing is meant.
pub fn missing(what: &str) -> Trouble {
    let (code, todo) = ("missing".to_owned(), tr!("cli-no-entry-todo", digits = FEWEST_DIGITS));
    Trouble::new(Failure { code, what: tr!("cli-no-entry"), todo }).about(what)
}

/// Several entries may be meant: these, in short.
pub fn ambiguous(what: &str, entries: Vec<String>) -> Trouble {
    let todo = tr!("cli-ambiguous-todo", entries = entries.join("; "));
    Trouble::new(Failure { code: "ambiguous".to_owned(), what: tr!("cli-ambiguous"), todo }).about(what)
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

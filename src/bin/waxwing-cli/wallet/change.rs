//! Changes the wallet: remove, default, trust, new.

use waxwing::crypto::{KeyKind, PrivateKey};
use waxwing::jobs::failure;
use waxwing::mime::address::Address;
use waxwing::pki::create;
use waxwing::text::tr;
use waxwing::wallet::Wallet;

use super::entry::{self, Shelf};
use super::request;
use crate::arguments::TrustChange;
use crate::ending::Ending;
use crate::options::Options;
use crate::paper::Paper;
use crate::session::Session;
use crate::status::{Status, Trouble};

/// A test identity is valid for so long.
const TEST_DAYS: u32 = 365;

/// Removes an entry and its key, or a request; nothing where several of them may be meant.
pub fn remove(what: &str, session: &Session, paper: &mut Paper) -> Result<Status, Ending> {
    let certificates = entry::all(&session.wallet, what, Shelf::Any)?;
    let requests = request::all(&session.wallet, what)?;
    let name = match (certificates.as_slice(), requests.as_slice()) {
        ([], []) => return Err(entry::missing(what).into()),
        ([certificate], []) => {
            session.with_keys(|| session.wallet.remove(certificate))?;
            certificate.name()
        }
        ([], [asked]) => {
            session.with_keys(|| session.wallet.remove_request(&asked.key))?;
            asked.address.clone()
        }
        _ => {
            let entries = certificates.iter().map(entry::one_line).chain(requests.iter().map(request::one_line));
            return Err(entry::ambiguous(what, entries.collect()).into());
        }
    };
    paper.line(&tr!("wallet-removed", name = name))?;
    Ok(Status::Done)
}

/// Prefers an identity for signing, for encryption, or both.
pub fn prefer(
    what: &str,
    (signing, encryption): (bool, bool),
    wallet: &Wallet,
    paper: &mut Paper,
) -> Result<Status, Ending> {
    let certificate = entry::find(wallet, what, Shelf::Mine)?;
    wallet.set_default(&certificate, signing, encryption).map_err(Trouble::from)?;
    paper.line(&format!("{}: {}", certificate.name(), tr!("wallet-preferred")))?;
    Ok(Status::Done)
}

/// Trusts, or takes it back.
pub fn trust(
    what: &str,
    (address, change): (Option<&str>, TrustChange),
    wallet: &Wallet,
    options: &Options,
    paper: &mut Paper,
) -> Result<Status, Ending> {
    let certificate = entry::find(wallet, what, Shelf::Any)?;
    let (done, said) = if let Some(text) = address {
        let Some(address) = Address::parse(text) else {
            return Err(Trouble::no_address(text).into());
        };
        let said = tr!("wallet-now-trusted-for", address = address.to_string());
        (wallet.set_trust_for(&certificate, options.now(), &address), said)
    } else if change.revoke {
        (wallet.set_trust(&certificate, None), tr!("wallet-no-longer-trusted"))
    } else if change.distrust {
        (wallet.set_distrust(&certificate, true), tr!("wallet-now-distrusted"))
    } else if change.undistrust {
        (wallet.set_distrust(&certificate, false), tr!("wallet-no-longer-distrusted"))
    } else {
        (wallet.set_trust(&certificate, Some(options.now())), tr!("wallet-now-trusted"))
    };
    done.map_err(Trouble::from)?;
    paper.line(&format!("{}: {said}", certificate.name()))?;
    Ok(Status::Done)
}

/// Makes a test identity.
pub fn make(
    name: &str,
    address: &str,
    session: &Session,
    options: &Options,
    paper: &mut Paper,
) -> Result<Status, Ending> {
    let key = new_key(KeyKind::P256, address)?;
    let certificate = create::self_signed(&key, name, address, options.now(), TEST_DAYS);
    let certificate = certificate.map_err(|error| Trouble::new(failure::of_identity(&error)))?;
    let wallet = &session.wallet;
    session.with_keys(|| wallet.add_identity(&certificate, &[], Some(name), &key, options.now()))?;
    paper.line(&tr!("wallet-identity-made", name = certificate.name()))?;
    paper.line(&entry::one_line(&certificate))?;
    Ok(Status::Done)
}

/// A new key for an address, if it is one.
pub fn new_key(kind: KeyKind, address: &str) -> Result<PrivateKey, Trouble> {
    if Address::parse(address).is_none() {
        return Err(Trouble::no_address(address));
    }
    PrivateKey::generate(kind).map_err(|error| Trouble::new(failure::of_identity(&error)))
}

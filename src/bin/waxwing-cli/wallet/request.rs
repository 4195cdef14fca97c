//! Asks for certificates.

use std::path::Path;

use waxwing::crypto::KeyKind;
use waxwing::mime::address::Address;
use waxwing::text::{self, tr};
use waxwing::wallet::{Request, Wallet};

use super::change::new_key;
use super::entry::{DIGITS, Wanted};
use crate::arguments::NewKey;
use crate::ending::Ending;
use crate::files;
use crate::options::Options;
use crate::paper::Paper;
use crate::session::Session;
use crate::status::{Status, Trouble};

/// Makes a key and a request.
pub fn run(
    (name, address): (&str, &str),
    key: NewKey,
    output: &Path,
    session: &Session,
    options: &Options,
    paper: &mut Paper,
) -> Result<Status, Ending> {
    let kind = match key {
        NewKey::Rsa3072 => KeyKind::Rsa(3072),
        NewKey::Rsa4096 => KeyKind::Rsa(4096),
        NewKey::P256 => KeyKind::P256,
        NewKey::P384 => KeyKind::P384,
    };
    let key = new_key(kind, address)?;
    let request = session.with_keys(|| session.wallet.request(&key, name, address, options.now()))?;
    let written = request.pem().map_err(Trouble::from).and_then(|pem| files::write_new(output, pem.as_bytes()));
    if let Err(trouble) = written {
        // Without its file nobody can answer it.
        session.with_keys(|| session.wallet.remove_request(&request.key))?;
        return Err(trouble.into());
    }
    if output.as_os_str() != "-" {
        paper.line(&tr!("wallet-request-made", address = address))?;
        paper.line(&tr!("wallet-request-todo"))?;
    }
    Ok(Status::Done)
}

/// Every request that may be meant, by its address or by the beginning of its key's fingerprint.
pub fn all(wallet: &Wallet, what: &str) -> Result<Vec<Request>, Trouble> {
    let (mut found, wanted) = (wallet.requests()?, Wanted::new(what));
    found.retain(|request| {
        let address: Vec<Address> = Address::parse(&request.address).into_iter().collect();
        wanted.means(&address, &request.key)
    });
    Ok(found)
}

/// A request in short.
pub fn one_line(request: &Request) -> String {
    let digits: String = request.key.chars().take(DIGITS).collect();
    let name = if request.name.is_empty() { &request.address } else { &request.name };
    format!("{digits} {name} · {} · {}", request.address, tr!("wallet-requested-on", day = text::day(request.made)))
}

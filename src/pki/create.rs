//! Making certificates: the self-signed test identity.

use jiff::Timestamp;

use super::Certificate;
use crate::crypto::{Error, PrivateKey};

/// A self-signed certificate for mail (signing and encryption) with this name and address, valid for `days` from `now`.
///
/// # Errors
/// When the key cannot sign or a name cannot be encoded.
pub fn self_signed(
    key: &PrivateKey,
    name: &str,
    address: &str,
    now: Timestamp,
    days: u32,
) -> Result<Certificate, Error> {
    let _ = (key, name, address, now, days);
    todo!()
}

//! Certificates, names, path building and validation (RFC 5280, RFC 8550).

pub mod access;
pub mod bundle;
pub mod certificate;
mod checked;
mod constraints;
pub mod create;
mod extensions;
mod fields;
mod inherited;
mod name;
pub mod path;
pub mod policies;
mod remembered;
pub mod revocation;
pub mod roots;
mod rules;
mod search;
pub mod system;
#[cfg(test)]
mod tests;
mod usage;
mod values;

pub use certificate::Certificate;
pub use path::{PathError, Trust};
pub use usage::KeyUsage;

/// What equal names have in common, from a name's DER ([`Certificate::issuer_key`]); `None` when it is no name.
#[must_use]
pub fn name_key(der: &[u8]) -> Option<Vec<u8>> {
    name::Name::parse(der).ok().map(|name| name.key())
}

/// A name as [`Certificate::issuer`] writes it, from its DER; `None` when it is no name.
#[must_use]
pub fn name_text(der: &[u8]) -> Option<String> {
    name::Name::parse(der).ok().map(|name| name.to_string())
}

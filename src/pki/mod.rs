//! Certificates, names, path building and validation (RFC 5280, RFC 8550).

pub mod bundle;
pub mod certificate;
mod constraints;
pub mod create;
mod extensions;
mod fields;
mod name;
pub mod path;
mod rules;
mod search;
mod values;

pub use certificate::Certificate;
pub use path::{PathError, Trust};

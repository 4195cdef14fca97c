//! Certificates, names, path building and validation (RFC 5280, RFC 8550).

pub mod bundle;
pub mod certificate;
pub mod create;
pub mod path;

pub use certificate::Certificate;
pub use path::{PathError, Trust};

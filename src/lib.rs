//! Waxwing opens and seals S/MIME mail.
//!
//! The library knows no screen; `waxwing` (the window) and `waxwing-cli` stand on it. See `docs/architecture.md`.

pub mod asn1;
pub mod cms;
pub mod crypto;
pub mod jobs;
pub mod mime;
pub mod network;
pub mod pki;
pub mod policy;
pub mod report;
pub mod smime;
pub mod source;
pub mod text;
pub mod wallet;

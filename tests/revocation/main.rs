//! Withdrawn certificates: lists and answers by openssl and of NIST's test suite, judged by the library.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod authority;
#[path = "../common/mod.rs"]
mod common;
mod lists;
mod made;
mod messages;
mod pkits;
mod responders;

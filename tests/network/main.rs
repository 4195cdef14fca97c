//! Asking others over the network: what is sent, what is not, and that every host that behaves badly ends in words, in time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "../common/mod.rs"]
mod common;

mod authority;
mod hosts;
mod issuers;
mod sharing;
mod withdrawal;

use std::time::Duration;

use jiff::Timestamp;
use waxwing::network::{Limits, Network, Rules};
use waxwing::pki::revocation::{Answer, Lookup, LookupError, Question};

/// Limits that a test can wait for.
fn short() -> Limits {
    Limits {
        connect: Duration::from_millis(700),
        question: Duration::from_millis(1000),
        message: Duration::from_millis(2500),
        list_bytes: 100_000,
        response_bytes: 10_000,
        issuer_bytes: 10_000,
        ..Limits::default()
    }
}

fn rules() -> Rules {
    Rules { offline: false, private: true, now: "2026-06-01T12:00:00Z".parse().unwrap(), limits: short() }
}

fn later(days: i64) -> Timestamp {
    rules().now + jiff::SignedDuration::from_hours(24 * days)
}

fn ask(network: &Network, url: &str) -> Result<Answer, LookupError> {
    network.asking(rules()).ask(&Question::Crl { url })
}

/// The bytes that came, or the code of what went wrong.
fn came(found: &Result<Answer, LookupError>) -> Result<&[u8], &str> {
    found.as_ref().map(|answer| answer.bytes.as_slice()).map_err(LookupError::code)
}

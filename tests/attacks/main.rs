//! Messages that want to be taken for what they are not, made by a generator of their own: a folder for each class, a test for
//! each mail (`class/name`), and the verdict that it gets.
//!
//! What somebody else put into a message says `EVIL`, and what only the reader may see says `SECRET`. Whatever a message is: a green
//! seal stands above nothing evil, nothing evil is shown as signed by somebody good, and nothing evil is hidden from the report.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod algorithms;
mod announcements;
mod attributes;
mod authorities;
mod boundaries;
mod case;
#[path = "../common/mod.rs"]
mod common;
mod content;
mod display;
mod encodings;
mod envelopes;
mod fields;
mod generator;
mod messages;
mod parts;
mod senders;
mod signers;
mod times;

use std::process::ExitCode;

use case::Case;
use common::named;

/// A class with the mails in its folder.
type Class = (&'static str, fn() -> Vec<Case>);

const CLASSES: &[Class] = &[
    ("algorithms", algorithms::cases),
    ("announcements", announcements::cases),
    ("attributes", attributes::cases),
    ("authorities", authorities::cases),
    ("boundaries", boundaries::cases),
    ("content", content::cases),
    ("display", display::cases),
    ("encodings", encodings::cases),
    ("envelopes", envelopes::cases),
    ("fields", fields::cases),
    ("messages", messages::cases),
    ("parts", parts::cases),
    ("senders", senders::cases),
    ("signers", signers::cases),
    ("times", times::cases),
];

fn main() -> ExitCode {
    let trials = CLASSES.iter().flat_map(|(class, cases)| cases().into_iter().map(|case| case.trial(class)));
    named::run(trials.collect())
}

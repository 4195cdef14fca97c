//! Reports and errors in the reader's language (Fluent; English and German).
//!
//! Every verdict and every privacy state is said in the same four pieces ([`Statement`]), by the window, the command line and
//! in the JSON form alike. Evidence comes out of the report's findings; where one is missing the sentence stands without it.

mod answers;
mod dates;
mod finding;
mod history;
mod language;
mod privacy;
mod reason;
mod structure;
mod verdict;
mod words;

pub use dates::{day, moment, report_day, report_moment};
pub use finding::{field, finding};
pub use history::action;
pub use language::{available, loader, select, speaks};
pub use privacy::{layer_privacy, privacy, privacy_word, reader};
pub use reason::{because, with_detail};
pub use verdict::{layer, signature, signature_word, signer, speaker};
pub use words::{method, named, persons, unsupported};

/// A text by its id; ids and arguments are checked when the program is compiled.
///
/// `tr!("desk-open")`, `tr!("desk-search", count = 6)`
#[macro_export]
#[doc(hidden)]
macro_rules! __tr {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        i18n_embed_fl::fl!($crate::text::loader(), $id $(, $name = $value)*)
    };
}

#[doc(inline)]
pub use crate::__tr as tr;

/// What is said about a signature or about privacy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// One or two words, for a chip or a column.
    pub word: String,
    /// The headline; without a full stop.
    pub title: String,
    /// Why, with the evidence: one or more sentences.
    pub why: String,
    /// What to do, where there is something to do.
    pub todo: Option<String>,
}

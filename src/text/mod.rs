//! Reports and errors in the reader's language (Fluent; English and German).

use crate::report::Finding;

mod language;

pub use language::{available, loader, select};

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

/// The text of a finding.
#[must_use]
pub fn finding(finding: &Finding) -> String {
    finding.code.as_str().to_owned()
}

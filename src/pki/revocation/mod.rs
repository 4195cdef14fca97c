//! Whether certificates were withdrawn: lists (RFC 5280 §5, §6.3) and responders (RFC 6960).

pub mod lookup;

pub use lookup::{Answer, Lookup, LookupError, Nobody, Question};

//! Whether certificates were withdrawn: lists (CRLs, RFC 5280 §5, §6.3) and responders (OCSP, RFC 6960).
//!
//! [`Checker`] is asked about a chain that is valid apart from that. It looks into the lists and answers at hand, then asks others
//! through a [`Lookup`]. What it says is evidence; [`crate`]'s report makes words of it.

mod check;
mod crl;
pub mod lookup;
mod ocsp;
mod outcome;
mod point;
mod reason;
mod source;
#[cfg(test)]
mod tests;

pub use check::{Checker, Sources};
pub use crl::{Crl, CrlError, crls};
pub use lookup::{Answer, Lookup, LookupError, Nobody, Question};
pub use ocsp::{DamagedResponse, Response};
pub use outcome::{Asked, Evidence, Outcome, Problem, Remark, Status, Withdrawal};
pub use reason::Reason;

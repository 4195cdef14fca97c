//! The words of a command line in the reader's language, for both programs.

pub mod help;
pub mod mistake;

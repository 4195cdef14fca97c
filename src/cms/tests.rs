//! Reading and writing held against each other.

//! Signs and encrypts.

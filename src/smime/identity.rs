//! The sender line against the signer's certificate (RFC 8550 §3).

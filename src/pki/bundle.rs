//! Certificates from files: PEM (with any text around), DER, .p7b / .p7c bundles.

use super::Certificate;

/// Why no certificate could be read from a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// Nothing in it looks like a certificate.
    #[error("no certificate in it")]
    Nothing,
    /// A certificate is damaged.
    #[error("certificate {number} in it is damaged: {reason}")]
    Damaged {
        /// Counted from 1.
        number: usize,
        /// What is wrong.
        reason: String,
    },
}

/// All certificates in the bytes of a file, in order.
///
/// # Errors
/// When there is none, or one is damaged.
pub fn certificates(bytes: &[u8]) -> Result<Vec<Certificate>, BundleError> {
    let _ = bytes;
    todo!()
}

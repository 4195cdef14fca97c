//! The authorities that the operating system trusts. Its list is made for websites: on Linux it does not say what is trusted for
//! mail, so that it is one source of trust among others, and off until somebody turns it on.

use std::sync::LazyLock;

use super::Certificate;

static ROOTS: LazyLock<Vec<Certificate>> = LazyLock::new(|| {
    let found = rustls_native_certs::load_native_certs();
    for error in &found.errors {
        tracing::warn!(%error, "a part of the system's list of authorities cannot be read");
    }
    // What is no certificate vouches for nothing.
    found.certs.iter().filter_map(|der| Certificate::from_der(der).ok()).collect()
});

/// The system's list, or that of `SSL_CERT_FILE` and `SSL_CERT_DIR`; it is read when it is first asked for, and once.
#[must_use]
pub fn roots() -> &'static [Certificate] {
    &ROOTS
}

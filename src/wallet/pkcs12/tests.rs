//! PKCS#12 tests.

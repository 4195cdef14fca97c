//! `docs/interop.md` says what the tests with other programs found.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::fs;
use std::path::Path;

use common::gaps::GAPS;

/// What a row of `docs/interop.md` says, and the method of `tests/peers.rs` that shows it.
const FEATURES: &[(&str, &str)] = &[
    ("verifies ours: clear, RSA PKCS #1 v1.5", "verify compatible clear alice"),
    ("verifies ours: opaque, RSA-PSS", "verify modern opaque alice"),
    ("verifies ours: ECDSA", "verify modern clear alice-ec"),
    ("signs for us: clear, RSA", "sign clear alice"),
    ("signs for us: opaque, ECDSA", "sign opaque alice-ec"),
    ("opens ours: AES-256-CBC, RSA PKCS #1 v1.5", "decrypt compatible bob as bob"),
    ("opens ours: AES-256-CBC, ECDH", "decrypt compatible bob-ec as bob-ec"),
    ("opens ours: AES-256-GCM, RSA-OAEP", "decrypt modern bob as bob"),
    ("opens ours: AES-256-GCM, ECDH", "decrypt modern bob-ec as bob-ec"),
    ("encrypts to us: AES-128-CBC, RSA PKCS #1 v1.5", "encrypt aes-128-cbc bob Pkcs1"),
    ("encrypts to us: AES-256-CBC, RSA PKCS #1 v1.5", "encrypt aes-256-cbc bob Pkcs1"),
    ("encrypts to us: AES-256-CBC, RSA-OAEP", "encrypt aes-256-cbc bob Oaep"),
    ("encrypts to us: AES-256-CBC, ECDH", "encrypt aes-256-cbc bob-ec Pkcs1"),
    ("encrypts to us: AES-256-GCM, RSA-OAEP", "encrypt aes-256-gcm bob Oaep"),
    ("peels ours: signed, encrypted, signed again; RSA, CBC", "peel compatible alice --triple"),
    ("peels ours: signed, encrypted, signed again; RSA, GCM", "peel modern alice --triple"),
    ("peels ours: signed, encrypted, signed again; ECC, CBC", "peel compatible alice-ec --triple"),
];

/// `docs/interop.md` shows the table of gaps, which the other tests hold to what the peers do.
#[test]
fn the_page_says_what_was_measured() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/interop.md")).unwrap();
    let mut table =
        String::from("| | OpenSSL 3.0 | gpgsm 2.2 | NSS 3.87 | Bouncy Castle 1.72 |\n|---|---|---|---|---|\n");
    for (feature, method) in FEATURES {
        let cell = |peer| match GAPS.iter().find(|gap| gap.covers(peer, method)) {
            Some(gap) => format!("no: {}", gap.3),
            None => "yes".to_owned(),
        };
        let cells = ["openssl", "gpgsm", "nss", "bouncycastle"].map(cell).join(" | ");
        table.push_str(&format!("| {feature} | {cells} |\n"));
    }
    assert!(page.contains(&table), "docs/interop.md should have this table:\n{table}");
}

/// What the page says of post-quantum methods, and the test of `tests/post_quantum_openssl.rs` that shows it.
const POST_QUANTUM: &[(&str, &str)] = &[
    ("verifies ours: ML-DSA-44, -65, -87, clear and opaque", "openssl_verifies_ml_dsa"),
    ("signs for us: ML-DSA-44, -65, -87 and the twelve sets of SLH-DSA", "openssl_signs"),
    ("opens ours: ML-KEM-512, -768, -1024 with AES-256-CBC and AES-256-GCM", "ml_kem_in_both_directions"),
    (
        "encrypts to us: ML-KEM-512, -768, -1024 with HKDF of SHA-256, -384, -512, with and without user keying material",
        "ml_kem_in_both_directions",
    ),
    ("private keys for us: ML-DSA and ML-KEM as seed, expanded, both, and in PKCS #12", "keys_in_both_directions"),
    ("reads our private keys: ML-DSA and ML-KEM in PKCS #8 and PKCS #12", "keys_in_both_directions"),
];

/// Each row on post-quantum methods has its test, which knows no gap.
#[test]
fn post_quantum_rows_are_shown_by_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/interop.md")).unwrap();
    let tests = fs::read_to_string(root.join("tests/post_quantum_openssl.rs")).unwrap();
    let mut table = String::from("| | OpenSSL 3.6 |\n|---|---|\n");
    for (feature, test) in POST_QUANTUM {
        assert!(tests.contains(&format!("#[test]\nfn {test}()")), "{test}");
        table.push_str(&format!("| {feature} | yes |\n"));
    }
    assert!(page.contains(&format!("{table}\n")), "docs/interop.md should have this table:\n{table}");
}

//! Signatures and certificates with methods that can be forged, made by openssl.

use std::fs;

use waxwing::pki::bundle;
use waxwing::report::TrustState;
use waxwing::report::Verdict::{Verified, Weak};

use crate::case::{Case, made};
use crate::common::openssl::openssl;
use crate::common::pki::Pki;
use crate::common::{folder, installed, program, run};
use crate::generator::ENTITY;
use crate::generator::people::ALICE;

/// A message signed by a certificate that the authority signs with this digest, for this key.
fn issued(key: &str, digest: &str) -> Vec<u8> {
    let pki = Pki::get().folder();
    let folder = folder();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (own, request, leaf) = (path("own.key"), path("own.csr"), path("leaf.pem"));
    let openssl_in = |words: String| run(&mut program("openssl", pki, &words), b"").unwrap();
    openssl_in(format!("genpkey {key} -out {own}"));
    openssl_in(format!("req -new -key {own} -subj /CN=Alice -out {request}"));
    openssl_in(format!(
        "x509 -req -in {request} -CA issuer.pem -CAkey issuer.key -set_serial 77 -days 30 -{digest} -extfile alice.ext -out {leaf}"
    ));
    sign(&format!("-md sha256 -signer {leaf} -inkey {own}"))
}

fn sign(words: &str) -> Vec<u8> {
    openssl(&format!("cms -sign {words} -certfile issuer.pem -from {ALICE} -to bob -subject x"), ENTITY.as_bytes())
        .unwrap()
}

/// A certificate that is signed with MD5 or SHA-1, and a signature with one of them or with a short key, may be forged: who it
/// names is not confirmed.
pub fn outdated_digests_are_never_green() -> Vec<Case> {
    if !installed("openssl") {
        return Vec::new();
    }
    let root = bundle::certificates(&fs::read(Pki::get().root()).unwrap()).unwrap();
    const P256: &str = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";
    const SHORT: &str = "-algorithm RSA -pkeyopt rsa_keygen_bits:1024";
    let chain = |name, key, digest, verdict, finding| {
        made(name, move || issued(key, digest), verdict, finding)
            .and(|opened| assert_eq!(opened.report.layers[0].signers[0].trust, TrustState::Anchored))
    };
    let own = |name, digest| {
        let words = format!("-md {digest} -signer alice.pem -inkey alice.key");
        made(name, move || sign(&words), Weak, "weak-digest")
    };
    // They are made when their turn comes.
    let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_mins(30);
    let cases = [
        chain("a certificate signed with sha-256", P256, "sha256", Verified, "").without("weak-chain"),
        chain("a certificate signed with sha-1", P256, "sha1", Weak, "weak-chain"),
        chain("a certificate signed with md5", P256, "md5", Weak, "weak-chain"),
        chain("a short key", SHORT, "sha256", Weak, "weak-key"),
        own("a message signed with md5", "md5"),
        own("a message signed with sha-1", "sha1"),
    ];
    cases.into_iter().map(|case| case.anchored(&root).at(soon)).collect()
}

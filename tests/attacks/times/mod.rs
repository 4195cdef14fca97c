//! Times and chains: a certificate vouches while it is valid, and not by way of a signature that can be forged.

use std::fs;

use jiff::SignedDuration;
use waxwing::pki::bundle;
use waxwing::pki::revocation::Nobody;
use waxwing::report::Verdict::{ExpiredAtSigning, Pinned, Rejected, Weak};
use waxwing::report::{Report, TrustState, Verdict};
use waxwing::smime::{Context, open};
use waxwing::source::Source;

use super::common::openssl::openssl;
use super::common::pki::Pki;
use super::common::{installed, program, run};
use super::people::{ALICE, Person, bob, now};
use super::structures::{Info, attributes_at, signed_data};
use super::*;

/// The time that a signer claims counts as a claim: outside of the certificate's validity nothing is green, and a time to come is
/// said.
#[test]
fn claimed_times_do_not_stretch_validity() {
    let hours = SignedDuration::from_hours;
    let (day, year) = (hours(24), hours(24 * 365));
    let long = || Person::since("Alice", ALICE, now() - day * 10, 20);
    let ended = || Person::since("Alice", ALICE, now() - day * 30, 20);
    let coming = || Person::since("Alice", ALICE, now() + day, 20);
    for (name, person, at, expected, finding) in [
        ("now", long(), now(), Pinned, ""),
        ("before it was valid", long(), now() - day * 11, Rejected, "not-yet-valid"),
        ("in the future", long(), now() + day, Pinned, "signed-in-future"),
        ("after it ends", long(), now() + day * 11, ExpiredAtSigning, "signed-in-future"),
        ("in a hundred years", long(), now() + year * 20, ExpiredAtSigning, ""),
        ("ended before it was signed", ended(), now(), ExpiredAtSigning, ""),
        ("ended since", ended(), now() - day * 15, Verdict::ExpiredSince, ""),
        ("not valid yet", coming(), now() + day * 2, Rejected, "not-yet-valid"),
        ("not valid yet, signed now", coming(), now(), Rejected, "not-yet-valid"),
    ] {
        let entity = ENTITY.as_bytes();
        let info = Info::with(&person, &attributes_at(entity, at));
        let signature = signature_part(&signed_data(None, &[info], &[&person]));
        let mail = message(SIGNED, &multipart("s", &[entity, &signature]));
        let friends = [person.certificate.clone()];
        let report = bob().open_with(&mail, &friends, &people::anchors(&[])).report;
        assert_eq!(report.signature, expected, "{name}: {:?}", codes(&report));
        assert!(finding.is_empty() || codes(&report).contains(&finding), "{name}: {:?}", codes(&report));
        let anchored = Context {
            policy: &waxwing::policy::Policy::at(now()),
            anchors: &people::anchors(&friends),
            certificates: &[],
            pins: &[],
            distrusted: &[],
            keys: bob(),
            content: None,
            crls: &[],
            lookup: &Nobody,
        };
        let trusted = open(&Source::from_bytes(mail.clone()), "time.eml", &anchored).unwrap().report;
        assert_eq!(trusted.signature.is_good(), expected.is_good(), "{name}: {:?}", trusted.signature);
        let refused = Context { distrusted: &friends, ..anchored };
        let refused = open(&Source::from_bytes(mail), "time.eml", &refused).unwrap().report;
        assert_eq!(refused.signature, Rejected, "{name}");
    }
}

/// A message in openssl's hands: signed by a certificate that the authority signs with this digest.
fn issued_with(digest: &str) -> Report {
    let pki = Pki::get().folder();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let leaf = path("leaf.pem");
    run(
        &mut program(
            "openssl",
            pki,
            &format!(
                "x509 -req -in alice.csr -CA issuer.pem -CAkey issuer.key -set_serial 77 -days 30 -{digest} -extfile alice.ext -out {leaf}"
            ),
        ),
        b"",
    )
    .unwrap();
    let mail = openssl(
        &format!(
            "cms -sign -md sha256 -signer {leaf} -inkey alice.key -certfile issuer.pem -from {ALICE} -to bob -subject x"
        ),
        ENTITY.as_bytes(),
    )
    .unwrap();
    let root = bundle::certificates(&fs::read(Pki::get().root()).unwrap()).unwrap();
    let policy = waxwing::policy::Policy::at(jiff::Timestamp::now());
    let context = Context {
        policy: &policy,
        anchors: &people::anchors(&root),
        certificates: &[],
        pins: &[],
        distrusted: &[],
        keys: bob(),
        content: None,
        crls: &[],
        lookup: &Nobody,
    };
    open(&Source::from_bytes(mail), "chain.eml", &context).unwrap().report
}

/// A certificate that is signed with MD5 or SHA-1 may be forged: who it names is not confirmed, however good the message's own
/// signature is.
#[test]
fn outdated_digests_are_never_green() {
    if !installed("openssl") {
        return;
    }
    for (digest, expected) in [("sha256", Verdict::Verified), ("sha1", Weak), ("md5", Weak)] {
        let report = issued_with(digest);
        assert_eq!(report.layers[0].signers[0].trust, TrustState::Anchored, "{digest}: {:?}", codes(&report));
        assert_eq!(report.signature, expected, "{digest}: {:?}", codes(&report));
        assert_eq!(codes(&report).contains(&"weak-chain"), expected == Weak, "{digest}");
    }
    let sign = |digest: &str| {
        let by = "-signer alice.pem -inkey alice.key -certfile issuer.pem";
        openssl(&format!("cms -sign -md {digest} {by} -from {ALICE} -to bob -subject x"), ENTITY.as_bytes()).unwrap()
    };
    for digest in ["md5", "sha1"] {
        let report = bob().open(&sign(digest)).report;
        assert!(!report.signature.is_good(), "{digest}");
        assert!(codes(&report).contains(&"weak-digest"), "{digest}");
    }
}

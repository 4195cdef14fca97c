//! Answers of any shape, signed by the issuer or by whoever has a key: what openssl does not make.

use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5912, rfc6960};
use jiff::{SignedDuration, Timestamp};
use waxwing::asn1::tlv;
use waxwing::crypto::signature::Input;
use waxwing::crypto::{DigestAlgorithm, PrivateKeyOperations, SignatureAlgorithm, kdf};
use waxwing::pki::Certificate;
use waxwing::pki::revocation::{Nobody, Outcome};
use waxwing::wallet::import;

use crate::authority::{Authority, state};
use crate::common::installed;

const UNKNOWN: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.7");

/// A SingleResponse that is still to be written, and who signs it.
#[derive(Clone)]
struct Made {
    status: Vec<u8>,
    issued: Timestamp,
    until: Option<Timestamp>,
    extensions: Vec<u8>,
    more: Vec<u8>,
    by: &'static str,
    method: ObjectIdentifier,
}

fn oid(id: ObjectIdentifier) -> Vec<u8> {
    tlv(6, &[id.as_bytes()])
}

fn time(time: Timestamp) -> Vec<u8> {
    tlv(0x18, &[time.strftime("%Y%m%d%H%M%SZ").to_string().as_bytes()])
}

fn extension(id: ObjectIdentifier, critical: bool, value: &[u8]) -> Vec<u8> {
    let critical: &[u8] = if critical { &[1, 1, 0xff] } else { &[] };
    tlv(0x30, &[&oid(id), critical, &tlv(4, &[value])])
}

const GOOD: &[u8] = &[0x80, 0];

fn withdrawn(at: Timestamp, reason: u8) -> Vec<u8> {
    tlv(0xa1, &[&time(at), &tlv(0xa0, &[&[0x0a, 1, reason]])])
}

impl Made {
    fn at(issued: Timestamp) -> Self {
        Self {
            status: GOOD.to_vec(),
            issued,
            until: Some(issued + SignedDuration::from_hours(24)),
            extensions: Vec::new(),
            more: Vec::new(),
            by: "issuer",
            method: rfc5912::ECDSA_WITH_SHA_256,
        }
    }

    /// The answer about a certificate.
    fn about(&self, certificate: &Certificate) -> Vec<u8> {
        let authority = Authority::get();
        let digest = |bytes: &[u8]| tlv(4, &[&DigestAlgorithm::Sha1.digest(bytes)]);
        let key = |name: &str| authority.certificate(name).public_key().subject_public_key.raw_bytes().to_vec();
        let id = tlv(
            0x30,
            &[
                &tlv(0x30, &[&oid(rfc5912::ID_SHA_1)]),
                &digest(certificate.issuer_der()),
                &digest(&key("issuer")),
                &tlv(2, &[certificate.serial()]),
            ],
        );
        let until = self.until.map(|until| tlv(0xa0, &[&time(until)])).unwrap_or_default();
        let extensions = match self.extensions.as_slice() {
            [] => Vec::new(),
            extensions => tlv(0xa1, &[&tlv(0x30, &[extensions])]),
        };
        let single = tlv(0x30, &[&id, &self.status, &time(self.issued), &until, &extensions]);
        let who = tlv(0xa2, &[&digest(&key(self.by))]);
        let tbs = tlv(0x30, &[&who, &time(self.issued), &tlv(0x30, &[&single]), &self.more]);
        let keys = import::keys(&authority.read(&format!("{}.key", self.by)), None, &kdf::Limits::default()).unwrap();
        let value = keys[0].sign(SignatureAlgorithm::Ecdsa(DigestAlgorithm::Sha256), Input::Message(&tbs)).unwrap();
        let certificates = tlv(0xa0, &[&tlv(0x30, &[authority.certificate(self.by).der()])]);
        let method = tlv(0x30, &[&oid(self.method)]);
        let basic = tlv(0x30, &[&tbs, &method, &tlv(3, &[&[0], &value]), &certificates]);
        let bytes = tlv(0x30, &[&oid(rfc6960::ID_PKIX_OCSP_BASIC), &tlv(4, &[&basic])]);
        tlv(0x30, &[&[0x0a, 1, 0], &tlv(0xa0, &[&bytes])])
    }
}

/// What is known of `silent`, whom nobody else tells anything about, and the words for problems with answers about it.
fn check(at: Timestamp, answers: &[Vec<u8>]) -> String {
    said(&Authority::get().check("silent", at, &[], answers, &Nobody))
}

fn said(outcome: &Outcome) -> String {
    format!("{} {:?}", state(outcome), outcome.remarks.iter().map(|remark| &remark.problem).collect::<Vec<_>>())
}

/// What an answer says counts as far as its extensions, its time and its signature let it.
#[test]
fn answers_of_any_shape() {
    if !installed("openssl") {
        return;
    }
    let silent = Authority::get().certificate("silent");
    let now = Timestamp::now();
    let days = |days: i64| SignedDuration::from_hours(24 * days);
    let made = || Made::at(now - SignedDuration::from_hours(1));
    let after_end = silent.not_after() + days(10);
    let late = || Made::at(after_end - SignedDuration::from_hours(1));
    let cutoff = |time_then: Timestamp| extension(rfc6960::ID_PKIX_OCSP_ARCHIVE_CUTOFF, false, &time(time_then));
    let old = || Made { until: Some(now - days(9)), ..Made::at(now - days(10)) };
    let odd = |critical| extension(UNKNOWN, critical, &[5, 0]);
    for (name, made, at, expected) in [
        ("good", made(), now, "good []"),
        ("without an end", Made { until: None, ..made() }, now, "good []"),
        (
            "without an end, of the day before yesterday",
            Made { until: None, ..Made::at(now - days(2)) },
            now,
            "unknown [Stale",
        ),
        ("withdrawn", Made { status: withdrawn(now - days(1), 1), ..made() }, now, "revoked keyCompromise []"),
        ("withdrawn tomorrow", Made { status: withdrawn(now + days(1), 1), ..made() }, now, "revoked keyCompromise"),
        ("withdrawn, old", Made { status: withdrawn(now - days(20), 1), ..old() }, now, "revoked keyCompromise []"),
        ("suspended", Made { status: withdrawn(now - days(1), 6), ..made() }, now, "revoked certificateHold []"),
        ("suspended, old", Made { status: withdrawn(now - days(20), 6), ..old() }, now, "unknown [Stale"),
        ("not known", Made { status: vec![0x82, 0], ..made() }, now, "unknown [NotKnown]"),
        ("something that is not known", Made { extensions: odd(false), ..made() }, now, "good []"),
        (
            "something critical that is not known",
            Made { extensions: odd(true), ..made() },
            now,
            "unknown [UnknownCritical",
        ),
        (
            "withdrawn, with something critical",
            Made { extensions: odd(true), status: withdrawn(now - days(1), 1), ..made() },
            now,
            "revoked keyCompromise []",
        ),
        ("after the end", late(), after_end, "unknown [Dropped]"),
        ("after the end, kept since before", Made { extensions: cutoff(now), ..late() }, after_end, "good []"),
        (
            "after the end, kept since later",
            Made { extensions: cutoff(after_end), ..late() },
            after_end,
            "unknown [Dropped]",
        ),
        ("another method", Made { method: rfc5912::ECDSA_WITH_SHA_512, ..made() }, now, "unknown [BadSignature]"),
        ("a method of nobody", Made { method: UNKNOWN, ..made() }, now, "unknown [UnsupportedSignature"),
        ("by a responder", Made { by: "responder", ..made() }, now, "good []"),
        ("by the root", Made { by: "root", ..made() }, now, "unknown [NoSigner]"),
        ("by the person itself", Made { by: "silent", ..made() }, now, "unknown [SignerNotTrusted]"),
        ("by a responder of somebody else", Made { by: "stranger", ..made() }, now, "unknown [NoSigner]"),
        ("by a responder that has ended", Made { by: "responder", ..late() }, after_end, "unknown [SignerNotTrusted]"),
    ] {
        let found = check(at, &[made.about(&silent)]);
        assert!(found.starts_with(expected), "{name}: {found}");
    }
    // An extension of the whole answer: without it nothing is said.
    let whole = Made { more: tlv(0xa1, &[&tlv(0x30, &[&odd(true)])]), ..made() };
    assert!(waxwing::pki::revocation::Response::read(&whole.about(&silent)).is_err());
}

/// A responder whose own certificate was withdrawn is not believed, neither that a certificate is good nor that it is withdrawn.
#[test]
fn withdrawn_responders_are_not_believed() {
    if !installed("openssl") {
        return;
    }
    let authority = Authority::get();
    let (silent, responder) = (authority.certificate("silent"), authority.certificate("responder-withdrawn"));
    let now = Timestamp::now();
    let hour = SignedDuration::from_hours(1);
    let made = || Made::at(now - hour);
    let theirs = |status: &[u8]| Made { by: "responder-withdrawn", status: status.to_vec(), ..made() }.about(&silent);
    let withdrawal = withdrawn(now - hour, 1);
    let about_them = |status: &[u8]| Made { status: status.to_vec(), ..made() }.about(&responder);
    for (name, status, answers, expected) in [
        ("nothing is known of it", GOOD, vec![], "good []"),
        ("it is good", GOOD, vec![about_them(GOOD)], "good []"),
        ("it was withdrawn", GOOD, vec![about_them(&withdrawal)], "unknown [SignerWithdrawn]"),
        (
            "it was withdrawn and calls others so",
            &withdrawal,
            vec![about_them(&withdrawal)],
            "unknown [SignerWithdrawn]",
        ),
    ] {
        let found = check(now, &[answers, vec![theirs(status)]].concat());
        assert_eq!(found, expected, "{name}");
    }
    // The issuer's own answer counts beside it.
    let own = made().about(&silent);
    let found = check(now, &[theirs(&withdrawal), about_them(&withdrawal), own]);
    assert!(found.starts_with("good"), "{found}");
}

/// A list that was signed with another key of the issuer counts while that key's certificate was not withdrawn.
#[test]
fn withdrawn_signers_of_lists_are_not_believed() {
    if !installed("openssl") {
        return;
    }
    let authority = Authority::get();
    let now = Timestamp::now();
    let root = authority.read("root.crl");
    for (twin, expected) in [("twin", "good []"), ("twin-withdrawn", "unknown [SignerWithdrawn]")] {
        let list = authority.list("issuer", &format!("-cert {twin}.pem -keyfile {twin}.key"));
        let found = authority.check("silent", now, &[root.clone(), list], &[], &Nobody);
        assert_eq!(said(&found), expected, "{twin}");
    }
}

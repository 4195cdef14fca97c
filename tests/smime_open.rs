//! Opens messages of every kind, made by openssl, with the library.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::fs;
use std::sync::Arc;

use common::cases::make;
use common::pki::{ALICE, Pki};
use common::{installed, mail};
use jiff::Timestamp;
use waxwing::cms::enveloped::RecipientId;
use waxwing::crypto::{PrivateKey, PrivateKeyOperations};
use waxwing::pki::path::{AnchorSource, Anchors};
use waxwing::pki::{Certificate, bundle};
use waxwing::policy::{Policy, RevocationPolicy};
use waxwing::report::{Covers, IdentityState, Integrity, LayerKind, Privacy, Report, TrustState, Verdict};
use waxwing::smime::{Context, KeyLookup, Keys, Opened, Pin, open};
use waxwing::source::Source;

/// What a reader has: certificates, keys, decisions.
#[derive(Default)]
struct Reader {
    anchors: Anchors,
    certificates: Vec<Certificate>,
    pins: Vec<Pin>,
    distrusted: Vec<Certificate>,
    keys: Vec<(Certificate, Arc<PrivateKey>)>,
    bare: Vec<Arc<dyn PrivateKeyOperations>>,
    locked: bool,
    content: Option<Source>,
    revocation: Option<RevocationPolicy>,
}

impl Keys for Reader {
    fn find(&self, id: &RecipientId) -> KeyLookup {
        match self.keys.iter().find(|(certificate, _)| id.matches(certificate)) {
            Some((certificate, _)) if self.locked => KeyLookup::Locked(certificate.clone()),
            Some((certificate, key)) => KeyLookup::Found(key.clone(), Some(certificate.clone())),
            None => KeyLookup::Unknown,
        }
    }

    fn bare(&self) -> &[Arc<dyn PrivateKeyOperations>] {
        &self.bare
    }
}

fn certificate(name: &str) -> Certificate {
    bundle::certificates(&fs::read(Pki::get().certificate(name)).unwrap()).unwrap().remove(0)
}

fn key(name: &str) -> Arc<PrivateKey> {
    Arc::new(PrivateKey::from_any(&fs::read(Pki::get().file(&format!("{name}.key"))).unwrap()).unwrap())
}

/// Bob: he trusts the root and has the keys of both his certificates.
fn bob() -> Reader {
    let mut reader = Reader::default();
    reader.anchors.add(certificate("root"), AnchorSource::Given);
    reader.keys = ["bob", "bob-ec"].map(|name| (certificate(name), key(name))).into();
    reader
}

impl Reader {
    fn open(&self, message: &[u8]) -> Opened {
        self.open_file(message, "test.eml")
    }

    fn open_file(&self, message: &[u8], file: &str) -> Opened {
        let mut policy = Policy::at(Timestamp::now());
        policy.revocation = self.revocation.unwrap_or(RevocationPolicy::Prefer);
        let context = Context {
            policy: &policy,
            anchors: &self.anchors,
            certificates: &self.certificates,
            pins: &self.pins,
            distrusted: &self.distrusted,
            keys: self,
            content: self.content.clone(),
        };
        open(&Source::from_bytes(message), file, &context).unwrap()
    }
}

/// The codes of all findings, those of layers and of signers.
fn codes(report: &Report) -> Vec<&'static str> {
    let layers = report.layers.iter().flat_map(|layer| &layer.findings);
    let signers = report.layers.iter().flat_map(|layer| &layer.signers).flat_map(|signer| &signer.findings);
    layers.chain(signers).map(|finding| finding.code.as_str()).collect()
}

fn text(report: &Report) -> String {
    report.shown.texts.iter().map(|text| text.text.as_str()).collect()
}

/// Every message says what it should: verdict, privacy, layers, and the finding that tells why.
#[test]
fn every_case_has_its_verdict() {
    use LayerKind::{AuthEnveloped, ClearSigned, Enveloped, OpaqueSigned, Plain};
    if !installed("openssl") {
        return;
    }
    let rows: &[(&str, Verdict, Privacy, &[LayerKind], &str)] = &[
        ("plain", Verdict::Unsigned, Privacy::None, &[Plain], ""),
        ("clear", Verdict::Verified, Privacy::None, &[ClearSigned], "revocation-not-checked"),
        ("opaque", Verdict::Verified, Privacy::None, &[OpaqueSigned], ""),
        ("ecdsa", Verdict::Verified, Privacy::None, &[ClearSigned], ""),
        ("pss", Verdict::Verified, Privacy::None, &[ClearSigned], ""),
        ("sha-1", Verdict::Weak, Privacy::None, &[ClearSigned], "weak-digest"),
        ("body-changed", Verdict::Altered, Privacy::None, &[ClearSigned], "digest-mismatch"),
        ("signature-changed", Verdict::Altered, Privacy::None, &[ClearSigned], "signature-mismatch"),
        ("other-from", Verdict::OtherSigner, Privacy::None, &[ClearSigned], "address-differs"),
        ("no-from", Verdict::SenderUnclear, Privacy::None, &[ClearSigned], "from-missing"),
        ("display-address", Verdict::SenderUnclear, Privacy::None, &[ClearSigned], "display-address"),
        ("other-sender", Verdict::Verified, Privacy::None, &[ClearSigned], "sender-differs"),
        ("self-signed", Verdict::UnknownIssuer, Privacy::None, &[ClearSigned], "self-signed"),
        ("expired", Verdict::ExpiredAtSigning, Privacy::None, &[ClearSigned], "certificate-expired-at-signing"),
        ("two-signers", Verdict::OtherSigner, Privacy::None, &[ClearSigned], "address-differs"),
        ("not-for-mail", Verdict::Rejected, Privacy::None, &[ClearSigned], "not-for-mail"),
        ("no-certificates", Verdict::Unreadable, Privacy::None, &[ClearSigned], "missing-certificate"),
        ("no-intermediate", Verdict::UnknownIssuer, Privacy::None, &[ClearSigned], "no-issuer"),
        ("footer", Verdict::PartlySigned, Privacy::None, &[ClearSigned], ""),
        ("cbc", Verdict::Unsigned, Privacy::OpenedUnauthenticated, &[Enveloped], "unauthenticated-cipher"),
        ("gcm", Verdict::Unsigned, Privacy::Opened, &[AuthEnveloped], ""),
        ("3des", Verdict::Unsigned, Privacy::OpenedWeak, &[Enveloped], "weak-cipher"),
        ("rc2", Verdict::Unsigned, Privacy::OpenedWeak, &[Enveloped], "weak-cipher"),
        ("oaep", Verdict::Unsigned, Privacy::OpenedUnauthenticated, &[Enveloped], ""),
        ("ecdh", Verdict::Unsigned, Privacy::OpenedUnauthenticated, &[Enveloped], ""),
        ("signed-then-encrypted", Verdict::Verified, Privacy::Opened, &[Enveloped, ClearSigned], ""),
        ("triple-wrapped", Verdict::Verified, Privacy::Opened, &[ClearSigned, Enveloped, ClearSigned], ""),
        ("cut-short", Verdict::Unsigned, Privacy::Damaged, &[Enveloped], "damaged-structure"),
    ];
    let reader = bob();
    for (name, signature, privacy, layers, code) in rows {
        let Opened { report, attachments, content, .. } = reader.open(&make(name));
        let found: Vec<_> = report.layers.iter().map(|layer| layer.kind).collect();
        assert_eq!((report.signature, report.privacy), (*signature, *privacy), "{name}: {report:#?}");
        assert_eq!(found, *layers, "{name}");
        assert!(code.is_empty() || codes(&report).contains(code), "{name}: {:?}", codes(&report));
        assert!(attachments.is_empty(), "{name}");
        let shut = *name == "cut-short";
        assert_eq!(content.is_none(), shut, "{name}");
        if *name == "body-changed" {
            assert!(text(&report).contains("the meeting is at nine."), "{name}: {:?}", text(&report));
        } else {
            assert_eq!(text(&report).contains("the meeting is at noon."), !shut, "{name}: {:?}", text(&report));
        }
        for text in &report.shown.texts {
            let signed = found.iter().any(|kind| matches!(kind, ClearSigned | OpaqueSigned));
            let inside = !text.text.contains("sent through a list");
            assert_eq!(text.signed, signed && inside, "{name}");
            assert_eq!(text.layer, if inside { found.len() - 1 } else { usize::MAX }, "{name}");
        }
    }
}

/// What a signer's report carries is the evidence for the verdict.
#[test]
fn a_verified_signer_is_reported_in_full() {
    if !installed("openssl") {
        return;
    }
    let opened = bob().open(&make("clear"));
    let report = &opened.report;
    let signer = &report.layers[0].signers[0];
    assert_eq!((report.from.as_slice(), report.subject.as_str()), ([ALICE.to_owned()].as_slice(), "clear"));
    assert_eq!(
        (signer.name.as_str(), signer.addresses.as_slice(), signer.digest.as_str(), signer.algorithm.as_str()),
        ("alice", [ALICE.to_owned()].as_slice(), "sha-256", "rsa-pkcs1v15")
    );
    let names: Vec<_> = signer.chain_certificates.iter().map(|certificate| certificate.name.as_str()).collect();
    assert_eq!(names, ["alice", "Waxwing Test Issuer", "Waxwing Test Root"]);
    assert_eq!(signer.certificate.as_ref().unwrap().sha256, signer.chain[0]);
    assert_eq!(signer.certificate.as_ref().unwrap().key, "RSA-2048");
    let fields: Vec<_> = report.shown.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(fields, ["From", "To", "Date", "Subject"]);
    assert!(
        opened.certificates.contains(&certificate("alice")) && opened.certificates.contains(&certificate("issuer"))
    );
    assert_eq!(opened.capabilities[0].certificate, certificate("alice"));
    assert!(!format!("{opened:?}").contains("clear"), "a debug print shows nothing of the message");
}

/// The user's decisions outweigh what authorities say, in both directions.
#[test]
fn decisions_of_the_user_count() {
    if !installed("openssl") {
        return;
    }
    let message = make("clear");
    let since = Timestamp::now();
    let mut pinned = Reader { pins: vec![Pin { certificate: certificate("alice"), since }], ..Reader::default() };
    let report = pinned.open(&message).report;
    assert_eq!(report.signature, Verdict::Pinned);
    assert!(codes(&report).contains(&"pinned-by-user"));
    pinned.distrusted.push(certificate("alice"));
    assert_eq!(pinned.open(&message).report.signature, Verdict::Rejected);

    for bad in ["alice", "issuer", "root"] {
        let report = Reader { distrusted: vec![certificate(bad)], ..bob() }.open(&message).report;
        assert_eq!(report.signature, Verdict::Rejected, "{bad}");
        assert_eq!(report.layers[0].signers[0].trust, TrustState::Rejected, "{bad}");
        assert!(codes(&report).contains(&"distrusted"), "{bad}");
    }

    let given = Reader { certificates: vec![certificate("alice"), certificate("issuer")], ..bob() };
    assert_eq!(given.open(&make("no-certificates")).report.signature, Verdict::Verified);
    assert_eq!(given.open(&make("no-intermediate")).report.signature, Verdict::Verified);

    let required = Reader { revocation: Some(RevocationPolicy::Require), ..bob() }.open(&message).report;
    assert_eq!(required.signature, Verdict::RevocationUnknown);
    let off = Reader { revocation: Some(RevocationPolicy::Off), ..bob() }.open(&message).report;
    assert_eq!(off.signature, Verdict::Verified);
    assert!(!codes(&off).contains(&"revocation-not-checked"));
}

/// Without the key a message stays shut and says for whom it is; with a locked one it says that unlocking helps.
#[test]
fn keys_decide_what_is_opened() {
    if !installed("openssl") {
        return;
    }
    let message = make("cbc");
    let none = Reader { keys: Vec::new(), ..bob() }.open(&message);
    assert_eq!(none.report.privacy, Privacy::Locked);
    assert!(codes(&none.report).contains(&"no-key"));
    let recipient = &none.report.layers[0].recipients[0];
    assert!(!recipient.mine && recipient.id.contains("serial"), "{}", recipient.id);
    assert!(none.content.is_none() && none.decrypted.is_none() && none.report.shown.texts.is_empty());
    assert!(!none.report.shown.fields.is_empty());

    let locked = Reader { locked: true, ..bob() }.open(&message).report;
    assert_eq!(locked.privacy, Privacy::NeedsUnlock);
    assert!(locked.layers[0].recipients[0].mine);
    assert_eq!(locked.layers[0].recipients[0].id, "bob@example.org");

    // A bare key: named through the certificate, or simply tried.
    for certificates in [vec![certificate("bob")], Vec::new()] {
        let bare: Vec<Arc<dyn PrivateKeyOperations>> = vec![key("alice"), key("bob-ec"), key("bob")];
        let opened = Reader { keys: Vec::new(), bare, certificates, ..bob() }.open(&message);
        assert!(text(&opened.report).contains("noon"), "{:#?}", opened.report);
    }
    // A key that is none of the recipients' must not open or damage anything.
    let wrong = Reader { keys: Vec::new(), bare: vec![key("alice-ec")], ..bob() }.open(&make("gcm")).report;
    assert_eq!(wrong.privacy, Privacy::Locked);

    let opened = bob().open(&make("signed-then-encrypted"));
    let (source, entity) = opened.decrypted.unwrap();
    let inside = source.slice(entity.range).read_all(100_000).unwrap();
    assert!(inside.starts_with(b"MIME-Version: 1.0") && entity.content_type.is("multipart", "signed"));
}

/// Signatures come in files of their own too: DER, PEM, base64; with the content inside or beside them.
#[test]
fn bare_structures_are_opened() {
    if !installed("openssl") {
        return;
    }
    let entity = b"From: alice@example.org\r\nContent-Type: text/plain\r\n\r\nHello\r\n";
    let sign = |words: &str| {
        let by = "-signer alice.pem -inkey alice.key -certfile issuer.pem -md sha256 -binary";
        common::openssl::openssl(&format!("cms -sign {by} {words}"), entity).unwrap()
    };
    let der = sign("-outform DER -nodetach");
    let pem = sign("-outform PEM -nodetach");
    let base64: Vec<u8> =
        pem.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.starts_with(b"-")).collect::<Vec<_>>().concat();
    for (name, bytes) in [("der", &der), ("pem", &pem), ("base64", &base64)] {
        let report = bob().open_file(bytes, "letter.p7m").report;
        assert_eq!(report.signature, Verdict::Verified, "{name}: {report:#?}");
        assert_eq!(
            (report.from.as_slice(), text(&report).as_str()),
            ([ALICE.to_owned()].as_slice(), "Hello\n"),
            "{name}"
        );
    }

    let detached = sign("-outform DER");
    let alone = bob().open_file(&detached, "letter.p7s").report;
    assert_eq!(alone.signature, Verdict::Unreadable);
    assert!(codes(&alone).contains(&"missing-content"));
    for (content, expected) in
        [(&entity[..], Verdict::Verified), (b"From: alice@example.org\r\n\r\nOther", Verdict::Altered)]
    {
        let reader = Reader { content: Some(Source::from_bytes(content)), ..bob() };
        assert_eq!(reader.open_file(&detached, "letter.p7s").report.signature, expected);
    }
    let text = entity.iter().copied().filter(|byte| *byte != b'\r').collect::<Vec<_>>();
    let reader = Reader { content: Some(Source::from_bytes(text)), ..bob() };
    assert_eq!(reader.open_file(&detached, "letter.p7s").report.signature, Verdict::Verified, "with other line ends");

    // A signed document is an attachment under its own name.
    let document = b"%PDF-1.7\x00\x01\x02";
    let signed = common::openssl::openssl(
        "cms -sign -signer alice.pem -inkey alice.key -certfile issuer.pem -md sha256 -binary -outform DER -nodetach",
        document,
    )
    .unwrap();
    let opened = bob().open_file(&signed, "contract.pdf.p7m");
    assert_eq!(opened.report.attachments[0].name, "contract.pdf");
    assert!(opened.report.attachments[0].signed);
    assert_eq!(opened.attachments[0].read_all(100).unwrap(), document);
    assert_eq!(opened.report.signature, Verdict::SenderUnclear, "a document has no From");

    let certs = common::openssl::openssl("crl2pkcs7 -nocrl -certfile alice.pem -outform DER", b"").unwrap();
    let opened = bob().open_file(&certs, "alice.p7c");
    assert_eq!((opened.report.signature, opened.report.layers[0].kind), (Verdict::Unsigned, LayerKind::CertsOnly));
    assert_eq!(opened.certificates, [certificate("alice")]);
}

/// Bytes of a clear-signed message, to be changed.
fn clear() -> String {
    String::from_utf8(make("clear")).unwrap()
}

/// What is added around a signed part shows, and what only looks like S/MIME is told apart.
#[test]
fn what_is_outside_is_never_inside() {
    if !installed("openssl") {
        return;
    }
    let signed = clear();
    let boundary = signed.split("boundary=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let end = format!("--{boundary}--");
    let with = |old: &str, new: &str| {
        assert!(signed.contains(old), "{old}");
        bob().open(signed.replacen(old, new, 1).as_bytes()).report
    };

    let third = with(&end, &format!("--{boundary}\nContent-Type: text/plain\n\nPay now\n{end}"));
    assert_eq!((third.signature, third.layers[0].covers), (Verdict::PartlySigned, Covers::Part));
    assert!(codes(&third).contains(&"outside-signature"));
    assert!(third.shown.texts.iter().any(|text| text.text.contains("Pay now") && !text.signed));

    let epilogue = with(&end, &format!("{end}\nPay now\n"));
    assert_eq!(epilogue.signature, Verdict::Verified);
    assert!(codes(&epilogue).contains(&"outside-signature") && !text(&epilogue).contains("Pay now"));
    let preamble = with("This is an S/MIME signed message", "Pay now");
    assert!(codes(&preamble).contains(&"outside-signature"));
    assert!(!codes(&bob().open(signed.as_bytes()).report).contains(&"outside-signature"));

    let open_end = with(&end, "");
    assert_eq!(open_end.signature, Verdict::Verified);
    assert!(codes(&open_end).contains(&"missing-final-boundary"));

    for protocol in ["application/x-pkcs7-signature", "application/pkcs7-signature"] {
        let report = with("protocol=\"application/x-pkcs7-signature\"", &format!("protocol=\"{protocol}\""));
        assert!(report.signature == Verdict::Verified && !codes(&report).contains(&"protocol-differs"), "{protocol}");
    }
    let odd = with("protocol=\"application/x-pkcs7-signature\";", "");
    assert!(odd.signature == Verdict::Verified && codes(&odd).contains(&"protocol-differs"));
    let micalg = with("micalg=\"sha-256\"", "micalg=\"sha-512\"");
    assert!(micalg.signature == Verdict::Verified && codes(&micalg).contains(&"micalg-differs"));

    // The signature taken away, or replaced by another program's.
    let (head, _) = signed.rsplit_once(&format!("--{boundary}\n")).unwrap();
    let bare = bob().open(format!("{head}{end}\n").as_bytes()).report;
    assert_eq!(bare.signature, Verdict::Unreadable);
    assert!(bare.shown.texts.iter().all(|text| !text.signed));
    let pgp = signed.replace("pkcs7-signature", "pgp-signature").replace("smime.p7s", "signature.asc");
    let pgp = bob().open(pgp.replace("x-pgp", "pgp").as_bytes()).report;
    assert_eq!((pgp.signature, pgp.layers[0].kind), (Verdict::Unsigned, LayerKind::Plain));

    let twice = signed.replacen("From: ", "From: mallory@example.net\nFrom: ", 1);
    let twice = bob().open(twice.as_bytes()).report;
    assert_eq!(twice.signature, Verdict::SenderUnclear);
    assert_eq!(twice.layers[0].signers[0].identity, IdentityState::Matches);

    let garbage = with("MII", "AAA");
    assert_eq!(garbage.signature, Verdict::Unreadable);
    assert!(codes(&garbage).contains(&"damaged-structure"));
}

/// A signed message that is attached to another speaks for itself alone; a list that signs what it passes on is named.
#[test]
fn attached_and_passed_on_messages() {
    if !installed("openssl") {
        return;
    }
    let inner = clear();
    let forwarded = format!(
        "From: bob@example.org\nSubject: fwd\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m\n\n--m\n\
         Content-Type: text/plain\n\nlook\n--m\nContent-Type: message/rfc822\n\n{inner}\n--m--\n"
    );
    let report = bob().open(forwarded.as_bytes()).report;
    assert_eq!((report.layers[0].covers, report.signature), (Covers::Part, Verdict::OtherSigner), "{report:#?}");
    assert_eq!(report.attachments[0].name, "clear.eml");
    assert_eq!(report.from, ["bob@example.org"]);
    let signed: Vec<_> = report.shown.texts.iter().filter(|text| text.signed).map(|text| &text.text).collect();
    assert!(signed.len() == 1 && signed[0].contains("noon"));

    let entity = &inner[inner.find("MIME-Version").unwrap()..];
    let list = common::openssl::openssl(
        &format!(
            "cms -sign -md sha256 -signer bob.pem -inkey bob.key -certfile issuer.pem -from {ALICE} -to all -subject x"
        ),
        entity.as_bytes(),
    )
    .unwrap();
    let report = bob().open(&list).report;
    assert_eq!(report.signature, Verdict::Verified, "{report:#?}");
    assert_eq!(report.layers[0].signers[0].verdict, Verdict::OtherSigner);
    assert!(report.layers[0].signers[0].findings.iter().any(|finding| finding.code.as_str() == "passed-on-by"));
    assert_eq!(report.layers.iter().map(|layer| layer.depth).collect::<Vec<_>>(), [0, 1]);
}

/// Limits are said, and nothing inside them is opened.
#[test]
fn limits_hold_and_are_said() {
    if !installed("openssl") {
        return;
    }
    let reader = bob();
    let open = |message: &[u8], change: &dyn Fn(&mut Policy)| {
        let mut policy = Policy::at(Timestamp::now());
        change(&mut policy);
        let context = Context {
            policy: &policy,
            anchors: &reader.anchors,
            certificates: &[],
            pins: &[],
            distrusted: &[],
            keys: &reader,
            content: None,
        };
        open(&Source::from_bytes(message), "limits.eml", &context).unwrap().report
    };
    let layers = open(&make("triple-wrapped"), &|policy| policy.limits.layers = 2);
    assert_eq!(layers.layers.len(), 2);
    assert!(codes(&layers).contains(&"too-many-layers") && layers.shown.texts.is_empty());
    let signatures = open(&make("two-signers"), &|policy| policy.limits.signatures = 1);
    assert!(codes(&signatures).contains(&"too-many-signatures"));
    assert!(signatures.layers[0].signers.iter().any(|signer| signer.integrity == Integrity::Unchecked));
    let parts = open(&make("footer"), &|policy| policy.limits.mime.parts = 2);
    assert_eq!(parts.layers.len(), 1);
    assert!(codes(&parts).contains(&"odd-structure"));
    let text = open(&mail::long_message("long", 10_000), &|policy| policy.limits.display_bytes = 1000);
    assert!(text.shown.truncated && text.shown.texts[0].text.len() <= 1000);
}

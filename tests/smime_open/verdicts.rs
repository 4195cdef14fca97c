//! What every kind of message is worth, and what the user and the keys decide.

use waxwing::mime::address::Address;

use super::*;

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
    let mut pinned =
        Reader { pins: vec![Pin { certificate: certificate("alice"), since, address: None }], ..Reader::default() };
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

/// A pin for one address makes nobody else's message green, and needs no address in the certificate.
#[test]
fn pins_for_one_address() {
    if !installed("openssl") {
        return;
    }
    let message = make("clear");
    let from_boss = String::from_utf8(message.clone()).unwrap().replace("alice@example.org", "boss@example.org");
    let since = Timestamp::now();
    for (message, pinned, verdict, code) in [
        (&message[..], "alice@example.org", Verdict::Pinned, "pinned-for-address"),
        (&message, "Alice@EXAMPLE.org", Verdict::Pinned, "address-case"),
        (&message, "eve@example.org", Verdict::UnknownIssuer, "pinned-for-another-address"),
        (from_boss.as_bytes(), "boss@example.org", Verdict::Pinned, "pinned-for-address"),
        (from_boss.as_bytes(), "alice@example.org", Verdict::OtherSigner, "pinned-for-another-address"),
    ] {
        let pin = Pin { certificate: certificate("alice"), since, address: Address::parse(pinned) };
        let report = Reader { pins: vec![pin], ..Reader::default() }.open(message).report;
        assert_eq!(report.signature, verdict, "{pinned}: {:?}", codes(&report));
        assert!(codes(&report).contains(&code), "{pinned}: {:?}", codes(&report));
    }
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

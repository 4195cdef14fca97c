//! Signatures in files of their own, around less than everything, inside other messages; limits.

use super::*;

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
        let report = with("protocol=\"application/pkcs7-signature\"", &format!("protocol=\"{protocol}\""));
        assert!(report.signature == Verdict::Verified && !codes(&report).contains(&"protocol-differs"), "{protocol}");
    }
    let odd = with("protocol=\"application/pkcs7-signature\";", "");
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
            crls: &[],
            lookup: &Nobody,
        };
        open(&Source::from_bytes(message), "limits.eml", &context).map(|opened| opened.report)
    };
    let layers = open(&make("triple-wrapped"), &|policy| policy.limits.layers = 2).unwrap();
    assert_eq!(layers.layers.len(), 2);
    assert!(codes(&layers).contains(&"too-many-layers") && layers.shown.texts.is_empty());
    let signatures = open(&make("two-signers"), &|policy| policy.limits.signatures = 1).unwrap();
    assert!(codes(&signatures).contains(&"too-many-signatures"));
    assert!(signatures.layers[0].signers.iter().any(|signer| signer.integrity == Integrity::Unchecked));
    // Of what is too large as it lies there, nothing is said: not even that it is unsigned.
    let parts = open(&make("footer"), &|policy| policy.limits.mime.parts = 2);
    assert!(matches!(parts, Err(waxwing::mime::Error::Limit { .. })));
    let text = open(&mail::long_message("long", 10_000), &|policy| policy.limits.display_bytes = 1000).unwrap();
    assert!(text.shown.truncated && text.shown.texts[0].text.len() <= 1000);
}

use super::*;
use crate::crypto::ContentCipher;
use crate::report::{Code, LayerKind};

/// What is sealed here is opened here, with every kind of key and by both profiles, and its signature holds after it was
/// saved in the clear.
#[test]
fn messages_are_sealed_opened_and_saved() {
    use LayerKind::{AuthEnveloped, ClearSigned, Enveloped, OpaqueSigned};
    for kind in [KeyKind::Rsa(2048), KeyKind::P256] {
        for (profile, envelope) in [(Profile::Compatible, Enveloped), (Profile::Modern, AuthEnveloped)] {
            let office = Office::of_anna(kind, profile).knows_everybody();
            let (desk, progress) = (office.desk(), Progress::default());
            for (seal, layers) in [
                (signed(), vec![ClearSigned]),
                (Seal { opaque: true, ..signed() }, vec![OpaqueSigned]),
                (encrypted(), vec![envelope]),
                (both(), vec![envelope, ClearSigned]),
                (Seal { opaque: true, ..both() }, vec![envelope, OpaqueSigned]),
                (Seal { triple: true, ..both() }, vec![ClearSigned, envelope, ClearSigned]),
            ] {
                let what = format!("{kind} {profile:?} {seal:?}");
                let sealed = desk.seal(&office.letter(), &seal, &Output::Beside, &progress).unwrap();
                let opened = desk.look(&sealed.main, &Progress::default());
                let report = &opened.report;
                let kinds: Vec<_> = report.layers.iter().map(|layer| layer.kind).collect();
                assert!(kinds.starts_with(&layers), "{what}: {kinds:?}");
                let verdict = if seal.sign.is_some() { Verdict::Pinned } else { Verdict::Unsigned };
                assert_eq!(report.signature, verdict, "{what}: {report:#?}");
                assert_eq!(report.subject, "The contract", "{what}");
                if !seal.encrypt {
                    let failure = desk.save_decrypted(&sealed.main, &opened, &Output::Beside, &progress).unwrap_err();
                    assert_eq!(failure.code, "not-encrypted");
                    continue;
                }
                assert!(
                    matches!(report.privacy, Privacy::Opened | Privacy::OpenedUnauthenticated),
                    "{what}: {report:#?}"
                );
                assert!(!contains(&sealed.main, SECRET), "{what}");
                let clear = desk.save_decrypted(&sealed.main, &opened, &Output::Beside, &progress).unwrap();
                let report = desk.look(&clear, &Progress::default()).report;
                assert_eq!((report.signature, report.privacy), (verdict, Privacy::None), "{what}: {report:#?}");
                assert_eq!(report.from, ["anna@example.org"], "{what}");
                assert!(report.shown.texts.iter().any(|text| text.text.contains("third of May")), "{what}");
            }
        }
    }
}

/// Protected header fields are what the profile or the caller says; hidden on the way, they are shown as signed, and stand in
/// what is saved in the clear.
#[test]
fn protected_fields_come_back() {
    for (profile, protect, expected) in [
        (Profile::Compatible, None, false),
        (Profile::Compatible, Some(true), true),
        (Profile::Modern, None, true),
        (Profile::Modern, Some(false), false),
    ] {
        let office = Office::of_anna(KeyKind::P256, profile).knows_everybody();
        let (desk, progress) = (office.desk(), Progress::default());
        let all: &[&str] = if expected { &["From", "To", "Cc", "Subject"] } else { &[] };
        for seal in [signed(), Seal { opaque: true, ..signed() }, encrypted(), both(), Seal { triple: true, ..both() }]
        {
            let what = format!("{profile:?} {seal:?} {protect:?}");
            let seal = Seal { protect, ..seal };
            let sealed = desk.seal(&office.letter(), &seal, &Output::Beside, &progress).unwrap();
            assert_eq!(contains(&sealed.main, b"The contract"), !(expected && seal.encrypt), "{what}");
            for file in std::iter::once(&sealed.main).chain(sealed.bcc.iter().map(|(_, file)| file)) {
                assert_eq!(contains(file, b"Subject: [...]"), expected && seal.encrypt, "{what}");
                assert!(seal.sign.is_some() && !seal.encrypt || !contains(file, b"boss@"), "{what}");
            }
            let opened = desk.look(&sealed.main, &progress);
            let protected: &[&str] = if seal.sign.is_some() { all } else { &[] };
            assert_eq!(opened.report.protected, protected, "{what}");
            assert_eq!(opened.report.subject, "The contract", "{what}");
            let codes: Vec<_> =
                opened.report.layers.iter().flat_map(|layer| &layer.findings).map(|it| it.code).collect();
            assert_eq!(codes.contains(&Code::FieldsHidden), expected && seal.encrypt, "{what}: {codes:?}");
            if seal.encrypt {
                let clear = desk.save_decrypted(&sealed.main, &opened, &Output::Beside, &progress).unwrap();
                let text = fs::read_to_string(&clear).unwrap();
                let (header, _) = text.split_once("\r\n\r\n").unwrap();
                assert!(header.contains("Subject: The contract") && !header.contains("[...]"), "{what}: {header}");
                assert!(header.matches("From:").count() == 1 && !text.contains("boss@"), "{what}: {header}");
                let report = desk.look(&clear, &progress).report;
                assert_eq!(
                    (report.protected, report.signature),
                    (opened.report.protected, opened.report.signature),
                    "{what}"
                );
            }
        }
    }
}

/// A hidden recipient stands in nobody else's message, neither by name nor by key, and gets one of their own.
#[test]
fn bcc_stays_hidden() {
    let office = Office::of_anna(KeyKind::P256, Profile::Compatible).knows_everybody();
    let sealed = office.seal(&both()).unwrap();
    assert_eq!(sealed.main, office.dir.path().join("letter.encrypted.eml"));
    let copy = office.dir.path().join("letter.encrypted.bcc-1.eml");
    assert_eq!(sealed.bcc, [("boss@example.org".to_owned(), copy.clone())]);
    let recipients = |file: &Path| office.desk().look(file, &Progress::default()).report.layers[0].recipients.len();
    assert_eq!((recipients(&sealed.main), recipients(&copy)), (3, 1));
    for file in [&sealed.main, &copy] {
        // Neither colon nor at sign occurs in base64 by chance.
        assert!(!contains(file, b"Bcc:") && !contains(file, b"boss@"), "{}", file.display());
    }
    // A signed message is handed to a mail program, which takes Bcc out.
    let signed = office.seal(&signed()).unwrap();
    assert!(contains(&signed.main, b"Bcc: boss@example.org\r\n") && signed.bcc.is_empty());
    // With nobody else, the message itself is the sender's alone.
    let hidden = LETTER.replace("To: Jan <jan@example.org>\r\nCc: eva@example.org\r\n", "");
    fs::write(office.letter(), hidden).unwrap();
    let sealed = office.seal(&encrypted()).unwrap();
    assert_eq!((recipients(&sealed.main), sealed.bcc.len()), (1, 1));
}

/// Somebody without a certificate is named with the reason, and nothing is written: not for the others either.
#[test]
fn a_missing_certificate_stops_the_message() {
    let office = Office::of_anna(KeyKind::P256, Profile::Compatible).knows("jan@example.org");
    let (_, expired) = person(KeyKind::P256, "eva@example.org", now() - SignedDuration::from_hours(24 * 40), 30);
    office.wallet.add_certificate(&expired, now()).unwrap();
    let failure = office.seal(&encrypted()).unwrap_err();
    assert_eq!(failure.code, "missing-certificate");
    assert!(failure.what.contains("eva@example.org (the certificate expired"), "{}", failure.what);
    assert!(failure.what.contains("boss@example.org (no certificate)"), "{}", failure.what);
    assert!(!failure.what.contains("jan@"), "{}", failure.what);
    assert_eq!(office.files(), ["letter.eml"]);
    let readers = office.desk().readers(&office.letter()).unwrap();
    let known: Vec<_> = readers.known.iter().map(|(address, _)| address.as_str()).collect();
    assert_eq!(known, ["jan@example.org", "anna@example.org"]);
    let missing: Vec<_> = readers.missing.iter().map(|(address, _)| address.as_str()).collect();
    assert_eq!(missing, ["eva@example.org", "boss@example.org"]);
    assert!(readers.can_sign);
    // The user's word counts, and a newer certificate that can be used beats an older one that cannot.
    let jan = readers.known[0].1.clone();
    office.wallet.set_distrust(&jan, true).unwrap();
    assert!(office.desk().recipient("jan@example.org").unwrap_err().what.contains("you do not trust"));
    let office = office.knows("eva@example.org");
    assert_ne!(office.desk().recipient("eva@example.org").unwrap(), expired);
    assert_eq!(office.desk().recipient("not an address").unwrap_err().code, "missing-certificate");
    let chosen = Seal { to: vec![jan], ..encrypted() };
    assert_eq!(office.seal(&chosen).unwrap_err().code, "missing-certificate");
    // A field that cannot be read may name somebody.
    fs::write(office.letter(), LETTER.replace("Cc: eva@example.org", "Cc: eva at home <")).unwrap();
    let failure = office.seal(&encrypted()).unwrap_err();
    assert!(failure.what.contains("eva at home"), "{}", failure.what);
}

/// With recipients that were chosen, the message goes to exactly these, and nobody in the header matters.
#[test]
fn chosen_recipients_are_the_only_ones() {
    let office = Office::of_anna(KeyKind::P256, Profile::Compatible).knows("eva@example.org");
    let eva = office.desk().recipient("EVA@example.org").unwrap();
    let sealed = office.seal(&Seal { to: vec![eva.clone(), eva], ..both() }).unwrap();
    let report = office.desk().look(&sealed.main, &Progress::default()).report;
    assert_eq!((report.layers[0].recipients.len(), report.privacy), (1, Privacy::Locked));
    assert!(sealed.bcc.is_empty());
    let opened = office.desk().look(&sealed.main, &Progress::default());
    let failure = office.desk().save_decrypted(&sealed.main, &opened, &Output::Beside, &Progress::default());
    assert_eq!(failure.unwrap_err().code, "locked");
    assert_eq!(office.files(), ["letter.eml", "letter.encrypted.eml"]);
}

/// Of two contacts whose addresses differ in upper and lower case alone, each gets what is meant for them, not the newer one all.
#[test]
fn who_is_named_exactly_comes_first() {
    let office = Office::of_anna(KeyKind::P256, Profile::Compatible);
    let made = |address, hours| person(KeyKind::P256, address, now() - SignedDuration::from_hours(hours), 30).1;
    let (eva, other) = (made("eva@example.org", 2), made("Eva@example.org", 1));
    office.wallet.add_certificate(&eva, now()).unwrap();
    assert_eq!(office.desk().recipient("Eva@example.org").unwrap(), eva, "nobody else is meant yet");
    office.wallet.add_certificate(&other, now()).unwrap();
    for (address, meant) in [("eva@EXAMPLE.org", &eva), ("Eva@example.org", &other)] {
        assert_eq!(office.desk().recipient(address).unwrap(), *meant, "{address}");
    }
}

/// What a contact said to read is remembered from their signature and kept to.
#[test]
fn contacts_get_what_they_can_read() {
    let office = Office::of_anna(KeyKind::P256, Profile::Modern).knows_everybody();
    let why = std::cell::Cell::new("");
    let cipher = || {
        let sealed = office.seal(&encrypted()).unwrap();
        why.set(sealed.chosen[0].code.as_str());
        let report = office.desk().look(&sealed.main, &Progress::default()).report;
        report.layers[0].cipher.clone().unwrap()
    };
    assert_eq!((cipher().as_str(), why.get()), ("aes-256-gcm", "cipher-of-modern"));
    let jan = office.desk().recipient("jan@example.org").unwrap();
    office.wallet.remember_capabilities(&jan, &[ContentCipher::Aes128Cbc], now()).unwrap();
    assert_eq!((cipher().as_str(), why.get()), ("aes-128-cbc", "cipher-by-capabilities"));
    // Anna stands among her own contacts, since she trusts her certificate.
    let signed = office.seal(&signed()).unwrap();
    _ = office.desk().look(&signed.main, &Progress::default());
    let contacts = office.wallet.contacts().unwrap();
    let anna = contacts.iter().find(|contact| contact.certificate == office.anna).unwrap();
    assert_eq!(anna.capabilities.as_ref().unwrap().0, crate::smime::seal::CAPABILITIES);
}

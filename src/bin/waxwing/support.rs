//! Sample reports and a window to try them in, for tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::path::Path;
use std::sync::Arc;

use iced::{Settings, Size};
use iced_test::Simulator;
use waxwing::cms::enveloped::RecipientKind;
use waxwing::report::{
    Attachment, CertificateReport, Code, Covers, Finding, IdentityState, Integrity, Layer, LayerKind, Privacy,
    RecipientReport, Report, Revocation, SCHEMA, Shown, ShownField, ShownText, SignerReport, TrustState, Verdict,
};
use waxwing::smime::Opened;

use crate::theme::{FONTS, INTER};
use crate::widget::Element;

/// The window's usual size.
pub const USUAL: Size = Size::new(1280.0, 820.0);

/// What is seen, with the program's own fonts.
pub fn simulator<'a, Message>(element: impl Into<Element<'a, Message>>, size: Size) -> Simulator<'a, Message> {
    let settings =
        Settings { fonts: FONTS.into_iter().map(Into::into).collect(), default_font: INTER, ..Settings::default() };
    Simulator::with_size(settings, size, element)
}

/// Writes a picture of what is seen to `artefacts/` (not under version control).
pub fn picture<Message>(simulator: &mut Simulator<'_, Message>, theme: &iced::Theme, name: &str) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("artefacts/gallery");
    std::fs::create_dir_all(&dir).unwrap();
    for entry in std::fs::read_dir(&dir).unwrap().flatten() {
        if entry.file_name().to_string_lossy().starts_with(&format!("{name}-")) {
            std::fs::remove_file(entry.path()).unwrap();
        }
    }
    assert!(simulator.snapshot(theme).unwrap().matches_image(dir.join(name)).unwrap());
}

fn certificate(name: &str, issuer: &str, until: &str, digit: char) -> CertificateReport {
    CertificateReport {
        sha256: digit.to_string().repeat(64),
        subject: format!("CN={name}, O=Example, C=DE"),
        issuer: format!("CN={issuer}, O=Example, C=DE"),
        serial: "4fd2091c".into(),
        not_before: "2025-05-14T00:00:00Z".into(),
        not_after: until.into(),
        name: name.into(),
        issuer_name: issuer.into(),
        key: "RSA-2048".into(),
    }
}

/// A signer in every respect as it should be.
pub fn signer(name: &str, address: &str) -> SignerReport {
    let chain = vec![
        certificate(name, "Example Mail CA", "2027-05-14T00:00:00Z", 'a'),
        certificate("Example Mail CA", "Example Root R3", "2031-05-14T00:00:00Z", 'b'),
        certificate("Example Root R3", "Example Root R3", "2040-05-14T00:00:00Z", 'c'),
    ];
    SignerReport {
        verdict: Verdict::Verified,
        name: name.into(),
        addresses: vec![address.into()],
        integrity: Integrity::Intact,
        trust: TrustState::Anchored,
        identity: IdentityState::Matches,
        revocation: Revocation::Good,
        signing_time: Some("2026-11-03T15:40:00Z".into()),
        digest: "sha-256".into(),
        algorithm: "rsa-pkcs1v15".into(),
        certificate: chain.first().cloned(),
        chain: chain.iter().map(|certificate| certificate.sha256.clone()).collect(),
        chain_certificates: chain,
        chain_revocation: vec![Revocation::Good; 2],
        findings: Vec::new(),
    }
}

fn layer(kind: LayerKind, depth: u32) -> Layer {
    Layer {
        kind,
        covers: Covers::Whole,
        depth,
        signers: Vec::new(),
        recipients: Vec::new(),
        cipher: None,
        privacy: Privacy::None,
        findings: Vec::new(),
    }
}

/// A message that is neither signed nor encrypted.
pub fn plain(from: &str, subject: &str) -> Report {
    let field = |name: &str, value: &str| ShownField {
        name: name.into(),
        value: value.into(),
        protected: false,
        outside: None,
    };
    let text = "Dear Jan,\n\nplease find the contract with the changes we agreed on Monday. Paragraph 4 now names the \
                delivery date.\n\nKind regards\nAnna";
    Report {
        schema: SCHEMA,
        file: format!("{subject}.eml"),
        signature: Verdict::Unsigned,
        privacy: Privacy::None,
        subject: subject.into(),
        from: vec![from.into()],
        protected: Vec::new(),
        layers: vec![layer(LayerKind::Plain, 0)],
        attachments: Vec::new(),
        output: None,
        error: None,
        shown: Shown {
            fields: vec![
                field("From", from),
                field("To", "jan@example.org, legal@example.org"),
                field("Date", "Tue, 3 Nov 2026 16:41:00 +0100"),
                field("Subject", subject),
            ],
            texts: vec![ShownText { text: text.into(), layer: 0, signed: false, from_html: false }],
            truncated: false,
        },
    }
}

/// A signed message.
pub fn signed(name: &str, address: &str, subject: &str) -> Report {
    let mut report = plain(&format!("{name} <{address}>"), subject);
    report.from = vec![address.into()];
    report.signature = Verdict::Verified;
    report.layers = vec![Layer { signers: vec![signer(name, address)], ..layer(LayerKind::ClearSigned, 0) }];
    report.shown.texts[0].signed = true;
    report
}

/// A signed message in an encrypted one, with an attachment.
pub fn sealed(name: &str, address: &str, subject: &str) -> Report {
    let mut report = signed(name, address, subject);
    report.privacy = Privacy::Opened;
    report.layers[0].depth = 1;
    let recipient = |id: &str, mine| RecipientReport {
        kind: RecipientKind::KeyTransport,
        id: id.into(),
        algorithm: "rsa-oaep".into(),
        mine,
    };
    let envelope = Layer {
        privacy: Privacy::Opened,
        cipher: Some("aes-256-gcm".into()),
        recipients: vec![
            recipient("jan@example.org", true),
            recipient("legal@example.org", false),
            recipient("anna@example.org", false),
        ],
        ..layer(LayerKind::AuthEnveloped, 0)
    };
    report.layers.insert(0, envelope);
    report.shown.texts[0].layer = 1;
    report.shown.fields.iter_mut().for_each(|field| field.protected = field.name != "Date");
    let attachment = Attachment {
        name: "contract.pdf".into(),
        media_type: "application/pdf".into(),
        size: 212_000,
        index: 0,
        signed: true,
        outside: false,
    };
    report.attachments = vec![attachment];
    report
}

/// A report with this verdict, as it might come.
pub fn with_verdict(verdict: Verdict) -> Report {
    let mut report = signed("Anna Kovács", "anna@example.org", verdict.code());
    report.signature = verdict;
    let signer = &mut report.layers[0].signers[0];
    signer.verdict = verdict;
    match verdict {
        Verdict::Altered => {
            signer.integrity = Integrity::Altered;
            signer.findings.push(Finding::new(Code::DigestMismatch, []));
        }
        Verdict::Revoked => {
            signer.revocation = Revocation::Revoked;
            signer.chain_revocation = vec![Revocation::Revoked, Revocation::Good];
        }
        Verdict::Rejected => signer.trust = TrustState::Rejected,
        Verdict::OtherSigner => {
            signer.identity = IdentityState::Differs;
            (signer.name, signer.addresses) = ("Eve".into(), vec!["eve@mail.example".into()]);
        }
        Verdict::Unreadable => {
            signer.integrity = Integrity::Unchecked;
            signer.certificate = None;
            signer.chain_certificates.clear();
        }
        Verdict::UnknownIssuer => {
            signer.trust = TrustState::UnknownIssuer;
            signer.chain_certificates.truncate(1);
        }
        Verdict::NoAddress => {
            signer.identity = IdentityState::NoAddress;
            signer.addresses.clear();
        }
        Verdict::PartlySigned => {
            report.layers[0].covers = Covers::Part;
            let text = "-- \nThis footer was added by a mailing list.".to_owned();
            let footer = ShownText { text, layer: usize::MAX, signed: false, from_html: false };
            report.shown.texts.push(footer);
        }
        Verdict::Pinned => signer.trust = TrustState::Pinned,
        Verdict::Unsigned => report = plain("news@example.org", "October news"),
        _ => {}
    }
    report
}

/// A message that stays shut.
pub fn locked(privacy: Privacy) -> Report {
    let mut report = sealed("Jörg Weiß", "joerg@example.org", "…");
    report.signature = Verdict::Unsigned;
    report.privacy = privacy;
    report.layers.truncate(1);
    report.layers[0].privacy = privacy;
    report.layers[0].recipients.iter_mut().for_each(|recipient| recipient.mine = false);
    report.attachments.clear();
    report.shown.texts.clear();
    report
}

/// A report as if it had just been opened.
pub fn opened(report: Report) -> Arc<Opened> {
    Arc::new(Opened::of(report))
}

/// A real certificate that vouches for itself.
pub fn made(name: &str, address: &str) -> waxwing::pki::Certificate {
    use waxwing::crypto::{KeyKind, PrivateKey};
    let key = PrivateKey::generate(KeyKind::P256).unwrap();
    waxwing::pki::create::self_signed(&key, name, address, jiff::Timestamp::now(), 30).unwrap()
}

/// Gives a wallet an identity that vouches for itself, trusted by hand or not; what a .p12 of it holds.
pub fn identity(wallet: &waxwing::wallet::Wallet, name: &str, address: &str, trusted: bool) {
    use waxwing::crypto::{KeyKind, PrivateKey};
    let now = jiff::Timestamp::now();
    let key = PrivateKey::generate(KeyKind::P256).unwrap();
    let certificate = waxwing::pki::create::self_signed(&key, name, address, now, 30).unwrap();
    wallet.add_identity(&certificate, &[], Some(name), &key, now).unwrap();
    if trusted {
        wallet.set_trust(&certificate, Some(now)).unwrap();
    }
}

/// A message that was encrypted to [`P12_PASSWORD`].
pub const FOR_A_PASSWORD: &[u8] = include_bytes!("../../../tests/fixtures/password.eml");

/// A .p12 file with the identity of Anna Kovács, `anna@example.org`, and the two authorities above her.
pub const P12: &[u8] = include_bytes!("../../../tests/fixtures/anna.p12");

/// Its password.
pub const P12_PASSWORD: &str = "correct horse";

/// A message as a mail program writes it, neither signed nor encrypted.
pub fn letter(from: &str, to: &str, subject: &str, text: &str) -> Vec<u8> {
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_string(&jiff::Timestamp::now()).unwrap();
    format!(
        "From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nDate: {date}\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}"
    )
    .into_bytes()
}

/// A certificate on a shelf of the wallet.
pub fn entry(
    shelf: crate::screen::wallet::Shelf,
    name: &str,
    address: &str,
    until: &str,
) -> crate::screen::wallet::Entry {
    use crate::screen::wallet::{Entry, Shelf, Validity};
    let digit = char::from(b'a' + u8::try_from(name.len() % 6).unwrap());
    let now = "2026-11-24T08:00:00Z".parse().unwrap();
    let from = "2025-05-14T00:00:00Z".parse().unwrap();
    Entry {
        shelf,
        certificate: certificate(name, "Example Mail CA", until, digit),
        addresses: if address.is_empty() { Vec::new() } else { vec![address.into()] },
        validity: Validity::at(now, from, until.parse().unwrap()),
        trusted: (shelf == Shelf::Authorities).then_some(from),
        trusted_for: None,
        distrusted: false,
        signing: shelf == Shelf::Identities,
        encryption: shelf == Shelf::Identities,
    }
}

//! What people read about a report: every verdict, every privacy state and every finding in every language, with its evidence.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::sync::Mutex;

use waxwing::report::{
    CertificateReport, Code, Covers, Finding, IdentityState, Integrity, Layer, LayerKind, Privacy, RecipientKind,
    RecipientReport, Report, Revocation, SCHEMA, Shown, SignerReport, TrustState, Verdict,
};
use waxwing::text::{self, Statement};

/// Words that promise more than a signature can, or say less than it means.
const FORBIDDEN: &[&str] = &["secure", "safe", "invalid", "sicher", "unsicher", "ungültig"];

/// The language is the process's: one test at a time selects it.
static LANGUAGE: Mutex<()> = Mutex::new(());

fn in_every_language(check: impl Fn(&str)) {
    let _alone = LANGUAGE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    for language in ["de", "en"] {
        text::select(Some(language)).unwrap();
        check(language);
    }
}

fn certificate() -> CertificateReport {
    CertificateReport {
        sha256: "ab".repeat(32),
        subject: "CN=Anna Kovács".into(),
        issuer: "CN=Example CA".into(),
        serial: "01".into(),
        not_before: "2024-01-02T12:00:00Z".into(),
        not_after: "2025-01-02T12:00:00Z".into(),
        name: "Anna Kovács".into(),
        issuer_name: "Example CA".into(),
        key: "RSA-2048".into(),
    }
}

fn signer(verdict: Verdict, findings: Vec<Finding>) -> SignerReport {
    SignerReport {
        verdict,
        name: "Anna Kovács".into(),
        addresses: vec!["other@example.org".into(), "anna@example.org".into()],
        integrity: Integrity::Intact,
        trust: TrustState::Anchored,
        identity: IdentityState::Matches,
        revocation: Revocation::Good,
        signing_time: Some("2026-03-09T12:00:00Z".into()),
        digest: "sha-256".into(),
        algorithm: "rsa-pkcs1v15".into(),
        certificate: Some(certificate()),
        chain: Vec::new(),
        chain_certificates: vec![certificate()],
        chain_revocation: Vec::new(),
        findings,
    }
}

fn report(signature: Verdict, privacy: Privacy, layers: Vec<Layer>) -> Report {
    Report {
        schema: SCHEMA,
        file: "letter.eml".into(),
        signature,
        privacy,
        subject: String::new(),
        from: vec!["anna@example.org".into()],
        protected: Vec::new(),
        layers,
        attachments: Vec::new(),
        output: None,
        error: None,
        shown: Shown::default(),
    }
}

fn signed(verdict: Verdict, findings: Vec<Finding>) -> Report {
    let mut layer = Layer::new(LayerKind::ClearSigned, Covers::Whole, 0);
    layer.signers.push(signer(verdict, findings));
    report(verdict, Privacy::None, vec![layer])
}

fn encrypted(privacy: Privacy, others: usize, findings: Vec<Finding>) -> Report {
    let mut layer = Layer::new(LayerKind::Enveloped, Covers::Whole, 0);
    let recipient = |id: String, mine| RecipientReport {
        kind: RecipientKind::KeyTransport,
        id,
        algorithm: "rsa-oaep".into(),
        mine,
    };
    layer.recipients = (0..others).map(|number| recipient(format!("reader{number}@example.org"), false)).collect();
    layer.recipients.push(recipient("jan@example.org".into(), true));
    layer.privacy = privacy;
    layer.cipher = Some("aes-256-cbc".into());
    layer.findings = findings;
    report(Verdict::Unsigned, privacy, vec![layer])
}

/// Evidence as it comes in a report: times are times, numbers are numbers, everything else is a word to be found again.
fn evidence(name: &str) -> String {
    match name {
        "not-before" | "not-after" | "at" | "since" | "date" => "2025-01-02T12:00:00Z".into(),
        "signing-time" => "2026-03-09T12:00:00Z".into(),
        "limit" | "allowed" | "lines" => "3".into(),
        "found" => "47".into(),
        other => format!("Evidence-{other}"),
    }
}

fn finding(code: Code) -> Finding {
    Finding { code, evidence: code.arguments().iter().map(|name| (*name, evidence(name))).collect() }
}

/// A text that Fluent could not make says so in braces, or names the id that it did not find.
fn assert_whole(text: &str, what: &str) {
    assert!(!text.trim().is_empty(), "{what} is empty");
    assert!(!text.contains(['{', '}', '\n']), "{what}: {text}");
    assert!(!text.contains("No localization"), "{what}: {text}");
    assert_eq!(text.trim(), text, "{what}: spaces around it");
    assert!(!text.contains("  ") && !text.contains(" ,"), "{what}: {text}");
}

fn assert_statement(said: &Statement, what: &str) {
    assert_whole(&said.word, what);
    assert_whole(&said.title, what);
    assert_whole(&said.why, what);
    assert!(said.word.chars().count() <= 48, "{what}: {} is too long for a chip", said.word);
    assert!(!said.title.ends_with('.') && !said.word.ends_with('.'), "{what}: a headline is no sentence");
    assert!(said.why.ends_with('.'), "{what}: {}", said.why);
    for headline in [&said.word, &said.title] {
        let lower = headline.to_lowercase();
        let word = lower.split(|c: char| !c.is_alphabetic()).find(|word| FORBIDDEN.contains(word));
        assert_eq!(word, None, "{what}: {headline}");
    }
    if let Some(todo) = &said.todo {
        assert_whole(todo, what);
        assert!(todo.ends_with(['.', '?']), "{what}: {todo}");
    }
}

/// Whatever the verdict, people read a headline, a reason and, where docs/verdicts.md has one, what to do; with the findings
/// that may stand behind it and without any.
#[test]
fn every_verdict_is_said_in_every_language() {
    in_every_language(|language| {
        for verdict in Verdict::ALL {
            let bare = signed(verdict, Vec::new());
            let all = std::iter::once(bare.clone());
            let all = all.chain(Code::ALL.iter().map(|code| signed(verdict, vec![finding(*code)])));
            for report in all {
                let said = text::signature(&report);
                let what = format!("{language}: {} with {:?}", verdict.code(), report.layers[0].signers[0].findings);
                assert_statement(&said, &what);
                assert_eq!(said.word, text::signature_word(verdict));
                let nothing_to_do = verdict.is_good() || verdict == Verdict::Unsigned;
                assert_eq!(said.todo.is_none(), nothing_to_do, "{what}");
                assert_eq!(said, text::signer(&report.layers[0].signers[0], &report.from), "{what}");
                assert_eq!(Some(&said), text::layer(&report.layers[0], &report.from).as_ref(), "{what}");
            }
            let mut without_signer = bare;
            without_signer.layers.clear();
            assert_statement(&text::signature(&without_signer), &format!("{language}: {} alone", verdict.code()));
        }
    });
}

/// The headline of a good signature names the signer, and the reason carries its evidence, not a general remark.
#[test]
fn verdicts_carry_their_evidence() {
    let expired = Finding {
        code: Code::ExpiredAtSigning,
        evidence: vec![
            ("certificate", "Anna Kovács".into()),
            ("not-after", "2025-01-02T12:00:00Z".into()),
            ("at", "2026-03-09T12:00:00Z".into()),
        ],
    };
    let differs = Finding::new(Code::AddressDiffers, ["anna@example.org".into(), "eve@mail.example".into()]);
    let mut eve = signed(Verdict::OtherSigner, vec![differs]);
    eve.layers[0].signers[0].name = "Eve".into();
    eve.layers[0].signers[0].addresses = vec!["eve@mail.example".into()];
    let cases: &[(Report, &str, &str)] = &[
        (
            signed(Verdict::Verified, Vec::new()),
            "Signed by Anna Kovács",
            "Unchanged. anna@example.org is confirmed by Example CA.",
        ),
        (
            signed(Verdict::ExpiredAtSigning, vec![expired]),
            "Signed with an expired certificate",
            "The certificate of Anna Kovács ended on 2 January 2025, but the message claims 9 March 2026.",
        ),
        (eve, "Signed by someone else", "From says anna@example.org, but the signer is Eve (eve@mail.example)."),
        (
            signed(Verdict::Rejected, vec![Finding::new(Code::Distrusted, ["Anna Kovács".into()])]),
            "Certificate not acceptable",
            "You said not to trust the certificate of Anna Kovács.",
        ),
        (
            signed(Verdict::Pinned, vec![Finding::new(Code::Pinned, ["2026-05-03T12:00:00Z".into()])]),
            "Signed by Anna Kovács",
            "Unchanged. You trusted this certificate on 3 May 2026.",
        ),
        (
            signed(Verdict::Weak, vec![Finding::new(Code::WeakDigest, ["sha-1".into()])]),
            "Signed with an outdated method",
            "Unchanged as far as the method can tell. SHA-1 is outdated: signatures made with it can be forged.",
        ),
    ];
    in_every_language(|language| {
        for (report, title, why) in cases {
            let said = text::signature(report);
            if language == "en" {
                assert_eq!((said.title.as_str(), said.why.as_str()), (*title, *why));
            }
        }
    });
}

/// A signature by a mailing list around the author's own does not put the list into the headline.
#[test]
fn the_author_speaks_not_who_passed_it_on() {
    let mut list = Layer::new(LayerKind::ClearSigned, Covers::Whole, 0);
    list.signers.push(SignerReport {
        name: "A List".into(),
        addresses: vec!["list@example.net".into()],
        identity: IdentityState::Differs,
        ..signer(Verdict::OtherSigner, Vec::new())
    });
    let mut message = signed(Verdict::Verified, Vec::new());
    message.layers.insert(0, list);
    in_every_language(|language| {
        assert_eq!(text::speaker(&message).unwrap().name, "Anna Kovács");
        let said = text::signature(&message);
        assert!(said.title.contains("Anna Kovács"), "{language}: {}", said.title);
    });
}

/// What privacy a message had is said in every language, whatever kept it shut and however many read it.
#[test]
fn every_privacy_state_is_said_in_every_language() {
    in_every_language(|language| {
        for privacy in Privacy::ALL {
            let findings = std::iter::once(None).chain(Code::ALL.iter().map(|code| Some(finding(*code))));
            for (found, others) in findings.flat_map(|found| [0, 1, 2, 7].map(|others| (found.clone(), others))) {
                let what = format!("{language}: {} with {found:?}", privacy.code());
                let message = encrypted(privacy, others, found.into_iter().collect());
                let said = text::privacy(&message);
                assert_statement(&said, &what);
                let nothing_to_do = matches!(privacy, Privacy::Opened | Privacy::None);
                assert_eq!(said.todo.is_none(), nothing_to_do, "{what}");
                assert_eq!(text::layer_privacy(&message.layers[0], true), Some(said), "{what}");
            }
            assert_whole(&text::privacy_word(privacy), language);
        }
        for privacy in Privacy::ALL {
            // Nobody can say of a closed envelope that the letter in it is not signed.
            let said = text::signature(&encrypted(privacy, 1, Vec::new()));
            assert_statement(&said, language);
            assert_eq!(
                said.word == text::signature_word(Verdict::Unsigned),
                !privacy.is_shut(),
                "{language}: {said:?}"
            );
        }
        let unsigned = encrypted(Privacy::Opened, 2, Vec::new());
        let mut both = unsigned.clone();
        both.signature = Verdict::Verified;
        assert!(text::privacy(&unsigned).title.contains('2'), "{language}: the other readers are counted");
        assert_ne!(text::privacy(&unsigned).why, text::privacy(&both).why, "{language}: the author is unknown");
        let locked = text::privacy(&encrypted(Privacy::Locked, 2, Vec::new()));
        assert!(locked.why.contains("reader0@example.org"), "{language}: {}", locked.why);
        let why = text::privacy(&encrypted(Privacy::OpenedUnauthenticated, 0, Vec::new())).why;
        assert!(why.contains("AES-256-CBC"), "{language}: {why}");
        let plain = report(Verdict::Unsigned, Privacy::None, Vec::new());
        assert_statement(&text::privacy(&plain), language);
    });
}

/// A finding without its evidence would be an opinion.
#[test]
fn every_finding_names_its_evidence_in_every_language() {
    in_every_language(|language| {
        for code in Code::ALL {
            let said = text::finding(&finding(*code));
            assert_whole(&said, &format!("{language}: {}", code.as_str()));
            assert!(said.ends_with('.'), "{language}: {said}");
            for name in code.arguments() {
                let shown = match evidence(name).as_str() {
                    "2025-01-02T12:00:00Z" => "2025".to_owned(),
                    "2026-03-09T12:00:00Z" => "2026".to_owned(),
                    // Methods that are not known as a name of their own come in capitals.
                    other => other.to_owned(),
                };
                let found = said.to_lowercase().contains(&shown.to_lowercase());
                assert!(found, "{language}: {} does not name {name}: {said}", code.as_str());
            }
        }
    });
}

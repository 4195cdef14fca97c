//! Whole reports, as they are and as they stay.

use super::Run;

/// Message, and the exit status of `verify`.
const MESSAGES: &[(&str, i32)] = &[
    ("plain", 1),
    ("clear", 0),
    ("attachment", 0),
    ("opaque", 0),
    ("altered", 1),
    ("other-signer", 1),
    ("unknown-issuer", 1),
    ("signed-encrypted", 0),
    ("for-ben", 1),
    ("two-layers", 0),
];

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../golden");
    settings.set_prepend_module_to_snapshot(false);
    settings
}

/// A change of any field of any report is seen and decided, never by accident. Anna reads, and trusts the root.
#[test]
fn reports() {
    for (name, expected) in MESSAGES {
        let words = format!("verify {name}.eml --p12 anna.p12 --password-file password.txt");
        let (status, reports) = Run::trusting(&words).json();
        assert_eq!(status, *expected, "{name}: {reports:?}");
        settings().bind(|| insta::assert_json_snapshot!(format!("report-{name}"), reports[0]));
    }
}

/// People see the same in words: verdict, reason and what to do before everything else.
#[test]
fn words() {
    for name in ["clear", "altered", "signed-encrypted", "for-ben"] {
        let words = format!("verify {name}.eml --p12 anna.p12 --password-file password.txt");
        let (_, text, _) = Run::trusting(&words).env("TZ", "UTC").end();
        settings().bind(|| insta::assert_snapshot!(format!("words-{name}"), text));
    }
}

/// A file that was signed apart from its signature is named with it.
#[test]
fn detached() {
    let (status, reports) = Run::trusting("verify content.p7s --content content.txt").json();
    settings().bind(|| insta::assert_json_snapshot!("report-detached", reports[0]));
    assert_eq!(reports[0]["layers"][0]["signers"][0]["integrity"], "intact");
    assert_eq!(status, 1, "nobody is named as the sender");
    let (status, reports) = Run::trusting("verify content.p7s").json();
    assert_eq!((status, reports[0]["signature"].as_str()), (1, Some("unreadable")));
}

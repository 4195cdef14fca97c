//! The language of a run: asked for, or the system's; codes stay the same.

use std::path::Path;

use super::{Run, folder};

/// A German sentence is German as a whole; what only the system or the program says, in English, stands behind it and is called
/// a detail.
#[test]
fn english_words_of_the_system_stand_behind_the_sentence() {
    let (home, long) = (folder(), "x".repeat(300));
    let damaged = home.path().join("damaged.pem");
    std::fs::write(&damaged, "-----BEGIN CERTIFICATE-----\nMAMCAQU=\n-----END CERTIFICATE-----\n").unwrap();
    let parts = "--x\r\n\r\nText\r\n".repeat(11_000);
    let bomb = format!("From: a@example.org\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n{parts}--x--\r\n");
    let run = |words: &str, path: &Path| Run::trusting(words).path(path).words("--lang de").input(bomb.clone()).end().2;
    for (words, path, sentence) in [
        ("verify", Path::new(&long), "konnte nicht gelesen werden: Der Name ist zu lang"),
        ("verify", Path::new("plain.eml/x"), "konnte nicht gelesen werden: Was ein Ordner sein soll, ist eine Datei."),
        (
            "verify",
            Path::new("-"),
            "ist nicht gebaut wie eine Nachricht, die Menschen senden: Sie hat mehr als 10000 Teile.",
        ),
        ("verify plain.eml --cert", &damaged, "Die Datei ist beschädigt. (Technische Angabe: „"),
        (
            "verify plain.eml --password-file password.txt --p12",
            Path::new("damaged.p12"),
            "Die Datei ist beschädigt. (Technische Angabe: „",
        ),
        (
            "wallet list --wallet",
            Path::new("plain.eml/x"),
            "Brieftasche lässt sich nicht lesen oder schreiben: Was ein Ordner",
        ),
    ] {
        let err = run(words, path);
        assert!(err.contains(sentence), "{words} {}: {err}", path.display());
        let english = ["os error", "too long", "unexpected", "expected", "more "];
        for line in err.lines() {
            let sentence = line.split("(Technische Angabe: „").next().unwrap();
            assert!(!english.iter().any(|words| sentence.contains(words)), "{line}");
        }
    }
}

/// People read German where their system speaks it, and codes are no words.
#[test]
fn german_where_the_system_is_german() {
    for (variables, german) in [
        (&[("LC_ALL", "de_DE.UTF-8")][..], true),
        (&[("LC_ALL", ""), ("LANG", "de_AT.UTF-8")], true),
        (&[("LC_ALL", ""), ("LANG", "en_US.UTF-8"), ("LANGUAGE", "de")], true),
        (&[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8"), ("LANGUAGE", "de")], false),
        (&[("LC_ALL", "fr_FR.UTF-8")], false),
    ] {
        let run = |words: &str| variables.iter().fold(Run::trusting(words), |run, (name, value)| run.env(name, value));
        let (_, out, _) = run("verify altered.eml").end();
        assert_eq!(out.contains("Signatur "), german, "{variables:?}: {out}");
        assert!(out.contains("[altered]"), "{out}");
        let (_, _, err) = run("verify not-there.eml").end();
        assert_eq!(err.contains("ist nicht da"), german, "{variables:?}: {err}");
        let (_, reports) = run("verify altered.eml").json();
        let text = reports[0]["layers"][0]["signers"][0]["findings"][0]["text"].as_str().unwrap().to_owned();
        assert_eq!(reports[0]["signature"], "altered");
        let (_, asked) = run("--lang de verify altered.eml").json();
        assert_eq!(asked[0]["layers"][0]["signers"][0]["findings"][0]["text"] == text.as_str(), german, "{text}");
    }
}

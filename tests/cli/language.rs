//! The language of a run: asked for, or the system's; codes stay the same.

use super::Run;

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

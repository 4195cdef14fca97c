//! A wrong password, a damaged file and a key without its certificate are three different things to do.

use super::{Run, folder};

fn said(words: &str, password: Option<&str>) -> (i32, String) {
    let run = Run::new(words);
    let run = match password {
        Some(password) => run.env("WAXWING_PASSWORD", password),
        None => run,
    };
    let (status, out, err) = run.end();
    assert_eq!(out, "", "{words}");
    assert!(err.lines().count() >= 2, "what happened, and what to do: {err}");
    (status, err)
}

/// The three are told apart, in an option as well as in an import, and each says what to do.
#[test]
fn what_is_wrong_with_a_file_is_said() {
    let home = folder();
    let wallet = format!("--wallet {} --vault memory", home.path().display());
    for (file, password, what, todo) in [
        ("anna.p12", Some("wrong"), "password is wrong", "upper and lower case"),
        ("anna.p12", None, "protected by a password", "WAXWING_PASSWORD"),
        ("damaged.p12", Some("correct horse"), "damaged", "again"),
        ("key-alone.p12", Some("correct horse"), "not its certificate", "certificate first"),
        ("plain.eml", Some("correct horse"), "neither a certificate nor a key", ".p12"),
    ] {
        for words in [format!("verify clear.eml --p12 {file}"), format!("wallet import {file} {wallet}")] {
            let (status, err) = said(&words, password);
            assert_eq!(status, 1, "{words}: {err}");
            assert!(err.contains(what) && err.contains(todo) && err.contains(file), "{words}: {err}");
        }
    }
}

/// The first line of a file is the password, however the line ends; the file goes before the variable.
#[test]
fn passwords_come_from_files() {
    let folder = folder();
    for (content, status) in
        [("correct horse", 0), ("correct horse\nmore", 0), ("\u{feff}correct horse\r\n", 0), ("wrong", 1)]
    {
        let file = folder.path().join("password");
        std::fs::write(&file, content).unwrap();
        let run = Run::trusting("verify signed-encrypted.eml --p12 anna.p12 --password-file").path(&file);
        let (found, out, err) = run.env("WAXWING_PASSWORD", "other").end();
        assert_eq!(found, status, "{content:?}: {out}{err}");
    }
}

/// A keystore in PEM armour is one too.
#[test]
fn keystores_come_in_armour() {
    let folder = folder();
    let file = folder.path().join("anna.pem.p12");
    let bytes = std::fs::read(super::fixtures().join("anna.p12")).unwrap();
    std::fs::write(&file, der::pem::encode_string("PKCS12", der::pem::LineEnding::LF, &bytes).unwrap()).unwrap();
    let run = || Run::trusting("verify signed-encrypted.eml --p12").path(&file);
    assert_eq!(run().env("WAXWING_PASSWORD", "correct horse").end().0, 0);
    let (status, _, err) = run().env("WAXWING_PASSWORD", "wrong").end();
    assert!(status == 1 && err.contains("password is wrong"), "{err}");
}

/// Files of one run have different passwords: each that was given is tried for each of them, in order.
#[test]
fn every_file_has_a_password_of_its_own() {
    let folder = folder();
    let file = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let (right, wrong, other) =
        (file("right", "correct horse"), file("wrong", "wrong"), file("other", "battery staple"));
    let wallet = format!("--wallet {} --vault memory", folder.path().join("wallet").display());
    // Anna's identity under another password.
    let renamed = folder.path().join("anna.p12");
    let keeper = format!("--wallet {} --vault file", folder.path().join("keeper").display());
    let run = |words: &str| Run::new(&keeper).words(words).env("WAXWING_PASSPHRASE", "a long passphrase");
    let import = run("wallet import anna.p12").env("WAXWING_PASSWORD", "correct horse").end();
    assert_eq!(import.0, 0, "{}", import.2);
    let export = || run("wallet export anna@example.org --password-file").path(&other).words("--p12").path(&renamed);
    let (status, _, err) = export().words("--password-file").path(&right).end();
    assert!(status == 2 && err.contains("one password") && !renamed.exists(), "{err}");
    assert_eq!(export().end(), (0, String::new(), String::new()), "a script is told nothing of success");
    let verify = || Run::trusting("verify signed-encrypted.eml for-ben.eml --p12 ben.p12 --p12").path(&renamed);
    let privacy = |reports: Vec<serde_json::Value>| -> Vec<String> {
        reports.iter().map(|report| report["privacy"].as_str().unwrap().to_owned()).collect()
    };
    let with = |run: Run, files: &[&std::path::Path]| {
        files
            .iter()
            .fold(run, |run, file| run.words("--password-file").path(file))
            .env("WAXWING_PASSWORD", "correct horse")
    };
    for files in [[&*wrong, &*right, &*other], [&*other, &*wrong, &*right]] {
        let (_, reports) = with(verify(), &files).json();
        assert!(privacy(reports).iter().all(|privacy| privacy.starts_with("opened")), "{files:?}");
        let import = with(Run::new("wallet import ben.p12").path(&renamed).words(&wallet), &files);
        assert_eq!(import.end().0, 0, "{files:?}");
        std::fs::remove_dir_all(folder.path().join("wallet")).unwrap();
    }
    // Before the command and behind it.
    let (status, _, err) = Run::new("--password-file")
        .path(&wrong)
        .words("verify plain.eml --p12 ben.p12 --password-file")
        .path(&right)
        .end();
    assert!(status == 1 && err.is_empty(), "{err}");
    let (status, _, err) = with(verify(), &[&*wrong, &*right]).end();
    assert!(status == 1 && err.contains("password is wrong") && err.contains("anna.p12"), "{err}");
    let damaged = with(Run::new("verify plain.eml --p12 damaged.p12"), &[&*wrong, &*right]).end().2;
    assert!(damaged.contains("damaged"), "{damaged}");
}

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

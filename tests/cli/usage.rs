//! How options are taken, and what wrong ones end with.

use std::path::Path;

use super::{Run, fixtures, folder};

/// Wrong words end with 2 before anything is read or written.
#[test]
fn wrong_usage_is_status_2() {
    for words in [
        "",
        "verify",
        "verfy clear.eml",
        "verify clear.eml --no-such-option",
        "verify clear.eml --at yesterday",
        "verify clear.eml --revocation perhaps",
        "verify clear.eml --vault drawer",
        "verify clear.eml --lang xx",
        "verify - -",
        "sign plain.eml --as nobody",
        "sign plain.eml clear.eml -o out.eml",
        "sign plain.eml -o out.eml --out-dir out",
        "sign plain.eml -o - --json",
        "decrypt for-ben.eml opaque.eml -o -",
        "wallet",
        "wallet import",
        "wallet export anna@example.org",
        "wallet export anna@example.org --p12 a --cert b",
        "wallet trust anna@example.org --revoke --distrust",
        "wallet trust anna@example.org --for ben@example.net --revoke",
        "verify clear.eml --system-roots --no-system-roots",
        "wallet new --name Anna",
        "history --limit many",
    ] {
        let (status, out, err) = Run::new(words).end();
        assert_eq!((status, out.as_str()), (2, ""), "{words}: {err}");
        assert!(!err.is_empty(), "{words}");
    }
    assert!(!fixtures().join("out.eml").exists());
}

/// Help is for people, and no error.
#[test]
fn help_and_version() {
    for words in ["--help", "verify --help", "wallet import --help", "help encrypt", "--version"] {
        let (status, out, err) = Run::new(words).end();
        assert_eq!((status, err.as_str()), (0, ""), "{words}");
        assert!(out.contains("waxwing-cli"), "{words}: {out}");
    }
}

/// Help comes in the language of the run, with the words that the argument parser puts in by itself.
#[test]
fn help_is_german_too() {
    let commands = "verify decrypt sign encrypt history wallet wallet_list wallet_import wallet_export wallet_remove \
                    wallet_default wallet_trust wallet_new wallet_request wallet_check help";
    for command in std::iter::once("").chain(commands.split_whitespace()) {
        let words = command.replace('_', " ");
        for words in [format!("{words} --help"), format!("help {words}")].iter().filter(|words| *words != "help --help")
        {
            let (status, german, _) = Run::new(&format!("--lang de {words}")).env("COLUMNS", "1000").end();
            assert_eq!(status, 0, "{words}");
            for english in
                ["Usage", "Options", "OPTIONS", "Commands", "COMMAND", "Arguments", "FILE", "default:", "Print"]
            {
                assert!(!german.contains(english), "{words}: {german}");
            }
            assert!(german.contains("Aufruf: waxwing-cli"), "{words}: {german}");
        }
    }
}

/// What is wrong is named, in the language of the run, with what would be right.
#[test]
fn wrong_words_are_named() {
    for (words, english, german) in [
        ("verify", "is missing: <FILE>", "Es fehlt: <DATEI>"),
        (
            "verfy a.eml",
            "no command “verfy”. Did you mean verify?",
            "Den Befehl „verfy“ gibt es nicht. Meinten Sie verify?",
        ),
        ("verify a.eml --ofline", "no option “--ofline”", "Die Option „--ofline“"),
        ("verify a.eml --at noon", "--at cannot be “noon”", "--at kann nicht „noon“ sein"),
        ("verify a.eml --at", "--at needs a value", "--at braucht einen Wert"),
        (
            "verify a.eml --revocation perhaps",
            "Possible values: off, prefer, require",
            "Möglich sind: off, prefer, require",
        ),
        ("verify a.eml --offline=yes", "--offline takes no value", "--offline nimmt keinen Wert"),
        ("verify a.eml --offline --offline", "--offline is given more than once", "--offline ist mehrfach angegeben"),
        ("verify - -", "only once", "nur einmal"),
        ("sign a.eml b.eml -o c.eml", "Several messages", "Mehrere Nachrichten"),
        ("sign a.eml -o - --json", "cannot both go", "nicht beide"),
        ("wallet list all", "“all” is one word too many", "„all“ ist zu viel"),
        ("wallet list some", "“waxwing-cli wallet list --help”", "„waxwing-cli wallet list --help“"),
        ("wallet export a@example.org", "<--p12 <OUT>|--cert <OUT>>", "<--p12 <ZIEL>|--cert <ZIEL>>"),
        ("wallet trust a --revoke --distrust", "does not go together", "verträgt sich nicht mit --distrust"),
        ("history --limit many", "whole number", "ganze Zahl"),
        ("history --limit=-1", "“waxwing-cli history --help” shows", "„waxwing-cli history --help“ zeigt"),
        ("verify -x.eml", "If it is a file, put -- before it.", "setzen Sie -- davor"),
        ("wallet --json", "Possible values: list, import", "Möglich sind: list, import"),
    ] {
        for (language, expected) in [("en", english), ("de", german)] {
            let (status, out, err) = Run::new(&format!("--lang {language} {words}")).end();
            assert!(status == 2 && out.is_empty() && err.replace('\n', " ").contains(expected), "{words}: {err}");
        }
    }
}

/// Options stand before the command, after it, and between its files; a repeated one counts each time, wherever it stands.
#[test]
fn options_stand_anywhere() {
    let all = format!("--offline --no-builtin-roots --trust root.pem --at {}", super::AT);
    for words in [
        format!("{all} verify clear.eml opaque.eml"),
        format!("verify {all} clear.eml opaque.eml"),
        format!("verify clear.eml {all} opaque.eml"),
        format!("--at {} verify --trust root.pem clear.eml --no-builtin-roots opaque.eml --offline", super::AT),
        format!(
            "--trust root.pem verify --trust solo.pem --no-builtin-roots --at {} clear.eml unknown-issuer.eml",
            super::AT
        ),
    ] {
        let (status, out, err) = Run::new(&words).end();
        assert_eq!(status, 0, "{words}: {out}{err}");
    }
}

/// A file that an option names and that cannot be read ends with 3, and every message still has its line.
#[test]
fn unreadable_option_files_are_status_3() {
    for option in [
        "--p12 no.p12",
        "--cert no.pem",
        "--key no.pem",
        "--trust no.pem",
        "--crl no.crl",
        "--content no.txt",
        "--password-file no.txt",
        "--message-password-file no.txt",
    ] {
        let words = format!("verify clear.eml plain.eml {option}");
        let (status, out, err) = Run::new(&words).end();
        assert_eq!((status, out.as_str()), (3, ""), "{words}: {err}");
        assert!(err.contains(option.split(' ').nth(1).unwrap()) && err.lines().count() >= 2, "{words}: {err}");
        let (status, reports) = Run::new(&words).json();
        assert_eq!((status, reports.len()), (3, 2), "{words}");
        assert!(reports.iter().all(|report| report["error"]["code"] == "not-found"), "{words}");
    }
}

/// A wallet is made by whoever puts something into it, never by looking at a message.
#[test]
fn looking_makes_no_wallet() {
    let home = folder();
    let at_home = |words: &str| Run::trusting(words).env("HOME", home.path().to_str().unwrap());
    for words in ["verify clear.eml", "wallet list", "wallet check", "history"] {
        at_home(words).end();
    }
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}

/// Where an answer about withdrawal is asked for, silence is no answer.
#[test]
fn an_answer_can_be_required() {
    let (status, reports) = Run::trusting("verify clear.eml --revocation require").json();
    assert_eq!((status, reports[0]["signature"].as_str()), (1, Some("revocation-unknown")));
}

/// `--to` takes certificates from a file and addresses from what is at hand.
#[test]
fn readers_are_chosen() {
    let folder = folder();
    let out = |name: &str| folder.path().join(name);
    let encrypt = |to: &str, name: &str| {
        let words = format!("encrypt plain.eml --cert ben.pem --p12 anna.p12 --password-file password.txt {to} -o");
        Run::trusting(&words).path(&out(name)).json()
    };
    for (to, name, readers) in [
        ("--to ben.pem", "file.eml", 1),
        ("--to ben@example.net --to anna@example.org", "addresses.eml", 2),
        ("--to ben.pem --to ben@example.net", "twice.eml", 1),
    ] {
        let (status, reports) = encrypt(to, name);
        assert_eq!(status, 0, "{to}: {reports:?}");
        let (_, reports) = Run::trusting("verify").path(&out(name)).json();
        assert_eq!(reports[0]["layers"][0]["recipients"].as_array().unwrap().len(), readers, "{to}");
    }
    let (status, reports) = encrypt("--to eve@example.com", "eve.eml");
    assert_eq!((status, reports[0]["error"]["code"].as_str()), (1, Some("missing-certificate")));
    let (status, _) = encrypt("--to eve.pem", "eve.eml");
    assert_eq!(status, 3);
    assert!(!out("eve.eml").exists());
}

/// Pipes all the way: in, and out.
#[test]
fn messages_pass_through_pipes() {
    let plain = std::fs::read(fixtures().join("plain.eml")).unwrap();
    let me = "--p12 anna.p12 --password-file password.txt";
    let (status, signed, err) = Run::trusting(&format!("sign - -o - {me}")).input(plain).end();
    assert_eq!(status, 0, "{err}");
    let (status, sealed, err) =
        Run::trusting(&format!("encrypt - -o - --to anna.pem {me}")).input(signed.clone()).end();
    assert_eq!(status, 0, "{err}");
    let (status, opened, err) = Run::trusting(&format!("decrypt - -o - {me}")).input(sealed).end();
    assert_eq!(status, 0, "{err}");
    for message in [signed, opened] {
        let (status, out, _) = Run::trusting("verify -").input(message).end();
        assert_eq!(status, 0, "{out}");
    }
}

/// Bare keys read, and do not sign.
#[test]
fn bare_keys_read() {
    let (status, reports) = Run::trusting("verify for-ben.eml --key ben.key.pem --password-file password.txt").json();
    assert_eq!(reports[0]["privacy"], "opened", "{reports:?}");
    assert_eq!(status, 1, "it is not signed");
    let words = "verify for-ben.eml --cert ben.pem --key ben.key.pem --password-file password.txt";
    let (_, reports) = Run::trusting(words).json();
    assert_eq!(reports[0]["layers"][0]["recipients"][0]["mine"], true);
    assert!(!Path::new("ben.key.pem").exists());
}

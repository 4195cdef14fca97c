//! What is said about messages that cannot have what was asked, or that will look odd to others.

use super::{Run, folder};

/// Anna, with her keys.
const ANNA: &str = "--p12 anna.p12 --password-file password.txt";

/// A message with a part that is encrypted, among others that are not.
fn with_an_encrypted_part() -> String {
    let sealed = std::fs::read_to_string(super::fixtures().join("for-ben.eml")).unwrap();
    let (header, body) = sealed.split_once("\r\n\r\n").or_else(|| sealed.split_once("\n\n")).unwrap();
    let kept: Vec<&str> = header.lines().filter(|line| line.starts_with("Content-")).collect();
    let part = kept.join("\n");
    format!(
        "From: a@example.org\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nText\n--x\n{part}\n\n{body}\n--x--\n"
    )
}

/// Where the message itself goes to standard output, what was found in it is said beside it: nobody reads an altered text
/// without a word.
#[test]
fn what_is_decrypted_into_a_pipe_has_its_verdict() {
    let (status, out, err) = Run::trusting(&format!("decrypt signed-encrypted.eml -o - {ANNA}")).end();
    assert_eq!(status, 0, "{err}");
    assert!(out.contains("Content-Type") && !out.contains("[verified]"), "{out}");
    assert!(err.contains("[verified]") && err.contains("[opened]"), "{err}");
}

/// Why a message stays shut, whom it is for, and whose keys are here.
#[test]
fn what_stays_shut_says_for_whom_it_is() {
    let (status, _, err) = Run::trusting(&format!("decrypt for-ben.eml -o - {ANNA}")).end();
    assert_eq!(status, 1);
    assert!(err.contains("whoever holds the certificate no.") && err.contains("the keys of anna@example.org"), "{err}");
    let folder = folder();
    let wrong = folder.path().join("wrong");
    std::fs::write(&wrong, "wrong").unwrap();
    let (_, _, err) = Run::trusting("decrypt password.eml -o - --message-password-file").path(&wrong).end();
    assert!(err.contains("The password does not open it.") && !err.contains(".p12"), "{err}");
    let (status, _, err) = Run::trusting("decrypt - -o - --key ben.key.pem --password-file password.txt")
        .input(with_an_encrypted_part())
        .end();
    assert!(status == 1 && err.contains("Only a part of the message is encrypted."), "{err}");
}

/// A message with more in it than anybody looks at is not called unsigned or readable for everybody.
#[test]
fn what_is_too_large_to_look_at_is_not_judged() {
    let parts = "--x\r\n\r\nText\r\n".repeat(20_000);
    let bomb = format!("From: a@example.org\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n{parts}--x--\r\n");
    let long = format!("From: a@example.org\r\nSubject: {}\r\n\r\nText\r\n", "a ".repeat(2_000_000));
    for message in [bomb, long] {
        let (status, reports) = Run::trusting("verify -").input(message.clone()).json();
        let report = &reports[0];
        assert_eq!((status, &report["signature"]), (3, &"unreadable".into()), "{report}");
        assert_eq!(report["error"]["code"], "too-complex", "{report}");
        let (status, _, err) = Run::trusting("decrypt - -o -").input(message).end();
        assert!(status == 3 && err.contains("Ask the sender"), "{err}");
    }
}

/// What is no message at all is not passed off as one that somebody forgot to sign.
#[test]
fn what_is_no_message_is_said() {
    for words in ["verify root.pem", "verify password.txt"] {
        let (status, out, _) = Run::trusting(words).end();
        assert!(status == 1 && out.contains("it is no mail message"), "{words}: {out}");
    }
    let (_, out, _) = Run::trusting("verify plain.eml").end();
    assert!(!out.contains("it is no mail message"), "{out}");
}

/// Signing for somebody else than the message is from is done where it is asked for, with a warning of what readers will see;
/// a certificate that cannot sign says why.
#[test]
fn odd_signers_are_said() {
    let folder = folder();
    let out = folder.path().join("out.eml");
    let sign = format!("sign --as anna@example.org {ANNA}");
    let (status, reports) = Run::trusting(&format!("{sign} other-signer.eml -o")).path(&out).json();
    assert_eq!((status, &reports[0]["chosen"][0]["code"]), (0, &"signed-for-other".into()), "{reports:?}");
    let (_, reports) = Run::trusting(&format!("{sign} plain.eml -o")).path(&out).json();
    assert!(reports[0]["chosen"].is_null(), "{reports:?}");
    let (status, _, err) = Run::new(&format!("{sign} plain.eml -o - --at 2060-01-01T00:00:00Z")).end();
    assert!(status == 1 && err.contains("is valid from") && err.contains("2046"), "{err}");
}

/// Whoever names a file where a folder is meant is told so, and not to make a folder of that name.
#[test]
fn a_file_is_not_called_a_missing_folder() {
    for place in ["plain.eml", "plain.eml/below"] {
        let (status, reports) =
            Run::trusting(&format!("sign plain.eml {ANNA} --as anna@example.org --out-dir {place}")).json();
        let error = &reports[0]["error"];
        assert_eq!((status, &error["code"]), (3, &"no-folder".into()), "{error}");
        assert_eq!(error["what"], "plain.eml is a file and not a folder.");
    }
    let (_, reports) = Run::trusting(&format!("sign plain.eml {ANNA} --as anna@example.org --out-dir nowhere")).json();
    assert_eq!(reports[0]["error"]["what"], "The folder nowhere is not there.");
}

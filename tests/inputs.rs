//! What may be named on the command line beside a single message: folders, mailboxes, signatures beside their content, Outlook's
//! message files; all known by what they hold.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use common::cli::{Cli, Report, file};
use common::openssl::{OpenSsl, openssl};
use common::pki::Pki;
use common::{cases, folder, mail};

const LINE: &str = "From alice@example.org Mon Jun  1 12:00:00 2026\r\n";

/// A clear-signed message over this entity, as it stands: with lines that a mailbox escapes.
fn signed(entity: &str) -> Vec<u8> {
    mail::clear(entity.as_bytes(), &signature(entity.as_bytes()), "sha-256")
}

/// A detached signature by Alice, DER.
fn signature(content: &[u8]) -> Vec<u8> {
    sign("", content)
}

fn sign(words: &str, content: &[u8]) -> Vec<u8> {
    let by = "-signer alice.pem -inkey alice.key -certfile chain.pem";
    openssl(&format!("cms -sign -binary -outform DER -md sha256 {by} {words}"), content).unwrap()
}

/// Messages in a mailbox, escaped as mboxrd asks.
fn mailbox(messages: &[&[u8]]) -> Vec<u8> {
    let mut all = Vec::new();
    for message in messages {
        all.extend_from_slice(LINE.as_bytes());
        for line in message.split_inclusive(|byte| *byte == b'\n') {
            let marks = line.iter().take_while(|byte| **byte == b'>').count();
            if line[marks..].starts_with(b"From ") {
                all.push(b'>');
            }
            all.extend_from_slice(line);
        }
        all.extend_from_slice(b"\r\n");
    }
    all
}

fn plain() -> Vec<u8> {
    mail::message("plain", mail::TEXT)
}

fn alice_trusted(words: &str) -> Cli {
    Cli::as_people(words, &[])
}

fn said(report: &Report) -> (String, String) {
    (report.file(), report.signature().to_owned())
}

/// A folder stands for the messages in it, at any depth, by what they hold; a mailbox in it for its messages.
#[test]
fn folders_stand_for_their_messages() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    fs::create_dir_all(folder.path().join("sub/deeper")).unwrap();
    let at = folder.path();
    file(at, "a.eml", &signed(mail::TRANSPORT));
    file(at, "from-line", &[LINE.as_bytes(), &signed(mail::TEXT)].concat());
    file(at, "picture.eml", b"\x89PNG\r\n\x1a\n");
    file(at, "notes.txt", b"Dear Bob,\nnote: nothing\n");
    file(at, "key.pem", &fs::read(Pki::get().certificate("alice")).unwrap());
    file(&at.join("sub"), "box", &mailbox(&[&signed(mail::TRANSPORT), &plain()]));
    file(&at.join("sub/deeper"), "structure.bin", &mail::opaque("signed-data", &embedded()));
    let (status, reports) = alice_trusted("verify").arg(at).status_and_reports();
    let expected = [
        ("a.eml", "verified"),
        ("from-line", "verified"),
        ("box#1", "verified"),
        ("box#2", "unsigned"),
        ("structure.bin", "verified"),
    ];
    let found: Vec<_> = reports.iter().map(said).collect();
    assert_eq!(found, expected.map(|(name, verdict)| (name.to_owned(), verdict.to_owned())));
    assert_eq!(status, Some(1));
    let (status, report) = alice_trusted("verify").arg(common::folder().path()).status_and_report();
    assert_eq!((status, report.text("/error/code")), (Some(3), "is-folder"));
}

/// An opaque signature.
fn embedded() -> Vec<u8> {
    sign("-nodetach", mail::TEXT.as_bytes())
}

/// Every message of a mailbox is one, by its number: in reports, as an argument, and in the names of results; also one that comes
/// through standard input.
#[test]
fn mailboxes_hold_many_messages() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let encrypted = cases::make("gcm");
    let bytes = mailbox(&[&plain(), &signed(mail::TRANSPORT), &encrypted]);
    let path = file(folder.path(), "box.mbox", &bytes);
    let verdicts = |cli: Cli| cli.reports().iter().map(said).collect::<Vec<_>>();
    let all = verdicts(alice_trusted("verify").arg(&path));
    assert_eq!(all[..2], [("box.mbox#1".into(), "unsigned".into()), ("box.mbox#2".into(), "verified".into())]);
    assert_eq!(all.len(), 3);
    let second = folder.path().join("box.mbox#2");
    assert_eq!(verdicts(alice_trusted("verify").arg(&second)), [("box.mbox#2".to_owned(), "verified".to_owned())]);
    let missing = alice_trusted("verify").arg(folder.path().join("box.mbox#9")).report();
    assert_eq!(missing.text("/error/code"), "not-found");

    let third = Cli::as_people("decrypt", &["bob"]).arg(folder.path().join("box.mbox#3")).report();
    assert_eq!(third.file(), "box.mbox#3");
    let output = Path::new(third.text("/output")).file_name().unwrap().to_owned();
    assert_eq!(output, "box-3.decrypted.eml");
    // Several messages do not go into one file.
    let out = folder.path().join("out.eml");
    assert_eq!(Cli::as_people("decrypt", &["bob"]).arg(&path).arg("-o").arg(&out).run().status.code(), Some(2));

    let through = format!("exec \"$0\" \"$@\" < '{}'", path.display());
    let piped = verdicts(alice_trusted("verify").arg("-").within(&["sh", "-c", &through]));
    assert_eq!(piped[..2], [("-#1".into(), "unsigned".into()), ("-#2".into(), "verified".into())]);
    // A mailbox with one message is that message.
    let one = file(folder.path(), "one.mbox", &mailbox(&[&signed(mail::TRANSPORT)]));
    assert_eq!(verdicts(alice_trusted("verify").arg(&one)), [("one.mbox".to_owned(), "verified".to_owned())]);
    // Older programs mark no line of a message that has a mark already.
    let marked = "Content-Type: text/plain\r\n\r\n>From there\r\n";
    let (line, message) = (LINE.as_bytes(), signed(marked));
    let old = file(folder.path(), "old.mbox", &[line, &message, b"\n", line, &message].concat());
    assert!(verdicts(alice_trusted("verify").arg(&old)).iter().all(|(_, verdict)| verdict == "verified"));
}

/// A signature in a file of its own signs what lies beside it under the same name, or what `--content` names.
#[test]
fn signatures_beside_their_content() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let content = b"%PDF-1.7\n\x00\xff numbers\n";
    let apart = signature(content);
    let base64 = base64_simd::STANDARD.encode_to_string(&apart).into_bytes();
    let armoured = [b"-----BEGIN PKCS7-----\n", &base64[..], b"\n-----END PKCS7-----\n"].concat();
    file(folder.path(), "report.pdf", content);
    file(folder.path(), "elsewhere", content);
    for (name, bytes) in [("der", &apart), ("base64", &base64), ("pem", &armoured)] {
        let beside = file(folder.path(), "report.pdf.P7S", bytes);
        let report = alice_trusted("verify").arg(&beside).report();
        assert_eq!(report.integrity(), ["intact"], "{name}: {}", report.0);
        let away = file(folder.path(), "away.p7s", bytes);
        let report = alice_trusted("verify").arg(&away).report();
        assert_eq!((report.signature(), report.findings().contains(&"missing-content")), ("unreadable", true));
        let cli = alice_trusted("verify").arg("--content").arg(folder.path().join("elsewhere")).arg(&away);
        assert_eq!(cli.report().integrity(), ["intact"], "{name}");
    }
    file(folder.path(), "report.pdf", &[&content[..], b"more\n"].concat());
    let report = alice_trusted("verify").arg(folder.path().join("report.pdf.P7S")).report();
    assert_eq!(report.signature(), "altered");
    assert!(report.findings().contains(&"altered-by-footer"), "{:?}", report.findings());
}

/// Outlook's message files: what was signed or encrypted is what counts; an ordinary message is unsigned, and that is said.
#[test]
fn outlook_files_are_messages() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let mail = signed(mail::TRANSPORT);
    let (header, body) = mail::split(&mail);
    let (own, content): (Vec<_>, Vec<_>) =
        header.split_inclusive('\n').partition(|line| !line.starts_with("Content-") && !line.starts_with([' ', '\t']));
    let entity = [content.concat().as_bytes(), b"\r\n", body].concat();
    let path = file(folder.path(), "signed.msg", &msg("IPM.Note.SMIME.MultipartSigned", &own.concat(), Some(&entity)));
    let report = alice_trusted("verify").arg(&path).report();
    assert_eq!(report.signature(), "verified", "{}", report.0);

    let gcm = mail::canonical(&cases::make("gcm"));
    let (header, _) = mail::split(&gcm);
    let structure = mail::cms_of(&gcm);
    let path = file(folder.path(), "encrypted.msg", &msg("IPM.Note.SMIME", &header, Some(&structure)));
    let report = Cli::as_people("decrypt", &["bob"]).arg(&path).report();
    assert_eq!(report.privacy(), "opened", "{}", report.0);
    let written = fs::read(report.text("/output")).unwrap();
    assert!(report.text("/output").ends_with("encrypted.decrypted.eml"));
    let written = String::from_utf8_lossy(&written);
    assert!(written.contains("From: ") && written.contains("noon"), "{written}");

    let path = file(folder.path(), "note.msg", &msg("IPM.Note", "From: Alice <alice@example.org>\r\n", None));
    let report = alice_trusted("verify").arg(&path).report();
    assert_eq!((report.signature(), report.findings()), ("unsigned", vec!["outlook-message"]));
    assert_eq!(report.0["from"][0], "alice@example.org");

    // Outlook shows the text of an ordinary message, whatever is attached to it.
    let path =
        file(folder.path(), "evil.msg", &msg("IPM.Note", "From: Alice <alice@example.org>\r\n", Some(&embedded())));
    let report = alice_trusted("verify").arg(&path).report();
    assert!(!["verified", "pinned"].contains(&report.signature()), "{}", report.0);
}

/// A message file of that class with this header and, as its only attachment, this content.
fn msg(class: &str, header: &str, content: Option<&[u8]>) -> Vec<u8> {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let mut write = |path: &str, bytes: &[u8]| file.create_stream(path).unwrap().write_all(bytes).unwrap();
    write("/__properties_version1.0", &[0; 32]);
    write("/__substg1.0_001A001F", &wide(class));
    write("/__substg1.0_007D001F", &wide(header));
    write("/__substg1.0_1000001F", &wide("Hello\r\n"));
    if let Some(content) = content {
        file.create_storage("/__attach_version1.0_#00000000").unwrap();
        let mut write = |name: &str, bytes: &[u8]| {
            let path = format!("/__attach_version1.0_#00000000/{name}");
            file.create_stream(path).unwrap().write_all(bytes).unwrap();
        };
        write("__properties_version1.0", &[0; 8]);
        write("__substg1.0_37010102", content);
        write("__substg1.0_3707001F", &wide("smime.p7m"));
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// What is no S/MIME is named; text that programs do not show is mentioned.
#[test]
fn other_kinds_are_named() {
    let folder = folder();
    let head = "From: alice@example.org\r\nMIME-Version: 1.0\r\n";
    let multipart = |kind: &str, before: &str, after: &str| {
        format!(
            "{head}Content-Type: {kind}; boundary=b\r\n\r\n{before}--b\r\n\r\nHello\r\n--b\r\n\
             Content-Type: application/octet-stream\r\n\r\nx\r\n--b--\r\n{after}"
        )
    };
    let customary = "This is a multi-part message in MIME format.\r\n";
    for (name, text, finding) in [
        ("signed", multipart("multipart/signed; protocol=\"application/pgp-signature\"", "", ""), "openpgp-signed"),
        (
            "encrypted",
            multipart("multipart/encrypted; protocol=\"application/pgp-encrypted\"", "", ""),
            "openpgp-encrypted",
        ),
        ("inline", format!("{head}\r\nHi\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nabc\r\n"), "openpgp-encrypted"),
        (
            "inline-signed",
            format!("{head}\r\n-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n"),
            "openpgp-signed",
        ),
        ("quoted", format!("{head}\r\n> -----BEGIN PGP MESSAGE-----\r\n"), ""),
        ("preamble", multipart("multipart/mixed", "Pay at once.\r\n", ""), "odd-structure"),
        ("epilogue", multipart("multipart/mixed", "", "Pay at once.\r\n"), "odd-structure"),
        ("customary", multipart("multipart/mixed", customary, "\r\n"), ""),
    ] {
        let report = alice_trusted("verify").arg(file(folder.path(), name, text.as_bytes())).report();
        let expected: Vec<&str> = Some(finding).filter(|finding| !finding.is_empty()).into_iter().collect();
        assert_eq!((report.signature(), report.findings()), ("unsigned", expected), "{name}");
    }
}

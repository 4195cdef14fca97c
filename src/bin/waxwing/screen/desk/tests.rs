//! What somebody sees and does on the desk, with real messages.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use iced::keyboard::key::Named;
use waxwing::jobs::{Output, Progress, Seal, SignWith};

use crate::app::Message;
use crate::app::stage::{Stage, english, files};
use crate::support::{FOR_A_PASSWORD, P12_PASSWORD, identity, letter, made};

fn sign() -> Seal {
    Seal { sign: Some(SignWith::Sender), ..Seal::default() }
}

/// The text of the message that is open: what a person reads, selects and copies.
fn body(stage: &Stage) -> String {
    let open = stage.desk().open.as_ref().expect("a message is open");
    open.pieces.iter().map(|piece| piece.content.text()).collect::<String>().trim_end().to_owned()
}

/// A letter of Anna's that she has signed; she is trusted by hand.
fn signed(stage: &Stage, dir: &Path) -> PathBuf {
    identity(&stage.session().wallet, "Anna Kovács", "anna@example.org", true);
    let letter =
        files(dir, [("letter.eml", letter("anna@example.org", "jan@example.org", "Contract", "As agreed.\r\n"))]);
    let desk = stage.session().desk();
    desk.seal(&letter[0], &sign(), &Output::Beside, &Progress::default()).unwrap().main
}

/// A message for a password asks for it: a wrong one opens nothing and is said to be wrong, the right one opens it for as long as
/// it is looked at.
#[test]
fn a_message_asks_for_its_password() {
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::new();
    stage.drop_files(&files(dir.path(), [("secret.eml", FOR_A_PASSWORD.to_vec())]));
    stage.must_read("Encrypted with a password");
    stage.must_not_read("for one key");
    stage.click("Type the password…");
    stage.must_read("Password of the message");
    stage.types("incorrect");
    stage.key(Named::Enter);
    stage.settle();
    stage.must_read("The password does not open it.");
    stage.click("Type the password…");
    stage.key(Named::Escape);
    stage.must_not_read("Password of the message");
    stage.click("Type the password…");
    stage.types(P12_PASSWORD);
    stage.key(Named::Enter);
    stage.settle();
    assert!(body(&stage).contains("the meeting is at noon"), "{}", body(&stage));
}

/// A password is for the message that asked for it: when another one comes, the question goes.
#[test]
fn a_password_is_asked_for_one_message() {
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::new();
    stage.drop_files(&files(dir.path(), [("secret.eml", FOR_A_PASSWORD.to_vec())]));
    stage.click("Type the password…");
    stage.must_read("Password of the message");
    let other = letter("anna@example.org", "jan@example.org", "Another", "Hello.\r\n");
    stage.drop_files(&files(dir.path(), [("other.eml", other)]));
    stage.settle();
    stage.must_not_read("Password of the message");
    assert_eq!(body(&stage), "Hello.");
}

/// What was chosen for a message that is to be sealed stays when it is looked at again, as after an import; and who stopped one
/// thing has not stopped the next.
#[test]
fn choices_outlive_a_second_look() {
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::new();
    identity(&stage.session().wallet, "Anna Kovács", "anna@example.org", true);
    let plain = letter("anna@example.org", "anna@example.org", "Contract", "As agreed.\r\n");
    stage.drop_files(&files(dir.path(), [("letter.eml", plain)]));
    stage.send(crate::app::Message::Desk(super::Message::Triple(true)));
    stage.send(crate::app::Message::Desk(super::Message::Cancel));
    stage.send(crate::app::Message::Wallet(crate::screen::wallet::Message::Changed(Ok(String::new()))));
    stage.settle();
    let open = stage.desk().open.as_ref().unwrap();
    assert!(open.triple);
    assert_eq!(body(&stage), "As agreed.");
}

/// Every dropped file is a row; what is not a message says so; the first one is open.
#[test]
fn dropped_files_become_rows() {
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::new();
    let all = files(
        dir.path(),
        [
            ("one.eml", letter("anna@example.org", "jan@example.org", "First letter", "Hello.\r\n")),
            ("two.eml", letter("jan@example.org", "anna@example.org", "Second letter", "Hello back.\r\n")),
        ],
    );
    stage.drop_files(&[all[0].clone(), dir.path().join("gone.eml"), all[1].clone()]);
    assert_eq!(stage.desk().rows.len(), 3);
    for seen in ["First letter", "Second letter", "gone.eml"] {
        stage.must_read(seen);
    }
    assert_eq!(body(&stage), "Hello.");
    assert_eq!(stage.app.title(), "First letter – Waxwing");
    stage.click("Second letter");
    assert_eq!(body(&stage), "Hello back.");
    assert_eq!(stage.app.title(), "Second letter – Waxwing");
}

/// The headline names the signer and not the sender line, and says why.
#[test]
fn a_signed_message_opens_with_its_signer() {
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::new();
    let file = signed(&stage, dir.path());
    stage.drop_files(&[file]);
    stage.must_read("Signed by Anna Kovács");
    stage.must_read("Unchanged. You trusted this certificate on");
    stage.must_read("Trusted by you");
    assert_eq!(body(&stage), "As agreed.");
    stage.must_not_read("Sign and encrypt");
}

/// One changed word turns the seal over, and the window says what to do.
#[test]
fn a_changed_message_says_so() {
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::new();
    let file = signed(&stage, dir.path());
    let text = String::from_utf8(std::fs::read(&file).unwrap()).unwrap();
    std::fs::write(&file, text.replace("As agreed.", "As ordered.")).unwrap();
    stage.drop_files(&[file]);
    stage.must_read("Changed after signing");
    stage.must_read("The content differs from what Anna Kovács signed.");
    stage.must_read("Do not act on this copy.");
    stage.must_not_read("Trusted by you");
}

/// A plain message can be sealed, as far as the certificates reach: whose is missing is named, and nothing else is offered.
#[test]
fn a_plain_message_says_what_can_be_made_of_it() {
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::new();
    identity(&stage.session().wallet, "Anna Kovács", "anna@example.org", true);
    let all = files(
        dir.path(),
        [("plain.eml", letter("anna@example.org", "anna@example.org, nobody@example.net", "Minutes", "Noon.\r\n"))],
    );
    stage.drop_files(&all);
    stage.must_read("Not signed");
    stage.must_read("WHO COULD READ IT, ENCRYPTED");
    stage.must_read("nobody@example.net");
    stage.must_read("One certificate is missing.");
    // Encrypting is not possible, so that its button does nothing; signing is.
    stage.click("Encrypt");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    stage.click("Sign");
    stage.must_read("plain.signed.eml was saved in");
    stage.must_read("Signed by Anna Kovács");
    assert!(dir.path().join("plain.signed.eml").exists());
    assert_eq!(stage.desk().rows.len(), 2);
}

/// What is asked for beside signing and encrypting is done, and what stands inside is told from what stands outside.
#[test]
fn the_header_is_protected_and_the_seal_put_around_on_request() {
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::new();
    identity(&stage.session().wallet, "Anna Kovács", "anna@example.org", true);
    let all =
        files(dir.path(), [("plain.eml", letter("anna@example.org", "anna@example.org", "Minutes", "Noon.\r\n"))]);
    stage.drop_files(&all);
    stage.must_not_read("protected");
    stage.click("Protect the header");
    stage.click("Sign the encrypted message too");
    stage.click("Sign and encrypt");
    stage.must_read("plain.encrypted.eml was saved in");
    stage.must_read("protected");
    stage.must_read("Outside: [...]");
    let open = stage.desk().open.as_ref().expect("a message is open");
    assert_eq!((open.report().subject.as_str(), open.report().layers.len()), ("Minutes", 3));
}

/// Encrypted for oneself, a message is read at once and can be saved as it was.
#[test]
fn an_encrypted_message_is_opened_and_saved() {
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::new();
    identity(&stage.session().wallet, "Anna Kovács", "anna@example.org", true);
    let all = files(
        dir.path(),
        [("secret.eml", letter("anna@example.org", "anna@example.org", "Diary", "Nobody reads this.\r\n"))],
    );
    stage.drop_files(&all);
    stage.click("Sign and encrypt");
    stage.must_read("Encrypted for you");
    assert_eq!(body(&stage), "Nobody reads this.");
    let sealed = std::fs::read_to_string(dir.path().join("secret.encrypted.eml")).unwrap();
    assert!(!sealed.contains("Nobody reads this."));
    stage.click("Save decrypted");
    stage.must_read("was saved in");
    let kept = std::fs::read_to_string(dir.path().join("secret.encrypted.decrypted.eml")).unwrap();
    assert!(kept.contains("Nobody reads this."));
    let history = stage.session().wallet.history(10).unwrap();
    assert!(history.iter().any(|entry| entry.action == "decrypt" && entry.outcome == "ok"), "{history:?}");
}

/// Readers in Bcc have messages of their own; whoever sends the mail must learn of them, also when there are many.
#[test]
fn copies_for_hidden_readers_are_named() {
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::new();
    identity(&stage.session().wallet, "Anna Kovács", "anna@example.org", true);
    let readers = ["b@example.org", "c@example.org", "d@example.org", "e@example.org"];
    for reader in readers {
        stage.session().wallet.add_certificate(&made("Reader", reader), jiff::Timestamp::now()).unwrap();
    }
    for (name, hidden) in [("one", &readers[..1]), ("many", &readers[..])] {
        let to = format!("anna@example.org\r\nBcc: {}", hidden.join(", "));
        let letter = letter("anna@example.org", &to, name, "Noon.\r\n");
        stage.drop_files(&files(dir.path(), [(&*format!("{name}.eml"), letter)]));
        stage.click("Sign and encrypt");
        stage.must_read(&format!("{name}.encrypted.eml was saved in"));
        stage.must_read(&format!("b@example.org: {name}.encrypted.bcc-1.eml"));
        assert!(dir.path().join(format!("{name}.encrypted.bcc-{}.eml", hidden.len())).exists());
    }
    stage.must_read("4 readers in Bcc");
    stage.must_read("d@example.org: many.encrypted.bcc-3.eml");
    stage.must_read("and one more");
    stage.must_not_read("many.encrypted.bcc-4.eml");
}

/// The signer of a message can be trusted with one button, and is from then on.
#[test]
fn an_unknown_signer_is_trusted_by_hand() {
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let author = Stage::new();
    let file = signed(&author, dir.path());
    let mut stage = Stage::new();
    stage.drop_files(&[file]);
    stage.must_read("Signed, identity not confirmed");
    stage.must_read("it vouches for itself");
    stage.click("Trust this signer");
    stage.must_read("Anna Kovács is trusted from now on.");
    stage.must_read("Signed by Anna Kovács");
    stage.must_not_read("Trust this signer");
    let contacts = stage.session().wallet.contacts().unwrap();
    assert_eq!((contacts.len(), contacts[0].pinned.is_some()), (1, true));
}

/// Search and filter leave only what they name, and say it when that is nothing.
#[test]
fn rows_are_found() {
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::new();
    let sealed = signed(&stage, dir.path());
    let mut all = files(
        dir.path(),
        [
            ("a.eml", letter("anna@example.org", "jan@example.org", "About apples", "x\r\n")),
            ("b.eml", letter("boris@example.net", "jan@example.org", "About pears", "x\r\n")),
        ],
    );
    all.push(sealed);
    stage.drop_files(&all);
    stage.click("Unsigned");
    stage.must_read("About pears");
    stage.must_not_read("Contract");
    stage.click("Signed");
    stage.must_read("Contract");
    stage.click("All");
    stage.chord(iced::keyboard::Modifiers::COMMAND, iced::keyboard::Key::Character("f".into()));
    stage.types("boris");
    stage.must_not_read("Contract");
    stage.must_read("About pears");
    stage.types(" in Arcadia");
    stage.must_read("Nothing matches.");
}

/// Thousands of messages are one drop: all of them are looked at, but only those that can be seen are drawn; the keyboard
/// reaches the last one.
#[test]
fn thousands_of_messages_are_no_trouble() {
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::new();
    let names: Vec<String> = (0..2000).map(|number| format!("{number:04}.eml")).collect();
    let all = files(
        dir.path(),
        names.iter().map(|name| (name.as_str(), letter("anna@example.org", "jan@example.org", name, "x\r\n"))),
    );
    stage.drop_files(&all);
    assert_eq!(stage.desk().rows.len(), 2000);
    assert!(stage.texts().len() < 200, "{} texts are laid out", stage.texts().len());
    let history = stage.session().wallet.history(5000).unwrap();
    let looked_at: std::collections::BTreeSet<_> = history.iter().map(|entry| &entry.file).collect();
    assert_eq!(looked_at.len(), 2000);
    assert!(
        stage.tab_until(|stage| stage.focus().is_some_and(|focus| focus.id.is_some_and(|id| id.contains("desk-list"))))
    );
    stage.key(Named::End);
    stage.settle();
    assert_eq!(stage.app.title(), "1999.eml – Waxwing");
    stage.must_read("1999.eml");
}

/// Ten thousand files are listed at once, and the window goes on answering while they are looked at. Time is a property of the
/// optimised program alone (`cargo test --release --bin waxwing thousand`): without optimisation, and beside other tests, a
/// thousand files show that everything comes to its end.
#[test]
fn ten_thousand_files_leave_the_window_alive() {
    let optimised = !cfg!(debug_assertions);
    let count = if optimised { 10_000 } else { 1000 };
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let text = letter("anna@example.org", "jan@example.org", "Letter", "x\r\n");
    for number in 0..count {
        std::fs::write(dir.path().join(format!("{number:05}.eml")), &text).unwrap();
    }
    let mut stage = Stage::new();
    let start = Instant::now();
    stage.send(Message::Came(vec![dir.path().to_owned()]));
    let (mut listed, mut longest, mut frames) = (None, Duration::ZERO, 0u32);
    while stage.is_busy() || stage.desk().is_busy() || listed.is_none() {
        longest = longest.max(stage.frame());
        frames += 1;
        if listed.is_none() && stage.desk().rows.len() == count {
            listed = Some(start.elapsed());
        }
        assert!(start.elapsed() < Duration::from_secs(300), "the work does not end");
    }
    let listed = listed.unwrap();
    println!(
        "listed after {listed:?}, all known after {:?}, {frames} frames, the longest {longest:?}",
        start.elapsed()
    );
    if optimised {
        assert!(listed < Duration::from_secs(1), "{listed:?}");
        assert!(longest < Duration::from_millis(50), "{longest:?}");
    }
}

/// Whoever has no signed mail at hand sees by the samples what the window is for: a seal that may be trusted, one that broke,
/// and letters to sign.
#[test]
fn the_samples_show_what_the_window_is_for() {
    let _english = english();
    let mut stage = Stage::new();
    stage.click("Try the sample messages");
    stage.click("A letter that was changed");
    stage.must_read("Changed after signing");
    assert!(body(&stage).contains("midnight"));
    stage.click("A letter with a seal");
    stage.must_read("Signed, identity not confirmed");
    stage.click("Trust this signer");
    stage.must_read("Signed by Robin");
    stage.click("A letter to try Waxwing with");
    stage.must_read("Sign and encrypt");
}

/// A long text costs what is seen of it: the next piece is laid out when its end is scrolled to, and not before.
#[test]
fn long_texts_come_as_they_are_read() {
    use iced::{Event, Point, mouse, window};
    let _english = english();
    let dir = tempfile::tempdir().unwrap();
    let text = "A line of a long letter that says nothing else at all.\r\n".repeat(1000);
    let letter = format!("From: anna@example.org\r\nSubject: Long\r\n\r\n{text}").into_bytes();
    let mut stage = Stage::new();
    stage.drop_files(&files(dir.path(), [("long.eml", letter)]));
    stage.settle();
    let pieces = |stage: &Stage| stage.desk().open.as_ref().unwrap().pieces.len();
    let redraw = || Event::Window(window::Event::RedrawRequested(std::time::Instant::now()));
    stage.events(&[redraw()]);
    stage.events(&[redraw()]);
    assert_eq!(pieces(&stage), 1);
    stage.click_at(Point::new(800.0, 500.0));
    let down =
        Event::Mouse(mouse::Event::WheelScrolled { delta: mouse::ScrollDelta::Pixels { x: 0.0, y: -100_000.0 } });
    stage.events(&[down]);
    stage.events(&[redraw()]);
    assert_eq!(pieces(&stage), 2);
}

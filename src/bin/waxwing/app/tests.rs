//! The window as a whole: what is seen, and that what is done reaches the right screen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::path::PathBuf;

use iced::keyboard::{Key, Modifiers, key::Named};

use super::stage::{Stage, files};
use super::*;
use crate::screen::desk::Summary;
use crate::support;

fn session() -> Session {
    Session::new(Arc::new(waxwing::wallet::Wallet::in_memory().unwrap()), None)
}

pub fn app() -> App {
    App::start(session(), Arc::new(<Arguments as clap::Parser>::parse_from(["waxwing"]))).0
}

/// Puts reports on the desk as if their files had been dropped and looked at; the first is open.
pub fn show(app: &mut App, reports: Vec<waxwing::report::Report>) {
    let files = reports.iter().map(|report| PathBuf::from(&report.file)).collect();
    let session = app.session.clone();
    drop(app.desk.update(desk::Message::Add(files), &session));
    for (id, report) in reports.into_iter().enumerate() {
        let size = [11_800, 8_000, 1_180_000, 31_000, 9_000, 44_000][id % 6];
        let summary = Box::new(Summary::new(&report, size));
        let opened = (id == 0).then(|| support::opened(report));
        drop(app.desk.update(desk::Message::Looked(id as u64, summary, opened), &session));
    }
}

/// Whoever reads German reads no English: not on the screens, not in a verdict, not in what stands in front.
#[test]
fn the_window_speaks_german() {
    let _german = stage::spoken("de");
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::new();
    support::identity(&stage.session().wallet, "Anna Kovács", "anna@example.org", true);
    let letter = support::letter("anna@example.org", "jan@example.org", "Vertrag", "Wie besprochen.\r\n");
    stage.drop_files(&files(dir.path(), [("brief.eml", letter)]));
    for seen in ["Schreibtisch", "Brieftasche", "Nicht signiert", "Das kann jeder geschrieben haben.", "Von", "Betreff"]
    {
        stage.must_read(seen);
    }
    stage.click("Signieren");
    stage.must_read("Signiert von Anna Kovács");
    stage.must_read("Unverändert. Sie vertrauen diesem Zertifikat seit dem");
    stage.key(Named::F1);
    stage.must_read("Nächste oder vorige Nachricht");
    stage.key(Named::Escape);
    stage.click("Verlauf");
    stage.must_read("Signiert · erledigt");
    let english = ["Signed", "Not ", "Open", "Search", "Wallet", "the "];
    let texts = stage.texts();
    let left = texts.iter().find(|text| english.iter().any(|word| text.contains(word)));
    assert_eq!(left, None);
}

/// Everything can be done without a mouse: the places by number, the list and every button by Tab, Enter presses.
#[test]
fn the_keyboard_reaches_everything() {
    let _english = stage::english();
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::new();
    support::identity(&stage.session().wallet, "Anna Kovács", "anna@example.org", true);
    let letter = support::letter("anna@example.org", "anna@example.org", "Diary", "Noon.\r\n");
    stage.drop_files(&files(dir.path(), [("diary.eml", letter)]));
    for (number, place) in Place::ALL.into_iter().enumerate() {
        stage.chord(Modifiers::COMMAND, Key::Character((number + 1).to_string().into()));
        stage.settle();
        assert_eq!(stage.app.place, place);
    }
    stage.chord(Modifiers::COMMAND, Key::Character("1".into()));
    stage.chord(Modifiers::COMMAND, Key::Character("f".into()));
    assert!(stage.focus().is_some_and(|focus| focus.id.is_some_and(|id| id.contains("desk-search"))));
    // Enter on one of the stops signs and encrypts: the primary button is among them.
    let made = dir.path().join("diary.encrypted.eml");
    let pressed = stage.tab_until(|stage| {
        if stage.focus().is_some_and(|focus| focus.id.is_none() && focus.at.1 > 700 && focus.at.0 > 400) {
            stage.key(Named::Enter);
            stage.settle();
        }
        made.exists()
    });
    assert!(pressed, "no button of the bar has the keyboard");
    stage.must_read("Encrypted for you");
}

/// What the keyboard comes to is scrolled into sight.
#[test]
fn tab_scrolls_to_where_it_leads() {
    let _english = stage::english();
    let mut stage = Stage::new();
    stage.click("Settings");
    assert!(!stage.sees("Choose a folder…"), "the window is too small for all settings");
    stage.chord(Modifiers::SHIFT, Named::Tab);
    assert!(stage.sees("Choose a folder…"), "the last control has the keyboard");
    stage.key(Named::Tab);
    assert!(stage.tab_until(|stage| stage.sees("English")));
}

/// The list of keys lies over the window, keeps the keyboard, and goes with Escape.
#[test]
fn what_lies_in_front_goes_first() {
    let _english = stage::english();
    let mut stage = Stage::new();
    stage.key(Named::F1);
    stage.must_read("Next or previous message");
    stage.key(Named::Tab);
    let close = stage.focus().expect("the only button");
    stage.key(Named::Tab);
    assert_eq!(stage.focus(), Some(close), "there is nothing else to press");
    stage.key(Named::Escape);
    stage.must_not_read("Next or previous message");
    assert_eq!(stage.app.front, None);
}

/// What was done is in the history, newest first, with the verdict of that time, and opens its file again.
#[test]
fn the_history_shows_what_was_done() {
    let _english = stage::english();
    let dir = tempfile::tempdir().unwrap();
    let mut stage = Stage::new();
    stage.click("History");
    stage.must_read("Nothing was done yet");
    support::identity(&stage.session().wallet, "Anna Kovács", "anna@example.org", true);
    let letter = support::letter("anna@example.org", "jan@example.org", "Contract", "As agreed.\r\n");
    stage.drop_files(&files(dir.path(), [("letter.eml", letter)]));
    stage.click("Sign");
    stage.click("History");
    for seen in ["Opened · Not signed", "Signed · done", "Opened · Trusted by you", "letter.signed.eml"] {
        stage.must_read(seen);
    }
}

/// Language, colours and size of text are kept in the wallet and are there again at the next start.
#[test]
fn settings_are_kept() {
    let _english = stage::english();
    let mut stage = Stage::new();
    stage.click("Settings");
    stage.click("Dark");
    stage.click("150 %");
    assert!(stage.session().preferences.built_in_roots);
    stage.click("Only those in my wallet");
    assert!(!stage.session().preferences.system_roots);
    stage.click("Trust it too");
    let wallet = Arc::clone(&stage.session().wallet);
    let again = Session::new(wallet, None);
    assert_eq!(again.preferences.appearance, Appearance::Dark);
    assert!((again.preferences.text_scale - 1.5).abs() < f32::EPSILON);
    assert!(!again.preferences.built_in_roots && again.preferences.system_roots);
    assert!(stage.app.look().palette.dark);
}

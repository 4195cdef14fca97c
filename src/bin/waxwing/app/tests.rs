//! The window as a whole: what is seen, and that what is done reaches the right screen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::path::PathBuf;

use iced::Size;
use iced::keyboard::{Key, Modifiers, key::Named};
use waxwing::report::{Privacy, Verdict};
use waxwing::wallet::pkcs12::Protection;

use super::stage::{Stage, files};
use super::*;
use crate::screen::desk::Summary;
use crate::support::{self, USUAL};

fn session() -> Session {
    Session::new(Arc::new(waxwing::wallet::Wallet::in_memory().unwrap()), None)
}

fn app() -> App {
    App::start(session(), Arc::new(<Arguments as clap::Parser>::parse_from(["waxwing"]))).0
}

/// Puts reports on the desk as if their files had been dropped and looked at; the first is open.
fn show(app: &mut App, reports: Vec<waxwing::report::Report>) {
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

fn six() -> Vec<waxwing::report::Report> {
    let mut list = vec![support::sealed("Anna Kovács", "anna@example.org", "Contract, signed copy")];
    for (verdict, who, subject) in [
        (Verdict::OtherSigner, "eve@mail.example", "Invoice 4711 overdue"),
        (Verdict::ExpiredSince, "Jörg Weiß", "Minutes 2019-03-04"),
        (Verdict::UnknownIssuer, "ops@partner.example", "Status report"),
        (Verdict::Altered, "Anna Kovács", "Payment details"),
        (Verdict::Unsigned, "Newsletter", "October news"),
    ] {
        let mut report = support::with_verdict(verdict);
        report.subject = subject.into();
        if let Some(layer) = report.layers.first_mut()
            && let Some(signer) = layer.signers.first_mut()
        {
            signer.name = who.into();
        }
        list.push(report);
    }
    list
}

fn shoot(app: &App, size: Size, name: &str) {
    let theme = app.look().theme();
    support::picture(&mut support::simulator(app.view(), size), &theme, name);
}

fn shelves() -> Vec<wallet::Entry> {
    use wallet::Shelf::{Authorities, Contacts, Identities};
    vec![
        support::entry(Identities, "Jan Nováček", "jan@example.org", "2027-08-01T00:00:00Z"),
        support::entry(Identities, "Jan Nováček (old)", "jan@example.org", "2026-10-01T00:00:00Z"),
        support::entry(Identities, "Office", "office@example.org", "2026-12-10T00:00:00Z"),
        support::entry(Contacts, "Anna Kovács", "anna@example.org", "2027-05-14T00:00:00Z"),
        support::entry(
            Contacts,
            "Dr. Maximiliane Wolkenstein-Trostburg zu Rodenegg, Leiterin der Rechtsabteilung",
            "maximiliane.wolkenstein-trostburg@rechtsabteilung.beispielgesellschaft.example",
            "2028-01-01T00:00:00Z",
        ),
        support::entry(Authorities, "Example Root R3", "", "2040-01-01T00:00:00Z"),
        wallet::Entry::request(&waxwing::wallet::Request {
            key: "c".repeat(64),
            name: "Dr. Maximiliane Wolkenstein-Trostburg zu Rodenegg, Leiterin der Rechtsabteilung".into(),
            address: "maximiliane.wolkenstein-trostburg@rechtsabteilung.beispielgesellschaft.example".into(),
            der: Vec::new(),
            made: "2026-11-25T08:00:00Z".parse().unwrap(),
        }),
    ]
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
            return true;
        }
        false
    });
    assert!(pressed && made.exists(), "no button of the bar has the keyboard");
    stage.must_read("Encrypted for you");
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

/// Pictures of the wallet, the history and the settings, also in German.
#[test]
#[ignore = "makes pictures to look at"]
fn gallery_of_the_other_screens() {
    let mut app = app();
    app.session.preferences.appearance = Appearance::Light;
    let session = app.session.clone();
    app.place = Place::Wallet;
    drop(app.wallet.update(wallet::Message::Loaded(Ok((Vec::new(), wallet::Keeper::Ready))), &session));
    shoot(&app, USUAL, "wallet-empty");
    app.place = Place::Desk;
    shoot(&app, USUAL, "greeting-empty-wallet");
    app.place = Place::Wallet;
    let unavailable = wallet::Keeper::Unavailable("no Secret Service on this session".into());
    drop(app.wallet.update(wallet::Message::Loaded(Ok((shelves(), unavailable))), &session));
    shoot(&app, USUAL, "wallet-no-keyring");
    drop(app.wallet.update(wallet::Message::Loaded(Ok((shelves(), wallet::Keeper::Ready))), &session));
    drop(app.wallet.update(wallet::Message::Select(1), &session));
    shoot(&app, USUAL, "wallet-selected");
    drop(app.wallet.update(wallet::Message::AskExport, &session));
    shoot(&app, USUAL, "wallet-export");
    drop(app.wallet.update(wallet::Message::Protection(Protection::Legacy), &session));
    shoot(&app, USUAL, "wallet-export-old");
    drop(app.wallet.update(wallet::Message::Leave, &session));
    app.session.preferences.appearance = Appearance::Dark;
    shoot(&app, USUAL, "wallet-selected-dark");
    app.session.preferences.appearance = Appearance::Light;
    drop(app.wallet.update(wallet::Message::AskRemove, &session));
    shoot(&app, USUAL, "wallet-remove");
    drop(app.wallet.update(wallet::Message::Leave, &session));
    drop(app.wallet.update(wallet::Message::Shelf(wallet::Shelf::Contacts), &session));
    shoot(&app, USUAL, "wallet-long-names");
    drop(app.wallet.update(wallet::Message::Select(0), &session));
    shoot(&app, USUAL, "wallet-contact");
    drop(app.wallet.update(wallet::Message::AskTrustFor, &session));
    shoot(&app, USUAL, "wallet-trust-for");
    drop(app.wallet.update(wallet::Message::Leave, &session));
    let wrong = wallet::Outcome::Password { wrong: true };
    drop(app.wallet.update(wallet::Message::Imported("jan.p12".into(), wrong), &session));
    shoot(&app, USUAL, "wallet-wrong-password");
    drop(app.wallet.update(wallet::Message::Leave, &session));
    drop(app.wallet.update(wallet::Message::NewIdentity(wallet::Way::default()), &session));
    shoot(&app, USUAL, "wallet-new");
    app.session.preferences.text_scale = 2.0;
    shoot(&app, USUAL, "wallet-new-200");
    app.session.preferences.text_scale = 1.0;
    drop(app.wallet.update(wallet::Message::Leave, &session));
    drop(app.wallet.update(wallet::Message::Shelf(wallet::Shelf::Requests), &session));
    drop(app.wallet.update(wallet::Message::Select(0), &session));
    shoot(&app, USUAL, "wallet-request");
    app.place = Place::Settings;
    shoot(&app, USUAL, "settings-light");
    app.session.preferences.text_scale = 2.0;
    shoot(&app, USUAL, "settings-200");
    app.place = Place::Wallet;
    shoot(&app, USUAL, "wallet-200");
    app.session.preferences.text_scale = 1.0;
    app.session.preferences.appearance = Appearance::Dark;
    app.place = Place::History;
    drop(app.history.update(history::Message::Loaded(Ok(Vec::new())), &session));
    shoot(&app, USUAL, "history-empty-dark");
    let _german = stage::spoken("de");
    app.place = Place::Desk;
    show(&mut app, six());
    shoot(&app, USUAL, "desk-german-dark");
    app.place = Place::Wallet;
    shoot(&app, USUAL, "wallet-request-german-dark");
    drop(app.wallet.update(wallet::Message::NewIdentity(wallet::Way::Test), &session));
    shoot(&app, USUAL, "wallet-new-german-dark");
    drop(app.wallet.update(wallet::Message::Leave, &session));
    app.place = Place::Desk;
    drop(app.desk.update(desk::Message::AskPassword, &session));
    shoot(&app, USUAL, "desk-password-german-dark");
    drop(app.desk.update(desk::Message::CloseFront, &session));
    app.session.preferences.appearance = Appearance::Light;
    app.place = Place::Settings;
    shoot(&app, Size::new(1280.0, 1800.0), "settings-german");
}

/// Pictures for people to look at; `cargo test --bin waxwing gallery -- --ignored`.
#[test]
#[ignore = "makes pictures to look at"]
fn gallery() {
    let _english = stage::english();
    let mut app = app();
    app.session.preferences.appearance = Appearance::Light;
    shoot(&app, USUAL, "greeting-light");
    show(&mut app, six());
    shoot(&app, USUAL, "desk-light");
    shoot(&app, Size::new(800.0, 700.0), "desk-narrow");
    app.session.preferences.text_scale = 2.0;
    shoot(&app, USUAL, "desk-200");
    app.session.preferences.text_scale = 1.0;
    app.session.preferences.appearance = Appearance::Dark;
    shoot(&app, USUAL, "desk-dark");
    for verdict in Verdict::ALL {
        let mut other = self::app();
        show(&mut other, vec![support::with_verdict(verdict)]);
        other.session.preferences.appearance = Appearance::Light;
        shoot(&other, USUAL, &format!("verdict-{}", verdict.code()));
    }
    for privacy in [Privacy::Locked, Privacy::NeedsUnlock, Privacy::Damaged] {
        let mut other = self::app();
        show(&mut other, vec![support::locked(privacy)]);
        shoot(&other, USUAL, &format!("privacy-{}", privacy.code()));
    }
    app.front = Some(Front::Shortcuts);
    shoot(&app, USUAL, "shortcuts-dark");
}

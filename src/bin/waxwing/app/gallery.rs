//! Pictures of every screen for people to look at, by day and by night, in both languages, in a usual and in the smallest
//! window: `cargo test --bin waxwing gallery -- --ignored` writes them to `artefacts/gallery/`, all whose names contain one
//! of the words in `GALLERY` (with commas between them) if there are any.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use iced::Size;
use iced_test::selector::Candidate;
use waxwing::jobs::Readers;
use waxwing::report::{Code, Failure, Finding, Privacy, Report, Verdict};
use waxwing::wallet::HistoryEntry;
use waxwing::wallet::pkcs12::Protection;

use super::tests::{app, show};
use super::*;
use crate::session::Appearance;
use crate::support;
use crate::theme::edge;

/// A window on a usual laptop, and the smallest.
const LAPTOP: Size = Size::new(1100.0, 760.0);
const LEAST: Size = Size::new(edge::WINDOW_LEAST.0, edge::WINDOW_LEAST.1);

/// How each screen is seen: its name, the language, dark or not, the size, the magnification of text.
const WAYS: [(&str, &str, bool, Size, f32); 5] = [
    ("en-light", "en", false, LAPTOP, 1.0),
    ("de-dark", "de", true, LAPTOP, 1.0),
    ("en-dark-least", "en", true, LEAST, 1.0),
    ("de-light-least", "de", false, LEAST, 1.0),
    ("de-light-200", "de", false, LAPTOP, 2.0),
];

type Prepare = Box<dyn Fn(&mut App)>;

fn screen(name: &str, prepare: impl Fn(&mut App) + 'static) -> (String, Prepare) {
    (name.to_owned(), Box::new(prepare))
}

const LONG_NAME: &str = "Dr. Maximiliane Wolkenstein-Trostburg zu Rodenegg, Leiterin der Rechtsabteilung";
const LONG_ADDRESS: &str = "maximiliane.wolkenstein-trostburg@rechtsabteilung.beispielgesellschaft.example";

fn six() -> Vec<Report> {
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
        if let Some(signer) = report.layers.first_mut().and_then(|layer| layer.signers.first_mut()) {
            signer.name = who.into();
        }
        list.push(report);
    }
    list
}

/// Every verdict, often, with a lock here and there.
fn many() -> Vec<Report> {
    let verdicts = Verdict::ALL.into_iter().cycle().take(60);
    let mut all: Vec<Report> = verdicts.map(support::with_verdict).collect();
    all[3] = support::locked(Privacy::Locked);
    all[5] = support::sealed(LONG_NAME, LONG_ADDRESS, "Contract");
    all
}

fn not_mail() -> Report {
    let mut report = crate::evidence::nothing("holiday.jpg".into());
    let what = waxwing::text::tr!("jobs-cannot-read", file = "holiday.jpg", reason = "invalid header");
    report.error = Some(Failure { code: "read".into(), what, todo: waxwing::text::tr!("jobs-cannot-read-todo") });
    report
}

fn long() -> Report {
    let subject = "Re: AW: Fwd: ".repeat(12) + "the contract";
    let mut report = support::sealed(LONG_NAME, LONG_ADDRESS, &subject);
    let names = ["contract.pdf", "a", &"Anlage zum Vertrag über die Lieferung von Fenstern ".repeat(3)];
    let given = report.attachments[0].clone();
    report.attachments =
        names.iter().map(|name| waxwing::report::Attachment { name: (*name).into(), ..given.clone() }).collect();
    report.shown.fields[1].value = "jan@example.org, ".repeat(20);
    report.shown.fields[3].outside = Some("[...]".into());
    report.shown.texts[0].text = "Every line is read. Überall.\n".repeat(80);
    report
}

fn password() -> Report {
    let mut report = support::locked(Privacy::Locked);
    report.layers[0].findings.push(Finding::new(Code::NeedsPassword, []));
    report.layers[0].recipients.truncate(1);
    report.layers[0].recipients[0].kind = waxwing::cms::enveloped::RecipientKind::Password;
    report
}

fn readers(app: &mut App, known: &[&str], missing: &[&str], can_sign: bool) {
    show(app, vec![support::plain("jan@example.org", "Contract")]);
    let known = known.iter().map(|address| ((*address).to_owned(), support::made("Anna Kovács", address))).collect();
    let reason = || waxwing::text::tr!("jobs-reason-missing");
    let missing = missing.iter().map(|address| ((*address).to_owned(), reason())).collect();
    let session = app.session.clone();
    let message = desk::Message::Readers(0, Ok(Readers { known, missing, can_sign }));
    drop(app.desk.update(message, &session));
}

fn desk_screens() -> Vec<(String, Prepare)> {
    let mut all = vec![
        screen("desk-empty", |app| {
            wallet(
                app,
                vec![support::entry(wallet::Shelf::Identities, "Jan", "jan@example.org", "2027-08-01T00:00:00Z")],
            )
        }),
        screen("desk-welcome", |app| wallet(app, Vec::new())),
        screen("desk-drop", |app| app.over = 3),
        screen("desk-six", |app| show(app, six())),
        screen("desk-many", |app| show(app, many())),
        screen("desk-list-alone", |app| {
            show(app, many());
            tell(app, desk::Message::Back);
        }),
        screen("desk-nothing-found", |app| {
            show(app, six());
            tell(app, desk::Message::Search("nobody".into()));
        }),
        screen("desk-long", |app| show(app, vec![long()])),
        screen("desk-not-mail", |app| show(app, vec![not_mail()])),
        screen("desk-password", |app| show(app, vec![password()])),
        screen("desk-password-asked", |app| {
            show(app, vec![password()]);
            tell(app, desk::Message::AskPassword);
        }),
        screen("desk-waiting", |app| {
            tell(app, desk::Message::Add((0..40).map(|at| PathBuf::from(format!("letter-{at:03}.eml"))).collect()));
            for (id, report) in six().into_iter().enumerate() {
                let summary = Box::new(desk::Summary::new(&report, 11_800));
                tell(app, desk::Message::Looked(id as u64, summary, (id == 0).then(|| support::opened(report))));
            }
        }),
        screen("desk-looking", |app| tell(app, desk::Message::Add(vec!["large letter.eml".into()]))),
        screen("desk-certificate", |app| {
            let report = support::signed(LONG_NAME, LONG_ADDRESS, "Contract");
            let certificate = report.layers[0].signers[0].certificate.clone().unwrap();
            show(app, vec![report]);
            tell(app, desk::Message::Certificate(Box::new(certificate)));
        }),
        screen("seal-ready", |app| readers(app, &["anna@example.org", "jan@example.org"], &[], true)),
        screen("seal-missing", |app| {
            readers(app, &["jan@example.org"], &["anna@example.org", LONG_ADDRESS], true);
        }),
        screen("seal-nobody", |app| readers(app, &[], &[], false)),
        screen("seal-waits", |app| show(app, vec![support::plain("jan@example.org", "Contract")])),
    ];
    for verdict in Verdict::ALL {
        all.push(screen(&format!("verdict-{}", verdict.code()), move |app| {
            show(app, vec![support::with_verdict(verdict)])
        }));
    }
    for privacy in [Privacy::Locked, Privacy::NeedsUnlock, Privacy::Damaged] {
        all.push(screen(&format!("privacy-{}", privacy.code()), move |app| show(app, vec![support::locked(privacy)])));
    }
    for privacy in [Privacy::OpenedWeak, Privacy::OpenedUnauthenticated] {
        all.push(screen(&format!("privacy-{}", privacy.code()), move |app| {
            let mut report = support::sealed("Anna Kovács", "anna@example.org", "Contract");
            report.privacy = privacy;
            report.layers[0].privacy = privacy;
            report.layers.truncate(1);
            report.signature = Verdict::Unsigned;
            report.shown.texts[0].layer = 0;
            report.shown.texts[0].signed = false;
            show(app, vec![report]);
        }));
    }
    all
}

fn tell(app: &mut App, message: desk::Message) {
    let session = app.session.clone();
    drop(app.desk.update(message, &session));
}

fn ask(app: &mut App, message: wallet::Message) {
    let session = app.session.clone();
    drop(app.wallet.update(message, &session));
}

fn wallet(app: &mut App, entries: Vec<wallet::Entry>) {
    ask(app, wallet::Message::Loaded(Ok((entries, wallet::Keeper::Ready))));
}

fn shelves() -> Vec<wallet::Entry> {
    use wallet::Shelf::{Authorities, Contacts, Identities};
    let mut all = vec![
        support::entry(Identities, "Jan Nováček", "jan@example.org", "2027-08-01T00:00:00Z"),
        support::entry(Identities, "Jan Nováček (old)", "jan@example.org", "2026-10-01T00:00:00Z"),
        support::entry(Identities, "Office", "office@example.org", "2026-12-10T00:00:00Z"),
        support::entry(Contacts, "Anna Kovács", "anna@example.org", "2027-05-14T00:00:00Z"),
        support::entry(Contacts, LONG_NAME, LONG_ADDRESS, "2028-01-01T00:00:00Z"),
        support::entry(Contacts, "Eve", "eve@mail.example", "2028-01-01T00:00:00Z"),
        support::entry(Authorities, "Example Root R3", "", "2040-01-01T00:00:00Z"),
        wallet::Entry::request(&waxwing::wallet::Request {
            key: "c".repeat(64),
            name: LONG_NAME.into(),
            address: LONG_ADDRESS.into(),
            der: Vec::new(),
            made: "2026-11-25T08:00:00Z".parse().unwrap(),
        }),
    ];
    let since = Some("2026-05-03T00:00:00Z".parse().unwrap());
    (all[4].trusted, all[4].trusted_for) = (since, Some(LONG_ADDRESS.into()));
    all[5].distrusted = true;
    all
}

/// A screen of the wallet as these messages leave it.
fn wallet_screen(name: &str, messages: impl Fn() -> Vec<wallet::Message> + 'static) -> (String, Prepare) {
    screen(name, move |app| {
        app.place = Place::Wallet;
        wallet(app, shelves());
        messages().into_iter().for_each(|message| ask(app, message));
    })
}

fn wallet_screens() -> Vec<(String, Prepare)> {
    use wallet::Message::{
        AskExport, AskRemove, AskTrustFor, Imported, Loaded, NewIdentity, PasswordDone, Select, Shelf, Unlock, Way,
    };
    use wallet::Shelf::{Authorities, Contacts, Requests};
    let keeper = |keeper: wallet::Keeper| Loaded(Ok((shelves(), keeper)));
    let locked = move |first| keeper(wallet::Keeper::Locked { first });
    let empty = |shelf| move || vec![Loaded(Ok((Vec::new(), wallet::Keeper::Ready))), Shelf(shelf)];
    let wrong = || Imported("jan.p12".into(), wallet::Outcome::Password { wrong: true });
    let broken = || {
        let (what, todo) = (waxwing::text::tr!("wallet-nothing"), waxwing::text::tr!("wallet-nothing-todo"));
        Imported("holiday.jpg".into(), wallet::Outcome::Failed(Failure { code: "x".into(), what, todo }))
    };
    vec![
        wallet_screen("wallet-identities", Vec::new),
        wallet_screen("wallet-selected", || vec![Select(0)]),
        wallet_screen("wallet-contacts", || vec![Shelf(Contacts)]),
        wallet_screen("wallet-contact", || vec![Shelf(Contacts), Select(1)]),
        wallet_screen("wallet-authorities", || vec![Shelf(Authorities), Select(0)]),
        wallet_screen("wallet-request", || vec![Shelf(Requests), Select(0)]),
        wallet_screen("wallet-empty", empty(wallet::Shelf::Identities)),
        wallet_screen("wallet-empty-contacts", empty(Contacts)),
        wallet_screen("wallet-empty-authorities", empty(Authorities)),
        wallet_screen("wallet-locked", move || vec![locked(false)]),
        wallet_screen("wallet-no-keyring", move || {
            vec![keeper(wallet::Keeper::Unavailable("no Secret Service".into()))]
        }),
        wallet_screen("wallet-export", || vec![Select(0), AskExport]),
        wallet_screen("wallet-export-old", || {
            vec![Select(0), AskExport, wallet::Message::Protection(Protection::Legacy)]
        }),
        wallet_screen("wallet-export-differ", || {
            let typed = crate::secret::Typed::new("abc".to_owned());
            vec![Select(0), AskExport, wallet::Message::Password(typed), PasswordDone]
        }),
        wallet_screen("wallet-remove", || vec![Select(0), AskRemove]),
        wallet_screen("wallet-trust-for", || vec![Shelf(Contacts), Select(1), AskTrustFor]),
        wallet_screen("wallet-password", || {
            vec![Imported("jan.p12".into(), wallet::Outcome::Password { wrong: false })]
        }),
        wallet_screen("wallet-wrong-password", move || vec![wrong()]),
        wallet_screen("wallet-not-imported", move || vec![broken()]),
        wallet_screen("wallet-new", || vec![NewIdentity(wallet::Way::default())]),
        wallet_screen("wallet-new-test", || vec![NewIdentity(wallet::Way::default()), Way(wallet::Way::Test)]),
        wallet_screen("wallet-unlock", move || vec![locked(false), Unlock]),
        wallet_screen("wallet-choose-passphrase", move || vec![locked(true), Unlock]),
        wallet_screen("wallet-where", move || {
            vec![Imported("jan.p12".into(), wallet::Outcome::NoKeyring("no Secret Service".into()))]
        }),
    ]
}

fn history() -> Vec<HistoryEntry> {
    let entry = |action: &str, outcome: &str, file: &str| HistoryEntry {
        at: "2026-11-24T08:00:00Z".parse().unwrap(),
        action: action.into(),
        file: format!("/srv/jan/{file}"),
        output: None,
        certificate: None,
        outcome: outcome.into(),
    };
    let long = format!("{}.eml", "Anlage zum Vertrag über die Lieferung von Fenstern ".repeat(4));
    let mut all = vec![entry("sign", "ok", "letter.eml"), entry("decrypt", "failed", &long)];
    all.extend(Verdict::ALL.map(|verdict| entry("verify", verdict.code(), "letter.eml")));
    all
}

fn other_screens() -> Vec<(String, Prepare)> {
    let toast = |good, text: fn() -> String| {
        move |app: &mut App| {
            show(app, six());
            app.toast = Some(Toast { good, text: text(), until: Instant::now() + Duration::from_secs(60) });
        }
    };
    let full = || {
        let what = waxwing::text::tr!("jobs-disk-full", folder = "/srv/jan/Documents");
        format!("{what}\n{}", waxwing::text::tr!("jobs-disk-full-todo"))
    };
    vec![
        screen("history", |app| {
            app.place = Place::History;
            let session = app.session.clone();
            drop(app.history.update(history::Message::Loaded(Ok(history())), &session));
            drop(app.history.update(history::Message::Select(1), &session));
        }),
        screen("history-empty", |app| {
            app.place = Place::History;
            let session = app.session.clone();
            drop(app.history.update(history::Message::Loaded(Ok(Vec::new())), &session));
        }),
        screen("settings", |app| app.place = Place::Settings),
        screen("shortcuts", |app| app.front = Some(Front::Shortcuts)),
        screen("path", |app| {
            app.front = Some(Front::Path { purpose: Purpose::Open, text: "/srv/jan/lettr.eml".into(), unknown: true })
        }),
        screen(
            "toast",
            toast(true, || waxwing::text::tr!("desk-made", name = "letter.signed.eml", folder = "/srv/jan/Documents")),
        ),
        screen("toast-full", toast(false, full)),
    ]
}

/// A window that shows a screen in one of the ways.
fn seen(prepare: &Prepare, dark: bool, scale: f32) -> App {
    let mut app = app();
    app.session.preferences.appearance = if dark { Appearance::Dark } else { Appearance::Light };
    app.session.preferences.text_scale = scale;
    prepare(&mut app);
    app
}

fn screens() -> impl Iterator<Item = (String, Prepare)> {
    desk_screens().into_iter().chain(wallet_screens()).chain(other_screens())
}

/// However small the window and large the text: no word is squeezed flat, no name and no field to nothing.
#[test]
fn nothing_is_squeezed() {
    for (way, language, dark, size, scale) in WAYS {
        let _spoken = stage::spoken(language);
        for (name, prepare) in screens() {
            let app = seen(&prepare, dark, scale);
            let squeezed = |candidate: Candidate<'_>| match candidate {
                Candidate::Text { content, bounds, .. } if !content.trim().is_empty() => {
                    (bounds.height < 12.0 || bounds.width < 4.0).then(|| content.to_owned())
                }
                Candidate::TextInput { id, bounds, .. } => (bounds.width < 150.0).then(|| format!("the field {id:?}")),
                _ => None,
            };
            let found = support::simulator(app.view(), size).find(squeezed);
            assert!(found.is_err(), "{found:?} in {name}, {way}");
        }
    }
}

#[test]
#[ignore = "makes pictures to look at"]
fn gallery() {
    let wanted = std::env::var("GALLERY").unwrap_or_default();
    for (way, language, dark, size, scale) in WAYS {
        let _spoken = stage::spoken(language);
        for (name, prepare) in screens() {
            let name = format!("{name}-{way}");
            if !wanted.split(',').any(|word| name.contains(word)) {
                continue;
            }
            let app = seen(&prepare, dark, scale);
            let size = match name.as_str() {
                "settings-en-light" => Size::new(size.width, 1800.0),
                // The picture in the README, docs/window.png.
                "desk-six-en-light" => Size::new(1280.0, 820.0),
                _ => size,
            };
            support::picture(&mut support::simulator(app.view(), size), &app.look().theme(), &name);
        }
    }
}

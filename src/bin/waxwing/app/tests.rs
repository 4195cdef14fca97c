//! The window as a whole: what is seen, and that what is done reaches the right screen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::path::PathBuf;

use iced::Size;
use waxwing::report::{Privacy, Verdict};

use super::*;
use crate::screen::desk::Summary;
use crate::support::{self, USUAL};

fn session() -> Session {
    crate::vaults::open(&<crate::arguments::Arguments as clap::Parser>::parse_from(["waxwing"])).0
}

fn app() -> App {
    App::start(session()).0
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

/// Pictures for people to look at; `cargo test --bin waxwing gallery -- --ignored`.
#[test]
#[ignore = "makes pictures to look at"]
fn gallery() {
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

//! The window: drop a message on it and see who wrote it, whether it was changed, and what it says.

use std::process::ExitCode;

use iced::{Settings, Size, window};
use waxwing::jobs::failure;
use waxwing::text::{because, tr, with_detail};

use crate::app::App;
use crate::arguments::Arguments;
use crate::display::Display;
use crate::session::Session;
use crate::theme::{FONTS, INTER, edge};

mod app;
mod arguments;
#[path = "../command/mod.rs"]
mod command;
mod dialog;
mod display;
mod evidence;
mod files;
mod format;
mod samples;
mod screen;
mod secret;
mod session;
#[cfg(test)]
mod support;
mod theme;
mod vaults;
mod widget;
mod work;

/// Equals the name of the desktop file.
const APPLICATION_ID: &str = "org.waxwing.Waxwing";

fn main() -> ExitCode {
    speak(None);
    let arguments = match Arguments::of_this_run() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    let display = display::look();
    if display == Display::None {
        eprintln!("waxwing: {}", tr!("window-no-display"));
        eprintln!("{}", tr!("window-no-display-todo"));
        return ExitCode::from(2);
    }
    if display == Display::OnlyX11 || (arguments.x11 && std::env::var_os("WAYLAND_DISPLAY").is_some()) {
        let error = display::restart_on_x11();
        eprintln!("waxwing: {}", because(&error, |reason| tr!("window-no-x11", reason = reason)));
        return ExitCode::from(2);
    }
    let (session, trouble) = match vaults::open(&arguments) {
        Ok(opened) => opened,
        Err(error) => {
            let failure = failure::of_wallet(&error);
            eprintln!("waxwing: {}\n{}", failure.what, failure.todo);
            return ExitCode::from(2);
        }
    };
    match run(arguments, session, trouble) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("waxwing: {}", with_detail(tr!("window-not-opened"), &error.to_string()));
            eprintln!("{}", tr!("window-not-opened-todo"));
            ExitCode::from(2)
        }
    }
}

/// Selects the language of all texts: a tag, or the system's.
fn speak(language: Option<&str>) {
    if let Err(error) = waxwing::text::select(language) {
        tracing::warn!(%error, "the texts of this language cannot be read");
    }
}

fn run(arguments: Arguments, session: Session, trouble: Option<String>) -> iced::Result {
    speak(session.preferences.language.as_deref());
    let (width, height) = edge::WINDOW;
    let (least_width, least_height) = edge::WINDOW_LEAST;
    let settings = window::Settings {
        size: Size::new(width, height),
        min_size: Some(Size::new(least_width, least_height)),
        #[cfg(target_os = "linux")]
        platform_specific: window::settings::PlatformSpecific {
            application_id: APPLICATION_ID.to_owned(),
            ..window::settings::PlatformSpecific::default()
        },
        ..window::Settings::default()
    };
    let arguments = std::sync::Arc::new(arguments);
    let boot = move || App::new(session.clone(), std::sync::Arc::clone(&arguments), trouble.clone());
    let program = iced::application(boot, App::update, App::view)
        .settings(Settings {
            id: Some(APPLICATION_ID.to_owned()),
            fonts: FONTS.into_iter().map(Into::into).collect(),
            default_font: INTER,
            ..Settings::default()
        })
        .window(settings)
        .title(App::title)
        .theme(|app: &App| app.look().theme())
        .subscription(App::subscription);
    program.run()
}

//! What is said of a command that is wrong.

use std::error::Error as _;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};
use waxwing::text::tr;

/// What is wrong.
pub fn what(error: &Error) -> String {
    let option = first(error, ContextKind::InvalidArg);
    let value = first(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument if option.starts_with('-') => tr!("mistake-unknown-option", option = option),
        ErrorKind::UnknownArgument => tr!("mistake-unexpected", word = option),
        ErrorKind::InvalidSubcommand => {
            tr!("mistake-unknown-command", command = first(error, ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => tr!("mistake-no-command"),
        ErrorKind::MissingRequiredArgument => {
            tr!("mistake-missing", words = words(error, ContextKind::InvalidArg).join(", "))
        }
        ErrorKind::ArgumentConflict => {
            let others: Vec<_> = words(error, ContextKind::PriorArg).iter().map(|other| bare(other)).collect();
            if others.is_empty() || others == [bare(&option)] {
                tr!("mistake-twice", option = bare(&option))
            } else {
                tr!("mistake-conflict", option = bare(&option), others = others.join(", "))
            }
        }
        ErrorKind::TooManyValues => tr!("mistake-needless-value", option = bare(&option), value = value),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => {
            tr!("mistake-no-value", option = bare(&option))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            tr!("mistake-wrong-value", option = bare(&option), value = value)
        }
        ErrorKind::InvalidUtf8 => tr!("mistake-not-utf8"),
        _ => tr!("mistake-other"),
    }
}

/// What a value has to be, what could have been meant, and where to read on; `all` are the words that can be said.
pub fn todo(error: &Error, all: &Command) -> String {
    let reason = error.source().map(ToString::to_string);
    let values = [ContextKind::ValidValue, ContextKind::ValidSubcommand].map(|kind| words(error, kind)).concat();
    let values = (!values.is_empty()).then(|| tr!("mistake-values", values = values.join(", ")));
    let meant = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg].map(|kind| words(error, kind)).concat();
    let meant = meant.first().map(|word| tr!("mistake-perhaps", word = word.as_str()));
    // It could be the name of a file.
    let file = error.get(ContextKind::Suggested).filter(|_| first(error, ContextKind::InvalidArg).starts_with('-'));
    let file = file.map(|_| tr!("mistake-dash"));
    let help = tr!("mistake-help", command = begun(all, std::env::args_os().skip(1)));
    [reason, values, meant, file, Some(help)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The command that was begun, with the commands around it.
fn begun(all: &Command, words: impl Iterator<Item = OsString>) -> String {
    let (mut level, mut begun) = (all, all.get_name().to_owned());
    for word in words {
        if let Some(inner) = level.find_subcommand(&word).filter(|inner| inner.get_name() != "help") {
            begun = format!("{begun} {}", inner.get_name());
            level = inner;
        }
    }
    begun
}

/// An option without what stands for its value.
fn bare(option: &str) -> String {
    option.split(" <").next().unwrap_or(option).to_owned()
}

fn first(error: &Error, kind: ContextKind) -> String {
    words(error, kind).into_iter().next().unwrap_or_default()
}

/// What clap knows of an error.
fn words(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(word)) => vec![word.clone()],
        Some(ContextValue::Strings(words)) => words.clone(),
        _ => Vec::new(),
    }
}

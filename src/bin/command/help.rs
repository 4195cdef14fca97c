//! The words of the help that clap says itself, in the language of the run.

use clap::{Arg, Command, ValueEnum};
use waxwing::text::tr;

/// Puts texts in the place of clap's own, at every level of commands.
pub fn translated(mut command: Command) -> Command {
    command.build();
    level(command)
}

fn level(command: Command) -> Command {
    let command = match command.get_name() {
        "help" => command.about(tr!("help-command-help")),
        _ => command,
    };
    let mut command = command
        .subcommand_value_name(tr!("help-value-command"))
        .subcommand_help_heading(tr!("help-commands"))
        .mut_args(argument);
    // Only clap knows which words may stand together.
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", &tr!("help-options-tag"));
    let heading = command.get_styles().get_usage();
    let template = format!(
        "{{about-with-newline}}\n{heading}{}{heading:#} {{usage}}\n\n{{all-args}}{{after-help}}",
        tr!("help-usage")
    );
    command.override_usage(usage).help_template(template).mut_subcommands(level)
}

fn argument(argument: Arg) -> Arg {
    let argument = match argument.get_id().as_str() {
        "help" => argument.help(tr!("help-help")),
        "version" => argument.help(tr!("help-version")),
        _ => argument,
    };
    match argument.get_help_heading() {
        Some(_) => argument,
        None if argument.is_positional() => argument.help_heading(tr!("help-arguments")),
        None => argument.help_heading(tr!("help-options")),
    }
}

/// What can be chosen for an option, as the name of its value.
pub fn values<T: ValueEnum>() -> String {
    let values = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    values.map(|value| value.get_name().to_owned()).collect::<Vec<_>>().join("|")
}

/// Whoever asks for help gets a text on every word that can be said, and clap finds no contradiction.
#[cfg(test)]
pub fn is_complete(words: Command) {
    check(&words);
    words.debug_assert();
}

#[cfg(test)]
fn check(command: &Command) {
    let name = command.get_name();
    assert!(command.get_about().is_some_and(|about| !about.to_string().trim().is_empty()), "{name}");
    // What `help` takes are the names of the commands.
    if name == "help" {
        return;
    }
    for argument in command.get_arguments() {
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        assert!(!help.trim().is_empty(), "{name} {}", argument.get_id());
        assert!(argument.get_long_help().is_none(), "{name} {}", argument.get_id());
        assert!(
            argument.is_hide_possible_values_set() || argument.get_possible_values().is_empty(),
            "{name} {}",
            argument.get_id()
        );
    }
    command.get_subcommands().for_each(check);
}

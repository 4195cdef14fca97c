//! Standard output and standard error: one place that writes, sanitises and colours.

use std::io::{self, IsTerminal, Write};

use console::{Style, Term, measure_text_width};
use waxwing::mime::header::one_line;
use waxwing::report::{Failure, Tone};

/// Lines of text are not shorter than this, however narrow the terminal is, and not longer than the other.
const NARROWEST: usize = 40;
const WIDEST: usize = 100;

/// Standard output, or standard error. What is printed came from a sender in part: nothing in it can steer a terminal.
pub struct Paper {
    out: io::BufWriter<Box<dyn Write>>,
    width: usize,
}

impl Paper {
    /// Standard output as it is: coloured and wrapped only on a terminal.
    pub fn new() -> Self {
        let width = match io::stdout().is_terminal() {
            true => usize::from(Term::stdout().size().1).clamp(NARROWEST, WIDEST),
            false => usize::MAX,
        };
        Self { out: io::BufWriter::new(Box::new(io::stdout())), width }
    }

    /// Standard error, for what is said of a message that goes to standard output itself.
    pub fn of_errors() -> Self {
        Self { out: io::BufWriter::new(Box::new(io::stderr())), width: usize::MAX }
    }

    /// One line, as it is: JSON, a certificate.
    pub fn raw(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.out, "{line}")?;
        self.out.flush()
    }

    /// One line of text.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", one_line(text))
    }

    /// One line for somebody who sits at the terminal; a script reads results alone.
    pub fn aside(&mut self, text: &str) -> io::Result<()> {
        if io::stdout().is_terminal() { self.line(text) } else { Ok(()) }
    }

    /// A heading.
    pub fn heading(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", Style::new().bold().apply_to(one_line(text)))
    }

    /// An empty line.
    pub fn gap(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// A text behind a label, wrapped below itself.
    pub fn labelled(&mut self, indent: usize, label: &Label, text: &str, tone: Tone) -> io::Result<()> {
        let room = self.width.saturating_sub(indent + label.width).max(20);
        for (number, line) in wrapped(&one_line(text), room).iter().enumerate() {
            let label_text = if number == 0 { one_line(label.text) } else { String::new() };
            let pad = label.width.saturating_sub(measure_text_width(&label_text));
            let label_text = Style::new().dim().apply_to(label_text);
            writeln!(self.out, "{:indent$}{label_text}{:pad$}{}", "", "", style(tone).apply_to(line))?;
        }
        Ok(())
    }

    /// Hands over what was written so far.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A label and the width of the column that it stands in.
#[derive(Debug, Clone, Copy)]
pub struct Label<'a> {
    /// The text.
    pub text: &'a str,
    /// Columns.
    pub width: usize,
}

fn style(tone: Tone) -> Style {
    match tone {
        Tone::Green => Style::new().green().bold(),
        Tone::Amber => Style::new().yellow().bold(),
        Tone::Red => Style::new().red().bold(),
        Tone::Grey => Style::new().bold(),
        Tone::Neutral => Style::new(),
    }
}

/// Lines of at most `room` columns, broken at blanks; a longer word stands in a line of its own.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for word in text.split(' ') {
        let width = measure_text_width(word);
        if used > 0 && used + 1 + width > room {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += width;
    }
    lines.push(line);
    lines
}

/// Says on standard error what happened and what to do, and about which file.
pub fn say(about: Option<&str>, failure: &Failure) {
    let about = about.map(|about| format!("{}: ", one_line(about))).unwrap_or_default();
    let what = Style::new().for_stderr().bold().apply_to(one_line(&failure.what));
    note(&format!("{about}{what}"));
    if !failure.todo.is_empty() {
        note(&one_line(&failure.todo));
    }
}

/// A line on standard error, where nobody may listen any more.
pub fn note(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A subject must not clear the screen, colour what follows, or show its end first.
    #[test]
    fn nothing_printed_steers_the_terminal() {
        assert_eq!(one_line("a\u{1b}[2Jb\rc\u{202e}d\u{9b}31me\nf"), "a[2Jb cd31me f");
    }

    /// Long sentences stay readable, and no word is lost.
    #[test]
    fn text_is_wrapped_at_blanks() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("a-very-long-word b", 5), ["a-very-long-word", "b"]);
        assert_eq!(wrapped("", 5), [""]);
    }
}

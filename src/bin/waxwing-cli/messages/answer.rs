//! What is said about one message.

use std::io;
use std::path::Path;

use serde::Serialize;
use waxwing::jobs::{self, Sealed};
use waxwing::report::{Failure, Finding, Privacy, Report, Shown};
use waxwing::text::{self, tr};

use super::plan::{Plan, Task};
use crate::files;
use crate::options::Options;
use crate::paper::{self, Paper};
use crate::report;
use crate::status::{Status, at_a_terminal};

/// What became of one message.
pub struct Answer {
    /// What it means for the exit status.
    pub status: Status,
    report: Report,
    made: Option<Sealed>,
}

/// The report as a script sees it, with what was written beside the main file.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    report: &'a Report,
    /// A copy for each reader in Bcc.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bcc: Vec<Copy<'a>>,
    /// What was chosen for a new message, and why.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    chosen: &'a [Finding],
}

#[derive(Serialize)]
struct Copy<'a> {
    address: &'a str,
    output: String,
}

impl Answer {
    /// A message that was looked at.
    pub fn looked(report: Report) -> Self {
        let status = match &report.error {
            Some(failure) => Status::of(failure),
            None if report.signature.is_good() => Status::Done,
            None => Status::NotDone,
        };
        Self::new(status, report, None)
    }

    /// A message that was looked at and of which something was made, or not.
    pub fn made(mut report: Report, made: Result<Sealed, Failure>) -> Self {
        let made = made.map_err(at_a_terminal);
        match made {
            Ok(made) => {
                report.output = Some(made.main.to_string_lossy().into_owned());
                Self::new(Status::Done, report, Some(made))
            }
            Err(failure) => {
                let status = Status::of(&failure);
                report.error = Some(failure);
                Self::new(status, report, None)
            }
        }
    }

    /// A message of which something was made without looking at it.
    pub fn sealed(file: &Path, made: Sealed) -> Self {
        Self::made(unread(file), Ok(made))
    }

    /// A message that nothing could be done with.
    pub fn failed(file: &Path, failure: Failure) -> Self {
        Self::made(unread(file), Err(failure))
    }

    fn new(status: Status, mut report: Report, made: Option<Sealed>) -> Self {
        // The text of messages is for the window.
        report.shown = Shown::default();
        Self { status, report, made }
    }

    /// Prints it: results on standard output, failures on standard error.
    pub fn print(&self, plan: &Plan, options: &Options, paper: &mut Paper) -> io::Result<()> {
        if let Some(failure) = &self.report.error {
            paper.flush()?;
            // The sentence names the file where it is about the file.
            let about = (!jobs::failure::OF_FILES.contains(&failure.code.as_str())).then_some(&*self.report.file);
            paper::say(about, failure);
        }
        if options.json {
            return self.json(paper);
        }
        match (&plan.task, &self.made) {
            // What stands on standard output is the message.
            (Task::Decrypt, Some(made)) if files::is_dash(&made.main) => return self.explain(&mut Paper::of_errors()),
            (_, Some(made)) if files::is_dash(&made.main) => return Ok(()),
            (Task::Seal(_), Some(made)) => {
                paper.line(&format!("{} → {}", self.report.file, made.main.to_string_lossy()))?;
                made.chosen.iter().try_for_each(|why| paper.line(&format!("  {}", text::finding(why))))?;
            }
            (Task::Verify, _) if self.report.error.is_none() => self.explain(paper)?,
            (Task::Decrypt, Some(_)) => self.explain(paper)?,
            _ => {}
        }
        for (address, file) in self.made.iter().flat_map(|made| &made.bcc) {
            let file = file.to_string_lossy().into_owned();
            paper.line(&tr!("cli-bcc-copy", address = address.clone(), file = file))?;
        }
        paper.flush()
    }

    /// One line of JSON.
    pub fn json(&self, paper: &mut Paper) -> io::Result<()> {
        let bcc = self.made.iter().flat_map(|made| &made.bcc);
        let bcc = bcc.map(|(address, file)| Copy { address, output: file.to_string_lossy().into_owned() }).collect();
        let chosen = self.made.as_ref().map_or(&[][..], |made| made.chosen.as_slice());
        let line = serde_json::to_string(&Line { report: &self.report, bcc, chosen }).map_err(io::Error::from)?;
        paper.raw(&line)
    }

    fn explain(&self, paper: &mut Paper) -> io::Result<()> {
        report::print(paper, &self.report)?;
        if let Some(output) = self.report.output.as_ref().filter(|output| !files::is_dash(Path::new(output))) {
            paper.line(&format!("  {} {output}", tr!("cli-written")))?;
        }
        if self.report.privacy == Privacy::NeedsUnlock {
            paper.line(&format!("  {}", tr!("cli-passphrase-todo")))?;
        }
        paper.gap()?;
        paper.flush()
    }
}

fn unread(file: &Path) -> Report {
    Report::unread(file.to_string_lossy().into_owned())
}

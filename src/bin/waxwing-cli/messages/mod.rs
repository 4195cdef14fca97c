//! `waxwing-cli verify | decrypt | sign | encrypt`: one answer for each message, in the order of the files.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use waxwing::jobs::{Expanded, Input, Progress};
use waxwing::report::{Failure, Privacy};
use waxwing::smime::Opened;
use waxwing::text::tr;

use self::answer::Answer;
use self::bench::Bench;
use self::plan::{Plan, Task};
use self::standard::{Standard, expand};
use crate::arguments::{Command, Target};
use crate::ending::Ending;
use crate::files;
use crate::interrupt::Interrupt;
use crate::options::Options;
use crate::paper::{self, Paper};
use crate::status::{Status, Trouble};

mod answer;
mod bench;
mod plan;
mod queue;
mod standard;

/// Runs one command over its files.
pub fn run(command: &Command, options: &Options, paper: &mut Paper) -> Result<Status, Ending> {
    let (files, target) = match command {
        Command::Verify { files } => (files, None),
        Command::Decrypt { files, target } | Command::Sign { files, target, .. } => (files, Some(target)),
        Command::Encrypt(encrypt) => (&encrypt.files, Some(&encrypt.target)),
        Command::Wallet(_) | Command::History { .. } => return Ok(Status::Done),
    };
    refuse_contradictions(files, target, options)?;
    let ready = Bench::open(options).and_then(|bench| Ok((Plan::of(command, &bench)?, bench)));
    let (plan, bench) = match ready {
        Ok(ready) => ready,
        Err(trouble) => return nothing_done(files, &trouble, options, paper),
    };
    let standard = Standard::read(files);
    let Expanded { messages: files, truncated } = expand(files, &standard);
    refuse_contradictions(&files, target, options)?;
    if truncated {
        paper::note(&tr!("cli-too-many-files", count = files.len()));
    }
    let files = files.as_slice();
    let interrupt = Interrupt::listen();
    let mut status = Status::Done;
    let sync = || bench.names().sync();
    let printed = queue::in_order(
        files,
        &interrupt,
        (!matches!(plan.task, Task::Verify)).then_some(&sync),
        |file, progress| {
            // One message must not take down those that wait behind it.
            let answer = catch_unwind(AssertUnwindSafe(|| one(file, &standard, &plan, &bench, options, progress)));
            answer.unwrap_or_else(|_| Answer::failed(file, defect()))
        },
        |answer| {
            status = status.max(answer.status);
            answer.print(&plan, options, paper)
        },
    );
    match printed {
        Ok(()) if interrupt.asked() => Ok(status.max(Status::NotDone)),
        Ok(()) => Ok(status),
        Err(error) => Err(Ending::Output(error, status)),
    }
}

/// What clap cannot know: options that contradict the number of files, or each other.
fn refuse_contradictions(files: &[PathBuf], target: Option<&Target>, options: &Options) -> Result<(), Trouble> {
    if files.iter().filter(|file| files::is_dash(file)).count() > 1 {
        return Err(Trouble::usage(tr!("mistake-input-twice"), tr!("mistake-input-twice-todo")));
    }
    let Some(output) = target.and_then(|target| target.output.as_ref()) else { return Ok(()) };
    if files.len() > 1 {
        return Err(Trouble::usage(tr!("mistake-one-output"), tr!("mistake-one-output-todo")));
    }
    if files::is_dash(output) && options.json {
        return Err(Trouble::usage(tr!("mistake-both-to-output"), tr!("mistake-both-to-output-todo")));
    }
    Ok(())
}

/// Every message has its line, also when the run cannot begin.
fn nothing_done(files: &[PathBuf], trouble: &Trouble, options: &Options, paper: &mut Paper) -> Result<Status, Ending> {
    let status = trouble.say();
    for file in files.iter().filter(|_| options.json) {
        Answer::failed(file, trouble.failure.clone()).json(paper)?;
    }
    Ok(status)
}

fn one(file: &Path, standard: &Standard, plan: &Plan, bench: &Bench, options: &Options, progress: &Progress) -> Answer {
    let input = match standard.input(file) {
        Ok(input) => input,
        Err(trouble) => return Answer::failed(file, trouble.failure),
    };
    match &plan.task {
        Task::Verify => match look(&input, bench, progress) {
            Ok(opened) => Answer::looked(opened.report),
            Err(trouble) => Answer::failed(file, trouble.failure),
        },
        Task::Decrypt => {
            let opened = match look(&input, bench, progress) {
                Ok(opened) => opened,
                Err(trouble) => return Answer::failed(file, trouble.failure),
            };
            if opened.report.error.is_some() {
                return Answer::looked(opened.report);
            }
            let made = bench.decrypt(&input, &opened, &plan.target, progress);
            Answer::made(opened.report, made)
        }
        Task::Seal(seal) => {
            let made = bench.seal(&input, seal, &plan.target, progress);
            if options.json {
                // The report is on the message that was given.
                return Answer::made(bench.look(&input, &Progress::default()).report, made);
            }
            match made {
                Ok(made) => Answer::sealed(file, made),
                Err(failure) => Answer::failed(file, failure),
            }
        }
    }
}

fn defect() -> Failure {
    Failure { code: "defect".to_owned(), what: tr!("cli-defect"), todo: tr!("cli-defect-todo") }
}

/// Looks at a message, and once more if its key is locked and could be unlocked.
fn look(input: &Input, bench: &Bench, progress: &Progress) -> Result<Opened, Trouble> {
    let opened = bench.look(input, progress);
    if opened.report.privacy == Privacy::NeedsUnlock && bench.unlock()? {
        return Ok(bench.look(input, progress));
    }
    Ok(opened)
}

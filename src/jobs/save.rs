//! Keeping what a message holds: its decrypted form, its attachments, the evidence.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::failure::{self, failure};
use super::output::{Complete, Draft, WriteFailed, publish};
use super::{Desk, Input, Names, Output, Progress, outcome};
use crate::crypto::{DigestAlgorithm, Hasher, hex};
use crate::mime::canonical::{write_fields, write_outer_fields};
use crate::mime::{self, Entity, Field};
use crate::report::{Attachment, Failure, Privacy, Report};
use crate::smime::Opened;
use crate::source::Source;
use crate::text::{self, tr};

/// A report with what it is about, when and by which program it was made.
#[derive(serde::Serialize)]
struct Evidence<'a> {
    program: &'static str,
    version: &'static str,
    made: String,
    message: Message,
    report: &'a Report,
}

/// The message that a report is about.
#[derive(serde::Serialize)]
struct Message {
    sha256: String,
    size: u64,
}

impl Desk {
    /// Saves the decrypted message as `NAME.decrypted.eml`: the header of the message, and what was found inside the
    /// innermost encryption with its own Content-* fields, byte for byte; a signature inside can still be checked. Where the
    /// inside has header fields of its own (From, Subject), or the author protected some (RFC 9788), these stand instead of the
    /// outer ones, which nothing protected. What HP-Outer tells of the outer ones is left out where no signature covers it.
    ///
    /// # Errors
    /// `not-encrypted`, `locked`, `needs-unlock`, `damaged`; otherwise as [`Desk::seal`]. No decrypted byte is left then.
    pub fn save_decrypted(
        &self,
        input: impl Into<Input>,
        opened: &Opened,
        output: &Output,
        progress: &Progress,
    ) -> Result<PathBuf, Failure> {
        let input = input.into();
        let target = output.target(&input, "decrypted.eml");
        let result =
            self.decrypted(&input, opened, &target, progress).and_then(|draft| named(draft, &target, &self.names));
        let result = settled(result, progress);
        let written = result.as_ref().ok().map(|file| Input::from(file).lasting_name());
        self.record("decrypt", &input, outcome(&result), None, written);
        result
    }

    fn decrypted(
        &self,
        input: &Input,
        opened: &Opened,
        target: &Path,
        progress: &Progress,
    ) -> Result<Complete, Failure> {
        if let Some(failure) = &opened.report.error {
            return Err(failure.clone());
        }
        let (content, inside) = readable(opened)?;
        let (source, outside) = self.parse(input, progress, 1)?;
        let name = input.name();
        let failed = |error: io::Error| match WriteFailed::is(&error) {
            true => failure::writing(target, &error),
            // The bytes below were read a moment ago.
            false => damaged(),
        };
        let length = inside.range.end - inside.range.start;
        progress.set_total(progress.get().1.saturating_add(length));
        let mut draft = Draft::new(target.to_owned()).map_err(|error| failure::writing(target, &error))?;
        let is_inside = |field: &&Field| inside.fields.first(&field.name).is_some();
        let protected = opened.protected.iter().flat_map(|fields| &fields.0);
        let restored: Vec<&Field> = protected.filter(|field| !is_inside(field)).collect();
        let mut own: Vec<&str> = inside.fields.0.iter().map(|field| field.name.as_str()).collect();
        own.extend(restored.iter().map(|field| field.name.as_str()));
        write_outer_fields(&source, &outside, &own, &mut draft).map_err(|error| match error {
            mime::Error::Io(error) => failure::copying(&name, target, &error),
            limit => failure::structure(&name, &limit),
        })?;
        write_fields(restored, &mut draft).map_err(failed)?;
        copy_inside(content, inside, &mut draft, progress).map_err(failed)?;
        draft.complete().map_err(|error| failure::writing(target, &error))
    }

    /// Saves an attachment to `target`, or under the next free name beside it; returns the new file.
    ///
    /// # Errors
    /// `gone` when the message has no such attachment; otherwise as [`Desk::seal`].
    pub fn save_attachment(
        &self,
        opened: &Opened,
        attachment: &Attachment,
        target: &Path,
        progress: &Progress,
    ) -> Result<PathBuf, Failure> {
        let content = opened.attachments.get(attachment.index).ok_or_else(gone)?;
        let name = opened.report.file.as_str();
        let save = || -> Result<PathBuf, Failure> {
            let content = progress.watch(content.clone(), 1).map_err(|error| failure::reading(name, &error))?;
            let mut draft = Draft::new(target.to_owned()).map_err(|error| failure::writing(target, &error))?;
            content.copy_to(&mut draft).map_err(|error| failure::copying(name, target, &error))?;
            named(draft.complete().map_err(|error| failure::writing(target, &error))?, target, &self.names)
        };
        settled(save(), progress)
    }

    /// The evidence: the report as JSON, with the SHA-256 of the message, the time and the program's version.
    ///
    /// # Errors
    /// When the message cannot be read.
    pub fn evidence(&self, input: impl Into<Input>, report: &Report, progress: &Progress) -> Result<String, Failure> {
        let input = input.into();
        let name = input.name();
        let failed = |error: io::Error| failure::reading(&name, &error);
        let source = input.open(progress, 1).map_err(failed)?;
        let mut hasher = Hasher::new(DigestAlgorithm::Sha256);
        let size = source.copy_to(&mut hasher).map_err(failed)?;
        let sha256 = hex::encode(&hasher.finalize());
        let evidence = Evidence {
            program: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            made: self.policy.now.to_string(),
            message: Message { sha256, size },
            report,
        };
        let mut text = serde_json::to_string_pretty(&evidence).map_err(|error| failed(error.into()))?;
        text.push('\n');
        Ok(text)
    }

    /// Saves [`Desk::evidence`] as `NAME.evidence.json`.
    ///
    /// # Errors
    /// As [`Desk::seal`].
    pub fn save_evidence(
        &self,
        input: impl Into<Input>,
        report: &Report,
        output: &Output,
        progress: &Progress,
    ) -> Result<PathBuf, Failure> {
        let input = input.into();
        let target = output.target(&input, "evidence.json");
        let save = || -> Result<PathBuf, Failure> {
            let text = self.evidence(&input, report, progress)?;
            write_new(&target, text.as_bytes())
        };
        settled(save(), progress)
    }
}

/// Writes a small new file, complete or not at all and for its owner alone, as `target` or under the next free name beside
/// it; returns the new file.
///
/// # Errors
/// When it cannot be written.
pub fn write_new(target: &Path, bytes: &[u8]) -> Result<PathBuf, Failure> {
    let written = |error| failure::writing(target, &error);
    let mut draft = Draft::new(target.to_owned()).map_err(written)?;
    draft.write_all(bytes).map_err(written)?;
    named(draft.complete().map_err(written)?, target, &Names::default())
}

/// What is inside the encryption, if all of it could be opened.
fn readable(opened: &Opened) -> Result<(&Source, &Entity), Failure> {
    match opened.report.privacy {
        Privacy::None if opened.report.layers.iter().any(|layer| !layer.recipients.is_empty()) => {
            Err(failure("not-encrypted", tr!("jobs-part-encrypted"), tr!("jobs-part-encrypted-todo")))
        }
        Privacy::None => Err(failure("not-encrypted", tr!("jobs-not-encrypted"), tr!("jobs-not-encrypted-todo"))),
        Privacy::Locked => {
            let said = text::privacy(&opened.report);
            let what = tr!("jobs-locked", title = said.title, why = said.why);
            Err(failure("locked", what, said.todo.unwrap_or_default()))
        }
        Privacy::NeedsUnlock => Err(failure("needs-unlock", tr!("wallet-locked"), tr!("wallet-locked-todo"))),
        Privacy::Damaged => Err(damaged()),
        Privacy::Opened | Privacy::OpenedWeak | Privacy::OpenedUnauthenticated => {
            opened.decrypted.as_ref().map(|(source, entity)| (source, entity)).ok_or_else(damaged)
        }
    }
}

/// Writes the decrypted entity with its header after the outer fields.
fn copy_inside(content: &Source, inside: &Entity, out: &mut dyn Write, progress: &Progress) -> io::Result<()> {
    if inside.fields.first("MIME-Version").is_none() {
        out.write_all(b"MIME-Version: 1.0\r\n")?;
    }
    if inside.range.start == inside.body.start {
        // No header and no empty line in front of the body: ours ends here.
        out.write_all(b"\r\n")?;
    }
    let mut copy = |range| {
        content.slice(range).for_each_block(|block| {
            progress.check()?;
            progress.advance(block.len() as u64);
            out.write_all(block)
        })
    };
    // What stood outside is told to whom it is still outside of something.
    let mut at = inside.range.start;
    for record in inside.fields.all("HP-Outer") {
        copy(at..record.range.start)?;
        at = record.range.end;
    }
    copy(at..inside.range.end)?;
    Ok(())
}

/// Gives a single draft its name.
fn named(draft: Complete, target: &Path, names: &Names) -> Result<PathBuf, Failure> {
    let files = publish(vec![draft], names).map_err(|error| failure::writing(target, &error))?;
    Ok(files.into_iter().next().unwrap_or_else(|| target.to_owned()))
}

/// A job that was stopped says so, whatever its last step stumbled over.
fn settled(result: Result<PathBuf, Failure>, progress: &Progress) -> Result<PathBuf, Failure> {
    match result {
        Err(_) if progress.is_cancelled() => Err(failure::cancelled()),
        Ok(file) => {
            progress.complete();
            Ok(file)
        }
        failed => failed,
    }
}

fn damaged() -> Failure {
    failure("damaged", tr!("jobs-damaged"), tr!("jobs-damaged-todo"))
}

fn gone() -> Failure {
    failure("gone", tr!("desk-gone"), tr!("desk-gone-todo"))
}

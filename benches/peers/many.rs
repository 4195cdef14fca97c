//! Many small messages, and the start of the program.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::common::mail;
use crate::common::pki::ALICE;
use crate::large::line;
use crate::measure::{Cost, Make, in_turns};
use crate::tools::Tools;

/// Messages, and bytes of each.
const COUNT: usize = 1000;
pub const BYTES: usize = 10_000;

/// Messages that the shell loop handles; its costs are shown for as many as ours.
const LOOPED: usize = 50;

/// Names that are short enough for a hundred thousand of them to fit into one command.
pub fn names(count: usize, end: &str) -> Vec<String> {
    (0..count).map(|number| format!("{number:x}{end}")).collect()
}

/// Writes that many messages into a new folder.
pub fn write(folder: &Path, count: usize) {
    fs::create_dir(folder).unwrap();
    let letter = mail::long_message("letter", BYTES);
    names(count, "").iter().for_each(|name| fs::write(folder.join(name), &letter).unwrap());
}

/// A command of ours over many files of a folder, with its results in another one.
pub fn ours(tools: &Tools, words: &str, folder: &Path, files: &[String], into: Option<&Path>) -> Command {
    let mut command = tools.ours(words);
    command.current_dir(folder).args(files);
    if let Some(into) = into {
        if into.exists() {
            tools.set_aside(into);
        }
        fs::create_dir(into).unwrap();
        command.arg("--out-dir").arg(into);
    }
    command
}

/// Two tables: many messages, and the start.
pub fn tables(tools: &Tools) -> String {
    let (letters, signed, sealed, out) =
        (tools.file("letters"), tools.file("signed"), tools.file("sealed"), tools.file("results"));
    write(&letters, COUNT);
    let entities = tools.file("entities");
    fs::create_dir(&entities).unwrap();
    let text = fs::read(letters.join("0")).unwrap();
    let at = text.windows(13).position(|window| window == b"Content-Type:").unwrap();
    names(LOOPED, "").iter().for_each(|name| fs::write(entities.join(name), &text[at..]).unwrap());

    let bob = tools.pki.certificate("bob");
    let sign = format!("sign --as {ALICE}");
    let seal = format!("encrypt --to {}", bob.display());
    let quiet = |mut command: Command| {
        let done = command.stdout(Stdio::null()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    quiet(ours(tools, &sign, &letters, &names(COUNT, ""), Some(&signed)));
    quiet(ours(tools, &seal, &letters, &names(COUNT, ""), Some(&sealed)));

    let pki = tools.pki.folder().display().to_string();
    let shell = |words: String, folder: PathBuf, files: Vec<String>| -> Make<'_> {
        let out = tools.out.clone();
        Box::new(move || {
            let script = format!("for f; do openssl {words} -in \"$f\" -out '{}' || exit; done", out.display());
            let mut command = Command::new("sh");
            command.stdin(Stdio::null()).current_dir(&folder).args(["-c", &script, "sh"]).args(&files);
            command
        })
    };
    let (plain, clear, closed) = (names(COUNT, ""), names(COUNT, ".signed.eml"), names(COUNT, ".encrypted.eml"));
    let rows: Vec<(&str, f64, Make<'_>, Make<'_>)> = vec![
        (
            "sign",
            0.5,
            Box::new(|| ours(tools, &sign, &letters, &plain, Some(&out))),
            shell(
                format!(
                    "cms -sign -signer {pki}/alice.pem -inkey {pki}/alice.key -certfile {pki}/issuer.pem -md sha256"
                ),
                entities.clone(),
                names(LOOPED, ""),
            ),
        ),
        (
            "verify",
            0.5,
            Box::new(|| ours(tools, "verify", &signed, &clear, None)),
            shell(format!("cms -verify -CAfile {pki}/root.pem"), signed.clone(), clear[..LOOPED].to_vec()),
        ),
        (
            "encrypt",
            0.3,
            Box::new(|| ours(tools, &seal, &letters, &plain, Some(&out))),
            shell(format!("cms -encrypt -aes-256-cbc -recip {pki}/bob.pem"), entities.clone(), names(LOOPED, "")),
        ),
        (
            "decrypt",
            0.5,
            Box::new(|| ours(tools, "decrypt", &sealed, &closed, Some(&out))),
            shell(
                format!("cms -decrypt -recip {pki}/bob.pem -inkey {pki}/bob.key"),
                sealed.clone(),
                closed[..LOOPED].to_vec(),
            ),
        ),
    ];
    let mut table = format!(
        "## {COUNT} messages of {} KB, RSA-2048\n\nThe peer is a shell loop over openssl, measured with {LOOPED} messages and \
         shown for {COUNT}.\n\n\
         | what | waxwing-cli | memory | peer | its time | its memory | time ratio | CPU ratio | aim |\n\
         |---|---|---|---|---|---|---|---|---|\n",
        BYTES / 1000
    );
    for (what, aim, ours, peer) in rows {
        let mut costs = in_turns(&[ours, peer]).into_iter().map(|cost| cost.unwrap_or_else(|error| panic!("{error}")));
        let (mine, theirs) = (costs.next().unwrap(), costs.next().unwrap());
        let factor = COUNT as f64 / LOOPED as f64;
        let theirs = Cost { time: theirs.time * factor, cpu: theirs.cpu * factor, ..theirs };
        let line = line(what, mine, "loop", theirs, None);
        let kept = if mine.time <= aim { "kept" } else { "missed" };
        let line = format!("{} ≤ {aim} s: {kept} |", line.trim_end_matches('|').trim_end());
        eprintln!("{line}");
        writeln!(table, "{line}").unwrap();
    }
    [&letters, &signed, &sealed, &out, &entities].into_iter().for_each(|folder| tools.set_aside(folder));
    table + &start(tools)
}

/// A time in seconds beside what is aimed at.
pub fn said(what: &str, time: f64, aim: f64) -> String {
    let kept = if time <= aim { "kept" } else { "missed" };
    format!("{what}: {:.1} ms (aim: ≤ {:.0} ms, {kept}).\n", time * 1000.0, aim * 1000.0)
}

/// How long it takes to say which version it is.
fn start(tools: &Tools) -> String {
    let best = (0..4)
        .filter_map(|_| in_turns(&[Box::new(|| tools.ours("--version"))]).remove(0).ok())
        .min_by(|one, other| one.time.total_cmp(&other.time))
        .unwrap();
    let version = said("`waxwing-cli --version`", best.time, 0.01);
    format!("\n## Start\n\n{version}")
}

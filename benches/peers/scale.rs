//! How time and memory grow with the size of a message and with their number.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::pki::ALICE;
use crate::measure::{Cost, bounded, once};
use crate::plot::{Chart, bytes, draw, number};
use crate::tools::Tools;
use crate::{letters, many};

/// What is measured, in the order of the lines.
const JOBS: [&str; 4] = ["sign", "verify", "encrypt", "decrypt"];

/// Lines of one picture: points of size or number and cost, by job.
pub type Lines = Vec<(&'static str, Vec<(f64, Cost)>)>;

/// Measures, draws, and says what the pictures show. `largest` is in megabytes.
pub fn plots(tools: &Tools, largest: u64, most: u64) -> String {
    let mut sizes: Vec<u64> =
        (3..).map(|power| 10u64.pow(power)).take_while(|size| *size < largest * 1_000_000).collect();
    sizes.push(largest * 1_000_000);
    let by_size = lines(&sizes, |size| one_of_size(tools, size));
    let mut counts: Vec<u64> = (0..).map(|power| 10u64.pow(power)).take_while(|count| *count < most).collect();
    counts.push(most);
    let by_count = lines(&counts, |count| so_many(tools, count as usize));
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    draw(&docs.join("performance-size.svg"), &Chart { what: "size of the message", label: bytes, lines: &by_size });
    draw(&docs.join("performance-number.svg"), &Chart { what: "messages of 10 KB", label: number, lines: &by_count });
    format!(
        "## Growth\n\n![Time and memory by the size of the message](performance-size.svg)\n\n{}\n\
         ![Time and memory by the number of messages](performance-number.svg)\n\n{}",
        table("size", bytes, &by_size),
        table("messages", number, &by_count)
    )
}

fn lines(points: &[u64], measure: impl Fn(u64) -> [Cost; 4]) -> Lines {
    let mut lines: Lines = JOBS.iter().map(|job| (*job, Vec::new())).collect();
    for point in points {
        for ((name, line), cost) in lines.iter_mut().zip(measure(*point)) {
            eprintln!("{name} {point}: {:.3} s, {:.1} MiB", cost.time, cost.memory);
            line.push((*point as f64, bounded(&format!("{name} {point}"), cost)));
        }
    }
    lines
}

fn table(what: &str, label: fn(f64) -> String, lines: &Lines) -> String {
    let mut table = format!("| {what} | {} |\n|---|{}\n", JOBS.join(" | "), "---|".repeat(JOBS.len()));
    for index in 0..lines[0].1.len() {
        let cells: Vec<String> = lines
            .iter()
            .map(|(_, line)| format!("{:.3} s, {:.0} MiB", line[index].1.time, line[index].1.memory))
            .collect();
        table += &format!("| {} | {} |\n", label(lines[0].1[index].0), cells.join(" | "));
    }
    table
}

/// The best of a few runs, fewer where one takes long.
fn best(make: impl Fn() -> Command) -> Cost {
    let mut best: Option<Cost> = None;
    for _ in 0..5 {
        let cost = once(make()).unwrap_or_else(|error| panic!("{error}"));
        best = Some(best.filter(|before| before.time <= cost.time).unwrap_or(cost));
        if cost.time > 0.5 {
            break;
        }
    }
    best.unwrap()
}

fn words(tools: &Tools) -> (String, String) {
    (format!("sign --as {ALICE}"), format!("encrypt --to {}", tools.pki.certificate("bob").display()))
}

/// No more than two and a half times the message lies on the disk at any time.
fn one_of_size(tools: &Tools, size: u64) -> [Cost; 4] {
    let (letter, made) = (tools.file("letter.eml"), tools.file("made.eml"));
    let (sign, seal) = words(tools);
    letters::write(&letter, size);
    let keep = |to: &PathBuf| fs::rename(&tools.out, to).unwrap();
    let signing = best(|| tools.ours_to_out(&sign, &letter));
    keep(&made);
    let verifying = best(|| {
        let mut command = tools.ours("verify");
        command.arg(&made);
        command
    });
    fs::remove_file(&made).unwrap();
    let sealing = best(|| tools.ours_to_out(&seal, &letter));
    keep(&made);
    fs::remove_file(&letter).unwrap();
    let opening = best(|| tools.ours_to_out("decrypt", &made));
    fs::remove_file(&made).unwrap();
    fs::remove_file(&tools.out).unwrap();
    [signing, verifying, sealing, opening]
}

fn so_many(tools: &Tools, count: usize) -> [Cost; 4] {
    let (letters, made, out) = (tools.file("letters"), tools.file("made"), tools.file("results"));
    let (sign, seal) = words(tools);
    many::write(&letters, count);
    let plain = many::names(count, "");
    let keep = || {
        if made.exists() {
            tools.set_aside(&made);
        }
        fs::rename(&out, &made).unwrap();
    };
    let short = |end: &str| shorten(&made, count, end);
    let signing = best(|| many::ours(tools, &sign, &letters, &plain, Some(&out)));
    keep();
    short(".signed.eml");
    let verifying = best(|| many::ours(tools, "verify", &made, &plain, None));
    let sealing = best(|| many::ours(tools, &seal, &letters, &plain, Some(&out)));
    keep();
    short(".encrypted.eml");
    let opening = best(|| many::ours(tools, "decrypt", &made, &plain, Some(&out)));
    [&letters, &made, &out].into_iter().for_each(|folder| tools.set_aside(folder));
    [signing, verifying, sealing, opening]
}

/// Gives results short names, so that all of them fit into one command.
fn shorten(folder: &Path, count: usize, end: &str) {
    for (long, name) in many::names(count, end).iter().zip(many::names(count, "")) {
        fs::rename(folder.join(long), folder.join(name)).unwrap();
    }
}

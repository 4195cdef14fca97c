//! Messages larger than what a program may keep: every command works on them in the memory of a small one.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use common::cli::Cli;
use common::openssl::OpenSsl;
use common::pki::{ALICE, Pki};
use common::{folder, mail};

/// Bytes of the large message.
const LARGE: u64 = 256 << 20;

/// Bytes of the message that is read through a cipher, or encrypted in GCM, when the program was built without optimisation:
/// these loops are generic, so that they are compiled with it, and are a hundred times as slow then. `cargo test --release` has
/// all of them do the large one.
const SLOW: u64 = if cfg!(debug_assertions) { 16 << 20 } else { LARGE };

/// The most memory that any job may take, whatever the size of the message, in KiB.
const MOST: u64 = 64 << 10;

/// What a large message may cost above a small one, in KiB: pieces on their way from one core to the other.
const ROOM: u64 = 16 << 10;

/// The most memory that a run used, in KiB.
fn peak(cli: Cli) -> u64 {
    let start = Instant::now();
    let mut child = cli.spawn();
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = 0;
    let code = loop {
        // The line is gone between the last instruction and the wait: the mark before it counts.
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak =
            line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).map_or(peak, |it: u64| it.max(peak));
        if let Some(code) = child.try_wait().unwrap() {
            break code;
        }
        thread::sleep(Duration::from_millis(3));
    };
    assert!(code.success() || code.code() == Some(1), "{code}");
    println!("{peak} KiB, {:?}", start.elapsed());
    peak
}

/// A message of about so many bytes: a text and, where there is room, an attachment.
fn write(path: &Path, bytes: u64) {
    let mut out = BufWriter::new(fs::File::create(path).unwrap());
    let line = format!("{}\r\n", "QUJD".repeat(19)).repeat(1000);
    let entity = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n--b\r\n\
        Content-Type: application/octet-stream; name=a.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    out.write_all(&mail::message("m", entity)).unwrap();
    for _ in 0..bytes / line.len() as u64 {
        out.write_all(line.as_bytes()).unwrap();
    }
    out.write_all(b"QQ==\r\n--b--\r\n").unwrap();
    out.flush().unwrap();
}

/// Signing, verifying, encrypting and decrypting: clear and opaque, CBC and GCM.
#[test]
fn memory_does_not_grow_with_the_message() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let bob = Pki::get().certificate("bob");
    let sign = format!("sign --as {ALICE}");
    let opaque = format!("{sign} --opaque");
    let seal = format!("encrypt --sign --to {}", bob.display());
    let modern = format!("encrypt --profile modern --to {}", bob.display());
    // Words, whose keys, the message that is read, the end of the name of what is written, and the size.
    let steps: [(&str, &str, &str, &str, u64); 9] = [
        (&sign, "alice", "m.eml", "m.signed.eml", LARGE),
        ("verify", "bob", "m.signed.eml", "", LARGE),
        (&opaque, "alice", "m.eml", "m.signed-2.eml", LARGE),
        ("verify", "bob", "m.signed-2.eml", "", LARGE),
        (&seal, "alice", "m.eml", "m.encrypted-0.eml", LARGE),
        (&seal, "alice", "m.eml", "m.encrypted.eml", SLOW),
        ("decrypt", "bob", "m.encrypted.eml", "m.encrypted.decrypted.eml", SLOW),
        (&modern, "alice", "m.eml", "m.encrypted-2.eml", SLOW),
        ("decrypt", "bob", "m.encrypted-2.eml", "m.encrypted-2.decrypted.eml", SLOW),
    ];
    let folder = folder.path();
    let run = |(words, person, from, to, _): &(&str, &str, &str, &str, u64), size: u64| {
        if *from == "m.eml" {
            write(&folder.join(from), size);
        }
        let mut cli = Cli::as_people(words, &[person]).arg(folder.join(from));
        if !to.is_empty() {
            cli = cli.arg("-o").arg(folder.join(to));
        }
        print!("{size}: {words}: ");
        let peak = peak(cli);
        // The disk has other things to hold.
        fs::remove_file(folder.join(from)).unwrap();
        peak
    };
    let small: Vec<u64> = steps.iter().map(|step| run(step, 1000)).collect();
    fs::remove_file(folder.join("m.encrypted-2.decrypted.eml")).unwrap();
    fs::remove_file(folder.join("m.encrypted.decrypted.eml")).unwrap();
    fs::remove_file(folder.join("m.encrypted-0.eml")).unwrap();
    for (step, small) in steps.iter().zip(small) {
        let large = run(step, step.4);
        let what = format!("{}: {small} KiB, and {large} KiB for {} MiB", step.0, step.4 >> 20);
        assert!(large < small + ROOM && large < MOST, "{what}");
    }
    let last = fs::metadata(folder.join("m.encrypted-2.decrypted.eml")).unwrap().len();
    assert!(last >= SLOW / 100_000 * 100_000, "the last step wrote the message");
}

//! Time and memory of `waxwing-cli` beside openssl and gpgsm, on one message, in one run: `make bench`.
//!
//! The table gives the medians of a few runs and the ratio to the peer; below 1 means faster, or less memory. The size in
//! megabytes is the first argument: `make bench SIZE=500`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a benchmark")]

#[path = "../tests/common/mod.rs"]
mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use common::pki::{ALICE, PASSWORD, Pki};
use common::{folder, gpgsm, mail};

/// Runs of each command; the median counts.
const RUNS: usize = 3;

/// Seconds, and the most memory in MiB.
#[derive(Clone, Copy)]
struct Cost {
    time: f64,
    memory: f64,
}

fn once(mut command: Command) -> Cost {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut memory = 0.0f64;
    let code = loop {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        memory =
            line.and_then(|it| it.trim().trim_end_matches(" kB").parse().ok()).map_or(memory, |it: f64| it.max(memory));
        if let Some(code) = child.try_wait().unwrap() {
            break code;
        }
        thread::sleep(Duration::from_millis(1));
    };
    let time = start.elapsed().as_secs_f64();
    if !code.success() {
        let output = child.wait_with_output().unwrap();
        panic!("{command:?}: {code}\n{}", String::from_utf8_lossy(&output.stderr));
    }
    Cost { time, memory: memory / 1024.0 }
}

fn median(make: &dyn Fn() -> Command, out: &Path) -> Cost {
    let mut costs: Vec<Cost> = (0..RUNS)
        .map(|_| {
            _ = fs::remove_file(out);
            once(make())
        })
        .collect();
    costs.sort_by(|one, other| one.time.total_cmp(&other.time));
    costs[RUNS / 2]
}

/// Makes a run of a program.
type Make<'a> = Box<dyn Fn() -> Command + 'a>;

/// One thing to do, by Waxwing and by its peers.
struct Row<'a> {
    name: &'a str,
    ours: Make<'a>,
    peers: Vec<(&'a str, Make<'a>)>,
}

fn main() {
    let size: usize = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(100);
    let folder = folder();
    let home = folder.path();
    let pki = Pki::get();
    let (letter, entity, out) = (home.join("letter.eml"), home.join("entity"), home.join("out"));
    fs::write(&letter, mail::long_message("letter", size * 1_000_000)).unwrap();
    let text = fs::read(&letter).unwrap();
    let at = text.windows(13).position(|window| window == b"Content-Type:").unwrap();
    fs::write(&entity, &text[at..]).unwrap();
    drop(text);

    let ours = |words: &str, file: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_waxwing-cli"));
        command.args(words.split(' ')).args(["--offline", "--no-builtin-roots", "--trust"]).arg(pki.root()).arg(file);
        for person in ["alice", "bob"] {
            command.arg("--p12").arg(pki.p12(person));
        }
        command.stdin(Stdio::null()).env("WAXWING_PASSWORD", PASSWORD).env("HOME", home).env("XDG_DATA_HOME", home);
        command
    };
    let write = |words: &str, file: &Path| {
        let mut command = ours(words, file);
        command.arg("-o").arg(&out);
        command
    };
    let openssl = |words: &str, input: &Path| {
        let mut command = Command::new("openssl");
        command
            .stdin(Stdio::null())
            .current_dir(pki.folder())
            .args(words.split_whitespace())
            .arg("-in")
            .arg(input)
            .arg("-out")
            .arg(&out);
        command
    };
    let keep = |name: &str, mut command: Command| {
        let file = home.join(name);
        assert!(command.stderr(Stdio::null()).status().unwrap().success(), "{command:?}");
        fs::rename(&out, &file).unwrap();
        file
    };

    let sign = format!("sign --as {ALICE}");
    let bob = pki.certificate("bob");
    let seal = format!("encrypt --to {}", bob.display());
    let modern = format!("{seal} --profile modern");
    let clear = keep("clear.eml", write(&sign, &letter));
    let opaque = keep("opaque.eml", write(&format!("{sign} --opaque"), &letter));
    let cbc = keep("cbc.eml", write(&seal, &letter));
    let gcm = keep("gcm.eml", write(&modern, &letter));

    let gpg = gpgsm::Gpgsm::start();
    let gpgsm = |words: &[&str], input: &Path| {
        let mut command = gpg.as_ref().unwrap().command(&["--passphrase-fd", "0", "--output"]);
        command.stdin(fs::File::open(pki.file("password")).unwrap());
        command.arg(&out).args(words).arg(input);
        command
    };
    let signer = "cms -sign -signer alice.pem -inkey alice.key -certfile issuer.pem -md sha256";
    let (binary, sealed) = (home.join("cms"), home.join("sealed"));
    let mut rows = vec![
        Row {
            name: "sign clear",
            ours: Box::new(|| write(&sign, &letter)),
            peers: vec![("openssl", Box::new(|| openssl(signer, &entity)))],
        },
        Row {
            name: "sign opaque",
            ours: Box::new(|| write(&format!("{sign} --opaque"), &letter)),
            peers: vec![("openssl", Box::new(|| openssl(&format!("{signer} -nodetach -stream"), &entity)))],
        },
        Row {
            name: "verify clear",
            ours: Box::new(|| ours("verify", &clear)),
            peers: vec![("openssl", Box::new(|| openssl("cms -verify -CAfile root.pem", &clear)))],
        },
        Row {
            name: "verify opaque",
            ours: Box::new(|| ours("verify", &opaque)),
            peers: vec![("openssl", Box::new(|| openssl("cms -verify -CAfile root.pem", &opaque)))],
        },
        Row {
            name: "encrypt AES-256-CBC",
            ours: Box::new(|| write(&seal, &letter)),
            peers: vec![("openssl", Box::new(|| openssl("cms -encrypt -stream -aes-256-cbc -recip bob.pem", &entity)))],
        },
        Row {
            name: "encrypt AES-256-GCM",
            ours: Box::new(|| write(&modern, &letter)),
            peers: vec![("openssl", Box::new(|| openssl("cms -encrypt -stream -aes-256-gcm -recip bob.pem", &entity)))],
        },
        Row {
            name: "decrypt AES-256-CBC",
            ours: Box::new(|| write("decrypt", &cbc)),
            peers: vec![("openssl", Box::new(|| openssl("cms -decrypt -recip bob.pem -inkey bob.key", &cbc)))],
        },
        Row {
            name: "decrypt AES-256-GCM",
            ours: Box::new(|| write("decrypt", &gcm)),
            peers: vec![("openssl", Box::new(|| openssl("cms -decrypt -recip bob.pem -inkey bob.key", &gcm)))],
        },
    ];
    if gpg.is_some() {
        fs::write(&binary, mail::cms_of(&fs::read(&opaque).unwrap())).unwrap();
        fs::write(&sealed, mail::cms_of(&fs::read(&cbc).unwrap())).unwrap();
        rows[3].peers.push(("gpgsm", Box::new(|| gpgsm(&["--verify"], &binary))));
        rows[6].peers.push(("gpgsm", Box::new(|| gpgsm(&["--decrypt"], &sealed))));
    }

    println!("{size} MB, median of {RUNS} runs; ratio: ours / theirs\n");
    println!("| what | waxwing | peer | peer's | time ratio | memory ratio |\n|---|---|---|---|---|---|");
    for row in rows {
        let mine = median(&*row.ours, &out);
        for (name, peer) in row.peers {
            let theirs = median(&*peer, &out);
            println!(
                "| {} | {:.2} s, {:.0} MiB | {name} | {:.2} s, {:.0} MiB | {:.2} | {:.2} |",
                row.name,
                mine.time,
                mine.memory,
                theirs.time,
                theirs.memory,
                mine.time / theirs.time,
                mine.memory / theirs.memory
            );
        }
    }
}

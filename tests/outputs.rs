//! What `waxwing-cli` writes: complete or absent, for the owner alone, and never over a file that is there.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use common::cli::{Cli, file};
use common::mail;
use common::openssl::OpenSsl;
use common::pki::{ALICE, BOB, PASSWORD, Pki};
use common::{cases, folder};

/// Names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn letter(folder: &Path) -> std::path::PathBuf {
    file(folder, "letter.eml", &mail::message("letter", mail::PARTS))
}

/// The new file stands beside its source under the name that the manual tells, a second one gets a number, and others may
/// not read it.
#[test]
fn names_and_modes() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let path = letter(folder.path());
    let sealed = file(folder.path(), "sealed.eml", &cases::make("gcm"));
    let to = Pki::get().certificate("bob");
    for _ in 0..3 {
        Cli::as_people(&format!("sign --as {ALICE}"), &["alice"]).arg(&path).ok();
        Cli::as_people("encrypt", &["alice"]).arg(&path).arg("--to").arg(&to).ok();
        Cli::as_people("decrypt", &["bob"]).arg(&sealed).ok();
    }
    let found = names(folder.path());
    for first in ["letter.signed.eml", "letter.encrypted.eml", "sealed.decrypted.eml"] {
        assert!(found.contains(&first.to_owned()), "{found:?}");
        let stem = first.trim_end_matches(".eml");
        assert_eq!(found.iter().filter(|name| name.starts_with(stem)).count(), 3, "{found:?}");
    }
    assert_eq!(found.len(), 11, "{found:?}");
    for name in found.iter().filter(|name| !matches!(name.as_str(), "letter.eml" | "sealed.eml")) {
        let mode = fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name} has mode {mode:o}");
    }
}

/// `-o` names a file that must not be there yet; what is there stays as it was.
#[test]
fn nothing_is_overwritten() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let path = letter(folder.path());
    let source = fs::read(&path).unwrap();
    let there = file(folder.path(), "there.eml", b"mine");
    let dangling = folder.path().join("dangling.eml");
    std::os::unix::fs::symlink(folder.path().join("nowhere"), &dangling).unwrap();
    for target in [&there, &dangling] {
        let cli = Cli::as_people(&format!("sign --as {ALICE}"), &["alice"]).arg(&path).arg("-o").arg(target);
        let (status, report) = cli.status_and_report();
        println!("{status:?} {}", report.0);
        let written = report.0["output"].as_str().map(str::to_owned);
        assert_ne!(written.as_deref(), target.to_str());
    }
    assert_eq!(fs::read(&there).unwrap(), b"mine");
    assert!(!folder.path().join("nowhere").exists(), "a link is not followed");
    assert!(fs::symlink_metadata(&dangling).unwrap().is_symlink());
    // The source itself is no target either.
    Cli::as_people(&format!("sign --as {ALICE}"), &["alice"]).arg(&path).arg("-o").arg(&path).run();
    assert_eq!(fs::read(&path).unwrap(), source);
}

/// Everything that fails leaves the folder as it was, and says so with its status.
#[test]
fn failures_leave_nothing() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let path = letter(folder.path());
    let gcm = {
        let mut cms = mail::cms_of(&mail::canonical(&cases::make("gcm")));
        let last = cms.len() - 1;
        cms[last] ^= 1;
        file(folder.path(), "gcm.eml", &mail::opaque("authEnveloped-data", &cms))
    };
    let cut = file(folder.path(), "cut.eml", &cases::make("cut-short"));
    let other = file(folder.path(), "other.eml", &cases::make("cbc"));
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let before = names(folder.path());
    let missing = folder.path().join("missing.eml");
    let stranger = format!("encrypt --to {BOB}");
    let rows: Vec<(&str, &[&str], &Path, i32)> = vec![
        ("decrypt", &["bob"], &gcm, 1),
        ("decrypt", &["bob"], &cut, 1),
        ("decrypt", &["alice"], &other, 1),
        ("decrypt", &["bob"], &path, 1),
        ("sign --as nobody@example.org", &["alice"], &path, 1),
        (&stranger, &[], &path, 1),
        ("encrypt", &["alice"], &path, 1),
        ("verify", &[], &missing, 3),
        ("decrypt", &["bob"], &missing, 3),
        ("decrypt", &["bob"], &empty, 3),
        ("decrypt --no-such-option", &[], &path, 2),
        ("verify --at yesterday", &[], &path, 2),
    ];
    let mut wrong = Vec::new();
    for (words, people, path, expected) in rows {
        let output = Cli::as_people(words, people).arg(path).run();
        let errors = String::from_utf8_lossy(&output.stderr);
        if output.status.code() != Some(expected) {
            wrong.push(format!("{words} {}: {}, expected {expected}\n{errors}", path.display(), output.status));
        }
        if errors.trim().is_empty() && String::from_utf8_lossy(&output.stdout).trim().is_empty() {
            wrong.push(format!("{words} {}: not a word", path.display()));
        }
        if names(folder.path()) != before {
            wrong.push(format!("{words} {}: left {:?}", path.display(), names(folder.path())));
        }
    }
    let named = Cli::as_people("encrypt", &["alice"]).arg(&path).run();
    let said = String::from_utf8_lossy(&named.stderr).into_owned() + &String::from_utf8_lossy(&named.stdout);
    if !said.contains(BOB) {
        wrong.push(format!("the person whose certificate is missing is not named: {said}"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One message that fails does not keep the others from being done; the status tells.
#[test]
fn the_others_go_on() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let to = folder.path().join("to");
    fs::create_dir(&to).unwrap();
    let first = file(folder.path(), "first.eml", &cases::make("cut-short"));
    let second = file(folder.path(), "second.eml", &cases::make("gcm"));
    let missing = folder.path().join("missing.eml");
    let cli = Cli::as_people("decrypt", &["bob"]).arg("--out-dir").arg(&to).arg(&first).arg(&missing).arg(&second);
    let (status, reports) = cli.status_and_reports();
    assert_eq!(status, Some(3));
    let files: Vec<_> = reports.iter().map(common::cli::Report::file).collect();
    assert_eq!(files, ["first.eml", "missing.eml", "second.eml"], "in the order of the files");
    assert_eq!(names(&to), ["second.decrypted.eml"]);
    assert_eq!(reports[0].0["output"], serde_json::Value::Null);
    assert_ne!(reports[1].0["error"], serde_json::Value::Null);
}

/// Standard input is a message like any other, and the result goes where it is told to.
#[test]
fn standard_input() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let out = folder.path().join("out.eml");
    let pki = Pki::get();
    let run = |words: &str, input: &[u8]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_waxwing-cli"));
        command.args(words.split(' ')).arg("--no-builtin-roots").arg("--trust").arg(pki.root());
        for person in ["alice", "bob"] {
            command.arg("--p12").arg(pki.p12(person));
        }
        command.env("WAXWING_PASSWORD", PASSWORD).env("HOME", folder.path()).env("XDG_DATA_HOME", folder.path());
        common::run(&mut command, input)
    };
    run(&format!("sign - --offline --as {ALICE} -o {}", out.display()), &mail::message("in", mail::TEXT)).unwrap();
    let report = String::from_utf8(run("verify - --offline --json", &fs::read(&out).unwrap()).unwrap()).unwrap();
    assert!(report.contains("\"signature\":\"verified\"") && report.contains("\"file\":\"-\""), "{report}");
    // A pipe larger than what is kept in memory.
    let large = mail::long_message("large", 6 << 20);
    run("verify - --offline", &large).expect_err("it is not signed");
}

/// Runs in a name space of its own where a small file system lies over a folder.
fn mounted(options: &str, target: &Path) -> Option<Vec<String>> {
    let script = format!(
        "mount -t tmpfs -o {options} tmpfs '{0}' || exit 97; [ \"$1\" != ro ] || mount -o remount,ro '{0}'; shift; \
         \"$@\"; code=$?; ls -A '{0}' >&2; exit $code",
        target.display()
    );
    let words = ["unshare", "-rm", "sh", "-c", &script, "sh"].map(str::to_owned).to_vec();
    let probe = Command::new("unshare").args(&words[1..]).args(["rw", "true"]).stderr(Stdio::null()).status();
    if probe.is_ok_and(|status| status.success()) {
        return Some(words);
    }
    println!("skipped: no file system can be mounted here (unshare -rm)");
    None
}

/// A disk that is full or cannot be written: status 3, words, and nothing left.
#[test]
fn disks_that_refuse() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let path = file(folder.path(), "large.eml", &mail::long_message("large", 2 << 20));
    let to = Pki::get().certificate("bob");
    Cli::as_people("encrypt", &["alice"]).arg(&path).arg("--to").arg(&to).ok();
    let sealed = folder.path().join("large.encrypted.eml");
    let Some(words) = mounted("size=256k", &disk) else { return };
    for state in ["rw", "ro"] {
        for (command, people, path) in [
            ("decrypt", "bob", &sealed),
            (&format!("sign --as {ALICE}"), "alice", &path),
            (&format!("encrypt --to {}", to.display()), "alice", &path),
        ] {
            let mut outer: Vec<&str> = words.iter().map(String::as_str).collect();
            outer.push(state);
            let cli = Cli::as_people(command, &[people]).arg(path).arg("--out-dir").arg(&disk);
            let output = cli.within(&outer).run();
            let errors = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(3), "{state} {command}: {errors}");
            // What `ls` says comes last: there must be no name of ours.
            assert!(!errors.lines().last().unwrap_or_default().starts_with("large."), "{state} {command}: {errors}");
            assert!(!errors.lines().last().unwrap_or_default().starts_with('.'), "{state} {command}: {errors}");
        }
    }
}

/// A disk that is full under the private keys is said as such, with the folder, and is a file that cannot be written.
#[test]
fn a_full_disk_under_the_keys() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let (wallet, keys) = (folder.path().join("wallet"), folder.path().join("wallet/keys"));
    fs::create_dir_all(&keys).unwrap();
    let Some(mut words) = mounted("size=4k", &keys) else { return };
    words.push("rw".to_owned());
    let outer: Vec<&str> = words.iter().map(String::as_str).chain(["sh", "-c", FILL, "sh"]).collect();
    let cli = Cli::new("wallet import --vault file --wallet").arg(&wallet).arg(Pki::get().p12("alice"));
    let output = cli.env("WAXWING_PASSPHRASE", "a long passphrase").env("FULL", &keys).within(&outer).run();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{errors}");
    assert!(errors.contains("no room left") && errors.contains("Make room"), "{errors}");
}

/// Fills a disk before the rest of the words.
const FILL: &str = "head -c 100000 /dev/zero > \"$FULL/fill\" 2>/dev/null; exec \"$@\"";

/// Whoever stands in Bcc gets a copy of their own, and nothing of any copy tells the others about them.
#[test]
fn blind_copies_stay_blind() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let letter = String::from_utf8(mail::message("blind", mail::TEXT)).unwrap();
    let letter = letter.replacen("To: Bob <", &format!("To: {ALICE}\r\nBcc: <"), 1);
    let path = file(folder.path(), "blind.eml", letter.as_bytes());
    let cli = Cli::as_people("encrypt", &["alice"]).arg("--cert").arg(Pki::get().certificate("bob"));
    cli.arg(&path).ok();
    for (name, reader, other) in
        [("blind.encrypted.eml", "alice", "bob"), ("blind.encrypted.bcc-1.eml", "bob", "alice")]
    {
        let sealed = folder.path().join(name);
        let text = String::from_utf8(fs::read(&sealed).unwrap()).unwrap();
        assert!(!text.to_lowercase().contains("bcc:") && !text.contains(BOB), "{name}: {text}");
        let report = Cli::as_people("decrypt", &[reader]).arg(&sealed).report();
        let opened = fs::read_to_string(report.text("/output")).unwrap_or_else(|_| panic!("{name}: {}", report.0));
        assert!(opened.contains("noon") && !opened.contains(BOB), "{name}: {opened}");
        let report = Cli::as_people("verify", &[other]).arg(&sealed).report();
        assert_eq!(
            (report.privacy(), report.layers()[0]["recipients"].as_array().unwrap().len()),
            ("locked", 1),
            "{name}"
        );
    }
}

/// Whether a program is writing into a folder, be it a file that has no name yet.
fn writes_into(process: u32, folder: &Path) -> bool {
    let open = fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().flatten();
    let mut files = open.filter_map(|entry| fs::read_link(entry.path()).ok());
    files.any(|file| file.starts_with(folder)) || !names(folder).is_empty()
}

/// A program that is killed in the middle leaves no file with the final name, and on Linux none at all: what it decrypted is gone
/// with it.
#[test]
fn killed_half_way() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let path = file(folder.path(), "large.eml", &mail::long_message("large", 24 << 20));
    let to = Pki::get().certificate("bob");
    let encrypt = format!("encrypt --to {}", to.display());
    Cli::as_people(&encrypt, &["alice"]).arg(&path).ok();
    let sealed = folder.path().join("large.encrypted.eml");
    let mut caught = 0;
    for (command, person, path) in [
        (format!("sign --as {ALICE}"), "alice", &path),
        (encrypt, "alice", &path),
        ("decrypt".to_owned(), "bob", &sealed),
    ] {
        let out = folder.path().join("out");
        fs::create_dir(&out).unwrap();
        let out = out.canonicalize().unwrap();
        let mut child = Cli::as_people(&command, &[person]).arg(path).arg("--out-dir").arg(&out).spawn();
        let end = Instant::now() + Duration::from_secs(30);
        while !writes_into(child.id(), &out) && child.try_wait().unwrap().is_none() && Instant::now() < end {
            thread::sleep(Duration::from_millis(1));
        }
        let running = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        child.wait().unwrap();
        if running {
            caught += 1;
            let final_name = |name: &String| cfg!(target_os = "linux") || name.starts_with("large.");
            let left: Vec<_> = names(&out).into_iter().filter(final_name).collect();
            assert!(left.is_empty(), "{command}: {left:?}");
        }
        fs::remove_dir_all(&out).unwrap();
    }
    assert!(caught > 0, "no run was slow enough to be killed");
}

/// A reader that goes away (`| head`) ends the program quietly.
#[test]
fn a_closed_pipe() {
    if OpenSsl::find().is_none() {
        return;
    }
    let folder = folder();
    let path = file(folder.path(), "clear.eml", &cases::make("clear"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_waxwing-cli"));
    command.args(["verify", "--offline", "--json"]).args([&path; 50]).env("HOME", folder.path());
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    std::io::stdout().flush().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!errors.contains("panicked"), "{errors}");
}

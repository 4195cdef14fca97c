//! `waxwing-cli wallet`: a whole life of entries.

use std::path::Path;

use serde_json::Value;

use super::{Run, fixtures, folder};

/// A wallet in a folder, its keys in files under a passphrase.
struct Wallet(tempfile::TempDir);

impl Wallet {
    fn at(dir: &Path) -> Run {
        let run = Run::new("--vault file --wallet").path(dir);
        run.env("WAXWING_PASSPHRASE", "a long passphrase").env("WAXWING_PASSWORD", "correct horse")
    }

    fn run(&self, words: &str) -> Run {
        Self::at(self.0.path()).words(words)
    }

    fn ok(&self, words: &str) -> String {
        let (status, out, err) = self.run(words).end();
        assert_eq!(status, 0, "{words}: {out}{err}");
        out
    }

    fn list(&self) -> Vec<Value> {
        self.run("wallet list").json().1
    }
}

fn fingerprint(entry: &Value) -> &str {
    entry["certificate"]["sha256"].as_str().unwrap()
}

/// What is imported is found, used, preferred, trusted, exported and removed; what is there already is no success.
#[test]
fn entries_come_and_go() {
    let wallet = Wallet(folder());
    let (status, imported) = wallet.run("wallet import anna.p12 ben.pem").json();
    assert_eq!(status, 0, "{imported:?}");
    let counts =
        |at: usize| ["identities", "contacts", "authorities"].map(|kind| imported[at][kind].as_array().unwrap().len());
    assert_eq!((counts(0), counts(1)), ([1, 0, 2], [0, 1, 0]));
    let (status, out, _) = wallet.run("wallet import anna.p12").end();
    assert_eq!(status, 1, "{out}");
    assert_eq!(wallet.run("wallet import ben.pem no.pem").end().0, 3);

    let list = wallet.list();
    let kinds: Vec<_> = list.iter().map(|entry| entry["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["identity", "contact", "authority", "authority"]);
    assert_eq!(list[0]["addresses"][0], "anna@example.org");
    let people = wallet.ok("wallet list");
    assert!(people.contains("Anna Kovács") && people.contains(&fingerprint(&list[1])[..16]), "{people}");

    wallet.ok("wallet default anna@example.org");
    assert_eq!(
        (&wallet.list()[0]["default_signing"], &wallet.list()[0]["default_encryption"]),
        (&true.into(), &true.into())
    );
    wallet.ok("wallet trust ben@example.net");
    let (status, reports) = wallet.run("verify opaque.eml --no-builtin-roots --offline").json();
    assert_eq!((status, reports[0]["signature"].as_str()), (0, Some("pinned")), "{reports:?}");
    wallet.ok("wallet trust ben@example.net --revoke");
    wallet.ok(&format!("wallet trust {} --distrust", &fingerprint(&list[1])[..12]));
    let (_, reports) = wallet.run("verify opaque.eml --no-builtin-roots --offline").json();
    assert_eq!(reports[0]["signature"], "rejected", "{reports:?}");
    wallet.ok("wallet trust ben@example.net --undistrust");

    wallet.ok("wallet check");
    wallet.ok("wallet remove anna@example.org");
    assert_eq!(wallet.list().len(), 3);
    assert_eq!(wallet.run("wallet remove anna@example.org").end().0, 1);
}

/// An identity that was exported is the same in another wallet; nothing is overwritten.
#[test]
fn exports_are_whole() {
    let (wallet, other, out) = (Wallet(folder()), Wallet(folder()), folder());
    let file = |name: &str| out.path().join(name);
    wallet.ok("wallet import anna.p12");
    let export = |words: &str, to: &Path| wallet.run(words).path(to).end();
    assert_eq!(export("wallet export anna@example.org --p12", &file("a.p12")).0, 0);
    assert_eq!(export("wallet export anna@example.org --cert", &file("a.pem")).0, 0);
    assert_eq!(export("wallet export anna@example.org --cert", &file("a.pem")).0, 3);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(file("a.p12")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let (status, pem, _) = wallet.run("wallet export anna@example.org --cert -").end();
    assert_eq!((status, pem), (0, std::fs::read_to_string(fixtures().join("anna.pem")).unwrap()));
    assert_eq!(other.run("wallet import").path(&file("a.p12")).end().0, 0);
    assert_eq!(fingerprint(&other.list()[0]), fingerprint(&wallet.list()[0]));
    let run = Run::new("--vault file --wallet").path(wallet.0.path()).env("WAXWING_PASSPHRASE", "a long passphrase");
    let (status, _, err) = run.words("wallet export anna@example.org --p12").path(&file("b.p12")).end();
    assert_eq!(status, 1);
    assert!(err.contains("WAXWING_PASSWORD"), "{err}");
}

/// A name that fits several entries, or none, changes nothing.
#[test]
fn ambiguous_names_are_said() {
    let wallet = Wallet(folder());
    wallet.ok("wallet new --name Robin --address robin@example.org");
    wallet.ok("wallet new --name Robin --address robin@example.org");
    let (status, _, err) = wallet.run("wallet remove robin@example.org").end();
    assert_eq!(status, 1);
    let list = wallet.list();
    assert!(list.iter().all(|entry| err.contains(&fingerprint(entry)[..16])), "{err}");
    for missing in ["nobody@example.org", "0000000000000000", "0", "x"] {
        assert_eq!(wallet.run(&format!("wallet remove {missing}")).end().0, 1, "{missing}");
    }
    let printed = fingerprint(&list[0]).to_uppercase();
    wallet.ok(&format!("wallet remove {}:{}", &printed[..8], &printed[8..16]));
    assert_eq!(wallet.list().len(), 1);
}

/// Who signed an encrypted message is found out with the keys of the wallet; while those are locked, that is said. An import leaves
/// no line in the history, of a message or of certificates.
#[test]
fn signers_come_out_of_messages() {
    let wallet = Wallet(folder());
    wallet.ok("wallet import ben.p12");
    let import = "--offline --no-builtin-roots --trust root.pem wallet import";
    let letter = format!("{import} signed-encrypted.eml");
    let (status, _, err) = Run::new("--vault file --wallet").path(wallet.0.path()).words(&letter).end();
    assert!(status == 1 && err.contains("locked") && err.contains("--passphrase-file"), "{status}: {err}");
    wallet.ok(&letter);
    let (status, _, err) = Run::new(&format!("{letter} --vault memory")).end();
    assert!(status == 1 && err.contains("Not for your keys"), "{status}: {err}");
    let contacts = || wallet.list().into_iter().filter(|entry| entry["kind"] == "contact").collect::<Vec<_>>();
    assert_eq!(contacts()[0]["addresses"][0], "anna@example.org");
    assert_eq!(wallet.run("history").json().1, Vec::<Value>::new());
}

/// Keys and certificates often come out of another program.
#[test]
#[cfg(target_os = "linux")]
fn pipes_are_imported() {
    let wallet = Wallet(folder());
    for (file, name) in [("ben.pem", "/dev/stdin"), ("anna.p12", "-")] {
        let bytes = std::fs::read(fixtures().join(file)).unwrap();
        let (status, _, err) = wallet.run(&format!("wallet import {name}")).input(bytes).end();
        assert_eq!(status, 0, "{file}: {err}");
    }
}

/// A certificate can be trusted for one address alone, and says so; the system's authorities are asked for by a word of their own.
#[test]
fn trust_has_its_limits() {
    let wallet = Wallet(folder());
    wallet.ok("wallet import ben.pem");
    assert_eq!(wallet.run("wallet trust ben@example.net --for nobody").end().0, 2);
    let said = wallet.ok("wallet trust ben@example.net --for Boss@Example.ORG");
    assert!(said.contains("Boss@example.org"), "{said}");
    let entry = wallet.list().remove(0);
    assert_eq!(entry["trusted_for"], "Boss@example.org", "{entry}");
    assert!(wallet.ok("wallet list").contains("for Boss@example.org alone"));
    wallet.ok("wallet trust ben@example.net");
    assert!(wallet.list()[0]["trusted_for"].is_null());

    let root = fixtures().join("root.pem");
    let verify = |words: &str| {
        let run = Run::new(&format!("verify opaque.eml --offline --no-builtin-roots --at {} {words}", super::AT));
        run.env("SSL_CERT_FILE", root.to_str().unwrap()).json().1[0]["signature"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        ["", "--no-system-roots", "--system-roots"].map(verify),
        ["unknown-issuer", "unknown-issuer", "verified"]
    );
}

/// Without the passphrase nothing is opened, and what to do is said; with a wrong one too.
#[test]
fn a_locked_wallet_says_how_to_unlock_it() {
    let wallet = Wallet(folder());
    wallet.ok("wallet import anna.p12");
    let locked = |words: &str| Run::trusting("--wallet").path(wallet.0.path()).words(words);
    let (status, out, err) = locked("verify signed-encrypted.eml").end();
    assert_eq!(status, 1);
    assert!((out + &err).contains("needs-unlock"));
    for words in ["decrypt signed-encrypted.eml -o -", "sign plain.eml -o -", "wallet check"] {
        let (status, out, err) = locked(words).end();
        assert_eq!((status, out.as_str()), (1, ""), "{words}: {err}");
        assert!(err.contains("WAXWING_PASSPHRASE"), "{words}: {err}");
        let (status, _, err) = locked(words).env("WAXWING_PASSPHRASE", "wrong").end();
        assert_eq!(status, 1);
        assert!(err.contains("passphrase is wrong"), "{words}: {err}");
    }
    let (status, out, err) =
        locked("decrypt signed-encrypted.eml -o -").env("WAXWING_PASSPHRASE", "a long passphrase").end();
    assert_eq!(status, 0, "{err}");
    assert!(out.contains("multipart/signed"));
}

/// Where no keyring answers, that is said, and the other way is offered.
#[test]
fn a_missing_keyring_is_no_dead_end() {
    let home = folder();
    let run = Run::new("wallet import anna.p12 --vault keyring --wallet").path(home.path());
    let run = run.env("WAXWING_PASSWORD", "correct horse").env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    let (status, _, err) = run.end();
    if cfg!(target_os = "linux") {
        assert_eq!(status, 1, "{err}");
        assert!(err.contains("--vault file"), "{err}");
    }
}

/// What was done is listed, newest first.
#[test]
fn the_history_is_kept() {
    let wallet = Wallet(folder());
    wallet.ok("wallet import anna.p12");
    let out = folder();
    wallet.run("verify plain.eml --at 2020-01-01T00:00:00Z").end();
    let (status, _, err) = wallet.run("sign plain.eml --out-dir").path(out.path()).end();
    assert_eq!(status, 0, "{err}");
    let (_, entries) = wallet.run("history").json();
    let actions: Vec<_> = entries.iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["sign", "verify"]);
    // When it was done is no matter of the time that it was judged at.
    assert!(entries[1]["at"].as_str().unwrap() > "2026-", "{entries:?}");
    assert_eq!(wallet.run("history --limit 1").json().1.len(), 1);
    assert!(wallet.ok("history").contains("plain.eml"));
}

/// A request waits in the wallet with its key until it is given up; its file is never written over another one.
#[test]
fn requests_wait() {
    let (wallet, out) = (Wallet(folder()), folder());
    let file = out.path().join("anna.csr");
    let ask =
        || wallet.run("wallet request --name Anna --address anna@example.org --key-type p-256 -o").path(&file).end();
    let (status, said, _) = ask();
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("anna@example.org") && said.contains("import"), "{said}");
    assert!(std::fs::read_to_string(&file).unwrap().starts_with("-----BEGIN CERTIFICATE REQUEST-----"));
    let list = wallet.list();
    assert_eq!((&list[0]["kind"], &list[0]["addresses"][0]), (&"request".into(), &"anna@example.org".into()));
    assert!(wallet.ok("wallet list").contains("Requests"));
    wallet.ok("wallet check");
    assert_eq!(ask().0, 3, "the file is there");
    assert_eq!(wallet.list().len(), 1, "nothing waits for what was not written");
    wallet.ok("wallet remove anna@example.org");
    assert_eq!(wallet.list().len(), 0);
    let (status, _, err) = wallet.run("wallet request --address nobody -o").path(&out.path().join("no.csr")).end();
    assert_eq!(status, 2, "{err}");
}

/// Whoever asks for a new certificate has the old one still: one word for both removes neither.
#[test]
fn what_may_mean_several_entries_removes_none() {
    let (wallet, out) = (Wallet(folder()), folder());
    wallet.ok("wallet import anna.p12");
    let ask = wallet.run("wallet request --address anna@example.org --key-type p-256 -o");
    assert_eq!(ask.path(&out.path().join("anna.csr")).end().0, 0);
    let before = wallet.list();
    let (status, _, err) = wallet.run("wallet remove anna@example.org").end();
    assert_eq!((status, wallet.list().len()), (1, before.len()), "{err}");
    let request = before.iter().find(|entry| entry["kind"] == "request").unwrap();
    let print = request["key"].as_str().unwrap();
    assert!(err.contains(&print[..16]) && err.contains("Anna Kovács"), "{err}");
    // A fingerprint in groups, as it is written on paper.
    let spaced = [&print[..4], &print[4..8]].join(":").to_uppercase();
    wallet.ok(&format!("wallet remove {spaced}"));
    assert_eq!(wallet.list().len(), before.len() - 1);
    wallet.ok("wallet remove anna@example.org");
}

/// The old form of a file with a key is written on request, with a warning, and can be read again.
#[test]
fn the_old_form_is_written_with_a_warning() {
    let (wallet, out) = (Wallet(folder()), folder());
    wallet.ok("wallet import anna.p12");
    let file = out.path().join("old.p12");
    let (status, _, err) = wallet.run("wallet export anna@example.org --legacy --p12").path(&file).end();
    assert_eq!((status, err.is_empty()), (0, false), "{err}");
    let again = Wallet(folder());
    assert_eq!(again.run("wallet import").path(&file).end().0, 0);
    for words in ["--legacy", "--legacy --cert x.pem", "--p12 x.p12 --cert x.pem", ""] {
        assert_eq!(wallet.run(&format!("wallet export anna@example.org {words}")).end().0, 2, "{words}");
    }
}

/// A damaged file of the passphrase is made anew by whoever knows the passphrase and by nobody else, and is kept.
#[test]
fn a_damaged_passphrase_file_is_no_dead_end() {
    let wallet = Wallet(folder());
    wallet.ok("wallet import anna.p12");
    let keys = wallet.0.path().join("keys");
    let read = |name: &str| std::fs::read_to_string(keys.join(name)).unwrap_or_default();
    std::fs::write(keys.join("passphrase"), "damaged").unwrap();
    let (status, _, err) = wallet.run("wallet import ben.p12").env("WAXWING_PASSPHRASE", "another").end();
    assert!(status == 1 && err.contains("The passphrase is wrong"), "{err}");
    assert_eq!(read("passphrase"), "damaged");
    let (status, _, err) = wallet.run("wallet import ben.p12").end();
    assert_eq!(status, 0, "{err}");
    assert!(err.contains("made anew") && err.contains("passphrase.damaged"), "{err}");
    assert_eq!(read("passphrase.damaged"), "damaged");
    let (status, _, err) = wallet.run("wallet check").end();
    assert_eq!((status, err.as_str()), (0, ""), "every key is there, and it is said once");
    // Where nothing is left that knows the passphrase, it is said what to do, and nothing is touched.
    for file in std::fs::read_dir(&keys).unwrap() {
        std::fs::write(file.unwrap().path(), "damaged").unwrap();
    }
    let (status, _, err) = wallet.run("wallet new --name Eve --address eve@example.org").end();
    assert!(status == 1 && err.contains("rename the folder (do not delete it)"), "{err}");
    assert_eq!(read("passphrase"), "damaged");
}

/// A wallet that cannot be used says why, and what mends that; it is a file that cannot be read or written.
#[test]
fn every_fault_of_a_wallet_has_its_advice() {
    let damaged = folder();
    std::fs::write(damaged.path().join("wallet.db"), "no database".repeat(99)).unwrap();
    let newer = Wallet(folder());
    newer.ok("wallet import ben.pem");
    let database = rusqlite::Connection::open(newer.0.path().join("wallet.db")).unwrap();
    database.execute_batch("PRAGMA user_version = 99").unwrap();
    let blocked = Wallet(folder());
    std::fs::write(blocked.0.path().join("keys"), "no folder").unwrap();
    for (wallet, words, what, todo) in [
        (damaged.path(), "wallet list", "damaged, or it is no wallet", "rename it (do not delete it)"),
        (newer.0.path(), "wallet list", "newer version", "Install the newer version"),
        (blocked.0.path(), "wallet import anna.p12", "what should be a folder is a file", "Choose another folder"),
        (Path::new("plain.eml"), "wallet list", "cannot be read or written: ", "Choose another folder"),
    ] {
        let (status, _, err) = Wallet::at(wallet).words(words).end();
        assert!(status == 3 && err.contains(what) && err.contains(todo), "{words}: {status} {err}");
        assert!(!err.contains("free space"), "{err}");
    }
}

/// Somebody at the terminal is told what was written and that there is nothing; a script reads results alone.
#[cfg(target_os = "linux")]
#[test]
fn what_was_done_is_said_at_the_terminal() {
    let (wallet, out) = (Wallet(folder()), folder());
    assert_eq!(wallet.run("wallet list").end(), (0, String::new(), String::new()));
    let file = out.path().join("ben.pem");
    let at_a_terminal = |words: &str| {
        let line = format!(
            "'{}' --vault file --wallet '{}' {words}",
            env!("CARGO_BIN_EXE_waxwing-cli"),
            wallet.0.path().display()
        );
        let run = std::process::Command::new("script").args(["-qec", &line, "/dev/null"]).env("LC_ALL", "C").output();
        run.ok().map(|said| String::from_utf8_lossy(&said.stdout).into_owned())
    };
    let Some(empty) = at_a_terminal("wallet list") else { return println!("skipped: there is no `script` here") };
    assert!(empty.contains("The wallet is empty."), "{empty}");
    assert_eq!(at_a_terminal("wallet list --json").unwrap(), "");
    wallet.ok("wallet import ben.pem");
    let said = at_a_terminal(&format!("wallet export ben@example.net --cert '{}'", file.display())).unwrap();
    assert!(said.contains("Written to:") && said.contains("ben.pem") && file.exists(), "{said}");
    std::fs::remove_file(&file).unwrap();
    let (status, said, err) = wallet.run("wallet export ben@example.net --cert").path(&file).end();
    assert_eq!((status, said.as_str(), err.as_str()), (0, "", ""));
}

/// No lines is no answer to how many lines are wanted.
#[test]
fn a_history_of_no_lines_is_a_mistake() {
    let wallet = Wallet(folder());
    let (status, out, err) = wallet.run("history --limit 0").end();
    assert!(status == 2 && out.is_empty() && err.contains("from 1 on"), "{out}{err}");
    let (status, out, _) = wallet.run("history --limit 1").end();
    assert_eq!((status, out.as_str()), (0, "Nothing was done yet\n"));
}

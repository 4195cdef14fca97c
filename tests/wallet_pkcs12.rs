//! PKCS#12 files of other programs are read, and ours are read by them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::fs;
use std::path::Path;
use std::process::Command;

use secrecy::SecretString;
use waxwing::crypto::{PrivateKey, PrivateKeyOperations, kdf};
use waxwing::pki::Certificate;
use waxwing::wallet::pkcs12::{self, Contents, Pkcs12Error};

mod common;

use common::pki::{PASSWORD, Pki};
use common::{folder, installed, program, run};

fn read(bytes: &[u8], password: &str) -> Result<Contents, Pkcs12Error> {
    pkcs12::read(bytes, &SecretString::from(password), &kdf::Limits::default())
}

/// openssl in a folder; `{pki}` is the folder of the test certificates.
fn openssl(folder: &Path, words: &[&str]) -> Vec<u8> {
    let pki = Pki::get().folder().to_string_lossy().into_owned();
    let mut command = program("openssl", folder, "");
    run(command.args(words.iter().map(|word| word.replace("{pki}", &pki))), b"")
        .unwrap_or_else(|error| panic!("{error}"))
}

fn certificate(name: &str) -> Certificate {
    let pem = fs::read_to_string(Pki::get().certificate(name)).unwrap();
    let block = waxwing::crypto::pem::blocks(&pem).next().unwrap();
    Certificate::from_der(&block.decode().unwrap()).unwrap()
}

fn key(name: &str) -> PrivateKey {
    PrivateKey::from_any(&fs::read(Pki::get().file(&format!("{name}.key"))).unwrap()).unwrap()
}

/// How many keys with and without a certificate, and other certificates.
fn counts(contents: &Contents) -> (usize, usize, usize) {
    let with = contents.keys.iter().filter(|entry| entry.certificate.is_some()).count();
    (with, contents.keys.len() - with, contents.certificates.len())
}

/// Everything that `openssl pkcs12 -export` can be told, and what is in the file then.
#[test]
fn files_of_openssl() {
    if !installed("openssl") {
        return;
    }
    let home = folder();
    let both = ["-inkey", "{pki}/alice.key", "-in", "{pki}/alice.pem", "-certfile", "{pki}/chain.pem"];
    let curve = ["-inkey", "{pki}/alice-ec.key", "-in", "{pki}/alice-ec.pem"];
    let legacy = ["-legacy"];
    // Name, what is put in, how, the password, the keys and certificates that come out, the label.
    type Case<'a> = (&'a str, &'a [&'a str], &'a [&'a str], &'a str, (usize, usize, usize), Option<&'a str>);
    let cases: &[Case] = &[
        ("default", &both, &[], PASSWORD, (1, 0, 2), None),
        ("legacy", &both, &legacy, PASSWORD, (1, 0, 2), None),
        ("no MAC", &both, &["-nomac"], PASSWORD, (1, 0, 2), None),
        ("legacy, no MAC", &both, &["-legacy", "-nomac"], PASSWORD, (1, 0, 2), None),
        ("elliptic curve", &curve, &[], PASSWORD, (1, 0, 0), None),
        ("label", &both, &["-name", "Änne Müller, Straße 7 ✓"], PASSWORD, (1, 0, 2), Some("Änne Müller, Straße 7 ✓")),
        (
            "AES-128",
            &both,
            &["-keypbe", "AES-128-CBC", "-certpbe", "AES-192-CBC", "-macalg", "sha512"],
            PASSWORD,
            (1, 0, 2),
            None,
        ),
        ("3DES in PBES2", &both, &["-keypbe", "DES-EDE3-CBC", "-certpbe", "DES-EDE3-CBC"], PASSWORD, (1, 0, 2), None),
        (
            "two-key 3DES",
            &both,
            &["-legacy", "-keypbe", "PBE-SHA1-2DES", "-certpbe", "PBE-SHA1-RC2-128"],
            PASSWORD,
            (1, 0, 2),
            None,
        ),
        ("in the clear", &both, &["-keypbe", "NONE", "-certpbe", "NONE", "-nomac"], PASSWORD, (1, 0, 2), None),
        ("MAC SHA-1", &both, &["-macalg", "sha1"], PASSWORD, (1, 0, 2), None),
        ("MAC SHA-224", &both, &["-macalg", "sha224"], PASSWORD, (1, 0, 2), None),
        ("MAC SHA-384", &both, &["-macalg", "sha384"], PASSWORD, (1, 0, 2), None),
        ("one iteration", &both, &["-noiter", "-nomaciter"], PASSWORD, (1, 0, 2), None),
        ("empty password", &both, &[], "", (1, 0, 2), None),
        ("empty password, legacy", &both, &legacy, "", (1, 0, 2), None),
        ("umlauts", &both, &[], "Grüße, Straße", (1, 0, 2), None),
        ("umlauts, legacy", &both, &legacy, "Grüße, Straße", (1, 0, 2), None),
        ("beyond the first plane", &both, &legacy, "pass𝄞word", (1, 0, 2), None),
        ("certificates alone", &["-nokeys", "-in", "{pki}/chain.pem"], &[], PASSWORD, (0, 0, 2), None),
        (
            "key alone",
            &["-nocerts", "-inkey", "{pki}/alice.key", "-in", "{pki}/alice.key"],
            &[],
            PASSWORD,
            (0, 1, 0),
            None,
        ),
    ];
    for (name, content, how, password, count, label) in cases {
        let pass = format!("pass:{password}");
        let mut words = vec!["pkcs12", "-export", "-out", "out.p12", "-passout", &pass];
        words.extend(*content);
        words.extend(*how);
        openssl(home.path(), &words);
        let bytes = fs::read(home.path().join("out.p12")).unwrap();
        assert!(pkcs12::looks_like(&bytes), "{name}");
        let contents = read(&bytes, password).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(counts(&contents), *count, "{name}");
        if let Some(entry) = contents.keys.first() {
            assert_eq!(entry.label.as_deref(), *label, "{name}");
            if let Some(own) = &entry.certificate {
                assert_eq!(entry.key.public_key(), own.public_key(), "{name}");
            }
        }
        if !how.contains(&"NONE") {
            assert_eq!(read(&bytes, "wrong").unwrap_err(), Pkcs12Error::WrongPassword, "{name}");
        }
    }
}

/// Passwords with other letters than ASCII open what older programs made of them.
#[test]
#[cfg(unix)]
fn passwords_of_older_programs() {
    use std::os::unix::ffi::OsStrExt;
    if !installed("openssl") {
        return;
    }
    let home = folder();
    // Written so, these come to what OpenSSL before 1.1 made of UTF-8, and to Latin-1.
    let widened: String = "Grüße".bytes().map(char::from).collect();
    let latin1 = b"Gr\xfc\xdfe";
    for (octets, how) in [(widened.as_bytes(), "-legacy"), (latin1, "-legacy"), (latin1, "-macalg sha256")] {
        let words = format!("pkcs12 -export -inkey alice-ec.key -in alice-ec.pem {how} -passout");
        let pass = [b"pass:", octets].concat();
        let out = home.path().join("out.p12");
        let mut command = program("openssl", Pki::get().folder(), &words);
        run(command.arg(std::ffi::OsStr::from_bytes(&pass)).arg("-out").arg(&out), b"").unwrap();
        let contents =
            read(&fs::read(&out).unwrap(), "Grüße").unwrap_or_else(|error| panic!("{octets:x?} {how}: {error}"));
        assert_eq!(counts(&contents), (1, 0, 0), "{octets:x?} {how}");
        assert_eq!(read(&fs::read(&out).unwrap(), "Gruesse").unwrap_err(), Pkcs12Error::WrongPassword);
    }
}

fn written(name: &str, label: &str, password: &str) -> Vec<u8> {
    let chain = [certificate("issuer"), certificate("root")];
    pkcs12::write(&key(name), &certificate(name), &chain, label, &SecretString::from(password)).unwrap().to_vec()
}

/// The older form is what old programs write: openssl finds 3DES and SHA-1 in it, gpgsm takes it in, and it reads back the same.
#[test]
fn the_older_form_is_read_by_old_programs() {
    let home = folder();
    let path = home.path();
    let chain = [certificate("issuer"), certificate("root")];
    let password = SecretString::from(PASSWORD);
    let form = pkcs12::Protection::Legacy;
    let bytes = pkcs12::write_as(form, &key("alice"), &certificate("alice"), &chain, "Alice", &password).unwrap();
    fs::write(path.join("old.p12"), &bytes).unwrap();
    let back = read(&bytes, PASSWORD).unwrap();
    assert_eq!(counts(&back), (1, 0, 2));
    assert_eq!(back.keys[0].key.to_pkcs8().unwrap(), key("alice").to_pkcs8().unwrap());
    assert_eq!(read(&bytes, "wrong").unwrap_err(), Pkcs12Error::WrongPassword);
    if installed("openssl") {
        let pass = format!("pass:{PASSWORD}");
        let mut command = program("openssl", path, "pkcs12 -legacy -in old.p12 -info -nodes -passin");
        let output = command.arg(pass).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("MAC: sha1") && said.contains("pbeWithSHA1And3-KeyTripleDES-CBC"), "{said}");
        assert_eq!(String::from_utf8_lossy(&output.stdout).matches("BEGIN CERTIFICATE").count(), 3);
    }
    if installed("pk12util") && installed("certutil") {
        fs::write(path.join("none"), "").unwrap();
        fs::write(path.join("password"), PASSWORD).unwrap();
        run(&mut program("certutil", path, "-N -d sql:. --empty-password"), b"").unwrap();
        run(&mut program("pk12util", path, "-d sql:. -k none -w password -i old.p12"), b"").unwrap();
    }
    if installed("keytool") {
        let mut list = program("keytool", path, "-list -v -storetype PKCS12 -keystore old.p12 -storepass");
        let shown = String::from_utf8(run(list.arg(PASSWORD), b"").unwrap()).unwrap();
        assert!(shown.contains("PrivateKeyEntry") && shown.contains("chain length: 3"), "{shown}");
    }
    if installed("gpgsm") {
        let gnupg = path.join("g");
        fs::create_dir(&gnupg).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&gnupg, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        let conf = "batch\nno-tty\npinentry-mode loopback\ndisable-crl-checks\ndisable-dirmngr\n";
        fs::write(gnupg.join("gpgsm.conf"), conf).unwrap();
        fs::write(gnupg.join("gpg-agent.conf"), "allow-loopback-pinentry\n").unwrap();
        let gpgsm = |words: &str| {
            let mut command = program("gpgsm", path, words);
            run(command.env("GNUPGHOME", &gnupg), PASSWORD.as_bytes())
        };
        let imported = gpgsm("--passphrase-fd 0 --import old.p12");
        let keys = gpgsm("--list-secret-keys");
        _ = run(Command::new("gpgconf").env("GNUPGHOME", &gnupg).args(["--kill", "gpg-agent"]), b"");
        assert!(String::from_utf8_lossy(&keys.unwrap()).contains("alice"), "gpgsm: {imported:?}");
    }
}

/// What is written is read back the same, also by openssl, with umlauts in the label and the password.
#[test]
fn openssl_reads_ours() {
    if !installed("openssl") {
        return;
    }
    let home = folder();
    for (name, label, password) in [("alice", "Alice", PASSWORD), ("bob-ec", "Bärbel ✓", "Grüße"), ("alice", "", "")]
    {
        let bytes = written(name, label, password);
        let back = read(&bytes, password).unwrap();
        assert_eq!(counts(&back), (1, 0, 2), "{label}");
        let entry = &back.keys[0];
        assert_eq!(entry.certificate.as_ref().unwrap(), &certificate(name));
        assert_eq!(entry.key.to_pkcs8().unwrap(), key(name).to_pkcs8().unwrap());
        assert_eq!(entry.label.as_deref().unwrap_or_default(), label);

        fs::write(home.path().join("ours.p12"), &bytes).unwrap();
        let pass = format!("pass:{password}");
        let words = ["pkcs12", "-in", "ours.p12", "-passin", &pass, "-nodes", "-info"];
        let shown = String::from_utf8_lossy(&openssl(home.path(), &words)).into_owned();
        assert_eq!(shown.matches("BEGIN CERTIFICATE").count(), 3, "{shown}");
        assert_eq!(shown.matches("BEGIN PRIVATE KEY").count(), 1, "{shown}");
        // openssl prints the lower octet of each character alone.
        assert!(!label.is_ascii() || label.is_empty() || shown.contains(&format!("friendlyName: {label}")), "{shown}");
    }
}

/// NSS (Thunderbird, Firefox), Java and gpgsm import what is written.
#[test]
fn others_read_ours() {
    let home = folder();
    let path = home.path();
    for name in ["alice", "alice-ec"] {
        fs::write(path.join(format!("{name}.p12")), written(name, name, PASSWORD)).unwrap();
    }
    fs::write(path.join("password"), PASSWORD).unwrap();
    fs::write(path.join("none"), "").unwrap();
    if installed("pk12util") && installed("certutil") {
        run(&mut program("certutil", path, "-N -d sql:. --empty-password"), b"").unwrap();
        for name in ["alice", "alice-ec"] {
            run(&mut program("pk12util", path, &format!("-d sql:. -k none -w password -i {name}.p12")), b"").unwrap();
        }
        let keys = run(&mut program("certutil", path, "-K -d sql:. -f none"), b"").unwrap();
        let keys = String::from_utf8(keys).unwrap();
        assert!(keys.contains("alice") && keys.contains("alice-ec"), "{keys}");
        run(&mut program("pk12util", path, "-d sql:. -k none -w password -n alice -o theirs.p12"), b"").unwrap();
        let theirs = read(&fs::read(path.join("theirs.p12")).unwrap(), PASSWORD).unwrap();
        assert_eq!(theirs.keys[0].certificate.as_ref().unwrap(), &certificate("alice"));
        assert_eq!(theirs.keys[0].label.as_deref(), Some("alice"));
    }
    if installed("keytool") {
        let mut list = program("keytool", path, "-list -v -storetype PKCS12 -keystore alice.p12 -storepass");
        let shown = String::from_utf8(run(list.arg(PASSWORD), b"").unwrap()).unwrap();
        assert!(shown.contains("PrivateKeyEntry") && shown.contains("chain length: 3"), "{shown}");
    }
    if installed("gpgsm") {
        let gnupg = path.join("g");
        fs::create_dir(&gnupg).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&gnupg, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        let conf = "batch\nno-tty\npinentry-mode loopback\ndisable-crl-checks\ndisable-dirmngr\n";
        fs::write(gnupg.join("gpgsm.conf"), conf).unwrap();
        fs::write(gnupg.join("gpg-agent.conf"), "allow-loopback-pinentry\n").unwrap();
        let gpgsm = |words: &str| {
            let mut command = program("gpgsm", path, words);
            run(command.env("GNUPGHOME", &gnupg), PASSWORD.as_bytes())
        };
        let imported = gpgsm("--passphrase-fd 0 --import alice.p12");
        let keys = gpgsm("--list-secret-keys");
        _ = run(Command::new("gpgconf").env("GNUPGHOME", &gnupg).args(["--kill", "gpg-agent"]), b"");
        // Before 2.4 it reads neither the default of OpenSSL 3 nor this.
        let version = String::from_utf8(run(Command::new("gpgsm").arg("--version"), b"").unwrap()).unwrap();
        if common::peer::version(&version) >= (2, 4) {
            assert!(String::from_utf8_lossy(&keys.unwrap()).contains("alice"), "gpgsm: {imported:?}");
        } else {
            println!("gpgsm is too old for PBES2 with HMAC-SHA-256: {imported:?}");
        }
    }
}

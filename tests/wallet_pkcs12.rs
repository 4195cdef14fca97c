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

use common::corpora::{corpus, expected};
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

/// Files that are not read, each with the reason.
type Exceptions = &'static [(&'static str, &'static str)];

/// What this version does not read of the zoo, or reads where another program does not, with the reason.
const ZOO_EXCEPTIONS: Exceptions = &[
    ("rustcrypto/example11.pfx", "its MAC is made with BLAKE2b"),
    ("p12-keystore/pfx-ed448.pfx", "Ed448 is not built in"),
    ("mimekit/dsa_smime.pfx", "DSA is not built in"),
    ("mimekit/ec_smime.pfx", "its curve has no name but is written out in numbers, which RFC 5480 §2.1.1 forbids"),
    ("openssl/nomac_parse.p12", "encrypted for a public key, which hardly anybody writes"),
    ("p12-keystore/pbes1-keystore.p12", "one authority stands in it twice, and is counted once here"),
    ("p12-keystore/pbes2-keystore.p12", "one authority stands in it twice, and is counted once here"),
];

/// The dialects of OpenSSL, Windows, macOS, Firefox, Java, .NET and others: each is read, or refused with a reason that fits, and
/// no other password than its own opens one.
#[test]
fn the_zoo() {
    let Some(zoo) = corpus("p12-zoo") else { return };
    let mut wrong = Vec::new();
    for row in expected(&zoo) {
        let name = row["file"].as_str();
        let bytes = fs::read(zoo.join(name)).unwrap();
        let password = if row["password"] == "<empty>" { "" } else { row["password"].as_str() };
        let verdict = match (read(&bytes, password), row["expected"].as_str()) {
            (Ok(contents), expectation) if expectation.starts_with("import ok") => check(&contents, &row["content"]),
            (Err(Pkcs12Error::Unsupported(what)), _) => Err(what.to_string()),
            (Err(error), expectation) if expectation.starts_with("reject") => {
                println!("{name}: {error}");
                Ok(())
            }
            (result, expectation) => Err(format!("{:?} but expected {expectation}", result.map(|it| counts(&it)))),
        };
        let excepted = ZOO_EXCEPTIONS.iter().find(|(file, _)| *file == name);
        match (verdict, excepted) {
            (Ok(()), None) => {}
            (Err(error), Some((_, reason))) => println!("{name}: {reason} ({error})"),
            (Ok(()), Some(_)) => wrong.push(format!("{name}: is listed as an exception, but passes")),
            (Err(error), None) => wrong.push(format!("{name}: {error}")),
        }
        if row["expected"].starts_with("import ok") && excepted.is_none() {
            match read(&bytes, "not the password") {
                Err(Pkcs12Error::WrongPassword) => {}
                // Nothing in it is protected.
                Ok(_) if row["protection (openssl -info)"] == "no MAC or not shown | clear or n/a" => {}
                other => wrong.push(format!("{name} with a wrong password: {:?}", other.map(|it| counts(&it)))),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `keys=1 certs=2`, as openssl counts. It counts none where it does not show them.
fn check(contents: &Contents, expected: &str) -> Result<(), String> {
    let (with, without, others) = counts(contents);
    let found = format!("keys={} certs={}", with + without, with + others);
    let comparable = expected != "keys=0 certs=0";
    if found == expected || !comparable { Ok(()) } else { Err(format!("{found} but expected {expected}")) }
}

/// The people of RFC 9216, one with Ed25519 and X25519, whose keys and certificates belong together.
#[test]
fn rfc_9216() {
    let Some(lamps) = corpus("rfc9216-lamps") else { return };
    for name in ["alice", "bob", "carlos", "dana"] {
        let contents = read(&fs::read(lamps.join(format!("{name}.p12"))).unwrap(), name).unwrap();
        let (with, without, others) = counts(&contents);
        assert!(with >= 1 && without == 0 && others >= 1, "{name}: {with} {without} {others}");
        assert!(contents.certificates.iter().any(Certificate::is_ca), "{name}");
        assert_eq!(
            read(&fs::read(lamps.join(format!("{name}.p12"))).unwrap(), "eve").unwrap_err(),
            Pkcs12Error::WrongPassword
        );
    }
}

const PKITS_EXCEPTIONS: Exceptions = &[
    ("DSACACert.p12", "DSA is not built in"),
    ("DSAParametersInheritedCACert.p12", "DSA is not built in"),
    ("InvalidDSASignatureTest6EE.p12", "DSA is not built in"),
    ("ValidDSASignaturesTest4EE.p12", "DSA is not built in"),
];

/// What Thunderbird's and NSS's own tests, and PKITS, bring in.
#[test]
fn mail_programs_and_pkits() {
    // Folder, password, what is not read with the reason.
    let folders: [(&str, &str, Exceptions); 5] = [
        ("thunderbird-smime/smime", "nss", &[]),
        ("thunderbird-smime/smime-interop", "nss", &[]),
        ("nss-smime-interop", "nss", &[]),
        ("nist-pkits/pkcs12", "password", PKITS_EXCEPTIONS),
        ("mimekit-smime", "no.secret", &[]),
    ];
    for (name, password, exceptions) in folders {
        let Some(folder) = corpus(name) else { continue };
        let mut seen = 0;
        for file in fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()) {
            if !file.extension().is_some_and(|end| end == "p12" || end == "pfx") {
                continue;
            }
            seen += 1;
            let shown = file.file_name().unwrap().to_string_lossy().into_owned();
            let result = read(&fs::read(&file).unwrap(), password);
            match exceptions.iter().find(|(file, _)| *file == shown) {
                None => {
                    let contents = result.unwrap_or_else(|error| panic!("{name}/{shown}: {error}"));
                    let (with, without, others) = counts(&contents);
                    assert!(with + without + others > 0, "{name}/{shown} is empty");
                }
                Some((_, reason)) => assert!(result.is_err(), "{name}/{shown} is read, but listed: {reason}"),
            }
        }
        println!("{name}: {seen} files");
    }
}

fn written(name: &str, label: &str, password: &str) -> Vec<u8> {
    let chain = [certificate("issuer"), certificate("root")];
    pkcs12::write(&key(name), &certificate(name), &chain, label, &SecretString::from(password)).unwrap().to_vec()
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
    if std::env::var_os("CI").is_none() && installed("keytool") {
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

//! The same mails before Waxwing, OpenSSL, gpgsm and NSS: where they do not say the same, `docs/disagreements.md` says why.
//!
//! The page is what was measured: the test writes it anew and compares. With `WAXWING_WRITE_PAGE=1` it is written to the docs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::cli::{Cli, Report, file};
use common::gpgsm::Gpgsm;
use common::nss::Nss;
use common::openssl::OpenSsl;
use common::peer::Peer;
use common::{Said, folder, mail, program, run};

/// Mails of `make-cases.sh`, with what has to be done to read them: `v` check a signature, `d` decrypt.
const MAILS: &[(&str, &str)] = &[
    ("good-clear", "v"),
    ("good-opaque", "v"),
    ("tampered", "v"),
    ("from-mismatch", "v"),
    ("sender-hdr", "v"),
    ("ecdsa", "v"),
    ("pss", "v"),
    ("selfsigned", "v"),
    ("expired", "v"),
    ("two-signers", "v"),
    ("bad-eku", "v"),
    ("no-certs", "v"),
    ("no-int", "v"),
    ("enc-cbc", "d"),
    ("enc-gcm", "d"),
    ("enc-3des", "d"),
    ("enc-oaep", "d"),
    ("enc-ecdh", "d"),
    ("enc-rc2", "d"),
    ("sign-enc", "dv"),
    ("triple", "vdv"),
];

/// Why somebody does not say what Waxwing says: mail, program, reason.
#[rustfmt::skip]
const REASONS: &[(&str, &str, &str)] = &[
    ("from-mismatch", "OpenSSL", "checks the signature alone: From names somebody else than the certificate"),
    ("from-mismatch", "gpgsm", "checks the signature alone: From names somebody else than the certificate"),
    ("from-mismatch", "NSS", "checks the signature alone: From names somebody else than the certificate"),
    ("pss", "gpgsm", "takes RSA-PSS only with a salt as long as the digest, and breaks down over others (RFC 4055 §3.1 lets any length)"),
    ("expired", "gpgsm", "takes the signature for good all the same"),
    ("two-signers", "OpenSSL", "both signatures hold; that the second signer is not the sender is nothing it looks at"),
    ("two-signers", "gpgsm", "both signatures hold; that the second signer is not the sender is nothing it looks at"),
    ("two-signers", "NSS", "both signatures hold; that the second signer is not the sender is nothing it looks at"),
    ("bad-eku", "gpgsm", "takes a certificate for servers for one that may sign mail (RFC 8550 §4.4.4 does not)"),
    ("no-certs", "OpenSSL", "finds the signer among the certificates that it is given, and builds no chain from them; the authority between has to come in the mail"),
    ("no-int", "OpenSSL", "builds no chain from the certificates that it is given; the authority between has to come in the mail"),
    ("enc-gcm", "gpgsm", "this version reads no AuthEnvelopedData from OpenSSL"),
    ("enc-gcm", "NSS", "reads no AuthEnvelopedData"),
    ("enc-oaep", "gpgsm", "reads no RSA-OAEP"),
    ("enc-oaep", "NSS", "this version reads no RSA-OAEP"),
    ("enc-ecdh", "gpgsm", "this version imports no key of an elliptic curve from PKCS #12"),
    ("enc-ecdh", "NSS", "does not read the key agreement as OpenSSL writes it"),
    ("enc-rc2", "gpgsm", "reads no RC2; Waxwing opens it and calls it outdated"),
];

/// Versions that the page was measured with.
const VERSIONS: [(&str, (u32, u32)); 3] = [("OpenSSL", (3, 0)), ("gpgsm", (2, 2)), ("NSS", (3, 87))];

/// Where the mails, the certificates and the keys are.
struct Data {
    data: PathBuf,
    mails: PathBuf,
}

impl Data {
    fn make(home: &Path) -> Option<Self> {
        let tools = common::corpora::tools()?;
        let (data, mails) = (home.join("data"), home.join("mails"));
        // The first script would make large files too; it leaves alone what is there.
        fs::create_dir_all(data.join("many")).unwrap();
        for name in ["many/0999.eml", "m100.eml"] {
            file(&data, name, b"Content-Type: text/plain\r\n\r\n");
        }
        for (script, arguments) in [("make-mail.sh", vec![&data]), ("make-cases.sh", vec![&data, &mails])] {
            let mut command = std::process::Command::new("bash");
            run(command.arg(tools.join(script)).args(arguments), b"").unwrap_or_else(|error| panic!("{error}"));
        }
        assert_eq!(fs::read_dir(&mails).unwrap().count(), MAILS.len(), "a mail is not in the table");
        // Everybody has the authority between and Alice's certificates.
        let known = ["int", "alice", "alice-ec"].map(|name| fs::read(data.join(format!("{name}.pem"))).unwrap());
        file(&data, "known.pem", &known.concat());
        Some(Self { data, mails })
    }

    fn mail(&self, name: &str) -> Vec<u8> {
        mail::canonical(&fs::read(self.mails.join(format!("{name}.eml"))).unwrap())
    }

    fn p12(&self, person: &str) -> PathBuf {
        self.data.join(format!("{person}.p12"))
    }

    /// What Waxwing says of every mail, with the same keys and certificates as the others have.
    fn ours(&self, home: &Path) -> Vec<Report> {
        let password = file(home, "password", b"test");
        let mut cli = Cli::new("verify --offline --no-builtin-roots").arg("--trust").arg(self.data.join("ca.pem"));
        cli = cli.arg("--password-file").arg(&password).arg("--cert").arg(self.data.join("known.pem"));
        for person in ["bob", "bob-ec"] {
            cli = cli.arg("--p12").arg(self.p12(person));
        }
        for (name, _) in MAILS {
            cli = cli.arg(self.mails.join(format!("{name}.eml")));
        }
        cli.reports()
    }
}

/// OpenSSL over those certificates.
struct OpenSslHere<'a>(&'a Data);

impl OpenSslHere<'_> {
    fn cms(&self, words: &str, mail: &[u8]) -> Said {
        let folder = folder();
        let out = folder.path().join("out");
        run(
            program("openssl", &self.0.data, &format!("cms -provider legacy -provider default {words}"))
                .arg("-out")
                .arg(&out),
            mail,
        )?;
        fs::read(&out).map_err(|error| error.to_string())
    }

    fn verify(&self, mail: &[u8]) -> Said {
        self.cms("-verify -purpose smimesign -CAfile ca.pem -certfile known.pem", mail)
    }

    fn decrypt(&self, person: &str, mail: &[u8]) -> Said {
        self.cms(&format!("-decrypt -recip {person}.pem -inkey {person}.key"), mail)
    }
}

/// What somebody says of a mail, step by step: it stops at the first refusal.
fn verdict(
    steps: &str,
    person: &str,
    mail: &[u8],
    verify: &dyn Fn(&[u8]) -> Said,
    decrypt: &dyn Fn(&str, &[u8]) -> Said,
) -> String {
    let mut mail = mail.to_vec();
    let mut said = Vec::new();
    for step in steps.chars() {
        let (inner, good, bad) = match step {
            'v' => (verify(&mail), "accepts", "refuses"),
            _ => (decrypt(person, &mail), "opens", "cannot open"),
        };
        match inner {
            Ok(inner) => {
                said.push(good);
                mail = mail::canonical(&inner);
            }
            Err(error) => {
                // Shown where the test fails.
                println!("{error}\n");
                said.push(bad);
                break;
            }
        }
    }
    said.join(", ")
}

/// Waxwing's verdict in the words of the others: what it says of every step.
fn in_their_words(steps: &str, report: &Report) -> String {
    let green = matches!(report.signature(), "verified" | "pinned");
    let opened = report.privacy().starts_with("opened");
    let word = |step| match step {
        'v' if green => "accepts",
        'v' => "refuses",
        _ if opened => "opens",
        _ => "cannot open",
    };
    let mut said = Vec::new();
    for step in steps.chars() {
        said.push(word(step));
        if ["refuses", "cannot open"].contains(&word(step)) {
            break;
        }
    }
    said.join(", ")
}

fn page(rows: &[(String, String, String, String)], agreed: &[(&str, usize)]) -> String {
    let versions = VERSIONS.map(|(name, (major, minor))| format!("{name} {major}.{minor}")).join(", ");
    let counts = agreed.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ");
    let rows = rows
        .iter()
        .map(|(mail, ours, theirs, why)| format!("| {mail} | {ours} | {theirs} | {why} |\n"))
        .collect::<String>();
    format!(
        "# Disagreements\n\n\
         The same {} mails before Waxwing and three other programs, with the same root, authority and keys. This page is written by\n\
         `tests/disagreements.rs`, which fails when it is not what was measured. Measured with {versions}.\n\n\
         The others are libraries and their tools: they check a signature and a chain, and are never told who the mail says it is from.\n\
         Waxwing's verdict is in the terms of [verdicts.md](verdicts.md); \"accepts\" stands for a green one.\n\n\
         Mails on which they say what Waxwing says, of {}: {counts}.\n\n\
         | mail | Waxwing | somebody else | why |\n|---|---|---|---|\n{rows}",
        MAILS.len(),
        MAILS.len(),
    )
}

/// Who disagrees with Waxwing is in the table with the reason, and everybody in the table still does.
#[test]
fn disagreements_are_explained() {
    let home = folder();
    let Some(data) = Data::make(home.path()) else { return };
    let p12s = |form: &str| ["alice", "bob", "bob-ec"].map(|person| data.data.join(format!("{person}{form}")));
    let certificates = ["int", "alice-ec", "bob-ec"].map(|name| data.data.join(format!("{name}.pem")));
    let root = data.data.join("ca.pem");
    let (Some(openssl), Some(gpgsm), Some(nss)) = (
        OpenSsl::find(),
        Gpgsm::over(&root, &certificates, &p12s(".legacy.p12"), "test"),
        Nss::over(&root, &certificates[0], &p12s(".p12"), "test"),
    ) else {
        return;
    };
    let found = [openssl.version(), gpgsm.version(), nss.version()];
    if found != VERSIONS.map(|(_, version)| version) {
        println!("skipped: the page was measured with other versions than {found:?}");
        return;
    }

    let here = OpenSslHere(&data);
    let reports = data.ours(home.path());
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    let mut agreed = VERSIONS.map(|(name, _)| (name, 0));
    let mut used = 0;
    for ((name, steps), report) in MAILS.iter().zip(&reports) {
        let mail = data.mail(name);
        let person = if name.contains("ecdh") { "bob-ec" } else { "bob" };
        let ours = in_their_words(steps, report);
        let theirs = [
            verdict(steps, person, &mail, &|mail| here.verify(mail), &|person, mail| here.decrypt(person, mail)),
            verdict(steps, person, &mail, &|mail| gpgsm.verify(mail), &|person, mail| gpgsm.decrypt(person, mail)),
            verdict(steps, person, &mail, &|mail| nss.verify(mail), &|person, mail| nss.decrypt(person, mail)),
        ];
        for (theirs, (program, count)) in theirs.iter().zip(&mut agreed) {
            let reason = REASONS.iter().find(|reason| reason.0 == *name && reason.1 == *program);
            used += usize::from(reason.is_some());
            match (*theirs == ours, reason) {
                (true, None) => *count += 1,
                (true, Some(_)) => wrong.push(format!("{name}: {program} agrees now")),
                (false, reason) => {
                    let why = reason.map_or("", |reason| reason.2);
                    if why.is_empty() {
                        wrong.push(format!("{name}: {program} {theirs}, Waxwing {ours}"));
                    }
                    let said = match report.privacy() {
                        "none" => format!("`{}`", report.signature()),
                        privacy => format!("`{}`, `{privacy}`", report.signature()),
                    };
                    rows.push(((*name).to_owned(), said, format!("{program} {theirs}"), why.to_owned()));
                }
            }
        }
    }
    let page = page(&rows, &agreed);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/disagreements.md");
    if std::env::var_os("WAXWING_WRITE_PAGE").is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(used, REASONS.len(), "a reason is for a mail that is not there");
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), page, "docs/disagreements.md is not what was measured");
}

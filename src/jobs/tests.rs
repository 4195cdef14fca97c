use std::fs;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::crypto::{ContentCipher, KeyKind, PrivateKey};
use crate::pki::create::self_signed;
use crate::policy::Profile;
use crate::report::{Failure, LayerKind, Privacy, Verdict};
use crate::source::{ReadAt, Source};
use crate::wallet::vault::{FileVault, Vault as _};

const LETTER: &str = "From: Anna <anna@example.org>\r\nTo: Jan <jan@example.org>\r\nCc: eva@example.org\r\n\
    Bcc: boss@example.org\r\nSubject: The contract\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n\
    The delivery date is the third of May.\r\n";
const SECRET: &[u8] = b"The delivery date";

fn now() -> Timestamp {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

fn person(kind: KeyKind, address: &str, made: Timestamp, days: u32) -> (PrivateKey, Certificate) {
    let key = PrivateKey::generate(kind).unwrap();
    let certificate = self_signed(&key, address.split('@').next().unwrap(), address, made, days).unwrap();
    (key, certificate)
}

/// Somebody's wallet, and a folder with the letter.
struct Office {
    dir: tempfile::TempDir,
    wallet: Arc<Wallet>,
    anna: Certificate,
    profile: Profile,
}

impl Office {
    /// Anna with a key of that kind, and the certificates of everybody else.
    fn of_anna(kind: KeyKind, profile: Profile) -> Self {
        let wallet = Arc::new(Wallet::in_memory().unwrap());
        let (key, anna) = person(kind, "anna@example.org", now(), 365);
        wallet.add_identity(&anna, &[], None, &key, now()).unwrap();
        wallet.set_trust(&anna, Some(now())).unwrap();
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("letter.eml"), LETTER).unwrap();
        Self { dir, wallet, anna, profile }
    }

    fn knows(self, address: &str) -> Self {
        let (_, certificate) = person(KeyKind::P256, address, now(), 365);
        self.wallet.add_certificate(&certificate, now()).unwrap();
        self
    }

    fn knows_everybody(self) -> Self {
        self.knows("jan@example.org").knows("eva@example.org").knows("boss@example.org")
    }

    fn desk(&self) -> Desk {
        desk(&self.wallet, self.profile)
    }

    fn letter(&self) -> PathBuf {
        self.dir.path().join("letter.eml")
    }

    fn seal(&self, seal: &Seal) -> Result<Sealed, Failure> {
        self.desk().seal(&self.letter(), seal, &Output::Beside, &Progress::default())
    }

    /// Everything in the folder, hidden files too.
    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.dir.path()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn desk(wallet: &Arc<Wallet>, profile: Profile) -> Desk {
    Desk::new(Arc::clone(wallet), Policy { profile, ..Policy::at(now()) })
}

fn signed() -> Seal {
    Seal { sign: Some(SignWith::Sender), ..Seal::default() }
}

fn encrypted() -> Seal {
    Seal { encrypt: true, ..Seal::default() }
}

fn both() -> Seal {
    Seal { encrypt: true, ..signed() }
}

fn contains(file: &Path, needle: &[u8]) -> bool {
    fs::read(file).unwrap().windows(needle.len()).any(|window| window == needle)
}

/// What is sealed here is opened here, with every kind of key and by both profiles, and its signature holds after it was
/// saved in the clear.
#[test]
fn messages_are_sealed_opened_and_saved() {
    use LayerKind::{AuthEnveloped, ClearSigned, Enveloped, OpaqueSigned};
    for kind in [KeyKind::Rsa(2048), KeyKind::P256] {
        for (profile, envelope) in [(Profile::Compatible, Enveloped), (Profile::Modern, AuthEnveloped)] {
            let office = Office::of_anna(kind, profile).knows_everybody();
            let (desk, progress) = (office.desk(), Progress::default());
            for (seal, layers) in [
                (signed(), vec![ClearSigned]),
                (Seal { opaque: true, ..signed() }, vec![OpaqueSigned]),
                (encrypted(), vec![envelope]),
                (both(), vec![envelope, ClearSigned]),
                (Seal { opaque: true, ..both() }, vec![envelope, OpaqueSigned]),
                (Seal { triple: true, ..both() }, vec![ClearSigned, envelope, ClearSigned]),
            ] {
                let what = format!("{kind} {profile:?} {seal:?}");
                let sealed = desk.seal(&office.letter(), &seal, &Output::Beside, &progress).unwrap();
                let opened = desk.look(&sealed.main, &Progress::default());
                let report = &opened.report;
                let kinds: Vec<_> = report.layers.iter().map(|layer| layer.kind).collect();
                assert!(kinds.starts_with(&layers), "{what}: {kinds:?}");
                let verdict = if seal.sign.is_some() { Verdict::Pinned } else { Verdict::Unsigned };
                assert_eq!(report.signature, verdict, "{what}: {report:#?}");
                assert_eq!(report.subject, "The contract", "{what}");
                if !seal.encrypt {
                    let failure = desk.save_decrypted(&sealed.main, &opened, &Output::Beside, &progress).unwrap_err();
                    assert_eq!(failure.code, "not-encrypted");
                    continue;
                }
                assert!(
                    matches!(report.privacy, Privacy::Opened | Privacy::OpenedUnauthenticated),
                    "{what}: {report:#?}"
                );
                assert!(!contains(&sealed.main, SECRET), "{what}");
                let clear = desk.save_decrypted(&sealed.main, &opened, &Output::Beside, &progress).unwrap();
                let report = desk.look(&clear, &Progress::default()).report;
                assert_eq!((report.signature, report.privacy), (verdict, Privacy::None), "{what}: {report:#?}");
                assert_eq!(report.from, ["anna@example.org"], "{what}");
                assert!(report.shown.texts.iter().any(|text| text.text.contains("third of May")), "{what}");
            }
        }
    }
}

/// A hidden recipient stands in nobody else's message, neither by name nor by key, and gets one of their own.
#[test]
fn bcc_stays_hidden() {
    let office = Office::of_anna(KeyKind::P256, Profile::Compatible).knows_everybody();
    let sealed = office.seal(&both()).unwrap();
    assert_eq!(sealed.main, office.dir.path().join("letter.encrypted.eml"));
    let copy = office.dir.path().join("letter.encrypted.bcc-1.eml");
    assert_eq!(sealed.bcc, [("boss@example.org".to_owned(), copy.clone())]);
    let recipients = |file: &Path| office.desk().look(file, &Progress::default()).report.layers[0].recipients.len();
    assert_eq!((recipients(&sealed.main), recipients(&copy)), (3, 1));
    for file in [&sealed.main, &copy] {
        assert!(!contains(file, b"Bcc") && !contains(file, b"boss"), "{}", file.display());
    }
    // A signed message is handed to a mail program, which takes Bcc out.
    let signed = office.seal(&signed()).unwrap();
    assert!(contains(&signed.main, b"Bcc: boss@example.org\r\n") && signed.bcc.is_empty());
    // With nobody else, the message itself is the sender's alone.
    let hidden = LETTER.replace("To: Jan <jan@example.org>\r\nCc: eva@example.org\r\n", "");
    fs::write(office.letter(), hidden).unwrap();
    let sealed = office.seal(&encrypted()).unwrap();
    assert_eq!((recipients(&sealed.main), sealed.bcc.len()), (1, 1));
}

/// Somebody without a certificate is named with the reason, and nothing is written: not for the others either.
#[test]
fn a_missing_certificate_stops_the_message() {
    let office = Office::of_anna(KeyKind::P256, Profile::Compatible).knows("jan@example.org");
    let (_, expired) = person(KeyKind::P256, "eva@example.org", now() - SignedDuration::from_hours(24 * 40), 30);
    office.wallet.add_certificate(&expired, now()).unwrap();
    let failure = office.seal(&encrypted()).unwrap_err();
    assert_eq!(failure.code, "missing-certificate");
    assert!(failure.what.contains("eva@example.org (the certificate expired"), "{}", failure.what);
    assert!(failure.what.contains("boss@example.org (no certificate)"), "{}", failure.what);
    assert!(!failure.what.contains("jan@"), "{}", failure.what);
    assert_eq!(office.files(), ["letter.eml"]);
    let readers = office.desk().readers(&office.letter()).unwrap();
    let known: Vec<_> = readers.known.iter().map(|(address, _)| address.as_str()).collect();
    assert_eq!(known, ["jan@example.org", "anna@example.org"]);
    let missing: Vec<_> = readers.missing.iter().map(|(address, _)| address.as_str()).collect();
    assert_eq!(missing, ["eva@example.org", "boss@example.org"]);
    assert!(readers.can_sign);
    // The user's word counts, and a newer certificate that can be used beats an older one that cannot.
    let jan = readers.known[0].1.clone();
    office.wallet.set_distrust(&jan, true).unwrap();
    assert!(office.desk().recipient("jan@example.org").unwrap_err().what.contains("you do not trust"));
    let office = office.knows("eva@example.org");
    assert_ne!(office.desk().recipient("eva@example.org").unwrap(), expired);
    assert_eq!(office.desk().recipient("not an address").unwrap_err().code, "missing-certificate");
    let chosen = Seal { to: vec![jan], ..encrypted() };
    assert_eq!(office.seal(&chosen).unwrap_err().code, "missing-certificate");
    // A field that cannot be read may name somebody.
    fs::write(office.letter(), LETTER.replace("Cc: eva@example.org", "Cc: eva at home <")).unwrap();
    let failure = office.seal(&encrypted()).unwrap_err();
    assert!(failure.what.contains("eva at home"), "{}", failure.what);
}

/// With recipients that were chosen, the message goes to exactly these, and nobody in the header matters.
#[test]
fn chosen_recipients_are_the_only_ones() {
    let office = Office::of_anna(KeyKind::P256, Profile::Compatible).knows("eva@example.org");
    let eva = office.desk().recipient("EVA@example.org").unwrap();
    let sealed = office.seal(&Seal { to: vec![eva.clone(), eva], ..both() }).unwrap();
    let report = office.desk().look(&sealed.main, &Progress::default()).report;
    assert_eq!((report.layers[0].recipients.len(), report.privacy), (1, Privacy::Locked));
    assert!(sealed.bcc.is_empty());
    let opened = office.desk().look(&sealed.main, &Progress::default());
    let failure = office.desk().save_decrypted(&sealed.main, &opened, &Output::Beside, &Progress::default());
    assert_eq!(failure.unwrap_err().code, "locked");
    assert_eq!(office.files(), ["letter.eml", "letter.encrypted.eml"]);
}

/// Stops a job after so many reads.
struct Stopping {
    below: Source,
    left: std::sync::atomic::AtomicI64,
    progress: Progress,
}

impl ReadAt for Stopping {
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> std::io::Result<usize> {
        if self.left.fetch_sub(1, std::sync::atomic::Ordering::Relaxed) <= 0 {
            self.progress.cancel();
        }
        self.below.read_at(offset, buf)
    }
    fn len(&self) -> std::io::Result<u64> {
        self.below.len()
    }
}

/// Whenever a job is stopped, nothing is left behind and it says so.
#[test]
fn a_stopped_job_leaves_nothing() {
    let office = Office::of_anna(KeyKind::P256, Profile::Modern).knows_everybody();
    let letter = format!("{LETTER}{}", "and so on and so on\r\n".repeat(30_000));
    let output = Output::Folder(office.dir.path().to_owned());
    for reads in [0, 1, 5, 12, 20, 25, 30] {
        let progress = Progress::default();
        let below = Source::from_bytes(letter.as_bytes());
        let view = Stopping { below, left: reads.into(), progress: progress.clone() };
        let input = Input::Bytes { name: "-".to_owned(), source: Source::from_view(view) };
        let failure = office.desk().seal(&input, &both(), &output, &progress).unwrap_err();
        assert_eq!(failure.code, "cancelled", "after {reads} reads");
        assert_eq!(office.files(), ["letter.eml"], "after {reads} reads");
    }
    let progress = Progress::default();
    progress.cancel();
    let report = office.desk().look(&office.letter(), &progress).report;
    assert_eq!(report.error.unwrap().code, "cancelled");
    let sealed = office.seal(&both()).unwrap();
    let opened = office.desk().look(&sealed.main, &Progress::default());
    let failure = office.desk().save_decrypted(&sealed.main, &opened, &Output::Beside, &progress).unwrap_err();
    assert_eq!(failure.code, "cancelled");
    assert_eq!(office.files().len(), 3);
}

/// What goes wrong with files has a code for scripts and words for people, and leaves nothing.
#[test]
fn trouble_with_files_is_named() {
    let office = Office::of_anna(KeyKind::P256, Profile::Compatible);
    let (desk, progress) = (office.desk(), Progress::default());
    let seal = |file: &Path, output: &Output| desk.seal(file, &signed(), output, &progress).unwrap_err().code;
    let gone = office.dir.path().join("gone");
    assert_eq!(seal(&gone.join("letter.eml"), &Output::Beside), "not-found");
    assert_eq!(seal(office.dir.path(), &Output::Beside), "is-folder");
    assert_eq!(seal(&office.letter(), &Output::Folder(gone.clone())), "no-folder");
    assert_eq!(seal(&office.letter(), &Output::File(gone.join("new.eml"))), "no-folder");
    let report = desk.look(&gone, &progress).report;
    assert_eq!((report.signature, report.error.unwrap().code.as_str()), (Verdict::Unreadable, "not-found"));
    assert_eq!(office.files(), ["letter.eml"]);
    for (kind, code) in [
        (std::io::ErrorKind::StorageFull, "disk-full"),
        (std::io::ErrorKind::PermissionDenied, "no-write-permission"),
        (std::io::ErrorKind::ReadOnlyFilesystem, "no-write-permission"),
        (std::io::ErrorKind::AlreadyExists, "no-name-left"),
        (std::io::ErrorKind::BrokenPipe, "cannot-write"),
    ] {
        let failure = failure::writing(Path::new("dir/letter.eml"), &kind.into());
        assert_eq!(failure.code, code);
        assert!(failure::OF_FILES.contains(&code) && failure.what.contains("dir"), "{}", failure.what);
    }
}

/// Names are taken once; a name that somebody asked for gets a number too.
#[test]
fn results_never_replace_a_file() {
    let office = Office::of_anna(KeyKind::P256, Profile::Compatible);
    let named = Output::File(office.dir.path().join("letter.eml"));
    office.seal(&signed()).unwrap();
    office.seal(&signed()).unwrap();
    let own = office.desk().seal(&office.letter(), &signed(), &named, &Progress::default()).unwrap();
    assert_eq!(own.main, office.dir.path().join("letter (2).eml"));
    assert_eq!(office.files(), ["letter (2).eml", "letter.eml", "letter.signed (2).eml", "letter.signed.eml"]);
    assert_eq!(fs::read_to_string(office.letter()).unwrap(), LETTER);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(own.main).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

/// Who signs is found by the sender, by an address, by a certificate; and where nobody is found, that is said.
#[test]
fn the_signer_is_found_or_named() {
    let office = Office::of_anna(KeyKind::P256, Profile::Compatible);
    let sign = |sign: SignWith| office.seal(&Seal { sign: Some(sign), ..Seal::default() });
    assert!(sign(SignWith::Certificate(office.anna.clone())).is_ok());
    assert!(sign(SignWith::Address("Anna@Example.org".to_owned())).is_ok());
    assert_eq!(sign(SignWith::Address("eve@example.org".to_owned())).unwrap_err().code, "no-identity");
    let (_, stranger) = person(KeyKind::P256, "eve@example.org", now(), 365);
    assert_eq!(sign(SignWith::Certificate(stranger)).unwrap_err().code, "no-identity");
    let letter =
        |from: &str| fs::write(office.letter(), LETTER.replace("From: Anna <anna@example.org>", from)).unwrap();
    letter("From: eve@example.org, bob@example.org\r\nSender: anna@example.org");
    assert!(sign(SignWith::Sender).is_ok());
    letter("From: eve@example.org");
    let failure = sign(SignWith::Sender).unwrap_err();
    assert!(failure.code == "no-identity" && failure.what.contains("eve@example.org"), "{}", failure.what);
    letter("X-From: nobody");
    assert_eq!(sign(SignWith::Sender).unwrap_err().code, "no-sender");
    assert_eq!(office.seal(&Seal::default()).unwrap_err().code, "nothing-to-do");
    fs::write(office.letter(), "From: anna@example.org\r\n\r\n").unwrap();
    assert_eq!(office.seal(&encrypted()).unwrap_err().code, "no-recipients");
}

/// A locked wallet says so; the message waits.
#[test]
fn a_locked_wallet_asks_to_be_unlocked() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Arc::new(FileVault::new(dir.path()));
    vault.unlock(&"one two three".to_owned().into()).unwrap();
    let wallet = Arc::new(Wallet::open(dir.path(), vault.clone()).unwrap());
    let (key, anna) = person(KeyKind::P256, "anna@example.org", now(), 365);
    wallet.add_identity(&anna, &[], None, &key, now()).unwrap();
    let letter = dir.path().join("letter.eml");
    fs::write(&letter, LETTER).unwrap();
    let (desk, progress) = (desk(&wallet, Profile::Compatible), Progress::default());
    let mine = Seal { to: vec![anna], ..encrypted() };
    let sealed = desk.seal(&letter, &mine, &Output::Beside, &progress).unwrap();
    vault.lock();
    assert_eq!(desk.seal(&letter, &signed(), &Output::Beside, &progress).unwrap_err().code, "locked");
    assert!(desk.readers(&letter).unwrap().can_sign);
    let opened = desk.look(&sealed.main, &progress);
    assert_eq!(opened.report.privacy, Privacy::NeedsUnlock);
    let failure = desk.save_decrypted(&sealed.main, &opened, &Output::Beside, &progress).unwrap_err();
    assert_eq!(failure.code, "needs-unlock");
    vault.unlock(&"one two three".to_owned().into()).unwrap();
    let opened = desk.look(&sealed.main, &progress);
    assert!(desk.save_decrypted(&sealed.main, &opened, &Output::Beside, &progress).is_ok());
}

/// Everything that a wallet gives can be given for one run instead.
#[test]
fn one_run_needs_no_wallet() {
    let office = Office::of_anna(KeyKind::P256, Profile::Compatible);
    let empty = Arc::new(Wallet::in_memory().unwrap());
    let (anna_key, anna) = person(KeyKind::P256, "anna@example.org", now(), 365);
    let (jan_key, jan) = person(KeyKind::Rsa(2048), "jan@example.org", now(), 365);
    let others = ["eva@example.org", "boss@example.org"].map(|address| person(KeyKind::P256, address, now(), 365).1);
    let given = Given {
        certificates: [jan.clone()].into_iter().chain(others).collect(),
        identities: vec![GivenIdentity { certificate: anna.clone(), chain: Vec::new(), key: Arc::new(anna_key) }],
        ..Given::default()
    };
    let annas = desk(&empty, Profile::Compatible).with(given);
    let sealed = annas.seal(&office.letter(), &both(), &Output::Beside, &Progress::default()).unwrap();
    let keys =
        Given { anchors: vec![anna], certificates: vec![jan], keys: vec![Arc::new(jan_key)], ..Given::default() };
    let jans = desk(&empty, Profile::Compatible).with(keys);
    let opened = jans.look(&sealed.main, &Progress::default());
    assert_eq!(
        opened.report.privacy,
        Privacy::OpenedUnauthenticated.max(opened.report.privacy),
        "{:#?}",
        opened.report
    );
    assert!(opened.report.signature.is_good() || opened.report.signature == Verdict::UnknownIssuer);
    assert!(jans.save_decrypted(&sealed.main, &opened, &Output::Beside, &Progress::default()).is_ok());
    // Nobody else opens it.
    let report = desk(&empty, Profile::Compatible).look(&sealed.main, &Progress::default()).report;
    assert_eq!(report.privacy, Privacy::Locked);
}

/// What a contact said to read is remembered from their signature and kept to.
#[test]
fn contacts_get_what_they_can_read() {
    let office = Office::of_anna(KeyKind::P256, Profile::Modern).knows_everybody();
    let cipher = || {
        let sealed = office.seal(&encrypted()).unwrap();
        let report = office.desk().look(&sealed.main, &Progress::default()).report;
        report.layers[0].cipher.clone().unwrap()
    };
    assert_eq!(cipher(), "aes-256-gcm");
    let jan = office.desk().recipient("jan@example.org").unwrap();
    office.wallet.remember_capabilities(&jan, &[ContentCipher::Aes128Cbc], now()).unwrap();
    assert_eq!(cipher(), "aes-128-cbc");
    // Anna stands among her own contacts, since she trusts her certificate.
    let signed = office.seal(&signed()).unwrap();
    _ = office.desk().look(&signed.main, &Progress::default());
    let contacts = office.wallet.contacts().unwrap();
    let anna = contacts.iter().find(|contact| contact.certificate == office.anna).unwrap();
    assert_eq!(anna.capabilities.as_ref().unwrap().0, crate::smime::seal::CAPABILITIES);
}

/// The history tells what was done, in the order in which it was done, and a batch of looks costs one write.
#[test]
fn the_history_tells_what_was_done() {
    let office = Office::of_anna(KeyKind::P256, Profile::Compatible);
    let desk = office.desk();
    for _ in 0..3 {
        _ = desk.look(&office.letter(), &Progress::default());
    }
    assert_eq!(office.wallet.history(10).unwrap(), []);
    let sealed = desk.seal(&office.letter(), &signed(), &Output::Beside, &Progress::default()).unwrap();
    desk.seal(&office.letter(), &both(), &Output::Beside, &Progress::default()).unwrap_err();
    _ = desk.look(Path::new("gone.eml"), &Progress::default());
    drop(desk);
    let lines: Vec<_> = office.wallet.history(10).unwrap().into_iter().rev().collect();
    let told: Vec<_> = lines.iter().map(|line| (line.action.as_str(), line.outcome.as_str())).collect();
    assert_eq!(
        told,
        [
            ("verify", "unsigned"),
            ("verify", "unsigned"),
            ("verify", "unsigned"),
            ("sign", "ok"),
            ("sign-encrypt", "missing-certificate"),
            ("verify", "not-found"),
        ]
    );
    assert_eq!(lines[3].certificate, Some(office.anna.fingerprint()));
    assert_eq!(lines[3].output.as_deref(), sealed.main.to_str());
    assert!(Path::new(&lines[5].file).is_absolute());
}

/// Attachments and evidence are files of their own; the evidence says which message it is about.
#[test]
fn attachments_and_evidence_are_kept() {
    let office = Office::of_anna(KeyKind::P256, Profile::Compatible);
    let parts = LETTER.replace(
        "text/plain\r\n\r\n",
        "multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: application/pdf; name=a.pdf\r\n\
         Content-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--x--\r\n",
    );
    fs::write(office.letter(), parts).unwrap();
    let (desk, progress) = (office.desk(), Progress::default());
    let opened = desk.look(&office.letter(), &progress);
    let attachment = opened.report.attachments.first().unwrap();
    let target = office.dir.path().join("a.pdf");
    for name in ["a.pdf", "a (2).pdf"] {
        let file = desk.save_attachment(&opened, attachment, &target, &progress).unwrap();
        assert_eq!(file, office.dir.path().join(name));
        assert_eq!(fs::read(file).unwrap(), b"%PDF");
    }
    let file = desk.save_evidence(&office.letter(), &opened.report, &Output::Beside, &progress).unwrap();
    assert_eq!(file, office.dir.path().join("letter.evidence.json"));
    let evidence: serde_json::Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let bytes = fs::read(office.letter()).unwrap();
    let sha256 = crate::crypto::DigestAlgorithm::Sha256.digest(&bytes);
    let sha256: String = sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(evidence["message"]["sha256"], sha256);
    assert_eq!(evidence["message"]["size"], bytes.len());
    assert_eq!(evidence["report"]["signature"], "unsigned");
    assert_eq!(evidence["made"], "2026-06-01T12:00:00Z");
}

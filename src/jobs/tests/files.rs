use super::*;
use crate::source::{ReadAt, Source};

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

/// What mends one fault of the wallet does not mend another; a full disk is one of files, wherever it is met.
#[test]
fn faults_of_the_wallet_have_their_own_advice() {
    use crate::wallet::vault::FileError;
    use crate::wallet::{StoreFault, VaultError, WalletError};
    let of_store = |fault| failure::of_wallet(&WalletError::Store(fault, "detail".to_owned()));
    let of_io = |kind: std::io::ErrorKind| failure::of_wallet(&WalletError::Io(kind.into())).todo;
    let faults = [StoreFault::Damaged, StoreFault::Foreign, StoreFault::Busy, StoreFault::Full, StoreFault::ReadOnly];
    let advice: std::collections::HashSet<_> = faults.into_iter().map(|fault| of_store(fault).todo).collect();
    assert_eq!(advice.len(), faults.len());
    assert_eq!(of_io(std::io::ErrorKind::StorageFull), of_store(StoreFault::Full).todo);
    assert_eq!(of_io(std::io::ErrorKind::ReadOnlyFilesystem), of_store(StoreFault::ReadOnly).todo);
    let full = std::sync::Arc::new(std::io::Error::from(std::io::ErrorKind::StorageFull));
    let file = FileError { path: "keys/x.p8".into(), writing: true, error: full };
    for (error, code) in
        [(VaultError::File(file), "disk-full"), (VaultError::Unwritten("error".to_owned()), "cannot-write")]
    {
        let failure = failure::of_vault(&error);
        assert_eq!(failure.code, code);
        assert!(failure::OF_FILES.contains(&code) && failure.todo.contains("Make room"), "{}", failure.todo);
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

/// Where names go to the disk together, they do before the history tells of their files, which outlives a power failure.
#[test]
fn the_history_tells_of_files_whose_names_are_on_the_disk() {
    let office = Office::of_anna(KeyKind::P256, Profile::Modern);
    office.attach();
    let (desk, names) = office.desk().with_names_together();
    let pending = || {
        let count = std::cell::Cell::new(0);
        names.sync_by(|_| count.set(count.get() + 1));
        count.get()
    };
    let opened = desk.look(&office.letter(), &Progress::default());
    let attachment = opened.report.attachments.first().unwrap();
    desk.save_attachment(&opened, attachment, &office.dir.path().join("a.pdf"), &Progress::default()).unwrap();
    assert_eq!(pending(), 1, "no line in the history");
    // The first line about something that was made is written at once.
    desk.seal(&office.letter(), &signed(), &Output::Beside, &Progress::default()).unwrap();
    assert_eq!((pending(), office.wallet.history(10).unwrap().len()), (0, 2));
}

/// Attachments and evidence are files of their own; the evidence says which message it is about.
#[test]
fn attachments_and_evidence_are_kept() {
    let office = Office::of_anna(KeyKind::P256, Profile::Compatible);
    office.attach();
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
    let sha256 = crate::crypto::hex::encode(&sha256);
    assert_eq!(evidence["message"]["sha256"], sha256);
    assert_eq!(evidence["message"]["size"], bytes.len());
    assert_eq!(evidence["report"]["signature"], "unsigned");
    assert_eq!(evidence["made"], "2026-06-01T12:00:00Z");
}

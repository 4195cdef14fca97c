//! Reasons in sentences: those of the system in the reader's language, those of the program as a detail behind a whole sentence.

use std::io::{self, ErrorKind};

use super::tr;
use super::words::shortened;

/// Characters of a detail; whoever reports a fault needs more of it than of a name.
const LONGEST: usize = 400;

/// A sentence that ends with why the system did not do something, made by `sentence`. What only the system knows to say, in
/// English, stands behind it.
pub fn because(error: &io::Error, sentence: impl FnOnce(String) -> String) -> String {
    match known(error) {
        Some(reason) if error.get_ref().is_none() => sentence(reason),
        Some(reason) => with_detail(sentence(reason), &error.to_string()),
        None => with_detail(sentence(tr!("reason-other")), &error.to_string()),
    }
}

/// A whole sentence, and behind it in parentheses what only the program says of it, in English.
#[must_use]
pub fn with_detail(sentence: String, detail: &str) -> String {
    let detail = shortened(detail, LONGEST);
    if detail.is_empty() { sentence } else { format!("{sentence} {}", tr!("reason-detail", detail = detail)) }
}

/// The common reasons.
fn known(error: &io::Error) -> Option<String> {
    if let Some(reason) = error.raw_os_error().and_then(numbered) {
        return Some(reason);
    }
    Some(match error.kind() {
        ErrorKind::NotFound => tr!("reason-not-found"),
        ErrorKind::PermissionDenied => tr!("reason-no-permission"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => tr!("reason-disk-full"),
        ErrorKind::FileTooLarge => tr!("reason-too-large"),
        ErrorKind::NotADirectory => tr!("reason-no-folder"),
        ErrorKind::IsADirectory => tr!("reason-folder"),
        ErrorKind::ReadOnlyFilesystem => tr!("reason-read-only"),
        ErrorKind::TimedOut => tr!("reason-timed-out"),
        ErrorKind::InvalidFilename => tr!("reason-name"),
        ErrorKind::AlreadyExists => tr!("reason-exists"),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => tr!("reason-busy"),
        ErrorKind::OutOfMemory => tr!("reason-memory"),
        ErrorKind::UnexpectedEof => tr!("reason-ends-early"),
        ErrorKind::InvalidData => tr!("reason-damaged"),
        ErrorKind::BrokenPipe => tr!("reason-closed"),
        _ => return None,
    })
}

/// Reasons that the standard library has no kind for: `EIO`, `ENFILE` and `EMFILE` (POSIX), and what stands for them on Windows.
fn numbered(code: i32) -> Option<String> {
    let (device, too_many): (&[i32], &[i32]) = if cfg!(windows) { (&[1117], &[4]) } else { (&[5], &[23, 24]) };
    if device.contains(&code) {
        Some(tr!("reason-device"))
    } else if too_many.contains(&code) {
        Some(tr!("reason-too-many-files"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(error: &io::Error) -> String {
        because(error, |reason| format!("No: {reason}."))
    }

    /// The kinds that people meet are said in their language; the words of the system, which are English, only behind a sentence
    /// that is whole without them.
    #[cfg(unix)]
    #[test]
    fn the_words_of_the_system_stand_behind_the_sentence() {
        for code in [2, 5, 12, 13, 16, 17, 20, 21, 23, 24, 26, 27, 28, 30, 32, 36, 110, 122] {
            if cfg!(target_os = "linux") {
                let text = said(&io::Error::from_raw_os_error(code));
                assert!(!text.contains("os error"), "{code}: {text}");
            }
        }
        let odd = said(&io::Error::from_raw_os_error(25));
        let (sentence, detail) = odd.split_once(". (").unwrap_or_default();
        assert!(!sentence.contains("os error") && detail.ends_with(&format!("os error 25){}", "”)")), "{odd}");
    }

    /// What a library says of data is a detail too; it cannot break out of its line.
    #[test]
    fn details_are_quoted_and_bounded() {
        let text = said(&io::Error::new(ErrorKind::InvalidData, "bad\n tag"));
        assert!(text.ends_with("(Technical detail: “bad tag”)"), "{text}");
        assert!(with_detail("No.".to_owned(), &"x".repeat(10_000)).chars().count() < LONGEST + 50);
        assert_eq!(with_detail("No.".to_owned(), ""), "No.");
    }
}

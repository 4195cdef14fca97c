//! The system's file dialogs, and whether there are any.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rfd::AsyncFileDialog;

/// Nobody can read a dialog and cancel it in less time: no dialog was shown.
const FASTEST_HAND: Duration = Duration::from_millis(350);

/// What came of a dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// These.
    Files(Vec<PathBuf>),
    /// The user thought better of it.
    Cancelled,
    /// Neither a portal nor a helper program answers.
    NoDialog,
}

impl Chosen {
    /// The dialog says nothing both when it was cancelled and when there is none; the time it took tells them apart.
    fn new(files: Option<Vec<PathBuf>>, took: Duration) -> Self {
        match files.filter(|files| !files.is_empty()) {
            Some(files) => Self::Files(files),
            None if took < FASTEST_HAND => Self::NoDialog,
            None => Self::Cancelled,
        }
    }
}

/// Lets the user choose files to open.
pub async fn open(title: String) -> Chosen {
    let started = Instant::now();
    let files = AsyncFileDialog::new().set_title(title).pick_files().await;
    let files = files.map(|files| files.into_iter().map(|file| file.path().to_owned()).collect());
    Chosen::new(files, started.elapsed())
}

/// Lets the user choose where a file goes.
pub async fn save(title: String, name: String, dir: PathBuf) -> Chosen {
    if cfg!(test) {
        // A test opens nothing on anybody's screen: it types the path.
        return Chosen::NoDialog;
    }
    let started = Instant::now();
    let dialog = AsyncFileDialog::new().set_title(title).set_file_name(name);
    let dialog = if dir.as_path() == Path::new("") { dialog } else { dialog.set_directory(dir) };
    let file = dialog.save_file().await;
    Chosen::new(file.map(|file| vec![file.path().to_owned()]), started.elapsed())
}

/// Lets the user choose a folder.
pub async fn folder(title: String) -> Chosen {
    let started = Instant::now();
    let folder = AsyncFileDialog::new().set_title(title).pick_folder().await;
    Chosen::new(folder.map(|folder| vec![folder.path().to_owned()]), started.elapsed())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Without a portal the Open button must not look as if it did nothing.
    #[test]
    fn no_dialog_is_told_from_a_cancelled_one() {
        assert_eq!(Chosen::new(None, Duration::from_millis(40)), Chosen::NoDialog);
        assert_eq!(Chosen::new(Some(Vec::new()), Duration::from_secs(2)), Chosen::Cancelled);
        assert_eq!(Chosen::new(Some(vec!["a".into()]), Duration::ZERO), Chosen::Files(vec!["a".into()]));
    }
}

//! The sample messages that the program brings along.

use std::path::{Path, PathBuf};

use rust_embed::RustEmbed;
use waxwing::jobs::failure;

#[derive(RustEmbed)]
#[folder = "assets/samples/"]
struct Samples;

/// Lays the samples out in a new folder inside `dir`.
///
/// # Errors
/// When they cannot be written.
pub fn lay_out(dir: &Path) -> Result<PathBuf, String> {
    let failed = |error: std::io::Error| failure::writing(&dir.join("samples"), &error).what;
    let folder = tempfile::Builder::new().prefix("samples-").tempdir_in(dir).map_err(failed)?.keep();
    for name in Samples::iter() {
        let Some(file) = Samples::get(&name) else { continue };
        let target = folder.join(Path::new(name.as_ref()).file_name().unwrap_or_default());
        std::fs::write(target, file.data).map_err(failed)?;
    }
    Ok(folder)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    /// Whoever has no signed mail at hand must be able to see what the window does.
    #[test]
    fn there_are_samples() {
        let dir = tempfile::tempdir().unwrap();
        let folder = lay_out(dir.path()).unwrap();
        assert!(std::fs::read_dir(folder).unwrap().count() >= 3);
    }
}

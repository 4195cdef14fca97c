//! A newer OpenSSL than the system's, for post-quantum methods. `packaging/linux/new-openssl.sh` fetches it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Said, run};

pub struct NewOpenSsl(PathBuf);

impl NewOpenSsl {
    /// It, or a word on why there is none. The continuous integration of Linux has it, or fails.
    pub fn find() -> Option<Self> {
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/new-openssl");
        let program = home.join("openssl");
        if program.is_file() {
            return Some(Self(program));
        }
        let why = fs::read_to_string(home.join("why-not"))
            .unwrap_or_else(|_| "packaging/linux/new-openssl.sh was not run".to_owned());
        let expected = cfg!(target_os = "linux") && std::env::var_os("CI").is_some();
        assert!(!expected, "no new OpenSSL: {why}");
        println!("skipped: no new OpenSSL: {why}");
        None
    }

    /// Major and minor version.
    pub fn version(&self) -> (u32, u32) {
        let said = self.run(Path::new("."), "version", b"").unwrap();
        super::peer::version(&String::from_utf8_lossy(&said))
    }

    /// Runs it in a folder; `words` are split at spaces.
    pub fn run(&self, folder: &Path, words: &str, input: &[u8]) -> Said {
        run(Command::new(&self.0).current_dir(folder).args(words.split_whitespace()), input)
    }
}

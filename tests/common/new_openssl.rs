//! A newer OpenSSL than the system's, for post-quantum methods. `packaging/linux/new-openssl.sh` fetches it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Said, run};

pub struct NewOpenSsl(PathBuf);

impl NewOpenSsl {
    /// It, or a word on why there is none. The continuous integration of Linux has tried to have it.
    pub fn find() -> Option<Self> {
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/new-openssl");
        let program = home.join("openssl");
        if program.is_file() {
            return Some(Self(program));
        }
        let why = fs::read_to_string(home.join("why-not"));
        let tried = why.is_ok() || !cfg!(target_os = "linux") || std::env::var_os("CI").is_none();
        assert!(tried, "packaging/linux/new-openssl.sh was not run");
        println!("skipped: no new OpenSSL: {}", why.as_deref().unwrap_or("packaging/linux/new-openssl.sh was not run"));
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

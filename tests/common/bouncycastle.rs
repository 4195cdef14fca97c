//! Bouncy Castle, through a small Java program (`tests/interop/Peer.java`) that reads commands, so that one start is enough.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;

use super::peer::{Cipher, Padding, Peer};
use super::pki::Pki;
use super::{Said, folder, installed};

/// The libraries, as Debian's libbcmail-java brings them.
const JARS: [&str; 6] = ["bcmail", "bcpkix", "bcprov", "bcutil", "javax.mail", "javax.activation"];

pub struct BouncyCastle {
    version: (u32, u32),
    child: Mutex<(Child, ChildStdin, BufReader<ChildStdout>)>,
}

impl BouncyCastle {
    pub fn start() -> Option<Self> {
        let jars = JARS.map(|name| PathBuf::from(format!("/usr/share/java/{name}.jar")));
        if let Some(missing) = jars.iter().find(|jar| !jar.is_file()) {
            // Other systems have no package with all of them.
            let expected = cfg!(target_os = "linux");
            assert!(!expected, "{} is not installed; see packaging/linux/setup.sh", missing.display());
            println!("skipped: {} is not installed", missing.display());
            return None;
        }
        if !installed("java") {
            return None;
        }
        let path = jars.map(|jar| jar.to_string_lossy().into_owned()).join(":");
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop/Peer.java");
        let mut command = Command::new("java");
        command.args(["-cp", &path]).arg(program).arg(Pki::get().folder());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let (stdin, stdout) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut peer = Self { version: (0, 0), child: Mutex::new((child, stdin, stdout)) };
        let said = peer.ask(&["version"]).unwrap_or_else(|error| panic!("Bouncy Castle: {error}"));
        peer.version = super::peer::version(&said);
        Some(peer)
    }

    /// One command.
    pub fn ask(&self, words: &[&str]) -> Result<String, String> {
        let mut child = self.child.lock().unwrap();
        let (_, stdin, stdout) = &mut *child;
        writeln!(stdin, "{}", words.join("\t")).and_then(|()| stdin.flush()).map_err(|error| error.to_string())?;
        let mut answer = String::new();
        stdout.read_line(&mut answer).map_err(|error| error.to_string())?;
        match answer.trim_end().split_once(' ') {
            Some(("ok", said)) => Ok(said.to_owned()),
            _ if answer.trim_end() == "ok" => Ok(String::new()),
            _ => Err(answer),
        }
    }

    /// One command that reads a file and writes one.
    fn through(&self, words: &[&str], input: &[u8]) -> Said {
        let folder = folder();
        let (from, to) = (folder.path().join("in"), folder.path().join("out"));
        fs::write(&from, input).unwrap();
        let names = [&from, &to].map(|path| path.to_string_lossy().into_owned());
        self.ask(&[words, &[names[0].as_str(), names[1].as_str()]].concat())?;
        fs::read(to).map_err(|error| error.to_string())
    }
}

impl Drop for BouncyCastle {
    fn drop(&mut self) {
        if let Ok(child) = self.child.get_mut() {
            _ = child.0.kill();
            _ = child.0.wait();
        }
    }
}

impl Peer for BouncyCastle {
    fn name(&self) -> &'static str {
        "bouncycastle"
    }

    fn version(&self) -> (u32, u32) {
        self.version
    }

    fn verify(&self, mail: &[u8]) -> Said {
        self.through(&["verify"], mail)
    }

    fn sign(&self, person: &str, opaque: bool, entity: &[u8]) -> Said {
        self.through(&["sign", person, if opaque { "opaque" } else { "clear" }], entity)
    }

    fn decrypt(&self, person: &str, mail: &[u8]) -> Said {
        self.through(&["decrypt", person], mail)
    }

    fn encrypt(&self, person: &str, cipher: Cipher, padding: Padding, entity: &[u8]) -> Said {
        self.through(&["encrypt", person, cipher.name(), &format!("{padding:?}")], entity)
    }
}

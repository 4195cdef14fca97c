//! NSS, the library of Thunderbird, through its tool `cmsutil`, which knows CMS but no MIME.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::peer::{Cipher, Padding, Peer};
use super::pki::{PASSWORD, Pki};
use super::{Said, folder, installed, mail, program, run};

/// NSS with a key database of its own.
pub struct Nss {
    version: (u32, u32),
    home: tempfile::TempDir,
}

impl Nss {
    pub fn start() -> Option<Self> {
        let pki = Pki::get();
        let p12s = ["alice", "bob", "alice-ec", "bob-ec"].map(|person| pki.p12(person));
        Self::over(&pki.root(), &pki.issuer(), &p12s, PASSWORD)
    }

    /// With a root that it trusts, an authority below it, and people's keys.
    pub fn over(root: &Path, issuer: &Path, p12s: &[PathBuf], password: &str) -> Option<Self> {
        if !["certutil", "pk12util", "cmsutil"].into_iter().all(installed) {
            return None;
        }
        let peer = Self { version: version(), home: folder() };
        let tool = |name: &str, words: &str, file: Option<&Path>| {
            let mut command = program(name, peer.home.path(), words);
            run(command.args(file), b"").unwrap_or_else(|error| panic!("{error}"));
        };
        tool("certutil", "-N -d sql:. --empty-password", None);
        tool("certutil", "-A -d sql:. -n root -t C,C,C -i", Some(root));
        tool("certutil", "-A -d sql:. -n issuer -t ,, -i", Some(issuer));
        fs::write(peer.home.path().join("password"), password).unwrap();
        fs::write(peer.home.path().join("none"), "").unwrap();
        for p12 in p12s {
            tool("pk12util", "-d sql:. -k none -w password -i", Some(p12));
        }
        Some(peer)
    }

    /// The key database, as its tools name it.
    pub fn database(&self) -> String {
        format!("sql:{}", self.home.path().display())
    }

    /// Runs `cmsutil` with each of `inputs` in a file of that name, and the result in `out`.
    fn cmsutil(&self, words: &str, inputs: &[(&str, &[u8])]) -> Said {
        let folder = folder();
        for (name, bytes) in inputs {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        let mut command = program("cmsutil", folder.path(), words);
        command.arg("-d").arg(self.database()).args(["-p", "", "-o", "out"]);
        run(&mut command, b"")?;
        fs::read(folder.path().join("out")).map_err(|error| error.to_string())
    }
}

/// The tools do not tell their version; the library's package does.
fn version() -> (u32, u32) {
    let ask = |program: &str, words: &[&str]| run(Command::new(program).args(words), b"").ok();
    let said = ask("dpkg-query", &["-W", "-f=${Version}", "libnss3-tools"])
        .or_else(|| ask("nss-config", &["--version"]))
        .or_else(|| ask("pkg-config", &["--modversion", "nss"]))
        .unwrap_or_else(|| b"0.0".to_vec());
    let text = String::from_utf8_lossy(&said).into_owned();
    super::peer::version(text.rsplit(':').next().unwrap())
}

impl Peer for Nss {
    fn name(&self) -> &'static str {
        "nss"
    }

    fn version(&self) -> (u32, u32) {
        self.version
    }

    fn verify(&self, message: &[u8]) -> Said {
        match mail::take_apart(message) {
            mail::Parts::Clear { entity, signature } => {
                self.cmsutil("-D -i in -c content", &[("in", &signature), ("content", &entity)])
            }
            mail::Parts::Cms(cms) => self.cmsutil("-D -i in", &[("in", &cms)]),
        }
    }

    fn sign(&self, person: &str, opaque: bool, entity: &[u8]) -> Said {
        let form = if opaque { "" } else { "-T" };
        let cms = self.cmsutil(&format!("-S {form} -G -P -H SHA256 -N {person} -i in"), &[("in", entity)])?;
        Ok(if opaque { mail::opaque("signed-data", &cms) } else { mail::clear(entity, &cms, "sha-256") })
    }

    fn decrypt(&self, _: &str, message: &[u8]) -> Said {
        self.cmsutil("-D -i in", &[("in", &mail::cms_of(message))])
    }

    fn encrypt(&self, person: &str, cipher: Cipher, padding: Padding, entity: &[u8]) -> Said {
        // It chooses the cipher from what the recipient is known to read: AES-128 where nothing is.
        if cipher != Cipher::Aes128Cbc || padding == Padding::Oaep {
            return Err("cmsutil has no option for it".to_owned());
        }
        Ok(mail::opaque("enveloped-data", &self.cmsutil(&format!("-E -r {person} -i in"), &[("in", entity)])?))
    }
}

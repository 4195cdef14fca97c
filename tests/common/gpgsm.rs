//! gpgsm, which knows CMS but no MIME: it gets the parts that the mail was taken apart into.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::peer::{Cipher, Padding, Peer, version};
use super::pki::{PASSWORD, Pki};
use super::{Said, folder, installed, mail, openssl, run};

/// A gpgsm with a home and an agent of its own.
pub struct Gpgsm {
    version: (u32, u32),
    home: tempfile::TempDir,
    password: String,
}

impl Gpgsm {
    pub fn start() -> Option<Self> {
        let pki = Pki::get();
        let certificates = ["issuer", "alice-ec", "bob-ec"].map(|name| pki.certificate(name));
        let p12s = ["alice", "bob", "alice-ec", "bob-ec"].map(|name| pki.file(&format!("{name}.legacy.p12")));
        Self::over(&pki.root(), &certificates, &p12s, PASSWORD)
    }

    /// With a root that it trusts, certificates, and people's keys.
    pub fn over(root: &Path, certificates: &[PathBuf], p12s: &[PathBuf], password: &str) -> Option<Self> {
        if !installed("gpgsm") || !installed("gpg-agent") {
            return None;
        }
        let said = run(Command::new("gpgsm").arg("--version"), b"").unwrap();
        // Its name is short: the path of the agent's socket has a limit of about a hundred bytes.
        let peer =
            Self { version: version(&String::from_utf8_lossy(&said)), home: folder(), password: password.to_owned() };
        peer.write("gpgsm.conf", "batch\nno-tty\npinentry-mode loopback\ndisable-crl-checks\ndisable-dirmngr\n");
        peer.write("gpg-agent.conf", "allow-loopback-pinentry\n");
        let print =
            run(Command::new("openssl").args(["x509", "-noout", "-fingerprint", "-sha1", "-in"]).arg(root), b"")
                .unwrap();
        let print = String::from_utf8(print).unwrap();
        peer.write("trustlist.txt", &format!("{} S relax\n", print.trim().rsplit('=').next().unwrap()));
        for certificate in std::iter::once(root).chain(certificates.iter().map(PathBuf::as_path)) {
            run(peer.command(&["--import"]).arg(certificate), b"").unwrap();
        }
        for p12 in p12s {
            let import = run(peer.command(&["--passphrase-fd", "0", "--import"]).arg(p12), password.as_bytes());
            // Older versions crash on keys of elliptic curves; the table of gaps says what they cannot do then.
            assert!(import.is_ok() || p12.to_string_lossy().contains("-ec."), "{import:?}");
        }
        Some(peer)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.home.path().join(name), text).unwrap();
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new("gpgsm");
        command.env("GNUPGHOME", self.home.path()).env("LC_ALL", "C").args(words);
        command
    }

    /// Runs with `input` in a file and the result in another.
    fn to_file(&self, words: &[&str], input: &[u8], passphrase: &str) -> Said {
        let folder = folder();
        let (from, to) = (folder.path().join("in"), folder.path().join("out"));
        fs::write(&from, input).unwrap();
        let mut command = self.command(&["--passphrase-fd", "0", "--output"]);
        run(command.arg(&to).args(words).arg(&from), passphrase.as_bytes())?;
        fs::read(&to).map_err(|error| error.to_string())
    }
}

impl Drop for Gpgsm {
    fn drop(&mut self) {
        _ = run(Command::new("gpgconf").env("GNUPGHOME", self.home.path()).args(["--kill", "gpg-agent"]), b"");
    }
}

/// How gpgsm is told which of several certificates with the same address is meant.
pub fn fingerprint(person: &str) -> String {
    let said = openssl::openssl(&format!("x509 -in {person}.pem -noout -fingerprint -sha1"), b"").unwrap();
    let text = String::from_utf8(said).unwrap();
    format!("0x{}", text.trim().rsplit('=').next().unwrap().replace(':', ""))
}

impl Peer for Gpgsm {
    fn name(&self) -> &'static str {
        "gpgsm"
    }

    fn version(&self) -> (u32, u32) {
        self.version
    }

    fn verify(&self, message: &[u8]) -> Said {
        match mail::take_apart(message) {
            mail::Parts::Clear { entity, signature } => {
                let folder = folder();
                let path = |name: &str, bytes: &[u8]| {
                    let path = folder.path().join(name);
                    fs::write(&path, bytes).unwrap();
                    path
                };
                let (signature, content) = (path("signature", &signature), path("content", &entity));
                run(self.command(&["--verify"]).args::<[&Path; 2], _>([&signature, &content]), b"")?;
                Ok(entity)
            }
            mail::Parts::Cms(cms) => self.to_file(&["--verify"], &cms, &self.password),
        }
    }

    fn sign(&self, person: &str, opaque: bool, entity: &[u8]) -> Said {
        let form = if opaque { "--sign" } else { "--detach-sign" };
        let cms = self.to_file(&["--local-user", &fingerprint(person), form], entity, &self.password)?;
        Ok(if opaque { mail::opaque("signed-data", &cms) } else { mail::clear(entity, &cms, "sha-256") })
    }

    fn decrypt(&self, _: &str, message: &[u8]) -> Said {
        self.to_file(&["--decrypt"], &mail::cms_of(message), &self.password)
    }

    fn encrypt(&self, person: &str, cipher: Cipher, padding: Padding, entity: &[u8]) -> Said {
        let algorithm = match (cipher, padding) {
            (Cipher::Aes128Cbc, Padding::Pkcs1) => "AES",
            (Cipher::Aes192Cbc, Padding::Pkcs1) => "AES192",
            (Cipher::Aes256Cbc, Padding::Pkcs1) => "AES256",
            _ => return Err("gpgsm has no option for it".to_owned()),
        };
        let words = ["--recipient", &fingerprint(person), "--cipher-algo", algorithm, "--encrypt"];
        Ok(mail::opaque("enveloped-data", &self.to_file(&words, entity, "")?))
    }
}

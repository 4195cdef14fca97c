//! `openssl cms`, which reads and writes whole messages.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::peer::{Cipher, Padding, Peer, version};
use super::pki::{ALICE, BOB, Pki};
use super::{Said, folder, installed, program, run};

pub struct OpenSsl {
    version: (u32, u32),
}

impl OpenSsl {
    pub fn find() -> Option<Self> {
        if !installed("openssl") {
            return None;
        }
        let said = run(Command::new("openssl").arg("version"), b"").unwrap();
        Some(Self { version: version(&String::from_utf8_lossy(&said)) })
    }
}

/// Runs `openssl` in the folder of the test certificates; `words` are split at spaces.
pub fn openssl(words: &str, input: &[u8]) -> Said {
    run(&mut program("openssl", Pki::get().folder(), words), input)
}

/// The same, with the result in a file: some messages do not survive standard output's buffering of `-verify`.
fn openssl_to_file(words: &str, input: &[u8]) -> Said {
    let folder = folder();
    let out = folder.path().join("out");
    run(program("openssl", Pki::get().folder(), words).arg("-out").arg(&out), input)?;
    read(&out)
}

fn read(path: &Path) -> Said {
    fs::read(path).map_err(|error| error.to_string())
}

impl Peer for OpenSsl {
    fn name(&self) -> &'static str {
        "openssl"
    }

    fn version(&self) -> (u32, u32) {
        self.version
    }

    fn verify(&self, mail: &[u8]) -> Said {
        openssl_to_file("cms -verify -purpose smimesign -CAfile root.pem", mail)
    }

    fn sign(&self, person: &str, opaque: bool, entity: &[u8]) -> Said {
        let form = if opaque { "-nodetach" } else { "" };
        openssl(
            &format!(
                "cms -sign {form} -signer {person}.pem -inkey {person}.key -certfile issuer.pem -md sha256 \
                 -from {ALICE} -to {BOB} -subject signed"
            ),
            entity,
        )
    }

    fn decrypt(&self, person: &str, mail: &[u8]) -> Said {
        openssl_to_file(&format!("cms -decrypt -recip {person}.pem -inkey {person}.key"), mail)
    }

    fn encrypt(&self, person: &str, cipher: Cipher, padding: Padding, entity: &[u8]) -> Said {
        let cipher = cipher.name();
        let padding = match padding {
            Padding::Pkcs1 => "",
            Padding::Oaep => "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256",
        };
        openssl(
            &format!("cms -encrypt -{cipher} -from {ALICE} -to {BOB} -subject sealed -recip {person}.pem {padding}"),
            entity,
        )
    }
}

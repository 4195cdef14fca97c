//! Other programs that read and write S/MIME.

use super::Said;
use super::bouncycastle::BouncyCastle;
use super::gpgsm::Gpgsm;
use super::nss::Nss;
use super::openssl::OpenSsl;

/// What content is encrypted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cipher {
    Aes128Cbc,
    Aes192Cbc,
    Aes256Cbc,
    Aes128Gcm,
    Aes256Gcm,
}

impl Cipher {
    pub const ALL: [Self; 5] = [Self::Aes128Cbc, Self::Aes192Cbc, Self::Aes256Cbc, Self::Aes128Gcm, Self::Aes256Gcm];

    /// As the reports name it; openssl does too.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aes128Cbc => "aes-128-cbc",
            Self::Aes192Cbc => "aes-192-cbc",
            Self::Aes256Cbc => "aes-256-cbc",
            Self::Aes128Gcm => "aes-128-gcm",
            Self::Aes256Gcm => "aes-256-gcm",
        }
    }

    pub fn is_authenticated(self) -> bool {
        matches!(self, Self::Aes128Gcm | Self::Aes256Gcm)
    }
}

/// How an RSA recipient gets the content key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Padding {
    Pkcs1,
    Oaep,
}

/// A program that reads and writes S/MIME. People are named as in [`super::pki::Pki`].
pub trait Peer {
    fn name(&self) -> &'static str;

    /// Major and minor version.
    fn version(&self) -> (u32, u32);

    /// Checks the signature of a message against the root of the test certificates; returns the signed entity.
    fn verify(&self, mail: &[u8]) -> Said;

    /// Signs an entity and returns a message.
    fn sign(&self, person: &str, opaque: bool, entity: &[u8]) -> Said;

    /// Opens an encrypted message with the person's key and returns what is inside.
    fn decrypt(&self, person: &str, mail: &[u8]) -> Said;

    /// Encrypts an entity to somebody and returns a message.
    fn encrypt(&self, person: &str, cipher: Cipher, padding: Padding, entity: &[u8]) -> Said;
}

/// Every peer that is installed.
pub fn peers() -> Vec<Box<dyn Peer>> {
    let mut peers: Vec<Box<dyn Peer>> = Vec::new();
    if let Some(peer) = OpenSsl::find() {
        peers.push(Box::new(peer));
    }
    if let Some(peer) = Gpgsm::start() {
        peers.push(Box::new(peer));
    }
    if let Some(peer) = Nss::start() {
        peers.push(Box::new(peer));
    }
    if let Some(peer) = BouncyCastle::start() {
        peers.push(Box::new(peer));
    }
    peers
}

/// The first `major.minor` in what a program says about itself.
pub fn version(text: &str) -> (u32, u32) {
    text.split_whitespace()
        .find_map(|word| {
            let mut numbers = word.split('.').map(str::parse::<u32>);
            Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
        })
        .unwrap_or_else(|| panic!("no version in {text:?}"))
}

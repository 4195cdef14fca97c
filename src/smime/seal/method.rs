//! Which methods a new message is made with (RFC 8551 §2).

use crate::crypto::transport::KeyTransport;
use crate::crypto::{ContentCipher, DigestAlgorithm, Error, KeyKind, SignatureAlgorithm};
use crate::pki::Certificate;
use crate::policy::Profile;

/// The ciphers that this program reads and asks for, best first (RFC 8551 §2.5.2).
pub const CAPABILITIES: [ContentCipher; 4] =
    [ContentCipher::Aes256Gcm, ContentCipher::Aes128Gcm, ContentCipher::Aes256Cbc, ContentCipher::Aes128Cbc];

/// Ciphers to choose from, the preferred one first.
const MODERN: [ContentCipher; 6] = [
    ContentCipher::Aes256Gcm,
    ContentCipher::Aes192Gcm,
    ContentCipher::Aes128Gcm,
    ContentCipher::Aes256Cbc,
    ContentCipher::Aes192Cbc,
    ContentCipher::Aes128Cbc,
];
const COMPATIBLE: [ContentCipher; 6] = [
    ContentCipher::Aes256Cbc,
    ContentCipher::Aes192Cbc,
    ContentCipher::Aes128Cbc,
    ContentCipher::Aes256Gcm,
    ContentCipher::Aes192Gcm,
    ContentCipher::Aes128Gcm,
];

/// What one recipient is known to read.
#[derive(Debug, Clone, Copy)]
pub struct Reads<'a> {
    /// The kind of the recipient's key.
    pub key: KeyKind,
    /// What the recipient said to read, best first; empty when nothing is known.
    pub said: &'a [ContentCipher],
}

/// Why a cipher was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It is the profile's.
    Profile,
    /// Every recipient has a key that only programs know which read it.
    Keys,
    /// The recipient with this number said to read nothing that is preferred more.
    Said(usize),
    /// The recipients have nothing in common; every program that is still kept up reads it.
    Nothing,
}

/// The cipher for recipients who said what they read; those who said nothing read what goes with their key, or the profile's.
///
/// Nothing below AES-128 is ever chosen: when the recipients have nothing better in common, it is AES-128-CBC, which every
/// program reads that is still kept up.
#[must_use]
pub fn cipher_for(profile: Profile, recipients: &[Reads<'_>]) -> (ContentCipher, Reason) {
    // X25519 and X448 (RFC 8418) and ML-KEM (RFC 9936) came after AES-GCM (RFC 5084) in time and in programs.
    let new = |reads: &Reads<'_>| matches!(reads.key, KeyKind::X25519 | KeyKind::X448 | KeyKind::MlKem(_));
    let by_keys = profile == Profile::Compatible && !recipients.is_empty() && recipients.iter().all(new);
    let order = if profile == Profile::Modern || by_keys { MODERN } else { COMPATIBLE };
    let says_no = |cipher: ContentCipher| {
        recipients.iter().position(|reads| !reads.said.is_empty() && !reads.said.contains(&cipher))
    };
    let mut refused = None;
    for cipher in order {
        match (says_no(cipher), refused) {
            (None, Some(who)) => return (cipher, Reason::Said(who)),
            (None, None) => return (cipher, if by_keys { Reason::Keys } else { Reason::Profile }),
            (Some(who), _) => refused = refused.or(Some(who)),
        }
    }
    (ContentCipher::Aes128Cbc, Reason::Nothing)
}

/// The method of a signer, and the digest of the content.
///
/// # Errors
/// When the key is no key for signing.
pub(super) fn signature_for(
    certificate: &Certificate,
    profile: Profile,
) -> Result<(SignatureAlgorithm, DigestAlgorithm), Error> {
    let usual = SignatureAlgorithm::for_key(certificate.public_key())?;
    let algorithm = match (usual, profile) {
        (SignatureAlgorithm::RsaPkcs1v15(digest), Profile::Modern) => SignatureAlgorithm::pss(digest),
        _ => usual,
    };
    Ok((algorithm, algorithm.content_digest()))
}

/// How the content key reaches an RSA key; without meaning for others.
pub(super) fn transport_for(certificate: &Certificate, profile: Profile) -> KeyTransport {
    let key = &certificate.public_key().algorithm;
    match KeyTransport::from_identifier(key) {
        // The key is restricted to OAEP, with those parameters if any are named (RFC 4055 §4).
        Ok(oaep @ KeyTransport::Oaep { .. }) if key.parameters.is_some() => oaep,
        Ok(KeyTransport::Pkcs1v15) if profile == Profile::Compatible => KeyTransport::Pkcs1v15,
        _ => KeyTransport::Oaep { digest: DigestAlgorithm::Sha256, mgf: DigestAlgorithm::Sha256, label: Vec::new() },
    }
}

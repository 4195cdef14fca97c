//! Which methods a new message is made with (RFC 8551 §2).

use crate::crypto::transport::KeyTransport;
use crate::crypto::{ContentCipher, DigestAlgorithm, Error, SignatureAlgorithm};
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

/// The cipher for recipients who said what they read; those who said nothing read the profile's.
///
/// Nothing below AES-128 is ever chosen: when the recipients have nothing better in common, it is AES-128-CBC, which every
/// program reads that is still kept up.
#[must_use]
pub fn cipher_for<'a>(profile: Profile, said: impl IntoIterator<Item = &'a [ContentCipher]>) -> ContentCipher {
    let order = if profile == Profile::Modern { MODERN } else { COMPATIBLE };
    let said: Vec<_> = said.into_iter().filter(|ciphers| !ciphers.is_empty()).collect();
    let common = order.into_iter().find(|cipher| said.iter().all(|ciphers| ciphers.contains(cipher)));
    common.unwrap_or(ContentCipher::Aes128Cbc)
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

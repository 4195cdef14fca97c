//! A private key encrypted under a password (RFC 5958 §3), as vaults, PKCS #12 bags and PEM files hold it.

use der::Sequence;
use der::asn1::OctetString;
use spki::AlgorithmIdentifierOwned;

/// ```text
/// EncryptedPrivateKeyInfo ::= SEQUENCE {
///     encryptionAlgorithm  AlgorithmIdentifier,
///     encryptedData        OCTET STRING }
/// ```
/// (RFC 5958 §3; the CMS structure DigestInfo of a MAC has the same form)
#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
pub(super) struct EncryptedPrivateKeyInfo {
    pub algorithm: AlgorithmIdentifierOwned,
    pub encrypted: OctetString,
}

impl EncryptedPrivateKeyInfo {
    pub fn from_parts((algorithm, encrypted): (AlgorithmIdentifierOwned, Vec<u8>)) -> der::Result<Self> {
        Ok(Self { algorithm, encrypted: OctetString::new(encrypted)? })
    }
}

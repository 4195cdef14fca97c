//! Signed attributes (RFC 5652 §11, RFC 8551 §2.5, RFC 5035).

use const_oid::ObjectIdentifier;
use jiff::Timestamp;

use crate::crypto::ContentCipher;

/// The attributes that are looked at, from the bytes as they came.
#[derive(Debug, Clone, Default)]
pub struct SignedAttributes {
    /// DER with the SET OF tag, as the signature is computed over it (RFC 5652 §5.4): the received order is kept.
    pub der: Vec<u8>,
    /// content-type; more than one value or attribute is a defect and leaves `None`.
    pub content_type: Option<ObjectIdentifier>,
    /// message-digest, likewise.
    pub message_digest: Option<Vec<u8>>,
    /// signing-time.
    pub signing_time: Option<Timestamp>,
    /// signing-certificate (SHA-1) or signing-certificate-v2: digest algorithm and digest of the first entry.
    pub signing_certificate: Option<(crate::crypto::DigestAlgorithm, Vec<u8>)>,
    /// sMIMECapabilities: ciphers that the signer can read, best first.
    pub capabilities: Vec<ContentCipher>,
    /// Attributes that occur more than once although they must not (RFC 5652 §5.3).
    pub duplicates: Vec<ObjectIdentifier>,
    /// All attribute types in order.
    pub types: Vec<ObjectIdentifier>,
}

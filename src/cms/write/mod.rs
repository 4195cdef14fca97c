//! Writing SignedData, EnvelopedData, AuthEnvelopedData and CompressedData as a stream (BER with indefinite lengths around the content,
//! DER everywhere else; RFC 5652 §5.1 asks DER of signed attributes only).

mod compressed;
mod enveloped;
mod pieces;
mod signed;

use std::io;

use jiff::Timestamp;

use crate::asn1::tlv;
use crate::crypto::transport::KeyTransport;
use crate::crypto::{self, ContentCipher, DigestAlgorithm, PrivateKeyOperations, SignatureAlgorithm};
use crate::pki::Certificate;

pub use compressed::Compressor;
pub use enveloped::EnvelopeWriter;
pub use signed::{OpaqueSigner, certs_only, detached};

/// Why a message could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The output could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A key or algorithm could not be used.
    #[error(transparent)]
    Crypto(#[from] crypto::Error),
    /// A structure could not be encoded.
    #[error("encoding failed")]
    Encoding(#[from] der::Error),
}

/// Who signs, and how.
pub struct Signer<'a> {
    /// The signer's certificate.
    pub certificate: &'a Certificate,
    /// The rest of the chain, embedded too (never required to be complete; the anchor may be left out).
    pub chain: &'a [Certificate],
    /// The key.
    pub key: &'a dyn PrivateKeyOperations,
    /// The method.
    pub algorithm: SignatureAlgorithm,
    /// The content's digest.
    pub digest: DigestAlgorithm,
    /// The signing-time attribute.
    pub signing_time: Timestamp,
    /// The sMIMECapabilities attribute, best first (RFC 8551 §2.5.2).
    pub capabilities: &'a [ContentCipher],
}

/// One recipient of an encrypted message: RSA by key transport, EC by key agreement, ML-KEM by key encapsulation; named by issuer
/// and serial number.
pub struct RecipientCertificate<'a> {
    /// The certificate.
    pub certificate: &'a Certificate,
    /// For RSA keys.
    pub transport: KeyTransport,
}

/// A SEQUENCE of indefinite length.
const OPEN_SEQUENCE: [u8; 2] = [0x30, 0x80];
/// The explicit or implicit tag [0], constructed, of indefinite length.
const OPEN_CONTEXT_0: [u8; 2] = [0xa0, 0x80];
/// An OCTET STRING in pieces.
const OPEN_OCTETS: [u8; 2] = [0x24, 0x80];
/// End-of-contents octets (X.690 §8.1.5).
const CLOSE: [u8; 2] = [0, 0];

/// IssuerAndSerialNumber of a certificate, DER.
fn issuer_and_serial(certificate: &Certificate) -> Vec<u8> {
    tlv(0x30, &[certificate.issuer_der(), &tlv(0x02, &[certificate.serial()])])
}

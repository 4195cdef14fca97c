//! DigestedData (RFC 5652 §7): content with a checksum, which anybody can make.

use std::io;

use const_oid::ObjectIdentifier;
use der::asn1::OctetString;
use spki::AlgorithmIdentifierOwned;

use super::Error;
use super::walk::{enter_sequence, read_content, take};
use crate::asn1::Cursor;
use crate::crypto::{DigestAlgorithm, Hasher, Unsupported};
use crate::source::Source;

/// A parsed DigestedData.
#[derive(Debug)]
pub struct Digested {
    /// The type of what is inside.
    pub content_type: ObjectIdentifier,
    /// The content, if it is inside.
    pub content: Option<Source>,
    algorithm: Result<DigestAlgorithm, Unsupported>,
    digest: Vec<u8>,
}

/// Reads the DigestedData at which the cursor stands.
///
/// ```text
/// DigestedData ::= SEQUENCE { version CMSVersion, digestAlgorithm DigestAlgorithmIdentifier,
///     encapContentInfo EncapsulatedContentInfo, digest Digest }
/// ```
pub(super) fn read(cursor: &mut Cursor) -> Result<Digested, Error> {
    enter_sequence(cursor, "no DigestedData")?;
    cursor.skip()?;
    let algorithm: AlgorithmIdentifierOwned = take(cursor)?;
    let (content_type, content) = read_content(cursor)?;
    let digest: OctetString = take(cursor)?;
    cursor.leave()?;
    let algorithm = DigestAlgorithm::from_oid(&algorithm.oid);
    Ok(Digested { content_type, content, algorithm, digest: digest.as_bytes().to_vec() })
}

impl Digested {
    /// Whether the content has the digest that goes with it.
    ///
    /// # Errors
    /// When the content cannot be read; inside, when the digest is not built in.
    pub fn holds(&self, content: &Source) -> io::Result<Result<bool, Unsupported>> {
        let algorithm = match &self.algorithm {
            Ok(algorithm) => *algorithm,
            Err(unsupported) => return Ok(Err(unsupported.clone())),
        };
        let mut hasher = Hasher::new(algorithm);
        content.copy_to(&mut hasher)?;
        Ok(Ok(hasher.finalize() == self.digest))
    }
}

//! Checking signatures (RFC 5652 §5.4, §5.6).

use std::io::{self, Write};

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911;
use jiff::Timestamp;
use spki::AlgorithmIdentifierOwned;

use super::{Signature, SignatureProblem};
use crate::asn1::Header;
use crate::cms::attributes::SignedAttributes;
use crate::crypto::signature::{self, Input};
use crate::crypto::{self, DigestAlgorithm, Hasher, SignatureAlgorithm, Unsupported};
use crate::pki::Certificate;

/// Digests of the content, computed in one pass for all signers.
#[derive(Debug, Clone, Default)]
pub struct Digests {
    /// One by each algorithm.
    pub values: Vec<(DigestAlgorithm, Vec<u8>)>,
    /// The content begins like signed attributes and is as long as they would be.
    pub like_attributes: bool,
    /// The content itself, where it was asked for and is short: for signatures without attributes that sign the message and not
    /// its digest.
    pub content: Option<Vec<u8>>,
}

/// The longest content that is kept for such signatures, in bytes.
const SHORT: usize = 1024 * 1024;

impl Digests {
    /// Hashes the bytes that `feed` writes, with all of `algorithms` in one pass.
    ///
    /// # Errors
    /// What `feed` gives.
    pub fn compute<E>(
        algorithms: &[DigestAlgorithm],
        feed: impl FnOnce(&mut dyn Write) -> Result<(), E>,
    ) -> Result<Self, E> {
        Self::compute_for(algorithms, false, feed)
    }

    /// [`Digests::compute`] that keeps short content too if `keeps` says so.
    ///
    /// # Errors
    /// What `feed` gives.
    pub fn compute_for<E>(
        algorithms: &[DigestAlgorithm],
        keeps: bool,
        feed: impl FnOnce(&mut dyn Write) -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut hashers = Hashers { content: keeps.then(Vec::new), ..Hashers::new(algorithms) };
        feed(&mut hashers)?;
        Ok(hashers.finish())
    }

    /// The digest by that algorithm.
    #[must_use]
    pub fn get(&self, algorithm: DigestAlgorithm) -> Option<&[u8]> {
        self.values.iter().find(|(known, _)| *known == algorithm).map(|(_, value)| value.as_slice())
    }
}

/// The universal tags of SEQUENCE and SET.
const SEQUENCE: u32 = 16;
const SET: u32 = 17;

/// Bytes at the start of the content that tell whether it is like attributes.
const HEAD: usize = 16;

/// [`Digests`] in the making: content goes in through [`Write`].
#[derive(Default)]
pub struct Hashers {
    all: Vec<(DigestAlgorithm, Hasher)>,
    head: Vec<u8>,
    length: u64,
    content: Option<Vec<u8>>,
}

impl Hashers {
    /// Starts with each of these algorithms.
    #[must_use]
    pub fn new(algorithms: &[DigestAlgorithm]) -> Self {
        let mut hashers = Self::default();
        for algorithm in algorithms {
            if !hashers.all.iter().any(|(known, _)| known == algorithm) {
                hashers.all.push((*algorithm, Hasher::new(*algorithm)));
            }
        }
        hashers
    }

    /// The digests of what was written.
    #[must_use]
    pub fn finish(self) -> Digests {
        let like_attributes = self.like_attributes();
        let values = self.all.into_iter().map(|(algorithm, hasher)| (algorithm, hasher.finalize())).collect();
        Digests { values, like_attributes, content: self.content }
    }

    /// Whether the content is one SET, and its first element an Attribute as far as can be seen.
    fn like_attributes(&self) -> bool {
        let Ok(set) = Header::parse(&self.head, 0) else { return false };
        let first = usize::try_from(set.content).ok().and_then(|at| self.head.get(at..)).unwrap_or_default();
        set.is_universal(SET)
            && set.end() == Some(self.length)
            && Header::parse(first, 0).is_ok_and(|first| first.is_universal(SEQUENCE))
    }
}

impl Write for Hashers {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        self.all.iter_mut().for_each(|(_, hasher)| hasher.update(block));
        let room = HEAD - self.head.len();
        self.head.extend_from_slice(block.get(..room.min(block.len())).unwrap_or_default());
        self.length += block.len() as u64;
        self.content = self.content.take().filter(|content| content.len() + block.len() <= SHORT);
        if let Some(content) = &mut self.content {
            content.extend_from_slice(block);
        }
        Ok(block.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A signature that was checked against content and certificate and holds. Only [`Signature::verify`] makes one.
#[derive(Debug, Clone)]
pub struct VerifiedSignature {
    certificate: Certificate,
    algorithm: SignatureAlgorithm,
    digest: DigestAlgorithm,
    signing_time: Option<Timestamp>,
}

impl VerifiedSignature {
    /// Whose key made it.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }
    /// How.
    #[must_use]
    pub fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }
    /// The content's digest algorithm.
    #[must_use]
    pub fn digest(&self) -> DigestAlgorithm {
        self.digest
    }
    /// When, as the signer claims.
    #[must_use]
    pub fn signing_time(&self) -> Option<Timestamp> {
        self.signing_time
    }
}

impl Signature {
    /// Whether checking it needs the content itself ([`Digests::compute_for`]): it has no attributes, and its algorithm signs the
    /// message.
    #[must_use]
    pub fn needs_content(&self) -> bool {
        let algorithm = self.digest.clone().ok().and_then(|it| SignatureAlgorithm::from_cms(&self.algorithm, it).ok());
        self.attributes.is_none() && algorithm.is_some_and(|algorithm| algorithm.digest().is_none())
    }

    /// Checks this signature over content with these digests (RFC 5652 §5.4, §5.6): attributes well formed, content type
    /// and digest equal, signature value matches, signing-certificate attribute names this certificate.
    ///
    /// With signed attributes, the value is checked before the digest: a digest that nobody signed tells nothing, so a value
    /// that does not match is [`SignatureProblem::SignatureMismatch`] whatever the attributes say, and
    /// [`SignatureProblem::DigestMismatch`] means that this signer did sign, but other content.
    ///
    /// # Errors
    /// Why it does not hold or could not be checked.
    pub fn verify(
        &self,
        certificate: &Certificate,
        content_type: &ObjectIdentifier,
        digests: &Digests,
    ) -> Result<VerifiedSignature, SignatureProblem> {
        self.check(certificate, Some(content_type), digests)
    }

    /// Checks this signature over the value of another one (RFC 5652 §11.4).
    ///
    /// # Errors
    /// Why it does not hold or could not be checked.
    pub fn verify_countersignature(
        &self,
        certificate: &Certificate,
        value: &[u8],
    ) -> Result<VerifiedSignature, SignatureProblem> {
        let digest = self.digest.clone()?;
        let values = vec![(digest, digest.digest(value))];
        let digests = Digests { values, like_attributes: false, content: Some(value.to_vec()) };
        self.check(certificate, None, &digests)
    }

    /// `content_type`: `None` for a countersignature, which has no content.
    fn check(
        &self,
        certificate: &Certificate,
        content_type: Option<&ObjectIdentifier>,
        digests: &Digests,
    ) -> Result<VerifiedSignature, SignatureProblem> {
        let digest = self.digest.clone()?;
        let algorithm = SignatureAlgorithm::from_cms(&self.algorithm, digest)?;
        if matches!(algorithm, SignatureAlgorithm::RsaPss { digest: own, .. } if own != digest) {
            // RFC 4056 §3: both must be the same.
            return Err(SignatureProblem::Key("RSASSA-PSS with another digest than digestAlgorithm".to_owned()));
        }
        // RFC 5652 §11: these are signed or not there.
        let signed_only = [rfc5911::ID_CONTENT_TYPE, rfc5911::ID_MESSAGE_DIGEST, rfc5911::ID_SIGNING_TIME];
        if self.unsigned.iter().any(|oid| signed_only.contains(oid)) {
            return Err(SignatureProblem::Attributes("one that must be signed is not"));
        }
        match &self.attributes {
            Some(attributes) => {
                self.verify_attributes(attributes, certificate, content_type, algorithm)?;
                let computed = digests.get(digest).ok_or(SignatureProblem::MissingContent)?;
                if attributes.message_digest.as_deref() != Some(computed) {
                    return Err(SignatureProblem::DigestMismatch);
                }
            }
            None => self.verify_content(certificate, content_type, algorithm, digests)?,
        }
        Ok(VerifiedSignature {
            certificate: certificate.clone(),
            algorithm,
            digest,
            signing_time: self.attributes.as_ref().and_then(|attributes| attributes.signing_time),
        })
    }

    /// Whether content with this digest, by the signature's own digest algorithm, is what was signed: to find out what content
    /// was before it was changed. The signature must have been checked with the certificate until then.
    #[must_use]
    pub fn covers(&self, certificate: &Certificate, content_type: &ObjectIdentifier, digest: &[u8]) -> bool {
        match &self.attributes {
            Some(attributes) => attributes.message_digest.as_deref() == Some(digest),
            None => self.digest.as_ref().is_ok_and(|algorithm| {
                let values = vec![(*algorithm, digest.to_vec())];
                let digests = Digests { values, like_attributes: false, content: None };
                self.verify(certificate, content_type, &digests).is_ok()
            }),
        }
    }

    /// Everything but the content's digest.
    fn verify_attributes(
        &self,
        attributes: &SignedAttributes,
        certificate: &Certificate,
        content_type: Option<&ObjectIdentifier>,
        algorithm: SignatureAlgorithm,
    ) -> Result<(), SignatureProblem> {
        let problem = |what| Err(SignatureProblem::Attributes(what));
        if attributes.message_digest.is_none() {
            return problem("message-digest is missing, damaged or there twice");
        }
        match (&attributes.content_type, content_type) {
            (Some(_), None) => return problem("a content-type where there is no content"),
            (None, Some(_)) => return problem("content-type is missing, damaged or there twice"),
            (signed, content_type) if signed.as_ref() != content_type => {
                return problem("content-type differs from the content's type");
            }
            _ => {}
        }
        // RFC 5652 §11.3: no more than one, with one value.
        let time = &rfc5911::ID_SIGNING_TIME;
        if attributes.damaged.contains(time) || attributes.duplicates.contains(time) {
            return problem("signing-time is damaged or there twice");
        }
        let verify = |message: &[u8]| {
            signature::verify(certificate.public_key(), algorithm, Input::Message(message), &self.value)
        };
        // The signature is over DER (RFC 5652 §5.4), which sorts; the attributes may have been sent in another order, and some
        // programs sign them in the form in which they send them.
        let forms = [Some(attributes.der.clone()), attributes.in_der_order(), attributes.received.clone()];
        let mut result = Err(crypto::Error::Mismatch);
        for form in forms.into_iter().flatten() {
            result = verify(&form);
            if !matches!(result, Err(crypto::Error::Mismatch)) {
                break;
            }
        }
        result?;
        let named = [rfc5911::ID_AA_SIGNING_CERTIFICATE, rfc5911::ID_AA_SIGNING_CERTIFICATE_V_2];
        if named.iter().any(|oid| attributes.damaged.contains(oid)) {
            return problem("signing-certificate is damaged");
        }
        if attributes.signing_certificates.iter().any(|named| !named.is(certificate)) {
            return problem("signing-certificate names another certificate");
        }
        // RFC 6211 §4: somebody may have put other, weaker algorithms into the fields that nobody signs.
        match &attributes.protection {
            Some((digest, signature)) => {
                let same_digest = self.digest.as_ref().is_ok_and(|own| own.oid() == digest.oid);
                let same_signature = signature.as_ref().is_none_or(|named| same_algorithm(named, &self.algorithm));
                match same_digest && same_signature {
                    true => Ok(()),
                    false => problem("other algorithms were signed than are named"),
                }
            }
            None => Ok(()),
        }
    }

    /// Without attributes the value is over the content itself. That may be another signature's attributes, whose value was
    /// taken over with them: who signed those did not sign this content.
    fn verify_content(
        &self,
        certificate: &Certificate,
        content_type: Option<&ObjectIdentifier>,
        algorithm: SignatureAlgorithm,
        digests: &Digests,
    ) -> Result<(), SignatureProblem> {
        if content_type.is_some_and(|content_type| *content_type != rfc5911::ID_DATA) {
            return Err(SignatureProblem::Attributes("they are missing, which is for plain data alone"));
        }
        let input = match algorithm.digest() {
            Some(digest) => Input::Digest(digests.get(digest).ok_or(SignatureProblem::MissingContent)?),
            // Those that sign the message want all of it in memory.
            None => match &digests.content {
                Some(content) => Input::Message(content),
                None => {
                    let what = "signature without attributes over long content";
                    return Err(Unsupported::new(what, self.algorithm.oid).into());
                }
            },
        };
        if digests.like_attributes {
            return Err(SignatureProblem::Attributes("they stand where the content should"));
        }
        Ok(signature::verify(certificate.public_key(), algorithm, input, &self.value)?)
    }
}

/// Whether two identifiers mean the same; parameters that are NULL mean as much as absent ones.
fn same_algorithm(one: &AlgorithmIdentifierOwned, other: &AlgorithmIdentifierOwned) -> bool {
    let parameters = |algorithm: &AlgorithmIdentifierOwned| algorithm.parameters.clone().filter(|any| !any.is_null());
    one.oid == other.oid && parameters(one) == parameters(other)
}

impl From<crypto::Error> for SignatureProblem {
    fn from(error: crypto::Error) -> Self {
        match error {
            crypto::Error::Unsupported(unsupported) => Self::Unsupported(unsupported),
            crypto::Error::Mismatch => Self::SignatureMismatch,
            other => Self::Key(other.to_string()),
        }
    }
}

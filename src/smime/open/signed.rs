//! Signed layers: which bytes were signed, and whether the signatures hold over them.

use std::io::{self, Write};

use const_oid::ObjectIdentifier;

use super::layers::damage;
use super::{Opener, Place, outside};
use crate::cms::signed::{Digests, SignerIdentifier};
use crate::cms::{self, Content, Signature, SignatureProblem, SignedData, VerifiedSignature};
use crate::crypto::DigestAlgorithm;
use crate::mime::Entity;
use crate::mime::canonical::CanonicalWriter;
use crate::pki::Certificate;
use crate::pki::path::{Purpose, Request, build};
use crate::pki::policies::PolicyRequest;
use crate::report::{Code, Finding, LayerKind};
use crate::smime::altered::{self, Claim, Covered};
use crate::smime::detect;
use crate::source::Source;

/// Certificates that fit one signer and are tried.
const CANDIDATES: usize = 4;

/// A signature with what checking it gave.
pub(super) struct Checked {
    /// The layer that it stands in.
    pub(super) layer: usize,
    pub(super) signature: Signature,
    /// The signer's certificate: the one that the signature holds with, or the first that fits.
    pub(super) certificate: Option<Certificate>,
    pub(super) result: Result<VerifiedSignature, SignatureProblem>,
    /// The micalg parameter, where it names other digests.
    pub(super) micalg: Option<String>,
    /// It stands for this many that were not checked.
    pub(super) over_limit: Option<u32>,
    /// How the content was changed, where that could be proved.
    pub(super) changes: Vec<Finding>,
}

/// In which form bytes are hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// With canonical line ends: CRLF where only LF stands.
    Canonical,
    /// As they stand.
    Raw,
}

impl Opener<'_> {
    /// A multipart/signed: the first part is what was signed, byte for byte.
    pub(super) fn clear(
        &mut self,
        source: &Source,
        mut entity: Entity,
        place: Place,
        signature: Option<usize>,
        odd_protocol: Option<String>,
    ) -> io::Result<()> {
        let text_outside = outside::has_text(source, &entity)?;
        let micalg = entity.content_type.parameter("micalg").map(str::to_owned);
        let mut parts: Vec<Option<Entity>> = std::mem::take(&mut entity.children).into_iter().map(Some).collect();
        let content = parts.first_mut().and_then(Option::take);
        let signature = signature.and_then(|index| parts.get_mut(index)?.take());
        let others: Vec<Entity> = parts.into_iter().flatten().collect();

        self.leave_closed(place);
        let place = place.among(1 + others.len());
        let Some(index) = self.begin(LayerKind::ClearSigned, place) else { return Ok(()) };
        let inside = Place { layer: Some(index), depth: place.depth + 1, fills: true, ..place };
        self.note_defects(&entity, inside);
        if text_outside || !others.is_empty() || place.doubtful {
            self.note_layer(index, Finding::new(Code::Uncovered, []));
        }
        if let Some(protocol) = odd_protocol {
            self.note_layer(index, Finding::new(Code::ProtocolDiffers, [protocol]));
        }
        let mut signed = false;
        if let (Some(content), Some(signature)) = (&content, &signature) {
            let range = content.range.clone();
            let covered = Covered { source, range, entity: Some(content), others: &others };
            signed = self.detached(index, signature.decoded_body(source), &covered, micalg.as_deref())?;
        } else {
            self.note_layer(index, Finding::new(Code::DamagedStructure, ["the signature part is missing".to_owned()]));
        }

        let outside = Place { whole: false, fills: false, ..place };
        self.tasks.extend(others.into_iter().rev().map(|other| (source.clone(), other, outside)));
        if let Some(content) = content {
            if place.whole {
                self.content = Some((source.clone(), content.clone()));
            }
            let inside = Place { signed: signed || place.signed, ..inside };
            self.tasks.push((source.clone(), content, inside));
            return Ok(());
        }
        // There is nothing that could be signed; what stands there is shown, so that nothing is hidden.
        self.display.leaf(source, &entity, inside)
    }

    /// A signature part over a content; whether there is any signature in it.
    fn detached(
        &mut self,
        index: usize,
        body: Source,
        content: &Covered<'_>,
        micalg: Option<&str>,
    ) -> io::Result<bool> {
        let structure = detect::structure(&body)?.unwrap_or(body);
        let data = match cms::read(&structure, &self.context.policy.limits.asn1) {
            Ok(Content::Signed(data)) => data,
            Ok(_) => {
                let reason = "the signature part is no SignedData".to_owned();
                self.note_layer(index, Finding::new(Code::DamagedStructure, [reason]));
                return Ok(false);
            }
            Err(error) => {
                self.note_layer(index, Finding::new(Code::DamagedStructure, [damage(error)?]));
                return Ok(false);
            }
        };
        if data.content.is_some() {
            self.note_layer(index, Finding::new(Code::EmbeddedContent, []));
        }
        let signed = !data.signers.is_empty();
        self.signed(index, data, Some(content), false, micalg)?;
        Ok(signed)
    }

    /// Checks every signature over the content. `embedded`: the content stands in the structure itself.
    pub(super) fn signed(
        &mut self,
        layer: usize,
        data: SignedData,
        content: Option<&Covered<'_>>,
        embedded: bool,
        micalg: Option<&str>,
    ) -> io::Result<()> {
        self.remember(&data.certificates);
        self.remember_revocation(data.revocation);
        if data.damaged_signers > 0 {
            let reason = "a signature in it cannot be read".to_owned();
            self.note_layer(layer, Finding::new(Code::DamagedStructure, [reason]));
        } else if data.signers.is_empty() {
            self.note_layer(layer, Finding::new(Code::NoSigners, []));
        }
        let forms: &[Form] = if embedded { &[Form::Raw] } else { &[Form::Canonical, Form::Raw] };
        let keeps = data.signers.iter().any(Signature::needs_content);
        let bytes = content.map(Covered::bytes);
        let known = bytes.as_ref().filter(|_| !keeps).and_then(|content| {
            let index = self.hashed.iter().position(|hashed| hashed.covers(content, !embedded, &data.digests))?;
            Some(self.hashed.swap_remove(index).digests)
        });
        let computed = known.into_iter().collect();
        let mut digests = Hashed { algorithms: &data.digests, keeps, content: bytes.as_ref(), forms, computed };
        for signature in data.signers {
            let micalg = micalg.filter(|micalg| !names(micalg, signature.digest.as_ref().ok().copied()));
            let micalg = micalg.map(str::to_owned);
            let mut checked = Checked {
                layer,
                certificate: None,
                result: Err(SignatureProblem::MissingCertificate),
                micalg,
                over_limit: None,
                changes: Vec::new(),
                signature,
            };
            let Some(left) = self.signatures_left.checked_sub(1) else {
                checked.over_limit = Some(self.context.policy.limits.signatures);
                self.signatures.push(checked);
                break;
            };
            self.signatures_left = left;
            let candidates = self.candidates(&checked.signature.signer, &data.certificates);
            for certificate in candidates {
                let certificate = self.completed(certificate);
                let result = digests.check(&checked.signature, &certificate, &data.content_type)?;
                let holds = result.is_ok();
                if holds || checked.certificate.is_none() {
                    (checked.certificate, checked.result) = (Some(certificate), result);
                }
                if holds {
                    break;
                }
            }
            if checked.certificate.is_none() && content.is_none() {
                checked.result = Err(SignatureProblem::MissingContent);
            }
            if let Some(content) = content.filter(|_| !embedded) {
                checked.changes = self.changes(&checked, &data.content_type, content)?;
            }
            self.signatures.push(checked);
        }
        Ok(())
    }

    /// A certificate whose key has its parameters from its issuer, with them. Only a path to an anchor tells whose they are; without
    /// one the key cannot be used.
    fn completed(&self, certificate: Certificate) -> Certificate {
        if !certificate.inherits_parameters() {
            return certificate;
        }
        let intermediates: Vec<_> = self.certificates.iter().chain(self.context.certificates).cloned().collect();
        let path = build(&Request {
            leaf: &certificate,
            intermediates: &intermediates,
            anchors: self.context.anchors,
            at: self.context.policy.now,
            purpose: Purpose::Signing,
            budget: self.context.policy.limits.path_steps,
            policies: PolicyRequest::default(),
        });
        path.ok().and_then(|path| path.certificates().first().cloned()).unwrap_or(certificate)
    }

    /// How content that is not what was signed was changed, as far as that can be proved.
    fn changes(
        &mut self,
        checked: &Checked,
        content_type: &ObjectIdentifier,
        content: &Covered<'_>,
    ) -> io::Result<Vec<Finding>> {
        let Checked { signature, certificate: Some(certificate), result: Err(problem), .. } = checked else {
            return Ok(Vec::new());
        };
        let costly = signature.attributes.is_none();
        let differs = match problem {
            SignatureProblem::DigestMismatch => true,
            SignatureProblem::SignatureMismatch => costly,
            _ => false,
        };
        let Some(digest) = signature.digest.as_ref().ok().copied().filter(|_| differs) else { return Ok(Vec::new()) };
        let fits = |value: &[u8]| signature.covers(certificate, content_type, value);
        altered::explain(content, &Claim { digest, fits: &fits, costly }, &mut self.altered_left)
    }

    /// Certificates that a signer may mean: from the signature itself, from elsewhere in the message, from the wallet.
    fn candidates(&self, signer: &SignerIdentifier, own: &[Certificate]) -> Vec<Certificate> {
        let pinned = self.context.pins.iter().map(|pin| &pin.certificate);
        let known =
            self.certificates.iter().chain(self.context.certificates).chain(pinned).chain(self.context.distrusted);
        let mut found: Vec<Certificate> = Vec::new();
        for certificate in own.iter().chain(known).filter(|certificate| signer.matches(certificate)) {
            if !found.contains(certificate) {
                found.push(certificate.clone());
            }
            if found.len() == CANDIDATES {
                break;
            }
        }
        found
    }
}

/// The content's digests in the forms that were asked for until now.
struct Hashed<'a> {
    algorithms: &'a [DigestAlgorithm],
    /// Whether a signature needs the content itself.
    keeps: bool,
    content: Option<&'a Source>,
    forms: &'a [Form],
    computed: Vec<Digests>,
}

impl Hashed<'_> {
    /// Checks over the first form that the signature holds for; if there is none, what the first one gave counts.
    fn check(
        &mut self,
        signature: &Signature,
        certificate: &Certificate,
        content_type: &ObjectIdentifier,
    ) -> io::Result<Result<VerifiedSignature, SignatureProblem>> {
        let mut first = Err(SignatureProblem::MissingContent);
        for index in 0..self.forms.len() {
            let Some(digests) = self.digests(index)? else { break };
            let result = signature.verify(certificate, content_type, digests);
            // With attributes, a value that does not match has nothing to do with the content.
            let differs = match &result {
                Err(SignatureProblem::DigestMismatch) => true,
                Err(SignatureProblem::SignatureMismatch) => signature.attributes.is_none(),
                _ => false,
            };
            let holds = result.is_ok();
            if index == 0 || holds {
                first = result;
            }
            if !differs {
                break;
            }
        }
        Ok(first)
    }

    fn digests(&mut self, index: usize) -> io::Result<Option<&Digests>> {
        let (Some(content), Some(form)) = (self.content, self.forms.get(index)) else { return Ok(None) };
        if self.computed.len() <= index {
            let feed = |out: &mut dyn Write| -> io::Result<()> {
                match form {
                    Form::Raw => content.copy_to(out).map(drop),
                    Form::Canonical => {
                        let mut canonical = CanonicalWriter::of_lines(out);
                        content.copy_to(&mut canonical)?;
                        canonical.finish().map(drop)
                    }
                }
            };
            self.computed.push(Digests::compute_for(self.algorithms, self.keeps, feed)?);
        }
        Ok(self.computed.get(index))
    }
}

/// Whether a micalg parameter names this digest (RFC 8551 §3.5.3.2); some programs write its identifier.
fn names(micalg: &str, digest: Option<DigestAlgorithm>) -> bool {
    digest.is_none_or(|digest| {
        let is_it = |name: &str| DigestAlgorithm::from_micalg(name) == Some(digest) || name == digest.oid().to_string();
        micalg.split(',').map(str::trim).any(is_it)
    })
}

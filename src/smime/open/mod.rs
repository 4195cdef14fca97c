//! Opens every layer of a message and reports on each.
//!
//! Two passes: the first ([`layers`]) walks through the message, opens what it can and checks whether signatures hold; the second
//! ([`signer`]) says what each signer is worth. Only then is the sender known: the header may lie inside.

use std::collections::HashSet;

use jiff::Timestamp;

use super::Context;
use crate::cms::RevocationInfo;
use crate::crypto::ContentCipher;
use crate::mime::{self, Entity, Fields};
use crate::pki::Certificate;
use crate::report::{Code, Covers, Finding, Layer, LayerKind, Privacy, Report, SCHEMA, Verdict, message};
use crate::source::Source;
use header::{Header, Protection, is_intact};
use shown::Display;
use withdrawal::Withdrawals;

mod ahead;
mod attempt;
mod contents;
mod enveloped;
mod header;
mod issuers;
mod layers;
mod legacy;
mod outside;
mod parts;
mod services;
mod shown;
mod signed;
mod signer;
#[cfg(test)]
mod tests;
mod trust;
mod withdrawal;

pub(in crate::smime) use legacy::CLASS as LEGACY_DISPLAY;
pub use signer::certificate_report;

/// An opened message: the report, and where its content can be read from.
pub struct Opened {
    /// What was found.
    pub report: Report,
    /// The innermost message as a whole (the decrypted and unwrapped entity with its structure), if it could be reached.
    /// Content that is no MIME entity (a signed document) comes as an entity without fields.
    pub content: Option<(Source, Entity)>,
    /// What lay inside the innermost encrypted layer that covers the whole message, with the signatures inside it; `None`
    /// when nothing was decrypted. With the header fields that stay outside it makes the decrypted message.
    pub decrypted: Option<(Source, Entity)>,
    /// The header fields that the author protected (RFC 9788): they count before those outside. Where From outside names somebody
    /// else and no trusted signature binds the one inside, it is not among them.
    pub protected: Option<Fields>,
    /// Decoded attachments, by [`crate::report::Attachment::index`].
    pub attachments: Vec<Source>,
    /// Every certificate that came with the message, each once.
    pub certificates: Vec<Certificate>,
    /// The certificates between signers and somebody trusted, each once: chains that keep to every rule.
    pub authorities: Vec<Certificate>,
    /// What signers whose signature is intact say to be able to read.
    pub capabilities: Vec<Capabilities>,
}

/// The ciphers that a signer can read (RFC 8551 §2.5.2), by an intact signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capabilities {
    /// The signer.
    pub certificate: Certificate,
    /// Best first.
    pub ciphers: Vec<ContentCipher>,
    /// When it was signed, as the signer claims; never in the future.
    pub signed: Timestamp,
}

impl Opened {
    /// A report alone, for a message that could not be looked at.
    #[must_use]
    pub fn of(report: Report) -> Self {
        Self {
            report,
            content: None,
            decrypted: None,
            protected: None,
            attachments: Vec::new(),
            certificates: Vec::new(),
            authorities: Vec::new(),
            capabilities: Vec::new(),
        }
    }
}

impl std::fmt::Debug for Opened {
    /// The outcome; never what the message says.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened")
            .field("signature", &self.report.signature)
            .field("privacy", &self.report.privacy)
            .field("layers", &self.report.layers.len())
            .field("attachments", &self.attachments.len())
            .finish_non_exhaustive()
    }
}

/// Opens a message: MIME, a CMS structure in a file of its own (DER or BER, PEM, base64), or a message file of Outlook. Failed
/// signatures, locked layers, damaged structures and limits reached further in are reports.
///
/// The sender is the one in the header fields that the author protected (RFC 9788), else in the outermost header, for every layer and
/// for signatures inside attached messages too; a file without a header takes it from the first header inside. Signed content is
/// hashed with canonical line ends (RFC 8551 §3.1.1); where that does not fit, as it stands.
///
/// # Errors
/// When the bytes cannot be read, and when the message as it lies there is larger in structure than the limits allow: then nothing is
/// known of it, not even that it is unsigned.
pub fn open(source: &Source, file: &str, context: &Context<'_>) -> Result<Opened, mime::Error> {
    let mut opener = Opener::new(file, context, source.len()?);
    let place = Place::top();
    opener.file(source, place)?;
    if let Some(limit) = opener.too_complex.take() {
        return Err(limit);
    }
    opener.walk()?;
    Ok(opener.finish())
}

/// Where in the layers something stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// The innermost layer.
    layer: Option<usize>,
    /// How many layers are around it.
    depth: u32,
    /// It is all that there is of the message.
    whole: bool,
    /// It is all that there is of the innermost layer.
    fills: bool,
    /// A signature covers it.
    signed: bool,
    /// A header around it that nobody signed can be read in several ways: other programs may show something else.
    doubtful: bool,
    /// Its text is shown; not that of an alternative to what is shown.
    texts: bool,
}

impl Place {
    fn top() -> Self {
        Self { layer: None, depth: 0, whole: true, fills: true, signed: false, doubtful: false, texts: true }
    }

    /// One of several things in this place.
    fn among(self, count: usize) -> Self {
        Self { whole: self.whole && count == 1, fills: self.fills && count == 1, ..self }
    }

    fn covers(self) -> Covers {
        if self.whole { Covers::Whole } else { Covers::Part }
    }
}

/// What is known of a layer beside its report.
struct Around {
    /// The layer around it, if it is all that there is of that one.
    filled: Option<usize>,
    /// The content was signed and encrypted in a way that shows changes, or not encrypted.
    authenticated: bool,
}

/// The state of opening one message.
struct Opener<'a> {
    context: &'a Context<'a>,
    file: &'a str,
    /// What is still to be looked at, the next one last.
    tasks: Vec<(Source, Entity, Place)>,
    layers: Vec<Layer>,
    around: Vec<Around>,
    /// Findings of places outside of all layers.
    loose: Vec<Finding>,
    signatures: Vec<signed::Checked>,
    /// What was hashed while it was scanned.
    hashed: Vec<ahead::Hashed>,
    /// What was scanned while it was hashed.
    scanned: Option<(Source, Entity)>,
    signatures_left: u32,
    /// Bytes that compressed layers may still have in them.
    expansion_left: u64,
    /// Password recipients that may still be tried.
    passwords_left: u32,
    /// Bytes that may still be read to find out how signed content was changed.
    altered_left: u64,
    /// The header of the message.
    header: Option<Fields>,
    /// The limit that the outermost structure does not keep to.
    too_complex: Option<mime::Error>,
    /// The entity that could protect header fields was found.
    payload_seen: bool,
    protection: Option<Protection>,
    display: Display,
    certificates: Vec<Certificate>,
    seen: HashSet<[u8; 32]>,
    /// What came with the message about withdrawn certificates.
    revocation: RevocationInfo,
    content: Option<(Source, Entity)>,
    decrypted: Option<(Source, Entity)>,
}

impl<'a> Opener<'a> {
    fn new(file: &'a str, context: &'a Context<'a>, len: u64) -> Self {
        let limits = &context.policy.limits;
        Self {
            context,
            file,
            tasks: Vec::new(),
            layers: Vec::new(),
            around: Vec::new(),
            loose: Vec::new(),
            signatures: Vec::new(),
            hashed: Vec::new(),
            scanned: None,
            signatures_left: limits.signatures,
            expansion_left: limits.expanded_bytes.max(len.saturating_mul(limits.expansion)),
            passwords_left: limits.passwords,
            altered_left: limits.altered_bytes,
            header: None,
            too_complex: None,
            payload_seen: false,
            protection: None,
            display: Display::new(limits.display_bytes),
            certificates: Vec::new(),
            seen: HashSet::new(),
            revocation: RevocationInfo::default(),
            content: None,
            decrypted: None,
        }
    }

    /// Starts a layer, unless there are as many as are opened: then that is said.
    fn begin(&mut self, kind: LayerKind, place: Place) -> Option<usize> {
        let limit = self.context.policy.limits.layers;
        if self.layers.len() >= limit as usize {
            self.note(place, Finding::new(Code::TooManyLayers, [limit.to_string()]));
            return None;
        }
        let signed = matches!(kind, LayerKind::ClearSigned | LayerKind::OpaqueSigned);
        let covers = if signed && place.doubtful { Covers::Part } else { place.covers() };
        self.layers.push(Layer::new(kind, covers, place.depth));
        self.around.push(Around { filled: place.layer.filter(|_| place.fills), authenticated: true });
        Some(self.layers.len() - 1)
    }

    /// Adds a finding to the layer around a place, each once.
    fn note(&mut self, place: Place, finding: Finding) {
        let findings = match place.layer.and_then(|index| self.layers.get_mut(index)) {
            Some(layer) => &mut layer.findings,
            None => &mut self.loose,
        };
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }

    /// Adds a finding to a layer, each once.
    fn note_layer(&mut self, index: usize, finding: Finding) {
        self.note(Place { layer: Some(index), ..Place::top() }, finding);
    }

    fn remember(&mut self, certificates: &[Certificate]) {
        for certificate in certificates {
            if self.seen.insert(certificate.sha256()) {
                self.certificates.push(certificate.clone());
            }
        }
    }

    /// Keeps what a layer carries about withdrawn certificates, as much of it as is looked at.
    fn remember_revocation(&mut self, info: RevocationInfo) {
        let most = self.context.policy.limits.revocation_parts as usize;
        self.revocation.crls.extend(info.crls);
        self.revocation.crls.truncate(most);
        self.revocation.responses.extend(info.responses);
        self.revocation.responses.truncate(most);
    }

    fn finish(mut self) -> Opened {
        if self.layers.is_empty() {
            self.layers.push(Layer::new(LayerKind::Plain, Covers::Whole, 0));
            self.around.push(Around { filled: None, authenticated: true });
            self.display.all_in_the_plain_layer();
        }
        if let Some(outermost) = self.layers.first_mut() {
            outermost.findings.append(&mut self.loose);
        }
        self.note_uncovered();
        let header = Header::new(self.header.take().unwrap_or_default(), self.protection.take());
        let (capabilities, authorities) = self.judge_signers(&header);
        self.judge_privacy();
        self.note_passed_on();
        let settled = header.settle(&self.layers);
        for (layer, finding) in settled.findings {
            self.note_layer(layer, finding);
        }
        let (mut shown, mut attachments, sources) = self.display.finish();
        let has_signature = self.layers.iter().any(|layer| message::layer_verdict(layer).is_some());
        attachments.iter_mut().for_each(|attachment| attachment.outside = has_signature && !attachment.signed);
        shown.fields = settled.fields.into_iter().map(shown::field).collect();
        let signed = shown.fields.iter().filter(|field| field.protected).map(|field| field.name.clone());
        let mut protected: Vec<String> = signed.collect();
        protected.dedup();
        let subject = shown.fields.iter().find(|field| field.name == "Subject");
        let report = Report {
            schema: SCHEMA,
            file: self.file.to_owned(),
            signature: message::signature(&self.layers),
            privacy: message::privacy(&self.layers),
            subject: subject.map(|field| field.value.clone()).unwrap_or_default(),
            from: settled.from,
            protected,
            layers: self.layers,
            attachments,
            output: None,
            error: None,
            shown,
        };
        Opened {
            report,
            content: self.content,
            decrypted: self.decrypted,
            protected: settled.protected,
            attachments: sources,
            certificates: self.certificates,
            authorities,
            capabilities,
        }
    }

    /// A verdict for each signer; what signers can read, and who stands between them and somebody trusted.
    fn judge_signers(&mut self, header: &Header) -> (Vec<Capabilities>, Vec<Certificate>) {
        let intermediates = [self.certificates.as_slice(), self.context.certificates].concat();
        let withdrawal = Withdrawals::of(self.context, &intermediates, &self.revocation);
        let authorities = Vec::new();
        let mut judge =
            signer::Judge { context: self.context, header, intermediates: &intermediates, authorities, withdrawal };
        let mut capabilities = Vec::new();
        for checked in std::mem::take(&mut self.signatures) {
            capabilities.extend(judge.capabilities(&checked));
            if let Some(layer) = self.layers.get_mut(checked.layer) {
                layer.signers.push(judge.report(&checked, layer.covers));
            }
        }
        (capabilities, judge.authorities)
    }

    /// An encrypted layer that shows no changes is made up for by an intact signature over all that is inside.
    fn judge_privacy(&mut self) {
        let covered = |index: usize| {
            // From the layer inward, as long as the next one is all that there is.
            let mut outer = index;
            while let Some(inner) = self.around.iter().position(|around| around.filled == Some(outer)) {
                if self.layers.get(inner).is_some_and(is_intact) {
                    return true;
                }
                outer = inner;
            }
            false
        };
        let open: Vec<usize> = (0..self.layers.len())
            .filter(|index| self.around.get(*index).is_some_and(|around| !around.authenticated) && !covered(*index))
            .collect();
        for index in open {
            let Some(layer) = self.layers.get_mut(index) else { continue };
            if layer.privacy == Privacy::Opened {
                layer.privacy = Privacy::OpenedUnauthenticated;
            }
            if matches!(layer.privacy, Privacy::OpenedUnauthenticated | Privacy::OpenedWeak) {
                let cipher = layer.cipher.clone().unwrap_or_default();
                layer.findings.push(Finding::new(Code::Unauthenticated, [cipher]));
            }
        }
    }

    /// Names whom the message comes from where somebody else signed it on its way.
    fn note_passed_on(&mut self) {
        let Some(index) = message::passed_on_by(&self.layers) else { return };
        for signer in self.layers.get_mut(index).into_iter().flat_map(|layer| &mut layer.signers) {
            if signer.verdict == Verdict::OtherSigner {
                let name = signer.name.clone();
                signer.findings.push(Finding::new(Code::PassedOnBy, [name]));
            }
        }
    }
}

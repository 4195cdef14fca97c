//! From a structure to the layers in it: what a message, a part or the content of a layer turns out to be.

use std::io;

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::ID_DATA;

use super::{Opener, Place, ahead};
use crate::asn1;
use crate::cms::{self, Content, Signature, SignedData};
use crate::crypto::Unsupported;
use crate::mime::header::{ContentType, Fields};
use crate::mime::{Defect, Entity, TransferEncoding, msg};
use crate::report::{Code, Finding, LayerKind, Privacy};
use crate::smime::altered::Covered;
use crate::smime::detect::{self, Shape};
use crate::source::Source;

/// Fields that make a header a message's rather than a part's.
const MESSAGE_FIELDS: [&str; 8] = ["From", "Sender", "Reply-To", "To", "Cc", "Date", "Subject", "Message-ID"];

/// Fields that make the content of a layer a MIME entity; others may as well be the first lines of a text.
const ENTITY_FIELDS: [&str; 4] = ["Content-Type", "Content-Transfer-Encoding", "MIME-Version", "From"];

/// Certificates of a message that holds nothing else which are named.
const CERTIFICATES: usize = 50;

impl Opener<'_> {
    /// A file: a structure, a message file of Outlook, or a message.
    pub(super) fn file(&mut self, source: &Source, place: Place) -> io::Result<()> {
        match (detect::structure(source)?, msg::read(source)?) {
            (Some(structure), _) => self.structure(structure, None, place),
            (None, Some(message)) => {
                if !message.smime {
                    self.note(place, Finding::new(Code::OutlookMessage, []));
                }
                self.message(&message.source, place)
            }
            (None, None) => self.message(source, place),
        }
    }

    /// A file that is a message.
    pub(super) fn message(&mut self, source: &Source, place: Place) -> io::Result<()> {
        if let Some(entity) = self.parse(source, place)? {
            if place.layer.is_none() && entity.fields.0.is_empty() {
                self.note(place, Finding::new(Code::NoHeader, []));
            }
            self.content = Some((source.clone(), entity.clone()));
            self.tasks.push((source.clone(), entity, place));
        }
        Ok(())
    }

    /// Looks at everything there is.
    pub(super) fn walk(&mut self) -> io::Result<()> {
        while let Some((source, entity, place)) = self.tasks.pop() {
            self.entity(&source, entity, place)?;
        }
        Ok(())
    }

    fn entity(&mut self, source: &Source, entity: Entity, place: Place) -> io::Result<()> {
        let mut own = false;
        if place.whole && self.header.is_none() && MESSAGE_FIELDS.iter().any(|name| entity.fields.first(name).is_some())
        {
            self.header = Some(entity.fields.clone());
            own = true;
        }
        let doubtful = place.doubtful || (!place.signed && is_doubtful(&entity));
        let place = Place { doubtful, ..place };
        match detect::shape(&entity, !place.whole) {
            Shape::Clear { signature, odd_protocol } => self.clear(source, entity, place, signature, odd_protocol),
            Shape::Structure => {
                self.note_defects(&entity, place);
                let body = entity.decoded_body(source);
                let structure = detect::structure(&body)?.unwrap_or(body);
                self.structure(structure, Some(&entity), place)
            }
            Shape::Other => {
                self.note_defects(&entity, place);
                if let Some(code) = detect::openpgp(&entity) {
                    self.note(place, Finding::new(code, []));
                }
                self.payload(&entity, place, own);
                self.part(source, entity, place)
            }
        }
    }

    /// What is odd about an entity.
    pub(super) fn note_defects(&mut self, entity: &Entity, place: Place) {
        for defect in &entity.defects {
            let what = match defect {
                Defect::MissingFinalBoundary => {
                    self.note(place, Finding::new(Code::MissingFinalBoundary, []));
                    continue;
                }
                Defect::MissingBoundary => "missing-boundary",
                Defect::AmbiguousBoundary => "ambiguous-boundary",
                Defect::NoParts => "no-parts",
                Defect::DuplicateField => "duplicate-field",
                Defect::MalformedHeaderLine => "malformed-header-line",
                Defect::MissingBody => "missing-body",
            };
            self.note(place, odd(what));
        }
    }

    /// A CMS structure: a layer. `entity`: the part that it is the body of, if any.
    pub(super) fn structure(&mut self, structure: Source, entity: Option<&Entity>, place: Place) -> io::Result<()> {
        let name = entity.map_or_else(|| Some(self.file.to_owned()), Entity::file_name);
        match cms::read(&structure, &self.context.policy.limits.asn1) {
            Ok(content) => self.layer(content, name.as_deref(), place),
            Err(error) => self.damaged(damage(error)?, detect::claimed(&structure, entity)?, place),
        }
    }

    fn layer(&mut self, content: Content, name: Option<&str>, place: Place) -> io::Result<()> {
        match content {
            Content::Signed(data) => self.opaque(data, name, place),
            Content::Enveloped(enveloped) => self.enveloped(&enveloped, name, place),
            Content::Encrypted(encrypted) => self.encrypted(&encrypted, name, place),
            Content::Compressed(compressed) => self.compressed(&compressed, name, place),
            Content::Digested(digested) => self.digested(&digested, name, place),
            Content::Data(content) => self.data(&content, name, place),
            Content::Other(kind) => {
                self.unsupported_content(kind, place);
                Ok(())
            }
        }
    }

    /// A structure that cannot be read.
    fn damaged(&mut self, reason: String, kind: LayerKind, place: Place) -> io::Result<()> {
        self.leave_closed(place);
        if let Some(index) = self.begin(kind, place) {
            self.shut(index, Finding::new(Code::DamagedStructure, [reason]));
        }
        Ok(())
    }

    /// A SignedData that is the body of an entity or a file.
    fn opaque(&mut self, data: SignedData, name: Option<&str>, place: Place) -> io::Result<()> {
        let content = data.content.clone().or_else(|| self.context.content.clone().filter(|_| place.whole));
        let kind = match (&data.content, data.signers.is_empty(), &content) {
            (None, true, None) => LayerKind::CertsOnly,
            (None, ..) => LayerKind::ClearSigned,
            (Some(_), ..) => LayerKind::OpaqueSigned,
        };
        self.leave_closed(place);
        let Some(index) = self.begin(kind, place) else { return Ok(()) };
        if kind == LayerKind::CertsOnly {
            self.remember(&data.certificates);
            for certificate in data.certificates.iter().take(CERTIFICATES) {
                let (name, issuer) = (certificate.name(), certificate.issuer_name());
                let end = certificate.not_after().to_string();
                self.note_layer(index, Finding::new(Code::BringsCertificate, [name, issuer, end]));
            }
            return Ok(());
        }
        let (content_type, signed) = (data.content_type, !data.signers.is_empty());
        if let Some(content) = data.content.as_ref().filter(|_| signed)
            && !data.signers.iter().any(Signature::needs_content)
            && detect::structure(content)?.is_none()
        {
            let (hashed, entity) = ahead::scan_and_hash(content, &self.context.policy.limits.mime, &data.digests)?;
            self.hashed.push(hashed);
            self.scanned = entity.map(|entity| (content.clone(), entity));
        }
        if content_type == cms::ess::RECEIPT {
            self.note_layer(index, Finding::new(Code::SignedReceipt, []));
        }
        let covered = content.as_ref().map(Covered::file).transpose()?;
        self.signed(index, data, covered.as_ref(), kind == LayerKind::OpaqueSigned, None)?;
        match content {
            Some(content) => {
                let signed = signed || place.signed;
                let inside = Place { layer: Some(index), depth: place.depth + 1, fills: true, signed, ..place };
                self.inside(&content, content_type, name, inside).map(drop)
            }
            None => Ok(()),
        }
    }

    /// The content of a layer: a MIME entity (RFC 8551 §3), or another CMS structure, text, a document. Returns the entity;
    /// `None` when it goes past a limit.
    pub(super) fn inside(
        &mut self,
        content: &Source,
        content_type: ObjectIdentifier,
        name: Option<&str>,
        place: Place,
    ) -> io::Result<Option<Entity>> {
        if let Some(structure) = detect::structure(content)? {
            self.structure(structure, None, place)?;
            return bare(content, &detect::head(content)?).map(Some);
        }
        if let Some(kind) = detect::kind(content_type) {
            // By the standard without a ContentInfo around it (RFC 5652 §6.1).
            match cms::read_inner(content, content_type, &self.context.policy.limits.asn1) {
                Ok(structure) => self.layer(structure, name, place)?,
                Err(error) => self.damaged(damage(error)?, kind, place)?,
            }
            return bare(content, &detect::head(content)?).map(Some);
        }
        let parsed = self.parse(content, place)?;
        let is_mime = |entity: &Entity| ENTITY_FIELDS.iter().any(|name| entity.fields.first(name).is_some());
        let entity = match parsed {
            Some(entity) if is_mime(&entity) && content_type == ID_DATA => entity,
            Some(_) => bare(content, &detect::head(content)?)?,
            None => return Ok(None),
        };
        if place.whole {
            self.content = Some((content.clone(), entity.clone()));
        }
        if entity.content_type.is("application", "octet-stream") && entity.fields.0.is_empty() {
            let name = name.and_then(detect::inner_name);
            self.display.attach(content.clone(), name, &entity.content_type, place)?;
        } else {
            self.tasks.push((content.clone(), entity.clone(), place));
        }
        Ok(Some(entity))
    }

    /// What is inside is not reached (yet): it is not what [`super::Opened::content`] says.
    pub(super) fn leave_closed(&mut self, place: Place) {
        if place.whole {
            self.content = None;
        }
    }

    /// A layer that stays shut for this reason.
    pub(super) fn shut(&mut self, index: usize, finding: Finding) {
        if let Some(layer) = self.layers.get_mut(index) {
            if matches!(layer.kind, LayerKind::Enveloped | LayerKind::AuthEnveloped) {
                layer.privacy = Privacy::Damaged;
            }
            layer.findings.push(finding);
        }
    }
}

/// Whether a header can be read in several ways, by which the message has other parts.
fn is_doubtful(entity: &Entity) -> bool {
    fn differ<T: PartialEq>(entity: &Entity, name: &str, read: impl Fn(String) -> T) -> bool {
        let mut values = entity.fields.all(name).map(|field| read(field.unfolded()));
        let first = values.next();
        values.any(|other| Some(other) != first)
    }
    // The parts of a multipart have encodings of their own (RFC 2045 §6.4); some programs decode it as a whole.
    let encoded = entity.content_type.kind == "multipart" && entity.encoding == TransferEncoding::Base64;
    entity.defects.contains(&Defect::AmbiguousBoundary)
        || encoded
        || differ(entity, "Content-Type", |value| value)
        || differ(entity, "Content-Transfer-Encoding", |value| TransferEncoding::parse(&value))
}

/// Something odd about the structure: a code that the text room knows.
pub(super) fn odd(what: &str) -> Finding {
    Finding::new(Code::OddStructure, [what.to_owned()])
}

/// An algorithm that is not built in.
pub(super) fn unsupported(algorithm: &Unsupported) -> Finding {
    let name = algorithm.name.map_or_else(|| algorithm.oid.to_string(), str::to_owned);
    Finding::new(Code::UnsupportedAlgorithm, [algorithm.role.to_owned(), name])
}

/// What is wrong with a structure; the error itself when the bytes could not be read.
pub(super) fn damage(error: cms::Error) -> io::Result<String> {
    match error {
        cms::Error::Ber(asn1::Error::Io(error)) if !is_damage(&error) => Err(error),
        error => Ok(error.to_string()),
    }
}

/// Whether reading failed because of what the bytes are.
pub(super) fn is_damage(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof)
}

/// Content without MIME fields: text, or else a document.
fn bare(content: &Source, head: &[u8]) -> io::Result<Entity> {
    let length = content.len()?;
    let control = |byte: &u8| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
    let kind = if head.iter().any(control) { "application/octet-stream" } else { "text/plain" };
    Ok(Entity {
        range: 0..length,
        body: 0..length,
        fields: Fields::default(),
        content_type: ContentType::parse(kind),
        encoding: TransferEncoding::Binary,
        disposition: None,
        children: Vec::new(),
        defects: Vec::new(),
        decoded_len: None,
        facts: None,
    })
}

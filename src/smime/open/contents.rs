//! Layers that neither sign nor encrypt: compressed content (RFC 3274), content with a checksum (RFC 5652 §7), and content types
//! that are not looked into.

use std::io;

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::ID_DATA;

use super::layers::{is_damage, unsupported};
use super::{Opener, Place};
use crate::cms::compressed::InflateError;
use crate::cms::{Compressed, Digested};
use crate::crypto::Unsupported;
use crate::report::{Code, Finding, LayerKind};
use crate::source::Source;

impl Opener<'_> {
    pub(super) fn compressed(&mut self, compressed: &Compressed, name: Option<&str>, place: Place) -> io::Result<()> {
        self.leave_closed(place);
        let Some(index) = self.begin(LayerKind::Compressed, place) else { return Ok(()) };
        let content = match compressed.open_within(&mut self.expansion_left) {
            Ok(content) => content,
            Err(InflateError::Io(error)) if !is_damage(&error) => return Err(error),
            Err(error) => {
                let finding = match error {
                    InflateError::Unsupported(algorithm) => unsupported(&algorithm),
                    InflateError::TooLarge(limit) => Finding::new(Code::ExpansionLimit, [(limit >> 20).to_string()]),
                    damage => Finding::new(Code::DamagedStructure, [damage.to_string()]),
                };
                self.shut(index, finding);
                return Ok(());
            }
        };
        let inside = Place { layer: Some(index), depth: place.depth + 1, fills: true, ..place };
        self.inside(&content, compressed.content_type, name, inside).map(drop)
    }

    /// A checksum proves nothing about who wrote the content: it is a layer of the kind `plain`.
    pub(super) fn digested(&mut self, digested: &Digested, name: Option<&str>, place: Place) -> io::Result<()> {
        self.leave_closed(place);
        let Some(index) = self.begin(LayerKind::Plain, place) else { return Ok(()) };
        let content = digested.content.clone().or_else(|| self.context.content.clone().filter(|_| place.whole));
        let Some(content) = content else {
            self.note_layer(index, Finding::new(Code::MissingContent, []));
            return Ok(());
        };
        let finding = match digested.holds(&content)? {
            Ok(true) => Finding::new(Code::Checksum, []),
            Ok(false) => Finding::new(Code::ChecksumDiffers, []),
            Err(algorithm) => unsupported(&algorithm),
        };
        self.note_layer(index, finding);
        let inside = Place { layer: Some(index), depth: place.depth + 1, fills: true, ..place };
        self.inside(&content, digested.content_type, name, inside).map(drop)
    }

    /// Content in a ContentInfo and nothing more.
    pub(super) fn data(&mut self, content: &Source, name: Option<&str>, place: Place) -> io::Result<()> {
        self.leave_closed(place);
        let Some(index) = self.begin(LayerKind::Plain, place) else { return Ok(()) };
        let inside = Place { layer: Some(index), depth: place.depth + 1, fills: true, ..place };
        self.inside(content, ID_DATA, name, inside).map(drop)
    }

    pub(super) fn unsupported_content(&mut self, content_type: ObjectIdentifier, place: Place) {
        self.leave_closed(place);
        if let Some(index) = self.begin(LayerKind::Plain, place) {
            self.shut(index, unsupported(&Unsupported::new("content type", content_type)));
        }
    }
}

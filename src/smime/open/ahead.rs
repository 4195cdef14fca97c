//! Digests of what is signed, computed while it is scanned for its parts: the bytes are read once.

use std::io::{self, Write};
use std::ops::Range;
use std::thread::{self, Scope};

use const_oid::ObjectIdentifier;

use super::{Opener, Place, layers};
use crate::cms::signed::{Digests, Hashers};
use crate::crypto::DigestAlgorithm;
use crate::mime::canonical::CanonicalWriter;
use crate::mime::{self, ContentType, Entity, Limits, Watch};
use crate::smime::detect;
use crate::source::{Behind, Source};

impl Opener<'_> {
    /// Parses an entity; one that goes past a limit is said and left closed.
    pub(super) fn parse(&mut self, source: &Source, place: Place) -> io::Result<Option<Entity>> {
        if let Some((_, entity)) = self.scanned.take_if(|(scanned, _)| scanned.is_same(source)) {
            return Ok(Some(entity));
        }
        match scan(source, source, &self.context.policy.limits.mime) {
            Ok(Scanned { entity, hashed }) => {
                self.hashed.extend(hashed);
                Ok(Some(entity))
            }
            Err(mime::Error::Io(error)) => Err(error),
            Err(limit @ mime::Error::Limit { .. }) if place.layer.is_none() && place.depth == 0 => {
                self.too_complex = Some(limit);
                Ok(None)
            }
            Err(mime::Error::Limit { what, .. }) => {
                self.note(place, layers::odd(if what == "depth" { "too-deep" } else { "too-many-parts" }));
                Ok(None)
            }
        }
    }
}

/// A structure, with the digests of what is signed in it.
pub(super) struct Scanned {
    pub(super) entity: Entity,
    pub(super) hashed: Vec<Hashed>,
}

/// Scans the bytes of `source`, which are read through `reader`.
fn scan(source: &Source, reader: &Source, limits: &Limits) -> Result<Scanned, mime::Error> {
    thread::scope(|scope| {
        let mut hashing = Hashing::new(source, scope);
        let entity = mime::parse_watched(reader, limits, &mut hashing);
        // Its thread ends before the scope does, also where there is no entity.
        let hashed = hashing.done();
        Ok(Scanned { entity: entity?, hashed })
    })
}

/// Scans content that is being decrypted, on another core; nothing where it is a structure or goes past a limit, which
/// [`Opener::inside`] finds again.
///
/// # Errors
/// When the bytes cannot be read.
pub(super) fn scan_decrypted(
    content: &Source,
    content_type: ObjectIdentifier,
    limits: &Limits,
) -> io::Result<Option<Scanned>> {
    if detect::structure(content)?.is_some() || detect::kind(content_type).is_some() {
        return Ok(None);
    }
    match scan(content, &content.read_ahead(), limits) {
        Ok(scanned) => Ok(Some(scanned)),
        Err(mime::Error::Io(error)) => Err(error),
        Err(mime::Error::Limit { .. }) => Ok(None),
    }
}

/// The digests of a range of a source.
pub(super) struct Hashed {
    pub(super) content: Source,
    /// With canonical line ends, or else as it stands.
    pub(super) canonical: bool,
    pub(super) digests: Digests,
}

impl Hashed {
    /// Whether this is about that content in that form, and by all of these algorithms.
    pub(super) fn covers(&self, content: &Source, canonical: bool, algorithms: &[DigestAlgorithm]) -> bool {
        self.content.is_same(content)
            && self.canonical == canonical
            && algorithms.iter().all(|algorithm| self.digests.get(*algorithm).is_some())
    }
}

/// Hashes on another core than the one that scans.
pub(super) struct Hashing<'scope, 'env> {
    source: &'env Source,
    scope: &'scope Scope<'scope, 'env>,
    current: Option<Behind<'scope, 'env, CanonicalWriter<Hashers>>>,
    done: Vec<Hashed>,
}

impl<'scope, 'env> Hashing<'scope, 'env> {
    pub(super) fn new(source: &'env Source, scope: &'scope Scope<'scope, 'env>) -> Self {
        Self { source, scope, current: None, done: Vec::new() }
    }

    pub(super) fn done(self) -> Vec<Hashed> {
        self.done
    }
}

impl Watch for Hashing<'_, '_> {
    /// By the algorithms that micalg names. Where it names others than those that the signatures turn out to need, the content
    /// is hashed once more.
    fn begin(&mut self, multipart: &ContentType) -> bool {
        let micalg = multipart.parameter("micalg").unwrap_or_default();
        let mut algorithms: Vec<_> = micalg.split(',').filter_map(DigestAlgorithm::from_micalg).collect();
        algorithms.truncate(MICALGS);
        if !algorithms.is_empty() {
            self.current = Some(Behind::new(self.scope, CanonicalWriter::of_lines(Hashers::new(&algorithms))));
        }
        self.current.is_some()
    }

    fn bytes(&mut self, bytes: &[u8]) {
        // A hash takes everything; if it should not, there is none.
        if self.current.as_mut().is_some_and(|hash| hash.write_all(bytes).is_err()) {
            self.current = None;
        }
    }

    fn end(&mut self, range: Range<u64>) {
        let hash = self.current.take().and_then(|hash| hash.finish().ok()?.finish().ok());
        let content = self.source.slice(range);
        self.done.extend(hash.map(|hash| Hashed { content, canonical: true, digests: hash.finish() }));
    }

    fn lost(&mut self) {
        self.current = None;
    }
}

/// Algorithms that a message may have its content hashed by on a mere promise.
const MICALGS: usize = 2;

/// Hashes content as it stands and scans it for its parts; the entity is missing where a limit was reached.
///
/// # Errors
/// When the bytes cannot be read.
pub(super) fn scan_and_hash(
    content: &Source,
    limits: &Limits,
    algorithms: &[DigestAlgorithm],
) -> io::Result<(Hashed, Option<Entity>)> {
    thread::scope(|scope| {
        let mut all = All { hash: Behind::new(scope, Hashers::new(algorithms)), seen: 0, failed: None };
        let entity = match mime::parse_watching_all(content, limits, &mut all) {
            Ok(entity) => Some(entity),
            Err(mime::Error::Io(error)) => return Err(error),
            Err(mime::Error::Limit { .. }) => None,
        };
        // What the scan had no need to read.
        content.slice_from(all.seen).copy_to(&mut all.hash)?;
        let digests = all.failed.map_or_else(|| all.hash.finish(), Err)?.finish();
        Ok((Hashed { content: content.clone(), canonical: false, digests }, entity))
    })
}

/// Takes everything.
struct All<'scope, 'env> {
    hash: Behind<'scope, 'env, Hashers>,
    seen: u64,
    failed: Option<io::Error>,
}

impl Watch for All<'_, '_> {
    fn begin(&mut self, _: &ContentType) -> bool {
        false
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.seen += bytes.len() as u64;
        if let Err(error) = self.hash.write_all(bytes) {
            self.failed.get_or_insert(error);
        }
    }

    fn end(&mut self, _: Range<u64>) {}

    fn lost(&mut self) {}
}

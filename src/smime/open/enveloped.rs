//! Encrypted layers: who can read them, and opening them with the keys at hand.

use std::io;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use super::layers::{is_damage, odd, unsupported};
use super::{Opener, Place};
use crate::cms::Enveloped;
use crate::cms::enveloped::{ContentKey, OpenError, RecipientId, RecipientInfo, RecipientKind};
use crate::crypto::{self, DigestAlgorithm, KeyKind, PrivateKeyOperations, kdf};
use crate::pki::Certificate;
use crate::report::{Code, Finding, LayerKind, Privacy, RecipientReport};
use crate::smime::{KeyLookup, detect};
use crate::source::Source;

/// Recipients that are looked at.
const RECIPIENTS: usize = 1000;

/// Attempts to open one layer: each costs an operation with a key.
const ATTEMPTS: usize = 256;

/// Attempts with an authenticated cipher, each of which costs a pass over the content.
const PASSES: usize = 32;

/// Bytes of a tag that notices changes; whoever changes a message guesses a shorter one too easily (SP 800-38C appendix B).
const TAG: usize = 8;

/// Password recipients that are tried: each costs a key derivation.
const PASSWORDS: usize = 4;

/// A way to open a layer: a recipient, what opens it, and whether the recipient is known to name that.
struct Way<'a> {
    recipient: &'a RecipientInfo,
    secret: Secret<'a>,
    named: bool,
}

enum Secret<'a> {
    Key(Arc<dyn PrivateKeyOperations>),
    Password(&'a SecretString, kdf::Limits),
}

impl Way<'_> {
    fn content_key(&self, length: usize) -> Result<ContentKey, crypto::Error> {
        match &self.secret {
            Secret::Key(key) => self.recipient.unwrap_key(key.as_ref(), length),
            Secret::Password(password, limits) => {
                self.recipient.unwrap_with_password(password.expose_secret(), length, limits)
            }
        }
    }

    /// What is outdated about it, although the cipher of the content may not be.
    fn weakness(&self) -> Option<Finding> {
        if let Secret::Key(key) = &self.secret
            && let Ok(kind) = KeyKind::of(key.public_key())
            && kind.is_weak()
        {
            return Some(Finding::new(Code::WeakKey, [kind.to_string()]));
        }
        self.recipient.is_weak().then(|| Finding::new(Code::WeakCipher, [self.recipient.algorithm.clone()]))
    }
}

/// What trying the keys gave.
enum Outcome {
    Opened { content: Source, weakness: Option<Finding> },
    Failed(Vec<Finding>, Privacy),
}

impl Opener<'_> {
    pub(super) fn enveloped(&mut self, enveloped: &Enveloped, name: Option<&str>, place: Place) -> io::Result<()> {
        let kind = if enveloped.authentication.is_some() { LayerKind::AuthEnveloped } else { LayerKind::Enveloped };
        self.leave_closed(place);
        let Some(index) = self.begin(kind, place) else { return Ok(()) };
        self.remember(&enveloped.certificates);
        if enveloped.recipients.len() > RECIPIENTS {
            self.note_layer(index, odd("many-recipients"));
        }
        let mut recipients = Vec::new();
        let mut ways = Vec::new();
        let mut locked = false;
        let (password, limits) = (self.context.keys.password(), self.context.policy.limits.kdf);
        let mut passwords = 0;
        for recipient in enveloped.recipients.iter().take(RECIPIENTS) {
            let (mut mine, mut certificate) = (false, None);
            match self.context.keys.find(&recipient.id) {
                KeyLookup::Found(key, known) => {
                    (mine, certificate) = (true, known);
                    ways.push(Way { recipient, secret: Secret::Key(key), named: true });
                }
                KeyLookup::Locked(known) => {
                    (mine, locked, certificate) = (true, true, Some(known));
                }
                KeyLookup::Unknown => {}
            }
            let certificate = certificate.or_else(|| self.known(&recipient.id));
            let bare = if mine { &[] } else { self.context.keys.bare() };
            for key in bare {
                let named = is_named(&recipient.id, certificate.as_ref(), key.as_ref());
                mine |= named;
                ways.push(Way { recipient, secret: Secret::Key(Arc::clone(key)), named });
            }
            if let Some(password) = password.filter(|_| recipient.kind == RecipientKind::Password)
                && passwords < PASSWORDS
            {
                passwords += 1;
                ways.push(Way { recipient, secret: Secret::Password(password, limits), named: false });
            }
            recipients.push(RecipientReport {
                kind: recipient.kind,
                id: shown(&recipient.id, certificate.as_ref()),
                algorithm: recipient.algorithm.clone(),
                mine,
            });
        }
        let outcome = attempt(enveloped, ways, locked)?;
        self.opened(index, enveloped, recipients, outcome, name, place)
    }

    /// Reports on the layer and goes on inside.
    fn opened(
        &mut self,
        index: usize,
        enveloped: &Enveloped,
        recipients: Vec<RecipientReport>,
        outcome: Outcome,
        name: Option<&str>,
        place: Place,
    ) -> io::Result<()> {
        let Some(layer) = self.layers.get_mut(index) else { return Ok(()) };
        layer.recipients = recipients;
        let cipher = enveloped.algorithm.as_ref().map(|algorithm| algorithm.cipher);
        layer.cipher = match &cipher {
            Ok(cipher) => Some(cipher.to_string()),
            Err(crypto::Error::Unsupported(unsupported)) => {
                Some(unsupported.name.map_or_else(|| unsupported.oid.to_string(), str::to_owned))
            }
            Err(_) => None,
        };
        let (content, weakness) = match outcome {
            Outcome::Failed(findings, privacy) => {
                layer.findings.extend(findings);
                layer.privacy = privacy;
                return Ok(());
            }
            Outcome::Opened { content, weakness } => (content, weakness),
        };
        layer.privacy = Privacy::Opened;
        if let Some(weakness) = weakness {
            layer.findings.push(weakness);
            layer.privacy = Privacy::OpenedWeak;
        }
        if let Ok(cipher) = cipher {
            if cipher.is_weak() {
                layer.findings.push(Finding::new(Code::WeakCipher, [cipher.to_string()]));
                layer.privacy = Privacy::OpenedWeak;
            }
            if let Some(around) = self.around.get_mut(index) {
                around.authenticated = enveloped.algorithm.as_ref().is_ok_and(|algorithm| algorithm.tag_len >= TAG);
            }
        }
        let inside = Place { layer: Some(index), depth: place.depth + 1, fills: true, ..place };
        // Structures directly in this one are opened at once, and then say what the innermost is.
        let outer = self.decrypted.take();
        let entity = self.inside(&content, enveloped.content_type, name, inside)?;
        if !place.whole {
            self.decrypted = outer;
        } else if self.decrypted.is_none() {
            self.decrypted = entity.map(|entity| (content, entity));
        }
        Ok(())
    }

    /// The certificate that a recipient's name means, from the message, the wallet or the arguments.
    fn known(&self, id: &RecipientId) -> Option<Certificate> {
        let pinned = self.context.pins.iter().map(|pin| &pin.certificate);
        let mut known = self.context.certificates.iter().chain(pinned).chain(&self.certificates);
        known.find(|certificate| id.matches(certificate)).cloned()
    }
}

/// Whether a recipient's name is known to mean a bare key.
fn is_named(id: &RecipientId, certificate: Option<&Certificate>, key: &dyn PrivateKeyOperations) -> bool {
    let bits = |key: &spki::SubjectPublicKeyInfoOwned| key.subject_public_key.raw_bytes().to_vec();
    let own = bits(key.public_key());
    match (id, certificate) {
        (_, Some(certificate)) => bits(certificate.public_key()) == own,
        // RFC 5280 §4.2.1.2, method 1.
        (RecipientId::SubjectKeyIdentifier(id), None) => *id == DigestAlgorithm::Sha1.digest(&own),
        _ => false,
    }
}

/// Who it is: an address where the certificate is known.
fn shown(id: &RecipientId, certificate: Option<&Certificate>) -> String {
    match certificate {
        Some(certificate) => certificate.addresses().first().map_or_else(|| certificate.name(), ToString::to_string),
        None => id.to_string(),
    }
}

/// Tries the ways in order, those that a recipient names first.
fn attempt(enveloped: &Enveloped, mut ways: Vec<Way<'_>>, locked: bool) -> io::Result<Outcome> {
    let mut findings = Vec::new();
    let algorithm = match &enveloped.algorithm {
        Ok(algorithm) => algorithm,
        Err(error) => {
            let finding = failure(error);
            return Ok(Outcome::Failed(vec![finding], Privacy::Damaged));
        }
    };
    ways.sort_by_key(|way| !way.named);
    let mut named = false;
    let authenticated = algorithm.cipher.is_authenticated();
    let only = ways.len() == 1;
    let mut passes = 0;
    for way in ways.into_iter().take(ATTEMPTS) {
        let key = way.content_key(algorithm.cipher.key_len());
        passes += usize::from(authenticated && key.is_ok());
        if passes > PASSES {
            break;
        }
        let content = match key.map_err(OpenError::from).and_then(|key| enveloped.open(&key)) {
            Ok(content) => content,
            Err(OpenError::Io(error)) if !is_damage(&error) => return Err(error),
            Err(error) => {
                if way.named {
                    named = true;
                    let finding = match error {
                        OpenError::Crypto(error) => failure(&error),
                        OpenError::Io(error) => Finding::new(Code::DamagedStructure, [error.to_string()]),
                    };
                    if !findings.contains(&finding) {
                        findings.push(finding);
                    }
                }
                continue;
            }
        };
        // One in 256 wrong keys gives a padding that fits (RFC 3218 has it told by nothing else). A key that is tried on the off
        // chance must give something that looks like content, unless there is no other to try.
        if way.named || authenticated || only || looks_like_content(&content)? {
            return Ok(Outcome::Opened { content, weakness: way.weakness() });
        }
    }
    if named && !locked {
        return Ok(Outcome::Failed(findings, Privacy::Damaged));
    }
    let (code, privacy) =
        if locked { (Code::WalletLocked, Privacy::NeedsUnlock) } else { (Code::NoKey, Privacy::Locked) };
    findings.push(Finding::new(code, []));
    Ok(Outcome::Failed(findings, privacy))
}

/// Why a key that a recipient names does not open it. Failures of decryption are all the same (RFC 3218).
fn failure(error: &crypto::Error) -> Finding {
    match error {
        crypto::Error::Unsupported(algorithm) => unsupported(algorithm),
        crypto::Error::Parameters(reason) => Finding::new(Code::DamagedStructure, [(*reason).to_owned()]),
        crypto::Error::Key(reason) => Finding::new(Code::UnusableKey, [(*reason).to_owned()]),
        crypto::Error::Limit(_) | crypto::Error::Mismatch | crypto::Error::Decryption => {
            Finding::new(Code::DecryptionFailed, [])
        }
    }
}

/// Whether content begins like a MIME entity, a text or a structure.
fn looks_like_content(content: &Source) -> io::Result<bool> {
    let head = detect::head(content)?;
    let start = head.get(..64).unwrap_or(&head);
    Ok(detect::structure(content)?.is_some() || !start.iter().any(|byte| matches!(byte, 0..=8 | 14..=31 | 127..)))
}

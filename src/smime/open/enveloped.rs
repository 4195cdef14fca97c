//! Encrypted layers: who can read them, and opening them with the keys at hand.

use std::io;
use std::sync::Arc;

use super::ahead::Scanned;
use super::attempt::{Outcome, Secret, Way, attempt};
use super::layers::{odd, unsupported};
use super::{Opener, Place};
use crate::cms::Enveloped;
use crate::cms::enveloped::{RecipientId, RecipientInfo};
use crate::crypto::{self, DigestAlgorithm, PrivateKeyOperations};
use crate::pki::Certificate;
use crate::report::{Code, Finding, LayerKind, Privacy, RecipientReport};
use crate::smime::KeyLookup;

/// Bytes of a tag that notices changes; whoever changes a message guesses a shorter one too easily (SP 800-38C appendix B).
const TAG: usize = 8;

impl Opener<'_> {
    pub(super) fn enveloped(&mut self, enveloped: &Enveloped, name: Option<&str>, place: Place) -> io::Result<()> {
        let kind = if enveloped.authentication.is_some() { LayerKind::AuthEnveloped } else { LayerKind::Enveloped };
        self.leave_closed(place);
        let Some(index) = self.begin(kind, place) else { return Ok(()) };
        self.remember(&enveloped.certificates);
        let most = self.context.policy.limits.recipients;
        if enveloped.recipients.len() > most {
            self.note_layer(index, odd("many-recipients"));
        }
        let mut recipients = Vec::new();
        let mut ways = Vec::new();
        let mut locked = false;
        let (keys, limits) = (self.context.keys, self.context.policy.limits.kdf);
        let (password, secrets) = (keys.password(), keys.secrets());
        for (at, recipient) in enveloped.recipients.iter().take(most).enumerate() {
            let recipient = (at, recipient);
            let id = &recipient.1.id;
            let (mut mine, mut certificate) = (false, None);
            match keys.find(id) {
                KeyLookup::Found(key, known) => {
                    (mine, certificate) = (true, known);
                    ways.push(Way { recipient: Some(recipient), secret: Secret::Key(key), named: true });
                }
                KeyLookup::Locked(known) => {
                    (mine, locked, certificate) = (true, true, Some(known));
                }
                KeyLookup::Unknown => {}
            }
            let certificate = certificate.or_else(|| self.known(id));
            let bare = if mine { &[] } else { keys.bare() };
            for key in bare {
                let named = is_named(id, certificate.as_ref(), key.as_ref());
                mine |= named;
                ways.push(Way { recipient: Some(recipient), secret: Secret::Key(Arc::clone(key)), named });
            }
            if let Some(password) = password.filter(|_| recipient.1.takes_password() && self.passwords_left > 0) {
                self.passwords_left -= 1;
                ways.push(Way { recipient: Some(recipient), secret: Secret::Password(password, limits), named: false });
            }
            if recipient.1.takes_secret() {
                let ways_of = |key| Way { recipient: Some(recipient), secret: Secret::Shared(key), named: false };
                ways.extend(secrets.iter().map(ways_of));
            }
            recipients.push(RecipientReport {
                kind: recipient.1.kind,
                id: shown(id, certificate.as_ref()),
                algorithm: recipient.1.algorithm.clone(),
                mine,
            });
        }
        let mut outcome = attempt(enveloped, ways, locked, &self.context.policy.limits)?;
        if let Outcome::Failed(findings, Privacy::Locked) = &mut outcome {
            findings.extend(self.wanted(enveloped));
        }
        self.opened(index, enveloped, recipients, outcome, name, place)
    }

    /// EncryptedData: the key of the content is one that both sides have.
    pub(super) fn encrypted(&mut self, encrypted: &Enveloped, name: Option<&str>, place: Place) -> io::Result<()> {
        self.leave_closed(place);
        let Some(index) = self.begin(LayerKind::Enveloped, place) else { return Ok(()) };
        let secrets = self.context.keys.secrets().iter();
        let ways = secrets.map(|key| Way { recipient: None, secret: Secret::Shared(key), named: false }).collect();
        let mut outcome = attempt(encrypted, ways, false, &self.context.policy.limits)?;
        if let Outcome::Failed(findings, Privacy::Locked) = &mut outcome
            && self.context.keys.secrets().is_empty()
        {
            findings.push(Finding::new(Code::NeedsSecretKey, []));
        }
        self.opened(index, encrypted, Vec::new(), outcome, name, place)
    }

    /// What would open a layer that nothing at hand opens.
    fn wanted(&self, enveloped: &Enveloped) -> Vec<Finding> {
        let keys = self.context.keys;
        let any = |takes: fn(&RecipientInfo) -> bool| enveloped.recipients.iter().any(takes);
        let password = (keys.password().is_none() && any(RecipientInfo::takes_password)).then_some(Code::NeedsPassword);
        let secret = (keys.secrets().is_empty() && any(RecipientInfo::takes_secret)).then_some(Code::NeedsSecretKey);
        let mut wanted: Vec<_> = password.into_iter().chain(secret).map(|code| Finding::new(code, [])).collect();
        let holders = keys.holders();
        if !holders.is_empty() {
            wanted.push(Finding::new(Code::KeysHeld, [holders.join(", ")]));
        }
        // A method that is not built in is named, whoever it is meant for.
        for error in enveloped.recipients.iter().filter_map(RecipientInfo::unusable) {
            if let crypto::Error::Unsupported(algorithm) = error {
                let finding = unsupported(algorithm);
                if !wanted.contains(&finding) {
                    wanted.push(finding);
                }
            }
        }
        wanted
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
        let (content, scanned, weakness, recipient) = match outcome {
            Outcome::Failed(findings, privacy) => {
                layer.findings.extend(findings);
                layer.privacy = privacy;
                return Ok(());
            }
            Outcome::Opened { content, scanned, weakness, recipient } => (content, scanned, weakness, recipient),
        };
        if let Some(scanned) = scanned {
            let Scanned { entity, hashed } = *scanned;
            self.hashed.extend(hashed);
            self.scanned = Some((content.clone(), entity));
        }
        if let Some(recipient) = recipient.and_then(|recipient| layer.recipients.get_mut(recipient)) {
            recipient.mine = true;
        }
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

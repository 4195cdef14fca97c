//! Trying keys, passwords and shared secrets on an encrypted layer.

use std::io;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretSlice, SecretString};
use zeroize::Zeroizing;

use super::ahead::{Scanned, scan_decrypted};
use super::layers::{is_damage, unsupported};
use crate::cms::Enveloped;
use crate::cms::enveloped::{ContentKey, OpenError, RecipientInfo};
use crate::crypto::{self, KeyKind, PrivateKeyOperations, kdf};
use crate::policy::Limits;
use crate::report::{Code, Finding, Privacy};
use crate::smime::detect;
use crate::source::Source;

/// A way to open a layer: a recipient (`None`: the content key itself), what opens it, and whether the recipient is known to
/// name that.
pub(super) struct Way<'a> {
    /// The recipient and its place in the list.
    pub recipient: Option<(usize, &'a RecipientInfo)>,
    pub secret: Secret<'a>,
    pub named: bool,
}

pub(super) enum Secret<'a> {
    Key(Arc<dyn PrivateKeyOperations>),
    Password(&'a SecretString, kdf::Limits),
    Shared(&'a SecretSlice<u8>),
}

impl Way<'_> {
    fn content_key(&self, length: usize) -> Result<ContentKey, crypto::Error> {
        match (self.recipient, &self.secret) {
            (Some((_, recipient)), Secret::Key(key)) => recipient.unwrap_key(key.as_ref(), length),
            (Some((_, recipient)), Secret::Password(password, limits)) => {
                recipient.unwrap_with_password(password.expose_secret(), length, limits)
            }
            (Some((_, recipient)), Secret::Shared(key)) => recipient.unwrap_with_secret(key.expose_secret(), length),
            (None, Secret::Shared(key)) => Ok(Zeroizing::new(key.expose_secret().to_vec())),
            (None, _) => Err(crypto::Error::Key("a secret key is asked for")),
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
        let (_, recipient) = self.recipient?;
        recipient.is_weak().then(|| Finding::new(Code::WeakCipher, [recipient.algorithm.clone()]))
    }

    /// What it means that it gives no content key; nothing where it was only tried on the off chance.
    fn refused(&self, error: &crypto::Error) -> Option<Finding> {
        match (&self.secret, error) {
            (Secret::Password(..), crypto::Error::Limit(_)) => Some(Finding::new(Code::TooMuchWork, [])),
            (Secret::Password(..), crypto::Error::Decryption) => Some(Finding::new(Code::WrongPassword, [])),
            (Secret::Shared(_), crypto::Error::Decryption | crypto::Error::Key(_)) => {
                Some(Finding::new(Code::WrongSecretKey, []))
            }
            (Secret::Key(_), _) if !self.named => None,
            (_, error) => Some(failure(error)),
        }
    }

    /// What it means that the content does not open with the content key that it gives.
    fn shut(&self, error: &OpenError) -> Option<Finding> {
        match (self.recipient, &self.secret, error) {
            (None, ..) => Some(Finding::new(Code::WrongSecretKey, [])),
            (_, Secret::Key(_), _) if !self.named => None,
            (.., OpenError::Crypto(error)) => Some(failure(error)),
            (.., OpenError::Io(error)) => Some(Finding::new(Code::DamagedStructure, [error.to_string()])),
        }
    }

    /// Whether the content key is certainly the right one: a key wrap and a password have checks of their own.
    fn is_certain(&self) -> bool {
        self.named || (self.recipient.is_some() && !matches!(self.secret, Secret::Key(_)))
    }
}

/// What trying the keys gave.
pub(super) enum Outcome {
    Opened {
        content: Source,
        scanned: Option<Box<Scanned>>,
        weakness: Option<Finding>,
        /// The place of the recipient whose key it was.
        recipient: Option<usize>,
    },
    Failed(Vec<Finding>, Privacy),
}

/// Tries the ways in order, those that a recipient names first, and scans the content on the way. `locked`: a key that is named
/// is locked away. Where there are more ways than the limits allow, it is said that not all were tried.
pub(super) fn attempt(
    enveloped: &Enveloped,
    mut ways: Vec<Way<'_>>,
    locked: bool,
    limits: &Limits,
) -> io::Result<Outcome> {
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
    let mut stopped = (ways.len() > limits.attempts).then_some(limits.attempts);
    for way in ways.into_iter().take(limits.attempts) {
        let mut add = |finding: Option<Finding>| findings.extend(finding.filter(|finding| !findings.contains(finding)));
        let key = match way.content_key(algorithm.cipher.key_len()) {
            Ok(key) => key,
            Err(error) => {
                named |= way.named;
                add(way.refused(&error));
                continue;
            }
        };
        passes += usize::from(authenticated);
        if passes > limits.passes {
            stopped = Some(limits.passes);
            break;
        }
        // What a wrong key gives is no content.
        let scan = |content: &Source| match way.is_certain() {
            true => scan_decrypted(content, enveloped.content_type, &limits.mime),
            false => Ok(None),
        };
        let (content, scanned) = match enveloped.open_reading(&key, scan) {
            Ok(opened) => opened,
            Err(OpenError::Io(error)) if !is_damage(&error) => return Err(error),
            Err(error) => {
                named |= way.is_certain();
                add(way.shut(&error));
                continue;
            }
        };
        // One in 256 wrong keys gives a padding that fits (RFC 3218 has it told by nothing else). A key that is tried on the off
        // chance must give something that looks like content, unless there is no other to try.
        if way.is_certain() || authenticated || only || looks_like_content(&content)? {
            let recipient = way.recipient.map(|(index, _)| index);
            return Ok(Outcome::Opened {
                content,
                scanned: scanned.map(Box::new),
                weakness: way.weakness(),
                recipient,
            });
        }
    }
    let too_many = stopped.map(|limit| Finding::new(Code::TooManyAttempts, [limit.to_string()]));
    let complete = too_many.is_none();
    findings.extend(too_many);
    if named && !locked {
        return Ok(Outcome::Failed(findings, Privacy::Damaged));
    }
    if locked {
        findings.push(Finding::new(Code::WalletLocked, []));
        return Ok(Outcome::Failed(findings, Privacy::NeedsUnlock));
    }
    if complete {
        findings.push(Finding::new(Code::NoKey, []));
    }
    Ok(Outcome::Failed(findings, Privacy::Locked))
}

/// Why a key that a recipient names does not open it. Failures of decryption are all the same (RFC 3218).
pub(super) fn failure(error: &crypto::Error) -> Finding {
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

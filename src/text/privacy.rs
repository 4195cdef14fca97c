//! Who could read a message, in words (`docs/verdicts.md`).

use super::finding::{Evidence, finding};
use super::words::{method, persons};
use super::{Statement, tr};
use crate::report::{Code, Covers, Finding, Layer, Privacy, RecipientKind, RecipientReport, Report, Verdict};

/// What is said about the privacy of a message.
#[must_use]
pub fn privacy(report: &Report) -> Statement {
    let whole = || report.layers.iter().filter(|layer| layer.covers == Covers::Whole);
    let layer = whole().find(|layer| is_encrypted(layer) && layer.privacy == report.privacy);
    statement(report.privacy, layer, report.signature == Verdict::Unsigned)
}

/// What is said about one encrypted layer; `None` for layers that are not encrypted. `unsigned`: no signature says who wrote
/// what is inside.
#[must_use]
pub fn layer_privacy(layer: &Layer, unsigned: bool) -> Option<Statement> {
    is_encrypted(layer).then(|| statement(layer.privacy, Some(layer), unsigned))
}

/// The words of a privacy state for a column; the chip of a message has [`privacy`]'s word, which counts the readers.
#[must_use]
pub fn privacy_word(privacy: Privacy) -> String {
    match privacy {
        Privacy::Damaged => tr!("privacy-damaged-word"),
        Privacy::Locked => tr!("privacy-locked-word"),
        Privacy::NeedsUnlock => tr!("privacy-needs-unlock-word"),
        Privacy::OpenedWeak => tr!("privacy-opened-weak-word"),
        Privacy::OpenedUnauthenticated => tr!("privacy-opened-unauthenticated-word"),
        Privacy::Opened => tr!("privacy-opened-word"),
        Privacy::None => tr!("privacy-none-word"),
    }
}

fn is_encrypted(layer: &Layer) -> bool {
    layer.privacy != Privacy::None || !layer.recipients.is_empty()
}

fn statement(privacy: Privacy, layer: Option<&Layer>, unsigned: bool) -> Statement {
    let findings = layer.map_or(&[][..], |layer| layer.findings.as_slice());
    let find = |codes: &[Code]| codes.iter().find_map(|code| findings.iter().find(|finding| finding.code == *code));
    let (title, why, todo) = match privacy {
        Privacy::Damaged => {
            let reason = find(DAMAGED).map(finding);
            let why = match reason {
                Some(reason) => tr!("privacy-damaged-why-reason", reason = reason),
                None => tr!("privacy-damaged-why"),
            };
            let unsupported = find(&[Code::UnsupportedAlgorithm]).is_some();
            let todo = if unsupported { tr!("privacy-damaged-todo-method") } else { tr!("privacy-damaged-todo") };
            (tr!("privacy-damaged"), why, Some(todo))
        }
        Privacy::Locked => locked(layer),
        Privacy::NeedsUnlock => {
            (tr!("privacy-needs-unlock"), tr!("privacy-needs-unlock-why"), Some(tr!("privacy-needs-unlock-todo")))
        }
        Privacy::OpenedWeak => {
            let reason = find(&[Code::WeakCipher, Code::WeakKey]).map(finding);
            let why = match reason {
                Some(reason) => tr!("privacy-opened-weak-why-reason", reason = reason),
                None => tr!("privacy-opened-weak-why"),
            };
            (tr!("privacy-opened-weak"), why, Some(tr!("privacy-opened-weak-todo")))
        }
        Privacy::OpenedUnauthenticated => {
            let cipher = find(&[Code::Unauthenticated]).map(|found: &Finding| Evidence(found).method("algorithm"));
            let cipher = cipher.or_else(|| layer.and_then(|layer| layer.cipher.as_deref()).map(method));
            let why = match cipher {
                Some(cipher) => tr!("privacy-opened-unauthenticated-why-cipher", cipher = cipher),
                None => tr!("privacy-opened-unauthenticated-why"),
            };
            (tr!("privacy-opened-unauthenticated"), why, Some(tr!("privacy-opened-unauthenticated-todo")))
        }
        Privacy::Opened => {
            let others = layer.map_or(0, |layer| layer.recipients.iter().filter(|recipient| !recipient.mine).count());
            let why = if unsigned { tr!("privacy-opened-why-unsigned") } else { tr!("privacy-opened-why") };
            (tr!("privacy-opened", others = others), why, None)
        }
        Privacy::None => (tr!("privacy-none"), tr!("privacy-none-why"), None),
    };
    let word = if privacy == Privacy::Opened { title.clone() } else { privacy_word(privacy) };
    Statement { word, title, why, todo }
}

/// Who a recipient is: an address, or whoever holds what the message names instead of one.
#[must_use]
pub fn reader(recipient: &RecipientReport) -> String {
    match (recipient.kind, recipient.id.rsplit_once(", serial "), recipient.id.strip_prefix("key ")) {
        (RecipientKind::Password, ..) => tr!("desk-recipient-password"),
        (_, Some((issuer, serial)), _) => tr!("reader-certificate", issuer = issuer, serial = serial),
        (_, None, Some(key)) => tr!("reader-key", key = key),
        (_, None, None) => recipient.id.clone(),
    }
}

/// Encrypted for keys that are not here: whom it names, and that a password or a shared key would do where it would.
fn locked(layer: Option<&Layer>) -> (String, String, Option<String>) {
    let recipients = layer.map_or(&[][..], |layer| layer.recipients.as_slice());
    let findings = layer.map_or(&[][..], |layer| layer.findings.as_slice());
    let password = recipients.iter().any(|recipient| recipient.kind == RecipientKind::Password);
    let shared = findings.iter().find(|finding| matches!(finding.code, Code::NeedsSecretKey | Code::WrongSecretKey));
    let named = recipients.iter().filter(|recipient| recipient.kind != RecipientKind::Password);
    let named: Vec<String> = named.map(reader).collect();
    let title = if password && named.is_empty() { tr!("privacy-locked-password") } else { tr!("privacy-locked") };
    let named = persons(named.iter().map(String::as_str));
    let wrong = findings
        .iter()
        .find(|finding| matches!(finding.code, Code::WrongPassword | Code::TooMuchWork | Code::TooManyAttempts));
    let stopped = findings.iter().any(|finding| finding.code == Code::TooManyAttempts);
    let why = match (wrong.or(shared), named.is_empty(), password) {
        (Some(found), ..) => finding(found),
        (None, false, _) => tr!("privacy-locked-why-named", recipients = named),
        (None, true, true) => tr!("privacy-locked-why-password"),
        (None, true, false) => tr!("privacy-locked-why"),
    };
    let held = findings.iter().find(|finding| finding.code == Code::KeysHeld).map(finding);
    let why = std::iter::once(why).chain(held).collect::<Vec<_>>().join(" ");
    let todo = match (password, shared) {
        _ if stopped => tr!("privacy-locked-todo-attempts"),
        (true, _) => tr!("privacy-locked-todo-password"),
        (false, Some(_)) => tr!("privacy-locked-todo-secret-key"),
        (false, None) => tr!("privacy-locked-todo"),
    };
    (title, why, Some(todo))
}

/// Findings that keep an encrypted layer shut, the most telling first.
const DAMAGED: &[Code] = &[
    Code::UnsupportedAlgorithm,
    Code::DecryptionFailed,
    Code::DamagedStructure,
    Code::MissingFinalBoundary,
    Code::UnusableKey,
    Code::TooManyLayers,
];

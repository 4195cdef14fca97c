//! From the layers to the two chips of the whole message (docs/verdicts.md).

use super::{Covers, IdentityState, Integrity, Layer, LayerKind, Privacy, Verdict};

/// The signature chip of a message with these layers, outermost first.
///
/// Layers that cover the whole message speak for it, the worst counts; only where there is none do signed parts count, and
/// then the message is `partly-signed` at best.
#[must_use]
pub fn signature(layers: &[Layer]) -> Verdict {
    let passed_on = passed_on_by(layers);
    let whole =
        layers.iter().enumerate().filter(|(index, layer)| layer.covers == Covers::Whole && Some(*index) != passed_on);
    let part = layers.iter().filter(|layer| layer.covers == Covers::Part);
    whole
        .filter_map(|(_, layer)| layer_verdict(layer))
        .min()
        .or_else(|| part.filter_map(layer_verdict).min().map(|worst| worst.min(Verdict::PartlySigned)))
        .unwrap_or(Verdict::Unsigned)
}

/// The privacy chip of a message with these layers: the worst of those that cover the whole message. An encrypted part of
/// a message that is not encrypted stands for itself.
#[must_use]
pub fn privacy(layers: &[Layer]) -> Privacy {
    layers
        .iter()
        .filter(|layer| layer.covers == Covers::Whole)
        .map(|layer| layer.privacy)
        .min()
        .unwrap_or(Privacy::None)
}

/// The verdict on a signed layer: its worst signer. A layer that claims to be signed and has no signer that could be looked
/// at is `unreadable`; other layers have no verdict.
#[must_use]
pub fn layer_verdict(layer: &Layer) -> Option<Verdict> {
    match layer.kind {
        LayerKind::ClearSigned | LayerKind::OpaqueSigned => {
            Some(layer.signers.iter().map(|signer| signer.verdict).min().unwrap_or(Verdict::Unreadable))
        }
        _ => None,
    }
}

/// The index of an intact outer signature by somebody else over an inner one that matches From: a list or a gateway that
/// signed what it passed on. It is a note, not a verdict.
#[must_use]
pub fn passed_on_by(layers: &[Layer]) -> Option<usize> {
    let mut signed = layers.iter().enumerate().filter(|(_, layer)| {
        layer.covers == Covers::Whole && matches!(layer.kind, LayerKind::ClearSigned | LayerKind::OpaqueSigned)
    });
    let (index, outer) = signed.next()?;
    let intact = |layer: &Layer| {
        !layer.signers.is_empty() && layer.signers.iter().all(|signer| signer.integrity == Integrity::Intact)
    };
    let foreign = outer.signers.iter().all(|signer| signer.verdict == Verdict::OtherSigner);
    let inner_matches = signed.any(|(_, inner)| {
        intact(inner) && inner.signers.iter().all(|signer| signer.identity == IdentityState::Matches)
    });
    (intact(outer) && foreign && inner_matches).then_some(index)
}

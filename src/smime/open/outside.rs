//! What no signature covers: what stands in a multipart/signed outside of its parts (RFC 2046 §5.1.1: preamble and epilogue), and what
//! stands around a signed part.

use std::io;

use super::Opener;
use crate::mime::Entity;
use crate::report::{Code, Covers, Finding, Layer, LayerKind};
use crate::source::Source;

/// Bytes around a boundary line that are looked at as one.
const AROUND: usize = 16 * 1024;

/// Whether a preamble or epilogue says more than that this is a MIME message.
pub(super) fn has_text(source: &Source, entity: &Entity) -> io::Result<bool> {
    let (Some(first), Some(last)) = (entity.children.first(), entity.children.last()) else { return Ok(false) };
    let before = entity.body.start..first.range.start;
    if before.end.saturating_sub(before.start) > AROUND as u64 {
        return Ok(true);
    }
    let before = source.slice(before).read_all(AROUND)?;
    // The last line is the boundary.
    let lines = before.trim_ascii_end().rsplitn(2, |byte| *byte == b'\n');
    if lines.skip(1).any(|preamble| !is_customary(preamble)) {
        return Ok(true);
    }
    let after = source.slice(last.range.end..entity.body.end);
    let head = after.slice(0..AROUND as u64).read_all(AROUND)?;
    let boundary = head.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(head.len());
    let rest = head.get(boundary..).unwrap_or_default();
    let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |line| line + 1);
    let mut text = false;
    after.slice_from((boundary + end) as u64).for_each_block(|block| {
        text |= block.iter().any(|byte| !byte.is_ascii_whitespace());
        Ok::<_, io::Error>(())
    })?;
    Ok(text)
}

/// Nothing, or the sentence for programs without MIME ("This is an S/MIME signed message").
fn is_customary(preamble: &[u8]) -> bool {
    let line = preamble.trim_ascii();
    let has = |word: &[u8]| line.windows(word.len()).any(|window| window == word);
    line.is_empty() || (line.len() <= 100 && !line.contains(&b'\n') && line.starts_with(b"This is a") && has(b"MIME"))
}

impl Opener<'_> {
    /// A signature over a part leaves the rest to anybody.
    pub(super) fn note_uncovered(&mut self) {
        let is_partly_signed = |layer: &Layer| {
            layer.covers == Covers::Part && matches!(layer.kind, LayerKind::ClearSigned | LayerKind::OpaqueSigned)
        };
        let parts: Vec<usize> =
            (0..).zip(&self.layers).filter(|(_, layer)| is_partly_signed(layer)).map(|(index, _)| index).collect();
        for index in parts {
            self.note_layer(index, Finding::new(Code::Uncovered, []));
        }
    }
}

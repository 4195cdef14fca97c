//! The message that is open beside the list.

use std::sync::Arc;

use waxwing::jobs::Readers;
use waxwing::pki::Certificate;
use waxwing::report::{Failure, LayerKind, Report};
use waxwing::smime::Opened;

use super::row::Id;
use crate::widget::reader::Content;

/// Bytes of text that are laid out at once; the next ones when they are scrolled to. What is selected and copied stays within a
/// piece, so that one holds all of nearly every message.
const PIECE: usize = 24 * 1024;

/// A message with what the window needs to show it.
#[derive(Debug)]
pub struct Open {
    /// Its row.
    pub id: Id,
    /// What was found, and where its content can be read.
    pub opened: Arc<Opened>,
    /// The text, in pieces that are laid out by themselves.
    pub pieces: Vec<Piece>,
    /// For a message that can be sealed: who could read it. `None` while that is found out.
    pub readers: Option<Result<Readers, Failure>>,
    /// Certificates of its signer that the wallet could take among the contacts.
    pub introduced: Vec<Certificate>,
    /// Something is being made of it.
    pub busy: bool,
    /// For a message that can be sealed: its header fields are to be protected.
    pub protect: bool,
    /// And what is signed and encrypted is to be signed once more around that.
    pub triple: bool,
}

/// A part of the text that is shown.
#[derive(Debug)]
pub struct Piece {
    /// Which of [`waxwing::report::Shown::texts`].
    pub text: usize,
    /// What is shown, for selecting and copying.
    pub content: Content,
    /// Where the next piece of the same text begins.
    end: usize,
}

impl Open {
    /// Shows a message.
    pub fn new(id: Id, opened: Arc<Opened>) -> Self {
        let texts = &opened.report.shown.texts;
        let pieces = texts.iter().enumerate().map(|(index, text)| Piece::cut(index, &text.text, 0)).collect();
        Self { id, opened, pieces, readers: None, introduced: Vec::new(), busy: false, protect: false, triple: false }
    }

    /// What was found.
    pub fn report(&self) -> &Report {
        &self.opened.report
    }

    /// Whether there is something to open rather than to seal.
    pub fn is_sealed(&self) -> bool {
        is_sealed(self.report())
    }

    /// Whether a text goes on after what is shown of it.
    pub fn has_more(&self, text: usize) -> bool {
        let length = self.report().shown.texts.get(text).map_or(0, |shown| shown.text.len());
        self.end(text) < length
    }

    fn end(&self, text: usize) -> usize {
        self.pieces.iter().filter(|piece| piece.text == text).map(|piece| piece.end).max().unwrap_or(0)
    }

    /// Shows the next piece of a text.
    pub fn more(&mut self, text: usize) {
        let from = self.end(text);
        let Some(shown) = self.opened.report.shown.texts.get(text) else { return };
        let piece = Piece::cut(text, &shown.text, from);
        let at = self.pieces.iter().rposition(|piece| piece.text == text).map_or(self.pieces.len(), |at| at + 1);
        self.pieces.insert(at, piece);
    }
}

/// Whether there is anything to open: a message without a signature or encryption can be sealed instead.
fn is_sealed(report: &Report) -> bool {
    use LayerKind::{AuthEnveloped, CertsOnly, ClearSigned, Compressed, Enveloped, OpaqueSigned, Plain};
    report.layers.iter().any(|layer| match layer.kind {
        ClearSigned | OpaqueSigned | Enveloped | AuthEnveloped | Compressed | CertsOnly => true,
        Plain => false,
    })
}

impl Piece {
    /// The piece of a text from an offset on, ending after a line where there is one.
    fn cut(text: usize, whole: &str, from: usize) -> Self {
        let rest = whole.get(from..).unwrap_or_default();
        let mut end = rest.floor_char_boundary(PIECE);
        if end < rest.len()
            && let Some(line) = rest.get(..end).and_then(|piece| piece.rfind('\n'))
            && line > 0
        {
            end = line + 1;
        }
        let piece = rest.get(..end).unwrap_or_default();
        // The next piece begins a line of its own: of what is between them, only the line end goes.
        let shown = match end < rest.len() {
            true => piece.strip_suffix('\n').unwrap_or(piece),
            false => piece.trim_end_matches('\n'),
        };
        Self { text, content: Content::new(shown), end: from + end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A long text is shown piece by piece, and not a byte of it is lost or doubled, nor an empty line where two pieces meet.
    #[test]
    fn pieces_follow_each_other_without_a_gap() {
        let whole = "All work and no play. Überall.\n\n".repeat(4000);
        let mut at = 0;
        let (mut shown, mut lines) = (String::new(), 0);
        while at < whole.len() {
            let piece = Piece::cut(0, &whole, at);
            assert!(piece.end > at && piece.end - at <= PIECE);
            shown.push_str(whole.get(at..piece.end).unwrap_or_default());
            lines += piece.content.line_count();
            at = piece.end;
        }
        assert_eq!(shown, whole);
        assert_eq!(lines, whole.trim_end().lines().count());
        assert_eq!(Piece::cut(0, &"x".repeat(100_000), 0).end, PIECE, "a single endless line is cut too");
    }
}

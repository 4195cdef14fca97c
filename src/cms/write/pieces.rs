//! An OCTET STRING in pieces (X.690 §8.7.3.2), for content whose length is not known yet.

use std::io::{self, Write};

use zeroize::Zeroizing;

use super::CLOSE;

/// Bytes of a piece; the last may have fewer.
pub(super) const PIECE: usize = 32 * 1024;

/// Collects what is written into pieces.
pub(super) struct Pieces<W> {
    out: W,
    /// What does not fill a piece yet.
    rest: Zeroizing<Vec<u8>>,
}

impl<W: Write> Pieces<W> {
    /// Goes on behind the identifier and length octets of the string.
    pub(super) fn new(out: W) -> Self {
        Self { out, rest: Zeroizing::new(Vec::with_capacity(PIECE)) }
    }

    /// Adds content.
    pub(super) fn add(&mut self, mut content: &[u8]) -> io::Result<()> {
        while !content.is_empty() {
            let (now, later) = content.split_at(content.len().min(PIECE - self.rest.len()));
            content = later;
            if now.len() == PIECE {
                write_piece(&mut self.out, now)?;
                continue;
            }
            self.rest.extend_from_slice(now);
            if self.rest.len() == PIECE {
                write_piece(&mut self.out, &self.rest)?;
                self.rest.clear();
            }
        }
        Ok(())
    }

    /// Writes the last piece and the end of the string.
    pub(super) fn finish(mut self) -> io::Result<W> {
        if !self.rest.is_empty() {
            write_piece(&mut self.out, &self.rest)?;
        }
        self.out.write_all(&CLOSE)?;
        Ok(self.out)
    }

    /// Flushes what lies below; a piece that is not full is kept.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn write_piece(out: &mut impl Write, piece: &[u8]) -> io::Result<()> {
    // No piece is longer than what two octets of length can say.
    let [high, low] = (piece.len() as u16).to_be_bytes();
    if piece.len() < 0x80 {
        out.write_all(&[0x04, low])?;
    } else {
        out.write_all(&[0x04, 0x82, high, low])?;
    }
    out.write_all(piece)
}

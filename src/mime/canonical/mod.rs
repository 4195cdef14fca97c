//! Canonical line ends (RFC 8551 §3.1.1) and the entity that a signature is made over.

use std::io::{self, Write};

use crate::mime::{Entity, Error};
use crate::source::Source;

/// Passes everything on with lone CR and lone LF turned into CRLF; blocks that are canonical already pass uncopied.
#[derive(Debug)]
pub struct CanonicalWriter<W> {
    inner: W,
    /// The last byte written was a CR.
    after_cr: bool,
}

impl<W: Write> CanonicalWriter<W> {
    /// Wraps a writer, for instance a hasher.
    pub fn new(inner: W) -> Self {
        Self { inner, after_cr: false }
    }

    /// Ends the last line if it ended in a lone CR, and returns the writer.
    ///
    /// # Errors
    /// What the writer gives.
    pub fn finish(self) -> io::Result<W> {
        let _ = self.after_cr;
        todo!()
    }
}

impl<W: Write> Write for CanonicalWriter<W> {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        let _ = block;
        todo!()
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Writes the MIME entity inside a message, ready to be signed or encrypted: its Content-* fields (and nothing else of the
/// header), then the body with canonical line ends; leaf parts that are not 7bit are written anew as quoted-printable or
/// base64 (RFC 8551 §3.1.2–3.1.3), parts that are already 7bit byte for byte. `extra` fields go first
/// (for instance protected header fields).
///
/// # Errors
/// What reading or writing gives.
pub fn write_entity(source: &Source, entity: &Entity, extra: &[u8], out: &mut dyn Write) -> Result<(), Error> {
    let _ = (source, entity, extra, out);
    todo!()
}

/// Writes the header fields of a message that stay outside when its entity is sealed: all but Content-* and
/// MIME-Version, and none of those named in `without` (Bcc), each with canonical line ends.
///
/// # Errors
/// What reading or writing gives.
pub fn write_outer_fields(
    source: &Source,
    entity: &Entity,
    without: &[&str],
    out: &mut dyn Write,
) -> Result<(), Error> {
    let _ = (source, entity, without, out);
    todo!()
}

/// Base64 in lines of 64 characters with CRLF, as a stream.
#[derive(Debug)]
pub struct Base64Writer<W> {
    inner: W,
}

impl<W: Write> Base64Writer<W> {
    /// Wraps a writer.
    pub fn new(inner: W) -> Self {
        Self { inner }
    }

    /// Writes what is left and the last line end, and returns the writer.
    ///
    /// # Errors
    /// What the writer gives.
    pub fn finish(self) -> io::Result<W> {
        Ok(self.inner)
    }
}

impl<W: Write> Write for Base64Writer<W> {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        let _ = block;
        todo!()
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

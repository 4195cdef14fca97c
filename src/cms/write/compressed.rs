//! Writing CompressedData (RFC 3274).

use std::io::{self, Write};

use const_oid::ObjectIdentifier;
use const_oid::db::rfc6268::ID_CT_COMPRESSED_DATA;
use der::Encode;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use spki::AlgorithmIdentifierOwned;

use super::pieces::Pieces;
use super::{CLOSE, OPEN_CONTEXT_0, OPEN_OCTETS, OPEN_SEQUENCE, WriteError};
use crate::asn1::tlv;
use crate::cms::compressed::ZLIB;

/// Writes CompressedData: content goes in through [`Write`].
pub struct Compressor<W: Write> {
    encoder: ZlibEncoder<PieceWriter<W>>,
}

/// What comes out of zlib, on its way into the pieces.
struct PieceWriter<W>(Pieces<W>);

impl<W: Write> Write for PieceWriter<W> {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        self.0.add(block)?;
        Ok(block.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl<W: Write> Compressor<W> {
    /// Writes what precedes the content.
    ///
    /// # Errors
    /// When writing fails.
    pub fn new(content_type: ObjectIdentifier, mut out: W) -> Result<Self, WriteError> {
        // RFC 3274 §2: parameters are absent; §1.1: the version is 0.
        let zlib = AlgorithmIdentifierOwned { oid: ZLIB, parameters: None };
        let header = [
            &OPEN_SEQUENCE[..],
            &ID_CT_COMPRESSED_DATA.to_der()?,
            &OPEN_CONTEXT_0,
            &OPEN_SEQUENCE,
            &tlv(0x02, &[&[0]]),
            &zlib.to_der()?,
            &OPEN_SEQUENCE,
            &content_type.to_der()?,
            &OPEN_CONTEXT_0,
            &OPEN_OCTETS,
        ];
        out.write_all(&header.concat())?;
        Ok(Self { encoder: ZlibEncoder::new(PieceWriter(Pieces::new(out)), Compression::default()) })
    }

    /// Writes the rest; returns the output. Without this call the output is cut short.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(self) -> Result<W, WriteError> {
        let mut out = self.encoder.finish()?.0.finish()?;
        // eContent, encapContentInfo, CompressedData, content, ContentInfo.
        out.write_all(&[CLOSE; 5].concat())?;
        Ok(out)
    }
}

impl<W: Write> Write for Compressor<W> {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        self.encoder.write(block)
    }

    fn flush(&mut self) -> io::Result<()> {
        // Not zlib's: each flush of it costs bytes.
        self.encoder.get_mut().flush()
    }
}

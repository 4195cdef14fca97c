//! Lists from files: PEM (with any text around), DER, BER, and those in .p7b bundles.

use super::Crl;
use crate::asn1::{Cursor, Error, Header, Limits, tag};
use crate::crypto::pem;
use crate::pki::bundle::enter_signed_data;
use crate::source::Source;

/// The most lists in one file.
const MOST: usize = 10_000;

/// Why no list could be read from a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CrlError {
    /// Nothing in it looks like a list.
    #[error("no list of withdrawn certificates in it")]
    Nothing,
    /// A list is damaged.
    #[error("list {number} in it is damaged: {reason}")]
    Damaged {
        /// Counted from 1.
        number: usize,
        /// What is wrong.
        reason: String,
    },
    /// The file is larger than allowed.
    #[error("it is larger than {limit} bytes")]
    TooLarge {
        /// In bytes.
        limit: u64,
    },
}

/// All lists in a file, in order. One in DER stays where it lies; PEM is brought into memory.
///
/// # Errors
/// When there is none, one is damaged, or the file has more than `limit` bytes.
pub fn crls(file: &Source, limit: u64) -> Result<Vec<Crl>, CrlError> {
    let mut found = Found(Vec::new());
    let length = file.len().map_err(|error| found.damaged(error))?;
    if length > limit {
        return Err(CrlError::TooLarge { limit });
    }
    let mut first = [0];
    let read = file.read_at(0, &mut first).map_err(|error| found.damaged(error))?;
    if (read, first) == (1, [SEQUENCE_OCTET]) {
        found.binary(file)?;
    } else {
        let bytes =
            file.read_all(usize::try_from(limit).unwrap_or(usize::MAX)).map_err(|error| found.damaged(error))?;
        found.pem(&bytes)?;
    }
    if found.0.is_empty() { Err(CrlError::Nothing) } else { Ok(found.0) }
}

/// The identifier of SEQUENCE.
const SEQUENCE_OCTET: u8 = 0x30;

struct Found(Vec<Crl>);

impl Found {
    fn damaged(&self, reason: impl ToString) -> CrlError {
        CrlError::Damaged { number: self.0.len() + 1, reason: reason.to_string() }
    }

    fn add(&mut self, source: &Source) -> Result<(), CrlError> {
        if self.0.len() >= MOST {
            return Err(self.damaged("more lists than allowed"));
        }
        let crl = Crl::read(source).map_err(|error| self.damaged(error))?;
        self.0.push(crl);
        Ok(())
    }

    fn pem(&mut self, bytes: &[u8]) -> Result<(), CrlError> {
        let copy;
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => match pem::text(bytes) {
                Some(text) => {
                    copy = text;
                    &copy
                }
                None => return Ok(()),
            },
        };
        let mut rest = pem::beginnings(text);
        for block in pem::blocks(text) {
            rest -= 1;
            if matches!(block.label, "X509 CRL" | "CRL" | "PKCS7" | "PKCS #7 SIGNED DATA" | "CMS") {
                let bytes = block.decode().map_err(|error| self.damaged(error))?;
                self.binary(&Source::from_bytes(bytes.as_slice()))?;
            }
        }
        let cut = text.rsplit("-----BEGIN ").next().is_some_and(|last| last.contains("CRL-----"));
        if rest > 0 && cut { Err(self.damaged("it is cut short")) } else { Ok(()) }
    }

    /// One or more values, one behind the other.
    fn binary(&mut self, source: &Source) -> Result<(), CrlError> {
        let mut cursor = Cursor::new(source.clone(), Limits::default());
        loop {
            let mut next = [0];
            match source.read_at(cursor.offset(), &mut next).map_err(|error| self.damaged(error))? {
                0 => return Ok(()),
                _ if next == [0] || next[0].is_ascii_whitespace() => return Ok(()),
                _ => {}
            }
            let start = cursor.offset();
            let header = cursor.skip().map_err(|error| self.damaged(error))?;
            let value = source.slice(start..cursor.offset());
            match first(&value).map_err(|error| self.damaged(error))? {
                Some(inside) if header.is_universal(tag::SEQUENCE) && inside.is_universal(tag::SEQUENCE) => {
                    self.add(&value)?;
                }
                Some(inside) if inside.is_universal(tag::OID) => {
                    for list in bundled(&value).map_err(|error| self.damaged(error))? {
                        self.add(&list)?;
                    }
                }
                _ => {}
            }
        }
    }
}

/// The first value inside a value.
fn first(value: &Source) -> Result<Option<Header>, Error> {
    let mut cursor = Cursor::new(value.clone(), Limits::default());
    if !cursor.expect("a value")?.constructed {
        return Ok(None);
    }
    cursor.enter()?;
    cursor.peek()
}

/// The lists of a SignedData (RFC 5652 §5.1); none for other content.
fn bundled(message: &Source) -> Result<Vec<Source>, Error> {
    let mut cursor = Cursor::new(message.clone(), Limits::default());
    let mut found = Vec::new();
    cursor.enter()?;
    if !enter_signed_data(&mut cursor)? {
        return Ok(found);
    }
    if cursor.peek()?.is_some_and(|header| header.is_context(0)) {
        cursor.skip()?;
    }
    if cursor.peek()?.is_some_and(|header| header.is_context(1)) {
        cursor.enter()?;
        while let Some(header) = cursor.peek()? {
            let start = cursor.offset();
            cursor.skip()?;
            if header.is_universal(tag::SEQUENCE) {
                found.push(message.slice(start..cursor.offset()));
            }
        }
    }
    Ok(found)
}

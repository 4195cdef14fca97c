//! Steps of a [`Cursor`] that the readers share.

use const_oid::ObjectIdentifier;
use der::Decode;

use super::Error;
use crate::asn1::tag::{OCTET_STRING, SEQUENCE, SET};
use crate::asn1::{Cursor, Header};
use crate::source::Source;

/// Goes into a SEQUENCE.
pub(super) fn enter_sequence(cursor: &mut Cursor, otherwise: &'static str) -> Result<(), Error> {
    enter(cursor, |header| header.is_universal(SEQUENCE), otherwise)
}

/// Goes into a SET OF; a SEQUENCE in its place means the same.
pub(super) fn enter_set(cursor: &mut Cursor, otherwise: &'static str) -> Result<(), Error> {
    enter(cursor, |header| header.is_universal(SET) || header.is_universal(SEQUENCE), otherwise)
}

/// Goes into a value with that context-specific tag.
pub(super) fn enter_context(cursor: &mut Cursor, number: u32, otherwise: &'static str) -> Result<(), Error> {
    enter(cursor, |header| header.is_context(number), otherwise)
}

fn enter(cursor: &mut Cursor, fits: impl Fn(&Header) -> bool, otherwise: &'static str) -> Result<(), Error> {
    match cursor.peek()? {
        Some(header) if fits(&header) && header.constructed => {
            cursor.enter()?;
            Ok(())
        }
        _ => Err(Error::Structure(otherwise)),
    }
}

/// Whether the next value has that context-specific tag.
pub(super) fn next_is_context(cursor: &mut Cursor, number: u32) -> Result<bool, Error> {
    Ok(cursor.peek()?.is_some_and(|header| header.is_context(number)))
}

/// Decodes the next value.
pub(super) fn take<T: for<'a> Decode<'a, Error = der::Error>>(cursor: &mut Cursor) -> Result<T, Error> {
    Ok(T::from_der(&cursor.take_der()?)?)
}

/// ```text
/// EncapsulatedContentInfo ::= SEQUENCE { eContentType ContentType, eContent [0] EXPLICIT OCTET STRING OPTIONAL }
/// ```
/// (RFC 5652 §5.2; SignedData, where PKCS #7 allows any value, reads it on its own)
pub(super) fn read_content(cursor: &mut Cursor) -> Result<(ObjectIdentifier, Option<Source>), Error> {
    enter_sequence(cursor, "encapContentInfo is missing")?;
    let content_type = take(cursor)?;
    let mut content = None;
    if next_is_context(cursor, 0)? {
        enter_context(cursor, 0, "eContent is damaged")?;
        if !cursor.peek()?.is_some_and(|header| header.is_universal(OCTET_STRING)) {
            return Err(Error::Structure("eContent is no OCTET STRING"));
        }
        content = Some(cursor.take_octets()?);
        cursor.leave()?;
    }
    cursor.leave()?;
    Ok((content_type, content))
}

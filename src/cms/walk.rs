//! Steps of a [`Cursor`] that the readers share.

use der::Decode;

use super::Error;
use crate::asn1::tag::{SEQUENCE, SET};
use crate::asn1::{Cursor, Header};

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

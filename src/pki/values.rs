//! Walks over the values of a certificate where they lie, so that the ranges of its parts are known.

use std::ops::Range;

use const_oid::ObjectIdentifier;

use crate::asn1::{Class, Error, Header, tag};

/// One value of definite length.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'a> {
    /// All the bytes that it stands in.
    all: &'a [u8],
    pub header: Header,
    end: usize,
}

impl<'a> Value<'a> {
    /// Where it stands, header included.
    pub fn range(&self) -> Range<usize> {
        self.header.offset as usize..self.end
    }

    /// Where its content stands.
    pub fn content_range(&self) -> Range<usize> {
        self.header.content as usize..self.end
    }

    /// Header and content.
    pub fn bytes(&self) -> &'a [u8] {
        self.all.get(self.range()).unwrap_or_default()
    }

    /// The content.
    pub fn content(&self) -> &'a [u8] {
        self.all.get(self.content_range()).unwrap_or_default()
    }

    /// The values inside; none when it is primitive.
    pub fn inside(&self) -> Values<'a> {
        let start = if self.header.constructed { self.header.content as usize } else { self.end };
        Values { all: self.all, at: start, end: self.end }
    }

    pub fn is(&self, tag: u32) -> bool {
        self.header.is_universal(tag)
    }

    /// The universal tag's number.
    pub fn universal(&self) -> Option<u32> {
        (self.header.class == Class::Universal).then_some(self.header.number)
    }

    pub fn oid(&self) -> Option<ObjectIdentifier> {
        ObjectIdentifier::from_bytes(self.content()).ok().filter(|_| self.is(tag::OID))
    }
}

/// Values one behind the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Values<'a> {
    all: &'a [u8],
    at: usize,
    end: usize,
}

impl<'a> Values<'a> {
    pub fn of(bytes: &'a [u8]) -> Self {
        Self { all: bytes, at: 0, end: bytes.len() }
    }

    pub fn is_at_end(&self) -> bool {
        self.at >= self.end
    }

    fn unexpected(&self, expected: &'static str) -> Error {
        Error::Unexpected { offset: self.at as u64, expected }
    }

    /// The next value, whatever it is.
    pub fn any(&mut self) -> Result<Value<'a>, Error> {
        let bytes = self.all.get(self.at..self.end).unwrap_or_default();
        let header = Header::parse(bytes, self.at as u64)?;
        let end = header.end().ok_or_else(|| self.unexpected("a definite length"))?;
        let end = usize::try_from(end).ok().filter(|end| *end <= self.end);
        let end = end.ok_or(Error::Truncated { offset: header.offset })?;
        self.at = end;
        Ok(Value { all: self.all, header, end })
    }

    /// The next value, which must have that universal tag.
    pub fn expect(&mut self, tag: u32, expected: &'static str) -> Result<Value<'a>, Error> {
        self.next_if(|header| header.is_universal(tag))?.ok_or_else(|| self.unexpected(expected))
    }

    /// The next value if it is wanted.
    pub fn next_if(&mut self, wanted: impl FnOnce(&Header) -> bool) -> Result<Option<Value<'a>>, Error> {
        if self.is_at_end() {
            return Ok(None);
        }
        let before = self.at;
        let value = self.any()?;
        if wanted(&value.header) {
            return Ok(Some(value));
        }
        self.at = before;
        Ok(None)
    }

    /// Nothing more must follow.
    pub fn finish(&self) -> Result<(), Error> {
        if self.is_at_end() { Ok(()) } else { Err(self.unexpected("nothing behind the value")) }
    }

    /// The content of one SEQUENCE (or another universal tag) and nothing behind it.
    pub fn only(bytes: &'a [u8], tag: u32) -> Result<Self, Error> {
        let mut values = Self::of(bytes);
        let value = values.expect(tag, "another value")?;
        values.finish()?;
        Ok(value.inside())
    }
}

impl<'a> Iterator for Values<'a> {
    type Item = Result<Value<'a>, Error>;

    /// After an error there is nothing more.
    fn next(&mut self) -> Option<Self::Item> {
        if self.is_at_end() {
            return None;
        }
        let value = self.any();
        if value.is_err() {
            self.at = self.end;
        }
        Some(value)
    }
}

//! Identifier and length octets (X.690 §8.1.2, §8.1.3).

use super::Error;

/// The most bytes that a header can take: six of identifier, one and 126 of length.
pub(super) const MAX_LEN: usize = 133;

/// The class of a tag (X.690 §8.1.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub enum Class {
    Universal,
    Application,
    Context,
    Private,
}

/// Identifier and length octets of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// The tag's class.
    pub class: Class,
    /// Whether the content is made of values.
    pub constructed: bool,
    /// The tag's number.
    pub number: u32,
    /// Bytes of content; `None` for the indefinite form.
    pub length: Option<u64>,
    /// Where the identifier stands.
    pub offset: u64,
    /// Where the content starts.
    pub content: u64,
}

impl Header {
    /// Whether this is that universal tag.
    #[must_use]
    pub fn is_universal(&self, number: u32) -> bool {
        self.class == Class::Universal && self.number == number
    }

    /// Whether this is that context-specific tag.
    #[must_use]
    pub fn is_context(&self, number: u32) -> bool {
        self.class == Class::Context && self.number == number
    }

    /// Where the content ends; `None` for the indefinite form.
    #[must_use]
    pub fn end(&self) -> Option<u64> {
        self.length.and_then(|length| self.content.checked_add(length))
    }

    /// Whether these are end-of-contents octets (X.690 §8.1.5).
    pub(super) fn is_end_of_contents(&self) -> bool {
        self.is_universal(0) && !self.constructed && self.length == Some(0)
    }

    /// Reads the header at the start of `bytes`, which stand at `offset`. The content need not be there.
    ///
    /// # Errors
    /// When they are no header; `Truncated` when there are too few of them.
    pub fn parse(bytes: &[u8], offset: u64) -> Result<Self, Error> {
        let unexpected = |expected| Error::Unexpected { offset, expected };
        let mut rest = bytes.iter().copied();
        let mut next = || rest.next().ok_or(Error::Truncated { offset });
        let mut used = 2;

        let identifier = next()?;
        let class = match identifier >> 6 {
            0 => Class::Universal,
            1 => Class::Application,
            2 => Class::Context,
            _ => Class::Private,
        };
        let constructed = identifier & 0x20 != 0;
        let mut number = u32::from(identifier & 0x1f);
        if number == 0x1f {
            number = 0;
            loop {
                let octet = next()?;
                used += 1;
                if octet == 0x80 && number == 0 {
                    return Err(unexpected("a tag number without leading zeros"));
                }
                if number > u32::MAX >> 7 {
                    return Err(unexpected("a tag number of at most 32 bits"));
                }
                number = number << 7 | u32::from(octet & 0x7f);
                if octet & 0x80 == 0 {
                    break;
                }
            }
        }

        let first = next()?;
        let length = match first {
            0x80 if !constructed => return Err(unexpected("a definite length for a primitive value")),
            0x80 => None,
            0xff => return Err(unexpected("a length octet other than the reserved one")),
            0..0x80 => Some(u64::from(first)),
            _ => {
                let mut length: u64 = 0;
                for _ in 0..first & 0x7f {
                    let octet = next()?;
                    used += 1;
                    if length > u64::MAX >> 8 {
                        return Err(unexpected("a length of at most 64 bits"));
                    }
                    length = length << 8 | u64::from(octet);
                }
                Some(length)
            }
        };
        let content = offset.checked_add(used).ok_or(Error::Truncated { offset })?;
        // A value that would end past the last offset there is cannot be complete.
        content.checked_add(length.unwrap_or(0)).ok_or(Error::Truncated { offset })?;
        Ok(Self { class, constructed, number, length, offset, content })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The forms that X.690 allows are read; those that it forbids are told apart from those cut short.
    #[test]
    fn headers() {
        type Case<'a> = (&'a [u8], Option<(Class, bool, u32, Option<u64>, u64)>);
        let long_zero: Vec<u8> = [&[0x04, 0xfe][..], &[0; 125], &[7]].concat();
        let cases: &[Case] = &[
            (&[0x30, 0x80], Some((Class::Universal, true, 16, None, 2))),
            (&[0x04, 0x00], Some((Class::Universal, false, 4, Some(0), 2))),
            (&[0xa0, 0x82, 0x01, 0x00], Some((Class::Context, true, 0, Some(256), 4))),
            (&[0x04, 0x84, 0, 0, 0, 5], Some((Class::Universal, false, 4, Some(5), 6))),
            (&long_zero, Some((Class::Universal, false, 4, Some(7), 128))),
            (&[0x7f, 0x8f, 0xff, 0xff, 0xff, 0x7f, 0], Some((Class::Application, true, u32::MAX, Some(0), 7))),
            (&[0xdf, 0x1f, 0x01], Some((Class::Private, false, 31, Some(1), 3))),
            (&[0x1f, 0x80, 0x01, 0], None),
            (&[0x1f, 0x90, 0x80, 0x80, 0x80, 0x00, 0], None),
            (&[0x04, 0x80], None),
            (&[0x04, 0xff], None),
            (&[0x04, 0x89, 1, 0, 0, 0, 0, 0, 0, 0, 0], None),
        ];
        for (bytes, expected) in cases {
            let header = Header::parse(bytes, 0).ok();
            let found = header.map(|h| (h.class, h.constructed, h.number, h.length, h.content));
            assert_eq!(found, *expected, "{bytes:02x?}");
            assert!(bytes.len() <= MAX_LEN);
            if expected.is_some() {
                for cut in 0..bytes.len() {
                    let error = Header::parse(&bytes[..cut], 9).unwrap_err();
                    assert!(matches!(error, Error::Truncated { offset: 9 }), "{bytes:02x?} cut at {cut}: {error}");
                }
            }
        }
        let huge = [0x04, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        assert!(matches!(Header::parse(&huge, 0), Err(Error::Truncated { .. })));
    }
}

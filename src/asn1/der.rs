//! BER to DER (X.690 §10, §11), and single DER values.

use super::header::{Class, Header};
use super::tag::{BIT_STRING, OCTET_STRING};
use super::{Error, Limits};

/// However large the limit, values nested deeper than this are refused: [`to_der`] calls itself for each level.
const MAX_DEPTH: u32 = 256;

/// One BER value as DER: definite minimal lengths, strings in one piece. The order of SET OF is kept as it came
/// (signed attributes are hashed as received).
///
/// # Errors
/// When it is no BER, deeper than the limit, or followed by other bytes.
pub fn to_der(ber: &[u8], limits: &Limits) -> Result<Vec<u8>, Error> {
    if ber.len() > limits.structure_bytes {
        return Err(Error::Limit { what: "size" });
    }
    let mut normaliser = Normaliser { ber, out: Vec::with_capacity(ber.len()) };
    let end = normaliser.value(0, ber.len(), limits.depth.min(MAX_DEPTH))?;
    if end < ber.len() {
        return Err(Error::Unexpected { offset: end as u64, expected: "nothing behind the value" });
    }
    Ok(normaliser.out)
}

/// A DER value with a tag of one byte.
#[must_use]
pub fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length = parts.iter().map(|part| part.len()).sum();
    let mut out = Vec::with_capacity(length + 6);
    out.push(tag);
    push_length(&mut out, length);
    parts.iter().for_each(|part| out.extend_from_slice(part));
    out
}

/// Appends the shortest length octets (X.690 §10.1).
fn push_length(out: &mut Vec<u8>, length: usize) {
    if length < 0x80 {
        out.push(length as u8);
        return;
    }
    let octets = length.to_be_bytes();
    let skip = (length.leading_zeros() / 8) as usize;
    out.push(0x80 | (octets.len() - skip) as u8);
    out.extend(octets.iter().skip(skip));
}

/// Appends the identifier octets of `header`, primitive or constructed as asked.
fn push_identifier(out: &mut Vec<u8>, header: &Header, constructed: bool) {
    let class = match header.class {
        Class::Universal => 0,
        Class::Application => 0x40,
        Class::Context => 0x80,
        Class::Private => 0xc0,
    };
    let form = class | if constructed { 0x20 } else { 0 };
    if header.number < 0x1f {
        out.push(form | header.number as u8);
        return;
    }
    out.push(form | 0x1f);
    let groups = (32 - header.number.leading_zeros()).div_ceil(7);
    for group in (0..groups).rev() {
        let more = if group > 0 { 0x80 } else { 0 };
        out.push(more | (header.number >> (7 * group)) as u8 & 0x7f);
    }
}

/// Whether a constructed value with that universal tag is a string in pieces (X.690 §8.6, §8.7, §8.23, §8.25, §8.26).
fn is_string(number: u32) -> bool {
    matches!(number, BIT_STRING | OCTET_STRING | 7 | 12 | 18..=28 | 30)
}

struct Normaliser<'a> {
    ber: &'a [u8],
    out: Vec<u8>,
}

impl Normaliser<'_> {
    /// The header at `at`, whose value must end before `bound`.
    fn header(&self, at: usize, bound: usize) -> Result<Header, Error> {
        let bytes = self.ber.get(at..bound).unwrap_or_default();
        let header = Header::parse(bytes, at as u64).map_err(|error| match error {
            // A header cut off by the value around it, not by the end of the data.
            Error::Truncated { offset } if bound < self.ber.len() => inside(offset),
            error => error,
        })?;
        match header.end() {
            Some(end) if end > self.ber.len() as u64 => Err(Error::Truncated { offset: header.offset }),
            Some(end) if end > bound as u64 => Err(inside(header.offset)),
            _ => Ok(header),
        }
    }

    /// Where the content of `header` starts, and where it ends if that is known.
    fn range(header: &Header) -> (usize, Option<usize>) {
        // Both lie inside a slice, as `header` checked.
        (header.content as usize, header.end().map(|end| end as usize))
    }

    /// Whether the value whose content ends at `end` (or with end-of-contents octets) ends at `at`; if so, what follows.
    fn ends(&self, at: usize, end: Option<usize>, bound: usize) -> Option<usize> {
        match end {
            Some(end) => (at >= end).then_some(end),
            None => self.ber.get(at..bound).is_some_and(|rest| rest.starts_with(&[0, 0])).then_some(at + 2),
        }
    }

    /// Appends the value at `at` and returns the offset behind it.
    fn value(&mut self, at: usize, bound: usize, depth: u32) -> Result<usize, Error> {
        let header = self.header(at, bound)?;
        if header.is_universal(0) {
            return Err(Error::Unexpected { offset: header.offset, expected: "a value" });
        }
        let (content, end) = Self::range(&header);
        match end {
            Some(end) if !header.constructed => {
                push_identifier(&mut self.out, &header, false);
                push_length(&mut self.out, end - content);
                self.out.extend_from_slice(self.ber.get(content..end).unwrap_or_default());
                Ok(end)
            }
            _ if header.class == Class::Universal && is_string(header.number) => self.string(&header, bound, depth),
            _ => self.constructed(&header, bound, depth),
        }
    }

    fn constructed(&mut self, header: &Header, bound: usize, depth: u32) -> Result<usize, Error> {
        let depth = depth.checked_sub(1).ok_or(Error::Limit { what: "depth" })?;
        let (content, end) = Self::range(header);
        let bound = end.unwrap_or(bound);
        push_identifier(&mut self.out, header, true);
        // Room for the length that it has if nothing inside changes; moved only if that turns out otherwise.
        let length_at = self.out.len();
        push_length(&mut self.out, bound - content);
        let start = self.out.len();
        let mut at = content;
        let behind = loop {
            match self.ends(at, end, bound) {
                Some(behind) => break behind,
                None => at = self.value(at, bound, depth)?,
            }
        };
        let mut length = Vec::new();
        push_length(&mut length, self.out.len() - start);
        self.out.splice(length_at..start, length);
        Ok(behind)
    }

    /// A string in pieces as one.
    fn string(&mut self, header: &Header, bound: usize, depth: u32) -> Result<usize, Error> {
        let mut joined = Joined { number: header.number, unused_bits: 0, bytes: Vec::new() };
        let behind = self.pieces(header, bound, depth, &mut joined)?;
        push_identifier(&mut self.out, header, false);
        let bits = header.number == BIT_STRING;
        push_length(&mut self.out, joined.bytes.len() + usize::from(bits));
        if bits {
            self.out.push(joined.unused_bits);
        }
        self.out.append(&mut joined.bytes);
        Ok(behind)
    }

    fn pieces(&self, header: &Header, bound: usize, depth: u32, joined: &mut Joined) -> Result<usize, Error> {
        let depth = depth.checked_sub(1).ok_or(Error::Limit { what: "depth" })?;
        let (content, end) = Self::range(header);
        let bound = end.unwrap_or(bound);
        let mut at = content;
        loop {
            if let Some(behind) = self.ends(at, end, bound) {
                return Ok(behind);
            }
            let piece = self.header(at, bound)?;
            // The pieces of a character string are OCTET STRINGs (X.690 §8.23.6); some encoders repeat the outer tag.
            let fits =
                piece.is_universal(joined.number) || (joined.number != BIT_STRING && piece.is_universal(OCTET_STRING));
            if !fits {
                return Err(Error::Unexpected { offset: piece.offset, expected: "a piece of a string" });
            }
            at = match Self::range(&piece) {
                (content, Some(end)) if !piece.constructed => {
                    joined.add(self.ber.get(content..end).unwrap_or_default(), piece.offset)?;
                    end
                }
                _ => self.pieces(&piece, bound, depth, joined)?,
            };
        }
    }
}

/// The content of a string's pieces so far.
struct Joined {
    number: u32,
    /// BIT STRING: bits of the last octet that are not used.
    unused_bits: u8,
    bytes: Vec<u8>,
}

impl Joined {
    fn add(&mut self, piece: &[u8], offset: u64) -> Result<(), Error> {
        if self.number != BIT_STRING {
            self.bytes.extend_from_slice(piece);
            return Ok(());
        }
        match piece.split_first() {
            Some((&unused, bits)) if unused < 8 && self.unused_bits == 0 && (unused == 0 || !bits.is_empty()) => {
                self.unused_bits = unused;
                self.bytes.extend_from_slice(bits);
                Ok(())
            }
            _ => Err(Error::Unexpected { offset, expected: "whole octets of bits in all pieces but the last" }),
        }
    }
}

fn inside(offset: u64) -> Error {
    Error::Unexpected { offset, expected: "a value that ends inside the one around it" }
}

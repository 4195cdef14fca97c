//! Base64 (RFC 2045 §6.8).

use base64_simd::STANDARD_NO_PAD;
use memchr::memchr;

use super::view::Decode;

/// The characters of a group of four that is not complete, as bits.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Base64 {
    bits: u32,
    count: u8,
}

impl Decode for Base64 {
    fn decode(&mut self, input: &[u8], last: bool, scratch: &mut Vec<u8>, out: &mut Vec<u8>) -> usize {
        if !self.decode_lines(input, scratch, out) {
            for byte in input {
                self.add(*byte, out);
            }
        }
        if last {
            self.pad(out);
        }
        input.len()
    }
}

impl Base64 {
    /// Decodes what has no padding inside; else does nothing and returns `false`.
    fn decode_lines(&mut self, input: &[u8], scratch: &mut Vec<u8>, out: &mut Vec<u8>) -> bool {
        scratch.clear();
        for index in (0..u32::from(self.count)).rev() {
            scratch.push(character(self.bits >> (6 * index)));
        }
        let mut rest = input;
        while let Some((line, behind)) = memchr(b'\n', rest).and_then(|at| rest.split_at_checked(at)) {
            scratch.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
            rest = behind.get(1..).unwrap_or_default();
        }
        scratch.extend_from_slice(rest.strip_suffix(b"\r").unwrap_or(rest));
        let mut groups = scratch.len() - scratch.len() % 4;
        if !append(scratch.get(..groups), out) {
            // Without what does not belong, unless padding ends a group in between.
            scratch.retain(|byte| matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' | b'='));
            groups = scratch.len() - scratch.len() % 4;
            if !append(scratch.get(..groups), out) {
                return false;
            }
        }
        let left = scratch.get(groups..).unwrap_or_default();
        *self = Self::default();
        for byte in left {
            self.add(*byte, out);
        }
        true
    }

    fn add(&mut self, byte: u8, out: &mut Vec<u8>) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => return self.pad(out),
            _ => return,
        };
        self.bits = (self.bits << 6) | u32::from(value);
        self.count += 1;
        if self.count == 4 {
            let [_, bytes @ ..] = self.bits.to_be_bytes();
            out.extend_from_slice(&bytes);
            *self = Self::default();
        }
    }

    /// Ends the group: two characters are one byte, three are two, one is none.
    fn pad(&mut self, out: &mut Vec<u8>) {
        let [_, first, second, _] = (self.bits << (6 * (4 - u32::from(self.count.min(3))))).to_be_bytes();
        match self.count {
            2 => out.push(first),
            3 => out.extend_from_slice(&[first, second]),
            _ => {}
        }
        *self = Self::default();
    }
}

/// Decodes whole groups; nothing, when there is anything else between them.
fn append(groups: Option<&[u8]>, out: &mut Vec<u8>) -> bool {
    groups.is_some_and(|groups| STANDARD_NO_PAD.decode_append(groups, out).is_ok())
}

/// The character of the last six bits.
fn character(bits: u32) -> u8 {
    match (bits & 63) as u8 {
        value @ 0..=25 => b'A' + value,
        value @ 26..=51 => b'a' + (value - 26),
        value @ 52..=61 => b'0' + (value - 52),
        62 => b'+',
        _ => b'/',
    }
}

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
        self.decode_lines(input, scratch, out);
        if last {
            self.pad(out);
        }
        input.len()
    }
}

impl Base64 {
    fn decode_lines(&mut self, input: &[u8], scratch: &mut Vec<u8>, out: &mut Vec<u8>) {
        scratch.clear();
        for index in (0..u32::from(self.count)).rev() {
            scratch.push(character(self.bits >> (6 * index)));
        }
        *self = Self::default();
        let mut rest = equal_lines(input, scratch);
        while let Some((line, behind)) = memchr(b'\n', rest).and_then(|at| rest.split_at_checked(at)) {
            scratch.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
            rest = behind.get(1..).unwrap_or_default();
        }
        scratch.extend_from_slice(rest.strip_suffix(b"\r").unwrap_or(rest));
        if self.decode_groups(scratch, out) {
            return;
        }
        // Padding ends a group wherever it stands; most often that is the end.
        let mut rest = scratch.as_slice();
        while let Some((run, behind)) = memchr(b'=', rest).and_then(|at| rest.split_at_checked(at)) {
            self.decode_run(run, out);
            self.pad(out);
            rest = behind.get(1..).unwrap_or_default();
        }
        self.decode_run(rest, out);
    }

    /// Decodes from the start of a group on, without what does not belong.
    fn decode_run(&mut self, run: &[u8], out: &mut Vec<u8>) {
        if !self.decode_groups(run, out) {
            let characters: Vec<u8> = run.iter().copied().filter(|byte| is_character(*byte)).collect();
            self.decode_groups(&characters, out);
        }
    }

    /// Decodes characters of the alphabet from the start of a group on; does nothing and returns `false` when there are others
    /// between them.
    fn decode_groups(&mut self, characters: &[u8], out: &mut Vec<u8>) -> bool {
        let (groups, left) = characters.split_at(characters.len() - characters.len() % 4);
        let known = STANDARD_NO_PAD.decode_append(groups, out).is_ok();
        if known {
            left.iter().for_each(|byte| self.add(*byte, out));
        }
        known
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

/// Whether it is one of the alphabet. `/` stands before `0` in ASCII.
fn is_character(byte: u8) -> bool {
    (byte | 0x20).wrapping_sub(b'a') < 26 || byte.wrapping_sub(b'/') < 11 || byte == b'+'
}

/// How many characters of the alphabet there are.
pub(super) fn characters_in(text: &[u8]) -> u64 {
    // No more at once than what a byte counts: that makes vector instructions of it.
    let count = |piece: &[u8]| piece.iter().map(|byte| u8::from(is_character(*byte))).sum::<u8>();
    text.chunks(224).map(|piece| u64::from(count(piece))).sum()
}

/// Takes over lines that are as long as the first whole one, without their ends, and gives what follows. That is how nearly all
/// base64 is written, and several times as fast as looking for each line's end. A line end elsewhere than at the end of a line
/// is taken over too, as what does not belong.
fn equal_lines<'a>(input: &'a [u8], out: &mut Vec<u8>) -> &'a [u8] {
    // Up to the first line end: this may be the rest of a line.
    let Some((first, rest)) = memchr(b'\n', input).and_then(|at| input.split_at_checked(at + 1)) else { return input };
    out.extend_from_slice(first.trim_ascii_end());
    match memchr(b'\n', rest) {
        Some(64) => lines_of::<65, 1>(rest, b"\n", out),
        Some(65) => lines_of::<66, 2>(rest, b"\r\n", out),
        Some(76) => lines_of::<77, 1>(rest, b"\n", out),
        Some(77) => lines_of::<78, 2>(rest, b"\r\n", out),
        _ => rest,
    }
}

/// Lines of `N` bytes with this end.
fn lines_of<'a, const N: usize, const END: usize>(input: &'a [u8], end: &[u8; END], out: &mut Vec<u8>) -> &'a [u8] {
    let (lines, _) = input.as_chunks::<N>();
    let start = out.len();
    out.resize(start + lines.len() * (N - END), 0);
    let places = out.get_mut(start..).unwrap_or_default().chunks_exact_mut(N - END);
    let mut whole = 0;
    for (line, place) in lines.iter().zip(places) {
        let (text, behind) = line.split_at(N - END);
        if behind != end {
            break;
        }
        place.copy_from_slice(text);
        whole += 1;
    }
    out.truncate(start + whole * (N - END));
    input.get(whole * N..).unwrap_or_default()
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

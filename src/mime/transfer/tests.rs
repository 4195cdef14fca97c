//! The views against plain decoders of the whole.

use proptest::prelude::*;

use super::*;
use crate::source::ReadAt;

fn decode(text: &[u8], encoding: TransferEncoding) -> Vec<u8> {
    decoded(Source::from_bytes(text), encoding).read_all(1 << 24).unwrap()
}

/// Base64 of the whole, one character after the other, as the documentation of [`decoded`] puts it.
fn naive_base64(text: &[u8]) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::new();
    for group in text.split(|byte| *byte == b'=') {
        let values: Vec<usize> = group.iter().filter_map(|byte| ALPHABET.iter().position(|a| a == byte)).collect();
        for four in values.chunks(4) {
            let bits = four.iter().enumerate().fold(0, |bits, (at, value)| bits | value << (18 - 6 * at));
            let bytes = [(bits >> 16) as u8, (bits >> 8) as u8, bits as u8];
            out.extend_from_slice(&bytes[..four.len() - 1]);
        }
    }
    out
}

/// Quoted-printable of the whole, line by line.
fn naive_quoted(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let content = line.strip_suffix(b"\n").unwrap_or(line);
        let ended = content.len() < line.len();
        let content = if ended { content.strip_suffix(b"\r").unwrap_or(content) } else { content };
        let mut end = &line[content.len()..];
        let mut kept = content.without_blanks();
        if let Some(text) = kept.strip_suffix(b"=") {
            (kept, end) = (text, b"");
        }
        let mut at = 0;
        while at < kept.len() {
            let hex = kept.get(at + 1..at + 3).and_then(|two| std::str::from_utf8(two).ok());
            let hex = hex.filter(|two| two.bytes().all(|byte| byte.is_ascii_hexdigit()));
            match hex.filter(|_| kept[at] == b'=') {
                Some(two) => {
                    out.push(u8::from_str_radix(two, 16).unwrap());
                    at += 3;
                }
                None => {
                    out.push(kept[at]);
                    at += 1;
                }
            }
        }
        out.extend_from_slice(end);
    }
    out
}

trait Blanks {
    fn without_blanks(&self) -> &[u8];
}

impl Blanks for [u8] {
    fn without_blanks(&self) -> &[u8] {
        let blanks = self.iter().rev().take(1024).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        &self[..self.len() - blanks]
    }
}

/// What senders and gateways make of an encoding, and what is read from it.
#[test]
fn damaged_encodings_are_read_as_far_as_they_go() {
    let cases: &[(TransferEncoding, &str, &[u8])] = &[
        (TransferEncoding::Base64, "", b""),
        (TransferEncoding::Base64, "aGVsbG8=\r\n", b"hello"),
        (TransferEncoding::Base64, "aGVs\nbG8", b"hello"),
        (TransferEncoding::Base64, " aG*V\u{fc}s bG8= \n", b"hello"),
        (TransferEncoding::Base64, "aGVsbG8=IHdvcmxk", b"hello world"),
        (TransferEncoding::Base64, "aGVsbA==\r\nbw==\r\n", b"hello"),
        (TransferEncoding::Base64, "aGVsb", b"hel"),
        (TransferEncoding::QuotedPrintable, "a=3D=3db", b"a==b"),
        (TransferEncoding::QuotedPrintable, "soft=\r\nbreak= \t\nend=", b"softbreakend"),
        (TransferEncoding::QuotedPrintable, "blanks \t\r\nkept=20\r\ncut \t", b"blanks\r\nkept \r\ncut"),
        (TransferEncoding::QuotedPrintable, "kept  =\r\n\r\n", b"kept  \r\n"),
        (TransferEncoding::QuotedPrintable, "=zz =4 == =\r =", b"=zz =4 == =\r "),
        (TransferEncoding::EightBit, "=3D \n", b"=3D \n"),
    ];
    for (encoding, text, expected) in cases {
        assert_eq!(decode(text.as_bytes(), *encoding), *expected, "{text:?}");
    }
}

/// The field's value as programs write it.
#[test]
fn names_of_encodings() {
    use TransferEncoding::*;
    let cases = [("Base64", Base64), ("(x) 8BIT ; y", EightBit), ("quoted-printable", QuotedPrintable)];
    let more = [("binary", Binary), ("", SevenBit), ("7bit", SevenBit), ("x-uuencode", Unknown)];
    for (value, expected) in cases.into_iter().chain(more) {
        assert_eq!(TransferEncoding::parse(value), expected, "{value}");
    }
}

/// A run of blanks without end must neither fill memory nor be read differently when it falls between two blocks.
#[test]
fn long_runs_of_blanks_lose_the_same_number_everywhere() {
    for count in [0, 1, 1023, 1024, 1025, 70_000] {
        let blanks = " ".repeat(count);
        for before in [0, crate::source::BLOCK - 10, crate::source::BLOCK - 2000] {
            let text = format!("{}{blanks}\r\nx={blanks}\r\ny", "a".repeat(before));
            let kept = before + count.saturating_sub(1024);
            let soft = if count <= 1024 { "xy".to_owned() } else { format!("x={}\r\ny", " ".repeat(count - 1024)) };
            let out = decode(text.as_bytes(), TransferEncoding::QuotedPrintable);
            assert_eq!(out.len(), kept + 2 + soft.len(), "{count} {before}");
            assert!(out.ends_with(soft.as_bytes()));
        }
    }
}

/// Counts what is read from below.
struct Counted(Vec<u8>, std::sync::Arc<std::sync::atomic::AtomicUsize>);

impl ReadAt for Counted {
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> std::io::Result<usize> {
        let rest = self.0.get(usize::try_from(offset).unwrap()..).unwrap_or_default();
        let read = std::io::Read::read(&mut &*rest, buf)?;
        self.1.fetch_add(read, std::sync::atomic::Ordering::Relaxed);
        Ok(read)
    }
    fn len(&self) -> std::io::Result<u64> {
        Ok(self.0.len() as u64)
    }
}

/// Large attachments are read through once; a jump costs no more than the way from the last checkpoint.
#[test]
fn reading_on_decodes_once_and_jumping_is_cheap() {
    let plain: Vec<u8> = (0..2_000_000u32).map(|i| (i / 7 % 251) as u8).collect();
    let text: Vec<u8> = base64_simd::STANDARD.encode_to_string(&plain).into_bytes();
    let text: Vec<u8> = text.chunks(76).flat_map(|line| [line, b"\r\n"].concat()).collect();
    let size = text.len();
    let count = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let view = decoded(Source::from_view(Counted(text, count.clone())), TransferEncoding::Base64);
    let read = || count.swap(0, std::sync::atomic::Ordering::Relaxed);
    let mut all = Vec::new();
    let mut small = [0; 1000];
    while let got @ 1.. = view.read_at(all.len() as u64, &mut small).unwrap() {
        all.extend_from_slice(&small[..got]);
    }
    assert!(all == plain);
    assert_eq!(read(), size);
    assert_eq!((view.len().unwrap(), read()), (plain.len() as u64, 0));
    for offset in [1_900_000u64, 3, 1_000_000, 1_999_999] {
        let got = view.read_at(offset, &mut small[..1]).unwrap();
        assert_eq!((got, small[0]), (1, plain[offset as usize]));
        assert!(read() <= 2 * 256 * 1024 + crate::source::BLOCK);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Any text, read in any order by any amounts: the same bytes as a plain decoder of the whole gives.
    #[test]
    fn views_equal_a_plain_decoder(
        pieces in prop::collection::vec(
            prop::sample::select(vec!["QUJD", "=", "=3D", "=4", "a", "\r\n", "\n", "\r", " ", "\t", "==", "=\r\n", "*", "\u{fc}", "Zm9vYmFy"]),
            0..60,
        ),
        repeat in prop_oneof![4 => Just(1usize), 1 => 500usize..3000],
        reads in prop::collection::vec((any::<prop::sample::Index>(), 1usize..5000), 1..8),
    ) {
        let text = pieces.concat().repeat(repeat).into_bytes();
        for (encoding, expected) in [
            (TransferEncoding::Base64, naive_base64(&text)),
            (TransferEncoding::QuotedPrintable, naive_quoted(&text)),
        ] {
            let view = decoded(Source::from_bytes(text.clone()), encoding);
            for (at, count) in &reads {
                let at = at.index(expected.len() + 1);
                let mut buf = vec![0; *count];
                let got = view.read_at(at as u64, &mut buf).unwrap();
                prop_assert_eq!(&buf[..got], &expected[at..(at + count).min(expected.len())]);
            }
            prop_assert_eq!(view.len().unwrap(), expected.len() as u64);
            prop_assert!(view.read_all(1 << 26).unwrap() == expected);
        }
        // The length alone, however the text is cut.
        let mut length = DecodedLen::default();
        text.chunks(reads[0].1).for_each(|piece| length.add(piece));
        prop_assert_eq!(length.finish(), naive_base64(&text).len() as u64);
    }
}

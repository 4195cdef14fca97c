#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::*;

use super::*;
use crate::source::{ReadAt, Source};

fn cursor(bytes: &[u8]) -> Cursor {
    Cursor::new(Source::from_bytes(bytes), Limits::default())
}

fn limits(depth: u32) -> Limits {
    Limits { depth, ..Limits::default() }
}

/// What every CMS message from a streaming signer looks like: indefinite values around definite ones, walked without
/// looking into what is skipped.
#[test]
fn cursor_walks_definite_and_indefinite_values() {
    let bytes = [0x30, 0x80, 0x02, 1, 5, 0x30, 0x80, 0x04, 1, 9, 0, 0, 0xa0, 3, 0x02, 1, 7, 0, 0, 0x05, 0];
    let mut cursor = cursor(&bytes);
    assert_eq!(cursor.enter().unwrap().length, None);
    assert_eq!(cursor.take_der().unwrap(), [2, 1, 5]);
    assert!(cursor.peek().unwrap().unwrap().is_universal(16));
    cursor.skip().unwrap();
    assert!(cursor.enter().unwrap().is_context(0));
    cursor.skip().unwrap();
    assert!(cursor.peek().unwrap().is_none());
    cursor.leave().unwrap();
    assert!(cursor.peek().unwrap().is_none());
    cursor.leave().unwrap();
    assert_eq!(cursor.offset(), 19);
    assert!(cursor.skip().unwrap().is_universal(5));
    assert!(cursor.peek().unwrap().is_none());
    assert!(matches!(cursor.leave(), Err(Error::Unexpected { offset: 21, .. })));
}

/// `leave` from the middle, through values of both forms.
#[test]
fn leave_skips_what_is_left() {
    let bytes = [0x30, 0x80, 0x30, 0x80, 0x30, 3, 2, 1, 1, 0, 0, 0, 0, 0x05, 0];
    let mut cursor = cursor(&bytes);
    cursor.enter().unwrap();
    cursor.enter().unwrap();
    cursor.enter().unwrap();
    cursor.leave().unwrap();
    cursor.leave().unwrap();
    cursor.leave().unwrap();
    assert_eq!(cursor.offset(), 13);
}

/// Every message cut short anywhere is `Truncated`, however it is read; never silently shorter.
#[test]
fn a_cut_is_truncated() {
    let whole: &[&[u8]] = &[
        &[0x30, 0x80, 0x24, 0x80, 0x04, 2, 1, 2, 0x04, 1, 3, 0, 0, 0, 0],
        &[0x30, 9, 0x24, 7, 0x04, 2, 1, 2, 0x04, 1, 3],
        &[0x30, 0x81, 4, 0x04, 2, 1, 2],
    ];
    for bytes in whole {
        for cut in 1..bytes.len() {
            let part = &bytes[..cut];
            assert!(matches!(cursor(part).skip(), Err(Error::Truncated { .. })), "skip {part:02x?}");
            assert!(matches!(cursor(part).take_der(), Err(Error::Truncated { .. })), "take_der {part:02x?}");
            assert!(matches!(to_der(part, &Limits::default()), Err(Error::Truncated { .. })), "to_der {part:02x?}");
            let mut inside = cursor(part);
            let result = inside.enter().and_then(|_| inside.take_octets());
            let complete = result.is_ok() && bytes.len() - cut <= 2;
            assert!(complete || matches!(result, Err(Error::Truncated { .. })), "take_octets {part:02x?}: {result:?}");
        }
    }
}

/// A value that reaches out of the one around it must not be read: what lies there belongs to somebody else.
#[test]
fn a_value_stays_inside_the_one_around_it() {
    for bytes in [
        &[0x30, 3, 0x04, 2, 1, 0x05, 0][..],
        &[0x30, 4, 0x30, 0x80, 0x05, 0, 0, 0],
        &[0x30, 3, 0x30, 0x80, 0, 0, 0],
        &[0x30, 2, 0x04, 0x81, 1, 7],
    ] {
        let mut cursor = cursor(bytes);
        cursor.enter().unwrap();
        assert!(matches!(cursor.skip(), Err(Error::Unexpected { .. })), "{bytes:02x?}");
        assert!(matches!(to_der(bytes, &Limits::default()), Err(Error::Unexpected { .. })), "{bytes:02x?}");
    }
}

/// The table of normal forms: minimal lengths and tags, strings joined, order kept; what is no BER is refused.
#[test]
fn to_der_normalises() {
    let cases: &[(&[u8], Option<&[u8]>)] = &[
        (&[0x30, 0x80, 0x02, 1, 5, 0, 0], Some(&[0x30, 3, 0x02, 1, 5])),
        (&[0x04, 0x82, 0, 2, 8, 9], Some(&[0x04, 2, 8, 9])),
        (&[0x24, 0x80, 0x04, 1, 1, 0x24, 3, 0x04, 1, 2, 0, 0], Some(&[0x04, 2, 1, 2])),
        (&[0x23, 0x80, 0x03, 2, 0, 0xab, 0x03, 2, 4, 0xf0, 0, 0], Some(&[0x03, 3, 4, 0xab, 0xf0])),
        (&[0x23, 8, 0x03, 2, 4, 0xf0, 0x03, 2, 0, 0xab], None),
        (&[0x2c, 6, 0x04, 1, b'a', 0x0c, 1, b'b'], Some(&[0x0c, 2, b'a', b'b'])),
        (&[0x31, 6, 0x02, 1, 9, 0x02, 1, 3], Some(&[0x31, 6, 0x02, 1, 9, 0x02, 1, 3])),
        (&[0xa0, 0x80, 0xa0, 0x80, 0, 0, 0, 0], Some(&[0xa0, 2, 0xa0, 0])),
        (&[0xbf, 0x1e, 0], Some(&[0xbe, 0])),
        (&[0x9f, 0x81, 0x00, 1, 7], Some(&[0x9f, 0x81, 0x00, 1, 7])),
        (&[0x24, 3, 0x02, 1, 1], None),
        (&[0x30, 2, 0, 0], None),
        (&[0x05, 0, 0], None),
        (&[], None),
    ];
    for (ber, der) in cases {
        assert_eq!(to_der(ber, &Limits::default()).ok().as_deref(), *der, "{ber:02x?}");
    }
}

/// Depth ends in an error at exactly the limit, in both forms and for strings, and a limit beyond reason is lowered.
#[test]
fn depth_is_bounded() {
    for tag in [0x30, 0x24] {
        let nested = |levels: usize| [vec![[tag, 0x80]; levels].concat(), vec![0; 2 * levels]].concat();
        assert!(to_der(&nested(20), &limits(20)).is_ok());
        assert!(matches!(to_der(&nested(21), &limits(20)), Err(Error::Limit { what: "depth" })));
        assert!(matches!(to_der(&nested(1_000_000), &limits(u32::MAX)), Err(Error::Limit { what: "depth" })));
        let source = Source::from_bytes(nested(1_000_000));
        assert!(matches!(Cursor::new(source, limits(64)).skip(), Err(Error::Limit { what: "depth" })));
    }
    let source = Source::from_bytes([[[0x24, 0x80]; 65].concat(), vec![0; 130]].concat());
    assert!(matches!(Cursor::new(source, limits(64)).take_octets(), Err(Error::Limit { what: "depth" })));
}

/// A length that nobody has memory for is refused before memory is asked for; the budget counts over all values.
#[test]
fn size_is_bounded() {
    let limits = Limits { structure_bytes: 10, ..Limits::default() };
    let bytes = [0x04, 4, 1, 2, 3, 4];
    let mut cursor = Cursor::new(Source::from_bytes([bytes, bytes].concat()), limits);
    cursor.take_raw().unwrap();
    assert!(matches!(cursor.take_der(), Err(Error::Limit { what: "size" })));
    let mut cursor = self::cursor(&[0x04, 0x88, 0x7f, 0, 0, 0, 0, 0, 0, 0, 1]);
    assert!(matches!(cursor.take_der(), Err(Error::Limit { what: "size" })));
    assert!(matches!(cursor.take_octets(), Err(Error::Truncated { offset: 0 })));
}

/// A source that counts how often it is asked.
struct Counted<F>(F, u64, Arc<AtomicU64>);

impl<F: Fn(u64) -> u8 + Send + Sync> ReadAt for Counted<F> {
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> std::io::Result<usize> {
        self.2.fetch_add(1, Ordering::Relaxed);
        let count = usize::try_from(self.1.saturating_sub(offset)).unwrap().min(buf.len());
        for (at, byte) in buf[..count].iter_mut().enumerate() {
            *byte = (self.0)(offset + at as u64);
        }
        Ok(count)
    }
    fn len(&self) -> std::io::Result<u64> {
        Ok(self.1)
    }
}

/// 256 MiB in chunks of 1 KiB, computed: the walk and a sequential read go on by blocks, not by headers, and the
/// checkpoints are few.
#[test]
fn many_small_pieces_cost_few_reads() {
    const CHUNK: u64 = 4 + 1024;
    let chunks: u64 = 32 * 1024;
    let byte = move |offset: u64| match offset {
        0 => 0x24,
        1 => 0x80,
        _ if offset >= 2 + chunks * CHUNK => 0,
        _ => match (offset - 2) % CHUNK {
            0 => 0x04,
            1 => 0x82,
            2 => 0x04,
            3 => 0x00,
            _ => 0x5a,
        },
    };
    let reads = Arc::new(AtomicU64::new(0));
    let size = 2 + chunks * CHUNK + 2;
    let source = Source::from_view(Counted(byte, size, Arc::clone(&reads)));
    let octets = Cursor::new(source, Limits::default()).take_octets().unwrap();
    assert_eq!(octets.len().unwrap(), chunks * 1024);
    let blocks = size / crate::source::BLOCK as u64;
    let walked = reads.swap(0, Ordering::Relaxed);
    assert!(walked <= blocks + 10, "{walked} reads for the walk over {blocks} blocks");
    let mut total = 0;
    let read = octets.for_each_block(|block| {
        assert!(block.iter().all(|byte| *byte == 0x5a));
        total += block.len() as u64;
        Ok::<_, std::io::Error>(())
    });
    assert_eq!((read.unwrap(), total), (chunks * 1024, chunks * 1024));
    let read = reads.load(Ordering::Relaxed);
    assert!(read <= blocks + 10, "{read} reads for {blocks} blocks");
}

/// Writes `content` as an OCTET STRING in pieces of the given lengths, nested and in either form as the numbers say.
fn in_pieces(content: &[u8], cuts: &[usize], nesting: &[u8]) -> Vec<u8> {
    let mut rest = content;
    let mut body = Vec::new();
    for (index, cut) in cuts.iter().chain([&usize::MAX]).enumerate() {
        let (piece, behind) = rest.split_at((*cut).min(rest.len()));
        rest = behind;
        let mut piece = tlv(4, &[piece]);
        for layer in 0..nesting.get(index).map_or(0, |how| how % 4) {
            piece = match (nesting[index] >> 4 >> layer) & 1 {
                0 => tlv(0x24, &[&[0x04, 0], &piece]),
                _ => [&[0x24, 0x80], &piece[..], &[0, 0]].concat(),
            };
        }
        body.extend(piece);
    }
    body
}

fn around(body: &[u8], indefinite: bool, tag: u8) -> Vec<u8> {
    if indefinite { [&[tag, 0x80], body, &[0, 0]].concat() } else { tlv(tag, &[body]) }
}

/// Any BER, mostly sound: so that properties see more than refusals.
fn some_ber() -> impl Strategy<Value = Vec<u8>> {
    let leaf = (0u8..=0xff, prop::collection::vec(any::<u8>(), 0..40)).prop_map(|(tag, content)| {
        let tag = if tag & 0x1f == 0x1f { tag & 0xde } else { tag & 0xdf };
        tlv(tag.max(1), &[&content])
    });
    leaf.prop_recursive(6, 64, 6, |inner| {
        (any::<u8>(), any::<bool>(), prop::collection::vec(inner, 0..6)).prop_map(|(tag, indefinite, values)| {
            let tag = if tag & 0x1f == 0x1f { 0x30 } else { (tag | 0x20).max(0x21) };
            around(&values.concat(), indefinite, tag)
        })
    })
}

/// Walks everything in every way; only that it ends matters.
fn exercise(bytes: &[u8]) {
    let limits = Limits { depth: 20, structure_bytes: 4096 };
    let _ = to_der(bytes, &limits);
    for start in 0..3 {
        let mut cursor = Cursor::new(Source::from_bytes(bytes), limits);
        for step in 0..200 {
            let done = match (start + step) % 5 {
                0 => cursor.peek().map(|_| ()),
                1 => cursor.enter().map(|_| ()),
                2 => cursor.take_octets().and_then(|octets| Ok(octets.read_all(1 << 20).map(|_| ())?)),
                3 => cursor.take_der().map(|_| ()),
                _ => cursor.leave(),
            };
            if done.is_err() && cursor.leave().is_err() && cursor.skip().is_err() {
                break;
            }
        }
    }
}

proptest! {
    /// Bytes that nobody meant as BER end in an error, never in a panic.
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        exercise(&bytes);
    }

    /// Neither does BER with a few bytes changed.
    #[test]
    fn damaged_ber_never_panics(mut bytes in some_ber(), hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4)) {
        for (at, byte) in hits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        exercise(&bytes);
    }

    /// The normal form of a normal form is itself.
    #[test]
    fn to_der_is_stable(bytes in some_ber()) {
        if let Ok(der) = to_der(&bytes, &Limits::default()) {
            prop_assert_eq!(&to_der(&der, &Limits::default()).unwrap(), &der);
            let mut cursor = cursor(&bytes);
            prop_assert_eq!(cursor.take_der().unwrap(), der);
            prop_assert!(cursor.peek().unwrap().is_none());
        }
    }

    /// However a string is cut into pieces, the same bytes come back: at once, in order by odd steps, and at any offset.
    #[test]
    fn pieces_read_as_one_string(
        seed in any::<u8>(),
        sizes in prop::collection::vec(prop_oneof![0usize..4, 0usize..3000, 0usize..40_000], 0..40),
        nesting in prop::collection::vec(any::<u8>(), 0..40),
        indefinite in any::<bool>(),
        tag in prop_oneof![Just(0x24u8), Just(0xa0u8)],
        reads in prop::collection::vec((any::<prop::sample::Index>(), 0usize..70_000), 1..20),
        step in 1usize..30_000,
    ) {
        let length = sizes.iter().sum::<usize>() + 11;
        let content: Vec<u8> = (0..length).map(|at| (at * 31 + at / 251) as u8 ^ seed).collect();
        let encoded = around(&in_pieces(&content, &sizes, &nesting), indefinite, tag);
        let mut cursor = Cursor::new(Source::from_bytes([&encoded[..], &[0x05, 0]].concat()), limits(10));
        let octets = cursor.take_octets().unwrap();
        prop_assert!(cursor.peek().unwrap().unwrap().is_universal(5));
        prop_assert_eq!(octets.len().unwrap(), length as u64);
        for (at, count) in reads {
            let at = at.index(length);
            let want = &content[at..length.min(at + count)];
            let mut found = vec![0; count];
            let read = octets.read_at(at as u64, &mut found).unwrap();
            prop_assert_eq!(&found[..read], &want[..read]);
            prop_assert!(read > 0 || want.is_empty());
        }
        let mut joined = Vec::new();
        let mut reader = octets.reader();
        while reader.by_ref().take(step as u64).read_to_end(&mut joined).unwrap() > 0 {}
        prop_assert!(joined == content);
        if tag == 0x24 {
            prop_assert!(to_der(&encoded, &Limits::default()).unwrap() == tlv(4, &[&content]));
        }
    }
}

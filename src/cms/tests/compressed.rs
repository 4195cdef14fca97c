//! Compression: what is written is read from any place, and no stream takes more than it is allowed.

use super::*;
use crate::cms::compressed::InflateError;
use crate::cms::write::Compressor;

fn compressed(content: &[u8], chunk: usize) -> Vec<u8> {
    let mut writer = Compressor::new(rfc5911::ID_DATA, Vec::new()).unwrap();
    content.chunks(chunk.max(1)).for_each(|chunk| writer.write_all(chunk).unwrap());
    writer.finish().unwrap()
}

fn read_compressed(bytes: &[u8]) -> crate::cms::Compressed {
    match read_bytes(bytes).unwrap() {
        Content::Compressed(compressed) => compressed,
        other => panic!("{other:?}"),
    }
}

/// Content of every length comes back, in every form of BER; what follows the stream in its string does no harm.
#[test]
fn compressed_content_comes_back() {
    for size in [0, 1, 100, 65_535, 65_536, 65_537, 300_000] {
        let content = numbers(size);
        let message = compressed(&content, 999);
        let defined = crate::asn1::to_der(&message, &Limits::default()).unwrap();
        for message in [as_ber(&defined, 100), defined, message] {
            let compressed = read_compressed(&message);
            assert_eq!((compressed.content_type, &compressed.algorithm), (rfc5911::ID_DATA, &Ok(())));
            let plain = compressed.open(size as u64).unwrap();
            assert_eq!(plain.len().unwrap(), size as u64);
            assert!(plain.read_all(size).unwrap() == content, "{size}");
        }
        let mut longer = read_compressed(&compressed(&content, 999));
        longer.compressed = Source::from_bytes([longer.compressed.read_all(400_000).unwrap(), vec![7; 9]].concat());
        assert!(longer.open(size as u64).unwrap().read_all(size).unwrap() == content);
    }
}

/// Nothing is given out of a stream that is damaged, cut short, or longer than allowed; a method that is not zlib is named.
#[test]
fn damaged_streams_and_bombs_are_refused() {
    let content = vec![0; 10_000_000];
    let mut compressed = read_compressed(&compressed(&content, 100_000));
    let stream = compressed.compressed.read_all(100_000).unwrap();
    assert!(stream.len() < 20_000);
    assert!(compressed.open(10_000_000).is_ok());
    assert!(matches!(compressed.open(9_999_999), Err(InflateError::TooLarge(9_999_999))));
    // Of several, all are counted, the refused ones too.
    let mut left = 15_000_000;
    assert!(compressed.open_within(&mut left).is_ok());
    assert!(matches!(compressed.open_within(&mut left), Err(InflateError::TooLarge(5_000_000))));
    assert!(matches!(compressed.open_within(&mut left), Err(InflateError::TooLarge(0))));
    for at in [0, 1, 5, stream.len() / 2, stream.len() - 1] {
        let mut changed = stream.clone();
        changed[at] ^= 0x40;
        compressed.compressed = Source::from_bytes(changed);
        assert!(matches!(compressed.open(20_000_000), Err(InflateError::Damaged | InflateError::TooLarge(_))), "{at}");
        compressed.compressed = Source::from_bytes(&stream[..at]);
        assert!(matches!(compressed.open(20_000_000), Err(InflateError::Damaged)), "{at}");
    }
    compressed.algorithm = Err(crate::crypto::Unsupported::new("compression", rfc5911::ID_DATA));
    assert!(matches!(compressed.open(1), Err(InflateError::Unsupported(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Readers that jump back and forth see the same bytes.
    #[test]
    fn any_place_of_compressed_content_is_read(
        size in 0usize..500_000,
        chunk in 1usize..100_000,
        reads in proptest::collection::vec((0usize..520_000, 1usize..90_000), 1..20),
    ) {
        let content: Vec<u8> = (0..size as u64).map(|i| (i * i % 253) as u8).collect();
        let plain = read_compressed(&compressed(&content, chunk)).open(u64::MAX).unwrap();
        for (offset, count) in reads {
            let expected = content.get(offset..).unwrap_or_default();
            let expected = &expected[..count.min(expected.len())];
            let found = plain.slice(offset as u64..(offset + count) as u64).read_all(count).unwrap();
            prop_assert!(found == expected);
        }
    }
}

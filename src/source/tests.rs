use super::*;

fn numbers(count: usize) -> Vec<u8> {
    (0..count).map(|i| (i % 251) as u8).collect()
}

/// A slice of a slice must address the same bytes as the arithmetic says, and never reach past its parent.
#[test]
fn slices_compose_and_stay_inside_their_parent() {
    let all = numbers(1000);
    let source = Source::from_bytes(all.clone());
    let inner = source.slice(100..900).slice(50..2000);
    assert_eq!(inner.len().unwrap(), 750);
    assert_eq!(inner.read_all(1000).unwrap(), &all[150..900]);
    assert_eq!(source.slice(990..2000).slice_from(5).read_all(100).unwrap(), &all[995..]);
    assert!(source.slice(2000..3000).is_empty().unwrap());
}

/// Standard input larger than the memory limit must come back unchanged from the nameless file.
#[test]
fn spool_returns_small_and_large_streams_unchanged() {
    for size in [0, 1, SPOOL_MEMORY, SPOOL_MEMORY + 1, 2 * SPOOL_MEMORY + 77] {
        let all = numbers(size);
        let source = Source::spool(&all[..]).unwrap();
        assert_eq!(source.len().unwrap(), size as u64);
        assert!(source.read_all(size).unwrap() == all, "{size} bytes differ");
    }
}

/// The limit is what keeps a hostile header or key file from filling memory.
#[test]
fn read_all_refuses_more_than_its_limit() {
    let source = Source::from_bytes(numbers(100));
    assert!(source.read_all(100).is_ok());
    assert_eq!(source.read_all(99).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
}

/// Files with keys and passwords are read as a whole or not at all, whatever pieces they come in.
#[test]
fn secrets_are_read_up_to_their_limit() {
    let bytes: Vec<u8> = (0..20_000_u32).map(|number| number.to_le_bytes()[0]).collect();
    for limit in [20_000, 20_001, usize::MAX] {
        assert_eq!(*read_secret(bytes.as_slice(), limit).unwrap(), bytes);
    }
    for limit in [0, 4096, 19_999] {
        assert_eq!(read_secret(bytes.as_slice(), limit).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    }
    assert!(read_secret(io::empty(), 0).unwrap().is_empty());
}

/// Bytes that a thread passes on are those that were there, in their order, and an error comes where it happened: blocks of every
/// size, one more or less than what one thread hands to the other.
#[test]
fn threads_change_nothing() {
    for size in [0, 1, BLOCK, 1 << 20, (1 << 20) + 1, (1 << 20) + ahead::PIECE, 5_000_001] {
        let all = numbers(size);
        let source = Source::from_bytes(all.clone());
        let mut read = Vec::new();
        assert_eq!(source.copy_to(&mut read).unwrap(), size as u64);
        assert!(read == all, "{size} bytes differ");
        let mut written = Vec::new();
        std::thread::scope(|scope| {
            let mut behind = Behind::new(scope, &mut written);
            for piece in all.chunks(70_001) {
                behind.write_all(piece).unwrap();
            }
            behind.finish().unwrap();
        });
        assert!(written == all, "{size} bytes differ");
    }
}

/// Fails from some byte on.
struct Broken(u64);

impl ReadAt for Broken {
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.0.saturating_sub(offset)).unwrap();
        if left == 0 { Err(io::ErrorKind::PermissionDenied.into()) } else { Ok(buf.len().min(left)) }
    }

    fn len(&self) -> io::Result<u64> {
        Ok(u64::MAX)
    }
}

impl Write for Broken {
    fn write(&mut self, block: &[u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let count = block.len().min(usize::try_from(self.0).unwrap());
        self.0 -= count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Errors keep their kind on the way from one thread to the other, and end both.
#[test]
fn errors_come_through() {
    for size in [10, 1 << 20, 3_000_000] {
        let source = Source::from_view(Broken(size));
        for source in [source.clone(), source.read_ahead()] {
            assert_eq!(source.copy_to(&mut io::sink()).unwrap_err().kind(), io::ErrorKind::PermissionDenied, "{size}");
        }
        let stopped = source.for_each_block(|_| Err(io::Error::from(io::ErrorKind::StorageFull)));
        assert_eq!(stopped.unwrap_err().kind(), io::ErrorKind::StorageFull);
        std::thread::scope(|scope| {
            let mut behind = Behind::new(scope, Broken(size));
            let failed = behind.write_all(&numbers(8_000_000)).err().or_else(|| behind.finish().err());
            assert_eq!(failed.unwrap().kind(), io::ErrorKind::StorageFull, "{size}");
        });
    }
    // Nobody waits for a writer that is dropped, nor for a source that nobody reads any more.
    std::thread::scope(|scope| Behind::new(scope, io::sink()).write_all(&numbers(3_000_000)).unwrap());
    let ahead = Source::from_view(Broken(u64::MAX)).read_ahead();
    let mut block = vec![0; 300_000];
    for turn in 0..10 {
        assert!(ahead.read_at(turn * 300_000, &mut block).unwrap() > 0);
    }
}

/// Reading ahead gives the same bytes to whoever reads in a row, jumps, or goes back a little.
#[test]
fn reading_ahead_serves_jumps() {
    let all = numbers(4_000_000);
    let ahead = Source::from_bytes(all.clone()).read_ahead();
    let mut at = 0usize;
    let mut block = vec![0; 100_000];
    for turn in 0..200usize {
        let count = 1 + turn * 7919 % block.len();
        let read = ahead.read_at(at as u64, &mut block[..count]).unwrap();
        assert_eq!(block[..read], all[at.min(all.len())..][..read], "turn {turn} at {at}");
        assert!(read > 0 || at >= all.len());
        at += read;
        match turn % 23 {
            7 => at = at.saturating_sub(4000),
            19 => at = (at + 300_000) % (all.len() + 1),
            22 => at = (at * 31) % (all.len() + 1),
            _ => {}
        }
    }
    assert_eq!(ahead.read_all(all.len()).unwrap(), all);
}

//! Sources in a row, read as one.

use std::io;

use super::{ReadAt, Source};

impl Source {
    /// Several sources, one behind the other.
    ///
    /// # Errors
    /// When the length of one cannot be found out.
    pub fn joined(parts: Vec<Self>) -> io::Result<Self> {
        let mut placed = Vec::with_capacity(parts.len());
        let mut end = 0u64;
        for part in parts {
            let start = end;
            end = end.saturating_add(part.len()?);
            placed.push((start, part));
        }
        Ok(Self::from_view(Joined { parts: placed, length: end }))
    }
}

/// Sources, each with the offset at which it starts.
struct Joined {
    parts: Vec<(u64, Source)>,
    length: u64,
}

impl ReadAt for Joined {
    fn read_at(&self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        if offset >= self.length {
            return Ok(0);
        }
        // The last part that starts at or before the offset; empty ones lie before it.
        let index = self.parts.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
        self.parts.get(index).map_or(Ok(0), |(start, part)| part.read_at(offset - start, buf))
    }

    fn len(&self) -> io::Result<u64> {
        Ok(self.length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parts in a row read like one, across their borders, with empty ones between.
    #[test]
    fn joined_sources_are_one() {
        let all = (0..1000u32).map(|i| (i % 251) as u8).collect::<Vec<u8>>();
        let pieces = [0..0, 0..300, 300..300, 300..301, 301..1000, 1000..1000];
        let parts = pieces.map(|range| Source::from_bytes(&all[range])).to_vec();
        let joined = Source::joined(parts).unwrap();
        assert_eq!(joined.len().unwrap(), 1000);
        assert_eq!(joined.read_all(1000).unwrap(), all);
        assert_eq!(joined.slice(299..302).read_all(10).unwrap(), &all[299..302]);
        assert!(Source::joined(Vec::new()).unwrap().is_empty().unwrap());
    }
}

//! A universal hash over a stream that comes in pieces of any length.

use ghash::universal_hash::UniversalHash;

use super::aead::BLOCK;

/// Hashes associated data and a stream behind it, each padded to whole blocks with zeros (SP 800-38D §6.4, RFC 8439 §2.8).
pub(super) struct Padded<H> {
    hash: H,
    associated_len: u64,
    content_len: u64,
    /// What does not fill a block yet.
    rest: Vec<u8>,
}

impl<H: UniversalHash> Padded<H> {
    pub(super) fn new(mut hash: H, associated_data: &[u8]) -> Self {
        hash.update_padded(associated_data);
        Self { hash, associated_len: associated_data.len() as u64, content_len: 0, rest: Vec::new() }
    }

    pub(super) fn update(&mut self, mut data: &[u8]) {
        self.content_len = self.content_len.saturating_add(data.len() as u64);
        if !self.rest.is_empty() {
            let missing = BLOCK - self.rest.len();
            let (head, tail) = data.split_at(missing.min(data.len()));
            self.rest.extend_from_slice(head);
            data = tail;
            if self.rest.len() < BLOCK {
                return;
            }
            self.hash.update_padded(&self.rest);
            self.rest.clear();
        }
        let (blocks, rest) = data.split_at(data.len() / BLOCK * BLOCK);
        self.hash.update_padded(blocks);
        self.rest.extend_from_slice(rest);
    }

    /// Ends with the block that `lengths` makes of the bytes of associated data and of content.
    pub(super) fn finish(mut self, lengths: fn(u64, u64) -> [u8; BLOCK]) -> Vec<u8> {
        self.hash.update_padded(&self.rest);
        self.hash.update_padded(&lengths(self.associated_len, self.content_len));
        self.hash.finalize().to_vec()
    }
}

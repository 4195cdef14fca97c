//! Bytes in a charset as text.

use encoding_rs::{Encoding, WINDOWS_1252};

/// UTF-8 where it is (RFC 6532), else windows-1252, which any bytes are.
pub(in crate::mime) fn text_of(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// Whether a charset of that name is known.
pub(super) fn is_known(name: &str) -> bool {
    Encoding::for_label_no_replacement(name.as_bytes()).is_some()
}

/// Bytes in the named charset; an unknown one is guessed.
pub(super) fn decode(name: &str, bytes: &[u8]) -> String {
    match Encoding::for_label_no_replacement(name.as_bytes()) {
        Some(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        None => text_of(bytes),
    }
}

//! AES with the key length that a message names.

use aes::cipher::{Array, BlockCipherEncrypt, KeyInit};
use aes::{Aes128, Aes192, Aes256};

use crate::crypto::Error;

/// AES with any of its key lengths.
pub(super) enum Aes {
    A128(Box<Aes128>),
    A192(Box<Aes192>),
    A256(Box<Aes256>),
}

/// Runs `$body` with the block cipher inside.
macro_rules! with_aes {
    ($aes:expr, $cipher:ident => $body:expr) => {
        match $aes {
            $crate::crypto::cipher::block::Aes::A128($cipher) => $body,
            $crate::crypto::cipher::block::Aes::A192($cipher) => $body,
            $crate::crypto::cipher::block::Aes::A256($cipher) => $body,
        }
    };
}

pub(super) use with_aes;

impl Aes {
    pub(super) fn new(key: &[u8]) -> Result<Self, Error> {
        let wrong = |_| Error::Key("the content key has another length");
        Ok(match key.len() {
            16 => Self::A128(Box::new(Aes128::new_from_slice(key).map_err(wrong)?)),
            24 => Self::A192(Box::new(Aes192::new_from_slice(key).map_err(wrong)?)),
            _ => Self::A256(Box::new(Aes256::new_from_slice(key).map_err(wrong)?)),
        })
    }

    pub(super) fn encrypt_block(&self, block: &mut [u8; 16]) {
        with_aes!(self, aes => aes.encrypt_block(<&mut Array<u8, _>>::from(block)));
    }
}

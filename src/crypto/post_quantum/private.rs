//! Private keys of ML-DSA and ML-KEM as bytes: as seed, expanded, or both (RFC 9881 §6, RFC 9935 §6).

use der::asn1::{ContextSpecific, OctetStringRef};
use der::{Decode, Encode, Sequence, TagMode, TagNumber};
use zeroize::Zeroizing;

use crate::crypto::Error;

/// ```text
/// ML-KEM-768-PrivateKey ::= CHOICE {
///     seed         [0] OCTET STRING (SIZE (64)),
///     expandedKey  OCTET STRING (SIZE (2400)),
///     both         SEQUENCE { seed OCTET STRING (SIZE (64)), expandedKey OCTET STRING (SIZE (2400)) } }
/// ```
/// (RFC 9935 §6; with other sizes for the other parameter sets and, in RFC 9881 §6, for ML-DSA)
pub(super) struct Forms<'a> {
    pub seed: Option<&'a [u8]>,
    pub expanded: Option<&'a [u8]>,
}

#[derive(Sequence)]
struct Both<'a> {
    seed: &'a OctetStringRef,
    expanded: &'a OctetStringRef,
}

impl<'a> Forms<'a> {
    /// From the content of a PKCS #8 structure. Before the standards were ready, some programs wrote the seed or the expanded
    /// key there without any encoding.
    pub fn read(inner: &'a [u8], seed_len: usize, expanded_len: usize) -> Result<Self, Error> {
        if inner.len() == seed_len {
            return Ok(Self { seed: Some(inner), expanded: None });
        }
        if inner.len() == expanded_len {
            return Ok(Self { seed: None, expanded: Some(inner) });
        }
        let (seed, expanded) = match inner.first() {
            // [0] IMPLICIT, two octets of header.
            Some(0x80) => {
                (inner.get(2..).filter(|seed| inner.get(1).copied().map(usize::from) == Some(seed.len())), None)
            }
            Some(0x30) => {
                let both = Both::from_der(inner).map_err(|_| DAMAGED)?;
                (Some(both.seed.as_bytes()), Some(both.expanded.as_bytes()))
            }
            // A seed in a string of its own was an older draft's form.
            Some(0x04) => {
                let string = <&OctetStringRef>::from_der(inner).map_err(|_| DAMAGED)?.as_bytes();
                if string.len() == seed_len { (Some(string), None) } else { (None, Some(string)) }
            }
            _ => (None, None),
        };
        let fits = |bytes: Option<&[u8]>, length| bytes.is_none_or(|bytes| bytes.len() == length);
        if (seed.is_none() && expanded.is_none()) || !fits(seed, seed_len) || !fits(expanded, expanded_len) {
            return Err(DAMAGED);
        }
        Ok(Self { seed, expanded })
    }
}

const DAMAGED: Error = Error::Key("it has another form or length than the standard's");

/// That the seed and the expanded key of a file are not the same key (RFC 9881 §8.2, RFC 9935 §8).
pub(super) const INCONSISTENT: Error = Error::Key("its seed and its expanded form do not belong together");

/// The content of a PKCS #8 structure: the seed where it is known.
pub(super) fn write(seed: Option<&[u8]>, expanded: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    let written = match seed {
        Some(seed) => OctetStringRef::new(seed).and_then(|value| {
            ContextSpecific { tag_number: TagNumber(0), tag_mode: TagMode::Implicit, value }.to_der()
        }),
        None => OctetStringRef::new(expanded).and_then(|string| string.to_der()),
    };
    written.map(Zeroizing::new).map_err(|_| Error::Key("it cannot be encoded"))
}

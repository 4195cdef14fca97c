//! The entries of a list, read piece by piece: a list of 100 MB takes no more memory than a small one.

use jiff::Timestamp;

use crate::asn1::{Error, tag};
use crate::pki::extensions::Extension;
use crate::pki::fields::time;
use crate::pki::revocation::point::{PointName, names};
use crate::pki::revocation::reason::Reason;
use crate::pki::values::{Value, Values};
use crate::source::{BLOCK, Source};

/// The most bytes of one entry.
const LARGEST: usize = 64 * 1024;

/// Content octets of the identifiers of extensions of entries (RFC 5280 §5.3), as they are met millions of times.
const REASON_CODE: &[u8] = &[0x55, 0x1d, 0x15];
const HOLD_INSTRUCTION: &[u8] = &[0x55, 0x1d, 0x17];
const INVALIDITY_DATE: &[u8] = &[0x55, 0x1d, 0x18];
const CERTIFICATE_ISSUER: &[u8] = &[0x55, 0x1d, 0x1d];

/// What a list says of one certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pki::revocation) struct Entry {
    pub at: Timestamp,
    pub reason: Reason,
    /// invalidityDate: since when the key may have been in other hands (RFC 5280 §5.3.2).
    pub invalid_since: Option<Timestamp>,
}

/// What looking for one certificate gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::pki::revocation) struct Found {
    /// The certificate's entry.
    pub entry: Option<Entry>,
    /// Some entry has a critical extension that is not known: that a certificate is not in the list means nothing then
    /// (RFC 5280 §5.3).
    pub unknown_critical: bool,
}

/// Looks for a certificate by its issuer's name (its key) and its serial number (content octets) in the content of
/// revokedCertificates.
pub(super) fn find(entries: &Source, list_issuer: &[u8], issuer: &[u8], serial: &[u8]) -> Result<Found, Error> {
    let serial = shortest(serial);
    let mut found = Found::default();
    // certificateIssuer holds for the entries that follow too (RFC 5280 §5.3.3).
    let mut ours = list_issuer == issuer;
    walk(entries, |entry| {
        let mut fields = entry.inside();
        let number = fields.expect(tag::INTEGER, "userCertificate")?;
        let date = fields.any()?;
        let extensions = fields.next_if(|header| header.is_universal(tag::SEQUENCE))?;
        let mut reason = Reason::Unspecified;
        let mut invalid_since = None;
        for extension in extensions.into_iter().flat_map(|extensions| extensions.inside()) {
            let extension = Extension::parse(&extension?)?;
            let mut value = Values::of(extension.value.content());
            match extension.id.content() {
                REASON_CODE => reason = Reason::of(value.any()?.content()),
                INVALIDITY_DATE => invalid_since = time(&value.any()?).ok(),
                CERTIFICATE_ISSUER => {
                    let damaged = Error::Unexpected { offset: entry.header.offset, expected: "the names of an issuer" };
                    let names = names(&value.any()?).ok_or(damaged)?;
                    ours = names.iter().any(|name| matches!(name, PointName::Directory(name) if name == issuer));
                }
                HOLD_INSTRUCTION => {}
                _ => found.unknown_critical |= extension.critical,
            }
        }
        let is_it = ours && shortest(number.content()) == serial;
        // Of several entries the one counts that withdraws.
        if is_it && found.entry.is_none_or(|before| before.reason == Reason::RemoveFromCrl) {
            found.entry = Some(Entry { at: time(&date)?, reason, invalid_since });
        }
        Ok(())
    })?;
    Ok(found)
}

/// The octets of a number without those at its start that X.690 §8.3.2 forbids.
fn shortest(mut octets: &[u8]) -> &[u8] {
    loop {
        octets = match octets {
            [0, rest @ ..] if rest.first().is_some_and(|next| *next < 0x80) => rest,
            [0xff, rest @ ..] if rest.first().is_some_and(|next| *next >= 0x80) => rest,
            _ => return octets,
        }
    }
}

/// Hands over one value after the other.
fn walk(source: &Source, mut each: impl FnMut(&Value<'_>) -> Result<(), Error>) -> Result<(), Error> {
    let mut buffer: Vec<u8> = Vec::new();
    let mut offset = 0;
    loop {
        let mut values = Values::of(&buffer);
        let mut used = 0;
        let broken = loop {
            match values.any() {
                Ok(value) => {
                    each(&value)?;
                    used = value.range().end;
                }
                Err(error) => break error,
            }
        };
        buffer.drain(..used);
        if !matches!(broken, Error::Truncated { .. }) {
            return Err(broken);
        }
        if buffer.len() > LARGEST {
            return Err(Error::Limit { what: "size" });
        }
        let held = buffer.len();
        buffer.resize(held + BLOCK, 0);
        let read = source.read_at(offset, buffer.get_mut(held..).unwrap_or_default())?;
        buffer.truncate(held + read);
        offset += read as u64;
        if read == 0 {
            return if buffer.is_empty() { Ok(()) } else { Err(broken) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::tlv;

    /// Numbers are the same however many octets they stand in; -1 is not 255.
    #[test]
    fn numbers() {
        for (octets, expected) in [
            (&[0u8][..], &[0u8][..]),
            (&[0, 0, 1], &[1]),
            (&[0, 0xff], &[0, 0xff]),
            (&[0xff, 0xff], &[0xff]),
            (&[0xff, 0x7f], &[0xff, 0x7f]),
            (&[], &[]),
        ] {
            assert_eq!(shortest(octets), expected, "{octets:02x?}");
        }
    }

    /// Entries that lie across the borders of what is read at once are found, and one that is cut short is noticed.
    #[test]
    fn many_entries() {
        let date = tlv(0x17, &[b"200101000000Z"]);
        let entry = |number: u32| tlv(0x30, &[&tlv(0x02, &[&number.to_be_bytes()]), &date]);
        let mut all: Vec<u8> = (1..20_000).flat_map(entry).collect();
        let look = |all: &[u8], number: u32| {
            find(&Source::from_bytes(all), b"issuer", b"issuer", &number.to_be_bytes())
                .map(|found| found.entry.is_some())
        };
        for (number, listed) in [(1, true), (3_277, true), (9_999, true), (19_999, true), (20_000, false), (0, false)] {
            assert_eq!(look(&all, number).unwrap(), listed, "{number}");
        }
        all.pop();
        assert!(matches!(look(&all, 1), Err(Error::Truncated { .. })));
        assert!(!find(&Source::from_bytes([]), b"a", b"a", &[1]).unwrap().unknown_critical);
    }
}

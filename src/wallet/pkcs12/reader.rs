//! Reading a PFX.
//!
//! Wrong password or damage: what is not encrypted is parsed first, so that a cut or garbled file is seen as such before the
//! password is looked at. If then the MAC does not hold, but the password opens an encrypted part, the password is right and
//! something was changed. Only if nothing speaks for the password it is called wrong.

use const_oid::db::rfc5911::{ID_DATA, ID_SIGNED_DATA};
use der::Decode;
use der::asn1::AnyRef;

use super::password::Password;
use super::safe::{Names, Safes, der_of};
use super::structures::{ContentInfo, Pfx, each};
use super::{Contents, KeyEntry, Pkcs12Error, mac};
use crate::asn1;
use crate::crypto::{PrivateKey, PrivateKeyOperations, Unsupported, kdf};
use crate::pki::Certificate;
use crate::source::Source;
use crate::wallet::addition::same_key;

/// What the MAC says about the password.
#[derive(PartialEq, Eq)]
enum Mac {
    Absent,
    Holds,
    Fails,
}

pub(super) fn read(bytes: &[u8], password: &str, limits: &kdf::Limits) -> Result<Contents, Pkcs12Error> {
    let outer = asn1::Cursor::new(Source::from_bytes(bytes), asn1::Limits::default()).take_der()?;
    let pfx = Pfx::from_der(&outer)?;
    if pfx.version != 3 {
        return Err(Pkcs12Error::Damaged("it is of another version"));
    }
    match pfx.auth_safe.content_type {
        ID_DATA => {}
        ID_SIGNED_DATA => return Err(Unsupported::new("PKCS#12 integrity", ID_SIGNED_DATA).into()),
        _ => return Err(Pkcs12Error::Damaged("it holds something else than safes")),
    }
    let content = pfx.auth_safe.octets()?;
    let inner = der_of(content)?;
    let safes = AnyRef::from_der(&inner)?;
    if der::Tagged::tag(&safes) != der::Tag::Sequence {
        return Err(Pkcs12Error::Damaged("it holds something else than safes"));
    }
    let safes = each::<ContentInfo>(safes.value())?;

    let mut password = Password::new(password, limits);
    let mac = match &pfx.mac {
        None => Mac::Absent,
        Some(mac) if mac::holds(mac, content, &mut password)? => Mac::Holds,
        Some(_) => Mac::Fails,
    };
    let mut found = Safes::new(password);
    safes.iter().try_for_each(|safe| found.safe(safe))?;
    match mac {
        Mac::Fails if found.opened > 0 => Err(Pkcs12Error::Damaged("it was changed after it was made")),
        Mac::Fails => Err(Pkcs12Error::WrongPassword),
        Mac::Absent if found.shut > 0 && found.opened == 0 => Err(Pkcs12Error::WrongPassword),
        _ if found.shut > 0 => {
            Err(Pkcs12Error::Damaged("a part of it does not open with the password that fits the rest"))
        }
        _ => {
            let Safes { keys, certificates, left_out, .. } = found;
            match left_out.first() {
                Some(first) if keys.is_empty() && certificates.is_empty() => Err(first.clone().into()),
                _ => Ok(assemble(keys, certificates, left_out, mac == Mac::Holds)),
            }
        }
    }
}

/// Gives each key its certificate.
fn assemble(
    keys: Vec<(PrivateKey, Names)>,
    mut certificates: Vec<(Certificate, Names)>,
    left_out: Vec<Unsupported>,
    has_mac: bool,
) -> Contents {
    let entry = |(key, names): (PrivateKey, Names)| {
        let fits = |(certificate, _): &(Certificate, Names)| same_key(key.public_key(), certificate.public_key());
        let named = |(_, other): &(Certificate, Names)| other.local_id.is_some() && other.local_id == names.local_id;
        let place = certificates.iter().position(|entry| fits(entry) && named(entry));
        let place = place.or_else(|| certificates.iter().position(fits));
        let (certificate, label) = match place.map(|place| certificates.remove(place)) {
            Some((certificate, names)) => (Some(certificate), names.label),
            None => (None, None),
        };
        KeyEntry { key, certificate, label: names.label.or(label) }
    };
    let keys = keys.into_iter().map(entry).collect();
    let mut seen = std::collections::HashSet::new();
    let others = certificates.into_iter().map(|(certificate, _)| certificate);
    let certificates = others.filter(|certificate| seen.insert(certificate.sha256())).collect();
    Contents { keys, certificates, left_out, has_mac }
}

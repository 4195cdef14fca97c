//! Where the parts of a certificate stand (RFC 5280 §4.1), and a form of it that strict decoders accept.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::extensions::{Extension, Extensions};
use super::name::Name;
use super::values::{Value, Values};
use crate::asn1::{Error, tag, tlv};

/// ```text
/// Certificate ::= SEQUENCE { tbsCertificate TBSCertificate, signatureAlgorithm AlgorithmIdentifier, signatureValue BIT STRING }
/// TBSCertificate ::= SEQUENCE { version [0] EXPLICIT Version DEFAULT v1, serialNumber CertificateSerialNumber,
///     signature AlgorithmIdentifier, issuer Name, validity Validity, subject Name,
///     subjectPublicKeyInfo SubjectPublicKeyInfo, issuerUniqueID [1] IMPLICIT UniqueIdentifier OPTIONAL,
///     subjectUniqueID [2] IMPLICIT UniqueIdentifier OPTIONAL, extensions [3] EXPLICIT Extensions OPTIONAL }
/// Validity ::= SEQUENCE { notBefore Time, notAfter Time }
/// ```
/// (RFC 5280 §4.1)
pub(super) struct Fields<'a> {
    pub tbs: Value<'a>,
    version: Option<Value<'a>>,
    pub serial: Value<'a>,
    inner_algorithm: Value<'a>,
    pub issuer: Value<'a>,
    pub not_before: Timestamp,
    pub not_after: Timestamp,
    pub subject: Value<'a>,
    key: Value<'a>,
    unique: [Option<Value<'a>>; 2],
    extensions: Option<Values<'a>>,
    algorithm: Value<'a>,
    signature: Value<'a>,
}

impl<'a> Fields<'a> {
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
        let mut parts = Values::only(bytes, tag::SEQUENCE)?;
        let tbs = parts.expect(tag::SEQUENCE, "tbsCertificate")?;
        let algorithm = parts.expect(tag::SEQUENCE, "signatureAlgorithm")?;
        let signature = parts.expect(tag::BIT_STRING, "the signature")?;
        parts.finish()?;

        let mut fields = tbs.inside();
        let version = fields.next_if(|header| header.is_context(0))?;
        let serial = fields.expect(tag::INTEGER, "serialNumber")?;
        let inner_algorithm = fields.expect(tag::SEQUENCE, "signature")?;
        let issuer = fields.expect(tag::SEQUENCE, "issuer")?;
        let mut validity = fields.expect(tag::SEQUENCE, "validity")?.inside();
        let (not_before, not_after) = (time(&validity.any()?)?, time(&validity.any()?)?);
        validity.finish()?;
        let subject = fields.expect(tag::SEQUENCE, "subject")?;
        let key = fields.expect(tag::SEQUENCE, "subjectPublicKeyInfo")?;
        let unique = [fields.next_if(|header| header.is_context(1))?, fields.next_if(|header| header.is_context(2))?];
        let extensions = match fields.next_if(|header| header.is_context(3))? {
            Some(extensions) => Some(extensions.inside().expect(tag::SEQUENCE, "extensions")?.inside()),
            None => None,
        };
        fields.finish()?;
        Ok(Self {
            tbs,
            version,
            serial,
            inner_algorithm,
            issuer,
            not_before,
            not_after,
            subject,
            key,
            unique,
            extensions,
            algorithm,
            signature,
        })
    }

    pub fn extensions(&self) -> Result<Extensions, Error> {
        self.extensions.map_or_else(|| Ok(Extensions::default()), Extensions::parse)
    }

    /// The certificate with times, truth values and names in the forms that strict decoders know; for those only.
    pub fn strict(&self) -> Result<Vec<u8>, Error> {
        let optional = |value: Option<Value<'a>>| value.map(|value| value.bytes()).unwrap_or_default();
        let tbs = tlv(
            0x30,
            &[
                optional(self.version),
                self.serial.bytes(),
                self.inner_algorithm.bytes(),
                &Name::parse(self.issuer.bytes())?.in_utf8(),
                &tlv(0x30, &[&strict_time(self.not_before), &strict_time(self.not_after)]),
                &Name::parse(self.subject.bytes())?.in_utf8(),
                self.key.bytes(),
                optional(self.unique[0]),
                optional(self.unique[1]),
                &self.extensions.map(strict_extensions).transpose()?.unwrap_or_default(),
            ],
        );
        Ok(tlv(0x30, &[&tbs, self.algorithm.bytes(), self.signature.bytes()]))
    }
}

fn strict_extensions(extensions: Values<'_>) -> Result<Vec<u8>, Error> {
    let mut all = Vec::new();
    for extension in extensions {
        let Extension { id, critical, value } = Extension::parse(&extension?)?;
        let critical: &[u8] = if critical { &[0x01, 0x01, 0xff] } else { &[] };
        all.extend(tlv(0x30, &[id.bytes(), critical, value.bytes()]));
    }
    Ok(tlv(0xa3, &[&tlv(0x30, &[&all])]))
}

/// GeneralizedTime within the years that decoders know.
fn strict_time(time: Timestamp) -> Vec<u8> {
    let time = Offset::UTC.to_datetime(time.max(Timestamp::UNIX_EPOCH));
    tlv(0x18, &[time.strftime("%Y%m%d%H%M%SZ").to_string().as_bytes()])
}

/// ```text
/// Time ::= CHOICE { utcTime UTCTime, generalTime GeneralizedTime }
/// ```
/// (RFC 5280 §4.1.2.5). Also read: times without seconds and with an offset from UTC, which older writers used (X.680 §46, §47).
/// What lies behind the last time that can be held counts as that last time.
pub(super) fn time(value: &Value<'_>) -> Result<Timestamp, Error> {
    let damaged = Error::Unexpected { offset: value.header.offset, expected: "a time" };
    let digits_of_year = match value.universal() {
        Some(tag::UTC_TIME) => 2,
        Some(tag::GENERALIZED_TIME) => 4,
        _ => return Err(damaged),
    };
    parse_time(value.content(), digits_of_year).ok_or(damaged)
}

fn parse_time(text: &[u8], digits_of_year: usize) -> Option<Timestamp> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, zone) = text.split_at_checked(digits)?;
    let (year, rest) = digits.split_at_checked(digits_of_year)?;
    let number = |digits: &[u8]| digits.iter().fold(0i16, |number, digit| number * 10 + i16::from(*digit - b'0'));
    let year = match number(year) {
        year if digits_of_year == 4 => year,
        year if year < 50 => 2000 + year,
        year => 1900 + year,
    };
    let pairs =
        |digits: &[u8]| -> Option<Vec<i8>> { digits.chunks(2).map(|pair| i8::try_from(number(pair)).ok()).collect() };
    let (month, day, hour, minute, second) = match (rest.len(), pairs(rest)?.as_slice()) {
        (10, &[month, day, hour, minute, second]) => (month, day, hour, minute, second),
        (8, &[month, day, hour, minute]) => (month, day, hour, minute, 0),
        _ => return None,
    };
    let local = DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
    let offset = match zone {
        b"Z" => Offset::UTC,
        [sign @ (b'+' | b'-'), digits @ ..] if digits.len() == 4 && digits.iter().all(u8::is_ascii_digit) => {
            let [hours, minutes] = pairs(digits)?.try_into().ok()?;
            let seconds = (i32::from(hours) * 60 + i32::from(minutes)) * 60;
            Offset::from_seconds(if *sign == b'-' { -seconds } else { seconds }).ok()?
        }
        _ => return None,
    };
    Some(offset.to_timestamp(local).unwrap_or(Timestamp::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Times in every form that is met; others are refused rather than guessed.
    #[test]
    fn times() {
        for (text, year, expected) in [
            ("500101120000Z", 2, "1950-01-01T12:00:00Z"),
            ("491231235959Z", 2, "2049-12-31T23:59:59Z"),
            ("0002290000Z", 2, "2000-02-29T00:00:00Z"),
            ("000301000000+0200", 2, "2000-02-29T22:00:00Z"),
            ("20500101000000Z", 4, "2050-01-01T00:00:00Z"),
            ("00000101000000Z", 4, "0000-01-01T00:00:00Z"),
            ("99991231235959Z", 4, "9999-12-30T22:00:00.999999999Z"),
        ] {
            assert_eq!(
                parse_time(text.as_bytes(), year).map(|time| time.to_string()).as_deref(),
                Some(expected),
                "{text}"
            );
        }
        for (text, year) in [
            ("000230000000Z", 2),
            ("0001010000", 2),
            ("000101000000", 2),
            ("20000101000000.5Z", 4),
            ("000101006000Z", 2),
            ("00010100000Z", 2),
            ("", 2),
            ("000101000000+02", 2),
            ("000101000000Z ", 2),
        ] {
            assert_eq!(parse_time(text.as_bytes(), year), None, "{text}");
        }
    }
}

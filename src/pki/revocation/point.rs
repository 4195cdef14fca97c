//! Where lists of withdrawn certificates are found, and what a list is about (RFC 5280 §4.2.1.13, §5.2.5).

use super::reason::Reasons;
use crate::asn1::{Header, tag, tlv};
use crate::pki::name::Name;
use crate::pki::values::{Value, Values};

/// The most distribution points of one certificate that are looked at.
const MOST: usize = 64;

/// A GeneralName, for comparison (RFC 5280 §4.2.1.6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PointName {
    /// What equal directoryNames have in common.
    Directory(Vec<u8>),
    /// uniformResourceIdentifier.
    Uri(String),
    /// Another one, header and content.
    Other(Vec<u8>),
}

/// ```text
/// DistributionPointName ::= CHOICE { fullName [0] GeneralNames, nameRelativeToCRLIssuer [1] RelativeDistinguishedName }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Location {
    /// Names of one and the same place.
    Full(Vec<PointName>),
    /// What equal last parts of a name have in common; the name before them is that of the list's issuer.
    Relative(Vec<u8>),
}

impl Location {
    /// All names, with the issuer's name (its key) before a relative one.
    pub fn names(&self, issuer: &[u8]) -> Vec<PointName> {
        match self {
            Self::Full(names) => names.clone(),
            Self::Relative(last) => vec![PointName::Directory([issuer, last].concat())],
        }
    }

    fn parse(choice: &Value<'_>) -> Option<Self> {
        let mut inside = choice.inside();
        let value = inside.any().ok()?;
        inside.finish().ok()?;
        match value.header {
            header if header.is_context(0) => names(&value).map(Self::Full),
            header if header.is_context(1) => {
                let name = Name::parse(&tlv(0x30, &[&tlv(0x31, &[value.content()])])).ok()?;
                Some(Self::Relative(name.key()))
            }
            _ => None,
        }
    }
}

/// The names inside `GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName`, whatever tag stands for the SEQUENCE.
pub(super) fn names(value: &Value<'_>) -> Option<Vec<PointName>> {
    value.inside().map(|name| point_name(&name.ok()?)).collect()
}

fn point_name(name: &Value<'_>) -> Option<PointName> {
    Some(match name.header {
        header if header.is_context(4) => {
            let directory = name.inside().any().ok()?;
            PointName::Directory(Name::parse(directory.bytes()).ok()?.key())
        }
        header if header.is_context(6) => match std::str::from_utf8(name.content()) {
            Ok(uri) => PointName::Uri(uri.to_owned()),
            Err(_) => PointName::Other(name.bytes().to_vec()),
        },
        _ => PointName::Other(name.bytes().to_vec()),
    })
}

/// ```text
/// CRLDistributionPoints ::= SEQUENCE SIZE (1..MAX) OF DistributionPoint
/// DistributionPoint ::= SEQUENCE { distributionPoint [0] DistributionPointName OPTIONAL, reasons [1] ReasonFlags OPTIONAL,
///     cRLIssuer [2] GeneralNames OPTIONAL }
/// ```
/// (RFC 5280 §4.2.1.13)
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DistributionPoint {
    pub location: Option<Location>,
    pub reasons: Reasons,
    /// Who issues the list, if not the certificate's issuer.
    pub issuer: Vec<PointName>,
}

impl DistributionPoint {
    /// Those in the value of cRLDistributionPoints or freshestCRL; one that is damaged is left out.
    pub fn all(extension: &[u8]) -> Vec<Self> {
        let points = Values::only(extension, tag::SEQUENCE).into_iter().flatten().map_while(Result::ok);
        points.take(MOST).filter_map(|point| Self::parse(&point)).collect()
    }

    /// The one that stands for a certificate's issuer where none is named (RFC 5280 §6.3.3); the issuer's name by its key.
    pub fn of_issuer(issuer: &[u8]) -> Self {
        let name = PointName::Directory(issuer.to_vec());
        Self { location: Some(Location::Full(vec![name])), reasons: Reasons::ALL, issuer: Vec::new() }
    }

    fn parse(point: &Value<'_>) -> Option<Self> {
        let mut fields = point.inside();
        let location = optional(&mut fields, 0)?;
        let reasons = optional(&mut fields, 1)?;
        let issuer = optional(&mut fields, 2)?;
        fields.finish().ok()?;
        Some(Self {
            location: location.map(|value| Location::parse(&value).ok_or(())).transpose().ok()?,
            reasons: reasons.map_or(Some(Reasons::ALL), |value| Reasons::of(&value))?,
            issuer: issuer.map_or(Some(Vec::new()), |value| names(&value))?,
        })
    }

    /// Where the list can be fetched from.
    pub fn urls(&self) -> impl Iterator<Item = &str> {
        let names = match &self.location {
            Some(Location::Full(names)) => names.as_slice(),
            _ => &[],
        };
        names.iter().filter_map(|name| match name {
            PointName::Uri(uri) => Some(uri.as_str()),
            _ => None,
        })
    }
}

/// The next value if it has that context-specific tag; the outer `None` when there is no value but damage.
fn optional<'a>(fields: &mut Values<'a>, number: u32) -> Option<Option<Value<'a>>> {
    fields.next_if(|header: &Header| header.is_context(number)).ok()
}

/// ```text
/// IssuingDistributionPoint ::= SEQUENCE { distributionPoint [0] DistributionPointName OPTIONAL,
///     onlyContainsUserCerts [1] BOOLEAN DEFAULT FALSE, onlyContainsCACerts [2] BOOLEAN DEFAULT FALSE,
///     onlySomeReasons [3] ReasonFlags OPTIONAL, indirectCRL [4] BOOLEAN DEFAULT FALSE,
///     onlyContainsAttributeCerts [5] BOOLEAN DEFAULT FALSE }
/// ```
/// (RFC 5280 §5.2.5)
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct IssuingDistributionPoint {
    pub location: Option<Location>,
    pub user_certificates: bool,
    pub ca_certificates: bool,
    pub reasons: Reasons,
    pub indirect: bool,
    pub attribute_certificates: bool,
}

impl IssuingDistributionPoint {
    /// From the extension's value; `None` when it is damaged.
    pub fn parse(extension: &[u8]) -> Option<Self> {
        let mut fields = Values::only(extension, tag::SEQUENCE).ok()?;
        let location = optional(&mut fields, 0)?;
        let flag = |fields: &mut Values<'_>, number| {
            // Any octet but zero means true in BER (X.690 §8.2.2).
            optional(fields, number).map(|flag| flag.is_some_and(|flag| flag.content() != [0]))
        };
        let user_certificates = flag(&mut fields, 1)?;
        let ca_certificates = flag(&mut fields, 2)?;
        let reasons = optional(&mut fields, 3)?;
        let indirect = flag(&mut fields, 4)?;
        let attribute_certificates = flag(&mut fields, 5)?;
        fields.finish().ok()?;
        Some(Self {
            location: location.map(|value| Location::parse(&value).ok_or(())).transpose().ok()?,
            user_certificates,
            ca_certificates,
            reasons: reasons.map_or(Some(Reasons::ALL), |value| Reasons::of(&value))?,
            indirect,
            attribute_certificates,
        })
    }
}

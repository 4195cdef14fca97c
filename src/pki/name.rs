//! Distinguished names (RFC 5280 §4.1.2.4): shown to people, and compared (RFC 5280 §7.1).

use const_oid::ObjectIdentifier;

use super::values::Values;
use crate::asn1::{Error, tag, tlv};
use crate::crypto::hex;
use crate::mime::header::one_line;

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

pub(super) const COMMON_NAME: ObjectIdentifier = oid("2.5.4.3");
pub(super) const SURNAME: ObjectIdentifier = oid("2.5.4.4");
pub(super) const ORGANIZATION: ObjectIdentifier = oid("2.5.4.10");
pub(super) const GIVEN_NAME: ObjectIdentifier = oid("2.5.4.42");
pub(super) const PSEUDONYM: ObjectIdentifier = oid("2.5.4.65");
pub(super) const EMAIL_ADDRESS: ObjectIdentifier = oid("1.2.840.113549.1.9.1");

/// Short names of attributes (RFC 4519, RFC 2985 §5.2.1, X.520).
const SHORT: &[(ObjectIdentifier, &str)] = &[
    (COMMON_NAME, "CN"),
    (SURNAME, "SN"),
    (oid("2.5.4.5"), "serialNumber"),
    (oid("2.5.4.6"), "C"),
    (oid("2.5.4.7"), "L"),
    (oid("2.5.4.8"), "ST"),
    (oid("2.5.4.9"), "street"),
    (ORGANIZATION, "O"),
    (oid("2.5.4.11"), "OU"),
    (oid("2.5.4.12"), "title"),
    (oid("2.5.4.13"), "description"),
    (oid("2.5.4.15"), "businessCategory"),
    (oid("2.5.4.17"), "postalCode"),
    (oid("2.5.4.20"), "telephoneNumber"),
    (oid("2.5.4.41"), "name"),
    (GIVEN_NAME, "GN"),
    (oid("2.5.4.43"), "initials"),
    (oid("2.5.4.44"), "generationQualifier"),
    (oid("2.5.4.46"), "dnQualifier"),
    (PSEUDONYM, "pseudonym"),
    (oid("2.5.4.97"), "organizationIdentifier"),
    (oid("0.9.2342.19200300.100.1.1"), "UID"),
    (oid("0.9.2342.19200300.100.1.25"), "DC"),
    (EMAIL_ADDRESS, "emailAddress"),
];

/// A character string of any type that X.520 allows; `None` for other values and for octets that are no such string.
/// TeletexString is read as Latin-1, as all programs do.
pub(super) fn text(tag: u32, content: &[u8]) -> Option<String> {
    match tag {
        // UTF8String.
        12 => std::str::from_utf8(content).ok().map(str::to_owned),
        // NumericString, PrintableString, IA5String, VisibleString: ASCII, but some writers put UTF-8 or Latin-1 into them.
        18 | 19 | 22 | 26 => Some(std::str::from_utf8(content).map_or_else(|_| latin1(content), str::to_owned)),
        // TeletexString, VideotexString, GraphicString, GeneralString.
        20 | 21 | 25 | 27 => Some(latin1(content)),
        // UniversalString.
        28 => {
            let character =
                |four: &[u8]| char::from_u32(four.iter().fold(0, |value, octet| value << 8 | u32::from(*octet)));
            content.len().is_multiple_of(4).then(|| content.chunks(4).map(character).collect()).flatten()
        }
        // BMPString.
        30 => {
            let units = content.chunks(2).map(|two| two.iter().fold(0, |value, octet| value << 8 | u16::from(*octet)));
            char::decode_utf16(units).collect::<Result<_, _>>().ok().filter(|_| content.len().is_multiple_of(2))
        }
        _ => None,
    }
}

fn latin1(content: &[u8]) -> String {
    content.iter().copied().map(char::from).collect()
}

/// One attribute of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    kind: Option<ObjectIdentifier>,
    /// The content octets of the type, also where they are too many for `kind`.
    kind_octets: Vec<u8>,
    /// As it stands, with its header.
    value: Vec<u8>,
    /// The value when it is a character string.
    text: Option<String>,
}

impl Attribute {
    /// `CN=Anna`, escaped (RFC 4514 §2.4), without what hides.
    fn write(&self, out: &mut String) {
        let short = SHORT.iter().find(|(kind, _)| self.kind == Some(*kind)).map(|(_, short)| (*short).to_owned());
        let kind = short.or_else(|| self.kind.map(|kind| kind.to_string())).unwrap_or_else(|| "?".to_owned());
        out.push_str(&kind);
        out.push('=');
        let Some(text) = &self.text else {
            out.push('#');
            out.push_str(&hex::encode(&self.value));
            return;
        };
        let text = one_line(text);
        let last = text.chars().count().saturating_sub(1);
        for (at, character) in text.chars().enumerate() {
            let special = match character {
                '"' | '+' | ',' | ';' | '<' | '>' | '\\' => true,
                '#' => at == 0,
                ' ' => at == 0 || at == last,
                _ => false,
            };
            if special {
                out.push('\\');
            }
            out.push(character);
        }
    }

    /// What two equal attributes have in common: strings in lower case, each white space as one space, none around
    /// (RFC 5280 §7.1), whatever their type.
    fn key(&self) -> Vec<u8> {
        self.encode(|text| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
    }

    /// The attribute with its text, if it has one, as UTF8String.
    fn encode(&self, form: impl FnOnce(&str) -> String) -> Vec<u8> {
        let text = self.text.as_deref().map(|text| tlv(0x0c, &[form(text).as_bytes()]));
        tlv(0x30, &[&tlv(0x06, &[&self.kind_octets]), text.as_ref().unwrap_or(&self.value)])
    }
}

/// ```text
/// RDNSequence ::= SEQUENCE OF RelativeDistinguishedName
/// RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue
/// AttributeTypeAndValue ::= SEQUENCE { type AttributeType, value AttributeValue }
/// ```
/// (RFC 5280 §4.1.2.4)
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name(Vec<Vec<Attribute>>);

impl Name {
    /// Reads a name with its header.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let mut sets = Vec::new();
        for set in Values::only(bytes, tag::SEQUENCE)? {
            let set = set?;
            let mut attributes = Vec::new();
            for attribute in set.inside() {
                let mut fields = attribute?.inside();
                let kind = fields.expect(tag::OID, "the type of an attribute")?;
                let value = fields.any()?;
                fields.finish()?;
                attributes.push(Attribute {
                    kind: kind.oid(),
                    kind_octets: kind.content().to_vec(),
                    value: value.bytes().to_vec(),
                    text: value.universal().and_then(|tag| text(tag, value.content())),
                });
            }
            sets.push(attributes);
        }
        Ok(Self(sets))
    }

    /// Whether it has no attribute.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    /// The texts of all attributes of a type, the most specific first.
    pub fn all(&self, kind: ObjectIdentifier) -> impl Iterator<Item = &str> {
        let attributes = self.0.iter().rev().flatten();
        attributes
            .filter(move |attribute| attribute.kind == Some(kind))
            .filter_map(|attribute| attribute.text.as_deref())
    }

    /// The first text of a type as it may be shown, unless nothing is left of it.
    pub fn first(&self, kind: ObjectIdentifier) -> Option<String> {
        self.all(kind).map(|text| one_line(text).trim().to_owned()).find(|text| !text.is_empty())
    }

    /// A short form for people: common name, else organisation, else all of it.
    pub fn short(&self) -> String {
        self.first(COMMON_NAME).or_else(|| self.first(ORGANIZATION)).unwrap_or_else(|| self.to_string())
    }

    /// What equal names have in common, set by set (RFC 5280 §7.1).
    pub fn keys(&self) -> Vec<Vec<u8>> {
        let key = |set: &Vec<Attribute>| {
            let mut keys: Vec<_> = set.iter().map(Attribute::key).collect();
            keys.sort();
            tlv(0x31, &keys.iter().map(Vec::as_slice).collect::<Vec<_>>())
        };
        self.0.iter().map(key).collect()
    }

    /// The name with all texts as UTF8String, for decoders that do not know every type.
    pub fn in_utf8(&self) -> Vec<u8> {
        let set = |set: &Vec<Attribute>| {
            tlv(0x31, &[&set.iter().flat_map(|attribute| attribute.encode(str::to_owned)).collect::<Vec<_>>()])
        };
        tlv(0x30, &[&self.0.iter().flat_map(set).collect::<Vec<_>>()])
    }

    /// [`Name::keys`] as one.
    pub fn key(&self) -> Vec<u8> {
        self.keys().concat()
    }
}

impl std::fmt::Display for Name {
    /// As RFC 4514 §2 writes it (the most specific first), with a space behind each comma.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut out = String::new();
        for (at, set) in self.0.iter().rev().enumerate() {
            out.push_str(if at > 0 { ", " } else { "" });
            for (at, attribute) in set.iter().enumerate() {
                out.push_str(if at > 0 { "+" } else { "" });
                attribute.write(&mut out);
            }
        }
        f.write_str(&out)
    }
}

//! Where the parts of a list stand, found without bringing its entries into memory.

use std::ops::Range;

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5280;
use der::Decode;
use jiff::Timestamp;
use spki::AlgorithmIdentifierOwned;

use crate::asn1::{Cursor, Error, Header, Limits, tag};
use crate::pki::extensions::Extension;
use crate::pki::fields::time;
use crate::pki::name::Name;
use crate::pki::revocation::point::{DistributionPoint, IssuingDistributionPoint};
use crate::pki::values::{Value, Values};
use crate::source::Source;

/// The most bytes of a list apart from its entries that are brought into memory.
const FIELDS: usize = 4 * 1024 * 1024;

/// expiredCertsOnCRL (X.509 §9.5.2.8): the list keeps certificates that expired since then.
const EXPIRED_CERTS_ON_CRL: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.60");

/// What a list says beside its entries.
///
/// ```text
/// CertificateList ::= SEQUENCE { tbsCertList TBSCertList, signatureAlgorithm AlgorithmIdentifier, signatureValue BIT STRING }
/// TBSCertList ::= SEQUENCE { version Version OPTIONAL, signature AlgorithmIdentifier, issuer Name, thisUpdate Time,
///     nextUpdate Time OPTIONAL, revokedCertificates SEQUENCE OF SEQUENCE { … } OPTIONAL,
///     crlExtensions [0] EXPLICIT Extensions OPTIONAL }
/// ```
/// (RFC 5280 §5.1)
#[derive(Debug)]
pub(super) struct Fields {
    /// Where the signed bytes stand.
    pub tbs: Range<u64>,
    /// Where the content of revokedCertificates stands; empty where there is none.
    pub entries: Range<u64>,
    pub inner_algorithm: AlgorithmIdentifierOwned,
    pub algorithm: AlgorithmIdentifierOwned,
    pub signature: Vec<u8>,
    pub issuer: Name,
    pub this_update: Timestamp,
    pub next_update: Option<Timestamp>,
    pub extensions: Extensions,
}

/// crlExtensions (RFC 5280 §5.2).
#[derive(Debug, Default)]
pub(super) struct Extensions {
    /// keyIdentifier of authorityKeyIdentifier.
    pub authority_key_identifier: Option<Vec<u8>>,
    /// The value of cRLNumber, an unsigned number without leading zeros.
    pub number: Option<Vec<u8>>,
    /// BaseCRLNumber of deltaCRLIndicator: the list holds only what changed since.
    pub base: Option<Vec<u8>>,
    pub issuing_point: Option<IssuingDistributionPoint>,
    /// freshestCRL.
    pub freshest: Vec<DistributionPoint>,
    /// Certificates that expired after this time are still in the list.
    pub keeps_expired_since: Option<Timestamp>,
    /// A critical one that is not known.
    pub unknown_critical: Option<ObjectIdentifier>,
}

/// The bytes are not in the form that signatures are checked over.
#[derive(Debug)]
pub(super) struct Indefinite;

impl Fields {
    /// Reads the list at the start of a source. The inner error: its lengths are indefinite.
    pub fn parse(source: &Source) -> Result<Result<Self, Indefinite>, Error> {
        let mut cursor = Cursor::new(source.clone(), Limits { structure_bytes: FIELDS, ..Limits::default() });
        let list = enter(&mut cursor, "a list of withdrawn certificates")?;
        let tbs = enter(&mut cursor, "tbsCertList")?;
        if list.length.is_none() || tbs.length.is_none() {
            return Ok(Err(Indefinite));
        }
        if next_is(&mut cursor, |header| header.is_universal(tag::INTEGER))? {
            cursor.skip()?;
        }
        let inner_algorithm = algorithm(&mut cursor)?;
        let issuer = Name::parse(&cursor.take_der()?)?;
        let this_update = take_time(&mut cursor)?;
        let is_time =
            |header: &Header| header.is_universal(tag::UTC_TIME) || header.is_universal(tag::GENERALIZED_TIME);
        let next_update = if next_is(&mut cursor, is_time)? { Some(take_time(&mut cursor)?) } else { None };
        let mut entries = 0..0;
        if next_is(&mut cursor, |header| header.is_universal(tag::SEQUENCE))? {
            let header = cursor.skip()?;
            let Some(end) = header.end() else { return Ok(Err(Indefinite)) };
            entries = header.content..end;
        }
        let mut extensions = Extensions::default();
        if next_is(&mut cursor, |header| header.is_context(0))? {
            let value = cursor.take_der()?;
            let mut all = Values::of(&value).any()?.inside();
            extensions = Extensions::parse(all.expect(tag::SEQUENCE, "crlExtensions")?.inside())?;
        }
        if cursor.peek()?.is_some() {
            return Err(Error::Unexpected { offset: cursor.offset(), expected: "the end of tbsCertList" });
        }
        cursor.leave()?;
        let tbs = tbs.offset..cursor.offset();
        let algorithm = algorithm(&mut cursor)?;
        let signature = cursor.take_der()?;
        let signature = match Values::of(&signature).expect(tag::BIT_STRING, "the signature")?.content() {
            [0, signature @ ..] => signature.to_vec(),
            // No method makes a part of an octet: it does not hold.
            _ => Vec::new(),
        };
        cursor.leave()?;
        Ok(Ok(Self {
            tbs,
            entries,
            inner_algorithm,
            algorithm,
            signature,
            issuer,
            this_update,
            next_update,
            extensions,
        }))
    }
}

fn enter(cursor: &mut Cursor, expected: &'static str) -> Result<Header, Error> {
    let header = cursor.expect(expected)?;
    if !header.is_universal(tag::SEQUENCE) {
        return Err(Error::Unexpected { offset: header.offset, expected });
    }
    cursor.enter()
}

fn next_is(cursor: &mut Cursor, wanted: impl FnOnce(&Header) -> bool) -> Result<bool, Error> {
    Ok(cursor.peek()?.as_ref().is_some_and(wanted))
}

fn algorithm(cursor: &mut Cursor) -> Result<AlgorithmIdentifierOwned, Error> {
    let offset = cursor.offset();
    let der = cursor.take_der()?;
    AlgorithmIdentifierOwned::from_der(&der).map_err(|_| Error::Unexpected { offset, expected: "an algorithm" })
}

fn take_time(cursor: &mut Cursor) -> Result<Timestamp, Error> {
    let der = cursor.take_der()?;
    time(&Values::of(&der).any()?)
}

impl Extensions {
    fn parse(extensions: Values<'_>) -> Result<Self, Error> {
        let mut all = Self::default();
        for extension in extensions {
            let value = extension?;
            let extension = Extension::parse(&value)?;
            all.take(&extension)
                .ok_or(Error::Unexpected { offset: value.header.offset, expected: "another value of an extension" })?;
        }
        Ok(all)
    }

    /// Takes one; `None` when it is known but damaged.
    fn take(&mut self, extension: &Extension<'_>) -> Option<()> {
        let value = extension.value.content();
        match extension.id.oid() {
            Some(rfc5280::ID_CE_AUTHORITY_KEY_IDENTIFIER) => {
                let mut fields = Values::only(value, tag::SEQUENCE).ok()?;
                let identifier = fields.next_if(|header| header.is_context(0)).ok()?;
                self.authority_key_identifier = identifier.map(|identifier| identifier.content().to_vec());
            }
            Some(rfc5280::ID_CE_CRL_NUMBER) => self.number = Some(number(value)?),
            Some(rfc5280::ID_CE_DELTA_CRL_INDICATOR) => self.base = Some(number(value)?),
            Some(rfc5280::ID_CE_ISSUING_DISTRIBUTION_POINT) => {
                self.issuing_point = Some(IssuingDistributionPoint::parse(value)?);
            }
            Some(rfc5280::ID_CE_FRESHEST_CRL) => self.freshest = DistributionPoint::all(value),
            Some(EXPIRED_CERTS_ON_CRL) => self.keeps_expired_since = Some(time(&Values::of(value).any().ok()?).ok()?),
            unknown if extension.critical => {
                // `0.0` is given to nobody: it stands for an identifier too long for the tables.
                self.unknown_critical.get_or_insert(unknown.unwrap_or(ObjectIdentifier::new_unwrap("0.0")));
            }
            _ => {}
        }
        Some(())
    }
}

/// The octets of a number that is not negative, without leading zeros: longer is larger, and of equal length the octets tell.
fn number(value: &[u8]) -> Option<Vec<u8>> {
    let mut values = Values::of(value);
    let number: Value<'_> = values.expect(tag::INTEGER, "a number").ok()?;
    let zeros = number.content().iter().take_while(|octet| **octet == 0).count();
    number.content().get(zeros..).map(<[u8]>::to_vec)
}

//! SignedData made by hand, so that anything can be put into it.

use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5911, rfc5912};
use waxwing::asn1::tlv;
use waxwing::crypto::DigestAlgorithm;

use super::people::{Person, now};

pub fn oid(oid: ObjectIdentifier) -> Vec<u8> {
    tlv(0x06, &[oid.as_bytes()])
}

pub fn algorithm(id: ObjectIdentifier) -> Vec<u8> {
    tlv(0x30, &[&oid(id)])
}

pub fn attribute(id: ObjectIdentifier, value: &[u8]) -> Vec<u8> {
    tlv(0x30, &[&oid(id), &tlv(0x31, &[value])])
}

/// content-type, message-digest and signing-time as every program makes them.
pub fn attributes(content: &[u8]) -> Vec<Vec<u8>> {
    attributes_at(content, now())
}

pub fn attributes_at(content: &[u8], time: jiff::Timestamp) -> Vec<Vec<u8>> {
    let time = time.strftime("%y%m%d%H%M%SZ").to_string();
    vec![
        attribute(rfc5911::ID_CONTENT_TYPE, &oid(rfc5911::ID_DATA)),
        attribute(rfc5911::ID_SIGNING_TIME, &tlv(0x17, &[time.as_bytes()])),
        attribute(rfc5911::ID_MESSAGE_DIGEST, &tlv(0x04, &[&DigestAlgorithm::Sha256.digest(content)])),
    ]
}

/// A SignerInfo.
#[derive(Clone)]
pub struct Info {
    pub identifier: Vec<u8>,
    pub digest: ObjectIdentifier,
    pub method: ObjectIdentifier,
    pub attributes: Option<Vec<u8>>,
    pub unsigned: Option<Vec<u8>>,
    pub value: Vec<u8>,
}

impl Info {
    /// What every program makes.
    pub fn of(signer: &Person, content: &[u8]) -> Self {
        Self::with(signer, &attributes(content))
    }

    /// With these attributes.
    pub fn with(signer: &Person, attributes: &[Vec<u8>]) -> Self {
        let attributes = attributes.concat();
        let value = signer.value(&tlv(0x31, &[&attributes]));
        Self { attributes: Some(attributes), value, ..Self::bare(signer, b"") }
    }

    /// With another digest, in the announcement and in the attributes.
    pub fn with_digest(signer: &Person, content: &[u8], digest: DigestAlgorithm) -> Self {
        let mut attributes = attributes(content);
        attributes[2] = attribute(rfc5911::ID_MESSAGE_DIGEST, &tlv(0x04, &[&digest.digest(content)]));
        Self { digest: digest.oid(), ..Self::with(signer, &attributes) }
    }

    /// Without attributes.
    pub fn bare(signer: &Person, content: &[u8]) -> Self {
        Self {
            identifier: signer.identifier(),
            digest: rfc5912::ID_SHA_256,
            method: rfc5912::ECDSA_WITH_SHA_256,
            attributes: None,
            unsigned: None,
            value: signer.value(content),
        }
    }

    pub fn encode(&self) -> Vec<u8> {
        let optional = |tag, content: &Option<Vec<u8>>| content.as_ref().map(|content| tlv(tag, &[content]));
        tlv(
            0x30,
            &[
                &[2, 1, 1],
                &self.identifier,
                &algorithm(self.digest),
                &optional(0xa0, &self.attributes).unwrap_or_default(),
                &algorithm(self.method),
                &tlv(0x04, &[&self.value]),
                &optional(0xa1, &self.unsigned).unwrap_or_default(),
            ],
        )
    }
}

/// A SignedData in its ContentInfo.
pub fn signed_data(content: Option<&[u8]>, infos: &[Info], certificates: &[&Person]) -> Vec<u8> {
    let infos: Vec<Vec<u8>> = infos.iter().map(Info::encode).collect();
    raw_signed_data(rfc5911::ID_DATA, content, &infos.concat(), certificates)
}

pub fn raw_signed_data(
    kind: ObjectIdentifier,
    content: Option<&[u8]>,
    infos: &[u8],
    certificates: &[&Person],
) -> Vec<u8> {
    let content = content.map(|content| tlv(0xa0, &[&tlv(0x04, &[content])])).unwrap_or_default();
    let certificates: Vec<u8> =
        certificates.iter().flat_map(|person| person.certificate.der().iter().copied()).collect();
    let data = tlv(
        0x30,
        &[
            &[2, 1, 1],
            &tlv(0x31, &[&algorithm(rfc5912::ID_SHA_256)]),
            &tlv(0x30, &[&oid(kind), &content]),
            &tlv(0xa0, &[&certificates]),
            &tlv(0x31, &[infos]),
        ],
    );
    tlv(0x30, &[&oid(rfc5911::ID_SIGNED_DATA), &tlv(0xa0, &[&data])])
}

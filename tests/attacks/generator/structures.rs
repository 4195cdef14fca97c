//! SignedData made by hand, so that anything can be put into it.

use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5911, rfc5912};
use waxwing::asn1::tlv;
use waxwing::crypto::DigestAlgorithm;
use waxwing::report::Verdict::{Altered, OtherSigner, Pinned, SenderUnclear, Unreadable};

use super::people::{Person, alice, mallory, now};
use super::*;

pub fn oid(oid: ObjectIdentifier) -> Vec<u8> {
    tlv(0x06, &[oid.as_bytes()])
}

fn algorithm(id: ObjectIdentifier) -> Vec<u8> {
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

fn raw_signed_data(kind: ObjectIdentifier, content: Option<&[u8]>, infos: &[u8], certificates: &[&Person]) -> Vec<u8> {
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

/// A clear-signed message with this structure as its signature.
fn with_signature(entity: &[u8], structure: &[u8]) -> Vec<u8> {
    message(SIGNED, &multipart("s", &[entity, &signature_part(structure)]))
}

const EVIL: &[u8] = b"Content-Type: text/plain\r\n\r\nEVIL\r\n";

/// Whose signature is over what: only what the signature was made over is taken for signed.
#[test]
fn a_signature_is_over_its_content() {
    let entity = ENTITY.as_bytes();
    let (a, m) = (alice(), mallory());
    let good = || Info::of(a, entity);
    let evil_entity = EVIL;
    let detached_with = |content: &[u8], infos: &[Info]| signed_data(Some(content), infos, &[a, m]);
    let clear_with = |infos: &[Info]| with_signature(entity, &signed_data(None, infos, &[a, m]));
    let damaged = [good().encode(), tlv(0x30, &[&[2, 1, 1]])].concat();
    hold(vec![
        case("as it should be", clear(entity), Pinned, ""),
        case("opaque", opaque(&signed_data(Some(entity), &[good()], &[a])), Pinned, ""),
        case(
            "content inside, another body shows",
            with_signature(evil_entity, &detached_with(entity, &[good()])),
            Altered,
            "embedded-content",
        ),
        case(
            "content inside, the same body shows",
            with_signature(entity, &detached_with(evil_entity, &[good()])),
            Pinned,
            "embedded-content",
        ),
        case("somebody else signs too", clear_with(&[good(), Info::of(m, entity)]), OtherSigner, "address-differs"),
        case("somebody else signs before", clear_with(&[Info::of(m, entity), good()]), OtherSigner, "address-differs"),
        case(
            "a second signature does not hold",
            clear_with(&[good(), Info::of(a, b"other")]),
            Altered,
            "digest-mismatch",
        ),
        case(
            "a good one of somebody else, a bad one of hers",
            clear_with(&[Info::of(m, evil_entity), Info::of(a, b"x")]),
            Altered,
            "",
        ),
        case("no signature", clear_with(&[]), Unreadable, "no-signers"),
        case("no signature, opaque", opaque(&signed_data(Some(evil_entity), &[], &[a])), Unreadable, "no-signers"),
        case(
            "certificates only in a multipart/signed",
            with_signature(evil_entity, &signed_data(None, &[], &[a])),
            Unreadable,
            "no-signers",
        ),
        case(
            "one signature is damaged",
            with_signature(entity, &raw_signed_data(rfc5911::ID_DATA, None, &damaged, &[a])),
            Pinned,
            "damaged-structure",
        ),
        case(
            "another content type than signed",
            opaque(&raw_signed_data(rfc5911::ID_SIGNED_DATA, Some(entity), &good().encode(), &[a])),
            Unreadable,
            "damaged-attributes",
        ),
        case(
            "her name, his key",
            clear_with(&[Info { identifier: a.identifier(), ..Info::of(m, entity) }]),
            Altered,
            "signature-mismatch",
        ),
        case(
            "his name, her key",
            clear_with(&[Info { identifier: m.identifier(), ..good() }]),
            Altered,
            "signature-mismatch",
        ),
        case(
            "bytes behind the structure",
            opaque(&[&signed_data(Some(entity), &[good()], &[a])[..], b"EVIL"].concat()),
            Pinned,
            "",
        ),
    ]);
}

/// Attributes tie a signature to its content; without them, doubled or moved, they tie it to nothing (RFC 5652 §11). What was
/// signed as attributes is not content (and so for every SET that can be taken for them).
#[test]
fn attributes_are_neither_missing_nor_content() {
    let entity = ENTITY.as_bytes();
    let (a, m) = (alice(), mallory());
    let clear_with = |info: Info| with_signature(entity, &signed_data(None, &[info], &[a, m]));
    let listed = attributes(entity);
    let without = |index: usize| {
        let mut attributes = listed.clone();
        attributes.remove(index);
        Info::with(a, &attributes)
    };
    let twice = |index: usize| Info::with(a, &[listed.clone(), vec![listed[index].clone()]].concat());
    let set = tlv(0x31, &[&listed.concat()]);
    let taken_over = Info { value: Info::of(a, entity).value, ..Info::bare(a, &set) };
    let as_content = opaque(&signed_data(Some(&set), std::slice::from_ref(&taken_over), &[a]));
    let as_body = message(SIGNED, &multipart("s", &[&set, &signature_part(&signed_data(None, &[taken_over], &[a]))]));
    let sender_in_content = b"From: alice@example.org\r\n\r\nhello\r\n";
    let moved = Info {
        attributes: None,
        unsigned: Some(listed.concat()),
        value: Info::of(a, entity).value,
        ..Info::bare(a, entity)
    };
    hold(vec![
        case("none at all", clear_with(Info::bare(a, entity)), Pinned, "no-signing-time"),
        case("no message-digest", clear_with(without(2)), Unreadable, "damaged-attributes"),
        case("no content-type", clear_with(without(0)), Unreadable, "damaged-attributes"),
        case("two message-digests", clear_with(twice(2)), Unreadable, "damaged-attributes"),
        case("two content-types", clear_with(twice(0)), Unreadable, "damaged-attributes"),
        case("two signing-times", clear_with(twice(1)), Unreadable, "damaged-attributes"),
        case("an empty set", clear_with(Info::with(a, &[])), Unreadable, "damaged-attributes"),
        case("moved to where nobody signs", clear_with(moved), Unreadable, "damaged-attributes"),
        case("taken over as content", as_content, Unreadable, "damaged-attributes"),
        case("taken over as the body", as_body, Unreadable, "damaged-attributes"),
        case("left out", clear_with(Info { attributes: None, ..Info::of(a, entity) }), Altered, "signature-mismatch"),
        case("of another message", clear_with(Info::of(a, EVIL)), Altered, "digest-mismatch"),
        case(
            "a text that begins like a set",
            opaque(&signed_data(Some(b"1 EVIL"), &[Info::bare(m, b"1 EVIL")], &[m])),
            OtherSigner,
            "",
        ),
        case(
            "her header inside",
            opaque(&signed_data(Some(sender_in_content), &[Info::of(a, sender_in_content)], &[a])),
            Pinned,
            "",
        ),
    ]);
    let no_header = signed_data(Some(b"EVIL"), &[Info::of(a, b"EVIL")], &[a]);
    assert_eq!(people::bob().open(&no_header).report.signature, SenderUnclear);
}

/// What the structure says of its algorithms is not signed: another digest than the one that was signed with does not pass, and
/// outdated ones are never green.
#[test]
fn algorithms_are_not_exchanged() {
    let entity = ENTITY.as_bytes();
    let clear_with = |info: Info| with_signature(entity, &signed_data(None, &[info], &[alice()]));
    let good = || Info::of(alice(), entity);
    let other_digest = |digest| clear_with(Info { digest, ..good() });
    let unknown = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.7");
    hold(vec![
        case("sha-512 announced", other_digest(rfc5912::ID_SHA_512), Altered, "digest-mismatch"),
        case("sha-1 announced", other_digest(rfc5912::ID_SHA_1), Altered, "digest-mismatch"),
        case("md5 announced", other_digest(rfc5912::ID_MD_5), Altered, ""),
        case("unknown digest", other_digest(unknown), Unreadable, "unsupported-algorithm"),
        case("unknown method", clear_with(Info { method: unknown, ..good() }), Unreadable, "unsupported-algorithm"),
        case("another method's name", clear_with(Info { method: rfc5912::ECDSA_WITH_SHA_512, ..good() }), Altered, ""),
        case("rsa's name", clear_with(Info { method: rfc5912::RSA_ENCRYPTION, ..good() }), Unreadable, ""),
    ]);
    for digest in [rfc5912::ID_SHA_1, rfc5912::ID_MD_5] {
        let short = if digest == rfc5912::ID_MD_5 { DigestAlgorithm::Md5 } else { DigestAlgorithm::Sha1 };
        let mut attributes = attributes(entity);
        attributes[2] = attribute(rfc5911::ID_MESSAGE_DIGEST, &tlv(0x04, &[&short.digest(entity)]));
        let mail = clear_with(Info { digest, ..Info::with(alice(), &attributes) });
        let report = people::bob().open(&mail).report;
        assert_eq!(report.signature, Verdict::Weak, "{digest}");
        assert!(codes(&report).contains(&"weak-digest"), "{digest}");
    }
}

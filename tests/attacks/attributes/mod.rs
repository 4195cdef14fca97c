//! Attributes tie a signature to its content; without them, doubled or moved, they tie it to nothing (RFC 5652 §11).

mod services;

use const_oid::db::rfc5911;
use waxwing::asn1::tlv;
use waxwing::report::Verdict::{Altered, Pinned, Unreadable};

use crate::case::{Case, case};
use crate::generator::people::alice;
use crate::generator::structures::{Info, attribute, attributes, oid, signed_data};
use crate::generator::{ENTITY, EVIL, SIGNED, clear_with, message, multipart, opaque, signature_part};

pub fn cases() -> Vec<Case> {
    [missing_or_doubled(), taken_for_content(), services::cases()].into_iter().flatten().collect()
}

fn with(info: Info) -> Vec<u8> {
    clear_with(ENTITY.as_bytes(), &signed_data(None, &[info], &[alice()]))
}

/// Missing, doubled, empty, moved, of another message.
fn missing_or_doubled() -> Vec<Case> {
    let entity = ENTITY.as_bytes();
    let a = alice();
    let listed = attributes(entity);
    let without = |index: usize| {
        let mut attributes = listed.clone();
        attributes.remove(index);
        Info::with(a, &attributes)
    };
    let instead = |index: usize, other: Vec<u8>| {
        let mut attributes = listed.clone();
        attributes[index] = other;
        Info::with(a, &attributes)
    };
    let twice = |index: usize| Info::with(a, &[listed.clone(), vec![listed[index].clone()]].concat());
    let digests = |other: &[u8]| {
        let value = |content: &[u8]| tlv(4, &[&waxwing::crypto::DigestAlgorithm::Sha256.digest(content)]);
        tlv(0x30, &[&oid(rfc5911::ID_MESSAGE_DIGEST), &tlv(0x31, &[&value(entity), &value(other)])])
    };
    let empty = tlv(0x30, &[&oid(rfc5911::ID_MESSAGE_DIGEST), &tlv(0x31, &[])]);
    let short = attribute(rfc5911::ID_MESSAGE_DIGEST, &tlv(4, &[&[]]));
    let moved = Info {
        attributes: None,
        unsigned: Some(listed.concat()),
        value: Info::of(a, entity).value,
        ..Info::bare(a, entity)
    };
    let another = Some(attributes(EVIL).concat());
    vec![
        case("none at all", with(Info::bare(a, entity)), Pinned, "no-signing-time"),
        case("no message-digest", with(without(2)), Unreadable, "damaged-attributes"),
        case("no content-type", with(without(0)), Unreadable, "damaged-attributes"),
        case("two message-digests", with(twice(2)), Unreadable, "damaged-attributes"),
        case("two content-types", with(twice(0)), Unreadable, "damaged-attributes"),
        case("two signing-times", with(twice(1)), Unreadable, "damaged-attributes"),
        case("two values of message-digest", with(instead(2, digests(EVIL))), Unreadable, "damaged-attributes"),
        case("no value of message-digest", with(instead(2, empty)), Unreadable, "damaged-attributes"),
        case("an empty message-digest", with(instead(2, short)), Altered, "digest-mismatch"),
        case("an empty set", with(Info::with(a, &[])), Unreadable, "damaged-attributes"),
        case("moved to where nobody signs", with(moved), Unreadable, "damaged-attributes"),
        case("left out", with(Info { attributes: None, ..Info::of(a, entity) }), Altered, "signature-mismatch"),
        case("of another message", with(Info::of(a, EVIL)), Altered, "digest-mismatch"),
        case(
            "exchanged for those of this message",
            with(Info { attributes: Some(listed.concat()), ..Info::of(a, EVIL) }),
            Altered,
            "signature-mismatch",
        ),
        case(
            "of another message where nobody signs",
            with(Info { unsigned: another, ..Info::of(a, entity) }),
            Unreadable,
            "damaged-attributes",
        ),
    ]
}

/// What was signed as attributes is not content (and so for every SET that can be taken for them).
fn taken_for_content() -> Vec<Case> {
    let a = alice();
    let set = tlv(0x31, &[&attributes(ENTITY.as_bytes()).concat()]);
    let info = Info { value: Info::of(a, ENTITY.as_bytes()).value, ..Info::bare(a, &set) };
    let as_content = opaque(&signed_data(Some(&set), std::slice::from_ref(&info), &[a]));
    let as_body = message(SIGNED, &multipart("s", &[&set, &signature_part(&signed_data(None, &[info], &[a]))]));
    vec![
        case("taken over as content", as_content, Unreadable, "damaged-attributes"),
        case("taken over as the body", as_body, Unreadable, "damaged-attributes"),
    ]
}

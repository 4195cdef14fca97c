//! A certificate vouches while it is valid, whatever time a signer claims.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::ID_SIGNING_TIME;
use jiff::SignedDuration;
use waxwing::asn1::tlv;
use waxwing::report::Verdict::{ExpiredAtSigning, ExpiredSince, Pinned, Rejected, Unreadable, Verified};

use crate::case::{Case, case};
use crate::generator::people::{ALICE, Person, alice, ended, now};
use crate::generator::structures::{Info, attribute, attributes, attributes_at, signed_data};
use crate::generator::{ENTITY, clear_from, clear_with};

/// id-aa-timeStampToken (RFC 3161 appendix A).
const TIME_STAMP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");

pub fn cases() -> Vec<Case> {
    [claimed_times_do_not_stretch_validity(), forms_of_time(), other_times()].into_iter().flatten().collect()
}

/// The time that a signer claims counts as a claim: outside of the certificate's validity nothing is green, and a time to come is
/// said.
fn claimed_times_do_not_stretch_validity() -> Vec<Case> {
    let hours = SignedDuration::from_hours;
    let (day, year) = (hours(24), hours(24 * 365));
    let long = || Person::since("Alice", ALICE, now() - day * 10, 20);
    let coming = || Person::since("Alice", ALICE, now() + day, 20);
    let rows = [
        ("now", long(), now(), Pinned, ""),
        ("before it was valid", long(), now() - day * 11, Rejected, "not-yet-valid"),
        ("in the future", long(), now() + day, Pinned, "signed-in-future"),
        ("after it ends", long(), now() + day * 11, ExpiredAtSigning, "signed-in-future"),
        ("in twenty years", long(), now() + year * 20, ExpiredAtSigning, ""),
        ("ended before it was signed", ended(), now(), ExpiredAtSigning, ""),
        ("ended since", ended(), now() - day * 15, ExpiredSince, ""),
        ("not valid yet", coming(), now() + day * 2, Rejected, "not-yet-valid"),
        ("not valid yet, signed now", coming(), now(), Rejected, "not-yet-valid"),
    ];
    let mut cases = Vec::new();
    for (name, person, at, expected, finding) in rows {
        let entity = ENTITY.as_bytes();
        let info = Info::with(&person, &attributes_at(entity, at));
        let mail = clear_with(entity, &signed_data(None, &[info], &[&person]));
        let own = &person.certificate;
        let anchor = std::slice::from_ref(own);
        let by_anchor = if expected == Pinned { Verified } else { expected };
        cases.push(case(name, mail.clone(), expected, finding).pinned(own));
        cases.push(case(format!("{name}, by an anchor"), mail.clone(), by_anchor, finding).anchored(anchor));
        cases.push(case(format!("{name}, distrusted"), mail, Rejected, "").anchored(anchor).distrusted(own));
    }
    cases
}

/// A time in a form that programs read differently, or in none.
fn forms_of_time() -> Vec<Case> {
    let entity = ENTITY.as_bytes();
    let with = |tag: u8, text: &str| {
        let mut all = attributes(entity);
        all[1] = attribute(ID_SIGNING_TIME, &tlv(tag, &[text.as_bytes()]));
        clear_with(entity, &signed_data(None, &[Info::with(alice(), &all)], &[alice()]))
    };
    let (utc, general) = (0x17, 0x18);
    vec![
        case("a general time of this century", with(general, "20260601120000Z"), Pinned, ""),
        case("without seconds", with(utc, "2606011200Z"), Unreadable, "damaged-attributes"),
        case("with an offset", with(utc, "260601140000+0200"), Unreadable, "damaged-attributes"),
        case("with parts of seconds", with(general, "20260601120000.5Z"), Unreadable, "damaged-attributes"),
        case("without a zone", with(utc, "260601120000"), Unreadable, ""),
        case("fifty years of two digits", with(utc, "500601120000Z"), Unreadable, "damaged-attributes"),
        case("forty-nine years of two digits", with(utc, "490601120000Z"), ExpiredAtSigning, "signed-in-future"),
        case("the last year", with(general, "99991231235959Z"), Unreadable, "damaged-attributes"),
        case("a day that is none", with(utc, "260231120000Z"), Unreadable, ""),
        case("nothing", with(utc, ""), Unreadable, ""),
        case("a text", with(0x0c, "260601120000Z"), Unreadable, ""),
    ]
}

/// Times that nobody signed.
fn other_times() -> Vec<Case> {
    let entity = ENTITY.as_bytes();
    let old = ended();
    let long_ago = (now() - SignedDuration::from_hours(24 * 15)).strftime("%y%m%d%H%M%SZ").to_string();
    let time = attribute(ID_SIGNING_TIME, &tlv(0x17, &[long_ago.as_bytes()]));
    let stamp = attribute(TIME_STAMP, &signed_data(Some(long_ago.as_bytes()), &[], &[]));
    let unsigned = |attribute: Vec<u8>| {
        let info = Info { unsigned: Some(attribute), ..Info::of(&old, entity) };
        clear_with(entity, &signed_data(None, &[info], &[&old]))
    };
    let bare = clear_with(entity, &signed_data(None, &[Info::bare(&old, entity)], &[&old]));
    let dated = |date: &str| clear_from(alice(), &format!("From: {ALICE}\r\nDate: {date}"));
    let own = &old.certificate;
    vec![
        case("a signing time that nobody signed", unsigned(time), Unreadable, "damaged-attributes").pinned(own),
        case("a timestamp that is none", unsigned(stamp), ExpiredAtSigning, "").pinned(own),
        case("no signing time, ended", bare, ExpiredAtSigning, "no-signing-time").pinned(own),
        case("another Date", dated("Mon, 1 Jan 2024 12:00:00 +0000"), Pinned, "date-differs"),
        case("a Date in the future", dated("Tue, 1 Jan 2030 12:00:00 +0000"), Pinned, "date-differs"),
        case("a Date that is none", dated("yesterday"), Pinned, ""),
    ]
}

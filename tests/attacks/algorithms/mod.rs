//! What the structure says of its algorithms is not signed: another one than was signed with does not pass, and outdated ones are
//! never green.

mod chains;

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5912;
use waxwing::crypto::DigestAlgorithm;
use waxwing::report::Verdict::{Altered, Pinned, Unreadable, Weak};

use crate::case::{Case, case};
use crate::generator::people::alice;
use crate::generator::structures::{Info, signed_data};
use crate::generator::{ENTITY, clear_with};

const UNKNOWN: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.7");

pub fn cases() -> Vec<Case> {
    [algorithms_are_not_exchanged(), chains::outdated_digests_are_never_green()].into_iter().flatten().collect()
}

/// Substitution, and methods that are weak or unknown.
fn algorithms_are_not_exchanged() -> Vec<Case> {
    let entity = ENTITY.as_bytes();
    let with = |info: Info| clear_with(entity, &signed_data(None, &[info], &[alice()]));
    let good = || Info::of(alice(), entity);
    let digest = |digest| with(Info { digest, ..good() });
    let method = |method| with(Info { method, ..good() });
    let bare = |digest| with(Info { digest, ..Info::bare(alice(), entity) });
    let own = |digest| with(Info::with_digest(alice(), entity, digest));
    vec![
        case("sha-512 announced", digest(rfc5912::ID_SHA_512), Altered, "digest-mismatch"),
        case("sha-1 announced", digest(rfc5912::ID_SHA_1), Altered, "digest-mismatch"),
        case("md5 announced", digest(rfc5912::ID_MD_5), Altered, "digest-mismatch"),
        case("unknown digest", digest(UNKNOWN), Unreadable, "unsupported-algorithm"),
        case("a method for a digest", digest(rfc5912::ECDSA_WITH_SHA_256), Unreadable, "unsupported-algorithm"),
        case("unknown method", method(UNKNOWN), Unreadable, "unsupported-algorithm"),
        case("a digest for a method", method(rfc5912::ID_SHA_256), Unreadable, ""),
        case("a key for a method", method(rfc5912::ID_EC_PUBLIC_KEY), Pinned, ""),
        case("another method's name", method(rfc5912::ECDSA_WITH_SHA_512), Altered, ""),
        case("rsa's name", method(rfc5912::RSA_ENCRYPTION), Unreadable, ""),
        case("pss without parameters", method(rfc5912::ID_RSASSA_PSS), Unreadable, ""),
        case("sha-512 announced, no attributes", bare(rfc5912::ID_SHA_512), Pinned, "micalg-differs"),
        case("sha-1 announced, no attributes", bare(rfc5912::ID_SHA_1), Weak, "weak-digest"),
        case("sha-1 in the attributes", own(DigestAlgorithm::Sha1), Weak, "weak-digest"),
        case("md5 in the attributes", own(DigestAlgorithm::Md5), Weak, "weak-digest"),
        case("sha-512 in the attributes", own(DigestAlgorithm::Sha512), Pinned, ""),
    ]
}

//! protocol and micalg are announcements: they prove nothing, and what they get wrong is said.

use waxwing::report::Verdict::{Altered, Pinned, Unreadable};

use crate::case::{Case, case};
use crate::generator::people::alice;
use crate::generator::{ENTITY, EVIL, message, multipart, signature_part};

/// protocol and micalg are announcements: they prove nothing, and what they get wrong is said.
pub fn cases() -> Vec<Case> {
    let body = multipart("s", &[ENTITY.as_bytes(), &signature_part(&alice().sign(ENTITY.as_bytes()))]);
    let with = |kind: &str, body: &[u8]| message(&format!("multipart/signed; boundary=s{kind}"), body);
    let smime = "; protocol=\"application/pkcs7-signature\"";
    let bad = multipart("s", &[EVIL, &signature_part(&alice().sign(ENTITY.as_bytes()))]);
    let several = format!("{smime}; micalg=\"md5,sha-256\"");
    vec![
        case(
            "both protocols",
            with(&format!("; protocol=\"application/pgp-signature\"{smime}"), &body),
            Pinned,
            "protocol-differs",
        ),
        case("several digests", with(&several, &body), Pinned, "").without("micalg-differs"),
        case("two micalg", with(&format!("{smime}; micalg=md5; micalg=sha-256"), &body), Pinned, ""),
        case("no micalg", with(smime, &body), Pinned, ""),
        case("no protocol", with("", &body), Pinned, "protocol-differs"),
        case("OpenPGP", with("; protocol=\"application/pgp-signature\"", &body), Pinned, "protocol-differs"),
        case("OpenPGP, altered", with("; protocol=\"application/pgp-signature\"", &bad), Altered, ""),
        case("md5", with(&format!("{smime}; micalg=md5"), &body), Pinned, "micalg-differs"),
        case("nonsense", with(&format!("{smime}; micalg=\"EVIL\""), &body), Pinned, "micalg-differs"),
        case("sha-512, altered", with(&format!("{smime}; micalg=sha-512"), &bad), Altered, ""),
        case("mixed for signed", message("multipart/mixed; boundary=s", &body), Unreadable, "missing-content"),
    ]
}

